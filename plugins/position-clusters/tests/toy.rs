//! Do the numbers of the theory's worked example come out of a study?

use parallax_plugin::model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Settings, StudyDraft};
use parallax_plugin::prelude::*;
use position_clusters::parameters::UnitChoice;
use position_clusters::{Parameters, analyse};

/// u1 claims a and b; u2 a, b and c; u3 a; u4 d and e; u5 d. Each at a case of its own, with the
/// role whose letter stands at its place in `roles`.
fn study(roles: &str) -> StudyDraft {
    let claims = ["ab", "abc", "a", "de", "d"];
    let statements = claims.iter().enumerate().flat_map(|(unit, codes)| {
        codes.chars().map(move |code| StatementRow {
            id: format!("{code}{unit}"),
            speaker: format!("u{}", unit + 1),
            code: code.to_string(),
            modality: Modality::Duty,
            bearer: Some("self".into()),
            ..StatementRow::default()
        })
    });
    let people = roles.chars().enumerate().map(|(unit, role)| ParticipantRow {
        id: format!("u{}", unit + 1),
        case: Some(format!("c{}", unit + 1)),
        title: Some(role.to_string()),
        ..ParticipantRow::default()
    });
    StudyDraft {
        settings: Settings {
            title: "Toy".into(),
            roles: ["R", "Q"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        participants: people.collect(),
        codes: ["a", "b", "c", "d", "e"]
            .map(|id| CodeRow { id: id.into(), ..CodeRow::default() })
            .to_vec(),
        statements: statements.collect(),
        ..StudyDraft::default()
    }
}

fn found(draft: StudyDraft) -> Vec<Finding> {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let parameters = Parameters { unit: UnitChoice::Participant, ..Parameters::default() };
    analyse(&reading, &parameters, &Job::alone(0)).expect("findings")
}

fn numbers(finding: &Finding, names: &[&str]) -> Vec<String> {
    let number = |name: &&str| {
        let measure = finding.measures.iter().find(|measure| measure.name == *name);
        measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
    };
    names.iter().map(number).collect()
}

#[test]
fn roles_that_are_the_clusters_have_an_index_of_one() {
    let findings = found(study("RRRQQ"));
    assert_eq!(findings[0].template, "largely");
    assert_eq!(numbers(&findings[0], &["ari", "p", "silhouette"]), ["1/1", "1/10", "1/2"]);
    let Some(Figure::Dendrogram { leaves, merges, groups, .. }) = findings[0].figures.first()
    else {
        panic!("no dendrogram");
    };
    assert_eq!(leaves.join(" "), "u1 u2 u3 u4 u5");
    let heights: Vec<String> = merges.iter().map(|merge| merge.height.to_string()).collect();
    assert_eq!(heights, ["1/3", "1/2", "7/12", "1/1"]);
    assert_eq!(groups[3], Value::Role("Q".into()));
}

#[test]
fn a_unit_with_another_role_is_named_and_counted() {
    let findings = found(study("RRQQQ"));
    assert_eq!(findings[0].template, "hardly");
    assert_eq!(numbers(&findings[0], &["ari", "p", "misplaced_units"]), ["1/6", "4/10", "1"]);
    assert_eq!(findings[0].values["misplaced"], Value::Names(vec!["u3".into()]));
    let contrary: Vec<&str> = findings[0]
        .evidence()
        .iter()
        .filter(|evidence| evidence.weight == Weight::Contrary)
        .map(|evidence| evidence.id.as_str())
        .collect();
    assert_eq!(contrary, ["a2"]);
}

#[test]
fn nothing_to_deal_out_within_cases_of_one_unit() {
    let findings = found(study("RRRQQ"));
    assert_eq!(numbers(&findings[0], &["p_within_cases"]), ["not available"]);
    assert_eq!(findings[1].template, "effect_one_sided");
}
