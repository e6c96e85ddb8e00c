//! What does the outcome of an analysis depend on, piece by piece?

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::digest::{Digest, OF_WORDS, Sum, Tables, hexadecimal, of_text};
use crate::shelf::{Analysis, Body};

/// Everything that something depends on: what each piece is, by its name. Two that are the same
/// have the same outcome.
pub type Key = BTreeMap<String, String>;

/// The program as a piece of every key.
pub const PROGRAM: &str = "program";
/// The version that an analysis gives itself.
pub(super) const VERSION: &str = "version";
/// SHA-256 of the library of an analysis that does not come with the program.
const LIBRARY: &str = "library of the plugin";
/// The seed of everything drawn by chance.
pub(super) const SEED: &str = "seed";
/// The readings that are looked at beside the one of the document.
pub const READINGS: &str = "readings";
/// What sentences call things, and in which language.
pub const WORDING: &str = "wording";
/// What the names of tables, texts and parameters are preceded by.
pub(super) const TABLE: &str = "table ";
pub(super) const TEXT: &str = "text ";
pub(super) const PARAMETER: &str = "parameter ";

/// The name of a file as a piece of a key.
#[must_use]
pub fn of_file(name: &str) -> String {
    format!("{TEXT}{name}")
}

/// What an analysis cannot see of a reading, whatever it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sight {
    /// Whether it is handed people's words.
    words: bool,
    /// Whether it can come to the claims of a report.
    claims: bool,
}

impl Sight {
    /// All that there is.
    pub const EVERYTHING: Self = Self { words: true, claims: true };

    /// What `analysis` can see. People's words cross to no plugin, and no word of scripts gives them, and a script that never
    /// says `claim` has no claims, unless it puts the name of a function together while it runs.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        match analysis.body() {
            Body::Native(_) | Body::Outside(_) => Self { words: false, claims: true },
            Body::Script(script) => {
                let says = |word| script.texts().iter().any(|(_, text)| text.contains(word));
                Self { words: false, claims: says("claim") || says("Fn") }
            }
        }
    }

    /// Whether it can come to the claims of a report.
    #[must_use]
    pub fn has_claims(self) -> bool {
        self.claims
    }

    fn sees(self, table: &str) -> bool {
        match table {
            OF_WORDS => self.words,
            "claims" => self.claims,
            _ => true,
        }
    }

    /// One digest of the tables that are seen.
    #[must_use]
    pub fn together(self, tables: &Tables) -> Digest {
        let mut sum = Sum::default();
        for (table, digest) in tables.iter().filter(|(table, _)| self.sees(table)) {
            sum.bytes(table);
            sum.bytes(digest);
        }
        sum.digest()
    }
}

/// Everything that the outcome of an analysis depends on: the program, the analysis with its texts
/// and its effective parameters, the seed, and the tables that it can see.
#[must_use]
pub fn of_analysis(
    analysis: &Analysis,
    parameters: &Map<String, Json>,
    seed: u64,
    tables: &Tables,
    program: &str,
) -> Key {
    let mut key = Key::new();
    key.insert(PROGRAM.to_owned(), program.to_owned());
    key.insert(VERSION.to_owned(), analysis.manifest().version.clone());
    key.insert(
        "kind".to_owned(),
        if analysis.is_script() { "script" } else { "plugin" }.to_owned(),
    );
    key.insert(SEED.to_owned(), seed.to_string());
    let library = analysis.library_sha256();
    key.extend(library.map(|sha256| (LIBRARY.to_owned(), sha256.to_owned())));
    if let Body::Script(script) = analysis.body() {
        let texts = script.texts().into_iter();
        key.extend(texts.map(|(file, text)| (of_file(file), of_text(text))));
    }
    let chosen = parameters.iter();
    key.extend(chosen.map(|(name, value)| (format!("{PARAMETER}{name}"), value.to_string())));
    let sight = Sight::of(analysis);
    let seen = tables.iter().filter(|(table, _)| sight.sees(table));
    key.extend(seen.map(|(table, digest)| (format!("{TABLE}{table}"), hexadecimal(digest))));
    key
}
