//! Do accepted findings change only when the findings do, and is every change said?

use parallax_engine::accept::{Accepted, Difference, accepted, compare, read, text};
use parallax_model::FindingsDocument;
use parallax_model::number::nine_digits;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// One finding as `findings.json` has it.
fn finding(about: &str, share: f64, statements: &[&str]) -> Json {
    let number = json!({ "kind": "decimal", "value": share, "rule": "mean of pairs" });
    let written = format!("{share:.2}");
    let items: Vec<Json> = statements
        .iter()
        .map(|id| json!({ "kind": "statement", "id": id, "weight": "supporting" }))
        .collect();
    json!({
        "id": format!("own/{about}"), "analysis": "own", "template": "share",
        "title": format!("Share of {about}"), "sentence": format!("The share is {written}."),
        "values": { "whose": { "kind": "role", "id": about, "text": about } },
        "measures": [
            { "name": "share", "label": "share", "number": number, "text": written },
            { "name": "n", "label": "people", "number": { "kind": "count", "value": 7 }, "text": "7" },
        ],
        "tables": [{
            "name": "by_role", "title": "By role",
            "columns": [{ "kind": "word", "id": "role", "text": "role" },
                        { "kind": "word", "id": "share", "text": "share" }],
            "rows": [[{ "kind": "role", "id": about, "text": about },
                      { "kind": "number", "number": number, "text": written }]],
        }],
        "figures": [],
        "caveats": [{ "name": "few", "text": format!("Of few people, {written}.") }],
        "research_questions": ["RQ2", "RQ1"],
        "basis": { "kind": "evidence", "items": items },
    })
}

fn document(findings: &[Json]) -> FindingsDocument {
    serde_json::from_value(json!({
        "format": 1,
        "study": { "id": "s", "title": "T", "language": "en", "citation": null, "questions": [],
            "counts": { "participants": 1, "roles": 1, "cases": 0, "sources": 0, "codes": 1,
                "statements": 1, "excerpts": 0, "constraints": 0 } },
        "reading": { "mapping": "report", "default": true, "why": "", "included": 1, "excluded": 0,
            "roles": [], "alternatives": [] },
        "analyses": [
            { "id": "own", "version": "1.0.0", "kind": "script", "title": "T", "question": "Q?",
              "method": "M", "parameters": { "least": 2, "below": "" },
              "outcome": { "kind": "found", "findings": findings.len() } },
            { "id": "other", "version": "1.0.0", "kind": "script", "title": "T", "question": "Q?",
              "method": "M", "parameters": {}, "outcome": { "kind": "failed", "reason": "no" } },
        ],
        "findings": findings,
        "problems": { "errors": 0, "warnings": 3 },
    }))
    .expect("is a document")
}

fn own(findings: &[Json]) -> Accepted {
    accepted(&document(findings), "own").expect("ran")
}

/// What is said of the difference between two sets of findings.
fn said(was: &[Json], is: &[Json]) -> Vec<String> {
    compare(&own(was), &own(is)).iter().map(ToString::to_string).collect()
}

#[test]
fn the_file_is_written_as_it_was_agreed() {
    let mut file = own(&[finding("L", 0.5, &["s2"]), finding("C", 1.0 / 3.0, &["s9", "s1"])]);
    file.parameters.insert("edge".into(), json!(-0.0));
    insta::assert_snapshot!(file.to_json());
    assert_eq!(read(file.to_json().as_bytes()).as_ref(), Ok(&file));
}

#[test]
fn a_failure_and_an_unknown_analysis_are_nothing_to_accept() {
    assert_eq!(accepted(&document(&[]), "other"), None);
    assert_eq!(accepted(&document(&[]), "unknown"), None);
}

#[test]
fn a_value_that_is_no_number_is_written_with_its_reason() {
    let mut findings = document(&[finding("C", 0.5, &["s1"])]);
    findings.findings[0].measures[0].number =
        parallax_model::Number::Decimal { value: f64::NAN, rule: "mean".into() };
    let file = accepted(&findings, "own").expect("can be written").to_json();
    assert!(file.contains("\"kind\":\"not_available\""), "{file}");
    assert!(read(file.as_bytes()).is_ok());
}

#[test]
fn every_difference_speaks_of_its_meaning() {
    let was = [finding("C", 0.5, &["s1", "s2"]), finding("L", 0.25, &["s3"])];
    let mut changed = finding("C", 0.75, &["s2", "s7"]);
    changed["basis"]["items"][0]["weight"] = json!("contrary");
    changed["caveats"][0]["name"] = json!("other");
    let is = [changed, finding("S", 1.0, &["s4"])];
    insta::assert_snapshot!(said(&was, &is).join("\n"));
}

#[test]
fn rows_reasons_parameters_and_outcomes_are_told_apart() {
    let was = finding("C", 0.5, &["s1"]);
    let mut is = was.clone();
    let row = is["tables"][0]["rows"][0].clone();
    is["tables"][0]["rows"][0][0]["id"] = json!("L");
    is["tables"][0]["rows"][0][0]["text"] = json!("teacher");
    is["tables"][0]["rows"].as_array_mut().expect("rows").push(row);
    is["basis"] = json!({ "kind": "none", "reason": "nobody was asked" });
    let mut now = document(&[is]);
    now.analyses[0].parameters = json!({ "least": 3, "most": 9 }).as_object().expect("map").clone();
    now.reading.mapping = "titles-apart".into();
    let now = accepted(&now, "own").expect("ran");
    let mut none = document(&[]);
    none.analyses[0].outcome = serde_json::from_value(
        json!({ "kind": "not_available", "reason": "nobody speaks of others" }),
    )
    .expect("an outcome");
    let none = accepted(&none, "own").expect("ran");
    let both = [compare(&own(std::slice::from_ref(&was)), &now), compare(&own(&[was]), &none)];
    let both: Vec<String> = both.iter().flatten().map(ToString::to_string).collect();
    insta::assert_snapshot!(both.join("\n"));
}

