//! Which columns and which values of a closed list can a script name?

use super::agreement::MEASURES;
use super::cell::ASCRIPTIONS;
use super::choice::{MODALITIES, STATE_WORDS};
use super::column::domain;
use super::domain::{BEARERS, Domain};
use super::reading::ASCRIBERS;
use super::tables::Table;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnOf {
    /// What scripts call the table.
    pub(crate) table: &'static str,
    /// The column's name.
    pub(crate) name: &'static str,
    /// What stands in it, in a few words.
    pub(crate) says: &'static str,
    /// The only values it can have; `None` where there is no such list.
    pub(crate) values: Option<&'static [&'static str]>,
}

/// Every column of every table.
pub(crate) fn columns() -> impl Iterator<Item = ColumnOf> {
    Table::ALL.into_iter().flat_map(|table| {
        table.columns().iter().map(move |&(name, field, says)| {
            let values = match domain(table, field) {
                Domain::Words(words) => Some(words),
                _ => None,
            };
            ColumnOf { table: table.name(), name, says, values }
        })
    })
}

/// The only values of the columns of this name, in whichever table; `None` where one of them has no
/// list, or there is no such column.
pub(crate) fn values_of(name: &str) -> Option<Vec<&'static str>> {
    let lists: Option<Vec<_>> =
        columns().filter(|column| column.name == name).map(|column| column.values).collect();
    let values = lists?.concat();
    (!values.is_empty()).then_some(values)
}

/// The words for a bearer, beside participants and roles.
pub(crate) fn bearers() -> Vec<&'static str> {
    first(&BEARERS)
}

/// The functions that take a value of a closed list: name, which value counted from the left and
/// without what stands before the point, and the list.
pub(crate) fn choices() -> [(&'static str, usize, Vec<&'static str>); 5] {
    [
        ("item", 1, first(&ASCRIPTIONS)),
        ("as_a", 0, first(&MODALITIES)),
        ("positions", 0, first(&ASCRIBERS)),
        ("agreement", 1, first(&MEASURES)),
        ("who", 1, STATE_WORDS.to_vec()),
    ]
}

fn first<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_all_columns_of_a_name() {
        assert_eq!(values_of("stance").as_deref(), Some(&["affirm", "deny", "mixed"][..]));
        let kinds = values_of("kind").expect("each table has a list");
        assert!(kinds.contains(&"focal") && kinds.contains(&"duty") && kinds.contains(&"count"));
        assert_eq!(values_of("code"), None, "ids of the study");
        assert_eq!(values_of("expected"), None, "one table has a list, another has not");
    }
}
