//! How much of the agreement of coders remains once the agreement of chance is taken off?

use super::amount::Amount;
use super::ratings::{MISSING, Ratings};
use super::sums::Sums;
use super::{Coefficient, Undefined};

/// Pairwise agreement: the mean, over units with at least two values, of the share of pairs of
/// coders that agree on the unit. With two coders it is the share of units on which they agree.
/// (Fleiss 1971; with missing values: Gwet 2014.)
pub(super) fn percent(sums: &Sums<'_>) -> Result<Amount, Undefined> {
    let units = sums.units_with(2);
    if sums.ratings().coders() < 2 {
        return Err(Undefined::OneCoder);
    }
    if units == 0 {
        return Err(Undefined::NoPair);
    }
    let agreeing = (2..).zip(&sums.equal_pairs[2..]).fold(Amount::ZERO, |sum, (values, &equal)| {
        let pairs: i128 = values * (values - 1);
        sum + Amount::of(equal, pairs)
    });
    Ok(agreeing / Amount::whole(units))
}

/// (po − pe) / (1 − pe), undefined where chance alone would give full agreement.
fn beyond(observed: Amount, expected: Amount) -> Result<Amount, Undefined> {
    let room = Amount::ONE - expected;
    if room.is_zero() {
        return Err(Undefined::OneCategory);
    }
    Ok((observed - expected) / room)
}

/// κ of two coders (Cohen 1960), over the units that both gave a value: each coder's own shares
/// make the agreement of chance.
pub(super) fn cohen(sums: &Sums<'_>) -> Result<Amount, Undefined> {
    let ratings = sums.ratings();
    if ratings.coders() != 2 {
        return Err(Undefined::NotTwoCoders);
    }
    let observed = percent(sums)?;
    let mut marginals = vec![[0_i128; 2]; ratings.categories()];
    for (row, weight) in sums.rows() {
        if row.contains(&MISSING) {
            continue;
        }
        for (coder, &cell) in row.iter().enumerate() {
            marginals[cell as usize][coder] += weight;
        }
    }
    let units = Amount::whole(sums.units_with(2));
    let together = marginals.iter().fold(Amount::ZERO, |sum, [first, second]| {
        sum + Amount::whole(*first) * Amount::whole(*second)
    });
    beyond(observed, together / (units * units))
}

/// κ of any number of coders (Fleiss 1971), generalised to missing values as Gwet (2014) does:
/// chance is Σ π².
pub(super) fn fleiss(sums: &Sums<'_>) -> Result<Amount, Undefined> {
    let observed = percent(sums)?;
    let squares = sums.mean_shares().iter().fold(Amount::ZERO, |sum, &share| sum + share * share);
    beyond(observed, squares)
}

/// AC1 (Gwet 2008): chance is Σ π (1 − π) / (Q − 1), with Q the declared categories.
pub(super) fn ac1(sums: &Sums<'_>) -> Result<Amount, Undefined> {
    let observed = percent(sums)?;
    let declared = sums.ratings().categories() as i128;
    if declared < 2 {
        return Err(Undefined::OneDeclared);
    }
    let spread = sums
        .mean_shares()
        .iter()
        .fold(Amount::ZERO, |sum, &share| sum + share * (Amount::ONE - share));
    beyond(observed, spread / Amount::whole(declared - 1))
}

/// (Q·po − 1) / (Q − 1): chance takes each of the Q declared categories equally often (Brennan &
/// Prediger 1981); with two categories, the κ adjusted for prevalence and bias of Byrt, Bishop &
/// Carlin (1993), 2·po − 1.
pub(super) fn pabak(sums: &Sums<'_>) -> Result<Amount, Undefined> {
    let observed = percent(sums)?;
    let declared = sums.ratings().categories() as i128;
    if declared < 2 {
        return Err(Undefined::OneDeclared);
    }
    let scaled = Amount::whole(declared) * observed - Amount::ONE;
    Ok(scaled / Amount::whole(declared - 1))
}

/// Prevalence index |a − d| / n and bias index |b − c| / n of a two by two table (Byrt, Bishop &
/// Carlin 1993): how unequal the two categories, and how unequal the two coders.
pub(super) fn two_by_two(sums: &Sums<'_>, which: Coefficient) -> Result<Amount, Undefined> {
    let ratings: &Ratings = sums.ratings();
    if ratings.coders() != 2 {
        return Err(Undefined::NotTwoCoders);
    }
    if ratings.categories() != 2 {
        return Err(Undefined::NotTwoCategories);
    }
    let mut cells = [[0_i128; 2]; 2];
    for (row, weight) in sums.rows() {
        if let [first @ 0..2, second @ 0..2] = *row {
            cells[first as usize][second as usize] += weight;
        }
    }
    let units: i128 = cells.iter().flatten().sum();
    if units == 0 {
        return Err(Undefined::NoPair);
    }
    let difference = match which {
        Coefficient::BiasIndex => cells[0][1] - cells[1][0],
        _ => cells[0][0] - cells[1][1],
    };
    Ok(Amount::of(difference.abs(), units))
}
