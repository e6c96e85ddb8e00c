//! Whom or what does a claim speak of?

use crate::reading::Reading;
use crate::row::Inclusion;
use crate::study::{Member, Study};
use crate::table::NONE;
use crate::tables::Attributes;

/// About whom or what a claim is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// The people, each term adding some; none: everybody.
    pub terms: Vec<Term>,
    /// What has to hold of each as well.
    pub conditions: Vec<Condition>,
    /// Whether those whom the analysis leaves out are meant.
    pub excluded: Excluded,
}

/// Some of the people whom a claim is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term {
    /// As in a constraint.
    Member(Member),
    /// `S@*`: everybody with this role, of whom there is somebody at every case.
    RoleAtEveryCase(u32),
}

/// `column=value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// A column of the table of what is counted.
    pub column: String,
    /// The value that it has to have.
    pub value: String,
}

/// Whether people whom the analysis leaves out count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Excluded {
    /// No, but for those who are named by their id.
    #[default]
    No,
    /// As well.
    Too,
    /// Only they.
    Only,
}

/// A part of what a claim speaks of that the sample does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody has the role.
    Role(u32),
    /// Nobody has the role at the case.
    RoleAtCase(u32, u32),
    /// Nobody is at the case.
    Case(u32),
    /// Nobody is in at all.
    Everybody,
}

/// The people of a scope under one reading.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// Those of whom every condition holds, in ascending order.
    pub(super) certain: Vec<u32>,
    /// Those of whom a condition may hold: its column is blank.
    pub(super) possible: Vec<u32>,
    /// Everybody whom the terms name, whatever the conditions.
    pub(super) named: Vec<u32>,
    /// What the terms name and the sample does not have.
    pub(super) missing: Vec<Missing>,
}

/// The people that a scope names under a reading.
pub(super) fn people(study: &Study, reading: &Reading<'_>, scope: &Scope) -> People {
    let mut found = People::default();
    let everybody = [Term::Member(Member::Everybody)];
    let terms = if scope.terms.is_empty() { &everybody[..] } else { &scope.terms };
    for &term in terms {
        of_term(study, reading, term, &mut found);
    }
    let left_out = |&row: &u32| !reading.participants.is_in(row) && is_kept(study, row);
    let out = (0_u32..).take(reading.participants.len()).filter(left_out);
    match scope.excluded {
        Excluded::No => {}
        Excluded::Too => found.named.extend(out),
        Excluded::Only => {
            found.named = out.collect();
            found.missing.clear();
        }
    }
    found.named.retain(|&row| is_kept(study, row));
    found.named.sort_unstable();
    found.named.dedup();
    let conditions: Vec<Vec<Option<bool>>> =
        scope.conditions.iter().map(|condition| of_participants(study, condition)).collect();
    for &row in &found.named {
        let holds = conditions.iter().map(|holds| holds.get(row as usize).copied().flatten());
        match holds.fold(Some(true), both) {
            Some(true) => found.certain.push(row),
            Some(false) => {}
            None => found.possible.push(row),
        }
    }
    found
}

/// Whether a scope names people and the reading has none of them.
#[must_use]
pub fn names_nobody(study: &Study, reading: &Reading<'_>, scope: &Scope) -> bool {
    let found = people(study, reading, scope);
    let nobody = found.certain.is_empty() && found.possible.is_empty();
    nobody && (!found.missing.is_empty() || scope.excluded != Excluded::Only)
}

/// People who were interviewed; who withdrew is in no count.
fn is_kept(study: &Study, row: u32) -> bool {
    study.inclusions().get(row as usize) != Some(&Inclusion::Withdrawn)
}

fn of_term(study: &Study, reading: &Reading<'_>, term: Term, found: &mut People) {
    let members = |member| study.members(member, &reading.participants);
    match term {
        Term::Member(member) => {
            let named = members(member);
            if named.is_empty() {
                found.missing.push(match member {
                    Member::Role(role) => Missing::Role(role),
                    Member::RoleAtCase(role, case) => Missing::RoleAtCase(role, case),
                    Member::Case(case) => Missing::Case(case),
                    Member::Everybody | Member::Participant(_) => Missing::Everybody,
                });
            }
            found.named.extend(named);
        }
        Term::RoleAtEveryCase(role) => {
            for case in cases_with_people(reading) {
                let named = members(Member::RoleAtCase(role, case));
                if named.is_empty() {
                    found.missing.push(Missing::RoleAtCase(role, case));
                }
                found.named.extend(named);
            }
        }
    }
}

/// The cases at which somebody is, in the order of their table.
pub(super) fn cases_with_people(reading: &Reading<'_>) -> Vec<u32> {
    reading.roster().cases().into_iter().filter(|&case| case != NONE).collect()
}

/// Both, where either may be unknown.
pub(super) fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether a condition holds of each participant; `None` where the cell is blank.
fn of_participants(study: &Study, condition: &Condition) -> Vec<Option<bool>> {
    let people = study.participants();
    let is = |value: &str| value == condition.value;
    match condition.column.as_str() {
        "title" => {
            let titles = people.titles.iter();
            titles.map(|&title| (title != NONE).then(|| is(people.title_names.of(title)))).collect()
        }
        "status" => study.inclusions().iter().map(|&status| Some(is(word(status)))).collect(),
        column => {
            let own = values(study.attributes(), OF_PARTICIPANT, column, people.len());
            let of_case = values(study.attributes(), OF_CASE, column, study.cases().ids.len());
            let rows = (0_u32..).zip(own);
            rows.map(|(row, own)| {
                let at_case = || of_case.get(people.case(row) as usize).copied().flatten();
                own.or_else(at_case).map(is)
            })
            .collect()
        }
    }
}

/// The word that participants.csv has for it.
fn word(status: Inclusion) -> &'static str {
    match status {
        Inclusion::Included => "included",
        Inclusion::Excluded => "excluded",
        Inclusion::Withdrawn => "withdrawn",
    }
}

/// Attributes of participants, as `Attributes::owners` has them.
const OF_PARTICIPANT: u8 = 0;
/// Attributes of cases.
pub(super) const OF_CASE: u8 = 1;

/// The value that each of `len` rows has in a column of attributes; `None` where it is blank.
pub(super) fn values<'s>(
    attributes: &'s Attributes<'_>,
    owner: u8,
    column: &str,
    len: usize,
) -> Vec<Option<&'s str>> {
    let mut values = vec![None; len];
    let Some(wanted) = attributes.column_names.position(column) else { return values };
    for at in 0..attributes.rows.len() {
        if attributes.owners[at] == owner && attributes.columns[at] == wanted {
            let value = attributes.value_names.of(attributes.values[at]);
            if let Some(cell) = values.get_mut(attributes.rows[at] as usize) {
                *cell = Some(value);
            }
        }
    }
    values
}

/// The words of a scope: separated by spaces, but for those between quotation marks.
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for sign in text.chars() {
        match sign {
            '"' => quoted = !quoted,
            sign if sign.is_whitespace() && !quoted => words.push(String::new()),
            sign => words.last_mut().into_iter().for_each(|word| word.push(sign)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_quotation_marks_are_one() {
        assert_eq!(words("S* title=\"Vice principal\"  @3"), ["S*", "title=Vice principal", "@3"]);
        assert!(words("  ").is_empty());
    }
}
