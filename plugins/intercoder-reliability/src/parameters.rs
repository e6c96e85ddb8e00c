//! Which choices does a researcher have?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How coders are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// What coders are compared on: `excerpt`, `speaker`, or `automatic`: the excerpt where most
    /// statements of sources with two coders name one, else the speaker.
    pub unit: UnitChoice,
    /// What becomes of units that nobody coded: `leave_out`, or `count` them as agreement.
    pub uncoded: Uncoded,
    /// How many times the units are drawn again for the intervals.
    #[schemars(range(min = 99, max = 100_000))]
    pub draws: u32,
    /// How much of the resampled values an interval holds, in percent.
    #[schemars(range(min = 50, max = 99))]
    pub level: u32,
    /// How many disagreements are listed, the worst first; the rest is counted.
    #[schemars(range(min = 0, max = 100_000))]
    pub most_rows: u32,
}

/// What coders are compared on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitChoice {
    /// The excerpt where most statements name one, else the speaker.
    #[default]
    Automatic,
    /// The excerpt that a statement was coded from.
    Excerpt,
    /// All that one speaker says in one source.
    Speaker,
}

/// What becomes of units of sources with two coders that nobody gave a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Uncoded {
    /// They do not count: nothing shows that anybody looked at them.
    #[default]
    LeaveOut,
    /// All coders agreed that no code applies.
    Count,
}

impl Uncoded {
    /// The choice that was not made.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::LeaveOut => Self::Count,
            Self::Count => Self::LeaveOut,
        }
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            unit: UnitChoice::default(),
            uncoded: Uncoded::default(),
            draws: 1000,
            level: 95,
            most_rows: 50,
        }
    }
}
