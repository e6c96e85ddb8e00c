//! What can differ between accepted findings and those of now, and how is it said?

use std::fmt;

use parallax_model::Evidence;
use parallax_model::document::Came;
use parallax_model::finding::{EvidenceKind, Weight};
use serde::Serialize;

/// One thing that differs, in the words of a researcher. Its text has a line for each detail.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Difference {
    /// The study is read under another mapping.
    Mapping {
        /// The one of the accepted findings.
        was: String,
        /// The one of now.
        is: String,
    },
    /// The analysis runs with another parameter.
    Parameter {
        /// The parameter.
        name: String,
        /// Its value as JSON; none for a parameter that there was not.
        was: Option<String>,
        /// Its value now; none for a parameter that there is no longer.
        is: Option<String>,
    },
    /// The analysis finds something where the data did not allow it, or the other way round.
    Outcome {
        /// What came of it; none for an analysis that was not accepted before.
        was: Option<Came>,
        /// What comes of it now; none for an analysis that is not run any longer.
        is: Option<Came>,
    },
    /// A finding that there was not.
    New {
        /// Its id.
        id: String,
        /// What it says.
        sentence: String,
    },
    /// A finding that there is no longer.
    Gone {
        /// Its id.
        id: String,
        /// What it said.
        sentence: String,
    },
    /// A finding that says something else, or rests on something else.
    Changed {
        /// Its id.
        id: String,
        /// What is different; never empty.
        changes: Vec<Change>,
    },
}

/// What is different in a finding. Texts are as a reader of the report sees them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A measure.
    Measure {
        /// What readers call it.
        label: String,
        /// Its value; none for a measure that there was not.
        was: Option<String>,
        /// Its value now; none for a measure that there is no longer.
        is: Option<String>,
    },
    /// The sentence.
    Sentence {
        /// As it was.
        was: String,
        /// As it is.
        is: String,
    },
    /// The title.
    Title {
        /// As it was.
        was: String,
        /// As it is.
        is: String,
    },
    /// What the finding rests on.
    Evidence(EvidenceChange),
    /// The reason for having no evidence.
    Reason {
        /// The reason; none for a finding that had evidence.
        was: Option<String>,
        /// The reason now; none for a finding that has evidence.
        is: Option<String>,
    },
    /// A caveat.
    Caveat {
        /// What it said; none for a caveat that there was not.
        was: Option<String>,
        /// What it says; none for a caveat that there is no longer.
        is: Option<String>,
    },
    /// A cell of a table or a figure.
    Cell {
        /// The table or figure.
        place: Exhibit,
        /// The head of its row.
        row: String,
        /// The head of its column.
        column: String,
        /// As it was.
        was: String,
        /// As it is.
        is: String,
    },
    /// Rows of a table or a figure.
    Rows {
        /// The table or figure.
        place: Exhibit,
        /// The heads of rows that there were not.
        new: Vec<String>,
        /// The heads of rows that there are no longer.
        gone: Vec<String>,
    },
    /// A table or a figure as a whole.
    Whole {
        /// The table or figure.
        place: Exhibit,
        /// Whether there was one.
        was: bool,
        /// Whether there is one.
        is: bool,
    },
    /// Something besides: an id behind a word, a question, the order of rows.
    Other {
        /// What, as the file names it.
        what: String,
    },
}

/// Statements, excerpts and constraints that a finding newly rests on, or no longer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EvidenceChange {
    /// Those that are new.
    pub new: Vec<Evidence>,
    /// Those that are gone.
    pub gone: Vec<Evidence>,
    /// Those that were something else to the finding: as they are now, and what they were.
    pub turned: Vec<(Evidence, Weight)>,
}

/// A table or a figure of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "title", rename_all = "snake_case")]
pub enum Exhibit {
    /// The table with this title.
    Table(String),
    /// The figure with this title.
    Figure(String),
}

impl Difference {
    /// Its first line: what it is about.
    #[must_use]
    pub fn headline(&self) -> String {
        match self {
            Self::Mapping { .. } => "~ the mapping".to_owned(),
            Self::Parameter { name, .. } => format!("~ the parameter {name}"),
            Self::Outcome { .. } => "~ the outcome".to_owned(),
            Self::New { id, .. } => format!("+ {id} is new"),
            Self::Gone { id, .. } => format!("- {id} is gone"),
            Self::Changed { id, .. } => format!("~ {id}"),
        }
    }

