//! Under which choices can a study be read, and what does it look like then?

mod gather;
mod known;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use gather::excerpts_of;
pub(crate) use gather::statements_of;
use known::KnownConstraints;

use crate::bounds::people;
use crate::reading::Reading;
use crate::row::{Inclusion, RowEnum, Strength};
use crate::study::{EXCLUDE, Member, Study};
use crate::table::{NONE, Slice};
use crate::tables::{Constraints, KnownCells, Participants};

pub use worlds::{MOST_WORLDS, NoWorlds};

/// One set of choices; the default one is the study's default reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The mapping; the study's default when it is absent.
    pub mapping: Option<String>,
    /// The role of single people, or `exclude`, whatever the mapping says; whoever is excluded is
    /// taken in by it, and whoever withdrew cannot be.
    pub people: BTreeMap<String, String>,
    /// The option of each group of alternatives; the group's default where it is absent.
    pub options: BTreeMap<String, String>,
    /// Evidence of these strengths does not count.
    pub without_strengths: BTreeSet<Strength>,
    /// These participants are left out.
    pub without_participants: BTreeSet<String>,
    /// These cases are left out.
    pub without_cases: BTreeSet<String>,
    /// These sources are left out, and whoever speaks in no other.
    pub without_sources: BTreeSet<String>,
    /// The statements of these coders are left out.
    pub without_coders: BTreeSet<String>,
    /// For a constraint: exactly these of its members are taken to have said it.
    pub worlds: BTreeMap<String, Vec<String>>,
}

/// A choice that the study does not offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOffered {
    /// No mapping of this id.
    Mapping(String),
    /// No participant of this id, one who withdrew, or no such role.
    Person(String),
    /// No group of alternatives of this id, or no such option in it.
    Option(String),
    /// No constraint of this id, or none of its members is called this.
    World(String),
}

impl fmt::Display for NotOffered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mapping(id) => write!(f, "the study has no mapping `{id}`"),
            Self::Person(id) => write!(f, "the study cannot count `{id}`"),
            Self::Option(id) => write!(f, "the study has no alternative `{id}`"),
            Self::World(id) => write!(f, "the constraint `{id}` offers no such world"),
        }
    }
}

impl std::error::Error for NotOffered {}

