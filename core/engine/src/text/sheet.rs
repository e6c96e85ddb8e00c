//! How does a table of up to ten million rows become columns?
//!
//! The text is cut into chunks that are read side by side, each with dictionaries of its own,
//! which are then joined in the order of the chunks: the result is the same on any number of
//! threads. A chunk border is placed by counting quotation marks; where that turns out wrong
//! (marks inside cells that no mark opens), the text is read once more from start to end.

use std::collections::BTreeSet;

use parallax_model::Shape;
use parallax_model::table::{Column, NONE};
use rayon::prelude::*;

use crate::text::cells::{Break, Line, Scanner};
use crate::text::dialect::Dialect;
use crate::text::gather::{Gathered, Part};

/// How many bytes a chunk has, about.
const CHUNK: usize = 4 << 20;

/// A table in columns.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// How many rows there are below the header, blank ones not counted.
    pub rows: usize,
    /// One column for each name of the header; [`Column::Absent`] for those not asked for.
    pub columns: Vec<Column>,
    /// Rows with more or fewer cells than the header: the row from 0, and its number of cells.
    /// Empty cells beyond the header are no fault.
    pub uneven: Vec<(usize, usize)>,
}

/// Reads the rows below the header. `shapes` says for each column of the header how it is kept,
/// or that it is not.
///
/// # Errors
///
/// The first row that cannot be read.
pub fn read(text: &str, dialect: &Dialect, shapes: &[Option<Shape>]) -> Result<Sheet, Break> {
    read_in_chunks(text, dialect, shapes, CHUNK)
}

fn read_in_chunks(
    text: &str,
    dialect: &Dialect,
    shapes: &[Option<Shape>],
    size: usize,
) -> Result<Sheet, Break> {
    let starts = chunk_starts(text, dialect.body, size);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let spans: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let read: Result<Vec<Part<'_>>, Break> = spans
        .par_iter()
        .map(|&(start, end)| {
            let part = read_part(text, dialect.delimiter, shapes, start, end)?;
            if part.end == end { Ok(part) } else { Err(Break::UnclosedQuote(start)) }
        })
        .collect();
    let parts = match read {
        Ok(parts) => parts,
        Err(_) => read_in_order(text, dialect, shapes, size)?,
    };
    tracing::debug!(chunks = parts.len(), "table read");
    Ok(join(parts, shapes.len()))
}

/// Reads chunk after chunk, each from where the one before it ends.
fn read_in_order<'t>(
    text: &'t str,
    dialect: &Dialect,
    shapes: &[Option<Shape>],
    size: usize,
) -> Result<Vec<Part<'t>>, Break> {
    let (mut parts, mut start) = (Vec::new(), dialect.body);
    while start < text.len() {
        let end = start.saturating_add(size).min(text.len());
        let part = read_part(text, dialect.delimiter, shapes, start, end)?;
        start = part.end;
        parts.push(part);
    }
    Ok(parts)
}

/// The bytes at which chunks start, each at the start of a row as far as quotation marks tell.
fn chunk_starts(text: &str, body: usize, size: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let borders: Vec<usize> = (body..bytes.len()).step_by(size).collect();
    let marks: Vec<usize> = borders
        .par_iter()
        .map(|&start| {
            let chunk = &bytes[start..bytes.len().min(start.saturating_add(size))];
            memchr::memchr_iter(b'"', chunk).count()
        })
        .collect();
    let (mut starts, mut before) = (vec![body], 0);
    for (index, &border) in borders.iter().enumerate().skip(1) {
        before += marks[index - 1];
        if starts.last().is_some_and(|&last| last >= border) {
            continue;
        }
        let mut inside = before % 2 == 1;
        let line_end = bytes[border..].iter().position(|&byte| {
            inside ^= byte == b'"';
            byte == b'\n' && !inside
        });
        starts.push(line_end.map_or(bytes.len(), |length| border + length + 1));
    }
    starts.retain(|&start| start < bytes.len() || start == body);
    starts
}

fn read_part<'t>(
    text: &'t str,
    delimiter: u8,
    shapes: &[Option<Shape>],
    start: usize,
    end: usize,
) -> Result<Part<'t>, Break> {
    let mut scanner = Scanner::new(text, delimiter, start);
    let mut cells = Vec::with_capacity(shapes.len());
    let mut columns: Vec<Option<Gathered<'t>>> =
        shapes.iter().map(|shape| shape.map(Gathered::new)).collect();
    let (mut rows, mut uneven) = (0, Vec::new());
    while scanner.at() < end {
        match scanner.line(&mut cells) {
            Line::Blank => continue,
            Line::End => break,
            Line::Broken(fault) => return Err(fault),
            Line::Row => {}
        }
        let filled = cells.iter().skip(shapes.len()).any(|cell| !cell.is_empty());
        if cells.len() < shapes.len() || filled {
            uneven.push((rows, cells.len()));
        }
        for (column, cell) in columns.iter_mut().zip(&cells) {
            if let Some(column) = column
                && !cell.is_empty()
            {
                column.push(rows, &text[cell.clone()]);
            }
        }
        rows += 1;
    }
    Ok(Part { rows, columns, uneven, end: scanner.at() })
}

