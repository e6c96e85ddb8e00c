//! Who positions whom when senders are several, conditional, or no people at all?

use parallax_model::row::{
    CodeRow, CoverageRow, CoverageStatus, Modality, ParticipantRow, SourceKind, SourceRow, Stance,
    StatementRow,
};
use parallax_model::settings::Role;
use parallax_model::{
    Ascriber, Choices, Holder, NONE, Position, Settings, State, Status, StudyDraft, positions,
};

const X: u32 = 0;
const Y: u32 = 1;
const Z: u32 = 2;

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

/// People called after their role and their case (`-` for none), all of them asked about the code.
fn found(people: &[&str], statements: Vec<StatementRow>, ascriber: Ascriber) -> Vec<Position> {
    found_where(CoverageStatus::Asked, people, statements, ascriber)
}

/// The same, with what is known of whom was asked.
fn found_where(
    status: CoverageStatus,
    people: &[&str],
    statements: Vec<StatementRow>,
    ascriber: Ascriber,
) -> Vec<Position> {
    let role = |id: &str| Role { id: id.into(), ..Role::default() };
    let person = |id: &&str| ParticipantRow {
        id: (*id).into(),
        title: Some(id[..1].into()),
        case: id.get(1..2).filter(|case| *case != "-").map(Into::into),
        ..ParticipantRow::default()
    };
    let checked = StudyDraft {
        settings: Settings {
            title: "Positions".into(),
            roles: ["X", "Y", "Z"].map(role).to_vec(),
            ..Settings::default()
        },
        participants: people.iter().map(person).collect(),
        codes: vec![CodeRow { id: "k".into(), ..CodeRow::default() }],
        sources: Some(vec![SourceRow {
            id: "policy".into(),
            kind: SourceKind::Document,
            ..SourceRow::default()
        }]),
        coverage: vec![CoverageRow {
            participant: "*".into(),
            code: Some("k".into()),
            status,
            ..CoverageRow::default()
        }],
        statements: statements.into_iter().collect(),
        ..StudyDraft::default()
    }
    .check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    positions(&study.reading(&Choices::default()).expect("a reading"), ascriber)
}

#[test]
fn a_document_that_names_a_person_says_so_once() {
    let statements = vec![duty("d", "doc:policy", "Y1")];
    let found = found(&["X1", "Y1", "X2", "X3"], statements, Ascriber::Documents);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].ascribing, [0]);
}

#[test]
fn a_document_misses_nobody_among_people_without_a_case() {
    let found = |people: &[&str], bearer| {
        found(people, vec![duty("d", "doc:policy", bearer)], Ascriber::Documents)
            .iter()
            .map(|position| (position.case, position.status))
            .collect::<Vec<_>>()
    };
    let people = ["X1", "Y1", "Z-"];
    assert_eq!(found(&people, "Y"), [(0, Status::Unrecognised)]);
    assert_eq!(found(&people, "Z"), [(0, Status::Vacant), (NONE, Status::Unrecognised)]);
    // Who belongs to no case and expects something of a role misses its people there.
    let said = vec![duty("s", "Z-", "Y")];
    let expected = self::found(&people, said, Ascriber::Participants);
    assert_eq!((expected[0].case, expected[0].status), (NONE, Status::Vacant));
    // Without any case, a role that nobody has is missed all the same.
    assert_eq!(found(&["X-", "Y-"], "Z"), [(NONE, Status::Vacant)]);
}

/// Who expects something, and whether those who do disagree.
fn conflicts(people: &[&str], statements: Vec<StatementRow>) -> Vec<(Holder, bool)> {
    let found = found(people, statements, Ascriber::Participants);
    found.iter().map(|position| (position.holder, position.inter_sender_conflict)).collect()
}

#[test]
fn one_sender_with_a_condition_is_no_conflict_of_senders() {
    let conditional = StatementRow {
        stance: Stance::Mixed,
        condition: Some("sometimes".into()),
        ..duty("s", "X1", "Y")
    };
    assert_eq!(conflicts(&["X1", "Y1"], vec![conditional]), [(Holder::Role(X), false)]);
}

#[test]
fn senders_of_one_role_who_disagree_are_a_conflict_for_every_sender() {
    let people = ["X1a", "X1b", "Y1", "Z1"];
    let denied = |speaker| StatementRow { stance: Stance::Deny, ..duty("t", speaker, "Y") };
    let said = |denied| vec![duty("s", "X1a", "Y"), denied, duty("u", "Z1", "Y")];
    let holders = [Holder::Role(X), Holder::Role(Z)];
    assert_eq!(conflicts(&people, said(denied("X1b"))), holders.map(|holder| (holder, true)));
    assert_eq!(conflicts(&people, said(denied("X1a"))), holders.map(|holder| (holder, false)));
}

#[test]
fn who_was_asked_and_spoke_of_somebody_else_was_asked() {
    let statements = vec![duty("s", "X1", "Z"), duty("t", "Y1", "self")];
    let mut found = found(&["X1", "Y1"], statements, Ascriber::Participants);
    found.retain(|position| position.bearer == Y && position.own == State::Yes);
    let statuses: Vec<Status> = found.iter().map(|position| position.status).collect();
    assert_eq!(statuses, [Status::Unsolicited]);
}

#[test]
fn doing_is_no_claim_where_one_denies_the_duty_and_another_is_unknown() {
    let enacts = StatementRow { modality: Modality::Enact, ..duty("t", "Y1a", "self") };
    let denies = StatementRow { stance: Stance::Deny, ..duty("u", "Y1a", "self") };
    let of = |status, denies: &[StatementRow]| {
        let said = [&[duty("s", "X1", "Y"), enacts.clone()], denies].concat();
        found_where(status, &["X1", "Y1a", "Y1b"], said, Ascriber::Participants)[0].status
    };
    let (asked, unknown) = (CoverageStatus::Asked, CoverageStatus::Unknown);
    assert_eq!(of(unknown, &[]), Status::Aligned);
    assert_eq!(of(asked, std::slice::from_ref(&denies)), Status::Rejected);
    assert_eq!(of(unknown, &[denies]), Status::Unknown);
}

#[test]
fn a_claimed_duty_may_be_unmet_where_one_denies_doing_it_and_another_is_unknown() {
    let denies = StatementRow {
        modality: Modality::Enact,
        stance: Stance::Deny,
        ..duty("t", "Y1a", "self")
    };
    let of = |status, people: &[&str]| {
        let said = vec![duty("s", "X1", "Y"), duty("u", "Y1a", "self"), denies.clone()];
        found_where(status, people, said, Ascriber::Participants)[0].status
    };
    let (asked, unknown) = (CoverageStatus::Asked, CoverageStatus::Unknown);
    let people = ["X1", "Y1a", "Y1b"];
    assert_eq!(of(unknown, &people), Status::Unknown);
    // The same study when everything is known: the other was asked and is silent.
    assert_eq!(of(asked, &people), Status::Unmet);
    assert_eq!(of(unknown, &people[..2]), Status::Unmet);
}
