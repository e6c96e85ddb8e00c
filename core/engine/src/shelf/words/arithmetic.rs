//! How does a script calculate with numbers so that what is exact stays exact?
//!
//! Counts, fractions and ratios are added, multiplied and compared without rounding. A number that
//! is only known between bounds is added and averaged by its bounds; one that is not available
//! makes a sum so, and is left out of a mean; a decimal number makes the result a decimal number.

use std::cmp::Ordering;

use parallax_model::{Fraction, Number};
use rhai::{Array, Dynamic, EvalAltResult, FLOAT, INT};

use super::finding::to_number;
use super::{Result, Vocabulary};
use crate::shelf::script::fault::{stop, type_name};

/// The words for calculating.
pub(super) fn register(words: &mut Vocabulary) {
    words.describe(
        "+",
        "number + number",
        "Also `-`, `*` and `/`: exact for counts, fractions and ratios; `<`, `<=`, `>`, `>=`, `==` \
         and `!=` compare numbers that are known. Two counts of the language itself are divided \
         without a rest, as `3 / 2` is 1: write `ratio(3, 2)`.",
        "ratio(1, 3) + ratio(1, 6)  // 1/2",
    );
    operator(words, "+", |a, b| Some(a.plus(b)), |a, b| a + b);
    operator(words, "-", |a, b| Some(a.minus(b)), |a, b| a - b);
    operator(words, "*", |a, b| Some(times(a, b)), |a, b| a * b);
    operator(words, "/", |a, b| upside_down(b).map(|b| times(a, b)), |a, b| a / b);
    for (sign, holds) in [
        ("<", (|order| order == Ordering::Less) as fn(Ordering) -> bool),
        ("<=", |order| order != Ordering::Greater),
        (">", |order| order == Ordering::Greater),
        (">=", |order| order != Ordering::Less),
        ("==", |order| order == Ordering::Equal),
        ("!=", |order| order != Ordering::Equal),
    ] {
        comparison(words, sign, holds);
    }
    words.function(
        "sum",
        "sum(list)",
        "The sum of a list of numbers, exact when it is divided; bounds are added up.",
        "sum([ratio(1, 2), ratio(1, 3), 1])  // 11/6",
        |list: Array| total(&numbers(&list)?),
    );
    words.function(
        "least",
        "least(list)",
        "The smallest of a list of numbers that are known; not available for an empty list.",
        "least([3, 1, 2])  // 1",
        |list: Array| outermost(&list, Ordering::Less),
    );
    words.function(
        "most",
        "most(list)",
        "The largest of a list of numbers that are known; not available for an empty list.",
        "most([ratio(1, 2), ratio(2, 3)])  // 2/3",
        |list: Array| outermost(&list, Ordering::Greater),
    );
    words.function(
        "mean",
        "mean(list)",
        "The mean of a list of numbers; what is not available is left out, and nothing is left of \
         an empty list.",
        "mean([1, 2, 4])  // 7/3",
        |list: Array| -> Result<Number> {
            let mut numbers = numbers(&list)?;
            numbers.retain(|number| !matches!(number, Number::NotAvailable { .. }));
            let count = INT::try_from(numbers.len()).unwrap_or(INT::MAX);
            let Some(part) = Fraction::new(1, count) else {
                return Ok(Number::not_available("there is nothing to take the mean of"));
            };
            scaled(&total(&numbers)?, part)
        },
    );
    words.function(
        "to_float",
        "number.to_float()",
        "The number as a decimal of the language; only when it is known.",
        "ratio(1, 4).to_float()  // 0.25",
        |number: &mut Number| -> Result<FLOAT> {
            value(number).ok_or_else(|| unknown_value(number))
        },
    );
    words.function(
        "is_available",
        "number.is_available()",
        "Whether there is a number.",
        "fraction(1, 0).is_available()  // false",
        |number: &mut Number| !matches!(number, Number::NotAvailable { .. }),
    );
}

/// One number for each of another, such as a sum for each person: a ratio.
pub(super) fn for_each(part: &Number, whole: &Number) -> Result<Number> {
    let divided = |a, b| upside_down(b).map(|b| times(a, b));
    Ok(match calculate("/", part, whole, divided, |a, b| a / b)? {
        Number::NotAvailable { .. } if known(part).is_some() => Number::not_available(NO_WHOLE),
        number => number,
    })
}

/// Why a part of nothing is no number.
const NO_WHOLE: &str = "out of none";

