//! Does the analysis find the same whether it is called, linked in, or loaded from its library?

use case_consensus::{ENTRY, Parameters, analyse};
use parallax_engine::shelf::doors::same_through_every_door;
use parallax_plugin::model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Settings, Study, StudyDraft};
use parallax_plugin::prelude::*;

/// Three cases with an X and a Y each, who say different things at one of them.
fn study() -> Study {
    let person = |id: &str| ParticipantRow {
        id: id.into(),
        title: Some(id[..1].to_uppercase()),
        case: Some(id[1..].into()),
        ..ParticipantRow::default()
    };
    let says = |(id, speaker): (&str, &str)| StatementRow {
        id: id.into(),
        speaker: speaker.into(),
        code: "k1".into(),
        note: Some("één notitie".into()),
        ..StatementRow::default()
    };
    let said = [("s1", "x1"), ("s2", "y1"), ("s3", "x2")];
    let draft = StudyDraft {
        settings: Settings {
            title: "Two doors".into(),
            roles: ["X", "Y"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        participants: ["x1", "y1", "x2", "y2", "x3", "y3"].map(person).to_vec(),
        codes: vec![CodeRow { id: "k1".into(), ..CodeRow::default() }],
        statements: said.map(says).into_iter().collect(),
        ..StudyDraft::default()
    };
    let checked = draft.check();
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

#[test]
fn every_door_gives_the_same_findings() {
    let study = study();
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let called = analyse(&reading, &Parameters::default(), &Job::alone(0)).expect("findings");
    let test = std::env::current_exe().expect("this test has a path");
    assert_eq!(same_through_every_door(ENTRY, &test, &reading, 0, called), Ok(()));
}
