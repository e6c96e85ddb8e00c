//! Which bundles of attributes are closed, and which stands above which?

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use crate::context::Context;
use crate::lectic;
pub use crate::lectic::Stopped;

/// A formal concept: all units that have every attribute of a bundle, and every attribute that all
/// these units have (Ganter & Wille 1999).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The units.
    pub extent: FixedBitSet,
    /// The attributes.
    pub intent: FixedBitSet,
}

/// The concepts of a context in lectic order of their intents, from the fewest attributes that all
/// units have to all attributes. `go_on` is told how many there are so far.
///
/// # Errors
/// When there are more than `most`, or when it is not to go on.
pub fn concepts(
    context: &Context,
    most: usize,
    go_on: impl Fn(usize) -> bool,
) -> Result<Vec<Concept>, Stopped> {
    let nothing = FixedBitSet::with_capacity(context.attributes());
    let mut at = Some(context.close(&nothing));
    let mut found = Vec::new();
    while let Some(intent) = at {
        if found.len() == most {
            return Err(Stopped::TooMany);
        }
        at = lectic::next(&intent, |set| context.close(set), |_| true);
        found.push(Concept { extent: context.extent(&intent), intent });
        if !go_on(found.len()) {
            return Err(Stopped::Cancelled);
        }
    }
    Ok(found)
}

/// For each concept, by its place in `concepts` (all those of `context`): the concepts directly
/// above it, with more units and fewer attributes and no concept between.
#[must_use]
pub fn covers(context: &Context, concepts: &[Concept]) -> Vec<Vec<usize>> {
    let places: BTreeMap<Vec<usize>, usize> = (0..)
        .zip(concepts)
        .map(|(place, concept)| (concept.intent.ones().collect(), place))
        .collect();
    let mut above = vec![Vec::new(); concepts.len()];
    for (place, concept) in concepts.iter().enumerate() {
        for below in lower_neighbours(context, concept) {
            let found = places.get(&below.ones().collect::<Vec<_>>());
            if let Some(&below) = found {
                above[below].push(place);
            }
        }
    }
    above
}

/// The intents directly below a concept: the smallest closures of its intent and one attribute.
fn lower_neighbours(context: &Context, concept: &Concept) -> Vec<FixedBitSet> {
    let mut closures: Vec<FixedBitSet> = Vec::new();
    for attribute in 0..context.attributes() {
        if concept.intent.contains(attribute) {
            continue;
        }
        let mut wider = concept.intent.clone();
        wider.insert(attribute);
        let closed = context.close(&wider);
        if !closures.contains(&closed) {
            closures.push(closed);
        }
    }
    let is_smallest =
        |one: &FixedBitSet| !closures.iter().any(|other| other != one && other.is_subset(one));
    closures.iter().filter(|one| is_smallest(one)).cloned().collect()
}
