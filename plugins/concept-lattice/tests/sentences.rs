//! Do the sentences say what is unknown as unknown, and how much is left out?

use std::sync::atomic::AtomicBool;

use concept_lattice::ENTRY;
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_plugin::model::row::{
    CodeRow, CoverageRow, CoverageStatus, ParticipantRow, StatementRow,
};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Outcome, Settings, StudyDraft};
use parallax_plugin::prelude::*;
use serde_json::{Map, Value as Json};

/// What each of several people says of the codes A, B, C, …: `+` claims it, `.` is silent, `?` is
/// not known to have been asked.
fn study(rows: &[&str]) -> StudyDraft {
    let code = |at: usize| char::from(b'A' + u8::try_from(at).expect("few")).to_string();
    let cells = || {
        rows.iter().enumerate().flat_map(|(unit, row)| {
            row.chars().enumerate().map(move |(at, sign)| (format!("u{}", unit + 1), at, sign))
        })
    };
    let statements = cells().filter(|(_, _, sign)| *sign == '+').map(|(who, at, _)| StatementRow {
        id: format!("{who}-{at}"),
        speaker: who,
        code: code(at),
        modality: Modality::Duty,
        bearer: Some("self".into()),
        ..StatementRow::default()
    });
    let coverage = cells().filter(|(_, _, sign)| *sign == '?').map(|(who, at, _)| CoverageRow {
        participant: who,
        code: Some(code(at)),
        prompt: None,
        bearer: None,
        status: CoverageStatus::Unknown,
        note: None,
    });
    let people = (1..=rows.len()).map(|unit| ParticipantRow {
        id: format!("u{unit}"),
        case: Some(format!("c{unit}")),
        title: Some("R".into()),
        ..ParticipantRow::default()
    });
    StudyDraft {
        settings: Settings {
            title: "Sentences".into(),
            roles: vec![Role { id: "R".into(), ..Role::default() }],
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        participants: people.collect(),
        codes: (0..rows[0].len())
            .map(|at| CodeRow { id: code(at), ..CodeRow::default() })
            .collect(),
        statements: statements.collect(),
        coverage: coverage.collect(),
        ..StudyDraft::default()
    }
}

/// What the program finds with these parameters; it refuses findings that it could not word.
fn found(rows: &[&str], parameters: &[(&str, u64)]) -> Vec<Finding> {
    found_in(study(rows), parameters)
}

fn found_in(draft: StudyDraft, parameters: &[(&str, u64)]) -> Vec<Finding> {
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(NativeAnalysis::linked(ENTRY).expect("agrees"))).expect("holds");
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let chosen: Map<String, Json> =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), Json::from(*value))).collect();
    let analysis = shelf.get("concept-lattice").expect("stands on the shelf");
    match analysis.run(&reading, &chosen, 0, &AtomicBool::new(false)).outcome {
        Outcome::Found(findings) => findings,
        other => panic!("{other:?}"),
    }
}

fn about<'f>(findings: &'f [Finding], path: &str) -> &'f Finding {
    findings.iter().find(|finding| finding.about == path).unwrap_or_else(|| {
        let paths: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
        panic!("no {path} among {paths:?}")
    })
}

fn number(finding: &Finding, name: &str) -> String {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
}

fn has(finding: &Finding, caveat: &str) -> bool {
    finding.caveats.iter().any(|known| known.template == caveat)
}

