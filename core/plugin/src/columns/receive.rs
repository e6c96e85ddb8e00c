//! Which tables did the other side hand over, and can they be trusted?

use parallax_model::table::{NONE, Slice, Texts};

use super::{Column, Malformed, Table};
use crate::abi::{
    AbiColumn, AbiReading, AbiTable, KIND_CODES, KIND_F64, KIND_I64, KIND_LISTS, KIND_TEXTS,
    KIND_U8, KIND_U32, lent_slice, size_u32,
};

/// The tables of a reading from the other side, borrowed for `'a`.
///
/// Addresses, alignment, sizes, offsets, UTF-8, lengths and the range of codes are checked. A
/// column of a kind that is not known here is left out: it comes from a newer minor version.
///
/// # Errors
/// When something is not as `abi.rs` says.
///
/// # Safety
/// Every pointer that is not NULL and has a length points to that many values, which stay
/// unchanged for `'a`. (That much nobody can check.)
pub unsafe fn receive<'a>(reading: *const AbiReading) -> Result<Vec<Table<'a>>, Malformed> {
    let wrong = |what: &str| Malformed::table("", what);
    if reading.is_null() || !reading.is_aligned() {
        return Err(wrong("it lies nowhere"));
    }
    // SAFETY: not NULL and aligned; the first field of a struct says how long it is, and only
    // when it is long enough is the whole of it read.
    let reading: AbiReading = unsafe {
        if (*reading).struct_size < size_u32::<AbiReading>() {
            return Err(wrong("it is too short"));
        }
        *reading
    };
    // SAFETY: the caller's promise for `tables`.
    let tables = unsafe { lent_slice(reading.tables, reading.n_tables as usize) }
        .ok_or_else(|| wrong("its tables lie nowhere"))?;
    // SAFETY: the caller's promise for each table.
    tables.iter().map(|&table| unsafe { receive_table(table) }).collect()
}

/// One table from the other side, borrowed for `'a`, checked in the same way.
///
/// # Errors
/// When something is not as `abi.rs` says.
///
/// # Safety
/// As [`receive`].
pub unsafe fn receive_table<'a>(table: *const AbiTable) -> Result<Table<'a>, Malformed> {
    if table.is_null() || !table.is_aligned() {
        return Err(Malformed::table("", "a table lies nowhere"));
    }
    // SAFETY: as in `receive`.
    let table: AbiTable = unsafe {
        if (*table).struct_size < size_u32::<AbiTable>() {
            return Err(Malformed::table("", "a table is too short"));
        }
        *table
    };
    // SAFETY: the caller's promise for the name.
    let name = unsafe { table.name.read() }
        .ok_or_else(|| Malformed::table("", "the name of a table is no text"))?;
    let rows = usize::try_from(table.n_rows)
        .map_err(|_| Malformed::table(name, "it has more rows than memory has bytes"))?;
    // SAFETY: the caller's promise for `columns`.
    let pointers = unsafe { lent_slice(table.columns, table.n_columns as usize) }
        .ok_or_else(|| Malformed::table(name, "its columns lie nowhere"))?;
    let mut columns = Vec::with_capacity(pointers.len());
    for &pointer in pointers {
        // SAFETY: the caller's promise for each column.
        let column = unsafe { header(pointer) }.map_err(|what| Malformed::table(name, what))?;
        // SAFETY: the caller's promise for the name.
        let own = unsafe { column.name.read() }
            .ok_or_else(|| Malformed::table(name, "the name of a column is no text"))?;
        // SAFETY: the caller's promise for the values.
        let cells = unsafe { cells(&column) }.map_err(|what| Malformed::column(name, own, what))?;
        let Some(cells) = cells else { continue };
        if cells.len() != rows {
            let what = format!("it has {} rows, the table {rows}", cells.len());
            return Err(Malformed::column(name, own, what));
        }
        columns.push((own, cells));
    }
    Ok(Table { name, rows, columns })
}

/// # Safety
/// As [`receive`].
unsafe fn header(column: *const AbiColumn) -> Result<AbiColumn, &'static str> {
    if column.is_null() || !column.is_aligned() {
        return Err("a column lies nowhere");
    }
    // SAFETY: as in `receive`.
    unsafe {
        if (*column).struct_size < size_u32::<AbiColumn>() {
            return Err("a column is too short");
        }
        Ok(*column)
    }
}

