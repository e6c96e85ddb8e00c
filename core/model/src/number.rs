//! What can a measured value be, and how is it written so that it never changes by itself?

use std::cmp::Ordering;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fraction as it was counted: `15/17` stays fifteen out of seventeen, `4/6` is not reduced.
///
/// Comparison is by value (`2/4` equals `1/2`); [`Fraction::reduced`] gives lowest terms.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(into = "WrittenFraction", try_from = "WrittenFraction")]
#[schemars(with = "WrittenFraction")]
pub struct Fraction {
    numerator: i64,
    denominator: i64,
}

/// How a fraction stands in a file: exact, with its decimal value beside it.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Fraction")]
struct WrittenFraction {
    /// What was counted.
    numerator: i64,
    /// Out of how many; at least 1.
    #[schemars(range(min = 1))]
    denominator: i64,
    /// The same as a decimal number with 9 significant digits, for reading only.
    #[serde(default)]
    decimal: f64,
}

impl From<Fraction> for WrittenFraction {
    fn from(fraction: Fraction) -> Self {
        Self {
            numerator: fraction.numerator,
            denominator: fraction.denominator,
            decimal: nine_digits(fraction.to_f64()),
        }
    }
}

impl TryFrom<WrittenFraction> for Fraction {
    type Error = &'static str;

    fn try_from(written: WrittenFraction) -> Result<Self, Self::Error> {
        Self::new(written.numerator, written.denominator)
            .ok_or("the denominator of a fraction must be 1 or more")
    }
}

impl Fraction {
    /// Nothing out of one.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// One out of one.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator` out of `denominator`; `None` unless the denominator is at least 1.
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator >= 1).then_some(Self { numerator, denominator })
    }

    /// A fraction in lowest terms from wide integers; `None` when it does not fit or the
    /// denominator is 0.
    #[must_use]
    pub fn from_wide(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = greatest_common_divisor(numerator, denominator);
        if denominator == 0 || divisor == 0 {
            return None;
        }
        let sign = denominator.signum();
        Some(Self {
            numerator: i64::try_from(numerator / divisor * sign).ok()?,
            denominator: i64::try_from(denominator / divisor * sign).ok()?,
        })
    }

    /// What was counted.
    #[must_use]
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// Out of how many; at least 1.
    #[must_use]
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// The same value in lowest terms.
    #[must_use]
    pub fn reduced(self) -> Self {
        Self::from_wide(self.numerator.into(), self.denominator.into()).unwrap_or(self)
    }

    /// The exact sum in lowest terms; `None` when it does not fit.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(other.numerator), i128::from(other.denominator));
        Self::from_wide(a * d + c * b, b * d)
    }

    /// The exact difference in lowest terms; `None` when it does not fit.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { numerator: other.numerator.checked_neg()?, ..other })
    }

    /// The nearest floating-point number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest number is what is asked for")]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        let right = i128::from(other.numerator) * i128::from(self.denominator);
        left.cmp(&right)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The value rounded to 9 significant digits, `-0` as `0`: what every file and report starts from.
#[must_use]
pub fn nine_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return if value.is_finite() { 0.0 } else { value };
    }
    format!("{value:.8e}").parse().unwrap_or(value)
}

/// A measured value: exact where it can be, and never a NaN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Number {
    /// A whole number.
    Count {
        /// How many.
        value: i64,
    },
    /// An exact fraction, as counted: so many out of so many.
    Fraction(Fraction),
    /// An exact number that is no part of a whole, such as an index, a mean or a distance: it is
    /// shown as a decimal with the fraction beside it, never as a percentage.
    Ratio(Fraction),
    /// A count that is only known between two bounds, both possible.
    Range {
        /// The least it can be.
        lower: i64,
        /// The most it can be.
        upper: i64,
    },
    /// A fraction that is only known between two bounds.
    Between {
        /// The least it can be.
        lower: Fraction,
        /// The most it can be.
        upper: Fraction,
    },
    /// An exact number that is no part of a whole and only known between two bounds; never shown as
    /// a percentage.
    Span {
        /// The least it can be.
        lower: Fraction,
        /// The most it can be.
        upper: Fraction,
    },
    /// A decimal number and the rule that gave it.
    Decimal {
        /// The value, 9 significant digits.
        value: f64,
        /// The rule, such as "mean silhouette width, Rousseeuw 1987".
        rule: String,
    },
    /// No value, and why.
    NotAvailable {
        /// The reason, for a reader.
        reason: String,
    },
}

