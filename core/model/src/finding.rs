//! What does an analysis say, and on what does it rest?

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::Number;

/// One finding of an analysis: a template with values, numbers, and the evidence it rests on.
///
/// It is built with [`Finding::new`], which asks for evidence, or with [`Finding::without_evidence`],
/// which asks for the reason; there is no third way. The words are in the analysis's
/// [`Manifest`](crate::Manifest), so the same finding can be read in several languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What the finding is about, as a path below the analysis's id: `6/S6>L6/P.task.MON`.
    pub about: String,
    /// Which template of the manifest words it.
    pub template: String,
    /// What the template's `{names}` stand for.
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
    /// The numbers, in the order in which they are to be read.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// Tables to show with it.
    #[serde(default)]
    pub tables: Vec<Table>,
    /// Figures to draw with it, as data.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// What a reader must know before quoting it: caveats of the manifest.
    #[serde(default)]
    pub caveats: Vec<Caveat>,
    /// On what it rests.
    pub basis: Basis,
}

/// A finding that rests on nothing and gives no reason for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEvidence;

impl fmt::Display for NoEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a finding needs evidence, or a reason for having none")
    }
}

impl std::error::Error for NoEvidence {}

impl Finding {
    /// A finding about `about`, worded by `template`, resting on `evidence`.
    ///
    /// # Errors
    /// When `evidence` is empty: use [`Finding::without_evidence`] and say why.
    pub fn new(about: &str, template: &str, evidence: Vec<Evidence>) -> Result<Self, NoEvidence> {
        if evidence.is_empty() {
            return Err(NoEvidence);
        }
        Ok(Self::with_basis(about, template, Basis::Evidence { items: evidence }))
    }

    /// A finding that rests on no statement, for the stated reason (such as "nobody was asked").
    #[must_use]
    pub fn without_evidence(about: &str, template: &str, reason: &str) -> Self {
        Self::with_basis(about, template, Basis::None { reason: reason.to_owned() })
    }

    fn with_basis(about: &str, template: &str, basis: Basis) -> Self {
        Self {
            about: about.to_owned(),
            template: template.to_owned(),
            values: BTreeMap::new(),
            measures: Vec::new(),
            tables: Vec::new(),
            figures: Vec::new(),
            caveats: Vec::new(),
            basis,
        }
    }

    /// Gives the template's `{name}` its value.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a number to read, which the template can also show as `{name}`.
    #[must_use]
    pub fn measure(mut self, name: &str, number: impl Into<Number>) -> Self {
        self.measures.push(Measure { name: name.to_owned(), number: number.into() });
        self
    }

    /// Adds a table.
    #[must_use]
    pub fn table(mut self, table: Table) -> Self {
        self.tables.push(table);
        self
    }

    /// Adds a figure.
    #[must_use]
    pub fn figure(mut self, figure: Figure) -> Self {
        self.figures.push(figure);
        self
    }

    /// Adds a caveat of the manifest that needs no values.
    #[must_use]
    pub fn caveat(mut self, template: &str) -> Self {
        self.caveats.push(Caveat { template: template.to_owned(), values: BTreeMap::new() });
        self
    }

    /// The evidence; empty when there is a reason instead.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        match &self.basis {
            Basis::Evidence { items } => items,
            Basis::None { .. } => &[],
        }
    }
}

/// What stands in a sentence or a table cell: a number, or a name that the report can look up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number.
    Number(Number),
    /// A code's id; a reader sees its label.
    Code(String),
    /// A role's id; a reader sees its label.
    Role(String),
    /// A participant's id.
    Participant(String),
    /// A case's id; a reader sees its label.
    Case(String),
    /// A source's id.
    Source(String),
    /// Several ids, in order.
    Names(Vec<String>),
    /// A word of the manifest, such as `unrecognised`.
    Word(String),
    /// What somebody says of something: a state and the statements behind it.
    ///
    /// Findings hold the ids; a full report shows the paraphrases in their place.
    Said {
        /// The state of the cell, a word of the manifest such as `yes`.
        state: String,
        /// The statements' ids, in order; none where nobody says anything.
        statements: Vec<String>,
    },
    /// Text as it is.
    Text(String),
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Number(Number::count(count))
    }
}

