//! Can a study have a library loaded, whatever stands in it?
//!
//! A study has a library that leaves a file behind whenever anything of it runs: in every folder,
//! under the names of analyses, behind links, in a folder that looks like a trust store, and named in
//! every text of every file. No verb loads it, before the user trusts it.
#![cfg(unix)]

#[path = "compiled/mod.rs"]
mod compiled;
#[path = "hostile/study.rs"]
mod study;

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::Value as Json;
use study::{Hostile, ID, TABLES};

/// What can be asked of a study and of plugins, without trusting one or putting one to the checks.
const VERBS: [&[&str]; 28] = [
    &["check"],
    &["check", "--fix"],
    &["check", "--format", "json"],
    &["run"],
    &["run", "--fresh", "--why"],
    &["run", "--only", ID],
    &["run", "--only", "./plugins/libcount_in_c.so"],
    &["run", "--locked"],
    &["run", "--in-process"],
    &["status"],
    &["review", "--accept", "--because", "b", "--by", "R"],
    &["verify"],
    &["verify", "--exact"],
    &["robustness"],
    &["report"],
    &["report", "--share"],
    &["export", "ro-crate"],
    &["export", "ro-crate", "--with-data", "--yes"],
    &["trace", ID],
    &["explain", ID],
    &["explain", "--all"],
    &["script", "check"],
    &["script", "test"],
    &["plugin", "list"],
    &["plugin", "list", "--format", "json"],
    &["plugin", "describe", ID],
    &["plugin", "describe", "./plugins/libcount_in_c.so"],
    &["plugin", "describe", "link.so"],
];

/// Runs a command, and asserts that nothing of the library ran.
fn harmless(hostile: &Hostile, words: &[&str]) -> String {
    let output = hostile.parallax(words).output().expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.code().is_some(), "{words:?} did not end by itself: {said}");
    assert!(!said.contains("Usage: parallax"), "{words:?} is no command: {said}");
    assert!(!said.contains("panicked"), "{words:?}: {said}");
    assert!(!hostile.has_run(), "{words:?} loaded the library of the study");
    said
}

#[test]
fn no_verb_loads_a_library_of_a_study() {
    let hostile = Hostile::new();
    for words in VERBS {
        harmless(&hostile, words);
    }
    // The study is one that runs: what it asks for and does not get costs no more than that.
    let findings = fs::read_to_string(hostile.study().join("out/findings.json")).expect("written");
    assert!(findings.contains("role-consensus") && !findings.contains("\"count-in-c\""));
    let mut watch = hostile.parallax(&["watch"]).spawn().expect("starts");
    thread::sleep(Duration::from_millis(2_500));
    watch.kill().expect("was still watching");
    watch.wait().expect("ended");
    assert!(!hostile.has_run(), "watch loaded the library of the study");
    hostile.link_script();
    for words in [&["check"][..], &["run"], &["script", "check"], &["script", "test"]] {
        harmless(&hostile, words);
    }
    fs::remove_file(hostile.study().join("scripts/linked.rhai")).expect("removed");
    harmless(&hostile, &["withdraw", "C2", "--dry-run"]);
    let said = harmless(&hostile, &["withdraw", "C2", "--yes", "--by", "R"]);
    assert!(!said.contains("error: "), "{said}");
    let said = harmless(&hostile, &["plugin", "list"]);
    assert!(said.contains("study.yaml asks for it"), "{said}");
}

#[test]
fn no_text_of_the_settings_loads_a_library() {
    let hostile = Hostile::new();
    let (paths, settings) = (hostile.paths(), hostile.settings());
    let mut places = Vec::new();
    texts(&settings, String::new(), &mut places);
    assert!(places.len() > 30, "only {} texts", places.len());
    for (at, place) in places.iter().enumerate() {
        let mut changed = settings.clone();
        let text = changed.pointer_mut(place).expect("a text");
        *text = paths[at % paths.len()].clone().into();
        hostile.write_settings(&changed);
        harmless(&hostile, &["run", "--one-reading"]);
    }
}

#[test]
fn no_text_of_the_tables_loads_a_library() {
    let hostile = Hostile::new();
    let paths = hostile.paths();
    let mut tried = 0;
    for (at, (name, text)) in TABLES.iter().enumerate() {
        let columns = text.lines().next().expect("a header").split(',').count();
        for column in 0..columns {
            let path = |row: usize| paths[(at + column + row) % paths.len()].as_str();
            let table = with_column(text, column, path);
            fs::write(hostile.study().join(name), table).expect("written");
            harmless(&hostile, &["run", "--one-reading"]);
            tried += 1;
        }
        fs::write(hostile.study().join(name), text).expect("written");
    }
    assert!(tried > 50, "only {tried} columns");
}

/// Where the texts of a document are.
fn texts(json: &Json, place: String, places: &mut Vec<String>) {
    match json {
        Json::String(_) => places.push(place),
        Json::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, item)| texts(item, format!("{place}/{at}"), places));
        }
        Json::Object(map) => {
            map.iter().for_each(|(key, value)| texts(value, format!("{place}/{key}"), places));
        }
        _ => {}
    }
}

/// A table with other texts in one column below its header.
fn with_column<'a>(table: &str, column: usize, text: impl Fn(usize) -> &'a str) -> String {
    let rows = table.lines().enumerate().map(|(row, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if row > 0 && column < cells.len() {
            cells[column] = text(row);
        }
        cells.join(",") + "\n"
    });
    rows.collect()
}

#[test]
fn the_same_library_runs_once_the_user_asks_for_it() {
    let hostile = Hostile::new();
    let run = |words: &[&str]| {
        let output = hostile.parallax(words).output().expect("the program starts");
        let said = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&said).into_owned()
    };
    let library = hostile.library.display().to_string();
    let said = run(&["plugin", "check", &library]);
    assert!(hostile.runs(), "{said}");
    let said = run(&["plugin", "trust", &library]);
    assert!(hostile.runs() && said.contains("trusted    count-in-c"), "{said}");
    // What is known of it is read, and nothing of it is run.
    for words in VERBS.iter().filter(|words| matches!(words[0], "plugin" | "check" | "explain")) {
        harmless(&hostile, words);
    }
    let said = run(&["run"]);
    assert!(hostile.runs(), "{said}");
    let said = run(&["plugin", "forget", ID]);
    assert!(said.contains("forgotten"), "{said}");
    harmless(&hostile, &["run"]);
}
