//! What did each coder say of a statement under the same code in the same unit?

use parallax_plugin::prelude::*;

use crate::coefficient::{Blocks, MISSING, Misfit, Ratings};
use crate::compared::Compared;
use crate::material::{Mark, Material};

/// A positioning field of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Modality,
    Bearer,
    Counterparty,
    Stance,
    Value,
}

/// All fields, in the order of a statement's columns.
pub(crate) const FIELDS: [Field; 5] =
    [Field::Modality, Field::Bearer, Field::Counterparty, Field::Stance, Field::Value];

/// What one coder says of a field under one code in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// Nothing: the code is not theirs, or they leave the field blank where blank is no answer.
    Nothing,
    /// Different things in different statements.
    Several,
    /// One thing, as a number that is the same for the same thing.
    One(u64),
}

const MODALITIES: [&str; 8] =
    ["duty", "right", "permission", "prohibition", "enact", "anticipate", "prefer", "view"];
const STANCES: [&str; 3] = ["affirm", "deny", "mixed"];

/// The key of a bearer or counterparty that is blank.
const BLANK: u64 = NONE as u64;

impl Field {
    /// Its name in the manifest.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Modality => "modality",
            Self::Bearer => "bearer",
            Self::Counterparty => "counterparty",
            Self::Stance => "stance",
            Self::Value => "value",
        }
    }

    /// How many categories a coder can choose from; `None`: those that occur.
    fn declared(self) -> Option<u64> {
        match self {
            Self::Modality => Some(MODALITIES.len() as u64),
            Self::Stance => Some(STANCES.len() as u64),
            Self::Bearer | Self::Counterparty | Self::Value => None,
        }
    }

    /// What statement `row` says, or nothing.
    fn key(self, reading: &Reading<'_>, row: usize) -> Option<u64> {
        let statements = &reading.statements;
        match self {
            Self::Modality => Some(statements.modality(row) as u64),
            Self::Stance => Some(statements.stance(row) as u64),
            Self::Bearer => Some(person(reading, row, statements.bearer(row))),
            Self::Counterparty => Some(person(reading, row, statements.counterparty(row))),
            Self::Value => {
                let value = statements.values.get(row).copied().filter(|value| value.is_finite());
                value.map(rising)
            }
        }
    }

    /// What every coder says under a mark, by the coder's place.
    pub(crate) fn given(self, material: &Material<'_>, mark: &Mark, given: &mut [Given]) {
        given.fill(Given::Nothing);
        for said in &material.said[mark.said.clone()] {
            let Some(key) = self.key(material.reading, said.row as usize) else { continue };
            let so_far = &mut given[said.coder as usize];
            *so_far = match *so_far {
                Given::Nothing => Given::One(key),
                Given::One(same) if same == key => Given::One(key),
                _ => Given::Several,
            };
        }
    }

    /// A key as a reader sees it.
    pub(crate) fn shown(self, reading: &Reading<'_>, key: u64) -> Value {
        let word = |words: &[&str]| {
            let word = usize::try_from(key).ok().and_then(|place| words.get(place).copied());
            Value::Word(word.unwrap_or("view").to_owned())
        };
        match self {
            Self::Modality => word(&MODALITIES),
            Self::Stance => word(&STANCES),
            Self::Value => Value::Text(format!("{}", unrisen(key))),
            Self::Bearer | Self::Counterparty => {
                let row = u32::try_from(key & u64::from(u32::MAX)).unwrap_or(NONE);
                let named = |word: &str| Value::Word(word.to_owned());
                match Bearer::from_columns(u8::try_from(key >> 32).unwrap_or(0), row) {
                    Bearer::Nobody => named("nobody"),
                    Bearer::Own => named("own"),
                    Bearer::We => named("we"),
                    Bearer::Others => named("others"),
                    Bearer::All => named("all"),
                    Bearer::Participant(row) => {
                        Value::Participant(reading.participants.ids.of(row).to_owned())
                    }
                    Bearer::Role(row) => Value::Role(reading.roles.ids.of(row).to_owned()),
                }
            }
        }
    }
}

/// A bearer as a number; a participant who speaks of themselves by name is `self`.
fn person(reading: &Reading<'_>, row: usize, bearer: Bearer) -> u64 {
    let speaker = reading.statements.speakers.get(row).copied().unwrap_or(NONE);
    let bearer = match bearer {
        Bearer::Participant(named) if named == speaker => Bearer::Own,
        other => other,
    };
    let (kind, row) = bearer.to_columns();
    u64::from(kind) << 32 | u64::from(row)
}

