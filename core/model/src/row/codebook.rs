//! What may stand in a row of codes?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::row::statement::Stance;

/// One code of the codebook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeRow {
    /// Its id, such as `P.task.MON`.
    pub id: String,
    /// The code above it.
    #[serde(default)]
    pub parent: Option<String>,
    /// What readers call it.
    #[serde(default)]
    pub label: Option<String>,
    /// When it applies, and when not.
    #[serde(default)]
    pub definition: Option<String>,
    /// Where it comes from.
    #[serde(default)]
    pub origin: Option<CodeOrigin>,
    /// Whether it is still part of the codebook.
    #[serde(default)]
    pub status: CodeStatus,
    /// Why it was removed.
    #[serde(default)]
    pub reason: Option<String>,
    /// The interview question that asks for it; blank: no question does.
    #[serde(default)]
    pub prompt: Option<String>,
    /// The research questions it serves, separated by `/` or spaces.
    #[serde(default)]
    pub rq: Option<String>,
    /// The code of which this one is an answer, for codebooks with answer codes.
    #[serde(default)]
    pub value_of: Option<String>,
    /// The stance that this answer code takes on `value_of`.
    #[serde(default)]
    pub value: Option<Stance>,
}

/// Where a code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum CodeOrigin {
    /// From theory, before the material was read.
    Deductive = 0,
    /// From the material.
    Inductive = 1,
    /// Used in a table of the report, absent from its codebook.
    TableOnly = 2,
    /// Named in the running text of the report only.
    Prose = 3,
}

/// Whether a code is still part of the codebook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodeStatus {
    /// In use.
    #[default]
    Active,
    /// Taken out; statements under it are a warning.
    Removed,
}
