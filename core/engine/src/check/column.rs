//! Does every cell of a column have the form that its rule asks for?

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jsonschema::error::ValidationErrorKind;
use parallax_model::table::{Column, NONE, Names};
use parallax_model::{Kind, Problem};
use rayon::prelude::*;
use serde_json::Value as Json;

use crate::check::notice::{At, Notice, problem};
use crate::check::rule::{ColumnRule, Form};
use crate::check::suggest::suggestion;
use crate::check::value::{
    Unfit, date_meant, is_date, is_day_number, is_plain_id, is_spreadsheet_date, may_be_shown,
    unfit_for_id, with_point,
};
use crate::text::dialect::Dialect;
use crate::text::sheet::blank_rows;

/// A problem in more cells than this keeps its first cells only.
pub(crate) const MOST_PLACES: usize = 10_000;

/// The rows of a table.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'r> {
    /// How many there are.
    pub(crate) count: usize,
    /// Those whose cells may stand in the wrong columns: their cells count as blank and as nothing.
    pub(crate) slipped: &'r BTreeSet<usize>,
}

/// Where a column stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'d> {
    pub(crate) source: usize,
    pub(crate) column: usize,
    pub(crate) dialect: &'d Dialect,
}

impl Place<'_> {
    fn cells(self, rows: &[usize]) -> Vec<At> {
        let cell = |&row: &usize| At::Cell { source: self.source, row, column: self.column };
        rows.iter().take(MOST_PLACES).map(cell).collect()
    }
}

/// Checks a column, blanks the cells that have a problem, and reports each of their rows.
pub(crate) fn check(
    column: &mut Column,
    rows: Rows<'_>,
    rule: &ColumnRule,
    place: Place<'_>,
    notices: &mut Vec<Notice>,
    faulty: &mut dyn FnMut(usize),
) {
    if rule.required {
        let mut blank = blank_rows(column, rows.count);
        blank.retain(|row| !rows.slipped.contains(row));
        if !blank.is_empty() {
            let problem = problem(Kind::MissingField, format!("`{}` is blank", rule.name))
                .label("nothing here")
                .help(format!("every row needs a value in the column `{}`", rule.name));
            notices.push(Notice::new(problem, place.cells(&blank)));
            blank.into_iter().for_each(&mut *faulty);
        }
    }
    let found = match column {
        Column::Absent => Vec::new(),
        Column::Coded { codes, names } => check_coded(codes, names, rule, place),
        Column::Plain(texts) => {
            let values: Vec<(usize, Fault)> = (0..rows.count)
                .into_par_iter()
                .filter_map(|row| match texts.get(row) {
                    "" => None,
                    text => fault(text, rule, place.dialect, false).map(|fault| (row, fault)),
                })
                .collect();
            values.into_iter().map(|(row, fault)| (fault, vec![row])).collect()
        }
    };
    for (problem, mut rows) in grouped(found, rule) {
        rows.sort_unstable();
        if problem.kind != Kind::DecimalComma {
            rows.iter().copied().for_each(&mut *faulty);
        }
        notices.push(Notice::new(problem, place.cells(&rows)));
    }
}

/// Each problem once, with the rows of all faults that it says the same of, in the order in which
/// they were found. A column can hold as many different faults as rows.
fn grouped(found: Vec<(Fault, Vec<usize>)>, rule: &ColumnRule) -> Vec<(Problem, Vec<usize>)> {
    let mut grouped: Vec<(Problem, Vec<usize>)> = Vec::new();
    let mut of_fault: BTreeMap<Fault, usize> = BTreeMap::new();
    let mut of_words: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for (fault, rows) in found {
        let index = *of_fault.entry(fault).or_insert_with_key(|fault| {
            let problem = fault.clone().problem(rule);
            let words = (problem.message.clone(), problem.help.clone());
            *of_words.entry(words).or_insert_with(|| {
                grouped.push((problem, Vec::new()));
                grouped.len() - 1
            })
        });
        grouped[index].1.extend(rows);
    }
    grouped
}

