//! Does a study look as its mapping, its bearers, its coverage and its alternatives say?

use std::collections::BTreeMap;

use parallax_model::row::{
    AscribedTo, CodeRow, ConstraintRow, CoverageRow, CoverageStatus, Inclusion, Modality,
    ParticipantRow, Stance, StatementRow, Strength,
};
use parallax_model::settings::{Alternative, Mapping, Role, RoleKind};
use parallax_model::{
    Ascription, ByCode, Cells, Choices, Item, Modalities, NotOffered, Reach, Reading, Settings,
    State, Study, StudyDraft,
};

fn role(id: &str) -> Role {
    Role { id: id.into(), ..Role::default() }
}

fn person(id: &str, case: &str, title: &str) -> ParticipantRow {
    ParticipantRow {
        id: id.into(),
        case: Some(case.into()),
        title: Some(title.into()),
        ..ParticipantRow::default()
    }
}

fn duty(id: &str, speaker: &str, bearer: &str) -> StatementRow {
    StatementRow {
        id: id.into(),
        speaker: speaker.into(),
        code: "k".into(),
        modality: Modality::Duty,
        bearer: Some(bearer.into()),
        ..StatementRow::default()
    }
}

fn titles(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(title, role)| ((*title).into(), (*role).into())).collect()
}

/// Two schools; coordinators and supervisors are one role under `together` and two under `apart`.
fn draft() -> StudyDraft {
    let within = |id: &str| Role { within: Some("S".into()), ..role(id) };
    StudyDraft {
        settings: Settings {
            title: "Readings".into(),
            roles: vec![
                role("S"),
                within("B"),
                within("C"),
                role("L"),
                Role { kind: RoleKind::Other, aliases: vec!["learners".into()], ..role("pupil") },
            ],
            mappings: vec![
                Mapping {
                    id: "together".into(),
                    titles: titles(&[
                        ("coordinator", "S"),
                        ("supervisor", "S"),
                        ("nurse", "exclude"),
                    ]),
                    ..Mapping::default()
                },
                Mapping {
                    id: "apart".into(),
                    titles: titles(&[
                        ("coordinator", "C"),
                        ("supervisor", "B"),
                        ("nurse", "exclude"),
                    ]),
                    people: titles(&[("x1", "L")]),
                    ..Mapping::default()
                },
            ],
            alternatives: vec![Alternative {
                group: "who".into(),
                options: vec!["first".into(), "second".into()],
                ..Alternative::default()
            }],
            ..Settings::default()
        },
        participants: vec![
            person("c1", "1", "Coordinator"),
            person("b1", "1", "supervisor"),
            person("l1", "1", "L"),
            person("l2", "2", "l"),
            person("n2", "2", "nurse"),
            ParticipantRow {
                status: Inclusion::Excluded,
                reason: Some("other work".into()),
                ..person("x1", "1", "visitor")
            },
            ParticipantRow {
                status: Inclusion::Withdrawn,
                reason: Some("withdrew".into()),
                ..person("w1", "1", "L")
            },
        ],
        codes: vec![
            CodeRow { id: "top".into(), ..CodeRow::default() },
            CodeRow { id: "k".into(), parent: Some("top".into()), ..CodeRow::default() },
            CodeRow {
                id: "k.no".into(),
                value_of: Some("k".into()),
                value: Some(Stance::Deny),
                ..CodeRow::default()
            },
        ],
        ..StudyDraft::default()
    }
}

fn study(statements: Vec<StatementRow>) -> Study {
    checked(StudyDraft { statements: statements.into_iter().collect(), ..draft() })
}

fn checked(draft: StudyDraft) -> Study {
    let checked = draft.check();
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

fn under(study: &Study, mapping: &str) -> Reading<'static> {
    let choices = Choices { mapping: Some(mapping.into()), ..Choices::default() };
    study.reading(&choices).expect("a reading")
}

