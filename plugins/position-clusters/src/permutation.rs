//! How often would chance alone make roles agree with the clusters at least as well?
//!
//! Chance is: the same roles dealt out again among the units, over all of them or only within
//! each stratum (such as a case). With few relabellings all are counted, as cross-tables with the
//! number of relabellings that give each, never one by one; with many, a seeded stream draws some.

use std::collections::BTreeMap;

use parallax_plugin::Draws;

use crate::partition::{Contingency, groups};

/// At most so many relabellings are all counted.
pub const ALL_COUNTED: u64 = 1_000_000;

/// A proportion of relabellings, as counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Relabellings that do at least as well as the observed labels; these are among them.
    pub reached: u64,
    /// All relabellings, or the number drawn, both with the observed labels.
    pub of: u64,
    /// Whether every relabelling was counted.
    pub exact: bool,
}

/// How relabellings are drawn when there are too many to count.
#[derive(Clone, Copy)]
pub struct Sampling<'a> {
    /// The study's seed.
    pub seed: u64,
    /// Which stream of that seed; each test has its own.
    pub stream: u64,
    /// How many relabellings are drawn.
    pub draws: u32,
    /// Is told from time to time how many of them are done, and answers whether to go on.
    pub go_on: &'a dyn Fn(usize, usize) -> bool,
}

/// The work was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// The chance that relabelled `roles`, dealt out within each stratum, agree with `clusters` at
/// least as well as the roles do. Every relabelling keeps the sizes of both partitions, so the
/// adjusted Rand index is at least as large exactly when as many pairs are together in both.
///
/// # Errors
/// When relabellings are drawn and `sampling` says to stop.
pub fn agreement(
    clusters: &[usize],
    roles: &[usize],
    strata: &[usize],
    sampling: Sampling<'_>,
) -> Result<Chance, Stopped> {
    let observed = Contingency::of(roles, clusters).pairs_together();
    if let Some(of) = relabellings(roles, strata) {
        let reached = count_reaching(observed, clusters, roles, strata);
        return Ok(Chance { reached, of, exact: true });
    }
    draw(roles, strata, sampling, |relabelled| {
        Contingency::of(relabelled, clusters).pairs_together() >= observed
    })
}

/// The number of distinct ways to deal `roles` out again within each stratum, when it is at most
/// [`ALL_COUNTED`].
#[must_use]
pub fn relabellings(roles: &[usize], strata: &[usize]) -> Option<u64> {
    let mut ways: u64 = 1;
    for counts in Contingency::of(strata, roles).rows {
        let mut left: u64 = counts.iter().sum();
        for count in counts {
            ways = choose(left, count).and_then(|chosen| ways.checked_mul(chosen))?;
            if ways > ALL_COUNTED {
                return None;
            }
            left -= count;
        }
    }
    Some(ways)
}

/// Draws relabellings and counts those that `reaches` accepts, by the rule (b + 1) / (m + 1)
/// (Davison & Hinkley 1997), which counts the observed labels as one of them.
pub(crate) fn draw(
    roles: &[usize],
    strata: &[usize],
    sampling: Sampling<'_>,
    mut reaches: impl FnMut(&[usize]) -> bool,
) -> Result<Chance, Stopped> {
    let mut stream = Draws::of("position-clusters", sampling.seed, sampling.stream);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups(strata)];
    for (unit, &stratum) in strata.iter().enumerate() {
        members[stratum].push(unit);
    }
    let mut relabelled = roles.to_vec();
    let mut reached = 1;
    for drawn in 0..sampling.draws {
        if drawn % 16 == 0 && !(sampling.go_on)(drawn as usize, sampling.draws as usize) {
            return Err(Stopped);
        }
        for stratum in &members {
            for last in (1..stratum.len()).rev() {
                let other = stream.below(last as u64 + 1) as usize;
                relabelled.swap(stratum[last], stratum[other]);
            }
        }
        reached += u64::from(reaches(&relabelled));
    }
    Ok(Chance { reached, of: u64::from(sampling.draws) + 1, exact: false })
}

/// The number of ways to choose; `None` above [`ALL_COUNTED`].
fn choose(from: u64, count: u64) -> Option<u64> {
    let mut ways: u64 = 1;
    for step in 0..count.min(from - count) {
        // Never above the limit times `from`: the product fits wherever `from` counts people.
        ways = ways.checked_mul(from - step)? / (step + 1);
        if ways > ALL_COUNTED {
            return None;
        }
    }
    Some(ways)
}

/// A cross-table of roles by clusters, row by row, with the number of relabellings that give it.
type Tables = BTreeMap<Vec<u64>, u64>;

fn count_reaching(observed: u64, clusters: &[usize], roles: &[usize], strata: &[usize]) -> u64 {
    let in_clusters = Contingency::of(strata, clusters).rows;
    let in_roles = Contingency::of(strata, roles).rows;
    let (rows, columns) = (groups(roles), groups(clusters));
    let mut sums = Tables::from([(vec![0; rows * columns], 1)]);
    for (sizes, labels) in in_clusters.iter().zip(&in_roles) {
        let tables = tables(sizes, labels);
        let mut next = Tables::new();
        for (sum, ways) in &sums {
            for (table, more_ways) in &tables {
                let sum = sum.iter().zip(table).map(|(a, b)| a + b).collect();
                *next.entry(sum).or_insert(0) += ways * more_ways;
            }
        }
        sums = next;
    }
    let together = |table: &[u64]| table.iter().map(|n| n * n.saturating_sub(1) / 2).sum::<u64>();
    sums.iter().filter(|(table, _)| together(table) >= observed).map(|(_, ways)| ways).sum()
}

