//! Does what the READMEs tell a reader to do work, and do they show what the program says?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const README: &str = include_str!("../README.md");
const SCRIPTS: &str = include_str!("../scripts/README.md");

/// The picture of the README, which `PARALLAX_WRITE_PICTURES=1` draws anew.
const PICTURE: &str = "docs/positions.svg";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder in which the paths of the README are there: copies of two studies.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for study in ["studies/vso-internships", "studies/doorstep"] {
        let copy = desk.path().join(study);
        fs::create_dir_all(&copy).expect("a folder");
        let study = fs::read_dir(repository().join(study)).expect("is there");
        for file in study.flatten().filter(|file| file.path().is_file()) {
            fs::copy(file.path(), copy.join(file.file_name())).expect("copied");
        }
    }
    desk
}

fn parallax(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.current_dir(place).args(arguments).env("NO_COLOR", "1").output().expect("it starts")
}

/// The blocks of a page in this language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let open = format!("```{language}\n");
    page.split(&open).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// The words of a command line; quotation marks hold words together.
fn words(line: &str) -> Vec<&str> {
    let pieces = line.split('\'').enumerate();
    pieces
        .flat_map(|(at, piece)| match at % 2 {
            0 => piece.split_whitespace().collect(),
            _ => vec![piece],
        })
        .collect()
}

#[test]
fn every_command_of_the_readme_runs() {
    let desk = desk();
    let lines = blocks(README, "sh").concat();
    let mut ran = 0;
    for line in lines.lines() {
        let own = line.strip_prefix("parallax ");
        let Some(arguments) = own.or_else(|| line.strip_prefix("cargo run --release -- ")) else {
            assert_eq!(line, "cargo test --workspace", "a command that nothing tests");
            continue;
        };
        let mut arguments = words(arguments);
        if arguments.first().is_some_and(|verb| *verb == "run") {
            // Every reading of the seed study takes long where nothing is optimised.
            arguments.push("--one-reading");
        }
        let output = parallax(desk.path(), &arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}\n{told}");
        assert!(!output.stdout.is_empty(), "{line} says nothing");
        ran += 1;
    }
    assert_eq!(ran, 8);
    for file in ["report.html", "report.md", "findings.json", "mappings/M3/report.html"] {
        assert!(desk.path().join("studies/vso-internships/out").join(file).is_file(), "{file}");
    }
}

#[test]
fn the_first_study_of_the_readme_finds_what_the_readme_says() {
    let study = tempfile::tempdir().expect("a folder");
    for (name, language) in [("study.yaml", "yaml"), ("participants.csv", "csv")] {
        assert!(README.contains(&format!("`{name}`\n\n```{language}\n")));
    }
    fs::write(study.path().join("study.yaml"), blocks(README, "yaml")[0]).expect("written");
    let tables = ["participants.csv", "codes.csv", "statements.csv"];
    for (name, table) in tables.iter().zip(blocks(README, "csv")) {
        fs::write(study.path().join(name), table).expect("written");
    }
    let output = parallax(study.path(), &["run"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "no problem and no warning");
    let said = sentences(study.path());
    for promised in blocks(README, "text")[0].lines() {
        assert!(said.iter().any(|sentence| sentence == promised), "{promised}\nin {said:#?}");
    }
}

#[test]
fn the_example_script_counts_in_the_seed_study() {
    let desk = desk();
    let study = desk.path().join("studies/vso-internships");
    fs::create_dir(study.join("scripts")).expect("a folder");
    let script = study.join("scripts/duties-and-rights.rhai");
    fs::write(script, blocks(SCRIPTS, "rhai")[0]).expect("written");
    let output = parallax(&study, &["run", "--one-reading", "--only", "duties-and-rights"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // 26 ticks of the task table, 10 expectations, 9 formal duties; two permissions.
    let expected = "45 statements ascribe a duty, 2 a right or a permission.";
    assert_eq!(sentences(&study), [expected]);
}

#[test]
fn the_picture_of_the_readme_is_what_the_program_draws() {
    let desk = desk();
    let study = desk.path().join("studies/vso-internships");
    let output = parallax(&study, &["run", "--one-reading", "--only", "position-clusters"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report = fs::read_to_string(study.join("out/report.html")).expect("a report");
    let start = report.find("<svg role=\"img\"").expect("the report has a figure");
    let end = report[start..].find("</svg>").expect("the figure ends") + start;
    let alone = "<svg xmlns=\"http://www.w3.org/2000/svg\" style=\"background:#ffffff\"";
    let drawn = format!("{alone}{}</svg>\n", &report[start + "<svg".len()..end]);
    let picture = repository().join(PICTURE);
    if std::env::var_os("PARALLAX_WRITE_PICTURES").is_some() {
        fs::write(&picture, &drawn).expect("written");
    }
    let kept = fs::read_to_string(picture).expect("the README has a picture");
    assert!(
        kept == drawn,
        "{PICTURE} is not what the program draws; PARALLAX_WRITE_PICTURES=1 renews it"
    );
}

/// What `out/findings.json` says, sentence by sentence.
fn sentences(study: &Path) -> Vec<String> {
    let text = fs::read_to_string(study.join("out/findings.json")).expect("findings");
    let document: Value = serde_json::from_str(&text).expect("findings are JSON");
    let findings = document["findings"].as_array().expect("a list");
    let sentence = |finding: &Value| finding["sentence"].as_str().map(str::to_owned);
    findings.iter().filter_map(sentence).collect()
}
