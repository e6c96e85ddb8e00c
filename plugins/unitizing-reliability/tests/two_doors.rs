//! Does the analysis find the same whether it is called, linked in, or loaded from its library?

#[path = "study/passages.rs"]
mod study;

use parallax_engine::shelf::doors::same_through_every_door;
use parallax_plugin::model::{Choices, Study};
use parallax_plugin::prelude::*;
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

#[test]
fn every_door_gives_the_same_findings() {
    let study = study();
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let called = analyse(&reading, &Parameters::default(), &Job::alone(1)).expect("findings");
    let text = Measure { name: "text".into(), number: Number::count(100) };
    // The length of one text crosses the border: 60 + 40.
    assert!(called.iter().any(|finding| finding.measures.contains(&text)));
    let test = std::env::current_exe().expect("this test has a path");
    assert_eq!(same_through_every_door(ENTRY, &test, &reading, 1, called), Ok(()));
}

#[test]
fn identical_coders_agree() {
    let passages = [("ann", "i1", "k1", 0, 10), ("ben", "i1", "k1", 0, 10)];
    let statements = (0..).zip(passages).map(|(row, of)| marked(&format!("s{row}"), of)).collect();
    let findings = outcome(draft(statements, [20; 3]), &Parameters::default()).expect("findings");
    assert_eq!(findings[0].template, "alike");
}
