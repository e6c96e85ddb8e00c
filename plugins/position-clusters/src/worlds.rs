//! What would the comparison with roles be if the unknown cells were filled in?
//!
//! Leaving an unknown cell out of every comparison can move units far from where any answer would
//! put them. So where there are few, every way to fill them in that the constraints allow is
//! clustered too.

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::model::row::ConstraintState;
use parallax_plugin::model::settings::Aggregation;
use parallax_plugin::model::{NONE, State};

use crate::amount::Amount;
use crate::distance::between;
use crate::feature::Feature;
use crate::linkage::cluster;
use crate::parameters::Parameters;
use crate::partition::Contingency;
use crate::positions::Positions;
use crate::profile::{Feature as Known, Profile};

/// At most so many ways to fill in unknown cells are clustered.
const WORLDS: usize = 1024;

/// At most so many comparisons of two units are made in all worlds together.
const COMPARISONS: usize = 50_000_000;

/// At most so many people's cells of one feature are filled in, in every combination.
const CELLS: usize = 12;

/// What each unit claims of one feature in one world.
type Column = Vec<bool>;

/// The adjusted Rand index with roles in every world; `None` when nothing is unknown, when there
/// are too many worlds, or when the constraints allow none.
pub(crate) fn indices(positions: &Positions<'_>, parameters: &Parameters) -> Option<Vec<Amount>> {
    if positions.unknown() == 0 {
        return None;
    }
    let columns: Vec<BTreeSet<Column>> = positions
        .features
        .iter()
        .map(|feature| columns(positions, feature))
        .collect::<Option<_>>()?;
    let worlds = columns.iter().try_fold(1_usize, |worlds, of_one| {
        worlds.checked_mul(of_one.len()).filter(|&worlds| (1..=WORLDS).contains(&worlds))
    })?;
    let comparisons = positions.units.len().checked_pow(2)?.checked_mul(worlds)?;
    if comparisons > COMPARISONS {
        return None;
    }
    (0..worlds).map(|world| index(positions, parameters, &chosen(&columns, world))).collect()
}

/// One column of each feature: the world with this number.
fn chosen(columns: &[BTreeSet<Column>], mut world: usize) -> Vec<&Column> {
    let mut chosen = Vec::with_capacity(columns.len());
    for of_one in columns {
        chosen.extend(of_one.iter().nth(world % of_one.len()));
        world /= of_one.len();
    }
    chosen
}

fn index(
    positions: &Positions<'_>,
    parameters: &Parameters,
    columns: &[&Column],
) -> Option<Amount> {
    let profiles: Vec<Profile> = (0..positions.units.len())
        .map(|unit| {
            let claims = columns.iter().map(|column| column[unit]);
            let row: Vec<Known> =
                claims.map(|claims| if claims { Known::Yes } else { Known::No }).collect();
            Profile::new(&row)
        })
        .collect();
    let distances = between(&profiles, parameters.distance).ok()?;
    let partition = cluster(&distances, parameters.linkage).cut(positions.k);
    Contingency::of(&partition, &positions.roles).adjusted_rand()
}

/// The different columns that a feature can have; `None` when too many cells are unknown.
fn columns(positions: &Positions<'_>, feature: &Feature) -> Option<BTreeSet<Column>> {
    let units = 0..positions.units.len();
    if !units.clone().any(|unit| feature.is_unknown(unit)) {
        let known = units.map(|unit| feature.states[unit].is_mention()).collect();
        return Some(BTreeSet::from([known]));
    }
    let open: Vec<u32> = (0_u32..)
        .zip(&feature.cells.states)
        .filter(|(_, state)| matches!(state, State::Unknown | State::NotAsked))
        .map(|(participant, _)| participant)
        .collect();
    if open.len() > CELLS {
        return None;
    }
    let worlds = (0_u32..1 << open.len()).map(|world| {
        let filled = |place: usize| world >> place & 1 == 1;
        open.iter().enumerate().map(|(place, &open)| (open, filled(place))).collect()
    });
    Some(
        worlds
            .filter(|filled| allowed(positions, feature, filled))
            .map(|filled| column(positions, feature, &filled))
            .collect(),
    )
}

/// Whether somebody claims the feature when the open cells are `filled` in.
fn claims(feature: &Feature, filled: &BTreeMap<u32, bool>, participant: u32) -> bool {
    let state = feature.cells.states.get(participant as usize);
    filled.get(&participant).copied().unwrap_or(state.is_some_and(|state| state.is_mention()))
}

fn allowed(positions: &Positions<'_>, feature: &Feature, filled: &BTreeMap<u32, bool>) -> bool {
    let reading = positions.reading;
    let constraints = &reading.constraints;
    (0..constraints.len())
        .filter(|&row| {
            constraints.state(row) == ConstraintState::Affirm
                && feature.cells.item.takes_constraint(reading, row)
        })
        .all(|row| {
            let members = constraints.members_of(row);
            // Who is no part of this reading may or may not have said it.
            let inside = |member: &&u32| reading.participants.is_in(**member);
            let outside = members.iter().filter(|member| !inside(member)).count();
            let said = members
                .iter()
                .filter(inside)
                .filter(|&&member| claims(feature, filled, member))
                .count();
            let least = constraints.minimums.get(row).copied().unwrap_or(0) as usize;
            let most = constraints.maximums.get(row).copied().unwrap_or(NONE);
            said + outside >= least && (most == NONE || said <= most as usize)
        })
}

fn column(positions: &Positions<'_>, feature: &Feature, filled: &BTreeMap<u32, bool>) -> Column {
    let claimed = |members: &[u32]| {
        let count = members.iter().filter(|&&member| claims(feature, filled, member)).count();
        match positions.reading.conventions.aggregation {
            Aggregation::Any => count > 0,
            Aggregation::All => count == members.len(),
            Aggregation::Majority => 2 * count > members.len(),
        }
    };
    positions.units.iter().map(|unit| claimed(&unit.members)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::UnitChoice;
    use crate::positions::positions;
    use crate::studies::reading;

    #[test]
    fn whoever_of_the_two_guides_the_index_is_the_same() {
        let parameters = Parameters { unit: UnitChoice::Participant, ..Parameters::default() };
        let reading = reading::seed();
        let positions = positions(&reading, &parameters).expect("positions");
        let indices = indices(&positions, &parameters).expect("two worlds");
        assert_eq!(indices, [Amount::of(553, 808); 2]);
    }

    #[test]
    fn without_the_constraint_there_are_four_worlds() {
        let parameters = Parameters { unit: UnitChoice::Participant, ..Parameters::default() };
        let mut reading = reading::seed();
        reading.constraints.minimums = vec![0].into();
        reading.constraints.maximums = vec![NONE].into();
        let open = positions(&reading, &parameters).expect("positions");
        let mut worlds: Vec<Option<(i64, i64)>> =
            indices(&open, &parameters).expect("four").iter().map(|i| i.fraction()).collect();
        worlds.sort_unstable();
        let same = Some((553, 808));
        assert_eq!(worlds, [Some((317, 4037)), same, same, same]);
    }

    #[test]
    fn nothing_unknown_needs_no_worlds() {
        let reading = reading::seed();
        let positions = positions(&reading, &Parameters::default()).expect("positions");
        assert_eq!(indices(&positions, &Parameters::default()), None);
    }
}
