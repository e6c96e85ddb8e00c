//! What does a cell of a table tell, where a report may show what was said?
//!
//! Findings name statements by their ids. A report has the paraphrases, and shows them in the place
//! where the finding has the ids, as in a framework matrix.

use std::borrow::Cow;

use parallax_model::document::{PublishedTable, Shown};
use parallax_model::finding::EvidenceKind;

use crate::report::Exhibits;

/// One statement of a cell: its paraphrase, empty where the report has none, and its id.
pub(super) fn statement<'e>(id: &'e str, exhibits: &Exhibits) -> (String, &'e str) {
    let exhibit = exhibits.get(&(EvidenceKind::Statement, id.to_owned()));
    (exhibit.map(super::Exhibit::words).unwrap_or_default(), id)
}

/// A table with the paraphrases in the place of ids: `yes: keeps a logbook (s3); asks daily (s8)`.
pub(super) fn table<'t>(table: &'t PublishedTable, exhibits: &Exhibits) -> Cow<'t, PublishedTable> {
    let is_said = |cell: &Shown| matches!(cell, Shown::Said { .. });
    if !table.rows.iter().flatten().any(is_said) {
        return Cow::Borrowed(table);
    }
    let told = |cell: &Shown| match cell {
        Shown::Said { statements, text, .. } if !statements.is_empty() => {
            Shown::Text { text: in_a_line(text, statements, exhibits) }
        }
        other => other.clone(),
    };
    let rows = table.rows.iter().map(|row| row.iter().map(told).collect()).collect();
    Cow::Owned(PublishedTable { rows, ..table.clone() })
}

fn in_a_line(text: &str, statements: &[String], exhibits: &Exhibits) -> String {
    let told = statements.iter().map(|id| match statement(id, exhibits) {
        (words, id) if words.is_empty() => id.to_owned(),
        (words, id) => format!("{words} ({id})"),
    });
    format!("{text}: {}", told.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Exhibit;

    #[test]
    fn a_cell_tells_what_was_said_and_falls_back_on_ids() {
        let cell = |statements: &[&str], text: &str| Shown::Said {
            state: "yes".into(),
            statements: statements.iter().map(|&id| id.to_owned()).collect(),
            text: text.into(),
        };
        let matrix = PublishedTable {
            name: "matrix".into(),
            title: "Matrix".into(),
            columns: vec![Shown::Text { text: "care".into() }],
            rows: vec![vec![cell(&["s1", "s2"], "yes")], vec![cell(&[], "silent")]],
        };
        let exhibit = Exhibit {
            text: "plans ahead".into(),
            condition: "on weekdays".into(),
            ..Exhibit::default()
        };
        let exhibits = Exhibits::from([((EvidenceKind::Statement, "s1".into()), exhibit)]);
        let told = table(&matrix, &exhibits);
        let texts: Vec<&str> = told.rows.iter().map(|row| row[0].text()).collect();
        assert_eq!(texts, ["yes: plans ahead — on weekdays (s1); s2", "silent"]);
    }
}
