//! Of whom does it hold what a claim says: always, in some worlds, or never?

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Judge, Unit};
use crate::bounds::Interval;
use crate::cell::{Cells, Item, Modalities, Reach, State};
use crate::claim::Claim;
use crate::claim::scope::{OF_CASE, People, both, values};
use crate::reading::Ascription;
use crate::row::{AscribedTo, ClaimState, ClaimUnit};
use crate::settings::Aggregation;
use crate::table::NONE;

/// What a claim counts, with what is known of each.
#[derive(Debug)]
pub(super) struct Tested {
    /// In the order of their table.
    pub(super) units: Vec<TestedUnit>,
    /// Of how many it holds.
    pub(super) count: Interval,
    /// Of how many it holds of those who are certain to belong to the scope.
    pub(super) required: Interval,
}

/// One of those that a claim counts.
#[derive(Debug)]
pub(super) struct TestedUnit {
    pub(super) unit: Unit,
    /// The people, by row.
    pub(super) members: Vec<u32>,
    /// Whether somebody of it is certain to belong to the scope.
    pub(super) belongs: bool,
    /// Whether one of it alone may be in the scope, and it not hold.
    pub(super) fails: bool,
    /// Whether it holds in every world.
    pub(super) always: bool,
    /// Whether it holds in some world.
    pub(super) ever: bool,
}

impl Judge<'_> {
    /// The cells of one code that a claim is about.
    pub(super) fn cells(&self, claim: &Claim, code: u32) -> Rc<Cells> {
        let modality = claim.modality.map_or(u8::MAX, |modality| modality as u8);
        let bearer = claim.bearer.map_or(u8::MAX, |bearer| bearer as u8);
        let key = (code, modality, bearer);
        if let Some(known) = self.known.borrow().get(&key) {
            return Rc::clone(known);
        }
        let modalities = claim.modality.map_or(Modalities::ANY, |one| Modalities::of(&[one]));
        let ascription = match claim.bearer {
            Some(AscribedTo::Own) => Ascription::Own,
            Some(AscribedTo::Others) => Ascription::Other,
            None => self.ascription(code),
        };
        let item = Item { modalities, ascription, reach: Reach::AndBelow, ..Item::any(code) };
        let cells = Rc::new(Cells::of(&self.reading, &self.by_code, item));
        self.known.borrow_mut().insert(key, Rc::clone(&cells));
        cells
    }

    /// Of whom people speak under a code and below it: of themselves, of others, or of both.
    fn ascription(&self, code: u32) -> Ascription {
        let reading = &self.reading;
        let below = |at: u32| reading.codes.upward(at).any(|above| above == code);
        let (mut own, mut others) = (false, false);
        for at in (0_u32..).take(reading.codes.len()).filter(|&at| below(at)) {
            for &row in self.by_code.rows(at) {
                own |= reading.is_ascription(row as usize, Ascription::Own);
                others |= reading.is_ascription(row as usize, Ascription::Other);
                if own && others {
                    return Ascription::Any;
                }
            }
        }
        for row in 0..reading.constraints.len() {
            if below(reading.constraints.codes[row]) {
                own |= reading.constraints.bearers[row] == AscribedTo::Own as u8;
                others |= reading.constraints.bearers[row] == AscribedTo::Others as u8;
            }
        }
        match (own, others) {
            (true, false) => Ascription::Own,
            (false, true) => Ascription::Other,
            _ => Ascription::Any,
        }
    }

    /// What a claim counts among some people.
    pub(super) fn tested(&self, claim: &Claim, people: &People) -> Tested {
        let cells: Vec<Rc<Cells>> =
            claim.codes.iter().map(|&code| self.cells(claim, code)).collect();
        let state = claim.state.unwrap_or_default();
        let is_certain = |person: &u32| people.certain.binary_search(person).is_ok();
        let of_person = |person: u32| {
            let all = cells.iter().map(|cells| holds(cells, person, state));
            all.fold((true, true), |(a, b), (always, ever)| (a && always, b && ever))
        };
        let everybody = merged(&people.certain, &people.possible);
        let mut units = match claim.unit {
            ClaimUnit::Case if cells.is_empty() => return self.cases_with(claim, people),
            ClaimUnit::Case => self.by_case(&everybody),
            _ => everybody.iter().map(|&person| single(Unit::Person(person), person)).collect(),
        };
        for unit in &mut units {
            unit.belongs = unit.members.iter().any(is_certain);
            for person in &unit.members {
                let (always, ever) = of_person(*person);
                unit.always |= always && is_certain(person);
                unit.ever |= ever;
                unit.fails |= !always;
            }
            if let ([one], ClaimState::Affirm) = (&cells[..], state)
                && people.possible.is_empty()
            {
                // Somebody of a group did, though nobody knows who.
                let plain = unmixed(one, &unit.members);
                (unit.always, unit.ever) = one.bounds.of_unit(&plain, Aggregation::Any);
            }
        }
        let required = match (&cells[..], claim.unit) {
            ([one], ClaimUnit::Person) => count(one, &people.certain, state),
            ([one], ClaimUnit::Case)
                if state == ClaimState::Affirm && people.possible.is_empty() =>
            {
                let plain: Vec<Vec<u32>> =
                    units.iter().map(|unit| unmixed(one, &unit.members)).collect();
                one.bounds.count_units(plain.iter().map(Vec::as_slice), Aggregation::Any)
            }
            _ => tally(units.iter().filter(|unit| unit.belongs)),
        };
        let doubtful = tally(units.iter().filter(|unit| !unit.belongs));
        let count = Interval { upper: required.upper + doubtful.upper, ..required };
        Tested { units, count, required }
    }

    /// Cases with the people of a scope there.
    fn by_case(&self, everybody: &[u32]) -> Vec<TestedUnit> {
        let mut at: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &person in everybody {
            let case = self.reading.participants.case(person);
            if case != NONE {
                at.entry(case).or_default().push(person);
            }
        }
        let units = at.into_iter();
        units
            .map(|(case, members)| TestedUnit { members, ..single(Unit::Case(case), NONE) })
            .collect()
    }

    /// The cases of a scope of which its conditions hold: those about columns of cases of the case
    /// itself, the others of somebody there.
    fn cases_with(&self, claim: &Claim, people: &People) -> Tested {
        let attributes = self.study.attributes();
        let columns: Vec<(Vec<Option<&str>>, &str)> = claim
            .scope
            .conditions
            .iter()
            .map(|condition| {
                let len = self.study.cases().ids.len();
                (values(attributes, OF_CASE, &condition.column, len), condition.value.as_str())
            })
            .filter(|(values, _)| values.iter().any(Option::is_some))
            .collect();
        let of_case = |case: u32| {
            let blank = self.blank_cases.contains(&case);
            let each = columns.iter().map(|(values, wanted)| {
                let value = values.get(case as usize).copied().flatten().filter(|_| !blank);
                value.map(|value| value == *wanted)
            });
            each.fold(Some(true), both)
        };
        let is_of_people = columns.len() < claim.scope.conditions.len();
        let mut units = self.by_case(&people.named);
        for unit in &mut units {
            let Unit::Case(case) = unit.unit else { continue };
            let some = |people: &[u32]| unit.members.iter().any(|one| people.contains(one));
            let known = of_case(case);
            unit.always = known == Some(true) && (!is_of_people || some(&people.certain));
            unit.ever = known != Some(false)
                && (!is_of_people || some(&people.certain) || some(&people.possible));
        }
        let count = tally(units.iter());
        Tested { units, count, required: count }
    }
}

