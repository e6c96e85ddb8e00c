//! In what do cases differ as to who was analysed there?

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::prelude::*;

use crate::cases::Cases;
use crate::parameters::Titles;
use crate::split::Split;

/// What can be true of who was analysed at a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Somebody has this role, by row.
    Role(u32),
    /// So many people were analysed.
    People(usize),
    /// Somebody of each role was analysed.
    EveryRole,
    /// Somebody has this title, by its code.
    Title(u32),
    /// This interviewer, by code, held an interview with somebody there.
    Interviewer(u32),
}

/// A set of cases with everything that is true at exactly these cases, or at exactly the others.
pub(crate) struct Feature {
    /// The set, which is that of the first of `kinds`.
    pub(crate) split: Split,
    /// What is true at the set (`true`) or at what it leaves.
    pub(crate) kinds: Vec<(Kind, bool)>,
}

/// The features that vary between cases.
pub(crate) struct Features {
    pub(crate) all: Vec<Feature>,
    /// How many interviewers were left out because a case does not say who asked.
    pub(crate) undecided: usize,
}

/// Every feature that differs between the cases; sets that are equal, or leave one another, once.
pub(crate) fn features(cases: &Cases<'_>, titles: Titles) -> Features {
    let (interviewers, undecided) = interviewers(cases);
    let found = roles(cases)
        .into_iter()
        .chain(numbers(cases))
        .chain(every_role(cases))
        .chain(titles_of(cases, titles))
        .chain(interviewers);
    let mut known: BTreeMap<Split, usize> = BTreeMap::new();
    let mut all: Vec<Feature> = Vec::new();
    for (kind, split) in found.filter(|(_, split)| split.varies()) {
        match known.get(&split.either_way()) {
            Some(&at) => {
                let same = all[at].split == split;
                all[at].kinds.push((kind, same));
            }
            None => {
                known.insert(split.either_way(), all.len());
                all.push(Feature { split, kinds: vec![(kind, true)] });
            }
        }
    }
    Features { all, undecided }
}

type Found = (Kind, Split);

/// The roles that people were interviewed in, by row.
pub(crate) fn focal(cases: &Cases<'_>) -> Vec<u32> {
    let roles = cases.roles().into_iter();
    roles.filter(|&role| cases.reading.roles.is_focal(role)).collect()
}

/// Whether somebody has each of these roles.
fn roles(cases: &Cases<'_>) -> Vec<Found> {
    let participants = &cases.reading.participants;
    focal(cases)
        .into_iter()
        .map(|role| (Kind::Role(role), cases.with(|person| participants.role(person) == role)))
        .collect()
}

/// Each number of people that some case has, the largest first.
fn numbers(cases: &Cases<'_>) -> Vec<Found> {
    let sizes: BTreeSet<usize> = cases.people.iter().map(Vec::len).collect();
    let found = sizes.into_iter().rev().map(|size| {
        (Kind::People(size), Split::of(cases.len(), |place| cases.people[place].len() == size))
    });
    found.collect()
}

/// Whether each of these roles has somebody.
fn every_role(cases: &Cases<'_>) -> Option<Found> {
    let roles = roles(cases);
    let complete = |place| roles.iter().all(|(_, split)| split.has(place));
    (!roles.is_empty()).then(|| (Kind::EveryRole, Split::of(cases.len(), complete)))
}

/// Whether somebody has a title, of the roles that have somebody everywhere under several titles.
fn titles_of(cases: &Cases<'_>, wanted: Titles) -> Vec<Found> {
    let participants = &cases.reading.participants;
    let title = |person: u32| participants.titles.get(person as usize).copied().unwrap_or(NONE);
    let mut chosen: Vec<u32> = Vec::new();
    for (kind, everywhere) in roles(cases) {
        let Kind::Role(role) = kind else { continue };
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let people = cases.people.iter().flatten().copied();
        for person in people.filter(|&person| participants.role(person) == role) {
            *counts.entry(title(person)).or_insert(0) += 1;
        }
        counts.remove(&NONE);
        if everywhere.size() < cases.len() || counts.len() < 2 {
            continue;
        }
        let most = counts.values().copied().max().unwrap_or(0);
        let fits = |&(_, &count): &(&u32, &usize)| match wanted {
            Titles::Leading => count == most,
            Titles::Each => true,
            Titles::None => false,
        };
        chosen.extend(counts.iter().filter(fits).map(|(&title, _)| title));
    }
    chosen.sort_unstable();
    chosen.dedup();
    let found = |code| (Kind::Title(code), cases.with(|person| title(person) == code));
    chosen.into_iter().map(found).collect()
}

