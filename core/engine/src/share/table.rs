//! How is a table gone through cell by cell, and written again?

use parallax_model::Shape;

use crate::text::dialect::Dialect;
use crate::text::sheet::{self, Sheet};
use crate::text::source::Source;

/// A table as it was read, in columns of texts.
pub(super) struct Table<'s> {
    dialect: &'s Dialect,
    sheet: Sheet,
}

impl<'s> Table<'s> {
    /// The table of a file; `None` when it could not be read.
    pub(super) fn of(source: &'s Source) -> Option<Self> {
        let dialect = source.dialect.as_ref()?;
        let shapes = vec![Some(Shape::Plain); dialect.header.len()];
        let sheet = sheet::read(&source.text, dialect, &shapes).ok()?;
        Some(Self { dialect, sheet })
    }

    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.sheet.rows
    }

    /// The names of its columns, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.dialect.header.iter().map(|heading| heading.name.as_str())
    }

    /// A cell; blank when there is no such column.
    pub(super) fn get(&self, row: usize, column: &str) -> &str {
        let at = self.dialect.column(column);
        at.map_or("", |at| self.sheet.columns[at].get(row))
    }

    /// The cells of a column, from the first row on.
    pub(super) fn cells<'t>(&'t self, column: &'t str) -> impl Iterator<Item = &'t str> {
        (0..self.len()).map(move |row| self.get(row, column))
    }
}

/// A row of a table as text, with its line end.
pub(super) fn line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(',');
        }
        // Every sign that separates cells for some reader is one for none of them then.
        let quoted = cell.contains([',', '"', '\n', '\r', ';', '\t']);
        match quoted {
            true => line.push_str(&format!("\"{}\"", cell.replace('"', "\"\""))),
            false => line.push_str(cell),
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let cells = ["a", "", "b, c", "\"d\"", "e\nf", "g; h"];
        let text = format!(
            "{}{}",
            line(["1", "2", "3", "4", "5", "6"].into_iter()),
            line(cells.into_iter())
        );
        let mut source = Source::new("t.csv", None, text.into_bytes());
        source.dialect = Dialect::of(&source.text).ok();
        let table = Table::of(&source).expect("a table");
        let read: Vec<&str> =
            ["1", "2", "3", "4", "5", "6"].map(|column| table.get(0, column)).into();
        assert_eq!(read, cells);
    }
}
