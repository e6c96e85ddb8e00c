//! How does a reading come out of the other side's tables without a list of them in between?
//!
//! This way takes whatever can be taken, in any order, and says what is wrong with the rest. What
//! comes just as it is expected, and is promised to be sound, goes a shorter one (`in_turn.rs`).

use super::cells::cells;
use super::{Cells, whole};
use crate::abi::{AbiColumn, AbiString, AbiTable, lent_slice};
use crate::columns::Malformed;
use crate::columns::reading::put;
use crate::columns::way::{Field, Need, Way};

/// The other side's tables, on the way into a reading.
pub(super) struct Direct<'a> {
    tables: &'a [*const AbiTable],
    cells: Cells,
    next_table: usize,
    /// The table that is asked for, and its columns.
    at: Option<(&'static str, u64, &'a [*const AbiColumn])>,
    next: usize,
}

impl<'a> Direct<'a> {
    /// # Safety
    /// As [`receive`](super::receive), for each of the tables.
    pub(super) unsafe fn through(tables: &'a [*const AbiTable], cells: Cells) -> Self {
        Self { tables, cells, next_table: 0, at: None, next: 0 }
    }
}

impl<'a> Way<'a> for Direct<'a> {
    fn table(&mut self, name: &'static str) -> Result<(), Malformed> {
        let wrong = |what: &'static str| Malformed::table("", what);
        let found = in_turn(self.tables, self.next_table, |table| {
            // SAFETY: what `through` was promised, for the table and its name.
            let table = unsafe { whole(table) }.map_err(|lies| wrong(lies.of_what("a table")))?;
            // SAFETY: as above.
            Ok(unsafe { is_called(table.name, name) }.then_some(table))
        });
        let Some((place, table)) = found? else {
            return Err(Malformed::table(name, "it is not there"));
        };
        // SAFETY: as above, for the columns.
        let columns = unsafe { lent_slice(table.columns, table.n_columns as usize) };
        let columns = columns.ok_or_else(|| Malformed::table(name, "its columns lie nowhere"))?;
        (self.at, self.next_table, self.next) = (Some((name, table.n_rows, columns)), place + 1, 0);
        Ok(())
    }

    fn column(
        &mut self,
        name: &'static str,
        need: Need,
        field: Field<'_, 'a>,
    ) -> Result<(), Malformed> {
        let Some((table, rows, columns)) = self.at else { return Ok(()) };
        let wrong = |what: String| Malformed::column(table, name, what);
        let found = in_turn(columns, self.next, |column| {
            // SAFETY: what `through` was promised, for the column and its name.
            let column = unsafe { whole(column) }
                .map_err(|lies| Malformed::table(table, lies.of_what("a column")))?;
            // SAFETY: as above.
            Ok(unsafe { is_called(column.name, name) }.then_some(column))
        });
        let Some((place, column)) = found? else {
            return match need {
                Need::Always => Err(wrong("it is not there".to_owned())),
                Need::Optional => Ok(()),
            };
        };
        self.next = place + 1;
        // SAFETY: as above, for its cells.
        let cells = unsafe { cells(column, self.cells) }.map_err(wrong)?;
        let Some(found) = cells else { return wrong_kind(need, wrong) };
        if column.len != rows {
            return Err(wrong(format!("it has {} rows, the table {rows}", column.len)));
        }
        let column = found.without_blanks().map_err(|what| wrong(what.to_owned()))?;
        put(field, column).map_err(|what| wrong(what.to_owned()))
    }
}

/// What comes of a column of a kind that is not known here: it is as if it were not there.
fn wrong_kind(need: Need, wrong: impl Fn(String) -> Malformed) -> Result<(), Malformed> {
    match need {
        Need::Always => Err(wrong("it is not there".to_owned())),
        Need::Optional => Ok(()),
    }
}

/// The first that is found, looking at the one whose turn it is before all others, and its place.
fn in_turn<P: Copy, T>(
    all: &[P],
    turn: usize,
    find: impl Fn(P) -> Result<Option<T>, Malformed>,
) -> Result<Option<(usize, T)>, Malformed> {
    if let Some(&one) = all.get(turn)
        && let Some(found) = find(one)?
    {
        return Ok(Some((turn, found)));
    }
    for (place, &one) in all.iter().enumerate() {
        if let Some(found) = find(one)? {
            return Ok(Some((place, found)));
        }
    }
    Ok(None)
}

/// # Safety
/// The name is as `abi.rs` says.
unsafe fn is_called(own: AbiString, name: &str) -> bool {
    // SAFETY: the caller's promise.
    let bytes = unsafe { lent_slice(own.start.cast::<u8>(), own.len) };
    bytes == Some(name.as_bytes())
}
