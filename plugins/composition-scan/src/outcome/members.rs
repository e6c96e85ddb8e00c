//! Whom do the words of a scope or a set name?

use parallax_plugin::prelude::*;

/// The people whom words such as `S1`, `*`, `S*`, `S@3`, `S@*` or `@3` name.
pub(super) struct Members<'r> {
    reading: &'r Reading<'r>,
    members: Vec<Member>,
}

/// What one word names; rows of people, roles and cases.
enum Member {
    Everybody,
    Person(u32),
    Role(u32),
    Case(u32),
    RoleAtCase(u32, u32),
}

impl<'r> Members<'r> {
    /// Whom `words`, separated by spaces, name; a word that names nobody is passed over.
    pub(super) fn of(reading: &'r Reading<'r>, words: &str) -> Self {
        let case = |id: &str| reading.cases.ids.position(id);
        let role = |id: &str| reading.roles.ids.position(id);
        let members = words.split_whitespace().filter_map(|word| match word.split_once('@') {
            Some(("", at)) => case(at).map(Member::Case),
            Some((of, "*")) => role(of).map(Member::Role),
            Some((of, at)) => role(of).zip(case(at)).map(|(of, at)| Member::RoleAtCase(of, at)),
            None => match word.strip_suffix('*') {
                Some("") => Some(Member::Everybody),
                Some(of) => role(of).map(Member::Role),
                None => reading.participants.ids.position(word).map(Member::Person),
            },
        });
        Self { reading, members: members.collect() }
    }

    /// Whether the words name people or cases at all.
    pub(super) fn are_some(&self) -> bool {
        !self.members.is_empty()
    }

    /// Whether `person` is one of them. Who is named by id need not be part of the reading; others
    /// are, because who is not has no role.
    pub(super) fn has(&self, person: u32) -> bool {
        let people = &self.reading.participants;
        let of = |role: u32| self.reading.roles.covers(role, people.role(person));
        let at = |case: u32| self.reading.cases.upward(people.case(person)).any(|at| at == case);
        self.members.iter().any(|member| match *member {
            Member::Everybody => people.is_in(person),
            Member::Person(named) => named == person,
            Member::Role(role) => of(role),
            Member::Case(case) => people.is_in(person) && at(case),
            Member::RoleAtCase(role, case) => of(role) && at(case),
        })
    }
}
