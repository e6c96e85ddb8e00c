//! How far do coders agree about one code?

use parallax_plugin::prelude::*;

use super::{
    ALL_ALIKE, Basis, CODED, NOTHING_MARKED, UNITIZING, WHOLE, about_uncoded, apart, coefficients,
    differences, evidence, mainly, of_pairs, optional, overlap, sum,
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
    let used: Vec<Counts> = of.pairs.values().copied().collect();
    let all = sum(&used);
    let template = of_pairs(template(of, mainly(all.apart)), used.len());
    let names = of.coders.iter().map(|&coder| basis.coding.coders[coder].clone());
    let finding = Finding::new(&format!("code/{id}"), &template, evidence(basis, Some(code)))?
        .value("code", Value::Code(id.to_owned()))
        .value("coders", Value::Names(names.collect()));
    let finding = using(overlap(finding, &used), &used);
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
    let finding = about_uncoded(differences(finding, basis, Some(code)), "uncoded_code", basis);
    Ok(if pairs.len() > 1 { finding.caveat("mean_of_pairs_code") } else { finding })
}

/// Over how many pairs of coders IoU and F1 are the mean, and how many of these are of two users:
/// that one coder uses a code beside another who does not is a difference between them.
fn using(finding: Finding, used: &[Counts]) -> Finding {
    let both = used.iter().filter(|of| of.both_marked()).count();
    finding
        .measure("pairs", Number::count(used.len()))
        .measure("both_used", Number::fraction(both, used.len(), NOTHING_MARKED))
}

/// Whether one coder used the code, or else what the difference is mainly about; there are further
/// ones for several pairs of coders.
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
