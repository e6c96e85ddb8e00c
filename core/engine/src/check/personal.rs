//! Which columns and cells of a table look as if they said who somebody is?
//!
//! Of columns with few different values, each value is looked at once. What looks personal is never
//! repeated in a message; its row is not shown either.

use std::collections::BTreeMap;

use parallax_model::personal::{self, Personal};
use parallax_model::table::Column;
use parallax_model::{Kind, Problem, StudyFile};
use rayon::prelude::*;

use crate::check::column::MOST_PLACES;
use crate::check::notice::{At, Notice, problem};
use crate::check::rule::{ColumnRule, Form, TableRules};
use crate::check::table::Read;
use crate::check::value::may_be_shown;
use crate::text::source::Source;
use crate::text::yaml::{Content, Node};

/// The columns that a study says hold no personal data, as `study.yaml` lists them.
#[derive(Debug, Default)]
pub(crate) struct Cleared {
    entries: Vec<(String, usize)>,
}

impl Cleared {
    /// Those of a `study.yaml`, also when something else in it is wrong.
    pub(crate) fn of(tree: Option<&Node>) -> Self {
        let list = tree.and_then(|tree| tree.at("/not_personal"));
        let Some((_, Node { content: Content::List(nodes), .. })) = list else {
            return Self::default();
        };
        let texts = nodes.iter().zip(0..).filter_map(|(node, at)| match &node.content {
            Content::Scalar(text) => Some((text.as_str()?.to_owned(), at)),
            _ => None,
        });
        Self { entries: texts.collect() }
    }

    fn has(&self, file: StudyFile, column: &str) -> bool {
        let split =
            |entry: &(String, usize)| entry.0.split_once('/') == Some((file.name(), column));
        self.entries.iter().any(split)
    }

    /// A problem for each entry that names no column of the tables that were read.
    pub(crate) fn unknown(
        &self,
        headers: &BTreeMap<StudyFile, &[String]>,
    ) -> impl Iterator<Item = Problem> {
        let known = |entry: &str| {
            let mut tables = headers.iter();
            tables.any(|(file, header)| {
                let column =
                    entry.strip_prefix(file.name()).and_then(|rest| rest.strip_prefix('/'));
                column.is_some_and(|column| header.iter().any(|name| name == column))
            })
        };
        let unknown = self.entries.iter().filter(move |(entry, _)| !known(entry));
        unknown.map(|(entry, at)| {
            let shown = if may_be_shown(entry) { entry.as_str() } else { "…" };
            let message = format!("no table of the study has the column `{shown}`");
            let spot = parallax_model::Spot::Setting(format!("/not_personal/{at}"));
            Problem::new(Kind::UnknownField, spot, message)
                .label("no such table and column")
                .help("write the name of the file, a slash and the name of the column, such as `participants.csv/years`")
        })
    }
}

/// How a column is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Not at all: its values are numbers, words of a vocabulary, or ids that stand in another table.
    Nothing,
    /// For addresses and numbers: ids, which hold no blank.
    Numbers,
    /// For those, and for salutations: texts.
    Text,
    /// For those, and for names: a few words.
    Words,
    /// For those, and for initials: a few words about people and places, which are no headings.
    People,
}

impl Look {
    fn at(file: StudyFile, name: &str, rule: Option<&ColumnRule>) -> Self {
        // A further column is an attribute.
        let Some(rule) = rule else { return Self::People };
        let of_people = matches!(file, StudyFile::Participants | StudyFile::Cases);
        match (file, name) {
            _ if rule.form != Form::Text => Self::Nothing,
            _ if rule.is_text() || name == "ref" => Self::Text,
            (StudyFile::Participants | StudyFile::Cases | StudyFile::Sources, "id") => {
                Self::Numbers
            }
            _ if rule.holds_ids() => Self::Nothing,
            (
                _,
                "codes" | "participants" | "members" | "scope" | "expected" | "script"
                | "positioned",
            ) => Self::Nothing,
            (StudyFile::Sources, _) | (StudyFile::Statements, "coder") => Self::People,
            _ if of_people => Self::People,
            _ => Self::Words,
        }
    }

    /// What a value looks like, and as which kind of problem.
    fn sees(self, value: &str) -> Option<(Kind, Personal)> {
        if let Some(found) = personal::number(value) {
            return Some((Kind::PersonalValue, found));
        }
        let named = match self {
            Self::Nothing | Self::Numbers => false,
            Self::Text => {
                let named = personal::has_salutation(value);
                return named.then_some((Kind::NameInText, Personal::Name));
            }
            Self::Words => personal::has_name(value),
            Self::People => personal::has_name(value) || personal::has_initials(value),
        };
        named.then_some((Kind::PersonalValue, Personal::Name))
    }
}

