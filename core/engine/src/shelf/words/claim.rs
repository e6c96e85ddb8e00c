//! What can a claim say of what the data leave open, and of what other claims report?
//!
//! These words know three values (Kleene 1952): `true`, `false`, and `()` where what is known allows
//! both. A comparison is true only when it is true whatever the number really is.

use std::cmp::Ordering;

use parallax_model::Number;
use rhai::{Array, Dynamic, NativeCallContext};

use super::arithmetic::bounds;
use super::finding::to_number;
use super::{Result, Vocabulary};
use crate::shelf::script::fault::{stop, type_name};
use crate::shelf::script::{Reported, Running, did_you_mean};

/// The words of claims.
pub(super) fn register(words: &mut Vocabulary) {
    register_comparisons(words);
    register_logic(words);
    words.function(
        "reported",
        "reported(claim)",
        "The number that another claim of `claims.csv` reports, by its id. Only the script of a \
         claim knows it.",
        r#"reported("c1") - 1  // 1"#,
        |context: NativeCallContext, claim: &str| -> Result<Number> {
            let reported = Running::of(&context).and_then(|running| running.reported);
            let reported = reported.ok_or_else(|| {
                let help = "write the number itself, or make it a parameter".to_owned();
                stop("only the script of a claim can ask what other claims report", Some(help))
            })?;
            reported.numbers.get(claim).cloned().ok_or_else(|| not_reported(&reported, claim))
        },
    );
}

fn register_comparisons(words: &mut Vocabulary) {
    words.function(
        "at_least",
        "at_least(number, least)",
        "Whether a number is so much or more: `true`, `false`, or `()` where its bounds allow both \
         or nothing is known of it.",
        r#"at_least(reading.cells(item("trust", "own")).mentions(reading.participants()), 1)  // true"#,
        |number: Dynamic, least: Dynamic| -> Result<Dynamic> {
            Ok(said(apart("at_least", &number, &least)?.and_then(at_least)))
        },
    );
    words.function(
        "at_most",
        "at_most(number, most)",
        "Whether a number is so much or less: `true`, `false`, or `()` where its bounds allow both \
         or nothing is known of it.",
        r#"at_most(reading.cells(item("trust", "own")).mentions(reading.participants()), 3)  // true"#,
        |number: Dynamic, most: Dynamic| -> Result<Dynamic> {
            Ok(said(apart("at_most", &most, &number)?.and_then(at_least)))
        },
    );
    words.function(
        "equals",
        "equals(number, other)",
        "Whether two numbers are the same: `true`, `false`, or `()` where their bounds allow both \
         or nothing is known of one.",
        r#"equals(reading.cells(item("trust", "own")).mentions(reading.participants()), 4)  // false"#,
        |number: Dynamic, other: Dynamic| -> Result<Dynamic> {
            Ok(said(apart("equals", &number, &other)?.and_then(equal)))
        },
    );
}

fn register_logic(words: &mut Vocabulary) {
    words.function(
        "all_of",
        "all_of(list)",
        "Whether everything in a list holds, when some may be `()`: `false` when one is `false`, \
         else `()` when one is `()`, else `true`, also for an empty list (Kleene 1952).",
        "all_of([true, (), false])  // false",
        |list: Array| joined("all_of", &list, false),
    );
    words.function(
        "any_of",
        "any_of(list)",
        "Whether anything in a list holds, when some may be `()`: `true` when one is `true`, else \
         `()` when one is `()`, else `false`, also for an empty list (Kleene 1952).",
        "any_of([false, (), true])  // true",
        |list: Array| joined("any_of", &list, true),
    );
    words.function(
        "negation",
        "negation(answer)",
        "The opposite of what may be `()`: `false` for `true`, `true` for `false`, `()` for `()`.",
        "negation(at_least(5, 6))  // true",
        |answer: Dynamic| -> Result<Dynamic> {
            Ok(said(truth("negation", &answer)?.map(|holds| !holds)))
        },
    );
}

/// True, false or open, as a script has it.
fn said(holds: Option<bool>) -> Dynamic {
    holds.map_or(Dynamic::UNIT, Dynamic::from)
}

fn truth(word: &str, value: &Dynamic) -> Result<Option<bool>> {
    if value.is_unit() {
        return Ok(None);
    }
    value.as_bool().map(Some).map_err(|_| {
        let help = "compare it with something, as in `at_least(n, 1)`".to_owned();
        let given = type_name(value.type_name());
        stop(format!("`{word}` takes true, false or `()`, not {given}"), Some(help))
    })
}

/// What a list says together, in which one value decides.
fn joined(word: &str, list: &[Dynamic], decides: bool) -> Result<Dynamic> {
    let mut holds = Some(!decides);
    for value in list {
        match truth(word, value)? {
            // The rest is gone through all the same: a wrong value is told wherever it stands.
            Some(value) if value == decides => holds = Some(decides),
            None if holds == Some(!decides) => holds = None,
            _ => {}
        }
    }
    Ok(said(holds))
}

