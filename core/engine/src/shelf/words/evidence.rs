//! On what does something rest, when a script hands it from cells or rows to a finding?

use std::collections::BTreeSet;
use std::sync::Arc;

use parallax_model::row::{ConstraintState, Stance};
use parallax_model::{Evidence, EvidenceKind, Reading, Weight};
use rhai::{Dynamic, INT};

use super::named::{Constraint, Excerpt, OfTable, Position, Statement};
use super::rows::Rows;
use super::seen::Seen;
use super::tables::Table;
use super::{Result, Vocabulary, shown};
use crate::shelf::script::fault::{stop, type_name};

/// Statements, excerpts and constraints, in the order of their tables. It stays on the side of
/// Rust: the evidence of a large study is longer than a list of a script can be.
#[derive(Clone, Default)]
pub(super) struct Grounds(pub(super) Arc<Vec<Evidence>>);

/// The words for evidence.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Grounds>("Evidence");
    words.shown(|grounds: &Grounds| {
        shown::list(grounds.0.iter().map(|item| item.id.clone()), grounds.0.len())
    });
    words.describe(
        "+",
        "evidence + evidence",
        "Both, each statement once.",
        r#"(reading.statement("s1").evidence() + reading.statement("s2").evidence()).count()  // 2"#,
    );
    words.also("+", |one: Grounds, other: Grounds| joined(one, &other));
    words.describe(
        "-",
        "evidence - evidence",
        "The first without what stands in the second, whatever either speaks for.",
        r#"(reading.statements().evidence() - reading.statement("s1").evidence()).count()  // 13"#,
    );
    words.also("-", |one: Grounds, other: Grounds| without(one, &other));
    words.function(
        "count",
        "evidence.count()",
        "How many statements, excerpts and constraints there are.",
        "reading.statements().evidence().count()  // 14",
        |grounds: &mut Grounds| size(grounds.0.len()),
    );
    words.function(
        "statements",
        "evidence.statements()",
        "How many of them are statements.",
        "reading.constraints().evidence().statements()  // 0",
        |grounds: &mut Grounds| {
            size(grounds.0.iter().filter(|item| item.kind == EvidenceKind::Statement).count())
        },
    );
    words.function(
        "supporting",
        "evidence.supporting()",
        "The same, all of it as what speaks for the finding.",
        r#"reading.statement("s1").evidence().supporting().count()  // 1"#,
        |grounds: Grounds| weighed(grounds, Weight::Supporting),
    );
    words.function(
        "contrary",
        "evidence.contrary()",
        "The same, all of it as what speaks against the finding.",
        r#"reading.statement("s1").evidence().contrary().count()  // 1"#,
        |grounds: Grounds| weighed(grounds, Weight::Contrary),
    );
    words.function(
        "context",
        "evidence.context()",
        "The same, all of it as what a reader needs beside the finding.",
        r#"reading.statement("s1").evidence().context().count()  // 1"#,
        |grounds: Grounds| weighed(grounds, Weight::Context),
    );
}

/// The items of one that are not among those of the other, whatever their weight.
fn without(one: Grounds, other: &Grounds) -> Grounds {
    let name = |item: &Evidence| (item.kind, item.id.clone());
    let taken: BTreeSet<(EvidenceKind, String)> = other.0.iter().map(name).collect();
    let mut left = Arc::unwrap_or_clone(one.0);
    left.retain(|item| !taken.contains(&name(item)));
    Grounds(Arc::new(left))
}

/// Both, each item once, in the order in which they come.
fn joined(one: Grounds, other: &Grounds) -> Grounds {
    let known: BTreeSet<&Evidence> = one.0.iter().collect();
    let new: Vec<Evidence> = other.0.iter().filter(|item| !known.contains(item)).cloned().collect();
    drop(known);
    let mut all = Arc::unwrap_or_clone(one.0);
    all.extend(new);
    Grounds(Arc::new(all))
}

