//! What does `out/findings.json` hold, and how do outcomes become it?
//!
//! The format is a promise of its own: it changes only with [`FORMAT`], whatever happens to the
//! types inside the program. There are no times, paths or names of machines in it, its keys have a
//! fixed order and its findings are sorted by id, so the same study gives the same bytes.

mod claims;
mod labels;
mod publish;
mod robustness;
mod shape;
mod shown;
mod wording;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::finding::{Basis, Merge};
use crate::number::Number;
use crate::settings::Language;

pub use claims::{ComputedSet, PublishedClaim, PublishedNote, PublishedRepair};
pub use labels::Labels;
pub use publish::{Unworded, publish};
pub use robustness::{
    Across, Depth, Flip, PublishedChoice, PublishedOption, RobustnessSummary, Standing, Steadiness,
};
pub use shown::{Shown, number as number_text};

/// The version of the format; it grows when a reader of older documents would misread a newer one.
pub const FORMAT: u32 = 1;

/// Everything that a run found, and under which choices: `out/findings.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "findings.json")]
pub struct FindingsDocument {
    /// The version of this format: 1.
    pub format: u32,
    /// Which study it is about.
    pub study: StudySummary,
    /// How the study was read.
    pub reading: ReadingSummary,
    /// The analyses that were asked for, in that order.
    pub analyses: Vec<AnalysisEntry>,
    /// What they found, sorted by id.
    pub findings: Vec<PublishedFinding>,
    /// The claims of the report, in the order of `claims.csv`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<PublishedClaim>,
    /// What was noticed about the claims as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<PublishedNote>,
    /// The small changes of the tables that would reconcile most claims with them, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<PublishedRepair>,
    /// Under which other readings everything was looked at; absent when there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robustness: Option<RobustnessSummary>,
    /// How many problems the check of the study left open.
    pub problems: ProblemCounts,
}

/// Which study the findings are about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StudySummary {
    /// Its short name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The language of every text in the document.
    pub language: Language,
    /// How to cite it.
    pub citation: Option<String>,
    /// The research questions, in the order of their ids.
    pub questions: Vec<Question>,
    /// How much there is of everything.
    pub counts: Counts,
}

/// A research question of the study.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id, such as `RQ1`.
    pub id: String,
    /// Its wording.
    pub text: String,
}

/// How many rows the study's tables have, whatever the reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// People and collective actors, those left out included.
    pub participants: usize,
    /// Roles, those that nobody was interviewed for included.
    pub roles: usize,
    /// Cases.
    pub cases: usize,
    /// Sources.
    pub sources: usize,
    /// Codes.
    pub codes: usize,
    /// Statements.
    pub statements: usize,
    /// Excerpts.
    pub excerpts: usize,
    /// Constraints.
    pub constraints: usize,
}

/// How the study was read: the choices that every finding depends on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingSummary {
    /// The id of the mapping that turned titles into roles.
    pub mapping: String,
    /// Whether that is the study's default mapping.
    pub default: bool,
    /// Why one would read the study this way.
    pub why: String,
    /// How many people are in.
    pub included: usize,
    /// How many people were left out.
    pub excluded: usize,
    /// The roles and how many people each has, in the study's order.
    pub roles: Vec<RoleCount>,
    /// Which option was taken of each uncertain passage.
    pub alternatives: Vec<Taken>,
}

/// How many people a role has under the reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleCount {
    /// The role's id.
    pub id: String,
    /// What readers call it.
    pub label: String,
    /// How many people have it; 0 for a role that is spoken of only.
    pub people: usize,
}

/// The option taken of one uncertain passage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// The group of alternatives.
    pub group: String,
    /// The option.
    pub option: String,
    /// Whether that is the group's default.
    pub default: bool,
    /// Why the passage is uncertain.
    pub why: String,
}

