//! How does each column of statements as read become a column of numbers?
//!
//! Optional columns that are blank throughout become empty slices.

use std::cell::OnceCell;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as WordError;

use super::{Context, at};
use crate::problem::{Kind, Problem, Spot};
use crate::reading::ByCode;
use crate::row::{MoralOrder, Strength};
use crate::study::gather::Gathered;
use crate::table::{Column, NONE, Texts};
use crate::tables::Bearer;

/// Looks up each value of a coded column once and gives each row what was found for its value.
///
/// A blank column is an empty one. `look_up` gets the value and a way to find the first cell that has it.
pub(super) fn coded(
    column: &Column,
    rows: usize,
    name: &'static str,
    gathered: &mut Gathered,
    mut look_up: impl FnMut(&str, &dyn Fn() -> Spot, &mut Gathered) -> u32,
) -> Vec<u32> {
    let Column::Coded { codes, names } = column else { return Vec::new() };
    let mut found = Vec::with_capacity(names.len());
    // Rows are searched only when a value has a problem, and then once for all values.
    let rows_by_value = OnceCell::new();
    let rows_of = |code: u32| {
        let all = rows_by_value.get_or_init(|| ByCode::grouped(codes, names.len()));
        all.rows(code).iter().map(|&row| at(row as usize, name))
    };
    for (code, value) in (0_u32..).zip(names.iter()) {
        let first = || rows_of(code).next().unwrap_or_else(|| at(0, name));
        let before = gathered.len();
        found.push(look_up(value, &first, gathered));
        if gathered.len() > before {
            gathered.more_spots(rows_of(code).skip(1));
        }
    }
    debug_assert_eq!(codes.len(), rows);
    codes.iter().map(|&code| found.get(code as usize).copied().unwrap_or(NONE)).collect()
}

/// A column of a closed vocabulary as numbers; blank cells are `blank`.
pub(super) fn enumerated<E: for<'de> Deserialize<'de>>(
    column: &Column,
    rows: usize,
    blank: u8,
    name: &'static str,
    gathered: &mut Gathered,
    number: impl Fn(E) -> u8,
) -> Vec<u8> {
    if matches!(column, Column::Absent) {
        return vec![blank; rows];
    }
    let numbers = coded(column, rows, name, gathered, |word, spot, gathered| {
        let known: Result<E, WordError> = E::deserialize(word.into_deserializer());
        known.map_or_else(
            |_| {
                let message = format!("`{word}` is not a known {name}");
                gathered.add(Problem::new(Kind::NotAllowed, spot(), message).label("not allowed"));
                blank.into()
            },
            |known| number(known).into(),
        )
    });
    numbers.into_iter().map(|number| u8::try_from(number).unwrap_or(blank)).collect()
}

/// Kinds and rows of bearers; empty when the column is blank.
pub(super) fn bearers(
    column: &Column,
    rows: usize,
    name: &'static str,
    context: &Context<'_>,
    gathered: &mut Gathered,
) -> (Vec<u8>, Vec<u32>) {
    let mut found: Vec<Bearer> = Vec::new();
    let indexes = coded(column, rows, name, gathered, |written, spot, gathered| {
        found.push(context.bearer(written, spot, gathered));
        u32::try_from(found.len() - 1).unwrap_or(NONE)
    });
    let columns = indexes
        .into_iter()
        .map(|index| found.get(index as usize).copied().unwrap_or(Bearer::Nobody).to_columns());
    columns.unzip()
}

/// Perspectives as numbers; empty when all are 0.
pub(super) fn perspectives(column: &Column, rows: usize, gathered: &mut Gathered) -> Vec<u8> {
    let numbers = coded(column, rows, "perspective", gathered, |word, spot, gathered| match word {
        "0" | "1" | "2" => u32::from(word.as_bytes()[0] - b'0'),
        _ => {
            let message = format!("`{word}` is not a known perspective");
            let problem = Problem::new(Kind::NotAllowed, spot(), message);
            gathered.add(problem.label("use one of: 0, 1, 2"));
            0
        }
    });
    numbers.into_iter().map(|number| u8::try_from(number).unwrap_or(0)).collect()
}

/// Strengths of evidence as numbers.
pub(super) fn strengths(column: &Column, rows: usize, gathered: &mut Gathered) -> Vec<u8> {
    let blank = Strength::default() as u8;
    enumerated(column, rows, blank, "evidence", gathered, |strength: Strength| strength as u8)
}

/// Moral orders as numbers, 255 where blank; empty when the column is.
pub(super) fn moral_orders(column: &Column, rows: usize, gathered: &mut Gathered) -> Vec<u8> {
    if matches!(column, Column::Absent) {
        return Vec::new();
    }
    enumerated(column, rows, u8::MAX, "moral_order", gathered, |order: MoralOrder| order as u8)
}

/// Answers on a scale, NaN where blank; empty when the column is.
pub(super) fn decimals(column: &Column, rows: usize, gathered: &mut Gathered) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    let indexes = coded(column, rows, "value", gathered, |word, spot, gathered| {
        found.push(word.replace(',', ".").parse().unwrap_or_else(|_| {
            gathered.add(not_a_number(spot(), "value"));
            f64::NAN
        }));
        u32::try_from(found.len() - 1).unwrap_or(NONE)
    });
    indexes
        .into_iter()
        .map(|index| found.get(index as usize).copied().unwrap_or(f64::NAN))
        .collect()
}

/// Whole numbers from 0, [`NONE`] where blank; empty when the column is.
pub(super) fn numbers(
    column: &Column,
    rows: usize,
    name: &'static str,
    gathered: &mut Gathered,
) -> Vec<u32> {
    if matches!(column, Column::Absent) {
        return Vec::new();
    }
    (0..rows)
        .map(|row| match column.get(row) {
            "" => NONE,
            word => word.parse().unwrap_or_else(|_| {
                gathered.add(not_a_number(at(row, name), name));
                NONE
            }),
        })
        .collect()
}

fn not_a_number(spot: Spot, name: &str) -> Problem {
    Problem::new(Kind::WrongType, spot, format!("`{name}` must be a number"))
        .label("this is no number")
}

/// Names and a code for each row; both empty when the column is blank.
pub(super) fn names(column: Column, rows: usize) -> (Vec<u32>, Texts<'static>) {
    match column {
        Column::Absent => (Vec::new(), Texts::default()),
        Column::Coded { codes, names } => (codes, names.into_texts()),
        Column::Plain(texts) => names(Column::coded((0..rows).map(|row| texts.get(row))), rows),
    }
}

/// A text for each row; no texts at all when the column is blank.
pub(super) fn texts(column: Column, rows: usize) -> Texts<'static> {
    match column {
        Column::Absent => Texts::default(),
        Column::Plain(texts) => texts,
        coded @ Column::Coded { .. } => (0..rows).map(|row| coded.get(row)).collect(),
    }
}
