//! Which tables did the other side hand over, and can they be trusted?
//!
//! Addresses, alignment and sizes are always looked at. The cells are, too, unless the host promises
//! that they are sound ([`PROMISE_SOUND`]): then nothing of them is read or copied here.

mod cells;
mod direct;
mod in_turn;
#[cfg(test)]
mod tests;
mod validity;
#[cfg(test)]
mod wild;

use parallax_model::Reading;

use super::list::walk;
use super::{Column, Malformed, Table};
use crate::abi::{AbiColumn, AbiReading, AbiTable, PROMISE_SOUND, lent_slice, size_u32};
use cells::{Found, cells};
use direct::Direct;
use in_turn::InTurn;
pub use validity::Blanks;

/// Whether the cells are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cells {
    /// Each of them.
    Doubted,
    /// None: the host promised that they are sound, and its promise is part of the interface.
    Promised,
}

/// The tables of a reading from the other side, borrowed for `'a`.
///
/// Addresses, alignment, sizes, offsets, UTF-8, lengths and the range of codes are checked, the
/// cells only where the host does not promise that they are sound. A column of a kind that is not
/// known here is left out: it comes from a newer minor version.
///
/// # Errors
/// When something is not as `abi.rs` says.
///
/// # Safety
/// Every pointer that is not NULL and has a length points to that many values, which stay
/// unchanged for `'a` (that much nobody can check), and what `promises` says is so.
pub unsafe fn receive<'a>(reading: *const AbiReading) -> Result<Vec<Table<'a>>, Malformed> {
    // SAFETY: the caller's promise.
    let (tables, promised) = unsafe { tables(reading)? };
    let received = tables.iter().map(|&table| {
        // SAFETY: the caller's promise for each table.
        let (table, columns) = unsafe { opened(table)? };
        // SAFETY: as above, for each column.
        let columns = columns.map(|column| unsafe { whole_column(&table, column?, promised) });
        let columns = columns.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        Ok(Table { name: table.name, rows: table.rows, columns })
    });
    received.collect()
}

/// The reading that the tables of the other side make, borrowed for `'a`; only tables and columns
/// that a reading has are looked at.
///
/// # Errors
/// When something is not as `abi.rs` says, or a table or column is missing.
///
/// # Safety
/// As [`receive`].
pub unsafe fn receive_reading<'a>(reading: *const AbiReading) -> Result<Reading<'a>, Malformed> {
    // SAFETY: the caller's promise.
    let (tables, cells) = unsafe { tables(reading)? };
    let mut received = Reading::default();
    if cells == Cells::Promised {
        // SAFETY: the caller's promise, for each table and column; and what the host promised is so.
        let mut in_turn = unsafe { InTurn::through(tables) };
        walk(&mut received, &mut in_turn)?;
        if in_turn.fitted() {
            return Ok(received);
        }
        received = Reading::default();
    }
    // SAFETY: the caller's promise, for each table and column.
    walk(&mut received, &mut unsafe { Direct::through(tables, cells) })?;
    Ok(received)
}

/// One table from the other side, borrowed for `'a`, with each cell checked.
///
/// # Errors
/// When something is not as `abi.rs` says.
///
/// # Safety
/// As [`receive`], but that nothing is promised.
pub unsafe fn receive_table<'a>(table: *const AbiTable) -> Result<Table<'a>, Malformed> {
    // SAFETY: the caller's promise for the table.
    let (table, columns) = unsafe { opened(table)? };
    // SAFETY: as above, for each column.
    let columns = columns.map(|column| unsafe { whole_column(&table, column?, Cells::Doubted) });
    let columns = columns.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    Ok(Table { name: table.name, rows: table.rows, columns })
}

/// One table from the other side whose cells may be left blank, whatever their kind: the table, and
/// for each of its columns which rows are.
///
/// # Errors
/// When something is not as `abi.rs` says.
///
/// # Safety
/// As [`receive_table`].
pub unsafe fn receive_blanks<'a>(
    table: *const AbiTable,
) -> Result<(Table<'a>, Vec<Blanks<'a>>), Malformed> {
    // SAFETY: the caller's promise for the table.
    let (table, columns) = unsafe { opened(table)? };
    let (mut kept, mut blanks) = (Vec::new(), Vec::new());
    for column in columns {
        let (name, raw) = column?;
        // SAFETY: as above, for each column.
        if let Some(found) = unsafe { found(&table, name, raw, Cells::Doubted)? } {
            kept.push((name, found.column));
            blanks.push(found.blanks);
        }
    }
    Ok((Table { name: table.name, rows: table.rows, columns: kept }, blanks))
}

