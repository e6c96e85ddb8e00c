//! What can the user of a script choose, and how does that become a JSON Schema?

use std::collections::BTreeMap;

use parallax_model::Text;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

/// One parameter as the header of a script declares it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parameter {
    /// What kind of value it takes.
    #[serde(rename = "type")]
    kind: ParameterKind,
    /// The value when nobody chooses.
    default: Json,
    /// What it is for.
    help: Text,
    /// The only values it can have.
    #[serde(default)]
    allowed: Vec<Json>,
    /// The least it can be.
    #[serde(default)]
    minimum: Option<f64>,
    /// The most it can be.
    #[serde(default)]
    maximum: Option<f64>,
}

/// What kind of value a parameter takes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ParameterKind {
    /// A text, such as the id of a code.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list of texts.
    List,
}

/// The JSON Schema of an object with these parameters, each with its default.
///
/// # Errors
/// A sentence about the first parameter whose default its own declaration does not allow.
pub(crate) fn schema(parameters: &BTreeMap<String, Parameter>) -> Result<Json, String> {
    let mut properties = Map::new();
    for (name, parameter) in parameters {
        properties.insert(name.clone(), property(name, parameter)?);
    }
    Ok(json!({ "type": "object", "properties": properties, "additionalProperties": false }))
}

fn property(name: &str, parameter: &Parameter) -> Result<Json, String> {
    let (kind, fits) = match parameter.kind {
        ParameterKind::Text => ("string", parameter.default.is_string()),
        ParameterKind::Integer => ("integer", parameter.default.is_i64()),
        ParameterKind::Number => ("number", parameter.default.is_number()),
        ParameterKind::Boolean => ("boolean", parameter.default.is_boolean()),
        ParameterKind::List => ("array", is_texts(&parameter.default)),
    };
    if !fits {
        return Err(format!("the default of parameter `{name}` is not of the type it declares"));
    }
    let number = parameter.default.as_f64();
    let outside = number.is_some_and(|number| {
        parameter.minimum.is_some_and(|least| number < least)
            || parameter.maximum.is_some_and(|most| number > most)
    });
    let foreign = !parameter.allowed.is_empty() && !parameter.allowed.contains(&parameter.default);
    if outside || foreign {
        return Err(format!("the default of parameter `{name}` is not a value it allows"));
    }
    let mut property = Map::new();
    property.insert("type".into(), kind.into());
    property.insert("description".into(), parameter.help.in_language("en").into());
    property.insert("default".into(), parameter.default.clone());
    if matches!(parameter.kind, ParameterKind::List) {
        property.insert("items".into(), json!({ "type": "string" }));
    }
    if !parameter.allowed.is_empty() {
        property.insert("enum".into(), parameter.allowed.clone().into());
    }
    for (key, limit) in [("minimum", parameter.minimum), ("maximum", parameter.maximum)] {
        if let Some(limit) = limit {
            property.insert(key.into(), limit.into());
        }
    }
    Ok(property.into())
}

fn is_texts(value: &Json) -> bool {
    value.as_array().is_some_and(|values| values.iter().all(Json::is_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(yaml: &str) -> Result<Json, String> {
        let json = crate::text::yaml::read(yaml).expect("is YAML").json();
        schema(&serde_json::from_value(json).expect("declares parameters"))
    }

    #[test]
    fn a_declaration_becomes_a_schema() {
        let schema = declared(
            "whose: { type: text, default: own, allowed: [own, any], help: Whose duties }\n\
             least: { type: integer, default: 2, minimum: 1, help: { en: At least so many } }",
        )
        .expect("is a declaration");
        assert_eq!(schema["properties"]["whose"]["enum"], json!(["own", "any"]));
        assert_eq!(schema["properties"]["least"]["minimum"], json!(1.0));
    }

    #[test]
    fn a_default_that_is_not_allowed_is_refused() {
        for wrong in [
            "a: { type: integer, default: two, help: H }",
            "a: { type: integer, default: 0, minimum: 1, help: H }",
            "a: { type: text, default: x, allowed: [y], help: H }",
            "a: { type: list, default: [1], help: H }",
        ] {
            assert!(declared(wrong).is_err(), "{wrong}");
        }
    }
}
