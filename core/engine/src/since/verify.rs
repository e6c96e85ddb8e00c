//! Does a study give what was accepted, run from scratch somewhere else, on any number of threads?

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use parallax_model::{Choices, FindingsDocument, NotOffered};
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use serde::{Deserialize, Serialize};

use super::{Before, Now};
use crate::accept::compare;
use crate::folder::{Folder, Found};
use crate::open::{Opened, open};
use crate::shelf::Shelf;
use crate::text::source::hash;
use crate::write;

/// How what an analysis gives compares with what was accepted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sameness {
    /// The same bytes.
    Identical,
    /// The same findings; numbers differ in digits that no one reads (1e-9 of their size).
    Same,
    /// Something else.
    Different,
    /// Nothing was accepted of it.
    NotAccepted,
    /// It was accepted, and is not run any longer.
    NotRun,
    /// It failed.
    Failed,
}

/// What verifying a study gave.
#[derive(Debug)]
pub struct Verified {
    /// The study as it was opened in its fresh folder, with its analyses.
    pub opened: Opened,
    /// What was found there.
    pub document: FindingsDocument,
    /// The same in the form in which it is accepted.
    pub now: Now,
    /// Each analysis.
    pub analyses: BTreeMap<String, Sameness>,
    /// Whether one thread and many gave the same bytes.
    pub threads_agree: bool,
}

/// Why a study could not be run from scratch.
#[derive(Debug)]
pub enum NotVerified {
    /// The study could not be read; its problems say why.
    NoStudy(Box<Opened>),
    /// It does not offer its own default choices.
    NotOffered(NotOffered),
    /// The fresh folder could not be written.
    NoFolder(io::Error),
    /// Threads could not be started.
    NoThreads(ThreadPoolBuildError),
}

/// More threads than one, on any machine.
const MANY: usize = 4;

/// Writes the files of a study into a fresh folder, runs it there on one thread and on many, and
/// compares with what was accepted.
///
/// # Errors
/// When it cannot be run at all.
pub fn verify(
    files: &Folder,
    before: &Before,
    shelf: &dyn Fn() -> Shelf,
) -> Result<Verified, NotVerified> {
    let fresh = tempfile::tempdir().map_err(NotVerified::NoFolder)?;
    copy(files, fresh.path()).map_err(NotVerified::NoFolder)?;
    let opened = open(fresh.path(), shelf());
    let Some(study) = opened.checked.study.clone() else {
        return Err(NotVerified::NoStudy(Box::new(opened)));
    };
    let on = |threads: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map_err(NotVerified::NoThreads)?.install(|| {
            let answered = opened.answer(&study, &Choices::default());
            answered.map(|answered| answered.document).map_err(NotVerified::NotOffered)
        })
    };
    let (document, many) = (on(1)?, on(MANY)?);
    let now = Now::of(&document);
    let threads_agree = document.to_json() == many.to_json();
    let analyses = compared(before, &now);
    Ok(Verified { opened, document, now, analyses, threads_agree })
}

fn copy(files: &Folder, fresh: &Path) -> io::Result<()> {
    let mut all = files.files.iter().chain(&files.scripts);
    all.try_for_each(|Found { name, bytes, .. }| write::whole(&fresh.join(name), bytes))
}

fn compared(before: &Before, now: &Now) -> BTreeMap<String, Sameness> {
    let names: BTreeSet<&String> =
        before.accepted.keys().chain(now.found.keys()).chain(now.failed.keys()).collect();
    let each = names.into_iter().map(|name| {
        let sameness = match (before.accepted.get(name), now.found.get(name)) {
            _ if now.failed.contains_key(name) => Sameness::Failed,
            (None, _) => Sameness::NotAccepted,
            (_, None) => Sameness::NotRun,
            (Some(was), Some(is)) if was.to_json() == is.to_json() => Sameness::Identical,
            (Some(was), Some(is)) if compare(was, is).is_empty() => Sameness::Same,
            _ => Sameness::Different,
        };
        (name.clone(), sameness)
    });
    each.collect()
}

/// One checksum for all files of a study that was read.
#[must_use]
pub fn inputs_sha256(opened: &Opened) -> String {
    let each = opened.checked.sources.iter();
    let lines = each.map(|source| format!("{} {}\n", hash(&source.text), source.name));
    hash(&lines.collect::<String>())
}