/// How the least of one number stands to the most of another, and its most to the other's least;
/// `None` when nothing is known of one of them.
fn apart(word: &str, one: &Dynamic, other: &Dynamic) -> Result<Option<(Ordering, Ordering)>> {
    let (Some(one), Some(other)) = (number(word, one)?, number(word, other)?) else {
        return Ok(None);
    };
    if let (Some(a), Some(b)) = (bounds(&one), bounds(&other)) {
        return Ok(Some((a.0.cmp(&b.1), a.1.cmp(&b.0))));
    }
    let ends = decimals(&one).zip(decimals(&other));
    Ok(ends.map(|(a, b)| (a.0.total_cmp(&b.1), a.1.total_cmp(&b.0))))
}

fn at_least((least, most): (Ordering, Ordering)) -> Option<bool> {
    match (least, most) {
        (Ordering::Equal | Ordering::Greater, _) => Some(true),
        (_, Ordering::Less) => Some(false),
        _ => None,
    }
}

fn equal((least, most): (Ordering, Ordering)) -> Option<bool> {
    match (least, most) {
        (Ordering::Equal, Ordering::Equal) => Some(true),
        (Ordering::Greater, _) | (_, Ordering::Less) => Some(false),
        _ => None,
    }
}

/// The least and the most of a number that need not be exact.
fn decimals(number: &Number) -> Option<(f64, f64)> {
    match number {
        Number::Decimal { value, .. } => Some((*value, *value)),
        number => bounds(number).map(|(least, most)| (least.to_f64(), most.to_f64())),
    }
}

/// A number that is given to a word; `None` for what is blank or not available.
fn number(word: &str, value: &Dynamic) -> Result<Option<Number>> {
    if value.is_unit() {
        return Ok(None);
    }
    let decimal = || value.as_float().ok().map(|value| Number::decimal(value, "decimals"));
    match to_number(value).or_else(decimal) {
        Some(Number::NotAvailable { .. }) => Ok(None),
        Some(number) => Ok(Some(number)),
        None => {
            let help = "texts and other things are compared with `==`".to_owned();
            let given = type_name(value.type_name());
            Err(stop(format!("`{word}` compares numbers, not {given}"), Some(help)))
        }
    }
}

/// How many claims are named to somebody who asks for another.
const NAMED: usize = 8;

fn not_reported(reported: &Reported, claim: &str) -> Box<rhai::EvalAltResult> {
    let ids: Vec<String> = reported.numbers.keys().map(|id| format!("`{id}`")).collect();
    let and_more = if ids.len() > NAMED { ", …" } else { "" };
    let which = match ids.is_empty() {
        true => "no claim of this study reports a number".to_owned(),
        false => {
            let named = ids.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            format!("these report one: {named}{and_more}")
        }
    };
    if reported.claims.position(claim).is_some() {
        return stop(format!("claim `{claim}` reports no number"), Some(which));
    }
    let near = did_you_mean(claim, reported.claims.iter());
    stop(format!("there is no claim `{claim}`"), Some(near.unwrap_or(which)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gives(word: fn((Ordering, Ordering)) -> Option<bool>, a: Number, b: Number) -> String {
        let values = [a, b].map(Dynamic::from);
        let apart = apart("a word", &values[0], &values[1]).expect("are numbers");
        apart.and_then(word).map_or("open".to_owned(), |holds| holds.to_string())
    }

    #[test]
    fn bounds_are_compared_in_every_world_they_allow() {
        let count = |value| Number::Count { value };
        let between = Number::range;
        let cases = [
            (between(3, 5), count(3), "true", "open"),
            (between(3, 5), count(4), "open", "open"),
            (between(3, 5), count(6), "false", "false"),
            (between(3, 5), between(1, 3), "true", "open"),
            (between(1, 3), between(3, 5), "open", "open"),
            (between(1, 2), between(3, 5), "false", "false"),
            (count(3), count(3), "true", "true"),
            (Number::fraction(2, 4, ""), Number::fraction(1, 2, ""), "true", "true"),
            (Number::decimal(0.5, "half"), Number::fraction(1, 2, ""), "true", "true"),
            (Number::decimal(0.5, "half"), between(0, 1), "open", "open"),
            (Number::not_available("none"), count(0), "open", "open"),
        ];
        for (one, other, least, same) in cases {
            assert_eq!(gives(at_least, one.clone(), other.clone()), least, "{one} ≥ {other}");
            assert_eq!(gives(equal, one.clone(), other.clone()), same, "{one} = {other}");
        }
    }

    #[test]
    fn what_is_open_decides_nothing() {
        let values = [Dynamic::TRUE, Dynamic::FALSE, Dynamic::UNIT];
        for (one, other) in values.iter().flat_map(|one| values.iter().map(move |b| (one, b))) {
            let list = [one.clone(), other.clone()];
            let truths = [one, other].map(|value| truth("a word", value).expect("is one"));
            let all = joined("all_of", &list, false).expect("are truths");
            let any = joined("any_of", &list, true).expect("are truths");
            // Kleene's tables: the lesser and the greater of false < open < true.
            let rank = |holds: Option<bool>| holds.map_or(1, |holds| if holds { 2 } else { 0 });
            let ranks = truths.map(rank);
            assert_eq!(rank(truth("", &all).expect("is one")), ranks[0].min(ranks[1]));
            assert_eq!(rank(truth("", &any).expect("is one")), ranks[0].max(ranks[1]));
        }
        assert!(joined("all_of", &[Dynamic::FALSE, Dynamic::ONE], false).is_err());
    }
}
