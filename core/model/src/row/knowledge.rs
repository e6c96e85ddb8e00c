//! What may stand in a row of coverage, constraints and claims: what is known about what was said?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::row::statement::Modality;

/// Whether a participant was asked about a code, and what a silence means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageRow {
    /// A participant, or `*` for everybody.
    pub participant: String,
    /// A code and all that stands below it.
    #[serde(default)]
    pub code: Option<String>,
    /// Instead of a code: an interview question, and every code that has it as its prompt.
    #[serde(default)]
    pub prompt: Option<String>,
    /// `self`: asked about the participant's own part. `others`: asked about others. Blank: both.
    #[serde(default)]
    pub bearer: Option<AscribedTo>,
    /// Whether it was asked.
    pub status: CoverageStatus,
    /// For people.
    #[serde(default)]
    pub note: Option<String>,
}

/// Whether something was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CoverageStatus {
    /// Asked: no statement means silence.
    Asked = 0,
    /// Not asked.
    NotAsked = 1,
    /// Asked of some, and nobody wrote down of whom.
    Optional = 2,
    /// The report says that the person did not mention it.
    ReportedSilent = 3,
    /// Nobody knows.
    #[default]
    Unknown = 4,
}

/// What is known about a group without knowing about whom: so many of these people said it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConstraintRow {
    /// Its id.
    pub id: String,
    /// What was said: a code.
    pub code: String,
    /// Only statements of this modality; blank: any.
    #[serde(default)]
    pub modality: Option<Modality>,
    /// `self`: ascribed to the speaker. `others`: ascribed to somebody else. Blank: any.
    #[serde(default)]
    pub bearer: Option<AscribedTo>,
    /// Whether affirming or denying is counted.
    #[serde(default)]
    pub state: ConstraintState,
    /// The people, separated by spaces: ids, `*` (all included), `S*` (role S), `S@3` (role S at
    /// case 3), `@3` (everybody at case 3).
    pub members: String,
    /// At least so many of them.
    #[serde(default)]
    pub min: Option<u32>,
    /// At most so many of them.
    #[serde(default)]
    pub max: Option<u32>,
    /// For people.
    #[serde(default)]
    pub note: Option<String>,
    /// Where it stands in the material, for people.
    #[serde(default, rename = "ref")]
    pub reference: Option<String>,
}

/// Whose part a question or a count is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum AscribedTo {
    /// What people say of themselves.
    #[serde(rename = "self")]
    Own = 0,
    /// What people say of others.
    Others = 1,
}

/// What a constraint counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ConstraintState {
    /// People who affirm it.
    #[default]
    Affirm = 0,
    /// People who deny it.
    Deny = 1,
}

/// One published statement to be tested against the data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimRow {
    /// Its id.
    pub id: String,
    /// Where it stands in the report: lines as `L12` or `L12-14`, or any text. A row whose `ref`
    /// meets it was entered from this very sentence, unless its evidence is quoted.
    #[serde(default, rename = "ref")]
    pub reference: Option<String>,
    /// The section it stands in. The same thing may be said more strongly in another.
    #[serde(default)]
    pub section: Option<String>,
    /// A paraphrase.
    #[serde(default)]
    pub text: Option<String>,
    /// How it can be tested. Blank: not with these tables.
    #[serde(default)]
    pub kind: Option<ClaimKind>,
    /// What it counts: people, cases, codes or conversations. Blank: people, or, where `set` and
    /// `only` name cases, cases.
    #[serde(default)]
    pub unit: Option<ClaimUnit>,
    /// About whom, separated by spaces: members as in a constraint; `S@*` (role S at every case);
    /// `include_excluded` (those whom the analysis leaves out as well), `excluded` (only those);
    /// and conditions such as `gender=F` or `title="Vice principal"`, which all have to hold.
    #[serde(default)]
    pub scope: Option<String>,
    /// About which code; several, separated by spaces, have to hold of the same person. Blank:
    /// about the people themselves.
    #[serde(default)]
    pub code: Option<String>,
    /// About which modality.
    #[serde(default)]
    pub modality: Option<Modality>,
    /// `self`: about what people say of themselves. `others`: of others. Blank: of whomever they
    /// speak under this code.
    #[serde(default)]
    pub bearer: Option<AscribedTo>,
    /// Who is counted: those who affirm it, those who deny it, or those who do so on a condition.
    #[serde(default)]
    pub state: Option<ClaimState>,
    /// What the report says: a number (`15`), a range (`12..18`), a fraction (`9/17`), a percentage
    /// (`53%`) or both (`9/17 53%`); for `set` and `only`, those it names, separated by spaces: people
    /// as in a scope, or cases, each as `@3`; for `denominator`, a sum (`13+4=n`); for `compare`, with
    /// what (`> P.exp.coop`, `= gender=F`); for `consensus`, `no` where the report says that there is
    /// none. What it says in two places stands on both sides of a semicolon (`45; 45..60`).
    #[serde(default)]
    pub expected: Option<String>,
    /// How far the data may be from it.
    #[serde(default)]
    #[schemars(range(min = 0.0))]
    pub tolerance: Option<f64>,
    /// The report's word for the quantity, such as `most`. It is tested where `expected` is blank.
    #[serde(default)]
    pub quantifier: Option<String>,
    /// A Rhai expression or a script, for `custom`.
    #[serde(default)]
    pub script: Option<String>,
}

/// What a claim counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ClaimUnit {
    /// People.
    #[default]
    Person = 0,
    /// Cases: one counts when somebody of the scope there does.
    Case = 1,
    /// Codes that somebody uses: those right below the code, or at the top of the codebook.
    Code = 2,
    /// Conversations with people of the scope.
    Source = 3,
}

/// Who is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ClaimState {
    /// Those who affirm it, without a condition.
    #[default]
    Affirm = 0,
    /// Those who deny it, without a condition.
    Deny = 1,
    /// Those who affirm and deny it, or affirm it on a condition.
    Mixed = 2,
}

/// How a claim can be tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ClaimKind {
    /// So many people or cases.
    Count = 0,
    /// So large a part of those who were asked.
    Share = 1,
    /// All of them.
    All = 2,
    /// None of them.
    None = 3,
    /// At least one.
    Exists = 4,
    /// Exactly these people, or exactly these cases.
    Set = 5,
    /// These and no others.
    Only = 6,
    /// More than half of them, or more of them than say anything else beside it in the codebook.
    Mainly = 7,
    /// More, fewer or as many as for another group or code.
    Compare = 8,
    /// Agreement within a group.
    Consensus = 9,
    /// Which set of people the number is out of.
    Denominator = 10,
    /// What a script says.
    Custom = 11,
}
