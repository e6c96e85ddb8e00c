//! Which choices does a researcher have?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// On what agreement is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// Only codes below this one; empty for all.
    pub below: String,
    /// Exactly these codes, instead of those below one; empty for none in particular.
    pub codes: Vec<String>,
    /// What people say of themselves or as their own view (`own`), what they say of others
    /// (`others`), or `both`.
    pub whose: Whose,
    /// The code under which people say that they perceive disagreement at their case; empty for
    /// none. It is compared with whether they do disagree.
    pub perceived: String,
    /// How many relabellings are drawn where there are too many to count all of them.
    #[schemars(range(min = 99, max = 1_000_000))]
    pub permutations: u32,
}

/// Whose part is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The speakers' own part, or their own view.
    #[default]
    Own,
    /// What they say of others.
    Others,
    /// Each, as items of their own.
    Both,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            below: String::new(),
            codes: Vec::new(),
            whose: Whose::default(),
            perceived: String::new(),
            permutations: 9999,
        }
    }
}
