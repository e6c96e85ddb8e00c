//! Why was an analysis run, or why not, as a reader is told?

use std::fmt;

use serde::Serialize;

use super::key::{Key, PARAMETER, PROGRAM, READINGS, SEED, TABLE, TEXT, VERSION, WORDING};
use super::part::NotKept;

/// Why something was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is kept of it.
    First,
    /// Everything is to be computed again.
    Fresh,
    /// What came of it the last time could not be kept.
    NotKept(NotKept),
    /// Something that it depends on changed: each change in a few words.
    Changed(Vec<String>),
}

/// What an analysis did, and because of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The analysis, or `claims`.
    pub id: String,
    /// What it did.
    pub did: Did,
    /// Why it ran; nothing where it did not.
    pub because: Vec<String>,
}

/// What an analysis did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    /// It ran.
    Ran,
    /// It cannot have changed, and was not run.
    Unchanged,
}

impl Told {
    /// An analysis that ran for one of these reasons, the first of which is told; or for none, and
    /// so did not run.
    #[must_use]
    pub fn of<'r>(id: &str, reasons: impl IntoIterator<Item = &'r Reason>) -> Self {
        let because = reasons.into_iter().next().map(Reason::each);
        let did = if because.is_some() { Did::Ran } else { Did::Unchanged };
        Self { id: id.to_owned(), did, because: because.unwrap_or_default() }
    }
}

impl Reason {
    /// What changed from one key to another.
    pub(super) fn changed(before: &Key, now: &Key) -> Self {
        let names = before.keys().chain(now.keys().filter(|name| !before.contains_key(*name)));
        let mut changed: Vec<&str> =
            names.filter(|name| before.get(*name) != now.get(*name)).map(String::as_str).collect();
        // The other readings change with what they are made from, and with what it is called.
        let makes_them = |name: &&str| {
            let of_study = name.strip_prefix(TEXT).is_some_and(|file| !file.contains('/'));
            name.starts_with(TABLE) || of_study || *name == WORDING
        };
        if changed.iter().any(makes_them) {
            changed.retain(|name| *name != READINGS);
        }
        // Another program can have other versions of everything.
        if changed.contains(&PROGRAM) {
            changed = vec![PROGRAM];
        }
        let each = changed.iter().map(|name| change(name, before.get(*name), now.get(*name)));
        Self::Changed(each.collect())
    }

    /// Each cause in a few words.
    fn each(&self) -> Vec<String> {
        let one = match self {
            Self::Changed(changes) => return changes.clone(),
            Self::First => "first run",
            Self::Fresh => "--fresh",
            Self::NotKept(NotKept::Failed) => "it failed the last time",
            Self::NotKept(NotKept::Prints) => "it prints, which has to be done each time",
            Self::NotKept(NotKept::TooLarge) => "what it found is too large to be kept",
            Self::NotKept(NotKept::NotTheSame) => "what it found could not be kept exactly",
        };
        vec![one.to_owned()]
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.each().join(", "))
    }
}

/// One piece of a key that is not what it was.
fn change(name: &str, before: Option<&String>, now: Option<&String>) -> String {
    if let Some(table) = name.strip_prefix(TABLE) {
        return format!("{} changed", called(table));
    }
    if let Some(file) = name.strip_prefix(TEXT) {
        return match (before, now) {
            (None, _) => format!("{file} is new"),
            (_, None) => format!("{file} is gone"),
            _ => format!("{file} changed"),
        };
    }
    let both = before.zip(now);
    if let Some(parameter) = name.strip_prefix(PARAMETER) {
        return match both {
            Some((before, now)) => format!("the parameter `{parameter}` changed: {before} → {now}"),
            None if now.is_some() => format!("the parameter `{parameter}` is new"),
            None => format!("the parameter `{parameter}` is gone"),
        };
    }
    match (name, both) {
        (VERSION, Some((before, now))) => format!("version {before} → {now}"),
        (SEED, Some((before, now))) => format!("the seed changed: {before} → {now}"),
        (PROGRAM, _) => "the program changed".to_owned(),
        (READINGS, _) => "other ways to read the study changed".to_owned(),
        (WORDING, _) => "labels or the language changed".to_owned(),
        (other, _) => format!("the {other} changed"),
    }
}

/// A table of a reading as a reader calls it.
fn called(table: &str) -> &'static str {
    match table {
        "reading" => "the mapping or the conventions",
        "roles" => "the roles",
        "cases" => "the cases",
        "participants" => "the participants",
        "codes" => "the codes",
        "sources" => "the sources",
        "excerpts" => "the excerpts",
        "statements" => "the statements",
        "coverage" => "the coverage",
        "constraints" => "the constraints",
        "attributes" => "further columns of participants or cases",
        "claims" => "the claims",
        "words" => "notes or conditions",
        _ => "the tables",
    }
}
