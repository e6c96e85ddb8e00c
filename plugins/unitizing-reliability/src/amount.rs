//! How does a coefficient stay an exact fraction for as long as it can?

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};
use parallax_plugin::prelude::*;

/// An exact fraction in lowest terms, or the nearest number once a fraction needs over 128 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Exact, in lowest terms.
    Exact(Ratio<i128>),
    /// Rounded.
    Near(f64),
}

impl Default for Amount {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self::Exact(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self::Exact(Ratio::new_raw(1, 1));

    /// So many of something.
    #[must_use]
    pub fn count(count: u64) -> Self {
        Self::Exact(Ratio::new_raw(count.into(), 1))
    }

    /// `part` out of `whole`, which must not be 0.
    #[must_use]
    pub fn of(part: i128, whole: i128) -> Self {
        Self::Exact(Ratio::new(part, whole))
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.combine(other, Ratio::checked_add, |a, b| a + b)
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.combine(other, Ratio::checked_sub, |a, b| a - b)
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        self.combine(other, Ratio::checked_mul, |a, b| a * b)
    }

    /// The quotient; `None` when `other` is nothing.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let some = !other.is_zero();
        some.then(|| self.combine(other, Ratio::checked_div, |a, b| a / b))
    }

    /// The mean, added in the given order; `None` of nothing.
    #[must_use]
    pub fn mean(amounts: &[Self]) -> Option<Self> {
        let sum = amounts.iter().fold(Self::ZERO, |sum, &amount| sum.plus(amount));
        sum.over(Self::count(amounts.len() as u64))
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        match self {
            Self::Exact(ratio) => ratio.is_zero(),
            Self::Near(value) => value == 0.0,
        }
    }

    /// The nearest floating-point number.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::Exact(ratio) => *ratio.numer() as f64 / *ratio.denom() as f64,
            Self::Near(value) => value,
        }
    }

    /// As an index: an exact ratio where it fits 64 bits, else a decimal number with its rule.
    #[must_use]
    pub fn number(self, rule: &str) -> Number {
        let exact = match self {
            Self::Exact(ratio) => Fraction::from_wide(*ratio.numer(), *ratio.denom()),
            Self::Near(_) => None,
        };
        exact.map_or_else(|| Number::decimal(self.value(), rule), Number::Ratio)
    }

    fn combine(
        self,
        other: Self,
        exactly: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        nearly: impl Fn(f64, f64) -> f64,
    ) -> Self {
        let exact = match (self, other) {
            (Self::Exact(a), Self::Exact(b)) => exactly(&a, &b),
            _ => None,
        };
        exact.map_or_else(|| Self::Near(nearly(self.value(), other.value())), Self::Exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_stay_exact_until_they_no_longer_fit() {
        let third = Amount::of(1, 3);
        assert_eq!(third.plus(Amount::of(1, 6)), Amount::of(1, 2));
        assert_eq!(Amount::ONE.minus(third).times(Amount::count(3)), Amount::count(2));
        assert_eq!(third.over(Amount::ZERO), None);
        assert_eq!(Amount::mean(&[third, Amount::ONE]), Some(Amount::of(2, 3)));
        assert_eq!(Amount::mean(&[]), None);
        let vast = Amount::of(i128::MAX, 1).times(Amount::count(2));
        assert!(matches!(vast, Amount::Near(value) if value > 3e38));
        assert!(matches!(vast.number("a rule"), Number::Decimal { .. }));
        assert_eq!(third.number("a rule").to_string(), "1/3");
    }
}
