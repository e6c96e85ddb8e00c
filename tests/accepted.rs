//! Does every standard script that has a small study find there what was accepted?

use std::path::{Path, PathBuf};
use std::process::Command;

use parallax_engine::accept::{accepted, compare, place, read};
use parallax_engine::open::open;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, Shelf};
use parallax_model::{Basis, Choices};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_standard_script_finds_what_was_accepted() {
    let mut differences = String::new();
    let mut tested = 0;
    for (id, source) in STANDARD_SCRIPTS {
        let small = repository().join("scripts").join(id);
        if !small.join("study.yaml").is_file() {
            continue;
        }
        tested += 1;
        let script = ScriptAnalysis::load(id, source);
        let script = script.unwrap_or_else(|problem| panic!("{}", problem.render(source)));
        let mut shelf = Shelf::default();
        shelf.add(Body::Script(script)).unwrap_or_else(|refused| panic!("{id}: {refused}"));
        let opened = open(&small, shelf);
        assert_eq!(opened.checked.counts(), (0, 0), "{id}: {:?}", opened.checked.problems);
        let study = opened.checked.study.clone().expect("has no errors");
        let answered = opened.answer(&study, &Choices::default()).expect("is offered");
        let document = &answered.document;
        let now = accepted(document, id);
        let now = now.unwrap_or_else(|| panic!("{id}: {:?}", document.analyses));
        let bytes = std::fs::read(small.join(place(id)));
        let bytes = bytes.unwrap_or_else(|error| panic!("{id}: nothing was accepted: {error}"));
        let before = read(&bytes).unwrap_or_else(|fault| panic!("{id}: {fault}"));
        for difference in compare(&before, &now) {
            differences.push_str(&format!("{difference}\n"));
        }
        // Nothing was written by hand: the file is what accepting writes.
        let unix = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        assert_eq!(unix, before.to_json(), "{id}: accept it again");
    }
    assert!(tested > 0, "no standard script has a small study");
    assert!(differences.is_empty(), "`parallax script test` shows more\n{differences}");
}

#[test]
fn the_command_finds_the_standard_scripts_of_the_repository() {
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .arg("-C")
        .arg(repository())
        .args(["script", "test"])
        .output()
        .expect("the command starts");
    let page = String::from_utf8(output.stdout).expect("is UTF-8");
    assert_eq!(output.status.code(), Some(0), "{page}");
    for (id, _) in STANDARD_SCRIPTS {
        assert!(page.lines().any(|line| line.starts_with(id)), "{id} is missing in\n{page}");
    }
}

#[test]
fn nothing_that_people_said_is_in_accepted_findings() {
    let seed = repository().join("studies/vso-internships");
    let mut shelf = Shelf::default();
    for (id, source) in STANDARD_SCRIPTS {
        let script = ScriptAnalysis::load(id, source).expect("is a script");
        shelf.add(Body::Script(script)).expect("has an id of its own");
    }
    let mut opened = open(&seed, shelf);
    let study = opened.checked.study.clone().expect("has no errors");
    opened.planned.retain(|planned| STANDARD_SCRIPTS.iter().any(|(id, _)| *id == planned.id));
    assert!(!opened.planned.is_empty());
    let answered = opened.answer(&study, &Choices::default()).expect("is offered");
    let document = &answered.document;
    let cites = |finding: &parallax_model::document::PublishedFinding| {
        matches!(finding.basis, Basis::Evidence { .. })
    };
    assert!(document.findings.iter().any(cites), "no finding could have a note");
    let statements = std::fs::read(seed.join("statements.csv")).expect("the seed study");
    let mut table = csv::Reader::from_reader(statements.as_slice());
    let headers = table.headers().expect("a header").clone();
    let private = |name: &str| name == "note" || name == "condition";
    let mut words = 0;
    let files: String = STANDARD_SCRIPTS
        .iter()
        .filter_map(|(id, _)| Some(accepted(document, id)?.to_json()))
        .collect();
    for row in table.records().map(|row| row.expect("a row")) {
        let texts =
            headers.iter().zip(&row).filter(|(name, text)| private(name) && text.len() > 12);
        for (name, text) in texts {
            words += 1;
            assert!(!files.contains(text), "a {name} is in the accepted findings");
        }
    }
    assert!(words > 50, "the seed study has notes");
}
