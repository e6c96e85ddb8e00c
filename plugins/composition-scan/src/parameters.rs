//! Which choices does a researcher have?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is scanned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// Which titles count as a feature of a case: of each role that has somebody at every case and
    /// whose people go by several titles, the most common one (`leading`), `each` of them, or
    /// `none`.
    pub titles: Titles,
    /// Only codes below this one; empty for all.
    pub below: String,
    /// How many relabellings of the cases are drawn where there are too many to count all of them.
    #[schemars(range(min = 99, max = 1_000_000))]
    pub permutations: u32,
}

/// Which titles count as a feature of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Titles {
    /// The most common title of a role; every one of them when several are equally common.
    #[default]
    Leading,
    /// Each title of a role.
    Each,
    /// No title.
    None,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { titles: Titles::default(), below: String::new(), permutations: 9999 }
    }
}
