//! How often are the expectations of one holder about one role met?
//!
//! Mismatch rate = (unmet + unrecognised + contested) / decidable, where decidable adds those that
//! are aligned. With `u` unknown expectations it lies between mismatches / (decidable + u) and
//! (mismatches + u) / (decidable + u). Congruence of duty sets: Jaccard, |E ∩ P| / |E ∪ P|.

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::model::{Ascriber, Content, Holder, NoEvidence, Position, Status, claimed};
use parallax_plugin::prelude::*;

/// The statuses in the order in which they are counted.
const COUNTED: [&str; 10] = [
    "aligned",
    "unmet",
    "unrecognised",
    "contested",
    "agreed_not",
    "denied_by_others",
    "unsolicited",
    "disclaimed",
    "unknown",
    "vacant",
];

/// One finding over all expectations of a sort of ascribers, with the heat map of rates.
pub(crate) fn overall(
    reading: &Reading<'_>,
    sort: Ascriber,
    found: &[Position],
) -> Result<Vec<Finding>, NoEvidence> {
    let all: Vec<&Position> = found.iter().collect();
    let name = word_of(sort);
    let template = Tally::of(&all).template("overall");
    let finding = Finding::new(&format!("{name}/overall"), &template, evidence(reading, &all))?
        .value("ascribers", Value::Word(name.to_owned()))
        .figure(heat_map(reading, found));
    Ok(vec![counted(finding, &all).caveat("convenience_sample")])
}

/// One finding for each holder and the role it expects something of.
pub(crate) fn pairs(
    reading: &Reading<'_>,
    sort: Ascriber,
    found: &[Position],
) -> Result<Vec<Finding>, NoEvidence> {
    let mut by_pair: BTreeMap<(Holder, u32), Vec<&Position>> = BTreeMap::new();
    for position in found {
        by_pair.entry((position.holder, position.bearer)).or_default().push(position);
    }
    let claims = claimed(reading);
    let mut findings = Vec::new();
    for ((holder, bearer), positions) in by_pair {
        if holder == Holder::Nobody {
            continue;
        }
        let role = reading.roles.ids.of(bearer);
        let (holder_id, holder_value) = named(reading, holder);
        let about = format!("{}/{holder_id}>{role}", word_of(sort));
        let template = Tally::of(&positions).template("pair");
        let finding = Finding::new(&about, &template, evidence(reading, &positions))?
            .value("holder", holder_value)
            .value("bearer", Value::Role(role.to_owned()));
        let finding = counted(finding, &positions).table(congruence(reading, &positions, &claims));
        findings.push(finding.caveat("convenience_sample"));
    }
    Ok(findings)
}

fn word_of(sort: Ascriber) -> &'static str {
    match sort {
        Ascriber::Participants => "participants",
        Ascriber::Documents => "documents",
    }
}

fn named(reading: &Reading<'_>, holder: Holder) -> (String, Value) {
    match holder {
        Holder::Role(role) => {
            let id = reading.roles.ids.of(role).to_owned();
            (id.clone(), Value::Role(id))
        }
        Holder::Document(source) => {
            let id = reading.sources.ids.of(source).to_owned();
            (format!("doc:{id}"), Value::Source(id))
        }
        Holder::Nobody => ("others".to_owned(), Value::Word("others".to_owned())),
    }
}

/// How many expectations have each status.
struct Tally {
    mismatches: usize,
    decidable: usize,
    unknown: usize,
    by_word: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn of(positions: &[&Position]) -> Self {
        let how_many = |is: &dyn Fn(Status) -> bool| {
            positions.iter().filter(|position| is(position.status)).count()
        };
        let mut by_word = BTreeMap::new();
        for position in positions {
            *by_word.entry(position.status.word()).or_insert(0) += 1;
        }
        Self {
            mismatches: how_many(&Status::is_mismatch),
            decidable: how_many(&Status::is_decidable),
            unknown: how_many(&|status| status == Status::Unknown),
            by_word,
        }
    }

    fn rate(&self) -> Number {
        Number::fraction(self.mismatches, self.decidable, "no expectation can be decided")
    }

    /// The template for so much knowledge: `pair`, `pair_unknown` or `pair_undecided`.
    fn template(&self, of: &str) -> String {
        match (self.decidable, self.unknown) {
            (0, _) => format!("{of}_undecided"),
            (_, 0) => of.to_owned(),
            _ => format!("{of}_unknown"),
        }
    }

