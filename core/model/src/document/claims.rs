//! What does `out/findings.json` say of the claims of a report?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Steadiness;
use crate::claim::{Check, Verdict};
use crate::finding::Basis;
use crate::number::Number;
use crate::row::ClaimKind;

/// One claim of the report and what comes of testing it. The claim's own text is in `claims.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedClaim {
    /// Its id in `claims.csv`.
    pub id: String,
    /// Where it stands in the report; blank where nobody says.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The section it stands in; blank where nobody says.
    pub section: String,
    /// How it was tested; absent when the row does not say.
    pub kind: Option<ClaimKind>,
    /// What comes of it.
    pub verdict: Verdict,
    /// The verdict in the study's language.
    pub word: String,
    /// What the data say of it, in a sentence or two.
    pub sentence: String,
    /// What the report says, as `claims.csv` writes it: a number, a set, a word for a quantity.
    pub reported: String,
    /// What the data give instead or as well, where that is a number.
    pub computed: Option<Number>,
    /// The same where it is a set.
    pub set: Option<ComputedSet>,
    /// What was noticed beside the verdict.
    pub notes: Vec<PublishedNote>,
    /// The people of whom one would have to know more to decide it, by id.
    pub open: Vec<String>,
    /// On what the verdict rests.
    pub basis: Basis,
    /// How far the verdict depends on choices; absent when no other reading was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robustness: Option<Steadiness>,
}

/// Those of whom something holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComputedSet {
    /// In every world, by id; cases as `@3`.
    pub certain: Vec<String>,
    /// In some worlds only.
    pub possible: Vec<String>,
}

/// Something that was noticed beside a verdict, or about the claims as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedNote {
    /// Which check noticed it.
    pub check: Check,
    /// What was noticed, in the study's language.
    pub text: String,
}

/// One or two small changes of the tables that would reconcile claims with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedRepair {
    /// Each change, in words.
    pub edits: Vec<String>,
    /// The claims that are contradicted or speak of people who are not there, and no longer would,
    /// by id.
    pub reconciles: Vec<String>,
    /// The claims that fit the data and no longer would, by id.
    pub breaks: Vec<String>,
    /// All this in a sentence.
    pub sentence: String,
}
