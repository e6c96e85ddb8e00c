//! Which cases are compared, and who is there?

use parallax_plugin::prelude::*;

/// The cases that have somebody in the reading, in the order of `cases.csv`.
pub(crate) struct Cases<'r> {
    pub(crate) reading: &'r Reading<'r>,
    /// Each case, by row.
    rows: Vec<u32>,
    /// For each case of the study, its place among those compared.
    places: Vec<Option<usize>>,
    /// The people of the reading at each case, by row.
    pub(crate) people: Vec<Vec<u32>>,
}

impl<'r> Cases<'r> {
    /// The cases of a reading; people who belong to none are left out.
    pub(crate) fn of(reading: &'r Reading<'r>) -> Self {
        let mut people_at: Vec<Vec<u32>> = vec![Vec::new(); reading.cases.ids.len()];
        for (person, &role) in (0_u32..).zip(reading.participants.roles.iter()) {
            let there = people_at.get_mut(reading.participants.case(person) as usize);
            if let Some(there) = there.filter(|_| role != NONE) {
                there.push(person);
            }
        }
        let mut places = vec![None; people_at.len()];
        let (mut rows, mut people) = (Vec::new(), Vec::new());
        for (row, there) in (0_u32..).zip(people_at).filter(|(_, there)| !there.is_empty()) {
            places[row as usize] = Some(rows.len());
            rows.push(row);
            people.push(there);
        }
        Self { reading, rows, places, people }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The case of `person` among those compared.
    pub(crate) fn of_person(&self, person: u32) -> Option<usize> {
        let case = self.reading.participants.case(person);
        self.places.get(case as usize).copied().flatten()
    }

    /// The id of the case at `place`.
    pub(crate) fn id(&self, place: usize) -> &str {
        self.reading.cases.ids.of(self.rows[place])
    }

    /// The ids of the cases for which `holds`, in order.
    pub(crate) fn names(&self, holds: impl Fn(usize) -> bool) -> Value {
        let places = (0..self.len()).filter(|&place| holds(place));
        Value::Names(places.map(|place| self.id(place).to_owned()).collect())
    }

    /// Everybody at one of them, by row.
    pub(crate) fn everybody(&self) -> Vec<u32> {
        let mut all: Vec<u32> = self.people.iter().flatten().copied().collect();
        all.sort_unstable();
        all
    }

    /// How many of the roles that somebody has have nobody at a case.
    pub(crate) fn vacant(&self) -> usize {
        let role = |&person: &u32| self.reading.participants.role(person);
        let distinct = |people: &mut dyn Iterator<Item = u32>| {
            let mut roles: Vec<u32> = people.collect();
            roles.sort_unstable();
            roles.dedup();
            roles.len()
        };
        let all = distinct(&mut self.people.iter().flatten().map(role));
        let filled = self.people.iter().map(|there| distinct(&mut there.iter().map(role)));
        all * self.len() - filled.sum::<usize>()
    }
}
