//! What did a participant consent to, and what is left in the tables of somebody who withdrew?

use std::fmt;
use std::str::FromStr;

use super::gather::Gathered;
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{ConsentScope, CoverageRow, Inclusion, ParticipantRow, SourceRow};
use crate::table::NONE;
use crate::tables::{Bearer, Excerpts, Statements};

/// What one participant consented to, as `participants.csv` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// How far the words may go; `None`: nobody said.
    pub scope: Option<ConsentScope>,
    /// The last day on which it holds; `None`: it has no end.
    pub expires: Option<Day>,
}

impl Consent {
    pub(super) fn of(row: &ParticipantRow) -> Self {
        let expires = row.consent_expires.as_deref().and_then(|day| day.parse().ok());
        Self { scope: row.consent_scope, expires }
    }
}

/// A day of a calendar, earlier days first. What day it is today, the model never knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year, from 0 to 9999.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Day {
    type Err = ();

    /// A day written as YYYY-MM-DD. Whether the month has so many days is checked where tables are
    /// read.
    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(()) };
        let number = |text: &str, length: usize| {
            let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<u16>().ok()).flatten().ok_or(())
        };
        let small = |text: &str, most: u8| {
            let value = u8::try_from(number(text, 2)?).map_err(|_| ())?;
            if (1..=most).contains(&value) { Ok(value) } else { Err(()) }
        };
        Ok(Self { year: number(year, 4)?, month: small(month, 12)?, day: small(day, 31)? })
    }
}

/// The tables in which something of a participant can stand.
pub(super) struct Tables<'t> {
    pub(super) participants: &'t [ParticipantRow],
    pub(super) sources: &'t [SourceRow],
    pub(super) statements: &'t Statements<'static>,
    pub(super) excerpts: &'t Excerpts<'static>,
    pub(super) coverage: &'t [CoverageRow],
}

/// Finds what is left of people who withdrew: one problem for each of them and each table.
pub(super) fn check_withdrawn(tables: &Tables<'_>, gathered: &mut Gathered) {
    let people = (0_u32..).zip(tables.participants);
    for (row, person) in people.filter(|(_, person)| person.status == Inclusion::Withdrawn) {
        let id = person.id.as_str();
        let mut left = |file: StudyFile, spots: Vec<Spot>| {
            let mut spots = spots.into_iter();
            let Some(first) = spots.next() else { return };
            let message = format!("`{id}` withdrew, and {} still has rows of theirs", file.name());
            gathered.add(
                Problem::new(Kind::WithdrawnWithRows, first, message)
                    .label("of somebody who withdrew")
                    .help(format!(
                        "`parallax withdraw {id}` removes what is left, and says what that changes"
                    )),
            );
            gathered.more_spots(spots);
        };
        left(StudyFile::Statements, in_statements(tables.statements, row));
        let spot = |file, column| move |row: usize| Spot::cell(file, row, column);
        let listed = |row: &SourceRow| {
            row.participants
                .as_deref()
                .is_some_and(|ids| ids.split_whitespace().any(|own| own == id))
        };
        let sources = positions(tables.sources, listed);
        left(StudyFile::Sources, sources.map(spot(StudyFile::Sources, "participants")).collect());
        let excerpts = positions(&tables.excerpts.speakers, |&speaker| speaker == row);
        left(StudyFile::Excerpts, excerpts.map(spot(StudyFile::Excerpts, "speaker")).collect());
        let coverage = positions(tables.coverage, |asked| asked.participant == id);
        left(StudyFile::Coverage, coverage.map(spot(StudyFile::Coverage, "participant")).collect());
    }
}

fn positions<'r, T>(
    rows: &'r [T],
    fits: impl Fn(&T) -> bool + 'r,
) -> impl Iterator<Item = usize> + 'r {
    rows.iter().enumerate().filter(move |(_, row)| fits(row)).map(|(at, _)| at)
}

/// What a participant says, and what others say that they think.
fn in_statements(statements: &Statements<'_>, participant: u32) -> Vec<Spot> {
    let spot = |row, column| Spot::cell(StudyFile::Statements, row, column);
    let said =
        positions(&statements.speakers, |&speaker| speaker == participant && speaker != NONE);
    let owner = |&row: &usize| statements.owner(row) == Bearer::Participant(participant);
    let thought = (0..statements.owners.len()).filter(owner);
    said.map(|row| spot(row, "speaker"))
        .chain(thought.map(|row| spot(row, "attributed_to")))
        .collect()
}
