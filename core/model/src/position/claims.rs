//! What do people say of themselves, content by content?

use std::collections::BTreeMap;

use super::{Content, PositionKind};
use crate::cell::{Cells, Item, Modalities, State};
use crate::reading::{Ascription, ByCode, Reading, Roster};
use crate::row::{ConstraintState, Modality};
use crate::table::NONE;

/// What people say of themselves, computed once for each content.
pub(super) struct Claims<'r> {
    reading: &'r Reading<'r>,
    pub(super) by_code: &'r ByCode,
    known: BTreeMap<Content, Known>,
}

/// What everybody says of themselves about one content.
struct Known {
    claimed: Cells,
    enacted: Option<Cells>,
    /// Who says it in which statement, by person and row: many units ask for few of them each.
    statements: Vec<(u32, u32)>,
}

impl Known {
    /// Whether one of the members says something of it, or is among those counted as denying it.
    fn says_something(&self, reading: &Reading<'_>, members: &[u32]) -> bool {
        let state = |&member: &u32| self.claimed.states.get(member as usize).copied();
        members.iter().filter_map(state).any(is_said)
            || is_counted_as_denying(&self.claimed, reading, members)
    }
}

fn is_counted_as_denying(cells: &Cells, reading: &Reading<'_>, members: &[u32]) -> bool {
    let constraints = cells.constraints(reading, members);
    let state = |&row: &u32| reading.constraints.state(row as usize);
    constraints.iter().map(state).any(|counted| counted == ConstraintState::Deny)
}

/// Whether this member denies it, or may be one of those who are counted as denying it.
fn may_deny(cells: &Cells, reading: &Reading<'_>, member: u32) -> bool {
    match cells.states.get(member as usize) {
        Some(State::No) => true,
        Some(State::Unknown) => {
            cells.denials.of_one(member as usize).1 == 1
                && is_counted_as_denying(cells, reading, &[member])
        }
        _ => false,
    }
}

fn is_said(state: State) -> bool {
    matches!(state, State::Yes | State::No | State::Mixed)
}

impl<'r> Claims<'r> {
    pub(super) fn new(reading: &'r Reading<'r>, by_code: &'r ByCode) -> Self {
        Self { reading, by_code, known: BTreeMap::new() }
    }

    fn known(&mut self, content: Content) -> &Known {
        let (reading, by_code) = (self.reading, self.by_code);
        self.known.entry(content).or_insert_with(|| {
            let item = |modality| Item::own(content.code, Modalities::of(&[modality]));
            let cells = |item| Cells::of(reading, by_code, item);
            let claimed = cells(item(content.kind.modality()));
            let enacted =
                (content.kind == PositionKind::Duty).then(|| cells(item(Modality::Enact)));
            let items = [Some(claimed.item), enacted.as_ref().map(|cells| cells.item)];
            let taken =
                |row: &u32| items.iter().flatten().any(|item| item.takes(reading, *row as usize));
            let rows = by_code.rows(content.code).iter().copied().filter(taken);
            let speaker = |row: u32| reading.statements.speakers[row as usize];
            let mut statements: Vec<(u32, u32)> = rows.map(|row| (speaker(row), row)).collect();
            statements.sort_unstable();
            Known { claimed, enacted, statements }
        })
    }

    /// What the members claim, and what they say about doing it. Where they say nothing of a duty
    /// but that they do it, doing it counts as claiming it.
    pub(super) fn of(&mut self, content: Content, members: &[u32]) -> (State, State) {
        let reading = self.reading;
        let known = self.known(content);
        let own = known.claimed.together(reading, members);
        let enacted = known.enacted.as_ref();
        let is_a_duty = enacted.is_some();
        let done = enacted.map_or(State::Unknown, |cells| cells.together(reading, members));
        let is_left_to_doing = match own {
            State::Yes | State::No | State::Mixed => false,
            // What one of them says of the duty still counts when the others turn out to be silent.
            State::Unknown => !known.says_something(reading, members),
            State::Silent | State::NotAsked | State::Vacant => true,
        };
        match done {
            State::Yes | State::No | State::Mixed if is_left_to_doing => (done, done),
            // Who was asked of the duty, and may turn out to do it, may claim it.
            State::Unknown if own == State::Silent && is_a_duty => (State::Unknown, done),
            _ => (own, done),
        }
    }

    /// Whether the members may turn out not to do it: one of them says so, or may be among those
    /// counted as saying so, and of others it is not known.
    pub(super) fn may_be_undone(&mut self, content: Content, members: &[u32]) -> bool {
        let reading = self.reading;
        self.known(content).enacted.as_ref().is_some_and(|cells| {
            cells.together(reading, members) == State::Unknown
                && members.iter().any(|&member| may_deny(cells, reading, member))
        })
    }

    pub(super) fn evidence(&mut self, content: Content, members: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let reading = self.reading;
        let known = self.known(content);
        let of_member = |&member: &u32| {
            let start = known.statements.partition_point(|&(speaker, _)| speaker < member);
            let said = known.statements[start..].iter();
            said.take_while(move |&&(speaker, _)| speaker == member).map(|&(_, row)| row)
        };
        let mut rows: Vec<u32> = members.iter().flat_map(of_member).collect();
        rows.sort_unstable();
        let constraints = known.claimed.constraints(reading, members);
        (rows, constraints)
    }

    /// The other roles at a case that claim the same, and the statements in which they do.
    pub(super) fn elsewhere(
        &mut self,
        content: Content,
        roster: &Roster,
        case: u32,
        bearer: u32,
    ) -> (Vec<u32>, Vec<u32>) {
        let (mut roles, mut rows) = (Vec::new(), Vec::new());
        for unit in roster.at_case(case).filter(|unit| unit.role != bearer) {
            if self.of(content, &unit.members).0.is_mention() {
                roles.push(unit.role);
                rows.extend(self.evidence(content, &unit.members).0);
            }
        }
        (roles, rows)
    }
}

/// Everything that somebody claims or denies for themselves.
pub(super) fn claimed_contents(reading: &Reading<'_>) -> Vec<Content> {
    let mut seen = vec![[false; 4]; reading.codes.len()];
    let own = Ascription::Own;
    for row in 0..reading.statements.len() {
        let Some(kind) = PositionKind::claimed_by(reading.statements.modality(row)) else {
            continue;
        };
        let is_own = reading.statements.speakers[row] != NONE && reading.is_ascription(row, own);
        if let (Some(kinds), true) = (seen.get_mut(reading.statements.codes[row] as usize), is_own)
        {
            kinds[kind as usize] = true;
        }
    }
    let kinds = [
        PositionKind::Duty,
        PositionKind::Right,
        PositionKind::Permission,
        PositionKind::Prohibition,
    ];
    (0_u32..)
        .zip(seen)
        .flat_map(|(code, flags)| {
            let claimed = kinds.into_iter().filter(move |&kind| flags[kind as usize]);
            claimed.map(move |kind| Content { code, kind })
        })
        .collect()
}
