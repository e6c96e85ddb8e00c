//! What of a reading is made ready for the analyses that are put to it: once, whoever asks?

use std::sync::OnceLock;

use parallax_model::Reading;
use parallax_plugin::columns::{Lent, Malformed, lend, lend_sound, tables};

use super::apart::study::StudyFile;

/// A reading, and what of it was laid out for analyses behind the C border.
#[derive(Debug)]
pub struct Lending<'r> {
    reading: &'r Reading<'static>,
    linked: OnceLock<Result<Lent<'static>, Malformed>>,
    loaded: OnceLock<Result<Lent<'static>, Malformed>>,
    file: OnceLock<Result<StudyFile, String>>,
}

impl<'r> Lending<'r> {
    /// Nothing is laid out before an analysis asks for it.
    #[must_use]
    pub fn of(reading: &'r Reading<'static>) -> Self {
        Self { reading, linked: OnceLock::new(), loaded: OnceLock::new(), file: OnceLock::new() }
    }

    /// The reading.
    #[must_use]
    pub fn reading(&self) -> &'r Reading<'static> {
        self.reading
    }

    /// For analyses that are linked into the program, which compute cells where they need them.
    ///
    /// # Errors
    /// When a column has another length than its table.
    pub fn linked(&self) -> Result<&Lent<'static>, &Malformed> {
        let lay_out = || lend(self.without_words());
        self.linked.get_or_init(lay_out).as_ref()
    }

    /// For analyses from libraries, in any language: with the cells as columns, and exactly as Arrow
    /// lays columns out. It takes a look at each number, once for all analyses.
    ///
    /// # Errors
    /// When a column has another length than its table.
    pub fn loaded(&self) -> Result<&Lent<'static>, &Malformed> {
        let lay_out = || tables(&self.without_words().with_cells()).map(lend_sound);
        self.loaded.get_or_init(lay_out).as_ref()
    }

    /// For workers: the same as [`Lending::loaded`] in a file that they map into their memory.
    ///
    /// # Errors
    /// When there is no room for it, or a column has another length than its table.
    pub fn file(&self) -> Result<&StudyFile, &str> {
        let write = || {
            let tables = tables(&self.without_words().with_cells()).map_err(|e| e.to_string())?;
            StudyFile::of(&tables).map_err(|e| e.to_string())
        };
        self.file.get_or_init(write).as_ref().map_err(String::as_str)
    }

    /// The reading without people's words, which cross to no plugin: no finding, no reason and no line
    /// of a log may hold them, and what does not have them cannot tell them.
    fn without_words(&self) -> Reading<'static> {
        let mut reading = self.reading.clone();
        (reading.statements.notes, reading.statements.conditions) = Default::default();
        reading
    }
}
