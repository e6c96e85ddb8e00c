//! How far do coders agree, character by character, on whether a text is coded?
//!
//! Every character is one decision of each coder: coded or not. The decisions are counted from the
//! ends of spans, never one by one.

use crate::amount::Amount;
use crate::span::Span;

/// The decisions of two coders on the same characters, cross-tabulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Coded by both.
    pub both: u64,
    /// Coded by the first only.
    pub first: u64,
    /// Coded by the second only.
    pub second: u64,
    /// Coded by neither.
    pub neither: u64,
}

impl Decisions {
    /// How many characters there are.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.either() + self.neither
    }

    /// How many characters at least one coder coded.
    #[must_use]
    pub fn either(&self) -> u64 {
        self.both + self.first + self.second
    }

    /// On how many characters they decided alike.
    #[must_use]
    pub fn alike(&self) -> u64 {
        self.both + self.neither
    }

    /// κ = (po − pe) / (1 − pe), each coder with proportions of their own (Cohen 1960); at most 1.
    /// `None` where nothing but agreement was possible: both coded everything, or both nothing.
    #[must_use]
    pub fn kappa(&self) -> Option<Amount> {
        let (all, alike) = (i128::from(self.all()), i128::from(self.alike()));
        let first = i128::from(self.both + self.first);
        let second = i128::from(self.both + self.second);
        // Both sides times the square of all.
        let chance = first * second + (all - first) * (all - second);
        Amount::of(all * alike - chance, 1).over(Amount::of(all * all - chance, 1))
    }

    /// AC1 = (po − pe) / (1 − pe) with pe = 2π(1 − π), π the mean share of coded characters (Gwet
    /// 2008, for the two categories coded and not coded); at most 1. `None` of no characters.
    #[must_use]
    pub fn ac1(&self) -> Option<Amount> {
        let (all, alike) = (i128::from(self.all()), i128::from(self.alike()));
        let coded = i128::from(2 * self.both + self.first + self.second);
        // Both sides times twice the square of all.
        let chance = coded * (2 * all - coded);
        Amount::of(2 * all * alike - chance, 1).over(Amount::of(2 * all * all - chance, 1))
    }
}

/// The decisions of two or more coders, as their coincidences. Those of several texts add up, each
/// text with its own number of coders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coincidences {
    /// Decisions: characters, each as often as it has coders.
    pub decisions: u64,
    /// Decisions that a character is coded.
    pub coded: u64,
    /// Over all characters, r(m − r) / (m − 1) of m coders of whom r coded it: half of the
    /// disagreeing coincidences.
    pub disagreement: Amount,
}

impl Default for Coincidences {
    fn default() -> Self {
        Self { decisions: 0, coded: 0, disagreement: Amount::ZERO }
    }
}

impl Coincidences {
    /// Those of the coders of one text of so many characters; at least two coders, each with joined
    /// spans.
    #[must_use]
    pub fn of(coders: &[&[Span]], length: u64) -> Self {
        let count = coders.len() as u64;
        let spans = coders.iter().copied().flatten();
        let disagreement = Amount::of(disagreeing(coders), i128::from(count.max(2)) - 1);
        Self {
            decisions: count * length,
            coded: spans.map(|span| span.length()).sum(),
            disagreement,
        }
    }

    /// Those of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            decisions: self.decisions + other.decisions,
            coded: self.coded + other.coded,
            disagreement: self.disagreement.plus(other.disagreement),
        }
    }

    /// Krippendorff's α for nominal data, 1 − (n − 1) Σ o / Σ n n' over the n decisions
    /// (Krippendorff 2019); at most 1. `None` where all decisions are the same.
    #[must_use]
    pub fn alpha(&self) -> Option<Amount> {
        let pairs = Amount::count(self.coded).times(Amount::count(self.decisions - self.coded));
        let others = Amount::count(self.decisions.saturating_sub(1));
        Some(Amount::ONE.minus(self.disagreement.times(others).over(pairs)?))
    }

    /// The unitizing α of one value against the gaps, where `squares` is the sum of the squared
    /// lengths of all units (Krippendorff et al. 2016): as [`alpha`](Self::alpha), but that a unit
    /// is not compared with itself as a whole, rather than character by character.
    #[must_use]
    pub fn unitizing_alpha(&self, squares: Amount) -> Option<Amount> {
        let all = Amount::count(self.decisions);
        let gaps = Amount::count(self.decisions - self.coded);
        let comparable = all.times(all).minus(gaps).minus(squares);
        let chance = all.times(Amount::count(self.coded)).times(gaps);
        Some(Amount::ONE.minus(self.disagreement.times(comparable).over(chance)?))
    }
}

/// Over all characters, r(m − r) of m coders of whom r coded it: one sweep over the sorted ends.
fn disagreeing(coders: &[&[Span]]) -> i128 {
    let spans = || coders.iter().copied().flatten();
    let mut ends: Vec<(u64, i64)> =
        spans().map(|span| (span.start(), 1)).chain(spans().map(|span| (span.end(), -1))).collect();
    ends.sort_unstable();
    let (mut sum, mut coding, mut from) = (0, 0_i64, 0);
    for (at, change) in ends {
        let others = coders.len() as i64 - coding;
        sum += i128::from(at - from) * i128::from(coding * others);
        coding += change;
        from = at;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u64, end: u64) -> Span {
        Span::new(start, end).expect("some characters")
    }

    /// Theory D9, oracle (4): [10, 40) and [15, 50) in a text of 100.
    const EXAMPLE: Decisions = Decisions { both: 25, first: 5, second: 10, neither: 60 };

    #[test]
    fn the_worked_example_gives_the_numbers_of_the_oracle() {
        assert_eq!((EXAMPLE.alike(), EXAMPLE.all()), (85, 100));
        assert_eq!(EXAMPLE.kappa(), Some(Amount::of(29, 44)));
        assert_eq!(EXAMPLE.ac1(), Some(Amount::of(329, 449)));
        let of = Coincidences::of(&[&[span(10, 40)], &[span(15, 50)]], 100);
        assert_eq!((of.decisions, of.coded, of.disagreement), (200, 65, Amount::count(15)));
        assert_eq!(of.alpha(), Some(Amount::of(386, 585)));
        let near = |amount: Option<Amount>, to: f64| (amount.expect("defined").value() - to).abs();
        assert!(near(EXAMPLE.kappa(), 0.659_090_9) < 1e-7);
        assert!(near(of.alpha(), 0.659_829_1) < 1e-7);
        assert!(near(EXAMPLE.ac1(), 0.732_739_4) < 1e-7);
    }

    #[test]
    fn where_nothing_but_agreement_is_possible_it_is_undefined() {
        let everything = Decisions { both: 9, ..Decisions::default() };
        assert_eq!(everything.kappa(), None);
        assert_eq!(everything.ac1(), Some(Amount::ONE));
        assert_eq!(Decisions::default().ac1(), None);
        let all = [span(0, 9)];
        assert_eq!(Coincidences::of(&[&all, &all], 9).alpha(), None);
        assert_eq!(Coincidences::of(&[&[], &[]], 9).alpha(), None);
    }

    #[test]
    fn without_the_uncoded_text_kappa_is_never_above_nothing() {
        let coded = Decisions { neither: 0, ..EXAMPLE };
        assert!(coded.kappa().expect("defined").value() < 0.0);
        let one = Decisions { both: 25, first: 5, second: 0, neither: 0 };
        assert_eq!(one.kappa(), Some(Amount::ZERO));
    }
}
