//! What can be said of the agreement of coders, in numbers and with evidence?

mod code;
mod field;
mod overall;

use parallax_plugin::prelude::*;

use crate::agreement::{Agreement, Picture};
use crate::coefficient::Misfit;
use crate::disagreement::Apart;
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
    /// In how many parts the work is done.
    pub(crate) parts: usize,
}

impl Desk<'_> {
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
            ("resamples", Value::from(desk.parameters.resamples as usize)),
        ];
        finding = caveat(finding, "undefined_resamples", &values);
    }
    finding
}

fn misfit(misfit: Misfit) -> NoFindings {
    NoFindings::not_available(misfit.to_string())
}
