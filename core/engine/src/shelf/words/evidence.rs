//! On what does something rest, when a script hands it from cells or statements to a finding?

use std::collections::BTreeSet;
use std::sync::Arc;

use parallax_model::row::{ConstraintState, Stance};
use parallax_model::{Evidence, EvidenceKind, Reading, Weight};
use rhai::INT;

use super::Vocabulary;

/// Statements and constraints, in the order of their tables. It stays on the side of Rust: the
/// evidence of a large study is longer than a list of a script can be.
#[derive(Clone, Default)]
pub(super) struct Grounds(pub(super) Arc<Vec<Evidence>>);

/// The words for evidence.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Grounds>("Evidence");
    words.also("+", |one: Grounds, other: Grounds| joined(one, &other));
    words.function(
        "count",
        "evidence.count()",
        "How many statements and constraints there are.",
        |grounds: &mut Grounds| size(grounds.0.len()),
    );
    words.function(
        "statements",
        "evidence.statements()",
        "How many of them are statements.",
        |grounds: &mut Grounds| {
            size(grounds.0.iter().filter(|item| item.kind == EvidenceKind::Statement).count())
        },
    );
}

/// Both, each item once, in the order in which they come.
fn joined(one: Grounds, other: &Grounds) -> Grounds {
    let known: BTreeSet<&Evidence> = one.0.iter().collect();
    let new: Vec<Evidence> = other.0.iter().filter(|item| !known.contains(item)).cloned().collect();
    drop(known);
    let mut all = Arc::unwrap_or_clone(one.0);
    all.extend(new);
    Grounds(Arc::new(all))
}

fn size(count: usize) -> INT {
    INT::try_from(count).unwrap_or(INT::MAX)
}

/// The statement of a row: what affirms supports, what denies is contrary.
pub(super) fn statement(reading: &Reading<'_>, row: u32) -> Evidence {
    let weight = match reading.statements.stance(row as usize) {
        Stance::Affirm | Stance::Mixed => Weight::Supporting,
        Stance::Deny => Weight::Contrary,
    };
    Evidence::statement(reading.statements.ids.of(row), weight)
}

/// The constraint of a row: at least one who affirms supports, at least one who denies is
/// contrary. That nobody said it is no denial.
pub(super) fn constraint(reading: &Reading<'_>, row: u32) -> Evidence {
    let (constraints, at) = (&reading.constraints, row as usize);
    let limits = (constraints.minimums[at], constraints.maximums[at]);
    let weight = match (constraints.state(at), limits) {
        (ConstraintState::Affirm, (1.., _)) => Weight::Supporting,
        (ConstraintState::Deny, (1.., _)) => Weight::Contrary,
        _ => Weight::Context,
    };
    Evidence::constraint(constraints.ids.of(row), weight)
}
