//! What was computed before and cannot have changed?
//!
//! Everything that an outcome depends on is written down beside it, piece by piece, so that it is
//! known not only whether something changed but also what. Nothing depends on times of files. What
//! is kept stands in `out/cache` of the study, which can be removed at any moment.

pub mod digest;
pub mod key;
mod part;
mod why;

use std::path::{Path, PathBuf};

use parallax_model::{Finding, Outcome};
use serde::{Deserialize, Serialize};

pub use key::{Key, Sight};
pub use part::{MOST_ENTRY, MOST_PART, NotKept, Part};
pub use why::{Did, Reason, Told};

/// Where results are kept, below the folder of a study.
pub const PLACE: &str = "out/cache";

/// What is kept of earlier runs, and of which program.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    study: Option<PathBuf>,
    program: String,
    is_fresh: bool,
}

impl Cache {
    /// One that keeps nothing and gives nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// That of the study in a folder. `program` is a text that is another one for every program
    /// that could compute something else.
    #[must_use]
    pub fn of(study: &Path, program: &str) -> Self {
        Self { study: Some(study.to_owned()), program: program.to_owned(), is_fresh: false }
    }

    /// The same, which keeps what is computed and gives nothing.
    #[must_use]
    pub fn fresh(self) -> Self {
        Self { is_fresh: true, ..self }
    }

    /// Whether anything is kept.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.study.is_some()
    }

    /// The program as a piece of a key.
    #[must_use]
    pub fn program(&self) -> &str {
        &self.program
    }

    /// What is kept under a name.
    #[must_use]
    pub fn read(&self, name: &str) -> Part {
        let Some(study) = &self.study else { return Part::default() };
        let part = Part::read(&study.join(PLACE).join(name));
        if self.is_fresh { part.fresh() } else { part }
    }

    /// Keeps something under a name. What cannot be kept is computed again the next time.
    pub fn write(&self, name: &str, part: &Part, before: &Part) {
        let Some(study) = &self.study else { return };
        if let Err(error) = part.write(study, &format!("{PLACE}/{name}"), before) {
            tracing::warn!(name, %error, "results are not kept");
        }
    }
}

/// An outcome as it is kept: that of an analysis that did not fail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptOutcome {
    /// Its findings before they are worded.
    Found(Vec<Finding>),
    /// Why the data do not allow it.
    NotAvailable(String),
}

impl KeptOutcome {
    /// An outcome that can be kept.
    ///
    /// # Errors
    /// When it failed.
    pub fn of(outcome: &Outcome) -> Result<Self, NotKept> {
        match outcome {
            Outcome::Found(findings) => Ok(Self::Found(findings.clone())),
            Outcome::NotAvailable(reason) => Ok(Self::NotAvailable(reason.clone())),
            Outcome::Failed(_) => Err(NotKept::Failed),
        }
    }

    /// The outcome.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Found(findings) => Outcome::Found(findings),
            Self::NotAvailable(reason) => Outcome::NotAvailable(reason),
        }
    }
}