/// # Safety
/// As [`receive`].
unsafe fn cells<'a>(column: &AbiColumn) -> Result<Option<Column<'a>>, String> {
    // SAFETY: the caller's promise for `values`, `offsets`, `validity` and `dictionary`, whose
    // kinds are those that `kind` says; every pattern of bits is a number.
    let cells = unsafe {
        match column.kind {
            KIND_U8 => Column::U8(numbers(column)?),
            KIND_U32 => Column::U32(present(column, numbers(column)?)?),
            KIND_I64 => Column::I64(numbers(column)?),
            KIND_F64 => Column::F64(numbers(column)?),
            KIND_TEXTS => Column::Texts(texts(column)?),
            KIND_CODES => {
                let (labels, of) = labels(column)?;
                let codes = present(column, numbers(column)?)?;
                in_range(&codes, &labels)?;
                Column::Codes { codes, labels, of }
            }
            KIND_LISTS => {
                let (labels, of) = labels(column)?;
                let offsets = offsets(column)?;
                let codes = lent_slice(column.values.cast(), last(offsets)?)
                    .ok_or("its values lie nowhere")?;
                in_range(codes, &labels)?;
                Column::Lists {
                    offsets: Slice::Borrowed(offsets),
                    codes: Slice::Borrowed(codes),
                    labels,
                    of,
                }
            }
            _ => return Ok(None),
        }
    };
    let may_be_left_out = matches!(cells, Column::U32(_) | Column::Codes { .. });
    if column.null_count > 0 && !may_be_left_out {
        return Err("only numbers and codes of 32 bits can be left out".to_owned());
    }
    Ok(Some(cells))
}

fn length(column: &AbiColumn) -> Result<usize, &'static str> {
    usize::try_from(column.len).map_err(|_| "it has more rows than memory has bytes")
}

/// # Safety
/// As [`receive`], and every pattern of bits is a `T`.
unsafe fn numbers<'a, T>(column: &AbiColumn) -> Result<Slice<'a, T>, &'static str> {
    // SAFETY: the caller's promise.
    let values = unsafe { lent_slice(column.values.cast::<T>(), length(column)?) };
    values.map(Slice::Borrowed).ok_or("its values lie nowhere, or not where such values can lie")
}

/// The numbers with [`NONE`] where the validity bitmap leaves one out.
///
/// # Safety
/// As [`receive`].
unsafe fn present<'a>(
    column: &AbiColumn,
    numbers: Slice<'a, u32>,
) -> Result<Slice<'a, u32>, &'static str> {
    if column.null_count == 0 {
        return Ok(numbers);
    }
    // SAFETY: the caller's promise: a bit for each row.
    let bits = unsafe { lent_slice(column.validity, numbers.len().div_ceil(8)) };
    let bits = bits.ok_or("its validity lies nowhere")?;
    let is_valid = |row: usize| bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1);
    Ok(numbers.iter().enumerate().map(|(row, &n)| if is_valid(row) { n } else { NONE }).collect())
}

/// # Safety
/// As [`receive`].
unsafe fn offsets<'a>(column: &AbiColumn) -> Result<&'a [i64], &'static str> {
    let rows = length(column)?;
    if rows == 0 {
        return Ok(&[0]);
    }
    // SAFETY: the caller's promise: one offset more than there are rows.
    let offsets = unsafe { lent_slice(column.offsets, rows.saturating_add(1)) };
    let offsets = offsets.ok_or("its offsets lie nowhere")?;
    if offsets.first() != Some(&0) || !offsets.is_sorted() {
        return Err("its offsets do not rise from 0");
    }
    Ok(offsets)
}

fn last(offsets: &[i64]) -> Result<usize, &'static str> {
    let last = offsets.last().copied().unwrap_or(0);
    usize::try_from(last).map_err(|_| "its offsets do not rise from 0")
}

