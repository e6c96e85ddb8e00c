//! Which rows of a column of the other side are left out?

use parallax_model::table::{Slice, Texts};

use crate::abi::{AbiColumn, lent_slice};

/// The rows of a column that are left out, by its validity bitmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blanks<'a> {
    /// A bit for each row, 1 for a value; `None` when no row is left out.
    bits: Option<&'a [u8]>,
}

impl<'a> Blanks<'a> {
    /// No row is left out.
    pub(super) const NONE: Self = Self { bits: None };

    /// What the bitmap of a column with so many rows leaves out.
    ///
    /// # Safety
    /// Where `validity` is not NULL, a bit for each row lives there unchanged for `'a`.
    pub(super) unsafe fn of(column: &AbiColumn, rows: usize) -> Result<Self, &'static str> {
        if column.validity.is_null() && column.null_count > 0 {
            return Err("its validity lies nowhere");
        }
        if column.validity.is_null() {
            return Ok(Self::NONE);
        }
        // SAFETY: the caller's promise.
        let bits = unsafe { lent_slice(column.validity, rows.div_ceil(8)) };
        let bits = bits.ok_or("its validity lies nowhere")?;
        // Bits beyond the last row can be anything.
        let ones: u64 = bits.iter().take(rows / 8).map(|byte| u64::from(byte.count_ones())).sum();
        let rest = bits.get(rows / 8).map_or(0, |byte| byte & ((1_u16 << (rows % 8)) - 1) as u8);
        let nulls = rows as u64 - ones - u64::from(rest.count_ones());
        if nulls != column.null_count {
            return Err("its validity leaves out another number of rows than it says");
        }
        Ok(Self { bits: (nulls > 0).then_some(bits) })
    }

    /// Whether no row is left out.
    pub(super) fn are_none(&self) -> bool {
        self.bits.is_none()
    }

    /// Whether a row is left out.
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        let byte = self.bits.and_then(|bits| bits.get(row / 8));
        byte.is_some_and(|byte| byte >> (row % 8) & 1 == 0)
    }

    /// Numbers with `none` where they are left out; they are copied only where that changes one.
    pub(super) fn applied<T: Copy>(
        &self,
        numbers: Slice<'a, T>,
        none: T,
        is_none: impl Fn(T) -> bool,
    ) -> Slice<'a, T> {
        let tells = |(row, &number): (usize, &T)| !self.has(row) || is_none(number);
        if self.are_none() || numbers.iter().enumerate().all(tells) {
            return numbers;
        }
        let applied = |(row, &number): (usize, &T)| if self.has(row) { none } else { number };
        numbers.iter().enumerate().map(applied).collect()
    }

    /// Texts, empty where they are left out; they are copied only where that changes one.
    pub(super) fn of_texts(&self, texts: Texts<'a>) -> Texts<'a> {
        if self.are_none()
            || texts.iter().enumerate().all(|(row, text)| !self.has(row) || text.is_empty())
        {
            return texts;
        }
        let applied = |(row, text)| if self.has(row) { "" } else { text };
        texts.iter().enumerate().map(applied).collect()
    }
}
