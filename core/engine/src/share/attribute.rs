//! Which values of attributes do so few people share that they tell who somebody is?
//!
//! A value that fewer than `min_cell` people share is taken out. Whoever knows how many people
//! there are could still tell how many have it when it is the only one taken out, or when those
//! that are taken out have few people together: the next value goes as well (secondary
//! suppression).

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Settings, StudyFile};

use super::names::{Meant, Names};
use super::people::People;
use super::table::Table;
use crate::check;

/// So many people have to share a value, unless the study says.
const MIN_CELL: u32 = 3;

/// What is taken out of the attributes of people and cases.
#[derive(Default)]
pub(super) struct Suppressed {
    /// The values that are taken out, by table and column.
    values: BTreeMap<(StudyFile, String), BTreeSet<String>>,
    /// How many cells that makes blank.
    pub(super) cells: usize,
}

impl Suppressed {
    pub(super) fn of(
        tables: &[(StudyFile, Table<'_>)],
        people: &People,
        names: &Names,
        settings: &Settings,
    ) -> Self {
        let least = settings.min_cell.unwrap_or(MIN_CELL) as usize;
        let mut suppressed = Self::default();
        let table = |file| tables.iter().find(|(of, _)| *of == file).map(|(_, table)| table);
        let Some(participants) = table(StudyFile::Participants) else { return suppressed };
        for file in [StudyFile::Participants, StudyFile::Cases] {
            let Some(table) = table(file) else { continue };
            let weights = match file {
                StudyFile::Cases => at_cases(table, participants, people),
                _ => themselves(table, names),
            };
            for column in table.columns().filter(|column| is_attribute(file, column)) {
                suppressed.column(file, (table, column), &weights, least);
            }
        }
        suppressed
    }

    /// Takes out values of a column; `weights` says of how many people each row is.
    fn column(
        &mut self,
        file: StudyFile,
        (table, column): (&Table<'_>, &str),
        weights: &[usize],
        least: usize,
    ) {
        let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
        for (cell, weight) in table.cells(column).zip(weights) {
            if !cell.trim().is_empty() {
                *shared.entry(cell).or_default() += weight;
            }
        }
        let out = taken_out(&shared, least);
        let cells = table.cells(column).zip(weights);
        self.cells += cells.filter(|(cell, _)| out.contains(*cell)).count();
        if !out.is_empty() {
            let out = out.into_iter().map(str::to_owned).collect();
            self.values.insert((file, column.to_owned()), out);
        }
    }

    /// Whether a value is taken out of a column.
    pub(super) fn has(&self, file: StudyFile, column: &str, value: &str) -> bool {
        let values = self.values.get(&(file, column.to_owned()));
        values.is_some_and(|values| values.contains(value))
    }

    /// Whether a value is taken out of a column of people or cases.
    pub(super) fn has_anywhere(&self, column: &str, value: &str) -> bool {
        [StudyFile::Participants, StudyFile::Cases]
            .iter()
            .any(|&file| self.has(file, column, value))
    }

    /// The columns of which something is taken out.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(|(_, column)| column.as_str())
    }
}

/// The values that are taken out of a column, where so many people share each.
fn taken_out<'v>(shared: &BTreeMap<&'v str, usize>, least: usize) -> BTreeSet<&'v str> {
    let mut order: Vec<(usize, &str)> = shared.iter().map(|(value, n)| (*n, *value)).collect();
    order.sort_unstable();
    let (mut out, mut groups, mut people) = (BTreeSet::new(), 0_usize, 0_usize);
    for (n, value) in order {
        // A value that nobody has tells nothing of how many have the others.
        let follows = groups > 0 && (groups == 1 || people < least);
        if n >= least && !follows {
            break;
        }
        out.insert(value);
        groups += usize::from(n > 0);
        people += n;
    }
    out
}

/// Whether a column is an attribute.
pub(super) fn is_attribute(file: StudyFile, column: &str) -> bool {
    check::is_attribute(file, column)
}

/// One for everybody who stays.
fn themselves(table: &Table<'_>, names: &Names) -> Vec<usize> {
    let stays = |id: &str| matches!(names.meant(id), Meant::Person(_));
    table.cells("id").map(|id| usize::from(stays(id))).collect()
}

/// How many people who stay are at each case, or at one that is part of it.
fn at_cases(table: &Table<'_>, participants: &Table<'_>, people: &People) -> Vec<usize> {
    let index: BTreeMap<&str, usize> = table.cells("id").zip(0..).collect();
    let mut counts = vec![0; table.len()];
    for &row in &people.rows {
        let mut above = BTreeSet::new();
        let mut case = index.get(participants.get(row, "case")).copied();
        while let Some(at) = case.filter(|&at| above.insert(at)) {
            counts[at] += 1;
            case = index.get(table.get(at, "parent")).copied();
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn out(shared: &[(&'static str, usize)], least: usize) -> Vec<&'static str> {
        taken_out(&shared.iter().copied().collect(), least).into_iter().collect()
    }

    #[test]
    fn a_value_alone_takes_the_next_one_with_it() {
        assert_eq!(out(&[("F", 8), ("M", 9)], 3), Vec::<&str>::new());
        assert_eq!(out(&[("a", 2), ("b", 4), ("c", 9)], 3), ["a", "b"]);
        assert_eq!(out(&[("a", 1), ("b", 1), ("c", 4), ("d", 9)], 3), ["a", "b", "c"]);
        assert_eq!(out(&[("a", 2), ("b", 2), ("c", 4)], 3), ["a", "b"]);
        assert_eq!(out(&[("a", 0), ("b", 4)], 3), ["a"]);
        assert_eq!(out(&[("a", 1)], 3), ["a"]);
        assert_eq!(out(&[("a", 1)], 1), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn what_is_left_is_shared_and_what_is_gone_cannot_be_counted(
            sizes in prop::collection::vec(0_usize..9, 0..7),
            least in 1_usize..6,
        ) {
            let names = ["a", "b", "c", "d", "e", "f", "g"];
            let shared: BTreeMap<&str, usize> = names.into_iter().zip(sizes).collect();
            let out = taken_out(&shared, least);
            let (gone, left): (Vec<_>, Vec<_>) = shared.iter().partition(|(v, _)| out.contains(*v));
            prop_assert!(left.iter().all(|(_, n)| **n >= least));
            let people: usize = gone.iter().map(|(_, n)| **n).sum();
            let groups = gone.iter().filter(|(_, n)| **n > 0).count();
            prop_assert!(left.is_empty() || people == 0 || (people >= least && groups > 1));
        }
    }
}
