//! What can a script ask of a table: which rows, how many, by what, and one by one?

use std::collections::BTreeMap;
use std::sync::Arc;

use parallax_model::table::NONE;
use rhai::{Array, Dynamic, INT, Map};

use super::column::{Block, Column};
use super::domain::Domain;
use super::seen::Seen;
use super::set::Set;
use super::tables::Table;
use super::test::Test;
use super::{Result, Vocabulary, evidence, named, shown};
use crate::shelf::script::Limits;
use crate::shelf::script::fault::beyond_limit;

/// Rows that are looked at together: few enough for their keys to stay in the cache.
const BLOCK: usize = 4096;

/// Some rows of a table, in its order or in one that a script chose; cloning copies no row.
#[derive(Clone)]
pub(crate) struct Rows {
    pub(super) seen: Seen,
    pub(super) table: Table,
    picked: Picked,
}

#[derive(Clone)]
enum Picked {
    /// The first so many rows of the table.
    First(u32),
    These(Arc<Vec<u32>>),
}

/// The words for every table.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Rows>("Rows");
    words.shown(|rows: &Rows| {
        let each = rows.iter().map(|row| named::shown(&rows.seen, rows.table, row));
        shown::list(each, rows.len())
    });
    words.iterable::<Rows>();
    words.function(
        "filter",
        "rows.filter(test)",
        "Those that a test takes.",
        r#"reading.statements().filter(col("modality") == "duty").count()  // 7"#,
        |rows: &mut Rows, test: Test| rows.filter(&test),
    );
    words.function(
        "count",
        "rows.count()",
        "How many there are.",
        "reading.statements().count()  // 14",
        |rows: &mut Rows| INT::try_from(rows.len()).unwrap_or(INT::MAX),
    );
    words.function(
        "first",
        "rows.first()",
        "The first of them; `()` when there is none.",
        "reading.participants().first().id  // C1",
        |rows: &mut Rows| rows.clone().into_iter().next().unwrap_or(Dynamic::UNIT),
    );
    words.function(
        "list",
        "rows.list()",
        "All of them as a list, to take one by its place, to `map` and to join with `+`; to walk \
         through rows, `for row in rows` is enough.",
        "reading.roles().list()[1].label  // teacher",
        |rows: &mut Rows| -> Result<Array> {
            small_enough(rows.len(), Limits::STANDARD.list, "a list", "values")?;
            Ok(rows.clone().into_iter().collect())
        },
    );
    words.counted::<Rows>();
    register_columns(words);
    words.function(
        "evidence",
        "rows.evidence()",
        "Statements, excerpts, constraints or positions as evidence: what affirms supports, what \
         denies is contrary.",
        r#"reading.statements().filter(col("stance") == "deny").evidence().count()  // 1"#,
        |rows: &mut Rows| evidence::of_rows(rows),
    );
}

fn register_columns(words: &mut Vocabulary) {
    words.function(
        "by",
        "rows.by(column)",
        "The rows apart for each value of a column: a map; blank cells are left out.",
        r#"reading.statements().by("role").coach.count()  // 6"#,
        |rows: &mut Rows, column: &str| rows.by(column),
    );
    words.function(
        "values",
        "rows.values(column)",
        "The different values of a column, in the order in which `sort` puts them: a set of texts; \
         blank cells are left out.",
        r#"reading.statements().values("speaker").count()  // 5"#,
        |rows: &mut Rows, column: &str| -> Result<Set> {
            let column = Column::of(&rows.seen, rows.table, column)?;
            let groups = rows.grouped(&column)?.into_iter();
            Ok(groups.map(|(key, _)| column.domain.name(&rows.seen, key)).collect())
        },
    );
    words.function(
        "sort",
        "rows.sort(column)",
        "The rows in the order of a column: as its table or list has it, numbers by size, texts \
         by the alphabet, blank cells last.",
        r#"reading.participants().sort("years").first().id  // T1"#,
        |rows: &mut Rows, column: &str| -> Result<Rows> {
            let column = Column::of(&rows.seen, rows.table, column)?;
            let seen = rows.seen.clone();
            let mut keyed: Vec<(u32, u32)> = Vec::with_capacity(rows.len());
            rows.each_block(|block, keys| {
                column.keys(&seen, block, keys);
                keyed.extend(keys.iter().copied().zip(block.rows()));
            })?;
            keyed.sort_by(|one, other| column.domain.order(&seen, one.0, other.0));
            Ok(Rows::these(&seen, rows.table, keyed.into_iter().map(|(_, row)| row).collect()))
        },
    );
}

/// Stops a script before a list or a map grows beyond its limit.
pub(super) fn small_enough(size: usize, limit: usize, what: &str, of: &str) -> Result<()> {
    match size <= limit {
        true => Ok(()),
        false => Err(beyond_limit(format!("{what} grew beyond {limit} {of}"))),
    }
}

