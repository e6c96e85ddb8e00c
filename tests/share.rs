//! Does a copy to share hold nothing that may not be shared, and is it still a study?

#[path = "share/cells.rs"]
mod cells;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use parallax_engine::check::{Checked, check_folder};
use parallax_engine::folder::Folder;
use parallax_engine::share::{Copy, Refused, Terms, Words, copy};

/// The repository's root, from where `core/cli` runs its tests.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A study with everything that a copy must not hold, marked.
fn informants() -> Checked {
    check_folder(&root().join("tests/share/informants"))
}

fn copied(checked: &Checked, words: Words) -> Copy {
    let terms = Terms { words, today: "2026-11-27".parse().expect("a day"), license: None };
    copy(checked, terms).expect("a copy")
}

/// The files of a copy, one below the other.
fn text(folder: &Folder) -> String {
    let files = folder.files.iter().chain(&folder.scripts);
    let texts = files.map(|found| {
        format!("== {}\n{}\n", found.name, String::from_utf8(found.bytes.clone()).expect("a text"))
    });
    texts.collect()
}

/// The marked words in a text: `WORD-ADA-NOTE`.
fn marked(text: &str) -> BTreeSet<String> {
    let words = text.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
    words.filter(|word| word.starts_with("WORD-")).map(str::to_owned).collect()
}

/// Whether a name stands in a text as a word.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        !is_letter(text[..at].chars().next_back())
            && !is_letter(text[at + name.len()..].chars().next())
    })
}

fn parallax(study: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.arg("-C").arg(study).args(["--today", "2026-11-27"]).args(arguments);
    command.output().expect("the command starts")
}

/// A folder of its own with the files of another, but for what was written there by a run.
fn in_a_folder(study: &Path) -> tempfile::TempDir {
    fn put(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder").flatten() {
            let to = to.join(entry.file_name());
            match entry.path() {
                path if path.ends_with("out") => {}
                path if path.is_dir() => put(&path, &to),
                path => drop(fs::copy(path, to).expect("copied")),
            }
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    put(study, folder.path());
    folder
}

/// The seed study, with few readings: every one takes long where nothing is optimised.
fn seed() -> tempfile::TempDir {
    let folder = in_a_folder(&root().join("studies/vso-internships"));
    let path = folder.path().join("study.yaml");
    let settings = fs::read_to_string(&path).expect("study.yaml");
    let settings = settings.replace("\nrobustness:", "\nrobustness:\n  limit: 2");
    fs::write(path, settings).expect("written");
    folder
}

#[test]
fn the_copy_of_a_study_reads_like_this() {
    let checked = informants();
    let copy = copied(&checked, Words::ToQuote);
    insta::assert_snapshot!(format!("{}{:#?}", text(&copy.folder), copy.left_out));
}

#[test]
fn what_is_asked_of_an_analysis_stays_where_it_can_be_nobodys_words() {
    let folder = in_a_folder(&root().join("tests/share/informants"));
    let path = folder.path().join("study.yaml");
    let settings = fs::read_to_string(&path).expect("study.yaml");
    let sha256 = "c0de".repeat(16);
    let settings = settings
        .replace(
            "- use: code-states",
            &format!("- {{ use: one, version: 1.0.0, sha256: {sha256} }}"),
        )
        .replace(
            "- use: duty-map",
            "- { use: two, version: WORD-ADA-NOTE, sha256: WORD-ADA-QUOTE }",
        );
    fs::write(path, settings).expect("written");
    let text = text(&copied(&check_folder(folder.path()), Words::None).folder);
    assert!(marked(&text).is_empty(), "{:?}", marked(&text));
    assert!(text.contains(&sha256) && text.contains("1.0.0") && text.contains("two"), "{text}");
}

#[test]
fn words_stay_with_the_consent_of_whoever_said_them_and_no_others() {
    let checked = informants();
    let held = |words| marked(&text(&copied(&checked, words).folder));
    // T4's consent has ended, and X6 is in no reading.
    let of_t1 = ["COVERAGE", "NOTE", "QUOTE"].map(|what| format!("WORD-ADA-{what}"));
    let of_c2 = ["CONDITION", "NOTE", "QUOTE"].map(|what| format!("WORD-BEA-{what}"));
    assert_eq!(held(Words::None), BTreeSet::new());
    assert_eq!(held(Words::ToPassOn), of_t1.clone().into());
    assert_eq!(held(Words::ToQuote), of_t1.into_iter().chain(of_c2).collect());
    let before = copy(
        &checked,
        Terms {
            words: Words::ToPassOn,
            today: "2026-01-31".parse().expect("a day"),
            license: None,
        },
    );
    let before = marked(&text(&before.expect("a copy").folder));
    assert!(before.contains("WORD-DAN-NOTE"), "consent holds on its last day");
}

#[test]
fn no_name_of_anybody_and_no_hidden_name_is_in_any_file() {
    let checked = informants();
    for words in [Words::None, Words::ToQuote, Words::ToPassOn] {
        let text = text(&copied(&checked, words).folder);
        for id in ["T1", "C2", "T3", "T4", "W5", "X6", "X7", "C8", "C9"] {
            assert!(!has_word(&text, id), "{id} under {words:?}");
        }
        for hidden in ["oak lane", "rijnmond", "interviewer", "2025-04-11"] {
            assert!(!text.to_lowercase().contains(hidden), "{hidden} under {words:?}");
        }
    }
}

#[test]
fn words_that_are_anybodys_stay_when_everybody_agrees() {
    let folder = in_a_folder(&root().join("tests/share/informants"));
    let path = folder.path().join("participants.csv");
    let people = fs::read_to_string(&path).expect("participants.csv");
    let agreeing = people.lines().map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        match cells[0] {
            "id" => format!("{line}\n"),
            _ => format!("{},share,,{}\n", cells[..5].join(","), cells[7..].join(",")),
        }
    });
    fs::write(path, agreeing.collect::<String>()).expect("written");
    let held = marked(&text(&copied(&check_folder(folder.path()), Words::ToPassOn).folder));
    for word in ["WORD-CLAIM", "WORD-CONSTRAINT", "WORD-NOBODY-QUOTE", "WORD-ALL-COVERAGE"] {
        assert!(held.contains(word), "{word}");
    }
    // Whoever withdrew or is in no reading is not in the copy, whatever they agreed to.
    assert!(!held.iter().any(|word| word.contains("-EVE-") || word.contains("-FAY-")), "{held:?}");
}

