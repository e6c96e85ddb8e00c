//! What is left of a study when a participant takes back what they said?
//!
//! Rows are cut out of the files by their bytes, so that everything else stays as it is: separators,
//! line ends, quotation marks, encoding. Nothing is written before it is known that what remains is a
//! study.

mod change;
mod cut;
mod decide;
mod mention;
mod rows;
mod setting;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use parallax_model::StudyFile;

use crate::folder::{Folder, Found};
use crate::kept;
use crate::text::source::Source;
use crate::write;

pub use change::Change;
pub use mention::Mention;

/// What has to change in a study for a participant to be gone from it.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// The files that change, in the order in which they are written: what others are decided by
    /// comes late, and participants.csv last, so that a withdrawal that was interrupted can be taken
    /// up again by asking for it again.
    pub changes: Vec<Change>,
    /// Where the participant is still named afterwards, in places that only a person can mend.
    pub mentions: Vec<Mention>,
}

/// Why a withdrawal cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The table of participants has no such id; those that it has.
    Unknown(Vec<String>),
    /// A file cannot be read as a table, by its name.
    Unreadable(String),
    /// A file is in an encoding in which bytes cannot be cut out safely, by its name.
    Encoding(String),
}

/// The order in which files are written.
const ORDER: [StudyFile; 8] = [
    StudyFile::Excerpts,
    StudyFile::Statements,
    StudyFile::Coverage,
    StudyFile::Constraints,
    StudyFile::Events,
    StudyFile::Study,
    StudyFile::Sources,
    StudyFile::Participants,
];

/// What has to change in the files of a study for a participant to be gone from it.
///
/// # Errors
/// When there is no such participant, or a file cannot be changed.
pub fn withdrawal(folder: &Folder, participant: &str) -> Result<Withdrawal, Refused> {
    let mut sources = sources(folder);
    let people = decide::participants(&sources)?;
    if !people.contains(participant) {
        return Err(Refused::Unknown(people.into_iter().collect()));
    }
    let decided = decide::decide(&sources, participant)?;
    let mut changes = Vec::new();
    for file in ORDER {
        let Some(found) = folder.files.iter().find(|found| found.file == Some(file)) else {
            continue;
        };
        let Some(source) = sources.iter_mut().find(|source| source.file == Some(file)) else {
            continue;
        };
        let Some(part) = decided.get(&file).filter(|part| !part.cuts.is_empty()) else { continue };
        let bytes = cut::bytes(&found.bytes, source, &part.cuts)
            .ok_or_else(|| Refused::Encoding(source.name.clone()))?;
        source.text = cut::text(&source.text, &part.cuts);
        changes.push(Change {
            name: source.name.clone(),
            file,
            bytes,
            rows: part.rows.clone(),
            edited: part.edited,
        });
    }
    let mentions = mention::mentions(&sources, participant);
    Ok(Withdrawal { changes, mentions })
}

/// The changes in what was kept of the study when its findings were accepted, by their places in the
/// study's folder; none where nothing was kept, or nothing of this participant.
///
/// # Errors
/// When a file cannot be changed.
pub fn from_what_was_kept(study: &Path, participant: &str) -> Result<Vec<Change>, Refused> {
    let folder = crate::folder::read(&study.join(kept::PLACE));
    match withdrawal(&folder, participant) {
        Ok(Withdrawal { changes, .. }) => Ok(changes
            .into_iter()
            .map(|change| Change { name: format!("{}/{}", kept::PLACE, change.name), ..change })
            .collect()),
        Err(Refused::Unknown(_)) => Ok(Vec::new()),
        Err(Refused::Unreadable(name)) if folder.files.is_empty() => {
            tracing::debug!(name, "nothing was kept");
            Ok(Vec::new())
        }
        Err(Refused::Unreadable(name)) => {
            Err(Refused::Unreadable(format!("{}/{name}", kept::PLACE)))
        }
        Err(Refused::Encoding(name)) => Err(Refused::Encoding(format!("{}/{name}", kept::PLACE))),
    }
}

fn sources(folder: &Folder) -> Vec<Source> {
    let all = folder.files.iter().chain(&folder.scripts);
    all.map(|found| Source::new(&found.name, found.file, found.bytes.clone())).collect()
}

impl Withdrawal {
    /// The files of the study as they will be.
    #[must_use]
    pub fn applied(&self, folder: &Folder) -> Folder {
        let mut folder = folder.clone();
        for Found { name, bytes, .. } in &mut folder.files {
            if let Some(change) = self.changes.iter().find(|change| change.name == *name) {
                bytes.clone_from(&change.bytes);
            }
        }
        folder
    }
}

/// A withdrawal that was begun and not finished.
#[derive(Debug)]
pub struct Unfinished {
    /// The file that could not be written.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
    /// The files that are as they were, this one first.
    pub remaining: Vec<String>,
}

/// Writes the files that change in a study's folder, one after another: each of them whole or not at
/// all, and inside the study only.
///
/// # Errors
/// At the first that cannot be written. Those before it are written; the same withdrawal can be made
/// again and goes on there.
pub fn write(study: &Path, changes: &[&Change]) -> Result<(), Unfinished> {
    for (at, change) in changes.iter().enumerate() {
        write::within(study, &change.name, &change.bytes).map_err(|error| {
            let remaining = changes[at..].iter().map(|change| change.name.clone()).collect();
            Unfinished { path: study.join(&change.name), error, remaining }
        })?;
    }
    Ok(())
}

/// The ids of some rows.
type Ids = BTreeSet<String>;
