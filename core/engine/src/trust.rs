//! Which plugins does the user trust, whatever a study says?
//!
//! A folder of the user's own, outside any study, has a copy of each library that they trust, in a
//! folder named after its SHA-256, and beside it what is known of it. Only such a copy is ever
//! loaded. Who lists what there is, or describes it, reads what is known: no code of a library runs.

mod entry;
mod limits;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::shelf::apart::{Described, Workshop};
use crate::shelf::library;
use crate::shelf::offer::{Offer, is_sha256, sha256};
use crate::write::{Staged, alone, stage};

pub use entry::{Entry, PLATFORM, Unread};
pub use limits::{WrongSetting, limits};

/// The file that says what is known of a copy, beside it.
const SIDECAR: &str = "plugin.json";

/// The largest library that is read: more is no analysis, and would fill the memory.
const MOST_BYTES: u64 = 1 << 30;

/// The user's trust store, in a folder that need not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    place: PathBuf,
}

/// What is in a store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The libraries that are trusted, by id; of one id, the one that was trusted last comes first.
    pub entries: Vec<Entry>,
    /// What cannot be read, and is not trusted.
    pub unread: Vec<Unread>,
}

/// A copy of a library that is not trusted yet, where only the user can come at it.
#[derive(Debug)]
pub struct Candidate {
    staged: Staged,
    /// The copy.
    pub library: PathBuf,
    /// SHA-256 of it.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    origin: PathBuf,
}

/// Why a library cannot be trusted.
#[derive(Debug, Error)]
pub enum NotKept {
    /// The library cannot be read.
    #[error("the library cannot be read: {0}")]
    Library(io::Error),
    /// The store cannot be written.
    #[error("the folder of trusted plugins cannot be written: {0}")]
    Store(io::Error),
}

impl Store {
    /// The store in a folder.
    #[must_use]
    pub fn at(place: PathBuf) -> Self {
        Self { place }
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Everything in it. Nothing where there is no store.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn shown(&self) -> io::Result<Shown> {
        let mut shown = Shown::default();
        let folders = match fs::read_dir(&self.place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(shown),
            other => other?,
        };
        for folder in folders {
            let folder = folder?;
            let name = folder.file_name().to_string_lossy().into_owned();
            // What is being put together has another name, and a link leads to what nobody trusted.
            if !is_sha256(&name) || !folder.file_type()?.is_dir() {
                continue;
            }
            match Entry::read(&folder.path(), &name) {
                Ok(entry) => shown.entries.push(entry),
                Err(why) => shown.unread.push(Unread { sha256: name, why }),
            }
        }
        shown.unread.sort_by(|a, b| a.sha256.cmp(&b.sha256));
        let order =
            |entry: &Entry| (entry.id.clone(), u64::MAX - entry.serial, entry.sha256.clone());
        shown.entries.sort_by_cached_key(order);
        Ok(shown)
    }

    /// What can be offered to studies: the trusted libraries for this kind of computer, the one that
    /// was trusted last first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn offers(&self, workshop: &Workshop) -> io::Result<Vec<Offer>> {
        let entries = self.shown()?.entries.into_iter().filter(Entry::is_for_here);
        let offers = entries.map(|entry| Offer {
            library: self.library_of(&entry),
            manifest: entry.manifest,
            sha256: entry.sha256,
            workshop: workshop.clone(),
            is_here: false,
        });
        Ok(offers.collect())
    }

    /// The copy that an entry is about.
    #[must_use]
    pub fn library_of(&self, entry: &Entry) -> PathBuf {
        self.place.join(&entry.sha256).join(entry::file_name(&entry.id))
    }

    /// Copies a library to where only the user can come at it. The copy is what is described,
    /// checked and, if all is well, kept: nobody can change it in between.
    ///
    /// # Errors
    /// When the library cannot be read, or the store not be written.
    pub fn candidate(&self, library: &Path) -> Result<Candidate, NotKept> {
        let bytes = bytes_of(library).map_err(NotKept::Library)?;
        let origin = library.canonicalize().map_err(NotKept::Library)?;
        // `word_count.so` and `libword_count.so.1` are copied as what the symbol is looked for in.
        let name = library::file_name(library::stem(library));
        let staged = stage(&self.place).map_err(NotKept::Store)?;
        let copy = staged.put(&name, &bytes).map_err(NotKept::Store)?;
        let (sha256, size) = (sha256(&bytes), bytes.len() as u64);
        Ok(Candidate { staged, library: copy, sha256, size, origin })
    }

    /// Trusts a candidate from now on; `day` is today, `program` the version of this program.
    ///
    /// # Errors
    /// When the store cannot be written; it is as it was then.
    pub fn keep(
        &self,
        candidate: Candidate,
        described: Described,
        (day, program): (&str, &str),
    ) -> io::Result<Entry> {
        let Candidate { staged, sha256, size, origin, library } = candidate;
        let kept = alone(&self.place)?;
        let serial = self.shown()?.entries.iter().map(|entry| entry.serial).max().unwrap_or(0);
        let mut entry = Entry::of(described, &sha256, size);
        entry.origin = origin.to_string_lossy().into_owned();
        (entry.trusted, entry.program, entry.serial) =
            (day.into(), program.into(), serial.saturating_add(1));
        let name = library.file_name().unwrap_or_default().to_string_lossy();
        if name != entry::file_name(&entry.id) {
            return Err(io::Error::other("the library's file is not named after its id"));
        }
        staged.put(SIDECAR, entry.text().as_bytes())?;
        staged.keep(&kept, &sha256)?;
        Ok(entry)
    }

