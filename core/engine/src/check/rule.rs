//! What may stand in each column of a table? The schemas of the row types, made ready to ask.

use std::sync::LazyLock;

use jsonschema::Validator;
use parallax_model::StudyFile;
use parallax_model::row;
use schemars::{JsonSchema, schema_for};
use serde_json::{Value as Json, json};

/// The columns of one table.
pub(crate) struct TableRules {
    pub(crate) columns: Vec<ColumnRule>,
    /// Whether any further column is an attribute.
    pub(crate) open: bool,
}

/// What may stand in one column.
pub(crate) struct ColumnRule {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) form: Form,
    pub(crate) schema: Json,
    pub(crate) validator: Validator,
    /// Whether every whole number that fits 32 bits is allowed.
    pub(crate) any_count: bool,
}

/// What the values of a column look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Date,
    Whole,
    Decimal,
    Truth,
    OneOf(Vec<String>),
}

impl TableRules {
    /// The rules of a table; `study.yaml` has none.
    pub(crate) fn of(file: StudyFile) -> Option<&'static Self> {
        static RULES: LazyLock<Vec<(StudyFile, TableRules)>> = LazyLock::new(|| {
            vec![
                (StudyFile::Participants, rules::<row::ParticipantRow>()),
                (StudyFile::Codes, rules::<row::CodeRow>()),
                (StudyFile::Statements, rules::<row::StatementRow>()),
                (StudyFile::Cases, rules::<row::CaseRow>()),
                (StudyFile::Sources, rules::<row::SourceRow>()),
                (StudyFile::Excerpts, rules::<row::ExcerptRow>()),
                (StudyFile::Coverage, rules::<row::CoverageRow>()),
                (StudyFile::Constraints, rules::<row::ConstraintRow>()),
                (StudyFile::Claims, rules::<row::ClaimRow>()),
                (StudyFile::Events, rules::<row::EventRow>()),
            ]
        });
        RULES.iter().find(|(of, _)| *of == file).map(|(_, rules)| rules)
    }

    /// The rule of a column.
    pub(crate) fn column(&self, name: &str) -> Option<&ColumnRule> {
        self.columns.iter().find(|rule| rule.name == name)
    }

    /// The names of all columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|rule| rule.name.as_str())
    }
}

impl ColumnRule {
    /// Whether the column holds somebody's words: its cells are never shown.
    pub(crate) fn is_text(&self) -> bool {
        matches!(&*self.name, "text" | "note" | "condition" | "reason" | "definition")
    }

    /// Whether the column holds ids.
    pub(crate) fn holds_ids(&self) -> bool {
        matches!(
            &*self.name,
            "id" | "parent"
                | "case"
                | "code"
                | "source"
                | "speaker"
                | "participant"
                | "bearer"
                | "counterparty"
                | "attributed_to"
                | "excerpt"
                | "actor"
                | "joint_with"
        )
    }
}

fn rules<Row: JsonSchema>() -> TableRules {
    let schema = simplified(&schema_for!(Row).to_value());
    let required = |name: &str| {
        let names = schema.get("required").and_then(Json::as_array);
        names.is_some_and(|names| names.iter().any(|known| known == name))
    };
    let properties = schema.get("properties").and_then(Json::as_object);
    let columns = properties.into_iter().flatten().map(|(name, schema)| {
        let (form, validator) = (form(schema), validator(schema));
        // What is allowed is a range, so its ends tell.
        let ends = [json!(0), json!(u32::MAX)];
        let any_count = form == Form::Whole && ends.iter().all(|end| validator.is_valid(end));
        let (name, required, schema) = (name.clone(), required(name), schema.clone());
        ColumnRule { name, required, form, schema, validator, any_count }
    });
    TableRules {
        columns: columns.collect(),
        open: schema.get("additionalProperties").is_some_and(Json::is_object),
    }
}

/// A validator for a schema of this program, which is known to be one.
pub(crate) fn validator(schema: &Json) -> Validator {
    #[expect(clippy::expect_used, reason = "the schemas are ours, and a test builds each")]
    jsonschema::validator_for(schema).expect("a schema generated from a type is a schema")
}