fn single(unit: Unit, person: u32) -> TestedUnit {
    let members = vec![person];
    TestedUnit { unit, members, belongs: true, fails: false, always: false, ever: false }
}

/// Of how many units it holds, one by one.
fn tally<'u>(units: impl Iterator<Item = &'u TestedUnit>) -> Interval {
    units.fold(Interval::default(), |sum, unit| Interval {
        lower: sum.lower + usize::from(unit.always),
        upper: sum.upper + usize::from(unit.ever),
    })
}

/// Whether a person does what is counted: in every world, in some.
fn holds(cells: &Cells, person: u32, state: ClaimState) -> (bool, bool) {
    let at = cells.states.get(person as usize).copied().unwrap_or(State::Vacant);
    let (least, most) = cells.bounds.of_one(person as usize);
    match state {
        ClaimState::Affirm => (least == 1 && at != State::Mixed, most == 1 && at != State::Mixed),
        ClaimState::Deny => {
            let denied = cells.denied(&[person]);
            (denied.lower == 1, denied.upper == 1 || at == State::Vacant)
        }
        ClaimState::Mixed => {
            let may = matches!(at, State::Unknown | State::Vacant) && most == 1;
            (at == State::Mixed, at == State::Mixed || may)
        }
    }
}

/// How many do what is counted; exact where constraints tie people to one another.
fn count(cells: &Cells, people: &[u32], state: ClaimState) -> Interval {
    match state {
        ClaimState::Affirm => cells.bounds.count(&unmixed(cells, people)),
        ClaimState::Deny => {
            // Nobody knows what somebody who was left out denies.
            let out = |person: &&u32| cells.states.get(**person as usize) == Some(&State::Vacant);
            let denied = cells.denied(people);
            Interval { upper: denied.upper + people.iter().filter(out).count(), ..denied }
        }
        ClaimState::Mixed => {
            let each = people.iter().map(|&person| holds(cells, person, state));
            each.fold(Interval::default(), |sum, (always, ever)| Interval {
                lower: sum.lower + usize::from(always),
                upper: sum.upper + usize::from(ever),
            })
        }
    }
}

/// Those who do not affirm and deny at once.
pub(super) fn unmixed(cells: &Cells, people: &[u32]) -> Vec<u32> {
    let is_mixed = |person: &u32| cells.states.get(*person as usize) == Some(&State::Mixed);
    people.iter().copied().filter(|person| !is_mixed(person)).collect()
}

/// Two ascending lists as one.
pub(super) fn merged(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut all: Vec<u32> = a.iter().chain(b).copied().collect();
    all.sort_unstable();
    all
}
