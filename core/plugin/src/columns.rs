//! How does a reading become columns that cross the border, and a reading again, without a copy?
//!
//! [`lend`] lays tables out for the other side, [`receive`] takes them back and checks everything
//! that can be checked before it trusts it.

#[cfg(test)]
mod any;
mod lend;
mod list;
mod reading;
mod receive;
mod way;

use std::fmt;

use parallax_model::table::{Slice, Texts};

pub use lend::{Lent, Mask, lend, lend_masked, lend_sound, lend_tables, mask};
pub use reading::{reading, tables};
pub use receive::{Blanks, receive, receive_blanks, receive_reading, receive_table};

/// One column, borrowed or shared.
#[derive(Clone, Debug, PartialEq)]
pub enum Column<'a> {
    /// Small numbers: closed vocabularies and marks.
    U8(Slice<'a, u8>),
    /// Numbers; `u32::MAX` is no value.
    U32(Slice<'a, u32>),
    /// Wide numbers.
    I64(Slice<'a, i64>),
    /// Decimal numbers; a NaN is no value.
    F64(Slice<'a, f64>),
    /// Rows of `labels`; `u32::MAX` is no value.
    Codes {
        /// One for each row.
        codes: Slice<'a, u32>,
        /// What they stand for.
        labels: Texts<'a>,
        /// The table whose ids the labels are; empty where they are only texts.
        of: &'a str,
    },
    /// Texts; an empty one is no value.
    Texts(Texts<'a>),
    /// Several rows of `labels` in each row.
    Lists {
        /// Where each row's codes start: one more than there are rows.
        offsets: Slice<'a, i64>,
        /// The codes of the first row, then of the second, and so on.
        codes: Slice<'a, u32>,
        /// What they stand for.
        labels: Texts<'a>,
        /// The table whose ids the labels are; empty where they are only texts.
        of: &'a str,
    },
}

impl Column<'_> {
    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::U8(values) => values.len(),
            Self::U32(values) => values.len(),
            Self::I64(values) => values.len(),
            Self::F64(values) => values.len(),
            Self::Codes { codes, .. } => codes.len(),
            Self::Texts(texts) => texts.len(),
            Self::Lists { offsets, .. } => offsets.len().saturating_sub(1),
        }
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One table: named columns of equal length.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<'a> {
    /// Its name.
    pub name: &'a str,
    /// How many rows every column has.
    pub rows: usize,
    /// The columns by name.
    pub columns: Vec<(&'a str, Column<'a>)>,
}

/// What another side handed over and cannot be read: which table and column, and what is wrong.
/// It never quotes a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    table: String,
    column: String,
    what: String,
}

impl Malformed {
    pub(crate) fn table(table: &str, what: impl Into<String>) -> Self {
        Self { table: table.to_owned(), column: String::new(), what: what.into() }
    }

    pub(crate) fn column(table: &str, column: &str, what: impl Into<String>) -> Self {
        Self { table: table.to_owned(), column: column.to_owned(), what: what.into() }
    }
}

impl Malformed {
    /// The same about a table that a plugin handed over. The names are the plugin's own, and of them
    /// only that of the column is said.
    #[must_use]
    pub fn handed_over(&self) -> String {
        match self.column.as_str() {
            "" => format!("it handed over a table that cannot be read: {}", self.what),
            column => format!(
                "column `{column}` of a table that it handed over cannot be read: {}",
                self.what
            ),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.table.as_str(), self.column.as_str()) {
            ("", _) => write!(f, "the reading cannot be read: {}", self.what),
            (table, "") => write!(f, "table `{table}` cannot be read: {}", self.what),
            (table, column) => {
                write!(f, "column `{column}` of table `{table}` cannot be read: {}", self.what)
            }
        }
    }
}

impl std::error::Error for Malformed {}
