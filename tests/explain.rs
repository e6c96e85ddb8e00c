//! Is what `explain` says of a message true, and does it say something of everything?
//!
//! The examples of a page are put into a small study: what it calls wrong gives that message and
//! no other, what it calls right gives none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use parallax_engine::check::check_folder;
use parallax_model::{Check, Kind, Verdict};
use serde_json::Value;

/// Messages about files and tables whose page has no example that can be run, and why.
const WITHOUT_EXAMPLE: [(&str, &str); 13] = [
    ("F001", "what is wrong is a file that is not there"),
    ("F002", "what is wrong is a folder"),
    ("F003", "what is wrong is a link"),
    ("F004", "what is wrong is the computer's permission or disk"),
    ("F005", "what is wrong is that there is nothing to show"),
    ("F006", "the characters that are wrong cannot be shown"),
    ("F007", "the page is in UTF-8, and what is wrong is not"),
    ("F008", "what is wrong is invisible"),
    ("F009", "a cell of 16 MiB is no small example"),
    ("F011", "what is wrong is the name of a second file"),
    ("F012", "what is wrong is the name of a second file"),
    ("S114", "a file that grows beyond all bounds is no small example"),
    ("R242", "what is wrong is what somebody trusts, in tests/trust.rs"),
];

/// Messages that no folder of `tests/faults` gives, and where else they are provoked.
const WITHOUT_FOLDER: [(&str, &str); 8] = [
    ("F003", "a link out of the folder, in this file"),
    ("F004", "a link to nothing, in this file"),
    ("F009", "a cell of 200 megabytes, in tests/faults.rs"),
    ("F012", "two names that not every system can tell apart, in tests/harm.rs"),
    ("R229", "the example of its page: only the shelf knows which analyses there are"),
    ("R230", "the example of its page: only the shelf knows their parameters"),
    ("R241", "the example of its page: only the shelf knows their versions"),
    ("R242", "a plugin that somebody trusts, in tests/trust.rs"),
];

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

/// What the program printed, and its exit status.
fn asked(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["--today", "2026-01-01"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command starts");
    (String::from_utf8(output.stdout).expect("is UTF-8"), output.status.code())
}

fn explained(subject: &str) -> String {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let (page, status) = asked(nowhere.path(), &["explain", subject]);
    assert_eq!(status, Some(0), "`parallax explain {subject}` fails");
    assert!(page.lines().count() >= 3, "`parallax explain {subject}` says nothing:\n{page}");
    page
}

/// The codes of what is wrong with a study, as the command finds it.
fn codes(folder: &Path) -> BTreeSet<String> {
    let (text, _) = asked(folder, &["check", "--format", "json"]);
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let problems = json["problems"].as_array().expect("a list");
    problems.iter().map(|problem| problem["code"].as_str().expect("a code").to_owned()).collect()
}

/// The same, without what only the day or the shelf of analyses can tell: many times as quick.
fn codes_of_tables(folder: &Path) -> BTreeSet<String> {
    let problems = check_folder(folder).problems;
    problems.iter().map(|located| located.problem.kind.code().to_owned()).collect()
}

#[test]
fn every_message_is_explained_with_its_meaning_and_a_page() {
    for kind in Kind::ALL {
        let shown = explained(kind.code());
        assert!(shown.starts_with(kind.code()), "{shown}");
        let first = kind.meaning().lines().next().expect("a meaning").trim();
        assert!(shown.contains(first), "{shown}");
        assert!(!kind.page().is_empty(), "{} has no page", kind.code());
        assert!(shown.ends_with(&format!("\n\n{}\n", kind.page())), "{shown}");
    }
}

/// The examples of a page.
#[derive(Default)]
struct Examples {
    given: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
    right: BTreeMap<String, String>,
}

/// Reads `Given cases.csv:` and the like, and the lines set in below each.
fn examples(page: &str) -> Examples {
    let mut found = Examples::default();
    let mut into: Option<&mut String> = None;
    for line in page.lines() {
        let opening = line.strip_suffix(':').and_then(|line| {
            ["Given ", "Wrong in ", "Right in "].into_iter().find_map(|word| {
                let file = line.strip_prefix(word)?;
                (!file.contains(' ') && file.contains('.')).then_some((word, file))
            })
        });
        if let Some((word, file)) = opening {
            let files = match word {
                "Given " => &mut found.given,
                "Wrong in " => &mut found.wrong,
                _ => &mut found.right,
            };
            into = Some(files.entry(file.to_owned()).or_default());
        } else if let (Some(text), Some(shown)) = (&mut into, line.strip_prefix("    ")) {
            text.push_str(shown);
            text.push('\n');
        } else {
            into = None;
        }
    }
    found
}

/// The small study into which examples are put.
const STUDY: [(&str, &str); 4] = [
    (
        "study.yaml",
        "title: Who decides on the ward
roles:
  - { id: nurse, label: Charge nurse }
  - { id: doctor, label: Registrar }
  - { id: family, label: relatives, kind: other }
",
    ),
    (
        "participants.csv",
        "id,case,title
N1,north,Charge nurse
D1,north,Registrar
N2,south,Charge nurse
D2,south,Registrar
",
    ),
    (
        "codes.csv",
        "id,parent,label
care,,care at the bedside
care.plan,care,draws up the care plan
care.round,care,leads the round
",
    ),
    (
        "statements.csv",
        "id,speaker,code,modality,bearer
s1,N1,care.plan,duty,self
",
    ),
];

/// The settings of `study` but for those that `example` has, then the example.
fn settings(study: &str, example: &str) -> String {
    let key = |line: &str| {
        let at_margin = !line.starts_with([' ', '#', '\t']);
        line.split_once(':').filter(|_| at_margin).map(|(key, _)| key.to_owned())
    };
    let replaced: BTreeSet<String> = example.lines().filter_map(key).collect();
    let mut kept = true;
    let mut text = String::new();
    for line in study.lines() {
        kept = key(line).map_or(kept, |key| !replaced.contains(&key));
        if kept {
            text.push_str(line);
            text.push('\n');
        }
    }
    text + example
}

/// The codes that the small study gives with these files in it, in which `code` is looked for.
fn codes_with(
    code: &str,
    given: &BTreeMap<String, String>,
    shown: &BTreeMap<String, String>,
) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    let mut yaml = STUDY[0].1.to_owned();
    for (name, text) in STUDY {
        put(name, text);
    }
    for (name, text) in given.iter().chain(shown) {
        if name == "study.yaml" {
            yaml = settings(&yaml, text);
            put(name, &yaml);
        } else {
            put(name, text);
        }
    }
    let by_tables = code.starts_with(['F', 'S', 'R']) && !yaml.contains("analyses:");
    let codes = if by_tables { codes_of_tables } else { codes };
    codes(folder.path()).into_iter().collect()
}

