//! Does a value look like personal data: a name, an address, a number that somebody has?
//!
//! Only what can be told from the text alone is told, and a first name alone never is: it is the
//! usual pseudonym. Nothing here keeps or repeats what it looked at.

mod heading;
mod name;
mod number;

use std::borrow::Cow;
use std::ops::Range;

pub use heading::heading;

/// What something looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Personal {
    /// A name of a person.
    Name,
    /// An e-mail address.
    Email,
    /// A phone number, Dutch or international.
    Phone,
    /// The day on which somebody was born; only headings say it.
    BirthDate,
    /// Where somebody lives; only headings say it.
    Address,
    /// A Dutch citizen service number (BSN): nine digits, or eight, that pass the eleven test.
    CitizenNumber,
    /// An international bank account number (IBAN, ISO 13616) whose check digits are right.
    Account,
}

impl Personal {
    /// What it is called in a sentence, such as `an e-mail address`.
    #[must_use]
    pub fn what(self) -> &'static str {
        match self {
            Self::Name => "a person's name",
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
            Self::BirthDate => "a date of birth",
            Self::Address => "an address",
            Self::CitizenNumber => "a citizen service number (BSN)",
            Self::Account => "a bank account number (IBAN)",
        }
    }

    /// What several of them are called, such as `e-mail addresses`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Name => "names of people",
            Self::Email => "e-mail addresses",
            Self::Phone => "phone numbers",
            Self::BirthDate => "dates of birth",
            Self::Address => "addresses",
            Self::CitizenNumber => "citizen service numbers (BSN)",
            Self::Account => "bank account numbers (IBAN)",
        }
    }
}

/// What stands in the place of personal data.
const HIDDEN: &str = "…";

/// An e-mail address, a phone number, a BSN or an IBAN anywhere in a text.
#[must_use]
pub fn number(text: &str) -> Option<Personal> {
    number::find(text).map(|(_, found)| found)
}

/// Whether a text speaks of somebody by a salutation and a name: `mevr. Jansen`, `Mrs Smith`.
#[must_use]
pub fn has_salutation(text: &str) -> bool {
    name::salutation(text).is_some()
}

/// Whether a short text holds a name of a person: with a salutation, or a common first name before
/// a surname.
#[must_use]
pub fn has_name(text: &str) -> bool {
    name::find(text).is_some()
}

/// Whether a short text holds initials and a surname: `J. de Vries`. Where texts begin with the
/// letter of a list, `A. Introduction` looks the same.
#[must_use]
pub fn has_initials(text: &str) -> bool {
    name::initials(text).is_some()
}

/// Whether a text holds anything that looks like personal data.
#[must_use]
pub fn any(text: &str) -> bool {
    first(text).is_some()
}

/// A text in which `…` stands for everything that looks like personal data.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let Some(mut found) = first(text) else { return Cow::Borrowed(text) };
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    loop {
        shown.push_str(&rest[..found.start]);
        shown.push_str(HIDDEN);
        rest = &rest[found.end..];
        match first(rest) {
            Some(next) => found = next,
            None => break,
        }
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// The first stretch that looks like personal data; never empty.
fn first(text: &str) -> Option<Range<usize>> {
    let number = number::find(text).map(|(span, _)| span);
    let named = [name::find(text), name::initials(text)];
    named.into_iter().chain([number]).flatten().min_by_key(|span| span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_personal_is_masked_wherever_it_stands() {
        let masked = |text| masked(text).into_owned();
        assert_eq!(masked("unknown code `a@b.nl` and `06-12345678`"), "unknown code `…` and `…`");
        assert_eq!(
            masked("the title `Mevr. de Vries` is the name of no role").matches('…').count(),
            1
        );
        let plain = "a day such as 2031-06-30, lines L549-562, 4294967295 or more, `s030`, Table 2";
        assert_eq!(masked(plain), plain);
    }
}
