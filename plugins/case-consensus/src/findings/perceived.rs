//! Is the disagreement that people perceive the disagreement that there is?

use parallax_plugin::prelude::*;

use super::{Compared, caveats, words};
use crate::perceived::{Answer, actual, perceived};

impl Compared<'_> {
    /// The finding about perceived disagreement under `code`, and actual disagreement on
    /// everything that is compared.
    pub(crate) fn perceived(&self, code: u32) -> Finding {
        let reading = self.cases.reading;
        let cells = Cells::of(reading, self.by_code, Item::own(code, Modalities::ANY));
        let seen = perceived(self.cases, &cells);
        let real = actual(self.cases, self.items);
        let both = |place: usize, wanted: (Answer, Answer)| (seen[place], real[place]) == wanted;
        let places = 0..self.cases.len();
        let is_open = |place: usize| [seen[place], real[place]].contains(&Answer::Unknown);
        let decided = places.clone().filter(|&place| !is_open(place)).count();
        let matches =
            places.clone().filter(|&place| !is_open(place) && seen[place] == real[place]).count();
        let template = if decided == 0 { "perceived_open" } else { "perceived" };
        let evidence = self.about_perceiving(&cells, &seen, &real);
        let named = |seen: Answer, real: Answer| self.cases.names(|at| both(at, (seen, real)));
        let finding = Finding::new("perceived", template, evidence)
            .unwrap_or_else(|_| Finding::without_evidence("perceived", template, "not_spoken_of"))
            .value("code", Value::Code(reading.codes.ids.of(code).to_owned()))
            .value("both", named(Answer::Yes, Answer::Yes))
            .value("only_perceived", named(Answer::Yes, Answer::No))
            .value("only_actual", named(Answer::No, Answer::Yes))
            .value("neither", named(Answer::No, Answer::No))
            .value("open_cases", self.cases.names(is_open))
            .measure("accuracy", Number::fraction(matches, decided, "no_case_decided"))
            .measure("items", Number::count(self.items.len()))
            .measure("cases", Number::count(decided))
            .measure("unknown", Number::count(self.cases.len() - decided))
            .measure("vacant", Number::count(self.cases.vacant()))
            .table(self.beside(&cells, &seen, &real));
        caveats(finding, &[(true, "few"), (true, "perceived_is_said"), (decided > 0, "one_voice")])
    }

    /// What people say about perceiving: at a case where it matches what there is for the finding,
    /// where it does not against it; and on what they do or do not agree, beside it.
    fn about_perceiving(&self, cells: &Cells, seen: &[Answer], real: &[Answer]) -> Vec<Evidence> {
        let reading = self.cases.reading;
        let people = self.cases.everybody();
        let weight = |place: usize| match (seen[place], real[place]) {
            (Answer::Unknown, _) | (_, Answer::Unknown) => Weight::Context,
            (seen, real) if seen == real => Weight::Supporting,
            _ => Weight::Contrary,
        };
        let said = cells.statements(reading, self.by_code, &people).into_iter();
        let mut evidence: Vec<Evidence> = said
            .filter_map(|row| {
                let place = self.cases.of_person(reading.statements.speakers[row as usize])?;
                Some(Evidence::statement(reading.statements.ids.of(row), weight(place)))
            })
            .collect();
        evidence.extend(
            cells
                .constraints(reading, &people)
                .into_iter()
                .map(|row| Evidence::constraint(reading.constraints.ids.of(row), Weight::Context)),
        );
        let beside = self.evidence(self.items.iter(), |_| true).into_iter();
        evidence.extend(beside.map(|item| Evidence { weight: Weight::Context, ..item }));
        evidence
    }

    fn beside(&self, cells: &Cells, seen: &[Answer], real: &[Answer]) -> Table {
        let row = |place: usize| {
            let people = &self.cases.people[place];
            let of = |wanted: fn(State) -> bool| {
                let state = |person: &u32| cells.states.get(*person as usize).copied();
                let some = people.iter().filter(|person| state(person).is_some_and(wanted));
                self.people_named(some.copied())
            };
            vec![
                Value::Case(self.cases.id(place).to_owned()),
                seen[place].word(),
                real[place].word(),
                of(State::is_mention),
                of(|state| state == State::No),
                self.people_named(self.apart(self.items.iter(), place)),
            ]
        };
        Table {
            name: "perceived_and_actual".to_owned(),
            columns: words(&["case", "seen", "real", "sees_it", "denies_it", "apart"]),
            rows: (0..self.cases.len()).map(row).collect(),
        }
    }
}
