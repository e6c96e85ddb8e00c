//! Which tables does a reading have, and what stands in their columns?
//!
//! The same structs are filled by a study, borrowed by a native plugin and walked by a script.
//! Ids are interned: a `u32` in one table is a row number of another, [`NONE`] means nobody or
//! nothing. An optional column that the study does not have is an empty slice.

mod knowledge;
mod statements;

pub use knowledge::{Claims, Constraints, Coverage, KnownCells};
pub use statements::{Bearer, Statements};

use crate::row::SourceKind;
use crate::settings::{Aggregation, CoverageDefault, RoleKind, Unit};
use crate::table::{NONE, Slice, Texts};

/// The roles of the study, in the order of `study.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// What readers call them, in the language of the study.
    pub labels: Texts<'a>,
    /// [`RoleKind`] as a number: 0 focal, 1 other.
    pub kinds: Slice<'a, u8>,
    /// The wider role, by row.
    pub within: Slice<'a, u32>,
}

impl Roles<'_> {
    /// How many roles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether the people of `role` were interviewed.
    #[must_use]
    pub fn is_focal(&self, role: u32) -> bool {
        self.kinds.get(role as usize) == Some(&(RoleKind::Focal as u8))
    }

    /// Whether what is said of `wide` is said of `role`: they are the same, or one stands within
    /// the other.
    #[must_use]
    pub fn covers(&self, wide: u32, role: u32) -> bool {
        let mut at = role;
        // A study refuses roles that stand within themselves, a plugin's host may not have.
        for _ in 0..=self.len() {
            if at == wide {
                return at != NONE;
            }
            match self.within.get(at as usize) {
                Some(&next) if next != NONE => at = next,
                _ => return false,
            }
        }
        false
    }
}

/// The cases of the study, in the order of `cases.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// What readers call them.
    pub labels: Texts<'a>,
    /// The case it is part of, by row.
    pub parents: Slice<'a, u32>,
}

impl Cases<'_> {
    /// `case` and the cases it is part of, from the nearest to the widest.
    pub fn upward(&self, case: u32) -> impl Iterator<Item = u32> {
        upward(&self.parents, case)
    }
}

/// Everybody in `participants.csv`, in that order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Participants<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// The case, by row.
    pub cases: Slice<'a, u32>,
    /// The role under this reading, by row; [`NONE`]: not part of it.
    pub roles: Slice<'a, u32>,
    /// The title, as a code into `title_names`.
    pub titles: Slice<'a, u32>,
    /// The titles as they were reported.
    pub title_names: Texts<'a>,
    /// 0 a person, 1 a collective actor.
    pub kinds: Slice<'a, u8>,
    /// How much each counts for, in a survey; empty: 1 for everybody.
    pub weights: Slice<'a, f64>,
}

impl Participants<'_> {
    /// How many there are, in and out of the reading.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether somebody is part of the reading.
    #[must_use]
    pub fn is_in(&self, participant: u32) -> bool {
        self.role(participant) != NONE
    }

    /// Somebody's role, or [`NONE`].
    #[must_use]
    pub fn role(&self, participant: u32) -> u32 {
        self.roles.get(participant as usize).copied().unwrap_or(NONE)
    }

    /// Somebody's case, or [`NONE`].
    #[must_use]
    pub fn case(&self, participant: u32) -> u32 {
        self.cases.get(participant as usize).copied().unwrap_or(NONE)
    }
}

/// The codebook, in the order of `codes.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codes<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// What readers call them.
    pub labels: Texts<'a>,
    /// The code above, by row.
    pub parents: Slice<'a, u32>,
    /// 1 when the code was removed from the codebook.
    pub removed: Slice<'a, u8>,
    /// The interview question that asks for it; empty: none does.
    pub prompts: Texts<'a>,
    /// The research questions it serves, separated by spaces.
    pub questions: Texts<'a>,
    /// [`CodeOrigin`](crate::row::CodeOrigin) as a number; 255 where nobody says. Optional.
    pub origins: Slice<'a, u8>,
    /// Where the codes that each cannot go together with start in `incompatible`: one more than
    /// there are codes. Optional.
    pub incompatible_offsets: Slice<'a, i64>,
    /// The codes that one cannot hold together with it, by row; each pair stands at both.
    pub incompatible: Slice<'a, u32>,
}

