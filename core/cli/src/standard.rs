//! Which analyses come with the program, and which study is meant?

use std::path::{Path, PathBuf};

use parallax_engine::open::{Opened, open};
use parallax_engine::shelf::Entry;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};

use crate::args::Arguments;

/// The native analyses that are linked in; one line each.
const PLUGINS: &[Entry] = &[expectation_mismatch::ENTRY, position_clusters::ENTRY];

/// The analyses that come with the program.
pub(crate) fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    for entry in PLUGINS {
        let added =
            NativeAnalysis::linked(*entry).and_then(|native| shelf.add(Body::Native(native)));
        if let Err(refused) = added {
            eprintln!("error: an analysis that comes with the program cannot be used: {refused}");
        }
    }
    for (id, source) in STANDARD_SCRIPTS {
        match ScriptAnalysis::load(id, source) {
            Ok(script) => {
                if let Err(refused) = shelf.add(Body::Script(script)) {
                    eprintln!(
                        "error: a script that comes with the program cannot be used: {refused}"
                    );
                }
            }
            Err(problem) => eprintln!("{}", problem.render(source)),
        }
    }
    shelf
}

/// The study in a folder, with everything that can be run on it.
pub(crate) fn open_study(folder: &Path) -> Opened {
    open(folder, shelf())
}

/// The folder of the study: the one that is named, or the nearest upward that has a `study.yaml`.
pub(crate) fn study_folder(named: Option<&Path>, arguments: &Arguments) -> Option<PathBuf> {
    if let Some(named) = named.or(arguments.study.as_deref()) {
        return Some(named.to_owned());
    }
    let here = std::env::current_dir().ok()?;
    let found = here.ancestors().find(|folder| folder.join("study.yaml").exists());
    found.map(Path::to_owned)
}
