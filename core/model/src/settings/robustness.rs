//! Which choices does a study say could have been made in another way?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Text;

/// Under how many readings findings are looked at, unless the study says.
pub const DEFAULT_LIMIT: u32 = 1000;

/// Which choices are varied to see what findings depend on (Steegen et al. 2016).
///
/// Without it, the study is read under every mapping, every option of its alternatives, and with and
/// without its weaker evidence, all combined; and without each participant, case, source and coder
/// in turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Robustness {
    /// Choices that the defaults do not have, or that are to be made in another way.
    #[serde(default)]
    pub choices: Vec<VariedChoice>,
    /// Whether the choices that every study has are varied too; `false`: only those named here.
    #[serde(default = "yes")]
    pub defaults: bool,
    /// The choices that are combined with one another in full; the others are varied one at a time.
    /// Absent: all but those that leave one out.
    #[serde(default)]
    pub crossed: Option<Vec<String>>,
    /// Under how many readings findings are looked at; those with the fewest changes come first.
    #[serde(default = "default_limit")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub limit: u32,
}

impl Default for Robustness {
    fn default() -> Self {
        Self { choices: Vec::new(), defaults: true, crossed: None, limit: DEFAULT_LIMIT }
    }
}

fn yes() -> bool {
    true
}

fn default_limit() -> u32 {
    DEFAULT_LIMIT
}

/// A choice that could have been made in another way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VariedChoice {
    /// `mapping`, `inclusion`, `evidence`, `leave-out-participant`, `leave-out-case`,
    /// `leave-out-source`, `leave-out-coder`, a group of alternatives, or a constraint.
    pub choice: String,
    /// What to choose instead of what the default reading has: ids of mappings, strengths of
    /// evidence to leave out, a role for somebody who is left out (`O4: I`), options of the
    /// alternatives, the members who are meant by the constraint, or ids to leave out. Absent: all
    /// there are.
    #[serde(default)]
    pub options: Option<Vec<VariedOption>>,
    /// Whether reasons can tell the options apart. Absent: `arbitrary` for leaving one out and for
    /// the members of a constraint, else `principled`.
    #[serde(default)]
    pub standing: Option<Standing>,
    /// Why the choice is there.
    #[serde(default)]
    pub why: Text,
}

/// One way to make a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum VariedOption {
    /// One id.
    One(String),
    /// Several together, such as two strengths of evidence that are both left out.
    Several(Vec<String>),
    /// People and the roles in which they are counted.
    People(BTreeMap<String, String>),
}

impl VariedOption {
    /// The option as a list of ids; none for people with roles.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Self::One(id) => vec![id],
            Self::Several(ids) => ids.iter().map(String::as_str).collect(),
            Self::People(_) => Vec::new(),
        }
    }
}

/// Whether options can be told apart by reasons (Del Giudice & Gangestad 2021).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Each option asks something else of the data, or rests on another reason: a change of the
    /// result is a finding.
    #[default]
    Principled,
    /// Nothing speaks for one option over another: a change of the result is noise.
    Arbitrary,
}

/// The choices that every study has, by the id under which `study.yaml` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fixed {
    /// Which mapping turns titles into roles.
    Mapping,
    /// In which role somebody counts who is left out, or whom the mapping gives another.
    Inclusion,
    /// Which strengths of evidence do not count.
    Evidence,
    /// One participant is left out.
    Participant,
    /// One case is left out.
    Case,
    /// One source is left out.
    Source,
    /// The statements of one coder are left out.
    Coder,
}

impl Fixed {
    /// Every one, in the order in which choices are made.
    pub const ALL: [Self; 7] = [
        Self::Mapping,
        Self::Inclusion,
        Self::Evidence,
        Self::Participant,
        Self::Case,
        Self::Source,
        Self::Coder,
    ];

    /// The id in `study.yaml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Mapping => "mapping",
            Self::Inclusion => "inclusion",
            Self::Evidence => "evidence",
            Self::Participant => "leave-out-participant",
            Self::Case => "leave-out-case",
            Self::Source => "leave-out-source",
            Self::Coder => "leave-out-coder",
        }
    }

    /// The choice with this id.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.id() == id)
    }

    /// Whether it leaves one out.
    #[must_use]
    pub fn leaves_one_out(self) -> bool {
        matches!(self, Self::Participant | Self::Case | Self::Source | Self::Coder)
    }
}
