//! Does the analysis find the same whether it is called, linked in, or loaded from its library?

use composition_scan::{ENTRY, Parameters, analyse};
use parallax_engine::shelf::doors::same_through_every_door;
use parallax_plugin::model::row::{
    ClaimKind, ClaimRow, CodeRow, ParticipantRow, SourceRow, StatementRow,
};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Settings, Study, StudyDraft};
use parallax_plugin::prelude::*;

/// Three cases; somebody with the role Y is at the last one only, where the report and the code say
/// that things are otherwise.
fn study() -> Study {
    let person = |id: &str| ParticipantRow {
        id: id.into(),
        title: Some(id[..1].to_uppercase()),
        case: Some(id[1..].into()),
        ..ParticipantRow::default()
    };
    let statement = StatementRow {
        id: "s1".into(),
        speaker: "y3".into(),
        code: "k1".into(),
        note: Some("één notitie".into()),
        ..StatementRow::default()
    };
    let claim = ClaimRow {
        id: "c1".into(),
        kind: Some(ClaimKind::Set),
        code: Some("k1".into()),
        expected: Some("@3".into()),
        ..ClaimRow::default()
    };
    let talk = |who: &str| SourceRow {
        id: format!("talk-{who}"),
        participants: Some(who.into()),
        interviewer: Some("é".into()),
        ..SourceRow::default()
    };
    let people = ["x1", "x2", "x3", "y3"];
    let draft = StudyDraft {
        settings: Settings {
            title: "Two doors".into(),
            roles: ["X", "Y"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        participants: people.map(person).to_vec(),
        sources: Some(people.map(talk).to_vec()),
        codes: vec![CodeRow { id: "k1".into(), ..CodeRow::default() }],
        statements: [statement].into_iter().collect(),
        claims: vec![claim],
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
