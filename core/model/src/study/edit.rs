//! What would a study be if one thing in its tables were otherwise?
//!
//! A search for repairs asks this of published tables that do not fit their text: was somebody left
//! out of a table, or counted after all? An edited study is never written anywhere.

use crate::row::{CoverageStatus, Inclusion};
use crate::study::{Consent, Study};
use crate::table::{NONE, Slice, Texts};
use crate::tables::Attributes;

/// One small change of the tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// Somebody with this role at this case, of whom nothing else is known, is missing from the
    /// table of participants.
    Missing {
        /// The role, by row.
        role: u32,
        /// The case, by row.
        case: u32,
    },
    /// Somebody who was left out was counted after all, with this role.
    Counted {
        /// The participant, by row.
        participant: u32,
        /// The role, by row.
        role: u32,
    },
    /// Somebody's cell in a column of attributes is wrong.
    Attribute {
        /// The participant, by row.
        participant: u32,
        /// The column.
        column: String,
        /// What it should be.
        value: String,
    },
    /// Titles are turned into roles by another mapping.
    Mapping(String),
}

impl Study {
    /// The study as it would be after a change; columns that do not change are shared.
    #[must_use]
    pub fn edited(&self, edit: &Edit) -> Self {
        let mut study = self.clone();
        match edit {
            Edit::Missing { role, case } => study.add_somebody(*role, *case),
            Edit::Counted { participant, role } => study.count_in(*participant as usize, *role),
            Edit::Attribute { participant, column, value } => {
                study.attributes = with_value(&self.attributes, *participant, column, value);
            }
            Edit::Mapping(id) => study.settings.default_mapping = Some(id.clone()),
        }
        study
    }

    fn add_somebody(&mut self, role: u32, case: u32) {
        let people = &mut self.participants;
        let named = ["?"];
        people.ids = people.ids.iter().chain(named).collect::<Texts<'static>>();
        people.cases = people.cases.iter().copied().chain([case]).collect();
        people.titles = people.titles.iter().copied().chain([NONE]).collect();
        people.kinds = people.kinds.iter().copied().chain([0]).collect();
        if !people.weights.is_empty() {
            people.weights = people.weights.iter().copied().chain([1.0]).collect();
        }
        people.roles = people.roles.iter().copied().chain([role]).collect();
        self.inclusions.push(Inclusion::Included);
        self.consents.push(Consent::default());
        for mapping in &mut self.mappings {
            mapping.roles.push(role);
        }
        self.leave_open_what_they_were_asked();
    }

    /// Of somebody who is in no table nobody knows what they were asked, whatever is known of
    /// everybody else.
    fn leave_open_what_they_were_asked(&mut self) {
        let newest = u32::try_from(self.participants.ids.len() - 1).unwrap_or(NONE);
        let tops = (0_u32..).zip(self.codes.parents.iter()).filter(|&(_, &parent)| parent == NONE);
        let tops: Vec<u32> = tops.map(|(code, _)| code).collect();
        let coverage = &mut self.coverage;
        let many = tops.len();
        let before = |numbers: &Slice<'static, u32>| numbers.iter().copied().collect::<Vec<u32>>();
        let bytes = |numbers: &Slice<'static, u8>, added: u8| -> Slice<'static, u8> {
            numbers.iter().copied().chain(std::iter::repeat_n(added, many)).collect()
        };
        let people = std::iter::repeat_n(newest, many);
        coverage.participants = before(&coverage.participants).into_iter().chain(people).collect();
        coverage.codes = before(&coverage.codes).into_iter().chain(tops).collect();
        coverage.bearers = bytes(&coverage.bearers, u8::MAX);
        coverage.statuses = bytes(&coverage.statuses, CoverageStatus::Unknown as u8);
    }

    fn count_in(&mut self, participant: usize, role: u32) {
        if let Some(inclusion) = self.inclusions.get_mut(participant) {
            *inclusion = Inclusion::Included;
        }
        for mapping in &mut self.mappings {
            if let Some(own) = mapping.roles.get_mut(participant).filter(|own| **own == NONE) {
                *own = role;
            }
        }
    }
}

/// The attributes with another value in one cell that is not blank.
fn with_value(
    attributes: &Attributes<'static>,
    participant: u32,
    column: &str,
    value: &str,
) -> Attributes<'static> {
    let mut names: Vec<&str> = attributes.value_names.iter().collect();
    let code = names.iter().position(|name| *name == value).unwrap_or_else(|| {
        names.push(value);
        names.len() - 1
    });
    let code = u32::try_from(code).unwrap_or(NONE);
    let wanted = attributes.column_names.position(column);
    let rows = (0..attributes.rows.len()).map(|at| {
        let is_cell = attributes.owners[at] == 0
            && attributes.rows[at] == participant
            && Some(attributes.columns[at]) == wanted;
        if is_cell { code } else { attributes.values[at] }
    });
    let values = rows.collect();
    Attributes { values, value_names: names.into_iter().collect(), ..attributes.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::Choices;
    use crate::draft::StudyDraft;
    use crate::row::ParticipantRow;
    use crate::settings::{Role, Settings};

    fn study() -> Study {
        let role = |id: &str| Role { id: id.to_owned(), ..Role::default() };
        let person = |id: &str, status| ParticipantRow {
            id: id.to_owned(),
            case: Some("1".to_owned()),
            title: Some("S".to_owned()),
            status,
            reason: Some("other tasks".to_owned()),
            attributes: [("gender".to_owned(), "F".to_owned())].into(),
            ..ParticipantRow::default()
        };
        let draft = StudyDraft {
            settings: Settings { roles: vec![role("S"), role("L")], ..Settings::default() },
            participants: vec![
                person("P1", Inclusion::Included),
                person("P2", Inclusion::Excluded),
            ],
            ..StudyDraft::default()
        };
        let checked = draft.check();
        checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
    }

    fn people(study: &Study) -> Vec<u32> {
        let reading = study.reading(&Choices::default()).expect("the default reading");
        (0_u32..)
            .take(reading.participants.len())
            .filter(|&p| reading.participants.is_in(p))
            .collect()
    }

    #[test]
    fn an_edit_changes_one_thing_and_leaves_the_study_as_it_was() {
        let study = study();
        assert_eq!(people(&study), [0]);
        assert_eq!(people(&study.edited(&Edit::Missing { role: 1, case: 0 })), [0, 2]);
        assert_eq!(people(&study.edited(&Edit::Counted { participant: 1, role: 1 })), [0, 1]);
        let (column, value) = ("gender".to_owned(), "X".to_owned());
        let other = study.edited(&Edit::Attribute { participant: 0, column, value });
        let names = |study: &Study| -> Vec<String> {
            let attributes = study.attributes();
            let values = attributes.values.iter();
            values.map(|&code| attributes.value_names.of(code).to_owned()).collect()
        };
        assert_eq!(names(&other), ["X", "F"]);
        assert_eq!(names(&study), ["F", "F"]);
        assert_eq!(people(&study), [0]);
    }
}