impl Codes<'_> {
    /// How many codes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The codes that one cannot hold together with `code`, by row.
    #[must_use]
    pub fn incompatible_with(&self, code: u32) -> &[u32] {
        part(&self.incompatible_offsets, &self.incompatible, code as usize)
    }

    /// `code` and the codes above it, from the nearest to the top.
    pub fn upward(&self, code: u32) -> impl Iterator<Item = u32> {
        upward(&self.parents, code)
    }
}

fn upward(parents: &[u32], start: u32) -> impl Iterator<Item = u32> {
    let start = (start != NONE).then_some(start);
    std::iter::successors(start, |&at| {
        parents.get(at as usize).copied().filter(|&parent| parent != NONE)
    })
    // No tree is deeper than it has nodes; a cycle from across the border ends here too.
    .take(parents.len())
}

/// The sources, in the order of `sources.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// What readers call them.
    pub labels: Texts<'a>,
    /// [`SourceKind`] as a number.
    pub kinds: Slice<'a, u8>,
    /// The case of a document, by row.
    pub cases: Slice<'a, u32>,
    /// The round of a longitudinal study; 0: none.
    pub waves: Slice<'a, u32>,
    /// How many characters each text has; 0 where nobody says. Optional.
    pub lengths: Slice<'a, u32>,
    /// Who asked, as a code into `interviewer_names`; [`NONE`]: nobody says. Optional.
    pub interviewers: Slice<'a, u32>,
    /// The interviewers as they are written.
    pub interviewer_names: Texts<'a>,
    /// Where the speakers of each start in `speakers`: one more than there are sources.
    pub speaker_offsets: Slice<'a, i64>,
    /// The participants who speak in it, by row; several in a joint interview.
    pub speakers: Slice<'a, u32>,
}

impl Sources<'_> {
    /// The participants who speak in source `row`.
    #[must_use]
    pub fn speakers_of(&self, row: usize) -> &[u32] {
        part(&self.speaker_offsets, &self.speakers, row)
    }

    /// How many characters the text of a source has, where the study says.
    #[must_use]
    pub fn length(&self, source: u32) -> Option<u32> {
        self.lengths.get(source as usize).copied().filter(|&length| length > 0)
    }

    /// Whether a source is a document.
    #[must_use]
    pub fn is_document(&self, source: u32) -> bool {
        self.kinds.get(source as usize) == Some(&(SourceKind::Document as u8))
    }
}

/// The excerpts of the reading, in the order of `excerpts.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Excerpts<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// The source, by row.
    pub sources: Slice<'a, u32>,
    /// The speaker, by row of participants; [`NONE`]: nobody knows.
    pub speakers: Slice<'a, u32>,
    /// The role of an unknown speaker, by row.
    pub roles: Slice<'a, u32>,
    /// Where the codes of each start in `codes`: one more than there are excerpts.
    pub code_offsets: Slice<'a, i64>,
    /// The codes, by row.
    pub codes: Slice<'a, u32>,
}

impl Excerpts<'_> {
    /// The codes of excerpt `row`, by row.
    #[must_use]
    pub fn codes_of(&self, row: usize) -> &[u32] {
        part(&self.code_offsets, &self.codes, row)
    }
}

/// The part of a list column that belongs to one row; nothing where its ends make no sense.
fn part<'c>(offsets: &[i64], items: &'c [u32], row: usize) -> &'c [u32] {
    let (Some(&start), Some(&end)) = (offsets.get(row), offsets.get(row + 1)) else { return &[] };
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    range.and_then(|(start, end)| items.get(start..end)).unwrap_or(&[])
}

/// Whatever else the study knows of its people and cases: one row for each value that is there.
///
/// In the order of participants before cases, then of columns by name, then of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes<'a> {
    /// 0: of a participant. 1: of a case.
    pub owners: Slice<'a, u8>,
    /// The row of the participant or the case.
    pub rows: Slice<'a, u32>,
    /// The column, as a code into `column_names`.
    pub columns: Slice<'a, u32>,
    /// The columns' names.
    pub column_names: Texts<'a>,
    /// The value, as a code into `value_names`.
    pub values: Slice<'a, u32>,
    /// The values as they are written.
    pub value_names: Texts<'a>,
}

/// How silence, roles at a case and people are to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    /// What a code without statement means where the coverage says nothing.
    pub coverage_default: CoverageDefault,
    /// What analyses count.
    pub unit: Unit,
    /// When a role at a case with several people holds a code.
    pub aggregation: Aggregation,
}
