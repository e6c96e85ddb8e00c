//! How far do people agree within cases, and the modal stances of cases with one another?

use parallax_plugin::prelude::*;

use crate::amount::{Amount, Span};
use crate::item::ItemAtCases;
use crate::worlds::{Modes, compare};

/// With more cases, their pairs are too many to compare.
pub(crate) const CASES: usize = 2_000;

/// The agreement of a case on one item: of all pairs of people, those in the same state. `None`
/// below two people who count.
pub(crate) fn of_case(item: &ItemAtCases, place: usize) -> Option<Span> {
    let known = &item.known[place];
    let people = known.people();
    if people < 2 {
        return None;
    }
    let (lower, upper) = known.agreeing();
    let pairs = people * (people - 1);
    Some(Span { lower: Amount::of(lower, pairs), upper: Amount::of(upper, pairs) })
}

/// The mean agreement of a case over the items on which two of its people count.
pub(crate) fn within_case<'t>(
    items: impl Iterator<Item = &'t ItemAtCases>,
    place: usize,
) -> Option<Span> {
    Span::mean(&items.filter_map(|item| of_case(item, place)).collect::<Vec<_>>())
}

/// The mean over cases that have one, of the agreement within each.
pub(crate) fn within(items: &[&ItemAtCases], cases: usize) -> Option<Span> {
    let each = (0..cases).filter_map(|place| within_case(items.iter().copied(), place));
    Span::mean(&each.collect::<Vec<_>>())
}

/// The mean over pairs of cases, of the share of items on which their modal stances are the same.
/// Where a case has no modal stance (several lead), the item is not compared.
///
/// # Errors
/// When the run is to stop.
pub(crate) fn between(
    items: &[&ItemAtCases],
    cases: usize,
    job: &Job<'_>,
) -> Result<Option<Span>, NoFindings> {
    if cases > CASES {
        return Ok(None);
    }
    let (mut certain, mut possible) = (Vec::new(), Vec::new());
    for one in 0..cases {
        job.progress(cases + one, cases * 4)?;
        for other in one + 1..cases {
            let modes = items.iter().map(|item| (item.modes[one], item.modes[other]));
            match of_pair(modes) {
                Some((span, true)) => certain.push(span),
                Some((span, false)) => possible.push(span),
                None => {}
            }
        }
    }
    Ok(Span::mean_of_some(&certain, &possible))
}

/// The share of items on which two cases have the same modal stance, and whether it exists in
/// every world; `None` when it exists in none.
fn of_pair(modes: impl Iterator<Item = (Modes, Modes)>) -> Option<(Span, bool)> {
    // Of the items: which can be equal, and only that or not comparable; and so for different.
    let (mut equal, mut only_equal) = (0, 0);
    let (mut different, mut only_different) = (0, 0);
    let mut exists = false;
    for (one, other) in modes {
        let found = compare(one, other);
        equal += usize::from(found.equal);
        different += usize::from(found.different);
        only_equal += usize::from(found.equal && !found.different && !found.none);
        only_different += usize::from(found.different && !found.equal && !found.none);
        exists |= (found.equal || found.different) && !found.none;
    }
    if equal + different == 0 {
        return None;
    }
    // A item that may not be comparable counts where that leads further down, or further up.
    let lower = match different {
        0 => Amount::of(1, 1),
        _ => Amount::of(only_equal, only_equal + different),
    };
    let upper = match equal {
        0 => Amount::of(0, 1),
        _ => Amount::of(equal, equal + only_different),
    };
    Some((Span { lower, upper }, exists))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::worlds::Known;

    /// What two people say: one letter each, `?` for nobody knows.
    fn known(people: &str) -> Known {
        let count = |letter: char| people.chars().filter(|&other| other == letter).count();
        let counts = [count('y'), count('m'), count('n'), count('s')];
        let unknown = count('?');
        let said = counts[0] + counts[1];
        Known { counts, unknown, saying: (said, said + unknown), deniable: unknown, not_asked: 0 }
    }

    fn filled(people: &str) -> Vec<String> {
        match people.find('?') {
            None => vec![people.to_owned()],
            Some(_) => ["y", "n", "s"]
                .iter()
                .flat_map(|state| filled(&people.replacen('?', state, 1)))
                .collect(),
        }
    }

    fn pair(one: &[String], other: &[String]) -> Option<(Span, bool)> {
        let modes = |people: &String| known(people).modes();
        of_pair(one.iter().map(modes).zip(other.iter().map(modes)))
    }

    proptest! {
        #[test]
        fn the_share_of_a_pair_lies_between_its_ends(
            one in prop::collection::vec("[ymns?]{1,3}", 1..3),
            other in prop::collection::vec("[ymns?]{1,3}", 2..3),
        ) {
            let other = &other[..one.len().min(2)];
            let found = pair(&one, other);
            let (ones, others) = (all(&one), all(other));
            for one in &ones {
                for other in &others {
                    let Some((value, _)) = pair(one, other) else {
                        // Not comparable in this world: then it was not said to exist in all.
                        prop_assert!(found.is_none_or(|(_, exists)| !exists));
                        continue;
                    };
                    prop_assert!(value.is_known());
                    let (span, _) = found.expect("it exists in some world");
                    prop_assert!(span.lower.compare(value.lower).is_le());
                    prop_assert!(span.upper.compare(value.upper).is_ge());
                }
            }
        }
    }

    /// Every way to fill in what is unknown of several items.
    fn all(items: &[String]) -> Vec<Vec<String>> {
        items.iter().fold(vec![Vec::new()], |worlds, item| {
            let with = |world: &Vec<String>, people: String| [world.clone(), vec![people]].concat();
            worlds
                .iter()
                .flat_map(|world| filled(item).into_iter().map(move |people| with(world, people)))
                .collect()
        })
    }
}
