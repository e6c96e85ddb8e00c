//! How does a new study come into its folder: whole where nothing was there, and beside what is there?

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::write;

/// What the folder is called in which a study waits.
const WAITING: &str = "study";

/// A new study that waits beside its place, to be read before anybody sees it.
#[derive(Debug)]
pub struct Staged {
    place: TempDir,
    files: Vec<(String, String)>,
    target: PathBuf,
}

/// The file of a new study that could not be written.
#[derive(Debug)]
pub struct Unwritten {
    /// Its path, or the folder's.
    pub path: PathBuf,
    /// What the operating system says.
    pub error: io::Error,
    /// The files that are there by now, by their paths in the study.
    pub written: Vec<String>,
}

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} could not be written: {}", self.path.display(), self.error)
    }
}

/// Those of these files that a folder has already; a link that leads nowhere is one too.
#[must_use]
pub fn taken<'p>(folder: &Path, paths: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    paths.filter(|path| fs::symlink_metadata(folder.join(path)).is_ok()).collect()
}

impl Staged {
    /// Puts files, by their paths in the study, into a folder of their own beside `target`.
    ///
    /// # Errors
    /// The file that cannot be written; nothing is left then.
    pub fn beside(
        target: &Path,
        files: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Unwritten> {
        let parent = match target.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        // Beside it a folder can be renamed; where there is one already, it is only read.
        let mut named = tempfile::Builder::new();
        named.prefix(".parallax-").suffix(".tmp");
        let place = match target.exists() {
            true => named.tempdir(),
            false => fs::create_dir_all(parent).and_then(|()| named.tempdir_in(parent)),
        };
        let refused = |error| Unwritten { path: parent.to_owned(), error, written: Vec::new() };
        let place = place.map_err(refused)?;
        let mut staged = Self { place, files: Vec::new(), target: target.to_owned() };
        for (path, text) in files {
            staged.add(path, text).map_err(|error| Unwritten { written: Vec::new(), ..error })?;
        }
        Ok(staged)
    }

    /// The folder in which the study waits.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.place.path().join(WAITING)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, path: String, text: String) -> Result<(), Unwritten> {
        let there = self.folder().join(&path);
        let place = self.target.join(&path);
        let written = write::whole(&there, text.as_bytes());
        written.map_err(|error| Unwritten { path: place, error, written: Vec::new() })?;
        self.files.push((path, text));
        Ok(())
    }

    /// Brings the study into its folder: at once where there was none, else file by file.
    ///
    /// # Errors
    /// The file that cannot be written, with those that were.
    pub fn settle(self) -> Result<(), Unwritten> {
        if !self.target.exists() {
            let renamed = fs::rename(self.folder(), &self.target);
            let path = self.target.clone();
            return renamed.map_err(|error| Unwritten { path, error, written: Vec::new() });
        }
        let mut written = Vec::new();
        for (path, text) in &self.files {
            let place = self.target.join(path);
            if let Err(error) = write::whole(&place, text.as_bytes()) {
                return Err(Unwritten { path: place, error, written });
            }
            written.push(path.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), format!("{name}\n"))).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_folder_appears_whole_and_nothing_is_left_beside_it() {
        let desk = tempfile::tempdir().expect("a folder");
        let target = desk.path().join("deep/study");
        let staged = Staged::beside(&target, files(&["a.csv", "b/c.md"]).into_iter());
        let staged = staged.expect("staged");
        assert!(!target.exists(), "nobody sees it yet");
        staged.settle().expect("settled");
        assert_eq!(names(&target), ["a.csv", "b"]);
        assert_eq!(names(&desk.path().join("deep")), ["study"]);
    }

    #[test]
    fn what_stops_half_way_says_what_is_there() {
        let desk = tempfile::tempdir().expect("a folder");
        fs::write(desk.path().join("b"), "a file where a folder has to be").expect("written");
        let names = ["a.csv", "b/c.md", "d.csv"];
        assert!(taken(desk.path(), ["b/c.md"].into_iter()).is_empty());
        let staged = Staged::beside(desk.path(), files(&names).into_iter()).expect("staged");
        let stopped = staged.settle().expect_err("b is a file");
        assert_eq!(stopped.written, ["a.csv"]);
        assert!(stopped.path.ends_with("b/c.md"), "{stopped}");
        assert!(!desk.path().join("d.csv").exists());
    }
}
