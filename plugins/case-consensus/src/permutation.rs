//! How often would people agree within cases as much if they stood at other cases?
//!
//! Chance is: people of the same role change places, with all that they say. With few different
//! ways to deal them out all are counted; with many, a seeded stream draws some.

mod counter;

use std::collections::BTreeMap;

use parallax_plugin::prelude::*;

use counter::Counter;

/// At most so many relabellings are all counted.
pub const ALL_COUNTED: u64 = 1_000_000;

/// At most so many steps (a person or a pair of cases, for each item) are taken to count all of
/// them: about a tenth of a second.
const STEPS_COUNTED: u64 = 50_000_000;

/// At most so many steps are taken to draw some.
const STEPS_DRAWN: u64 = 5_000_000_000;

/// Differences closer than this are the same: W and B are means of fractions of small numbers.
const SAME: f64 = 1e-12;

/// A share of relabellings, as counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Relabellings with at least as large a difference; the labels as they are is among them.
    pub reached: u64,
    /// All relabellings, or the number drawn, each with the labels as they are.
    pub of: u64,
    /// Whether every relabelling was counted.
    pub exact: bool,
}

/// Why there is no share of relabellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoChance {
    /// No role has people who say different items at different places.
    NothingToDeal,
    /// There is no difference to compare with.
    NoDifference,
    /// It would take too long.
    TooLong,
}

/// What people say, for chance to deal out again: a state for each item, or none.
pub struct People {
    /// How many items there are.
    pub items: usize,
    /// For each person, the states for each item in turn; 255 where the person does not count.
    pub states: Vec<u8>,
    /// For each person, the number of the case.
    pub cases: Vec<usize>,
    /// For each person, the role.
    pub roles: Vec<u32>,
}

/// The state of who does not count.
pub const NOBODY: u8 = u8::MAX;

impl People {
    fn profile(&self, person: usize) -> &[u8] {
        &self.states[person * self.items..(person + 1) * self.items]
    }

    fn case_count(&self) -> usize {
        self.cases.iter().max().map_or(0, |most| most + 1)
    }

    /// The steps that one difference takes.
    fn steps(&self) -> u64 {
        let pairs = self.case_count() * self.case_count().saturating_sub(1) / 2;
        ((self.cases.len() + pairs) * self.items.max(1)) as u64
    }
}

/// The share of ways to deal people out again within their roles in which W - B is at least as
/// large: all different ones up to [`ALL_COUNTED`] where that is soon done, else `draws` of them by
/// the rule (b + 1) / (m + 1) (Phipson & Smyth 2010).
///
/// # Errors
/// When the run is to stop.
pub fn chance(
    people: &People,
    draws: u32,
    job: &Job<'_>,
) -> Result<Result<Chance, NoChance>, NoFindings> {
    let roles = dealt(people);
    let ways = ways(&roles);
    if ways == Some(1) || people.items == 0 {
        return Ok(Err(NoChance::NothingToDeal));
    }
    // What takes too long is not begun: one difference can be too much by itself.
    let takes = |relabellings: u64| people.steps().saturating_mul(relabellings);
    let counted = ways.filter(|&ways| takes(ways) <= STEPS_COUNTED);
    if counted.is_none() && takes(draws.into()) > STEPS_DRAWN {
        return Ok(Err(NoChance::TooLong));
    }
    let Some(mut counter) = Counter::of(people) else { return Ok(Err(NoChance::TooLong)) };
    let order: Vec<usize> = (0..people.cases.len()).collect();
    let Some(observed) = counter.difference(&order) else {
        return Ok(Err(NoChance::NoDifference));
    };
    match counted {
        Some(ways) => count(&mut counter, &roles, observed, ways, job).map(Ok),
        None => draw(&mut counter, &roles, observed, draws, job).map(Ok),
    }
}

/// The places of one role, and who stands there: one person for each different item to say, the
/// people who say the same being exchangeable.
struct Dealt {
    places: Vec<usize>,
    /// For each place, the first person of the role who says the same, in ascending order.
    sayers: Vec<usize>,
}

