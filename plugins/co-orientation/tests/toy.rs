//! Do the numbers of the theory's worked example come out of a study, and what of its edges?

use std::sync::atomic::AtomicBool;

use co_orientation::parameters::Silence;
use co_orientation::{ENTRY, Parameters, analyse};
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_plugin::model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Outcome, Settings, StudyDraft};
use parallax_plugin::prelude::*;

/// Theory D2: A = 110101, B = 100111, A→B = 110001, B→A = 111100.
fn worked_example() -> Vec<StatementRow> {
    let mut said = views("A1", 0, None, "110101");
    said.extend(views("B1", 0, None, "100111"));
    said.extend(views("A1", 1, Some("B1"), "110001"));
    said.extend(views("B1", 1, Some("A1"), "111100"));
    said
}

/// One view for each sign: `1` yes, `0` no, `~` on a condition, `.` nothing.
fn views(speaker: &str, perspective: u8, of: Option<&str>, signs: &str) -> Vec<StatementRow> {
    let view = |(item, sign): (usize, char)| StatementRow {
        id: format!("{speaker}.{perspective}.{}.{item}", of.unwrap_or("own")),
        speaker: speaker.into(),
        code: format!("k{item}"),
        stance: match sign {
            '1' => Stance::Affirm,
            '0' => Stance::Deny,
            _ => Stance::Mixed,
        },
        condition: (sign == '~').then(|| "at times".to_owned()),
        perspective,
        attributed_to: of.map(str::to_owned),
        ..StatementRow::default()
    };
    signs.chars().enumerate().filter(|(_, sign)| *sign != '.').map(view).collect()
}

/// People named by role and case: `A1` has role `A` at case 1, `A1b` too.
fn study(people: &[&str], statements: Vec<StatementRow>) -> StudyDraft {
    let person = |id: &&str| ParticipantRow {
        id: (*id).to_owned(),
        title: Some(id[..1].to_owned()),
        case: Some(id[1..2].to_owned()),
        ..ParticipantRow::default()
    };
    StudyDraft {
        settings: Settings {
            title: "Toy".into(),
            roles: ["A", "B"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        participants: people.iter().map(person).collect(),
        codes: (0..6)
            .map(|item| CodeRow { id: format!("k{item}"), ..CodeRow::default() })
            .collect(),
        statements: statements.into_iter().collect(),
        ..StudyDraft::default()
    }
}

fn outcome(draft: StudyDraft, parameters: &Parameters) -> Result<Vec<Finding>, NoFindings> {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    can_be_worded(&reading, parameters);
    analyse(&reading, parameters, &Job::alone(0))
}

/// The program refuses findings that it could not word.
fn can_be_worded(reading: &Reading<'static>, parameters: &Parameters) {
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(NativeAnalysis::linked(ENTRY).expect("agrees"))).expect("holds");
    let analysis = shelf.get("co-orientation").expect("stands on the shelf");
    let Ok(serde_json::Value::Object(chosen)) = serde_json::to_value(parameters) else {
        panic!("parameters are an object");
    };
    if let Outcome::Failed(reason) =
        analysis.run(reading, &chosen, 0, &AtomicBool::new(false)).outcome
    {
        panic!("{reason}");
    }
}

fn found(people: &[&str], statements: Vec<StatementRow>) -> Vec<Finding> {
    outcome(study(people, statements), &Parameters::default()).expect("findings")
}

fn about<'f>(findings: &'f [Finding], path: &str) -> &'f Finding {
    findings.iter().find(|finding| finding.about == path).unwrap_or_else(|| {
        let paths: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
        panic!("no {path} among {paths:?}")
    })
}

fn numbers(finding: &Finding, names: &[&str]) -> Vec<String> {
    let number = |name: &&str| {
        let measure = finding.measures.iter().find(|measure| measure.name == *name);
        measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
    };
    names.iter().map(number).collect()
}

const CLASSES: [&str; 4] =
    ["consensus", "false_consensus", "pluralistic_ignorance", "recognised_disagreement"];

fn classes(finding: &Finding, end: &str) -> Vec<String> {
    let names = CLASSES.map(|class| format!("{class}{end}"));
    numbers(finding, &names.each_ref().map(String::as_str))
}

