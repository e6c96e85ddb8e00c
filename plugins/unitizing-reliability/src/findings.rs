//! How do counts of characters and passages become findings with evidence?

mod code;
mod overall;

use parallax_plugin::prelude::*;

use crate::amount::Amount;
use crate::coding::Coding;
use crate::comparison::{Apart, Comparison, Counts};
use crate::decisions::Decisions;
use crate::differences::Differences;

pub(crate) use code::code;
pub(crate) use overall::overall;

const ALPHA: &str = "Krippendorff's α, nominal";
const UNITIZING: &str = "unitizing α (Krippendorff et al. 2016)";
const KAPPA: &str = "Cohen's κ, mean over pairs of coders";
const AC1: &str = "Gwet's AC1, mean over pairs of coders";
const MEAN: &str = "mean over pairs of coders";

const ALL_ALIKE: &str = "every decision is the same, so chance leaves nothing to correct for";
const NOTHING_MARKED: &str = "nobody of these coders marked anything";
const NOTHING_IN_COMMON: &str = "no text was marked by two coders";
const NO_DIFFERENCE: &str = "no character was given a code by one coder only";

/// What the analysis works with.
pub(crate) struct Basis<'b> {
    pub(crate) reading: &'b Reading<'b>,
    pub(crate) coding: &'b Coding,
    pub(crate) comparison: &'b Comparison,
    pub(crate) most_rows: usize,
}

/// A share of each pair of coders: as counted of a single pair, else the mean over the pairs that
/// have one.
fn share(shares: &[(u64, u64)], reason: &str) -> Number {
    if let [(part, whole)] = *shares {
        return Number::fraction(part as usize, whole as usize, reason);
    }
    let known = shares.iter().filter(|(_, whole)| *whole > 0);
    index(known.map(|&(part, whole)| Some(Amount::of(part.into(), whole.into()))), MEAN, reason)
}

/// The mean of an index over the pairs of coders that have one.
fn index(indices: impl Iterator<Item = Option<Amount>>, rule: &str, reason: &str) -> Number {
    let known: Vec<Amount> = indices.flatten().collect();
    optional(Amount::mean(&known), rule, reason)
}

fn optional(amount: Option<Amount>, rule: &str, reason: &str) -> Number {
    amount.map_or_else(|| Number::not_available(reason), |amount| amount.number(rule))
}

/// Agreement in characters and passages: what both marked out of what either did.
fn overlap(finding: Finding, counts: &[Counts]) -> Finding {
    let of = |part: fn(&Counts) -> (u64, u64)| {
        share(&counts.iter().map(part).collect::<Vec<_>>(), NOTHING_MARKED)
    };
    finding
        .measure("iou", of(|c| (c.both, c.both + c.first + c.second)))
        .measure("f1", of(|c| (2 * c.matched, c.passages)))
        .measure("exact", of(|c| (2 * c.exact, c.passages)))
}

/// The names of the coefficients over the whole text, and over what at least one coder marked.
const WHOLE: [&str; 4] = ["percent_agreement", "kappa", "ac1", "alpha"];
const CODED: [&str; 4] = ["percent_agreement_coded", "kappa_coded", "ac1_coded", "alpha_coded"];

/// The coefficients of the decisions of each pair; and α, of all coders.
fn coefficients(
    finding: Finding,
    names: [&str; 4],
    tables: &[Decisions],
    alpha: Option<Amount>,
) -> Finding {
    let alike: Vec<(u64, u64)> = tables.iter().map(|of| (of.alike(), of.all())).collect();
    finding
        .measure(names[0], share(&alike, NOTHING_MARKED))
        .measure(names[1], index(tables.iter().map(Decisions::kappa), KAPPA, ALL_ALIKE))
        .measure(names[2], index(tables.iter().map(Decisions::ac1), AC1, NOTHING_MARKED))
        .measure(names[3], optional(alpha, ALPHA, ALL_ALIKE))
}

/// What becomes of the characters that one coder gave a code and another did not.
fn apart(finding: Finding, apart: Apart) -> Finding {
    let part = |part: u64| Number::fraction(part as usize, apart.all() as usize, NO_DIFFERENCE);
    finding
        .measure("boundaries", part(apart.boundaries))
        .measure("codes", part(apart.codes))
        .measure("unmarked", part(apart.unmarked))
}

