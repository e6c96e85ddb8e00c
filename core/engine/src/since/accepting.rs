//! How are differences accepted, so that nothing that was accepted is ever lost?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use parallax_model::Kind;
use parallax_model::document::Came;

use super::{Before, Item, Now, items, locked};
use crate::accept::{Accepted, Change, Difference, place};
use crate::kept::{self, Kept};
use crate::lock::{self, FindingsLock, LastAccepted, Lock};
use crate::log::{self, Entry};
use crate::open::Opened;
use crate::text::source::{hash, text_of};
use crate::write;

/// Who accepts, when and why.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// Who.
    pub by: String,
    /// The day.
    pub date: Date,
    /// Why.
    pub because: String,
}

/// Why nothing, or not all, was accepted.
#[derive(Debug)]
pub enum Refused {
    /// What was accepted before is damaged, and would be lost.
    Damaged,
    /// A failed analysis is nothing to accept.
    Failed(String),
    /// A folder of the study leads out of it.
    Outside(PathBuf),
    /// Somebody else accepted something since it was looked at.
    Meanwhile,
    /// A file could not be written.
    NotWritten(PathBuf, io::Error),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str("what was accepted before cannot be read"),
            Self::Failed(analysis) => write!(f, "the analysis `{analysis}` failed"),
            Self::Meanwhile => f.write_str("something else was accepted in the meantime"),
            Self::Outside(path) => write!(f, "{} leads out of the study", path.display()),
            Self::NotWritten(path, error) => {
                write!(f, "{} could not be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for Refused {}

/// Accepts the chosen differences: writes the log, what was found, what is kept of the study and the
/// lock, in this order, and gives what is accepted now.
///
/// What the study was when its findings were accepted stays as it is while a difference is open, so
/// that its cause can still be told.
///
/// # Errors
/// Before anything is written, when the choice cannot be accepted; or a file that could not be
/// written: those before it were.
pub fn accept(
    study: &Path,
    opened: &Opened,
    before: &Before,
    now: &Now,
    chosen: &[&Item],
    acceptance: &Acceptance,
) -> Result<BTreeMap<String, Accepted>, Refused> {
    if before.is_damaged() {
        return Err(Refused::Damaged);
    }
    if Before::lock_of(study) != before.lock {
        return Err(Refused::Meanwhile);
    }
    if let Some(failed) = chosen.iter().find(|item| now.failed.contains_key(&item.analysis)) {
        return Err(Refused::Failed(failed.analysis.clone()));
    }
    for folder in ["findings", "findings/accepted", kept::PLACE] {
        stays_inside(study, folder)?;
    }
    let mut accepted = before.accepted.clone();
    for item in chosen {
        let own = merged(accepted.get(&item.analysis), now.found.get(&item.analysis), item);
        match own {
            Some(own) => accepted.insert(item.analysis.clone(), own),
            None => accepted.remove(&item.analysis),
        };
    }
    // A line of the log that is there twice does less harm than a change that nobody answers for.
    let entries = entries(before, now, chosen, acceptance);
    log::add(study, &entries)
        .map_err(|error| Refused::NotWritten(study.join(log::PLACE), error))?;
    let texts = write_findings(study, before, &accepted)?;
    // What fails is nothing to accept, and keeps nothing else from being settled.
    let is_settled =
        items(&accepted, now).iter().all(|item| now.failed.contains_key(&item.analysis));
    let mut lock = match &before.lock {
        Some(lock) if !is_settled => lock.clone(),
        _ => {
            let kept = Kept::of(&opened.checked);
            write_kept(study, kept.as_ref())?;
            locked::lock(opened, kept.as_ref())
        }
    };
    let known = before.lock.as_ref().and_then(|lock| lock.accepted.clone());
    let (date, by) = (acceptance.date.to_string(), acceptance.by.clone());
    lock.accepted = known.filter(|_| chosen.is_empty()).or(Some(LastAccepted { date, by }));
    lock.findings = findings((before, opened), &accepted, &texts, chosen, acceptance, &lock);
    put(study, lock::PLACE, &lock.text())?;
    Ok(accepted)
}

/// What the lock says of each analysis: those of which nothing was chosen keep their day and person.
fn findings(
    (before, opened): (&Before, &Opened),
    accepted: &BTreeMap<String, Accepted>,
    texts: &BTreeMap<String, String>,
    chosen: &[&Item],
    acceptance: &Acceptance,
    lock: &Lock,
) -> Vec<FindingsLock> {
    let changed: BTreeSet<&str> = chosen.iter().map(|item| item.analysis.as_str()).collect();
    let each = accepted.iter().map(|(analysis, own)| {
        let known = before.lock.as_ref().and_then(|lock| lock.findings_of(analysis));
        let sha256 = hash(&texts[analysis]);
        let known =
            known.filter(|known| !changed.contains(analysis.as_str()) && known.sha256 == sha256);
        FindingsLock {
            analysis: analysis.clone(),
            file: place(analysis),
            sha256,
            reads: locked::reads(lock, opened, analysis),
            params: format!("sha256:{}", hash(&parameters(own))),
            accepted: known.map_or_else(|| acceptance.date.to_string(), |was| was.accepted.clone()),
            by: known.map_or_else(|| acceptance.by.clone(), |was| was.by.clone()),
        }
    });
    each.collect()
}

/// Notes in the lock that a participant withdrew, whose rows were cut out of what is kept of the study,
/// so that what is left of it can go on telling causes.
///
/// # Errors
/// When the lock cannot be written; what is kept is then not what it knows.
pub fn withdrew(study: &Path, before: &Before) -> Result<(), Refused> {
    let Some(mut lock) = before.lock.clone() else { return Ok(()) };
    for input in lock.inputs.iter_mut().chain(&mut lock.scripts) {
        let text = fs::read(study.join(kept::PLACE).join(&input.path)).map(text_of);
        input.kept_sha256 = input.kept_sha256.take().and_then(|_| Some(hash(&text.ok()?)));
    }
    lock.study.withdrawals += 1;
    put(study, lock::PLACE, &lock.text())
}

/// Notes in the log that a difference is not accepted: it stays open.
///
/// # Errors
/// When the log cannot be written.
pub fn reject(study: &Path, item: &Item, acceptance: &Acceptance) -> Result<(), Refused> {
    let (was, is) = told(&item.difference);
    let is = format!("rejected: {is}");
    let entry = entry(acceptance, item.name(), was, is);
    log::add(study, &[entry]).map_err(|error| Refused::NotWritten(study.join(log::PLACE), error))
}

fn parameters(own: &Accepted) -> String {
    let sorted: BTreeMap<_, _> = own.parameters.iter().collect();
    serde_json::to_string(&sorted).unwrap_or_default()
}

/// What was accepted of an analysis, with one difference more; nothing when that leaves nothing.
fn merged(before: Option<&Accepted>, now: Option<&Accepted>, item: &Item) -> Option<Accepted> {
    let Some(mut own) = before.cloned() else {
        let mut own = now.cloned()?;
        let is_it =
            |id: &str| matches!(&item.difference, Difference::New { id: new, .. } if new == id);
        own.findings.retain(|finding| is_it(&finding.id));
        return Some(own);
    };
    let taken = |id: &str| now?.findings.iter().find(|finding| finding.id == id).cloned();
    match &item.difference {
        Difference::Mapping { is, .. } => own.mapping.clone_from(is),
        Difference::Parameter { name, .. } => {
            match now.and_then(|now| now.parameters.get(name)) {
                Some(value) => own.parameters.insert(name.clone(), value.clone()),
                None => own.parameters.remove(name),
            };
        }
        Difference::Outcome { .. } => own.outcome = now?.outcome.clone(),
        Difference::New { id, .. } | Difference::Changed { id, .. } => {
            own.findings.retain(|finding| finding.id != *id);
            own.findings.extend(taken(id));
            own.outcome = Came::Found { findings: own.findings.len() };
        }
        Difference::Gone { id, .. } => own.findings.retain(|finding| finding.id != *id),
    }
    // The last finding of an analysis that is not run any longer takes the analysis along.
    if own.findings.is_empty() && now.is_none() {
        return None;
    }
    Some(own)
}

/// Writes the files of findings that are others than before, and removes those of analyses that are
/// gone; gives the texts of all.
fn write_findings(
    study: &Path,
    before: &Before,
    accepted: &BTreeMap<String, Accepted>,
) -> Result<BTreeMap<String, String>, Refused> {
    let mut texts = BTreeMap::new();
    for (analysis, own) in accepted {
        let text = match before.accepted.get(analysis) {
            Some(before) => own.clone().in_digits_of(before).to_json(),
            None => own.to_json(),
        };
        put_new(study, &place(analysis), &text)?;
        texts.insert(analysis.clone(), text);
    }
    for analysis in before.accepted.keys().filter(|analysis| !accepted.contains_key(*analysis)) {
        let path = study.join(place(analysis));
        fs::remove_file(&path).map_err(|error| Refused::NotWritten(path, error))?;
    }
    Ok(texts)
}

/// Writes what is kept of the study, and removes what is not kept any longer.
fn write_kept(study: &Path, kept: Option<&Kept>) -> Result<(), Refused> {
    let folder = study.join(kept::PLACE);
    let files = kept.map(Kept::files).unwrap_or_default();
    for (name, text) in &files {
        put_new(study, &format!("{}/{name}", kept::PLACE), text)?;
    }
    let known: BTreeSet<PathBuf> = files.keys().map(|name| folder.join(name)).collect();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder {
                open.push(path);
            } else if !known.contains(&path) {
                fs::remove_file(&path).map_err(|error| Refused::NotWritten(path, error))?;
            }
        }
    }
    Ok(())
}

/// Writes a file that does not hold this text already.
fn put_new(study: &Path, name: &str, text: &str) -> Result<(), Refused> {
    let same = fs::read_to_string(study.join(name)).is_ok_and(|there| there == text);
    if same { Ok(()) } else { put(study, name, text) }
}

fn put(study: &Path, name: &str, text: &str) -> Result<(), Refused> {
    write::within(study, name, text.as_bytes())
        .map_err(|error| Refused::NotWritten(study.join(name), error))
}

fn stays_inside(study: &Path, folder: &str) -> Result<(), Refused> {
    let path = study.join(folder);
    let (Ok(root), Ok(target)) = (fs::canonicalize(study), fs::canonicalize(&path)) else {
        return Ok(());
    };
    if target.starts_with(root) { Ok(()) } else { Err(Refused::Outside(path)) }
}

/// The lines of the log: one for each difference; one for all of them when nothing was accepted
/// before.
fn entries(before: &Before, now: &Now, chosen: &[&Item], acceptance: &Acceptance) -> Vec<Entry> {
    if chosen.is_empty() {
        return taken_over(before, acceptance);
    }
    let all = items(&before.accepted, now).len();
    if before.accepted.is_empty() && chosen.len() == all && all > 1 {
        let is = format!("{} findings of {} analyses", now.findings(), now.found.len());
        return vec![entry(acceptance, "everything".to_owned(), String::new(), is)];
    }
    let withdrew = before.lock.as_ref().is_some_and(|lock| lock.study.withdrawals > 0);
    let is_gone = |item: &&&Item| matches!(item.difference, Difference::Gone { .. });
    // What was found of somebody who withdrew is not told once more.
    let (gone, others): (Vec<&&Item>, Vec<&&Item>) =
        chosen.iter().partition(|item| withdrew && is_gone(item));
    let each = others.into_iter().map(|item| {
        let (was, is) = if withdrew { only_now(&item.difference) } else { told(&item.difference) };
        entry(acceptance, item.name(), was, is)
    });
    let mut entries: Vec<Entry> = each.collect();
    if !gone.is_empty() {
        let what = format!("{} findings that are gone", gone.len());
        entries.push(entry(acceptance, what, String::new(), String::new()));
    }
    entries
}

/// Files that the lock did not know, edited or left by an acceptance that was interrupted, and that
/// hold what is found: somebody answers for them now.
fn taken_over(before: &Before, acceptance: &Acceptance) -> Vec<Entry> {
    let unknown = [Kind::AcceptedEdited, Kind::AcceptedMissing];
    let problems = before.problems.iter();
    let named = problems.filter(|problem| unknown.contains(&problem.problem.kind));
    let files = named.flat_map(|problem| &problem.places).map(|place| place.file.clone());
    let each = files.map(|file| {
        let is = "as it is found, and not as study.lock knew it".to_owned();
        entry(acceptance, file, String::new(), is)
    });
    each.collect()
}

/// What something is, and nothing of what it was: that could name somebody who withdrew.
fn only_now(difference: &Difference) -> (String, String) {
    let is = match difference {
        Difference::New { sentence, .. } => Some(sentence.clone()),
        Difference::Changed { changes, .. } => changes.iter().find_map(|change| match change {
            Change::Sentence { is, .. } => Some(is.clone()),
            Change::Measure { is, .. } => is.clone(),
            _ => None,
        }),
        _ => None,
    };
    (String::new(), is.unwrap_or_else(|| "another since a participant withdrew".to_owned()))
}

fn entry(acceptance: &Acceptance, what: String, was: String, is: String) -> Entry {
    let Acceptance { by, date, because } = acceptance.clone();
    Entry { date, by, what, was, is, because }
}

/// What something was and what it is, in a few words.
fn told(difference: &Difference) -> (String, String) {
    let pair = |was: &Option<String>, is: &Option<String>| {
        (was.clone().unwrap_or_default(), is.clone().unwrap_or_default())
    };
    match difference {
        Difference::New { sentence, .. } => (String::new(), sentence.clone()),
        Difference::Gone { sentence, .. } => (sentence.clone(), String::new()),
        Difference::Mapping { was, is } => (was.clone(), is.clone()),
        Difference::Parameter { was, is, .. } => pair(was, is),
        Difference::Outcome { .. } => (String::new(), difference.details().join("; ")),
        Difference::Changed { changes, .. } => {
            let of_sentence = changes.iter().find_map(|change| match change {
                Change::Sentence { was, is } => Some((was.clone(), is.clone())),
                _ => None,
            });
            let of_measure = changes.iter().find_map(|change| match change {
                Change::Measure { was, is, .. } => Some(pair(was, is)),
                _ => None,
            });
            // What has no two sides is told as what changed.
            let rest = || (String::new(), format!("changed: {}", difference.details().join("; ")));
            of_sentence.or(of_measure).unwrap_or_else(rest)
        }
    }
}
