//! How do findings become bytes that change only when the findings do?

use std::collections::BTreeMap;

use parallax_model::document::{Came, PublishedFigure, PublishedFinding, Shown};
use parallax_model::number::nine_digits;
use parallax_model::{Basis, Number};
use serde_json::{Map, Value as Json};

use crate::accept::Accepted;

/// Findings as JSON: keys and records sorted, numbers with nine digits.
pub(super) fn canonical(accepted: &Accepted) -> Json {
    let mut sorted = accepted.clone();
    sorted.findings.sort_by(|a, b| a.id.cmp(&b.id));
    sorted.findings.dedup_by(|a, b| a.id == b.id);
    if let Came::Found { findings } = &mut sorted.outcome {
        *findings = sorted.findings.len();
    }
    sorted.findings.iter_mut().for_each(sort);
    let json = serde_json::to_value(sorted)
        .expect("every key of a finding is text, which is all that JSON asks");
    settled(json)
}

/// Brings the records of a finding into the order of their names. The rows of a table keep theirs:
/// it says something.
fn sort(finding: &mut PublishedFinding) {
    finding.measures.sort_by(|a, b| a.name.cmp(&b.name));
    finding.tables.sort_by(|a, b| a.name.cmp(&b.name));
    finding.figures.sort_by(|a, b| name(a).cmp(name(b)));
    finding.caveats.sort_by(|a, b| (&a.name, &a.text).cmp(&(&b.name, &b.text)));
    finding.research_questions.sort();
    if let Basis::Evidence { items } = &mut finding.basis {
        items.sort();
        items.dedup();
    }
}

pub(super) fn name(figure: &PublishedFigure) -> &str {
    match figure {
        PublishedFigure::Grid { name, .. } | PublishedFigure::Dendrogram { name, .. } => name,
    }
}

/// JSON with sorted keys, and with numbers as they are written.
fn settled(value: Json) -> Json {
    match value {
        Json::Object(map) => {
            let is_decimal = map.get("kind").and_then(Json::as_str) == Some("decimal");
            if is_decimal && map.get("value").is_some_and(Json::is_null) {
                // JSON has no NaN and no infinity; a reader is told.
                let number = Number::decimal(f64::NAN, "");
                return serde_json::to_value(number).unwrap_or(Json::Null);
            }
            // Whether a map sorts its keys is settled by whoever builds the program.
            let sorted: BTreeMap<String, Json> =
                map.into_iter().map(|(key, value)| (key, settled(value))).collect();
            Json::Object(sorted.into_iter().collect::<Map<_, _>>())
        }
        Json::Array(items) => items.into_iter().map(settled).collect(),
        Json::Number(number) if number.is_f64() => {
            number.as_f64().map(nine_digits).map_or(Json::Null, Json::from)
        }
        other => other,
    }
}

/// How far two values of the same number may be apart: so much of its size, and so much besides.
const RELATIVE: f64 = 1e-9;
const ABSOLUTE: f64 = 1e-12;

/// Whether `now` is the number that was accepted as `before`.
///
/// Both have been rounded to nine digits, so values that hardly differ can be one unit of the ninth
/// digit apart, which is more than the tolerance for numbers that begin with a small digit.
fn is_same(before: f64, now: f64) -> bool {
    let apart = (before - now).abs();
    let larger = before.abs().max(now.abs());
    apart <= ABSOLUTE + RELATIVE * before.abs() || apart <= 1.5 * ninth_digit(larger)
}

/// What one unit of the ninth significant digit is worth.
fn ninth_digit(value: f64) -> f64 {
    let written = format!("{value:e}");
    let exponent = written.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    exponent.and_then(|exponent| format!("1e{}", exponent - 8).parse().ok()).unwrap_or(0.0)
}

/// Gives `now` the digits of `before` wherever a number is still the same, in its texts too.
pub(super) fn keep_digits(now: &mut Accepted, before: &Accepted) {
    for finding in &mut now.findings {
        if let Some(was) = before.findings.iter().find(|was| was.id == finding.id) {
            keep_in_finding(finding, was);
        }
    }
}

