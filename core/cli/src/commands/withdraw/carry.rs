//! What is written when somebody withdraws, and in which order?
//!
//! The table of participants is written last: until then the same command goes on where it stopped.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use parallax_engine::editor;
use parallax_engine::lock;
use parallax_engine::log::{self, Entry};
use parallax_engine::model::StudyFile;
use parallax_engine::since::{Before, Refused, withdrew};
use parallax_engine::withdraw::{Change, Unfinished, write};
use parallax_engine::write::{inside, leads_outside};

use super::{Prepared, WRITTEN};
use crate::commands::review;
use crate::{Status, standard, terminal};

/// Writes what remains, removes what an earlier run wrote, and notes it in the log and the lock.
///
/// # Errors
/// When something cannot be written; it is said then, with what remains to be done.
pub(super) fn carry_out(study: &Path, prepared: &Prepared, entry: &Entry) -> Result<(), Status> {
    let changes = prepared.withdrawal.changes.iter();
    let (last, others): (Vec<&Change>, Vec<&Change>) =
        changes.partition(|change| change.file == StudyFile::Participants);
    let first: Vec<&Change> = others.into_iter().chain(&prepared.kept).collect();
    stays_inside(study, first.iter().chain(&last))?;
    let is_unfinished = |unfinished: Unfinished| {
        let Unfinished { path, error, remaining } = unfinished;
        not_finished(&path, &error, remaining, &prepared.participant)
    };
    let stopped = |path: &Path, error: &io::Error| {
        not_finished(path, error, Vec::new(), &prepared.participant)
    };
    // The log is written when nothing else is left to change: its line is of an earlier attempt.
    let is_noted = first.is_empty() && log::ends_with(study, entry).unwrap_or(false);
    write(study, &first).map_err(is_unfinished)?;
    remove_written(study).map_err(|(path, error)| stopped(&path, &error))?;
    forget_in_schema(study, prepared);
    let forgotten = log::forget(study, &prepared.participant);
    let logged = forgotten.and_then(|()| match is_noted {
        true => Ok(()),
        false => log::add(study, std::slice::from_ref(entry)),
    });
    logged.map_err(|error| stopped(&study.join(log::PLACE), &error))?;
    if !(is_noted && is_in_lock(&prepared.accepted)) && has_kept(&prepared.accepted) {
        withdrew(study, &prepared.accepted).map_err(|refused| match refused {
            Refused::NotWritten(path, error) => stopped(&path, &error),
            other => review::said(&other),
        })?;
    }
    write(study, &last).map_err(is_unfinished)
}

/// Whether the lock knows a copy of the study, whole or not.
fn has_kept(accepted: &Before) -> bool {
    let lock = accepted.lock.iter();
    lock.flat_map(|lock| lock.inputs.iter().chain(&lock.scripts))
        .any(|input| input.kept_sha256.is_some())
}

/// Whether the lock knows of a withdrawal, and the copy as it is.
fn is_in_lock(accepted: &Before) -> bool {
    let counted = accepted.lock.as_ref().is_some_and(|lock| lock.study.withdrawals > 0);
    counted && accepted.kept.is_some()
}

/// Looks at every path before the first is written to, so that no link leaves a withdrawal half done.
fn stays_inside<'c>(
    study: &Path,
    changes: impl Iterator<Item = &'c &'c Change>,
) -> Result<(), Status> {
    let names = changes.map(|change| change.name.as_str());
    for name in names.chain([log::PLACE, lock::PLACE, editor::PLACE]) {
        inside(study, name).map_err(|error| not_begun(&study.join(name), &error))?;
    }
    for name in WRITTEN {
        written(study, name).map_err(|error| not_begun(&study.join(name), &error))?;
    }
    Ok(())
}

fn not_begun(path: &Path, error: &io::Error) -> Status {
    terminal::aside(&format!(
        "error: nothing was removed: {} cannot be written: {error}\n\
         help: put what the link leads to into its place, or remove the link, and withdraw again",
        path.display()
    ));
    Status::Files
}

fn not_finished(path: &Path, error: &io::Error, mut remaining: Vec<String>, id: &str) -> Status {
    let people = StudyFile::Participants.name();
    if !remaining.iter().any(|name| name == people) {
        remaining.push(people.to_owned());
    }
    let help = match leads_outside(error) {
        true => "put what the link leads to into its place",
        false => "check that there is room and that the folder is yours to write in",
    };
    terminal::aside(&format!(
        "error: {} could not be written: {error}\n\
         the withdrawal is not finished; these are as they were: {}\n\
         help: {help}, then `parallax withdraw {id}` goes on",
        path.display(),
        remaining.join(", ")
    ));
    Status::Files
}

/// Where something that was written before stands, inside the study.
///
/// # Errors
/// When a link leads out of the study, or something is a link to a folder, of which nobody knows what
/// else is in it.
fn written(study: &Path, name: &str) -> io::Result<PathBuf> {
    let place = inside(study, name)?;
    let is_link = fs::symlink_metadata(study.join(name)).is_ok_and(|there| there.is_symlink());
    match is_link && place.is_dir() {
        true => Err(io::Error::other("it is a link to a folder")),
        false => Ok(place),
    }
}

/// Removes what was written before and holds what the participant said.
fn remove_written(study: &Path) -> Result<(), (PathBuf, io::Error)> {
    for name in WRITTEN {
        let removed = written(study, name).and_then(|place| match fs::symlink_metadata(&place) {
            Ok(there) if there.is_dir() => fs::remove_dir_all(&place),
            Ok(_) => fs::remove_file(&place),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        });
        removed.map_err(|error| (study.join(name), error))?;
    }
    Ok(())
}

/// What an editor was told of the study lists its people; it is told anew, where it was told at all.
fn forget_in_schema(study: &Path, prepared: &Prepared) {
    if let Some(after) = &prepared.after.checked.study
        && study.join(editor::PLACE).exists()
    {
        // The next run tells it again: nothing is lost when it cannot be written.
        let _as_it_was = editor::renew(study, after, &standard::shelf());
    }
}
