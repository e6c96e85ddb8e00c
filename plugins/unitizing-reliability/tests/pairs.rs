//! Does a sentence about several pairs of coders say over which of them a number is the mean?

#[path = "study/passages.rs"]
mod study;

use parallax_plugin::model::Manifest;
use parallax_plugin::prelude::*;
use study::{Passage, draft, marked, outcome};
use unitizing_reliability::Parameters;

/// The findings about passages in texts of 100 characters.
fn found(passages: &[Passage<'_>]) -> Vec<Finding> {
    let rows = passages.iter().enumerate();
    let statements = rows.map(|(row, passage)| marked(&format!("s{row}"), *passage)).collect();
    outcome(draft(statements, [100; 3]), &Parameters::default()).expect("findings")
}

fn number(finding: &Finding, name: &str) -> String {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    measure.unwrap_or_else(|| panic!("no {name} of {}", finding.template)).number.to_string()
}

/// The sentence of a finding in one language, numbers as counted.
fn told_in(language: &str, finding: &Finding) -> String {
    let manifest: Manifest =
        parallax_plugin::manifest::<Parameters>(include_str!("../src/manifest.json"))
            .expect("a manifest");
    let template = manifest.templates[&finding.template].sentence.in_language(language);
    let mut pieces = template.split('{');
    let mut told = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').expect("closed");
        told += &match finding.values.get(name) {
            Some(Value::Names(names)) => names.join(", "),
            Some(Value::Code(code)) => code.clone(),
            Some(other) => panic!("{other:?}"),
            None => number(finding, name),
        };
        told += rest;
    }
    told
}

fn told(finding: &Finding) -> String {
    told_in("en", finding)
}

fn says(finding: &Finding, parts: &[&str]) {
    let told = told(finding);
    for part in parts {
        assert!(told.contains(part), "{part}\nis not in\n{told}");
    }
}

