//! How many people said it, when some cells are unknown and groups are only partly known?
//!
//! Every unknown cell is a variable that is 0 or 1; every constraint limits the sum over its
//! members. Constraints that share a variable are solved together: by going through every world,
//! which is exact, and where there are too many ([`EXACT_VARIABLES`]) by propagating intervals,
//! which is sound but may be wider than need be. Ranges of respondents from verbal counts: Chang,
//! Voils, Sandelowski et al. 2009.

use crate::cell::{Cells, Item, State};
use crate::reading::Reading;
use crate::row::ConstraintState;
use crate::settings::Aggregation;
use crate::table::NONE;
use crate::tables::Participants;

mod classes;
mod solve;
mod units;

pub use classes::EXACT_VARIABLES;
use solve::{Group, Limit, solve};

/// A count between two bounds, both possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The least it can be.
    pub lower: usize,
    /// The most it can be.
    pub upper: usize,
}

impl Interval {
    /// A count that is known.
    #[must_use]
    pub fn exactly(count: usize) -> Self {
        Self { lower: count, upper: count }
    }

    fn plus(self, other: Self) -> Self {
        Self { lower: self.lower + other.lower, upper: self.upper + other.upper }
    }

    /// What is one or the other.
    fn or(self, other: Self) -> Self {
        Self { lower: self.lower.min(other.lower), upper: self.upper.max(other.upper) }
    }
}

/// How bounds were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every world was looked at: the bounds are the tightest there are.
    Exact,
    /// Intervals were propagated: the truth lies within, the bounds may be too wide.
    Propagated,
}

/// What statements and constraints leave possible for the cells of one item.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// Least and most of each participant's cell: 0 or 1.
    values: Vec<(u8, u8)>,
    /// Unknown cells that constraints tie to one another.
    groups: Vec<Group>,
    /// Constraints that cannot hold, by row.
    contradictions: Vec<u32>,
}

impl Bounds {
    /// The bounds of mentions (`ConstraintState::Affirm`) or denials (`Deny`) of an item, from
    /// everybody's state before constraints.
    #[must_use]
    pub fn of(
        reading: &Reading<'_>,
        item: Item,
        states: &[State],
        counted: ConstraintState,
    ) -> Self {
        let values = states
            .iter()
            .map(|&state| match (state, counted) {
                (State::Yes, ConstraintState::Affirm)
                | (State::No, ConstraintState::Deny)
                | (State::Mixed, _) => (1, 1),
                (State::Unknown | State::Vacant, _) => (0, 1),
                _ => (0, 0),
            })
            .collect();
        let constraints = (0..reading.constraints.len()).filter(|&row| {
            // A number of people who are not in the sample says nothing about those who are.
            let is_about_somebody = !reading.constraints.members_of(row).is_empty();
            is_about_somebody
                && reading.constraints.state(row) == counted
                && item.takes_constraint(reading, row)
        });
        solve(reading, item, values, constraints)
    }

    /// Least and most of one participant's cell: 0 or 1.
    #[must_use]
    pub fn of_one(&self, participant: usize) -> (u8, u8) {
        self.values.get(participant).copied().unwrap_or((0, 0))
    }

    /// How many of `members` said it. `members` are part of the reading and named once.
    #[must_use]
    pub fn count(&self, members: &[u32]) -> Interval {
        if let (&[only], Method::Exact) = (members, self.method()) {
            let (least, most) = self.of_one(only as usize);
            return Interval { lower: least.into(), upper: most.into() };
        }
        let mut total = Interval::default();
        for &member in members {
            if !self.groups.iter().any(|group| group.contains(member)) {
                let (least, most) = self.of_one(member as usize);
                total = total.plus(Interval { lower: least.into(), upper: most.into() });
            }
        }
        let groups = self.groups.iter();
        groups.fold(total, |total, group| total.plus(group.count(&self.values, members)))
    }

    /// The numbers between the ends of [`Self::count`] that no world has, ascending: whoever says it
    /// only together with another leaves some out.
    pub(crate) fn gaps(&self, members: &[u32]) -> Vec<usize> {
        let mut tied = vec![true];
        for group in &self.groups {
            let counts = group.counts(&self.values, members);
            let is_needed = counts.len() > 1;
            tied = if is_needed { sums(&tied, &counts) } else { tied };
        }
        if tied.iter().skip_while(|&&count| !count).all(|&count| count) {
            return Vec::new();
        }
        // What is not tied fills a stretch above what is certain.
        let alone = |member: &&u32| !self.groups.iter().any(|group| group.contains(**member));
        let (mut certain, mut open) = (0, 0);
        for &member in members.iter().filter(alone) {
            let (least, most) = self.of_one(member as usize);
            certain += usize::from(least);
            open += usize::from(most - least);
        }
        let Interval { lower, upper } = self.count(members);
        let is_possible = |count: &usize| {
            let rests = (0..=open).filter_map(|more| count.checked_sub(certain + more));
            rests.into_iter().any(|rest| tied.get(rest) == Some(&true))
        };
        (lower..=upper).filter(|count| !is_possible(count)).collect()
    }

