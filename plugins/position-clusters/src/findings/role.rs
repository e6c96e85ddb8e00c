//! Which positions do the units of one role take, and would that be the same without one of them?

use parallax_plugin::model::{Finding, Fraction, NoFindings, Number, Table, Value, Weight};

use super::cluster::name;
use super::overall::{NO_STABILITY, names_or_nobody, words};
use super::{caveats, optional};
use crate::feature::evidence;
use crate::partition::groups;
use crate::positions::Positions;
use crate::stability::Stability;

/// One finding for each role that has units.
///
/// # Errors
/// When a finding could not be built.
pub(crate) fn roles(
    positions: &Positions<'_>,
    stability: Option<&Stability>,
) -> Result<Vec<Finding>, NoFindings> {
    (0..positions.role_rows.len()).map(|role| one_role(positions, role, stability)).collect()
}

/// The units of one role in one cluster.
struct Taken {
    cluster: usize,
    units: Vec<usize>,
}

fn one_role(
    positions: &Positions<'_>,
    role: usize,
    stability: Option<&Stability>,
) -> Result<Finding, NoFindings> {
    let taken = taken(positions, role);
    let units: usize = taken.iter().map(|taken| taken.units.len()).sum();
    let most = taken.first().map_or(0, |taken| taken.units.len());
    let leads = taken.get(1).is_none_or(|next| next.units.len() < most);
    let template = match (units, taken.len(), leads) {
        (1, ..) => "role_alone",
        (_, 1, _) => "role_in_one",
        (_, _, true) => "role_spread",
        (_, _, false) => "role_without_lead",
    };
    let elsewhere: Vec<usize> = match leads {
        true => taken.iter().skip(1).flat_map(|taken| taken.units.iter().copied()).collect(),
        false => Vec::new(),
    };
    let position = taken.first().map(|taken| name(positions, taken.cluster));
    let finding = begin(positions, role, template, &elsewhere)?
        .value("role", Value::Role(positions.role_id(role).to_owned()))
        .value("position", position.unwrap_or_else(|| Value::Word("nothing".to_owned())))
        .value("elsewhere", names_or_nobody(positions.names(&elsewhere)))
        .measure("units", Number::count(units))
        .measure("positions", Number::count(taken.len()))
        .measure("leading", Number::fraction(most, units, "nobody has this role"))
        .measure("stability", kept(stability, role))
        .measure("unknown_cells", Number::count(unknown(positions, role)))
        .measure("vacant", Number::count(positions.vacant_of(role)))
        .table(table(positions, &taken, stability));
    Ok(caveats(finding, positions, &[]))
}

/// The clusters in which a role has units, the one with most of them first.
fn taken(positions: &Positions<'_>, role: usize) -> Vec<Taken> {
    let of_role = |unit: &usize| positions.roles[*unit] == role;
    let mut taken: Vec<Taken> = (0..groups(&positions.partition))
        .map(|cluster| {
            let units = positions.members(cluster).into_iter().filter(of_role).collect();
            Taken { cluster, units }
        })
        .filter(|taken| !taken.units.is_empty())
        .collect();
    taken.sort_by_key(|taken| std::cmp::Reverse(taken.units.len()));
    taken
}

/// The finding with its template and evidence: what those in another position claim is contrary.
fn begin(
    positions: &Positions<'_>,
    role: usize,
    template: &str,
    elsewhere: &[usize],
) -> Result<Finding, NoFindings> {
    let about = format!("role/{}", positions.role_id(role));
    let of_role = (0..positions.units.len()).filter(|&unit| positions.roles[unit] == role);
    let weighed: Vec<(usize, Weight)> = of_role
        .map(|unit| match elsewhere.contains(&unit) {
            true => (unit, Weight::Contrary),
            false => (unit, Weight::Supporting),
        })
        .collect();
    let evidence = evidence(positions.reading, &positions.units, &positions.features, &weighed);
    if evidence.is_empty() {
        let reason = "no unit of this role claims anything";
        return Ok(Finding::without_evidence(&about, template, reason));
    }
    Ok(Finding::new(&about, template, evidence)?)
}

/// The share of pairs of units of a role that stay together, or stay apart, when each unit of the
/// study is left out in turn.
fn kept(stability: Option<&Stability>, role: usize) -> Number {
    let Some(stability) = stability else { return Number::not_available(NO_STABILITY) };
    let (unchanged, pairs) = stability.roles.get(role).copied().unwrap_or_default();
    let counts = i64::try_from(unchanged).ok().zip(i64::try_from(pairs).ok());
    let fraction = counts.and_then(|(unchanged, pairs)| Fraction::new(unchanged, pairs));
    fraction.map_or_else(
        || Number::not_available("a role needs two units beside the one that is left out"),
        Number::Fraction,
    )
}

fn unknown(positions: &Positions<'_>, role: usize) -> usize {
    let of_role = (0..positions.units.len()).filter(|&unit| positions.roles[unit] == role);
    of_role
        .map(|unit| positions.features.iter().filter(|feature| feature.is_unknown(unit)).count())
        .sum()
}

fn table(positions: &Positions<'_>, taken: &[Taken], stability: Option<&Stability>) -> Table {
    let row = |taken: &Taken| {
        let kept = stability.and_then(|kept| kept.clusters.get(taken.cluster).copied());
        let all = positions.members(taken.cluster);
        let others: Vec<usize> =
            all.into_iter().filter(|unit| !taken.units.contains(unit)).collect();
        vec![
            name(positions, taken.cluster),
            Value::from(taken.cluster + 1),
            Value::from(taken.units.len()),
            Value::Names(positions.names(&taken.units)),
            names_or_nobody(positions.names(&others)),
            optional(kept, "mean Jaccard (Hennig 2007)", NO_STABILITY).into(),
        ]
    };
    Table {
        name: "positions_taken".to_owned(),
        columns: words(&["position", "cluster", "size", "members", "with", "stability"]),
        rows: taken.iter().map(row).collect(),
    }
}