/// Whether each interviewer spoke with somebody, where every case says so; and how many
/// interviewers had to be left out.
fn interviewers(cases: &Cases<'_>) -> (Vec<Found>, usize) {
    let sources = &cases.reading.sources;
    let mut asked: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut is_heard = vec![false; cases.reading.participants.len()];
    for (row, &interviewer) in sources.interviewers.iter().enumerate() {
        if sources.is_document(u32::try_from(row).unwrap_or(NONE)) {
            continue;
        }
        for &person in sources.speakers_of(row) {
            let place = cases.place(cases.reading.participants.case(person));
            let Some(place) = place.filter(|_| cases.reading.participants.is_in(person)) else {
                continue;
            };
            is_heard[person as usize] = true;
            match interviewer {
                NONE => open.insert(place),
                known => asked.entry(known).or_default().insert(place),
            };
        }
    }
    // Who stands in no source was asked by nobody knows whom.
    let unheard = |place: &usize| cases.people[*place].iter().any(|&who| !is_heard[who as usize]);
    open.extend((0..cases.len()).filter(unheard));
    let is_decided = |places: &BTreeSet<usize>| open.iter().all(|place| places.contains(place));
    let undecided = asked.values().filter(|places| !is_decided(places)).count();
    let decided = asked.iter().filter(|(_, places)| is_decided(places)).map(|(&who, places)| {
        (Kind::Interviewer(who), Split::of(cases.len(), |place| places.contains(&place)))
    });
    (decided.collect(), undecided)
}

impl Kind {
    /// What its finding is called, as a part of a path.
    pub(crate) fn slug(self, reading: &Reading<'_>) -> String {
        match self {
            Self::Role(role) => format!("role/{}", reading.roles.ids.of(role)),
            Self::People(size) => format!("people/{size}"),
            Self::EveryRole => "every-role".to_owned(),
            Self::Title(title) => {
                format!("title/{}", reading.participants.title_names.of(title))
            }
            Self::Interviewer(who) => {
                format!("interviewer/{}", reading.sources.interviewer_names.of(who))
            }
        }
    }

    /// The word for what sort of feature it is.
    pub(crate) fn word(self) -> Value {
        let word = match self {
            Self::Role(_) => "role",
            Self::People(_) => "number_of_people",
            Self::EveryRole => "complete",
            Self::Title(_) => "title",
            Self::Interviewer(_) => "by_interviewer",
        };
        Value::Word(word.to_owned())
    }

    /// The three parts of "where {where} {what} {was}", of the cases where it holds or does not.
    pub(crate) fn worded(self, holds: bool, reading: &Reading<'_>) -> [Value; 3] {
        let word = |name: &str| Value::Word(name.to_owned());
        let (if_so, if_not, what, was) = match self {
            Self::Role(role) => {
                let role = Value::Role(reading.roles.ids.of(role).to_owned());
                ("somebody_of_role", "nobody_of_role", role, "was_analysed")
            }
            Self::People(size) => {
                let was = if size == 1 { "person_analysed" } else { "people_analysed" };
                ("exactly", "not_exactly", Value::from(size), was)
            }
            Self::EveryRole => ("every", "not_every", word("one_role"), "was_represented"),
            Self::Title(title) => {
                let title = reading.participants.title_names.of(title).to_owned();
                ("somebody_titled", "nobody_titled", Value::Text(title), "was_analysed")
            }
            Self::Interviewer(who) => {
                let who = Value::Text(reading.sources.interviewer_names.of(who).to_owned());
                let was = if holds { "interviewed" } else { "interviewed_nobody" };
                ("interviewer", "interviewer", who, was)
            }
        };
        [word(if holds { if_so } else { if_not }), what, word(was)]
    }
}
