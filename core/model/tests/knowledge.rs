//! Does what is known about groups stay true when people, codes or cases are seen otherwise?

use std::collections::BTreeSet;

use parallax_model::bounds::Interval;
use parallax_model::row::{
    CaseRow, CodeRow, ConstraintRow, ConstraintState, CoverageRow, CoverageStatus, ExcerptRow,
    Inclusion, Modality, ParticipantRow, SourceKind, SourceRow, Stance, StatementRow,
};
use parallax_model::settings::Role;
use parallax_model::{
    ByCode, Cells, Choices, Item, Modalities, Reach, Reading, Settings, State, Study, StudyDraft,
};

/// Three supervisors, at `a`, `b` and `c`; `a` and `b` are parts of `north`.
fn draft() -> StudyDraft {
    let case = |id: &str, parent: Option<&str>| CaseRow {
        id: id.into(),
        parent: parent.map(Into::into),
        ..CaseRow::default()
    };
    let code = |id: &str, parent: Option<&str>| CodeRow {
        id: id.into(),
        parent: parent.map(Into::into),
        ..CodeRow::default()
    };
    StudyDraft {
        settings: Settings {
            title: "Groups".into(),
            roles: vec![Role { id: "S".into(), ..Role::default() }],
            ..Settings::default()
        },
        cases: Some(vec![
            case("north", None),
            case("a", Some("north")),
            case("b", Some("north")),
            case("c", None),
        ]),
        participants: ["a", "b", "c"].map(person).to_vec(),
        codes: vec![
            code("top", None),
            code("k", Some("top")),
            CodeRow {
                value_of: Some("k".into()),
                value: Some(Stance::Deny),
                ..code("k.no", Some("k"))
            },
        ],
        coverage: vec![CoverageRow {
            participant: "*".into(),
            code: Some("top".into()),
            status: CoverageStatus::Asked,
            ..CoverageRow::default()
        }],
        ..StudyDraft::default()
    }
}

fn person(case: &str) -> ParticipantRow {
    ParticipantRow {
        id: format!("s{case}"),
        case: Some(case.into()),
        title: Some("S".into()),
        ..ParticipantRow::default()
    }
}

fn constraint(code: &str, members: &str, min: u32) -> ConstraintRow {
    ConstraintRow {
        id: "known".into(),
        code: code.into(),
        members: members.into(),
        min: Some(min),
        ..ConstraintRow::default()
    }
}

fn knowing(constraint: ConstraintRow) -> Study {
    checked(StudyDraft { constraints: vec![constraint], ..draft() })
}

fn checked(draft: StudyDraft) -> Study {
    let checked = draft.check();
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

fn without(study: &Study, choose: impl FnOnce(&mut Choices)) -> Reading<'static> {
    let mut choices = Choices::default();
    choose(&mut choices);
    study.reading(&choices).expect("a reading")
}

fn cells(reading: &Reading<'_>, item: Item) -> Cells {
    Cells::of(reading, &ByCode::of(reading), item)
}

fn only(name: &str) -> BTreeSet<String> {
    BTreeSet::from([name.to_owned()])
}

#[test]
fn leaving_somebody_out_does_not_put_their_words_in_other_mouths() {
    let study = knowing(constraint("k", "S*", 2));
    let reading = without(&study, |choices| choices.without_participants = only("sa"));
    let cells = cells(&reading, Item::any(1));
    assert_eq!(cells.states, [State::Vacant, State::Unknown, State::Unknown]);
    assert_eq!(cells.mentions(&[1, 2]), Interval { lower: 1, upper: 2 });
}

#[test]
fn a_case_is_left_out_with_its_parts_and_with_its_documents() {
    let statement = StatementRow {
        id: "d".into(),
        speaker: "doc:policy".into(),
        code: "k".into(),
        modality: Modality::Duty,
        bearer: Some("S".into()),
        ..StatementRow::default()
    };
    let policy = SourceRow {
        id: "policy".into(),
        kind: SourceKind::Document,
        case: Some("a".into()),
        ..SourceRow::default()
    };
    let study = checked(StudyDraft {
        statements: vec![statement].into_iter().collect(),
        sources: Some(vec![policy]),
        ..draft()
    });
    let reading = without(&study, |choices| choices.without_cases = only("north"));
    assert_eq!([0, 1, 2].map(|row| reading.participants.is_in(row)), [false, false, true]);
    assert_eq!(reading.statements.len(), 0);
}

