//! What stands in the columns of coverage and constraints?

use crate::row::{ConstraintState, CoverageStatus, RowEnum};
use crate::table::{Slice, Texts};

/// Who was asked what, in the order of `coverage.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage<'a> {
    /// The participant, by row; [`NONE`](crate::table::NONE): everybody.
    pub participants: Slice<'a, u32>,
    /// The code and all below it, by row.
    pub codes: Slice<'a, u32>,
    /// About whom: 0 the participant's own part, 1 others, 255 both.
    pub bearers: Slice<'a, u8>,
    /// [`CoverageStatus`] as a number.
    pub statuses: Slice<'a, u8>,
}

impl Coverage<'_> {
    /// The status of coverage row `row`.
    #[must_use]
    pub fn status(&self, row: usize) -> CoverageStatus {
        CoverageStatus::from_number(self.statuses.get(row).copied().unwrap_or(u8::MAX))
    }
}

/// What is known about groups, in the order of `constraints.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// The code, by row.
    pub codes: Slice<'a, u32>,
    /// [`Modality`](crate::row::Modality) as a number; 255: any.
    pub modalities: Slice<'a, u8>,
    /// Whose position is counted: 0 the speaker's own, 1 somebody else's, 255 any.
    pub bearers: Slice<'a, u8>,
    /// [`ConstraintState`] as a number.
    pub states: Slice<'a, u8>,
    /// At least so many.
    pub minimums: Slice<'a, u32>,
    /// At most so many; [`NONE`](crate::table::NONE): no limit.
    pub maximums: Slice<'a, u32>,
    /// Where the members of each start in `members`: one more than there are constraints.
    pub member_offsets: Slice<'a, i64>,
    /// The participants, by row, in ascending order within a constraint.
    pub members: Slice<'a, u32>,
}

impl Constraints<'_> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The participants that constraint `row` is about, in ascending order.
    #[must_use]
    pub fn members_of(&self, row: usize) -> &[u32] {
        super::part(&self.member_offsets, &self.members, row)
    }

    /// What constraint `row` counts.
    #[must_use]
    pub fn state(&self, row: usize) -> ConstraintState {
        ConstraintState::from_number(self.states.get(row).copied().unwrap_or(0))
    }

    /// Those that are kept.
    #[must_use]
    pub(crate) fn only(&self, kept: impl Fn(usize) -> bool) -> Constraints<'static> {
        let rows: Vec<usize> = (0..self.len()).filter(|&row| kept(row)).collect();
        let mut offsets = vec![0_i64];
        let mut members = Vec::new();
        for &row in &rows {
            members.extend_from_slice(self.members_of(row));
            offsets.push(i64::try_from(members.len()).unwrap_or(i64::MAX));
        }
        Constraints {
            ids: rows.iter().map(|&row| self.ids.get(row)).collect(),
            codes: rows.iter().map(|&row| self.codes[row]).collect(),
            modalities: rows.iter().map(|&row| self.modalities[row]).collect(),
            bearers: rows.iter().map(|&row| self.bearers[row]).collect(),
            states: rows.iter().map(|&row| self.states[row]).collect(),
            minimums: rows.iter().map(|&row| self.minimums[row]).collect(),
            maximums: rows.iter().map(|&row| self.maximums[row]).collect(),
            member_offsets: offsets.into(),
            members: members.into(),
        }
    }
}

/// What a report says about the material, in the order of `claims.csv`; without its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// Where each stands in the report.
    pub references: Texts<'a>,
    /// The section each stands in.
    pub sections: Texts<'a>,
    /// [`ClaimKind`](crate::row::ClaimKind) as a number; 255 where none is given.
    pub kinds: Slice<'a, u8>,
    /// About whom: members as in a constraint, and `include_excluded`.
    pub scopes: Texts<'a>,
    /// Where the codes of each start in `codes`: one more than there are claims.
    pub code_offsets: Slice<'a, i64>,
    /// The codes each is about, by row.
    pub codes: Slice<'a, u32>,
    /// [`Modality`](crate::row::Modality) as a number; 255: any.
    pub modalities: Slice<'a, u8>,
    /// [`ClaimState`](crate::row::ClaimState) as a number; 255 where none is given.
    pub states: Slice<'a, u8>,
    /// What the report says: a number, a fraction, or a set: people as in a scope, or cases, each
    /// as `@3`.
    pub expected: Texts<'a>,
    /// The report's word for the quantity.
    pub quantifiers: Texts<'a>,
}

impl Claims<'_> {
    /// The codes that claim `row` is about, by row.
    #[must_use]
    pub fn codes_of(&self, row: usize) -> &[u32] {
        super::part(&self.code_offsets, &self.codes, row)
    }
}

/// Cells as columns, for programs that cannot call the functions that compute them: one row for
/// each person of the reading and each item that somebody speaks of or that a constraint names.
///
/// In the order of code, modality, ascription and participant. Empty until
/// [`Reading::with_cells`](crate::Reading::with_cells) fills it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownCells<'a> {
    /// The participant, by row.
    pub participants: Slice<'a, u32>,
    /// The code, by row.
    pub codes: Slice<'a, u32>,
    /// [`Modality`](crate::row::Modality) as a number; 255: any.
    pub modalities: Slice<'a, u8>,
    /// 0 ascribed to the speaker, 1 to somebody else, 255 to anybody.
    pub ascriptions: Slice<'a, u8>,
    /// [`State`](crate::State) as a number.
    pub states: Slice<'a, u8>,
    /// 1 when the person said it in every world that the constraints allow.
    pub least: Slice<'a, u8>,
    /// 1 when the person said it in some world that the constraints allow.
    pub most: Slice<'a, u8>,
}