    /// Whether some world has all of `yes` and none of `no`; where not every world was looked at,
    /// whether each of them alone may be so.
    pub(crate) fn allows(&self, yes: &[u32], no: &[u32]) -> bool {
        let alone = yes.iter().all(|&one| self.of_one(one as usize).1 == 1)
            && no.iter().all(|&one| self.of_one(one as usize).0 == 0);
        alone && self.groups.iter().all(|group| group.allows(yes, no))
    }

    /// How many of the units hold it, each unit being its people taken together.
    ///
    /// Exact where a group of tied cells has the units it lies in to itself, unless there are too
    /// many ways to share it out among them; else the sum of each unit's own bounds, which may be
    /// too wide.
    #[must_use]
    pub fn count_units<'u>(
        &self,
        units: impl Iterator<Item = &'u [u32]>,
        aggregation: Aggregation,
    ) -> Interval {
        let units: Vec<&[u32]> = units.filter(|unit| !unit.is_empty()).collect();
        units::count(self, &units, aggregation)
    }

    /// Whether the people of a unit, taken together, hold it in every world and in some world.
    #[must_use]
    pub fn of_unit(&self, members: &[u32], aggregation: Aggregation) -> (bool, bool) {
        let count = self.count(members);
        (
            reaches(count.lower, members.len(), aggregation),
            reaches(count.upper, members.len(), aggregation),
        )
    }

    /// In how many ways the unknown cells of `members` and those tied to them can be filled;
    /// `None` when the worlds of a large group were not counted, or are too many to count.
    #[must_use]
    pub fn worlds(&self, members: &[u32]) -> Option<u128> {
        let free = members.iter().filter(|&&member| {
            self.of_one(member as usize) == (0, 1)
                && !self.groups.iter().any(|group| group.contains(member))
        });
        let mut worlds = 1_u128.checked_shl(u32::try_from(free.count()).ok()?)?;
        for group in &self.groups {
            if members.iter().any(|&member| group.contains(member)) {
                worlds = worlds.checked_mul(group.worlds()?)?;
            }
        }
        (worlds > 0).then_some(worlds)
    }

    /// How the bounds were found.
    #[must_use]
    pub fn method(&self) -> Method {
        if self.groups.iter().all(|group| group.classes().is_some()) {
            Method::Exact
        } else {
            Method::Propagated
        }
    }

    /// The constraints that cannot hold together with the statements, by row.
    #[must_use]
    pub fn contradictions(&self) -> &[u32] {
        &self.contradictions
    }
}

/// Which sums two numbers can have, of each of which it is known which it can be.
fn sums(one: &[bool], other: &[bool]) -> Vec<bool> {
    let mut sums = vec![false; one.len() + other.len() - 1];
    for (at, _) in one.iter().enumerate().filter(|&(_, &can)| can) {
        for (more, _) in other.iter().enumerate().filter(|&(_, &can)| can) {
            sums[at + more] = true;
        }
    }
    sums
}

/// Whether so many of so many people are enough for the unit to hold it.
fn reaches(count: usize, of: usize, aggregation: Aggregation) -> bool {
    match aggregation {
        Aggregation::Any => count >= 1,
        Aggregation::All => count == of && of > 0,
        Aggregation::Majority => 2 * count > of,
    }
}

/// The state of several people taken together.
pub(crate) fn together(cells: &Cells, aggregation: Aggregation, members: &[u32]) -> State {
    let state_of = |member: &u32| cells.states.get(*member as usize).copied();
    let states: Vec<State> =
        members.iter().filter_map(state_of).filter(|&state| state != State::Vacant).collect();
    if states.is_empty() {
        return State::Vacant;
    }
    let has = |wanted: State| states.contains(&wanted);
    match cells.bounds.of_unit(members, aggregation) {
        (true, _) if has(State::Mixed) && (aggregation != Aggregation::Any || !has(State::Yes)) => {
            State::Mixed
        }
        (true, _) => State::Yes,
        (false, true) => State::Unknown,
        (false, false) if has(State::No) => State::No,
        (false, false) if has(State::Silent) || states.iter().any(|state| state.is_mention()) => {
            State::Silent
        }
        (false, false) => State::NotAsked,
    }
}

/// Everybody with a role whose row `covers` accepts, in ascending order.
#[must_use]
pub fn people(participants: &Participants<'_>, covers: impl Fn(u32) -> bool) -> Vec<u32> {
    (0_u32..)
        .zip(participants.roles.iter())
        .filter(|&(participant, &role)| role != NONE && covers(participant))
        .map(|(participant, _)| participant)
        .collect()
}
