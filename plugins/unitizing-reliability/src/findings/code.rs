//! How far do coders agree about one code?

use parallax_plugin::prelude::*;

use super::{
    ALL_ALIKE, Basis, CODED, UNITIZING, WHOLE, about_uncoded, apart, coefficients, differences,
    evidence, mainly, optional, overlap, sum,
};
use crate::comparison::{Counts, OfCode, Pair, squares};
use crate::decisions::{Coincidences, Decisions};
use crate::unitizing::Continuum;

/// The finding about one code; `units` are those of the sources that have one value for each.
///
/// # Errors
/// When it has no evidence, which a code that somebody used has.
pub(crate) fn code(
    basis: &Basis<'_>,
    code: u32,
    of: &OfCode,
    units: &Continuum,
) -> Result<Finding, NoFindings> {
    let id = basis.reading.codes.ids.of(code);
    let pairs = &basis.comparison.pairs;
    // A pair that never used the code agrees that it is nowhere: its decisions count.
    let counts: Vec<Counts> =
        pairs.keys().map(|coders| of.pairs.get(coders).copied().unwrap_or_default()).collect();
    let used: Vec<Counts> = counts.iter().filter(|of| of.passages > 0).copied().collect();
    let all = sum(&used);
    let template = template(of, mainly(all.apart));
    let names = of.coders.iter().map(|&coder| basis.coding.coders[coder].clone());
    let finding = Finding::new(&format!("code/{id}"), template, evidence(basis, Some(code)))?
        .value("code", Value::Code(id.to_owned()))
        .value("coders", Value::Names(names.collect()));
    let finding = overlap(finding, &used);
    let tables = |text: fn(&Pair) -> u64| -> Vec<Decisions> {
        pairs.values().zip(&counts).map(|(pair, counts)| counts.decisions(text(pair))).collect()
    };
    let reason = if units.values.contains_key(&code) { NOT_BESIDE_OTHERS } else { NO_UNITS };
    let whole = basis.comparison.of_code(of);
    let coded = Coincidences {
        decisions: basis.comparison.marked_decisions.iter().sum(),
        ..of.coincidences
    };
    let finding = coefficients(finding, WHOLE, &tables(|pair| pair.text), whole.alpha());
    let finding = coefficients(finding, CODED, &tables(|pair| pair.marked), coded.alpha());
    let finding = finding
        .measure("u_alpha_code", optional(whole.unitizing_alpha(squares(of)), UNITIZING, ALL_ALIKE))
        .measure("ku_alpha", optional(units.value_alpha(code), UNITIZING, reason))
        .measure("ku_coverage", optional(units.coverage(code), UNITIZING, reason));
    let coded = Number::fraction(whole.coded as usize, whole.decisions as usize, ALL_ALIKE);
    let finding = apart(finding, all.apart)
        .measure("passages", Number::count(of.passages as usize))
        .measure("prevalence", coded);
    Ok(about_uncoded(differences(finding, basis, Some(code)), "uncoded_code", basis))
}

/// Whether one coder used the code, or else what the difference is mainly about.
fn template(of: &OfCode, mainly: &str) -> &'static str {
    match (of.coders.as_slice(), mainly) {
        ([_], _) => "code_one",
        (_, "alike") => "code_alike",
        (_, "boundaries") => "code_boundaries",
        (_, "codes") => "code_codes",
        (_, "unmarked") => "code_unmarked",
        _ => "code_mixed",
    }
}

const NO_UNITS: &str =
    "the code is in no source where every coder gave each character one code at most";
const NOT_BESIDE_OTHERS: &str =
    "in the units that coders have in common there is not this code beside another";
