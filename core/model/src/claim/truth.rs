//! What is true of a number that is only known between two bounds?
//!
//! Three values go together as in Kleene's strong logic (1952, section 64).

use crate::bounds::Interval;
use crate::number::Fraction;

/// True in every world, in none, or in some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// True in every world.
    True,
    /// True in no world.
    False,
    /// True in some worlds and not in others.
    Open,
}

impl Truth {
    /// What is known to hold always, or never.
    #[must_use]
    pub fn of(always: bool, ever: bool) -> Self {
        match (always, ever) {
            (true, _) => Self::True,
            (false, true) => Self::Open,
            (false, false) => Self::False,
        }
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Open,
        }
    }

    /// At least one of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        !(!self).and(!other)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Open => Self::Open,
        }
    }
}

/// Numbers that a report allows, both ends included; an end that is absent is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// The least.
    pub from: Option<Fraction>,
    /// The most.
    pub to: Option<Fraction>,
}

impl Allowed {
    /// Exactly one number.
    #[must_use]
    pub fn exactly(value: Fraction) -> Self {
        Self { from: Some(value), to: Some(value) }
    }

    /// The same, with so much room at both ends.
    #[must_use]
    pub fn widened(self, by: Fraction) -> Self {
        Self {
            from: self.from.and_then(|from| from.minus(by)),
            to: self.to.and_then(|to| to.plus(by)),
        }
    }

    /// Whether a number is among them.
    #[must_use]
    pub fn has(self, value: Fraction) -> bool {
        self.from.is_none_or(|from| from <= value) && self.to.is_none_or(|to| value <= to)
    }

    /// Whether a number between two bounds is among them.
    #[must_use]
    pub fn holds_between(self, lower: Fraction, upper: Fraction) -> Truth {
        let apart =
            self.to.is_some_and(|to| to < lower) || self.from.is_some_and(|from| from > upper);
        Truth::of(self.has(lower) && self.has(upper), !apart)
    }

    /// Whether a count, of which every value between its bounds is possible, is among them.
    #[must_use]
    pub fn holds_count(self, count: Interval) -> Truth {
        let whole = |value: usize| {
            Fraction::new(i64::try_from(value).unwrap_or(i64::MAX), 1).unwrap_or(Fraction::ZERO)
        };
        let (lower, upper) = (whole(count.lower), whole(count.upper));
        let always = self.has(lower) && self.has(upper);
        // Between two ends that are both outside, a whole number may still lie inside.
        let least =
            self.from.map_or(lower, |from| if from > lower { ceiling(from) } else { lower });
        let ever = least <= upper && self.has(least);
        Truth::of(always, ever)
    }
}

/// The least whole number that is not smaller.
fn ceiling(value: Fraction) -> Fraction {
    let (numerator, denominator) = (value.numerator(), value.denominator());
    let whole =
        numerator.div_euclid(denominator) + i64::from(numerator.rem_euclid(denominator) > 0);
    Fraction::new(whole, 1).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(lower: usize, upper: usize) -> Interval {
        Interval { lower, upper }
    }

    fn allowed(from: i64, to: i64) -> Allowed {
        Allowed { from: Fraction::new(from, 1), to: Fraction::new(to, 1) }
    }

    #[test]
    fn a_comparison_is_true_false_or_open() {
        assert_eq!(allowed(15, 15).holds_count(count(14, 14)), Truth::False);
        assert_eq!(allowed(15, 15).holds_count(count(14, 15)), Truth::Open);
        assert_eq!(allowed(12, 18).holds_count(count(14, 15)), Truth::True);
        assert_eq!(allowed(5, 6).holds_count(count(2, 9)), Truth::Open);
        let half = Allowed { from: Fraction::new(7, 2), to: Fraction::new(15, 4) };
        assert_eq!(half.holds_count(count(3, 4)), Truth::False, "no whole number lies there");
    }

    #[test]
    fn three_values_go_together_as_kleene_has_them() {
        let all = [Truth::True, Truth::False, Truth::Open];
        for a in all {
            assert_eq!(!!a, a);
            for b in all {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(!(a.or(b)), (!a).and(!b), "de Morgan");
            }
        }
        assert_eq!(Truth::Open.and(Truth::False), Truth::False);
        assert_eq!(Truth::Open.or(Truth::True), Truth::True);
    }
}
