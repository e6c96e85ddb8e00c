//! Which cells does a column of the other side have?

use parallax_model::table::{NONE, Slice, Texts};

use super::validity::Blanks;
use super::{Cells, TOO_LONG, whole};
use crate::abi::{
    AbiColumn, AbiString, KIND_CODES, KIND_F64, KIND_I64, KIND_LISTS, KIND_TEXTS, KIND_U8,
    KIND_U32, lent_slice,
};
use crate::columns::Column;

/// A column, and which of its rows are left out.
pub(super) struct Found<'a> {
    /// The column; where its kind has a value for none, it stands in the rows that are left out.
    pub(super) column: Column<'a>,
    /// The rows that are left out.
    pub(super) blanks: Blanks<'a>,
}

impl<'a> Found<'a> {
    /// The column where all that is left out can be told from its values.
    pub(super) fn without_blanks(self) -> Result<Column<'a>, &'static str> {
        let has_none = matches!(
            self.column,
            Column::U32(_) | Column::F64(_) | Column::Codes { .. } | Column::Texts(_)
        );
        match has_none || self.blanks.are_none() {
            true => Ok(self.column),
            false => Err("bytes, wide numbers and lists cannot be left out"),
        }
    }
}

/// # Safety
/// As [`receive`](super::receive); with [`Cells::Promised`], the cells are as `abi.rs` says of the
/// promise.
pub(super) unsafe fn cells<'a>(
    column: &AbiColumn,
    trust: Cells,
) -> Result<Option<Found<'a>>, String> {
    // SAFETY: the caller's promise for `values`, `offsets`, `validity` and `dictionary`, whose
    // kinds are those that `kind` says; every pattern of bits is a number.
    unsafe {
        let (column, blanks) = match column.kind {
            KIND_U8 => (Column::U8(numbers(column)?), blanks(column, trust)?),
            KIND_U32 => {
                let (values, blanks) = (numbers(column)?, blanks(column, trust)?);
                (Column::U32(blanks.applied(values, NONE, |n| n == NONE)), blanks)
            }
            KIND_I64 => (Column::I64(numbers(column)?), blanks(column, trust)?),
            KIND_F64 => {
                let (values, blanks) = (numbers(column)?, blanks(column, trust)?);
                (Column::F64(blanks.applied(values, f64::NAN, f64::is_nan)), blanks)
            }
            KIND_TEXTS => {
                let (texts, blanks) = (texts(column, trust)?, blanks(column, trust)?);
                (Column::Texts(blanks.of_texts(texts)), blanks)
            }
            KIND_CODES => codes(column, trust)?,
            KIND_LISTS => (lists(column, trust)?, blanks(column, trust)?),
            _ => return Ok(None),
        };
        Ok(Some(Found { column, blanks }))
    }
}

/// What a column leaves out. It is asked for after the values, so that a number of rows that cannot
/// be is refused before a bitmap for so many is read.
///
/// # Safety
/// As [`cells`].
unsafe fn blanks<'a>(column: &AbiColumn, trust: Cells) -> Result<Blanks<'a>, &'static str> {
    match trust {
        // What is left out has no value, as the host promised.
        Cells::Promised => Ok(Blanks::NONE),
        // SAFETY: the caller's promise.
        Cells::Doubted => unsafe { Blanks::of(column, length(column)?) },
    }
}

/// # Safety
/// As [`cells`].
unsafe fn codes<'a>(column: &AbiColumn, trust: Cells) -> Result<(Column<'a>, Blanks<'a>), String> {
    // SAFETY: the caller's promise.
    let ((labels, of), codes, blanks) =
        unsafe { (labels(column, trust)?, numbers(column)?, blanks(column, trust)?) };
    let codes = blanks.applied(codes, NONE, |code| code == NONE);
    if trust == Cells::Doubted {
        in_range(codes.iter().copied().filter(|&code| code != NONE), &labels)?;
    }
    Ok((Column::Codes { codes, labels, of }, blanks))
}

/// # Safety
/// As [`cells`].
unsafe fn lists<'a>(column: &AbiColumn, trust: Cells) -> Result<Column<'a>, String> {
    // SAFETY: the caller's promise: as many values as the last offset says.
    let ((labels, of), offsets, codes) = unsafe {
        let offsets = offsets(column, trust)?;
        let codes = lent_slice(column.values.cast::<u32>(), last(offsets)?);
        (labels(column, trust)?, offsets, codes.ok_or("its values lie nowhere")?)
    };
    if trust == Cells::Doubted {
        in_range(codes.iter().copied(), &labels)?;
    }
    let (offsets, codes) = (Slice::Borrowed(offsets), Slice::Borrowed(codes));
    Ok(Column::Lists { offsets, codes, labels, of })
}

