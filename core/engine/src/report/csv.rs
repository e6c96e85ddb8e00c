//! How does a table or a figure of a report leave it, for a spreadsheet or for R?
//!
//! A fraction becomes its decimal, its part and its whole, because a spreadsheet takes `4/6` for a
//! date; an interval becomes its two ends. Where a label hides an id, the id has a column too.

use parallax_model::document::{PublishedFigure, PublishedTable, Shown};
use parallax_model::number::{Number, nine_digits};
use parallax_model::settings::Language;

use crate::report::words::Word;

/// A table as CSV, one column for each part of a value.
pub(super) fn table(table: &PublishedTable, language: Language) -> String {
    let columns: Vec<Column> = (0..table.columns.len())
        .map(|at| {
            let cells = || table.rows.iter().map(move |row| &row[at]);
            Column::new(table.columns[at].text().to_owned(), cells)
        })
        .collect();
    let head = columns.iter().flat_map(|column| column.heads(language)).collect();
    let rows = table.rows.iter().map(|row| {
        columns.iter().zip(row).flat_map(|(column, cell)| column.fields(cell)).collect()
    });
    written(std::iter::once(head).chain(rows))
}

/// A figure as CSV: a grid with one line for each cell, a tree with one for each merge.
pub(super) fn figure(figure: &PublishedFigure, language: Language) -> String {
    match figure {
        PublishedFigure::Grid { title, name, rows, columns, cells } => {
            let words = [Word::Row, Word::Column, Word::Value]
                .map(|word| Shown::Text { text: word.text(language).to_owned() });
            let lines = rows.iter().zip(cells).flat_map(|(row, cells)| {
                columns
                    .iter()
                    .zip(cells)
                    .map(|(column, cell)| vec![row.clone(), column.clone(), cell.clone()])
            });
            let long = PublishedTable {
                name: name.clone(),
                title: title.clone(),
                columns: words.to_vec(),
                rows: lines.collect(),
            };
            table(&long, language)
        }
        PublishedFigure::Dendrogram { leaves, merges, groups, .. } => {
            let word = |word: Word| word.text(language).to_owned();
            let node = |at: usize| match leaves.get(at) {
                Some(leaf) => leaf.clone(),
                None => format!("{} {}", word(Word::Step), at - leaves.len() + 1),
            };
            let head = vec![word(Word::Step), "1".into(), "2".into(), word(Word::Distance)];
            let merges = merges.iter().enumerate().map(|(at, merge)| {
                let height = decimal(&merge.height).unwrap_or_default();
                vec![node(leaves.len() + at), node(merge.left), node(merge.right), height]
            });
            let blank = std::iter::once(Vec::new());
            let groups = leaves
                .iter()
                .zip(groups)
                .map(|(leaf, group)| vec![leaf.clone(), group.text().to_owned()]);
            written(std::iter::once(head).chain(merges).chain(blank).chain(groups))
        }
    }
}

/// The same CSV as a link that a browser can save, with the mark by which Excel knows UTF-8.
pub(super) fn link(csv: &str) -> String {
    let mut link = String::from("data:text/csv;charset=utf-8,%EF%BB%BF");
    for byte in csv.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
                link.push(char::from(byte));
            }
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

/// The value of a number as a decimal; `None` for intervals and for what is not available.
pub(super) fn value(number: &Number) -> Option<f64> {
    match number {
        #[expect(clippy::cast_precision_loss, reason = "a colour or a plotted point needs no more")]
        Number::Count { value } => Some(*value as f64),
        Number::Fraction(fraction) | Number::Ratio(fraction) => Some(fraction.to_f64()),
        Number::Decimal { value, .. } => Some(*value),
        Number::Range { .. }
        | Number::Between { .. }
        | Number::Span { .. }
        | Number::NotAvailable { .. } => None,
    }
}

fn decimal(number: &Number) -> Option<String> {
    value(number).map(|value| nine_digits(value).to_string())
}

/// Which parts the cells of a column need.
struct Column {
    head: String,
    has_ids: bool,
    has_parts: bool,
    has_ends: bool,
}

