//! Can findings that were accepted be trusted later: is every change seen, and its cause named?

#[path = "standing/edits.rs"]
mod edits;
#[path = "standing/harm.rs"]
mod harm;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The script that the accepted study has of its own.
const SCRIPT: &str = r#"//! How many duties are there? Statements of the modality duty are counted.
//! ---
//! version: 1.0.0
//! title: Duties
//! parameters:
//!   modality: { type: text, default: duty, help: What is counted. }
//! templates:
//!   all: { title: Duties, sentence: "There are {n} of them." }
//! words:
//!   n: how many

let found = reading.statements().filter(col("modality") == parameters.modality);
let f = finding("all", "all");
f.measure("n", found.count());
f.evidence(found.evidence());
f
"#;

/// What the study runs: some of everything, and few enough for every edit to be tried.
const ANALYSES: [&str; 7] = [
    "code-matrix",
    "code-states",
    "expectation-mismatch",
    "own-duties",
    "position-clusters",
    "role-consensus",
    "silence",
];

/// A study in a folder of its own, and the command in it.
pub(crate) struct Study {
    folder: TempDir,
}

impl Study {
    /// The seed study with a script of its own, nothing of it accepted.
    pub(crate) fn seed() -> Self {
        let study = Self { folder: tempfile::tempdir().expect("a folder") };
        copy(&repository().join("studies/vso-internships"), study.path());
        fs::create_dir(study.path().join("scripts")).expect("made");
        study.save("scripts/own-duties.rhai", SCRIPT);
        let settings = study.read("study.yaml");
        let uses: String = ANALYSES.iter().map(|id| format!("  - use: {id}\n")).collect();
        study.save("study.yaml", &format!("{settings}\nanalyses:\n{uses}"));
        study
    }

    /// The same, with all its findings accepted.
    pub(crate) fn accepted() -> Self {
        let study = Self::seed();
        let done = study.run(&["review", "--accept", "--because", "first reading"]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done));
        study
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("read")
    }

    pub(crate) fn save(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("saved");
    }

    /// Puts one text in place of another, which must be there.
    pub(crate) fn replace(&self, name: &str, was: &str, is: &str) {
        let text = self.read(name);
        assert!(text.contains(was), "{name} has no {was}");
        self.save(name, &text.replacen(was, is, 1));
    }

    /// Runs the command on the study, on a certain day and by a certain person.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.args(arguments).arg("-C").arg(self.path()).args(["--today", "2026-11-20"]);
        command.env("USER", "RdV").output().expect("the command runs")
    }

    /// What the command prints, with its status.
    pub(crate) fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let folder = self.path().display().to_string();
        let status = output.status.code().expect("ends by itself");
        format!("{}[{status}]", text(&output).replace(&folder, "STUDY"))
    }
}

/// What was printed, results and problems.
pub(crate) fn text(output: &Output) -> String {
    let part = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("is UTF-8");
    format!("{}{}", part(&output.stdout), part(&output.stderr))
}

/// Copies the files of a folder, and those of its folders but for results.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true if entry.file_name() == "out" => {}
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("copied")),
        }
    }
}

#[test]
fn before_anything_is_accepted_everything_is_new() {
    let study = Study::seed();
    insta::assert_snapshot!(study.says(&["status"]));
    let locked = study.run(&["run", "--one-reading", "--locked"]);
    assert_eq!(locked.status.code(), Some(1));
    assert!(text(&locked).contains("accepted   nothing yet"), "{}", text(&locked));
    let verify = study.says(&["verify"]);
    insta::assert_snapshot!(verify);
}

