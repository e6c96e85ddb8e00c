//! How far do coders agree, over all codes, and is it the codes or the boundaries where they do not?

use std::collections::BTreeSet;

use parallax_plugin::prelude::*;

use super::{
    ALL_ALIKE, Basis, CODED, NOTHING_IN_COMMON, NOTHING_MARKED, UNITIZING, WHOLE, about_uncoded,
    apart, coefficients, differences, evidence, mainly, of_pairs, optional, overlap, share, sum,
    with,
};
use crate::amount::Amount;
use crate::coding::Coding;
use crate::comparison::{Counts, Pair};
use crate::decisions::{Coincidences, Decisions};
use crate::parameters::Parameters;
use crate::resampling::{Intervals, MOST_SUMS, Middle, intervals, sums};
use crate::unitizing::Continuum;

const ONE_SOURCE: &str = "with one double-coded source there is nothing to draw from";
const ONE_WITH_UNITS: &str =
    "fewer than two double-coded sources have one code for each character of a coder";
const TOO_MANY: &str = "there are too many sources and codes to draw them so often";
const NO_UNITS: &str = "in every double-coded source a coder gave two codes to the same text";
const NO_VALUES: &str = "in the units that coders have in common there are not two codes";
const PERCENTILE: &str = "percentile bootstrap over double-coded sources";

