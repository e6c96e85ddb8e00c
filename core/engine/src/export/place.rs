//! Where does a crate go, and may what stands there be replaced?

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use zip::ZipArchive;

use super::{File, METADATA, PREVIEW, PROGRAM, archive};
use crate::write;

/// Why a crate was not written.
#[derive(Debug)]
pub enum NotWritten {
    /// Something else stands there, or a file in it that no crate of this program has.
    InTheWay(PathBuf),
    /// What the operating system says.
    Failed(io::Error),
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InTheWay(path) => {
                write!(f, "{} stands there, and parallax did not write it", path.display())
            }
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Writes a crate as a folder, whole or not at all. A crate of this program that stands there is
/// replaced, when it holds nothing else.
///
/// # Errors
/// When something else stands there, or it cannot be written; what stood there is then as it was.
pub fn write_folder(path: &Path, files: &[File]) -> Result<(), NotWritten> {
    if let Some(other) = in_the_way(path)? {
        return Err(NotWritten::InTheWay(other));
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    Ok(write::folder(path, &files)?)
}

/// Writes a crate as a zip archive, whole or not at all. A crate of this program that stands there
/// is replaced.
///
/// # Errors
/// As [`write_folder`].
pub fn write_zip(path: &Path, files: &[File]) -> Result<(), NotWritten> {
    if path.exists() && !is_own_zip(path) {
        return Err(NotWritten::InTheWay(path.to_owned()));
    }
    let bytes = archive::zip(files).map_err(io::Error::other)?;
    Ok(write::whole(path, &bytes)?)
}

/// What was accepted of a study's findings: the lock, the log and the findings themselves, with
/// their names in its folder, in order.
///
/// # Errors
/// What the operating system says of a file that is there and cannot be read.
pub fn accepted(study: &Path) -> io::Result<Vec<File>> {
    let mut found = Vec::new();
    for name in ["study.lock", "findings"] {
        files_below(study, name, &mut found)?;
    }
    let read = found.into_iter().map(|name| {
        let bytes = fs::read(study.join(&name))?;
        Ok(File { name, bytes })
    });
    read.collect()
}

/// The names of the files below a name, sorted. Links are not followed.
fn files_below(root: &Path, name: &str, found: &mut Vec<String>) -> io::Result<()> {
    let kind = match fs::symlink_metadata(root.join(name)) {
        Ok(data) => data.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if kind.is_file() {
        found.push(name.to_owned());
    }
    if kind.is_dir() {
        let entries: io::Result<Vec<_>> = fs::read_dir(root.join(name))?.collect();
        let names: BTreeSet<String> =
            entries?.iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.iter().try_for_each(|below| files_below(root, &format!("{name}/{below}"), found))?;
    }
    Ok(())
}

/// What stands at a path and is no part of a crate of this program.
fn in_the_way(path: &Path) -> io::Result<Option<PathBuf>> {
    let data = match fs::symlink_metadata(path) {
        Ok(data) => data,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !data.is_dir() {
        return Ok(Some(path.to_owned()));
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        match entry?.file_name().into_string() {
            Ok(name) => files_below(path, &name, &mut found)?,
            Err(name) => return Ok(Some(path.join(name))),
        }
    }
    let known = fs::read(path.join(METADATA)).ok().and_then(|bytes| names_of(&bytes));
    let known = known.unwrap_or_default();
    Ok(found.into_iter().find(|name| !known.contains(name)).map(|name| path.join(name)))
}

/// The names of the files of a crate that this program wrote, from its metadata; `None` when it did
/// not.
fn names_of(metadata: &[u8]) -> Option<BTreeSet<String>> {
    let document: Json = serde_json::from_slice(metadata).ok()?;
    let graph = document.get("@graph")?.as_array()?;
    let id = |thing: &Json| thing.get("@id").and_then(Json::as_str).map(str::to_owned);
    let made = graph.iter().any(|thing| id(thing).as_deref() == Some(PROGRAM));
    let root = graph.iter().find(|thing| id(thing).as_deref() == Some("./"))?;
    let parts = root.get("hasPart")?.as_array()?.iter().filter_map(id);
    let own = [METADATA, PREVIEW].map(str::to_owned);
    made.then(|| parts.map(|part| unescaped(&part)).chain(own).collect())
}

/// The name of a file from its address.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a file is an archive of a crate that this program wrote.
fn is_own_zip(path: &Path) -> bool {
    let read = || -> Option<bool> {
        let mut archive = ZipArchive::new(fs::File::open(path).ok()?).ok()?;
        let mut bytes = Vec::new();
        archive.by_name(METADATA).ok()?.read_to_end(&mut bytes).ok()?;
        Some(names_of(&bytes).is_some())
    };
    read().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::metadata::address;

    #[test]
    fn a_name_is_read_from_its_address() {
        for name in ["scripts/a b.rhai", "study.yaml", "100%.csv", "é.md", "a%20b"] {
            assert_eq!(unescaped(&address(name)), name);
        }
        assert_eq!(address("a b%.csv"), "a%20b%25.csv");
    }

    #[test]
    fn what_somebody_else_put_there_is_not_replaced() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("crate");
        assert_eq!(in_the_way(&path)?, None);
        fs::create_dir(&path)?;
        assert_eq!(in_the_way(&path)?, None);
        write::whole(&path.join("thesis.txt"), b"mine")?;
        assert_eq!(in_the_way(&path)?, Some(path.join("thesis.txt")));
        let graph = serde_json::json!({ "@graph": [
            { "@id": "./", "hasPart": [{ "@id": "thesis.txt" }] },
            { "@id": PROGRAM },
        ]});
        write::whole(&path.join(METADATA), graph.to_string().as_bytes())?;
        assert_eq!(in_the_way(&path)?, None);
        write::whole(&path.join("deep/er.txt"), b"mine")?;
        assert_eq!(in_the_way(&path)?, Some(path.join("deep/er.txt")));
        Ok(())
    }
}
