//! Does the seed study have the bundles and rules that the theory says?

use std::path::Path;

use concept_lattice::parameters::UnitChoice;
use concept_lattice::{Parameters, analyse};
use parallax_engine::check::check_folder;
use parallax_plugin::model::{Choices, Study};
use parallax_plugin::prelude::*;

fn seed() -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    check_folder(&folder).study.expect("the seed study is sound")
}

fn found(parameters: &Parameters) -> Vec<Finding> {
    let study = seed();
    let reading = study.reading(&Choices::default()).expect("a default reading");
    analyse(&reading, parameters, &Job::alone(0)).expect("findings")
}

fn about<'f>(findings: &'f [Finding], path: &str) -> &'f Finding {
    findings.iter().find(|finding| finding.about == path).unwrap_or_else(|| panic!("no {path}"))
}

fn number(finding: &Finding, name: &str) -> String {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
}

/// What the analysis takes without being told is the six tasks: nothing else is claimed there.
#[test]
fn the_seed_study_has_the_bundles_of_the_theory() {
    let findings = found(&Parameters { least_units: 0, ..Parameters::default() });
    let expected = [
        ("nothing", "15"),
        ("P.task.OND", "8"),
        ("P.task.CON", "6"),
        ("P.task.BEG", "4"),
        ("P.task.BEG+P.task.CON", "3"),
        ("P.task.BEO+P.task.CON", "3"),
        ("P.task.OND+P.task.VRB", "3"),
        ("P.task.BEG+P.task.BEO+P.task.CON", "2"),
        ("P.task.CON+P.task.OND", "2"),
        ("P.task.MON", "2"),
        ("P.task.BEO+P.task.CON+P.task.OND", "1"),
        ("everything", "0"),
    ];
    for (bundle, units) in expected {
        let finding = about(&findings, &format!("concept/{bundle}"));
        assert_eq!(number(finding, "claiming"), units, "{bundle}");
    }
    let bundles = findings.iter().filter(|finding| finding.about.starts_with("concept/"));
    assert_eq!(bundles.count(), 12);
    let overall = about(&findings, "overall");
    for (name, value) in [
        ("units", "15"),
        ("attributes", "6"),
        ("concepts", "12"),
        ("implications", "2"),
        ("base", "7"),
        ("never_combined", "1"),
        ("unknown", "0"),
        ("denied", "0"),
        ("vacant", "3"),
    ] {
        assert_eq!(number(overall, name), value, "{name}");
    }
    assert_eq!(overall.values["alone"], Value::Names(vec!["P.task.MON".to_owned()]));
    let below = Parameters { below: "P.task".to_owned(), least_units: 0, ..Parameters::default() };
    assert_eq!(found(&below), findings, "only tasks are claimed");
}

/// The bundle of one unit and that of all codes, which nobody claims, stand in the table.
#[test]
fn bundles_of_few_units_stand_in_the_table_only() {
    let findings = found(&Parameters::default());
    let bundles = findings.iter().filter(|finding| finding.about.starts_with("concept/"));
    assert_eq!(bundles.count(), 10);
    let overall = about(&findings, "overall");
    assert_eq!(number(overall, "bundles_not_apart"), "2");
    assert_eq!(number(overall, "rules_not_apart"), "0");
    let table = overall.tables.iter().find(|table| table.name == "bundles").expect("a table");
    assert_eq!(table.rows.len(), 12);
    let last: Vec<String> = table.rows[10..]
        .iter()
        .map(|row| match &row[2] {
            Value::Number(number) => number.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(last, ["1", "0"]);
}

#[test]
fn the_seed_study_has_the_rules_of_the_theory() {
    let findings = found(&Parameters::default());
    let rules: Vec<&Finding> =
        findings.iter().filter(|finding| finding.about.starts_with("implication/")).collect();
    let paths: Vec<&str> = rules.iter().map(|finding| finding.about.as_str()).collect();
    let expected = ["implication/P.task.VRB=>P.task.OND", "implication/P.task.BEO=>P.task.CON"];
    assert_eq!(paths, expected);
    for rule in rules {
        assert_eq!(number(rule, "support"), "3");
        assert_eq!(number(rule, "exceptions_count"), "0");
        assert_eq!(rule.evidence().len(), 6, "two statements of each");
        assert!(rule.evidence().iter().all(|evidence| evidence.weight == Weight::Supporting));
    }
}

/// S1 and S4 keep contact and support; four others who keep contact do not. Of four who guide,
/// S5 does not keep contact.
#[test]
fn rules_with_one_exception_name_it() {
    let findings = found(&Parameters { exceptions: 1, ..Parameters::default() });
    let rule = about(&findings, "implication/P.task.BEG=>P.task.CON");
    assert_eq!(rule.template, "almost");
    assert_eq!(number(rule, "confidence"), "3/4");
    assert_eq!(rule.values["exceptions"], Value::Names(vec!["S5".to_owned()]));
    let contrary = rule.evidence().iter().filter(|one| one.weight == Weight::Contrary);
    assert_eq!(contrary.count(), 1, "what S5 says of guiding");
    let states = &rule.tables[0].rows[0][3..];
    assert_eq!(states, ["yes", "silent"].map(|word| Value::Word(word.to_owned())));
}

/// Person by person, it is open which of two people at school 3 guides.
#[test]
fn what_is_unknown_makes_two_contexts() {
    let parameters = Parameters { unit: UnitChoice::Participant, ..Parameters::default() };
    let findings = found(&parameters);
    let overall = about(&findings, "overall");
    assert_eq!(overall.template, "overall_open");
    assert_eq!(number(overall, "unknown"), "2");
    assert_eq!(number(about(&findings, "concept/P.task.BEG+P.task.CON"), "claiming"), "[2, 4]");
    assert_eq!(number(about(&findings, "concept/P.task.BEG"), "claiming"), "[3, 5]");
    let rule = about(&findings, "implication/P.task.VRB=>P.task.OND");
    assert_eq!(rule.template, "implication");
}
