//! Does a withdrawal that stopped, or was overtaken by somebody's save, leave nothing half done?

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use parallax_engine::write::turn;

use crate::{JOINT, Study, text};

const KEPT: &str = "findings/accepted/study";

/// What is written before participants.csv, in order; in the folder of what was kept too.
const ORDER: [&str; 7] = [
    "excerpts.csv",
    "statements.csv",
    "coverage.csv",
    "constraints.csv",
    "events.csv",
    "study.yaml",
    "sources.csv",
];

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn bytes(study: &Study) -> Files {
    let names = study.files().into_keys();
    names.map(|name| (name.clone(), fs::read(study.path().join(name)).expect("read"))).collect()
}

fn with(files: &Files) -> Study {
    let study = Study::of(&[]);
    for (name, bytes) in files {
        let path = study.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    study
}

fn well(study: &Study, arguments: &[&str]) -> String {
    let output = study.asked(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    text(&[output.stdout, output.stderr].concat())
}

/// A study of which everything was run, accepted and verified; the reason names who withdraws.
fn accepted(participants: &str) -> Study {
    let study = Study::of(JOINT);
    study.write("participants.csv", participants);
    study.write("claims.csv", "id;text;kind;scope;code\r\nc2;all plan;all;*;care.plan\r\n");
    let settings = study.read("study.yaml");
    study.write(
        "study.yaml",
        &(settings + "analyses:\r\n  - use: silence\r\n  - use: code-matrix\r\n"),
    );
    for arguments in
        [&["run"][..], &["review", "--accept", "--because", "N1 was heard"], &["verify"]]
    {
        well(&study, arguments);
    }
    let names = ["study.lock", "out/verify.json", ".parallax/study.schema.json"];
    for name in names.into_iter().chain([&*format!("{KEPT}/participants.csv")]) {
        assert!(!study.read(name).is_empty(), "{name} is not there");
    }
    study
}

fn participants() -> &'static str {
    JOINT.iter().find(|(name, _)| *name == "participants.csv").expect("is there").1
}

/// Nothing that the program wrote names who withdrew, and the lock knows what is kept.
fn assert_is_over(study: &Study, after: &str) {
    let status = study.asked(&["status"]);
    let said = text(&[status.stdout, status.stderr].concat());
    assert!(!said.contains("V506"), "after {after}: {said}");
    for (name, text) in study.files() {
        let name = name.display().to_string();
        let ours = ["study.lock", "findings/log.csv", ".parallax/", "out/", KEPT];
        // Claims are texts: that they name somebody is told, and for a person to mend.
        let is_ours =
            ours.iter().any(|start| name.starts_with(start)) && !name.ends_with("claims.csv");
        assert!(!is_ours || !text.contains("N1"), "after {after}: {name} names N1\n{text}");
    }
}

#[test]
fn an_accepted_study_can_stop_after_any_file() {
    let study = accepted(participants());
    let before = bytes(&study);
    well(&study, &["withdraw", "N1", "--yes"]);
    let whole = bytes(&study);
    assert_is_over(&study, "everything");
    let mut steps: Vec<String> = ORDER.iter().map(|name| (*name).to_owned()).collect();
    steps.extend(ORDER.iter().chain(&["participants.csv"]).map(|name| format!("{KEPT}/{name}")));
    let gone = before.keys().filter(|name| !whole.contains_key(*name));
    steps.extend(gone.map(|name| name.display().to_string()));
    steps.extend(
        [".parallax/study.schema.json", "findings/log.csv", "study.lock"].map(str::to_owned),
    );
    let changed = |name: &PathBuf| before.get(name) != whole.get(name);
    steps.retain(|name| changed(&PathBuf::from(name)));
    for name in before.keys().chain(whole.keys()).filter(|name| changed(name)) {
        let name = name.display().to_string();
        assert!(name == "participants.csv" || steps.contains(&name), "{name} is in no order");
    }
    let mut files = before.clone();
    let mut is_first_gone = true;
    for step in steps {
        let name = PathBuf::from(&step);
        match whole.get(&name) {
            Some(bytes) => files.insert(name, bytes.clone()),
            None => files.remove(&name),
        };
        // One of what is removed stands for all of it.
        if !whole.contains_key(Path::new(&step)) && !std::mem::take(&mut is_first_gone) {
            continue;
        }
        let study = with(&files);
        well(&study, &["withdraw", "N1", "--yes"]);
        for (name, bytes) in &bytes(&study) {
            let same = whole.get(name) == Some(bytes);
            assert!(same, "after {step}: {}: {}", name.display(), String::from_utf8_lossy(bytes));
        }
        assert_eq!(study.files().len(), whole.len(), "after {step}");
    }
}

/// The order above is that of the program: all is done when participants.csv alone cannot be written.
#[cfg(unix)]
#[test]
fn participants_come_last() {
    // Blank lines are not kept: of all files this one is long.
    let people = format!("{}{}", participants(), "\r\n".repeat(300_000));
    let study = accepted(&people);
    let before = bytes(&study);
    let output = study.withdrawn_with_files_of(512);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("these are as they were: participants.csv\n"), "{said}");
    let stopped = bytes(&study);
    assert!(study.read("findings/log.csv").contains("a withdrawal"));
    well(&study, &["withdraw", "N1", "--yes"]);
    assert_is_over(&study, "a real stop");
    let done = bytes(&study);
    let people = PathBuf::from("participants.csv");
    for (name, bytes) in &stopped {
        assert!(*name == people || done.get(name) == Some(bytes), "{}", name.display());
    }
    let whole = with(&before);
    well(&whole, &["withdraw", "N1", "--yes"]);
    assert_eq!(study.files(), whole.files());
}

