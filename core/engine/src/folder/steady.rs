//! How are files read as they stand at one moment, while somebody may be saving them?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use parallax_model::StudyFile;

/// So often files are read until none is saved meanwhile.
const TRIES: usize = 4;

/// What shows that a file was saved: its length and when it was written. Nothing else depends on
/// times, and a save that they do not show is found when the run is over.
pub(super) type Stamps = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// What `read` gives once the stamps before it are those after it; its last try where they never
/// are.
pub(super) fn read<T, S: PartialEq>(
    mut read: impl FnMut() -> T,
    mut stamps: impl FnMut() -> S,
) -> T {
    let mut before = stamps();
    for _ in 1..TRIES {
        let found = read();
        let after = stamps();
        if after == before {
            return found;
        }
        tracing::debug!("a file was saved while the folder was read");
        before = after;
    }
    read()
}

/// The stamps of everything in a study's folder that is read.
pub(super) fn stamps(study: &Path) -> Stamps {
    let mut stamps = Stamps::new();
    for file in StudyFile::ALL {
        stamp(study.join(file.name()), &mut stamps);
    }
    below(&study.join("scripts"), 0, &mut stamps);
    stamps
}

fn stamp(path: PathBuf, stamps: &mut Stamps) {
    if let Ok(file) = fs::metadata(&path) {
        stamps.insert(path, (file.len(), file.modified().ok()));
    }
}

/// So deep are the folders of scripts looked at; links may lead round in a circle.
const DEPTH: usize = 4;

fn below(folder: &Path, depth: usize, stamps: &mut Stamps) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true if depth < DEPTH => below(&path, depth + 1, stamps),
            true => {}
            false => stamp(path, stamps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often is read, and what is found, when a file is saved during the first so many reads.
    fn tried(saves: usize) -> (usize, usize) {
        let (reads, state) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
        let found = read(
            || {
                reads.set(reads.get() + 1);
                let found = state.get();
                if reads.get() <= saves {
                    state.set(state.get() + 1);
                }
                found
            },
            || state.get(),
        );
        (reads.get(), found)
    }

    #[test]
    fn what_was_saved_meanwhile_is_read_again() {
        assert_eq!(tried(0), (1, 0));
        assert_eq!(tried(1), (2, 1));
        assert_eq!(tried(2), (3, 2));
        assert_eq!(tried(100), (TRIES, TRIES - 1), "somebody saves all the time");
    }

    #[test]
    fn a_save_shows() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("scripts/shared")).expect("made");
        fs::write(folder.path().join("codes.csv"), "id").expect("written");
        let before = stamps(folder.path());
        fs::write(folder.path().join("scripts/shared/a.rhai"), "//! A.").expect("written");
        let after = stamps(folder.path());
        assert_ne!(before, after);
        fs::write(folder.path().join("codes.csv"), "id\nP").expect("written");
        assert_ne!(after, stamps(folder.path()));
    }
}