#[test]
fn a_constraint_on_a_case_is_about_the_people_of_its_parts() {
    let study = knowing(constraint("k", "@north", 2));
    let cells = cells(&without(&study, |_| {}), Item::any(1));
    assert_eq!(cells.states, [State::Yes, State::Yes, State::Silent]);
}

#[test]
fn what_a_group_denies_it_does_not_hold() {
    let study = knowing(ConstraintRow { state: ConstraintState::Deny, ..constraint("k", "S*", 2) });
    let cells = cells(&without(&study, |_| {}), Item::any(1));
    assert_eq!(cells.holds(&[0, 1, 2]), Interval { lower: 0, upper: 1 });
}

#[test]
fn what_a_group_says_below_a_code_is_said_of_all_that_stands_below_it() {
    let study = knowing(ConstraintRow { max: Some(1), ..constraint("k", "sa sb", 1) });
    let item = Item { reach: Reach::AndBelow, ..Item::any(0) };
    let cells = cells(&without(&study, |_| {}), item);
    assert_eq!(cells.states, [State::Unknown, State::Unknown, State::Silent]);
    let either = Interval { lower: 1, upper: 2 };
    assert_eq!(cells.mentions(&[0, 1]), either, "the other may have said something else below it");
}

#[test]
fn who_did_not_say_the_one_thing_may_have_said_another() {
    let study = knowing(ConstraintRow {
        modality: Some(Modality::Duty),
        max: Some(0),
        ..constraint("k", "sa", 0)
    });
    let reading = without(&study, |_| {});
    let duties = Item { modalities: Modalities::of(&[Modality::Duty]), ..Item::any(1) };
    assert_eq!(cells(&reading, duties).mentions(&[0]), Interval { lower: 0, upper: 0 });
    assert_eq!(cells(&reading, Item::any(1)).mentions(&[0]), Interval { lower: 0, upper: 1 });
}

#[test]
fn who_did_not_speak_of_a_code_may_have_spoken_of_one_below() {
    let row = ConstraintRow { code: "top".into(), max: Some(0), ..constraint("k", "sa", 0) };
    let draft = StudyDraft { constraints: vec![row], coverage: Vec::new(), ..draft() };
    let reading = without(&checked(draft), |_| {});
    let below = Item { reach: Reach::AndBelow, ..Item::any(0) };
    assert_eq!(cells(&reading, Item::any(0)).mentions(&[0]), Interval { lower: 0, upper: 0 });
    assert_eq!(cells(&reading, below).mentions(&[0]), Interval { lower: 0, upper: 1 });
}

#[test]
fn a_constraint_on_an_answer_is_one_on_its_question() {
    let study = knowing(constraint("k.no", "sa", 1));
    let cells = cells(&without(&study, |_| {}), Item::any(1));
    assert_eq!(cells.states[0], State::No);
}

#[test]
fn the_excerpts_of_people_who_are_out_are_out() {
    let excerpt = |id: &str, speaker: &str| ExcerptRow {
        id: id.into(),
        speaker: Some(speaker.into()),
        codes: Some("k top".into()),
        ..ExcerptRow::default()
    };
    let statement = StatementRow {
        id: "of-b".into(),
        speaker: "sb".into(),
        code: "k".into(),
        excerpt: Some("second".into()),
        ..StatementRow::default()
    };
    let mut draft = StudyDraft {
        excerpts: vec![excerpt("first", "sa"), excerpt("second", "sb")],
        statements: vec![statement].into_iter().collect(),
        ..draft()
    };
    draft.participants[0].status = Inclusion::Withdrawn;
    draft.participants[0].reason = Some("withdrew".into());
    let reading = without(&checked(draft), |_| {});
    assert_eq!(reading.excerpts.ids.iter().collect::<Vec<_>>(), ["second"]);
    assert_eq!(reading.excerpts.code_offsets[..], [0, 2]);
    assert_eq!(reading.statements.excerpts[..], [0]);
}
