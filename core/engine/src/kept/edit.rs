//! Which rows, settings and scripts of a study are not what they were?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use parallax_model::StudyFile;
use serde::Serialize;
use serde_json::Value as Json;

use super::Kept;
use super::setting::{self, SettingChange};
use super::table::{KeptTable, Row};
use crate::check::may_be_told;

/// One thing that is not what it was; the smallest piece that a cause can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A row of a table.
    Row {
        /// The table.
        file: StudyFile,
        /// Its id, or all that it says where rows have no id.
        key: String,
        /// What is different.
        change: RowChange,
    },
    /// The rows of a table stand in another order.
    Order {
        /// The table.
        file: StudyFile,
    },
    /// A setting of `study.yaml`.
    Setting(SettingChange),
    /// A script of the study, or a file that scripts share.
    Script {
        /// Its name inside the study.
        name: String,
        /// What is different.
        change: FileChange,
    },
}

/// What is different about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// There was no such row.
    New,
    /// There is no such row any longer.
    Gone,
    /// Some of its cells are others.
    Changed(Vec<ColumnChange>),
}

/// A cell that is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChange {
    /// The column.
    pub column: String,
    /// What it was and what it is, where that may be told.
    pub values: Option<(String, String)>,
}

/// What is different about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileChange {
    /// There was no such file.
    New,
    /// There is no such file any longer.
    Gone,
    /// It says something else.
    Changed,
}

/// What differs between a study as it was kept and one of now, by file.
#[must_use]
pub fn edits(was: &Kept, is: &Kept) -> Vec<Edit> {
    let settings = setting::changes(&was.settings, &is.settings).into_iter().map(Edit::Setting);
    let mut found: Vec<Edit> = settings.collect();
    let none = KeptTable::default();
    for file in StudyFile::ALL {
        let of = |kept: &Kept| kept.tables.get(&file).cloned().unwrap_or_default();
        let (was, is) = (of(was), of(is));
        if was != none || is != none {
            found.extend(rows(file, &was, &is));
        }
    }
    let names: BTreeSet<&String> = was.scripts.keys().chain(is.scripts.keys()).collect();
    found.extend(names.into_iter().filter_map(|name| {
        let change = match (was.scripts.get(name), is.scripts.get(name)) {
            (None, _) => FileChange::New,
            (_, None) => FileChange::Gone,
            (Some(was), Some(is)) if was != is => FileChange::Changed,
            _ => return None,
        };
        Some(Edit::Script { name: name.clone(), change })
    }));
    found
}

fn rows(file: StudyFile, was: &KeptTable, is: &KeptTable) -> Vec<Edit> {
    let (old, new) = (was.keyed(), is.keyed());
    let before: BTreeMap<&str, &Row<'_>> =
        old.iter().map(|(key, row)| (key.as_str(), row)).collect();
    let after: BTreeMap<&str, &Row<'_>> =
        new.iter().map(|(key, row)| (key.as_str(), row)).collect();
    let edit = |key: &str, change| Edit::Row { file, key: key.to_owned(), change };
    let mut found: Vec<Edit> = Vec::new();
    for (key, row) in &new {
        match before.get(key.as_str()) {
            None => found.push(edit(key, RowChange::New)),
            Some(was) => {
                let columns = columns(file, was, row);
                if !columns.is_empty() {
                    found.push(edit(key, RowChange::Changed(columns)));
                }
            }
        }
    }
    let gone = old.iter().filter(|(key, _)| !after.contains_key(key.as_str()));
    found.extend(gone.map(|(key, _)| edit(key, RowChange::Gone)));
    let order_was = old.iter().map(|(key, _)| key).filter(|key| after.contains_key(key.as_str()));
    let order_is = new.iter().map(|(key, _)| key).filter(|key| before.contains_key(key.as_str()));
    if !order_was.eq(order_is) {
        found.push(Edit::Order { file });
    }
    found
}

fn columns(file: StudyFile, was: &Row<'_>, is: &Row<'_>) -> Vec<ColumnChange> {
    let names: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let cell = |row: &Row<'_>, name: &str| row.get(name).copied().unwrap_or_default().to_owned();
    let changed = names.into_iter().filter_map(|name| {
        let (was, is) = (cell(was, name), cell(is, name));
        (was != is).then(|| ColumnChange {
            column: name.to_owned(),
            values: may_be_told(file, name).then_some((was, is)),
        })
    });
    changed.collect()
}

impl Edit {
    /// The file in which it stands.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Row { file, .. } | Self::Order { file } => file.name(),
            Self::Setting(_) => StudyFile::Study.name(),
            Self::Script { name, .. } => name,
        }
    }

    /// What changed, without the file.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Row { key, change: RowChange::New, .. } => format!("row {key} is new"),
            Self::Row { key, change: RowChange::Gone, .. } => format!("row {key} is gone"),
            Self::Row { key, change: RowChange::Changed(columns), .. } => {
                let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
                format!("row {key}: {}", columns.join(", "))
            }
            Self::Order { .. } => "its rows stand in another order".to_owned(),
            Self::Setting(change) => {
                let shown = |value: &Option<Json>| value.as_ref().and_then(short);
                let place = change.place();
                match (&change.was, &change.is) {
                    (None, Some(_)) => match shown(&change.is) {
                        Some(is) => format!("{place} is new: {is}"),
                        None => format!("{place} is new"),
                    },
                    (Some(_), None) => format!("{place} is gone"),
                    _ => match (shown(&change.was), shown(&change.is)) {
                        (Some(was), Some(is)) => format!("{place}: {was} → {is}"),
                        _ => format!("{place} is another"),
                    },
                }
            }
            Self::Script { change: FileChange::New, .. } => "it is new".to_owned(),
            Self::Script { change: FileChange::Gone, .. } => "it is gone".to_owned(),
            Self::Script { change: FileChange::Changed, .. } => "it says something else".to_owned(),
        }
    }
}

/// A setting that fits into a line.
fn short(value: &Json) -> Option<String> {
    let text = match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    (text.chars().count() <= 40).then_some(text)
}

impl fmt::Display for ColumnChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| if text.is_empty() { "blank".to_owned() } else { text.to_owned() };
        match &self.values {
            Some((was, is)) => write!(f, "{} {} → {}", self.column, shown(was), shown(is)),
            None => write!(f, "{} is another", self.column),
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.file(), self.what())
    }
}
