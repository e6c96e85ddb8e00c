//! Which part of a file may a message show?
//!
//! Messages end up in terminals, logs and bug reports, so nobody's words are in them: cells of text
//! columns, long cells and cells of rows whose columns may have slipped are shown as `…`. What
//! nobody can tell: words with a line break and no quotation marks, of which the second line
//! happens to have as many cells as the header.

use std::ops::Range;

use parallax_model::{StudyFile, personal};

use crate::check::rule::TableRules;
use crate::check::slip;
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

/// How much of a line may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// All cells but those that hold somebody's words or say who somebody is.
    Cells,
    /// Of a row below the header, no cell: together they say who somebody is.
    Nobody,
}

/// The line in which a place stands.
pub(crate) fn excerpt(source: &Source, place: &Place, shown: Shown) -> Excerpt {
    match &source.dialect {
        Some(dialect) if source.file.is_some() => table_row(source, dialect, place, shown),
        _ => text_line(source, place),
    }
}

fn text_line(source: &Source, place: &Place) -> Excerpt {
    let text = &source.text;
    let rest = text.get(place.row_start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let start = place.span.start.saturating_sub(place.row_start).min(line.len());
    let end = place.span.end.saturating_sub(place.row_start).clamp(start, line.len());
    if source.file == Some(StudyFile::Study) && in_hidden_names(text, place.row_start) {
        let kept = line.find([':', '-']).map_or(0, |at| at + 1);
        let line = format!("{} {HIDDEN}", &line[..kept]);
        let end = end.min(kept).max(start.min(kept));
        return Excerpt { span: start.min(kept)..end, line };
    }
    if source.file.is_some() && personal::any(line) {
        return Excerpt { line: HIDDEN.to_owned(), span: 0..HIDDEN.len() };
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

fn table_row(source: &Source, dialect: &Dialect, place: &Place, shown: Shown) -> Excerpt {
    let row = Row { shown, ..Row::at(source, dialect, place.row_start) };
    let mut shown = Excerpt { line: String::new(), span: 0..0 };
    let mut marked = None;
    for (index, cell) in row.cells.iter().enumerate() {
        if index > 0 {
            shown.line.push(char::from(dialect.delimiter));
        }
        let start = shown.line.len();
        let whole = row.push(index, &mut shown.line);
        let inside = cell.start <= place.span.start && place.span.end <= cell.end;
        let touched =
            cell.start < place.span.end.max(place.span.start + 1) && cell.end >= place.span.start;
        if inside && whole {
            let from = start + place.span.start - cell.start;
            marked = Some(from..from + place.span.len());
        } else if touched {
            let from = marked.map_or(start, |marked: Range<usize>| marked.start);
            marked = Some(from..shown.line.len());
        }
    }
    let end = shown.line.len();
    shown.span = marked.unwrap_or(end..end);
    shown
}

/// A row of a table, with what decides which of its cells may be shown.
struct Row<'s> {
    source: &'s Source,
    dialect: &'s Dialect,
    cells: Vec<Range<usize>>,
    is_header: bool,
    /// Whether the last cell is one that cannot be read.
    is_broken: bool,
    /// How many cells are in their columns.
    sure: usize,
    shown: Shown,
}

impl<'s> Row<'s> {
    fn at(source: &'s Source, dialect: &'s Dialect, start: usize) -> Self {
        let mut scanner = Scanner::new(&source.text, dialect.delimiter, start);
        let mut cells = Vec::new();
        let is_broken = matches!(scanner.line(&mut cells), Line::Broken(_));
        if is_broken {
            let quoted = source.text[scanner.at()..].starts_with('"');
            cells.push(scanner.at()..scanner.at() + usize::from(quoted));
        }
        let is_header = start == dialect.header_start;
        let sure = match is_broken || !is_header && cells.len() != dialect.header.len() {
            true => slip::sure_cells(source.file, &dialect.header, cells.len(), is_broken),
            false => cells.len(),
        };
        Self { source, dialect, cells, is_header, is_broken, sure, shown: Shown::Cells }
    }

    /// Whether a header is one, and no row of data that stands first.
    fn names_columns(&self) -> bool {
        let rules = self.source.file.and_then(TableRules::of);
        let known = |name: &str| rules.is_some_and(|rules| rules.column(name).is_some());
        self.dialect.header.iter().any(|heading| known(&heading.name))
    }

    /// Adds a cell to a line, as far as it may be shown; whether all of it was.
    fn push(&self, index: usize, line: &mut String) -> bool {
        let raw = &self.source.text[self.cells[index].clone()];
        if self.is_broken && index + 1 == self.cells.len() {
            line.push_str(raw);
            line.push_str(HIDDEN);
            return false;
        }
        let hidden = match self.is_header {
            true => !(self.names_columns() && may_be_shown(raw)),
            false if index >= self.sure || self.shown == Shown::Nobody => !raw.is_empty(),
            false => is_hidden(self.source, self.dialect, index, raw),
        };
        line.push_str(if hidden { HIDDEN } else { raw });
        !hidden
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::check::{Somewhere, locate, table};

    /// All lines that the problems of a table show, and their messages.
    fn shown(text: &str, file: StudyFile) -> String {
        let mut sources = [Source::new(file.name(), Some(file), text.into())];
        let mut notices = Vec::new();
        let _read = table::read((0, &mut sources[0]), file, &mut notices);
        let mut shown = String::new();
        for located in locate::located(notices, &sources) {
            shown += &format!("{}\n", located.sentence());
            let related = located.related.as_ref().map(|(place, _)| place);
            for place in
                located.places.iter().chain(related).filter_map(|p: &Somewhere| p.place.as_ref())
            {
                let excerpt = excerpt(&sources[0], place, Shown::Cells);
                assert!(excerpt.line.get(excerpt.span).is_some(), "{}", excerpt.line);
                shown += &format!("{}\n", excerpt.line);
            }
        }
        shown
    }

    #[test]
    fn words_are_hidden_and_ids_are_shown() {
        let text =
            "id,speaker,code,stance,note\ns1,N1,care,afirm,words\ns2,N1,care,,a,words\nwords,N1\n";
        insta::assert_snapshot!(shown(text, StudyFile::Statements), @r"
        a row has more cells than the header has columns (5) in cell F3
        s2,…,…,,…,…
        a row has fewer cells than the header has columns (5) in cell C4
        …,…
        `afirm` is not a value of `stance` in cell D2
        s1,N1,care,afirm,…
        ");
    }

    #[test]
    fn names_that_the_study_hides_are_hidden_in_its_own_lines() {
        let text = "title: T\nhidden:\n  - Oak Lane\n  - Elm Row\nseed: Oak\n";
        let source = Source::new("study.yaml", Some(StudyFile::Study), text.into());
        let line = |at: usize| excerpt(&source, &source.place(at..at + 3), Shown::Cells).line;
        assert_eq!(line(text.find("Elm").expect("there")), "  - …");
        assert_eq!(line(text.find("seed").expect("there")), "seed: Oak");
        let inline = Source::new("study.yaml", Some(StudyFile::Study), "hidden: [Oak]\n".into());
        assert_eq!(excerpt(&inline, &inline.place(9..12), Shown::Cells).line, "hidden: …");
    }

    #[test]
    fn a_huge_cell_is_shown_by_its_place_only() {
        let text = format!("id,note\nx1,{}\n", "é".repeat(9 << 20));
        assert_eq!(
            shown(&text, StudyFile::Statements).lines().collect::<Vec<_>>(),
            ["a cell of statements.csv is larger than 16 MiB in cell B2", "x1,…"]
        );
    }

    proptest! {
        #[test]
        fn words_never_show_whatever_breaks_a_row(
            before in "[ab,;\"]{0,6}", after in "[ab,;\"\n]{0,6}", stance in "affirm|den",
        ) {
            let text = format!(
                "id,code,stance,note\ns1,care,{stance},{before}words{after}\ns2,care,den,{before}\n"
            );
            let shown = shown(&text, StudyFile::Statements);
            prop_assert!(!shown.contains("words"), "{}", shown);
        }

        #[test]
        fn no_bytes_make_the_check_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let mut text = b"id,speaker,code,value\n".to_vec();
            text.extend(bytes);
            let text = crate::text::encoding::decode(text).text;
            shown(&text, StudyFile::Statements);
            shown(text.get(22..).unwrap_or_default(), StudyFile::Cases);
        }
    }
}
