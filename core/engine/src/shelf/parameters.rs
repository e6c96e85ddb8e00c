//! Which parameters does an analysis run with, and which choices does it not allow?

use std::collections::BTreeMap;
use std::fmt;

use jsonschema::Validator;
use jsonschema::error::{ValidationError, ValidationErrorKind};
use serde_json::{Map, Value as Json};

/// The parameters an analysis can have.
#[derive(Debug)]
pub struct Parameters {
    validator: Validator,
    defaults: Map<String, Json>,
}

/// One choice that an analysis does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongParameter {
    /// Where it stands below `parameters:`, such as `linkage` or `codes/2`; empty: all together.
    pub path: String,
    /// What is wrong with it, as the rest of a sentence that begins with its name.
    pub message: String,
}

impl fmt::Display for WrongParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "the parameter `{path}` {}", self.message),
        }
    }
}

impl Parameters {
    /// The parameters that a JSON Schema describes.
    ///
    /// # Errors
    /// When it is no schema of an object whose properties all have a default that it allows.
    pub fn of(schema: &Json) -> Result<Self, String> {
        if !is_bounded(schema) {
            return Err(
                "its parameters have a JSON Schema that refers to itself, or to so much that \
                 nobody could check it"
                    .to_owned(),
            );
        }
        let validator = jsonschema::draft202012::new(schema)
            .map_err(|e| format!("its parameters are no JSON Schema: {e}"))?;
        if schema["type"] != "object" {
            return Err("its parameters are not described as an object".to_owned());
        }
        let mut defaults = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let default = property
                .get("default")
                .ok_or_else(|| format!("its parameter `{name}` has no default"))?;
            defaults.insert(name.clone(), default.clone());
        }
        let parameters = Self { validator, defaults };
        match parameters.with_defaults(&Map::new()) {
            Ok(_) => Ok(parameters),
            Err(wrong) => {
                let wrong: Vec<String> = wrong.iter().map(ToString::to_string).collect();
                Err(format!("its schema does not allow its own defaults: {}", wrong.join("; ")))
            }
        }
    }

    /// The chosen parameters, with the defaults of the others.
    ///
    /// # Errors
    /// Every choice that the schema does not allow.
    pub fn with_defaults(
        &self,
        chosen: &Map<String, Json>,
    ) -> Result<Map<String, Json>, Vec<WrongParameter>> {
        let mut all = self.defaults.clone();
        all.extend(chosen.clone());
        let document = Json::Object(all);
        let wrong: Vec<WrongParameter> =
            self.validator.iter_errors(&document).map(|error| self.wrong(&error)).collect();
        match document {
            Json::Object(all) if wrong.is_empty() => Ok(all),
            _ => Err(wrong),
        }
    }

    fn wrong(&self, error: &ValidationError<'_>) -> WrongParameter {
        let path = error.instance_path().as_str().trim_start_matches('/').to_owned();
        let message = match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let known = names(self.defaults.keys());
                let unexpected = names(unexpected);
                match (path.as_str(), known.as_str()) {
                    ("", "") => format!("there is no parameter {unexpected}: it takes none"),
                    ("", _) => format!("there is no parameter {unexpected}: it takes {known}"),
                    _ => format!("has no field {unexpected}"),
                }
            }
            ValidationErrorKind::Enum { options } => {
                format!("must be {}", choices(options.as_array().into_iter().flatten()))
            }
            ValidationErrorKind::OneOfNotValid { context }
            | ValidationErrorKind::AnyOf { context } => {
                let options = context.iter().flatten().filter_map(|error| match error.kind() {
                    ValidationErrorKind::Constant { expected_value } => Some(&**expected_value),
                    _ => None,
                });
                match choices(options) {
                    options if options.is_empty() => format!("cannot be {}", error.instance()),
                    options => format!("must be {options}"),
                }
            }
            _ => format!("cannot be used: {error}"),
        };
        WrongParameter { path, message }
    }
}

/// How many steps a check of parameters may take at most.
const STEPS: u64 = 100_000;

/// Whether the check of a document by a schema comes to an end soon: what refers to itself may never,
/// and what refers twice to something that does so again doubles with each step.
fn is_bounded(schema: &Json) -> bool {
    let mut known = BTreeMap::new();
    steps(schema, schema, &mut known).is_some_and(|steps| steps <= STEPS)
}

/// How many schemas stand in one, with those that it refers to; none for one that refers to itself.
fn steps<'s>(
    root: &'s Json,
    part: &'s Json,
    known: &mut BTreeMap<&'s str, Option<u64>>,
) -> Option<u64> {
    match part {
        Json::Object(fields) => {
            let mut sum = 1_u64;
            for (name, field) in fields {
                let more = match (name.as_str(), field) {
                    ("$ref" | "$dynamicRef", Json::String(to)) => referred(root, to, known)?,
                    _ => steps(root, field, known)?,
                };
                sum = sum.saturating_add(more);
            }
            Some(sum)
        }
        Json::Array(parts) => parts
            .iter()
            .try_fold(0_u64, |sum, part| Some(sum.saturating_add(steps(root, part, known)?))),
        _ => Some(0),
    }
}

