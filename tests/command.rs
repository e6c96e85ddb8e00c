//! Does the command keep its promises to whoever calls it: status, streams, files and words?

use std::collections::BTreeMap;
use std::fs;
use std::io::pipe;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

/// The seed study in a folder of its own.
struct Study {
    folder: tempfile::TempDir,
}

impl Study {
    fn seed() -> Self {
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
        let folder = tempfile::tempdir().expect("a folder");
        for entry in fs::read_dir(seed).expect("the seed study").flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
            }
        }
        let study = Self { folder };
        // Every reading of the seed study takes long where nothing is optimised.
        study.edit("study.yaml", |text| text.replace("\nrobustness:", "\nrobustness:\n  limit: 2"));
        study
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn edit(&self, name: &str, edit: impl Fn(String) -> String) {
        let text = fs::read_to_string(self.path(name)).expect("a text");
        fs::write(self.path(name), edit(text)).expect("written");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.arg("-C").arg(self.folder.path()).args(arguments).env("RUST_BACKTRACE", "0");
        command
    }

    fn asked(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command starts")
    }

    /// Every file below `out/` with its bytes, but for the one by which runs wait.
    fn written(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path("out")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path if path.ends_with(".lock") => {}
                    path => drop(files.insert(path.clone(), fs::read(path).expect("read"))),
                }
            }
        }
        files
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("is UTF-8")
}

/// The exit status, and what stands on standard error for when it is another one.
fn ended(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), text(&output.stderr))
}

#[test]
fn the_help_is_as_it_was_agreed() {
    let study = Study::seed();
    insta::assert_snapshot!(text(&study.asked(&["-h"]).stdout));
    for verb in ["check", "run", "robustness", "trace", "explain"] {
        let output = study.asked(&[verb, "--help"]);
        assert!(text(&output.stdout).contains("Usage: parallax"), "{verb}");
        assert_eq!(output.status.code(), Some(0), "{verb}");
    }
}

#[test]
fn the_status_says_how_it_went() {
    let study = Study::seed();
    for (arguments, status) in [
        (&["check"][..], 0),
        (&["check", "--strict"], 1),
        (&["run", "--only", "code-matrix"], 0),
        (&["robustness", "--only", "duty-map"], 0),
        (&["robustness", "--only", "no-such-analysis"], 2),
        (&["explain", "R201"], 0),
        (&["explain", "code-matrix"], 0),
        (&["trace", "expectation-mismatch/documents/overall"], 0),
        (&["trace", "expectation-mismatch/"], 2),
        (&["trace", "nothing/of/the/kind"], 2),
        (&["trace", ""], 2),
        (&["trace", "claims/K999"], 2),
        (&["trace", "claims@no-such-mapping/K24"], 2),
        (&["explain", "contradicted"], 0),
        (&["explain", "denominator"], 0),
        (&["explain", "R999"], 2),
        (&["run", "--only", "no-such-analysis"], 2),
        (&["run", "--mapping", "no-such-mapping"], 2),
        (&["run", "--threads", "0"], 2),
        (&["run", "--threads", "100000"], 2),
        (&["check", "no-such-folder"], 2),
        (&["check", "--no-such-option"], 2),
        (&["no-such-verb"], 2),
    ] {
        let output = study.asked(arguments);
        let (ended, said) = ended(&output);
        assert_eq!(ended, Some(status), "{arguments:?}: {said}");
        assert!(status == 0 || !said.is_empty(), "{arguments:?} fails and says nothing");
    }
    fs::remove_dir_all(study.path("out")).expect("was written");
    study.edit("statements.csv", |text| text.replacen("affirm", "afirm", 1));
    for arguments in [&["check"][..], &["run"], &["trace", "code-matrix/overview"]] {
        assert_eq!(ended(&study.asked(arguments)).0, Some(1), "{arguments:?}");
    }
    assert!(!study.path("out").exists(), "a study with errors gets no report");
}

