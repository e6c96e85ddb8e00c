//! What is a study seen under one mapping and one set of choices?
//!
//! A reading is what every analysis gets, native or scripted: the tables of the study after
//! mapping, inclusion and alternatives. Cells, bounds and statuses are pure functions over it.

use crate::table::NONE;
use crate::tables::{
    Attributes, Bearer, Cases, Claims, Codes, Constraints, Conventions, Coverage, Excerpts,
    KnownCells, Participants, Roles, Sources, Statements,
};

/// A study seen under one mapping and one set of choices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading<'a> {
    /// The id of the mapping.
    pub mapping: String,
    /// Whether this is the study's default reading.
    pub is_default: bool,
    /// How silence and units are to be taken.
    pub conventions: Conventions,
    /// The roles.
    pub roles: Roles<'a>,
    /// The cases.
    pub cases: Cases<'a>,
    /// Everybody, with the role they have under this reading.
    pub participants: Participants<'a>,
    /// The codebook.
    pub codes: Codes<'a>,
    /// The sources.
    pub sources: Sources<'a>,
    /// The statements that count: of people in the reading and of documents.
    pub statements: Statements<'a>,
    /// Who was asked what.
    pub coverage: Coverage<'a>,
    /// What is known about groups.
    pub constraints: Constraints<'a>,
    /// The excerpts.
    pub excerpts: Excerpts<'a>,
    /// Whatever else is known of people and cases.
    pub attributes: Attributes<'a>,
    /// What a report says about the material.
    pub claims: Claims<'a>,
    /// Cells as columns; empty but for plugins in other languages.
    pub cells: KnownCells<'a>,
}

/// To whom a speaker ascribes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ascription {
    /// To the speaker: a self-position. A view, which has no bearer, is the speaker's own too.
    Own,
    /// To somebody else: an expectation.
    Other,
    /// To anybody.
    Any,
}

/// The people of one role at one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleAtCase {
    /// The role, by row.
    pub role: u32,
    /// The case, by row; [`NONE`] where participants belong to no case.
    pub case: u32,
    /// The participants, by row, in ascending order; at least one.
    pub members: Vec<u32>,
}

/// Every role at every case that has people in a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// By case, then by role, in the order of their tables.
    pub units: Vec<RoleAtCase>,
}

impl Roster {
    /// The people of exactly this role at this case.
    #[must_use]
    pub fn unit(&self, role: u32, case: u32) -> Option<&RoleAtCase> {
        let found = self.units.binary_search_by_key(&(case, role), |unit| (unit.case, unit.role));
        found.ok().and_then(|index| self.units.get(index))
    }

    /// The units at a case.
    pub fn at_case(&self, case: u32) -> impl Iterator<Item = &RoleAtCase> {
        let start = self.units.partition_point(|unit| unit.case < case);
        self.units[start..].iter().take_while(move |unit| unit.case == case)
    }

    /// The cases that have somebody, in order.
    #[must_use]
    pub fn cases(&self) -> Vec<u32> {
        let mut cases: Vec<u32> = self.units.iter().map(|unit| unit.case).collect();
        cases.dedup();
        cases
    }

    /// The roles that have somebody, in order.
    #[must_use]
    pub fn roles(&self) -> Vec<u32> {
        let mut roles: Vec<u32> = self.units.iter().map(|unit| unit.role).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }
}