#[test]
fn what_was_accepted_is_accepted_again_with_the_same_bytes() {
    let (study, other) = (Study::accepted(), Study::accepted());
    let bytes = |study: &Study, name: &str| fs::read(study.path().join(name)).expect("read");
    for name in ["study.lock", "findings/log.csv", "findings/accepted/position-clusters.json"] {
        assert_eq!(bytes(&study, name), bytes(&other, name), "{name}");
    }
    insta::assert_snapshot!(study.read("findings/log.csv"));
    insta::assert_snapshot!(study.says(&["status"]));
    insta::assert_snapshot!(study.says(&["review"]));
    let lock = study.read("study.lock");
    let is_checksum = |word: &str| word.len() == 64 && word.bytes().all(|c| c.is_ascii_hexdigit());
    let told = |word| if is_checksum(word) { "…" } else { word };
    let shown: String = lock
        .split_inclusive(['"', ':'])
        .map(|part| {
            let (word, end) = part.split_at(part.len() - 1);
            format!("{}{end}", told(word))
        })
        .collect();
    insta::assert_snapshot!("lock", shown);
    let locked = study.run(&["run", "--one-reading", "--locked"]);
    assert_eq!(locked.status.code(), Some(0), "{}", text(&locked));
}

#[test]
fn nobodys_words_are_in_what_is_accepted() {
    let study = Study::seed();
    let marked = study.read("statements.csv").replace("names guiding", "ZEBRAWORD names guiding");
    assert_ne!(marked, study.read("statements.csv"));
    study.save("statements.csv", &marked);
    let done = study.run(&["review", "--accept", "--because", "first reading"]);
    assert_eq!(done.status.code(), Some(0));
    study.replace("statements.csv", "s001,S2,P.task.BEG,duty", "s001,S2,P.task.BEG,right");
    let said = study.says(&["status", "--format", "json"]);
    assert!(!said.contains("ZEBRAWORD"));
    let mut open = vec![study.path().join("findings")];
    let mut seen = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path().is_dir() {
                true => open.push(entry.path()),
                false => {
                    seen += 1;
                    let bytes = fs::read(entry.path()).expect("read");
                    let text = String::from_utf8(bytes).expect("is text");
                    assert!(!text.contains("ZEBRAWORD"), "{}", entry.path().display());
                }
            }
        }
    }
    assert!(seen > 15, "{seen} files");
}

#[test]
fn a_copy_with_other_line_ends_somewhere_else_verifies_identical() {
    let (study, copied) = (Study::accepted(), tempfile::tempdir().expect("a folder"));
    copy(study.path(), copied.path());
    for name in
        ["study.yaml", "statements.csv", "claims.csv", "scripts/own-duties.rhai", "study.lock"]
    {
        let text = study.read(name).replace('\n', "\r\n");
        let mark = if name.ends_with(".csv") { "\u{feff}" } else { "" };
        fs::write(copied.path().join(name), format!("{mark}{text}")).expect("saved");
    }
    for entry in fs::read_dir(copied.path().join("findings/accepted")).expect("a folder").flatten()
    {
        if entry.path().is_file() {
            let text = fs::read_to_string(entry.path()).expect("read").replace('\n', "\r\n");
            fs::write(entry.path(), text).expect("saved");
        }
    }
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .arg("verify")
        .current_dir(copied.path())
        .args(["--exact", "--today", "2027-03-01"])
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "tr_TR.UTF-8")
        .output()
        .expect("the command runs");
    let said = text(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("position-clusters     identical\n"), "{said}");
    assert_eq!(said.matches("  identical\n").count(), 8, "{said}");
    let written = fs::read_to_string(copied.path().join("out/verify.json")).expect("written");
    let written: serde_json::Value = serde_json::from_str(&written).expect("is JSON");
    assert_eq!(written["verified"], true);
    assert_eq!(written["date"], "2027-03-01");
}

#[test]
fn the_report_says_that_its_findings_were_accepted_and_verified_and_no_longer_when_they_were_not() {
    let study = Study::accepted();
    let report = |study: &Study| {
        study.run(&["run", "--one-reading"]);
        study.read("out/report.md")
    };
    let accepted = "findings as accepted on 2026-11-20 by RdV";
    assert!(report(&study).contains(accepted), "{}", report(&study));
    assert!(study.says(&["verify"]).ends_with("[0]"));
    let verified = "verified by a run from scratch on 2026-11-20";
    assert!(report(&study).contains(&format!("{accepted} · {verified}")));
    study.replace("codes.csv", ",monitor,", ",keep an eye on,");
    let changed = report(&study);
    assert!(changed.contains("not the findings that were accepted on"), "{changed}");
    assert!(!changed.contains("verified by"), "{changed}");
}