/// An operator for two numbers, and for a number and one of the language.
fn operator(
    words: &mut Vocabulary,
    sign: &'static str,
    exact: fn(Fraction, Fraction) -> Option<Option<Fraction>>,
    rounded: fn(FLOAT, FLOAT) -> FLOAT,
) {
    let apply = move |one: &Number, other: &Number| calculate(sign, one, other, exact, rounded);
    words.also(sign, move |one: Number, other: Number| apply(&one, &other));
    words.also(sign, move |one: Number, other: INT| apply(&one, &Number::Count { value: other }));
    words.also(sign, move |one: INT, other: Number| apply(&Number::Count { value: one }, &other));
}

fn comparison(words: &mut Vocabulary, sign: &'static str, holds: fn(Ordering) -> bool) {
    let apply = move |one: &Number, other: &Number| compare(one, other).map(holds);
    words.also(sign, move |one: Number, other: Number| apply(&one, &other));
    words.also(sign, move |one: Number, other: INT| apply(&one, &Number::Count { value: other }));
    words.also(sign, move |one: INT, other: Number| apply(&Number::Count { value: one }, &other));
}

fn calculate(
    sign: &str,
    one: &Number,
    other: &Number,
    exact: fn(Fraction, Fraction) -> Option<Option<Fraction>>,
    rounded: fn(FLOAT, FLOAT) -> FLOAT,
) -> Result<Number> {
    for number in [one, other] {
        if let Number::NotAvailable { .. } = number {
            return Ok(number.clone());
        }
    }
    if let (Number::Count { value: a }, Number::Count { value: b }) = (one, other)
        && sign != "/"
    {
        let count = match sign {
            "+" => a.checked_add(*b),
            "-" => a.checked_sub(*b),
            _ => a.checked_mul(*b),
        };
        return count.map(|value| Number::Count { value }).ok_or_else(too_large);
    }
    if let (Some(a), Some(b)) = (known(one), known(other)) {
        return match exact(a, b) {
            None => Ok(Number::not_available("it is divided by nothing")),
            Some(result) => result.map(Number::Ratio).ok_or_else(too_large),
        };
    }
    if let (Some(a), Some(b)) = (bounds(one), bounds(other)) {
        let result = match sign {
            "+" => a.0.plus(b.0).zip(a.1.plus(b.1)),
            "-" => a.0.minus(b.1).zip(a.1.minus(b.0)),
            _ => {
                let help = "add and average bounds, or use their `lower` and `upper`".to_owned();
                return Err(stop(format!("`{sign}` does not work on bounds"), Some(help)));
            }
        };
        let (lower, upper) = result.ok_or_else(too_large)?;
        // Counts that are only known between bounds stay counts.
        let counts = [one, other]
            .iter()
            .all(|number| matches!(number, Number::Count { .. } | Number::Range { .. }));
        return Ok(match counts {
            true => Number::Range { lower: lower.numerator(), upper: upper.numerator() },
            false => between(lower, upper),
        });
    }
    match (value(one), value(other)) {
        (Some(a), Some(b)) => Ok(Number::decimal(rounded(a, b), &rule(one, other))),
        _ => Err(unknown_value(if value(one).is_none() { one } else { other })),
    }
}

/// The rule of a decimal number that was calculated with.
fn rule(one: &Number, other: &Number) -> String {
    let rule = |number: &Number| match number {
        Number::Decimal { rule, .. } => Some(rule.clone()),
        _ => None,
    };
    rule(one).or_else(|| rule(other)).unwrap_or_default()
}

fn compare(one: &Number, other: &Number) -> Result<Ordering> {
    if let (Some(a), Some(b)) = (known(one), known(other)) {
        return Ok(a.cmp(&b));
    }
    match (value(one), value(other)) {
        (Some(a), Some(b)) => Ok(a.total_cmp(&b)),
        _ => Err(unknown_value(if value(one).is_none() { one } else { other })),
    }
}

fn unknown_value(number: &Number) -> Box<EvalAltResult> {
    match number {
        Number::NotAvailable { .. } => {
            let help = "ask `is_available()` first".to_owned();
            stop("a number that is not available cannot be compared", Some(help))
        }
        _ => {
            let help = "compare them with `at_least`, `at_most` or `equals`, or ask for their \
                        `lower` and `upper`"
                .to_owned();
            stop("bounds are no single number to compare or calculate with", Some(help))
        }
    }
}

fn too_large() -> Box<EvalAltResult> {
    stop("a number became too large to be written exactly", None)
}

/// A number that is known exactly.
pub(super) fn known(number: &Number) -> Option<Fraction> {
    match number {
        Number::Count { value } => Fraction::new(*value, 1),
        Number::Fraction(fraction) | Number::Ratio(fraction) => Some(*fraction),
        _ => None,
    }
}

