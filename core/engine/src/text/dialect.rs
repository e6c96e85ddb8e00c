//! How does a table separate its columns, and where does it start?

use std::ops::Range;

use crate::text::cells::{Break, Line, Scanner, unquoted};

/// How a table separates its columns, and what its header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// `;`, `,` or tab; another character only when a `sep=` line says so.
    pub delimiter: u8,
    /// The byte at which the header's line starts.
    pub header_start: usize,
    /// The row of a spreadsheet in which the header stands, from 1.
    pub header_row: usize,
    /// The columns of the header, without empty ones at its end.
    pub header: Vec<Heading>,
    /// The byte at which the first line below the header starts.
    pub body: usize,
}

/// One cell of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The column's name.
    pub name: String,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

impl Dialect {
    /// Looks at the first lines of a table.
    ///
    /// # Errors
    ///
    /// The break, when the header itself cannot be read. An empty text has an empty header.
    pub fn of(text: &str) -> Result<Self, Break> {
        let (stated, start) = stated_delimiter(text);
        let delimiter = stated.unwrap_or_else(|| likely_delimiter(&text[start..]));
        let mut scanner = Scanner::new(text, delimiter, start);
        let (mut cells, mut header_row, mut header_start) = (Vec::new(), 0, start);
        loop {
            header_row += 1;
            match scanner.line(&mut cells) {
                Line::Blank => header_start = scanner.at(),
                Line::Row | Line::End => break,
                Line::Broken(fault) => return Err(fault),
            }
        }
        let mut header: Vec<Heading> = cells
            .into_iter()
            .map(|span| Heading { name: unquoted(&text[span.clone()]).trim().to_owned(), span })
            .collect();
        while header.last().is_some_and(|last| last.name.is_empty()) {
            header.pop();
        }
        Ok(Self { delimiter, header_start, header_row, header, body: scanner.at() })
    }

    /// The position of the column with this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|heading| heading.name == name)
    }

    /// The delimiter with which the first row below the header has as many cells as the header,
    /// when the header's own delimiter does not split it at all.
    #[must_use]
    pub fn other_in_body(&self, text: &str) -> Option<(char, Range<usize>)> {
        let row = |delimiter| {
            let (mut scanner, mut cells) = (Scanner::new(text, delimiter, self.body), Vec::new());
            loop {
                match scanner.line(&mut cells) {
                    Line::Blank => {}
                    Line::Row => return cells,
                    Line::End | Line::Broken(_) => return Vec::new(),
                }
            }
        };
        if self.header.len() < 2 || row(self.delimiter).len() != 1 {
            return None;
        }
        [b';', b',', b'\t'].into_iter().find_map(|other| {
            let cells = row(other);
            let fits = other != self.delimiter && cells.len() >= self.header.len();
            let span = cells.first()?.start..cells.last()?.end;
            fits.then(|| (char::from(other), span))
        })
    }
}

/// What people call a delimiter.
#[must_use]
pub fn delimiter_name(delimiter: char) -> String {
    match delimiter {
        ';' => "semicolons (;)".to_owned(),
        ',' => "commas (,)".to_owned(),
        '\t' => "tabs".to_owned(),
        other => format!("`{other}`"),
    }
}

/// The delimiter of a `sep=;` line, as spreadsheets write it, and the byte behind that line.
fn stated_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let stated = line.trim_end_matches(['\r', '\n', '"']).trim_start_matches('"');
    let (Some(key), [delimiter]) =
        (stated.get(..4), stated.as_bytes().get(4..).unwrap_or_default())
    else {
        return (None, 0);
    };
    let known = key.eq_ignore_ascii_case("sep=") && delimiter.is_ascii() && *delimiter != b'"';
    if known { (Some(*delimiter), line.len()) } else { (None, 0) }
}

/// The character among `,`, `;` and tab that the header's line holds most often.
fn likely_delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| {
        let mut inside = false;
        header
            .bytes()
            .filter(|&byte| {
                inside ^= byte == b'"';
                byte == delimiter && !inside
            })
            .count()
    };
    [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str) -> (char, usize, Vec<String>) {
        let dialect = Dialect::of(text).expect("a header");
        let names = dialect.header.into_iter().map(|heading| heading.name).collect();
        (char::from(dialect.delimiter), dialect.header_row, names)
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        let names = || vec!["id".to_owned(), "note".to_owned()];
        assert_eq!(dialect("id;note\n1;a,b,c"), (';', 1, names()));
        assert_eq!(dialect("id\tnote"), ('\t', 1, names()));
        assert_eq!(dialect("\n id ,\"note\",,\r\n"), (',', 2, names()));
        assert_eq!(dialect("sep=;\r\nid;note"), (';', 1, names()));
        assert_eq!(dialect("id"), (',', 1, vec!["id".to_owned()]));
        assert_eq!(dialect(""), (',', 1, vec![]));
    }

    #[test]
    fn a_body_with_another_delimiter_is_seen() {
        let text = "id,note\n1;x\n";
        let dialect = Dialect::of(text).expect("a header");
        assert_eq!(dialect.other_in_body(text), Some((';', 8..11)));
        let text = "id,note\n1,x;y\n";
        let dialect = Dialect::of(text).expect("a header");
        assert_eq!(dialect.other_in_body(text), None);
    }
}
