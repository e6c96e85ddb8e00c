//! How do two runs keep out of each other's way, and out of the way of somebody who is typing?

use std::path::Path;

use parallax_engine::check::saved_since;
use parallax_engine::open::Opened;
use parallax_engine::write::{Turn, turn};

use crate::args::Isolation;
use crate::{Status, say, standard, terminal};

/// Opens a study and takes the turn to write its results; none when nothing of it can be run.
///
/// # Errors
/// When nothing can be written where results belong; it is said then.
pub(super) fn open(folder: &Path, isolation: Isolation) -> Result<(Opened, Option<Turn>), Status> {
    let opened = standard::open_study_as(folder, isolation);
    if opened.checked.study.is_none() {
        return Ok((opened, None));
    }
    let (turn, waited) = taken(folder)?;
    // It took a while, and what was read may be old.
    let opened = if waited { standard::open_study_as(folder, isolation) } else { opened };
    Ok((opened, Some(turn)))
}

/// Takes the turn to write into a study, and says that it waits for it; whether it did.
///
/// # Errors
/// When nothing can be written where results belong; it is said then.
pub(crate) fn taken(folder: &Path) -> Result<(Turn, bool), Status> {
    match turn(folder) {
        Ok(Ok(turn)) => Ok((turn, false)),
        Ok(Err(taken)) => {
            terminal::aside(
                "waiting   another run of this study is at work; this one goes on when it is done",
            );
            Ok((taken.wait(), true))
        }
        Err(error) => Err(say::not_written(&folder.join("out"), &error)),
    }
}

/// Says which files were saved since the study was opened: what was found is not of them.
pub(crate) fn saved_meanwhile(opened: &Opened, folder: &Path) -> Status {
    let saved = saved_since(&opened.checked, folder);
    if saved.is_empty() {
        return Status::Fine;
    }
    let (files, were) = (saved.join(", "), if saved.len() == 1 { "was" } else { "were" });
    terminal::aside(&format!(
        "error: {files} {were} saved, added or removed while the study was being run: the results \
         are of what it held before\n\
         help: run it again"
    ));
    Status::Problems
}
