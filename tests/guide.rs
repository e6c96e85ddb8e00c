//! Do the guides to scripts and to accepted findings work as they stand there, and do they show what
//! the screen shows?
//!
//! Each page is gone through in its order in one folder, with a copy of the example study:
//! `tests/guide/page.rs` says what it can ask for. `PARALLAX_WRITE_GUIDE=1` writes into the pages
//! what the screen shows now.

#[path = "guide/page.rs"]
mod page;
#[path = "guide/reader.rs"]
mod reader;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{Expression, Library};
use parallax_model::{Choices, Number};

use page::{Piece, commands, console, pieces};
use reader::Reader;

fn page_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

fn guide() -> PathBuf {
    page_of("scripting.md")
}

/// Goes through a page; gives what the screen shows for each block that shows something.
fn followed(page: &str) -> Vec<(Range<usize>, String)> {
    let mut reader = Reader::new();
    let mut shown = Vec::new();
    for piece in pieces(page) {
        match piece {
            Piece::Step(_) => {}
            Piece::Write { name, text } => reader.write(&name, &text),
            Piece::Add { name, text } => reader.add(&name, &text),
            Piece::Above { name, line, text } => {
                reader.change(&name, &format!("\n{line}\n"), &format!("\n{text}{line}\n"));
            }
            Piece::Change { name, from, to } => reader.change(&name, &from, &to),
            Piece::Console { text, at } => {
                let ran = commands(&text).into_iter().map(|(command, _)| {
                    let said = reader.type_in(&command);
                    (command, said)
                });
                shown.push((at, console(&ran.collect::<Vec<_>>())));
            }
            Piece::Reads { name, at } => shown.push((at, reader.read(&name))),
            Piece::Screen { at, .. } => shown.push((at, reader.next_screen())),
        }
    }
    shown
}

/// The page with what the screen shows in place of what it says that it shows.
fn renewed(page: &str) -> String {
    let mut renewed = page.to_owned();
    for (at, shown) in followed(page).into_iter().rev() {
        renewed.replace_range(at, &shown);
    }
    renewed
}

/// Holds a page to what the screen shows, or writes that into it.
fn held(name: &str) {
    let page = fs::read_to_string(page_of(name)).expect("there is a guide");
    let now = renewed(&page);
    if std::env::var_os("PARALLAX_WRITE_GUIDE").is_some() {
        fs::write(page_of(name), &now).expect("docs/ can be written");
        return;
    }
    for (line, (says, shows)) in page.lines().zip(now.lines()).enumerate() {
        let line = line + 1;
        assert_eq!(says, shows, "line {line} of docs/{name}; PARALLAX_WRITE_GUIDE=1 renews it");
    }
    assert_eq!(page, now, "docs/{name} is out of date: PARALLAX_WRITE_GUIDE=1 renews it");
}

#[test]
fn the_guide_to_scripts_shows_what_the_screen_shows() {
    held("scripting.md");
}

#[test]
fn the_guide_to_accepted_findings_shows_what_the_screen_shows() {
    held("reproducing.md");
}

#[test]
fn each_of_the_ten_steps_is_run() {
    let page = fs::read_to_string(guide()).expect("there is a guide");
    let mut runs: Vec<(String, usize)> = Vec::new();
    for piece in pieces(&page) {
        match (piece, runs.last_mut()) {
            (Piece::Step(heading), _) => runs.push((heading, 0)),
            (Piece::Console { .. }, Some((_, blocks))) => *blocks += 1,
            _ => {}
        }
    }
    assert_eq!(runs.len(), 10, "{runs:?}");
    for (number, (heading, blocks)) in (1..).zip(runs) {
        assert!(heading.starts_with(&format!("{number}. ")), "{heading} is not step {number}");
        assert!(blocks > 0, "nothing is run in the step {heading}");
    }
}

/// What the script of a claim says of the example study, as the guide writes it.
fn said(library: &Library, text: &str) -> String {
    let study = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/logbook");
    let reading =
        check_folder(&study).study.and_then(|study| study.reading(&Choices::default()).ok());
    let reported = BTreeMap::from([("c1".to_owned(), Number::Count { value: 2 })]);
    let claim = Expression::load(library, "c3", text);
    let answer = claim.and_then(|claim| {
        claim.ask(&reading.expect("it can be read"), &reported, 0, &AtomicBool::new(false))
    });
    let answer = answer.unwrap_or_else(|problem| panic!("{}", problem.render(text)));
    let holds = answer.holds.map_or("()".to_owned(), |holds| holds.to_string());
    match answer.value {
        Some(value) if answer.by_value => value.to_string(),
        Some(value) => format!("{holds}, {value}"),
        None => holds,
    }
}

#[test]
fn the_claims_of_the_guide_say_what_stands_behind_them() {
    let page = fs::read_to_string(guide()).expect("there is a guide");
    let (_, section) = page.split_once("## Claims that need a script\n").expect("a section");
    let section = section.split("\n## ").next().unwrap_or(section);
    let files = pieces(section);
    let own = files.iter().filter_map(|piece| match piece {
        Piece::Write { name, text } => {
            let name = name.strip_prefix("scripts/shared/")?.strip_suffix(".rhai")?;
            Some((name, text.as_str()))
        }
        _ => None,
    });
    let (library, problems) = Library::with_own(own);
    assert_eq!(problems, []);
    let blocks = section.split("```rhai\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut asked = 0;
    for block in blocks.filter(|block| !block.starts_with("//!")) {
        let (_, says) = block.trim_end().rsplit_once("  // ").expect("a claim says what it gives");
        assert_eq!(said(&library, block), says, "{block}");
        asked += 1;
    }
    assert_eq!(asked, 6);
}

#[test]
fn a_page_that_shows_something_else_is_noticed() {
    let page = "## 1. Look\n\nAdd to `codes.csv`:\n\n```csv\nnew,,New,,\n```\n\n```console\n\
        $ parallax check\nchecked …/logbook: 5 participants, 3 roles, 3 cases, 6 codes, 14 statements\n\
        no problems\n```\n";
    let now = renewed(page);
    assert_ne!(now, page);
    assert_eq!(now, page.replace("6 codes", "7 codes"));
}
