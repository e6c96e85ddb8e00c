//! What does a script see of a reading, and how is it shared without a copy?

use std::sync::{Arc, OnceLock};

use parallax_model::settings::Unit as Counted;
use parallax_model::table::NONE;
use parallax_model::{ByCode, Reading, Roster};

/// A reading as a script holds it; cloning copies nothing.
#[derive(Clone)]
pub(crate) struct Seen(Arc<Inside>);

struct Inside {
    reading: Reading<'static>,
    roster: Roster,
    places: Vec<Place>,
    by_code: OnceLock<ByCode>,
}

/// What analyses count: a role at a case, or one person.
pub(crate) struct Place {
    /// The role, by row.
    pub(crate) role: u32,
    /// The case, by row; `NONE` where people belong to no case.
    pub(crate) case: u32,
    /// The people, by row; none when the role is vacant there.
    pub(crate) members: Vec<u32>,
}

impl Seen {
    /// A reading for one run of a script.
    pub(crate) fn new(reading: &Reading<'static>) -> Self {
        let (reading, roster) = (reading.clone(), reading.roster());
        let places = places(&reading, &roster);
        Self(Arc::new(Inside { reading, roster, places, by_code: OnceLock::new() }))
    }

    /// The reading itself.
    pub(crate) fn reading(&self) -> &Reading<'static> {
        &self.0.reading
    }

    /// Who has which role where.
    pub(crate) fn roster(&self) -> &Roster {
        &self.0.roster
    }

    /// What analyses count, in the order of roles, then cases; those without people included.
    pub(crate) fn places(&self) -> &[Place] {
        &self.0.places
    }

    /// The statements by their code, grouped when they are first needed.
    pub(crate) fn by_code(&self) -> &ByCode {
        self.0.by_code.get_or_init(|| ByCode::of(&self.0.reading))
    }

    /// Whether two values of a script speak of the same reading.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn places(reading: &Reading<'_>, roster: &Roster) -> Vec<Place> {
    let cases = roster.cases();
    let mut places = Vec::new();
    for role in roster.roles() {
        for &case in &cases {
            let members = roster.unit(role, case).map_or(&[][..], |unit| &unit.members);
            match reading.conventions.unit {
                Counted::RoleAtCase => places.push(Place { role, case, members: members.to_vec() }),
                Counted::Participant => {
                    places.extend(members.iter().map(|&who| Place {
                        role,
                        case,
                        members: vec![who],
                    }));
                }
            }
        }
    }
    places
}

/// One of the places of a reading.
#[derive(Clone)]
pub(crate) struct Unit {
    /// The reading it belongs to.
    pub(crate) seen: Seen,
    /// Which of its places.
    pub(crate) index: usize,
}

impl Unit {
    /// Role, case and people.
    pub(crate) fn place(&self) -> &Place {
        &self.seen.places()[self.index]
    }

    /// Its id: that of its person, or the role's and the case's as in `S@1`.
    pub(crate) fn id(&self) -> String {
        let (reading, place) = (self.seen.reading(), self.place());
        if let (Counted::Participant, [only]) = (reading.conventions.unit, &place.members[..]) {
            return reading.participants.ids.of(*only).to_owned();
        }
        let role = reading.roles.ids.of(place.role);
        match place.case {
            NONE => role.to_owned(),
            case => format!("{role}@{}", reading.cases.ids.of(case)),
        }
    }
}
