//! Which statements does an expression such as `col("modality") == "duty"` take?
//!
//! The expression is a small tree; a filter looks its words up once and then goes through the
//! statements in Rust, column by column.

use std::sync::Arc;

use parallax_model::Reading;
use parallax_model::table::NONE;
use parallax_model::tables::Bearer;
use rhai::{Array, Dynamic, EvalAltResult};

use super::choice::{MODALITIES, STANCES, STRENGTHS, chosen, unknown};
use super::named::{Case, Code, Named, Participant, Role};
use super::{Vocabulary, reading};
use crate::shelf::script::fault::stop;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// A column of the statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Speaker,
    Role,
    Case,
    Source,
    Modality,
    Bearer,
    Stance,
    Strength,
    Perspective,
}

/// The columns by the names that `statements.csv` gives them; `role` and `case` are the speaker's.
pub(super) const COLUMNS: [(&str, Column); 10] = [
    ("code", Column::Code),
    ("speaker", Column::Speaker),
    ("role", Column::Role),
    ("case", Column::Case),
    ("source", Column::Source),
    ("modality", Column::Modality),
    ("bearer", Column::Bearer),
    ("stance", Column::Stance),
    ("evidence", Column::Strength),
    ("perspective", Column::Perspective),
];

/// The bearers that are words, at the places that `Bearer::to_columns` gives them.
const BEARERS: [(&str, Bearer); 4] =
    [("self", Bearer::Own), ("we", Bearer::We), ("others", Bearer::Others), ("all", Bearer::All)];

/// Which statements to take.
#[derive(Clone, Debug)]
pub(super) enum Test {
    OneOf(Column, Vec<String>),
    And(Arc<(Test, Test)>),
    Or(Arc<(Test, Test)>),
    Not(Arc<Test>),
}

/// The words for expressions over columns.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Column>("Column");
    words.type_name::<Test>("Test");
    words.function(
        "col",
        "col(name)",
        "A column of the statements, to compare as in `col(\"modality\") == \"duty\"`; tests are \
         joined with `&` and `|` and turned around with `!`.",
        |name: &str| chosen("col", &COLUMNS, name),
    );
    words.function(
        "one_of",
        "col(name).one_of([a, b])",
        "Whether a column has one of several values.",
        |column: Column, values: Array| -> Result<Test> {
            let values = values.iter().map(value_of).collect::<Result<_>>()?;
            Ok(Test::OneOf(column, values))
        },
    );
    words.also("==", |column: Column, value: &str| one(column, value.to_owned()));
    words.also("!=", |column: Column, value: &str| not(one(column, value.to_owned())));
    comparable::<Code>(words);
    comparable::<Role>(words);
    comparable::<Case>(words);
    comparable::<Participant>(words);
    words.also("&", |one: Test, other: Test| Test::And(Arc::new((one, other))));
    words.also("|", |one: Test, other: Test| Test::Or(Arc::new((one, other))));
    words.also("!", not);
}

fn comparable<T: Named>(words: &mut Vocabulary) {
    words.also("==", |column: Column, thing: T| one(column, thing.id()));
    words.also("!=", |column: Column, thing: T| not(one(column, thing.id())));
}

fn one(column: Column, value: String) -> Test {
    Test::OneOf(column, vec![value])
}

fn not(test: Test) -> Test {
    Test::Not(Arc::new(test))
}

/// The id or the word that a value stands for.
fn value_of(value: &Dynamic) -> Result<String> {
    fn id<T: Named>(value: &Dynamic) -> Option<String> {
        value.clone().try_cast::<T>().map(|thing| thing.id())
    }
    let named = id::<Code>(value)
        .or_else(|| id::<Role>(value))
        .or_else(|| id::<Case>(value))
        .or_else(|| id::<Participant>(value));
    named.or_else(|| value.clone().into_string().ok()).ok_or_else(|| {
        stop(format!("a column has texts or ids, not a {}", value.type_name()), None)
    })
}

impl Test {
    /// For each of `rows`, whether the statement is taken.
    pub(super) fn mask(&self, seen: &Reading<'_>, rows: &[u32]) -> Result<Vec<bool>> {
        Ok(match self {
            Self::OneOf(column, values) => {
                let wanted = values.iter().map(|value| column.key_of(seen, value));
                let mut wanted = wanted.collect::<Result<Vec<u32>>>()?;
                wanted.sort_unstable();
                let is_wanted =
                    |&row: &u32| wanted.binary_search(&column.key(seen, row as usize)).is_ok();
                rows.iter().map(is_wanted).collect()
            }
            Self::And(both) => {
                let (one, other) = (both.0.mask(seen, rows)?, both.1.mask(seen, rows)?);
                one.into_iter().zip(other).map(|(a, b)| a && b).collect()
            }
            Self::Or(both) => {
                let (one, other) = (both.0.mask(seen, rows)?, both.1.mask(seen, rows)?);
                one.into_iter().zip(other).map(|(a, b)| a || b).collect()
            }
            Self::Not(test) => test.mask(seen, rows)?.into_iter().map(|taken| !taken).collect(),
        })
    }
}

