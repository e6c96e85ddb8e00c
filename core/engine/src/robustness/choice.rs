//! Which choices does a study leave open, and in which ways can each be made?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::document::{PublishedChoice, PublishedOption};
use parallax_model::row::Strength;
use parallax_model::settings::{
    Alternative, Fixed, Language, Robustness, Standing, VariedChoice, VariedOption,
};
use parallax_model::{Choices, NONE, Study};

use super::words;

/// Nothing is left out one at a time where there are fewer than this of a kind.
const LEAST_TO_LEAVE_OUT: usize = 3;

/// A choice with the ways to make it; the first is that of the reading one starts from.
#[derive(Clone, Debug)]
pub(super) struct Varied {
    pub(super) id: String,
    label: String,
    why: String,
    standing: Standing,
    /// Whether it is combined with the others in full.
    pub(super) crossed: bool,
    pub(super) ways: Vec<Way>,
}

/// One way to make a choice.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// Its id within the choice.
    pub(super) id: String,
    /// The change, as "read …" goes on.
    pub(super) phrase: String,
    change: Change,
}

/// What a way changes in the choices of a reading.
#[derive(Clone, Debug)]
enum Change {
    Nothing,
    Mapping(String),
    People(BTreeMap<String, String>),
    Without(BTreeSet<Strength>),
    Option(String, String),
    World(String, Vec<String>),
    LeftOut(Fixed, String),
}

impl Way {
    /// Makes the choice this way.
    pub(super) fn make(&self, choices: &mut Choices) {
        match &self.change {
            Change::Nothing => {}
            Change::Mapping(id) => choices.mapping = Some(id.clone()),
            Change::People(people) => choices.people.extend(people.clone()),
            Change::Without(strengths) => choices.without_strengths.extend(strengths),
            Change::Option(group, option) => {
                choices.options.insert(group.clone(), option.clone());
            }
            Change::World(constraint, members) => {
                choices.worlds.insert(constraint.clone(), members.clone());
            }
            Change::LeftOut(kind, id) => {
                let left_out = match kind {
                    Fixed::Case => &mut choices.without_cases,
                    Fixed::Source => &mut choices.without_sources,
                    Fixed::Coder => &mut choices.without_coders,
                    _ => &mut choices.without_participants,
                };
                left_out.insert(id.clone());
            }
        }
    }
}

impl Varied {
    /// The choice as the document has it.
    pub(super) fn published(&self) -> PublishedChoice {
        let option = |way: &Way| PublishedOption { id: way.id.clone(), label: way.phrase.clone() };
        PublishedChoice {
            id: self.id.clone(),
            label: self.label.clone(),
            standing: self.standing,
            why: self.why.clone(),
            crossed: self.crossed,
            options: self.ways.iter().map(option).collect(),
        }
    }
}

/// The choices of a study that can be made in two ways or more, in the order in which they are made:
/// who is who, what was said, what counts, and who is left out.
pub(super) fn choices(study: &Study, base: &Choices) -> Vec<Varied> {
    let settings = study.settings().robustness.clone().unwrap_or_default();
    let open = Open { study, base, settings: &settings, language: study.settings().language };
    let mut varied = vec![open.mapping(), open.inclusion()];
    varied.extend(study.settings().alternatives.iter().map(|group| open.alternative(group)));
    varied.extend(settings.choices.iter().map(|declared| open.worlds(declared)));
    varied.push(open.evidence());
    let one_out = [Fixed::Participant, Fixed::Case, Fixed::Source, Fixed::Coder];
    varied.extend(one_out.map(|kind| open.one_out(kind)));
    varied.into_iter().flatten().filter(|choice| choice.ways.len() > 1).collect()
}

/// What the ways to choose are taken from.
struct Open<'s> {
    study: &'s Study,
    base: &'s Choices,
    settings: &'s Robustness,
    language: Language,
}

