//! How does a reading come in when everything stands in the order in which it is asked for?
//!
//! A host of our version that promises sound cells lends tables and columns in just that order. Each
//! is then taken as it comes, and only its place is looked at: where it lies, how long it is, what
//! it is called, of which kind it is. Whatever is not as expected ends this way without a word: who
//! asked goes the longer one ([`Direct`](super::direct::Direct)), which says what is wrong.

use parallax_model::table::{Slice, Texts};

use super::whole;
use crate::abi::{
    AbiColumn, AbiString, AbiTable, KIND_CODES, KIND_F64, KIND_LISTS, KIND_TEXTS, KIND_U8,
    KIND_U32, lent_slice,
};
use crate::columns::Malformed;
use crate::columns::way::{Field, Need, Way};

/// The other side's tables, on the way into a reading.
pub(super) struct InTurn<'a> {
    /// The tables that were not asked for yet.
    tables: std::slice::Iter<'a, *const AbiTable>,
    /// The columns of the table that were not asked for yet.
    columns: std::slice::Iter<'a, *const AbiColumn>,
    /// How many rows the table has.
    rows: u64,
    /// Whether a column of the table was taken to be absent because another one stood there.
    passed_over: bool,
    /// Whether all was as expected so far.
    fits: bool,
}

impl<'a> InTurn<'a> {
    /// # Safety
    /// As [`receive`](super::receive), for each of the tables, and their cells are as `abi.rs` says
    /// of the promise.
    pub(super) unsafe fn through(tables: &'a [*const AbiTable]) -> Self {
        let (tables, columns) = (tables.iter(), [].iter());
        Self { tables, columns, rows: 0, passed_over: false, fits: true }
    }

    /// Whether everything was found, and nothing that was taken to be absent can be elsewhere.
    pub(super) fn fitted(&self) -> bool {
        self.fits && self.is_even()
    }

    /// Whether the table holds nothing that could be a column that was passed over. Each column that
    /// was taken has a name of its own, so none of those is another one's.
    fn is_even(&self) -> bool {
        !self.passed_over || self.columns.len() == 0
    }

    fn take_table(&mut self, name: &str) -> Option<()> {
        let &table = self.tables.next()?;
        // SAFETY: what `through` was promised, for the table, its name and its columns.
        let (table, columns) = unsafe {
            let table = whole(table).ok()?;
            if !is_called(table.name, name) {
                return None;
            }
            (table, lent_slice(table.columns, table.n_columns as usize)?)
        };
        (self.columns, self.rows) = (columns.iter(), table.n_rows);
        Some(())
    }

    /// The column of this name if it is next, `Some(None)` if it is absent and may be.
    #[inline]
    fn asked_for(&mut self, name: &str, need: Need) -> Option<Option<&'a AbiColumn>> {
        let column = match self.columns.as_slice().first() {
            // SAFETY: what `through` was promised, for the column.
            Some(&column) => unsafe { whole(column) }.ok()?,
            None => return (need == Need::Optional).then_some(None),
        };
        // SAFETY: as above, for its name.
        if !unsafe { is_called(column.name, name) } {
            self.passed_over = true;
            return (need == Need::Optional).then_some(None);
        }
        self.columns.next();
        (column.len == self.rows).then_some(Some(column))
    }

    #[inline]
    fn take(&mut self, name: &str, need: Need, field: Field<'_, 'a>) -> Option<()> {
        let Some(column) = self.asked_for(name, need)? else { return Some(()) };
        // SAFETY: what `through` was promised, for the cells of the column.
        unsafe { fill(field, column) }
    }
}

impl<'a> Way<'a> for InTurn<'a> {
    fn table(&mut self, name: &'static str) -> Result<(), Malformed> {
        self.fits = self.fits && self.is_even() && self.take_table(name).is_some();
        self.passed_over = false;
        Ok(())
    }

    #[inline]
    fn column(
        &mut self,
        name: &'static str,
        need: Need,
        field: Field<'_, 'a>,
    ) -> Result<(), Malformed> {
        self.fits = self.fits && self.take(name, need, field).is_some();
        Ok(())
    }
}

