//! Is what the other side hands over taken as it is meant, and refused where it cannot be?

use std::ptr::{from_ref, null, without_provenance};

use parallax_model::table::{NONE, Slice};

use super::*;
use crate::abi::{
    AbiString, KIND_CODES, KIND_F64, KIND_I64, KIND_LISTS, KIND_TEXTS, KIND_U8, KIND_U32,
    MODEL_VERSION,
};
use crate::columns::{lend_sound, lend_tables};

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

/// The same as a table of findings has it: the column, and which rows are blank.
fn given(column: &AbiColumn) -> Result<(Column<'_>, Blanks<'_>), String> {
    let pointers = [from_ref(column)];
    let table = AbiTable {
        struct_size: size_u32::<AbiTable>(),
        n_columns: 1,
        name: AbiString::lend("t"),
        n_rows: column.len,
        columns: pointers.as_ptr(),
    };
    // SAFETY: as above.
    let given = unsafe { receive_blanks(&raw const table) }.map_err(|e| e.to_string())?;
    let (mut table, mut blanks) = given;
    let (_, column) = table.columns.pop().ok_or("no column")?;
    Ok((column, blanks.pop().ok_or("no blanks")?))
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
    let all = AbiColumn { null_count: 0, ..some };
    let miscounted = "its validity leaves out another number of rows than it says";
    assert_eq!(refused(&all), miscounted);
    assert_eq!(refused(&AbiColumn { null_count: 2, ..some }), miscounted);
    let beyond = [0b1111_1101_u8];
    let some = AbiColumn { validity: beyond.as_ptr(), ..some };
    let (_, blanks) = given(&some).expect("only the bits of rows count");
    assert_eq!([0, 1, 2].map(|row| blanks.has(row)), [false, true, false]);
}

#[test]
fn what_is_left_out_stands_as_none_where_a_kind_has_one_and_beside_it_where_not() {
    let bits = [0b10_u8];
    let left_out =
        |column: AbiColumn| AbiColumn { null_count: 1, validity: bits.as_ptr(), ..column };
    let decimals = left_out(column(KIND_F64, &[0.5_f64, 1.5]));
    let Ok(Column::F64(values)) = received(2, &decimals) else { panic!("is a column") };
    assert!(values[0].is_nan() && values[1] == 1.5);
    let offsets: &'static [i64; 3] = &[0, 1, 2];
    let texts = AbiColumn { offsets: offsets.as_ptr(), ..column(KIND_TEXTS, b"SL") };
    let expected = Column::Texts(["", "L"].into_iter().collect());
    assert_eq!(received(2, &left_out(texts)), Ok(expected));
    let lists = AbiColumn {
        dictionary: from_ref(&texts),
        offsets: offsets.as_ptr(),
        ..column(KIND_LISTS, &[0_u32, 1])
    };
    let others = [column(KIND_U8, &[1_u8, 2]), column(KIND_I64, &[1_i64, 2]), lists];
    for column in others.map(left_out) {
        assert_eq!(refused(&column), "bytes, wide numbers and lists cannot be left out");
        let (_, blanks) = given(&column).expect("a cell of a table can be blank");
        assert_eq!([0, 1].map(|row| blanks.has(row)), [true, false]);
    }
}

#[test]
fn codes_of_rows_that_are_left_out_can_be_anything() {
    let offsets: &'static [i64; 3] = &[0, 1, 2];
    let labels = AbiColumn { offsets: offsets.as_ptr(), ..column(KIND_TEXTS, b"SL") };
    let codes = AbiColumn {
        dictionary: from_ref(&labels),
        null_count: 1,
        validity: [0b01_u8].as_ptr(),
        ..column(KIND_CODES, &[1_u32, 77])
    };
    let Ok(Column::Codes { codes, .. }) = received(2, &codes) else { panic!("are codes") };
    assert_eq!(*codes, [1, NONE]);
}

#[test]
fn nothing_is_copied_where_what_is_left_out_has_no_value_already() {
    let values: &'static [u32; 2] = &[7, NONE];
    let bits = [0b01_u8];
    let some = AbiColumn { null_count: 1, validity: bits.as_ptr(), ..column(KIND_U32, values) };
    let Ok(Column::U32(Slice::Borrowed(same))) = received(2, &some) else { panic!("is copied") };
    assert_eq!(same.as_ptr(), values.as_ptr());
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
    let none = AbiColumn { values: [0, NONE].as_ptr().cast(), ..lists(&[0, 2, 2]) };
    assert_eq!(refused(&none), "its code 4294967295 is none of its 2 labels");
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

#[test]
fn what_is_promised_is_not_looked_at() {
    // Each of these is refused without the promise; none of it can be read past its end.
    let codes = Column::Codes {
        codes: vec![9, 0].into(),
        labels: ["S"].into_iter().collect(),
        of: "roles",
    };
    let lists = Column::Lists {
        offsets: vec![0, 2, 1].into(),
        codes: vec![7].into(),
        labels: ["S"].into_iter().collect(),
        of: "",
    };
    for (column, what) in
        [(codes, "its code 9 is none of its 1 labels"), (lists, "its offsets do not rise from 0")]
    {
        let table = Table { name: "t", rows: 2, columns: vec![("c", column.clone())] };
        let doubted = lend_tables(vec![table.clone()]);
        // SAFETY: what is lent stands until the end of the turn.
        let said = unsafe { receive(doubted.reading()) }.map(drop).expect_err("is refused");
        assert_eq!(said.to_string(), format!("column `c` of table `t` cannot be read: {what}"));
        let sound = lend_sound(vec![table]);
        // SAFETY: as above; the promise that does not hold is not about UTF-8.
        let taken = unsafe { receive(sound.reading()) }.expect("is taken");
        assert_eq!(taken[0].columns, [("c", column)]);
    }
}
