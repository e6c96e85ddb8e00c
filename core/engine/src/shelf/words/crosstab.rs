//! How often do the values of two columns meet?

use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use parallax_model::table::NONE;
use parallax_model::{Number, Table, Value};
use rhai::{Dynamic, INT, NativeCallContext};

use super::column::Column;
use super::domain::Domain;
use super::finding::word;
use super::rows::{Rows, SameTexts};
use super::seen::Seen;
use super::set::{Set, text_of};
use super::table::{MOST_CELLS, Sheet};
use super::{Result, Vocabulary, shown};
use crate::shelf::script::fault::beyond_limit;

/// How often each value of one column meets each value of another.
#[derive(Clone)]
pub(super) struct Crosstab {
    seen: Seen,
    down: Side,
    across: Side,
    counts: Arc<Counts>,
}

/// One of the two columns.
#[derive(Clone)]
struct Side {
    name: String,
    domain: Domain,
    /// The values that occur, in their order.
    keys: Arc<Vec<u32>>,
}

/// The words for cross-tabs.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Crosstab>("Crosstab");
    words.shown(Crosstab::shown);
    words.function(
        "crosstab",
        "rows.crosstab(down, across)",
        "How many rows there are for each pair of values of two columns; blank cells are left out.",
        r#"reading.statements().crosstab("role", "modality").count("teacher", "duty")  // 3"#,
        |rows: &mut Rows, down: &str, across: &str| crosstab(rows, down, across),
    );
    words.function(
        "count",
        "crosstab.count(down, across)",
        "How often two values meet; 0 when they never do.",
        r#"reading.statements().crosstab("code", "stance").count("logbook", "deny")  // 0"#,
        |cross: &mut Crosstab, down: Dynamic, across: Dynamic| cross.count(&down, &across),
    );
    words.function(
        "down",
        "crosstab.down()",
        "The values of the first column that occur, in their order; `across()` those of the second.",
        r#"reading.statements().crosstab("role", "stance").down().list()[0]  // coach"#,
        |cross: &mut Crosstab| cross.down.values(&cross.seen),
    );
    words.also("across", |cross: &mut Crosstab| cross.across.values(&cross.seen));
    words.function(
        "table",
        "crosstab.table(name)",
        "A table of the counts, titled by a word of the header: the first column downward, the \
         second one across.",
        r#"let t = reading.statements().crosstab("role", "stance").table("n")  // "#,
        |context: NativeCallContext, cross: &mut Crosstab, name: &str| -> Result<Sheet> {
            word(&context, name)?;
            cross.table(name, &context)
        },
    );
}

fn crosstab(rows: &Rows, down: &str, across: &str) -> Result<Crosstab> {
    let seen = &rows.seen;
    let names = (down, across);
    let down = Column::of(seen, rows.table, down)?;
    let across = Column::of(seen, rows.table, across)?;
    let counts = match (down.domain.size(seen), across.domain.size(seen)) {
        // A table with every pair is quickest, as long as it is no larger than what is counted.
        (Some(height), Some(width)) if height.saturating_mul(width) <= rows.len().max(4096) => {
            in_table(rows, &down, &across, (height, width))?
        }
        _ => in_list(rows, &down, &across)?,
    };
    let (one, other) = (Side::of(names.0, &down), Side::of(names.1, &across));
    let mut merged = Counts::new();
    let mut first = SameTexts::new(seen, one.domain);
    let mut second = SameTexts::new(seen, other.domain);
    for ((row, column), count) in counts {
        *merged.entry((first.first(row), second.first(column))).or_default() += count;
    }
    let down = one.with(seen, merged.keys().map(|pair| pair.0));
    let across = other.with(seen, merged.keys().map(|pair| pair.1));
    Ok(Crosstab { seen: seen.clone(), down, across, counts: merged.into() })
}

impl Side {
    fn of(name: &str, column: &Column) -> Self {
        Self { name: name.to_owned(), domain: column.domain, keys: Arc::default() }
    }

    fn with(self, seen: &Seen, keys: impl Iterator<Item = u32>) -> Self {
        let mut keys: Vec<u32> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        keys.sort_by(|&one, &other| self.domain.order(seen, one, other));
        Self { keys: keys.into(), ..self }
    }

    fn values(&self, seen: &Seen) -> Set {
        self.keys.iter().map(|&key| self.domain.name(seen, key)).collect()
    }

    /// The key of a value of a script; `None` when it does not occur.
    fn key(&self, seen: &Seen, value: &Dynamic) -> Result<Option<u32>> {
        let text = text_of(value)?;
        if matches!(self.domain, Domain::Text(..) | Domain::Decimal(..)) {
            let named = |&&key: &&u32| self.domain.name(seen, key) == text;
            return Ok(self.keys.iter().find(named).copied());
        }
        self.domain.key_of(seen, &self.name, &text)
    }

    /// What stands at the head of a row or a column: a word of the header where there is one.
    fn head(&self, seen: &Seen, context: &NativeCallContext<'_>, key: u32) -> Value {
        match self.domain.shown(seen, key) {
            Value::Word(name) if word(context, &name).is_err() => Value::Text(name),
            shown => shown,
        }
    }
}

