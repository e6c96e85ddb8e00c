//! What is a column of a reading, to whoever walks the list of them in one direction or the other?

use parallax_model::table::{Slice, Texts};

use super::Malformed;

/// A place in a reading that a column comes from or goes to.
pub(super) enum Field<'f, 'a> {
    /// One text, in a table of one row.
    Name(&'f mut String),
    /// One small number, in a table of one row.
    Number(&'f mut u8),
    /// Texts.
    Texts(&'f mut Texts<'a>),
    /// Small numbers.
    U8(&'f mut Slice<'a, u8>),
    /// Numbers.
    U32(&'f mut Slice<'a, u32>),
    /// Decimal numbers.
    F64(&'f mut Slice<'a, f64>),
    /// Codes, and their labels.
    Codes(&'f mut Slice<'a, u32>, &'f mut Texts<'a>),
    /// Rows of another table, that table and its ids.
    Rows(&'f mut Slice<'a, u32>, To<'f, 'a>),
    /// Where each list starts, rows of another table, that table and its ids.
    Lists(&'f mut Slice<'a, i64>, &'f mut Slice<'a, u32>, To<'f, 'a>),
}

/// A table that others refer to, by name, and its ids.
pub(super) type To<'f, 'a> = (&'static str, &'f Texts<'a>);

/// Whether a table must have a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// It always has.
    Always,
    /// A study need not have it.
    Optional,
}

/// One of the two directions.
pub(super) trait Way<'a> {
    /// What follows belongs to this table.
    fn table(&mut self, name: &'static str) -> Result<(), Malformed>;
    /// One column of it; the first one says how many rows it has.
    fn column(
        &mut self,
        name: &'static str,
        need: Need,
        field: Field<'_, 'a>,
    ) -> Result<(), Malformed>;
}
