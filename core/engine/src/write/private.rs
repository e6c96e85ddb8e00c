//! How is something kept for its owner alone, as a folder that is there whole or not at all?
//!
//! It is put together in a folder of its own beside its place. A process that is killed leaves such
//! a folder, which is never taken for one that is kept, and which the next process clears away.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// What the names of folders begin and end with that are not kept yet, or no longer.
const UNFINISHED: (&str, &str) = (".parallax-", ".tmp");

/// The file by which processes wait for one another, and the one that says that a folder is in use.
const LOCK: &str = ".lock";

/// The part of a folder that is put together which will be kept.
const WHOLE: &str = "whole";

/// A place of which one process at a time changes what is kept there, until this is dropped.
#[derive(Debug)]
pub struct Alone {
    place: PathBuf,
    _lock: File,
}

/// A folder that is put together; dropped, it is gone.
#[derive(Debug)]
pub struct Staged {
    folder: TempDir,
    _lock: File,
}

/// Waits until no other process changes what is kept at a place, which is made where it is not
/// there, and clears away what one that was killed left half finished.
///
/// # Errors
/// When the place cannot be made or written into.
pub fn alone(place: &Path) -> io::Result<Alone> {
    make(place)?;
    let lock = lockable(&place.join(LOCK))?;
    // Where files cannot be locked, what is put together under a name of its own harms nobody.
    let _locked = lock.lock();
    sweep(place);
    Ok(Alone { place: place.to_owned(), _lock: lock })
}

/// Begins a folder beside what is kept at a place. Only its owner can look into it.
///
/// # Errors
/// When the place cannot be made or written into.
pub fn stage(place: &Path) -> io::Result<Staged> {
    // Nobody sweeps between the folder and the lock that says it is in use.
    let _alone = alone(place)?;
    let (start, end) = UNFINISHED;
    let folder = tempfile::Builder::new().prefix(start).suffix(end).tempdir_in(place);
    let folder = folder.map_err(|error| super::without_name(&error))?;
    let lock = lockable(&folder.path().join(LOCK))?;
    let _locked = lock.try_lock();
    make(&folder.path().join(WHOLE))?;
    Ok(Staged { folder, _lock: lock })
}

impl Staged {
    /// Writes a file into the folder; it can be read by its owner, and written by nobody.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.folder.path().join(WHOLE).join(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        file.write_all(bytes)?;
        let mut permissions = file.metadata()?.permissions();
        permissions.set_readonly(true);
        file.set_permissions(permissions)?;
        file.sync_all()?;
        Ok(path)
    }

    /// Keeps the folder under a name; what was kept under it is gone then.
    ///
    /// # Errors
    /// What the operating system says; what was kept is then as it was.
    pub fn keep(self, kept: &Alone, name: &str) -> io::Result<()> {
        let (path, old) = (kept.place.join(name), self.folder.path().join("old"));
        let was_there = match fs::rename(&path, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(error),
        };
        let done = fs::rename(self.folder.path().join(WHOLE), &path);
        if done.is_err() && was_there {
            fs::rename(&old, &path)?;
        }
        writable(&old);
        done
    }
}

impl Alone {
    /// Removes a folder that was kept, or what stands in its place. A link is removed, and not what
    /// it leads to.
    ///
    /// # Errors
    /// What the operating system says. What was kept is whole then, or kept no longer.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        let (start, end) = UNFINISHED;
        let (path, gone) = (self.place.join(name), self.place.join(format!("{start}{name}{end}")));
        fs::rename(&path, &gone)?;
        cleared(&gone)
    }
}

/// Makes a folder and those above it that are missing; the new ones are their owner's alone.
fn make(folder: &Path) -> io::Result<()> {
    let mut making = fs::DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}

/// A file to be locked, which is made where it is not there.
fn lockable(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes what nobody puts together any longer.
fn sweep(place: &Path) {
    let (start, end) = UNFINISHED;
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(start) || !name.ends_with(end) {
            continue;
        }
        let in_use = File::open(entry.path().join(LOCK))
            // Where files cannot be locked, nobody knows, and it stays.
            .is_ok_and(|lock| lock.try_lock().is_err());
        if !in_use {
            // One that cannot be removed is in nobody's way.
            let _left = cleared(&entry.path());
        }
    }
}

/// Removes a folder and what is in it, or a single file. Links are not followed.
fn cleared(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path)?.is_dir() {
        true => {
            writable(path);
            fs::remove_dir_all(path)
        }
        false => fs::remove_file(path),
    }
}

/// Lets the files of a folder be removed: elsewhere than on Unix, one that cannot be written cannot.
#[cfg(not(unix))]
fn writable(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        let mut permissions = metadata.permissions();
        #[expect(clippy::permissions_set_readonly_false, reason = "there are no modes here")]
        permissions.set_readonly(false);
        let _as_it_was = fs::set_permissions(entry.path(), permissions);
    }
}

/// On Unix, who may write into a folder may remove what is in it.
#[cfg(unix)]
fn writable(_folder: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(place: &Path) -> Vec<String> {
        let entries = fs::read_dir(place).expect("a folder").flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name != LOCK).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_kept_is_whole_and_takes_the_place_of_what_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("deep/store");
        for text in ["old", "new"] {
            let staged = stage(&place).expect("begun");
            staged.put("a.txt", text.as_bytes()).expect("written");
            staged.keep(&alone(&place).expect("alone"), "one").expect("kept");
            assert_eq!(names(&place), ["one"]);
            assert_eq!(fs::read(place.join("one/a.txt")).expect("read"), text.as_bytes());
        }
        drop(stage(&place).expect("begun"));
        assert_eq!(names(&place), ["one"]);
        alone(&place).expect("alone").remove("one").expect("removed");
        assert!(names(&place).is_empty());
    }

    #[test]
    fn what_nobody_puts_together_any_longer_is_cleared_away() {
        let place = tempfile::tempdir().expect("a folder");
        let place = place.path();
        for left in [".parallax-left.tmp", ".parallax-locked.tmp"] {
            fs::create_dir_all(place.join(left).join(WHOLE)).expect("made");
        }
        fs::write(place.join(".parallax-locked.tmp").join(LOCK), "").expect("written");
        fs::write(place.join("own.txt"), "own").expect("written");
        let staged = stage(place).expect("begun");
        let other = stage(place).expect("begun");
        assert_eq!(names(place).len(), 3, "{:?}", names(place));
        staged.put("a.txt", b"a").expect("it is still there");
        drop(other);
        staged.keep(&alone(place).expect("alone"), "one").expect("kept");
        assert_eq!(names(place), ["one", "own.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_kept_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("store");
        let staged = stage(&place).expect("begun");
        staged.put("a.txt", b"a").expect("written");
        staged.keep(&alone(&place).expect("alone"), "one").expect("kept");
        let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        let paths = [place.clone(), place.join("one"), place.join("one/a.txt"), place.join(LOCK)];
        assert_eq!(paths.map(|path| mode(&path)), [0o700, 0o700, 0o400, 0o600]);
    }
}
