//! How does a study stand beside what was accepted of it?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parallax_engine::check::Located;
use parallax_engine::kept::{Edit, FileChange, Kept, edits};
use parallax_engine::lock::Lock;
use parallax_engine::model::{Choices, FindingsDocument, Kind};
use parallax_engine::open::{Answered, Opened};
use parallax_engine::report::Trust;
use parallax_engine::since::{
    Because, Before, CLAIMS, Cause, InputChange, Item, MOST_RUNS, Now, causes, inputs,
    inputs_sha256, items, program,
};

use serde_json::Value as Json;

use crate::args::Arguments;
use crate::commands::run::Begun;
use crate::progress::Progress;
use crate::{Status, say, standard, terminal};

/// Where `verify` writes what it found, inside the study's folder.
pub(crate) const VERIFIED: &str = "out/verify.json";

/// So many changes of one file are named.
const NAMED: usize = 10;

/// A study, what was accepted of it, and what it gives now.
pub(crate) struct Standing<'s> {
    pub(crate) folder: PathBuf,
    pub(crate) opened: &'s Opened,
    pub(crate) answered: Answered<'s>,
    pub(crate) before: Before,
    pub(crate) now: Now,
    /// What differs, one by one.
    pub(crate) items: Vec<Item>,
    pub(crate) changes: Changes,
}

/// What was accepted of a study beside what is found; both are looked at once.
pub(crate) struct Beside {
    before: Before,
    now: Now,
    items: Vec<Item>,
}

impl Beside {
    /// What was accepted in a folder, beside what a document says.
    pub(crate) fn of(folder: &Path, document: &FindingsDocument) -> Self {
        let (before, now) = (Before::read(folder), Now::of(document));
        let items = items(&before.accepted, &now);
        Self { before, now, items }
    }

    /// What the report of the study says of itself: whether its findings are those that were
    /// accepted, and whether somebody verified them from the same files with the same program.
    pub(crate) fn trust(&self, folder: &Path, opened: &Opened) -> Trust {
        let Self { before, now, items } = self;
        let Some((date, by)) = before.lock.as_ref().and_then(|lock| lock.last()) else {
            return Trust::default();
        };
        // What was left out of a run differs from nothing.
        let has_run = |item: &&Item| {
            now.found.contains_key(&item.analysis) || now.failed.contains_key(&item.analysis)
        };
        let differences = items.iter().filter(has_run).count();
        let written = std::fs::read(folder.join(VERIFIED)).unwrap_or_default();
        let written: Json = serde_json::from_slice(&written).unwrap_or_default();
        let is_of_now = written["verified"] == true
            && written["engine"] == env!("CARGO_PKG_VERSION")
            && written["inputs-sha256"] == inputs_sha256(opened);
        let verified = written["date"].as_str().filter(|_| is_of_now).map(str::to_owned);
        Trust { accepted: Some((date.to_owned(), by.to_owned())), differences, verified }
    }
}

/// What is another than when the findings were accepted.
#[derive(Default)]
pub(crate) struct Changes {
    /// The files.
    pub(crate) files: Vec<InputChange>,
    /// What of them, row by row, where the tables of then were kept.
    pub(crate) edits: Option<Vec<Edit>>,
    /// The program, in words.
    pub(crate) program: Vec<String>,
    /// How many participants withdrew.
    withdrawals: u32,
    /// Both studies without their words.
    kept: Option<(Kept, Kept)>,
}

impl Changes {
    /// What changed since `before`.
    pub(crate) fn since(before: &Before, opened: &Opened) -> Self {
        let Some(lock) = &before.lock else { return Self::default() };
        Self::of_lock(lock, before, opened)
    }

    fn of_lock(lock: &Lock, before: &Before, opened: &Opened) -> Self {
        let kept = before.kept.clone().zip(Kept::of(&opened.checked));
        Self {
            files: inputs(lock, opened),
            edits: kept.as_ref().map(|(was, is)| edits(was, is)),
            program: program(lock, opened),
            withdrawals: lock.study.withdrawals,
            kept,
        }
    }

    /// Whether nothing changed at all.
    pub(crate) fn is_nothing(&self) -> bool {
        self.files.is_empty() && self.program.is_empty()
    }

    /// That participants withdrew since; never who.
    fn withdrawn(&self) -> Option<String> {
        match self.withdrawals {
            0 => None,
            1 => Some("a participant withdrew".to_owned()),
            several => Some(format!("{several} participants withdrew")),
        }
    }

    /// Each change in a line: the rows, settings and scripts where they are known, else the files.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.withdrawn().into_iter().collect();
        let edits = self.edits.as_deref().unwrap_or_default();
        for edits in edits.chunk_by(|a, b| a.file() == b.file()) {
            lines.extend(edits.iter().take(NAMED).map(ToString::to_string));
            if let (Some(edit), more @ 1..) = (edits.first(), edits.len().saturating_sub(NAMED)) {
                lines.push(format!("{}, and {more} more", edit.file()));
            }
        }
        let told = |file: &InputChange| {
            let edits = self.edits.iter().flatten();
            edits.into_iter().any(|edit| edit.file() == file.path)
        };
        lines.extend(self.files.iter().filter(|file| !told(file)).map(|file| {
            let what = match file.change {
                FileChange::New => "is new",
                FileChange::Gone => "is gone",
                FileChange::Changed if self.withdrawals > 0 => "is without their rows",
                FileChange::Changed if self.edits.is_some() => "is written in another way",
                FileChange::Changed => "changed",
            };
            format!("{} {what}", file.path)
        }));
        lines.extend(self.program.iter().cloned());
        lines
    }
}

