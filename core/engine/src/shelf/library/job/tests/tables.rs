//! Does a table that a plugin hands over become one of its finding, blank where it says so?

use std::ptr::from_ref;

use parallax_model::table::NONE;
use parallax_plugin::abi::{AbiColumn, AbiTable};
use parallax_plugin::columns::{Column, Table, lend_sound, lend_tables};

use super::*;

const FINDING: &str =
    r#"[{"about": "a", "template": "t", "basis": {"kind": "none", "reason": "r"}}]"#;

/// Hands over tables as a plugin lays them out, with the first bit of each column's validity 0 where
/// that is asked for, and a finding about `a`.
unsafe fn hand(job: &AbiJob, about: AbiString, tables: Vec<Table<'_>>, blank: bool) -> i32 {
    let lent = lend_tables(tables);
    let bits = [0b10_u8];
    // SAFETY: what is lent stands until the end of the call.
    unsafe {
        let reading = &*lent.reading();
        for at in 0..reading.n_tables as usize {
            let table = **reading.tables.add(at);
            let columns = (0..table.n_columns as usize).map(|at| **table.columns.add(at));
            let columns: Vec<AbiColumn> = columns
                .map(|column| match blank {
                    true => AbiColumn { null_count: 1, validity: bits.as_ptr(), ..column },
                    false => column,
                })
                .collect();
            let pointers: Vec<*const AbiColumn> = columns.iter().map(from_ref).collect();
            let table = AbiTable { columns: pointers.as_ptr(), ..table };
            let status = job.table.map_or(-9, |give| give(job, about, &raw const table));
            if status != STATUS_OK {
                // It goes on as if nothing had been said: it is refused all the same.
                break;
            }
        }
        give(job, AbiString::lend(FINDING))
    }
}

fn labels() -> parallax_model::table::Texts<'static> {
    ["P", "Q"].into_iter().collect()
}

/// Two rows of each kind; the second row has a value everywhere.
fn every_kind() -> Table<'static> {
    let codes = |of| Column::Codes { codes: vec![NONE, 1].into(), labels: labels(), of };
    let columns = vec![
        ("small", Column::U8(vec![1, 2].into())),
        ("number", Column::U32(vec![NONE, 3].into())),
        ("wide", Column::I64(vec![-4, i64::MAX].into())),
        ("share", Column::F64(vec![f64::NAN, 0.25].into())),
        ("codes/P", codes("codes")),
        ("roles/S", codes("roles")),
        ("", codes("words")),
        ("text", Column::Texts(["", "as it is"].into_iter().collect())),
        (
            "several",
            Column::Lists {
                offsets: vec![0, 0, 2].into(),
                codes: vec![1, 0].into(),
                labels: labels(),
                of: "codes",
            },
        ),
    ];
    Table { name: "counts", rows: 2, columns }
}

fn shown(outcome: &Outcome) -> String {
    let Outcome::Found(findings) = outcome else { return format!("{outcome:?}") };
    let tables = findings.iter().flat_map(|finding| &finding.tables);
    let rows = tables.flat_map(|table| {
        let head =
            format!("{}: {}", table.name, serde_json::to_string(&table.columns).expect("JSON"));
        let rows = table.rows.iter().map(|row| serde_json::to_string(row).expect("JSON"));
        std::iter::once(head).chain(rows).collect::<Vec<String>>()
    });
    rows.collect::<Vec<String>>().join("\n")
}

