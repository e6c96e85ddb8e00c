//! Which files are copies of others, as synchronised folders make them, and which names would be
//! one on another computer?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Kind, Problem, Spot, StudyFile};

/// What the program keeps beside the tables, which can be copied as they are.
const LOCK: &str = "study.lock";

/// What the names of copies say between the name and its ending, in capital letters or not.
const SAYS: [&str; 4] = ["conflict", "copy", "kopie", "kopi"];

/// The names but for those of copies, and of files that programs keep beside an open file. Copies
/// are told, and so are names that differ in capital letters only; all stand in `place`.
pub(super) fn told_apart(
    place: &str,
    names: Vec<String>,
    problems: &mut Vec<(String, Problem)>,
) -> Vec<String> {
    let mut alike: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    let names: Vec<String> =
        names.into_iter().filter(|name| !is_beside_an_open_file(name)).collect();
    for name in &names {
        alike.entry(name.to_lowercase()).or_default().push(name);
    }
    let mut told = BTreeSet::new();
    for same in alike.values().filter(|same| same.len() > 1) {
        // Capital letters come first, so the last is the name of a table where one of them is.
        let (last, others) = (same[same.len() - 1], &same[..same.len() - 1]);
        problems.extend(others.iter().map(|other| same_name(place, other, last)));
        told.extend(others.iter().map(|other| other.as_str()));
    }
    let original = |name: &String| {
        let tables = StudyFile::ALL.into_iter().map(StudyFile::name);
        let mut tables = tables.chain([LOCK]).map(str::to_owned);
        match place {
            "" => tables.find(|known| is_copy(name, known)),
            // `counts-copy` can be an analysis of its own.
            _ if is_id(name) => None,
            _ => names.iter().find(|known| is_copy(name, known)).cloned(),
        }
    };
    let (mut kept, mut copies) = (Vec::new(), Vec::new());
    for name in &names {
        match original(name) {
            Some(known) => copies.push(copy(place, name, &known)),
            // It is told already, and must not take the place of the table.
            None if place.is_empty() && told.contains(name.as_str()) => {}
            None => kept.push(name.clone()),
        }
    }
    problems.extend(copies);
    kept
}

/// Whether a script of this name can be an analysis.
fn is_id(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// What office programs and systems keep beside a file: locks, and what a file is shown as.
fn is_beside_an_open_file(name: &str) -> bool {
    ["~$", ".~lock.", "._", "."].iter().any(|start| name.starts_with(start))
}

/// Whether a name is that of a copy of `of`, by the habits of Dropbox, Nextcloud, OneDrive, iCloud,
/// Google Drive, Syncthing, and of file managers.
fn is_copy(name: &str, of: &str) -> bool {
    let Some((stem, ending)) = of.rsplit_once('.') else { return false };
    let Some((own, own_ending)) = name.rsplit_once('.') else { return false };
    let added = own.get(stem.len()..).filter(|_| own[..stem.len()].eq_ignore_ascii_case(stem));
    let Some(added) = added.filter(|added| !added.is_empty()) else { return false };
    if !own_ending.eq_ignore_ascii_case(ending) {
        return false;
    }
    let apart = added.starts_with([' ', '.', '-', '_', '(']);
    let small = added.to_lowercase();
    let says = apart && SAYS.iter().any(|word| small.contains(word));
    let number = added.trim_matches([' ', '(', ')']);
    let counts = added.starts_with([' ', '('])
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit());
    says || counts || names_a_computer(added)
}

/// `-DESKTOP-AB12`: the computer on which a copy was made.
fn names_a_computer(added: &str) -> bool {
    let Some(computer) = added.strip_prefix('-') else { return false };
    let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    computer.len() > 3
        && computer.chars().all(is_plain)
        && computer.chars().any(|c| c.is_ascii_uppercase())
}

fn copy(place: &str, name: &str, of: &str) -> (String, Problem) {
    let message = format!(
        "`{place}{name}` looks like a copy of {place}{of}, as a synchronised folder makes them when \
         two people save it: it is not read"
    );
    let help = format!(
        "compare the two, bring what is missing into {place}{of}, and move the copy out of the \
         study"
    );
    (format!("{place}{name}"), nowhere(Kind::ConflictCopy, message).help(help))
}

fn same_name(place: &str, name: &str, other: &str) -> (String, Problem) {
    let message = format!(
        "`{place}{name}` and `{place}{other}` have one name on Windows and macOS: one of them would \
         be lost there"
    );
    let known = StudyFile::ALL.into_iter().any(|file| file.name() == other);
    let help = match known {
        true => format!("parallax reads {place}{other}; move the other one out of the study"),
        false => "give one of them another name".to_owned(),
    };
    (format!("{place}{name}"), nowhere(Kind::SameName, message).help(help))
}

/// A problem about a file as a whole.
fn nowhere(kind: Kind, message: String) -> Problem {
    let mut problem = Problem::new(kind, Spot::File(StudyFile::Study), message);
    problem.spots.clear();
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_from_files_of_their_own() {
        for name in [
            "statements (conflicted copy 2026-11-02).csv",
            "statements (Anna's conflicted copy 2026-11-02).csv",
            "statements-DESKTOP-AB12.csv",
            "statements 2.csv",
            "statements (1).csv",
            "Statements (1).CSV",
            "statements.sync-conflict-20261102-101530-ABCDEFG.csv",
            "statements - Copy.csv",
            "statements - kopie.csv",
            "statements_conflict-20261102.csv",
        ] {
            assert!(is_copy(name, "statements.csv"), "{name}");
        }
        for name in [
            "statements.csv",
            "Statements.csv",
            "statements-2026.csv",
            "statements-old.csv",
            "statement (1).csv",
            "statements (1).txt",
            "copy.csv",
            "statements2.csv",
            "é (1).csv",
        ] {
            assert!(!is_copy(name, "statements.csv"), "{name}");
        }
    }

    #[test]
    fn locks_are_passed_over_and_copies_are_no_scripts() {
        let names = [
            "own.rhai",
            "own (1).rhai",
            "own-copy.rhai",
            "~$own.rhai",
            ".~lock.own.rhai#",
            "Own.rhai",
        ];
        let mut problems = Vec::new();
        let kept = told_apart("scripts/", names.map(str::to_owned).to_vec(), &mut problems);
        assert_eq!(kept, ["own.rhai", "own-copy.rhai", "Own.rhai"]);
        let told: Vec<&str> = problems.iter().map(|(_, problem)| problem.kind.code()).collect();
        assert_eq!(told, ["F012", "F011"]);
    }
}
