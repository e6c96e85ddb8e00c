//! What is wrong with a study folder, and how does a researcher read it?
//!
//! Folder → texts → shape (the schemas of `parallax-model`) → references and rules (the model's own
//! check) → problems with places. Everything that can be found is found in one pass: a value of the
//! wrong form is taken for blank, and what the model says about its row is left unsaid.

mod brief;
mod column;
mod excerpt;
mod full;
mod hint;
mod locate;
mod mend;
mod notice;
mod personal;
mod rows;
mod rule;
mod schema_error;
mod setting;
mod slip;
mod study;
pub mod suggest;
mod table;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use parallax_model::{Problem, Settings, Severity, Study, StudyFile};

use crate::text::place::Place;
use crate::text::source::{Source, hash};

pub(crate) use setting::written as settings_written;

pub use brief::{github, github_about, json, short};
pub use full::{Look, each, full};
pub use mend::{Mended, mend};
pub(crate) use study::ordered;
pub use suggest::suggestion;

/// A study folder, checked.
#[derive(Debug)]
pub struct Checked {
    /// The study; `None` when an error was found that is not about a single analysis.
    pub study: Option<Study>,
    /// Everything that is wrong, by file and line.
    pub problems: Vec<Located>,
    /// What is wrong on one day only, such as consent that has run out: shown with the problems, and
    /// no part of what is found.
    pub dated: Vec<Located>,
    /// The files that were read, with their hashes when there is a study: tables and `study.yaml` in the order of
    /// [`StudyFile::ALL`](parallax_model::StudyFile::ALL), then the study's own scripts.
    pub sources: Vec<Source>,
    /// The rows of `claims.csv`, from 0, of which some cell is not as it should be: it was taken
    /// for blank, and the claim is not tested.
    pub faulty_claims: BTreeSet<usize>,
}

/// A problem with its places.
#[derive(Clone, Debug)]
pub struct Located {
    /// What is wrong. Its spots are in the model's terms, or absent; `places` has them all.
    pub problem: Problem,
    /// Where it stands, in order. The same problem in forty cells has forty places.
    pub places: Vec<Somewhere>,
    /// Another place that explains this one, and how.
    pub related: Option<(Somewhere, String)>,
}

/// A place in a file of the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somewhere {
    /// The file's name inside the study folder.
    pub file: String,
    /// The file's position among [`Checked::sources`]; `None` when it was not read.
    pub source: Option<usize>,
    /// Where in the file; `None` for the file as a whole.
    pub place: Option<Place>,
}

impl Somewhere {
    /// What places are ordered by: the file, then the byte.
    pub(crate) fn order(&self) -> (usize, usize) {
        let byte = self.place.as_ref().map_or(0, |place| place.span.start);
        (self.source.unwrap_or(usize::MAX), byte)
    }

    /// The spreadsheet cell, such as `C4`.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        self.place.as_ref().and_then(Place::cell_name)
    }
}

impl Located {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// Whether it keeps the study from being read: what is wrong with claims costs them only.
    #[must_use]
    pub fn stops_study(&self) -> bool {
        let claims = StudyFile::Claims.name();
        let about_claims = self.places.iter().all(|place| place.file == claims);
        self.problem.kind.stops_study() && (self.places.is_empty() || !about_claims)
    }

    /// The sentence with its cells: `unknown code … in 40 cells (C4, C9, C12, …)`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let message = &self.problem.message;
        let cells: Vec<String> = self.places.iter().filter_map(Somewhere::cell).collect();
        let one_file = self.places.windows(2).all(|pair| pair[0].file == pair[1].file);
        match (&cells[..], self.places.len()) {
            ([], 0 | 1) => message.clone(),
            ([cell], 1) => format!("{message} in cell {cell}"),
            ([first, ..], count) if one_file && cells.len() == count => {
                let few = if count > 3 { 3 } else { count };
                let more = if count > few { ", …" } else { "" };
                let shown = if few < 2 { first.clone() } else { cells[..few].join(", ") };
                format!("{message} in {} cells ({shown}{more})", counted(count))
            }
            (_, count) => format!("{message} in {} places", counted(count)),
        }
    }
}

/// A count of places, which stops at the most that are kept.
fn counted(count: usize) -> String {
    if count >= column::MOST_PLACES { format!("{count} or more") } else { count.to_string() }
}

impl Checked {
    /// How many errors and how many warnings there are on any day.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        counts(self.problems.iter())
    }

    /// How many errors and how many warnings there are, with those of the day that was asked for.
    #[must_use]
    pub fn counts_of_day(&self) -> (usize, usize) {
        counts(self.problems.iter().chain(&self.dated))
    }

    /// All problems with those of the day that was asked for, by file and line.
    pub(crate) fn shown(&self) -> Vec<&Located> {
        let mut shown: Vec<&Located> = self.problems.iter().chain(&self.dated).collect();
        if !self.dated.is_empty() {
            shown.sort_by_key(|located| located.places.first().map_or((0, 0), Somewhere::order));
        }
        shown
    }

    /// The source of a place.
    pub(crate) fn source(&self, place: &Somewhere) -> Option<&Source> {
        self.sources.get(place.source?)
    }
}

