//! What does `study.yaml` say?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::text::Text;

mod author;
mod robustness;

pub use author::Author;
pub use robustness::{DEFAULT_LIMIT, Fixed, Robustness, Standing, VariedChoice, VariedOption};

/// `study.yaml`: what the study is, its roles, and the choices under which it is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "study.yaml")]
pub struct Settings {
    /// The study's title.
    pub title: Text,
    /// A short name for the study, which findings carry.
    #[serde(default)]
    pub id: Option<String>,
    /// The language of the report: `en` or `nl`.
    #[serde(default)]
    pub language: Language,
    /// How to cite the study.
    #[serde(default)]
    pub citation: Option<String>,
    /// What the study is about, in a few sentences, for those who find it in an archive.
    #[serde(default)]
    pub description: Text,
    /// Who made it, in the order in which they are named.
    #[serde(default)]
    pub authors: Vec<Author>,
    /// Under which licence its deposit may be used: an id of the SPDX list such as `CC-BY-4.0`,
    /// several with ` OR ` between them, or an address.
    #[serde(default)]
    pub license: Option<String>,
    /// The research questions, by id, such as `RQ1`.
    #[serde(default)]
    pub questions: BTreeMap<String, Text>,
    /// The roles: those that were interviewed, and others that are spoken of.
    #[schemars(length(min = 1))]
    pub roles: Vec<Role>,
    /// Ways to turn the titles of people into roles. The first is the default.
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    /// The mapping to use when none is asked for; the first one when it is absent.
    #[serde(default)]
    pub default_mapping: Option<String>,
    /// What a code without statement means where `coverage.csv` says nothing.
    #[serde(default)]
    pub coverage_default: CoverageDefault,
    /// What analyses count: people, or roles at a case.
    #[serde(default)]
    pub unit: Unit,
    /// When a role at a case with several people holds a code.
    #[serde(default)]
    pub aggregation: Aggregation,
    /// The seed of everything drawn by chance.
    #[serde(default)]
    pub seed: u64,
    /// Pairs of codes that one person cannot both do.
    #[serde(default)]
    pub incompatible: Vec<[String; 2]>,
    /// Readings of uncertain passages: statements name a group and an option.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
    /// Names that the study says are hidden; they must not occur in its files.
    #[serde(default)]
    pub hidden: Vec<String>,
    /// Columns that look as if they held personal data and do not, as `table/column`: for example
    /// `participants.csv/gender`.
    #[serde(default)]
    pub not_personal: Vec<String>,
    /// So many people have to share the value of an attribute for a copy that is shared to keep it;
    /// 3 when it is absent.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub min_cell: Option<u32>,
    /// Words for quantities in claims, such as `several: 2..`.
    #[serde(default)]
    pub quantifiers: BTreeMap<String, String>,
    /// Which analyses run, with which parameters; absent: everything the data allow.
    #[serde(default)]
    pub analyses: Option<Vec<Use>>,
    /// Which choices are varied to see what findings depend on; absent: those every study has.
    #[serde(default)]
    pub robustness: Option<Robustness>,
}

/// A role people can have in the study.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its id, such as `S`.
    pub id: String,
    /// What readers call it.
    #[serde(default)]
    pub label: Text,
    /// `focal`: its people were interviewed. `other`: it is spoken of only.
    #[serde(default)]
    pub kind: RoleKind,
    /// The wider role it belongs to: what is said of that one is said of this one.
    #[serde(default)]
    pub within: Option<String>,
    /// Other names for it in the material.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// Whether people of a role were interviewed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleKind {
    /// People in this role are the study's stakeholders.
    #[default]
    Focal,
    /// The role bears rights and duties without being interviewed.
    Other,
}

/// One way to turn titles into roles. The titles themselves are never changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Its id.
    pub id: String,
    /// Why one would read the study this way.
    #[serde(default)]
    pub why: Text,
    /// The role of each title, or `exclude`. A title that is missing here has the role whose
    /// label, id or alias it is.
    #[serde(default)]
    pub titles: BTreeMap<String, String>,
    /// The role of single people, or `exclude`, whatever their title. Naming an excluded person
    /// here takes them in.
    #[serde(default)]
    pub people: BTreeMap<String, String>,
}

/// What a code without statement means where `coverage.csv` says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverageDefault {
    /// Nobody knows whether the person was asked.
    #[default]
    Unknown,
    /// Everybody was asked everything: no statement is silence.
    Asked,
}

/// What analyses count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Unit {
    /// Each person apart.
    #[serde(rename = "participant")]
    Participant,
    /// The people of one role at one case, taken together.
    #[default]
    #[serde(rename = "role@case")]
    RoleAtCase,
}

/// When a role at a case with several people holds a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// When one of them does.
    #[default]
    Any,
    /// When all of them do.
    All,
    /// When more than half of them do.
    Majority,
}

/// An uncertain passage with several possible encodings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// The group's id; statements belong to `group:option`.
    pub group: String,
    /// Its options; a reading takes one.
    #[schemars(length(min = 2))]
    pub options: Vec<String>,
    /// The option of the default reading; the first one when it is absent.
    #[serde(default)]
    pub default: Option<String>,
    /// Why the passage is uncertain.
    #[serde(default)]
    pub why: Text,
}

/// One analysis to run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// The analysis's id.
    #[serde(rename = "use")]
    pub analysis: String,
    /// The version that it has to have, such as `1.0.0`; absent: any.
    #[serde(default)]
    pub version: Option<String>,
    /// For a plugin that does not come with the program: the SHA-256 of its library, 64 digits and
    /// letters a to f; absent: the one that was trusted last.
    #[serde(default)]
    pub sha256: Option<String>,
    /// Its parameters; those that are absent take their defaults.
    #[serde(default)]
    pub parameters: serde_json::Map<String, Json>,
}

/// The language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// The two-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }
}
