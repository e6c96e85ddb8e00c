//! What is a study as it was read, before anything in it is trusted?

use crate::row::{
    CaseRow, ClaimRow, CodeRow, ConstraintRow, CoverageRow, EventRow, ExcerptRow, ParticipantRow,
    SourceRow, StatementRow,
};
use crate::settings::Settings;
use crate::table::Column;

/// A study as read: every value has the right shape, and none of the references is checked yet.
///
/// [`StudyDraft::check`](crate::StudyDraft::check) turns it into a [`Study`](crate::Study). Row `i`
/// of a table here is data row `i` of its file, so that problems can point to it.
#[derive(Clone, Debug, Default)]
pub struct StudyDraft {
    /// `study.yaml`.
    pub settings: Settings,
    /// `participants.csv`.
    pub participants: Vec<ParticipantRow>,
    /// `codes.csv`.
    pub codes: Vec<CodeRow>,
    /// `statements.csv`, in columns, because it can have ten million rows.
    pub statements: StatementDraft,
    /// `cases.csv`; without it, the cases are those that participants name.
    pub cases: Option<Vec<CaseRow>>,
    /// `sources.csv`; without it, each participant has one interview.
    pub sources: Option<Vec<SourceRow>>,
    /// `excerpts.csv`.
    pub excerpts: Vec<ExcerptRow>,
    /// `coverage.csv`.
    pub coverage: Vec<CoverageRow>,
    /// `constraints.csv`.
    pub constraints: Vec<ConstraintRow>,
    /// `claims.csv`.
    pub claims: Vec<ClaimRow>,
    /// `events.csv`.
    pub events: Vec<EventRow>,
}

macro_rules! statement_columns {
    ($($(#[doc = $doc:literal])* $field:ident = $name:literal, $shape:ident;)*) => {
        /// `statements.csv` in columns; [`StatementRow`](crate::row::StatementRow) says what each holds.
        #[derive(Clone, Debug)]
        pub struct StatementDraft {
            /// How many rows every column has.
            pub rows: usize,
            $($(#[doc = $doc])* pub $field: Column,)*
        }

        impl Default for StatementDraft {
            fn default() -> Self {
                Self { rows: 0, $($field: Column::Absent,)* }
            }
        }

        impl StatementDraft {
            /// The columns by the name their header has, and whether few values recur in them.
            pub const COLUMNS: &[(&'static str, Shape)] = &[$(($name, Shape::$shape),)*];

            /// The column whose header is `name`.
            pub fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            /// The column whose header is `name`.
            #[must_use]
            pub fn column(&self, name: &str) -> Option<&Column> {
                match name {
                    $($name => Some(&self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

/// How a column of statements is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Few different values: codes into a dictionary.
    Coded,
    /// A value of its own in most rows.
    Plain,
}

statement_columns! {
    /// Ids.
    id = "id", Plain;
    /// Source ids.
    source = "source", Coded;
    /// Participants, or `doc:` and a source.
    speaker = "speaker", Coded;
    /// Code ids.
    code = "code", Coded;
    /// Modalities.
    modality = "modality", Coded;
    /// Bearers.
    bearer = "bearer", Coded;
    /// Counterparties.
    counterparty = "counterparty", Coded;
    /// Stances.
    stance = "stance", Coded;
    /// Conditions.
    condition = "condition", Plain;
    /// Perspectives.
    perspective = "perspective", Coded;
    /// Owners of perspectives.
    attributed_to = "attributed_to", Coded;
    /// Strengths of evidence.
    evidence = "evidence", Coded;
    /// Answers on a scale.
    value = "value", Coded;
    /// First characters.
    start = "start", Plain;
    /// Last characters.
    end = "end", Plain;
    /// Coders.
    coder = "coder", Coded;
    /// Notes.
    note = "note", Plain;
    /// Moral orders.
    moral_order = "moral_order", Coded;
    /// Storylines.
    storyline = "storyline", Coded;
    /// Alternatives.
    alternative = "alternative", Coded;
    /// Excerpts.
    excerpt = "excerpt", Coded;
    /// References into the material.
    reference = "ref", Coded;
}

impl FromIterator<StatementRow> for StatementDraft {
    /// Columns from rows, for studies that are made rather than read.
    fn from_iter<I: IntoIterator<Item = StatementRow>>(rows: I) -> Self {
        let rows: Vec<serde_json::Value> =
            rows.into_iter().map(|row| serde_json::json!(row)).collect();
        let mut draft = Self { rows: rows.len(), ..Self::default() };
        for &(name, shape) in Self::COLUMNS {
            let cells: Vec<String> = rows.iter().map(|row| written(&row[name])).collect();
            let cells = cells.iter().map(String::as_str);
            if let Some(column) = draft.column_mut(name) {
                *column = match shape {
                    Shape::Coded => Column::coded(cells),
                    Shape::Plain => Column::plain(cells),
                };
            }
        }
        draft
    }
}

/// A value as a table writes it.
fn written(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
