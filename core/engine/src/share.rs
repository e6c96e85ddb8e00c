//! What of a study can be given away, and what does the copy hold that is given?
//!
//! The copy is itself a study, in memory: whatever is shared is computed from it, and so nothing
//! that is shared can hold what was taken out. What stays and what goes is decided by what a column
//! is: a column of which nothing is known here does not stay.
//!
//! It does not make a study anonymous. People have new names and stand in a new order, and yet a
//! role at a case is one person in many studies, and titles and cases stay, because every reading
//! rests on them. Rows of statements stay in their order, with their own ids.

mod attribute;
mod claim;
mod names;
mod people;
mod rows;
mod scripts;
mod settings;
mod table;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use parallax_model::{Settings, StudyFile};

use crate::check::Checked;
use crate::folder::{Folder, Found};
use crate::text::source::Source;

use attribute::Suppressed;
use names::Names;
use people::People;
use table::Table;

/// What stands where something was taken out and a cell cannot be blank.
const TAKEN_OUT: &str = "…";

/// Under which terms a copy is given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms<'t> {
    /// Which words of participants it can hold.
    pub words: Words,
    /// The day on which consent has to hold.
    pub today: Date,
    /// The licence that the copy has; `None`: that of the study.
    pub license: Option<&'t str>,
}

/// Which words of participants a copy can hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// Of those who agreed to be quoted in a report, or to have their words passed on.
    #[default]
    ToQuote,
    /// Of those who agreed to have their words passed on with the tables.
    ToPassOn,
    /// None.
    None,
}

/// A copy to share, and what is not in it.
#[derive(Debug)]
pub struct Copy {
    /// The files of the copy: a study folder that never stood on a disk.
    pub folder: Folder,
    /// What was left out.
    pub left_out: LeftOut,
}

/// What a copy does not hold that the study does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// People who withdrew, or are excluded and in no reading.
    pub people: usize,
    /// People whose words were taken out.
    pub words_of: usize,
    /// Cells with words that are nobody's in particular, and may be anybody's.
    pub words_of_nobody: usize,
    /// Cells of attributes that were made blank, because too few people share their value.
    pub values: usize,
    /// Statements, excerpts, events and coverage by or about those who are left out.
    pub rows: usize,
    /// The ids of claims that name somebody, or rest on what was made blank.
    pub claims: Vec<String>,
    /// Scripts that name somebody, by their names in the folder.
    pub scripts: Vec<String>,
}

/// Why no copy can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The study has errors.
    NotSound,
    /// A name that the study hides is part of an id: the file of the copy, and the line.
    HiddenName(String, usize),
    /// The settings could not be written.
    Settings(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSound => f.write_str("a study with errors cannot be shared"),
            Self::HiddenName(file, line) => write!(
                f,
                "a name that study.yaml hides is part of an id, and would stand in {file} of the \
                 copy, line {line}"
            ),
            Self::Settings(why) => write!(f, "study.yaml of the copy cannot be written: {why}"),
        }
    }
}

impl std::error::Error for Refused {}

/// What is known while a copy is made.
struct Study<'s> {
    settings: &'s Settings,
    tables: Vec<(StudyFile, Table<'s>)>,
    people: People,
    names: Names,
    suppressed: Suppressed,
    terms: Terms<'s>,
    /// Rows to which others point, and which do not stay: their table and their id.
    gone_rows: BTreeSet<(StudyFile, String)>,
    noted: RefCell<Noted>,
}

/// What was met on the way.
#[derive(Default)]
struct Noted {
    words_of: BTreeSet<String>,
    words_of_nobody: usize,
    rows: usize,
    claims: Vec<String>,
}

impl Study<'_> {
    fn table(&self, file: StudyFile) -> Option<&Table<'_>> {
        self.tables.iter().find(|(of, _)| *of == file).map(|(_, table)| table)
    }
}

/// The copy of a study that can be given away under these terms.
///
/// # Errors
/// When the study has errors, or a hidden name would stand in the copy.
pub fn copy(checked: &Checked, terms: Terms<'_>) -> Result<Copy, Refused> {
    let Some(study) = &checked.study else { return Err(Refused::NotSound) };
    let settings = study.settings();
    let tables = checked.sources.iter().filter_map(|source| {
        let file = source.file.filter(|file| *file != StudyFile::Study)?;
        Some((file, Table::of(source)?))
    });
    let tables: Vec<(StudyFile, Table<'_>)> = tables.collect();
    let people = People::of(&tables, settings, terms);
    let names = Names::of(&tables, settings, &people);
    let suppressed = Suppressed::of(&tables, &people, &names, settings);
    let (gone_rows, noted) = (BTreeSet::new(), RefCell::default());
    let mut study = Study { settings, tables, people, names, suppressed, terms, gone_rows, noted };
    study.gone_rows = study.gone_rows();
    let written = study.written(&checked.sources)?;
    let hidden = written.files().find_map(|found| {
        let text = String::from_utf8_lossy(&found.bytes);
        let line = text.lines().position(|line| study.names.hides(line))?;
        Some(Refused::HiddenName(found.name.clone(), line + 1))
    });
    match hidden {
        Some(refused) => Err(refused),
        None => Ok(written.with(study)),
    }
}

/// The files of a copy before it is known that they hold no hidden name.
struct Written {
    folder: Folder,
    scripts: Vec<String>,
}

impl Written {
    fn files(&self) -> impl Iterator<Item = &Found> {
        self.folder.files.iter().chain(&self.folder.scripts)
    }

    fn with(self, study: Study<'_>) -> Copy {
        let noted = study.noted.into_inner();
        let left_out = LeftOut {
            people: study.people.gone.len(),
            words_of: noted.words_of.len(),
            words_of_nobody: noted.words_of_nobody,
            values: study.suppressed.cells,
            rows: noted.rows,
            claims: noted.claims,
            scripts: self.scripts,
        };
        Copy { folder: self.folder, left_out }
    }
}

impl Study<'_> {
    fn written(&self, sources: &[Source]) -> Result<Written, Refused> {
        let mut folder = Folder::default();
        let own = sources.iter().filter(|source| source.file.is_none());
        let own: Vec<(&str, &str)> =
            own.map(|source| (source.name.as_str(), source.text.as_str())).collect();
        let named = scripts::naming(&own, &self.names);
        let settings = settings::copied(self, &named).map_err(Refused::Settings)?;
        let (name, file) = (StudyFile::Study.name().to_owned(), Some(StudyFile::Study));
        folder.files.push(Found { name, file, bytes: settings.into_bytes() });
        for (file, table) in &self.tables {
            let bytes = self.copied(*file, table).into_bytes();
            folder.files.push(Found { name: file.name().to_owned(), file: Some(*file), bytes });
        }
        let kept = own.iter().filter(|(name, _)| !named.contains(*name));
        folder.scripts.extend(kept.map(|(name, text)| Found {
            name: (*name).to_owned(),
            file: None,
            bytes: text.as_bytes().to_vec(),
        }));
        Ok(Written { folder, scripts: named.into_iter().collect() })
    }
}
