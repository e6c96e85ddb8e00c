//! What do the numbers stand for that stand in a column?
//!
//! A column gives each of its rows a key, a number that is quick to compare and to count. What a
//! key is called, in which order keys come and which key a word of a script means depends on what
//! the column refers to.

use std::cmp::Ordering;

use parallax_model::table::{NONE, Texts};
use parallax_model::tables::Bearer;
use parallax_model::{Number, Value};
use rhai::{Dynamic, FLOAT, INT};

use super::choice::{chosen, unknown};
use super::reading::row_of;
use super::seen::Seen;
use super::tables::{Field, Table};
use super::{Result, named};
use crate::shelf::script::fault::stop;

/// What the keys of a column refer to; [`NONE`] is a blank cell in each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Domain {
    /// Rows of a table whose rows have ids.
    Rows(Table),
    /// Places in a closed list of words.
    Words(&'static [&'static str]),
    /// The keys are the numbers themselves.
    Whole,
    /// Codes into texts that many rows share.
    Shared(Shared),
    /// Rows whose own text it is.
    Text(Table, Field),
    /// Rows whose own decimal number it is.
    Decimal(Table, Field),
    /// Who bears something, as it was said.
    Bearer,
    /// A role, or a document behind the roles.
    Holder,
}

/// Texts that many rows share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    Titles,
    Coders,
    Storylines,
    Attributes,
}

/// The bearers that are words, at the places that `Bearer::to_columns` gives them.
pub(super) const BEARERS: [(&str, Bearer); 4] =
    [("self", Bearer::Own), ("we", Bearer::We), ("others", Bearer::Others), ("all", Bearer::All)];
/// The first key of a bearer that is a participant; the roles come behind the participants.
const FIRST_PERSON: u32 = 8;

impl Domain {
    /// How many keys there can be; `None` when nobody knows without looking.
    pub(super) fn size(self, seen: &Seen) -> Option<usize> {
        let reading = seen.reading();
        match self {
            Self::Rows(table) => Some(seen.len(table)),
            Self::Words(words) => Some(words.len()),
            Self::Shared(shared) => Some(shared.texts(seen).len()),
            Self::Bearer => {
                Some(FIRST_PERSON as usize + reading.participants.len() + reading.roles.len())
            }
            Self::Holder => Some(reading.roles.len() + reading.sources.ids.len()),
            Self::Whole | Self::Text(..) | Self::Decimal(..) => None,
        }
    }

    /// What a key is called; nothing for a blank cell.
    pub(super) fn name(self, seen: &Seen, key: u32) -> String {
        if key == NONE {
            return String::new();
        }
        match self {
            Self::Rows(table) => seen.ids(table).map_or("", |ids| ids.of(key)).to_owned(),
            Self::Words(words) => words.get(key as usize).copied().unwrap_or("").to_owned(),
            Self::Whole => key.to_string(),
            Self::Shared(shared) => shared.texts(seen).of(key).to_owned(),
            Self::Text(table, field) => seen.text(table, field, key).to_owned(),
            Self::Decimal(table, field) => {
                seen.decimal(table, field, key).map(|value| value.to_string()).unwrap_or_default()
            }
            Self::Bearer => bearer_name(seen, key),
            Self::Holder => {
                let (table, row) = holder(seen, key);
                seen.ids(table).map_or("", |ids| ids.of(row)).to_owned()
            }
        }
    }

    /// What a row of a script shows for a key: a thing with an id, a number or a text; `()` where
    /// there is no thing or no number.
    pub(super) fn value(self, seen: &Seen, key: u32) -> Dynamic {
        match self {
            Self::Rows(_) | Self::Whole | Self::Decimal(..) | Self::Holder if key == NONE => {
                Dynamic::UNIT
            }
            Self::Rows(table) => named::thing(seen, table, key),
            Self::Holder => {
                let (table, row) = holder(seen, key);
                named::thing(seen, table, row)
            }
            Self::Whole => Dynamic::from(INT::from(key)),
            Self::Decimal(table, field) => {
                seen.decimal(table, field, key).map_or(Dynamic::UNIT, Dynamic::from)
            }
            Self::Words(words) => words.get(key as usize).copied().unwrap_or("").into(),
            Self::Shared(shared) => shared.texts(seen).of(key).into(),
            Self::Text(table, field) if key != NONE => seen.text(table, field, key).into(),
            Self::Bearer | Self::Text(..) => self.name(seen, key).into(),
        }
    }