impl Column {
    /// The value of statement `row` as a number; [`NONE`] for a blank cell.
    pub(super) fn key(self, seen: &Reading<'_>, row: usize) -> u32 {
        let statements = &seen.statements;
        let speaker = statements.speakers.get(row).copied().unwrap_or(NONE);
        match self {
            Self::Code => statements.codes[row],
            Self::Speaker => speaker,
            Self::Role => seen.participants.role(speaker),
            Self::Case => seen.participants.case(speaker),
            Self::Source => statements.sources.get(row).copied().unwrap_or(NONE),
            Self::Modality => statements.modality(row) as u32,
            Self::Bearer => bearer_key(seen, statements.bearer(row)),
            Self::Stance => statements.stance(row) as u32,
            Self::Strength => statements.strength(row) as u32,
            Self::Perspective => statements.perspective(row).into(),
        }
    }

    /// What a key is called.
    pub(super) fn name(self, seen: &Reading<'_>, key: u32) -> String {
        let word = |words: &[&str]| words.get(key as usize).copied().unwrap_or("").to_owned();
        match self {
            Self::Code => seen.codes.ids.of(key).to_owned(),
            Self::Speaker => seen.participants.ids.of(key).to_owned(),
            Self::Role => seen.roles.ids.of(key).to_owned(),
            Self::Case => seen.cases.ids.of(key).to_owned(),
            Self::Source => seen.sources.ids.of(key).to_owned(),
            Self::Modality => word(&MODALITIES.map(|entry| entry.0)),
            Self::Bearer => bearer_name(seen, key),
            Self::Stance => word(&STANCES.map(|entry| entry.0)),
            Self::Strength => word(&STRENGTHS.map(|entry| entry.0)),
            Self::Perspective => key.to_string(),
        }
    }

    /// The key of a word or an id, or what is wrong with it.
    fn key_of(self, seen: &Reading<'_>, value: &str) -> Result<u32> {
        match self {
            Self::Code => reading::row_of("code", &seen.codes.ids, value),
            Self::Speaker => reading::row_of("participant", &seen.participants.ids, value),
            Self::Role => reading::row_of("role", &seen.roles.ids, value),
            Self::Case => reading::row_of("case", &seen.cases.ids, value),
            Self::Source => reading::row_of("source", &seen.sources.ids, value),
            Self::Modality => chosen("modality", &MODALITIES, value).map(|found| found as u32),
            Self::Stance => chosen("stance", &STANCES, value).map(|found| found as u32),
            Self::Strength => chosen("evidence", &STRENGTHS, value).map(|found| found as u32),
            Self::Perspective => {
                let known = ["0", "1", "2"];
                let found = (0_u32..).zip(known).find(|(_, known)| *known == value);
                found
                    .map(|(key, _)| key)
                    .ok_or_else(|| unknown("perspective", value, known.into_iter()))
            }
            Self::Bearer => bearer_of(seen, value),
        }
    }
}

/// Bearers as one number: kinds first, then participants, then roles.
fn bearer_key(seen: &Reading<'_>, bearer: Bearer) -> u32 {
    let people = u32::try_from(seen.participants.len()).unwrap_or(NONE);
    match bearer {
        Bearer::Nobody => NONE,
        Bearer::Participant(row) => 8 + row,
        Bearer::Role(row) => 8 + people + row,
        Bearer::Own | Bearer::We | Bearer::Others | Bearer::All => bearer.to_columns().0.into(),
    }
}

fn bearer_of(seen: &Reading<'_>, value: &str) -> Result<u32> {
    let word = BEARERS.iter().find(|(word, _)| *word == value).map(|(_, bearer)| *bearer);
    let person = || seen.participants.ids.position(value).map(Bearer::Participant);
    match word.or_else(person) {
        Some(bearer) => Ok(bearer_key(seen, bearer)),
        None => reading::row_of("bearer", &seen.roles.ids, value)
            .map(|row| bearer_key(seen, Bearer::Role(row))),
    }
}

fn bearer_name(seen: &Reading<'_>, key: u32) -> String {
    let people = u32::try_from(seen.participants.len()).unwrap_or(NONE);
    let word = BEARERS.iter().find(|(_, bearer)| u32::from(bearer.to_columns().0) == key);
    match (word, key) {
        (_, NONE) => String::new(),
        (Some((word, _)), _) => (*word).to_owned(),
        (None, key) if key < 8 + people => seen.participants.ids.of(key - 8).to_owned(),
        (None, key) => seen.roles.ids.of(key - 8 - people).to_owned(),
    }
}