fn keep_in_finding(now: &mut PublishedFinding, was: &PublishedFinding) {
    // What each kept number was written as, to find it in sentences.
    let mut texts: Vec<(String, String)> = Vec::new();
    for measure in &mut now.measures {
        if let Some(was) = was.measures.iter().find(|was| was.name == measure.name) {
            let is = (&mut measure.number, &mut measure.text);
            keep(is, (&was.number, &was.text), &mut texts);
        }
    }
    for (name, value) in &mut now.values {
        if let Some(was) = was.values.get(name) {
            keep_shown(value, was, &mut texts);
        }
    }
    for table in &mut now.tables {
        if let Some(was) = was.tables.iter().find(|was| was.name == table.name) {
            keep_rows(&mut table.rows, &was.rows, &mut texts);
        }
    }
    for figure in &mut now.figures {
        if let Some(was) = was.figures.iter().find(|was| name(was) == name(figure)) {
            keep_in_figure(figure, was, &mut texts);
        }
    }
    keep_text(&mut now.title, &was.title, &texts);
    keep_text(&mut now.sentence, &was.sentence, &texts);
    for caveat in &mut now.caveats {
        for was in was.caveats.iter().filter(|was| was.name == caveat.name) {
            keep_text(&mut caveat.text, &was.text, &texts);
        }
    }
}

fn keep_in_figure(
    now: &mut PublishedFigure,
    was: &PublishedFigure,
    texts: &mut Vec<(String, String)>,
) {
    match (now, was) {
        (PublishedFigure::Grid { cells, .. }, PublishedFigure::Grid { cells: were, .. }) => {
            keep_rows(cells, were, texts);
        }
        (
            PublishedFigure::Dendrogram { merges, .. },
            PublishedFigure::Dendrogram { merges: were, .. },
        ) => {
            for (now, was) in merges.iter_mut().zip(were) {
                let (mut text, unwritten) = (String::new(), String::new());
                keep((&mut now.height, &mut text), (&was.height, &unwritten), texts);
            }
        }
        _ => {}
    }
}

/// The rows of a table, each beside the one with its head.
fn keep_rows(now: &mut [Vec<Shown>], was: &[Vec<Shown>], texts: &mut Vec<(String, String)>) {
    let same_length = now.len() == was.len();
    for (at, row) in now.iter_mut().enumerate() {
        let headed = |was: &&Vec<Shown>| was.first().map(head) == row.first().map(head);
        let beside = if same_length { was.get(at) } else { was.iter().find(headed) };
        for (now, was) in row.iter_mut().zip(beside.into_iter().flatten()) {
            keep_shown(now, was, texts);
        }
    }
}

/// What tells a row from the others: the id of what stands before it, or else its text.
pub(super) fn head(shown: &Shown) -> &str {
    shown.id().unwrap_or_else(|| shown.text())
}

fn keep_shown(now: &mut Shown, was: &Shown, texts: &mut Vec<(String, String)>) {
    if let Shown::Number { number, text } = now
        && let Shown::Number { number: was, text: written } = was
    {
        keep((number, text), (was, written), texts);
    }
}

fn keep(
    (number, text): (&mut Number, &mut String),
    (was, written): (&Number, &String),
    texts: &mut Vec<(String, String)>,
) {
    if let Number::Decimal { value: now, .. } = number
        && let Number::Decimal { value: before, .. } = was
        && *now != *before
        && is_same(*before, *now)
    {
        *now = *before;
        if text != written {
            texts.push((text.clone(), written.clone()));
            text.clone_from(written);
        }
    }
}

/// Keeps a sentence that differs only in how kept numbers are written.
fn keep_text(now: &mut String, was: &str, texts: &[(String, String)]) {
    let kept = texts.iter().fold(now.clone(), |text, (new, old)| text.replace(new, old));
    if kept == was {
        *now = kept;
    }
}
