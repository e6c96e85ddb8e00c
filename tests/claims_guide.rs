//! Do the guide to claims and the example paper say what the check says, and nothing less?
//!
//! `PARALLAX_WRITE_GUIDE=1` writes into both what the check says now.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use parallax_engine::check::check_folder;
use parallax_engine::claims::{ClaimScripts, Claims};
use parallax_engine::shelf::script::Library;
use parallax_model::claim::{Check, Quantity};
use parallax_model::document::PublishedClaim;
use parallax_model::row::{ClaimKind, ClaimUnit};
use parallax_model::settings::Language;
use parallax_model::{Choices, Verdict};

const KINDS: [ClaimKind; 12] = [
    ClaimKind::Count,
    ClaimKind::Share,
    ClaimKind::All,
    ClaimKind::None,
    ClaimKind::Exists,
    ClaimKind::Set,
    ClaimKind::Only,
    ClaimKind::Mainly,
    ClaimKind::Compare,
    ClaimKind::Consensus,
    ClaimKind::Denominator,
    ClaimKind::Custom,
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn guide() -> PathBuf {
    repository().join("docs/claims.md")
}

/// The word that files have for it.
fn word(of: impl std::fmt::Debug) -> String {
    format!("{of:?}").to_lowercase()
}

/// What the check says of the example paper, with these claims in place of its own.
fn said(claims: Option<&str>) -> Vec<PublishedClaim> {
    let copy = tempfile::tempdir().expect("a folder");
    for file in fs::read_dir(repository().join("studies/doorstep")).expect("is there").flatten() {
        if file.path().is_file() {
            fs::copy(file.path(), copy.path().join(file.file_name())).expect("copied");
        }
    }
    if let Some(claims) = claims {
        fs::write(copy.path().join("claims.csv"), claims).expect("written");
    }
    let checked = check_folder(copy.path());
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    let study = checked.study.expect("the study is sound");
    let reading = study.reading(&Choices::default()).expect("the default reading");
    let (scripts, wrong) = ClaimScripts::of(&study, Library::standard());
    assert!(wrong.is_empty(), "{wrong:?}");
    let claims = Claims::of(&study, &BTreeSet::new(), &scripts);
    claims.publish(&claims.assess(&reading), &reading)
}

/// The page with what the check says behind each table of claims.
fn renewed_guide(page: &str) -> String {
    let mut renewed = String::new();
    let mut rest = page;
    while let Some((before, claims)) = rest.split_once("```csv\n") {
        let (claims, after) = claims.split_once("```\n").expect("a block ends");
        let (between, shown) = after.split_once("```text\n").expect("a verdict stands behind it");
        assert_eq!(between.trim(), "", "a verdict stands right behind its claims");
        let (_, after) = shown.split_once("```\n").expect("a block ends");
        let lines = said(Some(claims)).into_iter();
        let lines = lines.map(|one| format!("{} {}: {}\n", one.id, one.word, one.sentence));
        let lines: String = lines.collect();
        renewed += &format!("{before}```csv\n{claims}```\n{between}```text\n{lines}```\n");
        rest = after;
    }
    renewed + rest
}

/// The page with the row of each claim as the check has it.
fn renewed_paper(page: &str) -> String {
    let said = said(None);
    let renewed = page.lines().map(|line| {
        let Some(one) = said.iter().find(|one| line.starts_with(&format!("| {} |", one.id))) else {
            return format!("{line}\n");
        };
        let (at, word, sentence) = (&one.reference, &one.word, &one.sentence);
        format!("| {} | {at} | {word} | {sentence} |\n", one.id)
    });
    renewed.collect()
}

fn holds(path: &Path, renew: fn(&str) -> String) {
    let page = fs::read_to_string(path).expect("there is a page");
    let now = renew(&page);
    if std::env::var_os("PARALLAX_WRITE_GUIDE").is_some() {
        fs::write(path, &now).expect("it can be written");
        return;
    }
    assert_eq!(page, now, "{} is out of date: PARALLAX_WRITE_GUIDE=1 renews it", path.display());
}

#[test]
fn the_guide_shows_what_the_check_says() {
    holds(&guide(), renewed_guide);
}

#[test]
fn the_paper_shows_what_the_check_says() {
    let path = repository().join("studies/doorstep/README.md");
    holds(&path, renewed_paper);
    let page = fs::read_to_string(path).expect("there is a page");
    let verdicts: BTreeSet<Verdict> = said(None)
        .iter()
        .map(|one| {
            assert!(page.contains(&format!("| {} |", one.id)), "{} stands in the table", one.id);
            let line = one.reference.split('-').next().unwrap_or_default();
            assert!(page.contains(&format!("\n{line} ")), "{line} is a line of the paper");
            one.verdict
        })
        .collect();
    assert_eq!(verdicts.len(), Verdict::ALL.len(), "the paper has a claim for each verdict");
    let text = fs::read_to_string(repository().join("studies/doorstep/study.yaml")).expect("is");
    assert!(text.contains("language: en"));
}

#[test]
fn the_guide_has_every_word_that_the_program_knows() {
    let page = fs::read_to_string(guide()).expect("there is a guide");
    let has = |text: &str| assert!(page.contains(text), "the guide does not say {text}");
    let examples: String = page.split("```csv\n").skip(1).collect();
    for kind in KINDS {
        has(&format!("`{}`", word(kind)));
        let is_custom = kind == ClaimKind::Custom;
        assert!(is_custom || examples.contains(&format!(",{}", word(kind))), "{kind:?}");
    }
    for unit in [ClaimUnit::Person, ClaimUnit::Case, ClaimUnit::Code, ClaimUnit::Source] {
        has(&format!("`{}`", word(unit)));
    }
    for verdict in Verdict::ALL {
        has(&format!("| `{}` | {} |", verdict.word(), verdict.meaning(Language::En)));
    }
    for check in Check::ALL {
        has(&format!("| `{}` | {} |", check.word(), check.meaning(Language::En)));
    }
    let (_, lexicon) = page.split_once("## Words for how many").expect("a section");
    let rows: Vec<&str> = lexicon.lines().filter(|line| line.starts_with("| ")).collect();
    let words: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.trim_start_matches("| ").split(" | ").next())
        .flat_map(|words| words.split([',', ';']).map(str::trim))
        .collect();
    for one in Quantity::words() {
        assert!(words.contains(&one), "the lexicon of the guide does not have {one}");
    }
}

#[test]
fn a_page_that_shows_something_else_is_noticed() {
    let page =
        "```csv\nid,kind,code,expected\nx,count,report,4\n```\n\n```text\nx drift\n```\nend\n";
    let now = renewed_guide(page);
    assert_eq!(now, page.replace("x drift", "x supported: 4 of 10 people."));
}
