//! Which rows make a small study, and what is said of its first claim?

use parallax_model::claim::{Judge, Judgement};
use parallax_model::row::{
    ClaimKind, ClaimRow, ConstraintRow, CoverageRow, CoverageStatus, Inclusion, ParticipantRow,
    Stance, StatementRow,
};
use parallax_model::settings::Role;
use parallax_model::{Choices, Settings, Study};

pub(crate) fn person(id: &str, gender: &str) -> ParticipantRow {
    let is_out = id.starts_with('O');
    ParticipantRow {
        id: id.into(),
        case: Some(id[1..2].into()),
        title: Some(if is_out { "S" } else { &id[..1] }.into()),
        status: if is_out { Inclusion::Excluded } else { Inclusion::Included },
        reason: is_out.then(|| "other tasks".into()),
        attributes: [("gender".to_owned(), gender.to_owned())]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        ..ParticipantRow::default()
    }
}

pub(crate) fn statement((speaker, code, stance): (&str, &str, Stance)) -> StatementRow {
    StatementRow {
        id: format!("{speaker}-{code}"),
        speaker: speaker.into(),
        code: code.into(),
        stance,
        condition: (stance == Stance::Mixed).then(|| "in some weeks".into()),
        ..StatementRow::default()
    }
}

pub(crate) fn asked(participant: &str, code: &str, status: CoverageStatus) -> CoverageRow {
    CoverageRow {
        participant: participant.into(),
        code: Some(code.into()),
        status,
        ..CoverageRow::default()
    }
}

pub(crate) fn constraint(code: &str, members: &str, min: u32, max: u32) -> ConstraintRow {
    ConstraintRow {
        id: format!("{code}: {members}"),
        code: code.into(),
        members: members.into(),
        min: Some(min),
        max: Some(max),
        ..ConstraintRow::default()
    }
}

pub(crate) fn settings() -> Settings {
    let role = |id: &str| Role { id: id.into(), ..Role::default() };
    Settings {
        title: "Claims".into(),
        roles: ["S", "L", "I", "W"].map(role).to_vec(),
        ..Settings::default()
    }
}

pub(crate) fn claim(kind: ClaimKind, scope: &str, code: &str, expected: &str) -> ClaimRow {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    ClaimRow {
        id: "k".into(),
        kind: Some(kind),
        scope: text(scope),
        code: text(code),
        expected: text(expected),
        ..ClaimRow::default()
    }
}

pub(crate) fn judgement(study: &Study) -> Judgement {
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let claim = study.claims()[0].as_ref().expect("nothing is wrong with the claim");
    Judge::new(study, &reading).judge(claim)
}