impl Open<'_> {
    fn declared(&self, id: &str) -> Option<&VariedChoice> {
        self.settings.choices.iter().find(|choice| choice.choice == id)
    }

    /// A choice with these ways, as far as the study varies it; declared options take the place of
    /// all there are.
    fn varied(
        &self,
        id: &str,
        label: String,
        first: Way,
        all: impl FnOnce() -> Vec<Way>,
        one: impl Fn(&VariedOption) -> Option<Way>,
    ) -> Option<Varied> {
        let declared = self.declared(id);
        if declared.is_none() && !self.settings.defaults {
            return None;
        }
        let fixed = Fixed::of(id);
        let leaves_one_out = fixed.is_some_and(Fixed::leaves_one_out);
        let options = declared.and_then(|declared| declared.options.as_ref());
        let others = options.map_or_else(all, |options| options.iter().filter_map(one).collect());
        let mut ways = vec![first];
        for way in others {
            if ways.iter().all(|known| known.id != way.id) {
                ways.push(way);
            }
        }
        let is_alternative = self.study.settings().alternatives.iter().any(|of| of.group == id);
        let usual = match leaves_one_out || (fixed.is_none() && !is_alternative) {
            true => Standing::Arbitrary,
            false => Standing::Principled,
        };
        let why = declared.map_or("", |declared| declared.why.in_language(self.language.code()));
        Some(Varied {
            id: id.to_owned(),
            label,
            why: why.to_owned(),
            standing: declared.and_then(|declared| declared.standing).unwrap_or(usual),
            crossed: match &self.settings.crossed {
                Some(crossed) => crossed.iter().any(|crossed| crossed == id),
                None => !leaves_one_out,
            },
            ways,
        })
    }

    fn mapping(&self) -> Option<Varied> {
        let own = self.base.mapping.clone();
        let own = own.unwrap_or_else(|| self.study.default_mapping().id.clone());
        let way = |id: &str| {
            let mapping = self.study.mappings().iter().find(|mapping| mapping.id == id)?;
            let why = mapping.why.in_language(self.language.code());
            Some(Way {
                id: id.to_owned(),
                phrase: words::under(id, why, self.language),
                change: Change::Mapping(id.to_owned()),
            })
        };
        let all = || self.study.mappings().iter().filter_map(|mapping| way(&mapping.id)).collect();
        let label = words::fixed(Fixed::Mapping, self.language);
        let first = way(&own)?;
        self.varied(Fixed::Mapping.id(), label, first, all, |option| way(option.ids().first()?))
    }

    fn inclusion(&self) -> Option<Varied> {
        self.declared(Fixed::Inclusion.id())?;
        let one = |option: &VariedOption| {
            let VariedOption::People(people) = option else { return None };
            let roles = self.study.roles();
            let label = |role: &String| {
                let named = roles.ids.iter().zip(roles.labels.iter());
                named.into_iter().find(|(id, _)| id == role).map(|(_, label)| label.to_owned())
            };
            let worded: Vec<(String, Option<String>)> =
                people.iter().map(|(id, role)| (id.clone(), label(role))).collect();
            let ids: Vec<String> = people.iter().map(|(id, role)| format!("{id}:{role}")).collect();
            Some(Way {
                id: ids.join("+"),
                phrase: words::counted_as(&worded, self.language),
                change: Change::People(people.clone()),
            })
        };
        let label = words::fixed(Fixed::Inclusion, self.language);
        let first = self.as_it_is("as-mapped", Some(Fixed::Inclusion));
        self.varied(Fixed::Inclusion.id(), label, first, Vec::new, one)
    }

    fn as_it_is(&self, id: &str, choice: Option<Fixed>) -> Way {
        let phrase = words::as_it_is(choice, self.language);
        Way { id: id.to_owned(), phrase, change: Change::Nothing }
    }

    fn alternative(&self, group: &Alternative) -> Option<Varied> {
        let way = |option: &str| Way {
            id: option.to_owned(),
            phrase: words::read_as(&group.group, option, self.language),
            change: Change::Option(group.group.clone(), option.to_owned()),
        };
        let own = self.base.options.get(&group.group).or(group.default.as_ref());
        let first = way(own.or(group.options.first())?);
        let all = || group.options.iter().map(|option| way(option)).collect();
        let label = words::passage(&group.group, self.language);
        let one = |option: &VariedOption| option.ids().first().map(|id| way(id));
        let mut varied = self.varied(&group.group, label, first, all, one)?;
        if varied.why.is_empty() {
            varied.why = group.why.in_language(self.language.code()).to_owned();
        }
        Some(varied)
    }

    /// The worlds of a constraint, when the declared choice is about one.
    fn worlds(&self, declared: &VariedChoice) -> Option<Varied> {
        let id = declared.choice.as_str();
        let is_group = self.study.settings().alternatives.iter().any(|of| of.group == id);
        if Fixed::of(id).is_some() || is_group {
            return None;
        }
        let way = |members: Vec<String>| Way {
            id: if members.is_empty() { "nobody".to_owned() } else { members.join("+") },
            phrase: words::meaning(id, &members, self.language),
            change: Change::World(id.to_owned(), members),
        };
        let all = || {
            let worlds = self.study.worlds(id).unwrap_or_default();
            worlds.into_iter().map(way).collect()
        };
        let one = |option: &VariedOption| {
            Some(way(option.ids().into_iter().map(str::to_owned).collect()))
        };
        let label = words::meant(id, self.language);
        let own = self.base.worlds.get(id).cloned();
        let first = own.map_or_else(|| self.as_it_is("open", None), way);
        self.varied(id, label, first, all, one)
    }

    /// All evidence; without the reconstructed; without the inferred too. As far as there is any.
    fn evidence(&self) -> Option<Varied> {
        let way = |strengths: BTreeSet<Strength>| {
            let names: Vec<&str> = strengths.iter().map(|strength| strength.name()).collect();
            let id = format!("without-{}", names.join("+"));
            let worded: Vec<Strength> = strengths.iter().copied().collect();
            let phrase = words::without_strengths(&worded, self.language);
            Way { id, phrase, change: Change::Without(strengths) }
        };
        let all = || {
            let mut left_out = BTreeSet::new();
            let mut ways = Vec::new();
            for weak in [Strength::Reconstructed, Strength::Inferred] {
                if self.study.statements().strengths.contains(&(weak as u8)) {
                    left_out.insert(weak);
                    ways.push(way(left_out.clone()));
                }
            }
            ways
        };
        let one = |option: &VariedOption| {
            let ids = option.ids();
            let strengths: BTreeSet<Strength> =
                ids.into_iter().filter_map(Strength::named).collect();
            (!strengths.is_empty()).then(|| way(strengths))
        };
        let label = words::fixed(Fixed::Evidence, self.language);
        let first = self.as_it_is("all", Some(Fixed::Evidence));
        self.varied(Fixed::Evidence.id(), label, first, all, one)
    }

    fn one_out(&self, kind: Fixed) -> Option<Varied> {
        let study = self.study;
        let texts = match kind {
            Fixed::Case => &study.cases().ids,
            Fixed::Source => &study.sources().ids,
            Fixed::Coder => &study.statements().coder_names,
            _ => &study.participants().ids,
        };
        let way = |id: &str| Way {
            id: id.to_owned(),
            phrase: words::without(kind, id, self.language),
            change: Change::LeftOut(kind, id.to_owned()),
        };
        let is_in = |row: usize| {
            let reading =
                study.mappings().iter().find(|of| Some(&of.id) == self.base.mapping.as_ref());
            let roles = &reading.unwrap_or(study.default_mapping()).roles;
            kind != Fixed::Participant || roles.get(row).is_some_and(|&role| role != NONE)
        };
        let all = || {
            let ids = texts.iter().enumerate().filter(|(row, id)| is_in(*row) && !id.is_empty());
            let ways: Vec<Way> = ids.map(|(_, id)| way(id)).collect();
            if ways.len() < LEAST_TO_LEAVE_OUT { Vec::new() } else { ways }
        };
        let label = words::fixed(kind, self.language);
        let one = |option: &VariedOption| option.ids().first().map(|id| way(id));
        self.varied(kind.id(), label, self.as_it_is("none", Some(kind)), all, one)
    }
}
