//! Does `robustness` of `study.yaml` name choices that can be made, and options that there are?

use std::collections::BTreeMap;

use super::gather::Gathered;
use super::roles::{EXCLUDE, escaped};
use super::{Member, Study};
use crate::choices::{MOST_WORLDS, NoWorlds};
use crate::problem::{Kind, Problem, Spot};
use crate::row::{Inclusion, Strength};
use crate::settings::{Alternative, Fixed, Robustness, VariedChoice, VariedOption};

/// What a choice of `study.yaml` is about.
enum About<'s> {
    Fixed(Fixed),
    Alternative(&'s Alternative),
    Constraint(usize),
}

/// Whether every choice and every option names what the study has.
pub(super) fn check(study: &Study, gathered: &mut Gathered) {
    let Some(robustness) = &study.settings().robustness else { return };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, choice) in robustness.choices.iter().enumerate() {
        let spot = Spot::Setting(format!("/robustness/choices/{row}/choice"));
        if let Some(first) = seen.insert(&choice.choice, row) {
            let message = format!("the choice `{}` is there twice", choice.choice);
            let related = Spot::Setting(format!("/robustness/choices/{first}/choice"));
            gathered.add(
                Problem::new(Kind::DuplicateId, spot, message)
                    .label("the same choice again")
                    .related(related, "it is here first")
                    .help("put the options of both into one list"),
            );
            continue;
        }
        match about(study, &choice.choice) {
            None => gathered.add(unknown_choice(study, &choice.choice, spot)),
            Some(about) => {
                for (at, option) in choice.options.iter().flatten().enumerate() {
                    let spot = format!("/robustness/choices/{row}/options/{at}");
                    check_option(study, &about, choice, option, &spot, gathered);
                }
            }
        }
    }
    check_crossed(study, robustness, gathered);
}

fn about<'s>(study: &'s Study, id: &str) -> Option<About<'s>> {
    let groups = &study.settings().alternatives;
    let group = || groups.iter().find(|alternative| alternative.group == id);
    let constraint = || study.constraints().iter().position(|constraint| constraint.id == id);
    Fixed::of(id)
        .map(About::Fixed)
        .or_else(|| group().map(About::Alternative))
        .or_else(|| constraint().map(About::Constraint))
}

fn unknown_choice(study: &Study, wrong: &str, spot: Spot) -> Problem {
    let fixed = Fixed::ALL.iter().map(|choice| choice.id());
    let groups = study.settings().alternatives.iter().map(|group| group.group.as_str());
    let known: Vec<&str> = fixed.chain(groups).collect();
    Problem::new(Kind::UnknownChoice, spot, format!("unknown choice `{wrong}`"))
        .label("no such choice, no such group of alternatives, and no such constraint")
        .help(format!("use one of: {}; or the id of a constraint", known.join(", ")))
}

/// Whether the choices to combine are among those that are varied.
fn check_crossed(study: &Study, robustness: &Robustness, gathered: &mut Gathered) {
    for (at, id) in robustness.crossed.iter().flatten().enumerate() {
        let spot = Spot::Setting(format!("/robustness/crossed/{at}"));
        let named = robustness.choices.iter().any(|choice| choice.choice == *id);
        let is_default = robustness.defaults
            && !matches!(
                about(study, id),
                None | Some(About::Constraint(_) | About::Fixed(Fixed::Inclusion))
            );
        if about(study, id).is_none() {
            gathered.add(unknown_choice(study, id, spot));
        } else if !named && !is_default {
            let message = format!("the choice `{id}` is combined with others and never varied");
            gathered.add(
                Problem::new(Kind::UnknownChoice, spot, message)
                    .label("not among the choices that are varied")
                    .help(format!("add `- choice: {id}` under `choices`, or take it out here")),
            );
        }
    }
}

/// The wrong form or the wrong name of one option.
fn check_option(
    study: &Study,
    about: &About<'_>,
    choice: &VariedChoice,
    option: &VariedOption,
    spot: &str,
    gathered: &mut Gathered,
) {
    if let (About::Fixed(Fixed::Inclusion), VariedOption::People(people)) = (about, option) {
        return check_people(study, people, spot, gathered);
    }
    let spot = || Spot::Setting(spot.to_owned());
    let one = matches!(option, VariedOption::One(_));
    let several = matches!(option, VariedOption::Several(_));
    let takes = match about {
        About::Fixed(Fixed::Inclusion) => Err("a person and a role, such as `O4: I`"),
        About::Fixed(Fixed::Evidence) if one || several => Ok(()),
        About::Constraint(_) if one || several => Ok(()),
        _ if one => Ok(()),
        About::Fixed(Fixed::Evidence) => Err("strengths of evidence, such as `reconstructed`"),
        About::Constraint(_) => Err("members of the constraint, such as `[P1, P2]`"),
        _ => Err("one id"),
    };
    if let Err(form) = takes {
        let message = format!("an option of `{}` is not in the form it takes", choice.choice);
        gathered.add(
            Problem::new(Kind::UnknownChoice, spot(), message)
                .label("another form than here")
                .help(format!("write {form}")),
        );
        return;
    }
    for id in option.ids() {
        check_id(study, about, id, spot(), gathered);
    }
}

