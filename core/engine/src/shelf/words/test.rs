//! Which rows does an expression such as `col("modality") == "duty"` take?
//!
//! The expression is a small tree of names and values. A filter looks them up once in the table it
//! is used on, and then goes through the rows in Rust, block by block.

use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, FLOAT, INT};

use super::Vocabulary;
use super::column::{Block, Column};
use super::domain::Domain;
use super::named::{Case, Code, Participant, Role, Source, id_of};
use super::seen::Seen;
use super::set::Set;
use super::tables::Table;
use crate::shelf::script::fault::{beyond_limit, stop, type_name};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// A column by its name, before anybody knows of which table.
#[derive(Clone, Debug)]
pub(super) struct Name(String);

/// Which rows to take.
#[derive(Clone, Debug)]
pub(super) enum Test {
    OneOf(Name, Vec<String>),
    Compare(Name, Comparison, FLOAT),
    /// With the number of its parts, as of the next two.
    And(Arc<(Test, Test)>, usize),
    Or(Arc<(Test, Test)>, usize),
    Not(Arc<Test>, usize),
}

/// How many parts a test can have. A test that is joined with itself has twice as many each time.
const PARTS: usize = 1_000;

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
}

/// A test whose names are looked up in a table.
pub(super) enum Ready {
    Keys(Column, Vec<u32>),
    /// For columns in which each row has a text of its own.
    Texts(Column, Vec<String>),
    Compare(Column, Comparison, FLOAT),
    And(Box<(Ready, Ready)>),
    Or(Box<(Ready, Ready)>),
    Not(Box<Ready>),
}

/// The words for tests.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Name>("Column");
    words.type_name::<Test>("Test");
    words.function(
        "col",
        "col(name)",
        "A column to compare with a value, as in `col(\"modality\") == \"duty\"`; also `!=`, and \
         for numbers `<`, `<=`, `>`, `>=`. Tests are joined with `&` and `|` and turned around with \
         `!`, each in brackets. `speaker.years` follows a column to the table it refers to.",
        r#"reading.statements().filter((col("speaker.years") > 10) & (col("stance") != "deny")).count()  // 7"#,
        |name: &str| Name(name.to_owned()),
    );
    words.function(
        "one_of",
        "col(name).one_of([a, b])",
        "Whether a column has one of several values; a list or a set.",
        r#"reading.statements().filter(col("modality").one_of(["right", "permission"])).count()  // 1"#,
        |column: Name, values: Array| -> Result<Test> {
            let values = values.iter().map(value_of).collect::<Result<_>>()?;
            Ok(Test::OneOf(column, values))
        },
    );
    words.also("one_of", |column: Name, values: Set| Test::OneOf(column, values.texts()));
    words.function(
        "is_blank",
        "col(name).is_blank()",
        "Whether a column has no value.",
        r#"reading.statements().filter(col("bearer").is_blank()).count()  // 5"#,
        |column: Name| one(column, String::new()),
    );
    words.also("==", |column: Name, value: &str| one(column, value.to_owned()));
    words.also("!=", |column: Name, value: &str| not(one(column, value.to_owned())));
    words.also("==", |column: Name, value: INT| one(column, value.to_string()));
    words.also("!=", |column: Name, value: INT| not(one(column, value.to_string())));
    comparable::<Code>(words);
    comparable::<Role>(words);
    comparable::<Case>(words);
    comparable::<Participant>(words);
    comparable::<Source>(words);
    for (sign, comparison) in [
        ("<", Comparison::Less),
        ("<=", Comparison::AtMost),
        (">", Comparison::More),
        (">=", Comparison::AtLeast),
    ] {
        words.also(sign, move |column: Name, value: INT| {
            Test::Compare(column, comparison, value as FLOAT)
        });
        words
            .also(sign, move |column: Name, value: FLOAT| Test::Compare(column, comparison, value));
    }
    words.also("&", |one: Test, other: Test| -> Result<Test> {
        let parts = within_bounds(one.parts() + other.parts())?;
        Ok(Test::And(Arc::new((one, other)), parts))
    });
    words.also("|", |one: Test, other: Test| -> Result<Test> {
        let parts = within_bounds(one.parts() + other.parts())?;
        Ok(Test::Or(Arc::new((one, other)), parts))
    });
    words.also("!", |test: Test| -> Result<Test> {
        within_bounds(test.parts() + 1)?;
        Ok(not(test))
    });
}

fn comparable<T: super::named::Named>(words: &mut Vocabulary) {
    words.also("==", |column: Name, thing: T| one(column, thing.id()));
    words.also("!=", |column: Name, thing: T| not(one(column, thing.id())));
}

