//! What was accepted of an analysis, and what has changed since?
//!
//! What an analysis finds is accepted by keeping it in a file whose bytes depend on the findings
//! alone: keys and records are sorted, numbers have nine significant digits and keep those that were
//! accepted while they stay the same number, and there are no times and no paths in it. Findings
//! name what people said by its id, so none of their own words are in it either.

mod compare;
mod difference;
mod lines;
mod settle;

use std::fmt;

use parallax_model::document::{Came, FindingsDocument, PublishedFinding};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use compare::compare;
pub use difference::{Change, Difference, EvidenceChange, Exhibit};

/// The version of the format of accepted findings.
const FORMAT: u32 = 1;

/// What one analysis found, in the form in which it is accepted.
///
/// Records are in the order of their ids and names; [`Accepted::to_json`] writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The version of the format: 1.
    format: u32,
    /// The analysis.
    pub analysis: String,
    /// The mapping under which the study was read.
    pub mapping: String,
    /// The parameters the analysis ran with, defaults filled in.
    pub parameters: Map<String, Json>,
    /// What came of it.
    pub outcome: Came,
    /// What it found, by id.
    pub findings: Vec<PublishedFinding>,
}

/// What `analysis` found in a document, ready to be accepted or compared; `None` when the document
/// has no such analysis, or when it failed: a failure is nothing to accept.
#[must_use]
pub fn accepted(document: &FindingsDocument, analysis: &str) -> Option<Accepted> {
    let entry = document.analyses.iter().find(|entry| entry.id == analysis)?;
    if matches!(entry.outcome, Came::Failed { .. }) {
        return None;
    }
    let own = document.findings.iter().filter(|finding| finding.analysis == analysis);
    let whole = Accepted {
        format: FORMAT,
        analysis: analysis.to_owned(),
        mapping: document.reading.mapping.clone(),
        parameters: entry.parameters.clone(),
        outcome: entry.outcome.clone(),
        findings: own.cloned().collect(),
    };
    // Rounding makes every number one that can be written, so what is written can be read.
    serde_json::from_value(settle::canonical(&whole)).ok()
}

/// Findings that were gathered in another way, ready to be accepted or compared; `None` when they
/// hold a number that cannot be written.
#[must_use]
pub fn gathered(name: &str, mapping: String, findings: Vec<PublishedFinding>) -> Option<Accepted> {
    let whole = Accepted {
        format: FORMAT,
        analysis: name.to_owned(),
        mapping,
        parameters: Map::new(),
        outcome: Came::Found { findings: findings.len() },
        findings,
    };
    serde_json::from_value(settle::canonical(&whole)).ok()
}

/// Where the accepted findings of an analysis are kept, inside the study's folder.
#[must_use]
pub fn place(analysis: &str) -> String {
    format!("findings/accepted/{analysis}.json")
}

/// Accepted findings from the bytes of a file.
///
/// # Errors
/// When they are none, with the place in the file and what to do.
pub fn read(bytes: &[u8]) -> Result<Accepted, NotAccepted> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let json: Json = serde_json::from_slice(bytes).map_err(|error| {
        let cut_off = if error.is_eof() { "it ends too early" } else { "it is no JSON here" };
        NotAccepted { line: error.line(), column: error.column(), message: cut_off.to_owned() }
    })?;
    let format = json.get("format").and_then(Json::as_u64);
    if format.is_some_and(|format| format > FORMAT.into()) {
        return Err(NotAccepted::whole("it was written by a newer parallax; use that one"));
    }
    let accepted: Accepted = serde_json::from_slice(bytes).map_err(|error| NotAccepted {
        line: error.line(),
        column: error.column(),
        message: "it holds no accepted findings: something here belongs to another kind of file, \
                  or is missing"
            .to_owned(),
    })?;
    serde_json::from_value(settle::canonical(&accepted))
        .map_err(|_| NotAccepted::whole("a number in it cannot be written"))
}

/// Why the bytes of a file are no accepted findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAccepted {
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column, from 1; 0 for the line as a whole.
    pub column: usize,
    /// What is wrong with it, without its place and without a full stop.
    pub message: String,
}

impl NotAccepted {
    fn whole(message: &str) -> Self {
        Self { line: 0, column: 0, message: message.to_owned() }
    }

    /// What to do about it.
    pub const HELP: &'static str = "nothing was written over it; take the file back from your \
         backup or version control, or move it away and accept the findings anew";
}

impl fmt::Display for NotAccepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => {}
            (line, 0) => write!(f, "line {line}: ")?,
            (line, column) => write!(f, "line {line}, column {column}: ")?,
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for NotAccepted {}

impl Accepted {
    /// The same findings with the digits of those in `before` wherever a number is still the same
    /// number: computed again elsewhere, only its last digits can differ.
    #[must_use]
    pub fn in_digits_of(mut self, before: &Self) -> Self {
        settle::keep_digits(&mut self, before);
        self
    }

    /// One finding as it would be written.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<Json> {
        let finding = self.findings.iter().find(|finding| finding.id == id)?;
        serde_json::to_value(finding).ok()
    }

    /// The file: JSON with sorted keys in lines that are short enough to read, and a line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        lines::lines(&settle::canonical(self))
    }
}

/// As [`text`], of one finding only; of all that differs when none is named.
#[must_use]
pub fn text_of(accepted: &Accepted, now: &Accepted, finding: Option<&str>) -> String {
    let only = |own: &Accepted| {
        let mut own = own.clone();
        own.findings.retain(|own| finding.is_none_or(|id| own.id == id));
        own
    };
    text(&only(accepted), &only(now))
}

/// The lines that differ between two accepted forms, with three lines around each; empty when they
/// are the same.
#[must_use]
pub fn text(accepted: &Accepted, now: &Accepted) -> String {
    let (was, is) = (accepted.to_json(), now.clone().in_digits_of(accepted).to_json());
    let lines = similar::TextDiff::from_lines(was.as_str(), is.as_str());
    lines.unified_diff().context_radius(3).header("accepted", "now").to_string()
}
