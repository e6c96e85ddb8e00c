//! Does the program help to write a script: begin one, see what is wrong with it, look up a word?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use parallax_engine::shelf::reference;

/// A header that is as it should be, with a body that uses all of it.
const HEADER: &str = "//! Who says what? Everything is counted.\n//! ---\n//! version: 1.0.0\n\
    //! title: { en: Trial, nl: Proef }\n\
    //! question: { nl: Wie zegt wat? }\n//! method: { nl: Alles wordt geteld. }\n\
    //! parameters:\n//!   least: { type: integer, default: 2, help: At least so many. }\n\
    //! templates:\n//!   row: { title: \"{code}\", sentence: { en: \"{n} of them.\", nl: \"{n} ervan.\" } }\n\
    //! caveats: { few: { en: These are few., nl: Dit zijn er weinig. } }\n\
    //! words: { n: { en: how many, nl: hoeveel }, rows: { en: rows, nl: rijen } }\n";

/// Lines that use everything that the header declares.
const USES: &str = "let f = finding(\"all\", \"row\");\nf.value(\"code\", reading.codes()[0]);\n\
    f.measure(\"n\", parameters.least);\nf.caveat(\"few\");\nf.table(table(\"rows\", [\"n\"]));\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A snapshot without the expression that gave it.
macro_rules! assert_text {
    ($name:expr, $text:expr $(,)?) => {
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($name, $text) })
    };
}

/// A small study in a folder of its own, in which to call the command.
struct Folder(tempfile::TempDir);

impl Folder {
    /// The study of the README, in a language.
    fn of_study(language: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        folder.write(
            "study.yaml",
            &format!(
                "title: Who watches the logbook?\nlanguage: {language}\nroles:\n  \
                 - {{ id: coach, label: coach }}\n  - {{ id: teacher, label: teacher }}\n"
            ),
        );
        folder.write("participants.csv", "id,case,title\nC1,north,coach\nT1,north,teacher\n");
        folder.write("codes.csv", "id,label\nlogbook,watch the logbook\n");
        folder.write(
            "statements.csv",
            "id,speaker,code,modality,bearer\ns1,C1,logbook,duty,teacher\n",
        );
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap_or_default()
    }

