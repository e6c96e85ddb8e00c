//! How do checked columns become the rows and columns of a draft?

use parallax_model::table::Column;
use parallax_model::{StatementDraft, StudyFile};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::check::column::number;
use crate::check::rule::{Form, TableRules};
use crate::check::table::Read;

/// The rows of a table, each of its own type. A row whose required cells are blank has them as
/// empty texts, so that row `i` here is row `i` of the file.
pub(crate) fn rows<Row: DeserializeOwned + Default>(read: &Read, file: StudyFile) -> Vec<Row> {
    let Some(rules) = TableRules::of(file) else { return Vec::new() };
    (0..read.sheet.rows)
        .map(|row| {
            let mut object = Map::new();
            for (name, column) in read.header.iter().zip(&read.sheet.columns) {
                let cell = column.get(row);
                if !cell.is_empty() {
                    let form = rules.column(name).map_or(&Form::Text, |rule| &rule.form);
                    object.insert(name.clone(), json(cell, form));
                }
            }
            for rule in rules.columns.iter().filter(|rule| rule.required) {
                let blank = match &rule.form {
                    Form::OneOf(words) => words.first().cloned().unwrap_or_default(),
                    _ => String::new(),
                };
                object.entry(rule.name.clone()).or_insert(blank.into());
            }
            serde_json::from_value(Json::Object(object)).unwrap_or_default()
        })
        .collect()
}

fn json(cell: &str, form: &Form) -> Json {
    match form {
        Form::Text | Form::Date | Form::OneOf(_) => cell.into(),
        Form::Whole | Form::Decimal | Form::Truth => number(cell).unwrap_or(Json::Null),
    }
}

/// The columns of statements.
pub(crate) fn statements(read: Read) -> StatementDraft {
    let mut draft = StatementDraft { rows: read.sheet.rows, ..StatementDraft::default() };
    for (name, column) in read.header.iter().zip(read.sheet.columns) {
        if let Some(place) = draft.column_mut(name)
            && matches!(place, Column::Absent)
        {
            *place = column;
        }
    }
    draft
}
