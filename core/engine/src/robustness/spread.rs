//! What is the least, the middle and the largest value of a measure over all readings?

use std::cmp::Ordering;
use std::collections::BTreeMap;

use parallax_model::document::{Across, number_text};
use parallax_model::settings::Language;
use parallax_model::{Fraction, Number};

use super::words;

/// So many different values of a measure are kept; beyond, the middle one is not available. The
/// least and the largest value are exact in any case.
pub(super) const MOST_VALUES: usize = 1000;

/// The values of one measure, each different one once.
#[derive(Clone, Debug, Default)]
pub(super) struct Spread {
    values: BTreeMap<Key, (Number, usize)>,
    /// The ends of the values that found no room.
    ends: Option<(Number, Number)>,
    readings: usize,
    missing: usize,
    is_full: bool,
}

/// What tells values apart: as they were counted, so `2/4` and `1/2` are two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u8, [i64; 4], String);

impl Key {
    fn of(number: &Number) -> Option<Self> {
        let ends = |lower: &Fraction, upper: &Fraction| {
            [lower.numerator(), lower.denominator(), upper.numerator(), upper.denominator()]
        };
        Some(match number {
            Number::Count { value } => Self(0, [*value, 1, 0, 0], String::new()),
            Number::Fraction(of) => Self(1, ends(of, of), String::new()),
            Number::Ratio(of) => Self(2, ends(of, of), String::new()),
            Number::Range { lower, upper } => Self(3, [*lower, 1, *upper, 1], String::new()),
            Number::Between { lower, upper } => Self(4, ends(lower, upper), String::new()),
            Number::Span { lower, upper } => Self(5, ends(lower, upper), String::new()),
            Number::Decimal { value, rule } => {
                Self(6, [value.to_bits().cast_signed(), 0, 0, 0], rule.clone())
            }
            Number::NotAvailable { .. } => return None,
        })
    }
}

impl Spread {
    /// Adds the value that the measure has in `readings` readings; `None` where the finding is not
    /// there.
    pub(super) fn add(&mut self, number: Option<&Number>, readings: usize) {
        let Some((number, key)) = number.and_then(|number| Some((number, Key::of(number)?))) else {
            self.missing += readings;
            return;
        };
        self.readings += readings;
        if let Some((_, times)) = self.values.get_mut(&key) {
            *times += readings;
        } else if self.values.len() < MOST_VALUES {
            self.values.insert(key, (number.clone(), readings));
        } else {
            self.is_full = true;
            let (least, most) = ends(number);
            self.ends = Some(match self.ends.take() {
                None => (least, most),
                Some((lower, upper)) => (lesser(lower, least), greater(upper, most)),
            });
        }
    }

    /// How many numbers are kept.
    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        self.values.len() + if self.ends.is_some() { 2 } else { 0 }
    }

    /// What the document says of them.
    pub(super) fn across(&self, language: Language) -> Across {
        let nothing = || Number::not_available(no_value(language));
        let all = self.values.values().map(|(number, _)| ends(number)).chain(self.ends.clone());
        let (lowers, uppers): (Vec<Number>, Vec<Number>) = all.unzip();
        let least = lowers.into_iter().reduce(lesser).unwrap_or_else(nothing);
        let most = uppers.into_iter().reduce(greater).unwrap_or_else(nothing);
        let median = match self.is_full {
            true => Number::not_available(too_many(language)),
            false => self.median().unwrap_or_else(nothing),
        };
        let text = match self.values.len() {
            0 | 1 => String::new(),
            _ => {
                let [least, median, most] = [&least, &median, &most]
                    .map(|number| number_text(number, language, reason(number)));
                words::range(&least, &median, &most, language)
            }
        };
        let (values, readings) = (self.values.len(), self.readings);
        Across { least, median, most, values, readings, missing: self.missing, text }
    }

    /// The value in the middle; of two, the lower.
    fn median(&self) -> Option<Number> {
        let mut sorted: Vec<&(Number, usize)> = self.values.values().collect();
        sorted.sort_by(|a, b| by_middle(&a.0, &b.0));
        let mut before = self.readings.div_ceil(2);
        sorted.into_iter().find_map(|(number, times)| match before.checked_sub(*times) {
            Some(left) if left > 0 => {
                before = left;
                None
            }
            _ => Some(number.clone()),
        })
    }
}

/// The least and the most that a value can be.
fn ends(number: &Number) -> (Number, Number) {
    let count = |value: &i64| Number::Count { value: *value };
    match number {
        Number::Range { lower, upper } => (count(lower), count(upper)),
        Number::Between { lower, upper } => (Number::Fraction(*lower), Number::Fraction(*upper)),
        Number::Span { lower, upper } => (Number::Ratio(*lower), Number::Ratio(*upper)),
        known => (known.clone(), known.clone()),
    }
}