fn sum(counts: &[Counts]) -> Counts {
    let mut sum = Counts::default();
    counts.iter().for_each(|counts| sum += *counts);
    sum
}

/// What most of the disagreement is about: more than half of the characters, else nothing alone.
fn mainly(apart: Apart) -> &'static str {
    let most = |part: u64| 2 * part > apart.all();
    match apart {
        apart if apart.all() == 0 => "alike",
        apart if most(apart.boundaries) => "boundaries",
        apart if most(apart.codes) => "codes",
        apart if most(apart.unmarked) => "unmarked",
        _ => "mixed",
    }
}

/// The statements behind every passage, of one code or of all: for the agreement where every other
/// coder of the source has a match, against it where one has none.
fn evidence(basis: &Basis<'_>, code: Option<u32>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    for (source, matched) in basis.coding.sources.iter().zip(&basis.comparison.matched) {
        let tracks: Vec<usize> = match code {
            None => (0..source.tracks.len()).collect(),
            Some(code) => source.coders.iter().filter_map(|&c| source.track(c, code)).collect(),
        };
        for at in tracks {
            for (rows, &matches) in source.tracks[at].statements.iter().zip(&matched[at]) {
                let weight = match matches + 1 == source.coders.len() {
                    true => Weight::Supporting,
                    false => Weight::Contrary,
                };
                let rows = basis.coding.rows[rows.clone()].iter();
                let ids = rows.map(|&row| basis.reading.statements.ids.of(row));
                evidence.extend(ids.map(|id| Evidence::statement(id, weight)));
            }
        }
    }
    evidence.sort_unstable();
    evidence
}

/// The table of differences, and how many it leaves out.
fn differences(finding: Finding, basis: &Basis<'_>, code: Option<u32>) -> Finding {
    let found = Differences::of(basis.coding, code, basis.most_rows);
    let finding = finding.measure("differences", Number::count(found.all));
    if found.all == 0 {
        return finding;
    }
    let rest = found.all - found.worst.len();
    let finding = finding.table(found.table(basis.reading, basis.coding));
    match rest {
        0 => finding,
        rest => with(
            finding,
            "capped",
            &[("listed", Value::from(found.worst.len())), ("rest", Value::from(rest))],
        ),
    }
}

/// The caveat about text that nobody coded, with both numbers of characters; and where κ is low
/// though hardly any decision differs, why.
fn about_uncoded(finding: Finding, template: &str, basis: &Basis<'_>) -> Finding {
    let (whole, coded) = characters(basis);
    let finding = with(finding, template, &[("characters", whole), ("coded", coded)]);
    let value = |name: &str| {
        let measure = finding.measures.iter().find(|measure| measure.name == name);
        match measure.map(|measure| &measure.number) {
            Some(Number::Fraction(f) | Number::Ratio(f)) => Some(f.to_f64()),
            Some(Number::Decimal { value, .. }) => Some(*value),
            _ => None,
        }
    };
    let paradox = value("percent_agreement").is_some_and(|agreement| agreement >= 0.8)
        && value("kappa").is_some_and(|kappa| kappa < 0.4);
    if paradox { finding.caveat("paradox") } else { finding }
}

/// The characters of all double-coded texts, and those that at least one coder marked.
fn characters(basis: &Basis<'_>) -> (Value, Value) {
    let sources = &basis.coding.sources;
    let whole: u64 = sources.iter().map(|source| source.length).sum();
    let marked = basis.comparison.marked_decisions.iter().zip(sources);
    let coded: u64 = marked.map(|(of, source)| of / source.coders.len() as u64).sum();
    (Value::from(whole as usize), Value::from(coded as usize))
}

/// The template for one pair of coders, or for the means over several.
fn of_pairs(template: &str, pairs: usize) -> String {
    if pairs == 1 { template.to_owned() } else { format!("{template}_pairs") }
}

/// Adds a caveat with values.
fn with(mut finding: Finding, template: &str, values: &[(&str, Value)]) -> Finding {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    finding.caveats.push(Caveat { template: template.to_owned(), values });
    finding
}
