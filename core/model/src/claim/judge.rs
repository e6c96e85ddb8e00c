//! What do the data of one reading say of a claim?

mod agreement;
mod cited;
mod counted;
mod listed;
mod parts;
mod table;
mod tested;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::scope::{self, People};
use super::{Claim, Entered, Expected, Missing, Truth};
use crate::bounds::Interval;
use crate::cell::Cells;
use crate::finding::Evidence;
use crate::number::{Fraction, Number};
use crate::reading::{ByCode, Reading};
use crate::row::{ClaimKind, ClaimUnit};
use crate::study::Study;

/// What tests claims on one reading.
#[derive(Debug)]
pub struct Judge<'s> {
    study: &'s Study,
    reading: Reading<'static>,
    by_code: ByCode,
    /// Cases whose attributes are taken as blank.
    blank_cases: BTreeSet<u32>,
    /// The cells that were asked for: one claim asks for the same several times, and claims share
    /// codes. By code, modality and bearer, 255 for any.
    known: RefCell<BTreeMap<(u32, u8, u8), Rc<Cells>>>,
}

/// What the data say of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Whether it is true, or why that cannot be asked.
    pub outcome: Outcome,
    /// What the data give.
    pub computed: Computed,
    /// The statements and constraints that it rests on, in the order of their tables.
    pub evidence: Vec<Evidence>,
    /// The people of whom more would have to be known, by row, in ascending order.
    pub open: Vec<u32>,
    /// Whether it is open of how many the number is out of.
    pub base_is_open: bool,
}

/// Whether a claim is true, or why that cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Kleene's three values.
    Is(Truth),
    /// It speaks of people who are not there.
    Missing(Vec<Missing>),
    /// Nothing in the data bears on it.
    Nothing,
    /// It rests on a code, by row, that was removed from the codebook.
    Removed(u32),
    /// The tables have no place for what it says.
    NoCheck,
    /// A script says.
    Script,
}

/// One of those that a claim counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A participant, by row.
    Person(u32),
    /// A case, by row.
    Case(u32),
    /// A code, by row.
    Code(u32),
}

/// What the data give.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Computed {
    /// Nothing that is a number or a set.
    #[default]
    Nothing,
    /// So many of so many.
    Count {
        /// How many.
        count: Interval,
        /// Out of how many.
        of: Interval,
        /// How many hold part of it or hold it on a condition.
        mixed: usize,
        /// How many were asked and kept silent.
        silent: usize,
    },
    /// These.
    Set {
        /// In every world.
        certain: Vec<Unit>,
        /// In some.
        possible: Vec<Unit>,
    },
    /// One code beside others, or some people beside others.
    Beside {
        /// How many for the first.
        own: Interval,
        /// How many people there are.
        of: usize,
        /// How many for each of the others: a code, by row, or `None` for other people.
        others: Vec<(Option<u32>, Interval)>,
    },
    /// How far people agree: the share of pairs that do, or how alike their profiles are.
    Agreement {
        /// The mean over the pairs; `None` for fewer than two people.
        agreement: Option<Fraction>,
        /// How many of the people are known.
        known: usize,
        /// Out of how many.
        of: usize,
    },
    /// Which sets of people make a sum true.
    People {
        /// How many are in the scope.
        here: usize,
        /// How many would make it true.
        fits: Option<i64>,
        /// How many were interviewed, those who were left out included.
        interviewed: usize,
    },
    /// What a script gives.
    Value(Number),
    /// How many mentions so many people made.
    Mentions {
        /// In all.
        sum: i64,
        /// By how many people.
        people: i64,
    },
}

impl Judgement {
    pub(super) fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            computed: Computed::Nothing,
            evidence: Vec::new(),
            open: Vec::new(),
            base_is_open: false,
        }
    }

    fn truth(truth: Truth, computed: Computed) -> Self {
        Self { computed, ..Self::of(Outcome::Is(truth)) }
    }
}

impl<'s> Judge<'s> {
    /// What tests claims of `study` on one of its readings.
    #[must_use]
    pub fn new(study: &'s Study, reading: &Reading<'static>) -> Self {
        let by_code = ByCode::of(reading);
        let (blank_cases, known) = (BTreeSet::new(), RefCell::default());
        Self { study, reading: reading.clone(), by_code, blank_cases, known }
    }