    /// The lines below the first: what it was and what it is.
    #[must_use]
    pub fn details(&self) -> Vec<String> {
        match self {
            Self::Mapping { was, is } => vec![format!("{was} → {is}")],
            Self::Parameter { was, is, .. } => vec![arrow(was.as_deref(), is.as_deref())],
            Self::Outcome { was, is } => {
                let [was, is] = [was, is].map(|came| came.as_ref().map(outcome));
                match (was, is) {
                    (None, Some(is)) => vec![is],
                    (was, is) => vec![arrow(was.as_deref(), is.as_deref())],
                }
            }
            Self::New { sentence, .. } => vec![sentence.clone()],
            Self::Gone { sentence, .. } => vec![format!("it said: {sentence}")],
            Self::Changed { changes, .. } => changes.iter().flat_map(Change::lines).collect(),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())?;
        self.details().iter().try_for_each(|line| write!(f, "\n    {line}"))
    }
}

impl Change {
    /// The change in one line, or two where sentences stand below each other.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Measure { label, was, is } => {
                vec![format!("{label}: {}", arrow(was.as_deref(), is.as_deref()))]
            }
            Self::Sentence { was, is } => {
                vec![format!("it said: {was}"), format!("it says: {is}")]
            }
            Self::Title { was, is } => vec![format!("title: {was} → {is}")],
            Self::Evidence(change) => change.lines(),
            Self::Reason { was: Some(was), is: None } => {
                vec![format!("it had no evidence ({was})")]
            }
            Self::Reason { is, .. } => {
                vec![format!("it has no evidence ({})", is.as_deref().unwrap_or_default())]
            }
            Self::Caveat { was: None, is } => {
                vec![format!("new caveat: {}", is.as_deref().unwrap_or_default())]
            }
            Self::Caveat { was: Some(was), is: None } => vec![format!("caveat is gone: {was}")],
            Self::Caveat { was: Some(was), is: Some(is) } => {
                vec![format!("caveat said: {was}"), format!("caveat says: {is}")]
            }
            Self::Cell { place, row, column, was, is } if was == is => {
                vec![format!("{place}, {row}, {column}: {is}, from other statements")]
            }
            Self::Cell { place, row, column, was, is } => {
                vec![format!("{place}, {row}, {column}: {was} → {is}")]
            }
            Self::Rows { place, new, gone } => [(new, "new rows"), (gone, "rows that are gone")]
                .into_iter()
                .filter(|(rows, _)| !rows.is_empty())
                .map(|(rows, what)| format!("{place}, {what}: {}", rows.join(", ")))
                .collect(),
            Self::Whole { place, was, is } => vec![match (was, is) {
                (false, _) => format!("{place} is new"),
                (_, false) => format!("{place} is gone"),
                _ => format!("{place} is another"),
            }],
            Self::Other { what } => vec![format!("{what} differs")],
        }
    }
}

impl EvidenceChange {
    fn lines(&self) -> Vec<String> {
        let named = |items: &[Evidence]| -> Vec<String> {
            items.iter().map(|item| format!("{} ({})", ids(item), weight(item.weight))).collect()
        };
        let turned = self.turned.iter().map(|(item, was)| {
            format!("{} ({} → {})", ids(item), weight(*was), weight(item.weight))
        });
        [
            (named(&self.new), "new evidence"),
            (named(&self.gone), "evidence that is gone"),
            (turned.collect(), "evidence that turned"),
        ]
        .into_iter()
        .filter(|(items, _)| !items.is_empty())
        .map(|(items, what)| format!("{what}: {}", items.join(", ")))
        .collect()
    }
}

impl fmt::Display for Exhibit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(title) => write!(f, "table “{title}”"),
            Self::Figure(title) => write!(f, "figure “{title}”"),
        }
    }
}

fn arrow(was: Option<&str>, is: Option<&str>) -> String {
    format!("{} → {}", was.unwrap_or("nothing"), is.unwrap_or("nothing"))
}

fn outcome(came: &Came) -> String {
    match came {
        Came::Found { findings: 1 } => "1 finding".to_owned(),
        Came::Found { findings } => format!("{findings} findings"),
        Came::NotAvailable { reason } => format!("not available ({reason})"),
        Came::Failed { reason } => format!("failed ({reason})"),
    }
}

/// Statements by their id alone; of what else there is, what it is.
fn ids(item: &Evidence) -> String {
    match item.kind {
        EvidenceKind::Statement => item.id.clone(),
        EvidenceKind::Excerpt => format!("excerpt {}", item.id),
        EvidenceKind::Constraint => format!("constraint {}", item.id),
    }
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Supporting => "supporting",
        Weight::Contrary => "contrary",
        Weight::Context => "context",
    }
}
