//! Which choices does a researcher have?

use parallax_plugin::model::row::Modality;
use parallax_plugin::model::settings::Unit as StudyUnit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::distance::Metric;
use crate::linkage::Linkage;

/// How positions are compared and clustered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// What is clustered: what the study counts, each person, or each role at a case.
    pub unit: UnitChoice,
    /// How the claims of two units are compared.
    pub distance: Metric,
    /// What the distance between two clusters is.
    pub linkage: Linkage,
    /// How many clusters; absent: as many as there are formal roles with units. It is never chosen
    /// from the data.
    #[schemars(range(min = 1))]
    pub k: Option<usize>,
    /// Which self-ascriptions make a position.
    #[schemars(length(min = 1))]
    pub modalities: Vec<Modality>,
    /// How many relabellings are drawn where there are too many to count all of them.
    #[schemars(range(min = 99, max = 1_000_000))]
    pub permutations: u32,
}

/// What is clustered.
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
            distance: Metric::default(),
            linkage: Linkage::default(),
            k: None,
            modalities: vec![
                Modality::Duty,
                Modality::Right,
                Modality::Permission,
                Modality::Prohibition,
                Modality::Enact,
            ],
            permutations: 9999,
        }
    }
}