impl Crosstab {
    fn count(&self, down: &Dynamic, across: &Dynamic) -> Result<INT> {
        let keys = (self.down.key(&self.seen, down)?, self.across.key(&self.seen, across)?);
        let count = keys.0.zip(keys.1).and_then(|pair| self.counts.get(&pair));
        Ok(count.copied().unwrap_or(0))
    }

    fn shown(&self) -> String {
        let name = |side: &Side, key: u32| side.domain.name(&self.seen, key);
        let across = self.across.keys.iter().take(shown::MOST);
        let head = across.clone().map(|&key| name(&self.across, key));
        let mut lines: Vec<Vec<String>> = vec![iter::once(String::new()).chain(head).collect()];
        for &row in self.down.keys.iter().take(shown::MOST) {
            let count = |&column: &u32| self.counts.get(&(row, column)).copied().unwrap_or(0);
            let counts = across.clone().map(|column| count(column).to_string());
            lines.push(iter::once(name(&self.down, row)).chain(counts).collect());
        }
        let mut text = shown::aligned(&lines);
        let (height, width) = (self.down.keys.len(), self.across.keys.len());
        if height.max(width) > shown::MOST {
            text.push_str(&format!("\n… {height} by {width} in all"));
        }
        text
    }

    fn table(&self, name: &str, context: &NativeCallContext<'_>) -> Result<Sheet> {
        let (down, across) = (&self.down, &self.across);
        if down.keys.len().saturating_mul(across.keys.len() + 1) > MOST_CELLS {
            return Err(beyond_limit(format!("a table can have {MOST_CELLS} cells")));
        }
        let mut columns = vec![Value::Text(String::new())];
        columns.extend(across.keys.iter().map(|&key| across.head(&self.seen, context, key)));
        let row = |&key: &u32| -> Vec<Value> {
            let mut cells = vec![down.head(&self.seen, context, key)];
            cells.extend(across.keys.iter().map(|&column| {
                let value = self.counts.get(&(key, column)).copied().unwrap_or(0);
                Value::Number(Number::Count { value })
            }));
            cells
        };
        let rows = down.keys.iter().map(row).collect();
        Ok(Sheet::new(Table { name: name.to_owned(), columns, rows }))
    }
}

type Counts = BTreeMap<(u32, u32), INT>;

fn in_table(
    rows: &Rows,
    down: &Column,
    across: &Column,
    (height, width): (usize, usize),
) -> Result<Counts> {
    let mut table: Vec<u32> = vec![0; height * width];
    let mut beside = Vec::new();
    rows.each_block(|block, keys| {
        down.keys(&rows.seen, block, keys);
        beside.clear();
        across.keys(&rows.seen, block, &mut beside);
        for (&row, &column) in keys.iter().zip(&beside) {
            // The key of a blank cell is far beyond the table.
            if let Some(count) = table.get_mut(row as usize * width + column as usize) {
                *count += 1;
            }
        }
    })?;
    let key = |index: usize| u32::try_from(index).unwrap_or(NONE);
    let pairs = table.into_iter().enumerate().filter(|&(_, count)| count > 0);
    let pair = |at: usize| (key(at / width), key(at % width));
    Ok(pairs.map(|(at, count)| (pair(at), count.into())).collect())
}

fn in_list(rows: &Rows, down: &Column, across: &Column) -> Result<Counts> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut beside = Vec::new();
    rows.each_block(|block, keys| {
        down.keys(&rows.seen, block, keys);
        beside.clear();
        across.keys(&rows.seen, block, &mut beside);
        let known = keys.iter().copied().zip(beside.iter().copied());
        pairs.extend(known.filter(|&(row, column)| row != NONE && column != NONE));
    })?;
    pairs.sort_unstable();
    let size = |same: &[(u32, u32)]| INT::try_from(same.len()).unwrap_or(INT::MAX);
    Ok(pairs.chunk_by(|one, other| one == other).map(|same| (same[0], size(same))).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parallax_model::Reading;
    use parallax_model::tables::{Codes, Statements};

    use super::*;
    use crate::shelf::words::seen::Seen;
    use crate::shelf::words::tables::Table;

    #[test]
    fn pairs_are_counted_the_same_in_a_table_and_in_a_list() {
        let reading = Reading {
            codes: Codes { ids: ["a", "b"].into_iter().collect(), ..Codes::default() },
            statements: Statements {
                ids: ["1", "2", "3", "4"].into_iter().collect(),
                codes: vec![0, 1, NONE, 1].into(),
                modalities: vec![0, 1, 0, 1].into(),
                ..Statements::default()
            },
            ..Reading::default()
        };
        let seen = Seen::new(&reading, Arc::default());
        let rows = Rows::first(&seen, Table::Statements, 4);
        let column = |name| Column::of(&seen, Table::Statements, name).expect("a column");
        let (down, across) = (column("code"), column("modality"));
        let expected = BTreeMap::from([((0, 0), 1), ((1, 1), 2)]);
        assert_eq!(in_table(&rows, &down, &across, (2, 8)).expect("counted"), expected);
        assert_eq!(in_list(&rows, &down, &across).expect("counted"), expected);
    }
}
