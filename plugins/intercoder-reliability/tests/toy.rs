//! Do studies small enough to work out by hand give the numbers, and does what cannot be compared
//! say why?

#[path = "toy/small.rs"]
mod small;

use intercoder_reliability::{Parameters, Uncoded, UnitChoice, analyse};
use parallax_plugin::model::StudyDraft;
use parallax_plugin::model::row::{ExcerptRow, StatementRow};
use parallax_plugin::prelude::*;
use small::{about, analysed, says, study};

/// A coder gives a code to each excerpt at which `line` has a 1.
fn letters(coder: &str, line: &str, code: &str) -> Vec<StatementRow> {
    let ones = line.char_indices().filter(|&(_, letter)| letter == '1');
    ones.map(|(at, _)| says(coder, at, code)).collect()
}

fn found(draft: StudyDraft, parameters: &Parameters) -> Vec<Finding> {
    analysed(draft, parameters).expect("findings")
}

/// Why there are no findings.
fn refusal(draft: StudyDraft, parameters: &Parameters) -> String {
    analysed(draft, parameters).expect_err("refused").to_string()
}

fn number(finding: &Finding, name: &str) -> String {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
}

fn numbers(finding: &Finding, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| number(finding, name)).collect()
}

fn counting() -> Parameters {
    Parameters { uncoded: Uncoded::Count, ..Parameters::default() }
}

/// Theory D9, oracle 1, as codings of ten excerpts of which both coders leave four alone.
fn ten() -> Vec<StatementRow> {
    let mut statements = letters("ann", "1111100000", "k1");
    statements.extend(letters("bo", "1110100001", "k1"));
    statements
}

const COEFFICIENTS: [&str; 6] = ["percent", "cohen", "fleiss", "ac1", "alpha", "pabak"];

#[test]
fn ten_excerpts_of_two_coders_give_the_numbers_of_the_theory() {
    let findings = found(study(10, ten()), &counting());
    let code = about(&findings, "code/k1");
    assert_eq!(numbers(code, &COEFFICIENTS), ["8/10", "3/5", "3/5", "3/5", "31/50", "3/5"]);
    assert_eq!(numbers(code, &["given_by_all", "given_by_some", "given_by_none"]), ["4", "2", "4"]);
    // With one code, everything together is the same.
    let overall = about(&findings, "overall");
    assert_eq!(numbers(overall, &COEFFICIENTS), numbers(code, &COEFFICIENTS));
}

#[test]
fn how_much_uncoded_units_change_the_number_stands_with_it() {
    let left_out = found(study(10, ten()), &Parameters::default());
    let code = about(&left_out, "code/k1");
    assert_eq!(numbers(code, &["units", "uncoded_units"]), ["6", "4"]);
    // 4 of 6 agree; α = 1 - 11 · 2 · 2 / 2 / (10 · 2) = -1/10.
    assert_eq!(
        numbers(code, &["percent", "alpha", "alpha_other", "alpha_change"]),
        ["4/6", "-1/10", "31/50", "18/25"]
    );
    assert_eq!(about(&left_out, "overall").template, "overall_uncoded_left_out");
    let counted = found(study(10, ten()), &counting());
    let code = about(&counted, "code/k1");
    assert_eq!(
        numbers(code, &["alpha", "alpha_other", "alpha_change"]),
        ["31/50", "-1/10", "-18/25"]
    );
    assert_eq!(about(&counted, "overall").template, "overall_uncoded_counted");
}

/// Theory D9, oracle 2: 118 excerpts with the code of both, 5 of one, 2 of the other.
#[test]
fn the_paradox_is_worded_as_one() {
    let ones = |from: usize, to: usize| -> String {
        (0..125).map(|at| if (from..to).contains(&at) { '1' } else { '0' }).collect()
    };
    let mut statements = letters("ann", &ones(0, 123), "k1");
    let bo = format!("{}{}", ones(0, 118).split_at(123).0, "11");
    statements.extend(letters("bo", &bo, "k1"));
    let findings = found(study(125, statements), &Parameters::default());
    let code = about(&findings, "code/k1");
    assert_eq!(code.template, "code_paradox");
    assert!(code.caveats.iter().any(|caveat| caveat.template == "paradox"));
    let nine = |name: &str| {
        let measure = code.measures.iter().find(|measure| measure.name == name);
        match &measure.expect("a measure").number {
            Number::Ratio(fraction) | Number::Fraction(fraction) => {
                format!("{:.7}", fraction.to_f64())
            }
            other => panic!("{other}"),
        }
    };
    let shown = ["percent", "cohen", "alpha", "ac1"].map(nine);
    assert_eq!(shown, ["0.9440000", "-0.0233918", "-0.0246914", "0.9407763"]);
    assert_eq!(numbers(code, &["prevalence", "bias_index"]), ["243/250", "3/125"]);
}

