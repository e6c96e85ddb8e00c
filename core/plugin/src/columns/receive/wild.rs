//! Can anything be handed over that makes this side panic, or read where nothing is?
//!
//! Everything that a struct says may lie, but for what nobody can check: where an address is given,
//! the bytes that are asked for live. Here there are always enough of them.

use std::ffi::c_char;
use std::ptr::{from_ref, null};

use proptest::prelude::*;

use super::*;
use crate::abi::{AbiString, MODEL_VERSION, PROMISE_SOUND};
use crate::columns::{any, lend_sound, reading, tables};

/// Bytes enough for any column that is drawn: 16 rows of 8 bytes, 4 for each of 60 in lists.
#[repr(align(8))]
#[derive(Debug)]
struct Pool([u8; 256]);

/// Where something is said to lie.
#[derive(Clone, Copy, Debug)]
enum At {
    Null,
    Misaligned,
    Here,
}

fn at() -> impl Strategy<Value = At> {
    prop_oneof![1 => Just(At::Null), 1 => Just(At::Misaligned), 8 => Just(At::Here)]
}

impl At {
    fn of<T>(self, here: *const T) -> *const T {
        match self {
            Self::Null => null(),
            // For bytes it is as good a place as another, and nothing else may be read there.
            Self::Misaligned => here.wrapping_byte_add(1),
            Self::Here => here,
        }
    }
}

/// A struct's size as it may be said.
fn size<T>() -> impl Strategy<Value = u32> {
    let whole = size_u32::<T>();
    prop_oneof![6 => Just(whole), 1 => Just(whole + 8), 1 => Just(0), 1 => Just(whole - 1)]
}

/// What one column says of itself.
#[derive(Clone, Debug)]
struct Said {
    struct_size: u32,
    kind: u32,
    len: u64,
    null_count: u64,
    at: [At; 4],
    name: At,
}

fn said() -> impl Strategy<Value = Said> {
    let len = prop_oneof![8 => 0_u64..16, 1 => Just(u64::MAX), 1 => Just(1 << 63)];
    let parts = (size::<AbiColumn>(), 0_u32..9, len, 0_u64..5, [at(), at(), at(), at()], at());
    parts.prop_map(|(struct_size, kind, len, null_count, at, name)| Said {
        struct_size,
        kind,
        len,
        null_count,
        at,
        name,
    })
}

/// What several columns share: values, offsets and bits.
#[derive(Debug)]
struct Memory {
    values: Pool,
    bits: Pool,
    offsets: [i64; 17],
}

/// Values below `below`: with 128 every text is UTF-8, as a host that promises it must see to.
fn memory(below: u16) -> impl Strategy<Value = Memory> {
    let bytes = || proptest::collection::vec((0..below).prop_map(|byte| byte as u8), 256);
    let offset = prop_oneof![1 => -3_i64..60, 3 => 0_i64..3];
    let offsets = (proptest::collection::vec(offset, 17), 0..4).prop_map(|(mut offsets, how)| {
        if how > 0 {
            // Mostly rising, or nothing would ever be taken.
            offsets.sort_unstable();
            offsets.iter_mut().for_each(|offset| *offset = (*offset).max(0));
            offsets[0] = 0;
        }
        <[i64; 17]>::try_from(offsets).expect("as many")
    });
    let pool = |bytes: Vec<u8>| Pool(bytes.try_into().expect("as many"));
    (bytes(), proptest::collection::vec(any::<u8>(), 256), offsets).prop_map(
        move |(values, bits, offsets)| Memory { values: pool(values), bits: pool(bits), offsets },
    )
}

fn column(said: &Said, memory: &Memory, dictionary: *const AbiColumn) -> AbiColumn {
    let [validity, values, offsets, labels] = said.at;
    let name: *const c_char = said.name.of(memory.values.0.as_ptr().cast());
    AbiColumn {
        struct_size: said.struct_size,
        kind: said.kind,
        name: AbiString { start: name, len: 3 },
        len: said.len,
        null_count: said.null_count,
        validity: validity.of(memory.bits.0.as_ptr()),
        values: values.of(memory.values.0.as_ptr().cast::<f64>()).cast(),
        offsets: offsets.of(memory.offsets.as_ptr()),
        dictionary: labels.of(dictionary),
    }
}

/// Reads every cell of a column as an analysis would.
fn read_all(column: &Column<'_>) {
    for row in 0..column.len() {
        match column {
            Column::Texts(texts) => assert!(texts.get(row).len() <= 256),
            Column::Codes { codes, labels, .. } => assert!(labels.of(codes[row]).len() <= 256),
            Column::Lists { offsets, codes, labels, .. } => {
                let [from, to] = [offsets[row], offsets[row + 1]].map(usize::try_from);
                let list = from.ok().zip(to.ok()).and_then(|(from, to)| codes.get(from..to));
                for &code in list.unwrap_or(&[]) {
                    assert!(labels.of(code).len() <= 256);
                }
            }
            Column::U8(_) | Column::U32(_) | Column::I64(_) | Column::F64(_) => {}
        }
    }
}

