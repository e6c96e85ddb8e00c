//! How does a study become an archive that a repository takes, and that says what it is?
//!
//! An RO-Crate 1.2 (Soiland-Reyes et al. 2022) with the profile of a process run: which program
//! made which findings of which files. The metadata is written by hand; it is a list of things
//! with their properties.

mod archive;
mod citation;
mod metadata;
mod place;
mod preview;

use std::fmt;

use jiff::civil::Date;
use parallax_model::{FindingsDocument, Settings};

use crate::report::Plugin;
use crate::text::yaml;

pub use archive::zip;
pub use place::{NotWritten, accepted, write_folder, write_zip};

/// The name of the file that makes a folder a crate.
const METADATA: &str = "ro-crate-metadata.json";
/// The page that shows what is in it.
const PREVIEW: &str = "ro-crate-preview.html";
/// Where the program comes from: what it is known by in a crate.
const PROGRAM: &str = env!("CARGO_PKG_REPOSITORY");

/// What a crate is made of.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'c> {
    /// What the study says of itself.
    pub settings: &'c Settings,
    /// The licence, when it is another than the study's own.
    pub license: Option<&'c str>,
    /// The day on which it is made.
    pub day: Date,
    /// The files of the study, by their names in its folder.
    pub study: &'c [File],
    /// What was found.
    pub document: &'c FindingsDocument,
    /// The plugins that ran and do not come with the program.
    pub plugins: &'c [Plugin],
    /// The findings and the reports, by their names in the crate.
    pub results: &'c [File],
    /// Whether the study is a copy to share.
    pub is_copy: bool,
}

/// A file of a crate: its name, with `/` between folders, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What `study.yaml` has to say before a crate can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Who made it.
    Authors,
    /// The name of an author, from 1.
    NameOfAuthor(usize),
    /// What stands as the ORCID of an author, from 1, is none.
    Orcid(usize),
    /// Under which licence it may be used.
    License,
    /// What stands as the licence is no id of the SPDX list and no address.
    LicenseId,
    /// A file could not be written.
    Unwritten(String),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authors => f.write_str("study.yaml does not say who made the study"),
            Self::NameOfAuthor(n) => write!(f, "author {n} in study.yaml has no name"),
            Self::Orcid(n) => write!(f, "what study.yaml gives as the ORCID of author {n} is none"),
            Self::License => {
                f.write_str("study.yaml does not say under which licence it may be used")
            }
            Self::LicenseId => {
                f.write_str("the licence is neither an id of the SPDX list nor an address")
            }
            Self::Unwritten(why) => write!(f, "a file of the crate cannot be written: {why}"),
        }
    }
}

impl std::error::Error for Missing {}

impl Missing {
    /// What to write in `study.yaml`.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Authors | Self::NameOfAuthor(_) => {
                "write in study.yaml, for example: authors: [{ given: Ada, family: Lovelace }], or \
                 authors: [{ name: The research group }]"
            }
            Self::Orcid(_) => {
                "write the sixteen digits as orcid.org shows them, such as 0000-0002-1825-0097, or \
                 leave `orcid` out"
            }
            Self::License => {
                "write in study.yaml, for example: license: CC-BY-4.0, or give --license CC-BY-4.0; \
                 the consent that people gave decides which can be chosen"
            }
            Self::LicenseId => {
                "write an id such as CC-BY-4.0 (https://spdx.org/licenses has them all), several with \
                 ` OR ` between them, or an address that begins with https://"
            }
            Self::Unwritten(_) => "this is a mistake of the program; please report it",
        }
    }
}

/// The files of a crate, in the order in which they are written.
///
/// # Errors
/// Everything that is missing in `study.yaml`.
pub fn ro_crate(contents: &Contents<'_>) -> Result<Vec<File>, Vec<Missing>> {
    let missing = missing(contents);
    if !missing.is_empty() {
        return Err(missing);
    }
    let unwritten = |why: String| vec![Missing::Unwritten(why)];
    let citation = yaml::write(&citation::tree(contents)).map_err(unwritten)?;
    let mut files: Vec<File> = contents.study.to_vec();
    files.extend_from_slice(contents.results);
    files.push(File { name: "CITATION.cff".to_owned(), bytes: citation.into_bytes() });
    let metadata = metadata::document(contents, &files);
    let mut text =
        serde_json::to_string_pretty(&metadata).map_err(|error| unwritten(error.to_string()))?;
    text.push('\n');
    let preview = preview::page(contents, &files);
    files.push(File { name: METADATA.to_owned(), bytes: text.into_bytes() });
    files.push(File { name: PREVIEW.to_owned(), bytes: preview.into_bytes() });
    Ok(files)
}

impl<'c> Contents<'c> {
    /// The licences: ids or addresses.
    fn licenses(&self) -> Vec<&'c str> {
        let given = self.license.or(self.settings.license.as_deref()).unwrap_or_default();
        given.split(" OR ").map(str::trim).filter(|license| !license.is_empty()).collect()
    }

    /// The title in the study's language.
    fn title(&self) -> &'c str {
        self.settings.title.in_language(self.settings.language.code())
    }

    /// What the study is about: what it says, and else what its title says.
    fn description(&self) -> String {
        match self.settings.description.in_language(self.settings.language.code()).trim() {
            "" => format!(
                "An interview study, its coding and what analyses of it find: {}.",
                self.title().trim_end_matches('.')
            ),
            text => text.to_owned(),
        }
    }
}

/// Whether a licence is an address.
fn is_address(license: &str) -> bool {
    license.starts_with("https://") || license.starts_with("http://")
}

fn missing(contents: &Contents<'_>) -> Vec<Missing> {
    let mut missing = Vec::new();
    let authors = &contents.settings.authors;
    if authors.is_empty() {
        missing.push(Missing::Authors);
    }
    for (number, author) in (1..).zip(authors) {
        if author.full_name().is_empty() {
            missing.push(Missing::NameOfAuthor(number));
        }
        if author.orcid.is_some() && author.orcid_address().is_none() {
            missing.push(Missing::Orcid(number));
        }
    }
    let licenses = contents.licenses();
    let is_id = |license: &str| {
        license.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '+'))
    };
    if licenses.is_empty() {
        missing.push(Missing::License);
    } else if !licenses.iter().all(|license| {
        let plain =
            !license.contains(['"', '<', '>', '\\']) && !license.contains(char::is_whitespace);
        is_id(license) || (is_address(license) && plain)
    }) {
        missing.push(Missing::LicenseId);
    }
    missing
}