#[test]
fn what_a_page_calls_wrong_gives_its_message_and_what_it_calls_right_gives_none() {
    assert_eq!(codes_with("", &BTreeMap::new(), &BTreeMap::new()), Vec::<String>::new());
    let mut without = Vec::new();
    let mut untrue = Vec::new();
    for kind in Kind::ALL {
        let (code, Examples { given, wrong, right }) = (kind.code(), examples(kind.page()));
        if wrong.is_empty() || right.is_empty() {
            assert!(wrong.is_empty() && right.is_empty() && given.is_empty(), "{code}: one half");
            without.push(code);
            continue;
        }
        let found = codes_with(code, &given, &wrong);
        if found != [code] {
            untrue.push(format!("{code}: what is wrong gives {found:?}"));
        }
        let found = codes_with(code, &given, &right);
        if !found.is_empty() {
            untrue.push(format!("{code}: what is right gives {found:?}"));
        }
    }
    assert!(untrue.is_empty(), "{untrue:#?}");
    without.retain(|code| code.starts_with(['F', 'S', 'R']));
    assert_eq!(without, WITHOUT_EXAMPLE.map(|(code, _)| code));
}

#[test]
fn every_message_about_studies_has_a_study_that_gives_it() {
    let faults = fs::read_dir(tests().join("faults")).expect("the folder is there");
    let mut given = BTreeSet::new();
    for folder in faults.flatten() {
        given.extend(codes_of_tables(&folder.path()));
    }
    let about_studies =
        Kind::ALL.iter().map(|kind| kind.code()).filter(|code| code.starts_with(['F', 'S', 'R']));
    let missing = about_studies.filter(|code| !given.contains(*code));
    assert_eq!(missing.collect::<Vec<_>>(), WITHOUT_FOLDER.map(|(code, _)| code));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_and_one_to_nothing_are_told_apart() {
    for (target, code) in [("codes.csv", "F003"), ("nothing.csv", "F004")] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let elsewhere = tempfile::tempdir().expect("a temporary folder");
        fs::write(elsewhere.path().join("codes.csv"), STUDY[2].1).expect("written");
        for (name, text) in STUDY.iter().filter(|(name, _)| *name != "codes.csv") {
            fs::write(folder.path().join(name), text).expect("written");
        }
        let link = folder.path().join("codes.csv");
        std::os::unix::fs::symlink(elsewhere.path().join(target), link).expect("linked");
        assert_eq!(codes_of_tables(folder.path()), BTreeSet::from([code.to_owned()]));
    }
}

