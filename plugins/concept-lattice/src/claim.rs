//! Which codes do units claim for themselves, and on which statements does that rest?

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::prelude::*;

use crate::context::Context;
use crate::parameters::Parameters;
use crate::unit::{Unit, units};

/// A code in one modality that somebody claims.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// The code, by row.
    pub(crate) code: u32,
    /// The modality.
    pub(crate) modality: Modality,
    /// Everybody's cell.
    cells: Cells,
    /// The state of each unit.
    pub(crate) states: Vec<State>,
    /// The statements behind the cell of each unit, by row.
    statements: Vec<Vec<u32>>,
}

/// The units of a reading and what they claim.
pub(crate) struct Claims<'r> {
    pub(crate) reading: &'r Reading<'r>,
    pub(crate) units: Vec<Unit>,
    /// In the order of the codebook.
    pub(crate) attributes: Vec<Attribute>,
}

/// What is known of one unit and one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Claimed, on a condition or without.
    Yes,
    /// Denied, or asked and not mentioned.
    No,
    /// Not asked, or nobody knows.
    Open,
}

/// What the units of `reading` claim for themselves.
///
/// # Errors
/// Not available with fewer than two units, fewer than two codes that somebody claims, or a code
/// in `below` that is not there.
pub(crate) fn claims<'r>(
    reading: &'r Reading<'r>,
    parameters: &Parameters,
) -> Result<Claims<'r>, NoFindings> {
    let units = units(reading, parameters.unit.or(reading.conventions.unit));
    if units.len() < 2 {
        return Err(NoFindings::not_available("bundles need at least two units to be compared"));
    }
    let within = match parameters.below.as_str() {
        "" => None,
        id => Some(reading.codes.ids.position(id).ok_or_else(|| {
            NoFindings::not_available("the code that `below` names is not in the codebook")
        })?),
    };
    let by_code = ByCode::of(reading);
    let claimed = claimed(reading, parameters, within);
    if claimed.len() < 2 {
        return Err(NoFindings::not_available(
            "fewer than two codes are claimed here, and it takes two to go together",
        ));
    }
    let attributes = claimed
        .into_iter()
        .map(|(code, modality)| attribute(reading, &units, &by_code, code, modality))
        .collect();
    Ok(Claims { reading, units, attributes })
}

/// Every code and modality that somebody claims, in the order of the codebook.
fn claimed(
    reading: &Reading<'_>,
    parameters: &Parameters,
    within: Option<u32>,
) -> BTreeSet<(u32, Modality)> {
    let statements = &reading.statements;
    let wanted = Modalities::of(&parameters.modalities);
    let reached =
        |code: u32| within.is_none_or(|top| reading.codes.upward(code).any(|above| above == top));
    (0..statements.len())
        .filter(|&row| {
            wanted.has(statements.modality(row))
                && statements.stance(row) != Stance::Deny
                && statements.perspective(row) == 0
                && reading.participants.is_in(statements.speakers[row])
                && reading.is_ascription(row, Ascription::Own)
                && reached(statements.codes[row])
        })
        .map(|row| (statements.codes[row], statements.modality(row)))
        .collect()
}

fn attribute(
    reading: &Reading<'_>,
    units: &[Unit],
    by_code: &ByCode,
    code: u32,
    modality: Modality,
) -> Attribute {
    let item = Item::own(code, Modalities::of(&[modality]));
    let cells = Cells::of(reading, by_code, item);
    let states = units.iter().map(|unit| cells.together(reading, &unit.members)).collect();
    let place_of: BTreeMap<u32, usize> = (0..)
        .zip(units)
        .flat_map(|(place, unit)| unit.members.iter().map(move |&member| (member, place)))
        .collect();
    let mut statements = vec![Vec::new(); units.len()];
    for &row in by_code.rows(code) {
        let place = place_of.get(&reading.statements.speakers[row as usize]);
        if let Some(&place) = place.filter(|_| item.takes(reading, row as usize)) {
            statements[place].push(row);
        }
    }
    Attribute { code, modality, cells, states, statements }
}