fn counts<'l>(problems: impl Iterator<Item = &'l Located>) -> (usize, usize) {
    let (mut errors, mut warnings) = (0, 0);
    for problem in problems {
        match problem.severity() {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
        }
    }
    (errors, warnings)
}

/// A problem that somebody else finds in a study: in its settings, or in one of its texts.
#[derive(Clone, Debug)]
pub struct Extra {
    /// What is wrong.
    pub problem: Problem,
    /// The text among [`Checked::sources`] and the bytes in it; `None`: where the problem's spots
    /// say.
    pub bytes: Option<(usize, Range<usize>)>,
}

/// Reads and checks a study folder.
#[must_use]
pub fn check_folder(path: &Path) -> Checked {
    check_folder_with(path, |_, _| Vec::new())
}

/// Reads and checks a study folder, with the problems that `more` finds in the settings (`None`
/// when they cannot be read) and in the texts of the folder.
#[must_use]
pub fn check_folder_with(
    path: &Path,
    more: impl FnOnce(Option<&Settings>, &[Source]) -> Vec<Extra>,
) -> Checked {
    check_files_with(crate::folder::read(path), more)
}

/// As [`check_folder_with`], for files that were read already, or never stood in a folder.
#[must_use]
pub fn check_files_with(
    files: crate::folder::Folder,
    more: impl FnOnce(Option<&Settings>, &[Source]) -> Vec<Extra>,
) -> Checked {
    study::check(files, more)
}

/// Whether a column holds somebody's words, so that its cells are never shown and never kept.
#[must_use]
pub fn holds_words(file: StudyFile, column: &str) -> bool {
    let rule = rule::TableRules::of(file).and_then(|rules| rules.column(column));
    rule.is_some_and(rule::ColumnRule::is_text)
}

/// Whether what stands in a column may be told: ids, numbers, dates and words of the format. Further
/// columns describe people and cases, and only their names are told.
#[must_use]
pub fn may_be_told(file: StudyFile, column: &str) -> bool {
    let rule = rule::TableRules::of(file).and_then(|rules| rules.column(column));
    rule.is_some_and(|rule| rule.holds_ids() || rule.form != rule::Form::Text)
}

/// The files of a study that no longer hold what was checked: those that were saved, removed or
/// added since.
#[must_use]
pub fn saved_since(checked: &Checked, path: &Path) -> Vec<String> {
    let folder = crate::folder::read(path);
    let now: BTreeMap<String, String> = folder
        .files
        .into_iter()
        .chain(folder.scripts)
        .map(|found| Source::new(&found.name, found.file, found.bytes))
        .map(|source| (source.name, hash(&source.text)))
        .collect();
    let before = checked.sources.iter();
    let before: BTreeMap<&str, &str> =
        before.map(|source| (source.name.as_str(), source.sha256.as_str())).collect();
    let names: BTreeSet<&str> =
        now.keys().map(String::as_str).chain(before.keys().copied()).collect();
    let differs = |name: &&str| now.get(*name).map(String::as_str) != before.get(name).copied();
    names.into_iter().filter(differs).map(str::to_owned).collect()
}

/// Whether a column is an attribute: it describes people or cases, and has no meaning of its own.
#[must_use]
pub fn is_attribute(file: StudyFile, column: &str) -> bool {
    rule::TableRules::of(file).is_some_and(|rules| rules.open && rules.column(column).is_none())
}

/// Problems of cells, each with the word in the cell that is wrong, where they stand.
#[must_use]
pub(crate) fn in_cells(problems: Vec<(Problem, String)>, sources: &[Source]) -> Vec<Located> {
    let notices = problems.into_iter();
    let notices = notices
        .map(|(problem, word)| locate::noticed(problem, Some(word), sources, None))
        .collect();
    locate::located(notices, sources)
}

/// Problems where their spots say.
#[must_use]
pub(crate) fn at_spots(problems: Vec<Problem>, sources: &[Source]) -> Vec<Located> {
    let notices = problems.into_iter();
    let notices = notices.map(|problem| locate::noticed(problem, None, sources, None)).collect();
    locate::located(notices, sources)
}

/// The texts of the scripts in a folder and of what they share, and none of its tables.
#[must_use]
pub(crate) fn scripts_in(path: &Path) -> Vec<Source> {
    let scripts = crate::folder::scripts(path).scripts.into_iter();
    scripts.map(|script| Source::new(&script.name, script.file, script.bytes)).collect()
}
