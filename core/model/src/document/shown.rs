//! How does a value look to a reader, and which id stands behind it?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::{Fraction, Number};
use crate::settings::Language;

/// A value and the text a reader sees for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Shown {
    /// A number.
    Number {
        /// The value.
        number: Number,
        /// The value as a sentence writes it.
        text: String,
    },
    /// A code.
    Code {
        /// Its id.
        id: String,
        /// Its label.
        text: String,
    },
    /// A role.
    Role {
        /// Its id.
        id: String,
        /// Its label.
        text: String,
    },
    /// A participant.
    Participant {
        /// The pseudonym.
        id: String,
        /// The same.
        text: String,
    },
    /// A case.
    Case {
        /// Its id.
        id: String,
        /// Its label.
        text: String,
    },
    /// A source.
    Source {
        /// Its id.
        id: String,
        /// Its label.
        text: String,
    },
    /// Several ids.
    Names {
        /// The ids, in order.
        ids: Vec<String>,
        /// Their labels, as a sentence lists them.
        text: String,
    },
    /// A word of the analysis, such as a status.
    Word {
        /// Its name in the analysis.
        id: String,
        /// The word.
        text: String,
    },
    /// What somebody says of something.
    Said {
        /// The state of the cell, a word of the analysis.
        state: String,
        /// The ids of the statements behind it; a full report shows their paraphrases.
        statements: Vec<String>,
        /// The word for the state.
        text: String,
    },
    /// Text as it is.
    Text {
        /// The text.
        text: String,
    },
}

impl Shown {
    /// What a reader sees.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Number { text, .. }
            | Self::Code { text, .. }
            | Self::Role { text, .. }
            | Self::Participant { text, .. }
            | Self::Case { text, .. }
            | Self::Source { text, .. }
            | Self::Names { text, .. }
            | Self::Word { text, .. }
            | Self::Said { text, .. }
            | Self::Text { text } => text,
        }
    }

    /// The id behind the text; `None` for numbers, lists and plain text.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Code { id, .. }
            | Self::Role { id, .. }
            | Self::Participant { id, .. }
            | Self::Case { id, .. }
            | Self::Source { id, .. }
            | Self::Word { id, .. } => Some(id),
            Self::Number { .. } | Self::Names { .. } | Self::Said { .. } | Self::Text { .. } => {
                None
            }
        }
    }
}

/// A share of fewer than this many is never written as a percentage.
const LEAST_FOR_PERCENTAGE: i64 = 10;

/// An index whose denominator is larger than this is read as a decimal only.
const MOST_TO_READ: i64 = 9999;

/// A number as a sentence in `language` writes it; `reason` words why it is not available.
#[must_use]
pub fn number(number: &Number, language: Language, reason: &str) -> String {
    let to = if language == Language::Nl { "tot" } else { "to" };
    match number {
        Number::Count { value } => value.to_string(),
        Number::Fraction(fraction) => match percentage(*fraction, language) {
            Some(percent) => format!("{fraction} ({percent})"),
            None => fraction.to_string(),
        },
        Number::Ratio(fraction) if fraction.reduced().denominator() == 1 => {
            fraction.reduced().numerator().to_string()
        }
        Number::Ratio(fraction) if fraction.denominator() > MOST_TO_READ => {
            decimal(fraction.to_f64(), language)
        }
        Number::Ratio(fraction) => format!("{} ({fraction})", decimal(fraction.to_f64(), language)),
        Number::Range { lower, upper } if lower == upper => lower.to_string(),
        Number::Range { lower, upper } => format!("{lower} {to} {upper}"),
        Number::Between { lower, upper } if lower == upper => {
            self::number(&Number::Fraction(*lower), language, reason)
        }
        Number::Span { lower, upper } if lower == upper => {
            self::number(&Number::Ratio(*lower), language, reason)
        }
        // Out of the same whole the percentages say how far the bounds are apart.
        Number::Between { lower, upper } if lower.denominator() == upper.denominator() => {
            match (percentage(*lower, language), percentage(*upper, language)) {
                (Some(least), Some(most)) => format!("{lower} {to} {upper} ({least} {to} {most})"),
                _ => format!("{lower} {to} {upper}"),
            }
        }
        Number::Between { lower, upper } | Number::Span { lower, upper } => {
            let ends = [lower, upper].map(|end| decimal(end.to_f64(), language));
            format!("{} {to} {} ({lower} {to} {upper})", ends[0], ends[1])
        }
        Number::Decimal { value, .. } => decimal(*value, language),
        Number::NotAvailable { .. } if language == Language::Nl => {
            format!("niet beschikbaar ({reason})")
        }
        Number::NotAvailable { .. } => format!("not available ({reason})"),
    }
}

