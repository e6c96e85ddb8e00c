//! What is a file of a study once its bytes are text?

use std::ops::Range;

use parallax_model::StudyFile;
use sha2::{Digest, Sha256};

use crate::text::dialect::Dialect;
use crate::text::encoding::{Decoded, decode};
use crate::text::place::Place;

/// A file of a study as text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name inside the study folder, with `/` between folders.
    pub name: String,
    /// Which of the study's files it is; none for a script.
    pub file: Option<StudyFile>,
    /// Its text, without byte order mark.
    pub text: String,
    /// SHA-256 of the text with every line ending as LF, in hexadecimal: the same on any system.
    /// Empty in a study that could not be read whole: nothing is computed from it.
    pub sha256: String,
    /// The encoding that was assumed, when it was not UTF-8.
    pub assumed: Option<&'static str>,
    /// Whether a byte order mark was skipped.
    pub mark: bool,
    /// How its columns are separated, when it is a table that could be read.
    pub dialect: Option<Dialect>,
}

impl Source {
    /// The text of a file from its bytes, not hashed yet.
    #[must_use]
    pub fn new(name: &str, file: Option<StudyFile>, bytes: Vec<u8>) -> Self {
        let Decoded { text, assumed, mark } = decode(bytes);
        let (name, sha256) = (name.to_owned(), String::new());
        Self { name, file, text, sha256, assumed, mark, dialect: None }
    }

    /// The place of a stretch of bytes; of a table, without its cell.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::in_text(&self.text, span)
    }
}

/// The text of a file that parallax wrote, whatever has become of its line ends and its encoding.
#[must_use]
pub fn text_of(bytes: Vec<u8>) -> String {
    decode(bytes).text
}

/// SHA-256 of a text with every CR LF read as LF, in hexadecimal.
#[must_use]
pub fn hash(text: &str) -> String {
    let mut digest = Sha256::new();
    let mut rest = text.as_bytes();
    while let Some(at) = memchr::memmem::find(rest, b"\r\n") {
        digest.update(&rest[..at]);
        rest = &rest[at + 1..];
    }
    digest.update(rest);
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_endings_and_marks_do_not_change_the_hash() {
        let unix = Source::new("codes.csv", None, b"id\nP\n".to_vec());
        let windows = Source::new("codes.csv", None, b"\xef\xbb\xbfid\r\nP\r\n".to_vec());
        assert_eq!(hash(&unix.text), hash(&windows.text));
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
