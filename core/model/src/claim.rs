//! What does a report say, and do the data bear it out?
//!
//! A claim is a published sentence in a form that can be tested. Its verdict is Kleene's: *supported*
//! when it is true in every world that statements and constraints allow, *contradicted* when it is
//! true in none, *undetermined* when it depends. Before that it is asked whether the claim speaks of
//! people who are there at all, and whether anything in the data bears on it; and after it, whether
//! the data are the claim itself, entered once more.

pub mod entered;
pub mod expected;
mod judge;
pub mod quantity;
pub mod scope;
mod truth;
mod verdict;
mod words;

use crate::number::{Fraction, Number};
use crate::row::{AscribedTo, ClaimKind, ClaimState, ClaimUnit, Modality};
use crate::table::NONE;

pub use entered::Entered;
pub use expected::Expected;
pub use judge::{Computed, Judge, Judgement, Outcome, Unit};
pub use quantity::{Quantity, Strength};
pub use scope::{Excluded, Missing, Scope};
pub use truth::{Allowed, Truth};
pub use verdict::{Check, Verdict};

/// A claim of `claims.csv` whose every word was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its row in `claims.csv`, from 0.
    pub row: usize,
    /// Its id.
    pub id: String,
    /// How it is tested; `None`: nobody says.
    pub kind: Option<ClaimKind>,
    /// What it counts.
    pub unit: ClaimUnit,
    /// About whom or what.
    pub scope: Scope,
    /// The codes it is about, by row; several have to hold together.
    pub codes: Vec<u32>,
    /// Only statements of this modality.
    pub modality: Option<Modality>,
    /// Whose part it is about; `None`: of whomever people speak under the code.
    pub bearer: Option<AscribedTo>,
    /// Who is counted; `None`: nobody says, which is taken for those who affirm it.
    pub state: Option<ClaimState>,
    /// What the report says.
    pub expected: Expected,
    /// How far the data may be from it.
    pub tolerance: Fraction,
    /// The report's word for the quantity.
    pub quantity: Option<Quantity>,
    /// What a script says, for `custom`.
    pub script: Option<String>,
}

impl Claim {
    /// The first code it is about, or [`NONE`].
    #[must_use]
    pub fn code(&self) -> u32 {
        self.codes.first().copied().unwrap_or(NONE)
    }

    /// Whether a number is what the claim says; open where it says none, or the number is not
    /// available.
    #[must_use]
    pub fn is_met_by(&self, value: &Number) -> Truth {
        let whole = |value: i64| Fraction::new(value, 1).unwrap_or(Fraction::ZERO);
        let (lower, upper) = match value {
            Number::Count { value } => (whole(*value), whole(*value)),
            Number::Range { lower, upper } => (whole(*lower), whole(*upper)),
            Number::Fraction(value) | Number::Ratio(value) => (*value, *value),
            Number::Between { lower, upper } | Number::Span { lower, upper } => (*lower, *upper),
            Number::Decimal { value, .. } => match expected::decimal(&format!("{value:.9}")) {
                Some(value) => (value, value),
                None => return Truth::Open,
            },
            Number::NotAvailable { .. } => return Truth::Open,
        };
        let allowed = match &self.expected {
            Expected::Amount(allowed) => *allowed,
            Expected::Part { part, .. } => Allowed::exactly(*part),
            Expected::Percent(percent) => match percent.rounds_from() {
                Some(allowed) => allowed,
                None => return Truth::Open,
            },
            _ => return Truth::Open,
        };
        allowed.widened(self.tolerance).holds_between(lower, upper)
    }

    /// The number of people that the report gives for the whole sample, where the claim is that.
    #[must_use]
    pub fn reported_sample(&self) -> Option<i64> {
        let is_of_everybody = self.kind == Some(ClaimKind::Count)
            && self.unit == ClaimUnit::Person
            && self.codes.is_empty()
            && self.scope == Scope::default();
        is_of_everybody.then(|| self.expected.number()).flatten()
    }
}