/// A schema without references and without `null`, with every closed vocabulary as an `enum`, so
/// that each error says what is wrong and not which branch failed.
pub(crate) fn simplified(root: &Json) -> Json {
    simplify(root, root)
}

fn simplify(schema: &Json, root: &Json) -> Json {
    if let Some(pointer) = schema.get("$ref").and_then(Json::as_str) {
        let target = root.pointer(pointer.trim_start_matches('#'));
        return target.map_or(Json::Bool(true), |target| simplify(target, root));
    }
    let Some(object) = schema.as_object() else { return schema.clone() };
    if let Some(words) = vocabulary(schema) {
        return json!({ "enum": words });
    }
    if let Some(branches) = object.get("anyOf").and_then(Json::as_array) {
        let mut kept: Vec<Json> = branches
            .iter()
            .filter(|branch| branch.get("type") != Some(&json!("null")))
            .map(|branch| simplify(branch, root))
            .collect();
        return if kept.len() == 1 { kept.remove(0) } else { json!({ "anyOf": kept }) };
    }
    let mut simple = serde_json::Map::new();
    for (key, value) in object {
        let value = match (key.as_str(), value) {
            ("$defs" | "$schema" | "default" | "description" | "title", _) => continue,
            ("type", Json::Array(types)) => {
                types.iter().find(|name| *name != "null").cloned().unwrap_or(Json::Null)
            }
            ("properties", Json::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), simplify(schema, root)))
                .collect(),
            ("items" | "additionalProperties", schema) => simplify(schema, root),
            _ => value.clone(),
        };
        simple.insert(key.clone(), value);
    }
    let most = match object.get("format").and_then(Json::as_str) {
        Some("uint8") => Some(json!(u8::MAX)),
        Some("uint32") => Some(json!(u32::MAX)),
        _ => None,
    };
    if let Some(most) = most {
        simple.entry("maximum").or_insert(most);
    }
    Json::Object(simple)
}

/// The words of a schema that is a choice between constants.
fn vocabulary(schema: &Json) -> Option<Vec<&Json>> {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Some(words.iter().filter(|word| !word.is_null()).collect());
    }
    let branches = schema.get("oneOf")?.as_array()?;
    let mut words = Vec::new();
    for branch in branches {
        match (branch.get("const"), branch.get("enum").and_then(Json::as_array)) {
            (Some(word), _) => words.push(word),
            (None, Some(more)) => words.extend(more),
            (None, None) => return None,
        }
    }
    Some(words)
}

fn form(schema: &Json) -> Form {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Form::OneOf(words.iter().filter_map(Json::as_str).map(str::to_owned).collect());
    }
    let name = |key| schema.get(key).and_then(Json::as_str);
    match (name("type"), name("format")) {
        (Some("integer"), _) => Form::Whole,
        (Some("number"), _) => Form::Decimal,
        (Some("boolean"), _) => Form::Truth,
        (_, Some("date")) => Form::Date,
        _ => Form::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_rules() {
        for file in StudyFile::ALL.into_iter().skip(1) {
            let rules = TableRules::of(file).expect("rules");
            assert!(rules.columns.iter().any(|rule| rule.required), "{file:?}");
        }
        assert!(TableRules::of(StudyFile::Participants).is_some_and(|rules| rules.open));
        assert!(TableRules::of(StudyFile::Codes).is_some_and(|rules| !rules.open));
    }

    #[test]
    fn forms_come_from_the_types() {
        let rules = TableRules::of(StudyFile::Statements).expect("rules");
        let form = |name| rules.column(name).map(|rule| rule.form.clone());
        assert_eq!(form("perspective"), Some(Form::Whole));
        assert_eq!(form("value"), Some(Form::Decimal));
        assert_eq!(form("speaker"), Some(Form::Text));
        let any_count = |name| rules.column(name).map(|rule| rule.any_count);
        assert_eq!((any_count("start"), any_count("perspective")), (Some(true), Some(false)));
        let words = ["cultural", "legal", "institutional", "conversational", "personal"];
        assert_eq!(form("moral_order"), Some(Form::OneOf(words.map(str::to_owned).to_vec())));
        let sources = TableRules::of(StudyFile::Sources).expect("rules");
        assert_eq!(sources.column("date").map(|rule| rule.form.clone()), Some(Form::Date));
    }
}
