//! What do the scripts of claims say, and what keeps one from saying anything?

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use parallax_model::claim::{Claim, Computed, Judgement, Outcome, Truth};
use parallax_model::row::ClaimKind;
use parallax_model::{Number, Reading, Severity, Study};

use crate::shelf::ScriptProblem;
use crate::shelf::script::{Expression, Library, Limits, Names};

/// A claim counts; what takes longer than this counts for ever. It is asked again in every reading.
const LIMITS: Limits = Limits { operations: 5_000_000, ..Limits::STANDARD };

/// The scripts of a study's claims, by row of `claims.csv`.
#[derive(Clone, Debug, Default)]
pub struct ClaimScripts {
    expressions: BTreeMap<usize, Expression>,
}

/// What is wrong with the script of one claim.
#[derive(Clone, Debug)]
pub struct WrongScript {
    /// The row of `claims.csv`.
    pub row: usize,
    /// What is wrong, with line and column within the cell.
    pub problem: ScriptProblem,
}

impl ClaimScripts {
    /// The scripts of the claims of a study, and what can be seen to be wrong with them without
    /// asking any. One with an error is not asked.
    #[must_use]
    pub fn of(study: &Study, library: &Library) -> (Self, Vec<WrongScript>) {
        let names = Names::of(study);
        let (mut scripts, mut wrong) = (Self::default(), Vec::new());
        for claim in study.claims().iter().flatten() {
            let (Some(ClaimKind::Custom), Some(text)) = (claim.kind, &claim.script) else {
                continue;
            };
            let row = claim.row;
            match Expression::load_within(LIMITS, library, &claim.id, text) {
                Err(problem) => wrong.push(WrongScript { row, problem: *problem }),
                Ok(expression) => {
                    let found = expression.problems(Some(&names));
                    let is_error = |one: &ScriptProblem| one.kind.severity() == Severity::Error;
                    if !found.iter().any(is_error) {
                        scripts.expressions.insert(row, expression);
                    }
                    wrong.extend(found.into_iter().map(|problem| WrongScript { row, problem }));
                }
            }
        }
        (scripts, wrong)
    }

    /// What the script of a claim says of a reading; `None` when it has none that can be asked.
    pub(super) fn ask(
        &self,
        study: &Study,
        claim: &Claim,
        reading: &Reading<'static>,
    ) -> Option<Result<Judgement, Box<ScriptProblem>>> {
        let expression = self.expressions.get(&claim.row)?;
        let never = AtomicBool::new(false);
        let asked = expression.ask(reading, &reported(study), study.settings().seed, &never);
        Some(asked.map(|answer| {
            let truth = match (answer.holds, &answer.value) {
                (_, Some(value)) if answer.by_value => claim.is_met_by(value),
                (Some(true), _) => Truth::True,
                (Some(false), _) => Truth::False,
                (None, _) => Truth::Open,
            };
            Judgement {
                outcome: Outcome::Is(truth),
                computed: answer.value.map_or(Computed::Nothing, Computed::Value),
                evidence: answer.evidence,
                open: Vec::new(),
                base_is_open: false,
            }
        }))
    }
}

/// The numbers that claims report, by their ids.
fn reported(study: &Study) -> BTreeMap<String, Number> {
    let claims = study.claims().iter().flatten();
    let numbers = claims.filter_map(|claim| {
        let number = claim.expected.number()?;
        Some((claim.id.clone(), Number::Count { value: number }))
    });
    numbers.collect()
}
