//! Where does each problem stand, for an editor and for a spreadsheet?

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Problem, Spot, StudyFile, personal};

use crate::check::notice::{At, Notice};
use crate::check::{Located, Somewhere};
use crate::text::cells::unquoted;
use crate::text::place::{Place, RowPlace, find_rows, header_row};
use crate::text::source::Source;
use crate::text::yaml::Node;

/// A problem of the model, with its spots as places of sources.
pub(crate) fn noticed(
    problem: Problem,
    word: Option<String>,
    sources: &[Source],
    tree: Option<&Node>,
) -> Notice {
    let at = |spot: &Spot| at(spot, sources, tree);
    let mut notice = Notice::new(problem, Vec::new());
    notice.at = notice.problem.spots.iter().map(at).collect();
    notice.related = notice.problem.related.as_ref().map(|(spot, label)| (at(spot), label.clone()));
    notice.word = word;
    notice
}

fn at(spot: &Spot, sources: &[Source], tree: Option<&Node>) -> At {
    let file = spot.file();
    let whole = || At::File(file.name().to_owned());
    let Some(source) = sources.iter().position(|source| source.file == Some(file)) else {
        return whole();
    };
    let column = |name: &str| sources[source].dialect.as_ref().and_then(|d| d.column(name));
    match spot {
        Spot::File(_) => whole(),
        Spot::Cell { row, column: name, .. } => match column(name) {
            Some(column) => At::Cell { source, row: *row, column },
            None => At::Cell { source, row: *row, column: 0 },
        },
        Spot::Header { column: name, .. } => {
            column(name).map_or_else(whole, |column| At::Header { source, column })
        }
        Spot::Setting(pointer) | Spot::SettingKey(pointer) => {
            let Some((entry, node)) = tree.and_then(|tree| tree.at(pointer)) else {
                return whole();
            };
            let key = matches!(spot, Spot::SettingKey(_)) || node.span.is_empty();
            let span = match entry {
                Some(entry) if key => entry.key_span.clone(),
                _ => node.span.clone(),
            };
            At::Bytes { source, span }
        }
    }
}

/// Looks up all places in one pass over each table.
pub(crate) fn located(notices: Vec<Notice>, sources: &[Source]) -> Vec<Located> {
    let mut wanted: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for notice in &notices {
        let related = notice.related.iter().map(|(at, _)| at);
        for at in notice.at.iter().chain(related) {
            if let At::Cell { source, row, .. } = at {
                wanted.entry(*source).or_default().insert(*row);
            }
        }
    }
    let found: BTreeMap<usize, BTreeMap<usize, RowPlace>> = wanted
        .iter()
        .filter_map(|(&index, rows)| {
            let source = sources.get(index)?;
            let dialect = source.dialect.as_ref()?;
            Some((index, find_rows(&source.text, dialect, rows)))
        })
        .collect();
    notices.into_iter().map(|notice| locate(notice, sources, &found)).collect()
}

fn locate(
    notice: Notice,
    sources: &[Source],
    found: &BTreeMap<usize, BTreeMap<usize, RowPlace>>,
) -> Located {
    let word = notice.word.as_deref();
    let resolve = |at: &At, word: Option<&str>| somewhere(at, word, sources, found);
    let mut places: Vec<Somewhere> = notice.at.iter().map(|at| resolve(at, word)).collect();
    places.sort_by_key(|place| place.order());
    let related = notice.related.map(|(at, label)| (resolve(&at, None), label));
    let (problem, related) = without_personal_data(notice.problem, related);
    Located { problem, places, related }
}

/// A problem whose words do not say who somebody is, whatever value they repeat.
fn without_personal_data(
    mut problem: Problem,
    mut related: Option<(Somewhere, String)>,
) -> (Problem, Option<(Somewhere, String)>) {
    let texts = [&mut problem.message, &mut problem.label];
    let others = [problem.help.as_mut(), related.as_mut().map(|(_, label)| label)];
    for text in texts.into_iter().chain(others.into_iter().flatten()) {
        if let Cow::Owned(masked) = personal::masked(text) {
            *text = masked;
        }
    }
    problem.fix = problem.fix.filter(|fix| !personal::any(&fix.replacement));
    (problem, related)
}

fn somewhere(
    at: &At,
    word: Option<&str>,
    sources: &[Source],
    found: &BTreeMap<usize, BTreeMap<usize, RowPlace>>,
) -> Somewhere {
    let of = |index: usize, place: Option<Place>| Somewhere {
        file: sources[index].name.clone(),
        source: Some(index),
        place,
    };
    match at {
        At::File(name) => {
            let source = sources.iter().position(|source| source.name == *name);
            Somewhere { file: name.clone(), source, place: None }
        }
        At::Line { source, span } => of(*source, Some(sources[*source].place(span.clone()))),
        At::Bytes { source, span } => {
            of(*source, Some(table_or_text(&sources[*source], span.clone())))
        }
        At::Header { source, column } => {
            let text = &sources[*source].text;
            let row = sources[*source].dialect.as_ref().map(|dialect| header_row(text, dialect));
            of(*source, row.map(|row| row.cell(text, *column)))
        }
        At::Cell { source, row, column } => {
            let text = &sources[*source].text;
            let row = found.get(source).and_then(|rows| rows.get(row));
            let place = row.map(|row| row.cell(text, *column));
            of(*source, place.map(|place| narrowed(place, word, text)))
        }
    }
}

/// The place of bytes; in a table with the spreadsheet's cell in which they stand.
fn table_or_text(source: &Source, span: std::ops::Range<usize>) -> Place {
    let mut place = source.place(span);
    let is_table = source.file.is_some_and(|file| file != StudyFile::Study);
    if let (true, Some(dialect)) = (is_table, &source.dialect) {
        let row = crate::text::place::row_at(&source.text, dialect, place.span.start);
        place.cell = Some((row.sheet_row, row.cells.len()));
        place.row_start = row.start;
    }
    place
}

/// The place of one word of a cell that lists several.
fn narrowed(mut place: Place, word: Option<&str>, text: &str) -> Place {
    let cell = &text[place.span.clone()];
    let Some(word) = word.filter(|word| unquoted(cell).trim() != *word) else { return place };
    let starts_word = |at: usize| cell[..at].ends_with([' ', '"', ',', ';']) || at == 0;
    let ends_word = |at: usize| cell[at..].starts_with([' ', '"', ',', ';']) || at == cell.len();
    let at = cell
        .match_indices(word)
        .map(|(at, _)| at)
        .find(|&at| starts_word(at) && ends_word(at + word.len()));
    if let Some(at) = at {
        place.column += cell[..at].chars().count();
        let start = place.span.start + at;
        place.span = start..start + word.len();
    }
    place
}