/// # Safety
/// As [`receive`].
unsafe fn texts<'a>(column: &AbiColumn) -> Result<Texts<'a>, &'static str> {
    // SAFETY: the caller's promise.
    let offsets = unsafe { offsets(column)? };
    // SAFETY: the caller's promise: as many bytes as the last offset says.
    let bytes = unsafe { lent_slice(column.values.cast::<u8>(), last(offsets)?) };
    let buffer = std::str::from_utf8(bytes.ok_or("its texts lie nowhere")?)
        .map_err(|_| "its texts are no UTF-8")?;
    Texts::from_parts(offsets, buffer).ok_or("its offsets split a character")
}

/// # Safety
/// As [`receive`].
unsafe fn labels<'a>(column: &AbiColumn) -> Result<(Texts<'a>, &'a str), &'static str> {
    if column.dictionary.is_null() {
        return Err("its codes have no labels");
    }
    // SAFETY: the caller's promise for the dictionary.
    let labels = unsafe { header(column.dictionary)? };
    if labels.kind != KIND_TEXTS || labels.null_count > 0 {
        return Err("its labels are no texts");
    }
    // SAFETY: as above.
    unsafe { Ok((texts(&labels)?, labels.name.read().ok_or("the name of its labels is no text")?)) }
}

fn in_range(codes: &[u32], labels: &Texts<'_>) -> Result<(), String> {
    let labels = labels.len();
    let lost = codes.iter().find(|&&code| code != NONE && code as usize >= labels);
    lost.map_or(Ok(()), |code| Err(format!("its code {code} is none of its {labels} labels")))
}

#[cfg(test)]
mod tests {
    use std::ptr::{from_ref, null, without_provenance};

    use super::*;
    use crate::abi::{AbiString, MODEL_VERSION};

