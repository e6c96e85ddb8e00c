//! What does the report say: a number, a part, a percentage, a set, a sum, a comparison?

use crate::claim::scope::Scope;
use crate::claim::truth::Allowed;
use crate::number::Fraction;
use crate::study::Member;

/// What a claim says of the data.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Expected {
    /// Nothing but what its kind says.
    #[default]
    Nothing,
    /// A number, or a range of numbers.
    Amount(Allowed),
    /// So many out of so many, with the percentage that is printed beside it.
    Part {
        /// As counted.
        part: Fraction,
        /// As printed.
        percent: Option<Percent>,
    },
    /// A percentage alone.
    Percent(Percent),
    /// These people or these cases.
    Set(Vec<Member>),
    /// These codes, by row.
    Codes(Vec<u32>),
    /// A sum over people.
    Sum(Sum),
    /// So many people made so many mentions of several things.
    Union {
        /// How many people there are in all.
        people: i64,
        /// How many people mention each.
        parts: Vec<i64>,
    },
    /// A comparison with another code or another group.
    Than(Relation, Other),
    /// That there is none.
    No,
    /// Two different things, in two places.
    Twice(String, String),
}

/// A percentage as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent {
    /// The percentage times ten to the power of its decimals.
    pub digits: i64,
    /// How many decimals are printed; at most 6.
    pub decimals: u32,
}

/// `13+4=n`: numbers and the number of people, on both sides of a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The sum of the numbers left of the sign, less those right of it.
    pub number: i64,
    /// How often `n` stands left of the sign, less how often it stands right of it.
    pub people: i64,
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The first is larger.
    More,
    /// The first is not smaller.
    AtLeast,
    /// They are the same, within the tolerance.
    Same,
    /// The first is not larger.
    AtMost,
    /// The first is smaller.
    Less,
}

/// With what a claim compares.
#[derive(Clone, Debug, PartialEq)]
pub enum Other {
    /// With what the same people say of another code, by row.
    Code(u32),
    /// With what other people say.
    People(Scope),
}

impl Percent {
    /// The numbers that round to it, halves up or to even.
    #[must_use]
    pub fn rounds_from(self) -> Option<Allowed> {
        let unit = 10_i64.checked_pow(self.decimals.checked_add(2)?)?;
        let (twice, unit) = (self.digits.checked_mul(2)?, unit.checked_mul(2)?);
        Some(Allowed {
            from: Fraction::new((twice - 1).max(0), unit),
            to: Fraction::new(twice + 1, unit),
        })
    }

    /// Whether a part of a whole is printed so (the test of Brown & Heathers 2017, for proportions).
    #[must_use]
    pub fn is_of(self, part: Fraction) -> bool {
        self.rounds_from().is_none_or(|allowed| allowed.has(part))
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = 10_i64.pow(self.decimals.min(6));
        write!(f, "{}", self.digits / unit)?;
        match self.decimals {
            0 => f.write_str("%"),
            decimals => write!(f, ".{:0width$}%", self.digits % unit, width = decimals as usize),
        }
    }
}

impl Sum {
    /// The sum that makes it true: `None` when no number of people does, or every one does.
    #[must_use]
    pub fn people_that_fit(&self) -> Option<i64> {
        let fits = self.people != 0 && self.number % self.people == 0;
        fits.then(|| -self.number / self.people).filter(|&people| people >= 0)
    }

    /// Whether it is true for so many people.
    #[must_use]
    pub fn is_true_of(&self, people: usize) -> bool {
        i64::try_from(people).is_ok_and(|people| self.number + self.people * people == 0)
    }
}