/// Looks at each value of a dictionary once.
fn check_coded(
    codes: &mut [u32],
    names: &mut Names,
    rule: &ColumnRule,
    place: Place<'_>,
) -> Vec<(Fault, Vec<usize>)> {
    let numeric = names.iter().filter(|name| name.bytes().all(|b| b.is_ascii_digit())).count();
    let among_words = numeric * 2 < names.len();
    let mut found = Vec::new();
    let mut renamed: Vec<Cow<'_, str>> = names.iter().map(Cow::Borrowed).collect();
    let mut blanked = vec![false; renamed.len()];
    for (code, name) in (0_u32..).zip(names.iter()) {
        let Some(fault) = fault(name, rule, place.dialect, among_words) else { continue };
        match &fault {
            Fault::Comma(point) => renamed[code as usize] = Cow::Owned(point.clone()),
            // An id of a wrong form is still the id that other cells refer to.
            Fault::Id(_) | Fault::SpreadsheetDate => {}
            _ => blanked[code as usize] = true,
        }
        found.push((code, fault));
    }
    let found = with_rows(found, codes, names.len());
    if !found.is_empty() {
        let mut kept = Names::default();
        let code_of: Vec<u32> = renamed
            .iter()
            .zip(&blanked)
            .map(|(name, &blank)| if blank { NONE } else { kept.intern(name) })
            .collect();
        for code in codes.iter_mut() {
            *code = code_of.get(*code as usize).copied().unwrap_or(NONE);
        }
        drop(renamed);
        *names = kept;
    }
    found
}

/// The rows of each value with a fault, in one pass over the column however many there are.
fn with_rows(found: Vec<(u32, Fault)>, codes: &[u32], values: usize) -> Vec<(Fault, Vec<usize>)> {
    if found.is_empty() {
        return Vec::new();
    }
    let mut places = vec![usize::MAX; values];
    for (place, (code, _)) in found.iter().enumerate() {
        places[*code as usize] = place;
    }
    let mut faults: Vec<(Fault, Vec<usize>)> =
        found.into_iter().map(|(_, fault)| (fault, Vec::new())).collect();
    for (row, &code) in codes.iter().enumerate() {
        let place = places.get(code as usize).copied().unwrap_or(usize::MAX);
        if let Some((_, rows)) = faults.get_mut(place) {
            rows.push(row);
        }
    }
    faults
}

/// What is wrong with a value, holding only what a message may show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Comma(String),
    Word(Option<String>),
    Number(Option<String>),
    Date(Option<String>),
    Range,
    SpreadsheetDate,
    Id(Unfit),
}

fn fault(value: &str, rule: &ColumnRule, dialect: &Dialect, among_words: bool) -> Option<Fault> {
    let json = match &rule.form {
        Form::Text if rule.name == "id" => return id_fault(value, among_words),
        Form::Text if rule.holds_ids() => {
            let changed = is_spreadsheet_date(value) || (among_words && is_day_number(value));
            return changed.then_some(Fault::SpreadsheetDate);
        }
        Form::Text => return None,
        Form::Date => return (!is_date(value)).then(|| Fault::Date(date_meant(value))),
        Form::OneOf(_) => Json::from(value),
        // Ten million places in a text are no reason to ask a schema ten million times.
        Form::Whole if rule.any_count && value.parse::<u32>().is_ok() => return None,
        Form::Whole if value.parse::<i64>().is_err() => return Some(Fault::Number(None)),
        Form::Whole | Form::Decimal | Form::Truth => match number(value) {
            Some(number) => number,
            None => return Some(comma(value, rule, dialect)),
        },
    };
    let error = rule.validator.iter_errors(&json).next()?;
    Some(match error.kind() {
        ValidationErrorKind::Enum { .. } => {
            Fault::Word(may_be_shown(value).then(|| value.to_owned()))
        }
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => Fault::Range,
        _ => Fault::Number(None),
    })
}

fn id_fault(value: &str, among_words: bool) -> Option<Fault> {
    if !among_words && is_plain_id(value) {
        return None;
    }
    if is_spreadsheet_date(value) || (among_words && is_day_number(value)) {
        return Some(Fault::SpreadsheetDate);
    }
    unfit_for_id(value).map(Fault::Id)
}

