//! Which analyses come with the program, and which study is meant?

use std::path::{Path, PathBuf};

use parallax_engine::cache::Cache;
use parallax_engine::open::{Opened, open};
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, Entry, NativeAnalysis, Refused, Shelf};

use crate::args::{Arguments, Isolation};
use crate::{Status, say, terminal, user};

/// The native analyses that are linked in; one line each.
const PLUGINS: &[Entry] = &[
    case_consensus::ENTRY,
    co_orientation::ENTRY,
    composition_scan::ENTRY,
    concept_lattice::ENTRY,
    expectation_mismatch::ENTRY,
    intercoder_reliability::ENTRY,
    position_clusters::ENTRY,
    unitizing_reliability::ENTRY,
];

/// The analyses that come with the program; beside them what the user trusts, for studies that ask
/// for it by name.
pub(crate) fn shelf() -> Shelf {
    let mut shelf = own_shelf();
    user::offers().into_iter().for_each(|offer| shelf.offer(offer));
    shelf
}

/// The analyses that come with the program.
pub(crate) fn own_shelf() -> Shelf {
    filled(Shelf::default())
}

/// A script with the analyses that come with the program, but for the one that it may be a newer
/// version of.
///
/// # Errors
/// What is wrong with the script.
pub(crate) fn shelf_with(script: ScriptAnalysis) -> Result<Shelf, Refused> {
    let mut shelf = Shelf::default();
    shelf.add(Body::Script(script))?;
    Ok(filled(shelf))
}

/// The shelf with the analyses that come with the program, next to those that stand on it.
fn filled(mut shelf: Shelf) -> Shelf {
    for entry in PLUGINS {
        let added =
            NativeAnalysis::linked(*entry).and_then(|native| shelf.add(Body::Native(native)));
        if let Err(refused) = added
            && !matches!(refused, Refused::Duplicate { .. })
        {
            terminal::aside(&format!(
                "error: an analysis that comes with the program cannot be used: {refused}"
            ));
        }
    }
    for (id, source) in STANDARD_SCRIPTS {
        if shelf.get(id).is_some() {
            continue;
        }
        match ScriptAnalysis::load(id, source) {
            Ok(script) => {
                if let Err(refused) = shelf.add(Body::Script(script)) {
                    terminal::aside(&format!(
                        "error: a script that comes with the program cannot be used: {refused}"
                    ));
                }
            }
            Err(problem) => terminal::aside(&problem.render(source)),
        }
    }
    shelf
}

/// This program, as what was computed before is kept beside it: another text for every program
/// that could compute something else.
pub(crate) fn program() -> String {
    format!("parallax {} {}", env!("CARGO_PKG_VERSION"), env!("PARALLAX_BUILD"))
}

/// What was computed before for the study in a folder.
pub(crate) fn cache(folder: &Path) -> Cache {
    Cache::of(folder, &program())
}

/// The study in a folder, with everything that can be run on it.
pub(crate) fn open_study(folder: &Path) -> Opened {
    open(folder, shelf())
}

/// The same where the command line says how plugins run that do not come with the program.
pub(crate) fn open_study_as(folder: &Path, isolation: Isolation) -> Opened {
    let mut shelf = shelf();
    if isolation == Isolation::None {
        shelf.offer_here();
    }
    open(folder, shelf)
}

/// The folder of the study: the one that is named, or the nearest upward that has a `study.yaml`.
///
/// # Errors
/// When there is no such folder; it is said then.
pub(crate) fn study_folder(named: Option<&Path>, arguments: &Arguments) -> Result<PathBuf, Status> {
    if let Some(named) = named.or(arguments.study.as_deref()) {
        return match named.is_dir() {
            true => Ok(named.to_owned()),
            false => Err(say::no_folder(named)),
        };
    }
    nearest_study(arguments).ok_or_else(say::no_study)
}

/// The folder whose scripts are meant: that of a study, or else the nearest upward that has scripts.
///
/// A small study beside a script stands for the folder of the script.
///
/// # Errors
/// When there is no such folder; it is said then.
pub(crate) fn scripts_folder(arguments: &Arguments) -> Result<PathBuf, Status> {
    let named = match &arguments.study {
        Some(_) => Some(study_folder(None, arguments)?),
        None => nearest_study(arguments),
    };
    let here = std::env::current_dir().unwrap_or_default();
    let has_scripts = |folder: &&Path| folder.join("scripts").is_dir();
    let nearest = || here.ancestors().find(has_scripts).map(Path::to_owned);
    let folder = named.or_else(nearest).ok_or_else(say::no_scripts)?;
    let outer = std::fs::canonicalize(&folder).ok().and_then(|folder| of_small_study(&folder));
    Ok(outer.unwrap_or(folder))
}

/// The folder that has the script which `folder` is the small study of.
fn of_small_study(folder: &Path) -> Option<PathBuf> {
    let scripts = folder.parent().filter(|scripts| scripts.ends_with("scripts"))?;
    let script = folder.with_extension("rhai");
    script.is_file().then(|| scripts.parent().map(Path::to_owned))?
}

/// The folder of `--study`, or else the nearest one upward that has a `study.yaml`.
pub(crate) fn nearest_study(arguments: &Arguments) -> Option<PathBuf> {
    if let Some(named) = &arguments.study {
        return Some(named.clone());
    }
    let here = std::env::current_dir().unwrap_or_default();
    here.ancestors().find(|folder| folder.join("study.yaml").exists()).map(Path::to_owned)
}