impl Rows {
    /// The first `count` rows of a table.
    pub(super) fn first(seen: &Seen, table: Table, count: usize) -> Self {
        let picked = Picked::First(u32::try_from(count).unwrap_or(NONE));
        Self { seen: seen.clone(), table, picked }
    }

    /// These rows of a table.
    pub(super) fn these(seen: &Seen, table: Table, rows: Vec<u32>) -> Self {
        Self { seen: seen.clone(), table, picked: Picked::These(Arc::new(rows)) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match &self.picked {
            Picked::First(count) => *count as usize,
            Picked::These(rows) => rows.len(),
        }
    }

    /// The row at a place.
    fn at(&self, place: usize) -> Option<u32> {
        match &self.picked {
            Picked::First(count) => u32::try_from(place).ok().filter(|row| row < count),
            Picked::These(rows) => rows.get(place).copied(),
        }
    }

    /// The rows one by one.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.len()).filter_map(|place| self.at(place))
    }

    /// Goes through the rows in blocks, with a list of keys that is empty at each.
    ///
    /// # Errors
    /// When the script has to stop.
    pub(super) fn each_block(&self, mut work: impl FnMut(Block<'_>, &mut Vec<u32>)) -> Result<()> {
        let mut keys = Vec::with_capacity(BLOCK);
        let mut start = 0;
        while start < self.len() {
            let end = (start + BLOCK).min(self.len());
            self.seen.may_go_on()?;
            keys.clear();
            match &self.picked {
                Picked::First(_) => {
                    let at = |place| u32::try_from(place).unwrap_or(NONE);
                    work(Block::Range(at(start), at(end)), &mut keys);
                }
                Picked::These(rows) => work(Block::List(&rows[start..end]), &mut keys),
            }
            start = end;
        }
        Ok(())
    }

    fn filter(&self, test: &Test) -> Result<Self> {
        let test = test.on(&self.seen, self.table)?;
        let (mut kept, mut taken) = (Vec::new(), Vec::new());
        self.each_block(|block, keys| {
            taken.clear();
            test.mask(&self.seen, block, keys, &mut taken);
            kept.extend(block.rows().zip(&taken).filter(|(_, taken)| **taken).map(|(row, _)| row));
        })?;
        Ok(Self::these(&self.seen, self.table, kept))
    }

    /// The rows for each value of a column: values in their order, rows in theirs.
    fn grouped(&self, column: &Column) -> Result<Vec<(u32, Vec<u32>)>> {
        let mut same = SameTexts::new(&self.seen, column.domain);
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        self.each_block(|block, keys| {
            column.keys(&self.seen, block, keys);
            for (&key, row) in keys.iter().zip(block.rows()) {
                groups.entry(same.first(key)).or_default().push(row);
            }
        })?;
        groups.remove(&NONE);
        let mut groups: Vec<(u32, Vec<u32>)> = groups.into_iter().collect();
        groups.sort_by(|one, other| column.domain.order(&self.seen, one.0, other.0));
        Ok(groups)
    }

    fn by(&self, column: &str) -> Result<Map> {
        let column = Column::of(&self.seen, self.table, column)?;
        let groups = self.grouped(&column)?;
        small_enough(groups.len(), Limits::STANDARD.map, "a map", "values")?;
        let named = groups.into_iter().map(|(key, rows)| {
            let name = column.domain.name(&self.seen, key);
            (name.into(), Dynamic::from(Self::these(&self.seen, self.table, rows)))
        });
        Ok(named.collect())
    }
}

/// Finds for a key the first one with the same text, where rows have texts of their own.
pub(super) struct SameTexts<'s> {
    seen: &'s Seen,
    domain: Domain,
    first: BTreeMap<String, u32>,
}

impl<'s> SameTexts<'s> {
    pub(super) fn new(seen: &'s Seen, domain: Domain) -> Self {
        Self { seen, domain, first: BTreeMap::new() }
    }

    /// The key that stands for all with the text of this one.
    pub(super) fn first(&mut self, key: u32) -> u32 {
        match self.domain {
            Domain::Text(..) | Domain::Decimal(..) if key != NONE => {
                *self.first.entry(self.domain.name(self.seen, key)).or_insert(key)
            }
            _ => key,
        }
    }
}

impl Block<'_> {
    /// Its rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        let (range, list) = match *self {
            Self::Range(from, to) => (from..to, &[][..]),
            Self::List(rows) => (0..0, rows),
        };
        range.chain(list.iter().copied())
    }
}

/// The rows as things of a script, made one by one.
impl IntoIterator for Rows {
    type Item = Dynamic;
    type IntoIter = Walk;

    fn into_iter(self) -> Walk {
        Walk { rows: self, next: 0 }
    }
}

/// A walk through rows.
pub(crate) struct Walk {
    rows: Rows,
    next: usize,
}

impl Iterator for Walk {
    type Item = Dynamic;

    fn next(&mut self) -> Option<Dynamic> {
        let row = self.rows.at(self.next)?;
        self.next += 1;
        Some(named::thing(&self.rows.seen, self.rows.table, row))
    }
}