const EQUAL: [Passage<'_>; 3] =
    [("ann", "i1", "k1", 0, 20), ("ben", "i1", "k1", 0, 20), ("cas", "i1", "k2", 50, 60)];

#[test]
fn two_who_agree_beside_one_who_does_not_use_the_code() {
    let findings = found(&EQUAL);
    says(
        &findings[1],
        &[
            "On “k1”, over the 3 pairs of coders of whom at least one used it in a source that \
             both coded, the mean IoU is 1/3 and the mean share of passages with a match is 1/3; \
             in 1/3 of these pairs both used it; coders who used it: ann, ben.",
            // A passage of 20 characters, twice beside cas.
            "gave the code, counted once for each pair of coders, 40/40 lie where",
        ],
    );
    says(
        &findings[0],
        &[
            "over the 3 pairs of coders with a source in common (coders: ann, ben, cas), the mean \
             IoU is 1/3 and the mean share of passages with a match is 1/3.",
            "counted once for each code and each pair of coders, 60/60 lie where",
        ],
    );
    // Nobody but cas: 10 characters beside each of two.
    says(
        &findings[2],
        &[
            "only cas gave “k2” a place in the text (passages: 1), so nobody agrees with it: the mean IoU over the 2 \
             pairs with another coder of the same sources is 0",
            "counted once for each of these pairs, the other coder gave 0/20 another code and \
             marked nothing at 20/20",
        ],
    );
    let caveats = |finding: &Finding| -> Vec<String> {
        finding.caveats.iter().map(|of| of.template.clone()).collect()
    };
    assert!(caveats(&findings[0]).contains(&"mean_of_pairs".to_owned()));
    assert!(caveats(&findings[1]).contains(&"mean_of_pairs_code".to_owned()));
}

#[test]
fn users_who_share_no_source_are_never_compared() {
    let findings = found(&[
        ("ann", "i1", "k1", 0, 20),
        ("ben", "i1", "k2", 30, 40),
        ("cas", "i2", "k1", 0, 20),
        ("dee", "i2", "k2", 30, 40),
    ]);
    says(
        &findings[1],
        &[
            "over the 2 pairs of coders of whom at least one used it in a source that both coded, \
             the mean IoU is 0",
            "in 0/2 of these pairs both used it; coders who used it: ann, cas.",
        ],
    );
    says(&findings[0], &["over the 2 pairs of coders with a source in common"]);
}

#[test]
fn a_pair_of_a_source_that_knows_no_third_is_told_as_two_coders() {
    // ann and ben in i1, cas and dee in i2, where nobody uses k1; eve codes i3 alone.
    let findings = found(&[
        ("ann", "i1", "k1", 0, 30),
        ("ben", "i1", "k1", 0, 20),
        ("cas", "i2", "k2", 0, 20),
        ("dee", "i2", "k2", 0, 20),
        ("eve", "i3", "k1", 0, 20),
    ]);
    says(
        &findings[1],
        &["On “k1”, the coders who used it (ann, ben) agree to an IoU of 20/30; 2/2 of their \
           passages have a match. Disagreement is mainly about boundaries: 10/10 of"],
    );
    says(&findings[0], &["(coders: ann, ben, cas, dee)"]);
    assert_eq!(number(&findings[0], "coder_count"), "4", "eve is compared with nobody");
}

#[test]
fn two_coders_beside_one_who_coded_other_sources_are_two_coders() {
    let passages =
        [("ann", "i1", "k1", 0, 20), ("ben", "i1", "k1", 0, 20), ("eve", "i2", "k1", 0, 9)];
    let findings = found(&passages);
    says(&findings[0], &["the coders (ann, ben) agree to an IoU of 20/20; 2/2 of their passages"]);
    says(&findings[1], &["They marked exactly the same characters."]);
    assert_eq!(number(&findings[0], "pairs"), "1");
    assert_eq!(number(&findings[1], "both_used"), "1/1");
}

#[test]
fn every_kind_of_difference_has_a_sentence_for_several_pairs() {
    let trio = |ann: (&'static str, u32, u32), ben: (&'static str, u32, u32)| {
        let of = |coder, (code, start, end)| (coder, "i1", code, start, end);
        found(&[of("ann", ann), of("ben", ben), of("cas", ben)])
    };
    let pieces = [
        ("ann", "i1", "k1", 0, 20),
        ("ben", "i1", "k1", 10, 20),
        ("ben", "i1", "k2", 30, 40),
        ("cas", "i1", "k1", 10, 20),
        ("cas", "i1", "k1", 30, 40),
    ];
    let all = [
        trio(("k1", 0, 20), ("k1", 0, 20)),
        trio(("k1", 0, 20), ("k1", 0, 10)),
        trio(("k1", 0, 20), ("k2", 0, 20)),
        trio(("k1", 0, 20), ("k2", 50, 60)),
        found(&pieces),
    ];
    let templates = all.iter().map(|of| (of[0].template.as_str(), of[1].template.as_str()));
    let expected = [
        ("alike_pairs", "code_alike_pairs"),
        ("boundaries_pairs", "code_boundaries_pairs"),
        ("codes_pairs", "code_one_pairs"),
        ("unmarked_pairs", "code_one_pairs"),
        ("mixed_pairs", "code_mixed_pairs"),
    ];
    assert_eq!(templates.collect::<Vec<_>>(), expected);
    assert_eq!(all[2][2].template, "code_codes_pairs");
    assert_eq!(all[3][2].template, "code_unmarked_pairs");
    for finding in all.iter().flatten() {
        for language in ["en", "nl"] {
            assert!(!told_in(language, finding).contains('{'));
        }
    }
}

/// Sources with one code for each character, and those where ann gives a passage two codes.
fn with_units(sources: &[&'static str], twice: &[&'static str]) -> Finding {
    let mut passages = Vec::new();
    for (&source, from) in sources.iter().zip(0..) {
        passages.extend([("ann", source, "k1", 10, 40), ("ben", source, "k1", 15 + from, 50)]);
    }
    for &source in twice {
        passages.extend([("ann", source, "k1", 0, 30), ("ann", source, "k2", 10, 20)]);
        passages.push(("ben", source, "k1", 0, 30));
    }
    found(&passages).remove(0)
}

#[test]
fn u_alpha_has_an_interval_from_two_sources_with_units_on() {
    let ends =
        |of: &Finding| ["alpha_lower", "u_alpha_lower", "u_alpha_upper"].map(|n| number(of, n));
    let one = with_units(&["i1"], &["i2", "i3"]);
    let [alpha, lower, upper] = ends(&one);
    assert_eq!([lower.as_str(), upper.as_str()], ["not available"; 2]);
    assert_ne!(alpha, "not available");
    let drawn = |of: &Finding| {
        let caveat = of.caveats.iter().find(|of| of.template == "drawn").expect("said");
        (caveat.values["sources"].clone(), caveat.values["with_units"].clone())
    };
    assert_eq!(drawn(&one), (Value::from(3), Value::from(1)));
    let reason = one.measures.iter().find_map(|measure| match &measure.number {
        Number::NotAvailable { reason } if measure.name == "u_alpha_lower" => Some(reason.as_str()),
        _ => None,
    });
    let expected =
        "fewer than two double-coded sources have one code for each character of a coder";
    assert_eq!(reason, Some(expected));
    let two = with_units(&["i1", "i2"], &["i3"]);
    assert!(ends(&two).iter().all(|end| end != "not available"), "{:?}", ends(&two));
    assert_eq!(drawn(&two), (Value::from(3), Value::from(2)));
}
