//! Which key does each row of a table have in a column?
//!
//! A name such as `speaker.years` goes from a statement to its speaker and on to a column of
//! participants: every column that refers to another table can be followed.

use std::sync::Arc;

use parallax_model::table::NONE;
use parallax_model::{Ascription, Holder, PositionKind, State, Status};
use rhai::Dynamic;

use super::Result;
use super::choice::{
    CLAIM_KINDS, KINDS_OF_PEOPLE, KINDS_OF_POSITIONS, KINDS_OF_ROLES, MODALITY_WORDS, MORAL_ORDERS,
    NO_OR_YES, ORIGINS, SOURCE_KINDS, STANCE_WORDS, STATE_WORDS, STATUS_WORDS, STRENGTH_WORDS,
    WHOSE,
};
use super::domain::{Domain, Shared, bearer_key};
use super::seen::Seen;
use super::tables::{Field, Table};
use crate::shelf::script::did_you_mean;
use crate::shelf::script::fault::stop;

/// A column of a table of this reading.
#[derive(Clone)]
pub(super) struct Column {
    table: Table,
    what: What,
    /// What its keys refer to.
    pub(super) domain: Domain,
}

#[derive(Clone)]
enum What {
    Field(Field),
    /// The key of each row of the table.
    Attribute(Arc<Vec<u32>>),
    /// A column that refers to a table, and the key of each row there.
    Through(Arc<Column>, Arc<Vec<u32>>),
}

/// Some rows that follow one another in a table or in a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Block<'r> {
    /// From the first to before the second.
    Range(u32, u32),
    /// These.
    List(&'r [u32]),
}

impl Column {
    /// The column `name` of a table.
    ///
    /// # Errors
    /// When the table has none of this name, with the one that was probably meant.
    pub(super) fn of(seen: &Seen, table: Table, name: &str) -> Result<Self> {
        let is_listed = table.columns().iter().any(|(known, ..)| *known == name);
        if let Some(values) = seen.attribute(table, name).filter(|_| !is_listed) {
            // A name with a point in it, as R writes them, is one name.
            let domain = Domain::Shared(Shared::Attributes);
            return Ok(Self { table, what: What::Attribute(values), domain });
        }
        let (first, rest) = match name.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (name, None),
        };
        let column = Self::here(seen, table, first)?;
        let Some(rest) = rest else { return Ok(column) };
        let Domain::Rows(target) = column.domain else {
            let message = format!("`{first}` refers to no table, so it has no `{rest}`");
            return Err(stop(message, None));
        };
        let next = Self::of(seen, target, rest)?;
        let mut keys = Vec::new();
        let rows = u32::try_from(seen.len(target)).unwrap_or(NONE);
        next.keys(seen, Block::Range(0, rows), &mut keys);
        let what = What::Through(Arc::new(column), Arc::new(keys));
        Ok(Self { table, what, domain: next.domain })
    }

    /// The column of a table that is there in every study.
    pub(super) fn known(table: Table, field: Field) -> Self {
        Self { table, what: What::Field(field), domain: domain(table, field) }
    }

    fn here(seen: &Seen, table: Table, name: &str) -> Result<Self> {
        let listed = table.columns().iter().find(|(known, ..)| *known == name);
        if let Some((_, field, _)) = listed {
            return Ok(Self::known(table, *field));
        }
        let attributes = seen.attribute_names(table);
        let known = table.columns().iter().map(|(known, ..)| *known);
        let known: Vec<&str> = known.chain(attributes.iter().map(String::as_str)).collect();
        let of_speaker = match table.has_speakers() {
            true => seen.attribute_names(Table::Participants),
            false => Vec::new(),
        };
        let help = match of_speaker.iter().any(|own| own == name) {
            true => format!("did you mean `speaker.{name}`?"),
            false => did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("there are {}", known.join(", "))),
        };
        Err(stop(format!("{} have no column `{name}`", table.name()), Some(help)))
    }

    /// Appends the keys of some rows.
    pub(super) fn keys(&self, seen: &Seen, rows: Block<'_>, out: &mut Vec<u32>) {
        let field = match &self.what {
            What::Field(field) => *field,
            What::Attribute(values) => return copy(values, rows, out),
            What::Through(first, next) => {
                let start = out.len();
                first.keys(seen, rows, out);
                for key in &mut out[start..] {
                    *key = next.get(*key as usize).copied().unwrap_or(NONE);
                }
                return;
            }
        };
        let reading = seen.reading();
        let (said, people) = (&reading.statements, &reading.participants);
        match (self.table, field) {
            (Table::Statements, Field::Code) => copy(&said.codes, rows, out),
            (Table::Statements, Field::Speaker) => copy(&said.speakers, rows, out),
            (Table::Statements, Field::Source) => copy(&said.sources, rows, out),
            (Table::Statements, Field::Role) => follow(&said.speakers, &people.roles, rows, out),
            (Table::Statements, Field::Case) => follow(&said.speakers, &people.cases, rows, out),
            (Table::Statements, Field::Modality) => {
                each(rows, out, |row| said.modality(row) as u32);
            }
            (Table::Statements, Field::Stance) => each(rows, out, |row| said.stance(row) as u32),
            (table, field) => each(rows, out, |row| one(seen, table, field, row)),
        }
    }

    /// The key of one row.
    pub(super) fn key(&self, seen: &Seen, row: u32) -> u32 {
        match &self.what {
            What::Field(field) => one(seen, self.table, *field, row as usize),
            What::Attribute(values) => values.get(row as usize).copied().unwrap_or(NONE),
            What::Through(first, next) => {
                next.get(first.key(seen, row) as usize).copied().unwrap_or(NONE)
            }
        }
    }

    /// What a row of a script shows.
    pub(super) fn value(&self, seen: &Seen, row: u32) -> Dynamic {
        self.domain.value(seen, self.key(seen, row))
    }
}

