//! Which part of a file may a message show?
//!
//! Messages end up in terminals, logs and bug reports, so nobody's words are in them: cells of text
//! columns, long cells and cells of rows whose columns may have slipped are shown as `…`.

use std::ops::Range;

use crate::check::rule::TableRules;
use crate::check::value::may_be_shown;
use crate::text::cells::{Line, Scanner, unquoted};
use crate::text::dialect::Dialect;
use crate::text::place::Place;
use crate::text::source::Source;

/// What stands in the place of hidden cells.
const HIDDEN: &str = "…";

/// One line of a file, fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The line; a row of a table is one line here, whatever its cells hold.
    pub(crate) line: String,
    /// The bytes of the place in `line`.
    pub(crate) span: Range<usize>,
}

/// The line in which a place stands.
pub(crate) fn excerpt(source: &Source, place: &Place) -> Excerpt {
    match &source.dialect {
        Some(dialect) if source.file.is_some() => table_row(source, dialect, place),
        _ => text_line(source, place),
    }
}

fn text_line(source: &Source, place: &Place) -> Excerpt {
    let text = &source.text;
    let rest = text.get(place.row_start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let start = place.span.start.saturating_sub(place.row_start).min(line.len());
    let end = place.span.end.saturating_sub(place.row_start).clamp(start, line.len());
    if in_hidden_names(text, place.row_start) {
        let kept = line.find([':', '-']).map_or(0, |at| at + 1);
        let line = format!("{} {HIDDEN}", &line[..kept]);
        let end = end.min(kept).max(start.min(kept));
        return Excerpt { span: start.min(kept)..end, line };
    }
    Excerpt { line: line.to_owned(), span: start..end }
}

/// Whether a line of `study.yaml` belongs to the names that the study hides.
fn in_hidden_names(text: &str, line_start: usize) -> bool {
    let line_end = text[line_start..].find('\n').map_or(text.len(), |at| line_start + at);
    let section = text[..line_end]
        .lines()
        .rev()
        .find(|line| !line.starts_with([' ', '\t', '-', '#', ']']) && !line.trim().is_empty());
    section.is_some_and(|line| line.trim_start_matches('"').starts_with("hidden"))
}

fn table_row(source: &Source, dialect: &Dialect, place: &Place) -> Excerpt {
    let text = &source.text;
    let mut scanner = Scanner::new(text, dialect.delimiter, place.row_start);
    let mut cells = Vec::new();
    let read = scanner.line(&mut cells);
    let header = place.row_start == dialect.header_start;
    if matches!(read, Line::Broken(_)) {
        let start = scanner.at();
        cells.push(start..text.len().min(start + 1));
    }
    let broken = matches!(read, Line::Broken(_));
    let slipped = broken || !header && cells.len() != dialect.header.len();
    // In a row whose columns may have slipped, words can stand anywhere from the first text column.
    let sure = if cells.len() == 1 { 0 } else { first_text_column(source, dialect) };
    let mut shown = Excerpt { line: String::new(), span: 0..0 };
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            shown.line.push(char::from(dialect.delimiter));
        }
        let start = shown.line.len();
        let raw = &text[cell.clone()];
        let hidden = match header {
            true => !may_be_shown(raw),
            false if slipped && index >= sure && !raw.is_empty() => true,
            false => is_hidden(source, dialect, index, raw),
        };
        let last_of_broken = broken && index + 1 == cells.len();
        match hidden {
            true if last_of_broken => shown.line.push_str(&format!("{raw}{HIDDEN}")),
            true => shown.line.push_str(HIDDEN),
            false => shown.line.push_str(raw),
        }
        let inside = cell.start <= place.span.start && place.span.end <= cell.end;
        if inside && !hidden {
            let before = place.span.start - cell.start;
            shown.span = start + before..start + before + place.span.len();
        } else if cell.start < place.span.end.max(place.span.start + 1)
            && cell.end >= place.span.start
        {
            let from = if shown.span == (0..0) { start } else { shown.span.start };
            shown.span = from..shown.line.len();
        }
    }
    if place.span.start >= cells.last().map_or(0, |cell| cell.end)
        && !broken
        && shown.span == (0..0)
    {
        shown.span = shown.line.len()..shown.line.len();
    }
    shown
}

fn first_text_column(source: &Source, dialect: &Dialect) -> usize {
    let rules = source.file.and_then(TableRules::of);
    let text = |name: &str| {
        let rule = rules.and_then(|rules| rules.column(name));
        rule.map_or(rules.is_none_or(|rules| !rules.open), |rule| rule.is_text())
    };
    let column = dialect.header.iter().position(|heading| text(&heading.name));
    column.unwrap_or(dialect.header.len())
}

fn is_hidden(source: &Source, dialect: &Dialect, index: usize, raw: &str) -> bool {
    if raw.is_empty() {
        return false;
    }
    let name = dialect.header.get(index).map_or("", |heading| &heading.name);
    let rules = source.file.and_then(TableRules::of);
    let known = rules.and_then(|rules| rules.column(name));
    let open = rules.is_some_and(|rules| rules.open);
    let text = known.map_or(!open, |rule| rule.is_text());
    text || !may_be_shown(&unquoted(raw))
}
