//! What can be chosen in an analysis, and between what?

use parallax_engine::model::Manifest;
use serde_json::Value as Json;

/// What can be chosen.
pub(crate) struct Parameter<'m> {
    pub(crate) name: &'m str,
    /// The kinds of value that it takes: `integer`, `string`; blank where the schema names none.
    pub(crate) kind: String,
    /// The default as JSON.
    pub(crate) default: String,
    /// What it means, and which values it takes where these are few.
    pub(crate) about: String,
}

/// What can be chosen in an analysis, in the order of names.
pub(crate) fn parameters(manifest: &Manifest) -> impl Iterator<Item = Parameter<'_>> {
    let root = &manifest.parameters;
    let properties = root.get("properties").and_then(Json::as_object);
    properties.into_iter().flatten().map(|(name, schema)| {
        let about = schema.get("description").and_then(Json::as_str).unwrap_or("");
        let mut about = about.split_whitespace().collect::<Vec<_>>().join(" ");
        let values = values(schema, root);
        if !values.is_empty() {
            about.push_str(&format!(" One of {}.", values.join(", ")));
        }
        let default = schema.get("default").map_or_else(|| "null".to_owned(), Json::to_string);
        let kind = kinds(schema, root).join(" or ");
        Parameter { name, kind, default, about }
    })
}

/// The kinds of value that a schema takes, as JSON Schema calls them.
fn kinds(schema: &Json, root: &Json) -> Vec<String> {
    if let Some(place) = schema.get("$ref").and_then(Json::as_str) {
        let named = place.strip_prefix('#').and_then(|place| root.pointer(place));
        return named.map_or_else(Vec::new, |named| kinds(named, root));
    }
    let mut found: Vec<String> = match schema.get("type") {
        Some(Json::String(one)) => vec![one.clone()],
        Some(Json::Array(several)) => {
            several.iter().filter_map(Json::as_str).map(str::to_owned).collect()
        }
        _ => ["oneOf", "anyOf", "allOf"]
            .iter()
            .filter_map(|key| schema.get(*key)?.as_array())
            .flatten()
            .flat_map(|part| kinds(part, root))
            .collect(),
    };
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|kind| seen.insert(kind.clone()));
    found
}

/// The values that a schema names one by one; none where it names a kind of value.
fn values(schema: &Json, root: &Json) -> Vec<String> {
    if let Some(place) = schema.get("$ref").and_then(Json::as_str) {
        let named = place.strip_prefix('#').and_then(|place| root.pointer(place));
        return named.map_or_else(Vec::new, |named| values(named, root));
    }
    if let Some(one) = schema.get("const") {
        return vec![one.to_string()];
    }
    if let Some(listed) = schema.get("enum").and_then(Json::as_array) {
        return listed.iter().map(Json::to_string).collect();
    }
    let parts = ["oneOf", "anyOf", "allOf"].iter().filter_map(|key| schema.get(*key)?.as_array());
    let items = schema.get("items").into_iter();
    parts.flatten().chain(items).flat_map(|part| values(part, root)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_named_wherever_the_schema_has_them() {
        let root = serde_json::json!({
            "$defs": { "linkage": { "oneOf": [{ "const": "average" }, { "enum": ["single"] }] } },
        });
        let reference = serde_json::json!({ "$ref": "#/$defs/linkage" });
        assert_eq!(values(&reference, &root), [r#""average""#, r#""single""#]);
        let list = serde_json::json!({ "type": "array", "items": reference });
        assert_eq!(values(&list, &root).len(), 2);
        assert!(values(&serde_json::json!({ "type": "string" }), &root).is_empty());
    }
}
