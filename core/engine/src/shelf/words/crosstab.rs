//! How often do the values of two columns meet?

use std::collections::BTreeMap;

use parallax_model::table::NONE;
use rhai::{Dynamic, EvalAltResult, INT, Map};

use super::column::Column;
use super::rows::{Rows, small_enough};
use crate::shelf::script::Limits;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// A map for each value of `down`, in it the count for each value of `across`.
pub(super) fn crosstab(rows: &Rows, down: &str, across: &str) -> Result<Map> {
    let seen = &rows.seen;
    let down = Column::of(seen, rows.table, down)?;
    let across = Column::of(seen, rows.table, across)?;
    let counts = match (down.domain.size(seen), across.domain.size(seen)) {
        // A table with every pair is quickest, as long as it is no larger than what is counted.
        (Some(height), Some(width)) if height.saturating_mul(width) <= rows.len().max(4096) => {
            in_table(rows, &down, &across, (height, width))?
        }
        _ => in_list(rows, &down, &across)?,
    };
    let mut named: BTreeMap<String, BTreeMap<String, INT>> = BTreeMap::new();
    for ((row, column), count) in counts {
        let line = named.entry(down.domain.name(seen, row)).or_default();
        *line.entry(across.domain.name(seen, column)).or_default() += count;
    }
    let names: Vec<String> = {
        let mut names: Vec<String> = named.values().flat_map(|line| line.keys().cloned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    small_enough(named.len().saturating_mul(names.len()), Limits::STANDARD.map, "a map", "values")?;
    let whole = |line: BTreeMap<String, INT>| -> Map {
        let cell = |name: &String| {
            (name.as_str().into(), Dynamic::from(line.get(name).copied().unwrap_or(0)))
        };
        names.iter().map(cell).collect()
    };
    Ok(named.into_iter().map(|(name, line)| (name.into(), Dynamic::from(whole(line)))).collect())
}

type Counts = BTreeMap<(u32, u32), INT>;

fn in_table(
    rows: &Rows,
    down: &Column,
    across: &Column,
    (height, width): (usize, usize),
) -> Result<Counts> {
    let mut table: Vec<INT> = vec![0; height * width];
    let mut beside = Vec::new();
    rows.each_block(|block, keys| {
        down.keys(&rows.seen, block, keys);
        beside.clear();
        across.keys(&rows.seen, block, &mut beside);
        for (&row, &column) in keys.iter().zip(&beside) {
            // A blank cell is larger than any row or column.
            if (row as usize) < height && (column as usize) < width {
                table[row as usize * width + column as usize] += 1;
            }
        }
    })?;
    let key = |index: usize| u32::try_from(index).unwrap_or(NONE);
    let pairs = table.into_iter().enumerate().filter(|&(_, count)| count > 0);
    Ok(pairs.map(|(at, count)| ((key(at / width), key(at % width)), count)).collect())
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