/// The ids of those to whom the first statement ascribes something.
fn bearers(reading: &Reading<'_>) -> Vec<String> {
    (0_u32..)
        .zip(reading.participants.ids.iter())
        .filter(|&(row, _)| reading.participants.is_in(row) && reading.ascribes_to(0, row))
        .map(|(_, id)| id.to_owned())
        .collect()
}

#[test]
fn bearers_are_who_they_are_in_the_reading() {
    let expected = [
        ("self", &["c1"][..], &["c1"][..]),
        ("we", &["c1", "b1"], &["c1"]),
        ("others", &["l1"], &["b1", "l1", "x1"]),
        ("all", &["c1", "b1", "l1"], &["c1", "b1", "l1", "x1"]),
        ("S", &["c1", "b1"], &["c1", "b1"]),
        ("B", &[], &["b1"]),
        ("l1", &["l1"], &["l1"]),
        ("l2", &["l2"], &["l2"]),
        ("pupil", &[], &[]),
        ("Learners", &[], &[]),
    ];
    for (bearer, together, apart) in expected {
        let study = study(vec![duty("s", "c1", bearer)]);
        assert_eq!(bearers(&under(&study, "together")), together, "{bearer} together");
        assert_eq!(bearers(&under(&study, "apart")), apart, "{bearer} apart");
    }
}

#[test]
fn what_is_said_of_a_role_that_includes_the_speaker_is_both_own_and_of_others() {
    let reading = under(&study(vec![duty("s", "c1", "S")]), "together");
    assert!(reading.is_ascription(0, Ascription::Own));
    assert!(reading.is_ascription(0, Ascription::Other));
    let pupils = under(&study(vec![duty("s", "c1", "pupil")]), "together");
    assert!(!pupils.is_ascription(0, Ascription::Own));
}

#[test]
fn a_mapping_never_changes_a_title_and_withdrawn_people_stay_out() {
    let study = study(vec![duty("s", "x1", "self"), duty("t", "c1", "self")]);
    let (together, apart) = (under(&study, "together"), under(&study, "apart"));
    let roles = |reading: &Reading<'_>| -> Vec<String> {
        let roles = reading.participants.roles.iter();
        roles.map(|&role| reading.roles.ids.of(role).to_owned()).collect()
    };
    assert_eq!(roles(&together), ["S", "S", "L", "L", "", "", ""]);
    assert_eq!(roles(&apart), ["C", "B", "L", "L", "", "L", ""]);
    assert_eq!(together.participants.title_names, study.participants().title_names);
    assert_eq!((together.statements.len(), apart.statements.len()), (1, 2));
}

#[test]
fn a_reading_that_leaves_nothing_out_shares_the_columns_of_the_study() {
    let study = study(vec![duty("s", "c1", "self")]);
    let reading = study.reading(&Choices::default()).expect("a reading");
    assert!(std::ptr::eq(
        std::ptr::from_ref(&reading.statements.codes[0]),
        std::ptr::from_ref(&study.statements().codes[0]),
    ));
}

fn state_of(reading: &Reading<'_>, item: Item, id: &str) -> State {
    let cells = Cells::of(reading, &ByCode::of(reading), item);
    let row = reading.participants.ids.position(id).expect("a participant");
    cells.states[row as usize]
}

fn covered(participant: &str, code: &str, status: CoverageStatus) -> CoverageRow {
    CoverageRow {
        participant: participant.into(),
        code: Some(code.into()),
        status,
        ..CoverageRow::default()
    }
}

#[test]
fn silence_is_what_the_nearest_coverage_says() {
    let coverage = vec![
        covered("*", "top", CoverageStatus::Asked),
        covered("l1", "top", CoverageStatus::NotAsked),
        covered("l2", "k", CoverageStatus::Optional),
    ];
    let reading = under(&checked(StudyDraft { coverage, ..draft() }), "together");
    let item = Item::any(1);
    assert_eq!(state_of(&reading, item, "c1"), State::Silent);
    assert_eq!(state_of(&reading, item, "l1"), State::NotAsked);
    assert_eq!(state_of(&reading, item, "l2"), State::Unknown);
    assert_eq!(state_of(&reading, item, "w1"), State::Vacant);
}

