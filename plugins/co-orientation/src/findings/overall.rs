//! Do people agree, think that they agree, and see each other rightly, all in all?

use std::collections::BTreeSet;

use parallax_plugin::prelude::*;

use super::roles::{Means, agreed, mean, perceiving};
use super::{case, caveats, evidence, groups, left_out, parts, words};
use crate::pair::Pair;
use crate::said::Said;
use crate::score::{Class, Side};

/// The figure is drawn for up to so many pairs.
const DRAWN: usize = 60;

/// The finding about all pairs.
///
/// # Errors
/// When there is no statement behind any pair.
pub(crate) fn overall(
    reading: &Reading<'_>,
    said: &Said,
    pairs: &[Pair],
) -> Result<Finding, NoFindings> {
    let sides: Vec<Side> = pairs.iter().flat_map(|pair| [pair.score.a, pair.score.b]).collect();
    let (means, agreed) = (Means::of(&sides), agreed(pairs.iter()));
    let agreement = mean(pairs.iter().map(|pair| pair.score.agreement));
    let whole = [agreed, means.all.congruency, means.all.accuracy].iter().all(|one| one.of > 0);
    let template = match (whole, pairs.len()) {
        (false, _) => "overall_partly",
        (true, 1) => "overall_one",
        (true, _) if agreement.pairs > 0 && means.are_whole() => "overall",
        (true, _) => "overall_counts",
    };
    let every: Vec<&Pair> = pairs.iter().collect();
    let finding = Finding::new("overall", template, evidence(reading, pairs.iter()))?
        .value("agreed", agreed.part())
        .value("congruent", means.all.congruency.part())
        .value("accurate", means.all.accuracy.part())
        .measure("pairs", Number::count(pairs.len()))
        .measure("perceiving", Number::count(perceiving(&every)))
        .measure("agreement", agreement.number)
        .measure("agreement_pairs", Number::count(agreement.pairs));
    let finding = means.told(parts(finding, "agreement", "", agreed), "sides", "");
    let finding = left_out(
        finding
            .measure("perceptions", Number::count(said.perceptions))
            .measure("unpaired", Number::count(unpaired(reading, pairs)))
            .measure("vacant", Number::count(said.parties.lost.vacant))
            .measure("elsewhere", Number::count(said.parties.lost.elsewhere)),
        &every,
    );
    let finding = finding.table(by_class(&means.all)).caveat("mean_of_pairs");
    let finding = if pairs.len() <= DRAWN { finding.figure(grid(reading, pairs)) } else { finding };
    Ok(caveats(groups(finding, reading, &every), &every))
}

/// How many two people at one case say nothing of what the other thinks.
fn unpaired(reading: &Reading<'_>, pairs: &[Pair]) -> usize {
    let roster = reading.roster();
    let cases = roster.cases();
    let people = |case: u32| roster.at_case(case).map(|unit| unit.members.len()).sum::<usize>();
    let possible: usize =
        cases.iter().map(|&case| people(case) * people(case).saturating_sub(1) / 2).sum();
    let mut paired: BTreeSet<(u32, u32)> = BTreeSet::new();
    for pair in pairs {
        for &one in &pair.a.members {
            let others = pair.b.members.iter();
            paired.extend(others.map(|&other| (one.min(other), one.max(other))));
        }
    }
    possible - paired.len()
}

fn by_class(all: &Side) -> Table {
    let total: usize = all.classes.iter().sum();
    let row = |class: Class| {
        let count = all.classes[class as usize];
        let share = Number::fraction(count, total, "no item can be compared");
        vec![Value::Word(class.word().to_owned()), Value::Number(share)]
    };
    Table {
        name: "by_class".to_owned(),
        columns: words(&["class", "share"]),
        rows: Class::ALL.into_iter().map(row).collect(),
    }
}

/// Each pair as each party sees it: agreement, congruency and accuracy.
fn grid(reading: &Reading<'_>, pairs: &[Pair]) -> Figure {
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    for pair in pairs {
        let place = match case(reading, pair.a.case) {
            Value::Case(id) => format!("{id}: "),
            _ => String::new(),
        };
        let (a, b) = (pair.a.id(reading), pair.b.id(reading));
        for (one, other, side) in [(a, b, &pair.score.a), (b, a, &pair.score.b)] {
            if side.is_comparable() {
                rows.push(Value::Text(format!("{place}{one} → {other}")));
                let shares = [pair.score.agreement, side.congruency, side.accuracy];
                cells.push(shares.map(|share| Value::Number(share.rate())).to_vec());
            }
        }
    }
    Figure::Grid {
        name: "who_sees_whom".to_owned(),
        rows,
        columns: words(&["agreement", "congruency", "accuracy"]),
        cells,
    }
}
