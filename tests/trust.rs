//! Who decides which plugins run, and is what they decided kept to?
#![cfg(unix)]

#[path = "compiled/mod.rs"]
mod compiled;
#[path = "trust/home.rs"]
mod home;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use home::{Home, ID, sha256};
use serde_json::Value as Json;

/// A study that asks for the plugin, which is trusted.
fn trusting() -> (Home, PathBuf) {
    let home = Home::asking("{ use: count-in-c }");
    let library = home.compile("1.0.0");
    let trusted = home.ran(&["plugin", "trust", &library.display().to_string()]);
    assert!(trusted.status.success(), "{}", String::from_utf8_lossy(&trusted.stderr));
    (home, library)
}

/// What came of the plugin, as findings.json has it; none where it did not run.
fn outcome(home: &Home) -> Option<String> {
    let text = fs::read(home.study().join("out/findings.json")).expect("written");
    let json: Json = serde_json::from_slice(&text).expect("JSON");
    let entries = json["analyses"].as_array().expect("a list");
    let entry = entries.iter().find(|entry| entry["id"] == ID)?;
    Some(entry["outcome"].to_string())
}

/// The copy of the one library that is trusted.
fn copy(home: &Home, library: &Path) -> PathBuf {
    home.store().join(sha256(library)).join(library.file_name().expect("a name"))
}

fn listed(home: &Home) -> Vec<Json> {
    let output = home.ran(&["plugin", "list", "--format", "json"]);
    let json: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    let plugins = json["plugins"].as_array().expect("a list").iter();
    let trusted = plugins.filter(|plugin| plugin["id"] == ID && plugin["trusted"] == true);
    trusted.cloned().collect()
}

