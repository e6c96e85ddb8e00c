//! Do the readings of the seed study give the theory's numbers, however they are computed?

use std::collections::BTreeMap;

use parallax_engine::robustness::Survey;
use parallax_model::document::PublishedFinding;
use parallax_model::{Choices, FindingsDocument, Fraction, Number};
use rayon::ThreadPoolBuilder;

use crate::{opened, seed_with, surveyed};

const D12: &str = "robustness:
  defaults: false
  choices:
    - { choice: mapping, options: [M0, M2, M3, M4] }
    - { choice: beo }
    - { choice: k01, options: [S3a, S3b] }";

fn overall(document: &FindingsDocument) -> &PublishedFinding {
    let all = document.findings.iter();
    let mut overall = all.filter(|finding| finding.id.ends_with("/overall"));
    overall.find(|finding| finding.analysis == "position-clusters").expect("an overall finding")
}

fn ratio(part: i64, whole: i64) -> Number {
    Number::Ratio(Fraction::new(part, whole).expect("a fraction"))
}

/// One of the two supervisors of school 3 is meant.
fn at_school_3(who: &str) -> Choices {
    Choices { worlds: [("k01".to_owned(), vec![who.to_owned()])].into(), ..Choices::default() }
}

/// Theory D12: the adjusted Rand index under each of the sixteen readings.
#[test]
fn each_of_the_sixteen_readings_has_the_index_of_the_theory() {
    let folder = seed_with(D12);
    let opened = opened(folder.path());
    let study = opened.checked.study.as_ref().expect("is sound");
    let mut found: BTreeMap<(&str, &str), Vec<Number>> = BTreeMap::new();
    for mapping in ["M0", "M2", "M3", "M4"] {
        for who in ["S3a", "S3b"] {
            for option in ["S", "I"] {
                let options = [("beo".to_owned(), option.to_owned())].into();
                let mapping_taken = Some(mapping.to_owned());
                let choices = Choices { mapping: mapping_taken, options, ..at_school_3(who) };
                let answered = opened.answer(study, &choices).expect("is offered");
                let finding = overall(&answered.document);
                let ari = finding.measures.iter().find(|m| m.name == "ari").expect("an index");
                found.entry((mapping, who)).or_default().push(ari.number.clone());
            }
        }
    }
    for ((mapping, who), indices) in found {
        let expected = match (mapping, who) {
            ("M0", _) => ratio(553, 808),
            ("M2", _) => ratio(32, 67),
            ("M3", "S3a") => ratio(55, 124),
            ("M3", _) => ratio(49, 124),
            _ => ratio(203, 668),
        };
        assert_eq!(indices, [expected.clone(), expected], "{mapping} {who}");
    }
}

#[test]
fn the_index_has_the_least_middle_and_largest_value_of_the_theory() {
    let folder = seed_with(D12);
    let (document, survey) = surveyed(&opened(folder.path()), &at_school_3("S3a"));
    assert_eq!((survey.summary.readings, survey.summary.left_out), (16, 0));
    let finding = overall(&document);
    let ari = finding.measures.iter().find(|m| m.name == "ari").expect("an index");
    assert_eq!(ari.number, ratio(553, 808));
    let across = ari.across.as_ref().expect("was looked at");
    let expected = (ratio(203, 668), ratio(55, 124), ratio(553, 808));
    assert_eq!((across.least.clone(), across.median.clone(), across.most.clone()), expected);
    assert_eq!((across.values, across.readings, across.missing), (5, 16, 0));
    let steady = finding.robustness.as_ref().expect("was looked at");
    insta::assert_snapshot!(steady.sentence, @"Holds in 4 of 16 readings; flips when read under M2 (the teaching assistant is a teacher by title and stands in the teachers' column of Table 1), under M3 (one supervisor speaks of the coordinators as others) or under M4 (the report doubts, among its limits, whether a mentor does what a teacher does); 11 of its 14 numbers change.");
    let flips: Vec<&[String]> = steady.flips.iter().map(|flip| &*flip.options).collect();
    assert_eq!(flips, [["mapping=M2"], ["mapping=M3"], ["mapping=M4"]]);
}

