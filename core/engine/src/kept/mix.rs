//! What would a study be if only some of its changes had been made?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::StudyFile;

use super::table::{KeptTable, Row};
use super::{Edit, FileChange, Kept, setting};

/// The study as it was, with some of the changes that make it what it is: with none it is as it
/// was, with all of them as it is.
#[must_use]
pub fn mixed<'e>(was: &Kept, is: &Kept, made: impl IntoIterator<Item = &'e Edit>) -> Kept {
    let mut mixed = Kept { settings: was.settings.clone(), ..Kept::default() };
    mixed.scripts.clone_from(&was.scripts);
    let mut rows: BTreeMap<StudyFile, BTreeSet<&str>> = BTreeMap::new();
    let mut orders = BTreeSet::new();
    for edit in made {
        match edit {
            Edit::Setting(change) => setting::apply(&mut mixed.settings, change),
            Edit::Script { name, change: FileChange::Gone } => {
                mixed.scripts.remove(name);
            }
            Edit::Script { name, .. } => {
                let text = is.scripts.get(name).cloned().unwrap_or_default();
                mixed.scripts.insert(name.clone(), text);
            }
            Edit::Row { file, key, .. } => {
                rows.entry(*file).or_default().insert(key);
            }
            Edit::Order { file } => {
                orders.insert(*file);
            }
        }
    }
    let none = BTreeSet::new();
    for file in StudyFile::ALL {
        let empty = KeptTable::default();
        let of = |kept: &Kept| kept.tables.get(&file).unwrap_or(&empty).clone();
        let keys = rows.get(&file).unwrap_or(&none);
        let table = table(&of(was), &of(is), keys, orders.contains(&file));
        if !table.rows.is_empty() {
            mixed.tables.insert(file, table);
        }
    }
    mixed
}

/// A table with those rows as they are now whose keys are given, and the others as they were.
fn table(was: &KeptTable, is: &KeptTable, changed: &BTreeSet<&str>, reordered: bool) -> KeptTable {
    if changed.is_empty() && !reordered {
        return was.clone();
    }
    let (old, new) = (was.keyed(), is.keyed());
    let before: BTreeMap<&str, &Row<'_>> =
        old.iter().map(|(key, row)| (key.as_str(), row)).collect();
    let after: BTreeMap<&str, &Row<'_>> =
        new.iter().map(|(key, row)| (key.as_str(), row)).collect();
    let chosen = |key: &str| match changed.contains(key) {
        true => after.get(key),
        false => before.get(key),
    };
    let (order, others) = if reordered { (&new, &old) } else { (&old, &new) };
    let order = merged(order.iter().map(|(key, _)| key), others.iter().map(|(key, _)| key));
    let mut header = is.header.clone();
    header.extend(was.header.iter().filter(|name| !is.header.contains(name)).cloned());
    let rows = order.into_iter().filter_map(|key| {
        let row = chosen(key)?;
        Some(
            header
                .iter()
                .map(|name| row.get(name.as_str()).copied().unwrap_or_default().to_owned())
                .collect(),
        )
    });
    KeptTable { rows: rows.collect(), header }
}

/// The keys in the order of the first list; those of the second only stand behind the one that
/// stands before them there.
fn merged<'k>(
    first: impl Iterator<Item = &'k String>,
    second: impl Iterator<Item = &'k String>,
) -> Vec<&'k str> {
    let backbone: Vec<&str> = first.map(String::as_str).collect();
    let known: BTreeSet<&str> = backbone.iter().copied().collect();
    let mut behind: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    let mut last = None;
    for key in second.map(String::as_str) {
        match known.contains(key) {
            true => last = Some(key),
            false => behind.entry(last).or_default().push(key),
        }
    }
    let mut order = behind.remove(&None).unwrap_or_default();
    for key in backbone {
        order.push(key);
        order.extend(behind.remove(&Some(key)).unwrap_or_default());
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::kept::edits;

    fn kept(rows: &[(u8, u8)], columns: &[&str], seed: u8, scripts: &[u8]) -> Kept {
        let header: Vec<String> =
            ["id"].iter().chain(columns).map(|&name| name.to_owned()).collect();
        let mut seen = BTreeSet::new();
        let unique = rows.iter().filter(|(id, _)| seen.insert(*id));
        let rows: Vec<Vec<String>> = unique
            .map(|(id, value)| {
                let cells = columns.iter().map(|_| value.to_string());
                [format!("s{id}")].into_iter().chain(cells).collect()
            })
            .collect();
        let scripts = scripts.iter().map(|at| (format!("scripts/{at}.rhai"), seed.to_string()));
        let mut kept = Kept {
            settings: json!({ "seed": seed, "roles": rows.iter().map(|row| json!({"id": row[0], "x": row.last()})).collect::<Vec<_>>() }),
            scripts: scripts.collect(),
            ..Kept::default()
        };
        if !rows.is_empty() {
            kept.tables.insert(StudyFile::Statements, KeptTable { header, rows });
        }
        kept
    }

    proptest! {
        #[test]
        fn all_changes_make_what_is_and_none_what_was(
            old in proptest::collection::vec((0_u8..12, 0_u8..3), 0..10),
            new in proptest::collection::vec((0_u8..12, 0_u8..3), 0..10),
            seeds in (0_u8..2, 0_u8..2),
            scripts in (proptest::collection::vec(0_u8..3, 0..3), proptest::collection::vec(0_u8..3, 0..3)),
        ) {
            let was = kept(&old, &["code"], seeds.0, &scripts.0);
            let is = kept(&new, &["code"], seeds.1, &scripts.1);
            let all = edits(&was, &is);
            prop_assert_eq!(&mixed(&was, &is, &[]), &was);
            prop_assert_eq!(&mixed(&was, &is, &all), &is);
            prop_assert_eq!(all.is_empty(), was == is);
        }
    }

    #[test]
    fn half_of_a_change_can_be_made() {
        let was = kept(&[(1, 0), (2, 0)], &["code"], 0, &[]);
        let is = kept(&[(1, 1), (3, 0), (2, 0)], &["code", "stance"], 0, &[]);
        let all = edits(&was, &is);
        let told: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "study.yaml, roles/s1/x: 0 → 1",
                "study.yaml, roles/s3 is new: {\"id\":\"s3\",\"x\":\"0\"}",
                "statements.csv, row s1: code 0 → 1, stance blank → 1",
                "statements.csv, row s3 is new",
                "statements.csv, row s2: stance blank → 0",
            ]
        );
        let new_row = all.iter().filter(|edit| edit.what() == "row s3 is new");
        let mixed = mixed(&was, &is, new_row);
        let text = mixed.tables[&StudyFile::Statements].text();
        assert_eq!(text, "id,code,stance\ns1,0,\ns3,0,0\ns2,0,\n");
    }
}
