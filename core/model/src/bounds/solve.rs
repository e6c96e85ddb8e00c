//! Which worlds do the constraints on one item allow?

use super::classes::Classes;
use super::{Bounds, Interval};
use crate::cell::Item;
use crate::reading::Reading;
use crate::table::NONE;

/// A limit on a sum over variables, after what is certain was taken off both ends.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    row: u32,
    /// Participants whose cell is unknown, ascending.
    variables: Vec<u32>,
    pub(super) minimum: i64,
    pub(super) maximum: i64,
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
    /// Every possible world, up to who is who of those under the same limits.
    Worlds(Classes),
    /// Too many worlds to look at: the limits themselves.
    Limits(Vec<Limit>),
}

impl Group {
    pub(super) fn contains(&self, participant: u32) -> bool {
        self.place(participant).is_some()
    }

    /// Where a participant stands among the variables.
    pub(super) fn place(&self, participant: u32) -> Option<usize> {
        self.variables.binary_search(&participant).ok()
    }

    /// Its classes and their worlds; `None` when there were too many to look at.
    pub(super) fn classes(&self) -> Option<&Classes> {
        match &self.known {
            Known::Worlds(classes) => Some(classes),
            Known::Limits(_) => None,
        }
    }

    pub(super) fn worlds(&self) -> Option<u128> {
        self.classes()?.ways()
    }

    /// By number, whether in some world so many of `members` are 1.
    pub(super) fn counts(&self, values: &[(u8, u8)], members: &[u32]) -> Vec<bool> {
        match &self.known {
            Known::Worlds(classes) => classes.counts(&self.inside(classes, members)),
            Known::Limits(_) => {
                let Interval { lower, upper } = self.count(values, members);
                (0..=upper).map(|count| count >= lower).collect()
            }
        }
    }

    /// Whether in some world all of `yes` are 1 and none of `no`; true where not every world was
    /// looked at.
    pub(super) fn allows(&self, yes: &[u32], no: &[u32]) -> bool {
        let Known::Worlds(classes) = &self.known else { return true };
        classes.allows(&self.inside(classes, yes), &self.inside(classes, no))
    }

    /// How many of `members` are of each class.
    fn inside(&self, classes: &Classes, members: &[u32]) -> Vec<u32> {
        let mut inside = vec![0; classes.classes.len()];
        for place in members.iter().filter_map(|&member| self.place(member)) {
            inside[classes.of[place] as usize] += 1;
        }
        inside
    }

    /// How many of `members` are 1, in the group's worlds.
    pub(super) fn count(&self, values: &[(u8, u8)], members: &[u32]) -> Interval {
        match &self.known {
            Known::Worlds(classes) => classes.count(&self.inside(classes, members)),
            Known::Limits(limits) => {
                let inside: Vec<u32> =
                    members.iter().copied().filter(|&member| self.contains(member)).collect();
                propagated_count(values, limits, &inside)
            }
        }
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
                other
                    .variables
                    .iter()
                    .any(|variable| limit.variables.binary_search(variable).is_ok())
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
    let places = |limit: &Limit| -> Vec<usize> {
        limit.variables.iter().filter_map(|v| variables.binary_search(v).ok()).collect()
    };
    let placed: Vec<_> = limits.iter().map(|limit| (places(limit), limit)).collect();
    let Some(classes) = Classes::solve(variables.len(), &placed) else {
        propagate(&limits, values, contradictions);
        return Some(Group { variables, known: Known::Limits(limits) });
    };
    if classes.worlds.is_empty() {
        contradictions.extend(limits.iter().map(|limit| limit.row));
        return None;
    }
    let ends = classes.ends();
    for (&variable, &class) in variables.iter().zip(&classes.of) {
        values[variable as usize] = ends[class as usize];
    }
    Some(Group { variables, known: Known::Worlds(classes) })
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
