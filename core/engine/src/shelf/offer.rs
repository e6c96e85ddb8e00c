//! Which analyses could stand on the shelf, if a study asked for one by name?
//!
//! What a user trusts is offered, and adds nothing to a study by itself: an offer joins the shelf
//! when a study asks for its id, in the version and with the SHA-256 that it asks for. Nothing of a
//! library is run for that; its file is read and compared with the SHA-256 under which it was
//! trusted.

use std::path::PathBuf;

use parallax_model::Manifest;
use parallax_model::settings::Use;
use sha2::{Digest, Sha256};

use super::Body;
use super::apart::{Outside, Workshop, hash_of};

/// An analysis in a library that the user trusts.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What it said of itself when it was trusted.
    pub manifest: Manifest,
    /// SHA-256 of its library when it was trusted, in hexadecimal.
    pub sha256: String,
    /// The user's own copy of the library.
    pub library: PathBuf,
    /// How a worker for it is started, and what bounds it.
    pub workshop: Workshop,
    /// Whether it runs in this process, because the user asks for that.
    pub is_here: bool,
}

/// Why an offer is not what a study gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The study asks for another version, or another library, than any that is offered.
    Other,
    /// The copy of the library is not what was trusted: its SHA-256 then and now.
    Changed {
        /// When it was trusted.
        trusted: String,
        /// As it is now.
        found: String,
    },
    /// The copy cannot be read, with the reason the system gives.
    Unreadable(String),
}

impl Offer {
    /// Whether it is what a study asks for.
    #[must_use]
    pub fn fits(&self, wanted: &Use) -> bool {
        let version =
            wanted.version.as_ref().is_none_or(|version| *version == self.manifest.version);
        let sha256 =
            wanted.sha256.as_ref().is_none_or(|sha256| sha256.eq_ignore_ascii_case(&self.sha256));
        self.manifest.id == wanted.analysis && version && sha256
    }

    /// The analysis that is offered. Nothing of its library is run before it runs, unless it is to run
    /// in this process.
    ///
    /// # Errors
    /// Why it cannot run in this process.
    pub fn body(&self) -> Result<Body, String> {
        let (library, sha256) = (self.library.clone(), self.sha256.clone());
        let outside = match self.is_here {
            true => Outside::here(library, sha256, self.workshop.limits)?,
            false => Outside::apart(self.manifest.clone(), library, sha256, self.workshop.clone()),
        };
        Ok(Body::Outside(outside))
    }

    /// Reads the library again, and compares.
    ///
    /// # Errors
    /// When it is not what was trusted.
    pub fn unchanged(&self) -> Result<(), NotTaken> {
        let found =
            hash_of(&self.library).map_err(|error| NotTaken::Unreadable(error.to_string()))?;
        match found == self.sha256 {
            true => Ok(()),
            false => Err(NotTaken::Changed { trusted: self.sha256.clone(), found }),
        }
    }
}

/// SHA-256 of bytes, in hexadecimal with small letters.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text can be a SHA-256: 64 digits and letters a to f.
#[must_use]
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text can be the version of an analysis, such as `1.0.0-beta.1`.
#[must_use]
pub fn is_version(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".+-".contains(&byte);
    (1..=40).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_its_bytes_have_the_same_sha256() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = vec![7; 200_000];
        let file = folder.path().join("a");
        std::fs::write(&file, &bytes).expect("written");
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), known);
        assert_eq!(hash_of(&file).expect("read"), sha256(&bytes));
        assert!(is_sha256(known) && !is_sha256("abc") && !is_sha256(&known.replace('b', "g")));
    }

    #[test]
    fn a_version_is_none_of_peoples_words() {
        assert!(["1.0.0", "2.0.0-beta.1", "1.0.0+linux"].into_iter().all(is_version));
        assert!(
            ["", "de mentor", "Jansen", "1.0 of the", "../x"].into_iter().all(|no| !is_version(no))
        );
    }
}
