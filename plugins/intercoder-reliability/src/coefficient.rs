//! How far do coders agree, and how much of that would chance give?
//!
//! Every coefficient is an exact fraction of whole numbers ([`Amount`]), or undefined for a reason
//! ([`Undefined`]); none is ever a NaN. Formulas: pairwise agreement and κ of Fleiss (1971) with
//! missing values as Gwet (2014) takes them; κ of Cohen (1960); α of Krippendorff (2011); AC1 of
//! Gwet (2008); the coefficient of Brennan & Prediger (1981), which with two categories is the
//! PABAK of Byrt, Bishop & Carlin (1993).

mod alpha;
mod amount;
mod chance;
mod ratings;
mod resample;
mod sums;
#[cfg(test)]
mod tests;

use std::fmt;

pub use amount::Amount;
pub use ratings::{MISSING, Misfit, Ratings};
pub use resample::{Blocks, MOST_DRAWS, Plan, Spread, Unsampled, intervals};
pub(crate) use resample::{Spreads, resamples};

use sums::Sums;

/// How far apart two categories are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Equal or not.
    Nominal,
    /// By how many values lie between them.
    Ordinal,
    /// By the squared difference of their points.
    Interval,
}

/// A measure of the agreement of coders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coefficient {
    /// Pairwise agreement, from 0 to 1.
    Percent,
    /// Cohen's κ, two coders only.
    Cohen,
    /// Fleiss' κ, any number of coders.
    Fleiss,
    /// Krippendorff's α, any number of coders, at most 1.
    Alpha(Metric),
    /// Gwet's AC1, any number of coders.
    Ac1,
    /// PABAK, with more than two categories the coefficient of Brennan & Prediger.
    Pabak,
    /// How unequal two categories are, from 0 to 1; two coders and two categories only.
    PrevalenceIndex,
    /// How unequal two coders are, from 0 to 1; two coders and two categories only.
    BiasIndex,
}

/// Why a coefficient has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// Nobody to agree with.
    OneCoder,
    /// No unit has two values.
    NoPair,
    /// Only one category was used, so chance alone gives full agreement.
    OneCategory,
    /// Only one category is declared, so there was nothing to choose.
    OneDeclared,
    /// It is a measure of exactly two coders.
    NotTwoCoders,
    /// It is a measure of exactly two categories.
    NotTwoCategories,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OneCoder => "there is only one coder",
            Self::NoPair => "no unit has a value of two coders",
            Self::OneCategory => {
                "only one category was used, so that chance alone gives full agreement"
            }
            Self::OneDeclared => "there is only one category to choose from",
            Self::NotTwoCoders => "it is defined for two coders only",
            Self::NotTwoCategories => "it is defined for two categories only",
        })
    }
}

impl std::error::Error for Undefined {}

impl Ratings {
    /// The value of a coefficient over these ratings.
    ///
    /// # Errors
    /// Why it has none.
    pub fn measure(&self, coefficient: Coefficient) -> Result<Amount, Undefined> {
        coefficient.over(&Sums::of(self, &self.weights))
    }

    /// How many values each category has, over units with at least two.
    #[must_use]
    pub fn used(&self) -> Vec<u64> {
        let counts = Sums::of(self, &self.weights).paired_marginals();
        counts.into_iter().map(|count| u64::try_from(count).unwrap_or(u64::MAX)).collect()
    }

    /// Units on which the coders agree, and units with two values; `None` when some unit has more
    /// than two values, so that coders can agree on a part of it.
    #[must_use]
    pub fn agreed_units(&self) -> Option<(u64, u64)> {
        let sums = Sums::of(self, &self.weights);
        let countable = sums.units.iter().skip(3).all(|&units| units == 0);
        let (equal, units) = (sums.equal_pairs.get(2)?, sums.units.get(2)?);
        countable.then_some((u64::try_from(equal / 2).ok()?, u64::try_from(*units).ok()?))
    }
}

impl Coefficient {
    fn over(self, sums: &Sums<'_>) -> Result<Amount, Undefined> {
        match self {
            Self::Percent => chance::percent(sums),
            Self::Cohen => chance::cohen(sums),
            Self::Fleiss => chance::fleiss(sums),
            Self::Alpha(metric) => alpha::alpha(sums, metric),
            Self::Ac1 => chance::ac1(sums),
            Self::Pabak => chance::pabak(sums),
            Self::PrevalenceIndex | Self::BiasIndex => chance::two_by_two(sums, self),
        }
    }
}
