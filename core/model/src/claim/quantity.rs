//! How many is "several", "most", "almost all"?
//!
//! The lexicon gives each word a range of counts in a group of `n`; a study can give words of its
//! own, or other ranges, in `quantifiers`.

use std::collections::BTreeMap;

/// A word for a quantity and the counts it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The word as the report has it.
    pub word: String,
    /// At least so many.
    pub from: Bound,
    /// At most so many; absent: no limit.
    pub to: Option<Bound>,
    /// Whether more than any other of its kind is enough, too: "mainly".
    pub or_plurality: bool,
}

/// A number of people as a part of a group of `n`: `n / divisor`, rounded, plus `plus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// 0: a number that does not depend on the group; 1: the whole group; 3: a third of it.
    divisor: usize,
    /// Whether the part is taken off the group rather than being the bound itself.
    from_whole: bool,
    /// Whether the part is rounded up.
    up: bool,
    plus: usize,
}

impl Bound {
    const fn number(plus: usize) -> Self {
        Self { divisor: 0, from_whole: false, up: false, plus }
    }

    /// ⌊n / divisor⌋ + 1: more than that part.
    const fn more_than(divisor: usize) -> Self {
        Self { divisor, from_whole: false, up: false, plus: 1 }
    }

    const fn part(divisor: usize) -> Self {
        Self { divisor, from_whole: false, up: false, plus: 0 }
    }

    /// n − ⌈n / divisor⌉.
    const fn all_but(divisor: usize) -> Self {
        Self { divisor, from_whole: true, up: true, plus: 0 }
    }

    /// The number in a group of `n`.
    #[must_use]
    pub fn in_group(self, n: usize) -> usize {
        let part = match (self.divisor, self.up) {
            (0, _) => 0,
            (divisor, false) => n / divisor,
            (divisor, true) => n.div_ceil(divisor),
        };
        // All but a tenth of one person is one person.
        let base = if self.from_whole { (n - part.min(n)).max(n.min(1)) } else { part };
        base + self.plus
    }
}

/// How strong a statement about quantity is, from none to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nobody.
    None,
    /// One.
    One,
    /// Two, or up to a third.
    Few,
    /// More than a third.
    Many,
    /// More than half.
    Most,
    /// All but a tenth.
    AlmostAll,
    /// Everybody.
    All,
}

impl Strength {
    /// How strong it is to say that `count` of `n` do.
    #[must_use]
    pub fn of(count: usize, n: usize) -> Self {
        match count {
            0 => Self::None,
            count if count >= n => Self::All,
            count if count >= Bound::all_but(10).in_group(n) => Self::AlmostAll,
            count if count > n / 2 => Self::Most,
            count if count > n / 3 => Self::Many,
            1 => Self::One,
            _ => Self::Few,
        }
    }
}

/// The lexicon: English and Dutch words, each with its range.
const LEXICON: &[(&[&str], Bound, Option<Bound>, bool)] = &[
    (&["none", "no", "nobody", "geen", "niemand"], Bound::number(0), Some(Bound::number(0)), false),
    (&["one", "één", "een"], Bound::number(1), Some(Bound::number(1)), false),
    (&["two", "twee"], Bound::number(2), Some(Bound::number(2)), false),
    (&["few", "a few", "enkele", "een paar"], Bound::number(2), Some(Bound::part(3)), false),
    (
        &["several", "various", "some", "verschillende", "meerdere", "sommige"],
        Bound::number(2),
        None,
        false,
    ),
    (&["many", "much", "veel", "vele"], Bound::more_than(3), None, false),
    (&["most", "majority", "de meeste", "meerderheid"], Bound::more_than(2), None, false),
    (
        &["mainly", "mostly", "main", "primarily", "vooral", "voornamelijk", "hoofdzakelijk"],
        Bound::more_than(2),
        None,
        true,
    ),
    (
        &[
            "almost all",
            "nearly all",
            "broad consensus",
            "bijna alle",
            "bijna allen",
            "brede consensus",
        ],
        Bound::all_but(10),
        None,
        false,
    ),
    (
        &[
            "all",
            "every",
            "everybody",
            "consensus",
            "unanimous",
            "alle",
            "allen",
            "iedereen",
            "elke",
            "unaniem",
        ],
        Bound::part(1),
        None,
        false,
    ),
];

impl Quantity {
    /// What a word stands for: as the study says, else as the lexicon does; `None` for a word that
    /// neither has.
    ///
    /// # Errors
    /// When the study gives the word a range that is none.
    pub fn of(word: &str, own: &BTreeMap<String, String>) -> Result<Option<Self>, NoRange> {
        let plain = word.trim().to_lowercase();
        let given = own.iter().find(|(name, _)| name.trim().to_lowercase() == plain);
        if let Some((name, range)) = given {
            return Self::parse(name, range).map(Some);
        }
        let known = LEXICON.iter().find(|(words, ..)| words.contains(&plain.as_str()));
        Ok(known.map(|&(_, from, to, or_plurality)| Self {
            word: word.trim().to_owned(),
            from,
            to,
            or_plurality,
        }))
    }

