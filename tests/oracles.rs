//! Does the program give the numbers that packages written by others give?
//!
//! `tests/oracles/second_opinion.py` drew the inputs and recorded the answers of scipy,
//! scikit-learn, krippendorff, irrCAC, concepts and numpy; no Python is needed here. Whole studies
//! go through the program from their folders on.

#[path = "oracles/coders.rs"]
mod coders;
#[path = "oracles/lattices.rs"]
mod lattices;
#[path = "oracles/passages.rs"]
mod passages;
#[path = "oracles/studies.rs"]
mod studies;

use std::path::Path;

use position_clusters::distance::{Metric, between};
use position_clusters::partition::{Contingency, silhouettes};
use position_clusters::profile::{Feature, Profile};
use serde_json::{Value as Json, json};

use parallax_model::Value;
use studies::{Said, Written, cell, measure, merge_heights, rows};

/// The records of a file of answers; there are at least thirty.
fn records(name: &str) -> Vec<Json> {
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracles/answers");
    let bytes = std::fs::read(answers.join(name).with_extension("json")).expect("was recorded");
    let records: Vec<Json> = serde_json::from_slice(&bytes).expect("is JSON");
    assert!(records.len() >= 30, "{name}: {}", records.len());
    records
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn numbers(json: &Json) -> Vec<usize> {
    let items = list(json).iter();
    items.map(|item| item.as_u64().expect("a small number") as usize).collect()
}

/// A recorded answer and the program's: the same within a billionth, or none on both sides.
fn same(recorded: &Json, ours: Option<f64>, what: &str) {
    match (recorded.as_f64(), ours) {
        (Some(recorded), Some(ours)) if (recorded - ours).abs() <= 1e-9 => {}
        (None, None) => {}
        (recorded, ours) => panic!("{what}: recorded {recorded:?}, the program gives {ours:?}"),
    }
}

/// A study of one case whose people claim duties as `record` says, and all were asked.
fn claiming(record: &Json) -> Written {
    let people = numbers(&record["roles"]);
    let codes = list(&record["claims"][0]).len();
    let claims = list(&record["claims"]).iter().enumerate().flat_map(|(person, row)| {
        let claimed = numbers(row).into_iter().enumerate().filter(|&(_, claimed)| claimed == 1);
        claimed.map(move |(code, _)| Said::claim(person, code)).collect::<Vec<_>>()
    });
    let places: Vec<(usize, usize)> = people.iter().map(|&role| (role, 0)).collect();
    Written::new(&places, codes, &claims.collect::<Vec<_>>())
}

#[test]
fn units_merge_at_the_heights_of_scipy_and_fit_as_scikit_learn_says() {
    let mut clear = 0;
    for (at, record) in records("clusters").iter().enumerate() {
        let study = claiming(record);
        for distance in ["jaccard", "dice", "simple_matching"] {
            let answer = &record["answers"][distance];
            for linkage in ["average", "complete", "single"] {
                let what = format!("study {at}, {distance}, {linkage}");
                let found = study.found(
                    "position-clusters",
                    json!({ "distance": distance, "linkage": linkage, "permutations": 99 }),
                );
                // Where clusters and roles leave chance no room, there is no index.
                let Some(found) = found else { continue };
                let overall = &found["overall"];
                same(&answer["silhouette_roles"], measure(overall, "silhouette_roles"), &what);
                if let Some(heights) = answer[linkage]["heights"].as_array() {
                    clear += 1;
                    let ours = merge_heights(overall);
                    assert_eq!(ours.len(), heights.len(), "{what}");
                    for (recorded, ours) in heights.iter().zip(ours) {
                        same(recorded, Some(ours), &what);
                    }
                }
                for row in rows(overall, "by_k") {
                    let Value::Number(k) = &row[0] else { panic!("{what}: {row:?}") };
                    let recorded = &answer[linkage]["by_k"][k.to_string()];
                    if recorded.is_array() {
                        same(&recorded[0], cell(&row[1]), &format!("{what}, k = {k}: index"));
                        same(&recorded[1], cell(&row[2]), &format!("{what}, k = {k}: width"));
                    }
                }
            }
        }
    }
    assert!(clear > 200, "ties leave {clear} trees to compare");
}

#[test]
fn partitions_compare_as_in_scikit_learn() {
    for (at, record) in records("partitions").iter().enumerate() {
        let (one, other) = (numbered(&record["one"]), numbered(&record["other"]));
        let index = Contingency::of(&one, &other).adjusted_rand().map(|index| index.value());
        same(&record["answers"]["ari"], index, &format!("partitions {at}"));
        let turned = Contingency::of(&other, &one).adjusted_rand().map(|index| index.value());
        assert_eq!(index, turned, "partitions {at}: the index is symmetric");
        let profiles: Vec<Profile> = list(&record["claims"])
            .iter()
            .map(|row| {
                let features = numbers(row).into_iter().map(|claimed| match claimed {
                    1 => Feature::Yes,
                    _ => Feature::No,
                });
                Profile::new(&features.collect::<Vec<_>>())
            })
            .collect();
        let distances = between(&profiles, Metric::Jaccard).expect("everything is known");
        let ours = silhouettes(&distances, &one).unwrap_or_default();
        for (unit, recorded) in list(&record["answers"]["silhouettes"]).iter().enumerate() {
            same(recorded, Some(ours[unit].value()), &format!("partition {at}, unit {unit}"));
        }
    }
}

/// A partition with its groups numbered from 0 without gaps.
fn numbered(json: &Json) -> Vec<usize> {
    let groups = numbers(json);
    let mut names = groups.clone();
    names.sort_unstable();
    names.dedup();
    groups.iter().map(|group| names.partition_point(|name| name < group)).collect()
}

#[test]
fn people_agree_as_often_as_counting_every_pair_says() {
    for (at, record) in records("consensus").iter().enumerate() {
        let (roles, cases) = (numbers(&record["roles"]), numbers(&record["cases"]));
        let places: Vec<(usize, usize)> = roles.into_iter().zip(cases).collect();
        let states = list(&record["states"]);
        let said = states.iter().enumerate().flat_map(|(code, of_people)| {
            let people = numbers(of_people).into_iter().enumerate();
            people.filter_map(move |(person, state)| Said::view(person, code, state))
        });
        let said: Vec<Said> = said.collect();
        let found = Written::new(&places, states.len(), &said).found("code-consensus", json!({}));
        for (code, answer) in list(&record["answers"]).iter().enumerate() {
            if !said.iter().any(|said| said.code == code) {
                continue;
            }
            let what = format!("study {at}, code {code}");
            let finding = &found.as_ref().expect("people speak")[&format!("code/k{code}")];
            same(&answer["between"], measure(finding, "between"), &what);
            same(&answer["in_cases"], measure(finding, "in_cases"), &what);
            let groups = rows(finding, "groups");
            for row in groups {
                if let Value::Role(role) = &row[0] {
                    let role: usize = role[1..].parse().expect("a number");
                    same(&answer["within"][role], cell(&row[1]), &format!("{what}, role {role}"));
                }
            }
        }
    }
}

#[test]
fn it_is_as_unclear_whose_a_duty_is_as_the_entropy_of_scipy_says() {
    for (at, record) in records("ambiguity").iter().enumerate() {
        // One person of each role at each case; who speaks is of no account.
        let cases = record["cases"].as_u64().expect("a number") as usize;
        let codes = record["codes"].as_u64().expect("a number") as usize;
        let places: Vec<(usize, usize)> =
            (0..cases).flat_map(|case| (0..3).map(move |role| (role, case))).collect();
        let said = list(&record["said"]).iter().map(|row| {
            let row = numbers(row);
            Said::duty_of(row[0] * 3 + row[1], row[2], row[3])
        });
        let study = Written::new(&places, codes, &said.collect::<Vec<_>>());
        let found = study.found("role-ambiguity", json!({}));
        let answers = list(&record["answers"]);
        let Some(found) = found else {
            assert!(answers.is_empty(), "study {at}");
            continue;
        };
        let named = rows(&found["all"], "bearers");
        assert_eq!(named.len(), answers.len(), "study {at}");
        for answer in answers {
            let (case, code) = (format!("c{}", answer[0]), format!("k{}", answer[1]));
            let is_here = |row: &&Vec<Value>| {
                row[..2] == [Value::Case(case.clone()), Value::Code(code.clone())]
            };
            let row = named.iter().find(is_here).expect("two or more name a role");
            same(&answer[2], cell(&row[3]), &format!("study {at}, {case}, {code}"));
        }
    }
}
