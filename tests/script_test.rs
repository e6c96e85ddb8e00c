//! Does `parallax script test` tell a script that finds what was accepted from one that does not?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

/// The header of a script about duties.
const HEADER: &str = r#"//! Are people given duties only, or rights too?
//!
//! Counts the statements that ascribe a duty, and those that ascribe a right.
//! ---
//! version: 1.0.0
//! title: Duties and rights
//! parameters:
//!   least: { type: integer, default: 1, help: The fewest duties to speak of. }
//! templates:
//!   balance: { title: Duties and rights, sentence: "{duties} statements ascribe a duty, {rights} a right." }
//! caveats:
//!   few: Fewer than five statements.
//! words:
//!   duties: duties
//!   rights: rights
"#;

/// What such a script does.
const BODY: &str = r#"
let statements = reading.statements();
let duties = statements.filter(col("modality") == "duty");
let rights = statements.filter(col("modality") == "right");
if duties.count() < parameters.least { return not_available("too few duties"); }
let f = finding("all", "balance");
f.measure("duties", duties.count());
f.measure("rights", rights.count());
f.evidence(duties.evidence() + rights.evidence());
if statements.count() < 5 { f.caveat("few"); }
f
"#;

/// A study with a script of its own, `duties`, that has a small study.
struct Outer {
    folder: tempfile::TempDir,
}

impl Outer {
    fn new() -> Self {
        let outer = Self { folder: tempfile::tempdir().expect("a folder") };
        for study in ["", "scripts/duties/"] {
            outer.write(&format!("{study}study.yaml"), "title: T\nroles: [{ id: coach }]\n");
            outer.write(&format!("{study}participants.csv"), "id,title\nC1,coach\n");
            outer.write(&format!("{study}codes.csv"), "id\nlogbook\n");
            outer.write(
                &format!("{study}statements.csv"),
                "id,speaker,code,modality,bearer,note\ns1,C1,logbook,duty,self,SECRET\n\
                 s2,C1,logbook,right,self,SECRET\ns3,C1,logbook,duty,self,SECRET\n",
            );
        }
        let yaml = "title: T\nroles: [{ id: coach }]\nanalyses:\n  - use: duties\n    \
                    parameters: { least: 2 }\n";
        outer.write("scripts/duties/study.yaml", yaml);
        outer.write("scripts/duties.rhai", &format!("{HEADER}{BODY}"));
        outer
    }

    fn accepted() -> Self {
        let outer = Self::new();
        assert_eq!(outer.asked(&["--accept"]).status.code(), Some(0));
        outer
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("is in a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn file(&self) -> PathBuf {
        self.path("scripts/duties/findings/accepted/duties.json")
    }

    fn asked_in(&self, folder: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_parallax"))
            .args(["script", "test"])
            .args(arguments)
            .current_dir(folder)
            .output()
            .expect("the command starts")
    }

    fn asked(&self, arguments: &[&str]) -> Output {
        self.asked_in(self.folder.path(), arguments)
    }

    /// What is said, with the status it ends with.
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.asked(arguments);
        let [out, beside] =
            [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("is UTF-8"));
        assert!(!format!("{out}{beside}").contains("SECRET"), "somebody's words were shown");
        format!("{out}{beside}status {}\n", output.status.code().expect("ended by itself"))
    }
}

#[test]
fn findings_are_accepted_and_then_compared() {
    let outer = Outer::new();
    let mut page = outer.said(&[]);
    assert!(!outer.file().exists(), "written without being asked");
    page.push_str(&outer.said(&["--accept"]));
    page.push_str(&outer.said(&[]));
    insta::assert_snapshot!(page);
    let file = fs::read_to_string(outer.file()).expect("was accepted");
    assert!(!file.contains("SECRET") && file.contains("\"least\":2"), "{file}");
}

#[test]
fn a_difference_is_shown_by_its_meaning_and_can_be_accepted() {
    let outer = Outer::accepted();
    let before = fs::read(outer.file()).expect("was accepted");
    let edited = BODY.replace("== \"right\"", "== \"duty\"").replace("< 5", "< 3");
    outer.write("scripts/duties.rhai", &format!("{HEADER}{edited}"));
    let mut page = outer.said(&[]);
    assert_eq!(fs::read(outer.file()).expect("is there"), before, "written without being asked");
    page.push_str(&outer.said(&["duties", "--accept"]));
    page.push_str(&outer.said(&["duties"]));
    insta::assert_snapshot!(page);
}

#[test]
fn lines_that_differ_are_shown_when_asked_for() {
    let outer = Outer::accepted();
    outer.write("scripts/duties.rhai", &format!("{HEADER}{}", BODY.replace("< 5", "< 3")));
    let page = outer.said(&["--diff"]);
    assert!(page.contains("    -      \"caveats\": [{\"name\":\"few\""), "{page}");
    assert!(page.contains("caveat is gone: Fewer than five statements."), "{page}");
}

