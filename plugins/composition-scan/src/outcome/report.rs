//! Of which cases do the report's claims speak?

use std::collections::BTreeSet;

use parallax_plugin::model::row::{ClaimKind, ClaimState, RowEnum};
use parallax_plugin::prelude::*;

use super::members::Members;
use super::{Outcomes, Saying, Subject, counts, weight};
use crate::cases::Cases;
use crate::split::Split;

/// The claims that name a set of cases, or of people, whose cases count.
pub(crate) fn claimed(cases: &Cases<'_>) -> Outcomes {
    let reading = cases.reading;
    let by_code = ByCode::of(reading);
    let sets = (0_u32..).zip(reading.claims.kinds.iter()).filter(|&(row, &kind)| {
        let is_set = kind == ClaimKind::Set as u8 || kind == ClaimKind::Only as u8;
        // A set of codes is about no case.
        is_set && Members::of(reading, reading.claims.expected.of(row)).are_some()
    });
    let mut outcomes = Outcomes::default();
    outcomes.gather(sets.map(|(row, _)| saying(cases, &by_code, row)).collect());
    outcomes
}

/// What a claim says of whom, in cases.
fn saying(cases: &Cases<'_>, by_code: &ByCode, claim: u32) -> Saying {
    let reading = cases.reading;
    let expected = reading.claims.expected.of(claim);
    let named = Members::of(reading, expected);
    let speaks_of_cases = expected.split_whitespace().any(|word| word.starts_with('@'));
    let split = if speaks_of_cases {
        Split::of(cases.len(), |place| names_case(reading, expected, cases.row(place)))
    } else {
        let everybody = 0..u32::try_from(reading.participants.len()).unwrap_or(NONE);
        let meant = everybody.filter(|&person| named.has(person));
        let place = |person| cases.place(reading.participants.case(person));
        let places: BTreeSet<usize> = meant.filter_map(place).collect();
        Split::of(cases.len(), |place| places.contains(&place))
    };
    let is_inside = |speaker: u32| match speaks_of_cases {
        true => cases.place(reading.participants.case(speaker)).is_some_and(|at| split.has(at)),
        false => named.has(speaker),
    };
    let scope = reading.claims.scopes.of(claim);
    let about = Members::of(reading, scope);
    let is_about = |speaker: u32| scope.trim().is_empty() || about.has(speaker);
    let codes = reading.claims.codes_of(claim as usize);
    let rows = codes.iter().flat_map(|&code| by_code.rows(code).iter().copied());
    let statements = rows
        .filter(|&row| {
            counts(cases, row as usize)
                && of_modality(reading, claim, row as usize)
                && is_about(reading.statements.speakers[row as usize])
        })
        .map(|row| {
            let inside = is_inside(reading.statements.speakers[row as usize]);
            (row, weighed(reading, claim, row as usize, inside))
        })
        .collect();
    Saying {
        subject: Subject::Claim(claim),
        split,
        statements,
        constraints: constraints(reading, claim),
    }
}

/// A claim that names no state does not say which statements would be for it and which against.
fn weighed(reading: &Reading<'_>, claim: u32, row: usize, inside: bool) -> Weight {
    let stance = reading.statements.stance(row);
    let says = match state(reading, claim) {
        Some(ClaimState::Affirm) => stance != Stance::Deny,
        Some(ClaimState::Deny) => stance != Stance::Affirm,
        Some(ClaimState::Mixed) => stance == Stance::Mixed,
        None => return Weight::Context,
    };
    weight(inside, says)
}

fn state(reading: &Reading<'_>, claim: u32) -> Option<ClaimState> {
    let state = reading.claims.states.get(claim as usize).copied().filter(|&s| s != u8::MAX);
    state.map(ClaimState::from_number)
}

fn of_modality(reading: &Reading<'_>, claim: u32, row: usize) -> bool {
    let modality = reading.claims.modalities.get(claim as usize).copied().unwrap_or(u8::MAX);
    modality == u8::MAX || reading.statements.modality(row) as u8 == modality
}

/// What is known of groups about the codes of a claim.
fn constraints(reading: &Reading<'_>, claim: u32) -> BTreeSet<u32> {
    let codes = reading.claims.codes_of(claim as usize);
    let modality = reading.claims.modalities.get(claim as usize).copied().unwrap_or(u8::MAX);
    let constraints = &reading.constraints;
    let fits = |&row: &u32| {
        let own = constraints.modalities[row as usize];
        codes.contains(&constraints.codes[row as usize])
            && (own == u8::MAX || modality == u8::MAX || own == modality)
            && !constraints.members_of(row as usize).is_empty()
    };
    (0..u32::try_from(constraints.len()).unwrap_or(NONE)).filter(fits).collect()
}

/// Whether a set names this case, or one that it is part of.
fn names_case(reading: &Reading<'_>, words: &str, case: u32) -> bool {
    let named = words.split_whitespace().filter_map(|word| word.strip_prefix('@'));
    let mut named = named.filter_map(|id| reading.cases.ids.position(id));
    named.any(|named| reading.cases.upward(case).any(|at| at == named))
}
