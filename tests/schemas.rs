//! Are the schemas in `schemas/` those of the program, and do they accept all it knows and no more?

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use parallax_model::FindingsDocument;
use parallax_model::schema::schemas;
use serde_json::{Value, json};

/// Below the root of the repository, from where `core/cli` runs its tests.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Complete documents, as `tests/schemas/` holds them: together they use everything once.
fn documents(schema: &str) -> Vec<Value> {
    let path = root().join("tests/schemas").join(schema.replace(".schema", ""));
    let text = fs::read_to_string(&path).expect("each schema has documents in tests/schemas");
    serde_json::from_str(&text).expect("a list of documents")
}

#[test]
fn the_files_are_those_of_the_program() {
    let folder = root().join("schemas");
    let write = std::env::var_os("PARALLAX_WRITE_SCHEMAS").is_some();
    for (name, schema) in schemas() {
        let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        text.push('\n');
        if write {
            fs::write(folder.join(name), &text).expect("schemas/ can be written");
        }
        let file = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(
            file == text,
            "schemas/{name} is out of date: run the tests with PARALLAX_WRITE_SCHEMAS=1"
        );
    }
}

#[test]
fn no_file_is_left_over_or_missing_from_the_guide() {
    let folder = root().join("schemas");
    let known: BTreeSet<String> = schemas().iter().map(|(name, _)| (*name).to_owned()).collect();
    let found: BTreeSet<String> = fs::read_dir(&folder)
        .expect("schemas/ can be listed")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".json"))
        .collect();
    assert_eq!(found, known);
    let guide = fs::read_to_string(folder.join("README.md")).expect("schemas/README.md is there");
    for name in known {
        assert!(guide.contains(&format!("`{name}`")), "schemas/README.md does not name {name}");
    }
}

#[test]
fn each_schema_is_one() {
    for (name, schema) in schemas() {
        assert!(jsonschema::meta::is_valid(&schema), "{name} is not valid under its draft");
    }
}

#[test]
fn complete_documents_are_valid() {
    for (name, schema) in schemas() {
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        for (at, document) in documents(name).iter().enumerate() {
            let wrong: Vec<String> = validator
                .iter_errors(document)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "document {at} of {name}: {wrong:#?}");
        }
    }
}

#[test]
fn complete_documents_leave_nothing_out() {
    for (name, schema) in schemas() {
        let mut expected = BTreeSet::new();
        all_parts(&schema, &schema, "", &mut expected);
        let mut used = BTreeSet::new();
        for document in documents(name) {
            used_parts(&schema, &schema, "", &document, &mut used);
        }
        let missing: Vec<_> = expected.difference(&used).collect();
        assert!(missing.is_empty(), "no document of {name} uses {missing:#?}");
    }
}

#[test]
fn one_wrong_field_is_enough() {
    for (name, schema) in schemas() {
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        for document in documents(name) {
            let mut places = Vec::new();
            leaves(&document, String::new(), &mut places);
            for place in places.iter().filter(|place| !is_free(place)) {
                let mut wrong = document.clone();
                *wrong.pointer_mut(place).expect("a place in the document") = json!([[[]]]);
                assert!(!validator.is_valid(&wrong), "{name} accepts a list at {place}");
            }
        }
    }
}

#[test]
fn an_unknown_field_is_refused_where_no_attribute_can_stand() {
    for (name, schema) in schemas() {
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let takes_attributes = ["participants.schema.json", "cases.schema.json"].contains(&name);
        for mut document in documents(name) {
            document["unheard_of"] = json!("x");
            assert_eq!(validator.is_valid(&document), takes_attributes, "{name}");
        }
    }
}

#[test]
fn the_complete_findings_are_those_that_the_program_writes() {
    for document in documents("findings.schema.json") {
        let read: FindingsDocument =
            serde_json::from_value(document.clone()).expect("the program reads its own format");
        let written: Value = serde_json::from_str(&read.to_json()).expect("JSON");
        assert_eq!(written, document);
    }
}

