//! What may stand in a row of statements and of the excerpts behind them?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One statement: a speaker says that a bearer has a duty, a right, …, with a stance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRow {
    /// Its id.
    pub id: String,
    /// The source; the speaker's only source when it is blank.
    #[serde(default)]
    pub source: Option<String>,
    /// Who says it: a participant, or `doc:` and a source.
    pub speaker: String,
    /// What it is about: a code.
    pub code: String,
    /// What is ascribed.
    #[serde(default)]
    pub modality: Modality,
    /// Who has the duty or right: `self`, `we`, `others`, `all`, a participant or a role.
    #[serde(default)]
    pub bearer: Option<String>,
    /// To whom it is owed, written like a bearer.
    #[serde(default)]
    pub counterparty: Option<String>,
    /// Whether the speaker affirms it, denies it, or both.
    #[serde(default)]
    pub stance: Stance,
    /// When it holds and when not; needed for `mixed`.
    #[serde(default)]
    pub condition: Option<String>,
    /// 0: the speaker's own view. 1: what they think another thinks. 2: what they think another
    /// thinks they think.
    #[serde(default)]
    #[schemars(range(min = 0, max = 2))]
    pub perspective: u8,
    /// Whose view it is when the perspective is above 0: a participant or a role.
    #[serde(default)]
    pub attributed_to: Option<String>,
    /// How strong the evidence is.
    #[serde(default)]
    pub evidence: Strength,
    /// An answer on a scale, for surveys.
    #[serde(default)]
    pub value: Option<f64>,
    /// Where it starts in the source, in characters from 0.
    #[serde(default)]
    pub start: Option<u32>,
    /// Where it ends in the source, in characters from 0.
    #[serde(default)]
    pub end: Option<u32>,
    /// Who coded it.
    #[serde(default)]
    pub coder: Option<String>,
    /// A paraphrase.
    #[serde(default)]
    pub note: Option<String>,
    /// Where the rule comes from.
    #[serde(default)]
    pub moral_order: Option<MoralOrder>,
    /// The storyline it belongs to.
    #[serde(default)]
    pub storyline: Option<String>,
    /// `group:option` of the alternatives in `study.yaml`, for an uncertain passage.
    #[serde(default)]
    pub alternative: Option<String>,
    /// The excerpt it was coded from.
    #[serde(default)]
    pub excerpt: Option<String>,
    /// Where it stands in the material, for people.
    #[serde(default, rename = "ref")]
    pub reference: Option<String>,
}

/// What a statement ascribes to its bearer.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Modality {
    /// What the bearer owes others.
    Duty = 0,
    /// What the bearer may claim from others.
    Right = 1,
    /// What the bearer may do.
    Permission = 2,
    /// What the bearer must not do.
    Prohibition = 3,
    /// What the bearer does.
    Enact = 4,
    /// What the speaker thinks the bearer will do.
    Anticipate = 5,
    /// What the speaker would like the bearer to do.
    Prefer = 6,
    /// A perception or an evaluation; it has no bearer.
    #[default]
    View = 7,
}

impl Modality {
    /// The word for it, as `statements.csv` writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Right => "right",
            Self::Permission => "permission",
            Self::Prohibition => "prohibition",
            Self::Enact => "enact",
            Self::Anticipate => "anticipate",
            Self::Prefer => "prefer",
            Self::View => "view",
        }
    }
}

/// Whether a speaker affirms what is ascribed.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Stance {
    /// Says so.
    #[default]
    Affirm = 0,
    /// Says that it is not so.
    Deny = 1,
    /// Says that it depends; the condition says on what.
    Mixed = 2,
}

/// How strong the evidence for a statement is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Strength {
    /// In the speaker's own words.
    Quoted = 0,
    /// Reported as said.
    #[default]
    Reported = 1,
    /// Follows from what was said.
    Implicit = 2,
    /// Concluded by the researcher.
    Inferred = 3,
    /// Put together from damaged or partial material.
    Reconstructed = 4,
}

impl Strength {
    /// Every strength, from the strongest to the weakest.
    pub const ALL: [Self; 5] =
        [Self::Quoted, Self::Reported, Self::Implicit, Self::Inferred, Self::Reconstructed];

    /// Its name in a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Reported => "reported",
            Self::Implicit => "implicit",
            Self::Inferred => "inferred",
            Self::Reconstructed => "reconstructed",
        }
    }

    /// The strength with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strength| strength.name() == name)
    }
}

/// Where the rule behind a statement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum MoralOrder {
    /// Culture.
    Cultural = 0,
    /// Law.
    Legal = 1,
    /// An institution's rules.
    Institutional = 2,
    /// The conversation itself.
    Conversational = 3,
    /// A person's own standards.
    Personal = 4,
}

/// One stretch of a source that a researcher marked: the home of quotations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExcerptRow {
    /// Its id.
    pub id: String,
    /// The source it stands in.
    #[serde(default)]
    pub source: Option<String>,
    /// Who speaks; blank when nobody knows.
    #[serde(default)]
    pub speaker: Option<String>,
    /// The role of an unknown speaker, where it is known.
    #[serde(default)]
    pub role: Option<String>,
    /// The codes it was given, separated by spaces.
    #[serde(default)]
    pub codes: Option<String>,
    /// Where it starts in the source, in characters from 0.
    #[serde(default)]
    pub start: Option<u32>,
    /// Where it ends in the source, in characters from 0.
    #[serde(default)]
    pub end: Option<u32>,
    /// The words, or a paraphrase.
    #[serde(default)]
    pub text: Option<String>,
    /// Where it stands in the material, for people.
    #[serde(default, rename = "ref")]
    pub reference: Option<String>,
}