fn join(mut parts: Vec<Part<'_>>, width: usize) -> Sheet {
    let (mut rows, mut uneven, mut lengths) = (0, Vec::new(), Vec::with_capacity(parts.len()));
    for part in &parts {
        uneven.extend(part.uneven.iter().map(|&(row, cells)| (rows + row, cells)));
        lengths.push(part.rows);
        rows += part.rows;
    }
    let mut by_column: Vec<Vec<Option<Gathered<'_>>>> =
        (0..width).map(|_| Vec::with_capacity(parts.len())).collect();
    for part in &mut parts {
        for (of_column, gathered) in by_column.iter_mut().zip(part.columns.drain(..)) {
            of_column.push(gathered);
        }
    }
    let columns = by_column
        .into_par_iter()
        .map(|gathered| Gathered::join(gathered.into_iter().flatten().collect(), &lengths))
        .collect();
    Sheet { rows, columns, uneven }
}

/// The rows (from 0) that have this code in a coded column, in order.
#[must_use]
pub fn rows_of(codes: &[u32], wanted: u32) -> Vec<usize> {
    codes.par_iter().enumerate().filter(|&(_, &code)| code == wanted).map(|(row, _)| row).collect()
}

/// The rows (from 0) without a value in a column, in order.
#[must_use]
pub fn blank_rows(column: &Column, rows: usize) -> Vec<usize> {
    match column {
        Column::Absent => (0..rows).collect(),
        Column::Coded { codes, .. } => rows_of(codes, NONE),
        Column::Plain(texts) => {
            (0..rows).into_par_iter().filter(|&row| texts.get(row).is_empty()).collect()
        }
    }
}

/// Makes the cells of some rows blank, and drops the values that stand nowhere else.
pub fn forget(column: &mut Column, rows: &BTreeSet<usize>) {
    if rows.is_empty() {
        return;
    }
    let kept = |row: usize, text| if rows.contains(&row) { "" } else { text };
    *column = match &*column {
        Column::Absent => return,
        Column::Coded { codes, names } => {
            let cells = codes.iter().map(|&code| names.of(code)).enumerate();
            Column::coded(cells.map(|(row, text)| kept(row, text)))
        }
        Column::Plain(texts) => {
            Column::plain(texts.iter().enumerate().map(|(row, text)| kept(row, text)))
        }
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Cells = (usize, Vec<Vec<String>>, Vec<String>);

    fn cells(text: &str, size: usize) -> Result<Cells, Break> {
        let dialect = Dialect::of(text)?;
        let shapes: Vec<_> = (0..dialect.header.len())
            .map(|index| Some(if index % 2 == 0 { Shape::Coded } else { Shape::Plain }))
            .collect();
        let sheet = read_in_chunks(text, &dialect, &shapes, size)?;
        let rows = (0..sheet.rows)
            .map(|row| sheet.columns.iter().map(|column| column.get(row).to_owned()).collect())
            .collect();
        let names = match sheet.columns.first() {
            Some(Column::Coded { names, .. }) => names.iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        Ok((sheet.rows, rows, names))
    }

    #[test]
    fn columns_hold_the_cells() {
        let read = cells("id,note\nS1,\"a, b\"\n\nL1, c ,,\nS1\n", CHUNK).expect("readable");
        assert_eq!(read.0, 3);
        assert_eq!(read.1, [["S1", "a, b"], ["L1", "c"], ["S1", ""]]);
        assert_eq!(read.2, ["S1", "L1"]);
    }

    #[test]
    fn ten_million_rows_need_not_fit_one_chunk() {
        let body: String = (0..5_000).map(|n| format!("p{},\"n\n{n}\"\n", n % 7)).collect();
        let text = format!("id,note\n{body}");
        assert_eq!(cells(&text, 1 << 10).expect("readable"), cells(&text, 1 << 30).expect("same"));
    }

    proptest! {
        #[test]
        fn chunks_change_nothing(body in "[ab\",\n]{0,200}", size in 1_usize..40) {
            let text = format!("a,b\n{body}");
            prop_assert_eq!(cells(&text, size), cells(&text, usize::MAX));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*|[ab\",;\t\r\n]{0,60}", size in 1_usize..40) {
            drop(cells(&text, size));
        }
    }
}