#[test]
fn who_was_asked_about_themselves_was_not_asked_about_others() {
    let coverage = vec![CoverageRow {
        bearer: Some(AscribedTo::Own),
        ..covered("*", "k", CoverageStatus::Asked)
    }];
    let reading = under(&checked(StudyDraft { coverage, ..draft() }), "together");
    assert_eq!(state_of(&reading, Item::own(1, Modalities::DEONTIC), "c1"), State::Silent);
    assert_eq!(state_of(&reading, Item::of_others(1, Modalities::DEONTIC), "c1"), State::Unknown);
}

#[test]
fn silence_about_a_whole_means_something_where_it_does_about_each_part() {
    let rows = [
        CoverageRow { bearer: Some(AscribedTo::Own), ..covered("*", "k", CoverageStatus::Asked) },
        covered("*", "top", CoverageStatus::NotAsked),
        CoverageRow {
            bearer: Some(AscribedTo::Others),
            ..covered("c1", "k", CoverageStatus::Unknown)
        },
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let coverage = order.map(|row: usize| rows[row].clone()).to_vec();
        let reading = under(&checked(StudyDraft { coverage, ..draft() }), "together");
        let of = |item, id| state_of(&reading, item, id);
        let below = |item| Item { reach: Reach::AndBelow, ..item };
        // Asked about themselves, not asked about others: nothing said of anybody.
        assert_eq!(of(Item::any(1), "l1"), State::Silent, "{order:?}");
        assert_eq!(of(Item::of_others(1, Modalities::ANY), "l1"), State::NotAsked, "{order:?}");
        assert_eq!(of(below(Item::own(0, Modalities::ANY)), "l1"), State::Silent, "{order:?}");
        // Whether this one was asked about others is unknown, and so is the whole.
        assert_eq!(of(Item::any(1), "c1"), State::Unknown, "{order:?}");
        assert_eq!(of(below(Item::any(0)), "c1"), State::Unknown, "{order:?}");
        assert_eq!(of(Item::any(0), "c1"), State::NotAsked, "{order:?}");
    }
}

#[test]
fn states_follow_stances_answer_codes_and_contradictions() {
    let deny = |row: StatementRow| StatementRow { stance: Stance::Deny, ..row };
    let answer = |row: StatementRow| StatementRow { code: "k.no".into(), ..row };
    let reading = under(
        &study(vec![
            duty("s1", "c1", "self"),
            deny(duty("s2", "c1", "self")),
            deny(duty("s3", "b1", "self")),
            answer(duty("s4", "l1", "self")),
            deny(answer(duty("s5", "l2", "self"))),
        ]),
        "together",
    );
    let item = Item::own(1, Modalities::DEONTIC);
    for (id, wanted) in
        [("c1", State::Mixed), ("b1", State::No), ("l1", State::No), ("l2", State::Yes)]
    {
        assert_eq!(state_of(&reading, item, id), wanted, "{id}");
    }
}

#[test]
fn a_reading_takes_one_option_of_each_alternative() {
    let option = |row: StatementRow, option: &str| StatementRow {
        alternative: Some(format!("who:{option}")),
        ..row
    };
    let study = study(vec![
        option(duty("s1", "c1", "self"), "first"),
        option(duty("s2", "l1", "self"), "second"),
    ]);
    let ids = |choices: &Choices| -> Vec<String> {
        let reading = study.reading(choices).expect("a reading");
        reading.statements.ids.iter().map(str::to_owned).collect()
    };
    assert_eq!(ids(&Choices::default()), ["s1"]);
    let second = BTreeMap::from([("who".to_owned(), "second".to_owned())]);
    assert_eq!(ids(&Choices { options: second, ..Choices::default() }), ["s2"]);
    let third = BTreeMap::from([("who".to_owned(), "third".to_owned())]);
    let refused = study.reading(&Choices { options: third, ..Choices::default() });
    assert_eq!(refused.err(), Some(NotOffered::Option("who:third".into())));
}

