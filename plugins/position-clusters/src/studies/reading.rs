//! How do the two small studies look as readings?

use parallax_plugin::model::row::{CoverageStatus, Modality, Stance};
use parallax_plugin::model::tables::{
    Bearer, Cases, Codes, Constraints, Coverage, Participants, Roles, Statements,
};
use parallax_plugin::model::{NONE, Reading};

/// A statement of a person about themselves: who, which code, and what of it.
pub(crate) struct Said(pub(crate) &'static str, pub(crate) &'static str, pub(crate) Stance);

const TASKS: [(&str, &str); 7] = [
    ("tasks", "tasks"),
    ("BEG", "guide"),
    ("BEO", "assess"),
    ("CON", "keep contact"),
    ("MON", "monitor"),
    ("OND", "support"),
    ("VRB", "prepare"),
];

/// The task table of the seed study: 16 people at six schools, and one task that one of the two
/// supervisors at school 3 has, but nobody knows which.
pub(crate) fn seed() -> Reading<'static> {
    let people = [
        "I1", "S1", "L1", "I2", "S2", "L3", "S3a", "S3b", "S4", "L4", "I5", "S5", "L5", "I6", "S6",
        "L6",
    ];
    let tasks: [(&str, &[&str]); 6] = [
        ("BEG", &["S2", "S5", "S6"]),
        ("BEO", &["S1", "S2", "S6"]),
        ("CON", &["S1", "S2", "S3a", "S3b", "S4", "S6", "I1"]),
        ("MON", &["I2", "I6"]),
        ("OND", &["S1", "S4", "L1", "L3", "L4", "L5", "L6", "I5"]),
        ("VRB", &["L1", "L4", "L5"]),
    ];
    let said: Vec<Said> = tasks
        .iter()
        .flat_map(|(task, people)| people.iter().map(|person| Said(person, task, Stance::Affirm)))
        .collect();
    let mut reading = reading(&people, &said);
    let either = [6, 7];
    reading.constraints = Constraints {
        ids: ["k01"].into_iter().collect(),
        codes: vec![1].into(),
        modalities: vec![u8::MAX].into(),
        bearers: vec![u8::MAX].into(),
        states: vec![0].into(),
        minimums: vec![1].into(),
        maximums: vec![1].into(),
        member_offsets: vec![0, 2].into(),
        members: either.to_vec().into(),
    };
    reading
}

/// People named by role and case (`S3a`: role S at case 3) who were all asked for all tasks.
pub(crate) fn reading(people: &[&str], said: &[Said]) -> Reading<'static> {
    let person = |id: &str| people.iter().position(|other| *other == id).expect("known") as u32;
    let code = |id: &str| TASKS.iter().position(|task| task.0 == id).expect("known") as u32;
    let role = |id: &str| "ILS".find(&id[..1]).expect("known") as u32;
    let ids: Vec<String> = (1..=said.len()).map(|row| format!("s{row:03}")).collect();
    let (own, nobody) = Bearer::Own.to_columns();
    Reading {
        mapping: "report".to_owned(),
        is_default: true,
        roles: Roles {
            ids: ["I", "L", "S"].into_iter().collect(),
            labels: ["counsellor", "teacher", "supervisor"].into_iter().collect(),
            kinds: vec![0; 3].into(),
            within: vec![NONE; 3].into(),
        },
        cases: Cases {
            ids: ["1", "2", "3", "4", "5", "6"].into_iter().collect(),
            labels: ["", "", "", "", "", ""].into_iter().collect(),
            parents: vec![NONE; 6].into(),
        },
        participants: Participants {
            ids: people.iter().copied().collect(),
            cases: people.iter().map(|id| id.as_bytes()[1].wrapping_sub(b'1').into()).collect(),
            roles: people.iter().map(|id| role(id)).collect(),
            ..Participants::default()
        },
        codes: Codes {
            ids: TASKS.iter().map(|task| task.0).collect(),
            labels: TASKS.iter().map(|task| task.1).collect(),
            parents: [NONE, 0, 0, 0, 0, 0, 0].into_iter().collect(),
            ..Codes::default()
        },
        statements: Statements {
            ids: ids.iter().map(String::as_str).collect(),
            speakers: said.iter().map(|said| person(said.0)).collect(),
            codes: said.iter().map(|said| code(said.1)).collect(),
            modalities: said.iter().map(|_| Modality::Duty as u8).collect(),
            bearer_kinds: said.iter().map(|_| own).collect(),
            bearers: said.iter().map(|_| nobody).collect(),
            stances: said.iter().map(|said| said.2 as u8).collect(),
            ..Statements::default()
        },
        coverage: Coverage {
            bearers: vec![u8::MAX].into(),
            participants: vec![NONE].into(),
            codes: vec![0].into(),
            statuses: vec![CoverageStatus::Asked as u8].into(),
        },
        ..Reading::default()
    }
}
