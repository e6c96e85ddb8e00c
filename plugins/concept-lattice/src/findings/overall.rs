//! Which bundles and rules are there, all in all?

use fixedbitset::FixedBitSet;
use parallax_plugin::prelude::*;

use super::apart::{Apart, ROWS};
use super::{caveats, words};
use crate::claim::{Claim, Claims};
use crate::lattice::{Holds, Lattice, Rule};
use crate::name;
use crate::unit::vacant;

/// So many rules stand in the sentence; more of them stand in the table.
const IN_SENTENCE: usize = 5;

/// The grid is drawn for up to so many units and codes.
const DRAWN: (usize, usize) = (100, 60);

/// The finding about all bundles and rules.
///
/// # Errors
/// When there is no statement behind any unit.
pub(crate) fn overall(
    claims: &Claims<'_>,
    lattice: &Lattice,
    apart: &Apart<'_>,
) -> Result<Finding, NoFindings> {
    let exact: Vec<&Rule> = lattice.rules.iter().filter(|rule| rule.is_exact()).collect();
    let template = match (claims.open() > 0, exact.len() > IN_SENTENCE) {
        (false, false) => "overall",
        (false, true) => "overall_many",
        (true, false) => "overall_open",
        (true, true) => "overall_open_many",
    };
    let mut alone = lattice.alone[0].clone();
    alone.intersect_with(&lattice.alone[1]);
    let finding = Finding::new("overall", template, evidence(claims))?
        .value("rules", arrows(claims, &exact))
        .value("alone", name::shown(claims, &alone));
    let finding = counts(finding, claims, lattice, &exact)
        .measure("never_combined", Number::count(alone.count_ones(..)));
    let mut finding = finding.table(bundles(claims, lattice));
    if !lattice.rules.is_empty() {
        finding = finding.table(rules(claims, lattice));
    }
    if claims.units.len() <= DRAWN.0 && claims.attributes.len() <= DRAWN.1 {
        finding = finding.figure(grid(claims));
    }
    if exact.iter().take(IN_SENTENCE).any(|rule| rule.premise.is_clear()) {
        finding = finding.caveat("empty_left");
    }
    let finding = apart.told(finding, lattice);
    Ok(caveats(finding, claims))
}

/// What is claimed is for the finding; denials are context.
fn evidence(claims: &Claims<'_>) -> Vec<Evidence> {
    let units = 0..claims.units.len();
    claims.evidence((0..claims.attributes.len()).flat_map(|one| {
        units.clone().map(move |unit| {
            let claimed = claims.attributes[one].of(unit) == Claim::Yes;
            (one, unit, if claimed { Weight::Supporting } else { Weight::Context })
        })
    }))
}

fn counts(finding: Finding, claims: &Claims<'_>, lattice: &Lattice, exact: &[&Rule]) -> Finding {
    let bundles = |wanted: &[Holds]| {
        Number::count(lattice.bundles.iter().filter(|one| wanted.contains(&one.holds)).count())
    };
    let rules =
        |is: &dyn Fn(&Rule) -> bool| Number::count(exact.iter().filter(|rule| is(rule)).count());
    let (certain, possible) = ([Holds::Both, Holds::Certain], [Holds::Both, Holds::Possible]);
    let borne_out = |rule: &Rule| certain.contains(&rule.holds) && !rule.supporters.is_empty();
    let base = lattice.base.map_or_else(
        || Number::not_available("there are more rules than `most_concepts` allows"),
        Number::count,
    );
    let finding = finding
        .measure("units", Number::count(claims.units.len()))
        .measure("attributes", Number::count(claims.attributes.len()))
        .measure("concepts", bundles(&certain))
        .measure("implications", rules(&borne_out))
        .measure("base", base);
    let finding = match claims.open() {
        0 => finding,
        _ => finding
            .measure("concepts_possible", bundles(&possible))
            .measure("concepts_both", bundles(&[Holds::Both]))
            .measure("implications_possible", rules(&|rule| possible.contains(&rule.holds)))
            .measure("implications_both", rules(&|rule| rule.holds == Holds::Both))
            .measure("implications_sure", rules(&Rule::is_sure)),
    };
    finding
        .measure("unknown", Number::count(claims.open()))
        .measure("denied", Number::count(claims.count(|state| state == State::No)))
        .measure("silent", Number::count(claims.count(|state| state == State::Silent)))
        .measure("vacant", Number::count(vacant(&claims.units)))
}

