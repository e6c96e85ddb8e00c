//! Which statements speak for a claim and which against it, and of whom should one know more?

use std::collections::BTreeMap;

use super::tested::{Tested, merged};
use super::{Judge, Judgement, Outcome, Unit, listed};
use crate::claim::expected::Other;
use crate::claim::scope::{self, People};
use crate::claim::{Claim, Expected, Truth};
use crate::finding::{Evidence, Weight};
use crate::row::{ClaimKind, ClaimState, Stance};

impl Judge<'_> {
    /// A judgement with its evidence, and, where it is open, the people who leave it so.
    pub(super) fn cite(
        &self,
        claim: &Claim,
        people: &People,
        tested: &Tested,
        judgement: Judgement,
    ) -> Judgement {
        let everybody = merged(&people.certain, &people.possible);
        let mut statements: BTreeMap<u32, Weight> = BTreeMap::new();
        let mut constraints: BTreeMap<u32, Weight> = BTreeMap::new();
        let named = listed::named(self, claim);
        let mut add = |codes: &[u32], people: &[u32], weigh: &dyn Fn(u32, Stance) -> Weight| {
            for &code in codes {
                let cells = self.cells(claim, code);
                for row in cells.statements(&self.reading, &self.by_code, people) {
                    let stance = self.reading.statements.stance(row as usize);
                    let speaker = self.reading.statements.speakers[row as usize];
                    statements.entry(row).or_insert_with(|| weigh(speaker, stance));
                }
                for row in cells.constraints(&self.reading, people) {
                    constraints.insert(row, Weight::Context);
                }
            }
        };
        let is_named = |speaker: u32| {
            let case = self.reading.participants.case(speaker);
            named.contains(&Unit::Person(speaker)) || named.contains(&Unit::Case(case))
        };
        add(&claim.codes, &everybody, &|speaker, stance| weight(claim, is_named(speaker), stance));
        if claim.kind == Some(ClaimKind::Consensus) && claim.state.is_none() {
            let below = self.children(claim.code());
            add(&below, &everybody, &|_, stance| weight(claim, false, stance));
        }
        match &claim.expected {
            Expected::Than(_, Other::Code(code)) => {
                add(&[*code], &everybody, &|_, _| Weight::Contrary);
            }
            Expected::Than(_, Other::People(scope)) => {
                let others = scope::people(self.study, &self.reading, scope).named;
                add(&claim.codes, &others, &|_, _| Weight::Contrary);
            }
            _ => {}
        }
        let ids = &self.reading.statements.ids;
        let said = statements.iter().map(|(&row, &w)| Evidence::statement(ids.of(row), w));
        let ids = &self.reading.constraints.ids;
        let known = constraints.iter().map(|(&row, &w)| Evidence::constraint(ids.of(row), w));
        let evidence = said.chain(known).collect();
        let open = match judgement.outcome {
            Outcome::Is(Truth::Open) => open(tested),
            _ => Vec::new(),
        };
        Judgement { evidence, open, ..judgement }
    }
}

/// The people of units of which it holds in some worlds only.
fn open(tested: &Tested) -> Vec<u32> {
    let units = tested.units.iter().filter(|unit| unit.ever && !unit.always);
    let mut people: Vec<u32> = units.flat_map(|unit| unit.members.iter().copied()).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Whether a statement speaks for a claim; `is_named`: the report names its speaker or their case.
fn weight(claim: &Claim, is_named: bool, stance: Stance) -> Weight {
    let wanted = match claim.state.unwrap_or_default() {
        ClaimState::Affirm => Stance::Affirm,
        ClaimState::Deny => Stance::Deny,
        ClaimState::Mixed => Stance::Mixed,
    };
    let says = stance == wanted;
    let speaks_for = match claim.kind {
        Some(ClaimKind::None) => !says,
        Some(ClaimKind::Set | ClaimKind::Only) => says == is_named,
        Some(ClaimKind::Consensus) if claim.expected == Expected::No => true,
        _ => says,
    };
    if speaks_for { Weight::Supporting } else { Weight::Contrary }
}