#[test]
fn what_is_wrong_with_a_claim_costs_the_claim_and_its_page_says_so() {
    let claims = "id,text,kind,code,expected\nk1,One nurse draws it up,count,care.plan,1\n";
    let broken = [
        ("", "F005"),
        ("id,text,kind,code,expected\nk1,\"One nurse,count,care.plan,1\n", "S111"),
        ("id,text,kind,code,expected\n,One nurse,count,care.plan,1\n", "S106"),
        ("id,text,kind,code,expected\nk1,One nurse,number,care.plan,1\n", "S103"),
        ("id,text,kind,code,expected\nk1,One nurse,count,care.plna,1\n", "R202"),
        ("id;text;kind;code;expected\nk1,One nurse,count,care.plan,1\n", "S109"),
    ];
    for (text, code) in [(claims, "")].into_iter().chain(broken) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in STUDY.into_iter().chain([("claims.csv", text)]) {
            fs::write(folder.path().join(name), text).expect("written");
        }
        let expected: BTreeSet<String> =
            [code].into_iter().filter(|code| !code.is_empty()).map(str::to_owned).collect();
        assert_eq!(codes_of_tables(folder.path()), expected);
        let (said, _) = asked(folder.path(), &["check"]);
        assert!(said.contains("4 participants"), "{code} costs the study: {said}");
        assert!(code.is_empty() || explained(code).contains("in claims.csv, only"), "{code}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in STUDY {
        fs::write(folder.path().join(name), text).expect("written");
    }
    fs::create_dir(folder.path().join("claims.csv")).expect("made");
    let (said, _) = asked(folder.path(), &["check"]);
    assert!(said.contains("4 participants") && said.contains("1 error"), "{said}");
    // What cannot stand there does not speak of it, and what stands there in the tests does.
    assert!(!explained("R217").contains("claims.csv"));
    let of_claims = codes(&tests().join("faults/claims-of-every-kind-of-mistake"));
    let mut kinds = Kind::ALL.iter().filter(|kind| of_claims.contains(kind.code()));
    assert!(kinds.all(|kind| kind.may_be_about_claims()), "{of_claims:?}");
}

#[test]
fn every_verdict_and_check_is_explained_and_the_list_has_them_and_all_else() {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let (list, status) = asked(nowhere.path(), &["explain"]);
    assert_eq!(status, Some(0));
    let listed = |subject: &str| list.contains(&format!("\n  {subject} "));
    for subject in Verdict::ALL.map(Verdict::word).into_iter().chain(Check::ALL.map(Check::word)) {
        assert!(explained(subject).starts_with(subject), "{subject}");
        assert!(listed(subject), "{subject} is not in the list");
    }
    for kind in Kind::ALL {
        assert!(listed(kind.code()), "{} is not in the list", kind.code());
        let words: Vec<&str> = kind.meaning().split_whitespace().collect();
        let shown: Vec<&str> = list.split_whitespace().collect();
        let whole = shown.windows(words.len()).any(|shown| shown == words);
        assert!(whole, "the list cuts {} short", kind.code());
    }
    // What is an analysis and a check at once is explained as both.
    let silence = explained("silence");
    assert!(silence.contains("\nEdge cases\n") && silence.contains("(a check of the claims"));
    // tests/analyses.rs asks for each analysis of this page by itself.
    let (page, _) = asked(nowhere.path(), &["explain", "--all"]);
    let ids: Vec<&str> =
        page.split("\n## ").skip(1).filter_map(|section| section.lines().next()).collect();
    assert!(ids.len() >= 31, "only {} analyses", ids.len());
    assert!(ids.iter().all(|id| listed(id)), "{list}");
    assert!(list.lines().all(|line| line.chars().count() <= 100), "{list}");
}

#[test]
fn the_guide_names_a_finding_and_an_analysis_that_there_are() {
    let guide = explained("start");
    let study = tests().join("../studies/vso-internships");
    let (mut known, commands) = (0, ["trace", "explain"]);
    for line in guide.lines() {
        let words: Vec<&str> = line.split([' ', '`']).filter(|word| !word.is_empty()).collect();
        for asked_for in words.windows(3).filter(|words| words[0] == "parallax") {
            if let Some(command) = commands.iter().find(|command| **command == asked_for[1])
                && asked_for[2] != "lists"
            {
                let (said, status) = asked(&study, &[command, asked_for[2]]);
                assert_eq!(status, Some(0), "{asked_for:?}: {said}");
                known += 1;
            }
        }
    }
    assert_eq!(known, 3, "{guide}");
}

#[test]
fn the_guide_and_two_pages_read_as_their_snapshots() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tests().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for subject in ["start", "S106", "R234"] {
        settings.bind(|| {
            insta::assert_snapshot!(format!("explain__{subject}"), explained(subject));
        });
    }
}