/// The finding over all codes; `units` are those of the sources that have one value for each, of
/// which there are so many.
///
/// # Errors
/// Cancelled when the run is to stop.
pub(crate) fn overall(
    basis: &Basis<'_>,
    (units, with_units): (&Continuum, usize),
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<Finding, NoFindings> {
    let pairs: Vec<&Pair> = basis.comparison.pairs.values().collect();
    let counts: Vec<Counts> = pairs.iter().map(|pair| pair.all).collect();
    let all = sum(&counts);
    let template = of_pairs(mainly(all.apart), pairs.len());
    let finding = Finding::new("overall", &template, evidence(basis, None))?
        .value("coders", Value::Names(compared(basis)));
    let finding = overlap(finding, &counts).measure("pairs", Number::count(pairs.len()));
    let alike: Vec<(u64, u64)> = pairs.iter().map(|pair| pair.code_alike).collect();
    let any = |pair: &&Pair| (pair.any.both, pair.any.both + pair.any.first + pair.any.second);
    let any: Vec<(u64, u64)> = pairs.iter().map(any).collect();
    let finding = finding
        .measure("code_agreement", share(&alike, NOTHING_IN_COMMON))
        .measure("marked_iou", share(&any, NOTHING_MARKED));
    let finding = apart(finding, all.apart);
    let marked = basis.comparison.all_marked();
    let coded =
        Coincidences { decisions: basis.comparison.marked_decisions.iter().sum(), ..marked };
    let tables = |text: fn(&Pair) -> u64| -> Vec<Decisions> {
        pairs.iter().map(|pair| pair.any.decisions(text(pair))).collect()
    };
    let finding = coefficients(finding, WHOLE, &tables(|pair| pair.text), marked.alpha());
    let finding = coefficients(finding, CODED, &tables(|pair| pair.marked), coded.alpha());
    let finding = finding
        .measure("u_alpha", unitizing(units.alpha(), with_units, ALL_ALIKE))
        .measure("u_alpha_binary", unitizing(units.binary_alpha(), with_units, ALL_ALIKE))
        .measure("cu_alpha", unitizing(units.coding_alpha(), with_units, NO_VALUES));
    let finding = drawn(finding, basis, with_units, parameters, job)?;
    let finding = counted(finding, basis, with_units, marked);
    let finding = if pairs.len() > 1 { by_pair(finding, basis) } else { finding };
    let finding = about_uncoded(differences(finding, basis, None), "uncoded", basis);
    Ok(caveats(finding, basis, with_units, parameters))
}

/// The coders of the double-coded sources. Who coded other sources only is compared with nobody.
fn compared(basis: &Basis<'_>) -> Vec<String> {
    let pairs = basis.comparison.pairs.keys();
    let coders: BTreeSet<usize> = pairs.flat_map(|&(first, second)| [first, second]).collect();
    coders.into_iter().map(|coder| basis.coding.coders[coder].clone()).collect()
}

/// A coefficient of units, or why there is none.
fn unitizing(value: Option<Amount>, with_units: usize, reason: &str) -> Number {
    optional(value, UNITIZING, if with_units == 0 { NO_UNITS } else { reason })
}

/// The intervals of α and u-α, or why there are none.
fn drawn(
    finding: Finding,
    basis: &Basis<'_>,
    with_units: usize,
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<Finding, NoFindings> {
    let comparison = basis.comparison;
    let sources = comparison.marked.len();
    let found = match sums(&comparison.continua, parameters.draws) {
        _ if sources < 2 => Err(ONE_SOURCE),
        sums if sums > MOST_SUMS => Err(TOO_MANY),
        _ => {
            let total = parameters.draws as usize;
            let go_on = |done: u32| job.progress(total + done as usize, total * 2).is_ok();
            let how = (parameters.draws, job.seed());
            let found = intervals(&comparison.marked, &comparison.continua, how, go_on);
            Ok(found.ok_or(NoFindings::Cancelled)?)
        }
    };
    let Intervals { alpha, unitizing } = found.unwrap_or_default();
    let reason = found.err();
    let no_units = if with_units < 2 { ONE_WITH_UNITS } else { ALL_ALIKE };
    let finding = interval(finding, ["alpha_lower", "alpha_upper"], alpha, reason, ALL_ALIKE);
    let finding =
        interval(finding, ["u_alpha_lower", "u_alpha_upper"], unitizing, reason, no_units);
    let values = [
        ("draws", Value::from(parameters.draws as usize)),
        ("sources", Value::from(sources)),
        ("with_units", Value::from(with_units)),
    ];
    Ok(if reason.is_none() { with(finding, "drawn", &values) } else { finding })
}

/// Both ends of an interval; or why nothing was drawn, or else why the draws give no interval.
fn interval(
    finding: Finding,
    [lower, upper]: [&str; 2],
    middle: Option<Middle>,
    not_drawn: Option<&str>,
    without: &str,
) -> Finding {
    let reason = not_drawn.unwrap_or(without);
    let end = |of: fn(Middle) -> f64| {
        middle.map_or_else(
            || Number::not_available(reason),
            |middle| Number::decimal(of(middle), PERCENTILE),
        )
    };
    finding.measure(lower, end(|of| of.lower)).measure(upper, end(|of| of.upper))
}

/// What the numbers rest on, and what was left out.
fn counted(
    finding: Finding,
    basis: &Basis<'_>,
    with_units: usize,
    marked: Coincidences,
) -> Finding {
    let coding = basis.coding;
    let assumed = coding.sources.iter().filter(|source| source.assumed).count();
    let length: u64 = coding.sources.iter().map(|source| source.length).sum();
    finding
        .measure(
            "prevalence",
            Number::fraction(marked.coded as usize, marked.decisions as usize, ALL_ALIKE),
        )
        .measure("coder_count", Number::count(compared(basis).len()))
        .measure("sources", Number::count(coding.sources.len()))
        .measure("sources_with_units", Number::count(with_units))
        .measure("single_sources", Number::count(coding.single))
        .measure("passages", Number::count(coding.passages()))
        .measure("text", Number::count(length as usize))
        .measure("assumed_lengths", Number::count(assumed))
        .measure("joined_overlapping", Number::count(coding.meetings.overlapping as usize))
        .measure("joined_touching", Number::count(coding.meetings.touching as usize))
        .measure("without_place", Number::count(coding.without_place))
        .measure("without_coder", Number::count(coding.without_coder))
}

/// The coefficients of every pair of coders.
fn by_pair(finding: Finding, basis: &Basis<'_>) -> Finding {
    let columns = ["coder", "other_coder", "sources", "iou", "f1", "kappa", "ac1"];
    let row = |(&(first, second), pair): (&(usize, usize), &Pair)| {
        let name = |coder: usize| Value::Text(basis.coding.coders[coder].clone());
        let table = pair.any.decisions(pair.text);
        let Counts { both, first: one, second: two, .. } = pair.all;
        vec![
            name(first),
            name(second),
            Value::from(pair.sources as usize),
            Value::Number(share(&[(both, both + one + two)], NOTHING_MARKED)),
            Value::Number(share(&[(2 * pair.all.matched, pair.all.passages)], NOTHING_MARKED)),
            Value::Number(optional(table.kappa(), super::KAPPA, ALL_ALIKE)),
            Value::Number(optional(table.ac1(), super::AC1, NOTHING_MARKED)),
        ]
    };
    finding.table(Table {
        name: "pairs".to_owned(),
        columns: columns.map(|word| Value::Word(word.to_owned())).to_vec(),
        rows: basis.comparison.pairs.iter().map(row).collect(),
    })
}

fn caveats(
    finding: Finding,
    basis: &Basis<'_>,
    with_units: usize,
    parameters: &Parameters,
) -> Finding {
    let Coding { sources, meetings, single, without_place, without_coder, .. } = basis.coding;
    let assumed = sources.iter().filter(|source| source.assumed);
    let names: Vec<String> =
        assumed.map(|source| basis.reading.sources.ids.of(source.source).to_owned()).collect();
    let without_units = sources.len() - with_units;
    let mut units = sources.iter().zip(&basis.comparison.continua);
    let three = units.any(|(source, units)| source.coders.len() > 2 && units.is_some());
    let pairs = basis.comparison.pairs.len();
    let threshold = Value::Text(parameters.match_at.0.written());
    let finding = with(finding, "matching", &[("threshold", threshold)]);
    let finding = when(!names.is_empty(), finding, "length_assumed", || {
        vec![("sources", Value::Names(names.clone()))]
    });
    let met = meetings.overlapping + meetings.touching;
    let finding = when(met > 0, finding, "joined", || {
        let [overlapping, touching] = [meetings.overlapping, meetings.touching];
        let numbers = [overlapping, touching].map(|count| Value::from(count as usize));
        ["overlapping", "touching"].into_iter().zip(numbers).collect()
    });
    let finding = when(without_units > 0, finding, "two_codes", || {
        vec![("sources", Value::from(without_units))]
    });
    let finding = when(*single > 0, finding, "single", || vec![("sources", Value::from(*single))]);
    let finding = when(without_place + without_coder > 0, finding, "left_out", || {
        vec![
            ("without_place", Value::from(*without_place)),
            ("without_coder", Value::from(*without_coder)),
        ]
    });
    let finding = when(pairs > 1, finding, "mean_of_pairs", || vec![("pairs", Value::from(pairs))]);
    when(three, finding, "three_coders", Vec::new).caveat("independence")
}

/// Adds a caveat with values where it applies.
fn when<'n>(
    applies: bool,
    finding: Finding,
    template: &str,
    values: impl Fn() -> Vec<(&'n str, Value)>,
) -> Finding {
    if applies { with(finding, template, &values()) } else { finding }
}