    /// What comes of a table `t` with one column of `rows` rows.
    fn received(rows: u64, column: &AbiColumn) -> Result<Column<'_>, String> {
        let pointers = [from_ref(column)];
        let table = AbiTable {
            struct_size: size_u32::<AbiTable>(),
            n_columns: 1,
            name: AbiString::lend("t"),
            n_rows: rows,
            columns: pointers.as_ptr(),
        };
        // SAFETY: the column and what it points to outlive the answer, the rest this call.
        let table = unsafe { receive_table(&raw const table) }.map_err(|e| e.to_string())?;
        let column = table.columns.into_iter().next();
        column.map_or_else(|| Err("no column".to_owned()), |(_, column)| Ok(column))
    }

    const COLUMN: AbiColumn = AbiColumn {
        struct_size: size_u32::<AbiColumn>(),
        kind: KIND_U32,
        name: AbiString::lend("c"),
        len: 2,
        null_count: 0,
        validity: null(),
        values: null(),
        offsets: null(),
        dictionary: null(),
    };

    fn column(kind: u32, values: &'static [impl Copy]) -> AbiColumn {
        AbiColumn { kind, values: values.as_ptr().cast(), ..COLUMN }
    }

    fn refused(column: &AbiColumn) -> String {
        let said = received(2, column).map(drop).expect_err("is refused");
        said.rsplit_once(": ").map_or(said.clone(), |(_, what)| what.to_owned())
    }

    const NOWHERE: &str = "its values lie nowhere, or not where such values can lie";

    #[test]
    fn numbers_must_lie_somewhere_where_they_can() {
        assert_eq!(refused(&COLUMN), NOWHERE);
        assert_eq!(refused(&AbiColumn { values: without_provenance(2), ..COLUMN }), NOWHERE);
        let endless = AbiColumn { len: u64::MAX, ..column(KIND_U32, &[1_u32, 2]) };
        assert_eq!(refused(&endless), NOWHERE);
        let sound = column(KIND_F64, &[0.5_f64, 1.5]);
        assert_eq!(received(2, &sound), Ok(Column::F64(Slice::Borrowed(&[0.5, 1.5]))));
        assert_eq!(received(0, &AbiColumn { len: 0, ..COLUMN }), Ok(Column::U32(Slice::default())));
    }

    #[test]
    fn rows_that_are_left_out_have_no_value() {
        let bits = [0b01_u8];
        let some =
            AbiColumn { null_count: 1, validity: bits.as_ptr(), ..column(KIND_U32, &[7_u32, 8]) };
        assert_eq!(received(2, &some), Ok(Column::U32(Slice::Borrowed(&[7, NONE]))));
        assert_eq!(refused(&AbiColumn { validity: null(), ..some }), "its validity lies nowhere");
        let decimals = AbiColumn { null_count: 1, ..column(KIND_F64, &[0.5_f64, 1.5]) };
        assert_eq!(refused(&decimals), "only numbers and codes of 32 bits can be left out");
    }

    #[test]
    fn texts_must_be_utf8_between_offsets_that_rise() {
        let texts = |bytes: &'static [u8], offsets: &'static [i64]| AbiColumn {
            offsets: offsets.as_ptr(),
            ..column(KIND_TEXTS, bytes)
        };
        let sound = texts("éa".as_bytes(), &[0, 2, 3]);
        assert_eq!(received(2, &sound), Ok(Column::Texts(["é", "a"].into_iter().collect())));
        assert_eq!(refused(&texts(b"a\xff", &[0, 1, 2])), "its texts are no UTF-8");
        assert_eq!(refused(&texts("éa".as_bytes(), &[0, 1, 3])), "its offsets split a character");
        for offsets in [&[1_i64, 1, 3], &[0, 3, 2], &[-1, 0, 3]] {
            let said = refused(&texts(b"abc", offsets));
            assert_eq!(said, "its offsets do not rise from 0");
        }
        assert_eq!(refused(&column(KIND_TEXTS, b"abc")), "its offsets lie nowhere");
    }

    #[test]
    fn codes_must_have_labels() {
        let offsets: &'static [i64; 3] = &[0, 1, 2];
        let labels = AbiColumn { offsets: offsets.as_ptr(), ..column(KIND_TEXTS, b"SL") };
        let codes = |values: &'static [u32]| AbiColumn {
            dictionary: from_ref(&labels),
            ..column(KIND_CODES, values)
        };
        assert!(received(2, &codes(&[1, NONE])).is_ok());
        assert_eq!(refused(&codes(&[0, 2])), "its code 2 is none of its 2 labels");
        assert_eq!(refused(&column(KIND_CODES, &[0_u32, 1])), "its codes have no labels");
        let numbers = column(KIND_U32, &[0_u32, 1]);
        let unlabelled = AbiColumn { dictionary: from_ref(&numbers), ..codes(&[0, 1]) };
        assert_eq!(refused(&unlabelled), "its labels are no texts");
        let lists = |offsets: &'static [i64]| AbiColumn {
            kind: KIND_LISTS,
            offsets: offsets.as_ptr(),
            ..codes(&[0, 1, 9])
        };
        assert!(received(2, &lists(&[0, 2, 2])).is_ok());
        assert_eq!(refused(&lists(&[0, 2, 3])), "its code 9 is none of its 2 labels");
    }

    #[test]
    fn a_column_of_another_length_is_refused_and_one_of_another_kind_left_out() {
        let sound = column(KIND_U8, &[1_u8, 2]);
        let message = "column `c` of table `t` cannot be read: it has 2 rows, the table 3";
        assert_eq!(received(3, &sound), Err(message.to_owned()));
        let newer = AbiColumn { kind: 99, ..sound };
        assert_eq!(received(2, &newer), Err("no column".to_owned()));
        let short = AbiColumn { struct_size: 8, ..sound };
        assert_eq!(refused(&short), "a column is too short");
    }

    #[test]
    fn a_reading_must_be_whole() {
        let said = |reading: *const AbiReading| {
            // SAFETY: NULL, or a reading that outlives the call.
            unsafe { receive(reading) }.map(drop).expect_err("is refused").to_string()
        };
        assert_eq!(said(null()), "the reading cannot be read: it lies nowhere");
        let sound = AbiReading {
            struct_size: size_u32::<AbiReading>(),
            model_version: MODEL_VERSION,
            n_tables: 0,
            promises: 0,
            tables: null(),
        };
        // SAFETY: as above.
        assert_eq!(unsafe { receive(&raw const sound) }, Ok(Vec::new()));
        let short = AbiReading { struct_size: 8, ..sound };
        assert_eq!(said(&raw const short), "the reading cannot be read: it is too short");
        let lost = AbiReading { n_tables: 1, ..sound };
        assert_eq!(said(&raw const lost), "the reading cannot be read: its tables lie nowhere");
    }
}
