//! How is a column kept as it was read, before anybody knows what it refers to?

use super::{NONE, Names, Texts};

/// A column as read: few different values behind codes, or a text of its own in each row.
#[derive(Clone, Debug)]
pub enum Column {
    /// The file has no such column, or it is blank throughout.
    Absent,
    /// A code for each row ([`NONE`] for a blank cell) into a dictionary.
    Coded {
        /// One code for each row.
        codes: Vec<u32>,
        /// The values.
        names: Names,
    },
    /// A text for each row, blank cells as empty texts.
    Plain(Texts<'static>),
}

impl Column {
    /// The cell of a row; empty when it is blank.
    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        match self {
            Self::Absent => "",
            Self::Coded { codes, names } => names.of(codes.get(row).copied().unwrap_or(NONE)),
            Self::Plain(texts) => texts.get(row),
        }
    }

    /// A coded column from its cells; [`Column::Absent`] when all are blank.
    #[must_use]
    pub fn coded<'t>(cells: impl Iterator<Item = &'t str>) -> Self {
        let mut names = Names::default();
        let codes: Vec<u32> =
            cells.map(|cell| if cell.is_empty() { NONE } else { names.intern(cell) }).collect();
        if names.is_empty() { Self::Absent } else { Self::Coded { codes, names } }
    }

    /// A plain column from its cells; [`Column::Absent`] when all are blank.
    #[must_use]
    pub fn plain<'t>(cells: impl Iterator<Item = &'t str>) -> Self {
        let texts: Texts<'static> = cells.collect();
        if texts.buffer().is_empty() { Self::Absent } else { Self::Plain(texts) }
    }
}
