//! Is it exactly those whom a report names?

use std::collections::BTreeSet;

use super::tested::unmixed;
use super::{Computed, Judge, Judgement, Outcome, Unit};
use crate::claim::scope::People;
use crate::claim::{Claim, Expected, Missing, Truth};
use crate::row::{ClaimState, ClaimUnit};
use crate::study::Member;

/// `set` and `only`: these people or cases, and nobody else of the scope.
pub(super) fn set(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let named = named(judge, claim);
    let counted: BTreeSet<Unit> = tested.units.iter().map(|unit| unit.unit).collect();
    let absent = |unit: &&Unit| !counted.contains(*unit) && !is_there(judge, **unit);
    if let Some(unit) = named.iter().find(absent) {
        let missing = match *unit {
            Unit::Case(case) => Missing::Case(case),
            _ => Missing::Everybody,
        };
        return Judgement::of(Outcome::Missing(vec![missing]));
    }
    let mut truth = Truth::True;
    for unit in &tested.units {
        let here = Truth::of(unit.always, unit.ever);
        truth = truth.and(if named.contains(&unit.unit) { here } else { !here });
    }
    if truth == Truth::Open && !is_allowed(judge, claim, people, &named) {
        truth = Truth::False;
    }
    // Somebody who is named and of whom it cannot hold.
    if named.iter().any(|unit| !counted.contains(unit)) {
        truth = Truth::False;
    }
    let those = |wanted: fn(bool, bool) -> bool| {
        let units = tested.units.iter().filter(|unit| wanted(unit.always, unit.ever));
        units.map(|unit| unit.unit).collect()
    };
    let computed = Computed::Set {
        certain: those(|always, _| always),
        possible: those(|always, ever| ever && !always),
    };
    judge.cite(claim, people, &tested, Judgement::truth(truth, computed))
}

/// Whether constraints leave a world in which exactly those who are named do; what is not about
/// people and one code that they affirm is not asked.
fn is_allowed(judge: &Judge<'_>, claim: &Claim, people: &People, named: &BTreeSet<Unit>) -> bool {
    let ([code], ClaimUnit::Person) = (&claim.codes[..], claim.unit) else { return true };
    if claim.state.unwrap_or_default() != ClaimState::Affirm {
        return true;
    }
    let is_named = |person: &u32| named.contains(&Unit::Person(*person));
    // Who may not belong to the scope can do it without being named.
    let (yes, no): (Vec<u32>, Vec<u32>) = people.certain.iter().partition(|&one| is_named(one));
    // Who affirms and denies at once does not affirm it.
    let cells = judge.cells(claim, *code);
    unmixed(&cells, &yes) == yes && cells.bounds.allows(&yes, &unmixed(&cells, &no))
}

/// Those whom the report names, in the order of their table.
pub(super) fn named(judge: &Judge<'_>, claim: &Claim) -> BTreeSet<Unit> {
    let Expected::Set(members) = &claim.expected else { return BTreeSet::new() };
    let mut named = BTreeSet::new();
    for &member in members {
        match member {
            Member::Case(case) => {
                named.insert(Unit::Case(case));
            }
            member => {
                let people = judge.study.members(member, &judge.reading.participants);
                named.extend(people.into_iter().map(Unit::Person));
            }
        }
    }
    named
}

/// Whether somebody of the reading is the unit, or is at it.
fn is_there(judge: &Judge<'_>, unit: Unit) -> bool {
    let people = &judge.reading.participants;
    match unit {
        Unit::Person(person) => people.is_in(person),
        Unit::Case(case) => {
            (0_u32..).take(people.len()).any(|row| people.is_in(row) && people.case(row) == case)
        }
        Unit::Code(_) => true,
    }
}