    fn bounds(&self) -> Number {
        if self.unknown == 0 {
            return self.rate();
        }
        let ends = [self.mismatches, self.mismatches + self.unknown].map(|part| {
            let part = i64::try_from(part).ok();
            let whole = i64::try_from(self.decidable + self.unknown).ok();
            part.zip(whole).and_then(|(part, whole)| Fraction::new(part, whole))
        });
        match ends {
            [Some(lower), Some(upper)] => Number::Between { lower, upper },
            _ => Number::not_available("there is no expectation that is not vacant"),
        }
    }
}

fn counted(finding: Finding, positions: &[&Position]) -> Finding {
    let tally = Tally::of(positions);
    let finding = finding
        .measure("mismatch_rate", tally.rate())
        .measure("mismatch_bounds", tally.bounds())
        .measure("mismatches", Number::count(tally.mismatches))
        .measure("decidable", Number::count(tally.decidable));
    COUNTED.into_iter().fold(finding, |finding, word| {
        finding.measure(word, Number::count(tally.by_word.get(word).copied().unwrap_or(0)))
    })
}

fn evidence(reading: &Reading<'_>, positions: &[&Position]) -> Vec<Evidence> {
    let rows = |of: fn(&Position) -> &Vec<u32>| -> BTreeSet<u32> {
        positions.iter().flat_map(|position| of(position).iter().copied()).collect()
    };
    let (ascribing, claiming) = (rows(|p| &p.ascribing), rows(|p| &p.claiming));
    let statement =
        |row: &u32, weight| Evidence::statement(reading.statements.ids.of(*row), weight);
    ascribing
        .iter()
        .map(|row| statement(row, Weight::Supporting))
        .chain(claiming.difference(&ascribing).map(|row| statement(row, Weight::Context)))
        .chain(
            rows(|p| &p.constraints)
                .iter()
                .map(|&row| Evidence::constraint(reading.constraints.ids.of(row), Weight::Context)),
        )
        .collect()
}

/// Case by case: what is expected, what is claimed, and how far the two sets are the same.
///
/// Contents whose claim is not known are in neither set.
fn congruence(
    reading: &Reading<'_>,
    positions: &[&Position],
    claims: &BTreeMap<(u32, u32), BTreeSet<Content>>,
) -> Table {
    let mut by_case: BTreeMap<u32, Vec<&Position>> = BTreeMap::new();
    for position in positions {
        by_case.entry(position.case).or_default().push(position);
    }
    let names = |contents: &BTreeSet<Content>| {
        let ids = contents.iter().map(|content| reading.codes.ids.of(content.code).to_owned());
        Value::Names(ids.collect())
    };
    let rows = by_case.into_iter().map(|(case, positions)| {
        let expected: BTreeSet<Content> = positions
            .iter()
            .filter(|p| p.expected.is_mention() && p.status.is_decidable())
            .map(|p| p.content)
            .collect();
        let nothing = BTreeSet::new();
        let vacant = positions.iter().all(|p| p.status == Status::Vacant);
        let bearer = positions.first().map_or(NONE, |p| p.bearer);
        let claimed = claims.get(&(case, bearer)).unwrap_or(&nothing);
        let reason = if vacant { "nobody has the role there" } else { "nothing can be compared" };
        let known = if expected.is_empty() { 0 } else { expected.union(claimed).count() };
        vec![
            crate::case_of(reading, case),
            names(&expected),
            names(claimed),
            Number::fraction(expected.intersection(claimed).count(), known, reason).into(),
        ]
    });
    Table {
        name: "congruence".to_owned(),
        columns: ["case", "expected_set", "claimed_set", "jaccard"]
            .map(|word| Value::Word(word.to_owned()))
            .to_vec(),
        rows: rows.collect(),
    }
}

/// Who expects what of whom, and how much of it is not met: holders down, bearers across.
fn heat_map(reading: &Reading<'_>, found: &[Position]) -> Figure {
    let sent = found.iter().filter(|position| position.holder != Holder::Nobody);
    let holders: BTreeSet<Holder> = sent.clone().map(|position| position.holder).collect();
    let bearers: BTreeSet<u32> = sent.map(|position| position.bearer).collect();
    let cell = |holder: Holder, bearer: u32| {
        let of_pair: Vec<&Position> =
            found.iter().filter(|p| (p.holder, p.bearer) == (holder, bearer)).collect();
        if of_pair.is_empty() {
            return Value::Word("nothing_expected".to_owned());
        }
        Tally::of(&of_pair).rate().into()
    };
    Figure::Grid {
        name: "who_expects_what".to_owned(),
        rows: holders.iter().map(|&holder| named(reading, holder).1).collect(),
        columns: bearers
            .iter()
            .map(|&bearer| Value::Role(reading.roles.ids.of(bearer).to_owned()))
            .collect(),
        cells: holders
            .iter()
            .map(|&holder| bearers.iter().map(|&bearer| cell(holder, bearer)).collect())
            .collect(),
    }
}