#[test]
fn what_is_saved_after_it_was_shown_is_not_overwritten() {
    let study = Study::of(JOINT);
    let turn = turn(study.path()).expect("can be asked for").expect("is free");
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    let command = command.arg("-C").arg(study.path()).args(["withdraw", "N1", "--yes"]);
    let mut asked =
        command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the command starts");
    let mut said = BufReader::new(asked.stderr.take().expect("is piped"));
    let mut line = String::new();
    while !line.contains("waiting") {
        line.clear();
        assert_ne!(said.read_line(&mut line).expect("read"), 0, "it did not wait");
    }
    let saved = study.read("statements.csv") + "s6;i2;N2;care.plan;duty;self;affirm;;;e1;\r\n";
    study.write("statements.csv", &saved);
    let before = study.files();
    drop(turn);
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("read");
    assert_eq!(asked.wait().expect("ends").code(), Some(1), "{rest}");
    insta::assert_snapshot!(rest, @r"
    error: nothing was removed: statements.csv was saved since it was shown what would go
    help: look again with `parallax withdraw N1`
    ");
    assert_eq!(study.files(), before);
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_study_stays_and_its_file_changes() {
    let (study, plain) = (Study::of(JOINT), Study::of(JOINT));
    let path = study.path().join("statements.csv");
    study.write("data/statements.csv", &study.read("statements.csv"));
    fs::remove_file(&path).expect("removed");
    std::os::unix::fs::symlink("data/statements.csv", &path).expect("linked");
    for study in [&study, &plain] {
        well(study, &["withdraw", "N1", "--yes"]);
    }
    assert!(path.is_symlink());
    assert!(!plain.read("statements.csv").contains("N1;"));
    assert_eq!(study.read("data/statements.csv"), plain.read("statements.csv"));
}

#[cfg(unix)]
#[test]
fn nothing_begins_where_a_link_leads_out_of_the_study() {
    for place in [KEPT, "findings", "out/share", "out/report.html", ".parallax", "out/cache"] {
        let (study, far) = (Study::of(JOINT), Study::of(JOINT));
        let path = study.path().join(place);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::os::unix::fs::symlink(far.path(), &path).expect("linked");
        let own = || JOINT.iter().map(|(name, _)| study.read(name)).collect::<Vec<_>>();
        let (before, elsewhere) = (own(), far.files());
        let output = study.asked(&["withdraw", "N1", "--yes"]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{place}: {said}");
        assert!(said.contains("nothing was removed") && said.contains(place), "{place}: {said}");
        assert_eq!((own(), far.files()), (before, elsewhere), "{place}");
        assert!(path.is_symlink(), "{place}");
    }
}
