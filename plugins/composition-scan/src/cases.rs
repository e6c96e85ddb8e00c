//! Which cases are compared, and who was analysed there?

use parallax_plugin::prelude::*;

use crate::split::Split;

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
        let (mut rows, mut people) = (Vec::new(), Vec::new());
        let mut places = vec![None; people_at.len()];
        for (row, there) in (0_u32..).zip(people_at) {
            if !there.is_empty() {
                places[row as usize] = Some(rows.len());
                rows.push(row);
                people.push(there);
            }
        }
        Self { reading, rows, places, people }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Where the case with this row stands among them.
    pub(crate) fn place(&self, case: u32) -> Option<usize> {
        self.places.get(case as usize).copied().flatten()
    }

    /// The row of the case at `place`.
    pub(crate) fn row(&self, place: usize) -> u32 {
        self.rows[place]
    }

    /// The cases at which somebody is such that `is_such`.
    pub(crate) fn with(&self, is_such: impl Fn(u32) -> bool) -> Split {
        Split::of(self.len(), |place| self.people[place].iter().any(|&person| is_such(person)))
    }

    /// The ids of the cases in a set, in order.
    pub(crate) fn names(&self, split: &Split) -> Value {
        Value::Names(split.places().map(|place| self.id(place).to_owned()).collect())
    }

    /// The id of the case at `place`.
    pub(crate) fn id(&self, place: usize) -> &str {
        self.reading.cases.ids.of(self.rows[place])
    }

    /// The places in the order of the ids of their cases.
    pub(crate) fn by_id(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.len()).collect();
        places.sort_by_key(|&place| self.id(place));
        places
    }

    /// How many people of the reading belong to one of them.
    pub(crate) fn persons(&self) -> usize {
        self.people.iter().map(Vec::len).sum()
    }

    /// The roles that somebody has at one of them, by row.
    pub(crate) fn roles(&self) -> Vec<u32> {
        let participants = &self.reading.participants;
        let people = self.people.iter().flatten();
        let mut roles: Vec<u32> = people.map(|&person| participants.role(person)).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }
}