fn one(column: Name, value: String) -> Test {
    Test::OneOf(column, vec![value])
}

fn not(test: Test) -> Test {
    let parts = test.parts() + 1;
    Test::Not(Arc::new(test), parts)
}

fn within_bounds(parts: usize) -> Result<usize> {
    match parts <= PARTS {
        true => Ok(parts),
        false => Err(beyond_limit(format!("a test can have {PARTS} parts"))),
    }
}

/// The id or the word that a value stands for.
fn value_of(value: &Dynamic) -> Result<String> {
    id_of(value)
        .or_else(|| value.as_int().ok().map(|number| number.to_string()))
        .or_else(|| value.clone().into_string().ok())
        .ok_or_else(|| {
            stop(
                format!("a column has texts, numbers or ids, not {}", type_name(value.type_name())),
                None,
            )
        })
}

impl Test {
    fn parts(&self) -> usize {
        match self {
            Self::OneOf(..) | Self::Compare(..) => 1,
            Self::And(_, parts) | Self::Or(_, parts) | Self::Not(_, parts) => *parts,
        }
    }

    /// The test with its names and values looked up in a table.
    pub(super) fn on(&self, seen: &Seen, table: Table) -> Result<Ready> {
        let both = |both: &(Self, Self)| -> Result<Box<(Ready, Ready)>> {
            Ok(Box::new((both.0.on(seen, table)?, both.1.on(seen, table)?)))
        };
        Ok(match self {
            Self::And(tests, _) => Ready::And(both(tests)?),
            Self::Or(tests, _) => Ready::Or(both(tests)?),
            Self::Not(test, _) => Ready::Not(Box::new(test.on(seen, table)?)),
            Self::Compare(Name(name), comparison, number) => {
                let column = Column::of(seen, table, name)?;
                if matches!(column.domain, Domain::Rows(_) | Domain::Words(_) | Domain::Bearer) {
                    let message = format!("`{name}` of {} is no number", table.name());
                    return Err(stop(message, None));
                }
                Ready::Compare(column, *comparison, *number)
            }
            Self::OneOf(Name(name), values) => {
                let column = Column::of(seen, table, name)?;
                if matches!(column.domain, Domain::Text(..) | Domain::Decimal(..)) {
                    return Ok(Ready::Texts(column, values.clone()));
                }
                let keys = values.iter().map(|value| column.domain.key_of(seen, name, value));
                let mut keys: Vec<u32> =
                    keys.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
                keys.sort_unstable();
                Ready::Keys(column, keys)
            }
        })
    }
}

impl Ready {
    /// Appends for each row of a block whether it is taken; `keys` is room to work in.
    pub(super) fn mask(
        &self,
        seen: &Seen,
        rows: Block<'_>,
        keys: &mut Vec<u32>,
        taken: &mut Vec<bool>,
    ) {
        let start = taken.len();
        match self {
            Self::Keys(column, wanted) => {
                keys.clear();
                column.keys(seen, rows, keys);
                match wanted[..] {
                    [only] => taken.extend(keys.iter().map(|&key| key == only)),
                    _ => taken.extend(keys.iter().map(|key| wanted.binary_search(key).is_ok())),
                }
            }
            Self::Texts(column, wanted) => taken.extend(rows.rows().map(|row| {
                let key = column.key(seen, row);
                let name = column.domain.name(seen, key);
                wanted.contains(&name)
            })),
            Self::Compare(column, comparison, number) => taken.extend(rows.rows().map(|row| {
                let value = column.domain.number(seen, column.key(seen, row));
                value.is_some_and(|value| comparison.holds(value, *number))
            })),
            Self::Not(test) => {
                test.mask(seen, rows, keys, taken);
                taken[start..].iter_mut().for_each(|taken| *taken = !*taken);
            }
            Self::And(both) | Self::Or(both) => {
                both.0.mask(seen, rows, keys, taken);
                let mut second = Vec::new();
                both.1.mask(seen, rows, keys, &mut second);
                let join = matches!(self, Self::And(_));
                for (taken, second) in taken[start..].iter_mut().zip(second) {
                    *taken = if join { *taken && second } else { *taken || second };
                }
            }
        }
    }
}

impl Comparison {
    fn holds(self, value: FLOAT, number: FLOAT) -> bool {
        match self {
            Self::Less => value < number,
            Self::AtMost => value <= number,
            Self::More => value > number,
            Self::AtLeast => value >= number,
        }
    }
}
