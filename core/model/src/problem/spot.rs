//! Where in a study folder does a problem stand, as the model knows it?

/// The files of a study folder that a problem can stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StudyFile {
    /// `study.yaml`: title, roles, mappings, settings.
    Study,
    /// `participants.csv`.
    Participants,
    /// `codes.csv`.
    Codes,
    /// `statements.csv`.
    Statements,
    /// `cases.csv`.
    Cases,
    /// `sources.csv`.
    Sources,
    /// `excerpts.csv`.
    Excerpts,
    /// `coverage.csv`.
    Coverage,
    /// `constraints.csv`.
    Constraints,
    /// `claims.csv`.
    Claims,
    /// `events.csv`.
    Events,
}

impl StudyFile {
    /// Every file, in the order in which they are read and reported.
    pub const ALL: [Self; 11] = [
        Self::Study,
        Self::Participants,
        Self::Codes,
        Self::Statements,
        Self::Cases,
        Self::Sources,
        Self::Excerpts,
        Self::Coverage,
        Self::Constraints,
        Self::Claims,
        Self::Events,
    ];

    /// The name inside the study folder.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Study => "study.yaml",
            Self::Participants => "participants.csv",
            Self::Codes => "codes.csv",
            Self::Statements => "statements.csv",
            Self::Cases => "cases.csv",
            Self::Sources => "sources.csv",
            Self::Excerpts => "excerpts.csv",
            Self::Coverage => "coverage.csv",
            Self::Constraints => "constraints.csv",
            Self::Claims => "claims.csv",
            Self::Events => "events.csv",
        }
    }

    /// Whether a study cannot do without this file.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Study | Self::Participants | Self::Codes | Self::Statements)
    }
}

/// A place in a study as the model knows it; the engine turns it into file, line and cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The file as a whole.
    File(StudyFile),
    /// One cell: data row (0 is the first row below the header) and column name.
    Cell {
        /// The table.
        file: StudyFile,
        /// Rows below the header, counted from 0.
        row: usize,
        /// The column's name as the header writes it.
        column: &'static str,
    },
    /// The header cell of a column.
    Header {
        /// The table.
        file: StudyFile,
        /// The column's name as the header writes it.
        column: String,
    },
    /// A value in `study.yaml`, by JSON Pointer (RFC 6901), such as `/mappings/0/titles/Mentor`.
    Setting(String),
    /// The key of an entry in `study.yaml`, by the JSON Pointer of its value.
    SettingKey(String),
}

impl Spot {
    /// The cell of `column` in data row `row` of `file`.
    #[must_use]
    pub fn cell(file: StudyFile, row: usize, column: &'static str) -> Self {
        Self::Cell { file, row, column }
    }

    /// The file in which the spot stands.
    #[must_use]
    pub fn file(&self) -> StudyFile {
        match self {
            Self::File(file) | Self::Cell { file, .. } | Self::Header { file, .. } => *file,
            Self::Setting(_) | Self::SettingKey(_) => StudyFile::Study,
        }
    }
}
