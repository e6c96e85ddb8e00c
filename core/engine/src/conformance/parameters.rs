//! Does a plugin stand parameters that its schema does not allow?
//!
//! The program never hands such over. A plugin that relies on it is one slip of its own schema away
//! from a crash.

use std::path::Path;

use serde_json::{Map, Value as Json, json};

use super::ran::{Fault, How, Tried};
use super::readings;
use crate::shelf::Lending;
use crate::shelf::library::trial::Tables;

/// Ways to be wrong, by name.
pub(super) const WRONG: [&str; 11] = [
    "a list",
    "null",
    "a number",
    "a text",
    "objects for values",
    "lists for values",
    "texts for values",
    "null for values",
    "huge numbers",
    "deep nesting",
    "unknown names",
];

/// Whether it ends well without any parameter, though each has a default.
pub(super) fn missing_parameters(library: &Path) -> Result<String, String> {
    let tried = Tried::of(library)?;
    ends_well(&tried, "{}", &Map::new()).map_err(|what| {
        format!(
            "without parameters {what}; where PARALLAX_ABSENT comes back, take the default that the \
             schema names"
        )
    })
}

/// Whether it ends well with parameters that its schema does not allow.
pub(super) fn bad_parameters(library: &Path, only: Option<&str>) -> Result<String, String> {
    let tried = Tried::of(library)?;
    for name in WRONG.into_iter().filter(|name| only.is_none_or(|only| only == *name)) {
        let (json, parameters) = wrong(name, &tried.defaults);
        ends_well(&tried, &json, &parameters).map_err(|what| {
            format!(
                "with parameters that its schema does not allow ({name}) {what}; look at what each \
                 function of the job returns, and return PARALLAX_FAILED with a reason"
            )
        })?;
    }
    Ok(format!("{} kinds", WRONG.len()))
}

/// Runs it; any end is well that says what happened.
fn ends_well(tried: &Tried, json: &str, parameters: &Map<String, Json>) -> Result<String, String> {
    let reading = readings::rich(20);
    let lending = Lending::of(&reading);
    let lent = lending.loaded().map_err(ToString::to_string)?;
    let how = How { json: json.to_owned(), parameters, ..tried.usual() };
    match tried.beside_the_plain(tried.run_on(Tables::Ours(lent), &how)) {
        Ok(answer) => Ok(answer.told()),
        Err(Fault::Failed(_)) => Ok("it refuses them, and says why".to_owned()),
        Err(fault) => Err(fault.told().to_owned()),
    }
}

/// Parameters that are wrong in this way: as JSON, and as the functions of a job read them.
fn wrong(way: &str, defaults: &Map<String, Json>) -> (String, Map<String, Json>) {
    let each = |value: fn(&Json) -> Json| {
        let all: Map<String, Json> =
            defaults.iter().map(|(name, usual)| (name.clone(), value(usual))).collect();
        (Json::Object(all.clone()).to_string(), all)
    };
    let whole = |json: &str| (json.to_owned(), Map::new());
    match way {
        "a list" => whole("[]"),
        "null" => whole("null"),
        "a number" => whole("-1e308"),
        "a text" => whole("\"parameters\""),
        "objects for values" => each(|_| json!({ "a": { "b": [1] } })),
        "lists for values" => each(|_| json!([[], 1, "x", null])),
        "texts for values" => each(|_| json!("é".repeat(10_000))),
        "null for values" => each(|_| Json::Null),
        "huge numbers" => each(|usual| match usual {
            Json::Number(number) if number.is_f64() => json!(-1.7e308),
            _ => json!(i64::MIN),
        }),
        "deep nesting" => {
            let (_, all) = each(|_| (0..60).fold(json!(1), |inner, _| json!([inner])));
            let (open, close) = ("[".repeat(20_000), "]".repeat(20_000));
            let name = defaults.keys().next().map_or("a", String::as_str);
            (format!("{{{}:{open}{close}}}", json!(name)), all)
        }
        _ => {
            let mut all = defaults.clone();
            all.insert("of-a-later-version".to_owned(), json!({ "on": true }));
            (Json::Object(all.clone()).to_string(), all)
        }
    }
}
