//! Is what is lent laid out exactly as Arrow's columnar format says?
//!
//! Its rules are checked here as its specification gives them; the crates that read it would take
//! longer to build than all of this program.

use parallax_model::table::NONE;
use proptest::prelude::*;

use super::*;
use crate::abi::lent_slice;
use crate::columns::any;
use crate::columns::{receive, receive_reading};

/// A column that was lent, and the lengths of its buffers as Arrow has them.
struct Laid<'l>(&'l AbiColumn);

impl<'l> Laid<'l> {
    fn rows(&self) -> usize {
        usize::try_from(self.0.len).expect("few")
    }

    /// So many values at an address, which must be there and aligned.
    fn buffer<T>(&self, start: *const T, len: usize) -> &'l [T] {
        // SAFETY: what was lent stands, and is as long as the format says: that is what Miri and
        // valgrind see here.
        unsafe { lent_slice(start, len) }.expect("lies somewhere, aligned")
    }

    fn values<T>(&self, len: usize) -> &'l [T] {
        self.buffer(self.0.values.cast(), len)
    }

    fn is_valid(&self, row: usize) -> bool {
        if self.0.validity.is_null() {
            return true;
        }
        self.buffer(self.0.validity, self.rows().div_ceil(8))[row / 8] >> (row % 8) & 1 == 1
    }

    fn offsets(&self) -> &'l [i64] {
        let offsets = self.buffer(self.0.offsets, self.rows() + 1);
        assert!(offsets[0] == 0 && offsets.is_sorted(), "offsets rise from 0");
        offsets
    }

    fn end(&self) -> usize {
        usize::try_from(*self.offsets().last().expect("one more than rows")).expect("few")
    }

    fn labels(&self) -> Laid<'l> {
        // SAFETY: a column with codes has a dictionary, which stands as long as what is lent.
        Laid(unsafe { self.0.dictionary.as_ref() }.expect("codes have a dictionary"))
    }

    /// Checks the rules of its type.
    fn check(&self) {
        let gaps: Vec<usize> = (0..self.rows()).filter(|&row| !self.is_valid(row)).collect();
        assert_eq!(self.0.null_count, gaps.len() as u64, "null_count");
        assert_eq!(self.0.validity.is_null(), gaps.is_empty(), "a bitmap only where it says more");
        match self.0.kind {
            KIND_U8 => drop(self.values::<u8>(self.rows())),
            KIND_I64 => drop(self.values::<i64>(self.rows())),
            KIND_U32 => {
                let values = self.values::<u32>(self.rows());
                assert!((0..self.rows()).all(|row| self.is_valid(row) == (values[row] != NONE)));
            }
            KIND_F64 => {
                let values = self.values::<f64>(self.rows());
                assert!((0..self.rows()).all(|row| self.is_valid(row) != values[row].is_nan()));
            }
            KIND_TEXTS => {
                let bytes = self.values::<u8>(self.end());
                for ends in self.offsets().windows(2) {
                    let [from, to] = [0, 1].map(|end| usize::try_from(ends[end]).expect("few"));
                    assert!(std::str::from_utf8(&bytes[from..to]).is_ok(), "each text is UTF-8");
                }
            }
            KIND_CODES => {
                let (codes, known) = (self.values::<u32>(self.rows()), self.labels().rows());
                let sound = |row: usize| match self.is_valid(row) {
                    true => (codes[row] as usize) < known,
                    false => codes[row] == NONE,
                };
                assert!((0..self.rows()).all(sound), "codes of rows with a value have a label");
                self.labels().check();
            }
            KIND_LISTS => {
                let known = self.labels().rows();
                let child = self.values::<u32>(self.end());
                assert!(child.iter().all(|&code| (code as usize) < known));
                self.labels().check();
            }
            other => panic!("no such kind: {other}"),
        }
    }
}

fn check(lent: &Lent<'_>) -> usize {
    let (columns, pointers, _) = &lent._columns;
    for (column, pointer) in columns.iter().zip(pointers) {
        assert_eq!(from_ref(column), *pointer, "the address stays");
        Laid(column).check();
    }
    columns.len()
}

#[test]
fn every_column_of_a_reading_is_one_of_arrows() {
    let lent = lend_sound(tables(&any::full().with_cells()).expect("is whole"));
    assert!(check(&lent) > 90);
    // A table without rows, and lists whose offsets nobody made.
    let nothing = lend_sound(tables(&Reading::default()).expect("is whole"));
    check(&nothing);
    assert!(nothing._columns.2.iter().all(Option::is_none));
}

/// Whether two columns are the same to the bit: a NaN is one whatever its bits are.
fn same(one: &Column<'_>, other: &Column<'_>) -> bool {
    match (one, other) {
        (Column::F64(one), Column::F64(other)) => {
            let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<u64>>();
            bits(one) == bits(other)
        }
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(any::tried())]

    #[test]
    fn whatever_is_lent_is_as_arrow_has_it_and_comes_back_uncopied(table in any::table()) {
        let sound = lend_sound(vec![table.clone()]);
        prop_assert_eq!(check(&sound), 7);
        for lent in [sound, lend_tables(vec![table.clone()])] {
            // SAFETY: what is lent stands until the end of the turn.
            let back = unsafe { receive(lent.reading()) }.expect("is sound");
            prop_assert_eq!(back[0].rows, table.rows);
            for ((_, column), (_, sent)) in back[0].columns.iter().zip(&table.columns) {
                prop_assert!(same(column, sent), "{column:?} is not {sent:?}");
                if let (Column::Codes { codes, .. }, Column::Codes { codes: own, .. }) = (column, sent) {
                    prop_assert!(codes.is_empty() || codes.as_ptr() == own.as_ptr());
                }
            }
        }
    }
}

#[test]
fn a_reading_whose_tables_stand_in_another_order_is_found_all_the_same() {
    let reading = any::full();
    let mut tables = tables(&reading).expect("is whole");
    tables.reverse();
    tables.iter_mut().for_each(|table| table.columns.reverse());
    let lent = lend_sound(tables);
    // SAFETY: what is lent stands until the end of the test.
    assert_eq!(unsafe { receive_reading(lent.reading()) }, Ok(reading));
}
