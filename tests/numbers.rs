//! Does every number that was computed elsewhere come out of the program?
//!
//! `numbers/expected.json` has the numbers of the theory's worked examples and of the seed study. They
//! were computed with exact fractions by other programs, and are not to be changed to what this one
//! says. Each has a path there, and a place below where the program is asked for it: a number without
//! a place fails, and so does a place without a number.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, Entry, NativeAnalysis, Shelf};
use parallax_model::{Choices, Figure, Finding, Fraction, Number, Outcome, Study, Value};
use serde_json::{Map, Value as Json};

#[path = "numbers/examples.rs"]
mod examples;
#[path = "numbers/seed.rs"]
mod seed;

/// No run is stopped.
static RUNNING: AtomicBool = AtomicBool::new(false);

/// The seed of the seed study.
const SEED: u64 = 20_250_411;

/// The native analyses that numbers are asked of.
const PLUGINS: &[Entry] = &[
    case_consensus::ENTRY,
    co_orientation::ENTRY,
    composition_scan::ENTRY,
    concept_lattice::ENTRY,
    expectation_mismatch::ENTRY,
    intercoder_reliability::ENTRY,
    position_clusters::ENTRY,
    unitizing_reliability::ENTRY,
];

#[test]
fn every_number_computed_elsewhere_comes_out() {
    let text = include_str!("numbers/expected.json");
    let expected: Json = serde_json::from_str(text).expect("JSON");
    let mut wanted = BTreeMap::new();
    flatten("", &expected, &mut wanted);
    let mut told = BTreeMap::new();
    examples::tell(&mut told);
    seed::tell(&mut told);
    let faults: Vec<String> = wanted
        .iter()
        .filter_map(|(path, expected)| match told.get(path) {
            None => Some(format!("{path}: nobody asks the program for it")),
            Some(told) if agrees(expected, told) => None,
            Some(told) => Some(format!("{path}: {expected} is expected, {told} comes out")),
        })
        .chain(
            told.keys()
                .filter(|path| !wanted.contains_key(*path))
                .map(|path| format!("{path}: no number is expected")),
        )
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(wanted.len() > 150, "only {} numbers", wanted.len());
}

/// What the program says, by path.
type Told = BTreeMap<String, Said>;

/// A number or a text of a finding.
enum Said {
    Number(Number),
    Text(String),
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

fn number(told: &mut Told, path: &str, number: Number) {
    told.insert(path.to_owned(), Said::Number(number));
}

fn text(told: &mut Told, path: &str, text: String) {
    told.insert(path.to_owned(), Said::Text(text));
}

/// The two ends of a number, which are one and the same where it is known.
fn ends(told: &mut Told, path: &str, both: &Number) {
    let [lower, upper] = match both {
        Number::Range { lower, upper } => [*lower, *upper].map(|value| Number::Count { value }),
        Number::Between { lower, upper } | Number::Span { lower, upper } => {
            [*lower, *upper].map(Number::Ratio)
        }
        known => [known.clone(), known.clone()],
    };
    number(told, &format!("{path}/0"), lower);
    number(told, &format!("{path}/1"), upper);
}

/// Each leaf of the expectations with the path to it.
fn flatten(path: &str, json: &Json, leaves: &mut BTreeMap<String, Json>) {
    let mut below = |key: &str, json: &Json| {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
        flatten(&path, json, leaves);
    };
    match json {
        Json::Object(entries) => entries.iter().for_each(|(key, json)| below(key, json)),
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, json)| below(&at.to_string(), json));
        }
        leaf => {
            leaves.insert(path.to_owned(), leaf.clone());
        }
    }
}

/// Whether what comes out is what is expected: a fraction exactly, by value; a decimal to the digits
/// that it is written with.
fn agrees(expected: &Json, told: &Said) -> bool {
    let number = match told {
        Said::Text(text) => return expected.as_str() == Some(text),
        Said::Number(number) => number,
    };
    match expected {
        Json::String(text) if text == "not available" => {
            matches!(number, Number::NotAvailable { .. })
        }
        Json::String(text) => exact(text).is_some() && exact(text) == value(number),
        Json::Number(written) if written.is_i64() => {
            let whole = written.as_i64().and_then(|whole| Fraction::new(whole, 1));
            whole.is_some() && whole == value(number)
        }
        Json::Number(written) => {
            let digits = written.to_string().split_once('.').map_or(0, |(_, after)| after.len());
            let half = std::iter::repeat_n(0.1, digits).fold(0.5, |half, tenth| half * tenth);
            let apart = decimal(number) - written.as_f64().unwrap_or(f64::NAN);
            apart.abs() <= half * 1.000_001
        }
        _ => false,
    }
}