/// A text as the number or truth value it is.
pub(crate) fn number(text: &str) -> Option<Json> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    match text.to_lowercase().as_str() {
        "true" => return Some(true.into()),
        "false" => return Some(false.into()),
        _ => {}
    }
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b".-+eE".contains(&byte));
    let number = text.parse::<f64>().ok().filter(|_| plain)?;
    serde_json::Number::from_f64(number).map(Json::Number)
}

/// A decimal comma is read as a point unless commas separate the columns.
fn comma(value: &str, rule: &ColumnRule, dialect: &Dialect) -> Fault {
    let Some(point) = with_point(value) else { return Fault::Number(None) };
    let fits = number(&point).is_some_and(|number| rule.validator.is_valid(&number));
    if fits && dialect.delimiter != b',' { Fault::Comma(point) } else { Fault::Number(Some(point)) }
}

impl Fault {
    fn problem(self, rule: &ColumnRule) -> Problem {
        let name = &rule.name;
        match self {
            Self::Comma(_) => {
                let message = format!("`{name}` is written with a decimal comma, read as a point");
                problem(Kind::DecimalComma, message)
                    .label("decimal comma")
                    .help("nothing to do, unless the comma was meant to separate thousands")
            }
            Self::Word(value) => word_problem(value.as_deref(), rule),
            Self::Number(meant) => {
                let (what, example) = wanted(rule);
                problem(Kind::WrongType, format!("`{name}` must be {what}"))
                    .label(format!("not {what}"))
                    .help(match meant {
                        Some(point) => format!("write {point}, with a point"),
                        None => format!("write {example}, or leave the cell empty"),
                    })
            }
            Self::Date(meant) => {
                let problem = problem(Kind::BadDate, "the date is not written as YYYY-MM-DD")
                    .label("expected a date such as 2031-06-30");
                match meant {
                    Some(date) => {
                        let help = format!("write `{date}`");
                        problem.suggest(Some(date)).help(help)
                    }
                    None => problem.help("write the year, the month and the day: 2031-06-30"),
                }
            }
            Self::Range => {
                let range = range(&rule.schema);
                problem(Kind::OutOfRange, format!("`{name}` must be {range}"))
                    .label(format!("not {range}"))
                    .help("correct the number")
            }
            Self::SpreadsheetDate => {
                let message =
                    format!("a spreadsheet seems to have turned an id in `{name}` into a date");
                problem(Kind::SpreadsheetDate, message).label("looks like a date").help(
                    "look up the id in your material, format the column as text, and write it again",
                )
            }
            Self::Id(unfit) => problem(Kind::BadId, format!("an id cannot {}", unfit.refused()))
                .label(unfit.done())
                .help("use letters, digits, points, hyphens and underscores, here and wherever the id is used"),
        }
    }
}

fn word_problem(value: Option<&str>, rule: &ColumnRule) -> Problem {
    let Form::OneOf(words) = &rule.form else { return problem(Kind::NotAllowed, "not allowed") };
    let message = match value {
        Some(value) => format!("`{value}` is not a value of `{}`", rule.name),
        None => format!("this text is not a value of `{}`", rule.name),
    };
    let list = words.join(", ");
    problem(Kind::NotAllowed, message)
        .label(format!("use one of: {list}"))
        .help("write one of these words, or leave the cell empty for the default")
        .suggest(value.and_then(|value| suggestion(value, words.iter().map(String::as_str))))
}

fn wanted(rule: &ColumnRule) -> (&'static str, &'static str) {
    match rule.form {
        Form::Whole => ("a whole number", "a number without decimals, such as 12"),
        Form::Truth => ("true or false", "true or false"),
        _ => ("a number", "a number such as 0.9"),
    }
}

/// The numbers a schema allows, in words.
pub(crate) fn range(schema: &Json) -> String {
    let bound = |key| schema.get(key).and_then(Json::as_f64);
    match (bound("minimum"), bound("maximum")) {
        (Some(low), Some(high)) if high < f64::from(u32::MAX) => {
            format!("between {low} and {high}")
        }
        (Some(low), Some(_) | None) => format!("{low} or more"),
        (None, Some(high)) => format!("{high} or less"),
        (None, None) => "within its range".to_owned(),
    }
}
