//! What does silence mean: asked and nothing said, not asked, or does nobody know?

use super::{Item, State, concerns};
use crate::reading::Reading;
use crate::row::CoverageStatus;
use crate::settings::CoverageDefault;
use crate::table::NONE;

/// What silence about one code means, person by person.
///
/// A row about one person stands before a row about everybody, and a row about a code before one
/// about a code above it.
pub(super) struct Asked {
    everybody: State,
    single: Vec<(u32, State)>,
}

impl Asked {
    /// What silence about `item` means in `reading`.
    pub(super) fn about(reading: &Reading<'_>, item: Item) -> Self {
        let mut everybody = match reading.conventions.coverage_default {
            CoverageDefault::Unknown => State::Unknown,
            CoverageDefault::Asked => State::Silent,
        };
        let mut single: Vec<(u32, State)> = Vec::new();
        let mut upward: Vec<u32> = reading.codes.upward(item.code).collect();
        // From the top down, so that the nearest row is the last to be written.
        upward.reverse();
        for above in upward {
            for (row, &covered) in reading.coverage.codes.iter().enumerate() {
                let bearer = reading.coverage.bearers.get(row).copied().unwrap_or(u8::MAX);
                if covered != above || !concerns(bearer, item.ascription) {
                    continue;
                }
                let state = match reading.coverage.status(row) {
                    CoverageStatus::Asked | CoverageStatus::ReportedSilent => State::Silent,
                    CoverageStatus::NotAsked => State::NotAsked,
                    CoverageStatus::Optional | CoverageStatus::Unknown => State::Unknown,
                };
                match reading.coverage.participants.get(row) {
                    Some(&participant) if participant != NONE => single.push((participant, state)),
                    _ => everybody = state,
                }
            }
        }
        // The last row about a person is the nearest one; a stable sort keeps it last.
        single.sort_by_key(|&(participant, _)| participant);
        Self { everybody, single }
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
