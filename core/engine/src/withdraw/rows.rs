//! What stands in the rows of a table, and which bytes are which cell?

use std::borrow::Cow;
use std::ops::Range;

use crate::text::cells::{Line, Scanner, unquoted};
use crate::text::dialect::Dialect;
use crate::text::source::Source;
use crate::withdraw::Refused;

/// A table whose rows are gone through one by one, as often as it takes.
pub(super) struct Table<'s> {
    source: &'s Source,
    dialect: Dialect,
}

/// One row of a table.
pub(super) struct Row<'r> {
    text: &'r str,
    dialect: &'r Dialect,
    cells: &'r [Range<usize>],
    /// Its bytes, with the end of its line.
    pub(super) span: Range<usize>,
}

impl<'s> Table<'s> {
    /// A table of the study.
    ///
    /// # Errors
    /// When it cannot be read as one.
    pub(super) fn of(source: &'s Source) -> Result<Self, Refused> {
        match Dialect::of(&source.text) {
            Ok(dialect) => Ok(Self { source, dialect }),
            Err(_) => Err(Refused::Unreadable(source.name.clone())),
        }
    }

    /// Goes through the rows below the header.
    ///
    /// # Errors
    /// At a row that cannot be read.
    pub(super) fn each(&self, mut look: impl FnMut(&Row<'_>)) -> Result<(), Refused> {
        let text = &self.source.text;
        let mut scanner = Scanner::new(text, self.dialect.delimiter, self.dialect.body);
        let mut cells = Vec::new();
        loop {
            let start = scanner.at();
            match scanner.line(&mut cells) {
                Line::Blank => {}
                Line::End => return Ok(()),
                Line::Broken(_) => return Err(Refused::Unreadable(self.source.name.clone())),
                Line::Row => {
                    let span = start..scanner.at();
                    look(&Row { text, dialect: &self.dialect, cells: &cells, span });
                }
            }
        }
    }
}

impl<'r> Row<'r> {
    /// What stands in the column with this name; blank where there is no such cell.
    pub(super) fn get(&self, column: &str) -> Cow<'r, str> {
        let Some(span) = self.cell(column) else { return Cow::Borrowed("") };
        match unquoted(&self.text[span]) {
            Cow::Borrowed(cell) => Cow::Borrowed(cell.trim()),
            Cow::Owned(cell) => Cow::Owned(cell.trim().to_owned()),
        }
    }

    /// Whether one of the words of a cell is this one.
    pub(super) fn lists(&self, column: &str, word: &str) -> bool {
        self.get(column).split_whitespace().any(|own| own == word)
    }

    /// The bytes of a cell, quotation marks included.
    pub(super) fn cell(&self, column: &str) -> Option<Range<usize>> {
        self.cells.get(self.dialect.column(column)?).cloned()
    }

    /// The bytes that have to go for a word to be gone from a cell that lists several.
    pub(super) fn word(&self, column: &str, word: &str) -> Option<Range<usize>> {
        let cell = self.cell(column)?;
        let raw = &self.text[cell.clone()];
        let marked = raw.len() >= 2 && raw.starts_with('"') && raw.ends_with('"');
        let inner = if marked { &raw[1..raw.len() - 1] } else { raw };
        let start = cell.start + usize::from(marked);
        let place = |part: &str| {
            let from = part.as_ptr() as usize - inner.as_ptr() as usize;
            start + from..start + from + part.len()
        };
        let words: Vec<Range<usize>> = inner.split_whitespace().map(place).collect();
        let at = words.iter().position(|span| self.text[span.clone()] == *word)?;
        let own = words[at].clone();
        Some(match (at.checked_sub(1).map(|before| &words[before]), words.get(at + 1)) {
            (Some(before), _) => before.end..own.end,
            (None, Some(after)) => own.start..after.start,
            (None, None) => own,
        })
    }
}
