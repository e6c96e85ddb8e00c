//! What does an error of a JSON Schema mean to a researcher?
//!
//! The library's own sentences are never shown: they speak of schemas, and they repeat values.

use std::ops::Range;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use parallax_model::{Kind, Problem};
use serde_json::Value as Json;

use crate::check::column::range;
use crate::check::notice::problem;
use crate::check::setting::{entry_schema, escaped};
use crate::check::suggest::suggestion;
use crate::check::value::may_be_shown;
use crate::text::yaml::{Content, Node};

/// Hands each problem of an error to `tell`: the problem, the JSON Pointer of the value that must
/// not be used, and the bytes to point to.
pub(crate) fn explain(
    error: &ValidationError<'_>,
    tree: &Node,
    schema: &Json,
    tell: &mut dyn FnMut(Problem, &str, Range<usize>),
) {
    let pointer = error.instance_path().as_str();
    let schema = schema_at(schema, pointer);
    let Some((entry, node)) = tree.at(pointer) else { return };
    let place = entry.map_or_else(|| first_bytes(node), |entry| entry.key_span.clone());
    let name = match entry {
        Some(entry) => format!("`{}`", entry.key),
        None if pointer.is_empty() => "study.yaml".to_owned(),
        None => "this entry".to_owned(),
    };
    let name = name.as_str();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            for key in unexpected {
                let span = key_span(node, key).unwrap_or_else(|| place.clone());
                let pointer = format!("{pointer}/{}", escaped(key));
                tell(unknown_key(key, node, schema), &pointer, span);
            }
        }
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let span = key_span(node, key).unwrap_or(place);
            tell(missing_key(key, name, pointer.is_empty()), "", span);
        }
        ValidationErrorKind::Enum { options } => {
            let words: Vec<&str> =
                options.as_array().into_iter().flatten().filter_map(Json::as_str).collect();
            tell(not_allowed(name, node, &words), pointer, node.span.clone());
        }
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => {
            let range = range(schema);
            let problem = problem(Kind::OutOfRange, format!("{name} must be {range}"))
                .label(format!("not {range}"))
                .help("correct the number");
            tell(problem, pointer, node.span.clone());
        }
        ValidationErrorKind::MinItems { limit } | ValidationErrorKind::MaxItems { limit } => {
            let most = matches!(error.kind(), ValidationErrorKind::MaxItems { .. });
            let least = if most { "at most" } else { "at least" };
            let message = format!("{name} needs {least} {limit} entries");
            let problem = problem(Kind::OutOfRange, message)
                .label("this list")
                .help("add what is missing, or remove what is too much");
            tell(problem, pointer, place);
        }
        _ => {
            let wanted = wanted(schema);
            let problem = problem(Kind::WrongType, format!("{name} must be {wanted}"))
                .label(format!("this is {}", what(node)))
                .help(example(schema));
            let bytes = if node.span.is_empty() { place } else { node.span.clone() };
            tell(problem, pointer, bytes);
        }
    }
}

fn schema_at<'s>(schema: &'s Json, pointer: &str) -> &'s Json {
    pointer.split('/').skip(1).fold(schema, |schema, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        schema.get("items").unwrap_or_else(|| entry_schema(schema, &step))
    })
}

fn key_span(node: &Node, key: &str) -> Option<Range<usize>> {
    let Content::Map(entries) = &node.content else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span.clone())
}

/// The first key or value of a list's entry: a place that can be underlined.
fn first_bytes(node: &Node) -> Range<usize> {
    match &node.content {
        Content::Map(entries) => {
            entries.first().map_or(node.span.clone(), |entry| entry.key_span.clone())
        }
        Content::List(nodes) => nodes.first().map_or(node.span.clone(), first_bytes),
        Content::Scalar(_) => node.span.clone(),
    }
}

fn unknown_key(key: &str, node: &Node, schema: &Json) -> Problem {
    let properties = schema.get("properties").and_then(Json::as_object);
    let known: Vec<&str> = properties.into_iter().flatten().map(|(name, _)| &**name).collect();
    let absent = known.iter().copied().filter(|name| key_span(node, name).is_none());
    let shown = if may_be_shown(key) { key } else { "…" };
    problem(Kind::UnknownField, format!("study.yaml has no setting `{shown}` here"))
        .label("not a setting of this section")
        .help(format!("the settings are {}", known.join(", ")))
        .suggest(suggestion(key, absent))
}

fn missing_key(key: &str, name: &str, at_root: bool) -> Problem {
    let message = match (at_root, name) {
        (true, _) => format!("study.yaml needs `{key}:`"),
        (false, "this entry") => format!("an entry of a list has no `{key}:`"),
        (false, name) => format!("{name} has no `{key}:`"),
    };
    let help = match key {
        "title" => "add a line such as `title: Internships seen from three positions`",
        "roles" => "add the roles, such as `roles: [{ id: S, label: supervisor }]`",
        "id" => "add a short id, such as `id: S`",
        _ => "add it, with a value",
    };
    problem(Kind::MissingField, message).label("it belongs here").help(help)
}

fn not_allowed(name: &str, node: &Node, words: &[&str]) -> Problem {
    let value = match &node.content {
        Content::Scalar(Json::String(text)) if may_be_shown(text) => Some(text.as_str()),
        _ => None,
    };
    let message = match value {
        Some(value) => format!("`{value}` is not a value of {name}"),
        None => format!("this is not a value of {name}"),
    };
    problem(Kind::NotAllowed, message)
        .label(format!("use one of: {}", words.join(", ")))
        .help("write one of these words, or leave the setting out for the default")
        .suggest(value.and_then(|value| suggestion(value, words.iter().copied())))
}

fn wanted(schema: &Json) -> &'static str {
    if schema.get("anyOf").is_some() {
        return "a text, or a text for each language";
    }
    match schema.get("type").and_then(Json::as_str) {
        Some("string") => "a text",
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("boolean") => "true or false",
        Some("array") => "a list",
        Some("object") => "a section with keys of its own",
        _ => "something else",
    }
}

fn example(schema: &Json) -> &'static str {
    if schema.get("anyOf").is_some() {
        return "write a text, or { en: pupil, nl: leerling }";
    }
    match schema.get("type").and_then(Json::as_str) {
        Some("integer") => "write a number without decimals, such as 42",
        Some("array") => "write a list: [one, two], or one entry per line, each after a hyphen",
        Some("object") => "write keys with values, indented below it, or { key: value }",
        _ => "write a text, between quotation marks when in doubt",
    }
}

fn what(node: &Node) -> &'static str {
    match &node.content {
        Content::Map(_) => "a section",
        Content::List(_) => "a list",
        Content::Scalar(Json::Bool(_)) => "a truth value",
        Content::Scalar(Json::Number(_)) => "a number",
        Content::Scalar(Json::Null) => "nothing",
        Content::Scalar(_) => "a text",
    }
}
