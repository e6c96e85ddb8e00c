//! Does an analysis find the same as a script, in plain C and in C++?
//!
//! `tests/crosstab` holds one analysis in three languages: which role says how much under which
//! code. The ones in C and in C++ are examples to copy; the test builds them with the system's own
//! compilers.
#![cfg(unix)]

#[path = "compiled/mod.rs"]
mod compiled;
#[path = "properties/sketch.rs"]
#[expect(dead_code, reason = "constraints are not drawn here")]
mod sketch;
#[path = "properties/tables.rs"]
#[expect(dead_code, reason = "the order of rows stays as it is drawn")]
mod tables;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::ScriptAnalysis;
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_model::table::Texts;
use parallax_model::{Choices, Manifest, Number, Outcome, Reading, Value};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use sketch::sketches;

const SCRIPT: &str = "roles-by-code";
const IN_C: &str = "roles-by-code-c";
const IN_CPP: &str = "roles-by-code-cpp";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Both libraries, in a folder that stays until the tests are over.
fn libraries() -> [(&'static str, PathBuf); 2] {
    static FOLDER: LazyLock<tempfile::TempDir> =
        LazyLock::new(|| tempfile::tempdir().expect("a folder"));
    static MADE: LazyLock<[(&str, PathBuf); 2]> = LazyLock::new(|| {
        [(IN_C, "roles_by_code_c.c"), (IN_CPP, "roles_by_code_cpp.cpp")].map(|(id, file)| {
            let source = here("tests/crosstab").join(file);
            (id, compiled::library(FOLDER.path(), &source, id, &["-O2"]))
        })
    });
    MADE.clone()
}

/// The analysis in each of the three languages.
static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let text = fs::read_to_string(here("tests/crosstab/roles-by-code.rhai")).expect("a script");
    let script = ScriptAnalysis::load(SCRIPT, &text);
    let mut shelf = Shelf::default();
    shelf
        .add(Body::Script(script.unwrap_or_else(|p| panic!("{}", p.render(&text)))))
        .expect("fits");
    for (_, library) in libraries() {
        let native = NativeAnalysis::open(&library).expect("is a plugin");
        shelf.add(Body::Native(native)).expect("fits");
    }
    shelf
});

fn ran(id: &str, reading: &Reading<'static>, at_least: i64) -> Outcome {
    let parameters = Map::from_iter([("at_least".to_owned(), json!(at_least))]);
    let analysis = SHELF.get(id).expect("stands on the shelf");
    analysis.run(reading, &parameters, 7, &AtomicBool::new(false)).outcome
}

/// What the three find, when it is the same: as the bytes that a program would write.
fn same(reading: &Reading<'static>, at_least: i64) -> Result<String, String> {
    let bytes = |id| match ran(id, reading, at_least) {
        Outcome::Found(findings) => serde_json::to_string_pretty(&findings).expect("is JSON"),
        other => format!("{other:?}"),
    };
    let expected = bytes(SCRIPT);
    for id in [IN_C, IN_CPP] {
        let found = bytes(id);
        if found != expected {
            return Err(format!("{id} finds\n{found}\n{SCRIPT} finds\n{expected}"));
        }
    }
    Ok(expected)
}

fn reading(study: &str) -> Reading<'static> {
    let checked = check_folder(&here(study));
    checked.study.expect("it is sound").reading(&Choices::default()).expect("can be read")
}

#[test]
fn the_three_find_the_same_in_the_studies_of_the_repository() {
    for study in ["studies/vso-internships", "studies/logbook", "studies/doorstep"] {
        let reading = reading(study);
        let found: Vec<String> = [1, 2, 3]
            .map(|at_least| same(&reading, at_least).unwrap_or_else(|e| panic!("{e}")))
            .into();
        assert!(found[0].starts_with('[') && found[0] != found[2], "{study}: {}", found[0]);
        let none = same(&reading, 1_000_000).unwrap_or_else(|e| panic!("{e}"));
        let why = "NotAvailable(\"no code has as many statements as `at_least` asks for\")";
        assert_eq!(none, why, "{study}");
    }
}

