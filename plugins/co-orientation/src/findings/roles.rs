//! How do people of two roles see each other, over all cases?

use std::collections::BTreeMap;

use parallax_plugin::prelude::*;

use super::{case, caveats, evidence, groups, joined, left_out, parts, side_counts, words};
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
    let of = |side: fn(&Pair) -> &Side| pairs.iter().map(|pair| *side(pair)).collect::<Vec<_>>();
    let sides = [of(|pair| &pair.score.a), of(|pair| &pair.score.b)];
    let finding = match a == b {
        // Of two people of one role, neither is the first.
        true => among_themselves(reading, a, pairs, &sides.concat())?,
        false => about_each_other(reading, [a, b], pairs, &sides)?,
    };
    let finding = left_out(finding, pairs).table(by_pair(reading, pairs));
    Ok(caveats(groups(finding.caveat("mean_of_pairs"), reading, pairs), pairs))
}

fn among_themselves(
    reading: &Reading<'_>,
    role: u32,
    pairs: &[&Pair],
    sides: &[Side],
) -> Result<Finding, NoFindings> {
    let means = Means::of(sides);
    let agreement = agreement(pairs);
    let template = match (agreement.pairs > 0 && means.are_whole(), pairs.len()) {
        (false, _) => "roles_same_counts",
        (true, 1) => "roles_same_one",
        (true, _) => "roles_same",
    };
    let finding = begin(reading, [role, role], pairs, template)?
        .value("congruent", means.all.congruency.part())
        .value("accurate", means.all.accuracy.part())
        .measure("perceiving", Number::count(perceiving(pairs)));
    Ok(means.told(finding, "sides", ""))
}

fn about_each_other(
    reading: &Reading<'_>,
    roles: [u32; 2],
    pairs: &[&Pair],
    sides: &[Vec<Side>; 2],
) -> Result<Finding, NoFindings> {
    let [a, b] = sides.each_ref().map(|sides| Means::of(sides));
    let perceive = [0, 1].map(|side| pairs.iter().any(|pair| pair.perceives()[side]));
    let (one, perceiver, perceived) = match perceive {
        [false, true] => (&b, roles[1], roles[0]),
        _ => (&a, roles[0], roles[1]),
    };
    let agreed = agreement(pairs).pairs > 0;
    let template = match (perceive, pairs.len()) {
        ([true, true], 1) if agreed && a.are_whole() && b.are_whole() => "roles_one",
        ([true, true], _) if agreed && a.are_whole() && b.are_whole() => "roles",
        ([true, true], _) => "roles_counts",
        (_, more) if more > 1 && agreed && one.are_whole() => "roles_one_sided",
        _ => "roles_counts_one_sided",
    };
    let role = |role: u32| Value::Role(reading.roles.ids.of(role).to_owned());
    let finding = begin(reading, roles, pairs, template)?
        .value("perceiver", role(perceiver))
        .value("perceived", role(perceived))
        .value("congruency", one.congruency.number.clone())
        .value("congruency_pairs", Number::count(one.congruency.pairs))
        .value("congruent", one.all.congruency.part())
        .value("accuracy", one.accuracy.number.clone())
        .value("accuracy_pairs", Number::count(one.accuracy.pairs))
        .value("accurate", one.all.accuracy.part())
        .value("congruent_a", a.all.congruency.part())
        .value("congruent_b", b.all.congruency.part())
        .value("accurate_a", a.all.accuracy.part())
        .value("accurate_b", b.all.accuracy.part());
    Ok(b.told(a.told(finding, "pairs", "_a"), "pairs", "_b"))
}

/// The finding with how far the two roles agree.
fn begin(
    reading: &Reading<'_>,
    roles: [u32; 2],
    pairs: &[&Pair],
    template: &str,
) -> Result<Finding, NoFindings> {
    let [a, b] = roles.map(|role| reading.roles.ids.of(role));
    let (agreement, agreed) = (agreement(pairs), agreed(pairs.iter().copied()));
    let evidence = evidence(reading, pairs.iter().copied());
    let finding = Finding::new(&format!("roles/{}", joined(a, b)), template, evidence)?
        .value("role_a", Value::Role(a.to_owned()))
        .value("role_b", Value::Role(b.to_owned()))
        .value("agreed", agreed.part())
        .measure("pairs", Number::count(pairs.len()))
        .measure("agreement", agreement.number)
        .measure("agreement_pairs", Number::count(agreement.pairs));
    Ok(parts(finding, "agreement", "", agreed))
}

fn agreement(pairs: &[&Pair]) -> Mean {
    mean(pairs.iter().map(|pair| pair.score.agreement))
}

/// Items on which these pairs agree, all taken together.
pub(super) fn agreed<'p>(pairs: impl Iterator<Item = &'p Pair>) -> Counted {
    pairs.fold(Counted::default(), |sum, pair| sum.plus(pair.score.agreement))
}

/// How many sides of these pairs say what the other thinks.
pub(super) fn perceiving(pairs: &[&Pair]) -> usize {
    pairs.iter().flat_map(|pair| pair.perceives()).filter(|&perceives| perceives).count()
}

/// A mean, and on how many pairs, or sides of pairs, it rests.
pub(super) struct Mean {
    pub(super) number: Number,
    pub(super) pairs: usize,
}

/// How these parties see the other, on average and all taken together.
pub(super) struct Means {
    pub(super) congruency: Mean,
    pub(super) accuracy: Mean,
    pub(super) all: Side,
}

impl Means {
    pub(super) fn of(sides: &[Side]) -> Self {
        Self {
            congruency: mean(sides.iter().map(|side| side.congruency)),
            accuracy: mean(sides.iter().map(|side| side.accuracy)),
            all: sides.iter().fold(Side::default(), |all, &side| all.plus(side)),
        }
    }

    /// Whether there is something to take each mean of.
    pub(super) fn are_whole(&self) -> bool {
        self.congruency.pairs > 0 && self.accuracy.pairs > 0
    }

    /// Means, the number of pairs or sides (`of`) behind each, and counts, with `end` behind each
    /// name.
    pub(super) fn told(&self, mut finding: Finding, of: &str, end: &str) -> Finding {
        for (name, mean) in [("congruency", &self.congruency), ("accuracy", &self.accuracy)] {
            finding = finding
                .measure(&format!("{name}{end}"), mean.number.clone())
                .measure(&format!("{name}_{of}{end}"), Number::count(mean.pairs));
        }
        side_counts(finding, &self.all, end)
    }
}

/// The mean of the shares that rest on enough items, exactly.
pub(super) fn mean(counted: impl Iterator<Item = Counted>) -> Mean {
    let shares: Vec<Fraction> = counted
        .filter_map(|one| match one.rate() {
            Number::Fraction(share) => Some(share),
            _ => None,
        })
        .collect();
    Mean { number: exactly(&shares), pairs: shares.len() }
}

fn exactly(shares: &[Fraction]) -> Number {
    if shares.is_empty() {
        return Number::not_available("no pair has three items that can be compared");
    }
    let total = shares.iter().try_fold(Fraction::ZERO, |total: Fraction, &share| total.plus(share));
    let whole = |total: Fraction| {
        let number = i128::try_from(shares.len()).ok()?;
        let parts = i128::from(total.denominator()) * number;
        Fraction::from_wide(total.numerator().into(), parts)
    };
    total.and_then(whole).map_or_else(
        || Number::not_available("the counts are too large to be written exactly"),
        Number::Ratio,
    )
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
