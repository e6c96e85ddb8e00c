//! How far apart are two units, as an exact fraction?
//!
//! Distances between units are kept as whole numbers over one common denominator, so that sums of
//! them stay exact; when those sums could outgrow 128 bits, as floating-point numbers.

use num_rational::Ratio;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::profile::{Overlap, Profile};

/// How two sets of claimed features are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// 1 − |A∩B| / |A∪B| (Jaccard 1912): what neither claims says nothing.
    #[default]
    Jaccard,
    /// 1 − 2|A∩B| / (|A| + |B|) (Dice 1945).
    Dice,
    /// The share of features on which they differ (Sokal & Michener 1958): what neither claims
    /// counts as alike.
    SimpleMatching,
}

/// The distances between all pairs of units.
#[derive(Clone, Debug, PartialEq)]
pub struct Distances {
    units: usize,
    scaled: Scaled,
    /// Pairs of units that both claim nothing; their distance is taken as 0.
    pub both_empty: usize,
}

/// Distances of the pairs (0,1), (0,2), …, (1,2), …, times the common denominator.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scaled {
    /// Whole numbers over `denominator`.
    Exact { denominator: i128, numerators: Vec<i128> },
    /// Floating-point numbers.
    Near(Vec<f64>),
}

/// Two units that share no feature that is known for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incomparable {
    /// The place of the first unit.
    pub first: usize,
    /// The place of the second unit.
    pub second: usize,
}

/// The distances between `profiles`, all over the same features.
///
/// # Errors
/// When no feature is known for both units of a pair: there is no distance between them, and so
/// no clustering.
pub fn between(profiles: &[Profile], metric: Metric) -> Result<Distances, Incomparable> {
    let units = profiles.len();
    let mut fractions = Vec::with_capacity(units * units.saturating_sub(1) / 2);
    let mut both_empty = 0;
    for first in 0..units {
        for second in first + 1..units {
            let overlap = profiles[first].overlap(&profiles[second]);
            if overlap.known() == 0 {
                return Err(Incomparable { first, second });
            }
            both_empty += usize::from(overlap.both + overlap.one == 0);
            fractions.push(distance(overlap, metric));
        }
    }
    Ok(Distances { units, scaled: scale(&fractions, units), both_empty })
}

impl Distances {
    /// The number of units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Whether the distances and all sums of them are exact.
    #[must_use]
    pub fn exact(&self) -> bool {
        matches!(self.scaled, Scaled::Exact { .. })
    }

    /// The distance between two different units.
    #[must_use]
    pub fn amount(&self, one: usize, other: usize) -> Amount {
        let place = place(self.units, one.min(other), one.max(other));
        match &self.scaled {
            Scaled::Exact { denominator, numerators } => {
                Amount::of(numerators[place], *denominator)
            }
            Scaled::Near(values) => Amount::Near(values[place]),
        }
    }

    /// The same distances without one unit; those after it move up one place.
    #[must_use]
    pub fn without(&self, unit: usize) -> Self {
        let kept = |values: usize| values != unit;
        let pairs = (0..self.units)
            .flat_map(|i| (i + 1..self.units).map(move |j| (i, j)))
            .filter(|&(i, j)| kept(i) && kept(j))
            .map(|(i, j)| place(self.units, i, j));
        let scaled = match &self.scaled {
            Scaled::Exact { denominator, numerators } => Scaled::Exact {
                denominator: *denominator,
                numerators: pairs.map(|place| numerators[place]).collect(),
            },
            Scaled::Near(values) => Scaled::Near(pairs.map(|place| values[place]).collect()),
        };
        Self { units: self.units - 1, scaled, both_empty: self.both_empty }
    }

    pub(crate) fn scaled(&self) -> &Scaled {
        &self.scaled
    }
}

/// Where the pair `low < high` stands among the pairs of `units`.
pub(crate) fn place(units: usize, low: usize, high: usize) -> usize {
    low * (2 * units - low - 1) / 2 + (high - low - 1)
}

/// A scaled distance or a sum of them: whole when exact, floating-point otherwise.
///
/// Means are compared without dividing where that is exact.
pub(crate) trait Entry: Copy + PartialOrd {
    const ZERO: Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, count: usize) -> Self;
    /// Whether `self / size` is above `other / other_size` by more than a tie.
    fn mean_above(self, size: usize, other: Self, other_size: usize) -> bool;
    /// Whether `self / size` is strictly below `other / other_size`.
    fn mean_below(self, size: usize, other: Self, other_size: usize) -> bool;
    fn over(self, whole: Self) -> Amount;
}

impl Entry for i128 {
    const ZERO: Self = 0;

    fn plus(self, other: Self) -> Self {
        self + other
    }

    fn minus(self, other: Self) -> Self {
        self - other
    }

    fn times(self, count: usize) -> Self {
        self * count as Self
    }

    fn mean_above(self, size: usize, other: Self, other_size: usize) -> bool {
        self.times(other_size) > other.times(size)
    }

    fn mean_below(self, size: usize, other: Self, other_size: usize) -> bool {
        self.times(other_size) < other.times(size)
    }

    fn over(self, whole: Self) -> Amount {
        Amount::of(self, whole)
    }
}

/// Floating-point means closer than this are a tie.
const TIE: f64 = 1e-12;

impl Entry for f64 {
    const ZERO: Self = 0.0;

