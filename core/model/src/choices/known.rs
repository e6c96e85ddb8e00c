//! How do constraints become columns?

use crate::study::Constraint;
use crate::table::{NONE, TextsDraft};
use crate::tables::Constraints;

/// Constraints as columns, one after another.
#[derive(Default)]
pub(super) struct KnownConstraints {
    ids: TextsDraft,
    codes: Vec<u32>,
    modalities: Vec<u8>,
    bearers: Vec<u8>,
    states: Vec<u8>,
    minimums: Vec<u32>,
    maximums: Vec<u32>,
    members: Vec<u32>,
    ends: Vec<i64>,
}

impl KnownConstraints {
    /// Adds a constraint, or a part of one, with its members in ascending order.
    pub(super) fn push(
        &mut self,
        constraint: &Constraint,
        members: &[u32],
        least: u32,
        most: Option<u32>,
    ) {
        self.ids.push(&constraint.id);
        self.codes.push(constraint.code);
        self.modalities.push(constraint.modality.map_or(u8::MAX, |modality| modality as u8));
        self.bearers.push(constraint.bearer.map_or(u8::MAX, |bearer| bearer as u8));
        self.states.push(constraint.state as u8);
        self.minimums.push(least);
        self.maximums.push(most.unwrap_or(NONE));
        self.members.extend_from_slice(members);
        self.ends.push(i64::try_from(self.members.len()).unwrap_or(i64::MAX));
    }

    pub(super) fn into_table(self) -> Constraints<'static> {
        let offsets: Vec<i64> = std::iter::once(0).chain(self.ends).collect();
        Constraints {
            ids: self.ids.into(),
            codes: self.codes.into(),
            modalities: self.modalities.into(),
            bearers: self.bearers.into(),
            states: self.states.into(),
            minimums: self.minimums.into(),
            maximums: self.maximums.into(),
            member_offsets: offsets.into(),
            members: self.members.into(),
        }
    }
}