#[test]
fn the_worked_example_has_the_numbers_of_the_theory() {
    let findings = found(&["A1", "B1"], worked_example());
    let pair = about(&findings, "pair/1/A1-B1");
    let names = ["agreement", "congruency_a", "congruency_b", "accuracy_a", "accuracy_b"];
    assert_eq!(numbers(pair, &names), ["4/6", "5/6", "2/6", "3/6", "4/6"]);
    assert_eq!(classes(pair, "_a"), ["3", "2", "1", "0"]);
    assert_eq!(classes(pair, "_b"), ["2", "0", "2", "2"]);
    assert_eq!(pair.template, "pair");
    let roles = about(&findings, "roles/A-B");
    assert_eq!(numbers(roles, &names), ["2/3", "5/6", "1/3", "1/2", "2/3"]);
    let overall = about(&findings, "overall");
    assert_eq!(numbers(overall, &["agreement", "congruency", "accuracy"]), ["2/3", "7/12", "7/12"]);
    assert_eq!(classes(overall, ""), ["5", "2", "3", "2"]);
}

#[test]
fn what_is_perceived_wrongly_is_contrary_and_named() {
    let findings = found(&["A1", "B1"], worked_example());
    let pair = about(&findings, "pair/1/A1-B1");
    let contrary: Vec<&str> = pair
        .evidence()
        .iter()
        .filter(|evidence| evidence.weight == Weight::Contrary)
        .map(|evidence| evidence.id.as_str())
        .collect();
    let a_is_wrong = ["A1.1.B1.1", "A1.1.B1.3", "A1.1.B1.4"];
    let b_is_wrong = ["B1.1.A1.2", "B1.1.A1.5"];
    assert_eq!(contrary, [&a_is_wrong[..], &b_is_wrong].concat());
    let negatives = pair.tables.iter().find(|table| table.name == "negative_cases");
    assert_eq!(negatives.expect("negative cases").rows.len(), 5);
}

