//! Which rules hold without exception, and from which few do all others follow?

use fixedbitset::FixedBitSet;

use crate::context::Context;
use crate::lectic::{self, Stopped};

/// A rule without exception: every unit that has all of the premise has all of the conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Implication {
    /// The attributes that a unit has to have.
    pub premise: FixedBitSet,
    /// The attributes that it then has besides.
    pub conclusion: FixedBitSet,
    /// How many units have the premise, and so the conclusion; 0 when nobody has all of it.
    pub support: usize,
}

/// Which rules of the base are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those that some unit bears out.
    Supported,
    /// Also those whose premise nobody has.
    All,
}

/// The Duquenne-Guigues base of a context: the fewest rules from which every rule of the context
/// follows (Guigues & Duquenne 1986), in lectic order of their premises.
///
/// The premises are the pseudo-closed sets: not closed, but with the closure of every pseudo-closed
/// set that they properly contain. The rules that nobody bears out do not touch the others, so these
/// can be found alone; there are often many of them. `go_on` is told how many sets were looked at.
///
/// # Errors
/// When there are more than `most`, or when it is not to go on.
pub fn base(
    context: &Context,
    wanted: Wanted,
    most: usize,
    go_on: impl Fn(usize) -> bool,
) -> Result<Vec<Implication>, Stopped> {
    let mut base: Vec<Implication> = Vec::new();
    let mut at = Some(FixedBitSet::with_capacity(context.attributes()));
    let mut looked_at = 0;
    while let Some(set) = at {
        let closed = context.close(&set);
        if closed != set {
            if base.len() == most {
                return Err(Stopped::TooMany);
            }
            let support = context.support(&set);
            let mut conclusion = closed;
            conclusion.difference_with(&set);
            base.push(Implication { premise: set.clone(), conclusion, support });
        }
        let borne_out = |set: &FixedBitSet| wanted == Wanted::All || context.support(set) > 0;
        at = lectic::next(&set, |set| follow(&base, set), borne_out);
        looked_at += 1;
        if !go_on(looked_at) {
            return Err(Stopped::Cancelled);
        }
    }
    Ok(base)
}

/// Everything that follows from `set` by these rules.
#[must_use]
pub fn follow(rules: &[Implication], set: &FixedBitSet) -> FixedBitSet {
    let mut known = set.clone();
    let mut waiting: Vec<&Implication> = rules.iter().collect();
    loop {
        let before = waiting.len();
        waiting.retain(|rule| {
            let applies = rule.premise.is_subset(&known);
            if applies {
                known.union_with(&rule.conclusion);
            }
            !applies
        });
        if waiting.len() == before {
            return known;
        }
    }
}
