//! Does the analysis find the same whether it is called, linked in, or loaded from its library?

#[path = "study/passages.rs"]
mod study;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_plugin::model::{Choices, Outcome, Study};
use parallax_plugin::prelude::*;
use serde_json::Map;
use study::{draft, marked, outcome};
use unitizing_reliability::{ENTRY, Parameters, analyse};

/// Two coders of two texts, one of which says how long it is.
fn study() -> Study {
    let statements = [
        ("s1", ("ann", "i1", "k1", 0, 20)),
        ("s2", ("ben", "i1", "k1", 5, 20)),
        ("s3", ("ann", "i2", "k1", 0, 20)),
        ("s4", ("ben", "i2", "k2", 0, 20)),
        ("s5", ("ben", "i2", "k2", 30, 40)),
    ];
    let statements = statements.into_iter().map(|(id, passage)| marked(id, passage)).collect();
    let checked = draft(statements, [60, 0, 0]).check();
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

/// The library that the build of this package made, beside this test.
fn library() -> PathBuf {
    let test = std::env::current_exe().expect("this test has a path");
    let name = format!(
        "{}unitizing_reliability{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    test.parent().expect("it stands in a folder").join(name)
}

fn through(native: NativeAnalysis, reading: &Reading<'static>) -> Vec<Finding> {
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(native)).expect("its manifest holds");
    let analysis = shelf.get("unitizing-reliability").expect("stands on the shelf");
    match analysis.run(reading, &Map::new(), 1, &AtomicBool::new(false)).outcome {
        Outcome::Found(findings) => findings,
        other => panic!("should find something: {other:?}"),
    }
}

#[test]
fn every_door_gives_the_same_findings() {
    let study = study();
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let mut called = analyse(&reading, &Parameters::default(), &Job::alone(1)).expect("findings");
    called.sort_by(|a, b| a.about.cmp(&b.about));
    let text = Measure { name: "text".into(), number: Number::count(100) };
    // The length of one text crosses the border: 60 + 40.
    assert!(called.iter().any(|finding| finding.measures.contains(&text)));
    let linked = through(NativeAnalysis::linked(ENTRY).expect("agrees"), &reading);
    assert_eq!(linked, called);
    let loaded = || NativeAnalysis::open(&library()).expect("agrees");
    assert_eq!(through(loaded(), &reading), called);
    let bytes = |findings: &[Finding]| serde_json::to_string(findings).expect("can be written");
    assert_eq!(bytes(&through(loaded(), &reading)), bytes(&called), "the same bytes again");
}

#[test]
fn identical_coders_agree() {
    let passages = [("ann", "i1", "k1", 0, 10), ("ben", "i1", "k1", 0, 10)];
    let statements = (0..).zip(passages).map(|(row, of)| marked(&format!("s{row}"), of)).collect();
    let findings = outcome(draft(statements, [20; 3]), &Parameters::default()).expect("findings");
    assert_eq!(findings[0].template, "alike");
}
