//! What does one person say about one thing: yes, no, both, nothing, or does nobody know?

mod asked;
mod columns;

use asked::Asked;

use crate::bounds::{Bounds, Interval};
use crate::reading::{Ascription, ByCode, Reading};
use crate::row::{AscribedTo, ConstraintState, Modality, Stance};

/// The state of a cell (a person or a role at a case, and an item).
///
/// *Mentions* (who said it) and *holds* (who thinks it) are two things: silence is no mention, but
/// may still hide a conviction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum State {
    /// Affirmed, never denied.
    Yes = 0,
    /// Denied, never affirmed.
    No = 1,
    /// Affirmed and denied, or on a condition. Counts as a mention.
    Mixed = 2,
    /// Asked, and nothing said.
    Silent = 3,
    /// Not asked, and nothing said.
    NotAsked = 4,
    /// Nobody knows: no statement, and no knowledge of whether it was asked; or only a constraint.
    Unknown = 5,
    /// Nobody has the role there.
    Vacant = 6,
}

impl State {
    /// Every state, by its number.
    pub const ALL: [Self; 7] = [
        Self::Yes,
        Self::No,
        Self::Mixed,
        Self::Silent,
        Self::NotAsked,
        Self::Unknown,
        Self::Vacant,
    ];

    /// The word for it: `yes`, `no`, `mixed`, `silent`, `not_asked`, `unknown` or `vacant`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Mixed => "mixed",
            Self::Silent => "silent",
            Self::NotAsked => "not_asked",
            Self::Unknown => "unknown",
            Self::Vacant => "vacant",
        }
    }

    /// Whether it was said, on a condition or without.
    #[must_use]
    pub fn is_mention(self) -> bool {
        matches!(self, Self::Yes | Self::Mixed)
    }
}

/// A set of modalities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modalities(u8);

impl Modalities {
    /// Every modality.
    pub const ANY: Self = Self(u8::MAX);
    /// Duty, right, permission and prohibition.
    pub const DEONTIC: Self = Self(0b1111);

    /// The set of these.
    #[must_use]
    pub fn of(modalities: &[Modality]) -> Self {
        Self(modalities.iter().fold(0, |set, &modality| set | (1 << modality as u8)))
    }

    /// Whether `modality` is in the set.
    #[must_use]
    pub fn has(self, modality: Modality) -> bool {
        self.0 & (1 << modality as u8) != 0
    }
}

/// Whether an item is a code alone, or the code with all that stands below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The code alone.
    Itself,
    /// The code and all below it.
    AndBelow,
}

/// What cells are about: a code, in these modalities, ascribed to oneself or to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The code, by row.
    pub code: u32,
    /// Whether statements under codes below it count.
    pub reach: Reach,
    /// Which modalities count.
    pub modalities: Modalities,
    /// Whether what is ascribed to the speaker or to others counts.
    pub ascription: Ascription,
    /// 0: own views. 1, 2: what people think others think.
    pub perspective: u8,
}

impl Item {
    /// What people say of themselves, or hold as a view, under exactly this code.
    #[must_use]
    pub fn own(code: u32, modalities: Modalities) -> Self {
        Self { code, reach: Reach::Itself, modalities, ascription: Ascription::Own, perspective: 0 }
    }

    /// What people say of others under exactly this code.
    #[must_use]
    pub fn of_others(code: u32, modalities: Modalities) -> Self {
        Self { ascription: Ascription::Other, ..Self::own(code, modalities) }
    }

    /// Anything people say under exactly this code.
    #[must_use]
    pub fn any(code: u32) -> Self {
        Self { ascription: Ascription::Any, ..Self::own(code, Modalities::ANY) }
    }

    /// Whether statement `row` of `reading` belongs to the item, whoever says it.
    #[must_use]
    pub fn takes(&self, reading: &Reading<'_>, row: usize) -> bool {
        let statements = &reading.statements;
        statements.perspective(row) == self.perspective
            && self.modalities.has(statements.modality(row))
            && reading.is_ascription(row, self.ascription)
            && self.reaches(reading, statements.codes[row])
    }

    fn reaches(&self, reading: &Reading<'_>, code: u32) -> bool {
        match self.reach {
            Reach::Itself => code == self.code,
            Reach::AndBelow => reading.codes.upward(code).any(|above| above == self.code),
        }
    }

