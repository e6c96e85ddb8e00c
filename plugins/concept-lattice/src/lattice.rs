//! Which bundles and rules are there, for certain and as far as anything is possible?

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;
use parallax_plugin::prelude::*;

use crate::claim::{Claim, Claims};
use crate::concept::{Concept, Stopped, concepts, covers};
use crate::context::Context;
use crate::implication::{Wanted, base};
use crate::name;
use crate::parameters::Parameters;

/// In which of the two contexts something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Both,
    Certain,
    Possible,
    Neither,
}

/// A bundle that is closed in at least one context.
pub(crate) struct Bundle {
    pub(crate) intent: FixedBitSet,
    /// The units that claim all of it for certain.
    pub(crate) certain: FixedBitSet,
    /// The units that may claim all of it, those for certain among them.
    pub(crate) possible: FixedBitSet,
    /// Where it is a concept.
    pub(crate) holds: Holds,
    /// The bundles directly above it, by place.
    pub(crate) above: Vec<usize>,
}

/// A rule: who claims the premise claims the conclusion.
pub(crate) struct Rule {
    pub(crate) premise: FixedBitSet,
    pub(crate) conclusion: FixedBitSet,
    /// Where it has no exception.
    pub(crate) holds: Holds,
    /// The units that claim both.
    pub(crate) supporters: Vec<usize>,
    /// The units that claim the premise and not the conclusion.
    pub(crate) exceptions: Vec<usize>,
    /// The units that keep to the rule or break it, depending on what is unknown.
    pub(crate) undecided: Vec<usize>,
    /// The units that claim the conclusion and may claim the premise: they keep to the rule anyhow.
    pub(crate) maybe: Vec<usize>,
    /// The most units that may claim both.
    pub(crate) most: usize,
}

/// Both contexts, their concepts and their rules.
pub(crate) struct Lattice {
    pub(crate) bundles: Vec<Bundle>,
    /// Rules that some unit bears out or may bear out, the best supported first.
    pub(crate) rules: Vec<Rule>,
    /// How many rules the base of the certain context has, with those that nobody bears out;
    /// `None` when there are more than were asked for.
    pub(crate) base: Option<usize>,
    /// The codes that no unit combines with another, in the certain and in the possible context.
    pub(crate) alone: [FixedBitSet; 2],
}