fn names(ids: &[&str]) -> Value {
    Value::Names(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn overall_rules(findings: &[Finding]) -> String {
    match &about(findings, "overall").values["rules"] {
        Value::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

/// u2 claims B, and nobody knows whether u2 claims A: u1 need not be the only one who does.
#[test]
fn who_may_claim_the_left_is_not_said_to_leave_it() {
    let findings = found(&["++", "?+", ".+", ".."], &[]);
    let rule = about(&findings, "implication/A=>B");
    assert_eq!(rule.template, "implication_one_known");
    assert_eq!(rule.values["maybe"], names(&["u2"]));
    assert_eq!(overall_rules(&findings), "A → B (1–2)");
    let two = found(&["++", "++", "?+", ".."], &[]);
    assert_eq!(about(&two, "implication/A=>B").template, "implication_known");
    let known = found(&["++", ".+", ".+", ".."], &[("least_units", 1)]);
    assert_eq!(about(&known, "implication/A=>B").template, "implication_one");
}

/// A + B → C has no exception in any world; for C → A + B it matters what is unknown of u1.
#[test]
fn a_rule_that_only_may_have_support_says_what_it_depends_on() {
    let findings = found(&["+?+", "+..", ".+.", "..."], &[("least_units", 1)]);
    let sure = about(&findings, "implication/A+B=>C");
    assert_eq!(sure.template, "implication_none_known");
    assert_eq!(sure.values["maybe"], names(&["u1"]));
    assert!(!has(sure, "undecided"));
    let open = about(&findings, "implication/C=>A+B");
    assert_eq!(open.template, "implication_possible");
    assert_eq!(open.values["open"], names(&["u1"]));
}

#[test]
fn a_rule_without_a_condition_has_a_wording_of_its_own() {
    let open = found(&["+?", "?+"], &[]);
    let rule = about(&open, "implication/=>A+B");
    assert_eq!(rule.template, "everybody_possible");
    assert_eq!(overall_rules(&open), "∅ → A + B (0–2)");
    assert!(has(about(&open, "overall"), "empty_left"));
    let known = found(&["++", "+.", "+."], &[]);
    assert_eq!(overall_rules(&known), "∅ → A (3)");
}

/// A and B each have two units, C and D one; no two go together.
#[test]
fn what_has_no_finding_of_its_own_is_counted_and_stands_in_the_table() {
    let rows = ["+...", "+...", ".+..", ".+..", "..+.", "...+"];
    let paths = |parameters: &[(&str, u64)]| -> Vec<String> {
        let findings = found(&rows, parameters);
        let concepts = findings.iter().filter_map(|one| one.about.strip_prefix("concept/"));
        concepts.map(str::to_owned).collect()
    };
    assert_eq!(paths(&[]), ["A", "B", "nothing"]);
    assert_eq!(paths(&[("least_units", 0)]), ["A", "B", "C", "D", "everything", "nothing"]);
    assert_eq!(paths(&[("most_findings", 2)]), ["A", "nothing"], "ties by path");
    let findings = found(&rows, &[]);
    let overall = about(&findings, "overall");
    assert_eq!(number(overall, "concepts"), "6");
    assert_eq!(number(overall, "bundles_not_apart"), "3");
    assert_eq!(number(overall, "rules_not_apart"), "0");
    assert!(has(overall, "not_apart"));
    let bundles = overall.tables.iter().find(|table| table.name == "bundles").expect("a table");
    assert_eq!(bundles.rows.len(), 6);
    let all = found(&rows, &[("least_units", 0)]);
    assert!(!has(about(&all, "overall"), "not_apart"));
}

/// Ten codes and every bundle of nine of them: each of the 1,024 bundles is a concept.
#[test]
fn what_the_table_leaves_out_is_counted() {
    let rows: Vec<String> = (0..10)
        .map(|unit| (0..10).map(|code| if code == unit { '.' } else { '+' }).collect())
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let findings = found(&rows, &[]);
    let overall = about(&findings, "overall");
    assert_eq!(number(overall, "concepts"), "1024");
    assert_eq!(number(overall, "bundles_not_listed"), "24");
    assert_eq!(number(overall, "bundles_not_apart"), "974");
    assert!(has(overall, "tables_cut"));
    assert_eq!(findings.len(), 51);
}

#[test]
fn a_codebook_in_another_order_numbers_no_bundle_anew() {
    let mut draft = study(&["+..", ".+.", "..+"]);
    draft.codes.reverse();
    let intents = |findings: &[Finding]| -> Vec<Value> {
        let tables = &about(findings, "overall").tables;
        let bundles = tables.iter().find(|table| table.name == "bundles").expect("a table");
        bundles.rows[..4].iter().map(|row| row[1].clone()).collect()
    };
    let expected = [names(&[]), names(&["A"]), names(&["B"]), names(&["C"])];
    assert_eq!(intents(&found_in(draft, &[])), expected);
}