/// Parameters and their schemas are free JSON.
fn is_free(place: &str) -> bool {
    place.contains("/parameters")
}

fn leaves(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                leaves(field, format!("{place}/{key}"), places);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                leaves(item, format!("{place}/{at}"), places);
            }
        }
        _ => places.push(place),
    }
}

/// Every property, branch and allowed value of a schema, by the place of its definition.
fn all_parts(root: &Value, schema: &Value, path: &str, parts: &mut BTreeSet<String>) {
    if let Some((path, target)) = definition(root, schema)
        && parts.insert(path.clone())
    {
        all_parts(root, target, &path, parts);
    }
    for value in allowed(schema) {
        parts.insert(format!("{path}={value}"));
    }
    for (name, property) in properties(schema) {
        parts.insert(format!("{path}/{name}"));
        all_parts(root, property, &format!("{path}/{name}"), parts);
    }
    for (at, branch) in branches(schema) {
        parts.insert(format!("{path}|{at}"));
        all_parts(root, branch, &format!("{path}|{at}"), parts);
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get(key).filter(|inner| inner.is_object()) {
            parts.insert(format!("{path}/*"));
            all_parts(root, inner, &format!("{path}/*"), parts);
        }
    }
}

/// Those of [`all_parts`] that `value` uses.
fn used_parts(
    root: &Value,
    schema: &Value,
    path: &str,
    value: &Value,
    parts: &mut BTreeSet<String>,
) {
    if let Some((path, target)) = definition(root, schema) {
        parts.insert(path.clone());
        used_parts(root, target, &path, value, parts);
    }
    if allowed(schema).contains(&value) {
        parts.insert(format!("{path}={value}"));
    }
    let known = properties(schema);
    for (name, property) in &known {
        if let Some(field) = value.get(name) {
            parts.insert(format!("{path}/{name}"));
            used_parts(root, property, &format!("{path}/{name}"), field, parts);
        }
    }
    for (at, branch) in branches(schema) {
        if holds(root, branch, value) {
            parts.insert(format!("{path}|{at}"));
            used_parts(root, branch, &format!("{path}|{at}"), value, parts);
        }
    }
    let inner: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| known.iter().all(|(name, _)| name != key))
            .map(|(_, field)| field)
            .collect(),
        _ => Vec::new(),
    };
    let key = if value.is_array() { "items" } else { "additionalProperties" };
    if let Some(schema) = schema.get(key).filter(|inner| inner.is_object()) {
        for item in inner {
            parts.insert(format!("{path}/*"));
            used_parts(root, schema, &format!("{path}/*"), item, parts);
        }
    }
}

/// The definition that a schema refers to, and its place.
fn definition<'a>(root: &'a Value, schema: &Value) -> Option<(String, &'a Value)> {
    let place = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    Some((place.to_owned(), root.pointer(place)?))
}

fn allowed(schema: &Value) -> Vec<&Value> {
    let many = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    many.iter().chain(schema.get("const")).filter(|value| !value.is_null()).collect()
}

fn properties(schema: &Value) -> Vec<(&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten().collect()
}

/// The alternatives of a schema but for "or nothing".
fn branches(schema: &Value) -> Vec<(usize, &Value)> {
    ["oneOf", "anyOf", "allOf"]
        .iter()
        .filter_map(|key| schema.get(key)?.as_array())
        .flatten()
        .enumerate()
        .filter(|(_, branch)| branch["type"] != "null")
        .collect()
}

fn holds(root: &Value, branch: &Value, value: &Value) -> bool {
    let mut whole = json!({ "$schema": root["$schema"], "allOf": [branch] });
    for key in ["$defs", "definitions"] {
        if let Some(definitions) = root.get(key) {
            whole[key] = definitions.clone();
        }
    }
    jsonschema::is_valid(&whole, value)
}
