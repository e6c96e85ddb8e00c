//! Which members of a group can be the ones who are meant, when only their number is known?

use std::fmt;

use crate::choices::Choices;
use crate::reading::{ByCode, Reading};
use crate::study::{Study, contradictions};

/// Most worlds of one constraint that are listed: 6 people of whom nothing is known, or 64 who are
/// all but one.
pub const MOST_WORLDS: usize = 64;

/// Why the worlds of a constraint are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWorlds {
    /// No constraint has this id.
    NoSuchConstraint,
    /// It has more than [`MOST_WORLDS`].
    TooMany,
}

impl fmt::Display for NoWorlds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchConstraint => f.write_str("the study has no such constraint"),
            Self::TooMany => write!(f, "the constraint allows more than {MOST_WORLDS} worlds"),
        }
    }
}

impl std::error::Error for NoWorlds {}

impl Study {
    /// The worlds of a constraint: each set of its members, as in the default reading, that its
    /// minimum and maximum allow and that contradicts no statement and no other constraint. The
    /// smallest sets come first, then those whose first members stand first.
    ///
    /// # Errors
    /// When there is no such constraint, or it has more than [`MOST_WORLDS`].
    pub fn worlds(&self, id: &str) -> Result<Vec<Vec<String>>, NoWorlds> {
        let constraint = self.constraints().iter().find(|constraint| constraint.id == id);
        let constraint = constraint.ok_or(NoWorlds::NoSuchConstraint)?;
        let Ok(reading) = self.reading(&Choices::default()) else { return Ok(Vec::new()) };
        let row = reading.constraints.ids.iter().position(|known| known == id);
        let members = row.map_or(&[][..], |row| reading.constraints.members_of(row));
        let size = members.len();
        let least = constraint.minimum as usize;
        let most = constraint.maximum.map_or(size, |most| (most as usize).min(size));
        let mut sets = 0_usize;
        for chosen in least..=most {
            sets = sets.saturating_add(subsets(size, chosen));
        }
        if sets > MOST_WORLDS {
            return Err(NoWorlds::TooMany);
        }
        let mut worlds = Vec::with_capacity(sets);
        for chosen in least..=most {
            each_subset(size, chosen, &mut |at| {
                let named = |&at: &usize| reading.participants.ids.of(members[at]).to_owned();
                worlds.push(at.iter().map(named).collect::<Vec<String>>());
            });
        }
        worlds.retain(|world| self.is_possible(id, world));
        Ok(worlds)
    }

    fn is_possible(&self, id: &str, world: &[String]) -> bool {
        let worlds = [(id.to_owned(), world.to_vec())].into();
        let reading = self.reading(&Choices { worlds, ..Choices::default() });
        reading.is_ok_and(|reading| is_sound(&reading))
    }
}

fn is_sound(reading: &Reading<'_>) -> bool {
    contradictions(reading, &ByCode::of(reading)).is_empty()
}

/// How many subsets of `chosen` a set of `size` has; stops growing beyond any number of worlds.
fn subsets(size: usize, chosen: usize) -> usize {
    let mut count = 1_usize;
    for at in 0..chosen.min(size.saturating_sub(chosen)) {
        count = count.saturating_mul(size - at) / (at + 1);
        if count > MOST_WORLDS {
            return count;
        }
    }
    if chosen > size { 0 } else { count }
}

/// Every subset of `chosen` of `0..size`, in the order of their first members.
fn each_subset(size: usize, chosen: usize, meet: &mut impl FnMut(&[usize])) {
    let mut at: Vec<usize> = (0..chosen).collect();
    if chosen > size {
        return;
    }
    loop {
        meet(&at);
        let Some(moved) = (0..chosen).rev().find(|&place| at[place] < size - chosen + place) else {
            return;
        };
        at[moved] += 1;
        for place in moved + 1..chosen {
            at[place] = at[place - 1] + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_are_counted_and_listed_in_order() {
        let mut sets = Vec::new();
        each_subset(4, 2, &mut |at| sets.push(at.to_vec()));
        assert_eq!(sets, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        for (size, chosen) in [(0, 0), (4, 0), (4, 4), (5, 2), (3, 4), (7, 3)] {
            let mut met = 0;
            each_subset(size, chosen, &mut |_| met += 1);
            assert_eq!(met, subsets(size, chosen), "{chosen} of {size}");
        }
        assert!(subsets(200, 100) > MOST_WORLDS);
    }
}