/// Counted by hand in `studies/logbook/statements.csv`.
#[test]
fn the_cross_tab_of_the_logbook_is_what_a_count_by_hand_gives() {
    let Outcome::Found(findings) = ran(IN_C, &reading("studies/logbook"), 1) else {
        panic!("should find something")
    };
    let about: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
    assert_eq!(about, ["all", "coach", "teacher"]);
    let rows = |at: usize| {
        let cells = |row: &Vec<Value>| row.iter().map(shown).collect::<Vec<_>>().join(" ");
        let table = &findings[at].tables[0];
        let rows = std::iter::once(&table.columns).chain(&table.rows).map(cells);
        rows.collect::<Vec<_>>()
    };
    assert_eq!(
        rows(0),
        ["role logbook contact visit tailor trust", "coach 2 1 1 1 1", "teacher 2 1 1 4 0"]
    );
    let teachers = ["code statements", "logbook 2", "contact 1", "visit 1", "tailor 4"];
    assert_eq!(rows(2), teachers);
    let evidence: Vec<&str> = findings[1].evidence().iter().map(|item| item.id.as_str()).collect();
    assert_eq!(evidence, ["s1", "s2", "s4", "s7", "s9", "s14"]);
}

/// What stands in a cell of a table.
fn shown(value: &Value) -> &str {
    match value {
        Value::Word(text) | Value::Code(text) | Value::Role(text) => text,
        Value::Number(Number::Count { value }) => {
            ["0", "1", "2", "3", "4"][usize::try_from(*value).expect("is no debt")]
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_three_say_the_same_of_themselves() {
    let [script, c, cpp] =
        [SCRIPT, IN_C, IN_CPP].map(|id| SHELF.get(id).expect("is there").manifest());
    let said = |manifest: &Manifest| {
        let Manifest { version, title, question, method, templates, parameters, .. } =
            manifest.clone();
        let at_least = &parameters["properties"]["at_least"];
        let parameter = ["type", "default", "description"].map(|key| at_least[key].clone());
        (version, title, question, method, templates, parameter)
    };
    for native in [c, cpp] {
        assert_eq!(said(native), said(script));
        // A script has words that every script has; those of the libraries are among them.
        for (name, text) in &native.words {
            assert_eq!(script.words.get(name), Some(text), "{name}");
        }
    }
    assert_eq!(c.words, cpp.words);
}

#[test]
fn both_libraries_pass_the_check_of_plugins() {
    for (id, library) in libraries() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        let output = command.args(["plugin", "check"]).arg(&library).output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{id}\n{said}");
    }
}

#[test]
fn a_run_that_is_to_stop_stops() {
    let reading = reading("studies/logbook");
    for id in [IN_C, IN_CPP] {
        let analysis = SHELF.get(id).expect("is there");
        let stopped = analysis.run(&reading, &Map::new(), 7, &AtomicBool::new(true));
        let cancelled = Outcome::Failed("the analysis was cancelled".to_owned());
        assert_eq!(stopped.outcome, cancelled, "{id}");
    }
}

/// Every id with something behind it.
fn renamed(ids: &Texts<'static>, behind: &str) -> Texts<'static> {
    let renamed: Vec<String> =
        (0..ids.len()).map(|row| format!("{}{behind}", ids.get(row))).collect();
    renamed.iter().map(String::as_str).collect()
}

/// A reading with ids that JSON cannot hold as they are.
fn with_wild_ids(mut reading: Reading<'static>, behind: &str) -> Reading<'static> {
    reading.roles.ids = renamed(&reading.roles.ids, behind);
    reading.codes.ids = renamed(&reading.codes.ids, behind);
    reading.statements.ids = renamed(&reading.statements.ids, behind);
    reading
}

#[test]
fn ids_with_quotation_marks_backslashes_and_control_characters_come_through() {
    let wild = "\"\\/\u{0}\u{1}\n\r\t\u{1f}\u{7f} é ’ 🦀\u{2028}{role}\\u0041";
    let reading = with_wild_ids(reading("studies/logbook"), wild);
    let found = same(&reading, 1).unwrap_or_else(|e| panic!("{e}"));
    let findings: Vec<Json> = serde_json::from_str(&found).expect("is JSON");
    assert_eq!(findings[1]["about"], format!("coach{wild}"));
}

#[test]
fn a_reading_without_anything_is_no_error() {
    let empty = sketch::Sketch {
        roles: 2,
        cases: 1,
        people: vec![sketch::Person { case: 0, role: 0, part: 0 }],
        codes: vec![sketch::Code { above: None, prompt: None }],
        statements: vec![],
        coverage: vec![],
        constraints: vec![],
        fillings: vec![],
        asked: false,
        conventions: (false, 0),
    };
    let reading = tables::reading(&empty.tables("").study());
    assert!(same(&reading, 1).is_ok_and(|said| said.starts_with("NotAvailable")));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn the_three_find_the_same_in_any_study(
        sketch in sketches(),
        at_least in 1_i64..5,
        wild in prop::collection::vec(any::<char>(), 0..4),
    ) {
        let reading = tables::reading(&sketch.tables("").study());
        let wild: String = wild.into_iter().collect();
        let found = same(&with_wild_ids(reading, &wild), at_least);
        prop_assert_eq!(found.err(), None);
    }
}
