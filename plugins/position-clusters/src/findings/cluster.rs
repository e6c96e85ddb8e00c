//! What do the units of one cluster claim, and who among them has another role?

use parallax_plugin::model::{Finding, NoFindings, Number, Table, Value, Weight};

use super::overall::{NO_STABILITY, words};
use super::{caveats, optional};
use crate::amount::Amount;
use crate::feature::{Feature, evidence};
use crate::partition::{groups, silhouettes};
use crate::positions::Positions;
use crate::stability::Stability;

/// One finding for each cluster.
///
/// # Errors
/// When a finding could not be built.
pub(crate) fn clusters(
    positions: &Positions<'_>,
    stability: Option<&Stability>,
) -> Result<Vec<Finding>, NoFindings> {
    let widths = silhouettes(&positions.distances, &positions.partition);
    (0..groups(&positions.partition))
        .map(|cluster| one_cluster(positions, cluster, stability, widths.as_deref()))
        .collect()
}

fn one_cluster(
    positions: &Positions<'_>,
    cluster: usize,
    stability: Option<&Stability>,
    widths: Option<&[Amount]>,
) -> Result<Finding, NoFindings> {
    let members = positions.members(cluster);
    let leading = positions.leading_role(cluster);
    let (own, others): (Vec<usize>, Vec<usize>) =
        members.iter().partition(|&&unit| leading.is_none_or(|role| role == positions.roles[unit]));
    let width = widths.and_then(|widths| {
        Amount::mean(&members.iter().map(|&unit| widths[unit]).collect::<Vec<_>>())
    });
    let kept = stability.and_then(|kept| kept.clusters.get(cluster).copied());
    let finding = begin(positions, cluster, &own, &others)?
        .value("cluster", cluster + 1)
        .value("members", Value::Names(positions.names(&members)))
        .value("others", Value::Names(positions.names(&others)))
        .value("position", name(positions, cluster))
        .value("shared", shared(positions, &members))
        .value("lead", own.len());
    let finding = match leading {
        Some(role) => finding.value("role", Value::Role(positions.role_id(role).to_owned())),
        None => finding,
    };
    let finding = finding
        .measure("size", Number::count(members.len()))
        .measure("silhouette", optional(width, "mean silhouette width", "a single cluster"))
        .measure("stability", optional(kept, "mean Jaccard (Hennig 2007)", NO_STABILITY))
        .table(claims(positions, &members));
    Ok(caveats(finding, positions, &[]))
}

/// The finding with its template and evidence: what those of another role claim is contrary. A
/// cluster whose units claim nothing has no statement, and says so.
fn begin(
    positions: &Positions<'_>,
    cluster: usize,
    own: &[usize],
    others: &[usize],
) -> Result<Finding, NoFindings> {
    let template = match (own.len() + others.len(), positions.leading_role(cluster)) {
        (1, _) => "cluster_alone",
        (_, None) => "cluster_without_lead",
        _ if others.is_empty() => "cluster_of_one_role",
        _ => "cluster_with_others",
    };
    let about = format!("cluster/{}", cluster + 1);
    let mut weighed: Vec<(usize, Weight)> =
        own.iter().map(|&unit| (unit, Weight::Supporting)).collect();
    weighed.extend(others.iter().map(|&unit| (unit, Weight::Contrary)));
    let evidence = evidence(positions.reading, &positions.units, &positions.features, &weighed);
    if evidence.is_empty() {
        let reason = "no unit of this cluster claims anything";
        return Ok(Finding::without_evidence(&about, template, reason));
    }
    Ok(Finding::new(&about, template, evidence)?)
}

/// What a reader calls the position of a cluster: what more than half of its units claim.
pub(super) fn name(positions: &Positions<'_>, cluster: usize) -> Value {
    let members = positions.members(cluster);
    claimed_by(positions, &members, "no_common_claim", |claim, units| 2 * claim > units)
}

/// What all units of a cluster claim, by the labels of the codes.
fn shared(positions: &Positions<'_>, members: &[usize]) -> Value {
    claimed_by(positions, members, "nothing", |claim, units| claim == units)
}

/// The labels of the codes that enough of some units claim; a word of the manifest without any.
fn claimed_by(
    positions: &Positions<'_>,
    members: &[usize],
    without: &str,
    enough: fn(usize, usize) -> bool,
) -> Value {
    let by_enough = |feature: &&Feature| {
        let claim = members.iter().filter(|&&unit| feature.states[unit].is_mention()).count();
        enough(claim, members.len())
    };
    let mut labels: Vec<&str> = Vec::new();
    for feature in positions.features.iter().filter(by_enough) {
        let label = positions.reading.codes.labels.of(feature.code);
        let label =
            if label.is_empty() { positions.reading.codes.ids.of(feature.code) } else { label };
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.is_empty() { Value::Word(without.to_owned()) } else { Value::Text(labels.join(", ")) }
}

/// How many units of a cluster claim each feature, most first.
fn claims(positions: &Positions<'_>, members: &[usize]) -> Table {
    let mut counted: Vec<(usize, usize, &Feature)> = positions
        .features
        .iter()
        .map(|feature| {
            let with = |wanted: fn(&Feature, usize) -> bool| {
                members.iter().filter(|&&unit| wanted(feature, unit)).count()
            };
            let claim = with(|feature, unit| feature.states[unit].is_mention());
            let unknown = with(|feature, unit| feature.is_unknown(unit));
            (claim, unknown, feature)
        })
        .filter(|(claim, unknown, _)| claim + unknown > 0)
        .collect();
    counted.sort_by_key(|(claim, ..)| std::cmp::Reverse(*claim));
    let row = |(claim, unknown, feature): (usize, usize, &Feature)| {
        vec![
            Value::Code(positions.reading.codes.ids.of(feature.code).to_owned()),
            Value::Word(feature.modality.word().to_owned()),
            Value::Number(Number::fraction(claim, members.len(), "no unit")),
            Value::from(unknown),
        ]
    };
    Table {
        name: "claims".to_owned(),
        columns: words(&["code", "modality", "claimed_by", "unknown"]),
        rows: counted.into_iter().map(row).collect(),
    }
}
