//! What changes in one file when a participant withdraws?

use std::ops::Range;

use parallax_model::StudyFile;

/// One file that changes.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its name inside the study's folder, with `/` between folders.
    pub name: String,
    /// Which of the study's files it is.
    pub file: StudyFile,
    /// All of its bytes afterwards.
    pub bytes: Vec<u8>,
    /// The ids of the rows that go; of rows without an id, what they are about.
    pub rows: Vec<String>,
    /// In how many other rows, or entries of `study.yaml`, something is taken out.
    pub edited: usize,
}

/// What is to be done in one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// The bytes of its text that go, in order.
    pub(super) cuts: Vec<Range<usize>>,
    /// The ids of the rows that go.
    pub(super) rows: Vec<String>,
    /// In how many rows that stay something goes.
    pub(super) edited: usize,
}

impl Part {
    /// Takes a whole row out.
    pub(super) fn row(&mut self, span: Range<usize>, id: &str) {
        self.cuts.push(span);
        self.rows.push(id.to_owned());
    }

    /// Takes something out of a row that stays.
    pub(super) fn edit(&mut self, span: Range<usize>) {
        self.cuts.push(span);
        self.edited += 1;
    }
}
