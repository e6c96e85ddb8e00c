//! Which ids and which attribute columns of a study can its scripts name?

use std::collections::BTreeSet;

use parallax_model::{Study, Texts};

/// The names of a study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Ids of roles.
    pub(super) roles: BTreeSet<String>,
    /// Ids of cases.
    pub(super) cases: BTreeSet<String>,
    /// Ids of participants.
    pub(super) participants: BTreeSet<String>,
    /// Ids of codes.
    pub(super) codes: BTreeSet<String>,
    /// Ids of sources.
    pub(super) sources: BTreeSet<String>,
    /// The columns that a researcher added to participants and cases.
    pub(super) attributes: BTreeSet<String>,
    /// What stands in those columns.
    values: BTreeSet<String>,
}

impl Names {
    /// The names of a checked study.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let ids = |ids: &Texts<'_>| ids.iter().map(str::to_owned).collect();
        Self {
            roles: ids(&study.roles().ids),
            cases: ids(&study.cases().ids),
            participants: ids(&study.participants().ids),
            codes: ids(&study.codes().ids),
            sources: ids(&study.sources().ids),
            attributes: ids(&study.attributes().column_names),
            values: ids(&study.attributes().value_names),
        }
    }

    /// What the ids of `word` are called and which there are; `None` where the word names no table.
    pub(super) fn table(&self, word: &str) -> Option<(&'static str, &BTreeSet<String>)> {
        Some(match word {
            "role" => ("role", &self.roles),
            "case" => ("case", &self.cases),
            "participant" | "speaker" => ("participant", &self.participants),
            "code" => ("code", &self.codes),
            "codes_below" => ("code", &self.codes),
            "source" => ("source", &self.sources),
            _ => return None,
        })
    }

    /// Every id, every attribute column and what stands in these: what a script meets in the data.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let ids = [&self.roles, &self.cases, &self.participants, &self.codes, &self.sources];
        ids.into_iter().chain([&self.attributes, &self.values]).flatten().map(String::as_str)
    }
}