    /// Whether constraint `row` counts what this item is about.
    ///
    /// A constraint without modality or bearer counts whatever is said under its code. One on a
    /// code below is about the item too, where the item reaches there.
    #[must_use]
    pub fn takes_constraint(&self, reading: &Reading<'_>, row: usize) -> bool {
        let constraints = &reading.constraints;
        let modality = constraints.modalities[row];
        let of_modality =
            modality == u8::MAX || self.modalities.has(crate::row::RowEnum::from_number(modality));
        let of_bearer = concerns(constraints.bearers[row], self.ascription);
        let of_code = self.reaches(reading, constraints.codes[row]);
        self.perspective == 0 && of_code && of_modality && of_bearer
    }

    /// Whether the maximum of constraint `row` limits this item.
    ///
    /// A constraint on less than the item is no limit: who did not say the one thing may have
    /// said another that belongs to the item.
    pub(crate) fn takes_maximum(&self, reading: &Reading<'_>, row: usize) -> bool {
        let constraints = &reading.constraints;
        let modality = constraints.modalities[row];
        let every_modality = modality == u8::MAX
            || self.modalities == Modalities::of(&[crate::row::RowEnum::from_number(modality)]);
        let every_bearer =
            constraints.bearers[row] == u8::MAX || self.ascription != Ascription::Any;
        // A constraint counts its own code; what stands below it is more than that.
        let every_code = self.reach == Reach::Itself || !reading.codes.parents.contains(&self.code);
        constraints.codes[row] == self.code && every_code && every_modality && every_bearer
    }
}

/// The cells of one item: everybody's state, tightened by what is known about groups.
#[derive(Clone, Debug)]
pub struct Cells {
    /// The item.
    pub item: Item,
    /// One state for each participant of the reading's table; those who are not part of the
    /// reading are vacant.
    pub states: Vec<State>,
    /// Who may have said it, under the constraints.
    pub bounds: Bounds,
    /// Who may have denied it, under the constraints.
    pub denials: Bounds,
    /// Whether anybody in the reading denies it, or a constraint counts who does.
    deniable: bool,
}

impl Cells {
    /// The cells of `item`, with `by_code` made from the same reading.
    #[must_use]
    pub fn of(reading: &Reading<'_>, by_code: &ByCode, item: Item) -> Self {
        let said = what_was_said(reading, by_code, item);
        let asked = Asked::about(reading, item);
        let named = named_by_constraints(reading, item);
        let mut states: Vec<State> = (0_u32..)
            .zip(&said)
            .map(|(participant, said)| {
                if !reading.participants.is_in(participant) {
                    return State::Vacant;
                }
                match (*said, named[participant as usize]) {
                    (Some(state), _) => state,
                    (None, true) => State::Unknown,
                    (None, false) => asked.silence_of(participant),
                }
            })
            .collect();
        let denials = Bounds::of(reading, item, &states, ConstraintState::Deny);
        settle(&mut states, &denials, State::No);
        let bounds = Bounds::of(reading, item, &states, ConstraintState::Affirm);
        settle(&mut states, &bounds, State::Yes);
        for (index, state) in states.iter_mut().enumerate() {
            if *state == State::Unknown && bounds.of_one(index) == (0, 0) {
                *state = State::Silent;
            }
        }
        let deniable = states.contains(&State::No) || counts_denials(reading, item);
        Self { item, states, bounds, denials, deniable }
    }

    /// How many of `members` said it: silence is no mention.
    #[must_use]
    pub fn mentions(&self, members: &[u32]) -> Interval {
        self.bounds.count(members)
    }

    /// How many of `members` may think so: everybody who said it, at most everybody who did not
    /// deny it.
    #[must_use]
    pub fn holds(&self, members: &[u32]) -> Interval {
        let is_mixed = |member: u32| self.states.get(member as usize) == Some(&State::Mixed);
        // Who also affirms it may think so, whatever they deny.
        let plain: Vec<u32> = members.iter().copied().filter(|&member| !is_mixed(member)).collect();
        let lower = self.bounds.count(members).lower;
        let denied = self.denials.count(&plain).lower;
        Interval { lower, upper: (members.len() - denied).max(lower) }
    }

    /// How many of `members` may be in the state [`State::No`]: those who are known to be, at most
    /// with those of whom nobody knows, within what constraints leave.
    ///
    /// Who is unknown is taken to have denied only what anybody in the reading denies, or what a
    /// constraint counts denials of.
    #[must_use]
    pub fn denied(&self, members: &[u32]) -> Interval {
        let state = |member: &u32| self.states.get(*member as usize).copied();
        let lower = members.iter().filter(|member| state(member) == Some(State::No)).count();
        if !self.deniable {
            return Interval::exactly(lower);
        }
        let may_deny = |member: &u32| matches!(state(member), Some(State::No | State::Unknown));
        let open: Vec<u32> = members.iter().copied().filter(may_deny).collect();
        Interval { lower, upper: self.denials.count(&open).upper.max(lower) }
    }

