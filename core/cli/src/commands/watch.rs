//! What does the study say each time a file is saved?
//!
//! One run after another, never two at once: what is saved during a run is looked at after it.

mod patience;
mod saved;
mod screens;

use std::io;
use std::sync::{Arc, Mutex};

use crate::args::{Arguments, Format, Watch};
use crate::{Status, say, standard, terminal};

use saved::Saves;
use screens::{Watched, screens};

pub(crate) fn watch(arguments: &Arguments, watch: &Watch) -> Status {
    if !arguments.speaks_to_people() {
        terminal::aside(
            "error: `watch` speaks to people only\n\
             help: use --format full or short, or `parallax run --format json` for programs",
        );
        return Status::Usage;
    }
    let folder = match standard::study_folder(watch.folder.as_deref(), arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    // Files are told by their whole path.
    let folder = match std::fs::canonicalize(&folder) {
        Ok(folder) => folder,
        Err(_) => return say::no_folder(&folder),
    };
    let busy = Arc::new(Mutex::new(()));
    let saves = Saves::of(&folder).map_err(|error| error.to_string());
    let saves = saves.and_then(|saves| ends_on_request(&busy).map(|()| saves));
    let saves = match saves {
        Ok(saves) => saves,
        Err(error) => {
            terminal::aside(&format!(
                "error: {} cannot be watched: {error}\n\
                 help: `parallax run` runs the study once",
                folder.display()
            ));
            return Status::Files;
        }
    };
    let watched = Watched {
        folder: folder.clone(),
        only: watch.only.clone(),
        short: arguments.format == Format::Short,
        look: say::look(arguments, &io::stdout()),
        today: arguments.today(),
        busy: Arc::clone(&busy),
    };
    if let Err(unknown) = watched.is_possible() {
        terminal::aside(&unknown);
        return Status::Usage;
    }
    for screen in screens(saves, watched) {
        let _whole = busy.lock();
        let status = terminal::screen(&screen, Status::Fine);
        if status != Status::Fine {
            return status;
        }
        if !folder.is_dir() {
            return say::no_folder(&folder);
        }
    }
    Status::Fine
}

/// Ends the program well when the user asks for it, but not while something is being written.
fn ends_on_request(busy: &Arc<Mutex<()>>) -> Result<(), String> {
    let busy = Arc::clone(busy);
    let end = move || {
        let _nothing_half = busy.lock();
        #[expect(clippy::exit, reason = "the main thread may be in the middle of a long run")]
        std::process::exit(0);
    };
    ctrlc::set_handler(end).map_err(|error| error.to_string())
}