/// What there is to find in `claims`.
///
/// # Errors
/// Not available with more concepts or rules than asked for; cancelled when the run is to stop.
pub(crate) fn lattice(
    claims: &Claims<'_>,
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<Lattice, NoFindings> {
    let most = parameters.most_concepts;
    let steps = 5 * most;
    let go_on =
        |part: usize| move |done: usize| job.progress(part * most + done.min(most), steps).is_ok();
    let (certain, possible) = (claims.certain(), claims.possible());
    // Without open cells the two contexts are one.
    let open = claims.open() > 0;
    let of_certain = concepts(&certain, most, go_on(0)).map_err(too_many)?;
    let of_possible = match open {
        true => concepts(&possible, most, go_on(1)).map_err(too_many)?,
        false => of_certain.clone(),
    };
    let supported = |context: &Context, part| {
        base(context, Wanted::Supported, most, go_on(part)).map_err(too_many)
    };
    let mut found = supported(&certain, 2)?;
    if open {
        found.extend(supported(&possible, 3)?);
    }
    let mut known: BTreeSet<Pair> =
        found.iter().map(|rule| pair(&rule.premise, &rule.conclusion)).collect();
    let all = match base(&certain, Wanted::All, most, go_on(4)) {
        Ok(all) => Some(all.len()),
        Err(Stopped::TooMany) => None,
        Err(Stopped::Cancelled) => return Err(NoFindings::Cancelled),
    };
    let of_those = covers(&certain, &of_certain);
    let above = match open {
        true => [of_those, covers(&possible, &of_possible)],
        false => [of_those.clone(), of_those],
    };
    known.extend(almost(&of_certain, &above[0], parameters.exceptions));
    Ok(Lattice {
        bundles: bundles(claims, [&certain, &possible], [&of_certain, &of_possible], &above),
        rules: judged(claims, known, [&certain, &possible]),
        base: all,
        alone: [alone(&certain), alone(&possible)],
    })
}

/// Premise and conclusion as lists of attributes.
type Pair = (Vec<usize>, Vec<usize>);

fn pair(premise: &FixedBitSet, conclusion: &FixedBitSet) -> Pair {
    (premise.ones().collect(), conclusion.ones().collect())
}

fn too_many(stopped: Stopped) -> NoFindings {
    match stopped {
        Stopped::TooMany => NoFindings::not_available(
            "there are more concepts or rules than `most_concepts` allows: look at fewer codes \
             with `below`, or allow more",
        ),
        Stopped::Cancelled => NoFindings::Cancelled,
    }
}

/// Rules with few exceptions: from a concept to one directly below it, where more units keep to the
/// rule than break it.
fn almost(concepts: &[Concept], above: &[Vec<usize>], exceptions: usize) -> Vec<Pair> {
    let mut found = Vec::new();
    for (below, wider) in concepts.iter().zip(above) {
        let supporters = below.extent.count_ones(..);
        for &wider in wider {
            let wider = &concepts[wider];
            let breaking = wider.extent.count_ones(..) - supporters;
            if breaking <= exceptions && breaking < supporters {
                let mut conclusion = below.intent.clone();
                conclusion.difference_with(&wider.intent);
                found.push(pair(&wider.intent, &conclusion));
            }
        }
    }
    found
}

/// What becomes of these rules unit by unit: those without exception first, the best supported first.
fn judged(claims: &Claims<'_>, known: BTreeSet<Pair>, contexts: [&Context; 2]) -> Vec<Rule> {
    let mut rules: Vec<Rule> =
        known.into_iter().map(|pair| rule(claims, &pair, contexts)).collect();
    rules.sort_by_key(|rule| {
        (!rule.exceptions.is_empty(), usize::MAX - rule.supporters.len(), usize::MAX - rule.most)
    });
    rules
}

fn rule(claims: &Claims<'_>, pair: &Pair, contexts: [&Context; 2]) -> Rule {
    let set = |ones: &[usize]| -> FixedBitSet {
        let mut set = FixedBitSet::with_capacity(claims.attributes.len());
        set.extend(ones.iter().copied());
        set
    };
    let (premise, conclusion) = (set(&pair.0), set(&pair.1));
    let [certain, possible] =
        contexts.map(|context| context.extent(&premise).is_subset(&context.extent(&conclusion)));
    let mut found = Rule {
        premise,
        conclusion,
        holds: holds(certain, possible),
        supporters: Vec::new(),
        exceptions: Vec::new(),
        undecided: Vec::new(),
        maybe: Vec::new(),
        most: 0,
    };
    for unit in 0..claims.units.len() {
        let (has, follows) = (all_of(claims, &pair.0, unit), all_of(claims, &pair.1, unit));
        found.most += usize::from(has != Claim::No && follows != Claim::No);
        match (has, follows) {
            (Claim::No, _) => {}
            (Claim::Open, Claim::Yes) => found.maybe.push(unit),
            (Claim::Yes, Claim::Yes) => found.supporters.push(unit),
            (Claim::Yes, Claim::No) => found.exceptions.push(unit),
            (Claim::Yes, Claim::Open) | (Claim::Open, _) => found.undecided.push(unit),
        }
    }
    found
}

/// What is known of whether `unit` claims all of these attributes.
fn all_of(claims: &Claims<'_>, attributes: &[usize], unit: usize) -> Claim {
    let known = |claim| attributes.iter().any(|&one| claims.attributes[one].of(unit) == claim);
    match (known(Claim::No), known(Claim::Open)) {
        (true, _) => Claim::No,
        (false, true) => Claim::Open,
        (false, false) => Claim::Yes,
    }
}

fn holds(certain: bool, possible: bool) -> Holds {
    match (certain, possible) {
        (true, true) => Holds::Both,
        (true, false) => Holds::Certain,
        (false, true) => Holds::Possible,
        (false, false) => Holds::Neither,
    }
}

/// The bundles of both contexts, those of most units first, then by their ids: a codebook in another
/// order numbers no bundle anew.
fn bundles(
    claims: &Claims<'_>,
    contexts: [&Context; 2],
    concepts: [&[Concept]; 2],
    above: &[Vec<Vec<usize>>; 2],
) -> Vec<Bundle> {
    let intents = concepts.map(|of_one| -> BTreeMap<Vec<usize>, usize> {
        (0..).zip(of_one).map(|(place, one)| (one.intent.ones().collect(), place)).collect()
    });
    let all: BTreeSet<&Vec<usize>> = intents[0].keys().chain(intents[1].keys()).collect();
    let mut ordered: Vec<(&Vec<usize>, Bundle)> = all
        .into_iter()
        .map(|ones| {
            let places = [intents[0].get(ones), intents[1].get(ones)];
            let mut intent = FixedBitSet::with_capacity(contexts[0].attributes());
            intent.extend(ones.iter().copied());
            let [certain, possible] = contexts.map(|context| context.extent(&intent));
            let holds = holds(places[0].is_some(), places[1].is_some());
            (ones, Bundle { intent, certain, possible, holds, above: Vec::new() })
        })
        .collect();
    ordered.sort_by_cached_key(|(ones, bundle)| {
        let ids = name::joined(claims, &bundle.intent);
        (bundle.sizes().map(Reverse), ones.len(), ids)
    });
    let place_of: BTreeMap<&Vec<usize>, usize> =
        ordered.iter().enumerate().map(|(place, (ones, _))| (*ones, place)).collect();
    let lists: Vec<Vec<usize>> = ordered
        .iter()
        .map(|(ones, _)| {
            // What stands above it in the certain context, or else in the possible one.
            let side = usize::from(!intents[0].contains_key(*ones));
            let wider = intents[side].get(*ones).map_or(&[][..], |&place| &above[side][place]);
            let keys = wider.iter().map(|&place| concepts[side][place].intent.ones().collect());
            let mut places: Vec<usize> =
                keys.filter_map(|key: Vec<usize>| place_of.get(&key).copied()).collect();
            places.sort_unstable();
            places
        })
        .collect();
    ordered.into_iter().zip(lists).map(|((_, bundle), above)| Bundle { above, ..bundle }).collect()
}

/// The attributes that some unit has and no unit has together with another.
fn alone(context: &Context) -> FixedBitSet {
    let mut alone = FixedBitSet::with_capacity(context.attributes());
    let mut combined = alone.clone();
    for unit in 0..context.units() {
        let row = context.row(unit);
        let set = if row.count_ones(..) == 1 { &mut alone } else { &mut combined };
        set.union_with(row);
    }
    alone.difference_with(&combined);
    alone
}

impl Bundle {
    /// How many units claim all of it: the least and the most.
    pub(crate) fn sizes(&self) -> [usize; 2] {
        [&self.certain, &self.possible].map(|units| units.count_ones(..))
    }
}

impl Rule {
    /// Whether it has no exception however the unknown cells are filled in.
    pub(crate) fn is_sure(&self) -> bool {
        self.exceptions.is_empty() && self.undecided.is_empty()
    }

    /// Whether it is one without exception, as far as anything is known.
    pub(crate) fn is_exact(&self) -> bool {
        self.holds != Holds::Neither
    }
}

impl Holds {
    /// The word of the manifest for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Both => "in_both",
            Self::Certain => "in_certain",
            Self::Possible => "in_possible",
            Self::Neither => "in_neither",
        }
    }
}
