//! What does a table mean that a plugin hands over in columns?

use parallax_model::table::{NONE, Texts};
use parallax_model::{Number, Table, Value};
use parallax_plugin::abi::AbiTable;
use parallax_plugin::columns::{Column, receive_blanks};

/// A table as a finding has it, and how many bytes it takes, unless that is more than `room`.
///
/// # Errors
/// What cannot be read, or that it is too large.
///
/// # Safety
/// As the interface says of a table that is lent for the call.
pub(super) unsafe fn taken(table: *const AbiTable, room: usize) -> Result<(Table, usize), String> {
    // SAFETY: the caller's promise.
    let (lent, blanks) =
        unsafe { receive_blanks(table) }.map_err(|malformed| malformed.handed_over())?;
    // Before anything is made of it: a table can say that it has more rows than there is memory.
    let row = lent.columns.len().saturating_mul(size_of::<Value>()) + size_of::<Vec<Value>>();
    let texts = lent.columns.iter().map(|(name, column)| text_bytes(name, column));
    let bytes = texts.fold(lent.rows.saturating_mul(row), usize::saturating_add);
    if bytes > room {
        let (rows, columns) = (lent.rows, lent.columns.len());
        return Err(format!(
            "it handed over a table of {rows} rows and {columns} columns, which is too large"
        ));
    }
    let heads: Vec<Value> = lent.columns.iter().map(|(name, _)| named(name)).collect();
    let mut rows = vec![Vec::with_capacity(heads.len()); lent.rows];
    for ((name, column), blanks) in lent.columns.iter().zip(&blanks) {
        for (at, row) in rows.iter_mut().enumerate() {
            row.push(if blanks.has(at) { blank() } else { cell(name, column, at) });
        }
    }
    Ok((Table { name: lent.name.to_owned(), columns: heads, rows }, bytes))
}

/// How many bytes the texts of a column's cells take, each written out where it stands.
fn text_bytes(name: &str, column: &Column<'_>) -> usize {
    let labelled = |codes: &[u32], labels: &Texts<'_>| {
        codes.iter().map(|&code| labels.of(code).len()).fold(0, usize::saturating_add)
    };
    match column {
        Column::U8(_) | Column::U32(_) | Column::I64(_) => 0,
        // Each number names its rule, which is the name of its column.
        Column::F64(values) => values.len().saturating_mul(name.len()),
        Column::Texts(texts) => texts.buffer().len(),
        Column::Codes { codes, labels, .. } => labelled(codes, labels),
        Column::Lists { codes, labels, .. } => {
            labelled(codes, labels).saturating_add(codes.len().saturating_mul(size_of::<String>()))
        }
    }
}

/// What stands above a column: a word of the manifest, or something of the study as `table/id`.
fn named(name: &str) -> Value {
    match name.split_once('/') {
        Some((table, id)) => of(table, id),
        None if name.is_empty() => Value::Text(String::new()),
        None => Value::Word(name.to_owned()),
    }
}

/// Something with an id, by the table that it is in.
fn of(table: &str, id: &str) -> Value {
    let id = id.to_owned();
    match table {
        "codes" => Value::Code(id),
        "roles" => Value::Role(id),
        "cases" => Value::Case(id),
        "participants" => Value::Participant(id),
        "sources" => Value::Source(id),
        "words" => Value::Word(id),
        _ => Value::Text(id),
    }
}

/// A cell without a value.
fn blank() -> Value {
    Value::Text(String::new())
}

fn cell(name: &str, column: &Column<'_>, at: usize) -> Value {
    let whole = |value: i64| Value::Number(Number::Count { value });
    match column {
        Column::U8(values) => whole(values[at].into()),
        Column::U32(values) if values[at] == NONE => blank(),
        Column::U32(values) => whole(values[at].into()),
        Column::I64(values) => whole(values[at]),
        Column::F64(values) if !values[at].is_finite() => blank(),
        Column::F64(values) => Value::Number(Number::decimal(values[at], name)),
        Column::Codes { codes, .. } if codes[at] == NONE => blank(),
        Column::Codes { codes, labels, of: table } => of(table, labels.of(codes[at])),
        Column::Texts(texts) => Value::Text(texts.get(at).to_owned()),
        Column::Lists { offsets, codes, labels, .. } => {
            Value::Names(listed(offsets, codes, labels, at))
        }
    }
}

fn listed(offsets: &[i64], codes: &[u32], labels: &Texts<'_>, at: usize) -> Vec<String> {
    let [from, to] =
        [offsets[at], offsets[at + 1]].map(|offset| usize::try_from(offset).unwrap_or(0));
    codes.get(from..to).unwrap_or(&[]).iter().map(|&code| labels.of(code).to_owned()).collect()
}