#[test]
fn a_hidden_name_within_an_id_is_refused() {
    let folder = in_a_folder(&root().join("tests/share/informants"));
    let tables = ["codes", "statements", "coverage", "claims", "constraints", "excerpts"];
    for name in tables.map(|table| folder.path().join(format!("{table}.csv"))) {
        let table = fs::read_to_string(&name).expect("a table");
        let named = table.replace(",visit,", ",of.rijnmond,").replace("\nvisit,", "\nof.rijnmond,");
        fs::write(name, named).expect("written");
    }
    let terms =
        Terms { words: Words::None, today: "2026-11-27".parse().expect("a day"), license: None };
    let refused = copy(&check_folder(folder.path()), terms).map(|copy| copy.left_out);
    assert_eq!(refused, Err(Refused::HiddenName("codes.csv".to_owned(), 3)));
    let said = parallax(folder.path(), &["report", "--share"]);
    assert_eq!(said.status.code(), Some(1));
    let error = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        error.contains("would stand in codes.csv of the copy, line 3; nothing was written"),
        "{error}"
    );
    assert!(!folder.path().join("out/share").exists());
}

#[test]
fn a_copy_of_a_copy_is_made() {
    let first = copied(&informants(), Words::ToPassOn);
    let folder = tempfile::tempdir().expect("a folder");
    for found in first.folder.files.iter().chain(&first.folder.scripts) {
        let path = folder.path().join(&found.name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, &found.bytes).expect("written");
    }
    let second = copied(&check_folder(folder.path()), Words::ToPassOn);
    // Nobody's consent is in a copy.
    assert_eq!(marked(&text(&second.folder)), BTreeSet::new());
    assert_eq!(second.left_out.people, 0);
    assert_eq!(second.left_out.claims, Vec::<String>::new());
}

#[test]
fn a_shared_report_of_the_seed_study_names_nobody_and_repeats_nobody() {
    let seed = seed();
    let done = parallax(seed.path(), &["report", "--share"]);
    let error = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(0), "{error}");
    let said =
        String::from_utf8_lossy(&done.stdout).replace(&seed.path().display().to_string(), "");
    insta::assert_snapshot!(said);
    let tables = check_folder(seed.path());
    let people: Vec<String> = tables
        .study
        .as_ref()
        .expect("a study")
        .participants()
        .ids
        .iter()
        .map(str::to_owned)
        .collect();
    let words = cells::words(&tables);
    assert!(people.len() == 17 && words.len() > 150, "{}", words.len());
    for name in ["report.html", "report.md", "findings.json"] {
        let text = fs::read_to_string(seed.path().join("out/share").join(name)).expect("written");
        for id in &people {
            assert!(!has_word(&text, id), "{id} in {name}");
        }
        for words in &words {
            assert!(!text.contains(words.as_str()), "{words} in {name}");
        }
    }
    let page = fs::read_to_string(seed.path().join("out/share/report.html")).expect("written");
    assert!(page.contains("Copy to share") && !page.contains("Full copy"));
    // A full report has what was looked for.
    let full = seed.path().join("full");
    let done = parallax(seed.path(), &["report", "--to", full.to_str().expect("a path")]);
    assert_eq!(done.status.code(), Some(0));
    let full = fs::read_to_string(full.join("report.html")).expect("written");
    assert!(full.contains("Full copy") && !full.contains("Copy to share"));
    assert!(words.iter().filter(|words| full.contains(words.as_str())).count() > 50);
    assert!(people.iter().all(|id| has_word(&full, id)));
    assert!(!seed.path().join("out/report.html").exists());
}

#[test]
fn a_report_of_numbers_holds_nobodys_words_and_one_of_quotes_those_of_whoever_agreed() {
    let study = in_a_folder(&root().join("tests/share/informants"));
    let to = study.path().join("elsewhere");
    let to = to.to_str().expect("a path");
    let held = |share: &str| {
        let done = parallax(study.path(), &["report", share, "--to", to]);
        let error = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!error.contains("nothing was written"), "{error}");
        let page = fs::read_to_string(Path::new(to).join("report.html")).expect("written");
        marked(&page)
    };
    assert_eq!(held("--share=numbers"), BTreeSet::new());
    let quotes = held("--share");
    assert!(quotes.contains("WORD-ADA-NOTE") && quotes.contains("WORD-BEA-NOTE"), "{quotes:?}");
    assert!(
        quotes.iter().all(|word| word.contains("-ADA-") || word.contains("-BEA-")),
        "{quotes:?}"
    );
}