/// The percentage of a share of 10 or more, to the nearest whole; of less than half a percent, its
/// first digit. Never 0 % for something, nor 100 % for less than everything.
fn percentage(share: Fraction, language: Language) -> Option<String> {
    let (part, whole) = (i128::from(share.numerator()), i128::from(share.denominator()));
    if whole < i128::from(LEAST_FOR_PERCENTAGE) || part < 0 || part > whole {
        return None;
    }
    let nearest = (200 * part + whole) / (2 * whole);
    Some(match nearest {
        0 if part > 0 => {
            let percent = share.to_f64() * 100.0;
            let text = (1..=9)
                .map(|digits| format!("{percent:.digits$}"))
                .find(|text| text.contains(|c: char| ('1'..='9').contains(&c)));
            let text = text.unwrap_or_else(|| "<0.000000001".to_owned());
            format!("{}%", if language == Language::Nl { text.replace('.', ",") } else { text })
        }
        100 if part < whole => ">99%".to_owned(),
        _ => format!("{nearest}%"),
    })
}

/// A decimal number with 3 digits, or with 2 significant ones where 3 digits would show nothing.
fn decimal(value: f64, language: Language) -> String {
    let mut text = format!("{value:.3}");
    if value != 0.0 && value.abs() < 0.001 {
        text = (4..=12)
            .map(|digits| format!("{value:.digits$}"))
            .find(|text| text.chars().filter(|c| ('1'..='9').contains(c)).count() > 0)
            .unwrap_or_else(|| format!("{value:.1e}"));
    }
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') {
        text = text.trim_start_matches('-').to_owned();
    }
    if language == Language::Nl { text.replace('.', ",") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: i64, whole: i64) -> Fraction {
        Fraction::new(part, whole).expect("a fraction")
    }

    fn english(value: impl Into<Number>) -> String {
        number(&value.into(), Language::En, "nobody was asked")
    }

    fn dutch(value: impl Into<Number>) -> String {
        number(&value.into(), Language::Nl, "niemand is gevraagd")
    }

    #[test]
    fn a_percentage_stands_beside_its_fraction_from_ten_on() {
        assert_eq!(english(share(10, 24)), "10/24 (42%)");
        assert_eq!(english(share(5, 8)), "5/8");
        assert_eq!(english(share(1, 1000)), "1/1000 (0.1%)");
        assert_eq!(dutch(share(63, 630_630)), "63/630630 (0,01%)");
        assert_eq!(english(share(999, 1000)), "999/1000 (>99%)");
        assert_eq!(english(share(0, 12)), "0/12 (0%)");
        assert_eq!(english(share(-1, 12)), "-1/12");
    }

    #[test]
    fn an_index_is_a_decimal_with_its_exact_value() {
        assert_eq!(english(Number::Ratio(share(1583, 2423))), "0.653 (1583/2423)");
        assert_eq!(dutch(Number::Ratio(share(-267, 2430))), "-0,110 (-267/2430)");
        assert_eq!(english(Number::Ratio(share(3_333_937, 6_227_100))), "0.535");
        assert_eq!(english(Number::Ratio(share(4, 4))), "1");
    }

    #[test]
    fn bounds_are_words() {
        assert_eq!(english(Number::range(3, 7)), "3 to 7");
        assert_eq!(dutch(Number::range(3, 7)), "3 tot 7");
        let fifths = Number::Between { lower: share(3, 5), upper: share(4, 5) };
        assert_eq!(english(fifths), "3/5 to 4/5");
        let same = Number::Between { lower: share(23, 47), upper: share(23, 47) };
        assert_eq!(english(same), "23/47 (49%)");
        let index = Number::Between { lower: share(-1, 3), upper: share(553, 808) };
        assert_eq!(english(index), "-0.333 to 0.684 (-1/3 to 553/808)");
        let mean = Number::Span { lower: share(6, 12), upper: share(9, 12) };
        assert_eq!(english(mean), "0.500 to 0.750 (6/12 to 9/12)");
        let twelfths = Number::Between { lower: share(6, 12), upper: share(9, 12) };
        assert_eq!(dutch(twelfths), "6/12 tot 9/12 (50% tot 75%)");
    }

    #[test]
    fn what_is_not_available_says_why() {
        assert_eq!(dutch(Number::not_available("x")), "niet beschikbaar (niemand is gevraagd)");
        assert_eq!(english(Number::not_available("x")), "not available (nobody was asked)");
    }

    #[test]
    fn decimals_have_three_digits_and_no_minus_zero() {
        assert_eq!(english(Number::decimal(0.535_41, "rule")), "0.535");
        assert_eq!(english(Number::decimal(0.000_099_9, "rule")), "0.0001");
        assert_eq!(english(Number::decimal(-0.0, "rule")), "0.000");
        assert_eq!(english(Number::decimal(-1e-15, "rule")), "-1.0e-15");
    }
}