/// One analysis: what it asked, with which parameters, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnalysisEntry {
    /// Its id.
    pub id: String,
    /// Its own version.
    pub version: String,
    /// What it is made of.
    pub kind: AnalysisKind,
    /// Its title.
    pub title: String,
    /// The question it answers.
    pub question: String,
    /// How it answers.
    pub method: String,
    /// What happens at the edges, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edge_cases: Vec<String>,
    /// The works that the method rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The parameters it ran with, defaults filled in.
    pub parameters: Map<String, Json>,
    /// What came of it.
    pub outcome: Came,
}

/// What an analysis is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnalysisKind {
    /// A native library.
    Plugin,
    /// A Rhai script.
    Script,
}

/// What came of an analysis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Came {
    /// It ran.
    Found {
        /// How many findings it has; 0 means that there was nothing to find.
        findings: usize,
    },
    /// The data do not allow it.
    NotAvailable {
        /// Why.
        reason: String,
    },
    /// It failed.
    Failed {
        /// How.
        reason: String,
    },
}

/// One finding, worded in the study's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedFinding {
    /// The analysis and what the finding is about: `expectation-mismatch/6/S6>L6/P.task.MON`, with
    /// the mapping when it is not the default: `position-clusters@M3/overall`.
    pub id: String,
    /// The analysis.
    pub analysis: String,
    /// Which template of the analysis words it.
    pub template: String,
    /// Its title.
    pub title: String,
    /// What was found, in one sentence.
    pub sentence: String,
    /// What the sentence speaks of, by the names that the template uses.
    pub values: std::collections::BTreeMap<String, Shown>,
    /// The numbers, in the order in which they are to be read.
    pub measures: Vec<PublishedMeasure>,
    /// Tables.
    pub tables: Vec<PublishedTable>,
    /// Figures, as data.
    pub figures: Vec<PublishedFigure>,
    /// What a reader must know before quoting it.
    pub caveats: Vec<PublishedCaveat>,
    /// The ids of the research questions it helps to answer.
    pub research_questions: Vec<String>,
    /// On what it rests.
    pub basis: Basis,
    /// How far it depends on choices; absent when no other reading was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robustness: Option<Steadiness>,
}

/// One number with its label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedMeasure {
    /// Its name in the analysis.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// The value.
    pub number: Number,
    /// The value as a sentence writes it.
    pub text: String,
    /// Its values under other readings; absent when none was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub across: Option<Across>,
}

/// A table: named columns and rows of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedTable {
    /// Its name in the analysis.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The column heads.
    pub columns: Vec<Shown>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<Shown>>,
}

/// A figure as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PublishedFigure {
    /// A grid of counts or words.
    Grid {
        /// Its name in the analysis.
        name: String,
        /// Its title: the question it answers.
        title: String,
        /// Row heads.
        rows: Vec<Shown>,
        /// Column heads.
        columns: Vec<Shown>,
        /// One value for each row and column, row by row.
        cells: Vec<Vec<Shown>>,
    },
    /// A tree of merges with each leaf's group.
    Dendrogram {
        /// Its name in the analysis.
        name: String,
        /// Its title: the question it answers.
        title: String,
        /// The leaves, numbered from 0 in this order.
        leaves: Vec<String>,
        /// The merges in order; merge `i` makes node `leaves.len() + i`.
        merges: Vec<Merge>,
        /// Each leaf's group, such as its formal role.
        groups: Vec<Shown>,
    },
}

impl PublishedFigure {
    /// The figure's title: the question it answers.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Grid { title, .. } | Self::Dendrogram { title, .. } => title,
        }
    }
}

/// A caveat in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedCaveat {
    /// Its name in the analysis.
    pub name: String,
    /// What a reader must know.
    pub text: String,
}

/// How many problems the check of the study left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemCounts {
    /// Problems that keep a study from being analysed: 0 in a document that was written.
    pub errors: usize,
    /// Problems worth knowing.
    pub warnings: usize,
}

impl FindingsDocument {
    /// The document as it stands in `out/findings.json`: indented JSON and a line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("every key of the document is text, which is all that JSON asks");
        text.push('\n');
        text
    }
}