#[test]
fn threads_change_nothing() {
    let folder = seed_with(D12);
    let opened = opened(folder.path());
    let with = |threads: usize| -> (FindingsDocument, Survey) {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| surveyed(&opened, &Choices::default()))
    };
    let one = with(1);
    for threads in [2, 8] {
        let more = with(threads);
        assert_eq!(more.0.to_json(), one.0.to_json(), "{threads} threads");
        assert_eq!(more.1, one.1, "{threads} threads");
    }
}

/// A mapping that differs in its name only.
#[test]
fn readings_that_are_the_same_are_computed_once() {
    let folder = seed_with(D12);
    let path = folder.path().join("study.yaml");
    let text = std::fs::read_to_string(&path).expect("settings");
    let first = text.find("  - id: M0").expect("the first mapping");
    let second = text.find("  - id: M1").expect("the second one");
    let again = text[first..second].replace("id: M0", "id: M0-again");
    let more = text.replace("[M0, M2, M3, M4]", "[M0, M0-again, M2]");
    let more = format!("{}{again}{}", &more[..second], &more[second..]);
    let (_, without) = {
        std::fs::write(&path, text.replace("[M0, M2, M3, M4]", "[M0, M2]")).expect("written");
        surveyed(&opened(folder.path()), &Choices::default())
    };
    std::fs::write(&path, more).expect("written");
    let (document, with) = surveyed(&opened(folder.path()), &Choices::default());
    assert_eq!((without.summary.readings, with.summary.readings), (12, 18));
    assert_eq!(with.summary.distinct, without.summary.distinct);
    for finding in &document.findings {
        let steady = finding.robustness.as_ref().expect("was looked at");
        let is_named = |flip: &parallax_model::document::Flip| {
            flip.options.iter().any(|option| option == "mapping=M0-again")
        };
        assert!(!steady.flips.iter().any(is_named), "{}", finding.id);
        assert_eq!(steady.readings, 18);
    }
}

/// Beyond the limit, readings with the fewest changes come first, and the rest is counted.
#[test]
fn a_limit_keeps_the_readings_with_the_fewest_changes() {
    let folder = seed_with(&format!("{D12}\n  limit: 7"));
    let (document, survey) = surveyed(&opened(folder.path()), &at_school_3("S3a"));
    assert_eq!((survey.summary.readings, survey.summary.left_out), (7, 9));
    // Five have one change: three mappings, one option, one other supervisor. One has two.
    let across = overall(&document).measures[0].across.as_ref().expect("was looked at");
    assert_eq!(across.readings + across.missing, 7);
}

/// Without a word in `study.yaml`, what the study leaves open is varied; one study leaves nothing.
#[test]
fn what_is_varied_when_nothing_is_declared() {
    let folder = seed_with("");
    let (_, survey) = surveyed(&opened(folder.path()), &Choices::default());
    let choices = survey.summary.choices.iter();
    let told: Vec<String> = choices
        .map(|choice| {
            let how = if choice.crossed { "crossed" } else { "alone" };
            format!("{} {} {how} {:?}", choice.id, choice.options.len(), choice.standing)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    mapping 7 crossed Principled
    beo 2 crossed Principled
    evidence 3 crossed Principled
    leave-out-participant 17 alone Arbitrary
    leave-out-case 7 alone Arbitrary
    leave-out-source 19 alone Arbitrary
    ");
    assert_eq!(survey.summary.readings, 7 * 2 * 3 + 16 + 6 + 18);
}

/// Theory D12: what claims come to under each mapping.
#[test]
fn claims_are_looked_at_under_every_mapping() {
    let folder = seed_with("robustness:\n  defaults: false\n  choices: [{ choice: mapping }]");
    let (document, survey) = surveyed(&opened(folder.path()), &Choices::default());
    assert_eq!(survey.summary.readings, 7);
    let counts = |id: &str| {
        let claim = document.claims.iter().find(|claim| claim.id == id).expect("a claim");
        claim.robustness.clone().expect("was looked at")
    };
    for id in ["K32", "K61"] {
        assert_eq!(counts(id).counts["presupposition_failed"], 7, "{id}");
    }
    let sample = counts("K01");
    assert_eq!((sample.same, sample.counts["supported"]), (5, 2));
    let flips: Vec<&[String]> = sample.flips.iter().map(|flip| &*flip.options).collect();
    assert_eq!(flips, [["mapping=M1"], ["mapping=M6"]]);
}
