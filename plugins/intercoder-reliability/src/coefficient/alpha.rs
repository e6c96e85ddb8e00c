//! How large is the disagreement of coders beside the disagreement that chance would give?
//!
//! Krippendorff's α = 1 − Do / De (Krippendorff 2011): Do is the mean squared distance between
//! values of the same unit, De that between any two values; units with fewer than two values do
//! not count. With `n` values in all, `n_u` in unit `u`, and points `p`,
//! α = 1 − (n − 1) · Σ_u (n_u Σp² − (Σp)²) / (n_u − 1) ÷ (n Σp² − (Σp)²).

use super::amount::Amount;
use super::ratings::MISSING;
use super::sums::Sums;
use super::{Metric, Undefined};

pub(super) fn alpha(sums: &Sums<'_>, metric: Metric) -> Result<Amount, Undefined> {
    if sums.ratings().coders() < 2 {
        return Err(Undefined::OneCoder);
    }
    if sums.units_with(2) == 0 {
        return Err(Undefined::NoPair);
    }
    let marginals = sums.paired_marginals();
    let values: i128 = marginals.iter().sum();
    let (observed, expected) = match metric {
        Metric::Nominal => (unequal(sums), unequal_by_chance(&marginals, values)),
        Metric::Ordinal => distances(sums, &marginals, &midranks(&marginals)),
        Metric::Interval => distances(sums, &marginals, &sums.ratings().points),
    };
    if expected.is_zero() {
        return Err(Undefined::OneCategory);
    }
    Ok(Amount::ONE - Amount::whole(values - 1) * observed / expected)
}

/// Ordered pairs of unequal values within units, each divided by the unit's values less one.
fn unequal(sums: &Sums<'_>) -> Amount {
    let by_values = (2_i128..).zip(sums.units.iter().zip(&sums.equal_pairs).skip(2));
    by_values.fold(Amount::ZERO, |sum, (values, (&units, &equal))| {
        sum + Amount::of(units * values * (values - 1) - equal, values - 1)
    })
}

fn unequal_by_chance(marginals: &[i128], values: i128) -> Amount {
    marginals.iter().fold(Amount::ZERO, |sum, &count| {
        sum + Amount::whole(count) * Amount::whole(values - count)
    })
}

/// Twice the middle rank of each category. Krippendorff's ordinal distance, the values from one
/// category up to another less half of those in the two, is the distance of their middle ranks.
fn midranks(marginals: &[i128]) -> Vec<i128> {
    let mut below = 0;
    let middle = |&count: &i128| {
        let rank = 2 * below + count;
        below += count;
        rank
    };
    marginals.iter().map(middle).collect()
}

/// Half the squared distances over ordered pairs: within units (each divided by the unit's values
/// less one), and between all values.
fn distances(sums: &Sums<'_>, marginals: &[i128], points: &[i128]) -> (Amount, Amount) {
    let mut within = vec![0_i128; sums.units.len()];
    for (row, weight) in sums.rows() {
        let (mut values, mut sum, mut squares) = (0_usize, 0, 0);
        for &cell in row.iter().filter(|&&cell| cell != MISSING) {
            let point = points[cell as usize];
            values += 1;
            sum += point;
            squares += point * point;
        }
        within[values] += weight * (values as i128 * squares - sum * sum);
    }
    let observed = (2_i128..)
        .zip(&within[2..])
        .fold(Amount::ZERO, |sum, (values, &distance)| sum + Amount::of(distance, values - 1));
    let (mut count, mut sum, mut squares) = (0, 0, 0);
    for (&values, &point) in marginals.iter().zip(points) {
        count += values;
        sum += values * point;
        squares += values * point * point;
    }
    let expected =
        Amount::whole(count) * Amount::whole(squares) - Amount::whole(sum) * Amount::whole(sum);
    (observed, expected)
}