#[test]
fn a_table_of_every_kind_comes_through_with_its_blanks() {
    let plain = ran!(|job| hand(job, AbiString::lend("a"), vec![every_kind()], false));
    insta::assert_snapshot!(shown(&plain), @r#"
    counts: [{"word":"small"},{"word":"number"},{"word":"wide"},{"word":"share"},{"code":"P"},{"role":"S"},{"text":""},{"word":"text"},{"word":"several"}]
    [{"number":{"kind":"count","value":1}},{"text":""},{"number":{"kind":"count","value":-4}},{"text":""},{"text":""},{"text":""},{"text":""},{"text":""},{"names":[]}]
    [{"number":{"kind":"count","value":2}},{"number":{"kind":"count","value":3}},{"number":{"kind":"count","value":9223372036854775807}},{"number":{"kind":"decimal","value":0.25,"rule":"share"}},{"code":"Q"},{"role":"Q"},{"word":"Q"},{"text":"as it is"},{"names":["Q","P"]}]
    "#);
    let blank = ran!(|job| hand(job, AbiString::lend("a"), vec![every_kind()], true));
    let rows = shown(&blank);
    let first = rows.lines().nth(1).expect("has rows");
    let empty = r#"{"text":""}"#;
    assert_eq!(
        first,
        format!("[{}]", [empty; 9].join(",")),
        "a value of each kind can be left out"
    );
    assert_eq!(rows.lines().last(), shown(&plain).lines().last(), "the others stay");
}

#[test]
fn what_a_library_was_lent_can_be_handed_back() {
    let outcome = ran!(|job| {
        let lent = lend_sound(vec![every_kind()]);
        let table = *(*lent.reading()).tables;
        let _ = job.table.map_or(-9, |give| give(job, AbiString::lend("a"), table));
        give(job, AbiString::lend(FINDING))
    });
    let plain = ran!(|job| hand(job, AbiString::lend("a"), vec![every_kind()], false));
    assert_eq!(outcome, plain);
}

#[test]
fn a_table_that_cannot_be_taken_is_said_to_be_one() {
    let said = [
        ran!(|job| hand(job, AbiString::lend("b"), vec![every_kind()], false)),
        ran!(|job| hand(job, AbiString { start: null(), len: 1 }, vec![every_kind()], false)),
        ran!(|job| {
            let _ = job.table.map_or(-9, |give| give(job, AbiString::lend("a"), null()));
            give(job, AbiString::lend(FINDING))
        }),
        ran!(|job| {
            let columns = vec![("n", Column::U8(vec![0; 99].into()))];
            hand(job, AbiString::lend("a"), vec![Table { name: "t", rows: 99, columns }], false)
        }),
        ran!(|job| {
            let columns = vec![("n", Column::U8(vec![0; 20].into()))];
            let table = Table { name: "t", rows: 20, columns };
            hand(job, AbiString::lend("a"), vec![table.clone(), table.clone(), table], false)
        }),
        ran!(|job| {
            let columns = vec![("n", Column::U8(vec![0; 3].into()))];
            hand(job, AbiString::lend("a"), vec![Table { name: "t", rows: 2, columns }], false)
        }),
        // Nothing is made of rows without columns, however many there are said to be.
        ran!(|job| {
            let endless = Table { name: "t", rows: usize::MAX / 2, columns: Vec::new() };
            hand(job, AbiString::lend("a"), vec![endless], false)
        }),
        // Few cells, each with a long label.
        ran!(|job| {
            let label = "x".repeat(500);
            let labels: parallax_model::table::Texts<'_> =
                std::iter::once(label.as_str()).collect();
            let column = Column::Codes { codes: vec![0; 5].into(), labels, of: "" };
            let table = Table { name: "t", rows: 5, columns: vec![("n", column)] };
            hand(job, AbiString::lend("a"), vec![table], false)
        }),
    ];
    let said: Vec<String> = said.iter().map(|outcome| format!("{outcome:?}")).collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    Failed("it handed over a table about `b`, and no finding about it")
    Failed("it handed over a text that is no UTF-8")
    Failed("it handed over a table that cannot be read: a table lies nowhere")
    Failed("it handed over a table of 99 rows and 1 columns, which is too large")
    Failed("it handed over more than the 2000 bytes there is room for")
    Failed("column `n` of a table that it handed over cannot be read: it has 3 rows, the table 2")
    Failed("it handed over a table of 9223372036854775807 rows and 0 columns, which is too large")
    Failed("it handed over a table of 5 rows and 1 columns, which is too large")
    "#);
    let Outcome::Found(findings) = ran!(|job| {
        let empty = Table { name: "t", rows: 0, columns: Vec::new() };
        hand(job, AbiString::lend("a"), vec![empty], false)
    }) else {
        panic!("an empty table is a table")
    };
    assert_eq!(findings[0].tables.len(), 1);
}