impl Reading<'_> {
    /// Every role at every case that has people.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let mut places: Vec<(u32, u32, u32)> = (0..)
            .zip(self.participants.roles.iter())
            .filter(|&(_, &role)| role != NONE)
            .map(|(participant, &role)| (self.participants.case(participant), role, participant))
            .collect();
        places.sort_unstable();
        let units = places.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(|members| RoleAtCase {
            case: members[0].0,
            role: members[0].1,
            members: members.iter().map(|&(_, _, participant)| participant).collect(),
        });
        Roster { units: units.collect() }
    }

    /// What a reader calls a role at a case: its only person's id, or the role's id.
    ///
    /// The case is named beside it, so `S` is enough for several supervisors of one school.
    #[must_use]
    pub fn unit_name(&self, unit: &RoleAtCase) -> &str {
        match unit.members.as_slice() {
            [only] => self.participants.ids.of(*only),
            _ => self.roles.ids.of(unit.role),
        }
    }

    /// Whether statement `row` ascribes something to `participant`.
    #[must_use]
    pub fn ascribes_to(&self, row: usize, participant: u32) -> bool {
        let speaker = self.statements.speakers.get(row).copied().unwrap_or(NONE);
        let people = &self.participants;
        let same_case = speaker == NONE || people.case(speaker) == people.case(participant);
        let role = people.role(participant);
        let focal = self.roles.is_focal(role);
        match self.statements.bearer(row) {
            Bearer::Nobody => false,
            Bearer::Own => speaker == participant && speaker != NONE,
            Bearer::We => speaker != NONE && same_case && people.role(speaker) == role,
            Bearer::Others => focal && same_case && speaker != NONE && people.role(speaker) != role,
            Bearer::All => focal && same_case,
            Bearer::Participant(named) => named == participant,
            Bearer::Role(named) => same_case && self.roles.covers(named, role),
        }
    }

    /// Whether statement `row` is of this ascription.
    ///
    /// `all` and a role that includes the speaker are both: the speaker's own position, and an
    /// expectation of the others.
    #[must_use]
    pub fn is_ascription(&self, row: usize, ascription: Ascription) -> bool {
        let speaker = self.statements.speakers.get(row).copied().unwrap_or(NONE);
        match ascription {
            Ascription::Any => true,
            Ascription::Own => {
                self.statements.bearer(row) == Bearer::Nobody
                    || (speaker != NONE && self.ascribes_to(row, speaker))
            }
            Ascription::Other => match self.statements.bearer(row) {
                Bearer::Nobody | Bearer::Own => false,
                Bearer::Participant(named) => named != speaker,
                Bearer::We | Bearer::Others | Bearer::All | Bearer::Role(_) => true,
            },
        }
    }
}

/// The statements of a reading, grouped by their code; within a code in the order of the table.
///
/// One counting sort over the statements, four bytes for each; built once where many cells need
/// their evidence.
#[derive(Clone, Debug, Default)]
pub struct ByCode {
    starts: Vec<usize>,
    rows: Vec<u32>,
}

impl ByCode {
    /// Groups the statements of a reading.
    #[must_use]
    pub fn of(reading: &Reading<'_>) -> Self {
        Self::grouped(&reading.statements.codes, reading.codes.len())
    }

    /// Groups the rows of any column of codes, of which there are `values` different ones.
    pub(crate) fn grouped(codes: &[u32], values: usize) -> Self {
        let mut starts = vec![0_usize; values + 1];
        for &code in codes {
            if let Some(count) = starts.get_mut(code as usize + 1) {
                *count += 1;
            }
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut rows = vec![0_u32; starts.last().copied().unwrap_or(0)];
        for (row, &code) in (0_u32..).zip(codes) {
            if (code as usize) < values {
                rows[next[code as usize]] = row;
                next[code as usize] += 1;
            }
        }
        Self { starts, rows }
    }

    /// The same without some of the rows.
    #[must_use]
    pub(crate) fn without(&self, left_out: impl Fn(u32) -> bool) -> Self {
        let mut starts = vec![0];
        let mut rows = Vec::with_capacity(self.rows.len());
        for code in 0..self.starts.len().saturating_sub(1) {
            let of_code = &self.rows[self.starts[code]..self.starts[code + 1]];
            rows.extend(of_code.iter().copied().filter(|&row| !left_out(row)));
            starts.push(rows.len());
        }
        Self { starts, rows }
    }

    /// The rows of the statements under exactly this code.
    #[must_use]
    pub fn rows(&self, code: u32) -> &[u32] {
        let index = code as usize;
        match (self.starts.get(index), self.starts.get(index + 1)) {
            (Some(&start), Some(&end)) => &self.rows[start..end],
            _ => &[],
        }
    }
}
