//! How does a file get written whole, or not at all?

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

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
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
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
}
