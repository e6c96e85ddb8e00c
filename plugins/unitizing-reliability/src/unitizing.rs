//! How reliable are the units that coders cut out of a text, and the values that they gave them?
//!
//! The family of Krippendorff, Mathet, Bouvry & Widlöcher (2016; Krippendorff 2019, section 12.6)
//! for nominal values. Each of m coders divides a text of L characters into units with a value and
//! gaps (φ) between them. Observed coincidences are lengths of intersections of the parts of two
//! coders, ℓ_ck = Σ_i Σ_{j≠i} L(c of i ∩ k of j) / (m − 1), so that they add up to mL. Expected ones
//! take any two parts whatever, but no unit with itself as a whole:
//! ε_ck = ℓ.. (ℓ_c. ℓ_.k − \[c = k] S_c) / (ℓ..² − S.), where S_c is the sum of the squared lengths of
//! the units valued c, and S_φ the plain length of the gaps, which are no units.
//!
//! - u-α = 1 − Σ_{c≠k} ℓ / Σ_{c≠k} ε: units and their values (eq. 34 of 2019).
//! - |u-α: the same after every value is taken for one, unit or gap (eq. 35).
//! - cu-α: of what coders both cut out, did they value it alike? Coincidences ℓ* without the gaps;
//!   the length of a unit is that of its intersections with units of others, Σ_j L / (m − 1)
//!   (eqs. 36, 37). With two coders no other reading is possible. With three, programs differ: this
//!   one adds up to ℓ*, and gives the published .724 where squaring before taking the mean gives
//!   .726, and taking the union of the others .728.
//! - (k)u-α: the same for one value k against the others,
//!   1 − (ε*_.k / ℓ*_.k) Σ_{c≠k} ℓ*_ck / Σ_{c≠k} ε*_ck (eq. 38), beside the part ℓ*_.k / ℓ_.k of all
//!   that has the value k on which it rests.
//!
//! The coincidences of several texts add up, as if one text followed the other; gaps count by their
//! characters, so their order makes no difference.

use std::collections::BTreeMap;

use crate::amount::Amount;
use crate::span::Span;

/// A stretch of text that one coder gave one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Where it stands.
    pub span: Span,
    /// Its value: the row of a code.
    pub value: u32,
}

/// The coincidences of one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// ℓ_c.: how many characters have the value, over all coders.
    pub length: u64,
    /// S_c: the sum of the squared lengths of its units.
    pub squares: Amount,
    /// ℓ_cc.
    pub alike: Amount,
    /// ℓ*_c.: as far as another coder has a unit there.
    pub paired: Amount,
    /// The squared lengths of its units, as far as others have units there.
    pub paired_squares: Amount,
}

impl Tally {
    const NONE: Self = Self {
        length: 0,
        squares: Amount::ZERO,
        alike: Amount::ZERO,
        paired: Amount::ZERO,
        paired_squares: Amount::ZERO,
    };

    fn plus(self, other: &Self) -> Self {
        Self {
            length: self.length + other.length,
            squares: self.squares.plus(other.squares),
            alike: self.alike.plus(other.alike),
            paired: self.paired.plus(other.paired),
            paired_squares: self.paired_squares.plus(other.paired_squares),
        }
    }
}

/// The coincidences of one text, or of several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continuum {
    /// ℓ..: the characters of the text, as often as it has coders.
    pub total: u64,
    /// ℓ_φ.: how much of that is gap.
    pub gaps: u64,
    /// Half of what is a unit to one coder and a gap to another, Σ r(m − r) / (m − 1).
    pub unit_or_gap: Amount,
    /// The values that occur, by value.
    pub values: BTreeMap<u32, Tally>,
}

/// One coder gave two values to the same character, so there is no one value of each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlapping;

impl Continuum {
    /// The coincidences of the units of at least two coders, each list ascending, in a text of so
    /// many characters. One sweep over the ends: time grows as n log n with the units.
    ///
    /// # Errors
    /// When two units of one coder share characters.
    pub fn of(coders: &[&[Unit]], length: u64) -> Result<Self, Overlapping> {
        let apart = |pair: &[Unit]| pair[0].span.end() <= pair[1].span.start();
        if !coders.iter().all(|units| units.windows(2).all(apart)) {
            return Err(Overlapping);
        }
        let count = coders.len() as u64;
        let total = count * length;
        let mut continuum = Self { total, gaps: total, ..Self::default() };
        for unit in coders.iter().copied().flatten() {
            let tally = continuum.values.entry(unit.value).or_insert(Tally::NONE);
            let size = Amount::count(unit.span.length());
            tally.length += unit.span.length();
            tally.squares = tally.squares.plus(size.times(size));
            continuum.gaps -= unit.span.length();
        }
        continuum.intersect(coders, i128::from(count.max(2)) - 1);
        Ok(continuum)
    }

