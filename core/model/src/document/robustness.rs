//! What does `out/findings.json` say of how far findings depend on choices?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::Number;

/// Under how many readings everything was looked at, and which choices made them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RobustnessSummary {
    /// How many readings, the one of this document included.
    pub readings: usize,
    /// How many of them differ from one another; the others were not computed again.
    pub distinct: usize,
    /// The choices, in the order in which they are made.
    pub choices: Vec<PublishedChoice>,
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
    /// Why the choice is there.
    pub why: String,
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

/// In how many readings something stays what it is, and what changes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Steadiness {
    /// In how many readings it is the same, this one included.
    pub same: usize,
    /// Under how many readings it was looked at.
    pub readings: usize,
    /// The smallest changes of choices that change it, each with what it becomes; none when it is
    /// the same everywhere.
    pub flips: Vec<Flip>,
    /// All this in a sentence.
    pub sentence: String,
}

/// A change of choices that changes a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flip {
    /// The options taken instead, each as `choice=option`.
    pub options: Vec<String>,
    /// What becomes of it: a verdict, the name of another template, or `absent`.
    pub becomes: String,
    /// The change and what becomes of it, in words.
    pub text: String,
}

/// The values of a measure over all readings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Across {
    /// The least value.
    pub least: Number,
    /// The middle one; of two in the middle, the lower.
    pub median: Number,
    /// The largest value.
    pub most: Number,
    /// In how many readings it has a value.
    pub readings: usize,
    /// In how many it is not available, or the finding is not there.
    pub missing: usize,
}
