//! Which cells of a column have no value, as Arrow writes it?

use parallax_model::table::{NONE, Slice};

use crate::columns::Column;

/// Which rows of a column have a value: Arrow's validity bitmap.
#[derive(Clone, Debug, PartialEq)]
pub struct Mask<'a> {
    /// A bit for each row, lowest first, 1 for a value; whole bytes, those beyond the last row 0.
    pub bits: Slice<'a, u8>,
    /// How many rows have no value; never 0.
    pub nulls: u64,
}

/// The mask of a column; none where each cell has a value, or where a column of its kind cannot be
/// without.
#[must_use]
pub fn mask(column: &Column<'_>) -> Option<Mask<'static>> {
    match column {
        Column::U32(values) | Column::Codes { codes: values, .. } => of(values, |n| n != NONE),
        Column::F64(values) => of(values, |n: f64| !n.is_nan()),
        Column::U8(_) | Column::I64(_) | Column::Texts(_) | Column::Lists { .. } => None,
    }
}

fn of<T: Copy>(values: &[T], is_there: impl Fn(T) -> bool) -> Option<Mask<'static>> {
    let nulls = values.iter().filter(|&&value| !is_there(value)).count() as u64;
    if nulls == 0 {
        return None;
    }
    let byte = |eight: &[T]| {
        let bits = (0..).zip(eight).map(|(bit, &value)| u8::from(is_there(value)) << bit);
        bits.fold(0, |byte: u8, bit| byte | bit)
    };
    Some(Mask { bits: values.chunks(8).map(byte).collect(), nulls })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_column_without_gaps_has_no_mask() {
        assert_eq!(mask(&Column::U32(vec![0, 1].into())), None);
        assert_eq!(mask(&Column::F64(vec![f64::INFINITY].into())), None);
        assert_eq!(mask(&Column::U8(vec![255].into())), None);
        assert_eq!(mask(&Column::U32(Slice::default())), None);
    }

    proptest! {
        #![proptest_config(crate::columns::any::tried())]

        #[test]
        fn a_mask_has_a_bit_for_each_row_the_lowest_first(
            values in proptest::collection::vec(prop_oneof![Just(NONE), 0_u32..3], 0..70)
        ) {
            let mask = mask(&Column::U32(values.clone().into()));
            let gaps = values.iter().filter(|&&value| value == NONE).count() as u64;
            let Some(mask) = mask else {
                prop_assert_eq!(gaps, 0);
                return Ok(());
            };
            prop_assert_eq!(mask.nulls, gaps);
            prop_assert_eq!(mask.bits.len(), values.len().div_ceil(8));
            for row in 0..mask.bits.len() * 8 {
                let bit = mask.bits[row / 8] >> (row % 8) & 1;
                let is_there = values.get(row).is_some_and(|&value| value != NONE);
                prop_assert_eq!(bit == 1, is_there, "row {}", row);
            }
        }
    }
}
