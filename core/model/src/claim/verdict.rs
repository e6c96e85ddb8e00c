//! Which verdicts are there on a claim, and which further checks?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What comes of testing a claim.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// True in every world that statements and constraints allow.
    Supported,
    /// True in no such world, or at odds with another claim of the same report.
    Contradicted,
    /// True in some worlds and not in others.
    Undetermined,
    /// It speaks of people or cases that the sample does not have.
    PresuppositionFailed,
    /// Nothing in the data bears on it.
    Unsupported,
    /// The report says it more strongly or more weakly in one section than in another.
    Drift,
    /// The tables of a study have no place for what it is about.
    NotCheckable,
    /// It fits rows that were entered from the very sentence: this confirms nothing.
    AsEntered,
}

impl Verdict {
    /// Every verdict, in the order in which checklists count them.
    pub const ALL: [Self; 8] = [
        Self::Supported,
        Self::Contradicted,
        Self::Undetermined,
        Self::PresuppositionFailed,
        Self::Unsupported,
        Self::Drift,
        Self::NotCheckable,
        Self::AsEntered,
    ];

    /// The word that files have for it, such as `presupposition_failed`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Undetermined => "undetermined",
            Self::PresuppositionFailed => "presupposition_failed",
            Self::Unsupported => "unsupported",
            Self::Drift => "drift",
            Self::NotCheckable => "not_checkable",
            Self::AsEntered => "as_entered",
        }
    }

    /// Whether the claim cannot stand as it is written: the data or its own report speak against
    /// it, or it speaks of people who are not there.
    #[must_use]
    pub fn is_refuted(self) -> bool {
        matches!(self, Self::Contradicted | Self::PresuppositionFailed)
    }
}

/// What is looked at beside the verdict.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Every role at a case that a claim speaks of has somebody in the sample.
    Presupposition,
    /// Which set of people makes the reported number true.
    Denominator,
    /// Parts that a report counts sum to their whole.
    Partition,
    /// A printed percentage can come from a printed fraction (Brown & Heathers 2017).
    Percentage,
    /// So many people together can have made so many mentions.
    Union,
    /// Conversations and people fit, once joint interviews are counted as one.
    JointInterview,
    /// The same thing is said more strongly or more weakly elsewhere.
    Drift,
    /// One name stands for two things.
    Alias,
    /// A claim rests on a code that was removed from the codebook.
    RemovedCode,
    /// A code in use that the published codebook does not have.
    UncodebookedCode,
    /// A code of the codebook of which the report never speaks.
    UnreportedCode,
    /// A name that the study says is hidden.
    Identifier,
    /// Silence was counted as an answer.
    Silence,
    /// Something is wrong in the row of a claim, which was therefore not tested.
    Mistake,
}
