//! Are units of one role more alike than units of one case?

use crate::amount::Amount;
use crate::distance::{Distances, Entry, Scaled, place};
use crate::partition::groups;
use crate::permutation::{Chance, Sampling, Stopped, draw, relabellings};

/// How alike the units of some pairs are: 1 − distance, on average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The number of pairs.
    pub pairs: usize,
    /// Their mean similarity, from 0 to 1; `None` without a pair.
    pub mean: Option<Amount>,
}

/// The mean similarity of the pairs that `chosen` accepts; it is given places in order.
#[must_use]
pub fn likeness(distances: &Distances, chosen: impl Fn(usize, usize) -> bool) -> Likeness {
    match distances.scaled() {
        Scaled::Exact { denominator, numerators } => {
            mean(distances.units(), numerators, *denominator, chosen)
        }
        Scaled::Near(values) => mean(distances.units(), values, 1.0, chosen),
    }
}

/// The mean similarity of pairs with the same role less that of pairs with different roles;
/// `None` unless there are both.
#[must_use]
pub fn role_statistic(distances: &Distances, roles: &[usize]) -> Option<Amount> {
    let same = likeness(distances, |one, other| roles[one] == roles[other]).mean?;
    let different = likeness(distances, |one, other| roles[one] != roles[other]).mean?;
    Some(same.minus(different))
}

/// The chance that `roles`, dealt out again within each stratum, have a statistic at least as
/// large. Every relabelling has as many pairs of the same role, so the statistic is at least as
/// large exactly when their distances sum to no more.
///
/// # Errors
/// When relabellings are drawn and `sampling` says to stop.
pub fn role_chance(
    distances: &Distances,
    roles: &[usize],
    strata: &[usize],
    sampling: Sampling<'_>,
) -> Result<Chance, Stopped> {
    match distances.scaled() {
        Scaled::Exact { numerators, .. } => chance(numerators, roles, strata, sampling),
        Scaled::Near(values) => chance(values, roles, strata, sampling),
    }
}

fn mean<E: Entry>(
    units: usize,
    entries: &[E],
    whole: E,
    chosen: impl Fn(usize, usize) -> bool,
) -> Likeness {
    let (mut pairs, mut sum) = (0, E::ZERO);
    for low in 0..units {
        for high in (low + 1..units).filter(|&high| chosen(low, high)) {
            pairs += 1;
            sum = sum.plus(entries[place(units, low, high)]);
        }
    }
    let all = whole.times(pairs);
    Likeness { pairs, mean: (pairs > 0).then(|| all.minus(sum).over(all)) }
}

fn chance<E: Entry>(
    entries: &[E],
    roles: &[usize],
    strata: &[usize],
    sampling: Sampling<'_>,
) -> Result<Chance, Stopped> {
    let observed = same_role_distance(entries, roles);
    let Some(of) = relabellings(roles, strata) else {
        return draw(roles, strata, sampling, |relabelled| {
            !same_role_distance(entries, relabelled).mean_above(1, observed, 1)
        });
    };
    let mut order: Vec<usize> = (0..roles.len()).collect();
    order.sort_by_key(|&unit| strata[unit]);
    let mut left = vec![vec![0; groups(roles)]; groups(strata)];
    for (&role, &stratum) in roles.iter().zip(strata) {
        left[stratum][role] += 1;
    }
    let members = vec![Vec::new(); groups(roles)];
    let mut dealing =
        Dealing { entries, strata, order: &order, left, members, observed, reached: 0 };
    dealing.deal(0, E::ZERO);
    Ok(Chance { reached: dealing.reached, of, exact: true })
}

/// The sum of the distances between units of the same role, one row of the triangle at a time.
fn same_role_distance<E: Entry>(entries: &[E], roles: &[usize]) -> E {
    let mut rest = entries;
    let mut sum = E::ZERO;
    for (low, role) in roles.iter().enumerate() {
        let others = &roles[low + 1..];
        let (row, after) = rest.split_at(others.len());
        rest = after;
        for (&entry, _) in row.iter().zip(others).filter(|(_, other)| *other == role) {
            sum = sum.plus(entry);
        }
    }
    sum
}

/// All relabellings one after another, each made from the one before by dealing its last units
/// out differently.
struct Dealing<'a, E> {
    entries: &'a [E],
    strata: &'a [usize],
    order: &'a [usize],
    /// How many of each role are still to be dealt out in each stratum.
    left: Vec<Vec<usize>>,
    /// The units that have each role now.
    members: Vec<Vec<usize>>,
    observed: E,
    reached: u64,
}