/// Puts a column where it belongs; `None` when it cannot.
///
/// # Safety
/// Its cells are as `abi.rs` says of the promise, and stand unchanged for `'a`.
#[inline]
unsafe fn fill<'a>(field: Field<'_, 'a>, column: &AbiColumn) -> Option<()> {
    // SAFETY: the caller's promise, for each kind that was looked for.
    unsafe {
        match field {
            Field::Name(to) => texts(column)?.get(0).clone_into(to),
            Field::Number(to) => {
                *to = numbers(column, KIND_U8)?.first().copied().unwrap_or(*to);
            }
            Field::Texts(to) => *to = texts(column)?,
            Field::U8(to) => *to = Slice::Borrowed(numbers(column, KIND_U8)?),
            Field::U32(to) => *to = Slice::Borrowed(numbers(column, KIND_U32)?),
            Field::F64(to) => *to = Slice::Borrowed(numbers(column, KIND_F64)?),
            Field::Codes(to, names) => {
                *to = Slice::Borrowed(numbers(column, KIND_CODES)?);
                *names = texts(labels(column)?)?;
            }
            Field::Rows(to, (_, ids)) => {
                *to = Slice::Borrowed(numbers(column, KIND_CODES)?);
                refers_to(column, ids)?;
            }
            Field::Lists(starts, to, (_, ids)) => {
                let offsets = offsets(column, KIND_LISTS)?;
                let codes = lent_slice(column.values.cast::<u32>(), last(offsets)?)?;
                (*starts, *to) = (Slice::Borrowed(offsets), Slice::Borrowed(codes));
                refers_to(column, ids)?;
            }
        }
    }
    Some(())
}

/// # Safety
/// As [`fill`], and every pattern of bits is a `T`, which is what the values of a column of this
/// kind are.
unsafe fn numbers<'a, T>(column: &AbiColumn, kind: u32) -> Option<&'a [T]> {
    if column.kind != kind {
        return None;
    }
    // SAFETY: the caller's promise.
    unsafe { lent_slice(column.values.cast::<T>(), usize::try_from(column.len).ok()?) }
}

/// # Safety
/// As [`fill`].
unsafe fn offsets<'a>(column: &AbiColumn, kind: u32) -> Option<&'a [i64]> {
    if column.kind != kind {
        return None;
    }
    match usize::try_from(column.len).ok()? {
        0 => Some(&[0]),
        // SAFETY: the caller's promise: one offset more than there are rows.
        rows => unsafe { lent_slice(column.offsets, rows.checked_add(1)?) },
    }
}

fn last(offsets: &[i64]) -> Option<usize> {
    offsets.last().and_then(|&last| usize::try_from(last).ok())
}

/// # Safety
/// As [`fill`].
unsafe fn texts<'a>(column: &AbiColumn) -> Option<Texts<'a>> {
    // SAFETY: the caller's promise: as many bytes as the last offset says, and they are UTF-8. Only
    // that is taken on trust: a text between offsets that lie is empty, and no more.
    unsafe {
        let offsets = offsets(column, KIND_TEXTS)?;
        let bytes = lent_slice(column.values.cast::<u8>(), last(offsets)?)?;
        Some(Texts::from_sound_parts(offsets, std::str::from_utf8_unchecked(bytes)))
    }
}

/// # Safety
/// As [`fill`].
unsafe fn labels(column: &AbiColumn) -> Option<&AbiColumn> {
    // SAFETY: the caller's promise for the dictionary.
    let labels = unsafe { whole(column.dictionary) }.ok()?;
    (labels.kind == KIND_TEXTS && labels.null_count == 0).then_some(labels)
}

/// Whether the labels of a column are as many as the table has rows that it refers to. What they are
/// is the sender's business: they are not kept.
///
/// # Safety
/// As [`fill`].
unsafe fn refers_to(column: &AbiColumn, ids: &Texts<'_>) -> Option<()> {
    // SAFETY: the caller's promise.
    let labels = unsafe { labels(column)? };
    (labels.len == ids.len() as u64).then_some(())
}