/// The least and the most that a number can be.
pub(super) fn bounds(number: &Number) -> Option<(Fraction, Fraction)> {
    match number {
        Number::Range { lower, upper } => Fraction::new(*lower, 1).zip(Fraction::new(*upper, 1)),
        Number::Between { lower, upper } | Number::Span { lower, upper } => Some((*lower, *upper)),
        number => known(number).map(|value| (value, value)),
    }
}

/// A number that is known, exactly or not.
fn value(number: &Number) -> Option<FLOAT> {
    match number {
        Number::Decimal { value, .. } => Some(*value),
        number => known(number).map(Fraction::to_f64),
    }
}

/// A number between two bounds, or the number when they are equal.
pub(super) fn between(lower: Fraction, upper: Fraction) -> Number {
    match lower == upper {
        true => Number::Ratio(lower),
        false => Number::Span { lower, upper },
    }
}

fn times(one: Fraction, other: Fraction) -> Option<Fraction> {
    let whole = |number: i64| i128::from(number);
    Fraction::from_wide(
        whole(one.numerator()) * whole(other.numerator()),
        whole(one.denominator()) * whole(other.denominator()),
    )
}

fn upside_down(fraction: Fraction) -> Option<Fraction> {
    Fraction::from_wide(fraction.denominator().into(), fraction.numerator().into())
}

fn numbers(list: &[Dynamic]) -> Result<Vec<Number>> {
    let number = |value: &Dynamic| {
        let number = to_number(value)
            .or_else(|| value.as_float().ok().map(|value| Number::decimal(value, "decimals")));
        number.ok_or_else(|| stop(format!("{} is no number", type_name(value.type_name())), None))
    };
    list.iter().map(number).collect()
}

/// The number of a list that comes before or behind all others.
fn outermost(list: &[Dynamic], wanted: Ordering) -> Result<Dynamic> {
    let numbers = numbers(list)?;
    let mut found: Option<usize> = None;
    for (at, number) in numbers.iter().enumerate() {
        let further = match found {
            None => true,
            Some(best) => compare(number, &numbers[best])? == wanted,
        };
        found = if further { Some(at) } else { found };
    }
    Ok(match found {
        Some(at) => list[at].clone(),
        None => Dynamic::from(Number::not_available("there is no number in the list")),
    })
}

fn total(numbers: &[Number]) -> Result<Number> {
    let start = Number::Count { value: 0 };
    numbers.iter().try_fold(start, |sum, number| {
        calculate("+", &sum, number, |a, b| Some(a.plus(b)), |a, b| a + b)
    })
}

/// A number times an exact part of one.
fn scaled(number: &Number, part: Fraction) -> Result<Number> {
    if let Number::Range { .. } | Number::Between { .. } | Number::Span { .. } = number {
        let bounds =
            bounds(number).and_then(|(lower, upper)| times(lower, part).zip(times(upper, part)));
        return bounds.map(|(lower, upper)| between(lower, upper)).ok_or_else(too_large);
    }
    calculate("*", number, &Number::Ratio(part), |a, b| Some(times(a, b)), |a, b| a * b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Number {
        Number::Ratio(Fraction::new(numerator, denominator).expect("a fraction"))
    }

    #[test]
    fn bounds_are_averaged_by_their_ends() {
        let numbers = [Number::Range { lower: 1, upper: 3 }, Number::Count { value: 2 }];
        let mean = scaled(&total(&numbers).expect("adds up"), Fraction::new(1, 2).expect("half"));
        let (lower, upper) = (Fraction::new(3, 2), Fraction::new(5, 2));
        let expected = Number::Span { lower: lower.expect("x"), upper: upper.expect("x") };
        assert_eq!(mean.expect("is known"), expected);
    }

    #[test]
    fn counts_between_bounds_are_added_up_to_counts_between_bounds() {
        let numbers = [Number::Range { lower: 1, upper: 3 }, Number::Range { lower: 0, upper: 2 }];
        assert_eq!(total(&numbers).expect("adds up"), Number::Range { lower: 1, upper: 5 });
    }

    #[test]
    fn nothing_is_compared_that_is_not_known() {
        assert!(compare(&ratio(1, 2), &Number::Range { lower: 0, upper: 1 }).is_err());
        assert!(compare(&ratio(1, 2), &Number::not_available("why")).is_err());
        assert_eq!(compare(&ratio(2, 4), &ratio(1, 2)).expect("is known"), Ordering::Equal);
    }
}
