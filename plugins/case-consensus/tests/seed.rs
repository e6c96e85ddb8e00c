//! Do the numbers of the theory come out of the study that they were worked out for?

use std::collections::BTreeMap;
use std::path::Path;

use case_consensus::{Parameters, analyse};
use parallax_engine::check::check_folder;
use parallax_plugin::model::{Choices, Manifest, Study};
use parallax_plugin::prelude::*;

fn seed() -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    check_folder(&folder).study.expect("the seed study is sound")
}

fn found(parameters: &Parameters) -> Vec<Finding> {
    let study = seed();
    let reading = study.reading(&Choices::default()).expect("a reading");
    analyse(&reading, parameters, &Job::alone(0)).expect("findings")
}

/// Tailoring, set against the differences that people say they perceive.
fn tailoring() -> Vec<Finding> {
    found(&Parameters {
        codes: vec!["D.tail".into()],
        perceived: "V.diff".into(),
        ..Parameters::default()
    })
}

fn about<'f>(found: &'f [Finding], about: &str) -> &'f Finding {
    found.iter().find(|finding| finding.about == about).unwrap_or_else(|| panic!("no {about}"))
}

fn number(finding: &Finding, name: &str) -> String {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
}

fn names(finding: &Finding, name: &str) -> String {
    match &finding.values[name] {
        Value::Names(names) => names.join(" "),
        other => panic!("{other:?}"),
    }
}

/// The sentence of a finding, its values written out as they are.
fn sentence(finding: &Finding, language: &str) -> String {
    let manifest: Manifest =
        parallax_plugin::manifest::<Parameters>(include_str!("../src/manifest.json"))
            .expect("a manifest");
    let mut values: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in &finding.values {
        let text = match value {
            Value::Names(names) => names.join(", "),
            Value::Case(text) | Value::Code(text) => text.clone(),
            other => panic!("no sentence shows {other:?}"),
        };
        values.insert(name, text);
    }
    for measure in &finding.measures {
        values.insert(&measure.name, measure.number.to_string());
    }
    let wording = manifest.templates[&finding.template].sentence.in_language(language).to_owned();
    let filled = values
        .into_iter()
        .fold(wording, |text, (name, value)| text.replace(&format!("{{{name}}}"), &value));
    assert!(!filled.contains('{'), "{filled}");
    filled
}

#[test]
fn tailoring_divides_one_school() {
    let found = tailoring();
    let within = |case: &str| number(about(&found, &format!("case/{case}")), "w");
    assert_eq!(
        ["1", "2", "3", "4", "5", "6"].map(within),
        ["1/1", "1/1", "1/1", "1/1", "1/3", "1/1"]
    );
    let overall = about(&found, "overall");
    assert_eq!(number(overall, "w"), "8/9");
    // Of 15 pairs of schools, the ten without school 5 agree.
    assert_eq!([number(overall, "b"), number(overall, "difference")], ["2/3", "2/9"]);
    // The two who see it on a condition stand at one school with three people in 3 of 20 ways.
    assert_eq!(number(overall, "p"), "3/20");
    assert_eq!([names(overall, "divided"), names(overall, "alone")], ["5", ""]);
    assert_eq!(number(overall, "vacant"), "3");
}

#[test]
fn who_stands_apart_is_against_agreement() {
    let found = tailoring();
    let school = about(&found, "case/5");
    assert_eq!(names(school, "apart"), "S5");
    let weighed: Vec<(&str, Weight)> =
        school.evidence().iter().map(|evidence| (evidence.id.as_str(), evidence.weight)).collect();
    use Weight::{Contrary, Supporting};
    assert_eq!(weighed, [("s063", Contrary), ("s067", Supporting), ("s068", Supporting)]);
    let overall = about(&found, "overall").evidence();
    assert_eq!(overall.len(), 16);
    assert_eq!(overall.iter().filter(|evidence| evidence.weight == Contrary).count(), 1);
}

#[test]
fn perceived_disagreement_is_there_at_half_of_the_schools() {
    let found = tailoring();
    let perceived = about(&found, "perceived");
    assert_eq!(number(perceived, "accuracy"), "3/6");
    let places = ["both", "neither", "only_perceived", "only_actual", "open_cases"];
    assert_eq!(places.map(|place| names(perceived, place)), ["5", "3 4", "1 2 6", "", ""]);
    // Nobody at school 6 is known to perceive it: a constraint says that somebody does.
    let evidence = perceived.evidence();
    assert!(evidence.contains(&Evidence::constraint("k20", Weight::Context)));
    let contrary = evidence.iter().filter(|evidence| evidence.weight == Weight::Contrary);
    let contrary: Vec<&str> = contrary.map(|evidence| evidence.id.as_str()).collect();
    assert_eq!(contrary, ["s088", "s089"]);
}

#[test]
fn tasks_are_shared_out_within_schools() {
    let tasks = Parameters { below: "P.task".into(), ..Parameters::default() };
    let found = found(&tasks);
    // One of the two supervisors of school 3 guides, and nobody knows which.
    let overall = about(&found, "overall");
    assert_eq!(number(overall, "unknown"), "2");
    assert_eq!(number(overall, "items"), "6");
    let known = about(&found, "known");
    assert_eq!(known.template, "less");
    assert_eq!(number(known, "items"), "5");
    assert_eq!(number(known, "w"), "17/30");
    assert!(known.caveats.iter().any(|caveat| caveat.template == "silence"));
}

#[test]
fn all_that_is_said_leaves_it_open() {
    let found = found(&Parameters::default());
    let overall = about(&found, "overall");
    assert_eq!(overall.template, "open");
    assert_eq!(number(overall, "w"), "[85/207, 181/207]");
    let known = about(&found, "known");
    assert_eq!([number(known, "w"), number(known, "b")], ["103/144", "491/600"]);
    assert_eq!(number(known, "difference"), "-371/3600");
    // Too many ways to count them all: the same share of drawn ones each time.
    assert_eq!(
        number(known, "p"),
        number(about(&self::found(&Parameters::default()), "known"), "p")
    );
    assert!(known.caveats.iter().any(|caveat| caveat.template == "drawn"));
}

#[test]
fn the_seed_study_reads_like_this() {
    let found = tailoring();
    let read = |language: &str| {
        let lines = found.iter().map(|f| format!("{}: {}", f.about, sentence(f, language)));
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(read("en"));
    insta::assert_snapshot!(read("nl"));
}
