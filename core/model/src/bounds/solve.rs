//! Which worlds do the constraints on one item allow?

use super::{Bounds, Interval, reaches};
use crate::cell::Item;
use crate::reading::Reading;
use crate::settings::Aggregation;
use crate::table::NONE;

/// Up to so many unknown cells that constraints tie together are solved by looking at every world.
pub const EXACT_VARIABLES: usize = 20;

/// A limit on a sum over variables, after what is certain was taken off both ends.
#[derive(Clone, Debug)]
struct Limit {
    row: u32,
    /// Participants whose cell is unknown, ascending.
    variables: Vec<u32>,
    minimum: i64,
    maximum: i64,
}

/// Unknown cells that constraints tie to one another.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Participants, ascending.
    variables: Vec<u32>,
    known: Known,
}

#[derive(Clone, Debug)]
enum Known {
    /// Every possible world; bit `i` is variable `i`.
    Worlds(Vec<u32>),
    /// Too many variables: the limits themselves.
    Limits(Vec<Limit>),
}

impl Group {
    pub(super) fn contains(&self, participant: u32) -> bool {
        self.variables.binary_search(&participant).is_ok()
    }

    pub(super) fn is_exact(&self) -> bool {
        matches!(self.known, Known::Worlds(_))
    }

    pub(super) fn worlds(&self) -> Option<u128> {
        match &self.known {
            Known::Worlds(worlds) => Some(worlds.len() as u128),
            Known::Limits(_) => None,
        }
    }

    /// How many of `members` are 1, in the group's worlds.
    pub(super) fn count(&self, values: &[(u8, u8)], members: &[u32]) -> Interval {
        match &self.known {
            Known::Worlds(worlds) => {
                let mask = self.mask(members);
                let counts = worlds.iter().map(|world| (world & mask).count_ones() as usize);
                extremes(counts).unwrap_or_default()
            }
            Known::Limits(limits) => {
                let inside: Vec<u32> =
                    members.iter().copied().filter(|&member| self.contains(member)).collect();
                propagated_count(values, limits, &inside)
            }
        }
    }

    fn mask(&self, members: &[u32]) -> u32 {
        members
            .iter()
            .filter_map(|member| self.variables.binary_search(member).ok())
            .fold(0, |mask, bit| mask | (1 << bit))
    }
}

/// The bounds of the cells under the constraints with these rows.
pub(super) fn solve(
    reading: &Reading<'_>,
    item: Item,
    mut values: Vec<(u8, u8)>,
    constraints: impl Iterator<Item = usize>,
) -> Bounds {
    let mut limits: Vec<Limit> = Vec::new();
    let mut contradictions = Vec::new();
    for row in constraints {
        let limit = limit_of(reading, item, &values, row);
        let size = i64::try_from(limit.variables.len()).unwrap_or(i64::MAX);
        if limit.maximum < 0 || limit.minimum > size || limit.minimum > limit.maximum {
            contradictions.push(limit.row);
        } else if !limit.variables.is_empty() {
            limits.push(limit);
        }
    }
    let mut groups = Vec::new();
    for tied in tie(limits) {
        let group = solve_group(tied, &mut values, &mut contradictions);
        groups.extend(group);
    }
    contradictions.sort_unstable();
    Bounds { values, groups, contradictions }
}

fn limit_of(reading: &Reading<'_>, item: Item, values: &[(u8, u8)], row: usize) -> Limit {
    let constraints = &reading.constraints;
    let (mut certain, mut variables) = (0_i64, Vec::new());
    for &member in constraints.members_of(row) {
        match values.get(member as usize) {
            Some((1, 1)) => certain += 1,
            Some((0, 1)) => variables.push(member),
            _ => {}
        }
    }
    let size = i64::try_from(variables.len()).unwrap_or(i64::MAX);
    let maximum = match constraints.maximums[row] {
        NONE => size,
        _ if !item.takes_maximum(reading, row) => size,
        maximum => (i64::from(maximum) - certain).min(size),
    };
    let minimum = (i64::from(constraints.minimums[row]) - certain).max(0);
    Limit { row: u32::try_from(row).unwrap_or(NONE), variables, minimum, maximum }
}

/// Limits that share variables, directly or through others, in order of their first limit.
fn tie(limits: Vec<Limit>) -> Vec<Vec<Limit>> {
    let mut ties: Vec<Vec<Limit>> = Vec::new();
    for limit in limits {
        let (sharing, apart): (Vec<_>, Vec<_>) = ties.into_iter().partition(|tied| {
            tied.iter().any(|other| {
                other.variables.iter().any(|variable| limit.variables.contains(variable))
            })
        });
        ties = apart;
        let mut joined: Vec<Limit> = sharing.into_iter().flatten().collect();
        joined.push(limit);
        joined.sort_by_key(|limit| limit.row);
        ties.push(joined);
    }
    ties.sort_by_key(|tied| tied.first().map(|limit| limit.row));
    ties
}

fn solve_group(
    limits: Vec<Limit>,
    values: &mut [(u8, u8)],
    contradictions: &mut Vec<u32>,
) -> Option<Group> {
    let mut variables: Vec<u32> =
        limits.iter().flat_map(|limit| limit.variables.iter().copied()).collect();
    variables.sort_unstable();
    variables.dedup();
    if variables.len() > EXACT_VARIABLES {
        propagate(&limits, values, contradictions);
        return Some(Group { variables, known: Known::Limits(limits) });
    }
    let worlds = possible_worlds(&variables, &limits);
    if worlds.is_empty() {
        contradictions.extend(limits.iter().map(|limit| limit.row));
        return None;
    }
    let always = worlds.iter().fold(u32::MAX, |all, world| all & world);
    let ever = worlds.iter().fold(0, |any, world| any | world);
    for (bit, &variable) in variables.iter().enumerate() {
        let (least, most) = ((always >> bit) & 1, (ever >> bit) & 1);
        values[variable as usize] = (u8::from(least == 1), u8::from(most == 1));
    }
    Some(Group { variables, known: Known::Worlds(worlds) })
}

