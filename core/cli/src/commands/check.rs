//! What is wrong with a study, and what can be mended at once?

use std::path::Path;

use parallax_engine::check::mend;
use parallax_engine::write;

use crate::Status;
use crate::args::{Arguments, Check};
use crate::{say, standard};

pub(crate) fn check(arguments: &Arguments, check: &Check) -> Status {
    let Some(folder) = standard::study_folder(check.folder.as_deref(), arguments) else {
        return say::no_study();
    };
    let mut opened = standard::open_study(&folder);
    if check.fix {
        match fix(&folder, &opened) {
            Ok(()) => opened = standard::open_study(&folder),
            Err(status) => return status,
        }
    }
    say::problems(&opened.checked, arguments);
    let (errors, warnings) = opened.checked.counts();
    if arguments.speaks_to_people() {
        println!("{}", say::checked(&opened, &folder));
    }
    match (errors, warnings) {
        (0, 0) => Status::Fine,
        (0, _) if !check.strict => Status::Fine,
        _ => Status::Problems,
    }
}

/// Applies every safe correction and says each one.
fn fix(folder: &Path, opened: &parallax_engine::open::Opened) -> Result<(), Status> {
    for mended in mend(&opened.checked) {
        for change in &mended.changes {
            eprintln!("{}: {change}", mended.file);
        }
        write::whole(&folder.join(&mended.file), mended.contents.as_bytes())
            .map_err(|error| say::not_written(&folder.join(&mended.file), &error))?;
    }
    Ok(())
}
