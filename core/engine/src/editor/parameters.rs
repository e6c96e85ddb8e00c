//! Which analyses can a study ask for, and with which parameters?

use serde_json::{Map, Value as Json, json};

use super::{ids, put};
use crate::shelf::Shelf;

/// Where a schema of a manifest keeps its parts, and where a draft-07 schema does.
const PARTS: (&str, &str) = ("$defs", "definitions");

/// Describes what can stand below `analyses`.
pub(super) fn describe(schema: &mut Json, shelf: &Shelf) {
    let names = ids(shelf.iter().map(|analysis| analysis.manifest().id.as_str()));
    put(schema, "/definitions/Use/properties/use/enum", names);
    let mut rules = Vec::new();
    for analysis in shelf.iter() {
        let manifest = analysis.manifest();
        let mut parameters = manifest.parameters.clone();
        let parts = parameters.as_object_mut().and_then(|object| {
            object.remove("$schema");
            object.remove("title");
            object.remove(PARTS.0)
        });
        rename(&mut parameters, &manifest.id);
        for (part, mut described) in parts.and_then(into_object).into_iter().flatten() {
            rename(&mut described, &manifest.id);
            let place = format!("/{}/{}", PARTS.1, named(&manifest.id, &part));
            put(schema, &place, described);
        }
        rules.push(json!({
            "if": { "properties": { "use": { "const": manifest.id } } },
            "then": { "properties": { "parameters": parameters } },
        }));
    }
    put(schema, "/definitions/Use/allOf", rules.into());
}

fn into_object(value: Json) -> Option<Map<String, Json>> {
    match value {
        Json::Object(object) => Some(object),
        _ => None,
    }
}

/// What a part of one analysis's schema is called beside those of the others.
fn named(analysis: &str, part: &str) -> String {
    format!("{analysis}.{part}")
}

/// Lets every reference to a part point to where it stands now.
fn rename(schema: &mut Json, analysis: &str) {
    match schema {
        Json::Object(object) => {
            object.values_mut().for_each(|value| rename(value, analysis));
            let part = object.get("$ref").and_then(Json::as_str);
            let part = part.and_then(|to| to.strip_prefix("#/$defs/").map(str::to_owned));
            let Some(part) = part else { return };
            let to = format!("#/{}/{}", PARTS.1, named(analysis, &part));
            object.remove("$ref");
            // Beside a reference, draft-07 reads nothing else.
            match object.is_empty() {
                true => object.insert("$ref".into(), to.into()),
                false => object.insert("allOf".into(), json!([{ "$ref": to }])),
            };
        }
        Json::Array(list) => list.iter_mut().for_each(|value| rename(value, analysis)),
        _ => {}
    }
}