    /// Adds what the units of different coders share; `others` is m − 1.
    fn intersect(&mut self, coders: &[&[Unit]], others: i128) {
        // How much of the unit each coder is in others have units in, in characters times others.
        let mut paired: Vec<i128> = vec![0; coders.len()];
        let mut within: BTreeMap<u32, i128> = BTreeMap::new();
        let mut inside: Vec<bool> = vec![false; coders.len()];
        let (mut sums, mut unit_or_gap) = (BTreeMap::<u32, i128>::new(), 0);
        let mut from = 0;
        for (at, starts, coder, place) in ends(coders) {
            let size = i128::from(at - from);
            from = at;
            let coding: i128 = within.values().sum();
            if size > 0 && coding > 0 {
                unit_or_gap += size * coding * (others + 1 - coding);
                for (&value, &alike) in &within {
                    *sums.entry(value).or_default() += size * alike * (alike - 1);
                }
                for coder in (0..coders.len()).filter(|&coder| inside[coder]) {
                    paired[coder] += size * (coding - 1);
                }
            }
            let value = coders[coder][place].value;
            inside[coder] = starts;
            let count = within.entry(value).or_default();
            *count += if starts { 1 } else { -1 };
            if *count == 0 {
                within.remove(&value);
            }
            if !starts {
                self.close(value, std::mem::take(&mut paired[coder]), others);
            }
        }
        self.unit_or_gap = Amount::of(unit_or_gap, others);
        for (value, alike) in sums {
            let tally = self.values.entry(value).or_insert(Tally::NONE);
            tally.alike = Amount::of(alike, others);
        }
    }

    /// A unit ends of which so much is paired.
    fn close(&mut self, value: u32, paired: i128, others: i128) {
        let tally = self.values.entry(value).or_insert(Tally::NONE);
        let paired = Amount::of(paired, others);
        tally.paired = tally.paired.plus(paired);
        tally.paired_squares = tally.paired_squares.plus(paired.times(paired));
    }

    /// The coincidences of both.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.total += other.total;
        self.gaps += other.gaps;
        self.unit_or_gap = self.unit_or_gap.plus(other.unit_or_gap);
        for (&value, tally) in &other.values {
            let own = self.values.entry(value).or_insert(Tally::NONE);
            *own = own.plus(tally);
        }
        self
    }

    /// ℓ..² − S.: what any part can be compared with.
    fn comparable(&self) -> Amount {
        let total = Amount::count(self.total);
        let squares = self.sum(|tally| tally.squares);
        total.times(total).minus(Amount::count(self.gaps)).minus(squares)
    }

    fn sum(&self, of: impl Fn(&Tally) -> Amount) -> Amount {
        self.values.values().fold(Amount::ZERO, |sum, tally| sum.plus(of(tally)))
    }

    /// ℓ_φφ: what is a gap to both of two coders.
    pub(crate) fn gaps_alike(&self) -> Amount {
        Amount::count(self.gaps).minus(self.unit_or_gap)
    }

    /// u-α: units and their values; at most 1. `None` where everything has one value, or is gap.
    #[must_use]
    pub fn alpha(&self) -> Option<Amount> {
        let total = Amount::count(self.total);
        let alike = self.sum(|tally| tally.alike).plus(self.gaps_alike());
        let square = |count: u64| Amount::count(count).times(Amount::count(count));
        let same = self.sum(|tally| square(tally.length)).plus(square(self.gaps));
        let chance = total.times(total.times(total).minus(same));
        let observed = total.minus(alike).times(self.comparable());
        Some(Amount::ONE.minus(observed.over(chance)?))
    }

    /// |u-α: units against gaps, whatever their values; at most 1. `None` where everything is unit,
    /// or gap.
    #[must_use]
    pub fn binary_alpha(&self) -> Option<Amount> {
        let (total, gaps) = (Amount::count(self.total), Amount::count(self.gaps));
        let chance = total.times(gaps).times(total.minus(gaps));
        let observed = self.unit_or_gap.times(self.comparable());
        Some(Amount::ONE.minus(observed.over(chance)?))
    }

    /// cu-α: the values of what several coders cut out; at most 1. `None` where they cut out
    /// nothing in common, or gave all of it one value.
    #[must_use]
    pub fn coding_alpha(&self) -> Option<Amount> {
        let paired = self.sum(|tally| tally.paired);
        let unlike = paired.minus(self.sum(|tally| tally.alike));
        let same = self.sum(|tally| tally.paired.times(tally.paired));
        let comparable = paired.times(paired).minus(self.sum(|tally| tally.paired_squares));
        let chance = paired.times(paired.times(paired).minus(same));
        Some(Amount::ONE.minus(unlike.times(comparable).over(chance)?))
    }

    /// (k)u-α: one value against the others in what several coders cut out; at most 1. `None` where
    /// it or any other value is missing there.
    #[must_use]
    pub fn value_alpha(&self, value: u32) -> Option<Amount> {
        let tally = self.values.get(&value)?;
        let paired = self.sum(|tally| tally.paired);
        let unlike = tally.paired.minus(tally.alike);
        let expected = paired.times(tally.paired).minus(tally.paired_squares);
        let chance = tally.paired.times(tally.paired).times(paired.minus(tally.paired));
        Some(Amount::ONE.minus(unlike.times(expected).over(chance)?))
    }

    /// ℓ*_.k / ℓ_.k: how much of what has a value others cut out too. `None` where nothing has it.
    #[must_use]
    pub fn coverage(&self, value: u32) -> Option<Amount> {
        let tally = self.values.get(&value)?;
        tally.paired.over(Amount::count(tally.length))
    }
}

