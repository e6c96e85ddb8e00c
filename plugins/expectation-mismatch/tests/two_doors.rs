//! Does the analysis find the same whether it is called, linked in, or loaded from its library?

use expectation_mismatch::{ENTRY, Parameters, analyse};
use parallax_engine::shelf::NativeAnalysis;
use parallax_engine::shelf::doors::same_through_every_door;
use parallax_plugin::model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_plugin::model::settings::Role;
use parallax_plugin::model::{Choices, Settings, Study, StudyDraft};
use parallax_plugin::prelude::*;

/// Two cases with one X and one Y each; X expects two things of Y, who claims one of them.
fn study() -> Study {
    let person = |id: &str| ParticipantRow {
        id: id.into(),
        title: Some(id[..1].to_uppercase()),
        case: Some(id[1..].into()),
        ..ParticipantRow::default()
    };
    let says = |id: &str, speaker: &str, bearer: &str, code: &str| StatementRow {
        id: id.into(),
        speaker: speaker.into(),
        code: code.into(),
        modality: Modality::Duty,
        bearer: Some(bearer.into()),
        note: Some("één notitie".into()),
        ..StatementRow::default()
    };
    let statements = [
        says("s1", "x1", "Y", "k1"),
        says("s2", "x1", "Y", "k2"),
        says("s3", "y1", "self", "k1"),
        says("s4", "x2", "others", "k1"),
    ];
    let draft = StudyDraft {
        settings: Settings {
            title: "Two doors".into(),
            roles: ["X", "Y"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
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

#[test]
fn a_library_under_another_name_says_which_symbol_it_lacks() {
    let folder = std::env::temp_dir().join(format!("parallax-two-doors-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let renamed = folder.join(format!("{}other_name.so", std::env::consts::DLL_PREFIX));
    let test = std::env::current_exe().expect("this test has a path");
    let (start, end) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = test.with_file_name(format!("{start}expectation_mismatch{end}"));
    std::fs::copy(library, &renamed).expect("copied");
    let refused = NativeAnalysis::open(&renamed).map(drop).expect_err("is refused").to_string();
    std::fs::remove_dir_all(&folder).expect("removed");
    assert!(refused.contains("`parallax_plugin_other_name`"), "{refused}");
}
