//! Do the numbers of the theory come out of the study that they were worked out for?

use std::collections::BTreeMap;
use std::path::Path;

use composition_scan::{Parameters, Titles, analyse};
use parallax_engine::check::check_folder;
use parallax_plugin::model::{Choices, Manifest};
use parallax_plugin::prelude::*;

fn seed() -> parallax_plugin::model::Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    check_folder(&folder).study.expect("the seed study is sound")
}

fn found(mapping: Option<&str>, parameters: &Parameters) -> Vec<Finding> {
    let choices = Choices { mapping: mapping.map(Into::into), ..Choices::default() };
    let study = seed();
    let reading = study.reading(&choices).expect("a reading");
    analyse(&reading, parameters, &Job::alone(0)).expect("findings")
}

fn about<'f>(found: &'f [Finding], about: &str) -> &'f Finding {
    found.iter().find(|finding| finding.about == about).unwrap_or_else(|| panic!("no {about}"))
}

fn numbers(finding: &Finding, names: &[&str]) -> Vec<String> {
    let number = |name: &&str| {
        let measure = finding.measures.iter().find(|measure| measure.name == *name);
        measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
    };
    names.iter().map(number).collect()
}

fn hits(found: &[Finding], sort: &str) -> Vec<String> {
    let begin = format!("hit/{sort}/");
    let hits = found.iter().filter_map(|finding| finding.about.strip_prefix(&begin));
    hits.map(str::to_owned).collect()
}

/// The sentence of a finding, its values written out as they are.
fn sentence(finding: &Finding, language: &str) -> String {
    let manifest: Manifest =
        parallax_plugin::manifest::<Parameters>(include_str!("../src/manifest.json"))
            .expect("a manifest");
    let mut values: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in &finding.values {
        let text = match value {
            Value::Number(number) => number.to_string(),
            Value::Names(names) => names.join(", "),
            Value::Word(word) => manifest.words[word].in_language(language).to_owned(),
            Value::Role(text) | Value::Text(text) | Value::Code(text) => text.clone(),
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

const NUMBERS: [&str; 7] = ["cases", "outcomes", "features", "pairs", "hits", "expected", "p"];

#[test]
fn what_the_report_says_coincides_three_times_with_who_was_analysed() {
    let found = found(None, &Parameters::default());
    let report = about(&found, "report");
    assert_eq!(numbers(report, &NUMBERS), ["6", "7", "5", "35", "3", "7/6", "70/720"]);
    assert_eq!(numbers(report, &["people", "vacant", "uniform"]), ["16", "3", "0"]);
    assert_eq!(hits(&found, "report"), ["K42/people/3", "K50/role/I", "K57/every-role"]);
    let share = |hit: &str| numbers(about(&found, &format!("hit/report/{hit}")), &["p"]).concat();
    assert_eq!(share("K50/role/I"), "1/15");
    assert_eq!(share("K42/people/3"), "1/15");
    assert_eq!(share("K57/every-role"), "2/20");
}

#[test]
fn a_claim_rests_on_who_says_so_where_it_says() {
    let found = found(None, &Parameters::default());
    let weights = |hit: &str| {
        let evidence = about(&found, &format!("hit/report/{hit}")).evidence();
        let ids = |weight: Weight| {
            let of = evidence.iter().filter(move |evidence| evidence.weight == weight);
            of.map(|evidence| evidence.id.as_str()).collect::<Vec<_>>().join(" ")
        };
        [ids(Weight::Supporting), ids(Weight::Contrary), ids(Weight::Context)]
    };
    // Five see differences where the claim says so, five deny them at the two other schools.
    let said = "s088 s089 s090 s091 s092 s094 s095 s096 s097 s098";
    assert_eq!(weights("K50/role/I"), [said, "", "k20"]);
    assert_eq!(weights("K42/people/3"), ["s036", "", "k06 k07"]);
    assert_eq!(weights("K57/every-role"), ["", "", "k22 k23 k24"]);
}

#[test]
fn the_coincidence_with_counsellors_goes_when_the_orthopedagogue_is_one() {
    let found = found(Some("M1"), &Parameters::default());
    let report = about(&found, "report");
    assert_eq!(numbers(report, &NUMBERS), ["6", "7", "4", "28", "0", "13/15", "720/720"]);
    assert_eq!(hits(&found, "report"), Vec::<String>::new());
    assert!(!hits(&found, "codes").iter().any(|hit| hit.ends_with("role/I")));
    assert_eq!(report.template, "report_none");
}

#[test]
fn what_people_say_coincides_twice() {
    let found = found(None, &Parameters::default());
    let codes = about(&found, "codes");
    assert_eq!(numbers(codes, &NUMBERS), ["6", "7", "5", "35", "2", "17/15", "224/720"]);
    assert_eq!(numbers(codes, &["uniform", "unknown"]), ["4", "17"]);
    assert_eq!(hits(&found, "codes"), ["P.task.OND/own/role/L", "V.diff/own/role/I"]);
    let tasks = Parameters { below: "P.task".into(), ..Parameters::default() };
    let found = self::found(None, &tasks);
    assert_eq!(hits(&found, "codes"), ["P.task.OND/own/role/L"]);
}

#[test]
fn titles_can_all_count_or_none() {
    let features = |titles| {
        let found = found(None, &Parameters { titles, ..Parameters::default() });
        numbers(about(&found, "report"), &["features"]).concat()
    };
    // Without titles: two roles, how many people, every role. Who is called a supervisor is just
    // where nobody is called a coordinator; the assistant is at school 3.
    assert_eq!([Titles::None, Titles::Leading, Titles::Each].map(features), ["4", "5", "6"]);
}

#[test]
fn the_seed_study_reads_like_this() {
    let found = found(None, &Parameters::default());
    let read = |language: &str| {
        let lines = found.iter().map(|f| format!("{}: {}", f.about, sentence(f, language)));
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(read("en"));
    insta::assert_snapshot!(read("nl"));
}
