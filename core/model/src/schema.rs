//! What does each file of a study, of an analysis and of a run look like, as JSON Schema?
//!
//! The schemas come from the very types that are read and written; `schemas/` holds them as files.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value as Json;

use crate::analysis::Manifest;
use crate::document::FindingsDocument;
use crate::finding::Finding;
use crate::row::{
    CaseRow, ClaimRow, CodeRow, ConstraintRow, CoverageRow, EventRow, ExcerptRow, ParticipantRow,
    SourceRow, StatementRow,
};
use crate::settings::Settings;

/// Every schema with the name of its file in `schemas/`.
///
/// The one of `study.yaml` is draft-07, which editors read; the others are draft 2020-12. The one
/// of `findings.json` describes what is written, so every field is required there; the others
/// describe what is read, so fields with a default are not.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Json)> {
    vec![
        ("study.schema.json", generate::<Settings>(SchemaSettings::draft07())),
        ("participants.schema.json", row::<ParticipantRow>()),
        ("codes.schema.json", row::<CodeRow>()),
        ("statements.schema.json", row::<StatementRow>()),
        ("cases.schema.json", row::<CaseRow>()),
        ("sources.schema.json", row::<SourceRow>()),
        ("excerpts.schema.json", row::<ExcerptRow>()),
        ("coverage.schema.json", row::<CoverageRow>()),
        ("constraints.schema.json", row::<ConstraintRow>()),
        ("claims.schema.json", row::<ClaimRow>()),
        ("events.schema.json", row::<EventRow>()),
        ("manifest.schema.json", row::<Manifest>()),
        ("finding.schema.json", row::<Finding>()),
        ("findings.schema.json", written::<FindingsDocument>()),
    ]
}

fn row<T: JsonSchema>() -> Json {
    generate::<T>(SchemaSettings::draft2020_12())
}

fn written<T: JsonSchema>() -> Json {
    generate::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn generate<T: JsonSchema>(settings: SchemaSettings) -> Json {
    Schema::to_value(settings.into_generator().into_root_schema_for::<T>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schema_says_which_draft_it_is_and_what_it_describes() {
        for (name, schema) in schemas() {
            let draft = schema["$schema"].as_str().unwrap_or_default();
            let expected = if name == "study.schema.json" { "draft-07" } else { "2020-12" };
            assert!(draft.contains(expected), "{name} is {draft}");
            assert!(schema["description"].is_string(), "{name} has no description");
        }
    }
}