/// Where units start and end, along the text: the place, whether one starts, whose, and which. Ends
/// come before starts, so that a coder is in one unit at a time.
fn ends(coders: &[&[Unit]]) -> Vec<(u64, bool, usize, usize)> {
    let mut ends = Vec::new();
    for (coder, units) in coders.iter().enumerate() {
        for (place, unit) in units.iter().enumerate() {
            ends.push((unit.span.start(), true, coder, place));
            ends.push((unit.span.end(), false, coder, place));
        }
    }
    ends.sort_unstable();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(of: &[(u64, u64, u32)]) -> Vec<Unit> {
        let unit = |&(start, end, value)| Unit {
            span: Span::new(start, end).expect("some characters"),
            value,
        };
        of.iter().map(unit).collect()
    }

    /// Krippendorff (2019), figure 12.11: three coders of a text of 60.
    fn book() -> Continuum {
        let alex =
            units(&[(0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7)]);
        let paul = units(&[(0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6)]);
        let suzan =
            units(&[(0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6)]);
        Continuum::of(&[&alex, &paul, &suzan], 60).expect("one value at a time")
    }

    /// The book prints .510, .413 and .724 (quoted after the tests of the R package quallmer); .413
    /// for .4136 fits expected coincidences rounded to 2 × 44.3 from 88.68.
    #[test]
    fn the_published_example_gives_the_published_values() {
        let book = book();
        let to_three = |amount: Option<Amount>| format!("{:.4}", amount.expect("defined").value());
        assert_eq!(book.alpha(), Some(Amount::of(16349, 32058)));
        assert_eq!(to_three(book.alpha()), "0.5100");
        assert_eq!(book.binary_alpha(), Some(Amount::of(144_038, 348_255)));
        assert_eq!(to_three(book.binary_alpha()), "0.4136");
        assert_eq!(book.coding_alpha(), Some(Amount::of(24944, 34445)));
        assert_eq!(to_three(book.coding_alpha()), "0.7242");
    }

    #[test]
    fn the_published_example_gives_the_published_values_one_by_one() {
        let book = book();
        let values: Vec<_> = (1..=7).map(|value| book.value_alpha(value)).collect();
        let (none, all) = (Some(Amount::ZERO), Some(Amount::ONE));
        assert_eq!(values, [all, none, none, none, all, all, None]);
        // 8 of the 18 characters with the value 5, none of the 16 with the value 7.
        assert_eq!(book.coverage(5), Some(Amount::of(4, 9)));
        assert_eq!(book.coverage(7), Some(Amount::ZERO));
        assert_eq!(book.coverage(8), None);
    }

    #[test]
    fn a_small_example_worked_out_by_hand() {
        // [0, 4) by both, [6, 8) by the first: ℓ.. 20, φ 10, unit against gap 2 × 2 of 20, squares
        // 16 + 16 + 4. u-α = 1 − 4 (400 − 10 − 36) / (20 (400 − 100 − 100)).
        let first = units(&[(0, 4, 1), (6, 8, 1)]);
        let second = units(&[(0, 4, 1)]);
        let both = Continuum::of(&[&first, &second], 10).expect("one value at a time");
        assert_eq!(both.alpha(), Some(Amount::of(323, 500)));
        assert_eq!(both.binary_alpha(), both.alpha());
        assert_eq!(both.coding_alpha(), None);
    }

    #[test]
    fn two_values_for_one_character_are_refused() {
        let twice = units(&[(0, 4, 1), (3, 8, 2)]);
        assert_eq!(Continuum::of(&[&twice, &[]], 10), Err(Overlapping));
    }
}