/// One number with its name (a word of the manifest).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// A word of the manifest, such as `mismatch_rate`.
    pub name: String,
    /// The value.
    pub number: Number,
}

/// A caveat of the manifest, with what its `{names}` stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Caveat {
    /// Which caveat of the manifest.
    pub template: String,
    /// What its `{names}` stand for.
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
}

/// On what a finding rests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Basis {
    /// Statements, excerpts and constraints.
    Evidence {
        /// At least one.
        #[schemars(length(min = 1))]
        items: Vec<Evidence>,
    },
    /// Nothing, and why.
    None {
        /// The reason, for a reader.
        reason: String,
    },
}

/// One thing a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// Its id in the study.
    pub id: String,
    /// For, against, or beside the finding.
    pub weight: Weight,
}

impl Evidence {
    /// The statement `id`, for, against or beside the finding.
    #[must_use]
    pub fn statement(id: &str, weight: Weight) -> Self {
        Self { kind: EvidenceKind::Statement, id: id.to_owned(), weight }
    }

    /// The constraint `id`, for, against or beside the finding.
    #[must_use]
    pub fn constraint(id: &str, weight: Weight) -> Self {
        Self { kind: EvidenceKind::Constraint, id: id.to_owned(), weight }
    }

    /// The excerpt `id`, for, against or beside the finding.
    #[must_use]
    pub fn excerpt(id: &str, weight: Weight) -> Self {
        Self { kind: EvidenceKind::Excerpt, id: id.to_owned(), weight }
    }
}

/// What a piece of evidence is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A row of `statements.csv`.
    Statement,
    /// A row of `excerpts.csv`.
    Excerpt,
    /// A row of `constraints.csv`.
    Constraint,
}

/// Whether evidence speaks for a finding.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// For it.
    Supporting,
    /// Against it: a negative case.
    Contrary,
    /// Neither, but needed to read it.
    Context,
}

/// A table: named columns and rows of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// A word of the manifest that titles it.
    pub name: String,
    /// Words of the manifest that head the columns.
    pub columns: Vec<Value>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

/// A figure as data; the report draws it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Figure {
    /// A grid of counts or words, such as expectation × status or code × role.
    Grid {
        /// A word of the manifest that titles it, worded as the question it answers.
        name: String,
        /// Row heads.
        rows: Vec<Value>,
        /// Column heads.
        columns: Vec<Value>,
        /// One value for each row and column, row by row.
        cells: Vec<Vec<Value>>,
    },
    /// A tree of merges with a strip that shows each leaf's group, such as its formal role.
    Dendrogram {
        /// A word of the manifest that titles it, worded as the question it answers.
        name: String,
        /// The leaves, numbered from 0 in this order.
        leaves: Vec<String>,
        /// The merges in order; merge `i` makes node `leaves.len() + i`.
        merges: Vec<Merge>,
        /// Each leaf's group: the id of its formal role.
        groups: Vec<Value>,
    },
}

/// One merge of a dendrogram.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// One node: a leaf, or an earlier merge.
    pub left: usize,
    /// The other node.
    pub right: usize,
    /// The distance at which they merge.
    pub height: Number,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_without_evidence_needs_a_reason() {
        assert_eq!(Finding::new("overall", "rate", Vec::new()), Err(NoEvidence));
        let reasoned = Finding::without_evidence("overall", "rate", "nobody was asked");
        assert!(reasoned.evidence().is_empty());
    }

    #[test]
    fn a_finding_reads_back_as_it_was_written() {
        let finding = Finding::new(
            "6/S6>L6/P.task.MON",
            "expectation",
            vec![Evidence::statement("s030", Weight::Supporting)],
        )
        .expect("has evidence")
        .value("status", Value::Word("unrecognised".into()))
        .measure("rate", Number::fraction(3, 4, "nothing decidable"));
        let json = serde_json::to_string(&finding).expect("serialises");
        assert_eq!(serde_json::from_str::<Finding>(&json).expect("reads back"), finding);
    }
}
