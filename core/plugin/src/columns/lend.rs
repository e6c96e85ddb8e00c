//! How are tables laid out for the other side?

mod mask;
#[cfg(test)]
mod tests;

use std::ffi::c_void;
use std::ptr::{from_ref, null};

use parallax_model::Reading;

use super::{Column, Malformed, Table, tables};
use crate::abi::{
    AbiColumn, AbiReading, AbiString, AbiTable, KIND_CODES, KIND_F64, KIND_I64, KIND_LISTS,
    KIND_TEXTS, KIND_U8, KIND_U32, MODEL_VERSION, PROMISE_SOUND, size_u32,
};

pub use mask::{Mask, mask};

/// Tables as the other side sees them, for as long as this stands.
#[derive(Debug)]
#[repr(C)]
pub struct Lent<'a> {
    // Stands first: who knows that a reading was lent here finds the rest behind it.
    reading: AbiReading,
    original: Option<Reading<'a>>,
    // What `reading` points to, level by level. No vector changes once the next one points into
    // it, so every address stays when the struct moves.
    _tables: (Vec<Table<'a>>, Vec<AbiTable>, Vec<*const AbiTable>),
    _columns: (Vec<AbiColumn>, Vec<*const AbiColumn>, Vec<Option<Mask<'a>>>),
    _dictionaries: Vec<AbiColumn>,
}

// SAFETY: nothing in it changes while it stands, and what it points to is its own or borrowed.
unsafe impl Send for Lent<'_> {}
// SAFETY: as above.
unsafe impl Sync for Lent<'_> {}

impl<'a> Lent<'a> {
    /// The tables, for the other side.
    #[must_use]
    pub fn reading(&self) -> *const AbiReading {
        from_ref(self).cast()
    }

    /// The reading that this image itself lent: nothing in it needs a check.
    ///
    /// # Safety
    /// `reading` is [`Lent::reading`] of this very copy of the code, and stands for `'a`.
    pub(crate) unsafe fn original(reading: *const AbiReading) -> Option<&'a Reading<'a>> {
        // SAFETY: the caller's promise.
        unsafe { (*reading.cast::<Self>()).original.as_ref() }
    }
}

/// Lays out a reading for analyses that are built with the kit and linked into this very program,
/// which take the reading as it is; no cell is read or copied.
///
/// # Errors
/// When a column is missing or has another length than its table.
pub fn lend(reading: Reading<'_>) -> Result<Lent<'_>, Malformed> {
    let mut lent = laid_out(tables(&reading)?, Vec::new(), PROMISE_SOUND);
    lent.original = Some(reading);
    Ok(lent)
}

/// Lays out tables that nobody vouches for: the other side checks each cell. No cell is copied.
#[must_use]
pub fn lend_tables(tables: Vec<Table<'_>>) -> Lent<'_> {
    laid_out(tables, Vec::new(), 0)
}

/// Lays out the tables of a reading for any analysis: exactly as Arrow does, with a mask for each
/// column in which cells have no value, and with the promise that nothing needs to be checked.
///
/// It reads each column that can be without values once, and copies no cell.
#[must_use]
pub fn lend_sound(tables: Vec<Table<'_>>) -> Lent<'_> {
    let masks = tables.iter().flat_map(|table| &table.columns).map(|(_, column)| mask(column));
    let masks = masks.collect();
    lend_masked(tables, masks)
}

/// The same with masks that were made before, one place for each column of each table in turn.
/// No cell is read.
#[must_use]
pub fn lend_masked<'a>(tables: Vec<Table<'a>>, masks: Vec<Option<Mask<'a>>>) -> Lent<'a> {
    laid_out(tables, masks, PROMISE_SOUND)
}

fn laid_out<'a>(tables: Vec<Table<'a>>, masks: Vec<Option<Mask<'a>>>, promises: u32) -> Lent<'a> {
    let all = || tables.iter().flat_map(|table| &table.columns);
    let dictionaries: Vec<AbiColumn> = all().filter_map(|(_, column)| dictionary(column)).collect();
    let mut labels = dictionaries.iter().map(from_ref);
    let mut masked = masks.iter().map(Option::as_ref);
    let columns: Vec<AbiColumn> = all()
        .map(|(name, column)| {
            let labels = dictionary(column).and_then(|_| labels.next()).unwrap_or(null());
            let bare = AbiColumn { dictionary: labels, ..values(name, column) };
            match masked.next().flatten() {
                Some(Mask { bits, nulls }) => {
                    AbiColumn { null_count: *nulls, validity: bits.as_ptr(), ..bare }
                }
                None => bare,
            }
        })
        .collect();
    let column_pointers: Vec<*const AbiColumn> = columns.iter().map(from_ref).collect();
    let mut rest = column_pointers.as_slice();
    let abi_tables: Vec<AbiTable> = tables
        .iter()
        .map(|table| {
            let (own, others) = rest.split_at(table.columns.len());
            rest = others;
            AbiTable {
                struct_size: size_u32::<AbiTable>(),
                n_columns: count(own.len()),
                name: AbiString::lend(table.name),
                n_rows: table.rows as u64,
                columns: own.as_ptr(),
            }
        })
        .collect();
    let table_pointers: Vec<*const AbiTable> = abi_tables.iter().map(from_ref).collect();
    Lent {
        original: None,
        reading: AbiReading {
            struct_size: size_u32::<AbiReading>(),
            model_version: MODEL_VERSION,
            n_tables: count(table_pointers.len()),
            promises,
            tables: table_pointers.as_ptr(),
        },
        _tables: (tables, abi_tables, table_pointers),
        _columns: (columns, column_pointers, masks),
        _dictionaries: dictionaries,
    }
}

fn count(pointers: usize) -> u32 {
    u32::try_from(pointers).unwrap_or(u32::MAX)
}

/// The labels of a column that has some.
fn dictionary(column: &Column<'_>) -> Option<AbiColumn> {
    match column {
        Column::Codes { labels, of, .. } | Column::Lists { labels, of, .. } => {
            Some(values(of, &Column::Texts(labels.borrowed())))
        }
        _ => None,
    }
}

fn values(name: &str, column: &Column<'_>) -> AbiColumn {
    let (kind, values, offsets): (u32, *const c_void, *const i64) = match column {
        Column::U8(values) => (KIND_U8, values.as_ptr().cast(), null()),
        Column::U32(values) => (KIND_U32, values.as_ptr().cast(), null()),
        Column::I64(values) => (KIND_I64, values.as_ptr().cast(), null()),
        Column::F64(values) => (KIND_F64, values.as_ptr().cast(), null()),
        Column::Codes { codes, .. } => (KIND_CODES, codes.as_ptr().cast(), null()),
        Column::Texts(texts) => {
            (KIND_TEXTS, texts.buffer().as_ptr().cast(), texts.offsets().as_ptr())
        }
        Column::Lists { offsets, codes, .. } => {
            // Where no list is, the first one would still start at 0.
            let offsets = if offsets.is_empty() { &[0][..] } else { offsets };
            (KIND_LISTS, codes.as_ptr().cast(), offsets.as_ptr())
        }
    };
    AbiColumn {
        struct_size: size_u32::<AbiColumn>(),
        kind,
        name: AbiString::lend(name),
        len: column.len() as u64,
        null_count: 0,
        validity: null(),
        values,
        offsets,
        dictionary: null(),
    }
}
