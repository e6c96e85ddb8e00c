//! Which outcomes are known from before, and which analyses have to run?

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use parallax_model::{Outcome, Reading};
use rayon::prelude::*;
use serde_json::{Map, Value as Json};

use super::Planned;
use crate::cache::digest::{Tables, of_tables};
use crate::cache::{KeptOutcome, Key, NotKept, Part, Reason, key};
use crate::shelf::answer;
use crate::shelf::{Analysis, Body, Lending, Ran, Shelf};

/// The part of the program that a log names.
const LOGGED: &str = "parallax_engine::run";

/// What is known from an earlier run.
#[derive(Clone, Copy, Debug)]
pub struct Before<'b> {
    /// The outcomes that were kept.
    pub part: &'b Part,
    /// The program that runs now.
    pub program: &'b str,
}

/// Outcomes, with those that are kept for the next run and why analyses ran.
pub(super) struct Outcomes {
    pub(super) ran: Vec<Option<Ran>>,
    pub(super) kept: Part,
    pub(super) reasons: BTreeMap<String, Reason>,
}

/// What comes of each planned analysis, in their order. Without anything from before, all run and
/// nothing is kept.
pub(super) fn outcomes(
    reading: &Reading<'static>,
    shelf: &Shelf,
    planned: &[Planned],
    seed: u64,
    before: Option<Before<'_>>,
) -> Outcomes {
    let seen = before.and_then(|before| Some((before, of_tables(reading)?)));
    let lending = Lending::of(reading);
    let each: Vec<Option<One>> = planned
        .par_iter()
        .map(|planned| {
            let analysis = shelf.get(&planned.id)?;
            let one = Put { analysis, planned, lending: &lending, seed };
            Some(match &seen {
                Some((before, tables)) => one.known_or_run(*before, tables),
                None => One { ran: one.run(), entry: None, reason: None },
            })
        })
        .collect();
    let mut kept = before.map(|before| before.part.clone()).unwrap_or_default();
    let (mut ran, mut reasons) = (Vec::new(), BTreeMap::new());
    for (planned, one) in planned.iter().zip(each) {
        let Some(One { ran: own, entry, reason }) = one else {
            ran.push(None);
            continue;
        };
        if let Some((key, content)) = entry {
            kept.put(&planned.id, key, content.as_ref().map_err(|&not| not));
        }
        reasons.extend(reason.map(|reason| (planned.id.clone(), reason)));
        ran.push(Some(own));
    }
    Outcomes { ran, kept: kept.only(|id| shelf.get(id).is_some()), reasons }
}

/// One analysis that a reading is put to.
struct Put<'a> {
    analysis: &'a Analysis,
    planned: &'a Planned,
    lending: &'a Lending<'a>,
    seed: u64,
}

/// What came of it; where it ran beside what is kept, what to keep of it, and why it ran.
struct One {
    ran: Ran,
    entry: Option<(Key, Result<KeptOutcome, NotKept>)>,
    reason: Option<Reason>,
}

impl Put<'_> {
    fn known_or_run(&self, before: Before<'_>, tables: &Tables) -> One {
        let Ok(parameters) = self.analysis.parameters(&self.planned.parameters) else {
            return One { ran: self.run(), entry: None, reason: Some(Reason::First) };
        };
        let key = key::of_analysis(self.analysis, &parameters, self.seed, tables, before.program);
        let reason = match self.known(before.part, &key, &parameters) {
            Ok(ran) => return One { ran, entry: None, reason: None },
            Err(reason) => reason,
        };
        let ran = self.run();
        let content = match prints(self.analysis) {
            true => Err(NotKept::Prints),
            false => KeptOutcome::of(&ran.outcome),
        };
        One { ran, entry: Some((key, content)), reason: Some(reason) }
    }

    /// What is kept, looked at as if the analysis had just handed it over.
    fn known(&self, part: &Part, key: &Key, parameters: &Map<String, Json>) -> Result<Ran, Reason> {
        let outcome = part.get::<KeptOutcome>(&self.planned.id, key)?.outcome();
        let outcome = match outcome {
            Outcome::Found(findings) => answer::check(self.analysis.manifest(), findings)
                .map(Outcome::Found)
                .map_err(|_| Reason::First)?,
            other => other,
        };
        Ok(Ran { parameters: parameters.clone(), outcome, stopped: None })
    }

    fn run(&self) -> Ran {
        let never = AtomicBool::new(false);
        let _span = tracing::info_span!(target: LOGGED, "analysis", id = self.planned.id).entered();
        let ran = self.analysis.run_lent(self.lending, &self.planned.parameters, self.seed, &never);
        match &ran.outcome {
            Outcome::Found(findings) => {
                tracing::info!(target: LOGGED, findings = findings.len(), "ran");
            }
            Outcome::NotAvailable(_) => tracing::info!(target: LOGGED, "not available"),
            Outcome::Failed(_) => tracing::warn!(target: LOGGED, "failed"),
        }
        ran
    }
}

/// Whether an analysis can print, which is to happen on every run.
fn prints(analysis: &Analysis) -> bool {
    match analysis.body() {
        Body::Script(script) => {
            let texts = script.texts();
            texts.iter().any(|(_, text)| text.contains("print") || text.contains("debug"))
        }
        Body::Native(_) | Body::Outside(_) => false,
    }
}
