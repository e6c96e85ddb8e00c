//! What does a researcher read who makes a mistake in a script?
//!
//! One script in `tests/mistakes` makes one mistake, with the seed study as its reading.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::Parameters;
use parallax_engine::shelf::script::{Library, Limits, ScriptAnalysis};
use parallax_model::{Choices, Outcome, Reading};
use serde_json::Map;

/// The least that a folder of mistakes must hold to be the right one.
const LEAST: usize = 30;

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn seed() -> Reading<'static> {
    let checked = check_folder(&folder("studies/vso-internships"));
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    study.reading(&Choices::default()).expect("the default reading is offered")
}

/// What a researcher reads about the script; `None` when nothing is wrong with it.
fn told(reading: &Reading<'static>, id: &str, source: &str) -> Option<String> {
    let limits = Limits { operations: 1_000_000, ..Limits::STANDARD };
    let script = match ScriptAnalysis::load_within(limits, Library::standard(), id, source) {
        Ok(script) => script,
        Err(problem) => return Some(problem.render(source)),
    };
    let parameters = Parameters::of(&script.manifest().parameters).expect("is a schema");
    let parameters = parameters.with_defaults(&Map::new()).expect("allows its defaults");
    match script.findings(reading, &parameters, 0, &AtomicBool::new(false)) {
        Ok(Outcome::Failed(why)) => Some(why),
        Ok(_) => None,
        Err(problem) => Some(problem.render(source)),
    }
}

#[test]
fn each_mistake_is_told_as_it_was_agreed() {
    let reading = seed();
    let entries = fs::read_dir(folder("tests/mistakes")).expect("a folder of mistakes").flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    assert!(files.len() >= LEAST, "only {} mistakes", files.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut silent = Vec::new();
    for file in files {
        let id = file.file_stem().and_then(|stem| stem.to_str()).expect("an id");
        let source = fs::read_to_string(&file).expect("a script");
        match told(&reading, id, &source) {
            Some(text) => settings.bind(|| {
                insta::assert_snapshot!(format!("mistake__{id}"), text);
            }),
            None => silent.push(id.to_owned()),
        }
    }
    assert_eq!(silent, Vec::<String>::new(), "nothing is said about these");
}

/// Somebody who runs a study reads the same as somebody who checks it.
#[test]
fn a_script_that_stops_is_shown_with_its_line_when_a_study_is_run() {
    let study = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder("studies/vso-internships")).expect("the study").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), study.path().join(entry.file_name())).expect("copied");
        }
    }
    fs::create_dir(study.path().join("scripts")).expect("made");
    let id = "inside-functions";
    let source = fs::read_to_string(folder(&format!("tests/mistakes/{id}.rhai"))).expect("there");
    fs::write(study.path().join(format!("scripts/{id}.rhai")), &source).expect("written");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_parallax"));
    let run =
        command.arg("-C").arg(study.path()).args(["run", "--one-reading", "--only", id]).output();
    let run = run.expect("the command starts");
    let told = told(&seed(), id, &source).expect("it is a mistake");
    let shown = String::from_utf8_lossy(&run.stderr);
    assert!(shown.contains(&told), "{told}\n\n{shown}");
}
