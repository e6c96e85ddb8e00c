//! Whose consent has run out on a day, and whose soon will?
//!
//! The day is given: what is found in a study never depends on it.

use jiff::ToSpan;
use jiff::civil::Date;
use parallax_model::row::Inclusion;
use parallax_model::study::Day;
use parallax_model::{Kind, Problem, Spot, Study, StudyFile};

use crate::check::{Checked, at_spots};

/// Consent that ends within so many days is worth a warning.
const SOON: i32 = 90;

/// How many participants a message names.
const NAMED: usize = 10;

/// Looks at the consent of everybody in a study as it stands on a day, and keeps what is wrong in
/// [`Checked::dated`], beside what is wrong on any day.
pub fn judge(checked: &mut Checked, today: Date) {
    let Some(study) = &checked.study else { return };
    let soon = today.checked_add(SOON.days()).unwrap_or(Date::MAX);
    let (today, soon) = (day(today), day(soon));
    let ended = who(study, |last| last < today);
    let ending = who(study, |last| (today..=soon).contains(&last));
    let problems = [
        (Kind::ConsentExpired, ended, "has ended", "ended before today"),
        (Kind::ConsentEnds, ending, "ends within 90 days", "the last day"),
    ];
    let problems = problems.into_iter().filter(|(_, rows, ..)| !rows.is_empty());
    let problems = problems.map(|(kind, rows, what, label)| {
        let message = format!("the consent of {} {what}", names(study, &rows));
        let cell = |&row: &usize| Spot::cell(StudyFile::Participants, row, "consent_expires");
        let mut problem = Problem::new(kind, Spot::File(StudyFile::Participants), message)
            .label(label)
            .help("ask them anew and write the new last day, or `parallax withdraw <participant>`, which removes what they said");
        problem.spots = rows.iter().map(cell).collect();
        problem
    });
    checked.dated = at_spots(problems.collect(), &checked.sources);
}

fn day(date: Date) -> Day {
    let part = |part: i8| u8::try_from(part).unwrap_or(0);
    Day {
        year: u16::try_from(date.year()).unwrap_or(0),
        month: part(date.month()),
        day: part(date.day()),
    }
}

/// The rows of those whose last day fits. Of somebody who withdrew nothing should be left.
fn who(study: &Study, fits: impl Fn(Day) -> bool) -> Vec<usize> {
    let people = study.inclusions().iter().enumerate();
    let there = people.filter(|(_, inclusion)| **inclusion != Inclusion::Withdrawn);
    there.map(|(row, _)| row).filter(|&row| study.consent(row).expires.is_some_and(&fits)).collect()
}

/// `N1`, `N1 and N2`, or the first ten and how many more.
fn names(study: &Study, rows: &[usize]) -> String {
    let ids = &study.participants().ids;
    let mut names: Vec<String> =
        rows.iter().take(NAMED).map(|&row| format!("`{}`", ids.get(row))).collect();
    if rows.len() > NAMED {
        names.push(format!("{} more", rows.len() - NAMED));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
