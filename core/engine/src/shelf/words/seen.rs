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
    by_code: OnceLock<ByCode>,
}

impl Seen {
    /// A reading for one run of a script.
    pub(crate) fn new(reading: &Reading<'static>) -> Self {
        let (reading, roster) = (reading.clone(), reading.roster());
        Self(Arc::new(Inside { reading, roster, by_code: OnceLock::new() }))
    }

    /// The reading itself.
    pub(crate) fn reading(&self) -> &Reading<'static> {
        &self.0.reading
    }

    /// Who has which role where.
    pub(crate) fn roster(&self) -> &Roster {
        &self.0.roster
    }

    /// The statements by their code, grouped when they are first needed.
    pub(crate) fn by_code(&self) -> &ByCode {
        self.0.by_code.get_or_init(|| ByCode::of(&self.0.reading))
    }

    /// Whether two values of a script speak of the same reading.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// What analyses count, in the order of roles, then cases; those without people included.
    pub(crate) fn units(&self) -> Vec<Unit> {
        let roster = self.roster();
        let cases = roster.cases();
        let mut units = Vec::new();
        for role in roster.roles() {
            for &case in &cases {
                let members = roster.unit(role, case).map_or(&[][..], |unit| &unit.members);
                match self.reading().conventions.unit {
                    Counted::RoleAtCase => {
                        units.push(Unit {
                            seen: self.clone(),
                            role,
                            case,
                            members: members.into(),
                        });
                    }
                    Counted::Participant => units.extend(members.iter().map(|&member| Unit {
                        seen: self.clone(),
                        role,
                        case,
                        members: [member].into(),
                    })),
                }
            }
        }
        units
    }
}

/// What analyses count: a role at a case, or one person.
#[derive(Clone)]
pub(crate) struct Unit {
    /// The reading it belongs to.
    pub(crate) seen: Seen,
    /// The role, by row.
    pub(crate) role: u32,
    /// The case, by row; `NONE` where people belong to no case.
    pub(crate) case: u32,
    /// The people, by row; none when the role is vacant there.
    pub(crate) members: Arc<[u32]>,
}

impl Unit {
    /// Its id: that of its person, or the role's and the case's as in `S@1`.
    pub(crate) fn id(&self) -> String {
        let reading = self.seen.reading();
        if let (Counted::Participant, [only]) = (reading.conventions.unit, &*self.members) {
            return reading.participants.ids.of(*only).to_owned();
        }
        let role = reading.roles.ids.of(self.role);
        match self.case {
            NONE => role.to_owned(),
            case => format!("{role}@{}", reading.cases.ids.of(case)),
        }
    }
}
