//! Whose view is a view that somebody perceives: a person's, or that of the people of a role?

use std::collections::BTreeMap;

use parallax_plugin::prelude::*;

/// Somebody who has views: a person, or several people of one role at one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// The participants, by row, in ascending order.
    pub(crate) members: Vec<u32>,
    /// The role, by row.
    pub(crate) role: u32,
    /// The case, by row, or [`NONE`].
    pub(crate) case: u32,
}

impl Party {
    /// The id by which it stands in the names of findings.
    pub(crate) fn id<'r>(&self, reading: &'r Reading<'_>) -> &'r str {
        match self.members.as_slice() {
            [only] => reading.participants.ids.of(*only),
            _ => reading.roles.ids.of(self.role),
        }
    }

    /// What a reader sees.
    pub(crate) fn shown(&self, reading: &Reading<'_>) -> Value {
        let id = self.id(reading).to_owned();
        match self.members.len() {
            1 => Value::Participant(id),
            _ => Value::Role(id),
        }
    }
}

/// Perceived views that lead to no party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lost {
    /// Nobody is there whose view it could be.
    pub(crate) vacant: usize,
    /// It is the view of somebody at another case.
    pub(crate) elsewhere: usize,
}

/// The parties of a reading, each once; a group is known by its people and the role that names it.
#[derive(Default)]
pub(crate) struct Parties {
    pub(crate) all: Vec<Party>,
    places: BTreeMap<(u32, Vec<u32>), u32>,
    /// Whose view it is that a speaker perceives, by speaker and what is written.
    resolved: BTreeMap<(u32, Bearer), Vec<u32>>,
    pub(crate) lost: Lost,
}

impl Parties {
    /// The place of the party of these people; one person alone has their own role.
    fn place(&mut self, reading: &Reading<'_>, role: u32, members: Vec<u32>) -> u32 {
        let first = members.first().copied().unwrap_or(NONE);
        let role = if members.len() == 1 { reading.participants.role(first) } else { role };
        let next = u32::try_from(self.all.len()).unwrap_or(NONE);
        let place = *self.places.entry((role, members.clone())).or_insert(next);
        if place == next {
            self.all.push(Party { members, role, case: reading.participants.case(first) });
        }
        place
    }

    /// Whose view it is, when `speaker` attributes it to `owner`: places, in ascending order.
    pub(crate) fn perceived(
        &mut self,
        reading: &Reading<'_>,
        roster: &Roster,
        speaker: u32,
        owner: Bearer,
    ) -> &[u32] {
        if !self.resolved.contains_key(&(speaker, owner)) {
            let groups = groups(reading, roster, speaker, owner);
            let mut places: Vec<u32> = groups
                .into_iter()
                .map(|(role, members)| self.place(reading, role, members))
                .collect();
            places.sort_unstable();
            places.dedup();
            self.resolved.insert((speaker, owner), places);
        }
        self.resolved.get(&(speaker, owner)).map_or(&[], Vec::as_slice)
    }

    /// Counts a perceived view that leads to no party.
    pub(crate) fn lose(&mut self, reading: &Reading<'_>, speaker: u32, owner: Bearer) {
        let people = &reading.participants;
        match owner {
            Bearer::Participant(named)
                if people.is_in(named) && people.case(named) != people.case(speaker) =>
            {
                self.lost.elsewhere += 1;
            }
            _ => self.lost.vacant += 1,
        }
    }
}

/// The people whose view it is, each group with the role that names it.
fn groups(
    reading: &Reading<'_>,
    roster: &Roster,
    speaker: u32,
    owner: Bearer,
) -> Vec<(u32, Vec<u32>)> {
    let people = &reading.participants;
    let (case, own) = (people.case(speaker), people.role(speaker));
    // One role names one group for each speaker, whatever words lead to it.
    let of = |named: u32| {
        let there = roster.at_case(case).filter(|unit| reading.roles.covers(named, unit.role));
        let mut members: Vec<u32> = there.flat_map(|unit| unit.members.iter().copied()).collect();
        members.retain(|&member| member != speaker);
        members.sort_unstable();
        (named, members)
    };
    let each = |takes: &dyn Fn(u32) -> bool| -> Vec<(u32, Vec<u32>)> {
        let there = roster.at_case(case).map(|unit| unit.role);
        there.filter(|&role| reading.roles.is_focal(role) && takes(role)).map(of).collect()
    };
    let mut found = match owner {
        Bearer::Nobody | Bearer::Own => Vec::new(),
        Bearer::Participant(named) => {
            let there = people.is_in(named) && people.case(named) == case && named != speaker;
            if there { vec![(people.role(named), vec![named])] } else { Vec::new() }
        }
        Bearer::Role(named) => vec![of(named)],
        Bearer::We => vec![of(own)],
        Bearer::Others => each(&|role| role != own),
        Bearer::All => each(&|_| true),
    };
    found.retain(|(_, members)| !members.is_empty());
    found
}