#[test]
fn a_fraction_that_is_counted_otherwise_is_a_change() {
    let fraction = |part: i64, whole: i64| {
        let mut finding = finding("C", 0.5, &["s1"]);
        finding["measures"][0]["number"] =
            json!({ "kind": "fraction", "numerator": part, "denominator": whole });
        finding["measures"][0]["text"] = json!(format!("{part}/{whole}"));
        finding
    };
    assert_eq!(said(&[fraction(2, 4)], &[fraction(1, 2)]), ["~ own/C\n    share: 2/4 → 1/2"]);
}

#[test]
fn the_text_shows_the_lines_that_differ() {
    let (was, is) = (own(&[finding("C", 0.5, &["s1"])]), own(&[finding("C", 0.5, &["s2"])]));
    let text = text(&was, &is);
    assert!(text.starts_with("--- accepted\n+++ now\n"), "{text}");
    let evidence = |id: &str| format!("{{\"id\":\"{id}\",\"kind\":\"statement\"");
    let changed = |mark: char, id: &str| {
        text.lines().any(|line| line.starts_with(mark) && line.contains(&evidence(id)))
    };
    assert!(changed('-', "s1") && changed('+', "s2"), "{text}");
    assert_eq!(parallax_engine::accept::text(&was, &was), "");
}

#[test]
fn what_is_no_accepted_file_says_where_and_why() {
    let whole = own(&[finding("C", 0.5, &["s1"])]).to_json();
    let newer = whole.replace("\"format\": 1", "\"format\": 2");
    let fault = |text: &str| read(text.as_bytes()).expect_err("is refused").to_string();
    let faults = [
        fault(""),
        fault(&whole[..whole.len() / 2]),
        fault(&whole.replacen(": ", "= ", 1)),
        fault("<<<<<<< HEAD\n{}"),
        fault(&document(&[]).to_json()),
        fault("[]"),
        fault(&newer),
    ];
    insta::assert_snapshot!(faults.join("\n"));
    let marked = [b"\xef\xbb\xbf".as_slice(), whole.replace('\n', "\r\n").as_bytes()].concat();
    assert_eq!(read(&marked).map(|file| file.to_json()), Ok(whole));
}

/// Findings about different roles, in any order.
fn findings() -> impl Strategy<Value = Vec<Json>> {
    let value = prop_oneof![-1e6..1e6, Just(0.0), Just(-0.0), 0.0..1.0, 1e-300..1e-290];
    let one = (0..6_u8, value, prop::collection::vec("s[0-9]", 1..4));
    prop::collection::btree_map(0..6_u8, one, 0..5).prop_map(|many| {
        let each = many.into_iter().map(|(role, (_, value, ids))| {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            finding(&format!("R{role}"), nine_digits(value), &ids)
        });
        each.collect()
    })
}

/// The same findings as another machine might compute them.
fn elsewhere(findings: &[Json], step: f64) -> Vec<Json> {
    let mut findings = findings.to_vec();
    for finding in &mut findings {
        let value = finding["measures"][0]["number"]["value"].as_f64().expect("a number");
        let other = nine_digits(value * (1.0 + step));
        let written = json!(format!("{other:.2}"));
        let number = json!({ "kind": "decimal", "value": other, "rule": "mean of pairs" });
        finding["sentence"] = json!(format!("The share is {other:.2}."));
        finding["caveats"][0]["text"] = json!(format!("Of few people, {other:.2}."));
        finding["measures"][0]["number"] = number.clone();
        finding["measures"][0]["text"] = written.clone();
        finding["tables"][0]["rows"][0][1]["number"] = number;
        finding["tables"][0]["rows"][0][1]["text"] = written;
    }
    findings
}

proptest! {
    #[test]
    fn the_order_of_findings_does_not_matter(findings in findings(), turn in 0..5_usize) {
        let mut turned = findings.clone();
        turned.rotate_left(turn.min(findings.len()));
        for finding in &mut turned {
            for records in ["measures", "caveats", "research_questions"] {
                finding[records].as_array_mut().expect("a list").reverse();
            }
            finding["basis"]["items"].as_array_mut().expect("a list").reverse();
        }
        prop_assert_eq!(own(&findings).to_json(), own(&turned).to_json());
    }

    #[test]
    fn what_was_just_accepted_does_not_differ(findings in findings()) {
        let now = own(&findings);
        let accepted = read(now.to_json().as_bytes()).expect("is what was written");
        prop_assert_eq!(compare(&accepted, &now), Vec::<Difference>::new());
        prop_assert_eq!(accepted.to_json(), now.to_json());
    }

    #[test]
    fn last_digits_that_differ_change_no_byte(findings in findings(), step in -9e-10..9e-10) {
        let accepted = own(&findings);
        let now = own(&elsewhere(&findings, step));
        prop_assert_eq!(compare(&accepted, &now), Vec::<Difference>::new());
        prop_assert_eq!(now.in_digits_of(&accepted).to_json(), accepted.to_json());
    }

    #[test]
    fn differences_are_said_exactly_when_the_bytes_differ(was in findings(), is in findings()) {
        let (was, is) = (own(&was), own(&is));
        let same = is.clone().in_digits_of(&was).to_json() == was.to_json();
        prop_assert_eq!(compare(&was, &is).is_empty(), same);
        prop_assert_eq!(text(&was, &is).is_empty(), same);
    }
}