#[test]
fn a_plugin_is_asked_for_trusted_described_run_and_forgotten() {
    let home = Home::asking("{ use: role-consensus }, { use: count-in-c }");
    let library = home.compile("1.0.0").display().to_string();
    let mut said = Vec::new();
    let mut say = |words: &[&str]| said.push(home.says(words));
    say(&["check"]);
    say(&["plugin", "list"]);
    say(&["plugin", "describe", &library]);
    say(&["plugin", "describe", "count-in-c"]);
    say(&["plugin", "trust", &library]);
    say(&["check"]);
    say(&["plugin", "list"]);
    say(&["plugin", "describe", "count-in-c"]);
    let described = home.ran(&["plugin", "describe", "count-in-c"]).stdout;
    assert_eq!(home.ran(&["plugin", "describe", &library]).stdout, described);
    assert!(home.says(&["explain", "count-in-c"]).contains("How many?"));
    assert!(home.ran(&["run"]).status.success());
    assert!(outcome(&home).expect("ran").contains("found"), "{:?}", outcome(&home));
    say(&["plugin", "forget", "count-in-c"]);
    say(&["plugin", "forget", "count-in-c"]);
    assert_eq!(home.ran(&["run"]).status.code(), Some(1));
    assert_eq!(outcome(&home), None);
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_a_user_trusts_adds_nothing_to_a_study_that_does_not_ask() {
    let (home, _) = trusting();
    home.ask("{ use: role-consensus }");
    assert!(home.ran(&["run"]).status.success());
    let bytes = || fs::read(home.study().join("out/findings.json")).expect("written");
    let with = bytes();
    assert!(home.ran(&["plugin", "forget", ID]).status.success());
    assert!(home.ran(&["run"]).status.success());
    assert_eq!(bytes(), with);
    // A study that asks for nothing gets everything that comes with the program, and no more.
    let (home, _) = trusting();
    let text = fs::read_to_string(home.study().join("study.yaml")).expect("read");
    let asks_nothing = text.replace("analyses: [{ use: count-in-c }]\n", "");
    fs::write(home.study().join("study.yaml"), asks_nothing).expect("written");
    assert!(home.ran(&["run", "--one-reading"]).status.success());
    assert_eq!(outcome(&home), None);
}

#[test]
fn a_library_that_changed_is_never_what_runs() {
    let (home, library) = trusting();
    let first = sha256(&library);
    let mut said = Vec::new();
    // The original is another one: what was trusted runs on, and the list says so.
    let second = sha256(&home.compile("1.1.0"));
    assert_ne!(first, second);
    let note = listed(&home)[0]["notes"][0].as_str().expect("a note").to_owned();
    assert!(note.contains(&first) && note.contains(&second), "{note}");
    said.push(home.says(&["plugin", "list"]));
    assert!(home.ran(&["run"]).status.success());
    assert!(outcome(&home).is_some());
    // The study pins a version and a library that nobody trusts.
    for pin in ["version: 1.1.0".to_owned(), format!("sha256: {second}")] {
        home.ask(&format!("{{ use: count-in-c, {pin} }}"));
        said.push(home.says(&["check"]));
        assert_eq!(home.ran(&["run"]).status.code(), Some(1));
        assert_eq!(outcome(&home), None);
    }
    // The new one is trusted: it is used, and the old one where a study pins it.
    said.push(home.says(&["plugin", "trust", &library.display().to_string()]));
    home.ask("{ use: count-in-c }");
    said.push(home.says(&["plugin", "list"]));
    assert!(home.ran(&["run"]).status.success());
    home.ask(&format!("{{ use: count-in-c, version: 1.0.0, sha256: {} }}", first.to_uppercase()));
    assert!(home.ran(&["run"]).status.success());
    assert!(outcome(&home).is_some());
    // The copy is another one.
    home.ask("{ use: count-in-c }");
    let copy = home.store().join(&second).join(library.file_name().expect("a name"));
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o600)).expect("allowed");
    fs::write(&copy, [fs::read(&copy).expect("read"), b"more".to_vec()].concat()).expect("written");
    let checked = home.ran(&["check"]);
    let text = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(text.contains(&second) && text.contains(&sha256(&copy)), "{text}");
    said.push(home.says(&["check"]));
    said.push(home.says(&["plugin", "list"]));
    assert_eq!(home.ran(&["run"]).status.code(), Some(1));
    assert_eq!(outcome(&home), None);
    // Trusting it again mends the copy.
    assert!(home.ran(&["plugin", "trust", &library.display().to_string()]).status.success());
    assert!(home.ran(&["run"]).status.success());
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_is_asked_of_an_analysis_that_needs_no_trust_is_checked_too() {
    let home = Home::asking(
        "{ use: code-matrix, version: 0.0.1 }, { use: expectation-mismatch, version: 0.0.1 }, \
         { use: role-consensus, sha256: 00 }, { use: own, version: 1.0.0 }",
    );
    let script = "//! How many? One number.\n//! ---\n//! version: 1.0.0\n//! title: T\n\
                  //! templates:\n//!   all: { title: T, sentence: \"Hello.\" }\n\
                  let f = finding(\"all\", \"all\");\nf.no_evidence(\"a count\");\nf\n";
    fs::write(home.study().join("scripts/own.rhai"), script).expect("written");
    let said = home.says(&["check"]);
    insta::assert_snapshot!(said);
    assert_eq!(home.ran(&["run"]).status.code(), Some(1));
    let json = fs::read_to_string(home.study().join("out/findings.json")).expect("written");
    let json: Json = serde_json::from_str(&json).expect("JSON");
    let ran: Vec<&Json> = json["analyses"].as_array().expect("a list").iter().collect();
    assert_eq!(ran.iter().map(|one| &one["id"]).collect::<Vec<_>>(), ["own"]);
}

#[test]
fn a_script_of_the_study_goes_before_a_plugin_of_its_name() {
    let (home, _) = trusting();
    let script = "//! How many? One number.\n//! ---\n//! version: 3.0.0\n//! title: T\n\
                  //! templates:\n//!   all: { title: T, sentence: \"Hello.\" }\n\
                  let f = finding(\"all\", \"all\");\nf.no_evidence(\"a count\");\nf\n";
    fs::write(home.study().join("scripts/count-in-c.rhai"), script).expect("written");
    let said = home.says(&["check"]);
    insta::assert_snapshot!(said);
    assert!(home.ran(&["run"]).status.success());
    let json = fs::read_to_string(home.study().join("out/findings.json")).expect("written");
    assert!(json.contains("\"version\": \"3.0.0\"") && json.contains("Hello."), "{json}");
}