    /// What stands in a table for a key.
    pub(super) fn shown(self, seen: &Seen, key: u32) -> Value {
        let name = self.name(seen, key);
        match self {
            Self::Rows(Table::Codes) => Value::Code(name),
            Self::Rows(Table::Roles) => Value::Role(name),
            Self::Rows(Table::Cases) => Value::Case(name),
            Self::Rows(Table::Participants) => Value::Participant(name),
            Self::Holder if holder(seen, key).0 == Table::Roles => Value::Role(name),
            Self::Bearer if seen.reading().roles.ids.position(&name).is_some() => Value::Role(name),
            Self::Words(_) | Self::Bearer => Value::Word(name),
            Self::Whole => Value::Number(Number::Count { value: key.into() }),
            _ => Value::Text(name),
        }
    }

    /// Whether its keys are numbers or can be written as such.
    pub(super) fn has_numbers(self) -> bool {
        matches!(self, Self::Whole | Self::Decimal(..) | Self::Shared(_) | Self::Text(..))
    }

    /// The keys of the thing with this id and of all below it, in ascending order.
    ///
    /// # Errors
    /// When the column refers to nothing that has parts, or nothing has this id.
    pub(super) fn within(self, seen: &Seen, column: &str, id: &str) -> Result<Vec<u32>> {
        let reading = seen.reading();
        let parents = match self {
            Self::Rows(Table::Codes) => &reading.codes.parents,
            Self::Rows(Table::Cases) => &reading.cases.parents,
            Self::Rows(Table::Roles) => &reading.roles.within,
            _ => {
                let help = "ask it of `code`, `case` or `role`".to_owned();
                return Err(stop(format!("nothing is within another in `{column}`"), Some(help)));
            }
        };
        let Some(top) = self.key_of(seen, column, id)? else { return Ok(Vec::new()) };
        let rows = (0_u32..).take(self.size(seen).unwrap_or(0));
        Ok(rows.filter(|&row| upward(parents, row).any(|above| above == top)).collect())
    }

    /// The number that a key is or is written as.
    pub(super) fn number(self, seen: &Seen, key: u32) -> Option<FLOAT> {
        match self {
            _ if key == NONE => None,
            Self::Whole => Some(FLOAT::from(key)),
            Self::Decimal(table, field) => seen.decimal(table, field, key),
            Self::Shared(_) | Self::Text(..) => number_in(self.name(seen, key).trim()),
            Self::Rows(_) | Self::Words(_) | Self::Bearer | Self::Holder => None,
        }
    }

    /// Which comes first: rows of tables and words of lists as they stand there, texts that are
    /// numbers by their size, others by the alphabet, blank cells last.
    pub(super) fn order(self, seen: &Seen, one: u32, other: u32) -> Ordering {
        let blank = (one == NONE).cmp(&(other == NONE));
        let by_number = || {
            let numbers = (self.number(seen, one), self.number(seen, other));
            match numbers {
                (Some(one), Some(other)) => one.total_cmp(&other),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => self.name(seen, one).cmp(&self.name(seen, other)),
            }
        };
        blank.then_with(|| match self {
            Self::Shared(_) | Self::Text(..) | Self::Decimal(..) => by_number(),
            _ => one.cmp(&other),
        })
    }