/// Theory D9, oracle 3: four coders, twelve units, gaps; here as answers on a scale.
#[test]
fn values_of_four_coders_are_compared_in_order_and_by_distance() {
    let lines = [
        ("ann", "123321412..."),
        ("bo", "1233224125.3"),
        ("cy", ".3332342251."),
        ("di", "12332441251."),
    ];
    let statements = lines.iter().flat_map(|&(coder, line)| {
        line.char_indices().filter_map(move |(at, value)| {
            let value = f64::from(value.to_digit(10)?);
            Some(StatementRow { value: Some(value), ..says(coder, at, "k1") })
        })
    });
    let findings = found(study(12, statements.collect()), &Parameters::default());
    let value = about(&findings, "field/value");
    assert_eq!(
        numbers(value, &["comparisons", "alpha_ordinal", "alpha_interval"]),
        ["11", "108577/133160", "951/1120"]
    );
    let overall = about(&findings, "overall");
    assert!(overall.tables.iter().any(|table| table.name == "pairs" && table.rows.len() == 6));
    assert_eq!(number(overall, "cohen"), "not available");
}

#[test]
fn one_code_given_twice_counts_once() {
    let mut statements = ten();
    statements.push(StatementRow { id: "again".into(), ..says("bo", 0, "k1") });
    let findings = found(study(10, statements), &counting());
    let overall = about(&findings, "overall");
    assert_eq!(numbers(overall, &["self_overlaps", "alpha"]), ["1", "31/50"]);
    assert!(overall.caveats.iter().any(|caveat| caveat.template == "self_overlap"));
}

#[test]
fn who_coded_without_a_name_is_left_out_and_counted() {
    let mut statements = ten();
    statements.push(StatementRow { id: "whose".into(), coder: None, ..says("ann", 7, "k2") });
    let findings = found(study(10, statements), &counting());
    let overall = about(&findings, "overall");
    assert_eq!(numbers(overall, &["statements_unnamed", "codes_compared"]), ["1", "1"]);
    assert_eq!(number(overall, "alpha"), "31/50");
    assert!(overall.caveats.iter().any(|caveat| caveat.template == "unnamed_coder"));
}

#[test]
fn a_coder_with_several_values_is_left_out_of_that_field() {
    let duty = |coder: &str, at, id: &str, modality| StatementRow {
        id: id.into(),
        modality,
        bearer: Some("self".into()),
        ..says(coder, at, "k1")
    };
    let statements = vec![
        duty("ann", 0, "a0", Modality::Duty),
        duty("bo", 0, "b0", Modality::Duty),
        duty("bo", 0, "b1", Modality::Enact),
        duty("ann", 1, "a1", Modality::Duty),
        StatementRow { bearer: Some("p1".into()), ..duty("bo", 1, "b2", Modality::Enact) },
    ];
    let findings = found(study(2, statements), &Parameters::default());
    let modality = about(&findings, "field/modality");
    assert_eq!(
        numbers(modality, &["comparisons", "comparisons_left_out", "several", "percent"]),
        ["1", "1", "1", "0/1"]
    );
    // Who is named and speaks is the same as self.
    assert_eq!(number(about(&findings, "field/bearer"), "percent"), "2/2");
    assert_eq!(about(&findings, "field/bearer").template, "field_undefined");
    assert!(!findings.iter().any(|finding| finding.about == "field/counterparty"));
    let contrary = modality.evidence().iter().filter(|item| item.weight == Weight::Contrary);
    assert_eq!(contrary.map(|item| item.id.as_str()).collect::<Vec<_>>(), ["a1", "b2"]);
}

#[test]
fn all_alike_leaves_chance_nothing_to_do() {
    let mut statements = letters("ann", "111", "k1");
    statements.extend(letters("bo", "111", "k1"));
    let findings = found(study(3, statements), &Parameters::default());
    let code = about(&findings, "code/k1");
    assert_eq!(code.template, "code_undefined");
    assert_eq!(numbers(code, &["percent", "ac1", "alpha"]), ["3/3", "1/1", "not available"]);
    assert_eq!(about(&findings, "overall").template, "overall_undefined_all_coded");
}

