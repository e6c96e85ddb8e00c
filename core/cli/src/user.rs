//! What belongs to the user, and to no study: which plugins they trust, and what those may take?
//!
//! Where it stands is the system's to say. Nothing of a study is looked at here.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use etcetera::{BaseStrategy, base_strategy::choose_base_strategy};
use parallax_engine::shelf::Offer;
use parallax_engine::shelf::apart::{Limits, Workshop};
use parallax_engine::trust::{Shown, Store, limits};

use crate::{Status, terminal};

/// The folder of the program in those of the user.
const PROGRAM: &str = "parallax";

/// Where trusted plugins are kept; none where the user has no home.
fn store() -> Option<Store> {
    let folders = choose_base_strategy().ok()?;
    Some(Store::at(folders.data_dir().join(PROGRAM).join("plugins")))
}

/// The file of the user's settings; none where the user has no home.
pub(crate) fn settings_file() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.config_dir().join(PROGRAM).join("settings.toml"))
}

/// What plugins may take.
///
/// # Errors
/// When the user's settings cannot be read or used: what to say, and how the command ends.
fn plugin_limits() -> Result<Limits, (String, Status)> {
    let Some(file) = settings_file() else { return Ok(Limits::default()) };
    let place = file.display();
    match fs::read_to_string(&file) {
        Ok(text) => limits(&text).map_err(|wrong| {
            let said = format!(
                "error: {place}: {wrong}\n\
                 help: correct it, or remove the line to have what is usual"
            );
            (said, Status::Usage)
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Limits::default()),
        Err(error) => {
            let said = format!(
                "error: {place} cannot be read: {error}\n\
                 help: it says what plugins may take; mend it, or remove it to have what is usual"
            );
            Err((said, Status::Files))
        }
    }
}

/// Looks at the user's settings before anything else is done.
///
/// # Errors
/// When they cannot be read or used; it is said then.
pub(crate) fn look() -> Result<(), Status> {
    match plugin_limits() {
        Ok(_) => Ok(()),
        Err((said, status)) => {
            terminal::aside(&said);
            Err(status)
        }
    }
}

/// How workers are started for plugins: this program again, within the user's limits. None where the
/// settings cannot be used, which was said when the command began.
pub(crate) fn workshop() -> Option<Workshop> {
    let (program, limits) = (std::env::current_exe().ok()?, plugin_limits().ok()?);
    Some(Workshop { program, limits })
}

/// What the user trusts, for studies that ask for it. A store that cannot be read is told of.
pub(crate) fn offers() -> Vec<Offer> {
    let (Some(store), Some(workshop)) = (store(), workshop()) else { return Vec::new() };
    store.offers(&workshop).unwrap_or_else(|error| {
        terminal::aside(&unreadable(&store, &error));
        Vec::new()
    })
}

/// That the trusted plugins cannot be read.
pub(crate) fn unreadable(store: &Store, error: &io::Error) -> String {
    format!(
        "error: the trusted plugins in {} cannot be read: {error}\n\
         help: the folder has to be yours; `parallax plugin trust <library>` fills it anew",
        store.place().display()
    )
}

/// The user's trust store.
///
/// # Errors
/// When the user has no folder for it; it is said then.
pub(crate) fn own_store() -> Result<Store, Status> {
    store().ok_or_else(|| {
        terminal::aside(
            "error: there is no folder to keep trusted plugins in: the system knows no home of yours\n\
             help: set HOME, or XDG_DATA_HOME to a folder of your own",
        );
        Status::Files
    })
}

/// The user's trust store, and what is in it.
///
/// # Errors
/// When there is none, or it cannot be read; it is said then.
pub(crate) fn shown_store() -> Result<(Store, Shown), Status> {
    let store = own_store()?;
    match store.shown() {
        Ok(shown) => Ok((store, shown)),
        Err(error) => {
            terminal::aside(&unreadable(&store, &error));
            Err(Status::Files)
        }
    }
}
