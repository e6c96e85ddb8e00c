//! Do the shares of relabellings agree with counting them one by one?

use proptest::prelude::*;

use super::*;

fn set(cases: &[usize]) -> Split {
    Split::of(6, |place| cases.contains(&(place + 1)))
}

/// The seven sets of schools that the report speaks of.
fn outcomes() -> Vec<Split> {
    let sets: [&[usize]; 7] =
        [&[1, 2, 5, 6], &[1, 3, 5, 6], &[2, 3, 4], &[4, 5], &[5, 6], &[1, 2, 6], &[5]];
    sets.map(set).to_vec()
}

/// The five features of who was analysed there.
fn features() -> Vec<Split> {
    let sets: [&[usize]; 5] =
        [&[1, 2, 5, 6], &[1, 3, 4, 5, 6], &[1, 3, 5, 6], &[1, 5, 6], &[2, 3, 4, 6]];
    sets.map(set).to_vec()
}

fn orders(cases: usize) -> Vec<Vec<usize>> {
    if cases == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(cases - 1);
    let with_last = |order: &Vec<usize>, at: usize| {
        let mut longer = order.clone();
        longer.insert(at, cases - 1);
        longer
    };
    shorter.iter().flat_map(|order| (0..cases).map(move |at| with_last(order, at))).collect()
}

/// The share as anybody would count it: relabelling after relabelling.
fn one_by_one(outcomes: &[Split], features: &[Split]) -> Chance {
    let orders = orders(outcomes[0].cases());
    let relabelled = |order: &Vec<usize>| -> Vec<Split> {
        outcomes.iter().map(|outcome| outcome.relabelled(order)).collect()
    };
    let wanted = hits(outcomes, features);
    let reached = orders.iter().filter(|order| hits(&relabelled(order), features) >= wanted);
    Chance { reached: reached.count() as u64, of: orders.len() as u64, exact: true }
}

#[test]
fn the_report_of_the_seed_study_has_the_numbers_of_the_theory() {
    let (outcomes, features) = (outcomes(), features());
    assert_eq!(hits(&outcomes, &features), 3);
    assert_eq!(expected(&outcomes, &features), Fraction::new(7, 6));
    let found = at_least(&outcomes, &features, 99, 1, &Job::alone(0)).expect("goes on");
    assert_eq!(found, Some(Chance { reached: 70, of: 720, exact: true }));
    let one = |size| one_pair(6, size).map(|share| share.to_string());
    assert_eq!([one(4), one(2), one(3)].map(Option::unwrap), ["1/15", "1/15", "2/20"]);
}

#[test]
fn beyond_ten_cases_relabellings_are_drawn_by_seed() {
    let half = Split::of(12, |place| place < 6);
    let third = Split::of(12, |place| place % 3 == 0);
    let sets = [half, third];
    let drawn = |seed| at_least(&sets, &sets, 999, 1, &Job::alone(seed)).expect("goes on");
    let chance = drawn(7).expect("is not too much");
    assert_eq!((chance.of, chance.exact), (1000, false));
    assert!(chance.reached < 20, "both coincide by chance about once in 228,690 times");
    assert_eq!(drawn(7), Some(chance));
}

#[test]
fn what_would_take_too_long_is_not_done() {
    let sets: Vec<Split> = (0..200).map(|set| Split::of(600, |place| place == set)).collect();
    assert_eq!(at_least(&sets, &sets, 999_999, 1, &Job::alone(0)), Ok(None));
    assert_eq!(one_pair(600, 300), None);
    assert_eq!(expected(&sets, &sets), Fraction::new(200 * 200, 600));
}

fn different(sets: Vec<Vec<bool>>, cases: usize) -> Vec<Split> {
    let splits = sets.into_iter().map(|set| Split::of(cases, |place| set[place]));
    let different: BTreeSet<Split> =
        splits.filter(Split::varies).map(|split| split.either_way()).collect();
    different.into_iter().collect()
}

proptest! {
    #[test]
    fn counting_together_is_counting_one_by_one(
        cases in 3..6_usize,
        outcomes in prop::collection::vec(prop::collection::vec(any::<bool>(), 6), 1..6),
        features in prop::collection::vec(prop::collection::vec(any::<bool>(), 6), 1..5),
    ) {
        let (outcomes, features) = (different(outcomes, cases), different(features, cases));
        prop_assume!(!outcomes.is_empty() && !features.is_empty());
        let found = at_least(&outcomes, &features, 99, 1, &Job::alone(0)).expect("goes on");
        prop_assert_eq!(found, Some(one_by_one(&outcomes, &features)));

        // The expected number is the mean over all relabellings.
        let all = orders(cases);
        let total: usize = all
            .iter()
            .map(|order| outcomes.iter().map(|o| o.relabelled(order)).collect::<Vec<_>>())
            .map(|relabelled| hits(&relabelled, &features))
            .sum();
        let mean = Fraction::new(total as i64, all.len() as i64);
        prop_assert_eq!(expected(&outcomes, &features), mean);
    }
}
