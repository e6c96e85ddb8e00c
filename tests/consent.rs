//! Does consent decide on what is said of a study, and never on what is found in it?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use parallax_engine::check::{check_folder, short};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A small study whose people consented until the end of January 2027, and one for a day longer.
fn study() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let fixture = repository().join("tests/faults/consent-has-ended");
    for entry in fs::read_dir(fixture).expect("the fixture").flatten() {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
    }
    folder
}

fn asked(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.arg("-C").arg(folder).args(arguments).output().expect("the command starts")
}

fn status_and_codes(output: &Output) -> (Option<i32>, Vec<String>) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let codes = said.match_indices("[C3").map(|(at, _)| said[at + 1..at + 5].to_owned());
    (output.status.code(), codes.collect())
}

#[test]
fn the_day_decides_on_messages_and_status() {
    let study = study();
    let on = |day| status_and_codes(&asked(study.path(), &["check", "--today", day]));
    let codes = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
    assert_eq!(on("2026-01-01"), (Some(0), codes(&[])));
    assert_eq!(on("2026-12-31"), (Some(0), codes(&["C311"])));
    assert_eq!(on("2027-01-31"), (Some(1), codes(&["C310", "C311"])));
    assert_eq!(on("2030-01-01"), (Some(1), codes(&["C310"])));
    let strict = asked(study.path(), &["check", "--strict", "--today", "2026-12-31"]);
    assert_eq!(strict.status.code(), Some(1));
    let json = asked(study.path(), &["check", "--format", "json", "--today", "2027-01-31"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let codes = json["problems"].as_array().expect("a list").iter().map(|one| one["code"].clone());
    assert_eq!(codes.collect::<Vec<_>>(), ["C310", "C311"]);
}

#[test]
fn findings_and_reports_are_the_same_on_every_day() {
    let study = study();
    let names = ["findings.json", "report.html", "report.md"];
    let on = |day| {
        let output = asked(study.path(), &["run", "--one-reading", "--today", day]);
        let read = |name| fs::read(study.path().join("out").join(name)).expect("written");
        (status_and_codes(&output), names.map(read))
    };
    let ((status, codes), before) = on("2026-01-01");
    assert_eq!((status, codes.len()), (Some(0), 0));
    let ((status, codes), after) = on("2030-01-01");
    assert_eq!((status, codes), (Some(1), vec!["C310".to_owned()]));
    for (name, (before, after)) in names.iter().zip(before.iter().zip(&after)) {
        assert_eq!(before, after, "{name} differs between two days");
        assert!(!String::from_utf8_lossy(after).contains("consent of"), "{name} speaks of the day");
    }
}

#[test]
fn consent_is_no_attribute_and_changes_no_finding() {
    let study = study();
    let findings = || {
        let output = asked(study.path(), &["run", "--one-reading", "--today", "2026-01-01"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(study.path().join("out/findings.json")).expect("written")
    };
    let with = findings();
    let place = study.path().join("participants.csv");
    let table = fs::read_to_string(&place).expect("a table");
    let without = table.lines().map(|line| {
        let kept = line.splitn(4, ',').take(3).collect::<Vec<_>>();
        kept.join(",") + "\n"
    });
    fs::write(&place, without.collect::<String>()).expect("written");
    assert_eq!(with, findings());
}

#[test]
fn no_study_of_the_repository_is_taken_for_personal_data() {
    let mut studies = 0;
    for place in ["studies", "scripts", "tests", "core/engine/src/template"] {
        let mut folders = vec![repository().join(place)];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(&folder).expect("a folder").flatten().map(|e| e.path());
            folders.extend(entries.filter(|path| path.is_dir()));
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_meant = ["personal", "name-in-a-text", "not-personal"];
            let meant = is_meant.iter().any(|start| name.starts_with(start));
            if meant || !folder.join("participants.csv").exists() {
                continue;
            }
            studies += 1;
            let said = short(&check_folder(&folder));
            assert!(!said.contains("[C30"), "{}: {said}", folder.display());
        }
    }
    assert!(studies > 80, "only {studies} studies were looked at");
}
