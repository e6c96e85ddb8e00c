//! What do units claim for themselves, and on which statements does that rest?

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::model::row::{Modality, Stance};
use parallax_plugin::model::{
    Ascription, ByCode, Cells, Evidence, Item, Modalities, Reading, State, Weight,
};

use crate::profile::{Feature as Known, Profile};
use crate::unit::Unit;

/// A duty, right or act that somebody claims: a code in one modality.
#[derive(Clone, Debug)]
pub(crate) struct Feature {
    /// The code, by row.
    pub(crate) code: u32,
    /// The modality.
    pub(crate) modality: Modality,
    /// Everybody's cell.
    pub(crate) cells: Cells,
    /// The state of each unit.
    pub(crate) states: Vec<State>,
    /// The statements behind the cells of each unit, by row.
    pub(crate) statements: Vec<Vec<u32>>,
}

/// Every code and modality that somebody in the reading claims for themselves, in the order of the
/// codebook.
pub(crate) fn features(
    reading: &Reading<'_>,
    units: &[Unit],
    modalities: &[Modality],
) -> Vec<Feature> {
    let statements = &reading.statements;
    let by_code = ByCode::of(reading);
    let wanted = Modalities::of(modalities);
    let claimed: BTreeSet<(u32, Modality)> = (0..statements.len())
        .filter(|&row| {
            wanted.has(statements.modality(row))
                && statements.stance(row) != Stance::Deny
                && statements.perspective(row) == 0
                && reading.participants.is_in(statements.speakers[row])
                && reading.is_ascription(row, Ascription::Own)
        })
        .map(|row| (statements.codes[row], statements.modality(row)))
        .collect();
    let unit_of: BTreeMap<u32, usize> = units
        .iter()
        .enumerate()
        .flat_map(|(place, unit)| unit.members.iter().map(move |&member| (member, place)))
        .collect();
    let feature = |(code, modality)| {
        let item = Item::own(code, Modalities::of(&[modality]));
        let cells = Cells::of(reading, &by_code, item);
        let states = units.iter().map(|unit| cells.together(reading, &unit.members)).collect();
        let mut behind = vec![Vec::new(); units.len()];
        for &row in by_code.rows(code) {
            let unit = unit_of.get(&statements.speakers[row as usize]);
            if let Some(&unit) = unit.filter(|_| item.takes(reading, row as usize)) {
                behind[unit].push(row);
            }
        }
        Feature { code, modality, cells, states, statements: behind }
    };
    claimed.into_iter().map(feature).collect()
}

/// What each unit claims.
pub(crate) fn profiles(features: &[Feature], units: usize) -> Vec<Profile> {
    (0..units)
        .map(|unit| {
            let row: Vec<Known> = features.iter().map(|feature| feature.known(unit)).collect();
            Profile::new(&row)
        })
        .collect()
}

impl Feature {
    /// Said, even on a condition; not said, whether denied or silent when asked; or unknown,
    /// because the unit was not asked or nobody knows.
    fn known(&self, unit: usize) -> Known {
        match self.states[unit] {
            State::Yes | State::Mixed => Known::Yes,
            State::No | State::Silent => Known::No,
            State::NotAsked | State::Unknown | State::Vacant => Known::Unknown,
        }
    }

    /// Whether nobody can tell if `unit` claims it.
    pub(crate) fn is_unknown(&self, unit: usize) -> bool {
        self.known(unit) == Known::Unknown
    }
}

/// The statements and constraints behind the cells of `units` (places with a weight), in the
/// order of their tables. A constraint that alone makes a claim certain weighs as a statement
/// would; one that only leaves a cell open is context.
pub(crate) fn evidence(
    reading: &Reading<'_>,
    units: &[Unit],
    features: &[Feature],
    weighed: &[(usize, Weight)],
) -> Vec<Evidence> {
    let mut statements: BTreeMap<u32, Weight> = BTreeMap::new();
    let mut constraints: BTreeMap<u32, Weight> = BTreeMap::new();
    for feature in features {
        for &(unit, weight) in weighed {
            let behind = &feature.statements[unit];
            statements.extend(behind.iter().map(|&row| (row, weight)));
            let decides = behind.is_empty() && feature.states[unit].is_mention();
            let weight = if decides { weight } else { Weight::Context };
            for row in feature.cells.constraints(reading, &units[unit].members) {
                let entry = constraints.entry(row).or_insert(weight);
                *entry = (*entry).min(weight);
            }
        }
    }
    let statements = statements
        .into_iter()
        .map(|(row, weight)| Evidence::statement(reading.statements.ids.of(row), weight));
    let constraints = constraints
        .into_iter()
        .map(|(row, weight)| Evidence::constraint(reading.constraints.ids.of(row), weight));
    statements.chain(constraints).collect()
}
