//! How does a number stay exact for as long as it can?

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedSub};

/// An exact fraction in lowest terms, or the nearest number once a fraction no longer fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Exact, in lowest terms.
    Exact(Ratio<i128>),
    /// Rounded: the exact fraction needs more than 128 bits.
    Near(f64),
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self::Exact(Ratio::new_raw(0, 1));

    /// `numerator` out of `denominator`, which must not be 0.
    #[must_use]
    pub fn of(numerator: i128, denominator: i128) -> Self {
        Self::Exact(Ratio::new(numerator, denominator))
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.combine(other, |a, b| a.checked_add(b), |a, b| a + b)
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.combine(other, |a, b| a.checked_sub(b), |a, b| a - b)
    }

    /// The part that each of `count` (at least 1) gets.
    #[must_use]
    pub fn shared_by(self, count: usize) -> Self {
        let count = Self::of(count as i128, 1);
        self.combine(count, |a, b| a.checked_div(b), |a, b| a / b)
    }

    /// The mean of `amounts`, added in their order; `None` when there are none.
    #[must_use]
    pub fn mean(amounts: &[Self]) -> Option<Self> {
        let sum = amounts.iter().fold(Self::ZERO, |sum, &amount| sum.plus(amount));
        (!amounts.is_empty()).then(|| sum.shared_by(amounts.len()))
    }

    /// The nearest floating-point number.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::Exact(ratio) => *ratio.numer() as f64 / *ratio.denom() as f64,
            Self::Near(value) => value,
        }
    }

    /// Numerator and denominator, in lowest terms, when it is exact and both fit 64 bits.
    #[must_use]
    pub fn fraction(self) -> Option<(i64, i64)> {
        match self {
            Self::Exact(ratio) => {
                Some((i64::try_from(*ratio.numer()).ok()?, i64::try_from(*ratio.denom()).ok()?))
            }
            Self::Near(_) => None,
        }
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
    fn sums_are_exact_until_they_no_longer_fit() {
        assert_eq!(Amount::of(1, 3).plus(Amount::of(1, 4)), Amount::of(7, 12));
        assert_eq!(Amount::of(1, 3).minus(Amount::of(1, 2)).fraction(), Some((-1, 6)));
        let huge = Amount::of(1, i128::MAX).plus(Amount::of(1, i128::MAX - 1));
        assert!(matches!(huge, Amount::Near(value) if value > 0.0));
        assert_eq!(Amount::of(1, i128::MAX).fraction(), None);
    }

    #[test]
    fn a_mean_of_nothing_is_nothing() {
        assert_eq!(Amount::mean(&[]), None);
        assert_eq!(Amount::mean(&[Amount::of(1, 2), Amount::of(1, 3)]), Some(Amount::of(5, 12)));
    }
}
