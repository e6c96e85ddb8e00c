//! Do the shares of relabellings agree with counting them one by one?

use proptest::prelude::*;

use super::*;

/// One letter for each item that a person says: `y`, `m`, `n`, `s`, or `-` for who does not count.
fn people(rows: &[(&str, usize, u32)]) -> People {
    let state = |letter: char| match letter {
        'y' => 0,
        'm' => 1,
        'n' => 2,
        's' => 3,
        _ => NOBODY,
    };
    People {
        items: rows[0].0.chars().count(),
        states: rows.iter().flat_map(|row| row.0.chars().map(state)).collect(),
        cases: rows.iter().map(|row| row.1).collect(),
        roles: rows.iter().map(|row| row.2).collect(),
    }
}

/// What the seed study says of tailoring: roles S, L and I are 0, 1 and 2.
fn tailoring() -> People {
    people(&[
        ("y", 0, 2),
        ("y", 0, 0),
        ("y", 0, 1),
        ("y", 1, 2),
        ("y", 1, 0),
        ("y", 2, 1),
        ("y", 2, 0),
        ("y", 2, 0),
        ("y", 3, 0),
        ("y", 3, 1),
        ("m", 4, 2),
        ("y", 4, 0),
        ("m", 4, 1),
        ("y", 5, 2),
        ("y", 5, 0),
        ("y", 5, 1),
    ])
}

fn difference(people: &People) -> Option<f64> {
    let order: Vec<usize> = (0..people.cases.len()).collect();
    Counter::of(people).expect("few people").difference(&order)
}

#[test]
fn few_ways_are_all_counted() {
    let study = tailoring();
    // W = 8/9 and B = 10/15.
    let found = difference(&study).expect("both exist");
    assert!((found - 2.0 / 9.0).abs() < SAME);
    // The two who see it on a condition can stand at 5 x 4 places; at 3 schools they meet, and are
    // two of three.
    let chance = chance(&study, 99, &Job::alone(0)).expect("goes on");
    assert_eq!(chance, Ok(one_by_one(&study)));
    assert_eq!(chance.map(|chance| (chance.of, chance.exact)), Ok((20, true)));
    assert_eq!(chance.map(|chance| chance.reached), Ok(3));
}

/// The share as anybody would count it: every different way, each one once.
fn one_by_one(people: &People) -> Chance {
    let observed = difference(people).expect("exists");
    let mut seen: Vec<Vec<u8>> = Vec::new();
    let mut reached = 0;
    for order in orders(people.cases.len()) {
        let keeps = |(place, &person): (usize, &usize)| people.roles[place] == people.roles[person];
        if !order.iter().enumerate().all(keeps) {
            continue;
        }
        let said: Vec<u8> =
            order.iter().flat_map(|&person| people.profile(person).iter().copied()).collect();
        if !seen.contains(&said) {
            let found = Counter::of(people).expect("few people").difference(&order);
            reached += u64::from(found.is_some_and(|found| found >= observed - SAME));
            seen.push(said);
        }
    }
    Chance { reached, of: seen.len() as u64, exact: true }
}

/// Every order of few people; of the seed study, those that move the two who stand apart.
fn orders(people: usize) -> Vec<Vec<usize>> {
    if people > 8 {
        let straight: Vec<usize> = (0..people).collect();
        let moved = |&(a, b): &(usize, usize)| {
            let mut order = straight.clone();
            order.swap(10, a);
            order.swap(12, b);
            order
        };
        let counsellors = [0, 3, 10, 13];
        let teachers = [2, 5, 9, 12, 15];
        let pairs = counsellors.iter().flat_map(|&a| teachers.iter().map(move |&b| (a, b)));
        return pairs.collect::<Vec<_>>().iter().map(moved).collect();
    }
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for next in 0..people {
        let with = |order: &Vec<usize>, at: usize| {
            let mut longer = order.clone();
            longer.insert(at, next);
            longer
        };
        orders = orders.iter().flat_map(|o| (0..=next).map(move |at| with(o, at))).collect();
    }
    orders
}

#[test]
fn nothing_to_deal_and_no_difference_are_told_apart() {
    let alike = people(&[("y", 0, 0), ("y", 1, 0), ("n", 0, 1), ("n", 1, 1)]);
    assert_eq!(chance(&alike, 99, &Job::alone(0)), Ok(Err(NoChance::NothingToDeal)));
    let alone = people(&[("y", 0, 0), ("n", 1, 0)]);
    assert_eq!(chance(&alone, 99, &Job::alone(0)), Ok(Err(NoChance::NoDifference)));
}

#[test]
fn many_ways_are_drawn_by_seed() {
    let rows: Vec<(String, usize, u32)> = (0..60)
        .map(|n| (format!("{}{}", ["y", "n"][n / 3 % 2], ["s", "m"][n / 6 % 2]), n / 3, 0))
        .collect();
    let rows: Vec<(&str, usize, u32)> =
        rows.iter().map(|(said, case, role)| (said.as_str(), *case, *role)).collect();
    let study = people(&rows);
    let drawn = |seed| chance(&study, 99, &Job::alone(seed)).expect("goes on").expect("a share");
    // Each case agrees with itself: no drawn way does as well.
    assert_eq!(drawn(1), Chance { reached: 1, of: 100, exact: false });
    assert_eq!(drawn(1), drawn(1));
    let many = People { items: 2, states: study.states.repeat(3000), ..people(&rows) };
    let many = People {
        cases: (0..180_000).map(|person| person / 3).collect(),
        roles: vec![0; 180_000],
        ..many
    };
    assert_eq!(chance(&many, 9999, &Job::alone(0)), Ok(Err(NoChance::TooLong)));
}

proptest! {
    #[test]
    fn different_ways_are_counted_once_each(
        rows in prop::collection::vec(("[yns-]{2}", 0..3_usize, 0..2_u32), 3..7),
    ) {
        let rows: Vec<(&str, usize, u32)> =
            rows.iter().map(|(said, case, role)| (said.as_str(), *case, *role)).collect();
        let study = people(&rows);
        match chance(&study, 99, &Job::alone(0)).expect("goes on") {
            Ok(found) => prop_assert_eq!(found, one_by_one(&study)),
            Err(NoChance::NothingToDeal) => {}
            Err(reason) => {
                prop_assert_eq!(reason, NoChance::NoDifference);
                prop_assert_eq!(difference(&study), None);
            }
        }
    }
}
