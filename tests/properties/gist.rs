//! What does a document say, whatever the order in which it lists people, codes and cases?

use parallax_model::FindingsDocument;
use parallax_model::document::{PublishedFigure, PublishedFinding, Shown};
use serde_json::{Value as Json, json};

/// Findings without their sentences, every list a set and every cell with its heads.
pub(crate) fn gist(document: &FindingsDocument) -> Json {
    let findings = document.findings.iter().map(|finding| {
        let measures = finding.measures.iter();
        let measures: Vec<Json> =
            measures.map(|measure| json!([measure.name, measure.number])).collect();
        let values = finding.values.iter();
        let values: Vec<Json> = values.map(|(name, shown)| json!([name, bare(shown)])).collect();
        let caveats: Vec<&String> = finding.caveats.iter().map(|caveat| &caveat.name).collect();
        json!({
            "id": finding.id,
            "template": finding.template,
            "basis": as_set(json!(finding.basis)),
            "measures": as_set(json!(measures)),
            "values": as_set(json!(values)),
            "caveats": as_set(json!(caveats)),
            "cells": as_set(json!(cells(finding))),
        })
    });
    let analyses = document.analyses.iter();
    let analyses: Vec<Json> =
        analyses.map(|entry| json!({ "id": entry.id, "outcome": entry.outcome })).collect();
    json!({ "analyses": analyses, "findings": findings.collect::<Vec<_>>() })
}

/// Columns that number the rows of a table and refer to these numbers: the order of equals is that of
/// the codebook, and so are their numbers.
const ROW_NUMBERS: [&str; 2] = ["number", "above"];

/// The rows of tables and the cells of grids, each with its heads.
fn cells(finding: &PublishedFinding) -> Vec<Json> {
    let tables = finding.tables.iter().flat_map(|table| {
        table.rows.iter().map(|row| {
            let is_number = |head: &&Shown| head.id().is_some_and(|id| ROW_NUMBERS.contains(&id));
            let heads = table.columns.iter().zip(row).filter(|(head, _)| !is_number(head));
            let cells: Vec<Json> =
                heads.map(|(head, cell)| json!([bare(head), bare(cell)])).collect();
            json!([table.name, as_set(json!(cells))])
        })
    });
    let figures = finding.figures.iter().flat_map(|figure| match figure {
        PublishedFigure::Grid { name, rows, columns, cells, .. } => {
            let rows = rows.iter().zip(cells);
            let each = rows.flat_map(|(row, line)| {
                let line = columns.iter().zip(line);
                line.map(|(column, cell)| json!([name, bare(row), bare(column), bare(cell)]))
            });
            each.collect::<Vec<_>>()
        }
        PublishedFigure::Dendrogram { .. } => vec![json!(figure)],
    });
    tables.chain(figures).collect()
}

/// A value without the text that shows it; several names are a set.
fn bare(shown: &Shown) -> Json {
    match shown {
        Shown::Number { number, .. } => json!(number),
        Shown::Names { ids, .. } => as_set(json!(ids)),
        Shown::Text { text } => {
            let mut words: Vec<&str> = text.split([' ', ',']).collect();
            words.sort_unstable();
            json!(words.join(" "))
        }
        Shown::Said { state, statements, .. } => json!([state, as_set(json!(statements))]),
        other => json!([other.text()]),
    }
}

/// The same with its arrays in no order.
fn as_set(json: Json) -> Json {
    match json {
        Json::Array(mut items) => {
            items.sort_by_key(Json::to_string);
            Json::Array(items)
        }
        Json::Object(map) => map.into_iter().map(|(key, value)| (key, as_set(value))).collect(),
        other => other,
    }
}
