//! How does a number stay exact for as long as it can, and what lies between two of them?

use std::cmp::Ordering;

use parallax_plugin::prelude::*;

/// A number with its exact fraction, as long as that fits 64 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    exact: Option<Fraction>,
    near: f64,
}

impl Amount {
    /// `part` out of `whole`, which must not be 0.
    #[must_use]
    pub fn of(part: usize, whole: usize) -> Self {
        let wide = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
        let exact = Fraction::from_wide(wide(part), wide(whole));
        // Counts of pairs stay far below 2^53, where doubles become inexact.
        #[expect(clippy::cast_precision_loss, reason = "the nearest number is what is asked for")]
        Self { exact, near: part as f64 / whole as f64 }
    }

    fn plus(self, other: Self) -> Self {
        let exact = self.exact.zip(other.exact).and_then(|(a, b)| a.plus(b));
        Self { exact, near: self.near + other.near }
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let exact = self.exact.zip(other.exact).and_then(|(a, b)| a.minus(b));
        Self { exact, near: self.near - other.near }
    }

    fn shared_by(self, count: usize) -> Self {
        let exact = self.exact.and_then(|whole| {
            let count = i128::try_from(count).ok()?;
            let parts = i128::from(whole.denominator()).checked_mul(count)?;
            Fraction::from_wide(whole.numerator().into(), parts)
        });
        #[expect(clippy::cast_precision_loss, reason = "the nearest number is what is asked for")]
        Self { exact, near: self.near / count as f64 }
    }

    /// The mean, added in order; `None` of nothing.
    #[must_use]
    pub fn mean(amounts: &[Self]) -> Option<Self> {
        let (first, rest) = amounts.split_first()?;
        let sum = rest.iter().fold(*first, |sum, &amount| sum.plus(amount));
        Some(sum.shared_by(amounts.len()))
    }

    /// The nearest floating-point number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.exact.map_or(self.near, Fraction::to_f64)
    }

    /// Which of the two is larger.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        match (self.exact, other.exact) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ if (self.near - other.near).abs() <= 1e-12 => Ordering::Equal,
            _ => self.near.total_cmp(&other.near),
        }
    }

    /// The exact fraction, or one of 9 digits on the safe side.
    fn rounded(self, towards: fn(f64) -> f64) -> Option<Fraction> {
        const DIGITS: i64 = 1_000_000_000;
        self.exact.or_else(|| {
            #[expect(clippy::cast_possible_truncation, reason = "agreement is at most 1")]
            Fraction::new(towards(self.near * 1e9) as i64, DIGITS)
        })
    }
}

/// A number that is known between two ends, both of which may be possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The least it can be.
    pub lower: Amount,
    /// The most it can be.
    pub upper: Amount,
}

impl Span {
    /// Whether it is one number.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.lower.compare(self.upper) == Ordering::Equal
    }

    /// The mean of spans that each exist in every world; `None` of nothing.
    #[must_use]
    pub fn mean(spans: &[Self]) -> Option<Self> {
        let ends =
            |end: fn(&Self) -> Amount| Amount::mean(&spans.iter().map(end).collect::<Vec<_>>());
        Some(Self { lower: ends(|span| span.lower)?, upper: ends(|span| span.upper)? })
    }

    /// The mean of spans of which some may not exist: those may be left out, where that leads
    /// further down or up. `None` when none can exist.
    #[must_use]
    pub fn mean_of_some(certain: &[Self], possible: &[Self]) -> Option<Self> {
        let lower = furthest(certain, possible, |span| span.lower, Ordering::Less)?;
        let upper = furthest(certain, possible, |span| span.upper, Ordering::Greater)?;
        Some(Self { lower, upper })
    }

    /// The difference, between the ends that lie furthest apart.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { lower: self.lower.minus(other.upper), upper: self.upper.minus(other.lower) }
    }

    /// The number as a finding holds it; a decimal by `rule` where no fraction fits.
    #[must_use]
    pub fn number(self, rule: &str) -> Number {
        if self.is_known() {
            return match self.lower.exact {
                Some(fraction) => Number::Ratio(fraction),
                None => Number::decimal(self.lower.near, rule),
            };
        }
        let ends = self.lower.rounded(f64::floor).zip(self.upper.rounded(f64::ceil));
        ends.map_or_else(
            || Number::not_available("too_large"),
            |(lower, upper)| Number::Span { lower, upper },
        )
    }
}

/// The mean of the ends that are certain and of as many possible ones as lead further `towards`.
fn furthest(
    certain: &[Span],
    possible: &[Span],
    end: fn(&Span) -> Amount,
    towards: Ordering,
) -> Option<Amount> {
    let mut taken: Vec<Amount> = certain.iter().map(end).collect();
    let mut rest: Vec<Amount> = possible.iter().map(end).collect();
    rest.sort_by(|a, b| match towards {
        Ordering::Less => a.compare(*b),
        _ => b.compare(*a),
    });
    for amount in rest {
        let mean = Amount::mean(&taken);
        if mean.is_some_and(|mean| amount.compare(mean) != towards) {
            break;
        }
        taken.push(amount);
    }
    Amount::mean(&taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(lower: (usize, usize), upper: (usize, usize)) -> Span {
        Span { lower: Amount::of(lower.0, lower.1), upper: Amount::of(upper.0, upper.1) }
    }

    #[test]
    fn means_are_exact_and_differences_reach_as_far_as_they_can() {
        let spans = [span((1, 3), (1, 3)), span((1, 1), (1, 1)), span((0, 1), (1, 2))];
        let mean = Span::mean(&spans).expect("three");
        assert_eq!(mean.number("").to_string(), "[4/9, 11/18]");
        assert_eq!(mean.minus(spans[0]).number("").to_string(), "[1/9, 5/18]");
        assert_eq!(Span::mean(&[]), None);
    }

    #[test]
    fn what_may_not_exist_is_left_out_where_that_leads_further() {
        let certain = [span((1, 2), (1, 2))];
        let possible = [span((1, 4), (3, 4)), span((1, 2), (1, 1))];
        let mean = Span::mean_of_some(&certain, &possible).expect("some");
        // 1/2 and 1/4; 1/2, 1 and 3/4.
        assert_eq!(mean.number("").to_string(), "[3/8, 3/4]");
        let none_certain = Span::mean_of_some(&[], &possible).expect("some");
        assert_eq!(none_certain.number("").to_string(), "[1/4, 1/1]");
        assert_eq!(Span::mean_of_some(&[], &[]), None);
    }

    #[test]
    fn what_no_longer_fits_is_near() {
        let many: Vec<Amount> = (1..60).map(|n| Amount::of(1, 1_000_003 + 2 * n)).collect();
        let mean = Amount::mean(&many).expect("many");
        assert_eq!(mean.exact, None);
        let known = Span { lower: mean, upper: mean };
        assert!(matches!(known.number("mean"), Number::Decimal { .. }));
    }
}
