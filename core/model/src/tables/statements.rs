//! What stands in the columns of statements, and who bears what they ascribe?

use crate::row::{Modality, RowEnum, Stance, Strength};
use crate::table::{NONE, Slice, Texts};

/// Who bears a duty or a right, or whose view a perspective is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearer {
    /// Nobody: a view.
    Nobody,
    /// The speaker.
    Own,
    /// The speaker and the others of the speaker's role at the speaker's case.
    We,
    /// Every other focal role at the speaker's case.
    Others,
    /// Every focal role at the speaker's case.
    All,
    /// One participant, by row.
    Participant(u32),
    /// The people of a role at the speaker's case, by row; there may be none.
    Role(u32),
}

impl Bearer {
    /// As two columns: what kind of bearer, and which row.
    #[must_use]
    pub fn to_columns(self) -> (u8, u32) {
        match self {
            Self::Nobody => (0, NONE),
            Self::Own => (1, NONE),
            Self::We => (2, NONE),
            Self::Others => (3, NONE),
            Self::All => (4, NONE),
            Self::Participant(row) => (5, row),
            Self::Role(row) => (6, row),
        }
    }

    /// From two columns; a kind that does not exist is nobody.
    #[must_use]
    pub fn from_columns(kind: u8, row: u32) -> Self {
        match kind {
            1 => Self::Own,
            2 => Self::We,
            3 => Self::Others,
            4 => Self::All,
            5 => Self::Participant(row),
            6 => Self::Role(row),
            _ => Self::Nobody,
        }
    }
}

/// The statements of the reading, in the order of `statements.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statements<'a> {
    /// Ids.
    pub ids: Texts<'a>,
    /// The source, by row.
    pub sources: Slice<'a, u32>,
    /// The speaker, by row of participants; [`NONE`]: the source itself, a document, speaks.
    pub speakers: Slice<'a, u32>,
    /// The code, by row.
    pub codes: Slice<'a, u32>,
    /// [`Modality`] as a number.
    pub modalities: Slice<'a, u8>,
    /// Who bears it: the kind of [`Bearer`].
    pub bearer_kinds: Slice<'a, u8>,
    /// Who bears it: the row of a participant or a role.
    pub bearers: Slice<'a, u32>,
    /// To whom it is owed: the kind of [`Bearer`]. Optional.
    pub counterparty_kinds: Slice<'a, u8>,
    /// To whom it is owed: the row of a participant or a role. Optional.
    pub counterparties: Slice<'a, u32>,
    /// [`Stance`] as a number.
    pub stances: Slice<'a, u8>,
    /// 0, 1 or 2. Optional: 0 throughout.
    pub perspectives: Slice<'a, u8>,
    /// Whose view it is: the kind of [`Bearer`]. Optional.
    pub owner_kinds: Slice<'a, u8>,
    /// Whose view it is: the row of a participant or a role. Optional.
    pub owners: Slice<'a, u32>,
    /// [`Strength`] as a number.
    pub strengths: Slice<'a, u8>,
    /// Answers on a scale; NaN where there is none. Optional.
    pub values: Slice<'a, f64>,
    /// The coder, as a code into `coder_names`. Optional.
    pub coders: Slice<'a, u32>,
    /// The coders.
    pub coder_names: Texts<'a>,
    /// First characters in the source; [`NONE`] where unknown. Optional.
    pub starts: Slice<'a, u32>,
    /// Characters behind the last in the source; [`NONE`] where unknown. Optional.
    pub ends: Slice<'a, u32>,
    /// The excerpt, by row. Optional.
    pub excerpts: Slice<'a, u32>,
    /// [`MoralOrder`](crate::row::MoralOrder) as a number; 255 where none is named. Optional.
    pub moral_orders: Slice<'a, u8>,
    /// The storyline, as a code into `storyline_names`. Optional.
    pub storylines: Slice<'a, u32>,
    /// The storylines.
    pub storyline_names: Texts<'a>,
    /// Paraphrases: participants' words, never to be logged. Optional.
    pub notes: Texts<'a>,
    /// Conditions: participants' words, never to be logged. Optional.
    pub conditions: Texts<'a>,
}

impl Statements<'_> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// What statement `row` ascribes.
    #[must_use]
    pub fn modality(&self, row: usize) -> Modality {
        Modality::from_number(self.modalities.get(row).copied().unwrap_or(u8::MAX))
    }

    /// The stance of statement `row`.
    #[must_use]
    pub fn stance(&self, row: usize) -> Stance {
        Stance::from_number(self.stances.get(row).copied().unwrap_or(0))
    }

    /// The strength of statement `row`.
    #[must_use]
    pub fn strength(&self, row: usize) -> Strength {
        Strength::from_number(self.strengths.get(row).copied().unwrap_or(1))
    }

    /// Who bears what statement `row` ascribes.
    #[must_use]
    pub fn bearer(&self, row: usize) -> Bearer {
        bearer_at(&self.bearer_kinds, &self.bearers, row)
    }

    /// To whom it is owed.
    #[must_use]
    pub fn counterparty(&self, row: usize) -> Bearer {
        bearer_at(&self.counterparty_kinds, &self.counterparties, row)
    }

    /// Whose view statement `row` is, when its perspective is above 0.
    #[must_use]
    pub fn owner(&self, row: usize) -> Bearer {
        bearer_at(&self.owner_kinds, &self.owners, row)
    }

    /// The perspective of statement `row`: 0, 1 or 2.
    #[must_use]
    pub fn perspective(&self, row: usize) -> u8 {
        self.perspectives.get(row).copied().unwrap_or(0)
    }
}

fn bearer_at(kinds: &[u8], rows: &[u32], row: usize) -> Bearer {
    let kind = kinds.get(row).copied().unwrap_or(0);
    Bearer::from_columns(kind, rows.get(row).copied().unwrap_or(NONE))
}