#[test]
fn what_was_meant_is_suggested() {
    let study = Study::seed();
    for (arguments, meant) in [
        (&["explain", "contradictd"], "did you mean `contradicted`?"),
        (&["explain", "postion-clusters"], "did you mean `position-clusters`?"),
        (&["explain", "qwertyuiop"], "`parallax explain` lists them all"),
        (&["trace", "claims/KK24"], "did you mean `K24`?"),
        (&["trace", "claims/K999"], "claims.csv has 66 claims, from K01 to K95"),
    ] {
        let said = ended(&study.asked(arguments)).1;
        assert!(said.contains(&format!("help: {meant}")), "{arguments:?}: {said}");
    }
}

#[test]
fn a_reader_who_stops_reading_is_no_failure() {
    let study = Study::seed();
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "github"],
        &["run", "--only", "code-matrix"],
        &["run", "--only", "code-matrix", "--format", "json"],
        &["trace", "expectation-mismatch/documents/overall"],
        &["explain"],
        &["-vvv", "run", "--only", "code-matrix"],
    ] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let said = writer.try_clone().expect("a second end");
        let status = study.command(arguments).stdout(writer).stderr(said).status();
        assert_eq!(status.expect("it ends").code(), Some(0), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_a_failure() {
    let study = Study::seed();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("always full");
    let output = study.command(&["check"]).stdout(full).stderr(Stdio::piped()).output();
    let (status, said) = ended(&output.expect("it ends"));
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains("the result could not be written"), "{said}");
}

#[test]
fn findings_that_cannot_be_written_leave_what_was_there() {
    let study = Study::seed();
    fs::write(study.path("out"), "a file of somebody").expect("written");
    let output = study.asked(&["run", "--only", "code-matrix"]);
    assert_eq!(ended(&output).0, Some(3), "{}", ended(&output).1);
    assert_eq!(fs::read(study.path("out")).expect("read"), b"a file of somebody");
    fs::remove_file(study.path("out")).expect("removed");

    fs::create_dir_all(study.path("out/findings.json")).expect("a folder in the way");
    assert_eq!(ended(&study.asked(&["run", "--only", "code-matrix"])).0, Some(3));
    assert!(study.written().is_empty(), "half a result: {:?}", study.written().keys());
}

#[test]
fn programs_get_json_and_nothing_else() {
    let study = Study::seed();
    study.edit("statements.csv", |text| text.replacen("affirm", "afirm", 1));
    let checked = study.asked(&["-vvv", "check", "--format", "json"]);
    let problems: Json = serde_json::from_slice(&checked.stdout).expect("is JSON");
    assert!(problems["problems"].as_array().is_some_and(|all| all.len() > 2), "{problems}");
    study.edit("statements.csv", |text| text.replacen("afirm", "affirm", 1));
    let ran = study.asked(&["-vvv", "run", "--format", "json"]);
    let findings: Json = serde_json::from_slice(&ran.stdout).expect("is JSON");
    assert_eq!(fs::read(study.path("out/findings.json")).expect("written"), ran.stdout);
    let first = findings["findings"][0]["id"].as_str().expect("has an id").to_owned();
    let traced = study.asked(&["trace", &first, "--format", "json"]);
    let finding: Json = serde_json::from_slice(&traced.stdout).expect("is JSON");
    assert_eq!(finding["id"].as_str(), Some(&*first));
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let study = Study::seed();
    let mut seen = Vec::new();
    for threads in ["1", "4", "1", "4"] {
        let output = study.asked(&["run", "--fresh", "--threads", threads]);
        assert_eq!(ended(&output).0, Some(0), "{}", ended(&output).1);
        seen.push((study.written(), output.stdout));
    }
    assert_eq!(seen[0].0.len(), 5, "{:?}", seen[0].0.keys());
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "the bytes differ");
}

/// A word that stands in texts and nowhere else.
const MARKER: &str = "Quokkawoord";

