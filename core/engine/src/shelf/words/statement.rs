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
    let keys = |column: Column| -> Vec<u32> {
        statements.rows.iter().map(|&row| column.key(reading, row as usize)).collect()
    };
    let counts = counted(&keys(rows), &keys(columns));
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

/// How often each pair of keys occurs; pairs with [`NONE`] are left out.
fn counted(down: &[u32], across: &[u32]) -> BTreeMap<(u32, u32), INT> {
    let size = |keys: &[u32]| {
        let largest = keys.iter().copied().filter(|&key| key != NONE).max();
        largest.map_or(0, |key| key as usize + 1)
    };
    let (height, width) = (size(down), size(across));
    let known = down.iter().zip(across).filter(|&(&row, &column)| row != NONE && column != NONE);
    // A table with every pair is quickest, as long as it is no larger than what is counted.
    if height.saturating_mul(width) <= down.len() {
        let mut table = vec![0; height * width];
        known.for_each(|(&row, &column)| table[row as usize * width + column as usize] += 1);
        let key = |index: usize| u32::try_from(index).unwrap_or(NONE);
        let pairs = table.into_iter().enumerate().filter(|&(_, count)| count > 0);
        return pairs.map(|(at, count)| ((key(at / width), key(at % width)), count)).collect();
    }
    let mut pairs: Vec<(u32, u32)> = known.map(|(&row, &column)| (row, column)).collect();
    pairs.sort_unstable();
    let size = |same: &[(u32, u32)]| INT::try_from(same.len()).unwrap_or(INT::MAX);
    pairs.chunk_by(|one, other| one == other).map(|same| (same[0], size(same))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_the_same_in_a_table_and_in_a_list() {
        let (down, across) = ([0, 1, 0, NONE, 1, 1], [1, 0, 1, 0, NONE, 0]);
        let counts = BTreeMap::from([((0, 1), 2), ((1, 0), 2)]);
        assert_eq!(counted(&down, &across), counts);
        let far = |keys: [u32; 6]| keys.map(|key| if key == 1 { 1_000 } else { key });
        let counts = BTreeMap::from([((0, 1_000), 2), ((1_000, 0), 2)]);
        assert_eq!(counted(&far(down), &far(across)), counts);
        assert!(counted(&[], &[]).is_empty());
    }
}