fn referred<'s>(
    root: &'s Json,
    to: &'s str,
    known: &mut BTreeMap<&'s str, Option<u64>>,
) -> Option<u64> {
    if let Some(&steps) = known.get(to) {
        return steps;
    }
    // As long as it is looked into, it would refer to itself.
    known.insert(to, None);
    // What is somewhere else is refused by the schema's own check.
    let part = to.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
    let found = match part {
        Some(part) => steps(root, part, known),
        None => Some(0),
    };
    known.insert(to, found);
    found
}

fn names<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn choices<'v>(options: impl Iterator<Item = &'v Json>) -> String {
    let options: Vec<String> = options
        .map(|option| match option {
            Json::String(text) => format!("`{text}`"),
            other => format!("`{other}`"),
        })
        .collect();
    match options.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, schema_for};
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;

    #[derive(Default, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "snake_case")]
    enum Linkage {
        /// The mean of all distances.
        #[default]
        Average,
        /// The largest distance.
        Complete,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Chosen {
        #[serde(default)]
        linkage: Linkage,
        #[serde(default)]
        #[schemars(range(max = 20))]
        groups: u32,
        #[serde(default)]
        code: Option<String>,
    }

    fn object(json: &Json) -> Map<String, Json> {
        json.as_object().cloned().expect("is an object")
    }

    #[test]
    fn what_nobody_chose_takes_its_default() {
        let parameters = Parameters::of(&schema_for!(Chosen).to_value()).expect("is a schema");
        let all = parameters.with_defaults(&object(&json!({ "groups": 3 }))).expect("is allowed");
        assert_eq!(Json::Object(all), json!({ "linkage": "average", "groups": 3, "code": null }));
    }

    #[test]
    fn every_wrong_choice_is_named() {
        let parameters = Parameters::of(&schema_for!(Chosen).to_value()).expect("is a schema");
        let said = |chosen: &Json| {
            let wrong = parameters.with_defaults(&object(chosen)).expect_err("is not allowed");
            wrong.iter().map(|wrong| format!("{wrong}\n")).collect::<String>()
        };
        let chosen = json!({ "linkage": "single", "groups": 21, "code": 4, "k": 1 });
        insta::assert_snapshot!(said(&chosen), @r#"
        the parameter `code` cannot be used: 4 is not of types "null", "string"
        the parameter `groups` cannot be used: 21 is greater than the maximum of 20
        the parameter `linkage` must be `average` or `complete`
        there is no parameter `k`: it takes `code`, `groups`, `linkage`
        "#);
        insta::assert_snapshot!(said(&json!({ "groups": "three" })), @r#"the parameter `groups` cannot be used: "three" is not of type "integer""#);
    }

    #[test]
    fn a_list_is_no_object_and_a_format_is_no_rule() {
        // serde alone takes `[]` for a struct whose fields all have defaults.
        let schema = json!({
            "type": "object",
            "properties": {
                "inner": { "type": "object", "default": {} },
                "count": { "type": "integer", "format": "uint8", "default": 0 },
                "mail": { "type": "string", "format": "email", "default": "" },
            },
        });
        let parameters = Parameters::of(&schema).expect("is a schema");
        let wrong = parameters.with_defaults(&object(&json!({ "inner": [] })));
        let said = wrong.expect_err("is not allowed")[0].to_string();
        assert_eq!(said, r#"the parameter `inner` cannot be used: [] is not of type "object""#);
        let chosen = object(&json!({ "count": 300, "mail": "none" }));
        assert!(parameters.with_defaults(&chosen).is_ok(), "formats explain, they do not refuse");
    }

    #[test]
    fn a_schema_that_does_not_hold_is_refused() {
        let refused = |schema: &Json| Parameters::of(schema).map(drop).expect_err("is refused");
        insta::assert_snapshot!(refused(&json!({ "type": "lots" })), @r#"its parameters are no JSON Schema: "lots" is not valid under any of the schemas listed in the 'anyOf' keyword"#);
        insta::assert_snapshot!(refused(&json!({ "type": "array" })), @"its parameters are not described as an object");
        let level = |at: u32| {
            (
                format!("l{at}"),
                json!({ "anyOf": [
            { "$ref": format!("#/$defs/l{}", at + 1) }, { "$ref": format!("#/$defs/l{}", at + 1) }
        ] }),
            )
        };
        let mut levels: Map<String, Json> = (0..30).map(level).collect();
        levels.insert("l30".to_owned(), json!({ "type": "integer" }));
        let wide = json!({
            "type": "object", "$defs": levels,
            "properties": { "a": { "$ref": "#/$defs/l0", "default": 1 } },
        });
        insta::assert_snapshot!(refused(&wide), @"its parameters have a JSON Schema that refers to itself, or to so much that nobody could check it");
        let own =
            json!({ "type": "object", "properties": { "a": { "$ref": "#", "default": {} } } });
        assert_eq!(refused(&own), refused(&wide));
        let open = json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
        insta::assert_snapshot!(refused(&open), @"its parameter `a` has no default");
        let own = json!({
            "type": "object", "properties": { "a": { "type": "integer", "default": "x" } },
        });
        insta::assert_snapshot!(refused(&own), @r#"its schema does not allow its own defaults: the parameter `a` cannot be used: "x" is not of type "integer""#);
    }
}
