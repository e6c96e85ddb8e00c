//! What became of one expectation?

use std::collections::BTreeSet;

use parallax_plugin::model::{Ascriber, Holder, NoEvidence, Position, PositionKind, Status};
use parallax_plugin::prelude::*;

use crate::{bearer_of, case_of, role_at};

/// The finding about one expectation, or about one claim that nobody asked for.
pub(crate) fn finding(
    reading: &Reading<'_>,
    roster: &Roster,
    sort: Ascriber,
    position: &Position,
) -> Result<Finding, NoEvidence> {
    let bearer = bearer_of(reading, roster, position);
    let holder = holder_of(reading, roster, position);
    let nobody = Value::Word(match sort {
        Ascriber::Participants => "others".to_owned(),
        Ascriber::Documents => "documents".to_owned(),
    });
    let finding = Finding::new(
        &about(reading, position, holder.as_ref().unwrap_or(&nobody), &bearer),
        template(position),
        evidence(reading, position),
    )?;
    let mut finding = finding
        .value("case", case_of(reading, position.case))
        .value("holder", holder.unwrap_or(nobody))
        .value("bearer", bearer)
        .value("code", Value::Code(reading.codes.ids.of(position.content.code).to_owned()))
        .value("kind", Value::Word(position.content.kind.word().to_owned()))
        .value("status", Value::Word(position.status.word().to_owned()))
        .value("expected", Value::Word(position.expected.word().to_owned()))
        .value("own", Value::Word(position.own.word().to_owned()));
    if !position.claimed_elsewhere.is_empty() {
        let elsewhere = position.claimed_elsewhere.iter().map(|&role| {
            let unit = roster.unit(role, position.case);
            unit.map_or_else(String::new, |unit| reading.unit_name(unit).to_owned())
        });
        finding = finding.value("elsewhere", Value::Names(elsewhere.collect()));
    }
    if position.spread > 1 {
        finding =
            finding.measure("spread", Number::count(position.spread)).caveat("spread_over_roles");
    }
    if position.inter_sender_conflict {
        finding = finding.caveat("inter_sender_conflict");
    }
    if position.status == Status::Unrecognised {
        finding = finding.caveat("silence_is_no_refusal");
    }
    if position.status == Status::Unsolicited && sort == Ascriber::Participants {
        finding = finding.caveat("others_were_not_asked_about_others");
    }
    Ok(finding)
}

/// A path a person can read: `6/S6>L6/P.task.MON`, with the kind unless it is a duty, and without a
/// case where there is none.
fn about(reading: &Reading<'_>, position: &Position, holder: &Value, bearer: &Value) -> String {
    let name = |value: &Value| match value {
        Value::Participant(id) | Value::Role(id) => id.clone(),
        Value::Source(id) => format!("doc:{id}"),
        Value::Word(word) => word.clone(),
        _ => String::new(),
    };
    let case = match case_of(reading, position.case) {
        Value::Case(id) => format!("{id}/"),
        _ => String::new(),
    };
    let code = reading.codes.ids.of(position.content.code);
    let mut about = format!("{case}{}>{}/{code}", name(holder), name(bearer));
    if position.content.kind != PositionKind::Duty {
        about.push(':');
        about.push_str(position.content.kind.word());
    }
    about
}

fn holder_of(reading: &Reading<'_>, roster: &Roster, position: &Position) -> Option<Value> {
    match position.holder {
        Holder::Role(role) => {
            // The holder's own case: an expectation of a named person may cross cases. Holders from
            // several cases go by their role, whoever of them comes first.
            let speakers = position.ascribing.iter();
            let cases: BTreeSet<u32> = speakers
                .map(|&row| reading.participants.case(reading.statements.speakers[row as usize]))
                .collect();
            let case = cases.first().copied().unwrap_or(NONE);
            Some(match cases.len() {
                0 | 1 => role_at(reading, roster, role, case),
                _ => Value::Role(reading.roles.ids.of(role).to_owned()),
            })
        }
        Holder::Document(source) => Some(Value::Source(reading.sources.ids.of(source).to_owned())),
        Holder::Nobody => None,
    }
}

fn template(position: &Position) -> &'static str {
    match position.status {
        Status::Unrecognised if !position.claimed_elsewhere.is_empty() => {
            "unrecognised_claimed_elsewhere"
        }
        Status::Challenged | Status::Rejected => "contested",
        Status::Unknown if position.own.is_mention() => "unknown_done",
        status => status.word(),
    }
}

fn evidence(reading: &Reading<'_>, position: &Position) -> Vec<Evidence> {
    let ids = &reading.statements.ids;
    let claim_weight = match position.status {
        Status::Challenged | Status::Rejected | Status::Unmet => Weight::Contrary,
        _ => Weight::Supporting,
    };
    let statements = |rows: &[u32], weight: Weight| -> Vec<Evidence> {
        rows.iter().map(|&row| Evidence::statement(ids.of(row), weight)).collect()
    };
    let mut evidence = statements(&position.ascribing, Weight::Supporting);
    if position.own.is_mention() && position.status == Status::Unknown {
        // Claimed, and by some said not to be done.
        let is_denial = |row: &u32| reading.statements.stance(*row as usize) == Stance::Deny;
        let (denied, claimed) = position.claiming.iter().partition::<Vec<u32>, _>(|r| is_denial(r));
        evidence.extend(statements(&claimed, Weight::Supporting));
        evidence.extend(statements(&denied, Weight::Contrary));
    } else {
        evidence.extend(statements(&position.claiming, claim_weight));
    }
    if matches!(position.status, Status::Unrecognised | Status::Vacant) {
        evidence.extend(statements(&position.claiming_elsewhere, Weight::Context));
    }
    evidence.extend(
        position
            .constraints
            .iter()
            .map(|&row| Evidence::constraint(reading.constraints.ids.of(row), Weight::Context)),
    );
    evidence
}
