//! How does a script write a number so that it stays exact?

use parallax_model::{Fraction, Number};
use rhai::{Dynamic, INT};

use super::arithmetic::{between, bounds, for_each, known};
use super::{Result, Vocabulary};
use crate::shelf::script::fault::stop;

/// The words for numbers.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Number>("Number");
    words.shown(|number: &Number| number.to_string());
    words.function(
        "fraction",
        "fraction(part, whole)",
        "So many out of so many, kept as it was counted; not available when there is no whole. The \
         part may be bounds.",
        "fraction(2, 4)  // 2/4",
        fraction,
    );
    words.also("fraction", fraction_of);
    words.function(
        "ratio",
        "ratio(part, whole)",
        "An exact number that is no part of a whole, such as an index or a mean: never shown as a \
         percentage.",
        "ratio(7, 3)  // 7/3",
        ratio,
    );
    let count = |value: INT| Number::Count { value };
    words.also("ratio", |part: Number, whole: Number| for_each(&part, &whole));
    words.also("ratio", move |part: Number, whole: INT| for_each(&part, &count(whole)));
    words.also("ratio", move |part: INT, whole: Number| for_each(&count(part), &whole));
    words.function(
        "range",
        "range(lower, upper)",
        "A number that is only known between two bounds; the number itself when they are equal.",
        "range(2, 5)  // [2, 5]",
        |lower: INT, upper: INT| -> Result<Number> {
            in_order(lower <= upper)?;
            Ok(Number::range(whole("range", lower)?, whole("range", upper)?))
        },
    );
    words.also("range", |lower: Number, upper: Number| -> Result<Number> {
        let known = |number: &Number| {
            known(number).ok_or_else(|| stop("bounds are numbers that are known", None))
        };
        if let Some(none) = [&lower, &upper].into_iter().find(|end| is_missing(end)) {
            return Ok(none.clone());
        }
        let ends = (known(&lower)?, known(&upper)?);
        in_order(ends.0 <= ends.1)?;
        // In lowest terms, so that bounds of an index are not read as shares of the same whole.
        Ok(match (lower, upper) {
            (Number::Ratio(lower), Number::Ratio(upper)) if lower != upper => {
                between(lower.reduced(), upper.reduced())
            }
            _ => between(ends.0, ends.1),
        })
    });
    words.function(
        "decimal",
        "decimal(value, rule)",
        "A decimal number with the rule that gave it, such as \"mean of pairs\".",
        r#"decimal(0.5, "half of one")  // 0.500"#,
        |value: f64, rule: &str| Number::decimal(value, rule),
    );
    words.function(
        "not_available",
        "not_available(reason)",
        "No number, and why. As the result of a script: the data do not allow the analysis.",
        r#"not_available("nobody was asked")  // not available"#,
        Number::not_available,
    );
    words.function(
        "power",
        "power(x, y)",
        "x to the power of y, the same on every machine.",
        "power(2.0, 3.0)  // 8.0",
        libm::pow,
    );
    words.also("to_string", |number: &mut Number| number.to_string());
    register_bounds(words);
    libm_instead_of_the_system(words);
}

fn register_bounds(words: &mut Vocabulary) {
    words.property(
        "lower",
        "number.lower",
        "The least it can be; the number itself where it is known.",
        r#"reading.cells(item("tailor", "own")).holds(reading.participants()).lower  // 3"#,
        |number: &mut Number| end(number, |(lower, _)| lower),
    );
    words.property(
        "upper",
        "number.upper",
        "The most it can be; the number itself where it is known.",
        r#"reading.cells(item("tailor", "own")).holds(reading.participants()).upper  // 4"#,
        |number: &mut Number| end(number, |(_, upper)| upper),
    );
}

/// One end of a number: a count for counts, else a ratio.
fn end(number: &Number, which: fn((Fraction, Fraction)) -> Fraction) -> Result<Dynamic> {
    let ends = bounds(number).ok_or_else(|| {
        stop("only a number that is known, or known between bounds, has a least and a most", None)
    })?;
    let end = which(ends);
    Ok(match number {
        Number::Count { .. } | Number::Range { .. } => Dynamic::from(end.numerator()),
        _ => Dynamic::from(Number::Ratio(end)),
    })
}

fn is_missing(number: &Number) -> bool {
    matches!(number, Number::NotAvailable { .. })
}

fn in_order(holds: bool) -> Result<()> {
    match holds {
        true => Ok(()),
        false => Err(stop("the lower bound is above the upper one", None)),
    }
}

fn ratio(part: INT, whole: INT) -> Number {
    let ratio = if whole < 0 {
        Fraction::from_wide(part.into(), whole.into())
    } else {
        Fraction::new(part, whole)
    };
    ratio.map_or_else(|| Number::not_available("out of none"), Number::Ratio)
}

/// Functions whose last digit differs between systems, replaced by ones that do not.
fn libm_instead_of_the_system(words: &mut Vocabulary) {
    words.also("sin", libm::sin);
    words.also("cos", libm::cos);
    words.also("tan", libm::tan);
    words.also("asin", libm::asin);
    words.also("acos", libm::acos);
    words.also("atan", libm::atan);
    words.also("atan", libm::atan2);
    words.also("sinh", libm::sinh);
    words.also("cosh", libm::cosh);
    words.also("tanh", libm::tanh);
    words.also("asinh", libm::asinh);
    words.also("acosh", libm::acosh);
    words.also("atanh", libm::atanh);
    words.also("hypot", libm::hypot);
    words.also("exp", libm::exp);
    words.also("ln", libm::log);
    words.also("log", libm::log10);
    words.also("log", |x: f64, base: f64| libm::log(x) / libm::log(base));
}

fn fraction(part: INT, total: INT) -> Result<Number> {
    Ok(Number::fraction(whole("fraction", part)?, whole("fraction", total)?, "out of none"))
}

/// A count, or what is known of it, as the part of a whole.
fn fraction_of(part: Number, total: INT) -> Result<Number> {
    let (lower, upper) = match part {
        Number::Count { value } => return fraction(value, total),
        Number::Range { lower, upper } => (lower, upper),
        Number::NotAvailable { .. } => return Ok(part),
        _ => return Err(stop("`fraction` takes a count or bounds as its part", None)),
    };
    Ok(match (fraction(lower, total)?, fraction(upper, total)?) {
        (Number::Fraction(lower), Number::Fraction(upper)) => Number::Between { lower, upper },
        (missing, _) => missing,
    })
}

/// A count, or what is known of it, out of so many.
pub(super) fn share(part: &Number, total: usize) -> Result<Number> {
    fraction_of(part.clone(), INT::try_from(total).unwrap_or(INT::MAX))
}

/// A count that is not below 0.
pub(super) fn whole(word: &str, value: INT) -> Result<usize> {
    usize::try_from(value)
        .map_err(|_| stop(format!("`{word}` takes numbers from 0 on, not {value}"), None))
}
