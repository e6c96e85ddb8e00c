//! What does a shell learn of the command: what could come next, and the manual?

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// What separates the answers, as the script for bash has it.
const BETWEEN: &str = "\u{b}";

fn command(place: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.current_dir(place).env_remove("PARALLAX_COMPLETE");
    command
}

fn parallax(place: &Path, arguments: &[&str]) -> Output {
    command(place).args(arguments).output().expect("it starts")
}

/// What bash is offered behind these words, the last of which is being typed.
fn offered(place: &Path, words: &[&str]) -> Vec<String> {
    let mut asked = command(place);
    asked.arg("--").arg("parallax").args(words);
    asked.env("PARALLAX_COMPLETE", "bash").env("_CLAP_IFS", BETWEEN);
    asked.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    asked.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "false");
    let output = asked.output().expect("it starts");
    assert!(output.status.success() && output.stderr.is_empty(), "{words:?}: {output:?}");
    let answer = String::from_utf8(output.stdout).expect("is UTF-8");
    answer.split(BETWEEN).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// The seed study with a script of its own, in a folder of its own.
fn seed() -> tempfile::TempDir {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(seed).expect("the seed study").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    fs::create_dir(folder.path().join("scripts")).expect("a folder");
    fs::write(folder.path().join("scripts/who-decides.rhai"), "//! Who decides?\n")
        .expect("written");
    folder
}