    /// Trusts every library of an id no longer, and removes the copies; gives what they were.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn forget(&self, id: &str) -> io::Result<Vec<Entry>> {
        if !self.place.exists() {
            return Ok(Vec::new());
        }
        let kept = alone(&self.place)?;
        let gone: Vec<Entry> =
            self.shown()?.entries.into_iter().filter(|entry| entry.id == id).collect();
        gone.iter().try_for_each(|entry| kept.remove(&entry.sha256))?;
        Ok(gone)
    }
}

/// The bytes of a library, which has to be a file of a size that libraries have.
fn bytes_of(library: &Path) -> io::Result<Vec<u8>> {
    let about = fs::metadata(library)?;
    match () {
        () if about.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        // A pipe or a device may never end.
        () if !about.is_file() => Err(io::Error::other("it is no file")),
        () if about.len() > MOST_BYTES => Err(io::ErrorKind::FileTooLarge.into()),
        () => fs::read(library),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    pub(super) fn described(id: &str, version: &str) -> Described {
        let manifest = serde_json::json!({
            "id": id, "version": version, "title": "T", "question": "Q?", "method": "M",
            "templates": { "t": { "title": "T", "sentence": "S" } },
        });
        let manifest = serde_json::from_value(manifest).expect("a manifest");
        Described { manifest, abi: [1, 1], model_version: 1 }
    }

    fn trust(store: &Store, id: &str, bytes: &[u8]) -> Entry {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let file = elsewhere.path().join(entry::file_name(id));
        fs::write(&file, bytes).expect("written");
        let candidate = store.candidate(&file).expect("copied");
        let day = ("2026-11-27", "0.1.0");
        store.keep(candidate, described(id, "1.0.0"), day).expect("kept")
    }

    fn ids(store: &Store) -> Vec<(String, String)> {
        let entries = store.shown().expect("read").entries.into_iter();
        entries.map(|entry| (entry.id, entry.sha256[..4].to_owned())).collect()
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path().join("parallax/plugins"));
        (folder, store)
    }

    #[test]
    fn the_one_that_was_trusted_last_comes_first_and_none_is_lost() {
        let (_folder, store) = store();
        assert_eq!(store.shown().expect("read"), Shown::default());
        let one = trust(&store, "a", b"one");
        let two = trust(&store, "a", b"two");
        trust(&store, "b", b"three");
        let short = |entry: &Entry| ("a".to_owned(), entry.sha256[..4].to_owned());
        assert_eq!(ids(&store)[..2], [short(&two), short(&one)]);
        trust(&store, "a", b"one");
        assert_eq!(ids(&store)[..2], [short(&one), short(&two)]);
        assert_eq!(ids(&store).len(), 3);
        assert_eq!(store.forget("a").expect("removed").len(), 2);
        assert_eq!(ids(&store).len(), 1);
        assert_eq!(store.forget("a").expect("read"), []);
    }

    #[test]
    fn a_library_of_another_version_or_without_a_prefix_is_kept_under_its_name() {
        let (folder, store) = store();
        for (at, name) in ["a_b.so", "liba_b.so.1.2"].into_iter().enumerate() {
            let file = folder.path().join(name);
            fs::write(&file, name).expect("written");
            let candidate = store.candidate(&file).expect("copied");
            let day = ("2026-11-27", "0.1.0");
            let entry = store.keep(candidate, described("a-b", "1.0.0"), day).expect("kept");
            assert!(store.library_of(&entry).is_file());
            assert_eq!(store.shown().expect("read").entries.len(), at + 1);
        }
        let pipe = store.candidate(folder.path());
        assert!(matches!(pipe, Err(NotKept::Library(_))));
    }

    #[test]
    fn two_at_once_lose_nothing() {
        let (_folder, store) = store();
        let store = Arc::new(store);
        let threads: Vec<_> = (0..8_u8)
            .map(|n| {
                let store = Arc::clone(&store);
                std::thread::spawn(move || trust(&store, "a", &[n / 2]).serial)
            })
            .collect();
        let mut serials: Vec<u64> = threads.into_iter().map(|t| t.join().expect("ran")).collect();
        serials.sort_unstable();
        assert_eq!(serials, (1..=8).collect::<Vec<_>>());
        let shown = store.shown().expect("read");
        assert_eq!((shown.entries.len(), shown.unread.len()), (4, 0));
        for entry in shown.entries {
            assert_eq!(sha256(&fs::read(store.library_of(&entry)).expect("read")), entry.sha256);
        }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_behind_a_link_is_trusted() {
        let (folder, store) = store();
        let entry = trust(&store, "a", b"one");
        let place = store.place().join(&entry.sha256);
        let elsewhere = folder.path().join("elsewhere");
        fs::rename(&place, &elsewhere).expect("moved");
        std::os::unix::fs::symlink(&elsewhere, &place).expect("linked");
        assert_eq!(store.shown().expect("read"), Shown::default());
        fs::remove_file(&place).expect("removed");
        fs::create_dir(&place).expect("made");
        for name in ["plugin.json".to_owned(), entry::file_name("a")] {
            std::os::unix::fs::symlink(elsewhere.join(&name), place.join(&name)).expect("linked");
        }
        let shown = store.shown().expect("read");
        assert!(shown.entries.is_empty());
        assert_eq!(shown.unread[0].why, "it is a link, or no file");
    }
}
