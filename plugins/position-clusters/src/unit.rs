//! What is clustered: which people, or which roles at which cases?

use parallax_plugin::model::settings::Unit as Kind;
use parallax_plugin::model::{NONE, Reading};

/// One unit: a person, or the people of one role at one case.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The units of a reading in the order of their ids, by which ties are broken: people by their
/// own, roles at cases by that of the role and then of the case.
pub(crate) fn units(reading: &Reading<'_>, kind: Kind) -> Vec<Unit> {
    let roster = reading.roster();
    let mut units: Vec<Unit> = match kind {
        Kind::Participant => roster
            .units
            .iter()
            .flat_map(|unit| unit.members.iter().map(move |&member| (unit, member)))
            .map(|(unit, member)| Unit {
                name: reading.participants.ids.of(member).to_owned(),
                role: unit.role,
                case: unit.case,
                members: vec![member],
            })
            .collect(),
        Kind::RoleAtCase => roster
            .units
            .iter()
            .map(|unit| Unit {
                name: match (unit.members.len(), unit.case) {
                    (1, _) | (_, NONE) => reading.unit_name(unit).to_owned(),
                    _ => format!("{}@{}", reading.unit_name(unit), reading.cases.ids.of(unit.case)),
                },
                role: unit.role,
                case: unit.case,
                members: unit.members.clone(),
            })
            .collect(),
    };
    match kind {
        Kind::Participant => units.sort_by(|a, b| a.name.cmp(&b.name)),
        Kind::RoleAtCase => units.sort_by_key(|unit| {
            (reading.roles.ids.of(unit.role).to_owned(), case_id(reading, unit.case).to_owned())
        }),
    }
    units
}

/// The id of a case; nothing for people who belong to none.
pub(crate) fn case_id<'r>(reading: &'r Reading<'_>, case: u32) -> &'r str {
    if case == NONE { "" } else { reading.cases.ids.of(case) }
}

/// The roles that have units, by row in the order of `study.yaml`, and for each unit which of
/// them it has.
pub(crate) fn roles(units: &[Unit]) -> (Vec<u32>, Vec<usize>) {
    let mut rows: Vec<u32> = units.iter().map(|unit| unit.role).collect();
    rows.sort_unstable();
    rows.dedup();
    let of = units.iter().map(|unit| rows.partition_point(|&row| row < unit.role)).collect();
    (rows, of)
}

/// The number of each unit's case, in the order of `cases.csv`. Units without a case are each on
/// their own: nothing says that they belong together.
pub(crate) fn cases(units: &[Unit]) -> Vec<usize> {
    let mut keys: Vec<(u32, usize)> = units.iter().enumerate().map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    let number = |unit| keys.partition_point(|&other| other < key(unit));
    units.iter().enumerate().map(number).collect()
}

fn key((place, unit): (usize, &Unit)) -> (u32, usize) {
    (unit.case, if unit.case == NONE { place } else { 0 })
}
