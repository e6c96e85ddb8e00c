//! Which expectations of one role about another are met, unmet or never taken up?
//!
//! Every expectation is compared with what the people it is about say of themselves, by the
//! position status matrix of [`status`](mod@parallax_plugin::model::status). What one role expects of another
//! is a *sent role* (Katz and Kahn 1978); a document that says what a role ought to do sends one
//! too, and the comparison is then of the formal with the claimed position.
#![warn(missing_docs)]

mod expectation;
mod pair;

use parallax_plugin::model::{Ascriber, Position, positions};
use parallax_plugin::prelude::*;

/// Whose expectations are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ascribers {
    /// What people of other roles expect.
    Participants,
    /// What documents expect: the formal position.
    Documents,
    /// Both, reported apart.
    #[default]
    Apart,
}

impl Ascribers {
    fn sorts(self) -> &'static [Ascriber] {
        match self {
            Self::Participants => &[Ascriber::Participants],
            Self::Documents => &[Ascriber::Documents],
            Self::Apart => &[Ascriber::Participants, Ascriber::Documents],
        }
    }
}

/// What can be chosen.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Whose expectations are looked at: those of `participants`, of `documents`, or both `apart`.
    #[serde(default)]
    pub ascribers: Ascribers,
}

/// Finds every expectation and what became of it.
///
/// # Errors
/// Not available when nobody says anything about what another role ought to do.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let sorts = parameters.ascribers.sorts();
    let roster = reading.roster();
    let mut findings = Vec::new();
    for (done, &sort) in sorts.iter().enumerate() {
        job.progress(done, sorts.len())?;
        let found = positions(reading, sort);
        if found.iter().all(|position| position.ascribing.is_empty()) {
            continue;
        }
        findings.extend(pair::overall(reading, sort, &found)?);
        findings.extend(pair::pairs(reading, sort, &found)?);
        for (at, position) in found.iter().enumerate() {
            job.progress(done * found.len() + at, sorts.len() * found.len())?;
            findings.push(expectation::finding(reading, &roster, sort, position)?);
        }
    }
    if findings.is_empty() {
        return Err(NoFindings::not_available(
            "no statement ascribes a duty, right, permission or prohibition to another role",
        ));
    }
    Ok(findings)
}

/// A case, or the word for people who belong to none.
fn case_of(reading: &Reading<'_>, case: u32) -> Value {
    match case {
        NONE => Value::Word("no_case".to_owned()),
        case => Value::Case(reading.cases.ids.of(case).to_owned()),
    }
}

/// What a reader calls somebody: their id where a role has one person at a case, else the role.
fn bearer_of(reading: &Reading<'_>, roster: &Roster, position: &Position) -> Value {
    role_at(reading, roster, position.bearer, position.case)
}

fn role_at(reading: &Reading<'_>, roster: &Roster, role: u32, case: u32) -> Value {
    match roster.unit(role, case) {
        Some(unit) if unit.members.len() == 1 => {
            Value::Participant(reading.unit_name(unit).to_owned())
        }
        _ => Value::Role(reading.roles.ids.of(role).to_owned()),
    }
}

export_analysis!(parallax_plugin_expectation_mismatch, include_str!("manifest.json"), analyse);