/// # Safety
/// As [`receive`].
unsafe fn tables<'a>(
    reading: *const AbiReading,
) -> Result<(&'a [*const AbiTable], Cells), Malformed> {
    let wrong = |what: &str| Malformed::table("", what);
    // SAFETY: the caller's promise.
    let reading = unsafe { whole(reading) }.map_err(|lies| wrong(lies.of_what("it")))?;
    // SAFETY: the caller's promise for `tables`.
    let tables = unsafe { lent_slice(reading.tables, reading.n_tables as usize) }
        .ok_or_else(|| wrong("its tables lie nowhere"))?;
    let cells = match reading.promises & PROMISE_SOUND {
        0 => Cells::Doubted,
        _ => Cells::Promised,
    };
    Ok((tables, cells))
}

/// What of a table is known before its columns.
struct Opened<'a> {
    name: &'a str,
    rows: usize,
}

type Named<'a> = (&'a str, &'a AbiColumn);

/// # Safety
/// As [`receive_table`].
unsafe fn opened<'a>(
    table: *const AbiTable,
) -> Result<(Opened<'a>, impl Iterator<Item = Result<Named<'a>, Malformed>>), Malformed> {
    let wrong = |what: &'static str| Malformed::table("", what);
    // SAFETY: the caller's promise.
    let table = unsafe { whole(table) }.map_err(|lies| wrong(lies.of_what("a table")))?;
    // SAFETY: the caller's promise for the name.
    let name =
        unsafe { table.name.read() }.ok_or_else(|| wrong("the name of a table is no text"))?;
    let rows = usize::try_from(table.n_rows).map_err(|_| Malformed::table(name, TOO_LONG))?;
    // SAFETY: the caller's promise for `columns`.
    let columns = unsafe { lent_slice(table.columns, table.n_columns as usize) }
        .ok_or_else(|| Malformed::table(name, "its columns lie nowhere"))?;
    let columns = columns.iter().map(move |&column| {
        let wrong = |what: &'static str| Malformed::table(name, what);
        // SAFETY: the caller's promise for each column, and its name.
        let column = unsafe { whole(column) }.map_err(|lies| wrong(lies.of_what("a column")))?;
        // SAFETY: as above.
        let own = unsafe { column.name.read() };
        Ok((own.ok_or_else(|| wrong("the name of a column is no text"))?, column))
    });
    Ok((Opened { name, rows }, columns))
}

const TOO_LONG: &str = "it has more rows than memory has bytes";

/// A column of a reading: one whose kind has a value that stands for none, or has all values.
///
/// # Safety
/// As [`receive`].
unsafe fn whole_column<'a>(
    table: &Opened<'a>,
    (name, column): Named<'a>,
    cells: Cells,
) -> Result<Option<(&'a str, Column<'a>)>, Malformed> {
    // SAFETY: the caller's promise.
    let Some(found) = (unsafe { found(table, name, column, cells)? }) else { return Ok(None) };
    let column =
        found.without_blanks().map_err(|what| Malformed::column(table.name, name, what))?;
    Ok(Some((name, column)))
}

/// # Safety
/// As [`receive`].
unsafe fn found<'a>(
    table: &Opened<'_>,
    name: &str,
    column: &AbiColumn,
    trust: Cells,
) -> Result<Option<Found<'a>>, Malformed> {
    let wrong = |what: String| Malformed::column(table.name, name, what);
    // SAFETY: the caller's promise for the values.
    let Some(found) = (unsafe { cells(column, trust) }).map_err(wrong)? else { return Ok(None) };
    let rows = found.column.len();
    if rows != table.rows {
        return Err(wrong(format!("it has {rows} rows, the table {}", table.rows)));
    }
    Ok(Some(found))
}

/// Why a struct of another side is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lies {
    Nowhere,
    TooShort,
}

impl Lies {
    /// A sentence about the reading, a table or a column.
    fn of_what(self, what: &'static str) -> &'static str {
        match (what, self) {
            ("it", Self::Nowhere) => "it lies nowhere",
            ("it", Self::TooShort) => "it is too short",
            ("a table", Self::Nowhere) => "a table lies nowhere",
            ("a table", Self::TooShort) => "a table is too short",
            (_, Self::Nowhere) => "a column lies nowhere",
            (_, Self::TooShort) => "a column is too short",
        }
    }
}

/// A struct of another side that is as long as it is known here.
///
/// # Safety
/// `T` begins with its size as `u32`; when `at` is not NULL, so many bytes live there unchanged for
/// `'a`.
unsafe fn whole<'a, T>(at: *const T) -> Result<&'a T, Lies> {
    if at.is_null() || !at.is_aligned() {
        return Err(Lies::Nowhere);
    }
    // SAFETY: not NULL and aligned; the first field says how long the struct is, and only when it
    // is long enough is the whole of it looked at.
    unsafe {
        match at.cast::<u32>().read() {
            size if size < size_u32::<T>() => Err(Lies::TooShort),
            _ => Ok(&*at),
        }
    }
}