fn possible_worlds(variables: &[u32], limits: &[Limit]) -> Vec<u32> {
    let masked: Vec<(u32, i64, i64)> = limits
        .iter()
        .map(|limit| {
            let bits = limit.variables.iter().filter_map(|v| variables.binary_search(v).ok());
            (bits.fold(0, |mask, bit| mask | (1_u32 << bit)), limit.minimum, limit.maximum)
        })
        .collect();
    (0..1_u32 << variables.len())
        .filter(|world| {
            masked.iter().all(|&(mask, minimum, maximum)| {
                let count = i64::from((world & mask).count_ones());
                (minimum..=maximum).contains(&count)
            })
        })
        .collect()
}

/// Tightens single cells until nothing changes.
fn propagate(limits: &[Limit], values: &mut [(u8, u8)], contradictions: &mut Vec<u32>) {
    let mut changed = true;
    while changed {
        changed = false;
        for limit in limits {
            let least = sum(values, &limit.variables, |value| value.0);
            let most = sum(values, &limit.variables, |value| value.1);
            if most < limit.minimum || least > limit.maximum {
                contradictions.push(limit.row);
                return;
            }
            for &variable in &limit.variables {
                let cell = &mut values[variable as usize];
                if *cell != (0, 1) {
                    continue;
                }
                if most - 1 < limit.minimum {
                    *cell = (1, 1);
                    changed = true;
                } else if least + 1 > limit.maximum {
                    *cell = (0, 0);
                    changed = true;
                }
            }
        }
    }
}

fn sum(values: &[(u8, u8)], variables: &[u32], end: impl Fn((u8, u8)) -> u8) -> i64 {
    variables.iter().map(|&variable| i64::from(end(values[variable as usize]))).sum()
}

/// Bounds on a sum from each limit in turn: what it leaves for `members` when the rest of its
/// variables are at their ends.
fn propagated_count(values: &[(u8, u8)], limits: &[Limit], members: &[u32]) -> Interval {
    let mut lower = sum(values, members, |value| value.0);
    let mut upper = sum(values, members, |value| value.1);
    for limit in limits {
        let (rest, shared): (Vec<u32>, Vec<u32>) =
            limit.variables.iter().partition(|&&variable| !members.contains(&variable));
        let outside: Vec<u32> =
            members.iter().copied().filter(|member| !shared.contains(member)).collect();
        lower = lower.max(
            limit.minimum - sum(values, &rest, |value| value.1)
                + sum(values, &outside, |value| value.0),
        );
        upper = upper.min(
            limit.maximum - sum(values, &rest, |value| value.0)
                + sum(values, &outside, |value| value.1),
        );
    }
    Interval {
        lower: usize::try_from(lower).unwrap_or(0),
        upper: usize::try_from(upper).unwrap_or(0),
    }
}

fn extremes(counts: impl Iterator<Item = usize>) -> Option<Interval> {
    counts.fold(None, |extremes: Option<Interval>, count| {
        Some(extremes.map_or(Interval::exactly(count), |seen| Interval {
            lower: seen.lower.min(count),
            upper: seen.upper.max(count),
        }))
    })
}

/// How many units hold the item.
///
/// A group of tied cells that lies within several units is gone through world by world, as long
/// as no other group and no free cell plays a part in those units.
pub(super) fn count_units(bounds: &Bounds, units: &[&[u32]], aggregation: Aggregation) -> Interval {
    let mut left: Vec<&[u32]> = units.to_vec();
    let mut total = Interval::default();
    for (index, group) in bounds.groups.iter().enumerate() {
        let Known::Worlds(worlds) = &group.known else { continue };
        let touches = |unit: &&[u32]| unit.iter().any(|&member| group.contains(member));
        let alone = left.iter().filter(|unit| touches(unit)).all(|unit| {
            unit.iter().all(|&member| {
                let free = bounds.of_one(member as usize) == (0, 1);
                let elsewhere = bounds
                    .groups
                    .iter()
                    .enumerate()
                    .any(|(other, tied)| other != index && tied.contains(member));
                group.contains(member) || (!free && !elsewhere)
            })
        });
        if !alone {
            continue;
        }
        let (mine, others): (Vec<_>, Vec<_>) = left.into_iter().partition(touches);
        left = others;
        let counts = worlds.iter().map(|world| {
            let holds = |unit: &&&[u32]| {
                let certain = unit.iter().filter(|&&member| {
                    !group.contains(member) && bounds.of_one(member as usize) == (1, 1)
                });
                let count = certain.count() + (world & group.mask(unit)).count_ones() as usize;
                reaches(count, unit.len(), aggregation)
            };
            mine.iter().filter(holds).count()
        });
        total = total.plus(extremes(counts).unwrap_or_default());
    }
    left.into_iter().fold(total, |total, unit| {
        let (always, ever) = bounds.of_unit(unit, aggregation);
        total.plus(Interval { lower: always.into(), upper: ever.into() })
    })
}
