//! What was accepted of a study, and is it still as it was written?

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use parallax_model::{Kind, Problem, Spot, StudyFile};

use crate::accept::{self, Accepted, NotAccepted};
use crate::check::{Located, Somewhere};
use crate::kept::{self, Kept};
use crate::lock::{self, Lock};
use crate::text::source::{hash, text_of};

/// What was accepted.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// From what it was made; nothing where nothing was accepted, or nobody knows.
    pub lock: Option<Lock>,
    /// What was accepted, by analysis.
    pub accepted: BTreeMap<String, Accepted>,
    /// The study without its words as it was then; nothing where it was not kept or is damaged.
    pub kept: Option<Kept>,
    /// What is wrong with the files.
    pub problems: Vec<Located>,
}

/// No lock and no file of findings that parallax writes has more bytes.
const LARGEST: u64 = 256 << 20;

/// The folder of accepted findings, inside the study's.
const FOLDER: &str = "findings/accepted";

impl Before {
    /// Reads what was accepted in a study's folder.
    #[must_use]
    pub fn read(study: &Path) -> Self {
        let mut before = Self::default();
        before.read_lock(study);
        before.read_accepted(study);
        before.compare_with_lock(study);
        before
    }

    /// The lock of a study's folder as it is now, whatever is wrong with the rest.
    pub(super) fn lock_of(study: &Path) -> Option<Lock> {
        let mut before = Self::default();
        before.read_lock(study);
        before.lock
    }

    /// Whether nothing was ever accepted.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.lock.is_none() && self.accepted.is_empty() && self.problems.is_empty()
    }

    /// Whether something cannot be read, so that nothing can be written over it.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        let unreadable = [Kind::LockUnreadable, Kind::AcceptedUnreadable];
        self.problems.iter().any(|problem| unreadable.contains(&problem.problem.kind))
    }

    /// How many findings were accepted.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.accepted.values().map(|own| own.findings.len()).sum()
    }

    fn tell(&mut self, kind: Kind, file: &str, message: String, help: &str) {
        let mut problem =
            Problem::new(kind, Spot::File(StudyFile::Study), message).help(help.to_owned());
        problem.spots.clear();
        let places = vec![Somewhere { file: file.to_owned(), source: None, place: None }];
        self.problems.push(Located { problem, places, related: None });
    }

    fn read_lock(&mut self, study: &Path) {
        let help = "take it back from your backup or version control; or move it away, and accept \
                    the findings anew with `parallax review --accept`";
        let text = match read_inside(study, Path::new(lock::PLACE)) {
            Ok(None) => return,
            Ok(Some(bytes)) => text_of(bytes),
            Err(error) => {
                let message = format!("{} cannot be read: {error}", lock::PLACE);
                return self.tell(Kind::LockUnreadable, lock::PLACE, message, help);
            }
        };
        match Lock::read(&text) {
            Ok(lock) => self.lock = Some(lock),
            Err(wrong) if wrong.is_newer => {
                let message = format!("{} cannot be read: {wrong}", lock::PLACE);
                let help = "use that parallax, or a newer one: this one would take the findings \
                            for others than they are";
                self.tell(Kind::LockUnreadable, lock::PLACE, message, help);
            }
            Err(wrong) => {
                let message = format!("{} cannot be read: {wrong}", lock::PLACE);
                self.tell(Kind::LockUnreadable, lock::PLACE, message, help);
            }
        }
    }

    fn read_accepted(&mut self, study: &Path) {
        for name in json_files(&study.join(FOLDER)) {
            let file = format!("{FOLDER}/{name}");
            let analysis = name.trim_end_matches(".json").to_owned();
            let help = NotAccepted::HELP;
            let unreadable = |reason: String| format!("{file} cannot be read: {reason}");
            let bytes = match read_inside(study, Path::new(&file)) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(error) => {
                    let message = unreadable(error.to_string());
                    self.tell(Kind::AcceptedUnreadable, &file, message, help);
                    continue;
                }
            };
            let known = self.lock.as_ref().is_none_or(|lock| lock.findings_of(&analysis).is_some());
            match accept::read(&bytes) {
                Ok(own) if own.analysis == analysis && known => {
                    self.accepted.insert(analysis, own);
                }
                Ok(own) => {
                    let message = format!(
                        "{file} holds accepted findings of `{}` that study.lock does not know",
                        own.analysis
                    );
                    let help = "a program that synchronises folders may have made a second copy; \
                                compare the two, and remove the one that is not wanted";
                    self.tell(Kind::AcceptedStray, &file, message, help);
                }
                Err(wrong) if known => {
                    let message = unreadable(wrong.to_string());
                    self.tell(Kind::AcceptedUnreadable, &file, message, help);
                }
                Err(_) => {
                    let message = format!("{file} is no file of accepted findings");
                    let help = "remove it: nothing else belongs into that folder";
                    self.tell(Kind::AcceptedStray, &file, message, help);
                }
            }
        }
    }

    fn compare_with_lock(&mut self, study: &Path) {
        let Some(lock) = self.lock.clone() else { return };
        for own in &lock.findings {
            let text = fs::read(study.join(&own.file)).map(text_of);
            match text {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let message = format!("{} is not there, and study.lock knows it", own.file);
                    let help = "take it back from your backup or version control; or accept the \
                                findings anew with `parallax review`";
                    self.tell(Kind::AcceptedMissing, &own.file, message, help);
                }
                Ok(text) if hash(&text) != own.sha256 => {
                    let message = format!("{} is not what study.lock knows", own.file);
                    let help = "it was edited, or an acceptance was interrupted: look at it with \
                                `parallax review`, or take it back from version control";
                    self.tell(Kind::AcceptedEdited, &own.file, message, help);
                }
                _ => {}
            }
        }
        let kept = lock.inputs.iter().chain(&lock.scripts).filter_map(|input| {
            Some((format!("{}/{}", kept::PLACE, input.path), input.kept_sha256.clone()?))
        });
        let kept: Vec<(String, String)> = kept.collect();
        let differs = kept.iter().find(|(file, sha256)| {
            let bytes = fs::read(study.join(file));
            bytes.map_or(true, |bytes| hash(&text_of(bytes)) != *sha256)
        });
        match differs {
            Some((file, _)) => {
                let message = format!("{file} is not what study.lock knows, or is not there");
                let help = "causes of differences are told by file until findings are accepted \
                            again; unless somebody withdrew in the meantime, the folder can be \
                            taken back from version control to have them by row";
                self.tell(Kind::KeptEdited, file, message, help);
            }
            None if kept.is_empty() => {}
            None => self.kept = Kept::read(study),
        }
    }
}

/// The names of the files in a folder that end in `.json`, in order.
fn json_files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> =
        names.filter(|name| name.ends_with(".json") && !name.starts_with('.')).collect();
    names.sort();
    names
}

/// The bytes of a file of the study; nothing when it is not there.
///
/// # Errors
/// What the operating system says, or that the file lies outside the study.
fn read_inside(study: &Path, name: &Path) -> io::Result<Option<Vec<u8>>> {
    let path: PathBuf = study.join(name);
    let target = match fs::canonicalize(&path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !target.starts_with(fs::canonicalize(study)?) {
        return Err(io::Error::other("it is a link that leads out of the study"));
    }
    if fs::metadata(&target)?.len() > LARGEST {
        return Err(io::Error::other("it is far too large to be one of ours"));
    }
    fs::read(target).map(Some)
}