impl Number {
    /// A whole number; a count above `i64::MAX` is written as that.
    #[must_use]
    pub fn count(value: usize) -> Self {
        Self::Count { value: i64::try_from(value).unwrap_or(i64::MAX) }
    }

    /// `part` out of `whole`, or not available for `reason` when there is no whole.
    #[must_use]
    pub fn fraction(part: usize, whole: usize, reason: &str) -> Self {
        let pair = (i64::try_from(part).ok(), i64::try_from(whole).ok());
        match pair {
            (Some(part), Some(whole)) => Fraction::new(part, whole)
                .map_or_else(|| Self::not_available(reason), Self::Fraction),
            _ => Self::not_available("the counts are too large to be written exactly"),
        }
    }

    /// A decimal number with its rule; not available when it is no finite number.
    #[must_use]
    pub fn decimal(value: f64, rule: &str) -> Self {
        if value.is_finite() {
            Self::Decimal { value: nine_digits(value), rule: rule.to_owned() }
        } else {
            Self::not_available("the value is not a finite number")
        }
    }

    /// No value, and why.
    #[must_use]
    pub fn not_available(reason: &str) -> Self {
        Self::NotAvailable { reason: reason.to_owned() }
    }

    /// A count between two bounds; a plain count when they are equal.
    #[must_use]
    pub fn range(lower: usize, upper: usize) -> Self {
        if lower == upper {
            return Self::count(lower);
        }
        Self::Range {
            lower: i64::try_from(lower).unwrap_or(i64::MAX),
            upper: i64::try_from(upper).unwrap_or(i64::MAX),
        }
    }
}

impl From<Fraction> for Number {
    fn from(fraction: Fraction) -> Self {
        Self::Fraction(fraction)
    }
}

impl fmt::Display for Number {
    /// The value as a sentence writes it: `23/47`, `[3, 7]`, `0.535`, `not available`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { value } => write!(f, "{value}"),
            Self::Fraction(fraction) | Self::Ratio(fraction) => write!(f, "{fraction}"),
            Self::Range { lower, upper } => write!(f, "[{lower}, {upper}]"),
            Self::Between { lower, upper } | Self::Span { lower, upper } => {
                write!(f, "[{lower}, {upper}]")
            }
            Self::Decimal { value, .. } => write!(f, "{value:.3}"),
            Self::NotAvailable { .. } => f.write_str("not available"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_stay_as_counted_and_compare_by_value() {
        let four_sixths = Fraction::new(4, 6).expect("a fraction");
        assert_eq!(four_sixths.to_string(), "4/6");
        assert_eq!(four_sixths, Fraction::new(2, 3).expect("a fraction"));
        assert_eq!(four_sixths.reduced().to_string(), "2/3");
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::from_wide(3, -6).map(|f| f.to_string()).as_deref(), Some("-1/2"));
    }

    #[test]
    fn sums_are_exact() {
        let sum = Fraction::new(1, 3).and_then(|third| third.plus(Fraction::new(1, 4)?));
        assert_eq!(sum.map(|f| f.to_string()).as_deref(), Some("7/12"));
    }

    #[test]
    fn a_file_holds_the_exact_fraction_and_a_decimal() {
        let number = Number::fraction(23, 47, "no cell");
        let written = serde_json::to_string(&number).expect("serialises");
        assert_eq!(
            written,
            r#"{"kind":"fraction","numerator":23,"denominator":47,"decimal":0.489361702}"#
        );
        assert_eq!(serde_json::from_str::<Number>(&written).expect("reads back"), number);
    }

    #[test]
    fn nine_digits_are_kept_and_minus_zero_is_zero() {
        assert_eq!(nine_digits(0.123_456_789_012), 0.123_456_789);
        assert!(nine_digits(-0.0).is_sign_positive());
    }
}
