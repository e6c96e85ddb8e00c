//! Which role does everybody have, under each mapping of titles?

use std::collections::BTreeMap;

use super::codebook::circle;
use super::gather::{Gathered, cycles, index_ids};
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{Inclusion, ParticipantRow};
use crate::settings::{Mapping, Role, Settings};
use crate::table::NONE;
use crate::tables::Roles;
use crate::text::Text;

/// The word that leaves a title or a person out.
pub const EXCLUDE: &str = "exclude";

/// A mapping with everybody's role under it.
#[derive(Clone, Debug, PartialEq)]
pub struct MappedRoles {
    /// Its id.
    pub id: String,
    /// Why one would read the study this way.
    pub why: Text,
    /// Each participant's role, by row; [`NONE`]: not part of the analysis.
    pub roles: Vec<u32>,
}

/// The roles as columns, and by each id.
pub(super) fn check_roles<'s>(
    settings: &'s Settings,
    gathered: &mut Gathered,
) -> (Roles<'static>, BTreeMap<&'s str, u32>) {
    let spot = |row: usize, key: &str| Spot::Setting(format!("/roles/{row}/{key}"));
    let rows = &settings.roles;
    let ids = rows.iter().enumerate().map(|(row, role)| (role.id.as_str(), spot(row, "id")));
    let index = index_ids(gathered, ids, "role");
    let mut within = Vec::new();
    for (row, role) in rows.iter().enumerate() {
        within.push(match role.within.as_deref() {
            None => NONE,
            Some(wide) => index.get(wide).copied().unwrap_or_else(|| {
                let label = "no role with this id in study.yaml";
                gathered.unknown(Kind::UnknownRole, "role", wide, spot(row, "within"), label);
                NONE
            }),
        });
    }
    for cycle in cycles(&within) {
        let names: Vec<&str> = cycle.iter().map(|&row| rows[row as usize].id.as_str()).collect();
        let message = format!("the role `{}` stands within itself: {}", names[0], circle(&names));
        gathered.add(
            Problem::new(Kind::CyclicRoles, spot(cycle[0] as usize, "within"), message)
                .label("this leads back to the role itself")
                .help("take out one `within`"),
        );
    }
    warn_of_shared_aliases(rows, gathered);
    let language = settings.language.code();
    let labels: Vec<&str> = rows
        .iter()
        .map(|role| match role.label.in_language(language) {
            "" => role.id.as_str(),
            label => label,
        })
        .collect();
    let roles = Roles {
        ids: rows.iter().map(|role| role.id.as_str()).collect(),
        labels: labels.into_iter().collect(),
        kinds: rows.iter().map(|role| role.kind as u8).collect(),
        within: within.into(),
    };
    (roles, index)
}

fn warn_of_shared_aliases(rows: &[Role], gathered: &mut Gathered) {
    let mut seen: BTreeMap<String, (usize, Spot)> = BTreeMap::new();
    for (row, role) in rows.iter().enumerate() {
        for (position, alias) in role.aliases.iter().enumerate() {
            let spot = Spot::Setting(format!("/roles/{row}/aliases/{position}"));
            match seen.get(&folded(alias)) {
                Some((first, first_spot)) if *first != row => {
                    let (a, b) = (&rows[*first].id, &role.id);
                    let message = format!("the alias `{alias}` names two roles: `{a}` and `{b}`");
                    gathered.add(
                        Problem::new(Kind::AmbiguousAlias, spot, message)
                            .label(format!("`{b}` is called this too"))
                            .related(first_spot.clone(), format!("here it names `{a}`"))
                            .help("in statements, write the role's id instead of this alias"),
                    );
                }
                Some(_) => {}
                None => {
                    seen.insert(folded(alias), (row, spot));
                }
            }
        }
    }
}

/// The spelling by which titles and aliases are compared.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The one role whose id, label or alias this is, however it is capitalised.
pub(super) fn role_named(rows: &[Role], name: &str) -> Option<u32> {
    let wanted = folded(name);
    let mut found = (0_u32..).zip(rows).filter(|(_, role)| {
        folded(&role.id) == wanted
            || role.label.wordings().any(|label| folded(label) == wanted)
            || role.aliases.iter().any(|alias| folded(alias) == wanted)
    });
    match (found.next(), found.next()) {
        (Some((row, _)), None) => Some(row),
        _ => None,
    }
}

/// Everybody's role under each mapping; without a mapping, titles are names of roles.
pub(super) fn check_mappings(
    settings: &Settings,
    index: &BTreeMap<&str, u32>,
    participants: &[ParticipantRow],
    gathered: &mut Gathered,
) -> Vec<MappedRoles> {
    let ids =
        settings.mappings.iter().enumerate().map(|(row, mapping)| {
            (mapping.id.as_str(), Spot::Setting(format!("/mappings/{row}/id")))
        });
    let mapping_index = index_ids(gathered, ids, "mapping");
    if let Some(wanted) = settings.default_mapping.as_deref()
        && !mapping_index.contains_key(wanted)
    {
        let spot = Spot::Setting("/default_mapping".to_owned());
        let label = "no mapping with this id in study.yaml";
        gathered.unknown(Kind::UnknownMapping, "mapping", wanted, spot, label);
    }
    let implied = [Mapping { id: "titles".to_owned(), ..Mapping::default() }];
    let (mappings, written) = match settings.mappings.as_slice() {
        [] => (&implied[..], false),
        mappings => (mappings, true),
    };
    let mut mapped = Vec::new();
    for (row, mapping) in mappings.iter().enumerate() {
        if written {
            check_mapping(row, mapping, index, participants, gathered);
        }
        let mut roles = Vec::new();
        for (person, participant) in participants.iter().enumerate() {
            roles.push(role_under(mapping, settings, index, participant, |title| {
                unmapped(mapping, written.then_some(row), person, title, gathered);
            }));
        }
        mapped.push(MappedRoles { id: mapping.id.clone(), why: mapping.why.clone(), roles });
    }
    mapped
}

