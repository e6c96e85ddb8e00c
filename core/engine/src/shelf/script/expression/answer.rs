//! What did the script of a claim give, and what does that say of the claim?

use parallax_model::{Evidence, Number};
use rhai::{Dynamic, EvalAltResult, Map};

use crate::shelf::script::fault::{beyond_limit, stop, type_name};
use crate::shelf::script::outcome::MOST;
use crate::shelf::script::problem::did_you_mean;
use crate::shelf::words;

/// What the script of a claim says of a reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Whether the claim holds; `None` where the data leave it open, and where only a number was
    /// given.
    pub holds: Option<bool>,
    /// The number that it is about. One that is not available says why.
    pub value: Option<Number>,
    /// What it rests on, in the order in which the script gave it.
    pub evidence: Vec<Evidence>,
    /// Whether the value still has to be compared with what the report says: the script gave a
    /// number, and said nothing of whether the claim holds.
    pub by_value: bool,
}

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// What the map of an answer can have.
const NAMES: [&str; 3] = ["holds", "value", "evidence"];

/// What a value says of a claim.
///
/// # Errors
/// What is expected, when it says nothing of one.
pub(super) fn of(given: Dynamic) -> Result<Answer> {
    if given.is_unit() || given.is_bool() {
        return Ok(Answer { holds: holds(&given)?, ..Answer::default() });
    }
    if let Some(value) = words::number(&given) {
        return Ok(Answer { value: Some(value), by_value: true, ..Answer::default() });
    }
    if given.is_map() {
        return of_map(&given.cast::<Map>());
    }
    if type_name(given.type_name()) == "a Test" {
        let message = "a test of a column says which rows it takes, not whether a claim holds";
        let help = "count the rows, as in `reading.statements().filter(…).count() > 0`";
        return Err(stop(message, Some(help.to_owned())));
    }
    Err(expected("a claim", "", &given, EXPECTED))
}

/// What a script can end with.
const EXPECTED: &str = "end with a comparison, a count, a fraction or bounds, `()` where the data \
                        leave it open, or a map such as `#{ holds: n > 3, value: n }`";

fn of_map(map: &Map) -> Result<Answer> {
    let unknown = map.keys().find(|name| !NAMES.contains(&name.as_str()));
    if let Some(name) = unknown {
        let known = || format!("it can have `{}`", NAMES.join("`, `"));
        let help = did_you_mean(name, NAMES).unwrap_or_else(known);
        return Err(stop(format!("the answer of a claim has no `{name}`"), Some(help)));
    }
    if map.is_empty() {
        return Err(stop("the answer of a claim is an empty map", Some(EXPECTED.to_owned())));
    }
    let value = map.get("value").filter(|value| !value.is_unit()).map(|value| {
        let help = "numbers are whole, or come from `fraction`, `range`, `decimal` or \
                    `not_available`";
        words::number(value).ok_or_else(|| expected("`value`", " a number", value, help))
    });
    let evidence = map.get("evidence").map(words::evidence).transpose()?.unwrap_or_default();
    if evidence.len() > MOST {
        return Err(beyond_limit(format!("a claim rests on more than {MOST} rows")));
    }
    let value = value.transpose()?;
    Ok(Answer {
        holds: map.get("holds").map_or(Ok(None), holds)?,
        by_value: value.is_some() && !map.contains_key("holds"),
        value,
        evidence,
    })
}

/// True, false, or left open.
fn holds(given: &Dynamic) -> Result<Option<bool>> {
    if given.is_unit() {
        return Ok(None);
    }
    let help = "compare it with something, as in `n > 0`; `at_least`, `at_most` and `equals` also \
                compare bounds";
    let wrong = |_| expected("`holds`", " true, false or `()`", given, help);
    given.as_bool().map(Some).map_err(wrong)
}

/// That something else was given than `what` takes.
fn expected(what: &str, takes: &str, given: &Dynamic, help: &str) -> Box<EvalAltResult> {
    let given = match given.type_name() {
        "f64" => "a decimal number without its rule".to_owned(),
        other => type_name(other),
    };
    let message = match takes {
        "" => format!("{given} does not say whether {what} holds"),
        takes => format!("{what} is{takes}, not {given}"),
    };
    stop(message, Some(help.to_owned()))
}
