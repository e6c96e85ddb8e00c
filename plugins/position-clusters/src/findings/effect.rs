//! Does it matter more which role a unit has, or at which case it is?

use std::cmp::Ordering;

use parallax_plugin::prelude::*;

use super::overall::words;
use super::{Stream, cancelled, caveats, chance, going_on, optional};
use crate::amount::Amount;
use crate::effect::{Likeness, likeness, role_chance, role_statistic};
use crate::feature::evidence;
use crate::parameters::Parameters;
use crate::permutation::{Chance, Sampling, Stopped, relabellings};
use crate::positions::Positions;
use crate::unit::case_id;

const RULE: &str = "mean similarity of pairs";
const NO_PAIR: &str = "there is no such pair";

/// The finding about role and case.
///
/// # Errors
/// When there is no statement and no constraint behind any unit, or when the run is to stop.
pub(crate) fn effect(
    positions: &Positions<'_>,
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<Finding, NoFindings> {
    let all: Vec<(usize, Weight)> =
        (0..positions.units.len()).map(|unit| (unit, Weight::Supporting)).collect();
    let evidence = evidence(positions.reading, &positions.units, &positions.features, &all);
    let same_role = pairs(positions, true, false);
    let same_case = pairs(positions, false, true);
    let neither = pairs(positions, false, false);
    let statistic = role_statistic(&positions.distances, &positions.roles);
    let within = within_cases(positions, parameters, job).map_err(cancelled)?;
    let finding = Finding::new("effect", template(same_role, same_case), evidence)?
        .measure("same_role_other_case", mean(same_role))
        .measure("same_role_pairs", Number::count(same_role.pairs))
        .measure("same_case_other_role", mean(same_case))
        .measure("same_case_pairs", Number::count(same_case.pairs))
        .measure("both_different", mean(neither))
        .measure("different_pairs", Number::count(neither.pairs))
        .measure("role_statistic", optional(statistic, RULE, NO_PAIR))
        .measure(
            "p_within_cases",
            within.map_or_else(|| Number::not_available("no case has units of two roles"), chance),
        )
        .table(between_roles(positions))
        .table(within_each_case(positions));
    Ok(caveats(finding, positions, &[within]))
}

fn pairs(positions: &Positions<'_>, same_role: bool, same_case: bool) -> Likeness {
    let Positions { roles, cases, .. } = positions;
    likeness(&positions.distances, |one, other| {
        (roles[one] == roles[other]) == same_role && (cases[one] == cases[other]) == same_case
    })
}

fn mean(likeness: Likeness) -> Number {
    optional(likeness.mean, RULE, NO_PAIR)
}

/// Which sentence fits: the role, the case, or neither makes units more alike.
fn template(same_role: Likeness, same_case: Likeness) -> &'static str {
    let (Some(role), Some(case)) = (same_role.mean, same_case.mean) else {
        return "effect_one_sided";
    };
    match compare(role, case) {
        Ordering::Greater => "effect_role",
        Ordering::Less => "effect_case",
        Ordering::Equal => "effect_equal",
    }
}

fn compare(one: Amount, other: Amount) -> Ordering {
    match (one, other) {
        (Amount::Exact(one), Amount::Exact(other)) => one.cmp(&other),
        _ if (one.value() - other.value()).abs() <= 1e-12 => Ordering::Equal,
        _ => one.value().total_cmp(&other.value()),
    }
}

fn within_cases(
    positions: &Positions<'_>,
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<Option<Chance>, Stopped> {
    let Positions { distances, roles, cases, .. } = positions;
    if relabellings(roles, cases) == Some(1) {
        return Ok(None);
    }
    let sampling = Sampling {
        seed: job.seed(),
        stream: Stream::Effect as u64,
        draws: parameters.permutations,
        go_on: &going_on(job, 3),
    };
    role_chance(distances, roles, cases, sampling).map(Some)
}

/// Mean similarities within and between roles: a row for each role and each pair of them.
fn between_roles(positions: &Positions<'_>) -> Table {
    let roles = &positions.roles;
    let count = positions.role_rows.len();
    let row = |one: usize, other: usize| {
        let found = likeness(&positions.distances, |a, b| {
            (roles[a].min(roles[b]), roles[a].max(roles[b])) == (one, other)
        });
        vec![
            Value::Role(positions.role_id(one).to_owned()),
            Value::Role(positions.role_id(other).to_owned()),
            Value::from(found.pairs),
            Value::Number(mean(found)),
        ]
    };
    Table {
        name: "between_roles".to_owned(),
        columns: words(&["role", "other_role", "pairs", "similarity"]),
        rows: (0..count)
            .flat_map(|one| (one..count).map(move |other| (one, other)))
            .map(|(one, other)| row(one, other))
            .collect(),
    }
}

/// Mean similarity within each case that has more than one unit.
fn within_each_case(positions: &Positions<'_>) -> Table {
    let cases = &positions.cases;
    let mut seen: Vec<(usize, u32)> =
        cases.iter().copied().zip(positions.units.iter().map(|unit| unit.case)).collect();
    seen.sort_unstable();
    seen.dedup();
    let rows = seen.into_iter().filter_map(|(number, case)| {
        let found = likeness(&positions.distances, |a, b| cases[a] == number && cases[b] == number);
        (found.pairs > 0).then(|| {
            vec![
                Value::Case(case_id(positions.reading, case).to_owned()),
                Value::from(found.pairs),
                Value::Number(mean(found)),
            ]
        })
    });
    Table {
        name: "within_cases".to_owned(),
        columns: words(&["case", "pairs", "similarity"]),
        rows: rows.collect(),
    }
}
