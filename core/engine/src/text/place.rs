//! Where does a stretch of a text stand, for an editor and for a spreadsheet?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use memchr::memchr_iter;

use crate::text::cells::{Line, Scanner};
use crate::text::dialect::Dialect;

/// A stretch of a text, with the numbers that people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line of the text file, from 1.
    pub line: usize,
    /// The character within that line, from 1.
    pub column: usize,
    /// Row and column of a spreadsheet, both from 1. A row with line breaks in its cells is one
    /// row here and several lines in the file.
    pub cell: Option<(usize, usize)>,
    /// The bytes.
    pub span: Range<usize>,
    /// The byte at which the row or line starts to which the stretch belongs.
    pub row_start: usize,
}

impl Place {
    /// A stretch of a text that is no table.
    #[must_use]
    pub fn in_text(text: &str, span: Range<usize>) -> Self {
        let start = floor(text, span.start);
        let end = floor(text, span.end).max(start);
        let before = &text.as_bytes()[..start];
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        Self {
            line: memchr_iter(b'\n', before).count() + 1,
            column: text[line_start..start].chars().count() + 1,
            cell: None,
            span: start..end,
            row_start: line_start,
        }
    }

    /// The cell's name in a spreadsheet, such as `C4`.
    #[must_use]
    pub fn cell_name(&self) -> Option<String> {
        self.cell.map(|(row, column)| format!("{}{row}", column_letters(column)))
    }
}

/// The largest character border that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// A row of a table, found again.
#[derive(Clone, Debug)]
pub struct RowPlace {
    /// The byte at which the row starts.
    pub start: usize,
    /// The line of the file on which it starts, from 1.
    pub line: usize,
    /// Its row in a spreadsheet, from 1.
    pub sheet_row: usize,
    /// The bytes of its cells, quotation marks included.
    pub cells: Vec<Range<usize>>,
}

impl RowPlace {
    /// The place of cell `index` (from 0); of the row's end when it has no such cell.
    #[must_use]
    pub fn cell(&self, text: &str, index: usize) -> Place {
        let end = self.cells.last().map_or(self.start, |last| last.end);
        let span = self.cells.get(index).cloned().unwrap_or(end..end);
        let before = &text[self.start..span.start];
        let last_line = before.rsplit('\n').next().unwrap_or_default();
        Place {
            line: self.line + memchr_iter(b'\n', before.as_bytes()).count(),
            column: last_line.chars().count() + 1,
            cell: Some((self.sheet_row, index + 1)),
            span,
            row_start: self.start,
        }
    }
}

/// The header of a table as a row.
#[must_use]
pub fn header_row(text: &str, dialect: &Dialect) -> RowPlace {
    let mut cells = Vec::new();
    Scanner::new(text, dialect.delimiter, dialect.header_start).line(&mut cells);
    RowPlace {
        start: dialect.header_start,
        line: memchr_iter(b'\n', &text.as_bytes()[..dialect.header_start]).count() + 1,
        sheet_row: dialect.header_row,
        cells,
    }
}

/// Finds data rows (from 0, blank lines not counted) again, in one pass over the text.
#[must_use]
pub fn find_rows(
    text: &str,
    dialect: &Dialect,
    wanted: &BTreeSet<usize>,
) -> BTreeMap<usize, RowPlace> {
    let mut scanner = Scanner::new(text, dialect.delimiter, dialect.body);
    let mut counted = (0, 1);
    let (mut cells, mut row, mut sheet_row) = (Vec::new(), 0, dialect.header_row);
    let mut found = BTreeMap::new();
    while found.len() < wanted.len() {
        let start = scanner.at();
        sheet_row += 1;
        match scanner.line(&mut cells) {
            Line::Blank => continue,
            Line::End | Line::Broken(_) => break,
            Line::Row => {}
        }
        if wanted.contains(&row) {
            let line = counted.1 + memchr_iter(b'\n', &text.as_bytes()[counted.0..start]).count();
            counted = (start, line);
            found.insert(row, RowPlace { start, line, sheet_row, cells: cells.clone() });
        }
        row += 1;
    }
    found
}

/// The row in which byte `at` stands, with the cells up to that byte: also a row that cannot be
/// read to its end.
#[must_use]
pub fn row_at(text: &str, dialect: &Dialect, at: usize) -> RowPlace {
    let mut scanner = Scanner::new(text, dialect.delimiter, dialect.header_start);
    let (mut cells, mut sheet_row) = (Vec::new(), dialect.header_row);
    loop {
        let start = scanner.at();
        let line = scanner.line(&mut cells);
        if scanner.at() > at || matches!(line, Line::End | Line::Broken(_)) {
            let line = memchr_iter(b'\n', &text.as_bytes()[..start]).count() + 1;
            cells.retain(|cell| cell.end < at);
            cells.push(at..at);
            return RowPlace { start, line, sheet_row, cells };
        }
        sheet_row += 1;
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::Shape;
    use proptest::prelude::*;

    use super::*;
    use crate::text::cells::unquoted;
    use crate::text::sheet;

    #[test]
    fn columns_have_letters() {
        let names = [1, 26, 27, 52, 703].map(column_letters);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "AAA"]);
    }

    #[test]
    fn a_line_break_in_a_cell_moves_lines_and_not_spreadsheet_rows() {
        let text = "id;note;code\n1;\"é\nb\";x\n\n2;c;patiënt;z\n";
        let dialect = Dialect::of(text).expect("a header");
        let rows = find_rows(text, &dialect, &BTreeSet::from([0, 1]));
        let place = rows[&0].cell(text, 2);
        assert_eq!((place.line, place.column, place.cell_name().as_deref()), (3, 4, Some("C2")));
        assert_eq!(&text[place.span], "x");
        let place = rows[&1].cell(text, 3);
        assert_eq!((place.line, place.column, place.cell_name().as_deref()), (5, 13, Some("D4")));
        let header = header_row(text, &dialect).cell(text, 2);
        assert_eq!((header.line, header.column, header.cell_name().as_deref()), (1, 9, Some("C1")));
    }

    proptest! {
        #[test]
        fn places_give_back_the_cells(body in "[abé\",\n]{0,80}") {
            let text = format!("a,b\n{body}");
            let dialect = Dialect::of(&text).expect("a header");
            let shapes = [Some(Shape::Coded), Some(Shape::Plain)];
            if let Ok(sheet) = sheet::read(&text, &dialect, &shapes) {
                let found = find_rows(&text, &dialect, &(0..sheet.rows).collect());
                prop_assert_eq!(found.len(), sheet.rows);
                for (row, place) in found {
                    for (index, column) in sheet.columns.iter().enumerate() {
                        let place = place.cell(&text, index);
                        let cell = unquoted(&text[place.span.clone()]).trim().to_owned();
                        prop_assert_eq!(&cell, column.get(row));
                        let line = text.split('\n').nth(place.line - 1).unwrap_or_default();
                        let raw: String = line.chars().skip(place.column - 1).collect();
                        let first_line = text[place.span].split('\n').next().unwrap_or_default();
                        prop_assert!(raw.starts_with(first_line));
                    }
                }
            }
        }
    }

    #[test]
    fn a_stretch_of_yaml_has_line_and_column() {
        let place = Place::in_text("a: é\nb: één x\n", 15..16);
        assert_eq!((place.line, place.column, place.cell_name()), (2, 8, None));
    }
}
