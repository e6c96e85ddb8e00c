//! What does silence mean: asked and nothing said, not asked, or does nobody know?

use super::{Item, State, codes_within, concerns};
use crate::reading::{Ascription, Reading};
use crate::row::CoverageStatus;
use crate::settings::CoverageDefault;
use crate::table::NONE;

/// What silence about one item means, person by person.
///
/// A row about one person stands before a row about everybody, a row about a code before one
/// about a code above it, and a row that says whose part it is about before one that does not.
/// An item of several parts (codes below, oneself and others) is unknown where one of its parts
/// is, and else asked where one of them was.
pub(super) struct Asked {
    everybody: State,
    single: Vec<(u32, State)>,
}

impl Asked {
    /// What silence about `item` means in `reading`.
    pub(super) fn about(reading: &Reading<'_>, item: Item) -> Self {
        let ascriptions: &[Ascription] = match item.ascription {
            Ascription::Any => &[Ascription::Own, Ascription::Other],
            Ascription::Own => &[Ascription::Own],
            Ascription::Other => &[Ascription::Other],
        };
        let mut parts = codes_within(reading, item)
            .into_iter()
            .flat_map(|code| ascriptions.iter().map(move |&ascription| (code, ascription)))
            .map(|(code, ascription)| Self::about_part(reading, code, ascription));
        let first = parts.next().unwrap_or(Self { everybody: State::Unknown, single: Vec::new() });
        parts.fold(first, |whole, part| whole.together(&part))
    }

    /// What silence about one code means, ascribed to oneself or to others.
    fn about_part(reading: &Reading<'_>, code: u32, ascription: Ascription) -> Self {
        let mut everybody = match reading.conventions.coverage_default {
            CoverageDefault::Unknown => State::Unknown,
            CoverageDefault::Asked => State::Silent,
        };
        let coverage = &reading.coverage;
        let bearer_of = |row: usize| coverage.bearers.get(row).copied().unwrap_or(u8::MAX);
        let mut single: Vec<(u32, State)> = Vec::new();
        let mut upward: Vec<u32> = reading.codes.upward(code).collect();
        // From the top down and from both parts to the one, so that the nearest row is the last
        // to be written.
        upward.reverse();
        for (above, both) in upward.into_iter().flat_map(|above| [(above, true), (above, false)]) {
            for (row, &covered) in coverage.codes.iter().enumerate() {
                let bearer = bearer_of(row);
                let is_here = covered == above && (bearer == u8::MAX) == both;
                if !is_here || !concerns(bearer, ascription) {
                    continue;
                }
                let state = match coverage.status(row) {
                    CoverageStatus::Asked | CoverageStatus::ReportedSilent => State::Silent,
                    CoverageStatus::NotAsked => State::NotAsked,
                    CoverageStatus::Optional | CoverageStatus::Unknown => State::Unknown,
                };
                match coverage.participants.get(row) {
                    Some(&participant) if participant != NONE => single.push((participant, state)),
                    _ => everybody = state,
                }
            }
        }
        // The last row about a person is the nearest one; a stable sort keeps it last.
        single.sort_by_key(|&(participant, _)| participant);
        Self { everybody, single }
    }

    /// What silence about two parts of an item means.
    fn together(self, other: &Self) -> Self {
        let both = |one: State, other: State| match (one, other) {
            (State::Unknown, _) | (_, State::Unknown) => State::Unknown,
            (State::Silent, _) | (_, State::Silent) => State::Silent,
            _ => State::NotAsked,
        };
        let people = self.single.iter().chain(&other.single).map(|&(person, _)| person);
        let mut people: Vec<u32> = people.collect();
        people.sort_unstable();
        people.dedup();
        let of_each = people
            .into_iter()
            .map(|person| (person, both(self.silence_of(person), other.silence_of(person))));
        Self { single: of_each.collect(), everybody: both(self.everybody, other.everybody) }
    }

    /// The state of somebody who said nothing.
    pub(super) fn silence_of(&self, participant: u32) -> State {
        let end = self.single.partition_point(|&(person, _)| person <= participant);
        match self.single[..end].last() {
            Some(&(person, state)) if person == participant => state,
            _ => self.everybody,
        }
    }
}
