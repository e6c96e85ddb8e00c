//! Who stays in a copy, under which name, and whose words can it hold?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use parallax_model::settings::VariedOption;
use parallax_model::study::EXCLUDE;
use parallax_model::{Settings, StudyFile};
use sha2::{Digest, Sha256};

use super::table::Table;
use super::{Terms, Words};

/// Before the number of a participant of a copy, the first that no name of the study has.
const PREFIXES: [&str; 8] = ["p", "q", "n", "u", "person-", "informant-", "voice-", "p-"];

/// The people of a study.
pub(super) struct People {
    /// The new name of everybody who stays, by the old one.
    pub(super) renamed: BTreeMap<String, String>,
    /// Those who stay, by their row in `participants.csv`, in the order of their new names.
    pub(super) rows: Vec<usize>,
    /// Those who do not stay.
    pub(super) gone: BTreeSet<String>,
    /// Whether somebody is gone who did not withdraw.
    pub(super) lacks_excluded: bool,
    /// Those who agree to what is done with their words.
    agreeing: BTreeSet<String>,
    /// Whether everybody does, those who are gone as well.
    pub(super) all_agree: bool,
}

impl People {
    pub(super) fn of(
        tables: &[(StudyFile, Table<'_>)],
        settings: &Settings,
        terms: Terms<'_>,
    ) -> Self {
        let mut people = Self {
            renamed: BTreeMap::new(),
            rows: Vec::new(),
            gone: BTreeSet::new(),
            lacks_excluded: false,
            agreeing: BTreeSet::new(),
            all_agree: true,
        };
        let Some((_, table)) = tables.iter().find(|(file, _)| *file == StudyFile::Participants)
        else {
            return people;
        };
        let named = named_in_readings(settings);
        for row in 0..table.len() {
            let id = table.get(row, "id").to_owned();
            let stays = match table.get(row, "status") {
                "withdrawn" => false,
                "excluded" => named.contains(&id),
                _ => true,
            };
            let agrees = consents(table, row, terms);
            people.all_agree &= agrees;
            match stays {
                true => people.rows.push(row),
                false => {
                    people.lacks_excluded |= table.get(row, "status") == "excluded";
                    people.gone.insert(id.clone());
                }
            }
            if agrees {
                people.agreeing.insert(id);
            }
        }
        people.rename(table, settings);
        people
    }

    /// New names, in an order that tells nothing to whoever has the copy only: that of hashes into
    /// which the whole table went.
    fn rename(&mut self, table: &Table<'_>, settings: &Settings) {
        let mut whole = Sha256::new_with_prefix("people of a copy to share\n");
        for column in table.columns() {
            table.cells(column).for_each(|cell| whole.update(format!("{cell}\n")));
        }
        let key =
            |row: &usize| whole.clone().chain_update(table.get(*row, "id")).finalize().to_vec();
        self.rows.sort_by_cached_key(key);
        let prefix = prefix(table.cells("id"), settings);
        let numbered = (1..).zip(&self.rows);
        let names =
            numbered.map(|(n, &row)| (table.get(row, "id").to_owned(), format!("{prefix}{n}")));
        self.renamed = names.collect();
    }

    /// Whether somebody agrees to what is done with the words.
    pub(super) fn agrees(&self, id: &str) -> bool {
        self.agreeing.contains(id)
    }
}

/// Those whom a mapping or another choice takes in, though they are excluded.
fn named_in_readings(settings: &Settings) -> BTreeSet<String> {
    let mapped = settings.mappings.iter().flat_map(|mapping| &mapping.people);
    let choices = settings.robustness.iter().flat_map(|robustness| &robustness.choices);
    let varied = choices.flat_map(|choice| choice.options.iter().flatten());
    let varied = varied.filter_map(|option| match option {
        VariedOption::People(people) => Some(people),
        _ => None,
    });
    let named = mapped.chain(varied.flatten()).filter(|(_, role)| *role != EXCLUDE);
    named.map(|(id, _)| id.clone()).collect()
}

/// Whether somebody consented to what is done with the words, and still does.
fn consents(table: &Table<'_>, row: usize, terms: Terms<'_>) -> bool {
    let until = table.get(row, "consent_expires").trim();
    // A day that cannot be read is taken for one that has passed.
    let holds = until.is_empty() || until.parse::<Date>().is_ok_and(|until| until >= terms.today);
    let scope = table.get(row, "consent_scope").trim();
    holds
        && match terms.words {
            Words::ToQuote => matches!(scope, "quote" | "share"),
            Words::ToPassOn => scope == "share",
            Words::None => false,
        }
}

fn prefix<'t>(ids: impl Iterator<Item = &'t str>, settings: &'t Settings) -> &'static str {
    let roles = settings.roles.iter();
    let roles = roles.flat_map(|role| role.aliases.iter().chain([&role.id])).map(String::as_str);
    let known: BTreeSet<String> = ids.chain(roles).map(str::to_lowercase).collect();
    let taken = |prefix: &&str| {
        known.iter().any(|id| {
            let rest = id.strip_prefix(*prefix);
            rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()))
        })
    };
    PREFIXES.into_iter().find(|prefix| !taken(prefix)).unwrap_or("participant-")
}

#[cfg(test)]
impl People {
    /// People with these new names, and these who are gone.
    pub(super) fn fixed(renamed: BTreeMap<String, String>, gone: BTreeSet<String>) -> Self {
        let (rows, agreeing) = (Vec::new(), BTreeSet::new());
        Self { renamed, rows, gone, lacks_excluded: false, agreeing, all_agree: false }
    }
}
