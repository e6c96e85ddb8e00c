//! Does the example study read as its README says, and does the seed study say why it has nothing?

use std::path::Path;

use intercoder_reliability::ENTRY;
use parallax_engine::open::open;
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_plugin::model::Choices;
use parallax_plugin::model::document::{Came, FindingsDocument};

fn findings_of(study: &str) -> FindingsDocument {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies").join(study);
    let mut shelf = Shelf::default();
    let native = NativeAnalysis::linked(ENTRY).expect("agrees");
    shelf.add(Body::Native(native)).expect("its manifest holds");
    let opened = open(&folder, shelf);
    assert_eq!(opened.checked.counts().0, 0, "{study} has no errors");
    let study = opened.checked.study.as_ref().expect("is sound");
    opened.answer(study, &Choices::default()).expect("a default reading").document
}

#[test]
fn two_coders_of_seven_interviews_read_like_this() {
    let document = findings_of("two-coders");
    let sentences: Vec<String> = document
        .findings
        .iter()
        .map(|finding| format!("{}: {}", finding.id, finding.sentence))
        .collect();
    insta::assert_snapshot!(sentences.join("\n"));
}

#[test]
fn their_disagreements_are_listed_by_coder_worst_first() {
    let document = findings_of("two-coders");
    let overall = document.findings.iter().find(|finding| finding.id.ends_with("/overall"));
    let tables = &overall.expect("is there").tables;
    let table = tables.iter().find(|table| table.name == "disagreements").expect("is there");
    let lines: Vec<String> = std::iter::once(&table.columns)
        .chain(&table.rows)
        .map(|row| row.iter().map(|cell| cell.text()).collect::<Vec<_>>().join(" | "))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_seed_study_has_no_second_coding() {
    let document = findings_of("vso-internships");
    let outcome = &document.analyses.iter().find(|entry| entry.id == "intercoder-reliability");
    let Some(Came::NotAvailable { reason }) = outcome.map(|entry| &entry.outcome) else {
        panic!("{outcome:?}");
    };
    insta::assert_snapshot!(reason, @"the statements name at most one coder: there is no second coding in the data, so agreement between coders cannot be reported");
}
