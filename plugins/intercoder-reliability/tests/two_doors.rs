//! Does the analysis find the same whether it is called, linked in, or loaded from its library?

use intercoder_reliability::{ENTRY, Parameters, analyse};
use parallax_engine::shelf::doors::same_through_every_door;
use parallax_plugin::model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Settings, Study, StudyDraft};
use parallax_plugin::prelude::*;

/// Two coders of four people at two cases, who differ once on the code and once on the bearer.
fn study() -> Study {
    let person = |id: &str| ParticipantRow {
        id: id.into(),
        title: Some(id[..1].to_uppercase()),
        case: Some(id[1..].into()),
        ..ParticipantRow::default()
    };
    let says = |id: &str, speaker: &str, code: &str, bearer: &str| StatementRow {
        id: id.into(),
        speaker: speaker.into(),
        code: code.into(),
        modality: Modality::Duty,
        bearer: Some(bearer.into()),
        coder: Some(id[..1].into()),
        note: Some("één notitie".into()),
        ..StatementRow::default()
    };
    let statements = [
        says("a1", "x1", "k1", "self"),
        says("b1", "x1", "k1", "self"),
        says("a2", "x2", "k1", "self"),
        says("b2", "x2", "k1", "Y"),
        says("a3", "y1", "k2", "self"),
        says("b3", "y1", "k2", "self"),
        says("a4", "y2", "k1", "X"),
        says("b4", "y2", "k2", "X"),
    ];
    let draft = StudyDraft {
        settings: Settings {
            title: "Two doors".into(),
            roles: ["X", "Y"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        participants: ["x1", "y1", "x2", "y2"].map(person).to_vec(),
        codes: ["k1", "k2"].map(|id| CodeRow { id: id.into(), ..CodeRow::default() }).to_vec(),
        statements: statements.into_iter().collect(),
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
