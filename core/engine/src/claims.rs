//! Which verdicts do the claims of a report get, and why?
//!
//! The model says what the data of one reading say of one claim. Here a claim meets the others: the
//! rows that were entered from its own sentence, what the report says elsewhere, scripts, and words.

mod against;
mod assess;
mod notes;
mod publish;
pub mod repair;
mod scripts;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::claim::{Claim, Entered, Judgement};
use parallax_model::row::ClaimRow;
use parallax_model::{Reading, Study, Verdict};

use crate::shelf::ScriptProblem;

pub use scripts::{ClaimScripts, WrongScript};

/// The claims of a study, ready to be tested on any of its readings.
#[derive(Debug)]
pub struct Claims<'s> {
    study: &'s Study,
    /// Rows of `claims.csv` in which something is wrong: they get no verdict.
    faulty: BTreeSet<usize>,
    /// The rows that were entered from the sentence of a claim, by the claim's row.
    entered: BTreeMap<usize, Entered>,
    scripts: ClaimScripts,
}

/// A claim with its verdict on one reading.
#[derive(Clone, Debug)]
pub struct Assessed<'s> {
    /// The claim.
    pub claim: &'s Claim,
    /// Its row in `claims.csv`.
    pub row: &'s ClaimRow,
    /// What comes of it.
    pub verdict: Verdict,
    /// What the data say, whatever the report says elsewhere.
    pub judgement: Judgement,
    /// Why the verdict is not simply what the data say.
    pub because: Because,
    /// What stopped its script.
    pub stopped: Option<Box<ScriptProblem>>,
}

/// Why a verdict is not simply what the data say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Because {
    /// It is.
    #[default]
    Data,
    /// Rows were entered from the claim's own sentence, this many.
    Entered(usize),
    /// Another claim says it with another strength.
    Drift {
        /// The other claim's id.
        other: String,
        /// The number or the word that it gives; its kind where it has none.
        says: String,
        /// Whether this one says it more strongly.
        stronger: bool,
    },
    /// It says two things in two places.
    TwoValues,
    /// Another claim gives another number of people.
    OtherNumber {
        /// The other claim's id.
        other: String,
        /// The number of people that it gives.
        people: i64,
    },
}

impl<'s> Claims<'s> {
    /// The claims of a study but for rows in which something is wrong.
    #[must_use]
    pub fn of(study: &'s Study, faulty: &BTreeSet<usize>, scripts: &ClaimScripts) -> Self {
        let (faulty, scripts) = (faulty.clone(), scripts.clone());
        Self { study, faulty, entered: Entered::of_claims(study), scripts }
    }

    /// The claims in which nothing is wrong, in the order of their rows.
    fn sound(&self) -> impl Iterator<Item = &'s Claim> {
        let study: &'s Study = self.study;
        let sound = study.claims().iter().enumerate();
        let sound = sound.filter(|(row, _)| !self.faulty.contains(row));
        sound.filter_map(|(_, claim)| claim.as_ref())
    }

    /// Every claim with its verdict on one reading, in the order of `claims.csv`.
    #[must_use]
    pub fn assess(&self, reading: &Reading<'static>) -> Vec<Assessed<'s>> {
        assess::all(self, reading)
    }

    /// The verdicts alone, by the claims' ids.
    #[must_use]
    pub fn verdicts(&self, reading: &Reading<'static>) -> Vec<(String, Verdict)> {
        let assessed = self.assess(reading).into_iter();
        assessed.map(|one| (one.claim.id.clone(), one.verdict)).collect()
    }
}