    fn plus(self, other: Self) -> Self {
        self + other
    }

    fn minus(self, other: Self) -> Self {
        self - other
    }

    fn times(self, count: usize) -> Self {
        self * count as Self
    }

    fn mean_above(self, size: usize, other: Self, other_size: usize) -> bool {
        self / size as Self > other / other_size as Self + TIE
    }

    fn mean_below(self, size: usize, other: Self, other_size: usize) -> bool {
        self / (size as Self) < other / other_size as Self
    }

    fn over(self, whole: Self) -> Amount {
        Amount::Near(self / whole)
    }
}

/// The distance of a pair with at least one known feature.
fn distance(overlap: Overlap, metric: Metric) -> Ratio<i128> {
    let Overlap { both, one, .. } = overlap;
    let (part, whole) = match metric {
        Metric::Jaccard => (one, both + one),
        Metric::Dice => (one, 2 * both + one),
        Metric::SimpleMatching => (one, overlap.known()),
    };
    // Two empty sets: nothing sets them apart.
    if whole == 0 { Ratio::new_raw(0, 1) } else { Ratio::new(part as i128, whole as i128) }
}

fn scale(fractions: &[Ratio<i128>], units: usize) -> Scaled {
    match common_denominator(fractions, units) {
        Some(denominator) => Scaled::Exact {
            denominator,
            numerators: fractions.iter().map(|f| f.numer() * (denominator / f.denom())).collect(),
        },
        None => {
            Scaled::Near(fractions.iter().map(|f| *f.numer() as f64 / *f.denom() as f64).collect())
        }
    }
}

/// The least common denominator, unless sums over all pairs, multiplied by the number of pairs of
/// two clusters (which is how averages are compared), could outgrow 128 bits.
fn common_denominator(fractions: &[Ratio<i128>], units: usize) -> Option<i128> {
    let mut common: i128 = 1;
    for fraction in fractions {
        if common % fraction.denom() != 0 {
            let shared = Ratio::new(common, *fraction.denom());
            common = common.checked_mul(*shared.denom())?;
        }
    }
    let units = units as i128;
    let pairs = units.checked_mul(units)?;
    common.checked_mul(pairs)?.checked_mul(pairs)?;
    Some(common)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::profile::{Feature, drawn};

    fn distance_of(rows: &[&str; 2], metric: Metric) -> Amount {
        between(&drawn(rows), metric).expect("comparable").amount(0, 1)
    }

    #[test]
    fn three_ways_to_compare() {
        let rows = ["++-?", "+-++"];
        assert_eq!(distance_of(&rows, Metric::Jaccard), Amount::of(2, 3));
        assert_eq!(distance_of(&rows, Metric::Dice), Amount::of(2, 4));
        assert_eq!(distance_of(&["++--", "+---"], Metric::SimpleMatching), Amount::of(1, 4));
    }

    #[test]
    fn two_empty_sets_are_alike_and_counted() {
        let distances = between(&drawn(&["--", "--", "+-"]), Metric::Jaccard).expect("comparable");
        assert_eq!(distances.amount(0, 1), Amount::ZERO);
        assert_eq!(distances.amount(0, 2), Amount::of(1, 1));
        assert_eq!(distances.both_empty, 1);
    }

    #[test]
    fn nothing_known_for_both_is_refused() {
        let refused = between(&drawn(&["++", "+?", "?+"]), Metric::Jaccard);
        assert_eq!(refused, Err(Incomparable { first: 1, second: 2 }));
    }

    #[test]
    fn a_unit_can_be_left_out() {
        let distances =
            between(&drawn(&["++-", "+--", "--+"]), Metric::Jaccard).expect("all known");
        let without = distances.without(0);
        assert_eq!(without.units(), 2);
        assert_eq!(without.amount(0, 1), distances.amount(1, 2));
    }

    #[test]
    fn many_different_denominators_fall_back_to_floating_point() {
        // Sets of 1, 2, … 120 features: distances k/(k+1) and the like up to 120.
        let features = 120;
        let profiles: Vec<Profile> = (1..=features)
            .map(|claimed| {
                let row: Vec<Feature> = (0..features)
                    .map(|f| if f < claimed { Feature::Yes } else { Feature::No })
                    .collect();
                Profile::new(&row)
            })
            .collect();
        let distances = between(&profiles, Metric::Jaccard).expect("all known");
        assert!(!distances.exact());
        assert!((distances.amount(0, 1).value() - 0.5).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn jaccard_is_a_metric(sets in prop::collection::vec(prop::collection::vec(any::<bool>(), 7), 3)) {
            let profiles: Vec<Profile> = sets
                .iter()
                .map(|set| set.iter().map(|&yes| if yes { Feature::Yes } else { Feature::No }))
                .map(|features| Profile::new(&features.collect::<Vec<_>>()))
                .collect();
            let distances = between(&profiles, Metric::Jaccard).expect("all known");
            let Amount::Exact(sides) = distances.amount(0, 1).plus(distances.amount(1, 2)) else {
                panic!("exact");
            };
            let Amount::Exact(across) = distances.amount(0, 2) else { panic!("exact") };
            prop_assert!(across <= sides);
            prop_assert!(across >= Ratio::new(0, 1) && across <= Ratio::new(1, 1));
            prop_assert_eq!(across == Ratio::new(0, 1), sets[0] == sets[2]);
        }
    }
}