fn dealt(people: &People) -> Vec<Dealt> {
    let mut by_role: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, &role) in people.roles.iter().enumerate() {
        by_role.entry(role).or_default().push(place);
    }
    let deal = |places: Vec<usize>| {
        let mut first: BTreeMap<&[u8], usize> = BTreeMap::new();
        let sayer = |&place: &usize| *first.entry(people.profile(place)).or_insert(place);
        let mut sayers: Vec<usize> = places.iter().map(sayer).collect();
        sayers.sort_unstable();
        Dealt { places, sayers }
    };
    by_role.into_values().map(deal).collect()
}

/// The number of different ways to deal; `None` above [`ALL_COUNTED`].
fn ways(roles: &[Dealt]) -> Option<u64> {
    let mut ways: u64 = 1;
    for role in roles {
        let mut left = role.sayers.len() as u64;
        for same in role.sayers.chunk_by(|a, b| a == b) {
            let size = same.len() as u64;
            for step in 0..size.min(left - size) {
                // Every step gives a binomial coefficient, so it divides; they only grow.
                ways = ways.checked_mul(left - step)? / (step + 1);
                if ways > ALL_COUNTED {
                    return None;
                }
            }
            left -= size;
        }
    }
    Some(ways)
}

fn count(
    counter: &mut Counter<'_>,
    roles: &[Dealt],
    observed: f64,
    ways: u64,
    job: &Job<'_>,
) -> Result<Chance, NoFindings> {
    let mut order: Vec<usize> = (0..counter.people.cases.len()).collect();
    let mut sayers: Vec<Vec<usize>> = roles.iter().map(|role| role.sayers.clone()).collect();
    let (mut reached, mut done) = (0, 0_u64);
    loop {
        for (role, sayers) in roles.iter().zip(&sayers) {
            for (&place, &sayer) in role.places.iter().zip(sayers) {
                order[place] = sayer;
            }
        }
        if done.is_multiple_of(256) {
            tell(job, done, ways)?;
        }
        done += 1;
        let difference = counter.difference(&order);
        reached += u64::from(difference.is_some_and(|other| other >= observed - SAME));
        // Like the wheels of a counter: the first role that can go on does, those before start anew.
        if !sayers.iter_mut().any(|sayers| next(sayers)) {
            return Ok(Chance { reached, of: done, exact: true });
        }
    }
}

/// The next arrangement in order; after the last the first again, and `false`.
fn next(sayers: &mut [usize]) -> bool {
    let Some(at) = sayers.windows(2).rposition(|pair| pair[0] < pair[1]) else {
        sayers.reverse();
        return false;
    };
    let larger = sayers.iter().rposition(|&sayer| sayer > sayers[at]).unwrap_or(at);
    sayers.swap(at, larger);
    sayers[at + 1..].reverse();
    true
}

fn draw(
    counter: &mut Counter<'_>,
    roles: &[Dealt],
    observed: f64,
    draws: u32,
    job: &Job<'_>,
) -> Result<Chance, NoFindings> {
    let mut order: Vec<usize> = (0..counter.people.cases.len()).collect();
    let mut random = Draws::of("case-consensus", job.seed(), 0);
    let mut reached = 1;
    for drawn in 0..draws {
        if drawn % 64 == 0 {
            tell(job, drawn.into(), draws.into())?;
        }
        for role in roles {
            for last in (1..role.places.len()).rev() {
                let other = random.below(last as u64 + 1) as usize;
                order.swap(role.places[last], role.places[other]);
            }
        }
        let difference = counter.difference(&order);
        reached += u64::from(difference.is_some_and(|other| other >= observed - SAME));
    }
    Ok(Chance { reached, of: u64::from(draws) + 1, exact: false })
}

/// Relabelling is the second half of the work.
fn tell(job: &Job<'_>, done: u64, of: u64) -> Result<(), NoFindings> {
    let share = usize::try_from(done * 1000 / of.max(1)).unwrap_or(1000);
    job.progress(1000 + share, 2000)
}

#[cfg(test)]
#[path = "permutation/tests.rs"]
mod tests;