/// The best supported rules as arrows, with the units that bear them out: the least and the most
/// where that is open.
fn arrows(claims: &Claims<'_>, rules: &[&Rule]) -> Value {
    let side = |set: &FixedBitSet| match set.is_clear() {
        true => "∅".to_owned(),
        false => name::labels(claims, set, " + "),
    };
    let arrow = |rule: &&Rule| {
        let (least, most) = (rule.supporters.len(), rule.most);
        let support = if least == most { least.to_string() } else { format!("{least}–{most}") };
        format!("{} → {} ({support})", side(&rule.premise), side(&rule.conclusion))
    };
    let shown: Vec<String> = rules.iter().take(IN_SENTENCE).map(arrow).collect();
    match shown.is_empty() {
        true => Value::Word("none".to_owned()),
        false => Value::Text(shown.join("; ")),
    }
}

fn bundles(claims: &Claims<'_>, lattice: &Lattice) -> Table {
    let row = |place: usize| {
        let bundle = &lattice.bundles[place];
        let mut open = bundle.possible.clone();
        open.difference_with(&bundle.certain);
        let sizes = bundle.sizes();
        let exactly =
            bundle.certain.ones().filter(|&unit| claims_only(claims, &bundle.intent, unit));
        let above = bundle.above.iter().map(|above| (above + 1).to_string()).collect();
        let mut row = vec![
            Value::from(place + 1),
            name::shown(claims, &bundle.intent),
            Value::Number(Number::range(sizes[0], sizes[1])),
            name::units(claims, bundle.certain.ones()),
            name::units(claims, exactly),
            Value::Names(above),
        ];
        if claims.open() > 0 {
            row.push(name::units(claims, open.ones()));
            row.push(Value::Word(bundle.holds.word().to_owned()));
        }
        row
    };
    let mut columns = words(&["number", "intent", "claiming", "members", "exactly", "above"]);
    if claims.open() > 0 {
        columns.extend(words(&["possibly", "context"]));
    }
    let rows = (0..lattice.bundles.len().min(ROWS)).map(row).collect();
    Table { name: "bundles".to_owned(), columns, rows }
}

/// Whether a unit is known to claim nothing outside the bundle.
fn claims_only(claims: &Claims<'_>, intent: &FixedBitSet, unit: usize) -> bool {
    let mut others = (0..claims.attributes.len()).filter(|&one| !intent.contains(one));
    others.all(|one| claims.attributes[one].of(unit) == Claim::No)
}

fn rules(claims: &Claims<'_>, lattice: &Lattice) -> Table {
    let row = |rule: &Rule| {
        vec![
            match rule.premise.is_clear() {
                true => Value::Word("every_unit".to_owned()),
                false => name::shown(claims, &rule.premise),
            },
            name::shown(claims, &rule.conclusion),
            Value::Number(Number::range(rule.supporters.len(), rule.most)),
            name::units(claims, rule.exceptions.iter().copied()),
            name::units(claims, rule.undecided.iter().copied()),
            Value::Word(if rule.is_sure() { "always" } else { rule.holds.word() }.to_owned()),
        ]
    };
    Table {
        name: "rules".to_owned(),
        columns: words(&["premise", "conclusion", "support", "exceptions", "undecided", "context"]),
        rows: lattice.rules.iter().take(ROWS).map(row).collect(),
    }
}

/// Units by codes: the code that most claim first, and units that claim the same together.
fn grid(claims: &Claims<'_>) -> Figure {
    let claimed = |one: usize, unit: usize| claims.attributes[one].of(unit) == Claim::Yes;
    let mut codes: Vec<usize> = (0..claims.attributes.len()).collect();
    codes.sort_by_key(|&one| {
        usize::MAX - (0..claims.units.len()).filter(|&unit| claimed(one, unit)).count()
    });
    let mut units: Vec<usize> = (0..claims.units.len()).collect();
    units.sort_by_key(|&unit| codes.iter().map(|&one| !claimed(one, unit)).collect::<Vec<bool>>());
    let cell = |one: &usize, unit: usize| {
        Value::Word(claims.attributes[*one].states[unit].word().to_owned())
    };
    Figure::Grid {
        name: "who_claims_what".to_owned(),
        rows: units.iter().map(|&unit| Value::Text(claims.units[unit].name.clone())).collect(),
        columns: codes.iter().map(|&one| name::head(claims, one)).collect(),
        cells: units
            .iter()
            .map(|&unit| codes.iter().map(|one| cell(one, unit)).collect())
            .collect(),
    }
}
