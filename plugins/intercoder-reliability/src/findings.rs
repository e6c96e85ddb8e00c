//! What can be said of the agreement of coders, in numbers and with evidence?

mod code;
mod field;
mod overall;

use parallax_plugin::prelude::*;

use crate::agreement::{Agreement, Drawn, Picture, Scale, coefficients, drawn};
use crate::coefficient::{Misfit, Plan};
use crate::compared::Decisions;
use crate::disagreement::{self, Apart};
use crate::field::FIELDS;
use crate::material::{Mark, Material, UnitKind};
use crate::parameters::{Parameters, Uncoded};

pub(crate) use code::{CodeFound, codes};
pub(crate) use field::{FieldFound, fields};
pub(crate) use overall::overall;

/// What every finding is made from.
pub(crate) struct Desk<'d> {
    pub(crate) material: &'d Material<'d>,
    pub(crate) parameters: &'d Parameters,
    pub(crate) job: &'d Job<'d>,
    /// How far coders are apart at each mark.
    pub(crate) apart: Vec<Apart>,
    /// The codes that were given, each with its marks.
    pub(crate) by_code: &'d [(u32, Vec<u32>)],
    /// Whether each code applies, under the choice about uncoded units.
    pub(crate) decisions: Decisions<'d>,
    /// The same under the other choice.
    pub(crate) other: Decisions<'d>,
}

/// So many parts make the work, for whoever watches: drawing for all codes, and for each field.
const PARTS: usize = 1 + FIELDS.len();

impl<'d> Desk<'d> {
    /// Lays the material out.
    ///
    /// # Errors
    /// When there are more ratings than can be summed exactly.
    pub(crate) fn of(
        material: &'d Material<'d>,
        by_code: &'d [(u32, Vec<u32>)],
        parameters: &'d Parameters,
        job: &'d Job<'d>,
    ) -> Result<Self, NoFindings> {
        let decisions = |uncoded| Decisions::of(material, by_code, uncoded).map_err(misfit);
        let apart = disagreement::apart(material);
        let (made, other) = (parameters.uncoded, parameters.uncoded.other());
        let (decisions, other) = (decisions(made)?, decisions(other)?);
        Ok(Self { material, parameters, job, apart, by_code, decisions, other })
    }

    /// The intervals for all codes together and for each code, from the same resamples.
    ///
    /// # Errors
    /// Cancelled when the run is to stop.
    pub(crate) fn drawn(&self) -> Result<(Drawn, Vec<Drawn>), NoFindings> {
        let go_on = self.going_on(0);
        let coefficients = coefficients(Scale::Code);
        match drawn(self.decisions.intervals(&coefficients, self.plan(0, &go_on)))? {
            Err(why) => Ok((Err(why), vec![Err(why); self.by_code.len()])),
            Ok(spreads) => {
                let mut sets = spreads.into_iter().map(Ok);
                let overall = sets.next().unwrap_or(Err("undefined_elsewhere"));
                Ok((overall, sets.collect()))
            }
        }
    }

    /// How resamples are drawn, from this stream of the study's seed.
    fn plan<'p>(&self, stream: u64, go_on: &'p dyn Fn(usize, usize) -> bool) -> Plan<'p> {
        let Parameters { draws, level, .. } = *self.parameters;
        Plan { seed: self.job.seed(), stream, resamples: draws, level, go_on }
    }

    /// Tells how far a part of the work is, and whether to go on.
    fn going_on(&self, part: usize) -> impl Fn(usize, usize) -> bool + '_ {
        move |done, total| {
            let percent = done * 100 / total.max(1);
            self.job.progress(part * 100 + percent, PARTS * 100).is_ok()
        }
    }

    /// The statements of a mark: against the finding where coders differ, else for it.
    fn evidence_of(&self, mark: &Mark, differs: bool) -> impl Iterator<Item = Evidence> {
        let weight = if differs { Weight::Contrary } else { Weight::Supporting };
        let ids = &self.material.reading.statements.ids;
        let said = &self.material.said[mark.said.clone()];
        said.iter().map(move |said| Evidence::statement(ids.of(said.row), weight))
    }

    fn unit_word(&self) -> Value {
        Value::Word(match self.material.unit {
            UnitKind::Excerpt => "excerpt".to_owned(),
            UnitKind::Speaker => "speaker".to_owned(),
        })
    }

    fn uncoded(&self) -> usize {
        usize::try_from(self.material.uncoded.iter().sum::<u64>()).unwrap_or(usize::MAX)
    }

    /// The suffix of a template, or the caveat, for the choice about uncoded units.
    fn uncoded_word(&self) -> &'static str {
        match (self.uncoded(), self.parameters.uncoded) {
            (0, _) => "all_coded",
            (_, Uncoded::LeaveOut) => "uncoded_left_out",
            (_, Uncoded::Count) => "uncoded_counted",
        }
    }

    /// The level of the intervals, as a sentence writes it.
    fn level(&self) -> usize {
        self.parameters.level as usize
    }
}

/// A caveat with values.
fn caveat(mut finding: Finding, template: &str, values: &[(&str, Value)]) -> Finding {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    finding.caveats.push(Caveat { template: template.to_owned(), values });
    finding
}

/// What belongs to every number of agreement.
fn with_caveats(finding: Finding, agreement: &Agreement, desk: &Desk<'_>) -> Finding {
    let mut finding = finding.caveat("depends_on_units");
    if agreement.units < 10 {
        finding = finding.caveat("few_units");
    }
    if agreement.picture == Picture::Paradox {
        finding = finding.caveat("paradox");
    }
    if agreement.undefined > 0 {
        let values = [
            ("undefined", Value::from(agreement.undefined as usize)),
            ("resamples", Value::from(desk.parameters.draws as usize)),
        ];
        finding = caveat(finding, "undefined_resamples", &values);
    }
    finding
}

fn misfit(misfit: Misfit) -> NoFindings {
    NoFindings::not_available(misfit.to_string())
}