fn exact(text: &str) -> Option<Fraction> {
    let (part, whole) = text.split_once('/').unwrap_or((text, "1"));
    Fraction::new(part.parse().ok()?, whole.parse().ok()?)
}

fn value(number: &Number) -> Option<Fraction> {
    match number {
        Number::Count { value } => Fraction::new(*value, 1),
        Number::Fraction(fraction) | Number::Ratio(fraction) => Some(*fraction),
        _ => None,
    }
}

fn decimal(number: &Number) -> f64 {
    match number {
        Number::Decimal { value, .. } => *value,
        other => value(other).map_or(f64::NAN, Fraction::to_f64),
    }
}

/// A study of the repository.
fn study(folder: &str) -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let checked = check_folder(&folder);
    checked.study.unwrap_or_else(|| panic!("{folder:?}: {:?}", checked.problems))
}

/// What an analysis finds in the default reading.
fn found(study: &Study, id: &str, parameters: &Json) -> Vec<Finding> {
    found_under(study, &Choices::default(), id, parameters)
}

/// What an analysis finds in the reading with these choices.
fn found_under(study: &Study, choices: &Choices, id: &str, parameters: &Json) -> Vec<Finding> {
    let reading = study.reading(choices).expect("is offered");
    let shelf = shelf(id);
    let chosen: Map<String, Json> = parameters.as_object().cloned().unwrap_or_default();
    let analysis = shelf.get(id).expect("stands on the shelf");
    match analysis.run(&reading, &chosen, SEED, &RUNNING).outcome {
        Outcome::Found(findings) => findings,
        other => panic!("{id}: {other:?}"),
    }
}

/// A shelf with one analysis.
fn shelf(id: &str) -> Shelf {
    let mut shelf = Shelf::default();
    let script = STANDARD_SCRIPTS.iter().find(|(known, _)| *known == id);
    if let Some((id, source)) = script {
        let script = ScriptAnalysis::load(id, source);
        let script = script.unwrap_or_else(|problem| panic!("{}", problem.render(source)));
        shelf.add(Body::Script(script)).expect("an empty shelf");
        return shelf;
    }
    for entry in PLUGINS {
        let native = NativeAnalysis::linked(*entry).expect("agrees");
        shelf.add(Body::Native(native)).expect("its manifest holds");
    }
    shelf
}

fn about<'f>(findings: &'f [Finding], about: &str) -> &'f Finding {
    let found = findings.iter().find(|finding| finding.about == about);
    found.unwrap_or_else(|| {
        let known: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
        panic!("nothing about {about} among {known:?}")
    })
}

fn measure(finding: &Finding, name: &str) -> Number {
    let found = finding.measures.iter().find(|measure| measure.name == name);
    found.unwrap_or_else(|| panic!("no {name} about {}", finding.about)).number.clone()
}

/// The rows of a table, a cell by the word at the head of its column.
fn rows(finding: &Finding, table: &str) -> Vec<BTreeMap<String, Value>> {
    let found = finding.tables.iter().find(|known| known.name == table);
    let found = found.unwrap_or_else(|| panic!("no table {table} about {}", finding.about));
    let heads: Vec<String> = found.columns.iter().map(plain).collect();
    found.rows.iter().map(|row| heads.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// The row that has this in its first columns, named by their heads.
fn row(finding: &Finding, table: &str, is: &[(&str, &str)]) -> BTreeMap<String, Value> {
    let fits =
        |row: &BTreeMap<String, Value>| is.iter().all(|(head, id)| plain(&row[*head]) == *id);
    let found = rows(finding, table).into_iter().find(fits);
    found.unwrap_or_else(|| panic!("no row {is:?} in {table}"))
}

/// A cell that is a number.
fn cell(row: &BTreeMap<String, Value>, head: &str) -> Number {
    match row.get(head) {
        Some(Value::Number(number)) => number.clone(),
        other => panic!("no number under {head}: {other:?}"),
    }
}

/// A value by its id or as it is written.
fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Names(ids) => ids.join(" "),
        Value::Code(id) | Value::Role(id) | Value::Participant(id) | Value::Case(id) => id.clone(),
        Value::Source(id) | Value::Word(id) | Value::Text(id) => id.clone(),
        Value::Said { state, .. } => state.clone(),
    }
}

/// The heights of the tree that a finding draws.
fn heights(finding: &Finding) -> Vec<Number> {
    let trees = finding.figures.iter().filter_map(|figure| match figure {
        Figure::Dendrogram { merges, .. } => Some(merges),
        Figure::Grid { .. } => None,
    });
    trees.flatten().map(|merge| merge.height.clone()).collect()
}
