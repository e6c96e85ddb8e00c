//! How does a file get written whole, or not at all?

mod private;

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

pub use private::{Alone, Staged, alone, stage};

/// What the names of files that are not written whole yet begin and end with.
const UNFINISHED: (&str, &str) = (".parallax-", ".tmp");

/// The file by which runs on one study wait for one another.
const TURNS: &str = "out/.lock";

/// The folders of a study that the program writes into.
const OURS: [&str; 2] = ["out", "findings"];

/// A link leads out of the study folder, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("it is behind a link that leads out of the study folder")]
pub struct LeadsOutside;

/// Whether something was not written because a link leads out of the study folder.
#[must_use]
pub fn leads_outside(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<LeadsOutside>())
}

/// Writes `bytes` to `path`: to a new file beside it first, which then takes its place.
///
/// Whoever reads `path` sees the old file or the new one, never half of one. Folders on the way
/// are made.
///
/// # Errors
/// What the operating system says; `path` is then as it was.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let (start, end) = UNFINISHED;
    let file = tempfile::Builder::new().prefix(start).suffix(end).tempfile_in(folder);
    let mut file = file.map_err(|error| without_name(&error))?;
    file.as_file_mut().write_all(bytes)?;
    file.as_file().sync_all()?;
    take_place(file, path)
}

/// An error without the name of the unfinished file, which is another one each time.
fn without_name(error: &io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|inner| inner.source());
    let code = inner.and_then(|inner| inner.downcast_ref::<io::Error>()?.raw_os_error());
    code.map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

fn take_place(file: NamedTempFile, path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private; a report is as readable as its neighbours.
        let mode = fs::metadata(path).map_or(0o644, |old| old.permissions().mode() & 0o777);
        file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Writes `bytes` to the file `name` of a study's folder as [`whole`] does, and nowhere else: where
/// a link on the way leads to another place of the study, the file there is written.
///
/// # Errors
/// [`LeadsOutside`] when a link leads out of the folder or nowhere, or what the operating system
/// says; the file is then as it was.
pub fn within(study: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    whole(&inside(study, name)?, bytes)
}

/// Where the file `name` of a study's folder really stands, or will.
///
/// # Errors
/// [`LeadsOutside`] when a link on the way leads out of the folder or nowhere, or what the operating
/// system says.
pub fn inside(study: &Path, name: &str) -> io::Result<PathBuf> {
    let root = fs::canonicalize(study)?;
    let mut place = root.clone();
    for part in Path::new(name) {
        place.push(part);
        if fs::symlink_metadata(&place).is_err() {
            continue;
        }
        place = match fs::canonicalize(&place) {
            Ok(target) if target.starts_with(&root) => target,
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => return Err(io::Error::other(LeadsOutside)),
        };
    }
    Ok(place)
}

/// The right to write the results of a study, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Turn {
    _lock: Option<File>,
}

/// A turn that somebody else has.
#[derive(Debug)]
pub struct Taken(File);

impl Taken {
    /// Waits until it is ours.
    #[must_use]
    pub fn wait(self) -> Turn {
        // Where it cannot be waited for, nobody else can wait for us either.
        let _locked = self.0.lock();
        Turn { _lock: Some(self.0) }
    }
}

/// Takes the turn to write the results of a study, and clears away what a run that was killed left
/// half written. The system gives a turn back however its process ends. Where files cannot be
/// locked everybody has it.
///
/// # Errors
/// When the folder for results cannot be made or written into.
pub fn turn(study: &Path) -> io::Result<Result<Turn, Taken>> {
    let path = inside(study, TURNS)?;
    if let Some(folder) = path.parent() {
        if fs::metadata(folder).is_ok_and(|own| !own.is_dir()) {
            return Err(io::Error::other("a file stands where the folder for results belongs"));
        }
        fs::create_dir_all(folder)?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(&path)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(Err(Taken(file))),
        Ok(()) => OURS.iter().for_each(|ours| sweep_all(&study.join(ours))),
        Err(TryLockError::Error(_)) => {}
    }
    Ok(Ok(Turn { _lock: Some(file) }))
}

/// Removes files that were never finished from a folder. Links are not followed.
pub fn sweep(folder: &Path) {
    let (start, end) = UNFINISHED;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && name.starts_with(start) && name.ends_with(end) {
            // One that cannot be removed is in nobody's way.
            let _left = fs::remove_file(entry.path());
        }
    }
}

