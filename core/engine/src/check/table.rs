//! Does a table have the columns it needs, and in each of them values of the right form?
//!
//! Where few values recur, each is looked at once and not the cells; rows are searched only for
//! values with a problem.

use std::collections::BTreeSet;

use parallax_model::{Kind, Shape, StatementDraft, StudyFile};

use crate::check::column;
use crate::check::notice::{At, Notice, problem};
use crate::check::rule::TableRules;
use crate::check::slip;
use crate::check::suggest::suggestion;
use crate::check::value::may_be_shown;
use crate::text::cells::{Break, LARGEST_CELL};
use crate::text::dialect::{Dialect, delimiter_name};
use crate::text::sheet::{self, Sheet};
use crate::text::source::Source;

/// A table whose values have the right form, or none; those that do not are blank.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) sheet: Sheet,
    /// The names of the columns, in order.
    pub(crate) header: Vec<String>,
    /// Where what the model says would only repeat what is known.
    pub(crate) faulty: Faulty,
    /// Whether the table has all columns it needs, and each row all cells.
    pub(crate) whole: bool,
}

/// The parts of a table that have a problem of form.
#[derive(Debug, Default)]
pub(crate) struct Faulty {
    /// Rows whose cells may stand in the wrong columns.
    pub(crate) slipped: BTreeSet<usize>,
    /// Cells, by row and column; other rules about the same row rest on them.
    pub(crate) cells: BTreeSet<(usize, &'static str)>,
    /// Whether there are rows of which nobody knows the id.
    pub(crate) lost_ids: bool,
}

impl Faulty {
    /// The rows in which something is wrong.
    pub(crate) fn rows(&self) -> BTreeSet<usize> {
        self.slipped.iter().copied().chain(self.cells.iter().map(|&(row, _)| row)).collect()
    }
}

/// Reads a table. `None` when it cannot be read as one at all.
pub(crate) fn read(
    (index, source): (usize, &mut Source),
    file: StudyFile,
    notices: &mut Vec<Notice>,
) -> Option<Read> {
    let rules = TableRules::of(file)?;
    let mut dialect = match Dialect::of(&source.text) {
        Ok(dialect) => dialect,
        Err(fault) => {
            notices.push(broken((index, &source.name), &fault));
            return None;
        }
    };
    source.dialect = Some(dialect.clone());
    if let Some(notice) = other_delimiter((index, source), &dialect) {
        notices.push(notice);
        return None;
    }
    if let Some(notice) = no_header((index, source), rules, &dialect) {
        notices.push(notice);
        return None;
    }
    let before = notices.len();
    let shapes = check_header((index, source), file, rules, &mut dialect, notices);
    source.dialect = Some(dialect.clone());
    let mut sheet = match sheet::read(&source.text, &dialect, &shapes) {
        Ok(sheet) => sheet,
        Err(fault) => {
            notices.truncate(before);
            notices.push(broken((index, &source.name), &fault));
            return None;
        }
    };
    let whole = check_required(index, file, rules, &dialect, notices);
    let slipped = uneven(index, dialect.header.len(), &sheet, notices);
    let mut faulty = Faulty { slipped, ..Faulty::default() };
    faulty.lost_ids = slip::forget_unsure(&mut sheet, file, &dialect.header);
    for (position, heading) in dialect.header.iter().enumerate() {
        let Some(rule) = rules.column(&heading.name) else { continue };
        let place = column::Place { source: index, column: position, dialect: &dialect };
        let rows = column::Rows { count: sheet.rows, slipped: &faulty.slipped };
        column::check(&mut sheet.columns[position], rows, rule, place, notices, &mut |row| {
            faulty.cells.insert((row, rule.name.as_str()));
        });
    }
    let header = dialect.header.into_iter().map(|heading| heading.name).collect();
    tracing::debug!(table = file.name(), rows = sheet.rows, "table checked");
    Some(Read { sheet, header, faulty, whole })
}

/// How each column of the header is kept, with a notice for each that should not be there. A
/// column that is only misspelt goes on under the name that was meant.
fn check_header(
    (index, source): (usize, &Source),
    file: StudyFile,
    rules: &TableRules,
    dialect: &mut Dialect,
    notices: &mut Vec<Notice>,
) -> Vec<Option<Shape>> {
    let mut shapes = Vec::with_capacity(dialect.header.len());
    for position in 0..dialect.header.len() {
        let heading = dialect.header[position].clone();
        let mut name = heading.name.clone();
        let at = |column| At::Header { source: index, column };
        let first = dialect.column(&heading.name).filter(|&first| first < position);
        let known = rules.column(&heading.name);
        let shown = if may_be_shown(&heading.name) { heading.name.as_str() } else { "…" };
        let miswritten = known.is_none().then(|| {
            let same = rules.names().find(|name| name.eq_ignore_ascii_case(&heading.name));
            same.filter(|name| dialect.column(name).is_none())
        });
        if let (Some(first), false) = (first, heading.name.is_empty()) {
            let message = format!("two columns of {} are called `{shown}`", source.name);
            let problem = problem(Kind::DuplicateColumn, message)
                .label("the same name again")
                .help("give each column a name of its own, or remove one of the two");
            let notice = Notice::new(problem, vec![at(position)]);
            notices.push(notice.related(at(first), "the first column of this name"));
        } else if heading.name.is_empty() {
            let problem = problem(Kind::UnknownField, "a column has no name")
                .label("no name above this column")
                .help("give the column a name, or remove it");
            notices.push(Notice::new(problem, vec![at(position)]));
        } else if known.is_none() && (!rules.open || miswritten.flatten().is_some()) {
            let absent = rules.names().filter(|name| dialect.column(name).is_none());
            let known: Vec<&str> = rules.names().collect();
            let meant = suggestion(&heading.name, absent);
            name = meant.clone().unwrap_or(name);
            let problem =
                problem(Kind::UnknownField, format!("{} has no column `{shown}`", source.name))
                    .label("not a column of this table")
                    .help(format!("the columns are {}", known.join(", ")))
                    .suggest(meant);
            notices.push(Notice::new(problem, vec![at(position)]));
        }
        let kept = first.is_none() && (rules.column(&name).is_some() || rules.open);
        shapes.push(kept.then(|| shape(file, &name)));
        dialect.header[position].name = name;
    }
    shapes
}

fn shape(file: StudyFile, column: &str) -> Shape {
    let statement = StatementDraft::COLUMNS.iter().find(|(name, _)| *name == column);
    match (file, statement) {
        (StudyFile::Statements, Some(&(_, shape))) => shape,
        _ => Shape::Coded,
    }
}

/// A notice for each column that must be there and is not.
fn check_required(
    index: usize,
    file: StudyFile,
    rules: &TableRules,
    dialect: &Dialect,
    notices: &mut Vec<Notice>,
) -> bool {
    let missing =
        rules.columns.iter().filter(|rule| rule.required && dialect.column(&rule.name).is_none());
    let before = notices.len();
    for rule in missing {
        let message = format!("{} needs a column `{}`", file.name(), rule.name);
        let span = dialect.header.last().map_or(0..0, |last| last.span.clone());
        let at = At::Line { source: index, span };
        let problem = problem(Kind::MissingField, message)
            .label("the header ends here, without it")
            .help(format!("add a column `{}`, with a value in each row", rule.name));
        notices.push(Notice::new(problem, vec![at]));
    }
    before == notices.len()
}

fn broken((index, name): (usize, &str), fault: &Break) -> Notice {
    let (at, problem) = match *fault {
        Break::UnclosedQuote(at) => (
            at,
            problem(Kind::UnclosedQuote, format!("a quotation mark in {name} is never closed"))
                .label("opened here")
                .help(
                    "close it with another quotation mark at the end of the cell, or remove it; a \
                     quotation mark inside a text is written twice (\"\")",
                ),
        ),
        Break::HugeCell(at) => (
            at,
            problem(
                Kind::HugeCell,
                format!("a cell of {name} is larger than {} MiB", LARGEST_CELL >> 20),
            )
            .label("starts here")
            .help(
                "a cell holds one value or one passage; look for a quotation mark that should not \
                 be there, and keep whole documents outside the tables",
            ),
        ),
    };
    Notice::new(problem, vec![At::Bytes { source: index, span: at..at + 1 }])
}

fn other_delimiter((index, source): (usize, &Source), dialect: &Dialect) -> Option<Notice> {
    let (other, span) = dialect.other_in_body(&source.text)?;
    let (first, last) = (dialect.header.first()?, dialect.header.last()?);
    let message = format!(
        "the header of {} separates its columns with {}, the rows below with {}",
        source.name,
        delimiter_name(char::from(dialect.delimiter)),
        delimiter_name(other)
    );
    let problem = problem(Kind::WrongDelimiter, message)
        .label(format!("one cell, unless {} separate", delimiter_name(other)))
        .help("use the same character in the whole file; saving it once more from a spreadsheet as CSV does that");
    let header = At::Line { source: index, span: first.span.start..last.span.end };
    let notice = Notice::new(problem, vec![At::Line { source: index, span }]);
    Some(notice.related(header, format!("{} columns", dialect.header.len())))
}

/// A first row in which no column is named, not even by a slip, is a row of data.
fn no_header(
    (index, source): (usize, &Source),
    rules: &TableRules,
    dialect: &Dialect,
) -> Option<Notice> {
    let named =
        |name: &str| rules.column(name).is_some() || suggestion(name, rules.names()).is_some();
    let (first, last) = (dialect.header.first()?, dialect.header.last()?);
    if dialect.header.iter().any(|heading| named(&heading.name)) {
        return None;
    }
    let needed: Vec<&str> =
        rules.columns.iter().filter(|rule| rule.required).map(|rule| &*rule.name).collect();
    let message = format!("the first row of {} does not name its columns", source.name);
    let problem = problem(Kind::MissingField, message)
        .label("no name of a column")
        .help(format!("put a row with the names above the data; at least {}", needed.join(", ")));
    let at = At::Line { source: index, span: first.span.start..last.span.end };
    Some(Notice::new(problem, vec![at]))
}

fn uneven(index: usize, width: usize, sheet: &Sheet, notices: &mut Vec<Notice>) -> BTreeSet<usize> {
    let kinds = [
        (
            true,
            "more",
            "what does not fit",
            "put a text that holds the separating character between quotation marks",
        ),
        (false, "fewer", "the row ends here", "add the cells that are missing, empty ones too"),
    ];
    for (longer, word, label, help) in kinds {
        let rows: Vec<_> =
            sheet.uneven.iter().filter(|&&(_, cells)| (cells > width) == longer).collect();
        let at: Vec<At> = rows
            .iter()
            .map(|&&(row, cells)| At::Cell { source: index, row, column: cells.min(width) })
            .collect();
        if !at.is_empty() {
            let rows = if at.len() == 1 { "a row has" } else { "rows have" };
            let message = format!("{rows} {word} cells than the header has columns ({width})");
            let problem = problem(Kind::RowLength, message).label(label).help(help);
            notices.push(Notice::new(problem, at));
        }
    }
    sheet.uneven.iter().map(|&(row, _)| row).collect()
}
