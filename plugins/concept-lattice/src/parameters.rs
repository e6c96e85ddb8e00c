//! Which choices does a researcher have?

use parallax_plugin::model::row::Modality;
use parallax_plugin::model::settings::Unit as StudyUnit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose bundles of which codes are looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// What takes a bundle: what the study counts, each person, or each role at a case.
    pub unit: UnitChoice,
    /// Which self-ascriptions count.
    #[schemars(length(min = 1))]
    pub modalities: Vec<Modality>,
    /// Only this code and those below it; empty: all.
    pub below: String,
    /// Up to so many exceptions, rules that most follow are reported too; 0: only rules without
    /// exception.
    #[schemars(range(max = 1000))]
    pub exceptions: usize,
    /// With more concepts, or more rules in the base, than this there is no answer: their number
    /// can double with every code.
    #[schemars(range(min = 1, max = 20_000))]
    pub most_concepts: usize,
    /// Bundles and rules that fewer units can bear out have no finding of their own.
    #[schemars(range(max = 1000))]
    pub least_units: usize,
    /// Up to so many bundles, and so many rules, have findings of their own: those with most
    /// support.
    #[schemars(range(max = 20_000))]
    pub most_findings: usize,
}

/// What takes a bundle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum UnitChoice {
    /// What `study.yaml` says.
    #[default]
    #[serde(rename = "study")]
    Study,
    /// Each person.
    #[serde(rename = "participant")]
    Participant,
    /// The people of one role at one case, taken together.
    #[serde(rename = "role@case")]
    RoleAtCase,
}

impl UnitChoice {
    /// The unit to take in a study that counts `study`.
    #[must_use]
    pub fn or(self, study: StudyUnit) -> StudyUnit {
        match self {
            Self::Study => study,
            Self::Participant => StudyUnit::Participant,
            Self::RoleAtCase => StudyUnit::RoleAtCase,
        }
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            unit: UnitChoice::default(),
            modalities: vec![
                Modality::Duty,
                Modality::Right,
                Modality::Permission,
                Modality::Prohibition,
                Modality::Enact,
            ],
            below: String::new(),
            exceptions: 0,
            most_concepts: 2000,
            least_units: 2,
            most_findings: 50,
        }
    }
}
