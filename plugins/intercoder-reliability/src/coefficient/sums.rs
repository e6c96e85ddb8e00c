//! What must be counted once, so that every coefficient can be worked out from it?

use super::amount::Amount;
use super::ratings::{MISSING, Ratings};

/// The counts behind a coefficient, over rows that count as often as `weights` says.
///
/// Units are kept apart by how many values they have: what divides by that number stays a whole
/// number until the last step.
#[derive(Clone, Debug)]
pub(super) struct Sums<'r> {
    ratings: &'r Ratings,
    weights: &'r [u64],
    /// Units with so many values.
    pub(super) units: Vec<i128>,
    /// Ordered pairs of equal values within units with so many values.
    pub(super) equal_pairs: Vec<i128>,
    /// Values in each category within units with so many values: number of values × category.
    in_category: Vec<i128>,
}

impl<'r> Sums<'r> {
    pub(super) fn of(ratings: &'r Ratings, weights: &'r [u64]) -> Self {
        let mut sums = Self {
            ratings,
            weights,
            units: vec![0; ratings.coders + 1],
            equal_pairs: vec![0; ratings.coders + 1],
            in_category: vec![0; (ratings.coders + 1) * ratings.categories],
        };
        for (row, weight) in sums.rows() {
            let mut values = 0;
            let mut equal = 0;
            for (place, &cell) in row.iter().enumerate() {
                if cell == MISSING {
                    continue;
                }
                values += 1;
                equal += 2 * row[..place].iter().filter(|&&other| other == cell).count() as i128;
            }
            sums.units[values] += weight;
            sums.equal_pairs[values] += weight * equal;
            for &cell in row.iter().filter(|&&cell| cell != MISSING) {
                sums.in_category[values * ratings.categories + cell as usize] += weight;
            }
        }
        sums
    }

    /// The rows that count, with their weight.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'r [u32], i128)> + use<'r> {
        let (ratings, weights) = (self.ratings, self.weights);
        (0..ratings.len())
            .zip(weights)
            .filter(|&(_, &weight)| weight > 0)
            .map(|(row, &weight)| (ratings.row(row), i128::from(weight)))
    }

    pub(super) fn ratings(&self) -> &'r Ratings {
        self.ratings
    }

    /// Units with at least `values` values.
    pub(super) fn units_with(&self, values: usize) -> i128 {
        self.units.iter().skip(values).sum()
    }

    /// Values in each category, over units with at least two.
    pub(super) fn paired_marginals(&self) -> Vec<i128> {
        let (categories, coders) = (self.ratings.categories, self.ratings.coders);
        (0..categories)
            .map(|category| {
                (2..=coders).map(|values| self.in_category[values * categories + category]).sum()
            })
            .collect()
    }

    /// The mean over units with a value of the share of their values that each category has: π of
    /// Gwet (2008). There must be such a unit.
    pub(super) fn mean_shares(&self) -> Vec<Amount> {
        let (categories, coders) = (self.ratings.categories, self.ratings.coders);
        let units = Amount::whole(self.units_with(1));
        let share = |category: usize| {
            let sum = (1..=coders)
                .map(|values| (self.in_category[values * categories + category], values as i128))
                .filter(|&(count, _)| count > 0)
                .fold(Amount::ZERO, |sum, (count, values)| sum + Amount::of(count, values));
            sum / units
        };
        (0..categories).map(share).collect()
    }
}
