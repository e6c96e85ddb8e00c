//! What is known of a library that the user trusts, without running it?

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use parallax_model::Manifest;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::SIDECAR;
use crate::shelf::apart::Described;
use crate::shelf::library;

/// The version of the format.
const VERSION: u64 = 1;

/// The largest sidecar that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// This kind of computer, as libraries are told apart: `linux_x86_64`.
pub static PLATFORM: LazyLock<String> = LazyLock::new(|| format!("{OS}_{ARCH}"));

/// What is known of a trusted library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The version of this format: 1.
    pub schema_version: u64,
    /// The id of its analysis.
    pub id: String,
    /// The version of its analysis.
    pub version: String,
    /// SHA-256 of the library.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// The version of the interface that it speaks: major and minor.
    pub abi: [u16; 2],
    /// The version of the tables that it was written for.
    pub model_version: u32,
    /// The kind of computer that it was made for.
    pub platform: String,
    /// Where it was copied from: for the user's eyes, and never in a study.
    pub origin: String,
    /// The day since when it is trusted, as YYYY-MM-DD.
    pub trusted: String,
    /// Which of all that was trusted came when: higher is later.
    pub serial: u64,
    /// The version of the program that checked it.
    pub program: String,
    /// What it says of itself.
    pub manifest: Manifest,
}

/// A folder of the store that is not trusted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The SHA-256 that it is named after.
    pub sha256: String,
    /// What is wrong with it.
    pub why: String,
}

impl Entry {
    /// The entry of a library that was described, on no day yet.
    pub(super) fn of(described: Described, sha256: &str, size: u64) -> Self {
        let Described { manifest, abi, model_version } = described;
        Self {
            schema_version: VERSION,
            id: manifest.id.clone(),
            version: manifest.version.clone(),
            sha256: sha256.to_owned(),
            size,
            abi,
            model_version,
            platform: PLATFORM.clone(),
            origin: String::new(),
            trusted: String::new(),
            serial: 0,
            program: String::new(),
            manifest,
        }
    }

    /// The entry in a folder that is named after a SHA-256.
    pub(super) fn read(folder: &Path, sha256: &str) -> Result<Self, String> {
        let text = text_of(&folder.join(SIDECAR))?;
        let json: Json =
            serde_json::from_str(&text).map_err(|_| "its description is damaged".to_owned())?;
        if json["schema_version"].as_u64().is_some_and(|version| version > VERSION) {
            return Err("it was trusted by a newer parallax, which describes more".to_owned());
        }
        let entry: Self =
            serde_json::from_value(json).map_err(|_| "its description is damaged".to_owned())?;
        let is_one = entry.sha256 == sha256
            && (&entry.id, &entry.version) == (&entry.manifest.id, &entry.manifest.version)
            && entry.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_one {
            return Err("its description is of another library".to_owned());
        }
        if entry.is_for_here() {
            let library = fs::symlink_metadata(folder.join(file_name(&entry.id)));
            let library = library.map_err(|error| format!("its copy cannot be read: {error}"))?;
            if !library.is_file() {
                return Err("its copy is a link, or no file".to_owned());
            }
        }
        Ok(entry)
    }

    /// The text of its file.
    pub(super) fn text(&self) -> String {
        let json = serde_json::to_value(self).unwrap_or_default();
        format!("{json:#}\n")
    }

    /// Whether it was made for this kind of computer: a home folder can be shared by several.
    #[must_use]
    pub fn is_for_here(&self) -> bool {
        self.platform == *PLATFORM
    }
}

/// The file of a library whose analysis has this id.
pub(super) fn file_name(id: &str) -> String {
    library::file_name(&id.replace('-', "_"))
}

/// The text of a file that is no link.
fn text_of(path: &Path) -> Result<String, String> {
    let about = fs::symlink_metadata(path);
    let about = about.map_err(|error| format!("its description cannot be read: {error}"))?;
    match () {
        () if !about.is_file() => Err("it is a link, or no file".to_owned()),
        () if about.len() > MOST_BYTES => Err("its description is damaged".to_owned()),
        () => fs::read_to_string(path)
            .map_err(|error| format!("its description cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::tests::described;

    #[test]
    fn what_is_not_as_it_was_written_is_told_and_not_guessed_at() {
        let folder = tempfile::tempdir().expect("a folder");
        let sha256 = "ab".repeat(32);
        fs::write(folder.path().join(file_name("word-count")), "").expect("written");
        let mut entry = Entry::of(described("word-count", "1.0.0"), &sha256, 3);
        let read = |text: &str| {
            fs::write(folder.path().join(SIDECAR), text).expect("written");
            Entry::read(folder.path(), &sha256)
        };
        assert_eq!(read(&entry.text()).as_ref(), Ok(&entry));
        let wrong = |text: String| read(&text).expect_err("is refused");
        let text = entry.text();
        let newer = text.replace("\"schema_version\": 1", "\"schema_version\": 2, \"more\": 0");
        let said = [
            wrong(newer),
            wrong(text[..40].to_owned()),
            wrong(text.replace("ababab", "cdcdcd")),
            wrong(text.replace("\"id\": \"word-count\"", "\"id\": \"../x\"")),
            wrong(text.replace("\"version\": \"1.0.0\",\n  ", "")),
        ];
        insta::assert_snapshot!(said.join("\n"), @"
        it was trusted by a newer parallax, which describes more
        its description is damaged
        its description is of another library
        its description is of another library
        its description is damaged
        ");
        entry.platform = "plan9_vax".to_owned();
        assert!(!read(&entry.text()).expect("reads").is_for_here());
    }
}
