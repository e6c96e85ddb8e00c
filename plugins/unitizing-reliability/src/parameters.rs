//! Which choices does a researcher have?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::matching::Threshold;

/// How passages are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// From which intersection over union on two passages count as the same: an exact fraction
    /// above 0 and at most 1, such as `1/2`.
    pub match_at: MatchAt,
    /// How many differences the tables list, the worst first; the rest is counted.
    #[schemars(range(min = 1, max = 10_000))]
    pub most_rows: usize,
    /// How many times the double-coded sources are drawn again for the intervals.
    #[schemars(range(min = 99, max = 100_000))]
    pub draws: u32,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { match_at: MatchAt(Threshold::HALF), most_rows: 50, draws: 999 }
    }
}

/// A threshold as it is written in a study: two whole numbers with a stroke between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(inline, extend("type" = "string", "pattern" = "^[1-9][0-9]{0,8}/[1-9][0-9]{0,8}$"))]
pub struct MatchAt(#[schemars(with = "String")] pub Threshold);

impl TryFrom<String> for MatchAt {
    type Error = &'static str;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        let parts = written.split_once('/');
        let parts = parts.and_then(|(part, whole)| part.parse().ok().zip(whole.parse().ok()));
        let threshold = parts.and_then(|(part, whole)| Threshold::new(part, whole));
        threshold.map(Self).ok_or("`match_at` must be a fraction above 0 and at most 1, as in 1/2")
    }
}

impl From<MatchAt> for String {
    fn from(MatchAt(threshold): MatchAt) -> Self {
        threshold.written()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_an_exact_fraction() {
        let read = |written: &str| MatchAt::try_from(written.to_owned());
        assert_eq!(read("1/2"), Ok(MatchAt(Threshold::HALF)));
        assert_eq!(read("2/3").map(String::from).as_deref(), Ok("2/3"));
        for wrong in ["0/1", "3/2", "0.5", "1/0", "", "-1/2"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
