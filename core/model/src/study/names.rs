//! Does every word that can stand for a bearer stand for one bearer only?

use std::collections::BTreeMap;

use super::gather::Gathered;
use super::roles::EXCLUDE;
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::ParticipantRow;
use crate::settings::Role;

/// The words that name a bearer from where the speaker stands.
const BEARERS: [&str; 4] = ["self", "we", "others", "all"];

/// Refuses ids that mean something else where they are used, and ids that a role and a participant
/// share: both can be bearers.
pub(super) fn check(roles: &[Role], participants: &[ParticipantRow], gathered: &mut Gathered) {
    let role_spot = |row: usize| Spot::Setting(format!("/roles/{row}/id"));
    let person_spot = |row| Spot::cell(StudyFile::Participants, row, "id");
    let mut role_rows = BTreeMap::new();
    for (row, role) in roles.iter().enumerate() {
        role_rows.entry(role.id.as_str()).or_insert(row);
        if BEARERS.contains(&role.id.as_str()) || role.id == EXCLUDE {
            gathered.add(reserved("role", &role.id, role_spot(row)));
        }
    }
    for (row, participant) in participants.iter().enumerate() {
        let id = participant.id.as_str();
        if BEARERS.contains(&id) {
            gathered.add(reserved("participant", id, person_spot(row)));
        } else if let Some(&role) = role_rows.get(id) {
            let message = format!("a participant and a role are both called `{id}`");
            gathered.add(
                Problem::new(Kind::DuplicateId, person_spot(row), message)
                    .label("here it is a participant")
                    .related(role_spot(role), "here it is a role")
                    .help("rename one of the two, or nobody can tell whom a statement is about"),
            );
        }
    }
}

fn reserved(what: &str, id: &str, spot: Spot) -> Problem {
    let meaning = match id {
        "self" => "the speaker",
        "we" => "the speaker's own role at the case",
        "others" => "every other role at the case",
        "all" => "every role at the case",
        _ => "that a title or a person is left out",
    };
    Problem::new(Kind::BadId, spot, format!("a {what} cannot be called `{id}`"))
        .label("a word with a meaning of its own")
        .help(format!("choose another id: `{id}` means {meaning}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_a_bearer_is_no_id_and_no_two_bearers_share_one() {
        let role = |id: &str| Role { id: id.to_owned(), ..Role::default() };
        let person = |id: &str| ParticipantRow { id: id.to_owned(), ..ParticipantRow::default() };
        let mut gathered = Gathered::default();
        check(
            &["S", "self", "exclude"].map(role),
            &["S1", "S", "others", "exclude"].map(person),
            &mut gathered,
        );
        let problems = gathered.into_problems();
        let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
        assert_eq!(
            messages,
            [
                "a role cannot be called `self`",
                "a role cannot be called `exclude`",
                "a participant and a role are both called `S`",
                "a participant cannot be called `others`",
                "a participant and a role are both called `exclude`",
            ]
        );
    }
}
