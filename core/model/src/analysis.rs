//! How does an analysis introduce itself, and what can come of it?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::finding::Finding;
use crate::text::Text;

/// What an analysis says of itself before it runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its id, which is also the stem of its file: `[a-z][a-z0-9-]*`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9-]*$"))]
    pub id: String,
    /// Its own version, such as `1.0.0`.
    pub version: String,
    /// Its title.
    pub title: Text,
    /// The question it answers, in one sentence.
    pub question: Text,
    /// How it answers.
    pub method: Text,
    /// What happens at the edges, a sentence each: few people, ties, silence, roles that are vacant.
    #[serde(default)]
    pub edge_cases: Vec<Text>,
    /// The works that the method rests on, as a reader looks them up: author, year, title, where.
    #[serde(default)]
    pub references: Vec<String>,
    /// The JSON Schema of its parameters: an object whose properties all have defaults.
    #[serde(default = "no_parameters")]
    pub parameters: Json,
    /// The wording of its findings, by name.
    pub templates: BTreeMap<String, Template>,
    /// The wording of its caveats, by name.
    #[serde(default)]
    pub caveats: BTreeMap<String, Text>,
    /// The wording of its measures, statuses, tables and columns, by name.
    #[serde(default)]
    pub words: BTreeMap<String, Text>,
}

/// How one kind of finding is worded; `{name}` stands for a value or a measure of the finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The finding's title.
    pub title: Text,
    /// A sentence that a researcher could put in a paper.
    pub sentence: Text,
}

fn no_parameters() -> Json {
    serde_json::json!({ "type": "object", "properties": {}, "additionalProperties": false })
}

/// What came of one analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// It ran; no findings means that there was nothing to find.
    Found(Vec<Finding>),
    /// The data do not allow it, and why.
    NotAvailable(String),
    /// It failed, and how; the other analyses are not touched by it.
    Failed(String),
}

/// Why an analysis gives no findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFindings {
    /// The data do not allow the analysis: the reason, for a reader.
    NotAvailable(String),
    /// The analysis failed: a lowercase fragment for "the analysis failed: …".
    Failed(String),
    /// It was asked to stop.
    Cancelled,
}

impl NoFindings {
    /// The data do not allow the analysis.
    #[must_use]
    pub fn not_available(reason: impl Into<String>) -> Self {
        Self::NotAvailable(reason.into())
    }

    /// The analysis failed.
    #[must_use]
    pub fn failed(reason: impl Into<String>) -> Self {
        Self::Failed(reason.into())
    }
}

impl std::fmt::Display for NoFindings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAvailable(reason) | Self::Failed(reason) => f.write_str(reason),
            Self::Cancelled => f.write_str("the analysis was cancelled"),
        }
    }
}

impl std::error::Error for NoFindings {}

impl From<crate::finding::NoEvidence> for NoFindings {
    fn from(problem: crate::finding::NoEvidence) -> Self {
        Self::Failed(problem.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_without_parameters_takes_none() {
        let json = r#"{"id":"a","version":"1.0.0","title":"A","question":"Q?","method":"M",
            "templates":{"t":{"title":"T","sentence":"S"}}}"#;
        let manifest: Manifest = serde_json::from_str(json).expect("reads");
        assert_eq!(manifest.parameters["additionalProperties"], false);
        assert_eq!(manifest.title.in_language("nl"), "A");
    }
}