    /// A range as a study writes it: `2..`, `..3`, `2..n/3`, `>n/2`, `n`, `n-n/10`, each of which
    /// may be followed by `or plurality`.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn parse(word: &str, range: &str) -> Result<Self, NoRange> {
        let plain = range.trim().to_lowercase();
        let (text, or_plurality) = match plain.strip_suffix("or plurality") {
            Some(rest) => (rest.trim(), true),
            None => (plain.as_str(), false),
        };
        let (from, to) = if let Some(rest) = text.strip_prefix('>') {
            let part = bound(rest)?;
            (Bound { plus: part.plus + 1, ..part }, None)
        } else if let Some((from, to)) = text.split_once("..") {
            let from = if from.trim().is_empty() { Bound::number(0) } else { bound(from)? };
            (from, if to.trim().is_empty() { None } else { Some(bound(to)?) })
        } else {
            (bound(text)?, Some(bound(text)?))
        };
        Ok(Self { word: word.to_owned(), from, to, or_plurality })
    }

    /// The counts it stands for in a group of `n`.
    #[must_use]
    pub fn range(&self, n: usize) -> (usize, usize) {
        let from = self.from.in_group(n);
        // A few of four are two, though a third of four is one.
        (from, self.to.map_or(n, |to| to.in_group(n).max(from)).min(n))
    }

    /// How strong the word is in a group of `n`.
    #[must_use]
    pub fn strength(&self, n: usize) -> Strength {
        Strength::of(self.from.in_group(n), n)
    }

    /// The words of the lexicon.
    pub fn words() -> impl Iterator<Item = &'static str> {
        LEXICON.iter().flat_map(|(words, ..)| words.iter().copied())
    }
}

/// A text that is no range of counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRange;

fn bound(text: &str) -> Result<Bound, NoRange> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return Ok(Bound::number(number));
    }
    let divisor = |text: &str| text.parse().ok().filter(|&divisor| divisor > 0).ok_or(NoRange);
    if let Some(rest) = text.strip_prefix("n-n/") {
        return Ok(Bound::all_but(divisor(rest)?));
    }
    if let Some(rest) = text.strip_prefix("n/") {
        return Ok(Bound::part(divisor(rest)?));
    }
    if text == "n" { Ok(Bound::part(1)) } else { Err(NoRange) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(word: &str, n: usize) -> (usize, usize) {
        let quantity = Quantity::of(word, &BTreeMap::new()).expect("a range").expect("a word");
        quantity.range(n)
    }

    #[test]
    fn the_lexicon_is_that_of_the_theory() {
        assert_eq!(range("none", 16), (0, 0));
        assert_eq!(range("few", 16), (2, 5));
        assert_eq!((range("few", 4), range("almost all", 1)), ((2, 2), (1, 1)));
        assert_eq!(range("Several", 16), (2, 16));
        assert_eq!(range("many", 6), (3, 6));
        assert_eq!(range("most", 16), (9, 16));
        assert_eq!(range("mainly", 7), (4, 7));
        assert_eq!(range("almost all", 16), (14, 16));
        assert_eq!(range("almost all", 7), (6, 7));
        assert_eq!(range("unanimous", 5), (5, 5));
        assert_eq!(range("brede consensus", 16), (14, 16));
    }

    #[test]
    fn a_study_can_say_what_a_word_means() {
        let own = BTreeMap::from([("several".to_owned(), "3..n/2".to_owned())]);
        let several = Quantity::of("several", &own).expect("a range").expect("a word");
        assert_eq!(several.range(10), (3, 5));
        for (text, n, expected) in
            [("2..", 9, (2, 9)), (">n/3", 9, (4, 9)), ("n-n/10", 20, (18, 18)), ("..3", 9, (0, 3))]
        {
            assert_eq!(Quantity::parse("w", text).expect(text).range(n), expected, "{text}");
        }
        assert!(Quantity::parse("w", "> n/2 or plurality").expect("a range").or_plurality);
        for wrong in ["", "half", "n/0", "2...4", "> "] {
            assert_eq!(Quantity::parse("w", wrong), Err(NoRange), "{wrong}");
        }
    }

    #[test]
    fn no_word_stands_twice_in_the_lexicon() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(Quantity::words().all(|word| seen.insert(word)));
    }

    #[test]
    fn strength_grows_with_the_count() {
        let strengths: Vec<Strength> = (0..=16).map(|count| Strength::of(count, 16)).collect();
        assert!(strengths.is_sorted());
        assert_eq!(Strength::of(2, 16), Strength::Few);
        assert_eq!(Strength::of(15, 16), Strength::AlmostAll);
        assert_eq!(Strength::of(9, 16), Strength::Most);
    }
}