fn copy(cells: &[u32], rows: Block<'_>, out: &mut Vec<u32>) {
    match rows {
        Block::Range(from, to) if to as usize <= cells.len() => {
            out.extend_from_slice(&cells[from as usize..to as usize]);
        }
        _ => each(rows, out, |row| cells.get(row).copied().unwrap_or(NONE)),
    }
}

/// Appends what a second column has at the rows that a first one names.
fn follow(first: &[u32], second: &[u32], rows: Block<'_>, out: &mut Vec<u32>) {
    let start = out.len();
    copy(first, rows, out);
    for key in &mut out[start..] {
        *key = second.get(*key as usize).copied().unwrap_or(NONE);
    }
}

fn each(rows: Block<'_>, out: &mut Vec<u32>, key: impl Fn(usize) -> u32) {
    match rows {
        Block::Range(from, to) => out.extend((from..to).map(|row| key(row as usize))),
        Block::List(rows) => out.extend(rows.iter().map(|&row| key(row as usize))),
    }
}

/// What a column refers to.
pub(super) fn domain(table: Table, field: Field) -> Domain {
    match (table, field) {
        (Table::Roles, Field::Kind) => Domain::Words(&KINDS_OF_ROLES),
        (Table::Participants, Field::Kind) => Domain::Words(&KINDS_OF_PEOPLE),
        (Table::Sources, Field::Kind) => Domain::Words(&SOURCE_KINDS),
        (Table::Claims, Field::Kind) => Domain::Words(&CLAIM_KINDS),
        (Table::Positions(_), Field::Kind) => Domain::Words(&KINDS_OF_POSITIONS),
        (Table::Positions(_), Field::Bearer) => Domain::Rows(Table::Roles),
        (Table::Positions(_), Field::Expected) => Domain::Words(&STATE_WORDS),
        (_, Field::Own) => Domain::Words(&STATE_WORDS),
        (_, Field::Status) => Domain::Words(&STATUS_WORDS),
        (_, Field::Conflict) => Domain::Words(&NO_OR_YES),
        (_, Field::Holder) => Domain::Holder,
        (Table::Roles, Field::Within) | (_, Field::Role) => Domain::Rows(Table::Roles),
        (Table::Cases, Field::Parent) | (_, Field::Case) => Domain::Rows(Table::Cases),
        (Table::Codes, Field::Parent) | (_, Field::Code) => Domain::Rows(Table::Codes),
        (_, Field::Source) => Domain::Rows(Table::Sources),
        (_, Field::Speaker) => Domain::Rows(Table::Participants),
        (_, Field::Modality) => Domain::Words(&MODALITY_WORDS),
        (_, Field::Stance | Field::State) => Domain::Words(&STANCE_WORDS),
        (_, Field::Strength) => Domain::Words(&STRENGTH_WORDS),
        (_, Field::MoralOrder) => Domain::Words(&MORAL_ORDERS),
        (_, Field::Origin) => Domain::Words(&ORIGINS),
        (_, Field::Whose) => Domain::Words(&WHOSE),
        (_, Field::Bearer | Field::Counterparty | Field::Owner) => Domain::Bearer,
        (_, Field::Title) => Domain::Shared(Shared::Titles),
        (_, Field::Coder) => Domain::Shared(Shared::Coders),
        (_, Field::Storyline) => Domain::Shared(Shared::Storylines),
        (_, Field::Wave | Field::Perspective | Field::Minimum | Field::Maximum) => Domain::Whole,
        (_, Field::Value | Field::Weight) => Domain::Decimal(table, field),
        (_, _) => Domain::Text(table, field),
    }
}

