//! What is a statement about, so that two people speak of the same?
//!
//! Whoever says "I guide the pupils" and whoever says of them "they guide the pupils" speak of one
//! item: a code in one modality, borne by one role at the case. What two people each say of
//! themselves are two items, unless they have the same role.

use parallax_plugin::prelude::*;

/// Whom an item is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// Nobody: a view.
    Nobody,
    /// The people of a role at the case, by row.
    Role(u32),
    /// Somebody elsewhere, by row.
    Person(u32),
}

/// What two people can agree on: a code in one modality, about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Content {
    /// The code, by row.
    pub(crate) code: u32,
    /// The modality.
    pub(crate) modality: Modality,
    /// Whom it is about.
    pub(crate) about: About,
}

/// Puts into `found` whom statement `row` is about; the speaker stands at `case`.
pub(crate) fn about(
    reading: &Reading<'_>,
    roster: &Roster,
    row: usize,
    speaker: u32,
    found: &mut Vec<About>,
) {
    found.clear();
    let people = &reading.participants;
    let (case, own) = (people.case(speaker), people.role(speaker));
    let focal = |unit: &&RoleAtCase| reading.roles.is_focal(unit.role);
    let of_role = |unit: &RoleAtCase| About::Role(unit.role);
    match reading.statements.bearer(row) {
        Bearer::Nobody => found.push(About::Nobody),
        Bearer::Own | Bearer::We => found.push(About::Role(own)),
        Bearer::Participant(named) if people.is_in(named) && people.case(named) == case => {
            found.push(About::Role(people.role(named)));
        }
        Bearer::Participant(named) => found.push(About::Person(named)),
        Bearer::Role(named) => {
            let covered = |unit: &&RoleAtCase| reading.roles.covers(named, unit.role);
            found.extend(roster.at_case(case).filter(covered).map(of_role));
            if found.is_empty() {
                found.push(About::Role(named));
            }
        }
        Bearer::Others => {
            let others = roster.at_case(case).filter(focal).filter(|unit| unit.role != own);
            found.extend(others.map(of_role));
        }
        Bearer::All => found.extend(roster.at_case(case).filter(focal).map(of_role)),
    }
}

impl Content {
    /// Whether it is a view, or about the role of somebody who has `role`.
    pub(crate) fn is_own_of(self, role: u32) -> bool {
        self.about == About::Nobody || self.about == About::Role(role)
    }
}
