//! When do two documents find the same, and what is wrong with one by itself?

use std::collections::BTreeSet;

use parallax_model::document::Came;
use parallax_model::{Basis, FindingsDocument};
use serde_json::{Value as Json, json};

/// What analyses found and which of them could not, without the order that rows may have.
pub(crate) fn found(document: &FindingsDocument) -> Json {
    let mut found = json!({ "analyses": document.analyses, "findings": document.findings });
    in_no_order(&mut found);
    found
}

/// The same under the ids without `prefix`.
pub(crate) fn found_without(prefix: &str, document: &FindingsDocument) -> Json {
    let found = json!({ "analyses": document.analyses, "findings": document.findings });
    let text = found.to_string().replace(prefix, "");
    let mut found = serde_json::from_str(&text).expect("is still JSON");
    in_no_order(&mut found);
    found
}

/// Evidence, the statements behind a cell and the rows of a table are sets, and findings are known by their ids.
fn in_no_order(found: &mut Json) {
    let sort = |list: &mut Json| {
        let items = list.as_array_mut().into_iter();
        items.for_each(|items| items.sort_by_key(Json::to_string));
    };
    for finding in found["findings"].as_array_mut().into_iter().flatten() {
        if finding["basis"]["kind"] == "evidence" {
            sort(&mut finding["basis"]["items"]);
        }
        let tables = finding["tables"].as_array_mut().into_iter().flatten();
        for row in tables.flat_map(|table| table["rows"].as_array_mut()).flatten() {
            row.as_array_mut().into_iter().flatten().for_each(cell_in_no_order);
        }
        let tables = finding["tables"].as_array_mut().into_iter().flatten();
        tables.for_each(|table| sort(&mut table["rows"]));
    }
    sort(&mut found["findings"]);
}

/// The statements that a cell lists.
fn cell_in_no_order(cell: &mut Json) {
    for list in ["ids", "statements"] {
        if let Some(ids) = cell[list].as_array_mut() {
            ids.sort_by_key(Json::to_string);
            cell["text"] = Json::Null;
        }
    }
}

/// Where two documents differ, by analysis or finding.
pub(crate) fn differences(one: &Json, other: &Json) -> Vec<String> {
    let mut differences = Vec::new();
    for list in ["analyses", "findings"] {
        let (one, other) = (by_id(&one[list]), by_id(&other[list]));
        let ids: BTreeSet<&String> = one.iter().chain(&other).map(|(id, _)| id).collect();
        for id in ids {
            let of = |all: &[(String, Json)]| all.iter().find(|(own, _)| own == id).cloned();
            match (of(&one), of(&other)) {
                (Some(one), Some(other)) if one != other => {
                    let mut path = Vec::new();
                    walk(&one.1, &other.1, id, &mut path);
                    differences.extend(path);
                }
                (Some(_), Some(_)) => {}
                (one, _) => differences.push(format!(
                    "{id}: in the {} only",
                    if one.is_some() { "first" } else { "second" }
                )),
            }
        }
    }
    differences
}

fn by_id(list: &Json) -> Vec<(String, Json)> {
    let items = list.as_array().into_iter().flatten();
    items.map(|item| (item["id"].as_str().unwrap_or("").to_owned(), item.clone())).collect()
}

fn walk(one: &Json, other: &Json, path: &str, differences: &mut Vec<String>) {
    match (one, other) {
        (Json::Object(a), Json::Object(b)) if a.keys().eq(b.keys()) => {
            for (key, value) in a {
                walk(value, &b[key], &format!("{path} {key}"), differences);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                walk(a, b, &format!("{path} {at}"), differences);
            }
        }
        (one, other) if one == other => {}
        (one, other) => differences.push(format!("{path}: {one} and {other}")),
    }
}

/// What no reader should meet in a document.
pub(crate) fn faults(document: &FindingsDocument) -> Vec<String> {
    let mut faults = Vec::new();
    for entry in &document.analyses {
        match &entry.outcome {
            Came::Failed { reason } => faults.push(format!("{} failed: {reason}", entry.id)),
            Came::NotAvailable { reason } if reason.trim().is_empty() => {
                faults.push(format!("{} is not available for no reason", entry.id));
            }
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    for finding in &document.findings {
        let mut fault = |what: &str| faults.push(format!("{}: {what}", finding.id));
        if !seen.insert(&finding.id) {
            fault("two findings have this id");
        }
        let is_bare = match &finding.basis {
            Basis::Evidence { items } => items.is_empty(),
            Basis::None { reason } => reason.trim().is_empty(),
        };
        if is_bare {
            fault("neither evidence nor a reason for having none");
        }
        let texts = [&finding.title, &finding.sentence].into_iter();
        for text in texts.chain(finding.caveats.iter().map(|caveat| &caveat.text)) {
            if text.contains(['{', '}']) || text.contains("NaN") || text.trim().is_empty() {
                fault(&format!("it reads: {text}"));
            }
        }
        if has_no_number(&json!(finding)) {
            fault("a number is none");
        }
    }
    faults
}

/// Whether a number is written as `null`, as JSON does with what is not finite.
fn has_no_number(json: &Json) -> bool {
    match json {
        Json::Object(map) => {
            let is_number = map.get("kind").is_some_and(|kind| kind == "decimal");
            (is_number && !map["value"].is_number()) || map.values().any(has_no_number)
        }
        Json::Array(items) => items.iter().any(has_no_number),
        _ => false,
    }
}