#[test]
fn the_parties_can_change_places() {
    let swap = |name: &str| if name.starts_with('A') { "B1" } else { "A1" };
    let mut said = worked_example();
    for row in &mut said {
        row.attributed_to = row.attributed_to.as_deref().map(|of| swap(of).to_owned());
        row.speaker = swap(&row.speaker).to_owned();
    }
    let there = found(&["A1", "B1"], worked_example());
    let back = found(&["A1", "B1"], said);
    let (there, back) = (about(&there, "pair/1/A1-B1"), about(&back, "pair/1/A1-B1"));
    assert_eq!(classes(there, "_a"), classes(back, "_b"));
    assert_eq!(classes(there, "_b"), classes(back, "_a"));
    let names = |ends: [&str; 2]| {
        ["congruency", "accuracy"].map(|name| ends.map(|end| format!("{name}{end}"))).concat()
    };
    let of = |finding: &Finding, ends| {
        let names: Vec<String> = names(ends);
        numbers(finding, &names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(of(there, ["_a", "_b"]), of(back, ["_b", "_a"]));
}

#[test]
fn silence_and_conditions_are_no_denial() {
    let mut said = views("A1", 0, None, "1110~.");
    said.extend(views("B1", 0, None, "11~0.."));
    said.extend(views("A1", 1, Some("B1"), "111011"));
    let draft = || study(&["A1", "B1"], said.clone());
    let pair = |parameters: &Parameters| {
        let findings = outcome(draft(), parameters).expect("findings");
        let pair = about(&findings, "pair/1/A1-B1");
        assert_eq!(pair.template, "pair_one");
        numbers(pair, &["agreement", "congruency_a", "accuracy_a", "accuracy_b", "silent", "mixed"])
    };
    let default = Parameters::default();
    assert_eq!(pair(&default), ["3/3", "4/4", "3/3", "not available", "2", "2"]);
    let no = Parameters { silence: Silence::No, ..default };
    assert_eq!(pair(&no), ["4/4", "4/5", "3/5", "not available", "2", "2"]);
}

#[test]
fn few_items_give_counts_and_no_share() {
    let mut said = views("A1", 0, None, "10");
    said.extend(views("B1", 0, None, "11"));
    said.extend(views("A1", 1, Some("B1"), "10"));
    let findings = found(&["A1", "B1"], said);
    let pair = about(&findings, "pair/1/A1-B1");
    let names = ["agreement", "agreement_count", "agreement_items", "accuracy_count_a"];
    assert_eq!(numbers(pair, &names), ["not available", "1", "2", "1"]);
    assert!(pair.caveats.iter().any(|caveat| caveat.template == "few_items"));
    assert_eq!(numbers(about(&findings, "overall"), &["agreement"]), ["not available"]);
}

#[test]
fn a_role_of_several_people_is_taken_together() {
    let mut said = views("A1", 0, None, "111");
    said.extend(views("B1", 0, None, "100"));
    said.extend(views("B1b", 0, None, "010"));
    said.extend(views("A1", 1, Some("B"), "111"));
    let findings = found(&["A1", "B1", "B1b"], said);
    let pair = about(&findings, "pair/1/A1-B");
    assert_eq!(numbers(pair, &["agreement", "accuracy_a"]), ["2/3", "2/3"]);
    assert_eq!(pair.values["b"], Value::Role("B".to_owned()));
    assert_eq!(numbers(about(&findings, "overall"), &["unpaired"]), ["1"]);
}

#[test]
fn what_two_people_claim_for_themselves_is_no_agreement() {
    let duty =
        |id: &str, speaker: &str, bearer: &str, perspective: u8, of: Option<&str>| StatementRow {
            id: id.into(),
            speaker: speaker.into(),
            code: "k0".into(),
            modality: Modality::Duty,
            bearer: Some(bearer.into()),
            perspective,
            attributed_to: of.map(str::to_owned),
            ..StatementRow::default()
        };
    let said = vec![
        duty("s1", "A1", "self", 0, None),
        duty("s2", "B1", "self", 0, None),
        // A thinks that B thinks that A ought to, and B does think so.
        duty("s3", "A1", "self", 1, Some("B1")),
        duty("s4", "B1", "A", 0, None),
    ];
    let findings = found(&["A1", "B1"], said);
    let pair = about(&findings, "pair/1/A1-B1");
    let names = ["agreement_count", "agreement_items", "congruency_count_a", "accuracy_count_a"];
    assert_eq!(numbers(pair, &names), ["1", "1", "1", "1"]);
}

#[test]
fn who_thinks_that_another_thinks_that_they_think_so() {
    let mut said = worked_example();
    // B takes A to think 111100; A is right about that on the first four.
    said.extend(views("A1", 2, Some("B1"), "111111"));
    let findings = found(&["A1", "B1"], said);
    let pair = about(&findings, "pair/1/A1-B1");
    assert_eq!(numbers(pair, &["felt_understood_a", "realisation_a"]), ["4/6", "4/6"]);
    assert!(pair.measures.iter().all(|measure| measure.name != "realisation_b"));
    assert_eq!(pair.tables[0].columns[7], Value::Text("A1 → B1 → A1".to_owned()));
}

#[test]
fn roles_are_compared_by_the_mean_of_their_pairs() {
    let mut said = worked_example();
    said.extend(views("A2", 0, None, "111"));
    said.extend(views("B2", 0, None, "111"));
    said.extend(views("A2", 1, Some("B2"), "110"));
    let findings = found(&["A1", "B1", "A2", "B2"], said);
    let roles = about(&findings, "roles/A-B");
    let names = ["pairs", "agreement", "accuracy_a", "accuracy_b", "accuracy_count_a"];
    // (4/6 + 3/3) / 2, (3/6 + 2/3) / 2, and B of the first pair alone.
    assert_eq!(numbers(roles, &names), ["2", "5/6", "7/12", "2/3", "5"]);
}

/// One pair with three items, all agreed; two with one item, disagreed.
#[test]
fn a_mean_says_on_how_many_pairs_it_rests() {
    let mut said = Vec::new();
    for (a, b, own, other) in
        [("A1", "B1", "111", "111"), ("A2", "B2", "1", "0"), ("A3", "B3", "1", "0")]
    {
        said.extend(views(a, 0, None, own));
        said.extend(views(b, 0, None, other));
        said.extend(views(a, 1, Some(b), own));
        said.extend(views(b, 1, Some(a), own));
    }
    let findings = found(&["A1", "B1", "A2", "B2", "A3", "B3"], said);
    let roles = about(&findings, "roles/A-B");
    assert_eq!(roles.template, "roles");
    let names = ["agreement", "agreement_pairs", "pairs", "accuracy_pairs_a", "accuracy_pairs_b"];
    assert_eq!(numbers(roles, &names), ["1/1", "1", "3", "1", "1"]);
    assert!(
        matches!(&roles.values["agreed"], Value::Number(agreed) if agreed.to_string() == "3/5")
    );
    let overall = about(&findings, "overall");
    assert_eq!(overall.template, "overall");
    let names = ["agreement_pairs", "congruency_sides", "accuracy_sides", "perceiving"];
    assert_eq!(numbers(overall, &names), ["1", "2", "2", "6"]);
}

#[test]
fn where_no_mean_can_be_given_the_sentence_has_none() {
    let few = |who: &str, of: &str| {
        [views(who, 0, None, "1"), views(of, 0, None, "1"), views(who, 1, Some(of), "1")].concat()
    };
    let people = ["A1", "B1", "A2", "B2"];
    let one_sided = found(&people, [few("A1", "B1"), few("A2", "B2")].concat());
    assert_eq!(about(&one_sided, "overall").template, "overall_counts");
    assert_eq!(about(&one_sided, "roles/A-B").template, "roles_counts_one_sided");
    let both = found(&people, [few("A1", "B1"), few("B2", "A2")].concat());
    assert_eq!(about(&both, "roles/A-B").template, "roles_counts");
    let same = found(&["A1", "A1b", "A2", "A2b"], [few("A1", "A1b"), few("A2", "A2b")].concat());
    assert_eq!(about(&same, "roles/A-A").template, "roles_same_counts");
    let enough = |who: &str, of: &str| {
        [views(who, 0, None, "111"), views(of, 0, None, "110"), views(who, 1, Some(of), "111")]
            .concat()
    };
    let one_sided = found(&people, [enough("B1", "A1"), enough("B2", "A2")].concat());
    let roles = about(&one_sided, "roles/A-B");
    assert_eq!(roles.template, "roles_one_sided");
    assert_eq!(roles.values["perceiver"], Value::Role("B".to_owned()));
}

/// B together thinks so by `any`, although B1b denies it.
#[test]
fn what_a_member_says_against_their_group_is_contrary() {
    let mut said = views("A1", 0, None, "1");
    said.extend(views("A1", 1, Some("B"), "1"));
    said.extend(views("B1", 0, None, "1"));
    said.extend(views("B1b", 0, None, "0"));
    let findings = found(&["A1", "B1", "B1b"], said);
    for path in ["pair/1/A1-B", "roles/A-B", "overall"] {
        let finding = about(&findings, path);
        assert!(finding.evidence().contains(&Evidence::statement("B1b.0.own.0", Weight::Contrary)));
        assert!(
            finding.evidence().contains(&Evidence::statement("B1.0.own.0", Weight::Supporting))
        );
        let group = finding.caveats.iter().find(|caveat| caveat.template == "group");
        let against = &group.expect("a group").values["against"];
        assert_eq!(against, &Value::Names(vec!["B1b".to_owned()]), "{path}");
    }
}

#[test]
fn people_without_a_case_are_said_to_have_none() {
    let mut draft = study(&["A1", "B1"], worked_example());
    let has = |findings: &[Finding]| {
        let roles = about(findings, "roles/A-B");
        roles.caveats.iter().any(|caveat| caveat.template == "without_case")
    };
    assert!(!has(&found(&["A1", "B1"], worked_example())));
    for person in &mut draft.participants {
        person.case = None;
    }
    assert!(has(&outcome(draft, &Parameters::default()).expect("findings")));
}

#[test]
fn what_leads_to_nobody_is_counted() {
    let mut said = worked_example();
    said.extend(views("A1", 1, Some("A"), "1"));
    said.extend(views("A1", 1, Some("B2"), "11"));
    let findings = found(&["A1", "B1", "B2"], said);
    assert_eq!(numbers(about(&findings, "overall"), &["vacant", "elsewhere"]), ["1", "2"]);
}

#[test]
fn what_cannot_be_compared_says_why() {
    let reason = |said: Vec<StatementRow>, below: &str| {
        let parameters = Parameters { below: below.into(), ..Parameters::default() };
        outcome(study(&["A1", "B1"], said), &parameters).expect_err("not available").to_string()
    };
    let own = [views("A1", 0, None, "11"), views("B1", 0, None, "11")].concat();
    let reasons = [
        reason(own, ""),
        reason(views("A1", 1, Some("B1"), "111"), ""),
        reason(worked_example(), "k9"),
    ];
    insta::assert_snapshot!(reasons.join("\n"), @"
    no statement says what somebody thinks that another thinks, so congruency and accuracy cannot be computed and are not imputed; it would take statements of perspective 1 that name in `attributed_to` whose view is perceived
    of no perceived view is it known what the one who perceives or the one perceived thinks, so nothing can be compared
    the code that `below` names is not in the codebook
    ");
}
