//! What does an analysis say of itself, parameters included?

use parallax_model::Manifest;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

/// The parameters of an analysis that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoParameters {}

/// A manifest from its text, with the JSON Schema of the parameters `P` filled in.
///
/// # Errors
/// When the text is no JSON, or no manifest.
pub fn manifest<P: JsonSchema>(text: &str) -> Result<Manifest, serde_json::Error> {
    let mut manifest: Manifest = serde_json::from_str(text)?;
    let generator = SchemaSettings::draft2020_12().into_generator();
    manifest.parameters = generator.into_root_schema_for::<P>().to_value();
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How to count.
    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Parameters {
        /// From how many on.
        #[serde(default)]
        at_least: u32,
    }

    #[test]
    fn the_parameters_are_those_of_the_type() {
        let text = r#"{"id":"a","version":"1.0.0","title":"A","question":"Q?","method":"M",
            "templates":{}}"#;
        let manifest = manifest::<Parameters>(text).expect("is a manifest");
        let at_least = &manifest.parameters["properties"]["at_least"];
        assert_eq!(at_least["description"], "From how many on.");
        assert_eq!(at_least["default"], 0);
    }
}