/// Whether the roles, titles and people that a mapping names exist, and each title once.
fn check_mapping(
    row: usize,
    mapping: &Mapping,
    index: &BTreeMap<&str, u32>,
    participants: &[ParticipantRow],
    gathered: &mut Gathered,
) {
    let mut seen: BTreeMap<String, &String> = BTreeMap::new();
    for (title, role) in &mapping.titles {
        let pointer = format!("/mappings/{row}/titles/{}", escaped(title));
        check_target(role, index, Spot::Setting(pointer.clone()), gathered);
        if let Some(first) = seen.insert(folded(title), title) {
            let message = format!("the mapping `{}` maps the title `{title}` twice", mapping.id);
            let related = Spot::SettingKey(format!("/mappings/{row}/titles/{}", escaped(first)));
            gathered.add(
                Problem::new(Kind::MappedTwice, Spot::SettingKey(pointer), message)
                    .label("the same title again")
                    .related(related, "here it is first")
                    .help("keep one of the two lines"),
            );
        } else if !participants.iter().any(|p| has_title(p, title)) {
            let message = format!(
                "the mapping `{}` maps the title `{title}`, which no participant has",
                mapping.id
            );
            gathered.add(
                Problem::new(Kind::UnusedTitle, Spot::SettingKey(pointer), message)
                    .label("no participant has this title")
                    .help("compare it with the column `title` of participants.csv"),
            );
        }
    }
    for (person, role) in &mapping.people {
        let pointer = format!("/mappings/{row}/people/{}", escaped(person));
        check_target(role, index, Spot::Setting(pointer.clone()), gathered);
        if !participants.iter().any(|participant| participant.id == *person) {
            let label = "no participant with this id in participants.csv";
            let spot = Spot::SettingKey(pointer);
            gathered.unknown(Kind::UnknownParticipant, "participant", person, spot, label);
        }
    }
}

fn has_title(participant: &ParticipantRow, title: &str) -> bool {
    participant.title.as_deref().is_some_and(|own| folded(own) == folded(title))
}

fn check_target(role: &str, index: &BTreeMap<&str, u32>, spot: Spot, gathered: &mut Gathered) {
    if role != EXCLUDE && !index.contains_key(role) {
        let label = "no role with this id in study.yaml";
        gathered.unknown(Kind::UnknownRole, "role", role, spot, label);
    }
}

/// A key as it stands in a JSON Pointer (RFC 6901).
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Somebody's role: as the mapping names the person, else by title, else by the role's own names.
fn role_under(
    mapping: &Mapping,
    settings: &Settings,
    index: &BTreeMap<&str, u32>,
    participant: &ParticipantRow,
    unmapped: impl FnOnce(&str),
) -> u32 {
    let role = |name: &String| index.get(name.as_str()).copied().unwrap_or(NONE);
    let named = mapping.people.get(&participant.id);
    match (participant.status, named) {
        (Inclusion::Withdrawn, _) | (Inclusion::Excluded, None) => return NONE,
        (_, Some(name)) => return role(name),
        (Inclusion::Included, None) => {}
    }
    let title = participant.title.as_deref().unwrap_or("");
    let by_title = mapping.titles.iter().find(|(mapped, _)| folded(mapped) == folded(title));
    match by_title {
        Some((_, name)) => role(name),
        None => role_named(&settings.roles, title).unwrap_or_else(|| {
            unmapped(title);
            NONE
        }),
    }
}

fn unmapped(
    mapping: &Mapping,
    row: Option<usize>,
    person: usize,
    title: &str,
    gathered: &mut Gathered,
) {
    let spot = Spot::cell(StudyFile::Participants, person, "title");
    let problem = if title.is_empty() {
        let message = "a participant has no title, so no mapping can give a role";
        Problem::new(Kind::UnmappedTitle, spot, message)
            .label("a title is needed here")
            .help("fill in the title, or name the person under `people` of the mapping")
    } else if row.is_none() {
        let message = format!("the title `{title}` is the name of no role");
        Problem::new(Kind::UnmappedTitle, spot, message)
            .label("no role is called this, and study.yaml has no mapping")
            .help(format!("write a role's id here, or add `aliases: [\"{title}\"]` to a role"))
    } else {
        let message = format!("the title `{title}` has no role in the mapping `{}`", mapping.id);
        Problem::new(Kind::UnmappedTitle, spot, message)
            .label("no line of the mapping covers this title")
            .help(format!(
                "add `{title}: …` under `titles` of this mapping, with a role or `exclude`"
            ))
    };
    gathered.add(match row {
        Some(row) => problem.related(Spot::Setting(format!("/mappings/{row}/id")), "this mapping"),
        None => problem,
    });
}
