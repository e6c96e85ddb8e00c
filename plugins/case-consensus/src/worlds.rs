//! How far can people at one case agree on one item, and what can their modal stance be?
//!
//! Four states count: saying it, saying it on a condition or also denying it (mixed), denying it,
//! and silence. Who is unknown said it, was silent or, where anybody in the reading denies it or a
//! constraint counts who does, denied it, within what is known of groups.

use parallax_plugin::prelude::*;

/// How many of the people who count are in each state: yes, mixed, no, silent.
pub type Counts = [usize; 4];

/// What is known of the people at one case about one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Those whose state is known.
    pub counts: Counts,
    /// Those of whom nobody knows.
    pub unknown: usize,
    /// Those who were not asked: they do not count.
    pub not_asked: usize,
    /// How many say it in all, at least and at most, on a condition or without.
    pub saying: (usize, usize),
    /// How many of those of whom nobody knows may deny it, at most.
    pub deniable: usize,
}

/// A unique modal stance, or none: the states in the order of [`Counts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modes {
    /// A bit for each state that can be the modal one.
    states: u8,
    /// Whether it can be that no state is the modal one: several lead, or nobody counts.
    pub none: bool,
}

impl Modes {
    /// The modal state, when it is the same in every world.
    #[must_use]
    pub fn certain(self) -> Option<usize> {
        let one = self.states.is_power_of_two() && !self.none;
        one.then(|| self.states.trailing_zeros() as usize)
    }

    /// Whether no state is the modal one in any world.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.states == 0
    }

    fn add(&mut self, counts: Counts) {
        let most = counts.iter().copied().max().unwrap_or(0);
        let mut leading = (0..counts.len()).filter(|&state| counts[state] == most);
        match (most, leading.next(), leading.next()) {
            (1.., Some(only), None) => self.states |= 1 << only,
            _ => self.none = true,
        }
    }
}

/// What can come of comparing the modal stances of two cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Whether they can be the same.
    pub equal: bool,
    /// Whether they can be different.
    pub different: bool,
    /// Whether they may not be comparable, because one of them has none.
    pub none: bool,
}

/// Compares the modal stances of two cases in all worlds, each case by itself.
#[must_use]
pub fn compare(one: Modes, other: Modes) -> Comparison {
    let both = one.states != 0 && other.states != 0;
    let same_only = one.states == other.states && one.states.is_power_of_two();
    Comparison {
        equal: one.states & other.states != 0,
        different: both && !same_only,
        none: one.none || other.none,
    }
}

impl Known {
    /// The people who count.
    #[must_use]
    pub fn people(&self) -> usize {
        self.counts.iter().sum::<usize>() + self.unknown
    }

    /// How many ordered pairs of people agree, at least and at most.
    #[must_use]
    pub fn agreeing(&self) -> (usize, usize) {
        let mut range = (usize::MAX, 0);
        self.worlds(|counts| {
            let pairs = counts.iter().map(|count| count * count.saturating_sub(1)).sum();
            range = (range.0.min(pairs), range.1.max(pairs));
        });
        (range.0.min(range.1), range.1)
    }

    /// What the modal stance can be.
    #[must_use]
    pub fn modes(&self) -> Modes {
        let mut modes = Modes::default();
        self.worlds(|counts| modes.add(counts));
        modes
    }

    /// Visits worlds that reach every end: for each number who say it, those numbers of denials at
    /// which the order of the counts changes. Linear in the unknown.
    fn worlds(&self, mut visit: impl FnMut(Counts)) {
        let [yes, mixed, no, silent] = self.counts;
        let most = yes + mixed + self.unknown;
        for saying in self.saying.0.max(yes + mixed)..=self.saying.1.min(most) {
            let unsaid = most - saying;
            let denials = unsaid.min(self.deniable);
            let leading = mixed.max(saying - mixed);
            let quiet = silent + unsaid;
            let balance = quiet.saturating_sub(no) / 2;
            let (no_leads, quiet_leads) =
                (leading.saturating_sub(no), quiet.saturating_sub(leading));
            let turns = [balance, no_leads, quiet_leads];
            let near = turns.into_iter().flat_map(|turn| [turn.saturating_sub(1), turn, turn + 1]);
            for denying in near.chain([0, denials]).filter(|&denying| denying <= denials) {
                visit([saying - mixed, mixed, no + denying, quiet - denying]);
            }
        }
    }
}

/// The place of a state among [`Counts`]; `None` for who does not count or is unknown.
#[must_use]
pub fn place(state: State) -> Option<usize> {
    match state {
        State::Yes => Some(0),
        State::Mixed => Some(1),
        State::No => Some(2),
        State::Silent => Some(3),
        State::NotAsked | State::Unknown | State::Vacant => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known(counts: Counts) -> Known {
        let saying = counts[0] + counts[1];
        Known { counts, saying: (saying, saying), ..Known::default() }
    }

    #[test]
    fn known_people_agree_in_one_way() {
        // One sees it, two see it on a condition: one pair of three agrees, and mixed is modal.
        let school = known([1, 2, 0, 0]);
        assert_eq!((school.agreeing(), school.people()), ((2, 2), 3));
        assert_eq!(school.modes().certain(), Some(1));
        let tie = known([1, 0, 1, 0]);
        assert_eq!((tie.agreeing(), tie.modes().certain()), ((0, 0), None));
        assert!(tie.modes().is_none() && known([0; 4]).modes().is_none());
    }

    #[test]
    fn silence_is_another_stance_than_denial() {
        let comparison = compare(known([0, 0, 2, 0]).modes(), known([0, 0, 0, 2]).modes());
        assert_eq!(comparison, Comparison { equal: false, different: true, none: false });
    }

    /// Every way in which the unknown may have spoken, one by one.
    fn all_worlds(known: &Known) -> Vec<Counts> {
        let [yes, mixed, no, silent] = known.counts;
        let mut worlds = Vec::new();
        for said in 0..=known.unknown {
            for denied in 0..=known.unknown - said {
                let saying = yes + mixed + said;
                let fits = (known.saying.0..=known.saying.1).contains(&saying);
                if fits && denied <= known.deniable {
                    let quiet = silent + known.unknown - said - denied;
                    worlds.push([yes + said, mixed, no + denied, quiet]);
                }
            }
        }
        worlds
    }

    proptest! {
        #[test]
        fn the_ends_are_those_of_all_worlds(
            counts in prop::array::uniform4(0..5_usize),
            unknown in 0..7_usize,
            limits in (0..7_usize, 0..7_usize),
            deniable in 0..7_usize,
        ) {
            let said = counts[0] + counts[1];
            let least = said + limits.0.min(unknown);
            let saying = (least, (least + limits.1).min(said + unknown));
            let known = Known { counts, unknown, not_asked: 0, saying, deniable };
            let worlds = all_worlds(&known);
            let pairs = |counts: &Counts| -> usize {
                counts.iter().map(|count| count * count.saturating_sub(1)).sum()
            };
            let ends = (worlds.iter().map(pairs).min(), worlds.iter().map(pairs).max());
            let (lower, upper) = known.agreeing();
            prop_assert_eq!((Some(lower), Some(upper)), ends);
            let mut modes = Modes::default();
            worlds.iter().for_each(|&counts| modes.add(counts));
            prop_assert_eq!(known.modes(), modes);
        }
    }
}
