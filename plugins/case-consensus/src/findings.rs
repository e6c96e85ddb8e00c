//! What can be said about agreement at cases, in numbers and with evidence?

mod case;
mod overall;
mod perceived;

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::prelude::*;

use crate::cases::Cases;
use crate::item::ItemAtCases;

/// What is compared: the cases, and everything that people there could agree on.
pub(crate) struct Compared<'c> {
    pub(crate) cases: &'c Cases<'c>,
    pub(crate) by_code: &'c ByCode,
    pub(crate) items: &'c [ItemAtCases],
}

/// The rule of numbers that no longer fit a fraction.
const RULE: &str = "mean pairwise agreement";

impl Compared<'_> {
    /// The statements and constraints about `items`, of the people at the cases that `counts`.
    ///
    /// Who has the modal stance of the case supports agreement there, who stands apart from it is
    /// against; where there is no modal stance for certain, or nobody else at the case, a statement
    /// is context, and so is what is known of groups.
    fn evidence<'t>(
        &self,
        items: impl Iterator<Item = &'t ItemAtCases>,
        counts: impl Fn(usize) -> bool,
    ) -> Vec<Evidence> {
        let reading = self.cases.reading;
        let mut statements: BTreeMap<u32, Weight> = BTreeMap::new();
        let mut constraints: BTreeSet<u32> = BTreeSet::new();
        let people: Vec<u32> = (0..self.cases.len())
            .filter(|&place| counts(place))
            .flat_map(|place| self.cases.people[place].iter().copied())
            .collect();
        for item in items {
            for &row in self.by_code.rows(item.code) {
                let speaker = reading.statements.speakers[row as usize];
                let place = self.cases.of_person(speaker).filter(|&place| counts(place));
                let takes = item.cells.item.takes(reading, row as usize)
                    && reading.participants.is_in(speaker);
                if let Some(place) = place.filter(|_| takes) {
                    let weight = self.weight(item, place, speaker);
                    let known = statements.entry(row).or_insert(weight);
                    *known = stronger(*known, weight);
                }
            }
            constraints.extend(item.cells.constraints(reading, &people));
        }
        let statements = statements
            .into_iter()
            .map(|(row, weight)| Evidence::statement(reading.statements.ids.of(row), weight));
        let constraints = constraints
            .into_iter()
            .map(|row| Evidence::constraint(reading.constraints.ids.of(row), Weight::Context));
        statements.chain(constraints).collect()
    }

    fn weight(&self, item: &ItemAtCases, place: usize, speaker: u32) -> Weight {
        let modal = item.modes[place].certain();
        match (modal, item.stance(speaker)) {
            _ if item.known[place].people() < 2 => Weight::Context,
            (Some(modal), Some(own)) if modal == own => Weight::Supporting,
            (Some(_), Some(_)) => Weight::Contrary,
            _ => Weight::Context,
        }
    }

    /// Who stands apart from the modal stance of the case on any of `items`, in order.
    fn apart<'t>(
        &self,
        items: impl Iterator<Item = &'t ItemAtCases>,
        place: usize,
    ) -> BTreeSet<u32> {
        let people = &self.cases.people[place];
        let mut apart = BTreeSet::new();
        for item in items.filter(|item| item.known[place].people() > 1) {
            apart.extend(item.apart(people, place));
        }
        apart
    }

    fn people_named(&self, people: impl IntoIterator<Item = u32>) -> Value {
        let ids = &self.cases.reading.participants.ids;
        Value::Names(people.into_iter().map(|person| ids.of(person).to_owned()).collect())
    }

    fn code(&self, item: &ItemAtCases) -> Value {
        Value::Code(self.cases.reading.codes.ids.of(item.code).to_owned())
    }

    fn codes_named<'t>(&self, items: impl Iterator<Item = &'t ItemAtCases>) -> Value {
        let ids = &self.cases.reading.codes.ids;
        Value::Names(items.map(|item| ids.of(item.code).to_owned()).collect())
    }
}

/// Against before for, and for before beside: a statement can be about two items that are compared.
fn stronger(one: Weight, other: Weight) -> Weight {
    match (one, other) {
        (Weight::Contrary, _) | (_, Weight::Contrary) => Weight::Contrary,
        (Weight::Supporting, _) | (_, Weight::Supporting) => Weight::Supporting,
        _ => Weight::Context,
    }
}

/// Adds the caveats that apply.
fn caveats(finding: Finding, apply: &[(bool, &str)]) -> Finding {
    apply
        .iter()
        .filter(|(applies, _)| *applies)
        .fold(finding, |finding, (_, caveat)| finding.caveat(caveat))
}

fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::Word((*word).to_owned())).collect()
}

fn word(word: &str) -> Value {
    Value::Word(word.to_owned())
}
