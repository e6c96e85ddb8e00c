//! What of a study is kept when its findings are accepted, so that every later change has a name?
//!
//! Settings, tables and scripts are kept, and none of what people said: in place of a cell of a text
//! column stands a short mark that changes when the words do. Analyses never read words, so what is
//! kept is a study of its own that gives the same findings. Half of a change can be made on it, and
//! that is how the cause of a difference is found.

mod edit;
mod mix;
mod setting;
mod table;

use std::collections::BTreeMap;
use std::path::Path;

use parallax_model::StudyFile;
use serde_json::Value as Json;

use crate::check::{self, Checked};
use crate::folder::{self, Folder, Found};
use crate::text::source::Source;

pub use edit::{ColumnChange, Edit, FileChange, RowChange, edits};
pub use mix::mixed;
pub use setting::{SettingChange, Step};
pub use table::KeptTable;

/// Where it is kept, inside the study's folder.
pub const PLACE: &str = "findings/accepted/study";

/// More bytes than this are not kept twice: the causes of differences are then told by file.
pub const MOST_BYTES: usize = 64 << 20;

/// A study without its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// What `study.yaml` says, comments left out.
    pub settings: Json,
    /// The tables that have rows.
    pub tables: BTreeMap<StudyFile, KeptTable>,
    /// The texts of the study's own scripts and of what they share, by name.
    pub scripts: BTreeMap<String, String>,
}

impl Kept {
    /// What would be kept of a study; nothing when it could not be read, or is too large.
    #[must_use]
    pub fn of(checked: &Checked) -> Option<Self> {
        let bytes: usize = checked.sources.iter().map(|source| source.text.len()).sum();
        (checked.study.is_some() && bytes <= MOST_BYTES).then(|| Self::from(&checked.sources))?
    }

    /// What was kept in a study's folder; nothing where there is none, or it is damaged.
    #[must_use]
    pub fn read(study: &Path) -> Option<Self> {
        let files = folder::read(&study.join(PLACE));
        let all = files.files.into_iter().chain(files.scripts);
        let sources: Vec<Source> =
            all.map(|Found { name, file, bytes }| Source::new(&name, file, bytes)).collect();
        Self::from(&sources)
    }

    fn from(sources: &[Source]) -> Option<Self> {
        let mut kept = Self::default();
        for source in sources {
            match source.file {
                Some(StudyFile::Study) => kept.settings = check::settings_written(source)?,
                Some(file) => {
                    let table = KeptTable::of(file, &source.text)?;
                    if !table.rows.is_empty() {
                        kept.tables.insert(file, table);
                    }
                }
                None => {
                    let text = source.text.replace("\r\n", "\n");
                    kept.scripts.insert(source.name.clone(), text);
                }
            }
        }
        kept.settings.is_object().then_some(kept)
    }

    /// The files to keep, by their names below [`PLACE`]: a study folder.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut settings = serde_json::to_string_pretty(&self.settings)
            .expect("every key of the settings is text, which is all that JSON asks");
        settings.push('\n');
        let tables = StudyFile::ALL.into_iter().filter(|file| *file != StudyFile::Study);
        let tables = tables.filter_map(|file| {
            let empty = KeptTable::default();
            let table = match self.tables.get(&file) {
                None if file.is_required() => &empty,
                table => table?,
            };
            Some((file.name().to_owned(), table.text()))
        });
        let scripts = self.scripts.iter().map(|(name, text)| (name.clone(), text.clone()));
        // JSON is YAML, and has one way to write a thing.
        let settings = (StudyFile::Study.name().to_owned(), settings);
        tables.chain(scripts).chain([settings]).collect()
    }

    /// The same as a folder that can be opened.
    #[must_use]
    pub fn folder(&self) -> Folder {
        let mut files = self.files();
        let mut folder = Folder::default();
        for file in StudyFile::ALL {
            if let Some(text) = files.remove(file.name()) {
                let (name, bytes) = (file.name().to_owned(), text.into_bytes());
                folder.files.push(Found { name, file: Some(file), bytes });
            }
        }
        folder.scripts = files
            .into_iter()
            .map(|(name, text)| Found { name, file: None, bytes: text.into_bytes() })
            .collect();
        folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_words_are_kept_and_a_kept_study_keeps_as_it_is() {
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
        let checked = check::check_folder(&seed);
        let kept = Kept::of(&checked).expect("the seed study can be read");
        let files = kept.files();
        let statements = &files["statements.csv"];
        assert!(!statements.contains("logbook is"), "a note is kept");
        let table = KeptTable::of(StudyFile::Statements, statements).expect("is a table");
        let note = table.header.iter().position(|name| name == "note").expect("a column");
        assert!(table.rows.iter().all(|row| row[note].is_empty() || row[note].starts_with('#')));
        let again = check::check_files_with(kept.folder(), |_, _| Vec::new());
        let again = Kept::of(&again).expect("what is kept can be read");
        assert_eq!(again, kept);
    }
}