fn length(column: &AbiColumn) -> Result<usize, &'static str> {
    usize::try_from(column.len).map_err(|_| TOO_LONG)
}

/// # Safety
/// As [`cells`], and every pattern of bits is a `T`.
unsafe fn numbers<'a, T>(column: &AbiColumn) -> Result<Slice<'a, T>, &'static str> {
    // SAFETY: the caller's promise.
    let values = unsafe { lent_slice(column.values.cast::<T>(), length(column)?) };
    values.map(Slice::Borrowed).ok_or("its values lie nowhere, or not where such values can lie")
}

/// # Safety
/// As [`cells`].
unsafe fn offsets<'a>(column: &AbiColumn, trust: Cells) -> Result<&'a [i64], &'static str> {
    let rows = length(column)?;
    if rows == 0 {
        return Ok(&[0]);
    }
    // SAFETY: the caller's promise: one offset more than there are rows.
    let offsets = unsafe { lent_slice(column.offsets, rows.saturating_add(1)) };
    let offsets = offsets.ok_or("its offsets lie nowhere")?;
    if trust == Cells::Doubted && (offsets.first() != Some(&0) || !offsets.is_sorted()) {
        return Err(FALLING);
    }
    Ok(offsets)
}

const FALLING: &str = "its offsets do not rise from 0";

fn last(offsets: &[i64]) -> Result<usize, &'static str> {
    let last = offsets.last().copied().unwrap_or(0);
    usize::try_from(last).map_err(|_| FALLING)
}

/// # Safety
/// As [`cells`].
unsafe fn texts<'a>(column: &AbiColumn, trust: Cells) -> Result<Texts<'a>, &'static str> {
    // SAFETY: the caller's promise.
    let offsets = unsafe { offsets(column, trust)? };
    // SAFETY: the caller's promise: as many bytes as the last offset says.
    let bytes = unsafe { lent_slice(column.values.cast::<u8>(), last(offsets)?) };
    let bytes = bytes.ok_or("its texts lie nowhere")?;
    if trust == Cells::Promised {
        // SAFETY: the host promised that texts are UTF-8, which is a part of the interface. Only
        // that is taken on trust: a text between offsets that lie is empty, and no more.
        let buffer = unsafe { std::str::from_utf8_unchecked(bytes) };
        return Ok(Texts::from_sound_parts(offsets, buffer));
    }
    let buffer = std::str::from_utf8(bytes).map_err(|_| "its texts are no UTF-8")?;
    Texts::from_parts(offsets, buffer).ok_or("its offsets split a character")
}

/// # Safety
/// As [`cells`].
unsafe fn labels<'a>(
    column: &AbiColumn,
    trust: Cells,
) -> Result<(Texts<'a>, &'a str), &'static str> {
    if column.dictionary.is_null() {
        return Err("its codes have no labels");
    }
    // SAFETY: the caller's promise for the dictionary.
    let labels: &AbiColumn =
        unsafe { whole(column.dictionary) }.map_err(|lies| lies.of_what("a column"))?;
    if labels.kind != KIND_TEXTS || labels.null_count > 0 {
        return Err("its labels are no texts");
    }
    // SAFETY: as above.
    let name = unsafe { name(labels.name, trust) }.ok_or("the name of its labels is no text")?;
    // SAFETY: as above.
    Ok((unsafe { texts(labels, trust)? }, name))
}

/// # Safety
/// As [`cells`].
unsafe fn name<'a>(name: AbiString, trust: Cells) -> Option<&'a str> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { lent_slice(name.start.cast::<u8>(), name.len)? };
    match trust {
        Cells::Doubted => std::str::from_utf8(bytes).ok(),
        // SAFETY: the host promised that texts are UTF-8, as in `texts`.
        Cells::Promised => Some(unsafe { std::str::from_utf8_unchecked(bytes) }),
    }
}

fn in_range(mut codes: impl Iterator<Item = u32>, labels: &Texts<'_>) -> Result<(), String> {
    let labels = labels.len();
    let lost = codes.find(|&code| code as usize >= labels);
    lost.map_or(Ok(()), |code| Err(format!("its code {code} is none of its {labels} labels")))
}