/// All cross-tables with these sizes of clusters and numbers of labels.
fn tables(sizes: &[u64], labels: &[u64]) -> Tables {
    let mut tables = Tables::new();
    let mut table = vec![0; sizes.len() * labels.len()];
    let room = sizes.first().copied().unwrap_or(0);
    fill(
        &mut Filling { sizes, left: labels.to_vec(), tables: &mut tables },
        &mut table,
        (0, 0),
        room,
        1,
    );
    tables
}

struct Filling<'a> {
    sizes: &'a [u64],
    left: Vec<u64>,
    tables: &'a mut Tables,
}

/// Fills the cross-table from `(row, column)` on, column by column; `room` is what the column
/// still takes, `ways` the number of relabellings so far.
fn fill(
    filling: &mut Filling<'_>,
    table: &mut [u64],
    (row, column): (usize, usize),
    room: u64,
    ways: u64,
) {
    if column == filling.sizes.len() {
        filling.tables.insert(table.to_vec(), ways);
        return;
    }
    if row == filling.left.len() {
        let next = column + 1;
        let room = filling.sizes.get(next).copied().unwrap_or(0);
        fill(filling, table, (0, next), room, ways);
        return;
    }
    let later: u64 = filling.left[row + 1..].iter().sum();
    for count in room.saturating_sub(later)..=room.min(filling.left[row]) {
        // Every beginning can be completed, so its ways never exceed those of all relabellings.
        let Some(chosen) = choose(room, count) else { continue };
        let cell = row * filling.sizes.len() + column;
        table[cell] = count;
        filling.left[row] -= count;
        fill(filling, table, (row + 1, column), room - count, ways * chosen);
        filling.left[row] += count;
        table[cell] = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::linkage::{Linkage, cluster};
    use crate::studies;

    const SAMPLING: Sampling<'_> = Sampling { seed: 1, stream: 0, draws: 999, go_on: &|_, _| true };

    fn exact(reached: u64, of: u64) -> Result<Chance, Stopped> {
        Ok(Chance { reached, of, exact: true })
    }

    #[test]
    fn four_of_the_ten_relabellings_of_the_toy_do_as_well() {
        let chance = agreement(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 1], &[0; 5], SAMPLING);
        assert_eq!(chance, exact(4, 10));
    }

    #[test]
    fn the_seed_study_reaches_its_index_as_often_as_the_oracle_says() {
        let study = studies::seed();
        let clusters = cluster(&study.distances, Linkage::Average).cut(3);
        let anywhere = agreement(&clusters, &study.roles, &[0; 15], SAMPLING);
        assert_eq!(anywhere, exact(63, 630_630));
        let within = agreement(&clusters, &study.roles, &study.cases, SAMPLING);
        assert_eq!(within, exact(4, 1728));
    }

    #[test]
    fn too_many_relabellings_are_drawn_by_seed() {
        let roles: Vec<usize> = (0..60).map(|unit| unit % 3).collect();
        let clusters: Vec<usize> = (0..60).map(|unit| unit / 20).collect();
        assert_eq!(relabellings(&roles, &[0; 60]), None);
        let chance = agreement(&clusters, &roles, &[0; 60], SAMPLING).expect("goes on");
        assert_eq!(agreement(&clusters, &roles, &[0; 60], SAMPLING), Ok(chance));
        assert_eq!((chance.of, chance.exact), (1000, false));
        // Every cluster has a third of each role: nearly any relabelling agrees better.
        assert!(chance.reached > 900);
        let perfect = agreement(&roles, &roles, &[0; 60], SAMPLING);
        assert_eq!(perfect.map(|chance| chance.reached), Ok(1));
        let stopped = Sampling { go_on: &|done, _| done < 100, ..SAMPLING };
        assert_eq!(agreement(&clusters, &roles, &[0; 60], stopped), Err(Stopped));
    }

    #[test]
    fn drawing_comes_near_to_counting() {
        let roles = [0, 0, 1, 1, 1];
        let observed = Contingency::of(&roles, &[0, 0, 0, 1, 1]).pairs_together();
        let many = Sampling { draws: 9999, ..SAMPLING };
        let drawn = draw(&roles, &[0; 5], many, |relabelled| {
            Contingency::of(relabelled, &[0, 0, 0, 1, 1]).pairs_together() >= observed
        });
        let drawn = drawn.expect("goes on");
        assert!((3800..4200).contains(&drawn.reached), "{drawn:?}");
    }

    proptest! {
        #[test]
        fn the_tables_stand_for_all_relabellings(
            units in prop::collection::vec((0..3_usize, 0..3_usize, 0..2_usize), 1..12)
        ) {
            let clusters: Vec<usize> = units.iter().map(|unit| unit.0).collect();
            let roles: Vec<usize> = units.iter().map(|unit| unit.1).collect();
            let strata: Vec<usize> = units.iter().map(|unit| unit.2).collect();
            let all = count_reaching(0, &clusters, &roles, &strata);
            prop_assert_eq!(Some(all), relabellings(&roles, &strata));
            let chance = agreement(&clusters, &roles, &strata, SAMPLING).expect("goes on");
            prop_assert!(chance.exact && chance.reached >= 1 && chance.reached <= chance.of);
        }
    }
}