/// One table with these columns, and a reading with this table alone.
fn received(columns: &[AbiColumn], rows: u64, promises: u32) -> Result<usize, Malformed> {
    let columns: Vec<*const AbiColumn> = columns.iter().map(from_ref).collect();
    let table = AbiTable {
        struct_size: size_u32::<AbiTable>(),
        n_columns: u32::try_from(columns.len()).expect("few"),
        name: AbiString::lend("t"),
        n_rows: rows,
        columns: columns.as_ptr(),
    };
    if promises == 0 {
        // SAFETY: wherever an address is given, there are bytes enough, and they stand.
        if let Ok((table, blanks)) = unsafe { receive_blanks(&raw const table) } {
            table.columns.iter().for_each(|(_, column)| read_all(column));
            assert!(blanks.iter().all(|blanks| !blanks.has(4096)));
        }
    }
    let pointers = [from_ref(&table)];
    let reading = AbiReading {
        struct_size: size_u32::<AbiReading>(),
        model_version: MODEL_VERSION,
        n_tables: 1,
        promises,
        tables: pointers.as_ptr(),
    };
    // SAFETY: as above; where it is promised, each byte is one of UTF-8.
    let tables = unsafe { receive(&raw const reading)? };
    tables[0].columns.iter().for_each(|(_, column)| read_all(column));
    Ok(tables[0].columns.len())
}

proptest! {
    #![proptest_config(any::tried())]

    #[test]
    fn nothing_that_is_said_of_a_column_makes_a_panic(
        columns in proptest::collection::vec((said(), said()), 1..4),
        memory in memory(256),
        ascii in memory(128),
    ) {
        for (memory, promises) in [(&memory, 0), (&ascii, 0), (&ascii, PROMISE_SOUND)] {
            let labels: Vec<AbiColumn> =
                columns.iter().map(|(_, labels)| column(labels, memory, null())).collect();
            let own: Vec<AbiColumn> = columns.iter().zip(&labels)
                .map(|((said, _), labels)| column(said, memory, labels)).collect();
            let rows = own[0].len;
            let _ = received(&own, rows, promises);
        }
    }

    #[test]
    fn a_reading_with_one_column_that_lies_is_taken_as_it_is_or_not_at_all(
        place in any::<prop::sample::Index>(),
        said in said(),
        memory in memory(128),
        keeps in any::<[bool; 3]>(),
        promised in any::<bool>(),
    ) {
        let lent = lend_sound(tables(&any::full()).expect("is whole"));
        // SAFETY: what was lent stands, and is whole.
        let (sound, lent_tables) = unsafe {
            let sound = &*lent.reading();
            (sound, std::slice::from_raw_parts(sound.tables, sound.n_tables as usize))
        };
        // SAFETY: as above.
        let mut copied: Vec<AbiTable> = lent_tables.iter().map(|&table| unsafe { *table }).collect();
        let table = place.index(copied.len());
        // SAFETY: as above.
        let mut columns = unsafe {
            std::slice::from_raw_parts(copied[table].columns, copied[table].n_columns as usize)
        }.to_vec();
        let at = place.index(columns.len());
        // SAFETY: as above.
        let original = unsafe { *columns[at] };
        let mut lying = column(&said, &memory, original.dictionary);
        lying.name = original.name;
        let [kind, len, size] = keeps;
        if kind { lying.kind = original.kind; }
        if len { lying.len = original.len; }
        if size { lying.struct_size = original.struct_size; }
        columns[at] = &raw const lying;
        copied[table].columns = columns.as_ptr();
        let pointers: Vec<*const AbiTable> = copied.iter().map(from_ref).collect();
        let promises = if promised { PROMISE_SOUND } else { 0 };
        let reading_of_lies = AbiReading { promises, tables: pointers.as_ptr(), ..*sound };
        // SAFETY: wherever an address is given, there are bytes enough, each one of UTF-8.
        let (at_once, in_steps) = unsafe {
            (receive_reading(&raw const reading_of_lies), receive(&raw const reading_of_lies))
        };
        if let Ok(in_steps) = in_steps.and_then(|tables| reading(&tables)) {
            // A NaN is no other NaN: what is shown of both is compared.
            prop_assert_eq!(format!("{:?}", at_once), format!("{:?}", Ok::<_, Malformed>(in_steps)));
        }
    }
}