#[test]
fn choices_leave_out_people_cases_coders_and_weak_evidence() {
    let study = study(vec![
        StatementRow { coder: Some("ann".into()), ..duty("s1", "c1", "self") },
        StatementRow { evidence: Strength::Inferred, ..duty("s2", "l1", "self") },
        duty("s3", "l2", "self"),
    ]);
    let left = |choices: Choices| -> Vec<String> {
        let reading = study.reading(&choices).expect("a reading");
        reading.statements.ids.iter().map(str::to_owned).collect()
    };
    let one = |name: &str| std::iter::once(name.to_owned()).collect();
    let default = Choices::default;
    assert_eq!(left(Choices { without_coders: one("ann"), ..default() }), ["s2", "s3"]);
    assert_eq!(left(Choices { without_cases: one("2"), ..default() }), ["s1", "s2"]);
    assert_eq!(left(Choices { without_participants: one("c1"), ..default() }), ["s2", "s3"]);
    assert_eq!(left(Choices { without_sources: one("l2"), ..default() }), ["s1", "s2"]);
    // Whom nobody heard is out: to be silent is an answer.
    let unheard = study.reading(&Choices { without_sources: one("l2"), ..default() });
    let people = unheard.expect("a reading").participants;
    assert!(!people.is_in(people.ids.position("l2").expect("a participant")));
    assert!(people.is_in(people.ids.position("l1").expect("a participant")));
    let weak = std::iter::once(Strength::Inferred).collect();
    assert_eq!(left(Choices { without_strengths: weak, ..default() }), ["s1", "s3"]);
}

#[test]
fn a_world_of_a_constraint_is_a_reading() {
    let constraint = ConstraintRow {
        id: "one".into(),
        code: "k".into(),
        members: "c1 b1".into(),
        min: Some(1),
        max: Some(1),
        ..ConstraintRow::default()
    };
    let study = checked(StudyDraft { constraints: vec![constraint], ..draft() });
    let item = Item::own(1, Modalities::DEONTIC);
    let open = under(&study, "together");
    assert_eq!(state_of(&open, item, "c1"), State::Unknown);
    let worlds = BTreeMap::from([("one".to_owned(), vec!["b1".to_owned()])]);
    let chosen = study.reading(&Choices { worlds, ..Choices::default() }).expect("a world");
    assert_eq!(state_of(&chosen, item, "b1"), State::Yes);
    assert_eq!(state_of(&chosen, item, "c1"), State::Silent);
    let nobody = BTreeMap::from([("one".to_owned(), vec!["l2".to_owned()])]);
    let refused = study.reading(&Choices { worlds: nobody, ..Choices::default() });
    assert_eq!(refused.err(), Some(NotOffered::World("one".into())));
}

#[test]
fn cells_as_columns_say_what_the_cells_say() {
    let reading = under(&study(vec![duty("s1", "c1", "self"), duty("s2", "l1", "S")]), "together");
    let reading = reading.with_cells();
    let columns = &reading.cells;
    let by_code = ByCode::of(&reading);
    let rows: Vec<(u8, u8, usize)> = (0..columns.states.len())
        .map(|row| (columns.modalities[row], columns.ascriptions[row], row))
        .collect();
    assert_eq!(rows.len(), 3 * 4, "duties of oneself, duties of others, anything; four people");
    for (modality, ascription, row) in rows {
        let item = match (modality, ascription) {
            (0, 0) => Item::own(1, Modalities::of(&[Modality::Duty])),
            (0, 1) => Item::of_others(1, Modalities::of(&[Modality::Duty])),
            _ => Item::any(1),
        };
        let cells = Cells::of(&reading, &by_code, item);
        let person = columns.participants[row] as usize;
        assert_eq!(columns.states[row], cells.states[person] as u8);
        assert_eq!((columns.least[row], columns.most[row]), cells.bounds.of_one(person));
    }
}
