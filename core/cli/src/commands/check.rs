//! What is wrong with a study, and what can be mended at once?

use std::path::Path;

use parallax_engine::check::mend;
use parallax_engine::consent::judge;
use parallax_engine::write;

use crate::Status;
use crate::args::{Arguments, Check};
use crate::commands::run::taken;
use crate::{say, standard, terminal};

pub(crate) fn check(arguments: &Arguments, check: &Check) -> Status {
    let folder = match standard::study_folder(check.folder.as_deref(), arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    let turn = match check.fix.then(|| taken(&folder)).transpose() {
        Ok(turn) => turn,
        Err(status) => return status,
    };
    let mut opened = standard::open_study(&folder);
    if check.fix {
        match fix(&folder, &opened) {
            Ok(()) => opened = standard::open_study(&folder),
            Err(status) => return status,
        }
    }
    drop(turn);
    judge(&mut opened.checked, arguments.today());
    let status = match opened.checked.counts_of_day() {
        (0, 0) => Status::Fine,
        (0, _) if !check.strict => Status::Fine,
        _ => Status::Problems,
    };
    let status = say::problems(&opened.checked, arguments, status);
    match arguments.speaks_to_people() {
        true => terminal::result(&say::checked(&opened, &folder), status),
        false => status,
    }
}

/// Applies every safe correction and says each one.
fn fix(folder: &Path, opened: &parallax_engine::open::Opened) -> Result<(), Status> {
    for left in [folder, &folder.join("scripts")] {
        write::sweep(left);
    }
    for mended in mend(&opened.checked) {
        for change in &mended.changes {
            terminal::aside(&format!("{}: {change}", mended.file));
        }
        write::within(folder, &mended.file, mended.contents.as_bytes())
            .map_err(|error| say::not_written(&folder.join(&mended.file), &error))?;
    }
    Ok(())
}
