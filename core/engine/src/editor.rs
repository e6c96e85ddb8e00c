//! What does an editor have to know to complete and check this study's `study.yaml`?
//!
//! The schema of `study.yaml` with the study's own ids: its roles, titles, people, codes, mappings
//! and analyses. An editor that follows the first line of `study.yaml` offers them while typing.

mod choices;
mod parameters;

use std::fs;
use std::path::Path;

use parallax_model::Study;
use parallax_model::schema::schemas;
use parallax_model::table::NONE;
use serde_json::{Map, Value as Json, json};

use crate::shelf::Shelf;
use crate::write;

/// Where the schema stands, inside the study's folder.
pub const PLACE: &str = ".parallax/study.schema.json";

/// The word for nobody's role in a mapping.
const EXCLUDE: &str = "exclude";

/// The draft-07 schema of `study.yaml` in which references to something of the study allow what
/// there is, and the parameters of each analysis on the shelf are described.
///
/// The same study and shelf give the same bytes; the text ends with a line end.
#[must_use]
pub fn schema(study: &Study, shelf: &Shelf) -> String {
    let mut schema = general();
    let roles = ids(study.roles().ids.iter());
    with_roles(&mut schema, study, &roles);
    let codes = ids(study.codes().ids.iter());
    put(&mut schema, "/properties/incompatible/items/items/enum", codes);
    let mappings = ids(study.settings().mappings.iter().map(|mapping| mapping.id.as_str()));
    if mappings.as_array().is_some_and(|mappings| !mappings.is_empty()) {
        put(&mut schema, "/properties/default_mapping/enum", or_nothing(&mappings));
    }
    with_questions(&mut schema, study);
    with_options(&mut schema, study);
    choices::describe(&mut schema, study, &roles);
    parameters::describe(&mut schema, shelf);
    let mut text = format!("{schema:#}");
    text.push('\n');
    text
}

/// Writes the schema into a study's folder where it is not there yet or another one; gives whether
/// it did.
///
/// # Errors
/// What the operating system says; the schema that was there is then as it was.
pub fn renew(folder: &Path, study: &Study, shelf: &Shelf) -> std::io::Result<bool> {
    let (path, text) = (folder.join(PLACE), schema(study, shelf));
    if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(false);
    }
    write::within(folder, PLACE, text.as_bytes()).map(|()| true)
}

/// The schema of any `study.yaml`.
fn general() -> Json {
    let named = schemas().into_iter().find(|(name, _)| *name == "study.schema.json");
    named.map(|(_, schema)| schema).unwrap_or_default()
}

/// Roles where a mapping gives one, titles and people where it names them, wider roles.
fn with_roles(schema: &mut Json, study: &Study, roles: &Json) {
    let given = Json::Array(
        roles.as_array().into_iter().flatten().cloned().chain([EXCLUDE.into()]).collect(),
    );
    let people = ids(study.participants().ids.iter());
    let mapping = "/definitions/Mapping/properties";
    for (field, names) in [("titles", titles(study)), ("people", people)] {
        put(schema, &format!("{mapping}/{field}/additionalProperties/enum"), given.clone());
        put(schema, &format!("{mapping}/{field}/propertyNames"), json!({ "enum": names }));
    }
    put(schema, "/definitions/Role/properties/within/enum", or_nothing(roles));
}

/// The titles that people have, and how mappings spell them: letters of another size are the same.
fn titles(study: &Study) -> Json {
    let people = study.participants();
    let mut titles: Vec<&str> = Vec::new();
    for title in people.titles.iter().filter(|title| **title != NONE) {
        let title = people.title_names.of(*title);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    for spelled in study.settings().mappings.iter().flat_map(|mapping| mapping.titles.keys()) {
        let is_one = titles.iter().any(|title| same(title, spelled));
        if is_one && !titles.contains(&spelled.as_str()) {
            titles.push(spelled);
        }
    }
    ids(titles.into_iter())
}

/// The research questions that the codebook names, to be completed; others can be asked too.
fn with_questions(schema: &mut Json, study: &Study) {
    let named = study.code_rows().iter().filter_map(|code| code.rq.as_deref());
    let named = named.flat_map(|questions| questions.split(['/', ' ']));
    let text = json!({ "$ref": "#/definitions/Text" });
    let named: Map<String, Json> = named
        .filter(|question| !question.is_empty())
        .map(|question| (question.to_owned(), text.clone()))
        .collect();
    if !named.is_empty() {
        put(schema, "/properties/questions/properties", named.into());
    }
}

/// Of each group of alternatives, its options as its default.
fn with_options(schema: &mut Json, study: &Study) {
    let groups = study.settings().alternatives.iter().map(|alternative| {
        let options = ids(alternative.options.iter().map(String::as_str));
        json!({
            "if": { "properties": { "group": { "const": alternative.group } } },
            "then": { "properties": { "default": { "enum": or_nothing(&options) } } },
        })
    });
    let groups: Vec<Json> = groups.collect();
    if !groups.is_empty() {
        put(schema, "/definitions/Alternative/allOf", groups.into());
    }
}

/// Ids as a list, in their order, each once.
fn ids<'i>(ids: impl Iterator<Item = &'i str>) -> Json {
    let mut list: Vec<Json> = Vec::new();
    for id in ids {
        if !list.iter().any(|known| known == id) {
            list.push(id.into());
        }
    }
    list.into()
}

/// These values, or none.
fn or_nothing(values: &Json) -> Json {
    values.as_array().into_iter().flatten().cloned().chain([Json::Null]).collect()
}

/// Puts a value at a place, whose last part may be new.
fn put(schema: &mut Json, place: &str, value: Json) {
    let Some((parent, key)) = place.rsplit_once('/') else { return };
    if let Some(Json::Object(parent)) = schema.pointer_mut(parent) {
        parent.insert(key.to_owned(), value);
    }
}
