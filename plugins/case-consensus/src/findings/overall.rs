//! Do people agree more within cases than cases agree with one another?

use std::cmp::Ordering;
use std::collections::BTreeSet;

use parallax_plugin::prelude::*;

use super::{Compared, RULE, caveats, word, words};
use crate::agreement::{between, of_case, within, within_case};
use crate::amount::Span;
use crate::item::ItemAtCases;
use crate::parameters::Parameters;
use crate::permutation::{Chance, NOBODY, NoChance, People, chance};

/// A figure with more rows or columns could not be read.
const DRAWN: usize = 40;

impl Compared<'_> {
    /// The finding over all items, and where something is unknown, that over what is known.
    ///
    /// # Errors
    /// When the run is to stop.
    pub(crate) fn overall(
        &self,
        parameters: &Parameters,
        job: &Job<'_>,
    ) -> Result<Vec<Finding>, NoFindings> {
        let all: Vec<&ItemAtCases> = self.items.iter().collect();
        let known: Vec<&ItemAtCases> = self.items.iter().filter(|item| item.is_known()).collect();
        if known.len() == all.len() {
            return Ok(vec![self.exact("overall", &all, parameters, job)?]);
        }
        let mut found = vec![self.open(&all, job)?];
        if within(&known, self.cases.len()).is_some() {
            found.push(self.exact("known", &known, parameters, job)?);
        }
        Ok(found)
    }

    /// The finding over items of which everything is known, with the share of relabellings.
    fn exact(
        &self,
        about: &str,
        items: &[&ItemAtCases],
        parameters: &Parameters,
        job: &Job<'_>,
    ) -> Result<Finding, NoFindings> {
        let w = within(items, self.cases.len());
        let b = between(items, self.cases.len(), job)?;
        let difference = w.zip(b).map(|(w, b)| w.minus(b));
        let share = match difference {
            Some(_) => chance(&self.people(items), parameters.permutations, job)?,
            None => Err(NoChance::NoDifference),
        };
        let template = match w.zip(b).map(|(w, b)| w.lower.compare(b.lower)) {
            Some(Ordering::Greater) => "more",
            Some(Ordering::Less) => "less",
            Some(Ordering::Equal) => "same",
            None => "within_only",
        };
        let finding = self.begin(about, template, items);
        let finding = self.numbers(finding, items, (w, b, difference));
        let finding = finding.measure("p", number(share));
        let drawn = share.is_ok_and(|share| !share.exact);
        let finding = self.tables(finding, items, job)?;
        Ok(self.cautious(finding, items, &[(true, "descriptive"), (drawn, "drawn")]))
    }

    /// The finding over all items when something is unknown.
    fn open(&self, items: &[&ItemAtCases], job: &Job<'_>) -> Result<Finding, NoFindings> {
        let w = within(items, self.cases.len());
        let b = between(items, self.cases.len(), job)?;
        let difference = w.zip(b).map(|(w, b)| w.minus(b));
        let template = match w.zip(b) {
            Some((w, b)) if w.lower.compare(b.upper).is_gt() => "open_more",
            Some((w, b)) if w.upper.compare(b.lower).is_lt() => "open_less",
            Some(_) => "open",
            None => "within_only",
        };
        let finding = self.begin("overall", template, items);
        let finding = self.numbers(finding, items, (w, b, difference));
        let finding = finding.measure("p", Number::not_available("unknown_left"));
        let finding = self.tables(finding, items, job)?;
        Ok(self.cautious(finding, items, &[(true, "unknown")]))
    }

    fn begin(&self, about: &str, template: &str, items: &[&ItemAtCases]) -> Finding {
        let evidence = self.evidence(items.iter().copied(), |_| true);
        let finding = Finding::new(about, template, evidence)
            .unwrap_or_else(|_| Finding::without_evidence(about, template, "all_silent"));
        let mut apart = BTreeSet::new();
        for place in 0..self.cases.len() {
            apart.extend(self.apart(items.iter().copied(), place));
        }
        let is_divided = |place: usize| {
            let spans = items.iter().filter_map(|item| of_case(item, place));
            spans.into_iter().any(|span| span.upper.value() < 1.0)
        };
        finding
            .value("apart", self.people_named(apart))
            .value("divided", self.cases.names(is_divided))
            .value("alone", self.cases.names(|place| self.cases.people[place].len() == 1))
    }

    fn numbers(
        &self,
        finding: Finding,
        items: &[&ItemAtCases],
        (w, b, difference): (Option<Span>, Option<Span>, Option<Span>),
    ) -> Finding {
        let number = |span: Option<Span>, reason: &str| {
            span.map_or_else(|| Number::not_available(reason), |span| span.number(RULE))
        };
        let no_pair =
            if self.cases.len() > crate::agreement::CASES { "too_many" } else { "no_pair" };
        let sum = |count: fn(&crate::worlds::Known) -> usize| -> usize {
            items.iter().flat_map(|item| &item.known).map(count).sum()
        };
        let modes = items.iter().flat_map(|item| item.known.iter().zip(&item.modes));
        let ties = modes.filter(|(known, modes)| known.people() > 0 && modes.is_none()).count();
        let alone = self.cases.people.iter().filter(|people| people.len() == 1).count();
        let with_w = (0..self.cases.len())
            .filter(|&place| within_case(items.iter().copied(), place).is_some());
        finding
            .measure("w", number(w, "all_alone"))
            .measure("b", number(b, no_pair))
            .measure("difference", number(difference, no_pair))
            .measure("items", Number::count(items.len()))
            .measure("cases", Number::count(with_w.count()))
            .measure("people", Number::count(self.cases.people.iter().map(Vec::len).sum()))
            .measure("alone_cases", Number::count(alone))
            .measure("ties", Number::count(ties))
            .measure("silent_pairs", self.silent_pairs(0..self.cases.len()))
            .measure("unknown", Number::count(sum(|known| known.unknown)))
            .measure("not_asked", Number::count(sum(|known| known.not_asked)))
            .measure("vacant", Number::count(self.cases.vacant()))
    }

    fn tables(
        &self,
        finding: Finding,
        items: &[&ItemAtCases],
        job: &Job<'_>,
    ) -> Result<Finding, NoFindings> {
        let mut rows = Vec::new();
        for item in items {
            let alone = std::slice::from_ref(item);
            let none = || Number::not_available("no_pair");
            let w = within(alone, self.cases.len()).map_or_else(none, |w| w.number(RULE));
            let b = between(alone, self.cases.len(), job)?.map_or_else(none, |b| b.number(RULE));
            let divided = self
                .cases
                .names(|place| of_case(item, place).is_some_and(|span| span.upper.value() < 1.0));
            rows.push(vec![
                self.code(item),
                word(item.whose),
                Value::Number(w),
                Value::Number(b),
                divided,
            ]);
        }
        let finding = finding.table(self.by_case(items)).table(Table {
            name: "by_item".to_owned(),
            columns: words(&["code", "about", "w", "b", "divided"]),
            rows,
        });
        let is_drawn = items.len() <= DRAWN && self.cases.len() <= DRAWN;
        Ok(if is_drawn { finding.figure(self.grid(items)) } else { finding })
    }

    fn by_case(&self, items: &[&ItemAtCases]) -> Table {
        let row = |place: usize| {
            let w = within_case(items.iter().copied(), place)
                .map_or_else(|| Number::not_available("one_person"), |w| w.number(RULE));
            let is_divided = |item: &&&ItemAtCases| {
                of_case(item, place).is_some_and(|span| span.upper.value() < 1.0)
            };
            let divided = items.iter().filter(is_divided).copied();
            vec![
                Value::Case(self.cases.id(place).to_owned()),
                Value::from(self.cases.people[place].len()),
                Value::Number(w),
                self.codes_named(divided),
                self.people_named(self.apart(items.iter().copied(), place)),
            ]
        };
        Table {
            name: "by_case".to_owned(),
            columns: words(&["case", "people", "w", "divided_on", "apart"]),
            rows: (0..self.cases.len()).map(row).collect(),
        }
    }

    /// Each item by each case: how far its people agree.
    fn grid(&self, items: &[&ItemAtCases]) -> Figure {
        let cell = |item: &ItemAtCases, place: usize| {
            let span = of_case(item, place);
            Value::Number(
                span.map_or_else(|| Number::not_available("one_person"), |span| span.number(RULE)),
            )
        };
        let places = 0..self.cases.len();
        Figure::Grid {
            name: "where".to_owned(),
            rows: items.iter().map(|item| self.code(item)).collect(),
            columns: places
                .clone()
                .map(|place| Value::Case(self.cases.id(place).to_owned()))
                .collect(),
            cells: items
                .iter()
                .map(|item| places.clone().map(|place| cell(item, place)).collect())
                .collect(),
        }
    }

    /// What people say of `items`, for chance to deal out again: in the order of the ids of cases and
    /// people, since who is drawn must not depend on the order of rows in a file.
    fn people(&self, items: &[&ItemAtCases]) -> People {
        let reading = self.cases.reading;
        let state = |item: &ItemAtCases, person: u32| {
            item.stance(person).and_then(|state| u8::try_from(state).ok()).unwrap_or(NOBODY)
        };
        let (mut states, mut cases, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        let mut places: Vec<usize> = (0..self.cases.len()).collect();
        places.sort_by_key(|&place| self.cases.id(place));
        for (case, place) in places.into_iter().enumerate() {
            let mut people = self.cases.people[place].clone();
            people.sort_by_key(|&person| reading.participants.ids.of(person));
            for person in people {
                states.extend(items.iter().map(|item| state(item, person)));
                cases.push(case);
                roles.push(reading.participants.role(person));
            }
        }
        People { items: items.len(), states, cases, roles }
    }

    fn cautious(&self, finding: Finding, items: &[&ItemAtCases], more: &[(bool, &str)]) -> Finding {
        let sizes = || self.cases.people.iter().map(Vec::len);
        let silent = items.iter().flat_map(|item| &item.known).any(|k| k.counts[3] > 1);
        let own = [
            (true, "few"),
            (sizes().any(|people| people == 2), "two_people"),
            (sizes().any(|people| people == 1), "alone"),
            (silent, "silence"),
        ];
        caveats(caveats(finding, &own), more)
    }
}

fn number(share: Result<Chance, NoChance>) -> Number {
    let counts = share.map(|chance| (i64::try_from(chance.reached), i64::try_from(chance.of)));
    match counts {
        Ok((Ok(reached), Ok(of))) => Fraction::new(reached, of)
            .map_or_else(|| Number::not_available("too_long"), Number::Fraction),
        Ok(_) | Err(NoChance::TooLong) => Number::not_available("too_long"),
        Err(NoChance::NothingToDeal) => Number::not_available("nothing_to_deal"),
        Err(NoChance::NoDifference) => Number::not_available("no_pair"),
    }
}
