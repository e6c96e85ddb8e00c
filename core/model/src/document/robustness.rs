//! What does `out/findings.json` say of how far findings depend on choices?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::Number;

pub use crate::settings::Standing;

/// Under how many readings everything was looked at, and which choices made them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RobustnessSummary {
    /// Whether several choices were changed at once.
    pub depth: Depth,
    /// How many readings, the one of this document included.
    pub readings: usize,
    /// How many of them differ from one another; the others were not computed again.
    pub distinct: usize,
    /// How many more there would be: those with the most changes, beyond the study's limit.
    pub left_out: u64,
    /// How many combinations the study does not offer, such as a member of a group whom another
    /// mapping leaves out.
    pub impossible: usize,
    /// The choices, in the order in which they are made.
    pub choices: Vec<PublishedChoice>,
}

/// How many choices the readings change at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// One at a time, as a run does.
    OneChange,
    /// As many as are crossed, up to the study's limit.
    #[default]
    Whole,
}

/// A choice that can be made in several ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedChoice {
    /// Its id, such as `mapping` or `leave-out-participant`.
    pub id: String,
    /// What readers call it.
    pub label: String,
    /// Whether there are reasons for one option over another.
    pub standing: Standing,
    /// Why the choice is there; blank where the study does not say.
    pub why: String,
    /// Whether it is combined with the others in full, or varied by itself.
    pub crossed: bool,
    /// What can be chosen; the first is the one of this document.
    pub options: Vec<PublishedOption>,
}

/// One way to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedOption {
    /// Its id within the choice, such as `M3`.
    pub id: String,
    /// What readers call it.
    pub label: String,
}

/// In how many readings something stays what it is, and what changes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Steadiness {
    /// In how many readings it is the same, this one included.
    pub same: usize,
    /// Under how many readings it was looked at.
    pub readings: usize,
    /// In how many readings it is what, by the name of a verdict, of a template, or `absent`.
    pub counts: BTreeMap<String, usize>,
    /// The smallest changes of choices that change it, each with what it becomes; none when it is
    /// the same everywhere. Changes that give the same reading are named once.
    pub flips: Vec<Flip>,
    /// How many more changes of that size change it.
    pub more_flips: usize,
    /// All this in a sentence.
    pub sentence: String,
}

/// A change of choices that changes a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flip {
    /// The options taken instead, each as `choice=option`.
    pub options: Vec<String>,
    /// What becomes of it: a verdict, the name of another template with the words that stand in
    /// it, `absent`, `not_available` or `failed`.
    pub becomes: String,
    /// The change and what becomes of it, in words.
    pub text: String,
}

/// The values of a measure over all readings.
///
/// Of a value that is only known between two bounds, the least is its lower bound and the largest
/// its upper one; in the middle stands the value whose bounds have the middle midpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Across {
    /// The least value.
    pub least: Number,
    /// The middle one; of two in the middle, the lower.
    pub median: Number,
    /// The largest value.
    pub most: Number,
    /// How many different values it has.
    pub values: usize,
    /// In how many readings it has a value.
    pub readings: usize,
    /// In how many it is not available, or the finding is not there.
    pub missing: usize,
    /// The least, the middle and the largest value as a reader reads them; blank when it has the same
    /// value in every reading that has one.
    pub text: String,
}
