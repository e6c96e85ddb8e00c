//! How are tables laid out for the other side?

use std::ffi::c_void;
use std::ptr::{from_ref, null};

use parallax_model::Reading;

use super::{Column, Malformed, Table, tables};
use crate::abi::{
    AbiColumn, AbiReading, AbiString, AbiTable, KIND_CODES, KIND_F64, KIND_I64, KIND_LISTS,
    KIND_TEXTS, KIND_U8, KIND_U32, MODEL_VERSION, size_u32,
};

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
    _columns: (Vec<AbiColumn>, Vec<*const AbiColumn>),
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

/// Lays out a reading for the other side; no cell is copied.
///
/// # Errors
/// When a column is missing or has another length than its table.
pub fn lend(reading: Reading<'_>) -> Result<Lent<'_>, Malformed> {
    let mut lent = lend_tables(tables(&reading)?);
    lent.original = Some(reading);
    Ok(lent)
}

/// Lays out tables for the other side; no cell is copied.
#[must_use]
pub fn lend_tables(tables: Vec<Table<'_>>) -> Lent<'_> {
    let all = || tables.iter().flat_map(|table| &table.columns);
    let dictionaries: Vec<AbiColumn> = all().filter_map(|(_, column)| dictionary(column)).collect();
    let mut labels = dictionaries.iter().map(from_ref);
    let columns: Vec<AbiColumn> = all()
        .map(|(name, column)| {
            let labels = dictionary(column).and_then(|_| labels.next());
            AbiColumn { dictionary: labels.unwrap_or(null()), ..values(name, column) }
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
            promises: 0,
            tables: table_pointers.as_ptr(),
        },
        _tables: (tables, abi_tables, table_pointers),
        _columns: (columns, column_pointers),
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