/// The key of one row in a column that every study has.
fn one(seen: &Seen, table: Table, field: Field, row: usize) -> u32 {
    let reading = seen.reading();
    let byte = |cells: &[u8]| match cells.get(row) {
        None | Some(&u8::MAX) => NONE,
        Some(&byte) => byte.into(),
    };
    let code = |cells: &[u32]| cells.get(row).copied().unwrap_or(NONE);
    match (table, field) {
        (Table::Roles, Field::Kind) => byte(&reading.roles.kinds),
        (Table::Roles, Field::Within) => code(&reading.roles.within),
        (Table::Cases, Field::Parent) => code(&reading.cases.parents),
        (Table::Codes, Field::Parent) => code(&reading.codes.parents),
        (Table::Codes, Field::Origin) => byte(&reading.codes.origins),
        (Table::Participants, Field::Role) => code(&reading.participants.roles),
        (Table::Participants, Field::Case) => code(&reading.participants.cases),
        (Table::Participants, Field::Title) => code(&reading.participants.titles),
        (Table::Participants, Field::Kind) => byte(&reading.participants.kinds),
        (Table::Sources, Field::Kind) => byte(&reading.sources.kinds),
        (Table::Sources, Field::Case) => code(&reading.sources.cases),
        (Table::Sources, Field::Wave) => number(code(&reading.sources.waves)),
        (Table::Claims, Field::Kind) => byte(&reading.claims.kinds),
        (Table::Claims, Field::Modality) => byte(&reading.claims.modalities),
        (Table::Claims, Field::State) => byte(&reading.claims.states),
        (Table::Constraints, Field::Code) => code(&reading.constraints.codes),
        (Table::Constraints, Field::Modality) => byte(&reading.constraints.modalities),
        (Table::Constraints, Field::Whose) => byte(&reading.constraints.bearers),
        (Table::Constraints, Field::State) => byte(&reading.constraints.states),
        (Table::Constraints, Field::Minimum) => code(&reading.constraints.minimums),
        (Table::Constraints, Field::Maximum) => code(&reading.constraints.maximums),
        (Table::Excerpts, _) => of_excerpt(seen, field, row),
        (Table::Positions(ascriber), _) => seen
            .positions(ascriber)
            .get(row)
            .map_or(NONE, |position| of_position(seen, position, field)),
        (Table::Statements, _) => of_statement(seen, field, row),
        _ => own(seen, table, field, row),
    }
}