impl Column {
    fn new<'a, I: Iterator<Item = &'a Shown>>(head: String, cells: impl Fn() -> I) -> Self {
        let number = |cell: &Shown, is: fn(&Number) -> bool| match cell {
            Shown::Number { number, .. } => is(number),
            _ => false,
        };
        Self {
            head,
            has_ids: cells().any(|cell| cell.id().is_some_and(|id| id != cell.text())),
            has_parts: cells()
                .any(|cell| number(cell, |n| matches!(n, Number::Fraction(_) | Number::Ratio(_)))),
            has_ends: cells().any(|cell| {
                number(cell, |n| {
                    matches!(n, Number::Range { .. } | Number::Between { .. } | Number::Span { .. })
                })
            }),
        }
    }

    fn heads(&self, language: Language) -> Vec<String> {
        let mut heads = vec![self.head.clone()];
        let mut add = |word: Word| heads.push(format!("{}: {}", self.head, word.text(language)));
        if self.has_ids {
            add(Word::Id);
        }
        if self.has_parts {
            add(Word::Part);
            add(Word::Whole);
        }
        if self.has_ends {
            add(Word::Least);
            add(Word::Most);
        }
        heads
    }

    fn fields(&self, cell: &Shown) -> Vec<String> {
        let number = match cell {
            Shown::Number { number, .. } => Some(number),
            _ => None,
        };
        let plain = match number {
            Some(Number::Range { .. } | Number::Between { .. } | Number::Span { .. }) => {
                String::new()
            }
            Some(number) => decimal(number).unwrap_or_else(|| cell.text().to_owned()),
            None => harmless(cell.text()),
        };
        let mut fields = vec![plain];
        if self.has_ids {
            fields.push(harmless(cell.id().unwrap_or_default()));
        }
        if self.has_parts {
            fields.extend(match number {
                Some(Number::Fraction(f) | Number::Ratio(f)) => {
                    [f.numerator().to_string(), f.denominator().to_string()]
                }
                _ => [String::new(), String::new()],
            });
        }
        if self.has_ends {
            fields.extend(match number {
                Some(Number::Range { lower, upper }) => [lower.to_string(), upper.to_string()],
                Some(Number::Between { lower, upper } | Number::Span { lower, upper }) => {
                    [lower, upper].map(|end| nine_digits(end.to_f64()).to_string())
                }
                _ => [String::new(), String::new()],
            });
        }
        fields
    }
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

pub(super) fn written(lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut csv = String::new();
    for line in lines {
        let fields: Vec<String> = line
            .iter()
            .map(|field| {
                if field.contains([',', '"', '\n', '\r']) {
                    format!("\"{}\"", field.replace('"', "\"\""))
                } else {
                    field.clone()
                }
            })
            .collect();
        csv.push_str(&fields.join(","));
        csv.push_str("\r\n");
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_model::number::Fraction;

    fn number(number: Number) -> Shown {
        Shown::Number { number, text: "shown".into() }
    }

    fn text(text: &str) -> Shown {
        Shown::Text { text: text.into() }
    }

    #[test]
    fn fractions_and_intervals_are_split_and_formulas_disarmed() {
        let quarter = Fraction::new(1, 4).expect("a fraction");
        let example = PublishedTable {
            name: "t".into(),
            title: "T".into(),
            columns: vec![text("task"), text("rate")],
            rows: vec![
                vec![
                    Shown::Code { id: "MON".into(), text: "watch, closely".into() },
                    number(quarter.into()),
                ],
                vec![text("=1+1"), number(Number::range(3, 7))],
            ],
        };
        let expected = "task,task: id,rate,rate: part,rate: whole,rate: least,rate: most\r\n\
             \"watch, closely\",MON,0.25,1,4,,\r\n'=1+1,,,,,3,7\r\n";
        assert_eq!(table(&example, Language::En), expected);
    }

    #[test]
    fn a_link_holds_nothing_that_could_end_it() {
        let link = link("a,\"b\"\r\n<é>");
        assert!(link.ends_with("a,%22b%22%0D%0A%3C%C3%A9%3E"));
    }
}
