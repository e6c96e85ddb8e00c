//! Are concepts closed and complete, and do the rules of the base say everything and nothing twice?

use concept_lattice::concept::{Concept, Stopped, concepts, covers};
use concept_lattice::context::Context;
use concept_lattice::implication::{Implication, Wanted, base, follow};
use fixedbitset::FixedBitSet;
use proptest::prelude::*;

fn table(rows: &[Vec<bool>]) -> Context {
    let attributes = rows.first().map_or(0, Vec::len);
    Context::new(rows.len(), attributes, |unit, attribute| rows[unit][attribute])
}

fn all(context: &Context) -> Vec<Concept> {
    concepts(context, 1000, |_| true).expect("few")
}

fn whole_base(context: &Context) -> Vec<Implication> {
    base(context, Wanted::All, 1000, |_| true).expect("few")
}

fn set(context: &Context, ones: Vec<usize>) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(context.attributes());
    set.extend(ones);
    set
}

/// Every set of attributes, as the numbers of its members.
fn subsets(attributes: usize) -> impl Iterator<Item = Vec<usize>> {
    (0_usize..1 << attributes)
        .map(move |bits| (0..attributes).filter(|&one| bits >> one & 1 == 1).collect())
}

fn rows() -> impl Strategy<Value = Vec<Vec<bool>>> {
    (1_usize..=6).prop_flat_map(|attributes| {
        prop::collection::vec(prop::collection::vec(any::<bool>(), attributes), 1..=7)
    })
}

proptest! {
    #[test]
    fn every_concept_is_closed_both_ways_and_none_is_missing(rows in rows()) {
        let context = table(&rows);
        let found = all(&context);
        for concept in &found {
            prop_assert_eq!(&context.extent(&concept.intent), &concept.extent);
            prop_assert_eq!(&context.intent(&concept.extent), &concept.intent);
        }
        let mut closures: Vec<Vec<usize>> = subsets(context.attributes())
            .map(|ones| context.close(&set(&context, ones)).ones().collect())
            .collect();
        closures.sort_unstable();
        closures.dedup();
        let mut intents: Vec<Vec<usize>> =
            found.iter().map(|concept| concept.intent.ones().collect()).collect();
        intents.sort_unstable();
        prop_assert_eq!(intents, closures);
    }

    #[test]
    fn nothing_stands_between_a_concept_and_one_directly_above_it(rows in rows()) {
        let context = table(&rows);
        let found = all(&context);
        let below = |a: &Concept, b: &Concept| a != b && b.intent.is_subset(&a.intent);
        for (one, above) in found.iter().zip(covers(&context, &found)) {
            let expected: Vec<usize> = (0..found.len())
                .filter(|&wider| {
                    below(one, &found[wider])
                        && !found.iter().any(|mid| below(one, mid) && below(mid, &found[wider]))
                })
                .collect();
            prop_assert_eq!(above, expected);
        }
    }

    #[test]
    fn everything_that_holds_follows_from_the_base(rows in rows()) {
        let context = table(&rows);
        let base = whole_base(&context);
        for rule in &base {
            let holds = context.extent(&rule.premise).is_subset(&context.extent(&rule.conclusion));
            prop_assert!(holds && rule.support == context.support(&rule.premise));
        }
        for ones in subsets(context.attributes()) {
            let premise = set(&context, ones);
            prop_assert_eq!(follow(&base, &premise), context.close(&premise));
        }
    }

    #[test]
    fn no_rule_of_the_base_follows_from_the_others(rows in rows()) {
        let context = table(&rows);
        let base = whole_base(&context);
        for place in 0..base.len() {
            let mut others = base.clone();
            let rule = others.remove(place);
            prop_assert!(!rule.conclusion.is_subset(&follow(&others, &rule.premise)));
        }
    }

    #[test]
    fn the_rules_that_somebody_bears_out_can_be_found_alone(rows in rows()) {
        let context = table(&rows);
        let mut whole = whole_base(&context);
        whole.retain(|rule| rule.support > 0);
        let alone = base(&context, Wanted::Supported, 1000, |_| true).expect("few");
        prop_assert_eq!(alone, whole);
    }

    #[test]
    fn the_order_of_units_and_codes_changes_no_concept_and_no_rule(
        rows in rows(),
        turn in 0_usize..6,
    ) {
        let (context, mut turned) = (table(&rows), rows.clone());
        turned.reverse();
        for row in &mut turned {
            let by = turn % row.len();
            row.rotate_left(by);
        }
        let attributes = context.attributes();
        let back = |ones: Vec<usize>| -> Vec<usize> {
            let mut ones: Vec<usize> =
                ones.into_iter().map(|one| (one + turn % attributes) % attributes).collect();
            ones.sort_unstable();
            ones
        };
        let other = table(&turned);
        let mut intents: Vec<Vec<usize>> =
            all(&context).iter().map(|one| one.intent.ones().collect()).collect();
        let mut others: Vec<Vec<usize>> =
            all(&other).iter().map(|one| back(one.intent.ones().collect())).collect();
        intents.sort_unstable();
        others.sort_unstable();
        prop_assert_eq!(intents, others);
        let mut premises: Vec<Vec<usize>> =
            whole_base(&context).iter().map(|rule| rule.premise.ones().collect()).collect();
        let mut others: Vec<Vec<usize>> =
            whole_base(&other).iter().map(|rule| back(rule.premise.ones().collect())).collect();
        premises.sort_unstable();
        others.sort_unstable();
        prop_assert_eq!(premises, others);
    }
}

#[test]
fn a_walk_ends_at_its_limit_and_when_it_is_told_to() {
    let rows: Vec<Vec<bool>> = (0..5).map(|row| (0..5).map(|one| one != row).collect()).collect();
    let context = table(&rows);
    assert_eq!(all(&context).len(), 32);
    assert_eq!(concepts(&context, 31, |_| true), Err(Stopped::TooMany));
    assert_eq!(concepts(&context, 32, |found| found < 3), Err(Stopped::Cancelled));
    assert_eq!(base(&context, Wanted::All, 0, |_| true), Ok(Vec::new()), "nothing holds");
    let apart = Context::new(3, 3, |unit, one| unit == one);
    assert_eq!(base(&apart, Wanted::All, 2, |_| true), Err(Stopped::TooMany));
    assert_eq!(base(&apart, Wanted::Supported, 0, |_| true), Ok(Vec::new()));
}
