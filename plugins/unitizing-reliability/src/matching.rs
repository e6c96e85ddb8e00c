//! Which passage of one coder is which passage of the other?

use std::cmp::Reverse;

use crate::span::{Span, overlaps};

/// From which intersection over union on two spans are the same passage: more than nothing, at
/// most all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    part: u64,
    whole: u64,
}

impl Threshold {
    /// One half, from which on a span has at most one match.
    pub const HALF: Self = Self { part: 1, whole: 2 };

    /// `part` out of `whole`; `None` unless it is more than 0 and at most 1.
    #[must_use]
    pub fn new(part: u64, whole: u64) -> Option<Self> {
        (part > 0 && part <= whole).then_some(Self { part, whole })
    }

    /// As it is written: `1/2`.
    #[must_use]
    pub fn written(self) -> String {
        format!("{}/{}", self.part, self.whole)
    }
}

/// One passage of each coder, side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The span of the first coder, by its place.
    pub first: usize,
    /// The span of the second coder, by its place.
    pub second: usize,
    /// The characters that both hold; at least 1.
    pub shared: u64,
    /// The characters that at least one of them holds.
    pub either: u64,
}

impl Match {
    /// Whether both hold the same characters.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.shared == self.either
    }

    /// Whether the intersection over union reaches the threshold.
    #[must_use]
    pub fn reaches(self, threshold: Threshold) -> bool {
        u128::from(self.shared) * u128::from(threshold.whole)
            >= u128::from(self.either) * u128::from(threshold.part)
    }
}

/// Lays the joined spans of two coders side by side, one to one: the pair with the largest
/// intersection over union first, of equal ones that which comes first in the text.
///
/// Pairs that overlap follow one another along the text without crossing, so that order is the same
/// whichever coder is named first. For thresholds of one half or more the pairs that reach it are
/// the only ones possible, and so a maximum matching: two spans that neither overlap nor touch
/// cannot both share half of their union with a third. Below one half a longer list of worse pairs
/// may exist; the best pairs are what a reader expects to see compared.
///
/// Time grows as n log n with the spans.
#[must_use]
pub fn align(first: &[Span], second: &[Span]) -> Vec<Match> {
    let mut candidates: Vec<Match> = overlaps(first, second)
        .map(|(left, right)| {
            let (shared, either) = first[left].iou(second[right]);
            Match { first: left, second: right, shared, either }
        })
        .collect();
    candidates.sort_by(|a, b| {
        let left = u128::from(a.shared) * u128::from(b.either);
        let right = u128::from(b.shared) * u128::from(a.either);
        Reverse(left).cmp(&Reverse(right)).then((a.first, a.second).cmp(&(b.first, b.second)))
    });
    let (mut left, mut right) = (vec![false; first.len()], vec![false; second.len()]);
    candidates.retain(|pair| {
        let free = !left[pair.first] && !right[pair.second];
        if free {
            (left[pair.first], right[pair.second]) = (true, true);
        }
        free
    });
    candidates.sort_unstable_by_key(|pair| pair.first);
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u64, end: u64) -> Span {
        Span::new(start, end).expect("some characters")
    }

    #[test]
    fn the_best_pair_comes_first_and_each_span_once() {
        let first = [span(0, 10), span(20, 30)];
        let second = [span(8, 28), span(29, 40)];
        // 8/22 of the second span with the middle, 2/28 of the first, 1/20 of the last.
        let pairs = align(&first, &second);
        assert_eq!(pairs, [Match { first: 1, second: 0, shared: 8, either: 22 }]);
        assert!(!pairs[0].reaches(Threshold::HALF) && !pairs[0].is_exact());
        let swapped: Vec<_> =
            align(&second, &first).iter().map(|pair| (pair.second, pair.first)).collect();
        assert_eq!(swapped, [(1, 0)]);
    }

    #[test]
    fn half_is_reached_by_half() {
        let pair = align(&[span(0, 10)], &[span(0, 5)])[0];
        assert!(pair.reaches(Threshold::HALF));
        assert!(!pair.reaches(Threshold::new(51, 100).expect("a threshold")));
        assert_eq!(Threshold::new(0, 2), None);
        assert_eq!(Threshold::new(3, 2), None);
    }
}