    /// The key that a word of a script means. `None` when no row can have it.
    ///
    /// # Errors
    /// A word that stands in no list or table of the study, with what was probably meant.
    pub(super) fn key_of(self, seen: &Seen, column: &str, word: &str) -> Result<Option<u32>> {
        let reading = seen.reading();
        if word.is_empty() {
            return Ok(Some(NONE));
        }
        match self {
            Self::Rows(table) => match seen.ids(table) {
                Some(ids) => row_of(table.one(), ids, word).map(Some),
                None => Ok(None),
            },
            Self::Words(words) => {
                let places: Vec<(&str, u32)> = words.iter().copied().zip(0..).collect();
                chosen(column, &places, word).map(Some)
            }
            Self::Whole => word
                .parse()
                .map(Some)
                .map_err(|_| unknown(column, word, ["0", "1", "2"].into_iter())),
            // A title or an attribute that nobody has is no mistake: the next study may have it.
            Self::Shared(shared) => Ok(shared.texts(seen).position(word)),
            Self::Text(..) | Self::Decimal(..) => Ok(None),
            Self::Bearer => {
                let said = BEARERS.iter().find(|(name, _)| *name == word).map(|(_, said)| *said);
                let person = || reading.participants.ids.position(word).map(Bearer::Participant);
                match said.or_else(person) {
                    Some(bearer) => Ok(Some(bearer_key(seen, bearer))),
                    None => row_of("bearer", &reading.roles.ids, word)
                        .map(|row| Some(bearer_key(seen, Bearer::Role(row)))),
                }
            }
            Self::Holder => {
                let source = reading.sources.ids.position(word);
                let behind = u32::try_from(reading.roles.len()).unwrap_or(NONE);
                match source {
                    Some(source) => Ok(Some(behind.saturating_add(source))),
                    None => row_of("role or document", &reading.roles.ids, word).map(Some),
                }
            }
        }
    }
}

impl Shared {
    fn texts(self, seen: &Seen) -> &Texts<'static> {
        let reading = seen.reading();
        match self {
            Self::Titles => &reading.participants.title_names,
            Self::Coders => &reading.statements.coder_names,
            Self::Storylines => &reading.statements.storyline_names,
            Self::Attributes => &reading.attributes.value_names,
        }
    }
}

/// Bearers as one number: words first, then participants, then roles.
pub(super) fn bearer_key(seen: &Seen, bearer: Bearer) -> u32 {
    let people = u32::try_from(seen.reading().participants.len()).unwrap_or(NONE);
    match bearer {
        Bearer::Nobody => NONE,
        Bearer::Participant(row) => FIRST_PERSON + row,
        Bearer::Role(row) => FIRST_PERSON + people + row,
        Bearer::Own | Bearer::We | Bearer::Others | Bearer::All => bearer.to_columns().0.into(),
    }
}

fn bearer_name(seen: &Seen, key: u32) -> String {
    let reading = seen.reading();
    let people = u32::try_from(reading.participants.len()).unwrap_or(NONE);
    let word = BEARERS.iter().find(|(_, bearer)| u32::from(bearer.to_columns().0) == key);
    match word {
        Some((word, _)) => (*word).to_owned(),
        None if key < FIRST_PERSON + people => {
            reading.participants.ids.of(key - FIRST_PERSON).to_owned()
        }
        None => reading.roles.ids.of(key - FIRST_PERSON - people).to_owned(),
    }
}

/// The number that a text writes. A decimal comma is as good as a point; one before exactly three
/// digits may part thousands, and nobody can tell.
fn number_in(text: &str) -> Option<FLOAT> {
    let thousands = |(_, rest): (&str, &str)| rest.len() == 3;
    if text.split_once(',').is_some_and(thousands) {
        return None;
    }
    text.replace(',', ".").parse().ok().filter(|number: &FLOAT| number.is_finite())
}

/// A row and those above it, from the nearest on. No tree is deeper than it has rows.
fn upward(parents: &[u32], row: u32) -> impl Iterator<Item = u32> {
    let above = |&at: &u32| parents.get(at as usize).copied().filter(|&parent| parent != NONE);
    std::iter::successors(Some(row), above).take(parents.len() + 1)
}

/// The table and the row of a holder.
fn holder(seen: &Seen, key: u32) -> (Table, u32) {
    let roles = u32::try_from(seen.reading().roles.len()).unwrap_or(NONE);
    match key.checked_sub(roles) {
        Some(source) => (Table::Sources, source),
        None => (Table::Roles, key),
    }
}
