//! How do people of two roles see each other, over all cases?

use std::collections::BTreeMap;

use parallax_plugin::prelude::*;

use super::{case, caveats, evidence, joined, left_out, parts, side_counts, words};
use crate::pair::Pair;
use crate::score::{Counted, Side};

/// One finding for each two roles: the mean over the pairs within cases.
///
/// # Errors
/// When there is no statement behind a pair.
pub(crate) fn roles(reading: &Reading<'_>, pairs: &[Pair]) -> Result<Vec<Finding>, NoFindings> {
    let mut by_roles: BTreeMap<(u32, u32), Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        by_roles.entry((pair.a.role, pair.b.role)).or_default().push(pair);
    }
    by_roles.into_iter().map(|(roles, pairs)| two_roles(reading, roles, &pairs)).collect()
}

fn two_roles(
    reading: &Reading<'_>,
    (a, b): (u32, u32),
    pairs: &[&Pair],
) -> Result<Finding, NoFindings> {
    let ids = [a, b].map(|role| reading.roles.ids.of(role));
    let of = |side: fn(&Pair) -> &Side| pairs.iter().map(|pair| *side(pair)).collect::<Vec<_>>();
    let (sides_a, sides_b) = (of(|pair| &pair.score.a), of(|pair| &pair.score.b));
    let agreements: Vec<Counted> = pairs.iter().map(|pair| pair.score.agreement).collect();
    let template = match (a == b, pairs.len()) {
        (true, 1) => "roles_same_one",
        (true, _) => "roles_same",
        (false, 1) => "roles_one",
        (false, _) => "roles",
    };
    let about = format!("roles/{}", joined(ids[0], ids[1]));
    let evidence = evidence(reading, pairs.iter().copied());
    let finding = Finding::new(&about, template, evidence)?
        .value("role_a", Value::Role(ids[0].to_owned()))
        .value("role_b", Value::Role(ids[1].to_owned()))
        .measure("pairs", Number::count(pairs.len()))
        .measure("agreement", mean(agreements.iter().copied()));
    let finding = parts(finding, "agreement", "", sum(agreements.iter().copied()));
    let finding = if a == b {
        // Of two people of one role, neither is the first.
        means(finding, &[sides_a, sides_b].concat(), "")
    } else {
        means(means(finding, &sides_a, "_a"), &sides_b, "_b")
    };
    let finding = left_out(finding, pairs).table(by_pair(reading, pairs));
    Ok(caveats(finding.caveat("mean_of_pairs")))
}

/// Means and counts of how one role sees another.
fn means(finding: Finding, sides: &[Side], end: &str) -> Finding {
    let all = sides.iter().fold(Side::default(), |all, &side| all.plus(side));
    let of = |counted: fn(&Side) -> Counted| mean(sides.iter().map(counted));
    let finding = finding
        .measure(&format!("congruency{end}"), of(|side| side.congruency))
        .measure(&format!("accuracy{end}"), of(|side| side.accuracy));
    side_counts(finding, &all, end)
}

/// The mean of the shares that rest on enough items, exactly.
pub(super) fn mean(counted: impl Iterator<Item = Counted>) -> Number {
    let mut total = Some(Fraction::ZERO);
    let mut number = 0_i64;
    for one in counted {
        if let Number::Fraction(share) = one.rate() {
            total = total.and_then(|total| total.plus(share));
            number += 1;
        }
    }
    if number == 0 {
        return Number::not_available("no pair has three items that can be compared");
    }
    let whole = |total: Fraction| {
        let parts = i128::from(total.denominator()) * i128::from(number);
        Fraction::from_wide(total.numerator().into(), parts)
    };
    total.and_then(whole).map_or_else(
        || Number::not_available("the counts are too large to be written exactly"),
        Number::Ratio,
    )
}

pub(super) fn sum(counted: impl Iterator<Item = Counted>) -> Counted {
    counted.fold(Counted::default(), Counted::plus)
}

fn by_pair(reading: &Reading<'_>, pairs: &[&Pair]) -> Table {
    let row = |pair: &&Pair| {
        let score = &pair.score;
        let shares = [
            score.agreement,
            score.a.congruency,
            score.b.congruency,
            score.a.accuracy,
            score.b.accuracy,
        ];
        let head = [case(reading, pair.a.case), pair.a.shown(reading), pair.b.shown(reading)];
        head.into_iter().chain(shares.map(|share| Value::Number(share.rate()))).collect()
    };
    Table {
        name: "by_pair".to_owned(),
        columns: words(&[
            "case",
            "a",
            "b",
            "agreement",
            "congruency_a",
            "congruency_b",
            "accuracy_a",
            "accuracy_b",
        ]),
        rows: pairs.iter().map(row).collect(),
    }
}