fn weighed(grounds: Grounds, weight: Weight) -> Grounds {
    let mut all = Arc::unwrap_or_clone(grounds.0);
    all.iter_mut().for_each(|item| item.weight = weight);
    Grounds(Arc::new(all))
}

fn size(count: usize) -> INT {
    INT::try_from(count).unwrap_or(INT::MAX)
}

/// What a script hands to a finding: evidence, rows, or one row.
pub(super) fn grounds(value: &Dynamic) -> Result<Grounds> {
    if let Some(grounds) = value.read_lock::<Grounds>() {
        return Ok(grounds.clone());
    }
    if let Some(rows) = value.read_lock::<Rows>() {
        return of_rows(&rows);
    }
    let statement = value.read_lock::<Statement>().map(|row| of_row(&*row));
    let found = statement
        .or_else(|| value.read_lock::<Excerpt>().map(|row| of_row(&*row)))
        .or_else(|| value.read_lock::<Constraint>().map(|row| of_row(&*row)))
        .or_else(|| value.read_lock::<Position>().map(|row| of_row(&*row)));
    found.ok_or_else(|| {
        let help = "give it `cells.evidence(units)`, rows, or one statement".to_owned();
        stop(format!("{} is no evidence", type_name(value.type_name())), Some(help))
    })
}

/// One row as evidence.
pub(super) fn of_row(row: &impl OfTable) -> Grounds {
    let (seen, table, row) = row.place();
    let mut items = Vec::new();
    add(seen, table, row, &mut items);
    Grounds(Arc::new(items))
}

/// Rows as evidence.
pub(super) fn of_rows(rows: &Rows) -> Result<Grounds> {
    let (seen, table) = (&rows.seen, rows.table);
    let mut items = Vec::new();
    match table {
        Table::Statements | Table::Excerpts | Table::Constraints => {
            rows.each_block(|block, _| {
                block.rows().for_each(|row| add(seen, table, row, &mut items));
            })?;
        }
        Table::Positions(_) => {
            rows.iter().for_each(|row| add(seen, table, row, &mut items));
            let mut known = BTreeSet::new();
            items.retain(|item| known.insert(item.clone()));
        }
        table => return Err(stop(format!("{} are no evidence", table.name()), None)),
    }
    Ok(Grounds(Arc::new(items)))
}

fn add(seen: &Seen, table: Table, row: u32, items: &mut Vec<Evidence>) {
    let reading = seen.reading();
    match table {
        Table::Statements => items.push(statement(reading, row)),
        Table::Excerpts => {
            items.push(Evidence::excerpt(reading.excerpts.ids.of(row), Weight::Supporting));
        }
        Table::Constraints => items.push(constraint(reading, row)),
        Table::Positions(ascriber) => {
            let Some(position) = seen.positions(ascriber).get(row as usize) else { return };
            let said = position.ascribing.iter().chain(&position.claiming);
            items.extend(said.map(|&row| statement(reading, row)));
            items.extend(position.constraints.iter().map(|&row| constraint(reading, row)));
        }
        _ => {}
    }
}

/// The statement of a row: what affirms supports, what denies is contrary.
pub(super) fn statement(reading: &Reading<'_>, row: u32) -> Evidence {
    let weight = match reading.statements.stance(row as usize) {
        Stance::Affirm | Stance::Mixed => Weight::Supporting,
        Stance::Deny => Weight::Contrary,
    };
    Evidence::statement(reading.statements.ids.of(row), weight)
}

/// The constraint of a row: at least one who affirms supports, at least one who denies is
/// contrary. That nobody said it is no denial.
pub(super) fn constraint(reading: &Reading<'_>, row: u32) -> Evidence {
    let (constraints, at) = (&reading.constraints, row as usize);
    let limits = (constraints.minimums[at], constraints.maximums[at]);
    let weight = match (constraints.state(at), limits) {
        (ConstraintState::Affirm, (1.., _)) => Weight::Supporting,
        (ConstraintState::Deny, (1.., _)) => Weight::Contrary,
        _ => Weight::Context,
    };
    Evidence::constraint(constraints.ids.of(row), weight)
}
