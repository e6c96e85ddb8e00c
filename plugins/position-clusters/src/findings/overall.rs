//! Do positions follow formal roles, all in all?

use parallax_plugin::prelude::*;

use super::cluster::name;
use super::{Stream, cancelled, caveats, chance, going_on, number, optional};
use crate::amount::Amount;
use crate::feature::evidence;
use crate::parameters::Parameters;
use crate::partition::{Contingency, groups, silhouettes};
use crate::permutation::{Chance, Sampling, Stopped, agreement, relabellings};
use crate::positions::Positions;
use crate::stability::Stability;
use crate::worlds::indices;

const INDEX: &str = "adjusted Rand index (Hubert & Arabie 1985)";
const SILHOUETTE: &str = "mean silhouette width (Rousseeuw 1987)";

/// The finding about all clusters and all roles; `stability` as far as it was worked out.
///
/// # Errors
/// When there is no statement and no constraint behind any unit, or when the run is to stop.
pub(crate) fn overall(
    positions: &Positions<'_>,
    parameters: &Parameters,
    job: &Job<'_>,
    stability: Option<&Stability>,
) -> Result<Finding, NoFindings> {
    let index = Contingency::of(&positions.partition, &positions.roles).adjusted_rand();
    let Some(index) = index else {
        return Err(NoFindings::not_available(
            "the clusters and the roles both leave no room for chance to be compared with",
        ));
    };
    let misplaced = positions.with_another_role();
    let weighed: Vec<(usize, Weight)> = (0..positions.units.len())
        .map(|unit| match misplaced.contains(&unit) {
            true => (unit, Weight::Contrary),
            false => (unit, Weight::Supporting),
        })
        .collect();
    let evidence = evidence(positions.reading, &positions.units, &positions.features, &weighed);
    let chances = chances(positions, parameters, job).map_err(cancelled)?;
    let filled = indices(positions, parameters);
    let finding = Finding::new("overall", template(index, filled.as_deref()), evidence)?
        .value("misplaced", names_or_nobody(positions.names(&misplaced)))
        .measure("ari", number(index, INDEX))
        .measure("p", chance(chances.0))
        .measure(
            "p_within_cases",
            chances
                .1
                .map_or_else(|| Number::not_available("no case has units of two roles"), chance),
        );
    let finding = filled_in(counts(finding, positions), positions, filled.as_deref());
    let finding = other_partitions(finding, positions, stability)
        .table(table_of_clusters(positions))
        .table(table_by_k(positions))
        .figure(dendrogram(positions));
    let untried = positions.unknown() > 0 && filled.is_none();
    let finding = if untried { finding.caveat("unknown_not_tried") } else { finding };
    let finding = if positions.duplicates { finding.caveat("duplicates") } else { finding };
    Ok(caveats(finding, positions, &[Some(chances.0), chances.1]))
}

/// The word for the index; *depends* when it is not the same with the unknown cells filled in.
fn template(index: Amount, filled_in: Option<&[Amount]>) -> &'static str {
    let word = extent(index);
    let filled_in = filled_in.unwrap_or_default();
    let same = filled_in.iter().all(|&index| extent(index) == word);
    let alike = filled_in.windows(2).all(|pair| pair[0] == pair[1]);
    match (same, alike) {
        (true, _) => word,
        (false, true) => "depends",
        (false, false) => "depends_widely",
    }
}

/// The index over all ways to fill in the unknown cells, where there are any.
fn filled_in(finding: Finding, positions: &Positions<'_>, indices: Option<&[Amount]>) -> Finding {
    if positions.unknown() == 0 {
        return finding;
    }
    let worlds = indices.unwrap_or_default();
    let by_value = |a: &&Amount, b: &&Amount| a.value().total_cmp(&b.value());
    let range = worlds.iter().min_by(by_value).zip(worlds.iter().max_by(by_value));
    let Some((&least, &most)) = range else {
        let reason = "there are too many ways to fill in the unknown cells";
        return finding.measure("ari_filled_in_least", Number::not_available(reason));
    };
    finding
        .measure("ari_filled_in_least", number(least, INDEX))
        .measure("ari_filled_in_most", number(most, INDEX))
        .measure("ways", Number::count(worlds.len()))
}

/// The word for the index: from .65 on *largely*, from .3 on *partly*, below *hardly*.
fn extent(index: Amount) -> &'static str {
    let index = index.value();
    if index >= 0.65 {
        "largely"
    } else if index >= 0.3 {
        "partly"
    } else {
        "hardly"
    }
}

pub(super) fn names_or_nobody(names: Vec<String>) -> Value {
    if names.is_empty() { Value::Word("nobody".to_owned()) } else { Value::Names(names) }
}