#[test]
fn a_study_offers_its_own_analyses_mappings_and_scripts() {
    let study = seed();
    let below = study.path().join("below");
    fs::create_dir(&below).expect("a folder");
    for place in [study.path(), &below] {
        assert_eq!(offered(place, &["run", "--only", "who"]), ["who-decides"]);
        let all = offered(place, &["run", "--only", ""]);
        for id in ["code-matrix", "position-clusters", "who-decides"] {
            assert!(all.contains(&id.to_owned()), "{id} in {all:?}");
        }
        let mappings = ["M0", "M1", "M2", "M3", "M4", "M5", "M6"];
        assert_eq!(offered(place, &["run", "--mapping", ""]), mappings);
        assert_eq!(offered(place, &["script", "check", "w"]), ["who-decides"]);
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    let named = study.path().to_string_lossy();
    assert_eq!(offered(elsewhere.path(), &["-C", &named, "run", "--mapping", "M6"]), ["M6"]);
    assert_eq!(offered(elsewhere.path(), &["run", &named, "--mapping", "M6"]), ["M6"]);
    assert!(offered(elsewhere.path(), &["run", "--mapping", ""]).is_empty());
}

#[test]
fn a_study_that_lists_its_analyses_offers_these() {
    let study = seed();
    let settings = study.path().join("study.yaml");
    let text = fs::read_to_string(&settings).expect("there");
    fs::write(&settings, text + "\nanalyses:\n  - use: duty-map\n  - use: silence\n")
        .expect("written");
    assert_eq!(offered(study.path(), &["robustness", "--only", ""]), ["duty-map", "silence"]);
}

#[test]
fn findings_are_those_of_the_last_run() {
    let study = seed();
    assert!(offered(study.path(), &["trace", "exp"]).is_empty(), "nothing was run");
    parallax(study.path(), &["run", "--one-reading", "--only", "expectation-mismatch"]);
    let all = offered(study.path(), &["trace", "expectation-mismatch/6/"]);
    // Bash takes what it is given as if it had been typed, and `>` writes to a file there.
    assert!(all.contains(&r"expectation-mismatch/6/S6\>L6/P.task.MON".to_owned()), "{all:?}");
    let further = offered(study.path(), &["trace", r"expectation-mismatch/6/S6\>L6/P.task.M"]);
    assert_eq!(further, [r"expectation-mismatch/6/S6\>L6/P.task.MON"]);
    assert!(offered(study.path(), &["trace", "claims/K2"]).contains(&"claims/K24".to_owned()));
}

#[test]
fn what_can_be_explained_is_offered_anywhere() {
    let nowhere = tempfile::tempdir().expect("a folder");
    assert_eq!(offered(nowhere.path(), &["explain", "R201"]), ["R201"]);
    assert_eq!(offered(nowhere.path(), &["explain", "contra"]), ["contradicted"]);
    assert_eq!(offered(nowhere.path(), &["explain", "duty-m"]), ["duty-map"]);
    let verbs = offered(nowhere.path(), &["co"]);
    assert_eq!(verbs, ["completions"]);
    let templates = offered(nowhere.path(), &["new", "x", "--template", ""]);
    assert_eq!(templates, ["minimal", "education", "care", "example"]);
}

#[test]
fn a_broken_study_offers_less_and_says_nothing() {
    let study = seed();
    for broken in ["title: [", "", "title: 5\nroles: many\n"] {
        fs::write(study.path().join("study.yaml"), broken).expect("written");
        fs::create_dir_all(study.path().join("out")).expect("a folder");
        fs::write(study.path().join("out/findings.json"), "{ \"findings\": [ 1,").expect("written");
        fs::remove_file(study.path().join("statements.csv")).unwrap_or_default();
        assert!(offered(study.path(), &["run", "--mapping", ""]).is_empty());
        assert!(offered(study.path(), &["trace", ""]).iter().all(|one| one.starts_with('-')));
        assert!(
            offered(study.path(), &["run", "--only", "duty-m"]).contains(&"duty-map".to_owned())
        );
    }
}

#[test]
fn every_shell_gets_what_asks_the_command() {
    let nowhere = tempfile::tempdir().expect("a folder");
    for shell in SHELLS {
        let output = parallax(nowhere.path(), &["completions", shell]);
        let script = String::from_utf8(output.stdout).expect("is UTF-8");
        assert!(output.status.success(), "{shell}");
        assert!(script.contains("PARALLAX_COMPLETE") && script.contains("parallax"), "{script}");
        let mut asked = command(nowhere.path());
        asked.env("PARALLAX_COMPLETE", shell).args(["--", "parallax", "explain", "R201"]);
        asked.env("_CLAP_COMPLETE_INDEX", "2").env("_CLAP_IFS", "\n");
        let output = asked.output().expect("it starts");
        let answer = String::from_utf8(output.stdout).expect("is UTF-8");
        assert!(output.status.success() && answer.starts_with("R201"), "{shell}: {answer}");
    }
    let unknown = parallax(nowhere.path(), &["completions", "cmd"]);
    assert_eq!(unknown.status.code(), Some(2));
    // A shell that nobody knows is shown nothing.
    let output =
        command(nowhere.path()).env("PARALLAX_COMPLETE", "cmd").output().expect("it starts");
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
}

#[test]
fn every_verb_has_a_page_that_is_always_the_same() {
    let desk = tempfile::tempdir().expect("a folder");
    for folder in ["one", "deep/two"] {
        assert!(parallax(desk.path(), &["man", "--to", folder]).status.success());
    }
    let read = |folder: &str, name: &str| {
        fs::read_to_string(desk.path().join(folder).join(name)).expect("a page")
    };
    let names: BTreeSet<String> = fs::read_dir(desk.path().join("one"))
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let main = read("one", "parallax.1");
    let listed = main.matches("\nparallax\\-").count();
    let verbs = names.iter().filter(|name| name.matches('-').count() == 1).count();
    assert_eq!(verbs, listed, "a page for each verb that the first page lists: {names:?}");
    for verb in ["new", "check", "run", "trace", "explain", "completions", "man", "script-new"] {
        assert!(names.contains(&format!("parallax-{verb}.1")), "{verb} in {names:?}");
    }
    let printed = parallax(desk.path(), &["man"]);
    assert_eq!(String::from_utf8(printed.stdout).expect("is UTF-8"), main);
    assert!(main.contains("Exit status"), "{main}");
    for name in &names {
        let page = read("one", name);
        assert_eq!(page, read("deep/two", name));
        assert!(page.contains(".SH SYNOPSIS"), "{name}");
        let title = page.lines().find(|line| line.starts_with(".TH")).expect("a title");
        // The fourth word would be a date.
        assert!(title.contains(" 1  \"parallax"), "{title}");
    }
}
