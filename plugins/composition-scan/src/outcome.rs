//! Which sets of cases are compared with who was analysed there, and on what do they rest?

mod codes;
mod members;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::prelude::*;

pub(crate) use codes::said;
pub(crate) use report::claimed;

use crate::cases::Cases;
use crate::split::Split;

/// What says that cases differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A claim of the report, by row.
    Claim(u32),
    /// What people say under a code, by row: of themselves or of others.
    Code(u32, Ascription),
}

/// One thing that says that cases differ, with its statements.
pub(crate) struct Saying {
    pub(crate) subject: Subject,
    /// The cases of which it is said.
    pub(crate) split: Split,
    /// The statements about it, by row, each with its weight.
    pub(crate) statements: BTreeMap<u32, Weight>,
    /// The constraints about it, by row.
    pub(crate) constraints: BTreeSet<u32>,
}

/// A set of cases with everything that is said of exactly these, or of exactly the others.
pub(crate) struct Outcome {
    /// At least one; the first gives the set.
    pub(crate) sayings: Vec<Saying>,
}

/// The outcomes of one sort, and those that could not be used.
#[derive(Default)]
pub(crate) struct Outcomes {
    pub(crate) all: Vec<Outcome>,
    /// Said of every case, or of none.
    pub(crate) uniform: Vec<Subject>,
    /// Undecided, with the cases of which nobody knows.
    pub(crate) undecided: Vec<(Subject, Split)>,
}

impl Outcomes {
    /// Puts together what is said of the same cases, or of just the others.
    fn gather(&mut self, sayings: Vec<Saying>) {
        let mut known: BTreeMap<Split, usize> = BTreeMap::new();
        for saying in sayings {
            if !saying.split.varies() {
                self.uniform.push(saying.subject);
                continue;
            }
            let key = saying.split.either_way();
            let at = *known.entry(key).or_insert(self.all.len());
            match self.all.get_mut(at) {
                Some(outcome) => outcome.sayings.push(saying),
                None => self.all.push(Outcome { sayings: vec![saying] }),
            }
        }
    }

    /// The sets, in order.
    pub(crate) fn splits(&self) -> Vec<Split> {
        self.all.iter().map(|outcome| outcome.split().clone()).collect()
    }
}

impl Outcome {
    /// The cases that the first of its sayings is about.
    pub(crate) fn split(&self) -> &Split {
        &self.first().split
    }

    /// What names the outcome.
    pub(crate) fn first(&self) -> &Saying {
        &self.sayings[0]
    }

    /// Whatever else is said of exactly these cases (`true`), or of exactly the others.
    pub(crate) fn others(&self, same: bool) -> impl Iterator<Item = &Saying> {
        let rest = self.sayings[1..].iter();
        rest.filter(move |saying| (saying.split == *self.split()) == same)
    }
}

impl Subject {
    /// The id of the claim or the code.
    pub(crate) fn id<'r>(self, reading: &'r Reading<'_>) -> &'r str {
        match self {
            Self::Claim(row) => reading.claims.ids.of(row),
            Self::Code(code, _) => reading.codes.ids.of(code),
        }
    }

    /// The claim or the code, as a reader sees it.
    pub(crate) fn named(self, reading: &Reading<'_>) -> Value {
        let id = self.id(reading).to_owned();
        match self {
            Self::Claim(_) => Value::Text(id),
            Self::Code(..) => Value::Code(id),
        }
    }

    /// The word for what people say of themselves or of others; nothing for a claim.
    pub(crate) fn whose(self) -> Option<&'static str> {
        match self {
            Self::Claim(_) => None,
            Self::Code(_, Ascription::Other) => Some("others"),
            Self::Code(..) => Some("own"),
        }
    }

    /// What its findings are called, as a part of a path.
    pub(crate) fn slug(self, reading: &Reading<'_>) -> String {
        match (self, self.whose()) {
            (Self::Code(..), Some(whose)) => format!("codes/{}/{whose}", self.id(reading)),
            _ => format!("report/{}", self.id(reading)),
        }
    }
}

impl Saying {
    /// Its evidence: statements, then constraints, in the order of their tables.
    pub(crate) fn evidence(&self, reading: &Reading<'_>) -> Vec<Evidence> {
        let statements = self.statements.iter();
        let statements = statements
            .map(|(&row, &weight)| Evidence::statement(reading.statements.ids.of(row), weight));
        let constraints = self
            .constraints
            .iter()
            .map(|&row| Evidence::constraint(reading.constraints.ids.of(row), Weight::Context));
        statements.chain(constraints).collect()
    }

    /// Whoever says the contrary, in the order of `participants.csv`.
    pub(crate) fn against(&self, reading: &Reading<'_>) -> Vec<String> {
        let contrary = self.statements.iter().filter(|(_, weight)| **weight == Weight::Contrary);
        let speakers: BTreeSet<u32> =
            contrary.map(|(&row, _)| reading.statements.speakers[row as usize]).collect();
        speakers.into_iter().map(|who| reading.participants.ids.of(who).to_owned()).collect()
    }
}

/// What a statement means to whoever says that something is said of exactly these cases or people:
/// `inside` when it comes from one of them, `says` when it says so.
fn weight(inside: bool, says: bool) -> Weight {
    if inside == says { Weight::Supporting } else { Weight::Contrary }
}

/// Whether statement `row` is somebody's own view, of a person at one of the cases.
fn counts(cases: &Cases<'_>, row: usize) -> bool {
    let reading = cases.reading;
    let speaker = reading.statements.speakers[row];
    reading.statements.perspective(row) == 0
        && reading.participants.is_in(speaker)
        && cases.place(reading.participants.case(speaker)).is_some()
}