#[test]
fn an_accepted_plugin_is_known_by_its_library() {
    let (home, library) = trusting();
    let first = sha256(&library);
    let accept = ["review", "--accept", "--because", "read", "--by", "R"];
    assert!(home.ran(&["run"]).status.success());
    assert!(home.ran(&accept).status.success());
    let lock = fs::read_to_string(home.study().join("study.lock")).expect("written");
    assert!(lock.contains("source = \"plugin\"") && lock.contains(&first), "{lock}");
    assert!(home.ran(&["verify"]).status.success());
    let mut said = vec![home.says(&["status"])];
    let second = sha256(&home.compile("1.1.0"));
    assert!(home.ran(&["plugin", "trust", &library.display().to_string()]).status.success());
    for verb in ["status", "verify"] {
        let output = home.ran(&[verb]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains(&first) && text.contains(&second), "{verb}: {text}");
    }
    said.push(home.says(&["status"]));
    said.push(home.says(&["verify", "--exact"]));
    said.push(home.says(&["run", "--why"]));
    assert!(home.ran(&["plugin", "forget", ID]).status.success());
    said.push(home.says(&["status"]));
    said.push(home.says(&["verify"]));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_is_given_away_names_the_library_and_never_where_it_stood() {
    let (home, library) = trusting();
    let text = fs::read_to_string(home.study().join("study.yaml")).expect("read");
    let text = format!("{text}license: CC-BY-4.0\nauthors: [{{ given: Ada, family: Lovelace }}]\n");
    fs::write(home.study().join("study.yaml"), text).expect("written");
    let participants = home.study().join("participants.csv");
    let table =
        "id,case,title,consent\nC1,n,coach,public\nC2,s,coach,public\nT1,n,teacher,public\n";
    fs::write(&participants, table).expect("written");
    assert!(home.ran(&["run"]).status.success(), "{}", home.says(&["run"]));
    assert!(home.ran(&["report"]).status.success());
    let crated = home.ran(&["export", "ro-crate"]);
    assert!(crated.status.success(), "{}", String::from_utf8_lossy(&crated.stderr));
    let mut open = vec![home.study()];
    let (mut seen, mut named) = (0, Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            if entry.file_type().expect("known").is_dir() {
                open.push(entry.path());
                continue;
            }
            let bytes = fs::read(entry.path()).expect("read");
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("downloads"), "{}", entry.path().display());
            seen += 1;
            if text.contains(&sha256(&library)) {
                named.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    assert!(seen > 10, "only {seen} files");
    for file in ["report.html", "report.md", "ro-crate-metadata.json"] {
        assert!(named.iter().any(|named| named == file), "{file} is not among {named:?}");
    }
    assert!(!named.contains(&"findings.json".to_owned()), "findings are the same on every system");
}

#[test]
fn a_trust_that_is_killed_trusts_nothing_by_half() {
    let home = Home::asking("{ use: count-in-c }");
    let library = home.compile("1.0.0").display().to_string();
    let mut whole = 0;
    for moment in 0..12 {
        let mut child = home
            .parallax(&["plugin", "trust", &library])
            .stderr(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("starts");
        thread::sleep(Duration::from_millis(moment * 250));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let entries = listed(&home);
        whole += entries.len();
        assert!(entries.iter().all(|entry| entry["notes"] == serde_json::json!([])), "{entries:?}");
        home.ran(&["plugin", "forget", ID]);
    }
    assert!(whole < 12, "none was killed in time");
    assert!(home.ran(&["plugin", "trust", &library]).status.success());
    let names = fs::read_dir(home.store()).expect("a folder").flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(names, [".lock".to_owned(), sha256(Path::new(&library))]);
}

#[test]
fn a_store_is_its_owners_alone_and_its_copy_is_written_by_nobody() {
    let (home, library) = trusting();
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let copy = copy(&home, &library);
    let folder = copy.parent().expect("a folder");
    let sidecar = folder.join("plugin.json");
    let modes = [mode(&home.store()), mode(folder), mode(&copy), mode(&sidecar)];
    assert_eq!(modes, [0o700, 0o700, 0o400, 0o400]);
    let json: Json = serde_json::from_slice(&fs::read(sidecar).expect("read")).expect("JSON");
    assert_eq!((&json["id"], &json["sha256"]), (&ID.into(), &sha256(&library).into()));
}

#[test]
fn a_store_that_cannot_be_written_or_read_is_told_with_status_3() {
    let home = Home::asking("{ use: count-in-c }");
    let library = home.compile("1.0.0").display().to_string();
    let parent = home.store().parent().expect("a folder").to_owned();
    fs::create_dir_all(parent.parent().expect("a folder")).expect("made");
    fs::write(&parent, "in the way").expect("written");
    let verbs: [&[&str]; 4] = [
        &["plugin", "trust", &library],
        &["plugin", "list"],
        &["plugin", "describe", ID],
        &["plugin", "trust", "missing.so"],
    ];
    let said: Vec<String> = verbs.iter().map(|words| home.says(words)).collect();
    insta::assert_snapshot!(said.join("\n"));
    // A study is checked all the same.
    assert!(home.says(&["check"]).contains("unknown analysis"));
}

#[test]
fn a_library_that_is_none_is_not_trusted_and_nothing_is_kept_of_it() {
    let home = Home::asking("{ use: count-in-c }");
    let notes = home.downloads().join("libnotes.so");
    fs::write(&notes, "just some notes").expect("written");
    let said = home.says(&["plugin", "trust", &notes.display().to_string()]);
    insta::assert_snapshot!(said);
    let left = fs::read_dir(home.store()).expect("a folder").count();
    assert_eq!(left, 1, "the lock is all that is there");
}

#[test]
fn a_library_that_fails_a_check_is_not_trusted() {
    let home = Home::asking("{ use: count-in-c }");
    let library = home.compile_that_prints().display().to_string();
    let trusted = home.ran(&["plugin", "trust", &library]);
    let said = String::from_utf8_lossy(&trusted.stderr).into_owned();
    assert_eq!(trusted.status.code(), Some(1), "{said}");
    assert!(said.contains("\nFAILED prints-nothing") && said.contains("\nok     "), "{said}");
    assert!(said.contains("1 check failed"), "{said}");
    assert!(listed(&home).is_empty());
    assert_eq!(fs::read_dir(home.store()).expect("a folder").count(), 1, "the lock is left");
}

#[test]
fn the_limits_are_the_users_and_a_mistake_in_them_is_named() {
    let home = Home::asking("{ use: role-consensus }");
    fs::create_dir_all(home.settings().parent().expect("a folder")).expect("made");
    let mut said = Vec::new();
    for text in ["[plugins]\nseconds = 7\n", "[plugins]\nseconds = 0\n", "[plugin]\n", "x ="] {
        fs::write(home.settings(), text).expect("written");
        said.push(
            home.says(&["plugin", "list"]).split("\ntrusted ").last().unwrap_or("").to_owned(),
        );
        said.push(home.says(&["check"]));
    }
    fs::remove_file(home.settings()).expect("removed");
    fs::create_dir(home.settings()).expect("made");
    said.push(home.says(&["run"]));
    // What a study says of limits is nothing.
    fs::remove_dir(home.settings()).expect("removed");
    fs::write(home.study().join("settings.toml"), "[plugins]\nseconds = 1\n").expect("written");
    fs::create_dir(home.study().join("parallax")).expect("made");
    fs::write(home.study().join("parallax/settings.toml"), "nonsense").expect("written");
    let list = home.says(&["plugin", "list"]);
    assert!(list.contains("limits     300 seconds"), "{list}");
    insta::assert_snapshot!(said.join("\n"));
}
