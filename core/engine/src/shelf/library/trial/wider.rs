//! What would a program of a later version lend: more tables, more columns, longer structs?

use std::ffi::c_void;
use std::ptr::{from_ref, null, without_provenance};

use parallax_plugin::abi::{
    AbiColumn, AbiReading, AbiString, AbiTable, KIND_I64, KIND_U32, size_u32,
};
use parallax_plugin::columns::Lent;

/// A struct of a later version: what is known of it, and what is not.
#[repr(C)]
struct Longer<T> {
    known: T,
    more: [u64; 3],
}

impl<T> Longer<T> {
    const SIZE: u32 = size_u32::<Self>();

    fn of(known: T) -> Self {
        Self { known, more: [0x5a5a_5a5a_5a5a_5a5a; 3] }
    }
}

/// A kind of column that no version knows yet.
const NEW_KIND: u32 = 90;
/// A name that no version has yet.
const NEW_NAME: AbiString = AbiString::lend("of-a-later-version");
/// Where nothing lies: only a reader that knows the kind knows what to do with it.
const NOWHERE: *const c_void = without_provenance(16);
/// A table that no version has yet.
const NEW_TABLE: AbiTable =
    AbiTable { struct_size: 0, n_columns: 0, name: NEW_NAME, n_rows: 4, columns: null() };
/// Numbers of a new column of a known kind.
static NUMBERS: [i64; 4] = [0; 4];

/// A reading of a later version: the columns of this one, and more.
pub(crate) struct Wider<'l> {
    reading: Box<Longer<AbiReading>>,
    // What `reading` points to, level by level; no vector changes once something points into it.
    _tables: (Vec<Longer<AbiTable>>, Vec<*const AbiTable>),
    _columns: Vec<Columns>,
    _zeros: Vec<u32>,
    _lent: &'l Lent<'static>,
}

impl<'l> Wider<'l> {
    /// The same tables with a table and columns that no version has yet, in longer structs.
    pub(crate) fn of(lent: &'l Lent<'static>) -> Self {
        // SAFETY: what this program lends is whole, and stands for as long as it is lent.
        let (reading, tables) = unsafe {
            let reading = *lent.reading();
            (reading, pointed_at(reading.tables, reading.n_tables))
        };
        let most = tables.iter().map(|table| table.n_rows).max().unwrap_or(0);
        let zeros = vec![0_u32; usize::try_from(most).unwrap_or(0)];
        let mut widened: Vec<(AbiTable, Columns)> = Vec::new();
        for table in &tables {
            // SAFETY: as above.
            let own = unsafe { pointed_at(table.columns, table.n_columns) };
            let rows = table.n_rows;
            let new = [
                AbiColumn { kind: NEW_KIND, values: NOWHERE, ..new_column(rows) },
                AbiColumn { kind: KIND_U32, values: zeros.as_ptr().cast(), ..new_column(rows) },
            ];
            widened.push((*table, Columns::of(own.into_iter().chain(new))));
        }
        let new = AbiColumn { kind: KIND_I64, values: NUMBERS.as_ptr().cast(), ..new_column(4) };
        widened.push((NEW_TABLE, Columns::of(std::iter::once(new))));
        let longer: Vec<Longer<AbiTable>> =
            widened.iter().map(|(table, columns)| Longer::of(columns.in_table(*table))).collect();
        let table_pointers: Vec<*const AbiTable> =
            longer.iter().map(|table| from_ref(table).cast()).collect();
        let reading = AbiReading {
            struct_size: Longer::<AbiReading>::SIZE,
            n_tables: u32::try_from(table_pointers.len()).unwrap_or(0),
            tables: table_pointers.as_ptr(),
            ..reading
        };
        Self {
            reading: Box::new(Longer::of(reading)),
            _tables: (longer, table_pointers),
            _columns: widened.into_iter().map(|(_, columns)| columns).collect(),
            _zeros: zeros,
            _lent: lent,
        }
    }

    /// The tables, for the other side.
    pub(crate) fn reading(&self) -> *const AbiReading {
        from_ref(&*self.reading).cast()
    }
}

fn new_column(rows: u64) -> AbiColumn {
    AbiColumn {
        struct_size: 0,
        kind: NEW_KIND,
        name: NEW_NAME,
        len: rows,
        null_count: 0,
        validity: null(),
        values: null(),
        offsets: null(),
        dictionary: null(),
    }
}

/// Columns in longer structs, and where each lies.
struct Columns {
    _longer: Vec<Longer<AbiColumn>>,
    pointers: Vec<*const AbiColumn>,
}

impl Columns {
    fn of(columns: impl Iterator<Item = AbiColumn>) -> Self {
        let struct_size = Longer::<AbiColumn>::SIZE;
        let longer: Vec<_> =
            columns.map(|column| Longer::of(AbiColumn { struct_size, ..column })).collect();
        let pointers = longer.iter().map(|column| from_ref(column).cast()).collect();
        Self { _longer: longer, pointers }
    }

    /// The same table with these columns.
    fn in_table(&self, table: AbiTable) -> AbiTable {
        AbiTable {
            struct_size: Longer::<AbiTable>::SIZE,
            n_columns: u32::try_from(self.pointers.len()).unwrap_or(0),
            columns: self.pointers.as_ptr(),
            ..table
        }
    }
}

/// # Safety
/// `count` pointers live there, each to a whole struct.
unsafe fn pointed_at<T: Copy>(pointers: *const *const T, count: u32) -> Vec<T> {
    // SAFETY: the caller's promise.
    (0..count as usize).map(|at| unsafe { **pointers.add(at) }).collect()
}

#[cfg(test)]
mod tests {
    use parallax_model::Reading;
    use parallax_plugin::columns::{lend, reading, receive};

    use super::*;

    #[test]
    fn who_skips_what_is_not_known_reads_the_same_study() {
        let mut small = Reading { mapping: "m".into(), ..Reading::default() };
        small.roles.ids = ["S"].into_iter().collect();
        small.roles.labels = ["one"].into_iter().collect();
        small.roles.kinds = vec![0].into();
        small.roles.within = vec![0].into();
        small.sources.speaker_offsets = vec![0].into();
        small.excerpts.code_offsets = vec![0].into();
        small.constraints.member_offsets = vec![0].into();
        small.claims.code_offsets = vec![0].into();
        small.codes.incompatible_offsets = vec![0].into();
        let lent = lend(small.clone()).expect("is whole");
        let wider = Wider::of(&lent);
        // SAFETY: what is lent stands until the end of the test.
        let tables = unsafe { receive(wider.reading()) }.expect("can be read");
        let new = "of-a-later-version";
        assert_eq!(tables.last().map(|table| table.name), Some(new));
        assert!(tables.iter().all(|table| table.columns.iter().any(|(name, _)| *name == new)));
        assert_eq!(reading(&tables), Ok(small));
    }
}
