//! Where do coders differ, and who says what there?

use std::cmp::Reverse;

use parallax_plugin::prelude::*;

use crate::field::{FIELDS, Field, Given};
use crate::material::{Mark, Material, UnitKind};

/// How far coders are apart on one code in one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Apart {
    /// Whether some gave the code and some did not.
    pub(crate) code: bool,
    /// Bit `f`: they differ in the field at that place of [`FIELDS`].
    fields: u8,
    /// Pairs of coders apart, over the code and all fields.
    pairs: u32,
}

impl Apart {
    /// The code and the fields in which coders differ: how many.
    pub(crate) fn count(self) -> u32 {
        u32::from(self.code) + self.fields.count_ones()
    }

    pub(crate) fn differs_in(self, field: Field) -> bool {
        FIELDS.iter().position(|&other| other == field).is_some_and(|at| self.fields >> at & 1 == 1)
    }
}

/// How far coders are apart at each mark.
pub(crate) fn apart(material: &Material<'_>) -> Vec<Apart> {
    let mut given = vec![Given::Nothing; material.coders.len()];
    material.marks.iter().map(|mark| of_mark(material, mark, &mut given)).collect()
}

fn of_mark(material: &Material<'_>, mark: &Mark, given: &mut [Given]) -> Apart {
    let crew = material.crew_of(mark).count_ones();
    let with = mark.given.count_ones();
    let mut apart = Apart { code: with < crew, fields: 0, pairs: with * (crew - with) };
    if with < 2 {
        return apart;
    }
    for (place, field) in FIELDS.iter().enumerate() {
        field.given(material, mark, given);
        let pairs = pairs_apart(given);
        apart.fields |= u8::from(pairs > 0) << place;
        apart.pairs += pairs;
    }
    apart
}

/// Pairs of coders who each say one thing, and not the same.
fn pairs_apart(given: &[Given]) -> u32 {
    let differs = |(place, one): (usize, &Given)| {
        let earlier = given[..place].iter();
        let other =
            |other: &&Given| matches!((one, other), (Given::One(a), Given::One(b)) if a != b);
        u32::try_from(earlier.filter(other).count()).unwrap_or(u32::MAX)
    };
    given.iter().enumerate().map(differs).sum()
}

/// The disagreements, worst first, at most `listed` rows; and how many there are.
///
/// First those with the most fields apart (the code counts as one), then with the most pairs of
/// coders apart, then those on the code itself, then in the order of sources, units and codes.
pub(crate) fn table(
    material: &Material<'_>,
    apart: &[Apart],
    listed: usize,
) -> (Option<Table>, usize) {
    let mut order: Vec<usize> = (0..apart.len()).filter(|&mark| apart[mark].count() > 0).collect();
    order.sort_by_key(|&mark| {
        let apart = apart[mark];
        (Reverse(apart.count()), Reverse(apart.pairs), !apart.code, mark)
    });
    let all: usize = apart.iter().map(|apart| apart.count() as usize).sum();
    let mut rows = Vec::new();
    for mark in order {
        if rows.len() >= listed {
            break;
        }
        rows.extend(rows_of(material, &material.marks[mark], apart[mark]));
    }
    rows.truncate(listed);
    let heads = ["source", "unit", "code", "field"].map(|word| Value::Word(word.to_owned()));
    let coders = material.coders.iter().map(|&coder| Value::Text(coder.to_owned()));
    let columns = heads.into_iter().chain(coders).collect();
    let table = Table { name: "disagreements".to_owned(), columns, rows };
    ((!table.rows.is_empty()).then_some(table), all)
}

fn rows_of(material: &Material<'_>, mark: &Mark, apart: Apart) -> Vec<Vec<Value>> {
    let word = |word: &str| Value::Word(word.to_owned());
    let coders = || 0..material.coders.len();
    let head = |field: &str| {
        let reading = material.reading;
        let unit = material.units[mark.unit];
        vec![
            Value::Source(reading.sources.ids.of(unit.source).to_owned()),
            unit_name(material, mark.unit),
            Value::Code(reading.codes.ids.of(mark.code).to_owned()),
            word(field),
        ]
    };
    let who = |coder: usize| match (material.crew_of(mark) >> coder & 1, mark.given >> coder & 1) {
        (0, _) => Some(word("did_not_code")),
        (_, 0) => Some(word("not_given")),
        _ => None,
    };
    let mut rows = Vec::new();
    if apart.code {
        let cells = coders().map(|coder| who(coder).unwrap_or_else(|| word("given")));
        rows.push(head("code").into_iter().chain(cells).collect());
    }
    let mut given = vec![Given::Nothing; material.coders.len()];
    for field in FIELDS.into_iter().filter(|&field| apart.differs_in(field)) {
        field.given(material, mark, &mut given);
        let says = |coder: usize| match given[coder] {
            Given::One(key) => field.shown(material.reading, key),
            Given::Several => word("several_values"),
            Given::Nothing => who(coder).unwrap_or_else(|| word("no_value")),
        };
        rows.push(head(field.word()).into_iter().chain(coders().map(says)).collect());
    }
    rows
}

/// A unit as a reader finds it again: the id of the excerpt, or the speaker.
fn unit_name(material: &Material<'_>, unit: usize) -> Value {
    let unit = material.units[unit];
    let reading = material.reading;
    match (material.unit, unit.item) {
        (UnitKind::Excerpt, item) => Value::Text(reading.excerpts.ids.of(item).to_owned()),
        (UnitKind::Speaker, NONE) => Value::Source(reading.sources.ids.of(unit.source).to_owned()),
        (UnitKind::Speaker, item) => {
            Value::Participant(reading.participants.ids.of(item).to_owned())
        }
    }
}