    /// What a command says, both streams, and its status.
    fn said(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        let output =
            command.args(arguments).current_dir(self.0.path()).output().expect("it starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let status = output.status.code().unwrap_or(-1);
        let said = format!("{}{}= {status}\n", text(&output.stderr), text(&output.stdout));
        let real = fs::canonicalize(self.0.path()).expect("a folder").display().to_string();
        said.replace(&real, "FOLDER").replace(&self.0.path().display().to_string(), "FOLDER")
    }
}

#[test]
fn a_new_script_runs_at_once_and_checks_clean() {
    for language in ["en", "nl"] {
        let folder = Folder::of_study(language);
        let told = folder.said(&["script", "new", "who-decides"]);
        assert!(told.ends_with("= 0\n"), "{told}");
        let strict = folder.said(&["script", "check", "--strict"]);
        assert!(strict.contains("no problems") && strict.ends_with("= 0\n"), "{strict}");
        let small = folder.said(&["check", "--strict", "scripts/who-decides"]);
        assert!(small.contains("no problems") && small.ends_with("= 0\n"), "{small}");
        let ran = folder.said(&["run", "--only", "who-decides"]);
        assert!(ran.ends_with("= 0\n"), "{ran}");
        let found = folder.read("out/findings.json");
        let sentence = match language {
            "en" => "1 of 1 codes have 1 or more statements.",
            _ => "1 van 1 codes hebben 1 of meer uitspraken.",
        };
        assert!(found.contains(sentence), "{found}");
        assert_eq!(folder.read("scripts/who-decides.rhai").contains("nl:"), language == "nl");
        if language == "en" {
            assert_text!("new", told);
        }
    }
}

#[test]
fn a_new_script_says_of_an_empty_study_that_there_is_nothing_to_count() {
    let folder = Folder::of_study("en");
    folder.said(&["script", "new", "who-decides"]);
    folder.write("statements.csv", "id,speaker,code,modality,bearer\n");
    let ran = folder.said(&["run", "--only", "who-decides"]);
    assert!(ran.ends_with("= 0\n"), "{ran}");
    assert!(folder.read("out/findings.json").contains("no statement affirms anything"));
}

#[test]
fn nothing_is_overwritten_and_bad_names_are_told_how_to_be_better() {
    let folder = Folder::of_study("en");
    folder.said(&["script", "new", "who-decides"]);
    folder.write("scripts/who-decides.rhai", "mine");
    let mut told = String::new();
    for id in
        ["who-decides", "Who Decides.rhai", "../outside", "code-matrix", "expectation-mismatch"]
    {
        told += &format!("── {id}\n{}", folder.said(&["script", "new", id]));
    }
    assert_text!("refused", told);
    assert_eq!(folder.read("scripts/who-decides.rhai"), "mine");
    let written = fs::read_dir(folder.0.path().join("scripts")).expect("a folder").count();
    assert_eq!(written, 2, "the script and its small study");
}

#[test]
fn a_study_that_lists_its_analyses_is_told_to_add_the_new_one() {
    let folder = Folder::of_study("en");
    let settings = folder.read("study.yaml");
    folder.write("study.yaml", &format!("{settings}analyses:\n  - use: code-matrix\n"));
    let told = folder.said(&["script", "new", "who-decides"]);
    assert!(told.contains("add `- use: who-decides` to `analyses` in study.yaml"), "{told}");
}

#[test]
fn problems_of_scripts_are_shown_like_those_of_tables() {
    let folder = Folder::of_study("en");
    let wrong = HEADER.replace("rows: { en: rows, nl: rijen }", "rowz: { en: rows, nl: rijen }");
    folder
        .write("scripts/wrong.rhai", &format!("{wrong}let c = reading.code(\"logbok\");\n{USES}f"));
    folder.write("scripts/right.rhai", &format!("{HEADER}{USES}f"));
    folder.write("scripts/broken.rhai", &format!("{HEADER}let f = [1, 2;\nf"));
    let mut told = String::new();
    for arguments in [
        &["script", "check"][..],
        &["script", "check", "wrong", "--format", "short"],
        &["script", "check", "wrong", "--format", "github"],
        &["script", "check", "wrong", "--format", "json"],
        &["script", "check", "scripts/right.rhai"],
        &["script", "check", "rigth"],
        &["check", "--format", "short"],
    ] {
        told += &format!("── {}\n{}", arguments.join(" "), folder.said(arguments));
    }
    assert_text!("shown", told);
}

#[test]
fn what_a_script_prints_shows_what_it_holds() {
    let folder = Folder::of_study("en");
    let values = [
        "reading.statements()",
        "reading.participants().list()",
        "reading.units()",
        "reading.cells(item(\"logbook\", \"own\"))",
        "reading.positions(\"participants\")",
        "reading.statements().by(\"role\")",
        "reading.statements().crosstab(\"role\", \"bearer\")",
        "reading.statements().values(\"code\")",
        "reading.statements().evidence()",
        "{ let c = counter(); c.add(\"a\"); c }",
        "[fraction(1, 2), range(1, 3)]",
    ];
    let prints: String = values.iter().map(|value| format!("print({value});\n")).collect();
    folder.write("scripts/own.rhai", &format!("{HEADER}{prints}not_available(\"x\")"));
    let told = folder.said(&["-v", "run", "--only", "own"]);
    let printed: Vec<&str> = told.lines().filter(|line| line.starts_with("own: ")).collect();
    assert_text!("printed", printed.join("\n"));
}

#[test]
fn a_script_that_cannot_run_is_what_run_and_trace_speak_of() {
    let folder = Folder::of_study("en");
    folder.write("scripts/broken.rhai", &format!("{HEADER}let f = [1, 2;\nf"));
    let told = folder.said(&["run", "--only", "broken"]);
    assert!(told.contains("nothing was run; mend scripts/broken.rhai first\n= 1"), "{told}");
    folder.write(
        "scripts/broken.rhai",
        &format!("{HEADER}{}[f, f]", USES.replace("codes()[0]", "codes().first()")),
    );
    let told = folder.said(&["trace", "broken/all"]);
    assert!(told.contains("a finding needs evidence") && told.ends_with("= 1\n"), "{told}");
}

#[test]
fn an_analysis_that_the_study_does_not_list_is_told_where_to_go() {
    let folder = Folder::of_study("en");
    let settings = folder.read("study.yaml");
    folder.write("study.yaml", &format!("{settings}analyses:\n  - use: code-matrix\n"));
    let told = folder.said(&["run", "--only", "position-clusters"]);
    assert!(told.contains("add `- use: position-clusters` there\n= 2"), "{told}");
}

#[test]
fn a_folder_of_scripts_without_a_study_is_checked_too() {
    let folder = Folder(tempfile::tempdir().expect("a folder"));
    folder.write("scripts/right.rhai", &format!("{HEADER}{USES}f"));
    folder.write("scripts/wrong.rhai", &format!("{HEADER}{USES}g"));
    folder.write("scripts/shared/sums.rhai", "//! How much is it?\n\nfn sum_of(list) { lsit }\n");
    let told = folder.said(&["script", "check", "--format", "short"]);
    assert!(told.contains("scripts/wrong.rhai:18:1: error[P402]: nothing is called `g`"), "{told}");
    assert!(told.contains("scripts/shared/sums.rhai:3:"), "{told}");
    assert!(told.contains("2 scripts\n2 errors\n= 1\n"), "{told}");
}

#[test]
fn a_warning_is_an_error_only_when_asked() {
    let folder = Folder::of_study("en");
    folder.write(
        "scripts/spare.rhai",
        &format!("{HEADER}{USES}f").replace("f.caveat(\"few\");\n", ""),
    );
    assert!(folder.said(&["script", "check"]).ends_with("= 0\n"));
    assert!(folder.said(&["script", "check", "--strict"]).ends_with("= 1\n"));
    folder.write("study.yaml", "title: [");
    let told = folder.said(&["script", "check"]);
    assert!(told.contains("were not looked up"), "{told}");
}

#[test]
fn the_reference_is_that_of_the_program() {
    let path = root().join("docs/script-reference.md");
    let page = reference::page();
    if std::env::var_os("PARALLAX_WRITE_REFERENCE").is_some() {
        fs::write(&path, &page).expect("docs/ can be written");
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/script-reference.md is out of date: run the tests with PARALLAX_WRITE_REFERENCE=1"
    );
}

#[test]
fn a_word_is_looked_up() {
    let folder = Folder::of_study("en");
    let mut told = String::new();
    for word in ["count", "modality", "sub_string", "fliter", "qwerty"] {
        told += &format!("── {word}\n{}", folder.said(&["script", "docs", word]));
    }
    assert_text!("docs", told);
    assert_eq!(folder.said(&["script", "docs"]), format!("{}= 0\n", reference::page()));
}