/// The chance over all units, and within cases where any case has something to deal out.
fn chances(
    positions: &Positions<'_>,
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<(Chance, Option<Chance>), Stopped> {
    let go_on = going_on(job, 2);
    let sampling = |stream: Stream| Sampling {
        seed: job.seed(),
        stream: stream as u64,
        draws: parameters.permutations,
        go_on: &go_on,
    };
    let Positions { partition, roles, cases, .. } = positions;
    let anywhere = vec![0; roles.len()];
    let all = agreement(partition, roles, &anywhere, sampling(Stream::Agreement))?;
    if relabellings(roles, cases) == Some(1) {
        return Ok((all, None));
    }
    let within = agreement(partition, roles, cases, sampling(Stream::AgreementWithinCases))?;
    Ok((all, Some(within)))
}

fn counts(finding: Finding, positions: &Positions<'_>) -> Finding {
    finding
        .measure("k", Number::count(positions.k))
        .measure("units", Number::count(positions.units.len()))
        .measure("features", Number::count(positions.features.len()))
        .measure("unknown_cells", Number::count(positions.unknown()))
        .measure("vacant", Number::count(positions.vacant()))
        .measure("misplaced_units", Number::count(positions.with_another_role().len()))
}

fn other_partitions(
    finding: Finding,
    positions: &Positions<'_>,
    stability: Option<&Stability>,
) -> Finding {
    let Positions { partition, cases, roles, .. } = positions;
    let by_case = Contingency::of(partition, cases).adjusted_rand();
    let widths = |partition: &[usize]| mean_width(positions, partition);
    let kept = stability.map(|kept| Amount::of(kept.unchanged.into(), kept.pairs.into()));
    finding
        .measure("ari_case", optional(by_case, INDEX, "each case has a single unit"))
        .measure("silhouette", widths(partition))
        .measure("silhouette_roles", widths(roles))
        .measure("silhouette_cases", widths(cases))
        .measure("stability", optional(kept, "leave-one-out co-membership", NO_STABILITY))
}

pub(super) const NO_STABILITY: &str =
    "leaving out each unit in turn needs more units than clusters, and is done up to 300 units";

fn mean_width(positions: &Positions<'_>, partition: &[usize]) -> Number {
    let widths = silhouettes(&positions.distances, partition);
    let mean = widths.and_then(|widths| Amount::mean(&widths));
    optional(mean, SILHOUETTE, "a single group has no silhouette")
}

fn table_of_clusters(positions: &Positions<'_>) -> Table {
    let row = |cluster: usize| {
        let role = positions.leading_role(cluster).map_or_else(
            || Value::Word("none_leads".to_owned()),
            |role| Value::Role(positions.role_id(role).to_owned()),
        );
        let members = positions.names(&positions.members(cluster));
        vec![Value::from(cluster + 1), name(positions, cluster), Value::Names(members), role]
    };
    Table {
        name: "clusters".to_owned(),
        columns: words(&["cluster", "position", "members", "leading_role"]),
        rows: (0..groups(&positions.partition)).map(row).collect(),
    }
}

fn table_by_k(positions: &Positions<'_>) -> Table {
    let row = |k: usize| {
        let cut = positions.tree.cut(k);
        let index = Contingency::of(&cut, &positions.roles).adjusted_rand();
        vec![
            Value::from(k),
            Value::Number(optional(index, INDEX, "no room for chance")),
            Value::Number(mean_width(positions, &cut)),
        ]
    };
    Table {
        name: "by_k".to_owned(),
        columns: words(&["k", "ari", "silhouette"]),
        rows: (2..=(positions.units.len() - 1).min(8)).map(row).collect(),
    }
}

pub(super) fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::Word((*word).to_owned())).collect()
}

/// The tree with its leaves from left to right, so that no branches cross.
fn dendrogram(positions: &Positions<'_>) -> Figure {
    let order = positions.tree.drawing_order();
    let leaves = order.len();
    let mut drawn = vec![0; leaves];
    for (place, &unit) in order.iter().enumerate() {
        drawn[unit] = place;
    }
    let node = |node: usize| if node < leaves { drawn[node] } else { node };
    let merges = positions.tree.merges.iter().map(|merge| Merge {
        left: node(merge.left),
        right: node(merge.right),
        height: number(merge.height, "distance between clusters"),
    });
    Figure::Dendrogram {
        name: "dendrogram".to_owned(),
        leaves: positions.names(&order),
        merges: merges.collect(),
        groups: order
            .iter()
            .map(|&unit| Value::Role(positions.role_id(positions.roles[unit]).to_owned()))
            .collect(),
    }
}
