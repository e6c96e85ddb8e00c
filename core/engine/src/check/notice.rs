//! What was noticed while a study was read, before its place is looked up?

use std::ops::Range;

use parallax_model::Problem;

/// A problem and where it stands, in the terms in which it was found.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) problem: Problem,
    pub(crate) at: Vec<At>,
    pub(crate) related: Option<(At, String)>,
    /// The word within the cells that is wrong, when it is not the whole cell.
    pub(crate) word: Option<String>,
}

/// A stretch of a source (by its position in the list of sources).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// A file that is not there, or has no place in it that could be shown.
    File(String),
    /// A cell: row below the header and column, both from 0.
    Cell { source: usize, row: usize, column: usize },
    /// A cell of the header, from 0.
    Header { source: usize, column: usize },
    /// Bytes of a table that say something of the whole line, so that no cell is named.
    Line { source: usize, span: Range<usize> },
    /// Bytes.
    Bytes { source: usize, span: Range<usize> },
}

impl Notice {
    /// A problem at some places.
    pub(crate) fn new(problem: Problem, at: Vec<At>) -> Self {
        Self { problem, at, related: None, word: None }
    }

    /// The same with another place that explains it.
    pub(crate) fn related(mut self, at: At, label: impl Into<String>) -> Self {
        self.related = Some((at, label.into()));
        self
    }
}

/// A problem that is not yet anywhere; its places follow in the notice.
pub(crate) fn problem(kind: parallax_model::Kind, message: impl Into<String>) -> Problem {
    Problem {
        kind,
        message: message.into(),
        spots: Vec::new(),
        label: String::new(),
        related: None,
        help: None,
        fix: None,
    }
}