    /// How many of `members` have each state, by the state's number.
    #[must_use]
    pub fn tally(&self, members: &[u32]) -> [usize; 7] {
        let mut tally = [0; 7];
        for &member in members {
            let state = self.states.get(member as usize).copied().unwrap_or(State::Vacant);
            tally[state as usize] += 1;
        }
        tally
    }

    /// The statements behind the cells of `members`, in the order of the table.
    #[must_use]
    pub fn statements(&self, reading: &Reading<'_>, by_code: &ByCode, members: &[u32]) -> Vec<u32> {
        let mut is_member = vec![false; reading.participants.len()];
        for &member in members {
            if let Some(is_member) = is_member.get_mut(member as usize) {
                *is_member = true;
            }
        }
        let mut rows: Vec<u32> = codes_within(reading, self.item)
            .into_iter()
            .flat_map(|code| by_code.rows(code).iter().copied())
            .filter(|&row| {
                let speaker = reading.statements.speakers[row as usize];
                is_member.get(speaker as usize) == Some(&true)
                    && self.item.takes(reading, row as usize)
            })
            .collect();
        rows.sort_unstable();
        rows
    }

    /// The constraints on this item that name one of `members`, in the order of the table.
    #[must_use]
    pub fn constraints(&self, reading: &Reading<'_>, members: &[u32]) -> Vec<u32> {
        (0_u32..)
            .take(reading.constraints.len())
            .filter(|&row| {
                let named = reading.constraints.members_of(row as usize);
                self.item.takes_constraint(reading, row as usize)
                    && members.iter().any(|member| named.binary_search(member).is_ok())
            })
            .collect()
    }

    /// The state of a role at a case, from those of its people, by the reading's aggregation.
    #[must_use]
    pub fn together(&self, reading: &Reading<'_>, members: &[u32]) -> State {
        crate::bounds::together(self, reading.conventions.aggregation, members)
    }
}

/// Whether what was asked or counted of this bearer (0 oneself, 1 others, 255 both) concerns what
/// is ascribed so.
fn concerns(bearer: u8, ascription: Ascription) -> bool {
    match (bearer, ascription) {
        (u8::MAX, _) | (_, Ascription::Any) => true,
        (bearer, Ascription::Own) => bearer == AscribedTo::Own as u8,
        (bearer, Ascription::Other) => bearer == AscribedTo::Others as u8,
    }
}

/// Gives cells that the constraints decide their state.
fn settle(states: &mut [State], bounds: &Bounds, decided: State) {
    for (index, state) in states.iter_mut().enumerate() {
        if *state == State::Unknown && bounds.of_one(index) == (1, 1) {
            *state = decided;
        }
    }
}

/// Whether a constraint leaves it open that somebody denies the item.
fn counts_denials(reading: &Reading<'_>, item: Item) -> bool {
    let constraints = &reading.constraints;
    (0..constraints.len()).any(|row| {
        constraints.state(row) == ConstraintState::Deny
            && constraints.maximums[row] != 0
            && !constraints.members_of(row).is_empty()
            && item.takes_constraint(reading, row)
    })
}

fn codes_within(reading: &Reading<'_>, item: Item) -> Vec<u32> {
    match item.reach {
        Reach::Itself => vec![item.code],
        Reach::AndBelow => (0_u32..)
            .take(reading.codes.len())
            .filter(|&code| reading.codes.upward(code).any(|above| above == item.code))
            .collect(),
    }
}

/// Everybody's state as far as their statements tell.
fn what_was_said(reading: &Reading<'_>, by_code: &ByCode, item: Item) -> Vec<Option<State>> {
    let mut said = vec![None; reading.participants.len()];
    for code in codes_within(reading, item) {
        for &row in by_code.rows(code) {
            let row = row as usize;
            let speaker = reading.statements.speakers[row];
            let Some(cell) = said.get_mut(speaker as usize) else { continue };
            if !item.takes(reading, row) {
                continue;
            }
            let new = match reading.statements.stance(row) {
                Stance::Affirm => State::Yes,
                Stance::Deny => State::No,
                Stance::Mixed => State::Mixed,
            };
            *cell = Some(match *cell {
                Some(old) if old != new => State::Mixed,
                _ => new,
            });
        }
    }
    said
}

fn named_by_constraints(reading: &Reading<'_>, item: Item) -> Vec<bool> {
    let mut named = vec![false; reading.participants.len()];
    for row in 0..reading.constraints.len() {
        if item.takes_constraint(reading, row) {
            for &member in reading.constraints.members_of(row) {
                if let Some(cell) = named.get_mut(member as usize) {
                    *cell = true;
                }
            }
        }
    }
    named
}