fn check_people(
    study: &Study,
    people: &BTreeMap<String, String>,
    spot: &str,
    gathered: &mut Gathered,
) {
    for (id, role) in people {
        let pointer = format!("{spot}/{}", escaped(id));
        let person = study.participants().ids.iter().position(|known| known == id);
        match person.and_then(|row| study.inclusions().get(row)) {
            None => {
                let label = "no participant with this id in participants.csv";
                let spot = Spot::SettingKey(pointer.clone());
                gathered.unknown(Kind::UnknownParticipant, "participant", id, spot, label);
            }
            Some(Inclusion::Withdrawn) => {
                let message = format!("`{id}` withdrew and cannot be counted in");
                let spot = Spot::SettingKey(pointer.clone());
                gathered.add(
                    Problem::new(Kind::UnknownChoice, spot, message)
                        .label("never part of a reading")
                        .help("take this option out"),
                );
            }
            Some(Inclusion::Included | Inclusion::Excluded) => {}
        }
        if role != EXCLUDE && !study.roles().ids.iter().any(|known| known == role) {
            let label = "no role with this id in study.yaml";
            gathered.unknown(Kind::UnknownRole, "role", role, Spot::Setting(pointer), label);
        }
    }
}

fn check_id(study: &Study, about: &About<'_>, id: &str, spot: Spot, gathered: &mut Gathered) {
    let known = |mut ids: Box<dyn Iterator<Item = &str> + '_>| ids.any(|known| known == id);
    let mut unknown = |kind, what: &str, label: &str| {
        gathered.unknown(kind, what, id, spot.clone(), label);
    };
    match about {
        About::Fixed(Fixed::Mapping) => {
            if !study.mappings().iter().any(|mapping| mapping.id == id) {
                let label = "no mapping with this id in study.yaml";
                unknown(Kind::UnknownMapping, "mapping", label);
            }
        }
        About::Fixed(Fixed::Participant) if !known(Box::new(study.participants().ids.iter())) => {
            let label = "no participant with this id in participants.csv";
            unknown(Kind::UnknownParticipant, "participant", label);
        }
        About::Fixed(Fixed::Case) if !known(Box::new(study.cases().ids.iter())) => {
            unknown(Kind::UnknownCase, "case", "no case with this id");
        }
        About::Fixed(Fixed::Source) if !known(Box::new(study.sources().ids.iter())) => {
            unknown(Kind::UnknownSource, "source", "no source with this id");
        }
        About::Fixed(Fixed::Coder) if !known(Box::new(study.statements().coder_names.iter())) => {
            unknown(Kind::UnknownChoice, "coder", "no statement names this coder");
        }
        About::Fixed(Fixed::Evidence) if Strength::named(id).is_none() => {
            let names = Strength::ALL.map(Strength::name).join(", ");
            gathered.add(
                Problem::new(Kind::UnknownChoice, spot, format!("unknown strength `{id}`"))
                    .label("no evidence is called this")
                    .help(format!("use some of: {names}")),
            );
        }
        About::Alternative(group) if !group.options.iter().any(|option| option == id) => {
            let message = format!("the alternatives `{}` have no option `{id}`", group.group);
            gathered.add(
                Problem::new(Kind::UnknownAlternative, spot, message)
                    .label("not among the options")
                    .help(format!("use one of: {}", group.options.join(", "))),
            );
        }
        About::Constraint(row) => {
            let can_be = |member: &Member| match member {
                Member::Participant(who) => study.participants().ids.of(*who) == id,
                _ => known(Box::new(study.participants().ids.iter())),
            };
            if !study.constraints()[*row].members.iter().any(can_be) {
                unknown(Kind::UnknownParticipant, "member", "no member of the constraint");
            }
        }
        About::Fixed(_) | About::Alternative(_) => {}
    }
}

/// Whether the worlds of a constraint are few enough to go through, and those that are named are
/// some of them.
pub(super) fn check_worlds(study: &Study, gathered: &mut Gathered) {
    let Some(robustness) = &study.settings().robustness else { return };
    for (row, choice) in robustness.choices.iter().enumerate() {
        let Some(About::Constraint(_)) = about(study, &choice.choice) else { continue };
        let place = format!("/robustness/choices/{row}");
        let worlds = match study.worlds(&choice.choice) {
            Ok(worlds) => worlds,
            // Those that are named are taken as they are.
            Err(NoWorlds::TooMany) if choice.options.is_some() => continue,
            Err(NoWorlds::NoSuchConstraint) => continue,
            Err(NoWorlds::TooMany) => {
                let spot = Spot::Setting(format!("{place}/choice"));
                let message = format!(
                    "`{}` has more than {MOST_WORLDS} worlds, too many to go through",
                    choice.choice
                );
                gathered.add(
                    Problem::new(Kind::UnknownChoice, spot, message)
                        .label("each set of members that its numbers allow is a world")
                        .help("name those to look at under `options`, each as a list of members"),
                );
                continue;
            }
        };
        for (at, option) in choice.options.iter().flatten().enumerate() {
            let mut wanted = option.ids();
            wanted.sort_unstable();
            let is_one = worlds.iter().any(|world| {
                let mut world: Vec<&str> = world.iter().map(String::as_str).collect();
                world.sort_unstable();
                world == wanted
            });
            if !is_one {
                let members = wanted.join(", ");
                let message = format!("`{}` cannot mean: {members}", choice.choice);
                let spot = Spot::Setting(format!("{place}/options/{at}"));
                let some = worlds.iter().take(6).map(|world| format!("[{}]", world.join(", ")));
                let some = some.collect::<Vec<_>>().join(", ");
                gathered.add(
                    Problem::new(Kind::UnknownChoice, spot, message)
                        .label("against its own numbers, a statement or another constraint")
                        .help(format!("it can mean {some}")),
                );
            }
        }
    }
}
