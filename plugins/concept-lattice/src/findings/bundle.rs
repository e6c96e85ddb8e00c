//! Which units claim the whole of one bundle, and what do they claim besides?

use fixedbitset::FixedBitSet;
use parallax_plugin::prelude::*;

use super::apart::Apart;
use super::{caveats, placed, words};
use crate::claim::{Claim, Claims};
use crate::lattice::{Bundle, Holds, Lattice};
use crate::name;

/// How many statements stand behind a bundle, counted code by code.
pub(super) fn statements_behind(claims: &Claims<'_>, bundle: &Bundle) -> usize {
    let of_unit = |unit: usize| -> usize {
        let codes = bundle.intent.ones();
        codes.map(|attribute| claims.statements_behind(attribute, unit)).sum()
    };
    bundle.possible.ones().map(of_unit).sum()
}

/// The id of the finding about a bundle.
pub(super) fn path(claims: &Claims<'_>, bundle: &Bundle) -> String {
    format!("concept/{}", name::bundle(claims, &bundle.intent))
}

/// One finding for each bundle that has one of its own.
///
/// # Errors
/// When a finding could not be built.
pub(crate) fn concepts(
    claims: &Claims<'_>,
    lattice: &Lattice,
    apart: &Apart<'_>,
) -> Result<Vec<Finding>, NoFindings> {
    apart.bundles.iter().map(|bundle| one_bundle(claims, lattice, bundle)).collect()
}

fn one_bundle(
    claims: &Claims<'_>,
    lattice: &Lattice,
    bundle: &Bundle,
) -> Result<Finding, NoFindings> {
    let mut open = bundle.possible.clone();
    open.difference_with(&bundle.certain);
    let sizes = bundle.sizes();
    let above: Vec<Value> = bundle
        .above
        .iter()
        .map(|&place| name::shown(claims, &lattice.bundles[place].intent))
        .collect();
    let finding = begin(claims, bundle)?
        .value("intent", name::shown(claims, &bundle.intent))
        .value("members", name::units(claims, bundle.certain.ones()))
        .value("open", name::units(claims, open.ones()))
        .value("context", Value::Word(bundle.holds.word().to_owned()))
        .measure("claiming", Number::range(sizes[0], sizes[1]))
        .measure("codes", Number::count(bundle.intent.count_ones(..)))
        .measure("units", Number::count(claims.units.len()))
        .table(members(claims, bundle));
    let finding = match above.is_empty() {
        true => finding,
        false => finding.table(Table {
            name: "wider".to_owned(),
            columns: words(&["intent"]),
            rows: above.into_iter().map(|intent| vec![intent]).collect(),
        }),
    };
    let few = sizes[0] < 3 && sizes[1] > 0 && !bundle.intent.is_clear();
    let finding = if few { finding.caveat("few_units") } else { finding };
    Ok(caveats(finding, claims))
}

/// The finding with its template and evidence.
fn begin(claims: &Claims<'_>, bundle: &Bundle) -> Result<Finding, NoFindings> {
    let about = path(claims, bundle);
    let template = template(bundle);
    let cells = bundle.possible.ones().flat_map(|unit| {
        let weight = match bundle.certain.contains(unit) {
            true => Weight::Supporting,
            false => Weight::Context,
        };
        bundle.intent.ones().map(move |attribute| (attribute, unit, weight))
    });
    let evidence = claims.evidence(cells);
    if evidence.is_empty() {
        let reason = match (bundle.intent.is_clear(), bundle.possible.is_clear()) {
            (true, _) => "a bundle without codes rests on no statement",
            (false, true) => "no unit claims the whole bundle",
            (false, false) => "no statement says that a unit claims the whole bundle",
        };
        return Ok(Finding::without_evidence(&about, template, reason));
    }
    Ok(Finding::new(&about, template, evidence)?)
}

fn template(bundle: &Bundle) -> &'static str {
    let known = bundle.certain == bundle.possible && bundle.holds == Holds::Both;
    let sizes = bundle.sizes();
    match (bundle.intent.count_ones(..), sizes) {
        (0, _) if bundle.holds == Holds::Both => "nothing",
        (0, _) => "nothing_open",
        (_, [_, 0]) => "everything",
        (_, [1, _]) if known => "concept_one",
        _ if known => "concept",
        _ => "concept_open",
    }
}

/// The units that claim the bundle or may, with what they claim besides.
fn members(claims: &Claims<'_>, bundle: &Bundle) -> Table {
    let row = |unit: usize| {
        let mut further = FixedBitSet::with_capacity(claims.attributes.len());
        let claimed = (0..claims.attributes.len())
            .filter(|&one| claims.attributes[one].of(unit) == Claim::Yes);
        further.extend(claimed);
        further.difference_with(&bundle.intent);
        let known = if bundle.certain.contains(unit) { "yes" } else { "unknown" };
        let rest = [Value::Word(known.to_owned()), name::shown(claims, &further)];
        placed(claims, unit).into_iter().chain(rest).collect()
    };
    Table {
        name: "takers".to_owned(),
        columns: words(&["unit", "role", "case", "claims_all", "further"]),
        rows: bundle.possible.ones().map(row).collect(),
    }
}