impl Expected {
    /// A text that stands alone, without names of the study: a number, a range, a part, a
    /// percentage.
    #[must_use]
    pub fn amount(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((part, percent)) = text.split_once(char::is_whitespace) {
            let percent = percent.trim().trim_start_matches('(').trim_end_matches(')');
            let (part, percent) = (fraction(part)?, Self::percent(percent)?);
            return Some(Self::Part { part, percent: Some(percent) });
        }
        if text.ends_with('%') {
            return Some(Self::Percent(Self::percent(text)?));
        }
        if text.contains('/') {
            return Some(Self::Part { part: fraction(text)?, percent: None });
        }
        if let Some((from, to)) = text.split_once("..") {
            let end = |text: &str| -> Option<Option<Fraction>> {
                if text.trim().is_empty() { Some(None) } else { decimal(text).map(Some) }
            };
            let (from, to) = (end(from)?, end(to)?);
            let is_one = (from.is_some() || to.is_some())
                && from.zip(to).is_none_or(|(from, to)| from <= to);
            return is_one.then_some(Self::Amount(Allowed { from, to }));
        }
        decimal(text).map(|number| Self::Amount(Allowed::exactly(number)))
    }

    /// The same for a share, of which a decimal stands for all that it rounds from.
    #[must_use]
    pub fn share(text: &str) -> Option<Self> {
        let amount = Self::amount(text)?;
        let decimals = text.trim().split_once(['.', ',']).map_or(0, |(_, rest)| rest.len());
        match amount {
            Self::Amount(allowed) if decimals > 0 && allowed.from == allowed.to => {
                let unit = 10_i64.checked_pow(u32::try_from(decimals).ok()?)?.checked_mul(2)?;
                Some(Self::Amount(allowed.widened(Fraction::new(1, unit)?)))
            }
            amount => Some(amount),
        }
    }

    fn percent(text: &str) -> Option<Percent> {
        let text = text.strip_suffix('%')?.trim();
        let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let decimals = u32::try_from(rest.len()).ok().filter(|&decimals| decimals <= 6)?;
        let is_number =
            !whole.is_empty() && whole.bytes().chain(rest.bytes()).all(|b| b.is_ascii_digit());
        let digits = format!("{whole}{rest}").parse().ok().filter(|_| is_number)?;
        Some(Percent { digits, decimals })
    }

    /// A sum over people, such as `13+4=n` or `n-1=15`.
    #[must_use]
    pub fn sum(text: &str) -> Option<Self> {
        let (left, right) = text.split_once('=')?;
        let (left, right) = (side(left)?, side(right)?);
        let sum = Sum { number: left.0 - right.0, people: left.1 - right.1 };
        (sum.people != 0).then_some(Self::Sum(sum))
    }

    /// `14 of 11+2+2+2`: so many people, and how many mention each of several things.
    #[must_use]
    pub fn union(text: &str) -> Option<Self> {
        let (people, parts) = text.split_once(" of ")?;
        let parts: Vec<i64> =
            parts.split('+').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
        let people = people.trim().parse().ok()?;
        (parts.len() > 1 && people >= 0 && parts.iter().all(|&part| part >= 0))
            .then_some(Self::Union { people, parts })
    }

    /// The single number of people that it names, where it names one.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Amount(Allowed { from: Some(from), to: Some(to) })
                if from == to && from.reduced().denominator() == 1 =>
            {
                Some(from.reduced().numerator())
            }
            Self::Part { part, .. } => Some(part.numerator()),
            Self::Union { people, .. } => Some(*people),
            _ => None,
        }
    }
}

impl Relation {
    /// A sign, and the rest of the text behind it.
    #[must_use]
    pub fn parse(text: &str) -> Option<(Self, &str)> {
        let signs = [
            (">=", Self::AtLeast),
            ("<=", Self::AtMost),
            (">", Self::More),
            ("<", Self::Less),
            ("=", Self::Same),
        ];
        let text = text.trim();
        signs.iter().find_map(|&(sign, relation)| Some((relation, text.strip_prefix(sign)?.trim())))
    }

    /// The sign.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::More => ">",
            Self::AtLeast => "≥",
            Self::Same => "=",
            Self::AtMost => "≤",
            Self::Less => "<",
        }
    }
}