/// A number whose order as a whole number is the order of the values.
fn rising(value: f64) -> u64 {
    // Adding zero makes -0 the same as 0.
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn unrisen(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

/// A field, compared wherever two or more coders gave the same code to the same unit.
#[derive(Debug)]
pub(crate) struct FieldCompared {
    pub(crate) field: Field,
    pub(crate) compared: Compared,
    /// What the categories stand for.
    pub(crate) categories: Vec<u64>,
    /// The mark of each row.
    pub(crate) marks: Vec<u32>,
    /// Times that one coder says several things under one code in one unit.
    pub(crate) several: usize,
    /// Coders who gave the code and leave the field without an answer.
    pub(crate) missing: usize,
    /// Rows on which all coders leave it blank: they agree that there is nobody.
    pub(crate) blank: usize,
    /// Whether distances between values could be measured exactly.
    pub(crate) on_a_scale: bool,
}

/// A coder without a value.
const NO_KEY: u64 = u64::MAX;

impl FieldCompared {
    /// The field where it can be compared; `None` where two coders never say something of it.
    ///
    /// # Errors
    /// When there are more ratings than can be summed exactly.
    pub(crate) fn of(material: &Material<'_>, field: Field) -> Result<Option<Self>, Misfit> {
        let coders = material.coders.len();
        let mut given = vec![Given::Nothing; coders];
        let (mut keys, mut marks) = (Vec::new(), Vec::new());
        let (mut several, mut missing) = (0, 0);
        for (place, mark) in (0_u32..).zip(&material.marks) {
            if mark.given.count_ones() < 2 {
                continue;
            }
            field.given(material, mark, &mut given);
            for (coder, given) in given.iter().enumerate() {
                let is_theirs = mark.given >> coder & 1 == 1;
                several += usize::from(*given == Given::Several);
                missing += usize::from(is_theirs && *given == Given::Nothing);
                keys.push(if let Given::One(key) = *given { key } else { NO_KEY });
            }
            marks.push(place);
        }
        let categories = categories(field, &keys);
        if categories.is_empty() || categories == [BLANK] {
            return Ok(None);
        }
        let ratings = ratings(coders, &keys, &categories)?;
        if ratings.pairable() == 0 {
            return Ok(None);
        }
        let blank = keys.chunks(coders.max(1)).filter(|row| all_blank(field, row)).count();
        let (ratings, on_a_scale) = scaled(field, ratings, &categories);
        let blocks = by_unit(material, &marks);
        let compared = Compared { ratings, blocks };
        Ok(Some(Self { field, compared, categories, marks, several, missing, blank, on_a_scale }))
    }
}

fn categories(field: Field, keys: &[u64]) -> Vec<u64> {
    if let Some(declared) = field.declared() {
        return (0..declared).collect();
    }
    let mut categories: Vec<u64> = keys.iter().copied().filter(|&key| key != NO_KEY).collect();
    categories.sort_unstable();
    categories.dedup();
    categories
}

fn ratings(coders: usize, keys: &[u64], categories: &[u64]) -> Result<Ratings, Misfit> {
    let mut ratings = Ratings::new(coders, categories.len());
    let mut cells = vec![MISSING; coders];
    for row in keys.chunks(coders.max(1)) {
        for (cell, key) in cells.iter_mut().zip(row) {
            let place = categories.binary_search(key).ok();
            *cell = place.and_then(|place| u32::try_from(place).ok()).unwrap_or(MISSING);
        }
        ratings.push(&cells, 1)?;
    }
    Ok(ratings)
}

fn all_blank(field: Field, row: &[u64]) -> bool {
    let people = matches!(field, Field::Bearer | Field::Counterparty);
    let said = row.iter().filter(|&&key| key != NO_KEY);
    people && said.clone().count() >= 2 && said.clone().all(|&key| key == BLANK)
}

/// The rows of a unit are drawn together.
fn by_unit(material: &Material<'_>, marks: &[u32]) -> Blocks {
    let mut blocks = Blocks::default();
    let unit = |row: u32| material.marks[marks[row as usize] as usize].unit;
    let rows: Vec<(u32, u64)> = (0..).take(marks.len()).map(|row| (row, 1)).collect();
    for together in rows.chunk_by(|a, b| unit(a.0) == unit(b.0)) {
        blocks.push(together, 1);
    }
    blocks
}

/// Answers with the points at which they stand; whether all stand at whole numbers of some tenth,
/// hundredth, … of the scale.
fn scaled(field: Field, ratings: Ratings, categories: &[u64]) -> (Ratings, bool) {
    if field != Field::Value {
        return (ratings, false);
    }
    let points = points(categories);
    let scaled = points.and_then(|points| ratings.clone().with_points(&points).ok());
    scaled.map_or((ratings, false), |scaled| (scaled, true))
}

/// The values as whole numbers of the finest decimal place that any of them has, as they are
/// written: 2.5 and 3 are 25 and 30.
fn points(categories: &[u64]) -> Option<Vec<i64>> {
    let written: Vec<String> = categories.iter().map(|&key| unrisen(key).to_string()).collect();
    let places = |text: &String| text.split_once('.').map_or(0, |(_, behind)| behind.len());
    let most = written.iter().map(places).max()?;
    let point = |text: &String| {
        let zeros = "0".repeat(most - places(text));
        format!("{}{zeros}", text.replace('.', "")).parse().ok()
    };
    written.iter().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_order_and_come_back() {
        let values = [-10.5, -1.0, 0.0, 0.25, 2.5, 3.0, 1e12];
        let keys: Vec<u64> = values.iter().map(|&value| rising(value)).collect();
        assert!(keys.is_sorted());
        assert_eq!(keys.iter().map(|&key| unrisen(key)).collect::<Vec<_>>(), values);
        assert_eq!(rising(-0.0), rising(0.0));
    }

    #[test]
    fn points_are_whole_numbers_of_the_finest_place() {
        let keys = |values: &[f64]| values.iter().map(|&value| rising(value)).collect::<Vec<_>>();
        assert_eq!(points(&keys(&[-1.5, 2.0, 2.25])), Some(vec![-150, 200, 225]));
        assert_eq!(points(&keys(&[1.0, 2.0])), Some(vec![1, 2]));
        assert_eq!(points(&keys(&[1e-300, 1e300])), None);
    }
}
