//! Which rows does an expression such as `col("modality") == "duty"` take?
//!
//! The expression is a small tree of names and values. A filter looks them up once in the table it
//! is used on, and then goes through the rows in Rust, block by block.

use std::sync::Arc;

use rhai::{Array, Dynamic, FLOAT, INT};

use super::borne::Borne;
use super::column::{Block, Column};
use super::domain::Domain;
use super::named::{Named, Role, id_of};
use super::seen::Seen;
use super::set::Set;
use super::tables::Table;
use super::{Result, Vocabulary};
use crate::shelf::script::fault::{beyond_limit, stop, type_name};

/// A column by its name, before anybody knows of which table.
#[derive(Clone, Debug)]
pub(super) struct Name(String);

/// Which rows to take.
#[derive(Clone, Debug)]
pub(super) enum Test {
    OneOf(Name, Vec<String>),
    /// What refers to the thing with this id, or to one that is part of it.
    Within(Name, String),
    /// Who is among those that bear it or to whom it is owed.
    Includes(Name, String),
    Compare(Name, Comparison, FLOAT),
    /// The same for every row.
    Always(bool),
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
    Equal,
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
    Includes(Borne),
    Always(bool),
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
         for numbers `<`, `<=`, `>`, `>=`. A blank cell is equal to `()` and to nothing else, so \
         `!=` takes it. Tests are joined with `&` and `|` and turned around with \
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
            let mut tests = Vec::new();
            let mut texts = Vec::new();
            for value in &values {
                match equal(column.clone(), value)? {
                    Test::OneOf(_, one) => texts.extend(one),
                    test => tests.push(test),
                }
            }
            tests.into_iter().try_fold(Test::OneOf(column, texts), or)
        },
    );
    words.also("one_of", |column: Name, values: Set| Test::OneOf(column, values.texts()));
    words.function(
        "is_within",
        "col(name).is_within(id)",
        "Whether a column refers to the code, case or role with this id, or to one below it or part \
         of it; `\"\"` takes every row, as a parameter that is left empty.",
        r#"reading.statements().filter(col("code").is_within("task")).count()  // 8"#,
        |column: Name, id: &str| Test::Within(column, id.to_owned()),
    );
    words.function(
        "includes",
        "col(name).includes(role)",
        "Whether a role is among those that bear a statement, or to whom it is owed; `self` and \
         `others` are looked up for each speaker.",
        r#"reading.statements().filter(col("bearer").includes("teacher")).count()  // 5"#,
        |column: Name, id: &str| Test::Includes(column, id.to_owned()),
    );
    words.also("includes", |column: Name, role: Role| Test::Includes(column, role.id()));
    words.function(
        "is_blank",
        "col(name).is_blank()",
        "Whether a column has no value; also `col(name) == ()`, as where another row has none.",
        r#"reading.statements().filter(col("bearer").is_blank()).count()  // 5"#,
        |column: Name| one(column, String::new()),
    );
    words.also("==", |column: Name, value: Dynamic| equal(column, &value));
    words.also("!=", |column: Name, value: Dynamic| equal(column, &value).map(not));
    words.also("==", |value: Dynamic, column: Name| equal(column, &value));
    words.also("!=", |value: Dynamic, column: Name| equal(column, &value).map(not));
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
    words.also("&", |one: Test, other: Test| and(one, other));
    words.also("&", |one: Test, other: bool| and(one, Test::Always(other)));
    words.also("&", |one: bool, other: Test| and(Test::Always(one), other));
    words.also("|", |one: Test, other: Test| or(one, other));
    words.also("|", |one: Test, other: bool| or(one, Test::Always(other)));
    words.also("|", |one: bool, other: Test| or(Test::Always(one), other));
    words.also("!", |test: Test| -> Result<Test> {
        within_bounds(test.parts() + 1)?;
        Ok(not(test))
    });
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

fn and(one: Test, other: Test) -> Result<Test> {
    let parts = within_bounds(one.parts() + other.parts())?;
    Ok(Test::And(Arc::new((one, other)), parts))
}

fn or(one: Test, other: Test) -> Result<Test> {
    let parts = within_bounds(one.parts() + other.parts())?;
    Ok(Test::Or(Arc::new((one, other)), parts))
}

/// Whether a column has a value: an id, a word, a number, or `()` for none.
fn equal(column: Name, value: &Dynamic) -> Result<Test> {
    let number = value.as_int().map(|value| value as FLOAT).or_else(|_| value.as_float());
    if let Ok(number) = number {
        return Ok(Test::Compare(column, Comparison::Equal, number));
    }
    let text = match value.is_unit() {
        true => Some(String::new()),
        false => id_of(value).or_else(|| value.clone().into_string().ok()),
    };
    text.map(|text| one(column, text)).ok_or_else(|| {
        stop(format!("a column is not compared with {}", type_name(value.type_name())), None)
    })
}

impl Test {
    fn parts(&self) -> usize {
        match self {
            Self::And(_, parts) | Self::Or(_, parts) | Self::Not(_, parts) => *parts,
            _ => 1,
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
            Self::Always(taken) => Ready::Always(*taken),
            Self::Within(Name(name), id) => {
                let column = Column::of(seen, table, name)?;
                match id.is_empty() {
                    true => Ready::Always(true),
                    false => {
                        let keys = column.domain.within(seen, name, id)?;
                        Ready::Keys(column, keys)
                    }
                }
            }
            Self::Includes(Name(name), id) => Ready::Includes(Borne::of(seen, table, name, id)?),
            Self::Compare(Name(name), comparison, number) => {
                let column = Column::of(seen, table, name)?;
                let has_numbers = column.domain.has_numbers();
                if !has_numbers && *comparison == Comparison::Equal {
                    // Ids and words can look like numbers.
                    return one(Name(name.clone()), number.to_string()).on(seen, table);
                }
                if !has_numbers {
                    let message = format!("`{name}` of {} is no number", table.name());
                    return Err(stop(message, None));
                }
                Ready::Compare(column, *comparison, *number)
            }
            Self::OneOf(Name(name), values) => {
                let column = Column::of(seen, table, name)?;
                if matches!(column.domain, Domain::Text(..) | Domain::Decimal(..)) {
                    // In order, so that a long list is not gone through for every row.
                    let mut values = values.clone();
                    values.sort_unstable();
                    return Ok(Ready::Texts(column, values));
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
                wanted.binary_search(&name).is_ok()
            })),
            Self::Compare(column, comparison, number) => taken.extend(rows.rows().map(|row| {
                let value = column.domain.number(seen, column.key(seen, row));
                value.is_some_and(|value| comparison.holds(value, *number))
            })),
            Self::Includes(borne) => {
                taken.extend(rows.rows().map(|row| borne.includes(seen, row as usize)));
            }
            Self::Always(all) => taken.extend(rows.rows().map(|_| *all)),
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
            Self::Equal => value.total_cmp(&number).is_eq(),
            Self::Less => value < number,
            Self::AtMost => value <= number,
            Self::More => value > number,
            Self::AtLeast => value >= number,
        }
    }
}