impl Attribute {
    /// What is known of whether the unit claims it.
    pub(crate) fn of(&self, unit: usize) -> Claim {
        match self.states[unit] {
            State::Yes | State::Mixed => Claim::Yes,
            State::No | State::Silent => Claim::No,
            State::NotAsked | State::Unknown | State::Vacant => Claim::Open,
        }
    }
}

impl Claims<'_> {
    /// The context in which what is unknown is not claimed.
    pub(crate) fn certain(&self) -> Context {
        self.context(|claim| claim == Claim::Yes)
    }

    /// The context in which what may be claimed, as far as statements and constraints tell, is.
    pub(crate) fn possible(&self) -> Context {
        self.context(|claim| claim != Claim::No)
    }

    fn context(&self, has: impl Fn(Claim) -> bool) -> Context {
        Context::new(self.units.len(), self.attributes.len(), |unit, attribute| {
            has(self.attributes[attribute].of(unit))
        })
    }

    /// How many cells have a state that `is` takes.
    pub(crate) fn count(&self, is: impl Fn(State) -> bool) -> usize {
        let states = self.attributes.iter().flat_map(|attribute| &attribute.states);
        states.filter(|&&state| is(state)).count()
    }

    /// How many cells are open.
    pub(crate) fn open(&self) -> usize {
        let units = 0..self.units.len();
        let of_one = |one: &Attribute| units.clone().filter(|&u| one.of(u) == Claim::Open).count();
        self.attributes.iter().map(of_one).sum()
    }

    /// How many statements stand behind a cell.
    pub(crate) fn statements_behind(&self, attribute: usize, unit: usize) -> usize {
        self.attributes[attribute].statements[unit].len()
    }

    /// The statements and constraints behind cells (attribute, unit, weight), in the order of
    /// their tables; what counts against a finding somewhere counts against it.
    ///
    /// A constraint that alone makes a claim certain weighs as a statement would; one that only
    /// leaves a cell open is context.
    pub(crate) fn evidence(
        &self,
        cells: impl Iterator<Item = (usize, usize, Weight)>,
    ) -> Vec<Evidence> {
        let mut statements: BTreeMap<u32, Weight> = BTreeMap::new();
        let mut constraints: BTreeMap<u32, Weight> = BTreeMap::new();
        let weigh = |rows: &mut BTreeMap<u32, Weight>, row: u32, weight: Weight| {
            let known = rows.entry(row).or_insert(weight);
            *known = heavier(*known, weight);
        };
        for (attribute, unit, weight) in cells {
            let one = &self.attributes[attribute];
            let behind = &one.statements[unit];
            for &row in behind {
                weigh(&mut statements, row, weight);
            }
            let decides = behind.is_empty() && one.of(unit) == Claim::Yes;
            let weight = if decides { weight } else { Weight::Context };
            for row in one.cells.constraints(self.reading, &self.units[unit].members) {
                weigh(&mut constraints, row, weight);
            }
        }
        let ids = (&self.reading.statements.ids, &self.reading.constraints.ids);
        let statements =
            statements.into_iter().map(|(row, w)| Evidence::statement(ids.0.of(row), w));
        let constraints =
            constraints.into_iter().map(|(row, w)| Evidence::constraint(ids.1.of(row), w));
        statements.chain(constraints).collect()
    }
}

/// What counts against a finding outweighs what counts for it, and both outweigh context.
fn heavier(one: Weight, other: Weight) -> Weight {
    match (one, other) {
        (Weight::Contrary, _) | (_, Weight::Contrary) => Weight::Contrary,
        (Weight::Supporting, _) | (_, Weight::Supporting) => Weight::Supporting,
        _ => Weight::Context,
    }
}
