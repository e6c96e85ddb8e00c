//! Do the findings about small studies say what was worked out by hand?

#[path = "study/passages.rs"]
mod study;

use parallax_plugin::model::row::SourceRow;
use parallax_plugin::model::{Manifest, StudyDraft};
use parallax_plugin::prelude::*;
use study::{Passage, draft, marked, outcome};
use unitizing_reliability::Parameters;

/// The findings about passages in texts of 100 characters.
fn found(passages: &[Passage<'_>]) -> Vec<Finding> {
    let rows = passages.iter().enumerate();
    let statements = rows.map(|(row, passage)| marked(&format!("s{row}"), *passage)).collect();
    outcome(draft(statements, [100; 3]), &Parameters::default()).expect("findings")
}

/// A measure of the first finding of that name.
fn number(finding: &Finding, name: &str) -> String {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
}

/// Theory D9, oracle (4): [10, 40) and [15, 50) in a text of 100.
#[test]
fn the_worked_example_gives_the_numbers_of_the_oracle() {
    let findings = found(&[("ann", "i1", "k1", 10, 40), ("ben", "i1", "k1", 15, 50)]);
    let abouts: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
    assert_eq!(abouts, ["overall", "code/k1"]);
    for finding in &findings {
        let values = ["iou", "percent_agreement", "kappa", "alpha", "ac1", "f1", "exact"]
            .map(|name| number(finding, name));
        assert_eq!(values, ["25/40", "85/100", "29/44", "386/585", "329/449", "2/2", "0/2"]);
        // Without the 60 characters that nobody coded.
        assert_eq!(number(finding, "percent_agreement_coded"), "25/40");
        assert_eq!(number(finding, "kappa_coded"), "-1/5");
        assert_eq!(number(finding, "boundaries"), "15/15");
    }
    assert_eq!(findings[0].template, "boundaries");
    assert_eq!(findings[1].template, "code_boundaries");
    assert_eq!(number(&findings[0], "cu_alpha"), "not available");
    // 1 − 15 (200² − 135 − 30² − 35²) / (200 × 65 × 135).
    assert_eq!(number(&findings[0], "u_alpha"), "1321/1950");
    assert_eq!(number(&findings[1], "u_alpha_code"), "1321/1950");
    assert_eq!(number(&findings[0], "alpha_lower"), "not available");
    assert!(findings[0].evidence().iter().all(|item| item.weight == Weight::Supporting));
}

#[test]
fn boundaries_codes_and_unmarked_text_are_told_apart() {
    let passages = [
        ("ann", "i1", "k1", 0, 10),
        ("ben", "i1", "k1", 5, 20),
        ("ann", "i1", "k1", 30, 50),
        ("ben", "i1", "k2", 40, 60),
        ("ann", "i1", "k3", 70, 80),
    ];
    let findings = found(&passages);
    let overall = &findings[0];
    // Boundaries [0, 5) and [10, 20); codes twice [40, 50); unmarked [30, 40), [50, 60), [70, 80).
    assert_eq!(number(overall, "boundaries"), "15/65");
    assert_eq!(number(overall, "codes"), "20/65");
    assert_eq!(number(overall, "unmarked"), "30/65");
    assert_eq!(overall.template, "mixed");
    // Both marked [5, 10) and [40, 50): 5 characters with a code in common, 20 without.
    assert_eq!(number(overall, "code_agreement"), "5/25");
    assert_eq!(number(overall, "iou"), "5/70");
    assert_eq!(number(overall, "marked_iou"), "15/60");
    assert_eq!(findings[2].template, "code_one");
    let contrary = overall.evidence().iter().filter(|item| item.weight == Weight::Contrary);
    assert_eq!(contrary.count(), 5, "5/20 is below the threshold");
    let rows = &overall.tables[0].rows;
    let ious = rows.iter().map(|row| format!("{} {}", text(&row[3]), text(&row[6])));
    let ious: Vec<String> = ious.collect();
    assert_eq!(ious, ["30–50 0/20", "40–60 0/20", "70–80 0/10", "0–10 5/20"]);
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_one_coder_marked_twice_is_no_agreement() {
    // A code applied twice by one coder is not the agreement of two.
    let findings = found(&[
        ("ann", "i1", "k1", 0, 10),
        ("ann", "i1", "k1", 5, 15),
        ("ann", "i1", "k1", 15, 20),
        ("ben", "i1", "k2", 90, 95),
    ]);
    assert_eq!(number(&findings[0], "iou"), "0/25");
    assert_eq!(number(&findings[0], "joined_overlapping"), "1");
    assert_eq!(number(&findings[0], "joined_touching"), "1");
    assert_eq!(number(&findings[0], "passages"), "2");
    assert_eq!(findings[0].template, "unmarked");
}

#[test]
fn texts_that_differ_completely_do_not_agree() {
    // Each coder closed another text: there is nothing to compare.
    let statements =
        vec![marked("s1", ("ann", "i1", "k1", 0, 3)), marked("s2", ("ben", "i2", "k1", 0, 3))];
    let said = outcome(draft(statements, [8; 3]), &Parameters::default());
    assert_eq!(
        said.map(drop),
        Err("no source has statements with `start` and `end` of two coders".into())
    );
}

#[test]
fn what_cannot_be_compared_says_why() {
    let nobody = |row: &str| parallax_plugin::model::row::StatementRow {
        coder: None,
        ..marked(row, ("ann", "i1", "k1", 0, 3))
    };
    let nowhere = |row: &str, coder: &str| parallax_plugin::model::row::StatementRow {
        start: None,
        end: None,
        ..marked(row, (coder, "i1", "k1", 0, 3))
    };
    let said = |statements: Vec<_>| {
        outcome(draft(statements, [8; 3]), &Parameters::default()).map(drop).expect_err("refused")
    };
    assert_eq!(
        said(vec![nobody("s1")]),
        "no statement names its coder, so there are no two coders to compare"
    );
    assert_eq!(
        said(vec![marked("s1", ("ann", "i1", "k1", 0, 3))]),
        "all statements are of one coder, so there are no two coders to compare"
    );
    assert_eq!(
        said(vec![nowhere("s1", "ann"), nowhere("s2", "ben")]),
        "no statement of a named coder says where it starts and ends (`start` and `end`)"
    );
}

#[test]
fn what_is_left_out_is_counted() {
    let passages = [
        ("ann", "i1", "k1", 0, 10),
        ("ben", "i1", "k1", 0, 10),
        ("ann", "i2", "k1", 0, 10),
        ("ben", "i3", "k2", 0, 10),
    ];
    let mut statements: Vec<_> =
        (0..).zip(passages).map(|(row, p)| marked(&format!("s{row}"), p)).collect();
    statements.push(parallax_plugin::model::row::StatementRow {
        end: None,
        ..marked("s8", ("ann", "i1", "k1", 0, 10))
    });
    statements.push(parallax_plugin::model::row::StatementRow {
        coder: None,
        ..marked("s9", ("ann", "i1", "k1", 0, 10))
    });
    let findings =
        outcome(draft(statements, [0; 3]), &Parameters::default()).expect("one text is left");
    let overall = &findings[0];
    let counts = ["sources", "single_sources", "without_place", "without_coder", "assumed_lengths"]
        .map(|name| number(overall, name));
    assert_eq!(counts, ["1", "2", "1", "1", "1"]);
    assert_eq!(overall.template, "alike");
    // Nobody says how long the text is, so all of it is coded: chance leaves nothing.
    assert_eq!(number(overall, "kappa"), "not available");
    assert_eq!(number(overall, "ac1"), "1/1");
    let caveats: Vec<&str> = overall.caveats.iter().map(|of| of.template.as_str()).collect();
    let expected = ["uncoded", "matching", "length_assumed", "single", "left_out", "independence"];
    assert_eq!(caveats, expected);
}

#[test]
fn three_coders_are_compared_in_pairs_and_at_once() {
    let findings = found(&[
        ("ann", "i1", "k1", 0, 10),
        ("ben", "i1", "k1", 0, 10),
        ("cas", "i1", "k1", 5, 10),
        ("cas", "i1", "k2", 40, 50),
    ]);
    let overall = &findings[0];
    // 10/10, 5/20 and 5/20: characters of the second code count too.
    assert_eq!(number(overall, "iou"), "1/2");
    let pairs = overall.tables.iter().find(|table| table.name == "pairs").expect("a table");
    assert_eq!(pairs.rows.len(), 3);
    // ann and ben have a match of half of theirs with cas: only what cas marked alone has none.
    let contrary: Vec<&str> = overall
        .evidence()
        .iter()
        .filter(|item| item.weight == Weight::Contrary)
        .map(|item| item.id.as_str())
        .collect();
    assert_eq!(contrary, ["s3"]);
    // Marked or not, 35 of 300 decisions: 5 × 2 × 1 / 2 and 10 × 1 × 2 / 2 characters apart, so
    // 1 − 15 × 299 / (35 × 265).
    assert_eq!(number(overall, "alpha"), "958/1855");
}

#[test]
fn two_codes_for_one_passage_leave_the_unitizing_family_out() {
    let findings = found(&[
        ("ann", "i1", "k1", 0, 10),
        ("ann", "i1", "k2", 5, 20),
        ("ben", "i1", "k1", 0, 10),
    ]);
    assert_eq!(number(&findings[0], "u_alpha"), "not available");
    assert_eq!(number(&findings[0], "sources_with_units"), "0");
    assert_eq!(number(&findings[1], "u_alpha_code"), "1/1");
}

#[test]
fn the_table_lists_the_worst_and_counts_the_rest() {
    let passages: Vec<_> = (0..40).map(|at| ("ann", "i1", "k1", at * 2, at * 2 + 1)).collect();
    let mut statements: Vec<_> =
        (0..).zip(passages).map(|(row, p)| marked(&format!("s{row:02}"), p)).collect();
    statements.push(marked("t", ("ben", "i1", "k1", 90, 95)));
    let parameters = Parameters { most_rows: 3, ..Parameters::default() };
    let findings = outcome(draft(statements, [100; 3]), &parameters).expect("findings");
    assert_eq!(number(&findings[0], "differences"), "41");
    let table = &findings[0].tables[0];
    assert_eq!(table.rows.len(), 3);
    assert_eq!(table.rows[0][7], Value::Names(vec!["t".into()]));
    assert_eq!(table.rows[1][7], Value::Names(vec!["s00".into()]));
    let capped = findings[0].caveats.iter().find(|of| of.template == "capped").expect("said");
    assert_eq!(capped.values["rest"], Value::from(38));
}

#[test]
fn intervals_come_from_drawing_the_sources() {
    let passages = [
        ("ann", "i1", "k1", 0, 10),
        ("ben", "i1", "k1", 0, 10),
        ("ann", "i2", "k1", 0, 10),
        ("ben", "i2", "k1", 5, 10),
        ("ann", "i3", "k1", 0, 10),
        ("ben", "i3", "k2", 50, 60),
    ];
    let overall = &found(&passages)[0];
    let [lower, alpha, upper] = ["alpha_lower", "alpha", "alpha_upper"].map(|name| {
        match overall.measures.iter().find(|m| m.name == name).expect("there").number {
            Number::Decimal { value, .. } => value,
            Number::Ratio(fraction) => fraction.to_f64(),
            ref other => panic!("{other:?}"),
        }
    });
    assert!(lower < alpha && alpha < upper && upper <= 1.0, "{lower} {alpha} {upper}");
    assert_eq!(found(&passages)[0], *overall, "the same seed draws the same");
}

#[test]
fn every_word_and_template_that_findings_use_is_in_the_manifest() {
    let manifest: Manifest =
        parallax_plugin::manifest::<Parameters>(include_str!("../src/manifest.json"))
            .expect("a manifest");
    let three = found(&[
        ("ann", "i1", "k1", 0, 10),
        ("ann", "i1", "k1", 10, 12),
        ("ben", "i1", "k2", 0, 10),
        ("cas", "i1", "k2", 5, 20),
        ("ann", "i2", "k1", 0, 10),
    ]);
    let mut two = found(&[("ann", "i1", "k1", 0, 10), ("ben", "i1", "k1", 2, 10)]);
    two.extend(found(&[
        ("ann", "i1", "k1", 0, 10),
        ("ann", "i1", "k2", 5, 20),
        ("ben", "i1", "k1", 0, 10),
    ]));
    for finding in three.iter().chain(&two) {
        assert!(manifest.templates.contains_key(&finding.template), "{}", finding.template);
        for caveat in &finding.caveats {
            assert!(manifest.caveats.contains_key(&caveat.template), "{}", caveat.template);
        }
        let words = finding.measures.iter().map(|measure| measure.name.clone());
        let tables = finding.tables.iter();
        let cells = tables.clone().flat_map(|of| of.columns.iter().chain(of.rows.iter().flatten()));
        let cells = cells.filter_map(|value| match value {
            Value::Word(word) => Some(word.clone()),
            _ => None,
        });
        let reasons = finding.measures.iter().filter_map(|measure| match &measure.number {
            Number::NotAvailable { reason } => Some(reason.clone()),
            _ => None,
        });
        for word in words.chain(cells).chain(reasons).chain(tables.map(|of| of.name.clone())) {
            assert!(manifest.words.contains_key(&word), "{word}");
        }
    }
    let cuts: Vec<_> = [("k1", 0), ("k1", 2), ("k2", 0)]
        .iter()
        .flat_map(|(code, start)| [("ann", *code, *start), ("ben", "k1", 0)])
        .collect();
    for pair in cuts.chunks(2) {
        let passages = pair.iter().map(|&(coder, code, start)| (coder, "i1", code, start, 10));
        for finding in found(&passages.collect::<Vec<_>>()) {
            filled(&manifest, &finding);
        }
    }
    three.iter().chain(&two).for_each(|finding| filled(&manifest, finding));
    for template in ["alike", "boundaries", "codes", "unmarked", "mixed"] {
        assert!(manifest.templates.contains_key(template));
        for several in ["", "_pairs"] {
            assert!(manifest.templates.contains_key(&format!("code_{template}{several}")));
        }
    }
}

/// Every name that a sentence or a title shows is a value or a measure of the finding.
fn filled(manifest: &Manifest, finding: &Finding) {
    let template = &manifest.templates[&finding.template];
    for language in ["en", "nl"] {
        for text in [&template.title, &template.sentence] {
            let names = text.in_language(language).split('{').skip(1);
            for name in names.filter_map(|rest| rest.split('}').next()) {
                let known = finding.values.contains_key(name)
                    || finding.measures.iter().any(|measure| measure.name == name);
                assert!(known, "{name} of {}", finding.template);
            }
        }
    }
}

/// Nine texts that two coders marked, agreeing on less and less.
fn nine_texts() -> StudyDraft {
    let ids: Vec<String> = (1..=9).map(|text| format!("i{text}")).collect();
    let mut statements = Vec::new();
    for (shift, source) in (0..).zip(&ids) {
        let (start, end) = (10 + shift, 30 + shift);
        statements.push(marked(&format!("a{source}"), ("ann", source, "k1", 10, 30)));
        statements.push(marked(&format!("b{source}"), ("ben", source, "k1", start, end)));
    }
    let mut draft = draft(statements, [100; 3]);
    let first = draft.sources.as_ref().expect("sources")[0].clone();
    let source = |id: &String| SourceRow { id: id.clone(), ..first.clone() };
    draft.sources = Some(ids.iter().map(source).collect());
    draft
}

#[test]
fn intervals_do_not_follow_the_order_of_sources_in_their_file() {
    let one = nine_texts();
    let mut other = nine_texts();
    other.sources.as_mut().expect("sources").reverse();
    let [one, other] =
        [one, other].map(|draft| outcome(draft, &Parameters::default()).expect("findings"));
    assert_eq!(one[0].measures, other[0].measures);
}
