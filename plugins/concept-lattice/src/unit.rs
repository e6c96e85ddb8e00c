//! Who takes a bundle of codes: which people, or which roles at which cases?

use std::collections::BTreeSet;

use parallax_plugin::model::settings::Unit as Kind;
use parallax_plugin::prelude::*;

/// One unit: a person, or the people of one role at one case.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// What a reader calls it: a person's id, or `S@3` for several people of role S at case 3.
    pub(crate) name: String,
    /// The role, by row.
    pub(crate) role: u32,
    /// The case, by row, or [`NONE`].
    pub(crate) case: u32,
    /// The participants, by row.
    pub(crate) members: Vec<u32>,
}

/// The units of a reading: people in the order of their ids, roles at cases in that of the ids of
/// role and case.
pub(crate) fn units(reading: &Reading<'_>, kind: Kind) -> Vec<Unit> {
    let roster = reading.roster();
    let unit = |place: &RoleAtCase, members: &[u32]| Unit {
        name: name(reading, place, members),
        role: place.role,
        case: place.case,
        members: members.to_vec(),
    };
    match kind {
        Kind::Participant => {
            let people = roster.units.iter().flat_map(|place| {
                place.members.iter().map(move |member| unit(place, std::slice::from_ref(member)))
            });
            let mut people: Vec<Unit> = people.collect();
            people.sort_by(|a, b| a.name.cmp(&b.name));
            people
        }
        Kind::RoleAtCase => {
            let mut places: Vec<&RoleAtCase> = roster.units.iter().collect();
            places.sort_by_key(|place| {
                (reading.roles.ids.of(place.role), case_id(reading, place.case))
            });
            places.into_iter().map(|place| unit(place, &place.members)).collect()
        }
    }
}

fn name(reading: &Reading<'_>, place: &RoleAtCase, members: &[u32]) -> String {
    match members {
        [only] => reading.participants.ids.of(*only).to_owned(),
        _ if place.case == NONE => reading.roles.ids.of(place.role).to_owned(),
        _ => {
            let (role, case) = (reading.roles.ids.of(place.role), case_id(reading, place.case));
            format!("{role}@{case}")
        }
    }
}

/// The id of a case; nothing for people who belong to none.
pub(crate) fn case_id<'r>(reading: &'r Reading<'_>, case: u32) -> &'r str {
    if case == NONE { "" } else { reading.cases.ids.of(case) }
}

/// In how many cases with units nobody has a role that units have elsewhere.
pub(crate) fn vacant(units: &[Unit]) -> usize {
    let placed = units.iter().filter(|unit| unit.case != NONE);
    let cases: BTreeSet<u32> = placed.clone().map(|unit| unit.case).collect();
    let roles: BTreeSet<u32> = units.iter().map(|unit| unit.role).collect();
    let filled: BTreeSet<(u32, u32)> = placed.map(|unit| (unit.case, unit.role)).collect();
    cases.len() * roles.len() - filled.len()
}
