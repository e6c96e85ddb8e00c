//! How long can a coefficient stay an exact fraction?

use std::ops::{Add, Div, Mul, Sub};

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

/// A fraction in lowest terms, or the nearest number once the fraction needs more than 128 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Exact, in lowest terms.
    Exact(Ratio<i128>),
    /// Rounded: numerator or denominator would need more than 128 bits.
    Near(f64),
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self::Exact(Ratio::new_raw(0, 1));
    /// One: all coders agree throughout.
    pub const ONE: Self = Self::Exact(Ratio::new_raw(1, 1));

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i128) -> Self {
        Self::Exact(Ratio::new_raw(number, 1))
    }

    /// `part` out of `of`, which must not be 0.
    #[must_use]
    pub fn of(part: i128, of: i128) -> Self {
        Self::Exact(Ratio::new(part, of))
    }

    /// The nearest floating-point number.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::Exact(ratio) => *ratio.numer() as f64 / *ratio.denom() as f64,
            Self::Near(value) => value,
        }
    }

    /// Numerator and denominator in lowest terms, when both fit 64 bits.
    #[must_use]
    pub fn fraction(self) -> Option<(i64, i64)> {
        let Self::Exact(ratio) = self else { return None };
        i64::try_from(*ratio.numer()).ok().zip(i64::try_from(*ratio.denom()).ok())
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        match self {
            Self::Exact(ratio) => *ratio.numer() == 0,
            Self::Near(value) => value == 0.0,
        }
    }

    fn joined(
        self,
        other: Self,
        exactly: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        nearly: impl Fn(f64, f64) -> f64,
    ) -> Self {
        let exact = match (self, other) {
            (Self::Exact(left), Self::Exact(right)) => exactly(&left, &right),
            _ => None,
        };
        exact.map_or_else(|| Self::Near(nearly(self.value(), other.value())), Self::Exact)
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.joined(other, |a, b| a.checked_add(b), |a, b| a + b)
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.joined(other, |a, b| a.checked_sub(b), |a, b| a - b)
    }
}

impl Mul for Amount {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.joined(other, |a, b| a.checked_mul(b), |a, b| a * b)
    }
}

impl Div for Amount {
    type Output = Self;

    /// The quotient; the divisor must not be 0, which every caller has looked at.
    fn div(self, other: Self) -> Self {
        self.joined(other, |a, b| a.checked_div(b), |a, b| a / b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_exact_until_it_no_longer_fits() {
        let third = Amount::of(1, 3);
        assert_eq!((Amount::ONE - third) / Amount::whole(2), third);
        assert_eq!((third * Amount::of(6, 4) + Amount::ZERO).fraction(), Some((1, 2)));
        let huge = Amount::of(1, i128::MAX) + Amount::of(1, i128::MAX - 1);
        assert!(matches!(huge, Amount::Near(value) if value > 0.0));
        assert_eq!(Amount::of(1, i128::MAX).fraction(), None);
        assert!(Amount::ZERO.is_zero() && !huge.is_zero());
    }
}