impl Study {
    /// The study seen under these choices.
    ///
    /// Columns are shared with the study where every statement counts, and gathered where some
    /// are left out.
    ///
    /// # Errors
    /// When the study does not offer a choice.
    pub fn reading(&self, choices: &Choices) -> Result<Reading<'static>, NotOffered> {
        let mapping = match &choices.mapping {
            None => self.default_mapping(),
            Some(wanted) => self
                .mappings()
                .iter()
                .find(|mapping| mapping.id == *wanted)
                .ok_or_else(|| NotOffered::Mapping(wanted.clone()))?,
        };
        let mapped = self.with_people(&mapping.roles, choices)?;
        let everybody =
            Participants { roles: mapped.clone().into(), ..self.participants().clone() };
        let constraints = self.constraints_known(choices, &everybody)?;
        let source_out = self.sources_left_out(choices);
        let roles = self.roles_left(&mapped, choices, &source_out);
        let participants = Participants { roles, ..everybody };
        let options = self.options_taken(choices)?;
        let kept = self.statements_kept(choices, &participants, &options, &source_out);
        let mut statements = match kept {
            None => self.statements().clone(),
            Some(rows) => statements_of(self.statements(), &rows),
        };
        let excerpts = match self.excerpts_kept(&participants, &source_out) {
            None => self.excerpts().clone(),
            Some(rows) => excerpts_of(self.excerpts(), &rows, &mut statements),
        };
        Ok(Reading {
            mapping: mapping.id.clone(),
            is_default: mapping.id == self.default_mapping().id
                && Choices { mapping: None, ..choices.clone() } == Choices::default(),
            conventions: self.conventions(),
            roles: self.roles().clone(),
            cases: self.cases().clone(),
            constraints,
            participants,
            codes: self.codes().clone(),
            sources: self.sources().clone(),
            statements,
            coverage: self.coverage().clone(),
            excerpts,
            attributes: self.attributes().clone(),
            claims: self.claimed().clone(),
            cells: KnownCells::default(),
        })
    }

    /// The participants of a table with roles whom a member names, in ascending order.
    ///
    /// A participant named by id counts even when the reading leaves them out: a published number
    /// can include people whom the analysis excludes.
    #[must_use]
    pub fn members(&self, member: Member, participants: &Participants<'_>) -> Vec<u32> {
        let (roles, cases) = (self.roles(), self.cases());
        let is_at = |row, case| cases.upward(participants.case(row)).any(|at| at == case);
        let covered = |row: u32| match member {
            Member::Everybody => true,
            Member::Participant(named) => row == named,
            Member::Role(role) => roles.covers(role, participants.role(row)),
            Member::RoleAtCase(role, case) => {
                roles.covers(role, participants.role(row)) && is_at(row, case)
            }
            Member::Case(case) => is_at(row, case),
        };
        match member {
            Member::Participant(named) => vec![named],
            _ => people(participants, covered),
        }
    }

    /// The roles of a mapping, with those of single people that were chosen.
    fn with_people(&self, roles: &[u32], choices: &Choices) -> Result<Vec<u32>, NotOffered> {
        let mut roles = roles.to_vec();
        for (id, name) in &choices.people {
            let refused = || NotOffered::Person(format!("{id}: {name}"));
            let person = self.participants().ids.iter().position(|known| known == id);
            let person = person.ok_or_else(refused)?;
            if self.inclusions().get(person) == Some(&Inclusion::Withdrawn) {
                return Err(refused());
            }
            let role = (0_u32..).zip(self.roles().ids.iter()).find(|(_, known)| known == name);
            roles[person] = match role {
                Some((role, _)) => role,
                None if name == EXCLUDE => NONE,
                None => return Err(refused()),
            };
        }
        Ok(roles)
    }

    fn roles_left(
        &self,
        roles: &[u32],
        choices: &Choices,
        source_out: &[bool],
    ) -> Slice<'static, u32> {
        let people = self.participants();
        let unheard = self.unheard_without(source_out);
        (0_u32..)
            .zip(roles)
            .map(|(row, &role)| {
                let left_out = choices.without_participants.contains(people.ids.of(row))
                    || self.is_case_out(choices, people.case(row))
                    || unheard.get(row as usize) == Some(&true);
                if left_out { NONE } else { role }
            })
            .collect()
    }

    /// Whether each participant speaks only in sources that are left out: then nobody heard them,
    /// and they are out as well. To count them as silent would make an answer of it.
    fn unheard_without(&self, source_out: &[bool]) -> Vec<bool> {
        if !source_out.contains(&true) {
            return Vec::new();
        }
        let sources = self.sources();
        let (mut heard, mut spoke) = (vec![false; self.participants().len()], Vec::new());
        spoke.resize(heard.len(), false);
        for (source, &out) in source_out.iter().enumerate() {
            for &speaker in sources.speakers_of(source) {
                let of = if out { &mut spoke } else { &mut heard };
                if let Some(cell) = of.get_mut(speaker as usize) {
                    *cell = true;
                }
            }
        }
        spoke.iter().zip(&heard).map(|(&spoke, &heard)| spoke && !heard).collect()
    }

    /// Whether a case, or one that it is part of, is left out.
    fn is_case_out(&self, choices: &Choices, case: u32) -> bool {
        let cases = self.cases();
        cases.upward(case).any(|at| choices.without_cases.contains(cases.ids.of(at)))
    }

    /// Whether each source is left out: by itself, or as a document of a case that is.
    fn sources_left_out(&self, choices: &Choices) -> Vec<bool> {
        let sources = self.sources();
        let rows = sources.ids.iter().zip(sources.cases.iter());
        rows.map(|(id, &case)| {
            choices.without_sources.contains(id) || self.is_case_out(choices, case)
        })
        .collect()
    }

    /// The rows of the excerpts that count, or `None` when all of them do.
    fn excerpts_kept(
        &self,
        participants: &Participants<'_>,
        source_out: &[bool],
    ) -> Option<Vec<u32>> {
        let excerpts = self.excerpts();
        let rows = excerpts.speakers.iter().zip(excerpts.sources.iter());
        let kept: Vec<u32> = (0_u32..)
            .zip(rows)
            .filter(|&(_, (&speaker, &source))| {
                let speaks = speaker == NONE || participants.is_in(speaker);
                speaks && source_out.get(source as usize) != Some(&true)
            })
            .map(|(row, _)| row)
            .collect();
        (kept.len() < excerpts.ids.len()).then_some(kept)
    }

    /// Whether each option of the alternatives is taken, by its code.
    fn options_taken(&self, choices: &Choices) -> Result<Vec<bool>, NotOffered> {
        let groups = &self.settings().alternatives;
        for (group, option) in &choices.options {
            let offered = groups.iter().any(|alternative| {
                alternative.group == *group && alternative.options.contains(option)
            });
            if !offered {
                return Err(NotOffered::Option(format!("{group}:{option}")));
            }
        }
        let taken = |group: &String| {
            let of_study = groups.iter().find(|alternative| alternative.group == *group);
            let default = of_study.and_then(|alternative| {
                alternative.default.as_ref().or(alternative.options.first())
            });
            choices.options.get(group).or(default)
        };
        let options = &self.alternatives().options;
        Ok(options.iter().map(|(group, option)| taken(group) == Some(option)).collect())
    }

    /// The rows of the statements that count, or `None` when all of them do.
    fn statements_kept(
        &self,
        choices: &Choices,
        participants: &Participants<'_>,
        options: &[bool],
        source_out: &[bool],
    ) -> Option<Vec<u32>> {
        let statements = self.statements();
        let alternatives = &self.alternatives().codes;
        let coder_out: Vec<bool> = statements
            .coder_names
            .iter()
            .map(|name| choices.without_coders.contains(name))
            .collect();
        let is_out = |flags: &[bool], code: Option<&u32>| {
            code.and_then(|&code| flags.get(code as usize)).copied().unwrap_or(false)
        };
        let counts = |row: usize| {
            let speaker = statements.speakers[row];
            let speaks = speaker == NONE || participants.is_in(speaker);
            let option = alternatives.get(row).and_then(|&code| options.get(code as usize));
            speaks
                && option.copied().unwrap_or(true)
                && !is_out(source_out, statements.sources.get(row))
                && !is_out(&coder_out, statements.coders.get(row))
                && !choices
                    .without_strengths
                    .contains(&Strength::from_number(statements.strengths[row]))
        };
        let kept: Vec<u32> =
            (0_u32..).take(statements.len()).filter(|&row| counts(row as usize)).collect();
        (kept.len() < statements.len()).then_some(kept)
    }

    /// The constraints with the members they have under this reading; a chosen world splits a
    /// constraint into those who said it and those who did not.
    fn constraints_known(
        &self,
        choices: &Choices,
        participants: &Participants<'_>,
    ) -> Result<Constraints<'static>, NotOffered> {
        let mut known = KnownConstraints::default();
        for id in choices.worlds.keys() {
            if !self.constraints().iter().any(|constraint| constraint.id == *id) {
                return Err(NotOffered::World(id.clone()));
            }
        }
        for constraint in self.constraints() {
            let mut members: Vec<u32> = constraint
                .members
                .iter()
                .flat_map(|&member| self.members(member, participants))
                .collect();
            members.sort_unstable();
            members.dedup();
            let Some(said) = choices.worlds.get(&constraint.id) else {
                known.push(constraint, &members, constraint.minimum, constraint.maximum);
                continue;
            };
            let (who, others): (Vec<u32>, Vec<u32>) = members
                .iter()
                .partition(|&&row| said.iter().any(|id| id == participants.ids.of(row)));
            if who.len() != said.len() {
                return Err(NotOffered::World(constraint.id.clone()));
            }
            let all = u32::try_from(who.len()).unwrap_or(NONE);
            known.push(constraint, &who, all, Some(all));
            known.push(constraint, &others, 0, Some(0));
        }
        Ok(known.into_table())
    }
}