#[test]
fn the_list_of_disagreements_begins_with_the_worst_and_says_what_it_leaves_out() {
    let mut statements = ten();
    let duty = |coder: &str, modality, bearer: &str| StatementRow {
        id: format!("{coder}-far"),
        modality,
        bearer: Some(bearer.into()),
        ..says(coder, 9, "k2")
    };
    statements.push(duty("ann", Modality::Duty, "self"));
    statements.push(duty("bo", Modality::Right, "R"));
    let parameters = Parameters { most_rows: 3, ..Parameters::default() };
    let findings = found(study(10, statements), &parameters);
    let overall = about(&findings, "overall");
    assert_eq!(numbers(overall, &["disagreements_all", "disagreements_not_listed"]), ["4", "1"]);
    let table =
        overall.tables.iter().find(|table| table.name == "disagreements").expect("is there");
    let row = |at: usize| format!("{:?}", &table.rows[at][2..]);
    assert!(row(0).contains("k2") && row(0).contains("duty") && row(0).contains("right"));
    assert!(row(1).contains("bearer") && row(1).contains("Role(\"R\")"), "{}", row(1));
    assert!(row(2).contains("k1") && row(2).contains("not_given"), "{}", row(2));
}

#[test]
fn who_did_not_code_a_source_is_missing_there_and_not_apart() {
    let mut statements = ten();
    let in_other = |coder: &str, id: &str| StatementRow {
        id: id.into(),
        source: Some("i2".into()),
        speaker: "p2".into(),
        excerpt: Some("f0".into()),
        ..says(coder, 0, "k1")
    };
    statements.extend([in_other("bo", "b-i2"), in_other("cy", "c-i2")]);
    let mut draft = study(10, statements);
    draft.excerpts.push(ExcerptRow {
        id: "f0".into(),
        source: Some("i2".into()),
        ..ExcerptRow::default()
    });
    let findings = found(draft, &counting());
    let overall = about(&findings, "overall");
    assert_eq!(numbers(overall, &["coders_compared", "sources_compared"]), ["3", "2"]);
    let code = about(&findings, "code/k1");
    assert_eq!(numbers(code, &["units", "given_by_all", "given_by_some"]), ["11", "5", "2"]);
    assert_eq!(number(code, "percent"), "9/11");
}

#[test]
fn speakers_are_the_units_where_statements_name_no_excerpt() {
    let plain = |statement: StatementRow| StatementRow { excerpt: None, ..statement };
    let findings = found(study(10, ten().into_iter().map(plain).collect()), &Parameters::default());
    let overall = about(&findings, "overall");
    assert_eq!(numbers(overall, &["units_compared", "statements_left_out"]), ["1", "0"]);
    let excerpts = Parameters { unit: UnitChoice::Excerpt, ..Parameters::default() };
    let none = refusal(study(10, ten().into_iter().map(plain).collect()), &excerpts);
    assert_eq!(none, "no_excerpt_shared");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let other_source = |statement: StatementRow| StatementRow {
        source: Some("i2".into()),
        speaker: "p2".into(),
        excerpt: None,
        ..statement
    };
    let unnamed = |statement: StatementRow| StatementRow { coder: None, ..statement };
    let alone = letters("ann", "11", "k1");
    let mut apart = alone.clone();
    apart.extend(letters("bo", "11", "k1").into_iter().map(other_source));
    let mut disjoint = letters("ann", "10", "k1");
    disjoint.extend(letters("bo", "01", "k1"));
    let none: Vec<StatementRow> = alone.clone().into_iter().map(unnamed).collect();
    let refusals = [alone, none, apart, disjoint, Vec::new()]
        .map(|statements| refusal(study(2, statements), &Parameters::default()));
    // Words of the manifest, which has them in two languages.
    let reasons = [
        "no_second_coding",
        "no_second_coding",
        "no_source_shared",
        "no_excerpt_shared",
        "no_statements",
    ];
    assert_eq!(refusals, reasons);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_moves_intervals_only() {
    let draft = || study(10, ten());
    let with_seed = |seed: u64| {
        let checked = draft().check();
        let study = checked.study.expect("is sound");
        let reading = study.reading(&parallax_plugin::model::Choices::default()).expect("reads");
        analyse(&reading, &counting(), &Job::alone(seed)).expect("findings")
    };
    assert_eq!(with_seed(1), with_seed(1));
    let exact = |seed: u64| {
        let findings = with_seed(seed);
        numbers(about(&findings, "overall"), &COEFFICIENTS)
    };
    assert_eq!(exact(1), exact(2));
}
