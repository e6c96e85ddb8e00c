//! What of a table is kept: which rows, by which key, with what in place of people's words?

use std::collections::BTreeMap;

use parallax_model::StudyFile;

use crate::check::holds_words;
use crate::text::cells::{Line, Scanner, unquoted};
use crate::text::dialect::Dialect;
use crate::text::source::hash;

/// A table without the words of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptTable {
    /// The names of its columns.
    pub header: Vec<String>,
    /// Its rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
}

/// So many characters of a checksum stand in place of a text: enough to see that it changed.
const MARK: usize = 12;

impl KeptTable {
    /// What is kept of a table; nothing when it cannot be read.
    #[must_use]
    pub fn of(file: StudyFile, text: &str) -> Option<Self> {
        let dialect = Dialect::of(text).ok()?;
        let header: Vec<String> =
            dialect.header.iter().map(|heading| heading.name.clone()).collect();
        let words: Vec<bool> = header.iter().map(|name| holds_words(file, name)).collect();
        let mut scanner = Scanner::new(text, dialect.delimiter, dialect.body);
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        loop {
            match scanner.line(&mut cells) {
                Line::End => return Some(Self { header, rows }),
                Line::Broken(_) => return None,
                Line::Blank => {}
                Line::Row => {
                    let cell = |at: usize| {
                        let cell = cells.get(at).map(|cell| unquoted(&text[cell.clone()]));
                        cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
                    };
                    let row = words.iter().enumerate().map(|(at, words)| match words {
                        true => mark(&cell(at)),
                        false => point(&cell(at), dialect.delimiter),
                    });
                    rows.push(row.collect());
                }
            }
        }
    }

    /// The table as a file: commas, and quotation marks where they are needed.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |row: &Vec<String>| {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            format!("{}\n", cells.join(","))
        };
        std::iter::once(&self.header).chain(&self.rows).map(line).collect()
    }

    /// Its rows by what tells them from each other, in order: their id, or all that they say.
    pub(super) fn keyed(&self) -> Vec<(String, Row<'_>)> {
        let id = self.header.iter().position(|name| name == "id");
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let rows = self.rows.iter().map(|cells| {
            let row: Row<'_> = self
                .header
                .iter()
                .map(String::as_str)
                .zip(cells.iter().map(String::as_str))
                .collect();
            let key = match id {
                Some(id) => cells[id].clone(),
                None => cells
                    .iter()
                    .filter(|cell| !cell.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" "),
            };
            let again = seen.entry(key.clone()).or_default();
            *again += 1;
            let key = if *again == 1 { key } else { format!("{key} ({again})") };
            (key, row)
        });
        rows.collect()
    }
}

/// The cells of a row by their columns.
pub(super) type Row<'t> = BTreeMap<&'t str, &'t str>;

/// What stands in place of a text: nothing for nothing, and a mark for a mark.
fn mark(text: &str) -> String {
    let is_mark = |text: &str| {
        let rest = text.strip_prefix('#').unwrap_or_default();
        rest.len() == MARK && rest.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    if text.is_empty() || is_mark(text) {
        return text.to_owned();
    }
    format!("#{}", &hash(text)[..MARK])
}

/// A number with a point: a table with commas between its columns cannot have them in numbers.
fn point(cell: &str, delimiter: u8) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match cell.split_once(',') {
        Some((whole, part))
            if delimiter != b',' && digits(part) && digits(whole.trim_start_matches('-')) =>
        {
            format!("{whole}.{part}")
        }
        _ => cell.to_owned(),
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', ';', '\t', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_marks_and_the_rest_stays() {
        let text = "sep=;\nid;speaker;note;weight\ns1;S3;\"said; so\";0,8\n\ns2;S4;;1\n";
        let table = KeptTable::of(StudyFile::Statements, text).expect("is a table");
        insta::assert_snapshot!(table.text(), @r"
        id,speaker,note,weight
        s1,S3,#e9331a8ef3bb,0.8
        s2,S4,,1
        ");
        assert_eq!(KeptTable::of(StudyFile::Statements, &table.text()), Some(table));
    }

    #[test]
    fn rows_without_an_id_are_told_by_what_they_say() {
        let text = "participant,code\n*,a\n*,a\n*,\n";
        let table = KeptTable::of(StudyFile::Coverage, text).expect("is a table");
        let keys: Vec<String> = table.keyed().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["* a", "* a (2)", "*"]);
    }
}
