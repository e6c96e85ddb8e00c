//! Does the study that the program was made for read as its report and its theory say?
//!
//! Numbers that were computed elsewhere are in `numbers.rs`; here is what they are said about.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use parallax_engine::check::check_folder;
use parallax_model::{ByCode, Cells, Choices, Item, Modalities, Reading, State, Study};
use serde_json::Value;
use tempfile::TempDir;

fn seed_study() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships")
}

fn parallax(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts")
}

/// The study in a folder of its own, so that a run writes nothing into the repository.
fn copied() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(seed_study()).expect("the seed study") {
        let entry = entry.expect("a file");
        if entry.file_type().expect("a type").is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    folder
}

/// The findings of a run with these options.
fn findings(options: &[&str]) -> (Value, Vec<u8>) {
    let folder = copied();
    let path = folder.path().to_str().expect("a plain path");
    let output = parallax(&[&["run", path, "--one-reading"], options].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = fs::read(folder.path().join("out/findings.json")).expect("findings");
    (serde_json::from_slice(&bytes).expect("JSON"), bytes)
}

fn finding<'d>(document: &'d Value, id: &str) -> &'d Value {
    let all = document["findings"].as_array().expect("findings");
    all.iter().find(|finding| finding["id"] == id).unwrap_or_else(|| panic!("no finding {id}"))
}

/// A measure as `7`, `23/47`, `3 to 7` or a decimal.
fn measure(finding: &Value, name: &str) -> String {
    let all = finding["measures"].as_array().expect("measures");
    let measure = all.iter().find(|measure| measure["name"] == name);
    written(&measure.unwrap_or_else(|| panic!("no {name}: {finding}"))["number"])
}

fn written(number: &Value) -> String {
    match number["kind"].as_str() {
        Some("fraction" | "ratio") => format!("{}/{}", number["numerator"], number["denominator"]),
        Some("range") => format!("{} to {}", number["lower"], number["upper"]),
        Some("count" | "decimal") => number["value"].to_string(),
        _ => number.to_string(),
    }
}

fn study() -> Study {
    check_folder(&seed_study()).study.expect("the seed study is sound")
}

fn default_reading(study: &Study) -> Reading<'static> {
    study.reading(&Choices::default()).expect("a default reading")
}

#[test]
fn the_first_table_of_the_report_comes_out() {
    let (document, _) = findings(&[]);
    assert_eq!(document["study"]["counts"]["participants"], 17);
    assert_eq!(document["reading"]["included"], 16);
    assert_eq!(document["reading"]["excluded"], 1);
    let roles = document["reading"]["roles"].as_array().expect("roles");
    let people = |id: &str| &roles.iter().find(|role| role["id"] == id).expect("a role")["people"];
    assert_eq!((people("S"), people("L"), people("I")), (&7.into(), &5.into(), &4.into()));
}

#[test]
fn formal_positions_meet_claims_as_the_theory_says() {
    let (document, _) = findings(&["--only", "expectation-mismatch"]);
    let of = |role: &str, name: &str| {
        let id = format!("expectation-mismatch/documents/doc:theory>{role}");
        measure(finding(&document, &id), name)
    };
    for (role, rate, aligned, unrecognised) in
        [("S", "10/24", "14", "10"), ("L", "7/15", "8", "7"), ("I", "6/8", "2", "6")]
    {
        assert_eq!(of(role, "mismatch_rate"), rate, "{role}");
        assert_eq!(of(role, "aligned"), aligned, "{role}");
        assert_eq!(of(role, "unrecognised"), unrecognised, "{role}");
    }
    let overall = finding(&document, "expectation-mismatch/documents/overall");
    assert_eq!(measure(overall, "mismatch_rate"), "23/47");
    assert_eq!(measure(overall, "unsolicited"), "2");
    for case in ["2", "6"] {
        let id = format!("expectation-mismatch/{case}/documents>I{case}/P.task.MON");
        assert_eq!(finding(&document, &id)["template"], "unsolicited");
    }
}

#[test]
fn the_logbook_is_expected_of_the_teacher_and_claimed_by_the_counsellor() {
    let (document, _) = findings(&["--only", "expectation-mismatch"]);
    let logbook = finding(&document, "expectation-mismatch/6/S6>L6/P.task.MON");
    assert_eq!(logbook["values"]["status"]["id"], "unrecognised");
    assert_eq!(logbook["values"]["elsewhere"]["ids"], serde_json::json!(["I6"]));
    let evidence: Vec<&str> = logbook["basis"]["items"]
        .as_array()
        .expect("evidence")
        .iter()
        .map(|item| item["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(evidence, ["s030", "s015"]);
}

/// The person at school 3 who guides is one of two: unknown for each, certain for the role.
#[test]
fn what_is_uncertain_stays_visible() {
    let study = study();
    let reading = default_reading(&study);
    let code = reading.codes.ids.position("P.task.BEG").expect("a code");
    let cells = Cells::of(&reading, &ByCode::of(&reading), Item::own(code, Modalities::DEONTIC));
    let person = |id: &str| reading.participants.ids.position(id).expect("a person");
    let pair = [person("S3a"), person("S3b")];
    assert!(pair.iter().all(|&id| cells.states[id as usize] == State::Unknown));
    assert_eq!(cells.together(&reading, &pair), State::Yes);
    let other = [("beo".to_owned(), "I".to_owned())].into();
    let counsellors = study.reading(&Choices { options: other, ..Choices::default() });
    assert_ne!(counsellors.expect("the other reading of the row").statements, reading.statements);
}

/// Theory D12: the index under each mapping of titles, people by people.
#[test]
fn every_mapping_is_a_reading_of_its_own() {
    let folder = copied();
    let path = folder.path().to_str().expect("a plain path");
    let settings = fs::read_to_string(folder.path().join("study.yaml")).expect("settings");
    let people = settings.replace("\nunit: role@case", "\nunit: participant");
    assert_ne!(people, settings, "the study counts roles at cases");
    fs::write(folder.path().join("study.yaml"), people).expect("written");
    let expected = [
        ("M0", &["553/808"][..]),
        ("M2", &["32/67"]),
        ("M3", &["49/124", "55/124"]),
        ("M4", &["203/668"]),
    ];
    for (mapping, indices) in expected {
        let output = parallax(&[
            "run",
            path,
            "--one-reading",
            "--only",
            "position-clusters",
            "--mapping",
            mapping,
        ]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let place =
            if mapping == "M0" { "out".to_owned() } else { format!("out/mappings/{mapping}") };
        let bytes = fs::read(folder.path().join(place).join("findings.json")).expect("findings");
        let document: Value = serde_json::from_slice(&bytes).expect("JSON");
        let all = document["findings"].as_array().expect("findings");
        let overall = all
            .iter()
            .find(|finding| finding["id"].as_str().is_some_and(|id| id.ends_with("/overall")))
            .expect("an overall finding");
        let least = measure(overall, "ari_filled_in_least");
        let most = measure(overall, "ari_filled_in_most");
        assert_eq!((least.as_str(), most.as_str()), (indices[0], indices[indices.len() - 1]));
    }
}

#[test]
fn the_same_study_gives_the_same_bytes_on_one_thread_and_on_many() {
    let runs = ["1", "4", "1", "4"].map(|threads| findings(&["--threads", threads]).1);
    assert!(runs.iter().all(|run| *run == runs[0]));
}
