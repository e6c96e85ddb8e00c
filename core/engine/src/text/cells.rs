//! Where does each cell of a table start and end?
//!
//! The rules are those of `csv-core`, which a test compares with: a quotation mark opens a cell
//! only at its start, two of them inside stand for one, and what follows a closing one is kept.
//! Unlike `csv-core`, nothing is copied, so that a cell can be borrowed from the text, its place
//! is known to the byte, and blank lines and quotation marks that never close are seen.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2};

/// The largest cell that is read, in bytes.
pub const LARGEST_CELL: usize = 16 << 20;

/// What the scanner found at the start of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A row; its cells are in the buffer.
    Row,
    /// A line with nothing on it, or with nothing but empty cells.
    Blank,
    /// The end of the text.
    End,
    /// A row that cannot be read.
    Broken(Break),
}

/// Why a row cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// A quotation mark opens a cell here and is never closed.
    UnclosedQuote(usize),
    /// The cell that starts here is larger than [`LARGEST_CELL`].
    HugeCell(usize),
}

/// Goes through a text row by row.
#[derive(Clone, Debug)]
pub struct Scanner<'t> {
    bytes: &'t [u8],
    delimiter: u8,
    at: usize,
}

impl<'t> Scanner<'t> {
    /// A scanner over `text` from byte `at`, which must be the start of a row.
    #[must_use]
    pub fn new(text: &'t str, delimiter: u8, at: usize) -> Self {
        Self { bytes: text.as_bytes(), delimiter, at: at.min(text.len()) }
    }

    /// The byte at which the next line starts.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// Reads one line; `cells` receives the byte spans of its cells, quotation marks included.
    pub fn line(&mut self, cells: &mut Vec<Range<usize>>) -> Line {
        cells.clear();
        let Some(&first) = self.bytes.get(self.at) else { return Line::End };
        if first == b'\n' || first == b'\r' {
            self.end_line();
            return Line::Blank;
        }
        let row = self.at;
        loop {
            let start = self.at;
            let end = match self.cell_end(start) {
                Ok(end) => end,
                Err(fault) => return Line::Broken(fault),
            };
            if end - start > LARGEST_CELL {
                return Line::Broken(Break::HugeCell(start));
            }
            cells.push(start..end);
            self.at = end;
            if self.bytes.get(end) != Some(&self.delimiter) {
                self.end_line();
                let empty = end - row + 1 == cells.len();
                return if empty { Line::Blank } else { Line::Row };
            }
            self.at += 1;
        }
    }

    fn end_line(&mut self) {
        match self.bytes.get(self.at) {
            Some(b'\r') if self.bytes.get(self.at + 1) == Some(&b'\n') => self.at += 2,
            Some(b'\r' | b'\n') => self.at += 1,
            _ => {}
        }
    }

    fn cell_end(&self, start: usize) -> Result<usize, Break> {
        if self.bytes.get(start) != Some(&b'"') {
            return Ok(self.plain_end(start));
        }
        let close = closing_quote(self.bytes, start + 1).ok_or(Break::UnclosedQuote(start))?;
        let end = self.plain_end(close + 1);
        // Text behind a closing mark that stands on a later line than the opening one: the mark
        // that seems to close this cell opens another.
        let spans_lines = || memchr2(b'\n', b'\r', &self.bytes[start..close]).is_some();
        if end > close + 1 && spans_lines() {
            return Err(Break::UnclosedQuote(start));
        }
        Ok(end)
    }

    fn plain_end(&self, start: usize) -> usize {
        let delimiter = self.delimiter;
        self.bytes[start..]
            .iter()
            .position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r')
            .map_or(self.bytes.len(), |length| start + length)
    }
}

/// The quotation mark that closes a cell, looking from just behind the one that opens it.
fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let quote = at + memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}

/// The text of a cell from its raw form: without quotation marks around it, and with two inside
/// read as one.
#[must_use]
pub fn unquoted(raw: &str) -> Cow<'_, str> {
    let Some(inner) = raw.strip_prefix('"') else { return Cow::Borrowed(raw) };
    let close = closing_quote(inner.as_bytes(), 0).unwrap_or(inner.len());
    let (quoted, rest) = inner.split_at(close);
    let rest = rest.strip_prefix('"').unwrap_or(rest);
    if rest.is_empty() && memchr(b'"', quoted.as_bytes()).is_none() {
        return Cow::Borrowed(quoted);
    }
    Cow::Owned(quoted.replace("\"\"", "\"") + rest)
}

/// The raw form of a text, with quotation marks where the text needs them.
#[must_use]
pub fn quoted(text: &str, delimiter: char) -> Cow<'_, str> {
    if text.contains([delimiter, '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, delimiter: u8) -> Result<Vec<Vec<String>>, Break> {
        let (mut scanner, mut cells) = (Scanner::new(text, delimiter, 0), Vec::new());
        let mut rows = Vec::new();
        loop {
            match scanner.line(&mut cells) {
                Line::End => return Ok(rows),
                Line::Broken(fault) => return Err(fault),
                Line::Blank => {}
                Line::Row => rows.push(
                    cells.iter().map(|cell| unquoted(&text[cell.clone()]).into_owned()).collect(),
                ),
            }
        }
    }

    fn core_rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let (mut input, mut rows, mut row) = (text.as_bytes(), Vec::new(), Vec::new());
        let (mut out, mut cell) = (vec![0; text.len() + 1], String::new());
        loop {
            let (result, read, written) = reader.read_field(input, &mut out);
            cell.push_str(&String::from_utf8_lossy(&out[..written]));
            input = &input[read..];
            match result {
                csv_core::ReadFieldResult::Field { record_end } => {
                    row.push(std::mem::take(&mut cell));
                    if record_end {
                        rows.push(std::mem::take(&mut row));
                    }
                }
                csv_core::ReadFieldResult::End => return rows,
                csv_core::ReadFieldResult::InputEmpty | csv_core::ReadFieldResult::OutputFull => {}
            }
        }
    }

    #[test]
    fn cells_are_borrowed_with_their_places() {
        let read = rows("id;note\r\n1;\"a; \"\"b\"\"\nc\"\n\n;\n2;x", b';');
        assert_eq!(
            read,
            Ok(vec![
                vec!["id".to_owned(), "note".to_owned()],
                vec!["1".to_owned(), "a; \"b\"\nc".to_owned()],
                vec!["2".to_owned(), "x".to_owned()],
            ])
        );
    }

    #[test]
    fn a_quote_that_never_closes_is_found_where_it_opens() {
        assert_eq!(rows("a,b\n1,\"x\n2,y\n", b','), Err(Break::UnclosedQuote(6)));
        let next_row_closes_it = "a,b\n1,\"x\n2,\"y\"\n";
        assert_eq!(rows(next_row_closes_it, b','), Err(Break::UnclosedQuote(6)));
    }

    proptest! {
        #[test]
        fn reads_what_csv_core_reads(text in "[ab\",\n]{0,40}") {
            if let Ok(read) = rows(&text, b',') {
                let filled = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
                    rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
                };
                prop_assert_eq!(filled(read), filled(core_rows(&text, b',')));
            }
        }

        #[test]
        fn quoting_comes_back(text in "\\PC*|[ab\",;\n]{0,20}") {
            let raw = quoted(&text, ';');
            prop_assume!(!text.starts_with('"') || raw.starts_with('"'));
            prop_assert_eq!(unquoted(&raw), text.as_str());
        }
    }
}