#[test]
fn nobody_s_words_are_logged() {
    let study = Study::seed();
    study.edit("statements.csv", |text| with_words(&text, &["note", "condition"]));
    study.edit("constraints.csv", |text| with_words(&text, &["note"]));
    study.edit("coverage.csv", |text| with_words(&text, &["note"]));
    study.edit("excerpts.csv", |text| {
        let rows = text.lines().enumerate();
        let words = |row| if row == 0 { "text" } else { MARKER };
        rows.map(|(row, line)| format!("{line},{}\n", words(row))).collect()
    });
    for broken in [false, true] {
        if broken {
            study.edit("statements.csv", |text| text.replace("affirm", "afirm"));
            study.edit("excerpts.csv", |text| text.replacen(MARKER, "\"Quokkawoord", 1));
        }
        for format in ["full", "short", "json", "github"] {
            for verb in [&["check"][..], &["run"], &["robustness", "--only", "duty-map"]] {
                let output = study.asked(&[&["-vvv", "--format", format], verb].concat());
                let (status, said) = ended(&output);
                assert_eq!(status, Some(i32::from(broken)), "{verb:?} {format}: {said}");
                assert!(!said.contains(MARKER), "{verb:?} {format}: {said}");
                let result = text(&output.stdout);
                assert!(!result.contains(MARKER), "{verb:?} {format}: {result}");
            }
        }
    }
    let report = fs::read_to_string(study.path("out/report.md")).expect("was written");
    assert!(report.contains(MARKER), "the marker reached no text column: the test tests nothing");
}

/// A table whose cells in these columns are all the marker. The seed study's cells hold no line
/// breaks.
fn with_words(table: &str, columns: &[&str]) -> String {
    let mut rows = table.lines().map(cells);
    let header = rows.next().expect("a header");
    let mut written = header.join(",") + "\n";
    for mut row in rows {
        for (cell, name) in row.iter_mut().zip(&header) {
            if columns.contains(&&**name) {
                MARKER.clone_into(cell);
            }
        }
        written.push_str(&(row.join(",") + "\n"));
    }
    written
}

/// The cells of a line, as they are written.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        quoted ^= c == '"';
        match (c, quoted, cells.last_mut()) {
            (',', false, _) => cells.push(String::new()),
            (_, _, Some(cell)) => cell.push(c),
            _ => {}
        }
    }
    cells
}

#[test]
fn a_terminal_is_told_nothing_by_a_study() {
    let study = Study::seed();
    let title = r#"en: "\e[2J\e]0;owned\a\x9b2J\u202e in seen" #"#;
    study.edit("study.yaml", |text| text.replacen("en: Internships in", title, 1));
    let bad = "\u{1b}[31m\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
    study.edit("participants.csv", |text| text.replace("Mentor", &format!("Mentor{bad}")));
    for format in ["full", "short", "json", "github"] {
        for colour in ["always", "never"] {
            for verb in [&["check"][..], &["run", "--only", "code-matrix"]] {
                let arguments = [verb, &["--format", format, "--color", colour]].concat();
                let output = study.asked(&arguments);
                let said = text(&output.stdout) + &text(&output.stderr);
                assert!(!said.contains(['\u{7}', '\u{9b}', '\u{202e}']), "{verb:?} {format}");
                assert!(
                    colour == "always" || !said.contains('\u{1b}'),
                    "{verb:?} {format}: {said:?}"
                );
                let told = said.split('\u{1b}').skip(1);
                let beyond_colour =
                    told.filter(|told| !told.starts_with('[') || told.starts_with("[2"));
                assert_eq!(beyond_colour.count(), 0, "{verb:?} {format}: {said:?}");
            }
        }
    }
}

/// Who says what another thinks is not shown as saying it.
#[test]
fn a_perceived_view_is_shown_as_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/numbers/co-orientation");
    let copy = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder).expect("the study") {
        let entry = entry.expect("a file");
        if entry.file_type().expect("a type").is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("copied");
        }
    }
    let path = copy.path().to_str().expect("a plain path");
    let parallax = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_parallax"))
            .args(arguments)
            .env("NO_COLOR", "1")
            .output()
            .expect("the program starts")
    };
    let ran = parallax(&["run", path, "--only", "co-orientation"]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let told = parallax(&["-C", path, "trace", "co-orientation/pair/c/a-b"]);
    let told = String::from_utf8(told.stdout).expect("UTF-8");
    assert!(told.contains("denies “k3” · as the view of b · view"), "{told}");
    let page = fs::read_to_string(copy.path().join("out/report.html")).expect("a report");
    assert!(page.contains("as the view of a"));
}