fn lesser(a: Number, b: Number) -> Number {
    if by_middle(&b, &a) == Ordering::Less { b } else { a }
}

fn greater(a: Number, b: Number) -> Number {
    if by_middle(&b, &a) == Ordering::Greater { b } else { a }
}

/// By the midpoint of the bounds: exactly where both are fractions, else as decimal numbers.
fn by_middle(a: &Number, b: &Number) -> Ordering {
    match (twice_the_middle(a), twice_the_middle(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => decimal(a).total_cmp(&decimal(b)),
    }
}

fn twice_the_middle(number: &Number) -> Option<Fraction> {
    let (lower, upper) = match number {
        Number::Count { value } => (Fraction::new(*value, 1)?, Fraction::new(*value, 1)?),
        Number::Fraction(of) | Number::Ratio(of) => (*of, *of),
        Number::Range { lower, upper } => (Fraction::new(*lower, 1)?, Fraction::new(*upper, 1)?),
        Number::Between { lower, upper } | Number::Span { lower, upper } => (*lower, *upper),
        Number::Decimal { .. } | Number::NotAvailable { .. } => return None,
    };
    lower.plus(upper)
}

#[expect(clippy::cast_precision_loss, reason = "only where one of two values is no fraction")]
fn decimal(number: &Number) -> f64 {
    match number {
        Number::Count { value } => 2.0 * *value as f64,
        Number::Fraction(of) | Number::Ratio(of) => 2.0 * of.to_f64(),
        Number::Range { lower, upper } => *lower as f64 + *upper as f64,
        Number::Between { lower, upper } | Number::Span { lower, upper } => {
            lower.to_f64() + upper.to_f64()
        }
        Number::Decimal { value, .. } => 2.0 * value,
        Number::NotAvailable { .. } => 0.0,
    }
}

fn reason(number: &Number) -> &str {
    match number {
        Number::NotAvailable { reason } => reason,
        _ => "",
    }
}

fn no_value(language: Language) -> &'static str {
    match language {
        Language::En => "in no reading it has a value",
        Language::Nl => "in geen lezing is er een waarde",
    }
}

fn too_many(language: Language) -> &'static str {
    match language {
        Language::En => "there are more than 1000 different values",
        Language::Nl => "er zijn meer dan 1000 verschillende waarden",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: i64, whole: i64) -> Number {
        Number::Ratio(Fraction::new(part, whole).expect("a fraction"))
    }

    fn across(values: &[(Number, usize)]) -> Across {
        let mut spread = Spread::default();
        values.iter().for_each(|(number, times)| spread.add(Some(number), *times));
        spread.across(Language::En)
    }

    #[test]
    fn the_middle_counts_every_reading_and_of_two_is_the_lower() {
        let found = across(&[(share(1, 2), 1), (share(1, 3), 1), (share(3, 4), 2)]);
        assert_eq!(
            (found.least, found.median, found.most),
            (share(1, 3), share(1, 2), share(3, 4))
        );
        assert_eq!(found.text, "0.333 (1/3) to 0.750 (3/4), in the middle 0.500 (1/2)");
        let odd = across(&[(share(1, 2), 1), (share(1, 3), 1), (share(3, 4), 3)]);
        assert_eq!(odd.median, share(3, 4));
    }

    #[test]
    fn bounds_give_their_ends_and_the_middle_midpoint() {
        let found =
            across(&[(Number::range(3, 9), 1), (Number::range(1, 3), 1), (Number::count(5), 1)]);
        let expected = (Number::count(1), Number::count(5), Number::count(9));
        assert_eq!((found.least, found.median, found.most), expected);
    }

    #[test]
    fn what_has_no_value_is_counted_apart() {
        let mut spread = Spread::default();
        spread.add(None, 2);
        spread.add(Some(&Number::not_available("nobody")), 3);
        let nothing = spread.across(Language::En);
        assert_eq!((nothing.readings, nothing.missing, nothing.values), (0, 5, 0));
        assert!(matches!(nothing.least, Number::NotAvailable { .. }));
        let decimal = across(&[(Number::decimal(0.3, "r"), 1), (Number::decimal(-0.5, "r"), 1)]);
        assert_eq!(decimal.median, Number::decimal(-0.5, "r"));
    }

    #[test]
    fn many_values_take_no_more_room_and_keep_their_ends() {
        let mut spread = Spread::default();
        for value in 0..5 * MOST_VALUES {
            spread.add(Some(&Number::count(value)), 1);
        }
        assert_eq!(spread.kept(), MOST_VALUES + 2);
        let found = spread.across(Language::En);
        assert_eq!((found.least, found.most), (Number::count(0), Number::count(4999)));
        assert!(matches!(found.median, Number::NotAvailable { .. }));
        assert_eq!(found.readings, 5000);
    }
}
