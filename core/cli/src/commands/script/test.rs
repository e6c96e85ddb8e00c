//! Does a script still find in its small study what was accepted?
//!
//! The script `scripts/ID.rhai` has its small study beside it, in the folder `scripts/ID`: a study
//! like any other, whose `study.yaml` says with which parameters the script runs.

mod show;
mod small;
mod verdict;

use std::fs;
use std::path::Path;

use parallax_engine::check::suggestion;
use parallax_engine::text::source::Source;

use crate::args::{Arguments, Test};
use crate::{Status, standard, terminal};

use verdict::{Tested, Verdict};

pub(crate) fn test(arguments: &Arguments, test: &Test) -> Status {
    let folder = match standard::scripts_folder(arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    let known = scripts(&folder);
    if let Err(status) = are_known(&known, &test.ids, &folder) {
        return status;
    }
    let asked = |id: &&String| test.ids.is_empty() || test.ids.contains(id);
    let tested: Vec<Tested> = known
        .iter()
        .filter(asked)
        .map(|id| {
            let verdict = match small::is_there(&folder, id) {
                true => verdict(&folder, id, test.accept),
                false => Verdict::Untested { named: !test.ids.is_empty() },
            };
            Tested { id: id.clone(), verdict }
        })
        .collect();
    let worst = tested.iter().map(|tested| tested.verdict.status()).max();
    show::show(&tested, arguments, test, worst.unwrap_or(Status::Fine))
}

/// What comes of one script, and of accepting what it finds.
fn verdict(folder: &Path, id: &str, accept: bool) -> Verdict {
    let source = match source(folder, id) {
        Ok(source) => source,
        Err(error) => {
            let text = format!("scripts/{id}.rhai cannot be read: {error}");
            return Verdict::Failed { problem: text };
        }
    };
    match small::found(folder, id, &source.text) {
        Ok(now) => verdict::of(folder, id, now, accept),
        Err(problem) => Verdict::Failed { problem },
    }
}

/// The text of a script.
fn source(folder: &Path, id: &str) -> std::io::Result<Source> {
    let name = format!("scripts/{id}.rhai");
    fs::read(folder.join(&name)).map(|bytes| Source::new(&name, None, bytes))
}

/// The ids of the scripts in a folder, in order.
fn scripts(folder: &Path) -> Vec<String> {
    let inside = fs::canonicalize(folder).unwrap_or_default();
    let mut ids: Vec<String> = fs::read_dir(folder.join("scripts"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rhai"))
        // A link that leads outside is no script of the study.
        .filter(|path| {
            fs::canonicalize(path).is_ok_and(|path| path.is_file() && path.starts_with(&inside))
        })
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    ids.sort();
    ids
}

/// Says which of the scripts that were named there is not.
fn are_known(known: &[String], named: &[String], folder: &Path) -> Result<(), Status> {
    if known.is_empty() {
        terminal::aside(&format!(
            "error: there is no script in {}\nhelp: a script is a file in that folder, such as \
             scripts/duties.rhai",
            folder.join("scripts").display()
        ));
        return Err(Status::Usage);
    }
    let Some(unknown) = named.iter().find(|id| !known.contains(id)) else { return Ok(()) };
    let names = known.iter().map(String::as_str);
    let help = match suggestion(unknown, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of: {}", known.join(", ")),
    };
    terminal::aside(&format!("error: there is no script `{unknown}`\nhelp: {help}"));
    Err(Status::Usage)
}