impl<'s> Standing<'s> {
    /// Whether the lock does not know the files or the program as they are, although no finding
    /// changed: a review takes note of them. Files that are none of ours are for a person to move.
    pub(crate) fn is_stale(&self) -> bool {
        let stray = |problem: &Located| problem.problem.kind == Kind::AcceptedStray;
        !self.changes.is_nothing()
            || self.before.lock.is_none()
            || !self.before.problems.iter().all(stray)
    }

    /// Runs the study, and compares.
    ///
    /// # Errors
    /// When the study does not offer its default choices; it is said then.
    pub(crate) fn of(begun: &'s Begun) -> Result<Self, Status> {
        let Begun { folder, opened, study } = begun;
        let answered = opened.answer(study, &Choices::default());
        let answered = answered.map_err(|refused| say::not_offered(&refused))?;
        let compared = Beside::of(folder, &answered.document);
        Ok(Self::beside(folder, opened, answered, compared))
    }

    /// What was found beside what was accepted, and what of the study and the program changed.
    pub(crate) fn beside(
        folder: &Path,
        opened: &'s Opened,
        answered: Answered<'s>,
        Beside { before, now, items }: Beside,
    ) -> Self {
        let changes = Changes::since(&before, opened);
        Self { folder: folder.to_owned(), opened, answered, before, now, items, changes }
    }

    /// The cause of each difference, as a line begins with "because".
    pub(crate) fn causes(&self) -> Vec<String> {
        told_causes(&self.changes, &self.before, &self.items)
    }
}

/// The cause of each item in words.
pub(crate) fn told_causes(changes: &Changes, before: &Before, items: &[Item]) -> Vec<String> {
    let Changes { edits, program, kept, .. } = changes;
    let found: Vec<Option<Cause>> = match (kept, edits) {
        (Some((was, is)), Some(edits)) => {
            let newer = !program.is_empty();
            let progress = Progress::of("runs to find causes");
            let watch = |runs| progress.show(runs, MOST_RUNS);
            let (pair, shelf) = ((was, is), standard::shelf());
            let found = causes(pair, edits, &before.accepted, items, newer, &shelf, &watch);
            progress.end();
            found.into_iter().map(Some).collect()
        }
        _ => vec![None; items.len()],
    };
    let lines = items.iter().zip(found).map(|(item, cause)| match cause {
        _ if before.is_nothing() => "nothing was accepted before".to_owned(),
        _ if before.lock.is_none() => "nobody knows: there is no study.lock to read".to_owned(),
        _ if is_lost(before, item) => {
            "its accepted file is missing or cannot be read, so there is nothing to compare with"
                .to_owned()
        }
        _ if is_first(before, item) => "nothing of it was accepted before".to_owned(),
        Some(cause) => told(&cause, changes),
        None => among(&changes.lines()),
    });
    lines.collect()
}

/// Whether something was accepted of an analysis, and its file is not there or damaged.
fn is_lost(before: &Before, item: &Item) -> bool {
    let known = before.lock.as_ref().and_then(|lock| lock.findings_of(&item.analysis));
    known.is_some() && !before.accepted.contains_key(&item.analysis)
}

/// Whether nothing was ever accepted of an analysis, although nothing of the study changed.
fn is_first(before: &Before, item: &Item) -> bool {
    let known = before.lock.iter().flat_map(|lock| &lock.analyses);
    let mut known = known.map(|known| known.name.as_str());
    !before.accepted.contains_key(&item.analysis)
        && (known.any(|known| known == item.analysis) || item.analysis == CLAIMS)
}

fn told(cause: &Cause, changes: &Changes) -> String {
    let edits = changes.edits.as_deref().unwrap_or_default();
    let named: Vec<String> = cause.edits.iter().map(|&at| edits[at].to_string()).collect();
    let mut parts: Vec<String> = if cause.program { changes.program.clone() } else { Vec::new() };
    match cause.because {
        Because::These => parts.extend(named),
        Because::SomeOfThese => parts.push(among(&named)),
        Because::Unknown if cause.program => {}
        Because::Unknown => parts.push(changes.withdrawn().unwrap_or_else(|| among(&[]))),
    }
    parts.join("; and ")
}

/// One or more of several.
fn among(lines: &[String]) -> String {
    const NAMED: usize = 5;
    match lines {
        [] => "what was accepted came from something else than the study as it was kept".to_owned(),
        [only] => only.clone(),
        several => {
            let named = several.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
            let more = several.len().saturating_sub(NAMED);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            format!("one or more of: {named}{more}")
        }
    }
}

/// Items by their cause, in the order of the first of each.
pub(crate) fn by_cause<'i>(
    items: &'i [Item],
    causes: &'i [String],
) -> Vec<(&'i str, Vec<&'i Item>)> {
    let mut order: Vec<&str> = Vec::new();
    let mut groups: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for (item, cause) in items.iter().zip(causes) {
        if !groups.contains_key(cause.as_str()) {
            order.push(cause);
        }
        groups.entry(cause).or_default().push(item);
    }
    order.into_iter().map(|cause| (cause, groups.remove(cause).unwrap_or_default())).collect()
}

/// Opens the study of a command that compares with what was accepted. Its errors are said, and what
/// is wrong with what was accepted; warnings are for `check` and `run`.
///
/// # Errors
/// When there is nothing to compare; it is said then.
pub(crate) fn begin(arguments: &Arguments, named: Option<&Path>) -> Result<Begun, Status> {
    let folder = standard::study_folder(named, arguments)?;
    let opened = standard::open_study(&folder);
    if opened.checked.counts().0 > 0 {
        say::problems(&opened.checked, arguments, Status::Problems);
    }
    say::located(&Before::read(&folder).problems, arguments);
    let Some(study) = opened.checked.study.clone() else {
        terminal::aside("nothing was compared; mend the errors first");
        return Err(Status::Problems);
    };
    Ok(Begun { folder, opened, study })
}