impl<E: Entry> Dealing<'_, E> {
    /// Deals a role to the unit at `step` and those after it; `sum` is the distance of the pairs
    /// of the same role so far.
    fn deal(&mut self, step: usize, sum: E) {
        let Some(&unit) = self.order.get(step) else {
            self.reached += u64::from(!sum.mean_above(1, self.observed, 1));
            return;
        };
        let stratum = self.strata[unit];
        for role in 0..self.members.len() {
            if self.left[stratum][role] == 0 {
                continue;
            }
            let added = self.members[role].iter().fold(sum, |sum, &other| {
                let pair = place(self.order.len(), unit.min(other), unit.max(other));
                sum.plus(self.entries[pair])
            });
            self.left[stratum][role] -= 1;
            self.members[role].push(unit);
            self.deal(step + 1, added);
            self.members[role].pop();
            self.left[stratum][role] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    const SAMPLING: Sampling<'_> =
        Sampling { seed: 1, stream: 0, draws: 9999, go_on: &|_, _| true };

    fn shown(likeness: Likeness) -> (usize, Option<(i64, i64)>) {
        (likeness.pairs, likeness.mean.and_then(Amount::fraction))
    }

    #[test]
    fn the_seed_study_follows_role_more_than_school() {
        let study = studies::seed();
        let (roles, cases) = (&study.roles, &study.cases);
        let of = |same_role: bool, same_case: bool| {
            shown(likeness(&study.distances, |one, other| {
                (roles[one] == roles[other]) == same_role
                    && (cases[one] == cases[other]) == same_case
            }))
        };
        assert_eq!(of(true, false), (31, Some((57, 124))));
        assert_eq!(of(false, true), (12, Some((17, 144))));
        assert_eq!(of(false, false), (62, Some((25, 186))));
        assert_eq!(of(true, true), (0, None));
    }

    #[test]
    fn within_and_between_roles_and_within_cases() {
        let study = studies::seed();
        let (roles, cases) = (&study.roles, &study.cases);
        let between = |a: usize, b: usize| {
            likeness(&study.distances, |one, other| {
                (roles[one], roles[other]) == (a, b) || (roles[one], roles[other]) == (b, a)
            })
            .mean
            .and_then(Amount::fraction)
        };
        // Roles in order: I, L, S.
        assert_eq!(
            [between(2, 2), between(1, 1), between(0, 0)],
            [Some((5, 12)), Some((7, 10)), Some((1, 6))]
        );
        assert_eq!(
            [between(2, 1), between(2, 0), between(1, 0)],
            [Some((41, 360)), Some((17, 144)), Some((7, 40))]
        );
        let in_case = |case: usize| {
            likeness(&study.distances, |one, other| cases[one] == case && cases[other] == case)
                .mean
                .and_then(Amount::fraction)
        };
        let means: Vec<_> = (0..6).filter_map(in_case).collect();
        assert_eq!(means, [(7, 36), (0, 1), (0, 1), (1, 3), (1, 6), (0, 1)]);
    }

    #[test]
    fn the_role_statistic_and_its_chance_are_those_of_the_oracle() {
        let study = studies::seed();
        let statistic = role_statistic(&study.distances, &study.roles);
        assert_eq!(statistic.and_then(Amount::fraction), Some((3009, 9176)));
        let chance = role_chance(&study.distances, &study.roles, &study.cases, SAMPLING);
        assert_eq!(chance, Ok(Chance { reached: 4, of: 1728, exact: true }));
    }

    #[test]
    fn one_role_has_no_statistic() {
        assert_eq!(role_statistic(&studies::toy(), &[0; 5]), None);
    }

    #[test]
    fn counting_all_relabellings_agrees_with_the_definition() {
        // {1,2,3} and {4,5} against the toy's own two clusters: each of the ten ways looked at.
        let toy = studies::toy();
        let roles = [0, 0, 1, 1, 1];
        let observed = role_statistic(&toy, &roles).expect("both").value();
        let mut reached = 0;
        for first in 0..5 {
            for second in first + 1..5 {
                let dealt: Vec<usize> =
                    (0..5).map(|unit| usize::from(unit != first && unit != second)).collect();
                let statistic = role_statistic(&toy, &dealt).expect("both").value();
                reached += u64::from(statistic >= observed - 1e-12);
            }
        }
        let chance = role_chance(&toy, &roles, &[0; 5], SAMPLING);
        assert_eq!(chance, Ok(Chance { reached, of: 10, exact: true }));
    }
}