#[test]
fn every_format_says_the_same() {
    let outer = Outer::accepted();
    outer.write("scripts/duties.rhai", &format!("{HEADER}{}", BODY.replace("< 5", "< 3")));
    outer.write("scripts/other.rhai", "no script");
    let short = outer.said(&["--format", "short"]);
    let github = outer.said(&["--format", "github"]);
    insta::assert_snapshot!(format!("{short}\n{github}"));
    let json: Json =
        serde_json::from_slice(&outer.asked(&["--format", "json"]).stdout).expect("is JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["scripts"][0]["id"], "duties");
    assert_eq!(json["scripts"][0]["result"], "differs");
    assert_eq!(json["scripts"][0]["differences"][0]["changes"][0]["kind"], "caveat");
    assert_eq!(json["scripts"][1]["result"], "untested");
}

#[test]
fn a_script_that_fails_shows_its_line() {
    let outer = Outer::accepted();
    let before = fs::read(outer.file()).expect("was accepted");
    let mut page = String::new();
    let stops = BODY.replace("duties.count()", "duties.number()");
    let broken = BODY.replace("let rights", "let rights = = ");
    for body in [&stops, &broken, &BODY.replace("\"balance\"", "\"balanse\"")] {
        outer.write("scripts/duties.rhai", &format!("{HEADER}{body}"));
        page.push_str(&outer.said(&["--accept"]));
    }
    outer.write("scripts/duties.rhai", &format!("{HEADER}{BODY}"));
    outer.write("scripts/duties/statements.csv", "id,speaker,code\ns1,C9,logbook\n");
    page.push_str(&outer.said(&["--accept"]));
    outer.write("scripts/duties/statements.csv", "id,speaker,code\ns1,C1,logbook\n");
    outer.write("scripts/duties/study.yaml", "title: T\nroles: [{ id: coach }]\nanalyses: []\n");
    page.push_str(&outer.said(&["--accept"]));
    assert_eq!(fs::read(outer.file()).expect("is there"), before, "a failure was accepted");
    insta::assert_snapshot!(page);
}

#[test]
fn a_broken_or_foreign_accepted_file_is_left_as_it_is() {
    let outer = Outer::accepted();
    let whole = fs::read_to_string(outer.file()).expect("was accepted");
    let mut page = String::new();
    for broken in [
        whole[..40].to_owned(),
        whole.replace("\"analysis\": \"duties\"", "\"analysis\": \"rights\""),
        "<<<<<<< ours\n".to_owned(),
        "{\"title\": \"another program's\"}\n".to_owned(),
    ] {
        fs::write(outer.file(), &broken).expect("written");
        page.push_str(&outer.said(&["--accept"]));
        assert_eq!(fs::read_to_string(outer.file()).expect("is there"), broken);
    }
    insta::assert_snapshot!(page);
}

#[test]
fn scripts_are_found_from_below_and_without_a_study() {
    let outer = Outer::accepted();
    outer.write("scripts/other.rhai", "no script");
    fs::create_dir_all(outer.path("notes/of/mine")).expect("made");
    let from_below = outer.asked_in(&outer.path("notes/of/mine"), &[]);
    assert_eq!(from_below.status.code(), Some(0));
    let page = String::from_utf8(from_below.stdout).expect("is UTF-8");
    assert!(page.contains("1 script tested: 1 as accepted · 1 untested"), "{page}");
    let small = outer.asked_in(&outer.path("scripts/duties/findings"), &[]);
    assert_eq!(String::from_utf8(small.stdout).expect("is UTF-8"), page);
    fs::remove_file(outer.path("study.yaml")).expect("removed");
    let bare = outer.asked_in(&outer.path("notes"), &[]);
    assert_eq!(String::from_utf8(bare.stdout).expect("is UTF-8"), page);
}

#[test]
fn what_cannot_be_tested_says_why() {
    let outer = Outer::accepted();
    outer.write("scripts/other.rhai", "no script");
    let page = [outer.said(&["other"]), outer.said(&["duites"]), outer.said(&["unknown"])];
    insta::assert_snapshot!(page.concat());
    let nothing = tempfile::tempdir().expect("a folder");
    assert_eq!(outer.asked_in(nothing.path(), &[]).status.code(), Some(2));
    fs::create_dir(nothing.path().join("scripts")).expect("made");
    assert_eq!(outer.asked_in(nothing.path(), &[]).status.code(), Some(2));
}

#[test]
fn a_script_that_is_also_a_standard_one_is_tested_as_it_stands_here() {
    let outer = Outer::new();
    fs::rename(outer.path("scripts/duties"), outer.path("scripts/code-matrix")).expect("moved");
    let yaml = "title: T\nroles: [{ id: coach }]\nanalyses: [{ use: code-matrix }]\n";
    outer.write("scripts/code-matrix/study.yaml", yaml);
    outer.write("scripts/code-matrix.rhai", &format!("{HEADER}{BODY}"));
    let page = outer.said(&["code-matrix"]);
    assert!(page.contains("2 statements ascribe a duty, 1 a right."), "{page}");
}
