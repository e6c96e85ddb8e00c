//! Does the framework matrix show what people say where a reader asks for it, and nowhere else?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a run of the framework matrix on a study of the repository wrote, by file.
fn run(study: &str, settings: &str) -> [String; 3] {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(root().join(study)).expect("the study") {
        let entry = entry.expect("a file");
        if entry.file_type().expect("a type").is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    let file = folder.path().join("study.yaml");
    let text = fs::read_to_string(&file).expect("study.yaml");
    let text = text.split("\nanalyses:").next().expect("a part").to_owned() + settings;
    fs::write(&file, text).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["run", "--one-reading", "--only", "framework-matrix"])
        .arg(folder.path())
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    ["findings.json", "report.md", "report.html"]
        .map(|name| fs::read_to_string(folder.path().join("out").join(name)).expect(name))
}

/// One cell: the state and the statements behind it.
fn cell(findings: &str, finding: &str, row: &str, column: &str) -> String {
    let document: Value = serde_json::from_str(findings).expect("JSON");
    let all = document["findings"].as_array().expect("findings");
    let found = all.iter().find(|found| found["id"] == finding).expect("the finding");
    let table = &found["tables"][0];
    let columns = table["columns"].as_array().expect("columns");
    let at = columns.iter().position(|head| head["id"] == column).expect("the column");
    let rows = table["rows"].as_array().expect("rows");
    let row = rows.iter().find(|cells| cells[0]["id"] == row).expect("the row");
    format!("{} {}", row[at]["state"], row[at]["statements"])
}

#[test]
fn each_cell_of_the_seed_study_has_its_state_and_its_statements() {
    let [findings, markdown, page] = run("studies/vso-internships", "");
    let cell = |finding, row, column| cell(&findings, finding, row, column);
    let [design, position] = ["framework-matrix/D", "framework-matrix/P"];
    assert_eq!(cell(design, "L5", "D.tail"), r#""mixed" ["s068","s069"]"#);
    assert_eq!(cell(design, "S5", "D.tail"), r#""yes" ["s063"]"#);
    assert_eq!(cell(position, "S6", "P.task.MON"), r#""yes" ["s030"]"#);
    // Everybody was asked for their own tasks; of what L1 expects of others nobody knows.
    assert_eq!(cell(position, "L1", "P.task.CON"), r#""silent" []"#);
    assert_eq!(cell(position, "L1", "P.exp.comm"), r#""unknown" []"#);
    let paraphrase = "sees the start of tailoring — starts partly, pupil may choose";
    assert!(markdown.contains(&format!("mixed: {paraphrase} (s068); ")));
    assert!(page.contains(&format!("<b>mixed</b><br>{paraphrase} (")));
    assert!(page.contains("mixed%3A%20sees%20the%20start"), "the data to save tell it too");
    assert!(!findings.contains("sees the start"), "findings hold ids, not words");
}

#[test]
fn cases_can_be_the_rows() {
    let settings = "\nanalyses:\n  - use: framework-matrix\n    parameters: { rows: cases }\n";
    let [findings, markdown, _] = run("scripts/framework-matrix", settings);
    let cell = |row, column| cell(&findings, "framework-matrix/task", row, column);
    assert_eq!(cell("north", "contact"), r#""yes" ["s2","s3"]"#);
    assert_eq!(cell("west", "logbook"), r#""no" ["s6"]"#);
    assert_eq!(cell("south", "contact"), r#""mixed" ["s7"]"#);
    assert_eq!(cell("west", "contact"), r#""silent" []"#);
    // A statement without a note is shown by its id.
    assert!(markdown.contains("reads each logbook on Fridays (s5); s8 |"), "{markdown}");
}