/// Looks at the header and the cells of a table.
pub(crate) fn check(
    (index, source): (usize, &Source),
    file: StudyFile,
    read: &Read,
    cleared: &Cleared,
    notices: &mut Vec<Notice>,
) {
    let Some(rules) = TableRules::of(file) else { return };
    for (position, (name, column)) in read.header.iter().zip(&read.sheet.columns).enumerate() {
        if cleared.has(file, name) {
            continue;
        }
        let rule = rules.column(name);
        if let Some(notice) = of_heading((index, position), (source, name), rule) {
            notices.push(notice);
        }
        let look = Look::at(file, name, rule);
        if look == Look::Nothing {
            continue;
        }
        for ((kind, found), rows) in in_column(column, look) {
            let cell = |&row: &usize| At::Cell { source: index, row, column: position };
            let problem = of_cells(kind, found, (source, name));
            notices.push(Notice::new(problem, rows.iter().take(MOST_PLACES).map(cell).collect()));
        }
    }
}

/// The rows of what is seen in a column.
fn in_column(column: &Column, look: Look) -> BTreeMap<(Kind, Personal), Vec<usize>> {
    let mut found: BTreeMap<(Kind, Personal), Vec<usize>> = BTreeMap::new();
    match column {
        Column::Absent => {}
        Column::Coded { codes, names } => {
            let seen: Vec<Option<(Kind, Personal)>> =
                names.iter().map(|name| look.sees(name)).collect();
            if seen.iter().any(Option::is_some) {
                for (row, &code) in codes.iter().enumerate() {
                    if let Some(Some(what)) = seen.get(code as usize) {
                        found.entry(*what).or_default().push(row);
                    }
                }
            }
        }
        Column::Plain(texts) => {
            let rows = (0..texts.len()).into_par_iter();
            let seen: Vec<(usize, (Kind, Personal))> =
                rows.filter_map(|row| Some((row, look.sees(texts.get(row))?))).collect();
            for (row, what) in seen {
                found.entry(what).or_default().push(row);
            }
        }
    }
    found
}

fn of_heading(
    (index, position): (usize, usize),
    (source, name): (&Source, &str),
    rule: Option<&ColumnRule>,
) -> Option<Notice> {
    if rule.is_some() {
        return None;
    }
    let at = vec![At::Header { source: index, column: position }];
    if let Some(found) = personal::heading(name) {
        let message = format!("a column of {} seems to hold {}", source.name, found.plural());
        let problem = problem(Kind::PersonalColumn, message)
            .label(format!("says that it holds {}", found.plural()))
            .help(help("take the column out", &source.name, name));
        return Some(Notice::new(problem, at));
    }
    let (_, found) = Look::People.sees(name)?;
    let message = format!("the name of a column of {} looks like {}", source.name, found.what());
    let problem = problem(Kind::PersonalValue, message)
        .label("says who somebody is")
        .help("name the column after what it holds");
    Some(Notice::new(problem, at))
}

fn of_cells(kind: Kind, found: Personal, (source, name): (&Source, &str)) -> Problem {
    let shown = if may_be_shown(name) { name } else { "…" };
    let (message, label) = match kind {
        Kind::NameInText => (
            format!("a text in `{shown}` speaks of somebody by what looks like a name"),
            "looks like a name; if it is a pseudonym, say so".to_owned(),
        ),
        _ => (
            format!("a value in `{shown}` looks like {}", found.what()),
            format!("looks like {}", found.what()),
        ),
    };
    problem(kind, message).label(label).help(help(
        "put a pseudonym or a vaguer word in its place",
        &source.name,
        name,
    ))
}

fn help(step: &str, file: &str, column: &str) -> String {
    let shown = if may_be_shown(column) { column } else { "…" };
    format!(
        "{step}, and keep the key outside the study folder; \
         if it says nothing about anybody, write in study.yaml: `not_personal: [{file}/{shown}]`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_looked_at_by_what_they_hold() {
        let look =
            |file, name| Look::at(file, name, TableRules::of(file).expect("rules").column(name));
        assert_eq!(look(StudyFile::Statements, "start"), Look::Nothing);
        assert_eq!(look(StudyFile::Statements, "id"), Look::Nothing);
        assert_eq!(look(StudyFile::Statements, "speaker"), Look::Nothing);
        assert_eq!(look(StudyFile::Statements, "note"), Look::Text);
        assert_eq!(look(StudyFile::Statements, "coder"), Look::People);
        assert_eq!(look(StudyFile::Participants, "id"), Look::Numbers);
        assert_eq!(look(StudyFile::Participants, "title"), Look::People);
        assert_eq!(look(StudyFile::Participants, "years"), Look::People);
        assert_eq!(look(StudyFile::Sources, "interviewer"), Look::People);
        assert_eq!(look(StudyFile::Sources, "characters"), Look::Nothing);
        assert_eq!(look(StudyFile::Codes, "label"), Look::Words);
    }
}
