//! What came of testing a script?

use std::fs;
use std::io;
use std::path::Path;

use parallax_engine::accept::{self, Accepted, Difference, NotAccepted, compare, place};
use parallax_engine::model::document::PublishedFinding;
use parallax_engine::write;

use crate::Status;

/// A script that was tested.
pub(super) struct Tested {
    /// Its id.
    pub(super) id: String,
    /// What came of it.
    pub(super) verdict: Verdict,
}

/// What came of a test.
pub(super) enum Verdict {
    /// It finds what was accepted.
    Same { findings: usize },
    /// It finds something else.
    Differs { differences: Vec<Difference>, lines: String },
    /// What it finds now was accepted; `first` when nothing was accepted before.
    Accepted { first: bool, differences: Vec<Difference>, lines: String },
    /// Nothing was accepted yet: all it finds is new.
    NothingAccepted { differences: Vec<Difference> },
    /// It does not load, it stopped, or its small study has errors: what its author reads.
    Failed { problem: String },
    /// The file of accepted findings is broken, or another program's.
    Unreadable { fault: String, help: &'static str },
    /// The file of accepted findings could not be written.
    NotWritten { fault: String },
    /// It has no small study; `named` when it was asked for by its name.
    Untested { named: bool },
}

impl Verdict {
    /// How the command ends when this is the worst that came of it.
    pub(super) fn status(&self) -> Status {
        match self {
            Self::Same { .. } | Self::Accepted { .. } | Self::Untested { named: false } => {
                Status::Fine
            }
            Self::Differs { .. }
            | Self::NothingAccepted { .. }
            | Self::Failed { .. }
            | Self::Untested { named: true } => Status::Problems,
            Self::Unreadable { .. } | Self::NotWritten { .. } => Status::Files,
        }
    }
}

/// Compares what a script finds with what was accepted, and accepts it when that is asked for.
pub(super) fn of(outer: &Path, id: &str, now: Accepted, accept: bool) -> Verdict {
    let findings = now.findings.len();
    let path = super::small::folder(outer, id).join(place(id));
    let before = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound && accept => {
            return match kept(&path, &now) {
                Ok(()) => Verdict::Accepted {
                    first: true,
                    differences: all_new(now),
                    lines: String::new(),
                },
                Err(not_written) => not_written,
            };
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Verdict::NothingAccepted { differences: all_new(now) };
        }
        Err(error) => {
            let help = "nothing was written; check who may read the file";
            return Verdict::Unreadable { fault: error.to_string(), help };
        }
    };
    let before = match accept::read(&before) {
        Ok(before) if before.analysis == id => before,
        Ok(other) => {
            let fault = format!("it holds what `{}` finds, not `{id}`", other.analysis);
            return Verdict::Unreadable { fault, help: NotAccepted::HELP };
        }
        Err(fault) => {
            return Verdict::Unreadable { fault: fault.to_string(), help: NotAccepted::HELP };
        }
    };
    let differences = compare(&before, &now);
    let lines = accept::text(&before, &now);
    match (differences.is_empty(), accept) {
        (true, _) => Verdict::Same { findings },
        (false, false) => Verdict::Differs { differences, lines },
        (false, true) => match kept(&path, &now.in_digits_of(&before)) {
            Ok(()) => Verdict::Accepted { first: false, differences, lines },
            Err(not_written) => not_written,
        },
    }
}

fn kept(path: &Path, now: &Accepted) -> Result<(), Verdict> {
    write::whole(path, now.to_json().as_bytes())
        .map_err(|error| Verdict::NotWritten { fault: error.to_string() })
}

fn all_new(now: Accepted) -> Vec<Difference> {
    let new =
        |finding: PublishedFinding| Difference::New { id: finding.id, sentence: finding.sentence };
    now.findings.into_iter().map(new).collect()
}