    /// The same without the rows that were entered from a sentence.
    #[must_use]
    pub fn without(&self, entered: &Entered) -> Self {
        let (reading, by_code) = entered.taken_from(self.study, &self.reading, &self.by_code);
        let (blank_cases, known) = (entered.cases.clone(), RefCell::default());
        Self { study: self.study, reading, by_code, blank_cases, known }
    }

    /// The reading that it tests on.
    #[must_use]
    pub fn reading(&self) -> &Reading<'static> {
        &self.reading
    }

    /// What the data say of a claim.
    #[must_use]
    pub fn judge(&self, claim: &Claim) -> Judgement {
        let Some(kind) = claim.kind else { return Judgement::of(Outcome::NoCheck) };
        if matches!(claim.expected, Expected::Twice(..)) {
            return Judgement::of(Outcome::NoCheck);
        }
        // That nobody says what was removed is what the removal says.
        if claim.unit != ClaimUnit::Code
            && kind != ClaimKind::None
            && let Some(&removed) = claim.codes.iter().find(|&&code| self.is_removed(code))
        {
            return Judgement::of(Outcome::Removed(removed));
        }
        match claim.unit {
            ClaimUnit::Code => return table::codes(self, claim, kind),
            ClaimUnit::Source => return table::sources(self, claim, kind),
            ClaimUnit::Person | ClaimUnit::Case => {}
        }
        let people = scope::people(self.study, &self.reading, &claim.scope);
        if !people.missing.is_empty() {
            return Judgement::of(Outcome::Missing(people.missing));
        }
        if !claim.codes.is_empty() && people.certain.is_empty() && people.possible.is_empty() {
            return Judgement::of(Outcome::Missing(vec![Missing::Everybody]));
        }
        if self.is_about_nothing(claim, kind, &people) {
            return Judgement::of(Outcome::Nothing);
        }
        match kind {
            ClaimKind::Count | ClaimKind::Share => counted::amount(self, claim, &people),
            ClaimKind::All => counted::all(self, claim, &people),
            ClaimKind::None => counted::none(self, claim, &people),
            ClaimKind::Exists => counted::exists(self, claim, &people),
            ClaimKind::Set | ClaimKind::Only => listed::set(self, claim, &people),
            ClaimKind::Mainly => agreement::mainly(self, claim, &people),
            ClaimKind::Compare => agreement::compare(self, claim, &people),
            ClaimKind::Consensus => agreement::consensus(self, claim, &people),
            ClaimKind::Denominator => table::denominator(self, claim, &people),
            ClaimKind::Custom => Judgement::of(Outcome::Script),
        }
    }

    fn is_removed(&self, code: u32) -> bool {
        self.reading.codes.removed.get(code as usize) == Some(&1)
    }

    /// Whether no code stands for what a claim is about, or nothing is known under its codes: no
    /// statement, no constraint, and nobody of its scope was asked.
    fn is_about_nothing(&self, claim: &Claim, kind: ClaimKind, people: &People) -> bool {
        match kind {
            ClaimKind::Denominator | ClaimKind::Custom => return false,
            ClaimKind::Exists if claim.codes.is_empty() => {
                return claim.scope == super::Scope::default();
            }
            _ if claim.codes.is_empty() => return false,
            _ => {}
        }
        let everybody: Vec<u32> = (0_u32..).take(self.reading.participants.len()).collect();
        claim.codes.iter().all(|&code| {
            let cells = self.cells(claim, code);
            let rows = 0..self.reading.constraints.len();
            let nobody_speaks =
                cells.statements(&self.reading, &self.by_code, &everybody).is_empty();
            let nothing_known =
                !rows.into_iter().any(|row| cells.item.takes_constraint(&self.reading, row));
            let unasked = cells.tally(&people.named);
            let [yes, no, mixed, silent, ..] = unasked;
            nobody_speaks && nothing_known && yes + no + mixed + silent == 0
        })
    }
}
