//! On which small reading can an author try an analysis?

use parallax_model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_model::settings::{Role, Settings};
use parallax_model::{Choices, Reading, StudyDraft};

/// A small reading, to call an analysis with in a test: people by id and role, and statements by id,
/// speaker and code. Roles and codes are in the order in which they first occur; every statement
/// affirms a view. `parallax_plugin::model` has what a study with more to it is made of
/// ([`StudyDraft`]).
///
/// ```
/// let people = [["A", "coach"], ["B", "teacher"]];
/// let reading = parallax_plugin::small::reading(&people, &[["s1", "B", "logbook"]])?;
/// assert_eq!(reading.roles.ids.of(reading.participants.role(1)), "teacher");
/// assert_eq!(reading.statements.len(), 1);
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// What is wrong with it as a study, one sentence a line: an id twice, a speaker that is nobody.
pub fn reading(people: &[[&str; 2]], statements: &[[&str; 3]]) -> Result<Reading<'static>, String> {
    let role = |id: &str| Role { id: id.to_owned(), ..Role::default() };
    let person = |[id, role]: &[&str; 2]| ParticipantRow {
        id: (*id).to_owned(),
        title: Some((*role).to_owned()),
        ..ParticipantRow::default()
    };
    let code = |id: &str| CodeRow { id: id.to_owned(), ..CodeRow::default() };
    let said = |[id, speaker, code]: &[&str; 3]| StatementRow {
        id: (*id).to_owned(),
        speaker: (*speaker).to_owned(),
        code: (*code).to_owned(),
        ..StatementRow::default()
    };
    let draft = StudyDraft {
        settings: Settings {
            title: "A small study".into(),
            roles: once(people.iter().map(|person| person[1])).into_iter().map(role).collect(),
            ..Settings::default()
        },
        participants: people.iter().map(person).collect(),
        codes: once(statements.iter().map(|said| said[2])).into_iter().map(code).collect(),
        statements: statements.iter().map(said).collect(),
        ..StudyDraft::default()
    };
    let checked = draft.check();
    let Some(study) = checked.study else {
        let problems: Vec<String> =
            checked.problems.iter().map(|problem| problem.message.clone()).collect();
        return Err(problems.join("\n"));
    };
    study.reading(&Choices::default()).map_err(|e| e.to_string())
}

/// Each of them once, in the order in which they come.
fn once<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut once: Vec<&str> = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_study_is_said() {
        let nobody = reading(&[["A", "coach"]], &[["s1", "B", "logbook"]]);
        assert!(nobody.is_err_and(|said| said.contains("`B`")));
        let empty = reading(&[], &[]).map(|reading| reading.statements.len());
        assert_eq!(empty, Ok(0));
    }
}