/// # Safety
/// The name is as `abi.rs` says.
unsafe fn is_called(own: AbiString, name: &str) -> bool {
    if own.len != name.len() {
        return false;
    }
    // SAFETY: the caller's promise.
    let bytes = unsafe { lent_slice(own.start.cast::<u8>(), own.len) };
    bytes == Some(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use parallax_model::Reading;
    use parallax_model::table::NONE;

    use super::*;
    use crate::abi::{AbiReading, PROMISE_SOUND, size_u32};
    use crate::columns::list::walk;
    use crate::columns::receive::direct::Direct;
    use crate::columns::receive::{receive_reading, tables as tables_of};
    use crate::columns::{Column, Lent, Table, any, lend_sound, tables};

    /// What came in this way, and whether it is what the longer way would find.
    fn in_turn<'a>(lent: &'a Lent<'_>) -> (Reading<'a>, bool) {
        // SAFETY: what is lent stands as long as the answer, and is sound.
        let (tables, _) = unsafe { tables_of(lent.reading()) }.expect("is whole");
        // SAFETY: as above.
        let mut in_turn = unsafe { InTurn::through(tables) };
        let mut reading = Reading::default();
        walk(&mut reading, &mut in_turn).expect("it never says what is wrong");
        (reading, in_turn.fitted())
    }

    /// Readings with every column that need not be there, with few of them, and with none.
    fn readings() -> [Reading<'static>; 3] {
        let mut some = any::full();
        some.codes.origins = Slice::default();
        some.participants.weights = vec![0.5, 2.0].into();
        [any::full().with_cells(), some, Reading::default()]
    }

    #[test]
    fn what_our_host_lends_comes_in_turn_and_as_on_the_longer_way() {
        for reading in readings() {
            let lent = lend_sound(tables(&reading).expect("is whole"));
            // SAFETY: what is lent stands until the end of the turn, and is sound.
            let (tables, cells) = unsafe { tables_of(lent.reading()) }.expect("is whole");
            // SAFETY: as above.
            let mut direct = unsafe { Direct::through(tables, cells) };
            let mut found = Reading::default();
            walk(&mut found, &mut direct).expect("is whole");
            assert_eq!(in_turn(&lent), (found, true));
        }
    }

    /// A table with something done to the names, order or kinds of its columns.
    type Change = fn(&mut Table<'static>);

    #[test]
    fn what_could_be_elsewhere_is_looked_for() {
        let newer = |rows| ("newer", Column::U8(vec![0; rows].into()));
        // Of what stands in each way, whether it comes in turn: behind all others a column of a
        // newer host does when none was passed over.
        let changes: [(Change, bool); 5] = [
            (|table| table.columns.reverse(), false),
            (|table| table.columns.rotate_left(1), false),
            (|table| table.columns.insert(3, ("newer", table.columns[2].1.clone())), false),
            (|table| table.columns.push(("origin", table.columns[3].1.clone())), true),
            (|table| table.columns.swap(6, 7), false),
        ];
        let reading = any::full();
        for (change, comes_in_turn) in changes {
            let mut changed = tables(&reading).expect("is whole");
            changed.iter_mut().filter(|table| table.name == "codes").for_each(change);
            let lent = lend_sound(changed);
            assert_eq!(in_turn(&lent).1, comes_in_turn);
            // SAFETY: what is lent stands until the end of the turn.
            assert_eq!(unsafe { receive_reading(lent.reading()) }.as_ref(), Ok(&reading));
        }
        // `weight` is passed over, and what is left behind the others could be it.
        let mut more = tables(&reading).expect("is whole");
        more.iter_mut().for_each(|table| table.columns.push(newer(table.rows)));
        let lent = lend_sound(more);
        assert!(!in_turn(&lent).1);
        // SAFETY: as above.
        assert_eq!(unsafe { receive_reading(lent.reading()) }, Ok(reading));
    }

    #[test]
    fn what_cannot_be_read_is_said_as_on_the_longer_way() {
        let said = |change: Change| {
            let mut changed = tables(&any::full()).expect("is whole");
            changed.iter_mut().filter(|table| table.name == "roles").for_each(change);
            let lent = lend_sound(changed);
            assert!(!in_turn(&lent).1);
            // SAFETY: what is lent stands until the end of the call.
            unsafe { receive_reading(lent.reading()) }.expect_err("is refused").to_string()
        };
        let of_roles = |column: &str, what: &str| {
            format!("column `{column}` of table `roles` cannot be read: {what}")
        };
        let missing = said(|table| drop(table.columns.remove(2)));
        assert_eq!(missing, of_roles("kind", "it is not there"));
        let other = said(|table| table.columns[0].1 = table.columns[2].1.clone());
        assert_eq!(other, of_roles("id", "it is of another kind than it should be"));
        let short = said(|table| table.columns[2].1 = Column::U8(vec![0].into()));
        assert_eq!(short, of_roles("kind", "it has 1 rows, the table 2"));
        let lost = said(|table| {
            let labels = ["S"].into_iter().collect();
            table.columns[3].1 = Column::Codes { codes: vec![NONE; 2].into(), labels, of: "roles" };
        });
        assert_eq!(lost, of_roles("within", "it refers to another table than it should"));
        let nameless = said(|table| table.name = "rollen");
        assert_eq!(nameless, "table `roles` cannot be read: it is not there");
    }

    #[test]
    fn a_struct_that_is_not_whole_ends_this_way() {
        let lost = [std::ptr::null::<AbiTable>()];
        let short = AbiTable {
            struct_size: 8,
            n_columns: 0,
            name: AbiString::lend("reading"),
            n_rows: 0,
            columns: std::ptr::null(),
        };
        for (tables, what) in
            [(lost, "a table lies nowhere"), ([std::ptr::from_ref(&short)], "a table is too short")]
        {
            let reading = AbiReading {
                struct_size: size_u32::<AbiReading>(),
                model_version: 1,
                n_tables: 1,
                promises: PROMISE_SOUND,
                tables: tables.as_ptr(),
            };
            // SAFETY: what is there stands until the end of the turn.
            let said = unsafe { receive_reading(&raw const reading) }.expect_err("is refused");
            assert_eq!(said.to_string(), format!("the reading cannot be read: {what}"));
        }
    }
}