/// The row itself where it has a text or a number of its own there.
fn own(seen: &Seen, table: Table, field: Field, row: usize) -> u32 {
    let key = u32::try_from(row).unwrap_or(NONE);
    let blank = match field {
        Field::Value | Field::Weight => seen.decimal(table, field, key).is_none(),
        _ => seen.text(table, field, key).is_empty(),
    };
    if blank { NONE } else { key }
}

/// Waves are counted from 1; 0 is none.
fn number(wave: u32) -> u32 {
    if wave == 0 { NONE } else { wave }
}

fn of_statement(seen: &Seen, field: Field, row: usize) -> u32 {
    let reading = seen.reading();
    let said = &reading.statements;
    let code = |cells: &[u32]| cells.get(row).copied().unwrap_or(NONE);
    match field {
        Field::Source => code(&said.sources),
        Field::Speaker => code(&said.speakers),
        Field::Role => reading.participants.role(code(&said.speakers)),
        Field::Case => reading.participants.case(code(&said.speakers)),
        Field::Code => code(&said.codes),
        Field::Modality => said.modality(row) as u32,
        Field::Stance => said.stance(row) as u32,
        Field::Strength => said.strength(row) as u32,
        Field::Bearer => bearer_key(seen, said.bearer(row)),
        Field::Counterparty => bearer_key(seen, said.counterparty(row)),
        Field::Owner => bearer_key(seen, said.owner(row)),
        Field::Perspective => said.perspective(row).into(),
        Field::Whose => {
            if said.bearer(row) == parallax_model::Bearer::Nobody {
                return NONE;
            }
            let own = reading.is_ascription(row, Ascription::Own);
            let others = reading.is_ascription(row, Ascription::Other);
            match (own, others) {
                (true, false) => 0,
                (false, true) => 1,
                (true, true) => 2,
                (false, false) => NONE,
            }
        }
        Field::Coder => code(&said.coders),
        Field::Storyline => code(&said.storylines),
        Field::MoralOrder => match said.moral_orders.get(row) {
            None | Some(&u8::MAX) => NONE,
            Some(&order) => order.into(),
        },
        Field::Wave => {
            let source = code(&said.sources);
            number(reading.sources.waves.get(source as usize).copied().unwrap_or(0))
        }
        field => own(seen, Table::Statements, field, row),
    }
}

fn of_excerpt(seen: &Seen, field: Field, row: usize) -> u32 {
    let reading = seen.reading();
    let code = |cells: &[u32]| cells.get(row).copied().unwrap_or(NONE);
    let speaker = code(&reading.excerpts.speakers);
    match field {
        Field::Source => code(&reading.excerpts.sources),
        Field::Speaker => speaker,
        Field::Role if speaker == NONE => code(&reading.excerpts.roles),
        Field::Role => reading.participants.role(speaker),
        Field::Case => reading.participants.case(speaker),
        field => own(seen, Table::Excerpts, field, row),
    }
}

fn of_position(seen: &Seen, position: &parallax_model::Position, field: Field) -> u32 {
    let state = |state: State| state as u32;
    match field {
        Field::Case => position.case,
        Field::Bearer => position.bearer,
        Field::Code => position.content.code,
        Field::Kind => match position.content.kind {
            PositionKind::Duty => 0,
            PositionKind::Right => 1,
            PositionKind::Permission => 2,
            PositionKind::Prohibition => 3,
        },
        Field::Holder => match position.holder {
            Holder::Role(row) => row,
            Holder::Document(source) => {
                u32::try_from(seen.reading().roles.len()).unwrap_or(NONE).saturating_add(source)
            }
            Holder::Nobody => NONE,
        },
        Field::Expected => state(position.expected),
        Field::Own => state(position.own),
        Field::Status => status_key(position.status),
        Field::Conflict => position.inter_sender_conflict.into(),
        _ => NONE,
    }
}

/// The place of a status among the words; two of them share the word `contested`.
fn status_key(status: Status) -> u32 {
    let found = (0_u32..).zip(STATUS_WORDS).find(|(_, word)| *word == status.word());
    found.map_or(NONE, |(key, _)| key)
}
