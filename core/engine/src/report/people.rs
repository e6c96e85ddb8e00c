//! How many people of each role were analysed at each case?

use parallax_model::Reading;
use parallax_model::table::NONE;

use crate::report::People;

/// The people of a reading, by role and case; people of no case stand in a row without a name.
#[must_use]
pub fn people(reading: &Reading<'_>) -> People {
    let roster = reading.roster();
    let roles = roster.roles();
    let cases = roster.cases().into_iter().map(|case| {
        let counts = roles
            .iter()
            .map(|&role| roster.unit(role, case).map_or(0, |unit| unit.members.len()))
            .collect();
        let label = if case == NONE { "" } else { reading.cases.labels.of(case) };
        (label.to_owned(), counts)
    });
    People {
        cases: cases.collect(),
        roles: roles.iter().map(|&role| reading.roles.labels.of(role).to_owned()).collect(),
    }
}
