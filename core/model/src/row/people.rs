//! What may stand in a row of participants, cases and sources?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One person who was interviewed, or one body that speaks as one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ParticipantRow {
    /// A pseudonym, such as `S3a`.
    pub id: String,
    /// The case this person belongs to.
    #[serde(default)]
    pub case: Option<String>,
    /// The title as it was reported; a mapping turns it into a role.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether the person is part of the analysis.
    #[serde(default)]
    pub status: Inclusion,
    /// Why the person is left out; needed unless `included`.
    #[serde(default)]
    pub reason: Option<String>,
    /// The source of an interview with several people at once.
    #[serde(default)]
    pub joint_with: Option<String>,
    /// A person, or a collective actor (a team, a board) that speaks as one.
    #[serde(default)]
    pub kind: ActorKind,
    /// How much this person counts for, in a survey; 1 when absent.
    #[serde(default)]
    #[schemars(range(min = 0.0))]
    pub weight: Option<f64>,
    /// How far the person's words may go; absent: nobody said.
    #[serde(default)]
    pub consent_scope: Option<ConsentScope>,
    /// The last day on which the consent holds, as YYYY-MM-DD; absent: it has no end.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    pub consent_expires: Option<String>,
    /// Any further column is an attribute.
    #[serde(flatten)]
    pub attributes: BTreeMap<String, String>,
}

/// Whether a person is part of the analysis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Inclusion {
    /// Part of the analysis.
    #[default]
    Included = 0,
    /// Interviewed but left out; in only under a mapping that names the person.
    Excluded = 1,
    /// Withdrew: never in.
    Withdrawn = 2,
}

/// How far the words of a participant may go, from the least to the most.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ConsentScope {
    /// They may be analysed, and are quoted to nobody.
    Analysis,
    /// They may be quoted in a report.
    Quote,
    /// They may be passed on with the data.
    Share,
}

/// Who speaks: one person, or a body that speaks as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ActorKind {
    /// One person.
    #[default]
    Person = 0,
    /// A collective actor: a team, a board, an organisation.
    Collective = 1,
}

/// One case: a site such as a school, a ward, a team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseRow {
    /// Its id.
    pub id: String,
    /// The case it is part of.
    #[serde(default)]
    pub parent: Option<String>,
    /// What readers call it.
    #[serde(default)]
    pub label: Option<String>,
    /// What sort of case it is, such as `school`.
    #[serde(default)]
    pub kind: Option<String>,
    /// Where the report says what stands in this row, for studies that re-encode one.
    #[serde(default, rename = "ref")]
    pub reference: Option<String>,
    /// Any further column is an attribute.
    #[serde(flatten)]
    pub attributes: BTreeMap<String, String>,
}

/// One conversation, document or survey.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRow {
    /// Its id.
    pub id: String,
    /// What sort of source it is.
    #[serde(default, rename = "type")]
    pub kind: SourceKind,
    /// What readers call it.
    #[serde(default)]
    pub label: Option<String>,
    /// The participants who speak in it, separated by spaces.
    #[serde(default)]
    pub participants: Option<String>,
    /// The case it belongs to, for documents.
    #[serde(default)]
    pub case: Option<String>,
    /// Who asked.
    #[serde(default)]
    pub interviewer: Option<String>,
    /// When, as YYYY-MM-DD.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    pub date: Option<String>,
    /// How many minutes it took.
    #[serde(default)]
    #[schemars(range(min = 0.0))]
    pub minutes: Option<f64>,
    /// Which round of a longitudinal study, from 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    pub wave: Option<u32>,
    /// How many characters its text has; `start` and `end` of statements lie within them.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub characters: Option<u32>,
}

/// What sort of source it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum SourceKind {
    /// A conversation with one or a few people.
    #[default]
    Interview = 0,
    /// A conversation with a group.
    FocusGroup = 1,
    /// Notes of what was seen.
    Observation = 2,
    /// A text that speaks for itself: a policy, a job profile, a theory chapter.
    Document = 3,
    /// A questionnaire.
    Survey = 4,
}
