//! What are codes and bundles of them called, in ids and in sentences?

use fixedbitset::FixedBitSet;
use parallax_plugin::prelude::*;

use crate::claim::Claims;

/// The name of the bundle without codes, and of the one with every code.
const NOTHING: &str = "nothing";
const EVERYTHING: &str = "everything";

/// The id of an attribute: that of its code, with the modality behind it where it is no duty.
pub(crate) fn id(claims: &Claims<'_>, attribute: usize) -> String {
    let one = &claims.attributes[attribute];
    let code = claims.reading.codes.ids.of(one.code);
    match one.modality {
        Modality::Duty => code.to_owned(),
        other => format!("{code}:{}", other.word()),
    }
}

/// The ids of a set in their own order, so that a codebook in another order changes no name, and
/// joined so that no two sets read the same: an id may hold a plus, no comma.
pub(crate) fn joined(claims: &Claims<'_>, set: &FixedBitSet) -> String {
    let mut ids: Vec<String> = set.ones().map(|attribute| id(claims, attribute)).collect();
    ids.sort();
    let plain = |id: &String| !id.contains('+') && id != NOTHING && id != EVERYTHING;
    if ids.iter().all(plain) {
        return ids.join("+");
    }
    ids.iter().map(|id| format!("{id},")).collect()
}

/// The ids of a bundle; the empty and the full one have names of their own.
pub(crate) fn bundle(claims: &Claims<'_>, intent: &FixedBitSet) -> String {
    match intent.count_ones(..) {
        0 => NOTHING.to_owned(),
        all if all == claims.attributes.len() => EVERYTHING.to_owned(),
        _ => joined(claims, intent),
    }
}

/// A set as a reader sees it: codes where all are claimed in one modality, else each code with its
/// modality.
pub(crate) fn shown(claims: &Claims<'_>, set: &FixedBitSet) -> Value {
    if of_one_modality(claims) {
        let ids = set.ones().map(|attribute| {
            claims.reading.codes.ids.of(claims.attributes[attribute].code).to_owned()
        });
        return Value::Names(ids.collect());
    }
    if set.is_clear() { Value::Names(Vec::new()) } else { Value::Text(labels(claims, set, ", ")) }
}

/// One attribute as the head of a row or column.
pub(crate) fn head(claims: &Claims<'_>, attribute: usize) -> Value {
    let code = claims.reading.codes.ids.of(claims.attributes[attribute].code);
    match of_one_modality(claims) {
        true => Value::Code(code.to_owned()),
        false => Value::Text(label(claims, attribute)),
    }
}

/// The labels of a set with `between` between them.
pub(crate) fn labels(claims: &Claims<'_>, set: &FixedBitSet, between: &str) -> String {
    let labels: Vec<String> = set.ones().map(|attribute| label(claims, attribute)).collect();
    labels.join(between)
}

/// The names of units.
pub(crate) fn units(claims: &Claims<'_>, units: impl IntoIterator<Item = usize>) -> Value {
    Value::Names(units.into_iter().map(|unit| claims.units[unit].name.clone()).collect())
}

fn label(claims: &Claims<'_>, attribute: usize) -> String {
    let one = &claims.attributes[attribute];
    let codes = &claims.reading.codes;
    let label = match codes.labels.of(one.code) {
        "" => codes.ids.of(one.code),
        label => label,
    };
    match of_one_modality(claims) {
        true => label.to_owned(),
        false => format!("{label} [{}]", one.modality.word()),
    }
}

fn of_one_modality(claims: &Claims<'_>) -> bool {
    claims.attributes.windows(2).all(|pair| pair[0].modality == pair[1].modality)
}
