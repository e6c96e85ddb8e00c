//! Which choices can a study vary, and which options does each of them have?

use parallax_model::Study;
use parallax_model::row::Strength;
use parallax_model::settings::Fixed;
use serde_json::{Value as Json, json};

use super::{ids, put};

/// Describes what can stand below `robustness`.
pub(super) fn describe(schema: &mut Json, study: &Study, roles: &Json) {
    let choices = choices(study, roles);
    let names = ids(choices.iter().map(|(name, _)| name.as_str()));
    put(schema, "/definitions/VariedChoice/properties/choice/enum", names.clone());
    put(schema, "/definitions/Robustness/properties/crossed/items/enum", names);
    let options = choices.into_iter().map(|(name, option)| {
        json!({
            "if": { "properties": { "choice": { "const": name } } },
            "then": { "properties": { "options": { "items": option } } },
        })
    });
    put(schema, "/definitions/VariedChoice/allOf", options.collect());
}

/// Every choice with the schema of one of its options.
fn choices(study: &Study, roles: &Json) -> Vec<(String, Json)> {
    let settings = study.settings();
    let people = ids(study.participants().ids.iter());
    let fixed = Fixed::ALL.into_iter().map(|choice| {
        let option = match choice {
            Fixed::Mapping => of(&ids(study.mappings().iter().map(|mapping| mapping.id.as_str()))),
            Fixed::Inclusion => json!({
                "type": "object",
                "propertyNames": { "enum": people.clone() },
                "additionalProperties": { "enum": roles },
            }),
            Fixed::Evidence => of(&ids(Strength::ALL.into_iter().map(Strength::name))),
            Fixed::Participant => of(&people),
            Fixed::Case => of(&ids(study.cases().ids.iter())),
            Fixed::Source => of(&ids(study.sources().ids.iter())),
            Fixed::Coder => of(&ids(study.statements().coder_names.iter())),
        };
        (choice.id().to_owned(), option)
    });
    let groups = settings.alternatives.iter().map(|alternative| {
        let options = ids(alternative.options.iter().map(String::as_str));
        (alternative.group.clone(), of(&options))
    });
    let constraints = study.constraints().iter();
    let constraints = constraints.map(|constraint| (constraint.id.clone(), of(&people)));
    fixed.chain(groups).chain(constraints).collect()
}

/// One of these ids, or several of them.
fn of(ids: &Json) -> Json {
    json!({ "anyOf": [{ "enum": ids }, { "type": "array", "items": { "enum": ids } }] })
}
