//! What does a reading know of people, cases and sources beside roles?

use parallax_model::row::{
    ActorKind, CaseRow, CodeRow, ParticipantRow, SourceKind, SourceRow, StatementRow,
};
use parallax_model::settings::Role;
use parallax_model::{Choices, NONE, Reading, Settings, StudyDraft};

fn person(id: &str, attributes: &[(&str, &str)]) -> ParticipantRow {
    let attributes = attributes.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    ParticipantRow {
        id: id.into(),
        case: Some("ward".into()),
        title: Some("nurse".into()),
        attributes: attributes.collect(),
        ..ParticipantRow::default()
    }
}

fn survey(id: &str, value: f64) -> StatementRow {
    StatementRow {
        id: id.into(),
        source: Some("round-2".into()),
        speaker: "A".into(),
        code: "k".into(),
        value: Some(value),
        storyline: Some("shortage".into()),
        ..StatementRow::default()
    }
}

fn reading() -> Reading<'static> {
    let source = |id: &str, participants: &str| SourceRow {
        id: id.into(),
        participants: Some(participants.into()),
        ..SourceRow::default()
    };
    let draft = StudyDraft {
        settings: Settings {
            title: "People".into(),
            roles: vec![Role { id: "nurse".into(), ..Role::default() }],
            ..Settings::default()
        },
        participants: vec![
            ParticipantRow { weight: Some(2.5), ..person("A", &[("years", "12"), ("shift", "")]) },
            ParticipantRow {
                joint_with: Some("talk".into()),
                kind: ActorKind::Collective,
                ..person("team", &[("shift", "night")])
            },
        ],
        cases: Some(vec![CaseRow {
            id: "ward".into(),
            attributes: [("beds".into(), "24".into())].into(),
            ..CaseRow::default()
        }]),
        sources: Some(vec![
            SourceRow { interviewer: Some("interviewer 1".into()), ..source("talk", "A") },
            SourceRow {
                kind: SourceKind::Survey,
                wave: Some(2),
                characters: Some(900),
                ..source("round-2", "A")
            },
        ]),
        codes: vec![CodeRow { id: "k".into(), ..CodeRow::default() }],
        statements: [survey("s1", 4.0), survey("s2", 2.5)].into_iter().collect(),
        ..StudyDraft::default()
    };
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    study.reading(&Choices::default()).expect("a default reading")
}

#[test]
fn attributes_of_people_and_cases_are_kept_and_blank_ones_are_not() {
    let reading = reading();
    let attributes = &reading.attributes;
    let said: Vec<String> = (0..attributes.owners.len())
        .map(|row| {
            let name = attributes.column_names.of(attributes.columns[row]);
            let value = attributes.value_names.of(attributes.values[row]);
            format!("{} {} {name}={value}", attributes.owners[row], attributes.rows[row])
        })
        .collect();
    assert_eq!(said, ["0 1 shift=night", "0 0 years=12", "1 0 beds=24"]);
}

#[test]
fn who_speaks_in_a_joint_interview_is_known() {
    let reading = reading();
    assert_eq!(reading.sources.speakers_of(0), [0, 1]);
    assert_eq!(reading.sources.speakers_of(1), [0]);
}

#[test]
fn who_asked_is_known_where_a_source_says_it() {
    let sources = reading().sources;
    assert_eq!(sources.interviewers[..], [0, NONE]);
    assert_eq!(sources.interviewer_names.of(0), "interviewer 1");
}

#[test]
fn collective_actors_weights_waves_lengths_answers_and_storylines_are_kept() {
    let reading = reading();
    assert_eq!(reading.participants.kinds[..], [0, 1]);
    assert_eq!(reading.participants.weights[..], [2.5, 1.0]);
    assert_eq!(reading.sources.waves[..], [0, 2]);
    assert_eq!([0, 1].map(|source| reading.sources.length(source)), [None, Some(900)]);
    assert_eq!(reading.statements.values[..], [4.0, 2.5]);
    assert_eq!(reading.statements.storyline_names.of(reading.statements.storylines[0]), "shortage");
}

#[test]
fn statements_that_are_all_views_have_a_column_of_bearers_all_the_same() {
    let reading = reading();
    assert_eq!(reading.statements.bearer_kinds[..], [0, 0]);
    assert_eq!(reading.statements.bearers.len(), 2);
}
