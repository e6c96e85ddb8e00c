//! Do people perceive disagreement at their case, and is there any?

use parallax_plugin::prelude::*;

use crate::agreement::of_case;
use crate::cases::Cases;
use crate::item::ItemAtCases;

/// What is known of something at a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody can tell.
    Unknown,
}

impl Answer {
    pub(crate) fn word(self) -> Value {
        let word = match self {
            Self::Yes => "there",
            Self::No => "not_there",
            Self::Unknown => "untold",
        };
        Value::Word(word.to_owned())
    }
}

/// Whether disagreement is perceived at each case: somebody says so, on a condition or without;
/// not, when everybody there denies it. Silence says neither.
pub(crate) fn perceived(cases: &Cases<'_>, cells: &Cells) -> Vec<Answer> {
    let of_case = |people: &Vec<u32>| match cells.mentions(people).lower {
        1.. => Answer::Yes,
        0 if cells.tally(people)[State::No as usize] == people.len() => Answer::No,
        0 => Answer::Unknown,
    };
    cases.people.iter().map(of_case).collect()
}

/// Whether the people of each case disagree on any of `items`: in every world on one of them, or
/// in no world on any.
pub(crate) fn actual(cases: &Cases<'_>, items: &[ItemAtCases]) -> Vec<Answer> {
    let of_case = |place: usize| {
        let spans = items.iter().filter_map(|item| of_case(item, place));
        let spans: Vec<_> = spans.collect();
        match spans.as_slice() {
            [] => Answer::Unknown,
            some if some.iter().any(|span| span.upper.value() < 1.0) => Answer::Yes,
            all if all.iter().all(|span| span.lower.value() >= 1.0) => Answer::No,
            _ => Answer::Unknown,
        }
    };
    (0..cases.len()).map(of_case).collect()
}