/// The numbers and the `n` of one side of a sum.
fn side(text: &str) -> Option<(i64, i64)> {
    let (mut number, mut people) = (0_i64, 0_i64);
    let spaced = text.replace('-', "+-");
    for (place, term) in spaced.split('+').map(str::trim).enumerate() {
        // What stands before a sign at the very beginning.
        if place == 0 && term.is_empty() {
            continue;
        }
        let (sign, term) = match term.strip_prefix('-') {
            Some(rest) => (-1, rest.trim()),
            None => (1, term),
        };
        match term {
            "n" => people += sign,
            digits => number = number.checked_add(sign * digits.parse::<i64>().ok()?)?,
        }
    }
    (!text.trim().is_empty()).then_some((number, people))
}

fn fraction(text: &str) -> Option<Fraction> {
    let (part, whole) = text.split_once('/')?;
    let part = part.trim().parse().ok().filter(|&part: &i64| part >= 0)?;
    Fraction::new(part, whole.trim().parse().ok()?)
}

/// A decimal number, exactly.
pub(crate) fn decimal(text: &str) -> Option<Fraction> {
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_number = !digits.is_empty()
        && rest.len() <= 9
        && digits.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
    let scale = 10_i64.checked_pow(u32::try_from(rest.len()).ok()?)?;
    let number = format!("{whole}{rest}").parse().ok().filter(|_| is_number)?;
    Fraction::new(number, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(number: i64) -> Option<Fraction> {
        Fraction::new(number, 1)
    }

    #[test]
    fn numbers_are_read_exactly() {
        let amount = |text| Expected::amount(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(amount("15").number(), Some(15));
        assert_eq!(amount("12..18"), Expected::Amount(Allowed { from: whole(12), to: whole(18) }));
        assert_eq!(
            amount("2.5"),
            Expected::Amount(Allowed::exactly(Fraction::new(5, 2).expect("f")))
        );
        let Expected::Part { part, percent } = amount("9/17 (53%)") else { panic!("no part") };
        assert_eq!(
            (part.to_string().as_str(), percent.map(|p| p.to_string()).as_deref()),
            ("9/17", Some("53%"))
        );
        assert_eq!(amount("12,5%"), Expected::Percent(Percent { digits: 125, decimals: 1 }));
        let Some(Expected::Amount(half)) = Expected::share("0.53") else { panic!("no share") };
        assert!(half.has(Fraction::new(9, 17).expect("a fraction")));
        assert!(!half.has(Fraction::new(1, 2).expect("a fraction")));
        for wrong in ["", "abc", "1/0", "1..2..3", "..", "%", "1e3", "9/17 of", "- 3", "2..1"] {
            assert_eq!(Expected::amount(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_percentage_is_one_that_the_part_can_round_to() {
        let percent = |text| Expected::percent(text).expect("a percentage");
        let part = |a, b| Fraction::new(a, b).expect("a fraction");
        assert!(percent("53%").is_of(part(9, 17)));
        assert!(percent("47%").is_of(part(8, 17)));
        assert!(!percent("54%").is_of(part(9, 17)));
        assert!(percent("12.5%").is_of(part(1, 8)) && percent("12%").is_of(part(1, 8)));
        assert!(percent("13%").is_of(part(1, 8)), "halves go up or to even");
    }

    #[test]
    fn a_sum_says_how_many_people_make_it_true() {
        let sum = |text| match Expected::sum(text) {
            Some(Expected::Sum(sum)) => sum,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(sum("13+4=n").people_that_fit(), Some(17));
        assert_eq!(sum("n-1=15").people_that_fit(), Some(16));
        assert!(sum("n - 1 = 15").is_true_of(16) && !sum("n-1=15").is_true_of(17));
        assert_eq!(sum("2+3=n+n").people_that_fit(), None);
        for wrong in ["13+4", "3++3=n", "13+4=17", "n=n", "=n", "a=n"] {
            assert_eq!(Expected::sum(wrong), None, "{wrong}");
        }
        let union = Expected::union("14 of 11+2+2+2");
        assert_eq!(union, Some(Expected::Union { people: 14, parts: vec![11, 2, 2, 2] }));
    }
}
