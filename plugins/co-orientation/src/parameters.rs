//! Which choices does a researcher have?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which views are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// Only this code and those below it; empty: all.
    pub below: String,
    /// What it means when somebody was asked for a view and did not mention it.
    pub silence: Silence,
}

/// What silence on a question means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The view is not known: silence is no denial.
    #[default]
    LeftOut,
    /// They do not think so.
    No,
}
