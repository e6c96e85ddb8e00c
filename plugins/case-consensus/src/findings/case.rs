//! How far do the people at one case agree, on what are they divided, and who stands apart?

use parallax_plugin::prelude::*;

use super::{Compared, RULE, caveats, word, words};
use crate::agreement::{of_case, within_case};
use crate::item::ItemAtCases;

/// The words for the states, in the order of the counts.
pub(super) const STATES: [&str; 4] = ["yes", "mixed", "no", "silent"];

impl Compared<'_> {
    /// A finding for each case with two people who could agree.
    pub(crate) fn each_case(&self) -> Vec<Finding> {
        (0..self.cases.len()).filter_map(|place| self.of_case(place)).collect()
    }

    fn of_case(&self, place: usize) -> Option<Finding> {
        let within = within_case(self.items.iter(), place)?;
        let here: Vec<&ItemAtCases> =
            self.items.iter().filter(|item| item.known[place].people() > 1).collect();
        let spans = here.iter().filter_map(|item| Some((*item, of_case(item, place)?)));
        let spans: Vec<_> = spans.collect();
        let divided = spans.iter().filter(|(_, span)| span.upper.value() < 1.0);
        let divided: Vec<&ItemAtCases> = divided.map(|(item, _)| *item).collect();
        let maybe = spans.iter().filter(|(_, span)| span.upper.value() >= 1.0 && !span.is_known());
        let sum = |count: fn(&crate::worlds::Known) -> usize| -> usize {
            here.iter().map(|item| count(&item.known[place])).sum()
        };
        let unknown = sum(|known| known.unknown);
        let template = match (divided.is_empty(), within.is_known()) {
            (true, true) => "case_agrees",
            (false, _) => "case_divided",
            (true, false) => "case_open",
        };
        let people = &self.cases.people[place];
        let evidence = self.evidence(here.iter().copied(), |other| other == place);
        let about = format!("case/{}", self.cases.id(place));
        let finding = Finding::new(&about, template, evidence)
            .unwrap_or_else(|_| Finding::without_evidence(&about, template, "all_silent"))
            .value("case", Value::Case(self.cases.id(place).to_owned()))
            .value("divided", self.codes_named(divided.iter().copied()))
            .value("apart", self.people_named(self.apart(here.iter().copied(), place)))
            .measure("w", within.number(RULE))
            .measure("people", Number::count(people.len()))
            .measure("items", Number::count(here.len()))
            .measure("divided_items", Number::count(divided.len()))
            .measure("open_items", Number::count(maybe.count()))
            .measure("unknown", Number::count(unknown))
            .measure("not_asked", Number::count(sum(|known| known.not_asked)))
            .measure("silent_pairs", self.silent_pairs([place].into_iter()))
            .table(self.profile(&spans, place));
        let silent = here.iter().any(|item| item.known[place].counts[3] > 1);
        Some(caveats(
            finding,
            &[
                (true, "few"),
                (people.len() == 2, "two_people"),
                (silent, "silence"),
                (unknown > 0, "unknown"),
            ],
        ))
    }

    /// Each item with how far the people of a case agree on it, and who says what.
    fn profile(&self, spans: &[(&ItemAtCases, crate::amount::Span)], place: usize) -> Table {
        let row = |(item, span): &(&ItemAtCases, crate::amount::Span)| {
            let known = &item.known[place];
            let mut row = vec![self.code(item), word(item.whose), Value::Number(span.number(RULE))];
            row.extend(known.counts.iter().map(|&count| Value::from(count)));
            row.push(Value::from(known.unknown));
            row.push(Value::from(known.not_asked));
            row.push(modal(item, place));
            row.push(self.people_named(item.apart(&self.cases.people[place], place)));
            row
        };
        let heads = ["code", "about", "w"];
        let tail = ["unknown", "not_asked", "modal", "apart"];
        Table {
            name: "profile".to_owned(),
            columns: words(&[&heads[..], &STATES[..], &tail[..]].concat()),
            rows: spans.iter().map(row).collect(),
        }
    }

    /// Of the pairs of people whose agreement is known, those who agree in being silent.
    pub(super) fn silent_pairs(&self, places: impl Iterator<Item = usize>) -> Number {
        let pairs = |count: usize| count * count.saturating_sub(1) / 2;
        let (mut silent, mut all) = (0, 0);
        for place in places {
            for item in self.items {
                let counts = item.known[place].counts;
                silent += pairs(counts[3]);
                all += counts.iter().map(|&count| pairs(count)).sum::<usize>();
            }
        }
        Number::fraction(silent, all, "no_pair_agrees")
    }
}

/// The modal stance at a case, or the word for why there is none.
fn modal(item: &ItemAtCases, place: usize) -> Value {
    let modes = item.modes[place];
    word(match modes.certain() {
        Some(state) => STATES[state],
        None if modes.is_none() => "several_lead",
        None => "undecided",
    })
}
