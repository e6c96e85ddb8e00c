//! What can a script ask of the statements: which, how many, by what?

use std::collections::BTreeMap;
use std::sync::Arc;

use parallax_model::table::NONE;
use rhai::{Dynamic, EvalAltResult, INT, Map};

use super::choice::chosen;
use super::column::{COLUMNS, Column, Test};
use super::evidence::Grounds;
use super::seen::Seen;
use super::{Vocabulary, evidence};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// Some of the statements of a reading, in their order.
#[derive(Clone)]
struct Statements {
    seen: Seen,
    rows: Arc<Vec<u32>>,
}

/// The words for statements.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Statements>("Statements");
    words.function(
        "statements",
        "reading.statements()",
        "The statements of everybody in the reading and of documents.",
        |seen: &mut Seen| {
            let all = (0_u32..).take(seen.reading().statements.len()).collect();
            Statements { seen: seen.clone(), rows: Arc::new(all) }
        },
    );
    words.function(
        "filter",
        "statements.filter(test)",
        "Those that a test takes, as in `filter(col(\"modality\") == \"duty\")`.",
        |statements: &mut Statements, test: Test| -> Result<Statements> {
            let mask = test.mask(statements.seen.reading(), &statements.rows)?;
            let kept = statements.rows.iter().zip(mask).filter(|(_, taken)| *taken);
            let rows = Arc::new(kept.map(|(&row, _)| row).collect());
            Ok(Statements { seen: statements.seen.clone(), rows })
        },
    );
    words.function(
        "count",
        "statements.count()",
        "How many there are.",
        |statements: &mut Statements| INT::try_from(statements.rows.len()).unwrap_or(INT::MAX),
    );
    register_groups(words);
    words.function(
        "evidence",
        "statements.evidence()",
        "The statements as evidence: those that affirm support, those that deny are contrary.",
        |statements: &mut Statements| {
            let reading = statements.seen.reading();
            let items = statements.rows.iter().map(|&row| evidence::statement(reading, row));
            Grounds(Arc::new(items.collect()))
        },
    );
}

fn register_groups(words: &mut Vocabulary) {
    words.function(
        "by",
        "statements.by(column)",
        "The statements apart for each value of a column: a map; blank cells are left out.",
        |statements: &mut Statements, column: &str| -> Result<Map> {
            let column = chosen("by", &COLUMNS, column)?;
            let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for &row in statements.rows.iter() {
                let key = column.key(statements.seen.reading(), row as usize);
                groups.entry(key).or_default().push(row);
            }
            groups.remove(&NONE);
            let named = groups.into_iter().map(|(key, rows)| {
                let name = column.name(statements.seen.reading(), key);
                let group = Statements { seen: statements.seen.clone(), rows: Arc::new(rows) };
                (name.into(), Dynamic::from(group))
            });
            Ok(named.collect())
        },
    );
    words.function(
        "crosstab",
        "statements.crosstab(rows, columns)",
        "How many statements for each pair of values of two columns: a map of maps, every value \
         that occurs in every map; blank cells are left out.",
        |statements: &mut Statements, rows: &str, columns: &str| -> Result<Map> {
            let rows = chosen("crosstab", &COLUMNS, rows)?;
            let columns = chosen("crosstab", &COLUMNS, columns)?;
            Ok(crosstab(statements, rows, columns))
        },
    );
}

fn crosstab(statements: &Statements, rows: Column, columns: Column) -> Map {
    let reading = statements.seen.reading();
    let mut counts: BTreeMap<(u32, u32), INT> = BTreeMap::new();
    // Neighbouring statements often share their cell, so the last one is kept at hand.
    let (mut at, mut run) = ((NONE, NONE), 0);
    for &row in statements.rows.iter() {
        let key = (rows.key(reading, row as usize), columns.key(reading, row as usize));
        if key != at {
            *counts.entry(at).or_default() += run;
            (at, run) = (key, 0);
        }
        run += 1;
    }
    *counts.entry(at).or_default() += run;
    counts.retain(|&(row, column), _| row != NONE && column != NONE);
    let mut names: Vec<u32> = counts.keys().map(|key| key.1).collect();
    names.sort_unstable();
    names.dedup();
    let mut table = Map::new();
    for &(row, _) in counts.keys() {
        table.entry(rows.name(reading, row).into()).or_insert_with(|| {
            let cell = |&column: &u32| {
                let count = counts.get(&(row, column)).copied().unwrap_or(0);
                (columns.name(reading, column).into(), Dynamic::from(count))
            };
            Dynamic::from(names.iter().map(cell).collect::<Map>())
        });
    }
    table
}