/// The same from a folder and all below it.
fn sweep_all(folder: &Path) {
    sweep(folder);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            sweep_all(&entry.path());
        }
    }
}

/// Writes `files` as the folder `path`: to a new folder beside it first, which then takes its place.
/// A name has `/` between folders.
///
/// Whoever looks at `path` sees the old folder, none for a moment, or the new one, and never a part
/// of either.
///
/// # Errors
/// What the operating system says; `path` is then as it was.
pub fn folder(path: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(parent)?;
    let beside = tempfile::Builder::new().prefix(".parallax-").tempdir_in(parent)?;
    // A temporary folder is private; what is made within it is as readable as its neighbours.
    let (new, old) = (beside.path().join("new"), beside.path().join("old"));
    fs::create_dir(&new)?;
    for (name, bytes) in files {
        whole(&new.join(name), bytes)?;
    }
    let was_there = match fs::rename(path, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    let Err(error) = fs::rename(&new, path) else { return Ok(()) };
    if was_there && fs::rename(&old, path).is_err() {
        // What cannot be put back is kept beside the path.
        let _kept = beside.keep();
    }
    Err(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_replaced_and_nothing_is_left_beside_it() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("deep/crate");
        folder(&path, &[("a.txt", b"a"), ("b/c.txt", b"c")]).expect("written");
        folder(&path, &[("b/d.txt", b"d")]).expect("replaced");
        assert_eq!(fs::read(path.join("b/d.txt")).expect("read"), b"d");
        assert!(!path.join("a.txt").exists() && !path.join("b/c.txt").exists());
        let left = fs::read_dir(place.path().join("deep")).expect("a folder").count();
        assert_eq!(left, 1);
    }

    #[test]
    fn a_folder_that_cannot_be_written_leaves_the_old_one() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("crate");
        folder(&path, &[("a.txt", b"a")]).expect("written");
        assert!(folder(&path, &[("x", b"x"), ("x/y", b"a file is in the way")]).is_err());
        assert_eq!(fs::read(path.join("a.txt")).expect("read"), b"a");
        assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out/findings.json");
        whole(&path, b"old").expect("written");
        whole(&path, b"new").expect("replaced");
        assert_eq!(fs::read(&path).expect("read"), b"new");
        let left = fs::read_dir(folder.path().join("out")).expect("a folder").count();
        assert_eq!(left, 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.md");
        fs::create_dir(&path).expect("a folder in the way");
        assert!(whole(&path, b"new").is_err());
        assert!(path.is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link_out_of_the_study() {
        use std::os::unix::fs::symlink;

        let (study, elsewhere) =
            (tempfile::tempdir().expect("one"), tempfile::tempdir().expect("two"));
        let write = |name: &str| within(study.path(), name, b"new");
        fs::create_dir(study.path().join("kept")).expect("made");
        fs::write(elsewhere.path().join("own.txt"), "own").expect("written");
        symlink(elsewhere.path(), study.path().join("far")).expect("linked");
        symlink(elsewhere.path().join("own.txt"), study.path().join("kept/own.txt"))
            .expect("linked");
        symlink("nowhere", study.path().join("kept/lost.txt")).expect("linked");
        symlink("../kept", study.path().join("kept/near")).expect("linked");
        for name in ["far/own.txt", "far/deep/new.txt", "kept/own.txt", "kept/lost.txt"] {
            let error = write(name).expect_err(name);
            assert!(leads_outside(&error), "{name}: {error}");
        }
        write("kept/near/new.txt").expect("inside");
        write("new/deep/new.txt").expect("made on the way");
        assert_eq!(fs::read(study.path().join("kept/new.txt")).expect("read"), b"new");
        let far = fs::read_dir(elsewhere.path()).expect("a folder").count();
        let own = fs::read(elsewhere.path().join("own.txt")).expect("read");
        assert_eq!((far, own.as_slice()), (1, &b"own"[..]));
    }

    #[test]
    fn one_has_the_turn_and_clears_away_what_was_never_finished() {
        let study = tempfile::tempdir().expect("a folder");
        let left = study.path().join("findings/accepted/.parallax-abc.tmp");
        fs::create_dir_all(left.parent().expect("a folder")).expect("made");
        fs::write(&left, "half").expect("written");
        let first = turn(study.path()).expect("can be taken").expect("is free");
        assert!(!left.exists());
        let taken = turn(study.path()).expect("can be asked for").expect_err("is taken");
        drop(first);
        let _second = taken.wait();
        assert!(turn(study.path()).expect("can be asked for").is_err());
    }
}
