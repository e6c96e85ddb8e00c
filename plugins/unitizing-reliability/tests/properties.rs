//! Do the counts from ends of passages agree with counts over single characters, whatever the text?

#[path = "study/passages.rs"]
mod study;

use parallax_plugin::prelude::*;
use proptest::prelude::*;
use study::{draft, marked, outcome};
use unitizing_reliability::Parameters;
use unitizing_reliability::amount::Amount;
use unitizing_reliability::decisions::{Coincidences, Decisions};
use unitizing_reliability::matching::{Threshold, align};
use unitizing_reliability::span::{Span, shared, union};
use unitizing_reliability::unitizing::{Continuum, Unit};

const TEXT: usize = 40;

/// Spans that one coder marked, overlapping as they may.
fn spans() -> impl Strategy<Value = Vec<Span>> {
    let one = (0..TEXT as u64, 1..12_u64);
    let one = one.prop_map(|(start, length)| Span::new(start, (start + length).min(TEXT as u64)));
    prop::collection::vec(one, 0..8).prop_map(|spans| spans.into_iter().flatten().collect())
}

/// The units of one coder: pieces of the text in order, each a gap or a value.
fn units() -> impl Strategy<Value = Vec<Unit>> {
    let piece = (1..9_usize, 0..4_u32);
    prop::collection::vec(piece, 0..10).prop_map(|pieces| {
        let mut at = 0;
        let mut units = Vec::new();
        for (length, value) in pieces {
            let end = (at + length).min(TEXT);
            if let (true, Some(span)) = (value > 0, Span::new(at as u64, end as u64)) {
                units.push(Unit { span, value });
            }
            at = end;
        }
        units
    })
}

fn held(spans: &[Span]) -> Vec<bool> {
    let at = |at: u64| spans.iter().any(|span| span.start() <= at && at < span.end());
    (0..TEXT as u64).map(at).collect()
}

fn near(amount: Option<Amount>, expected: Option<f64>) -> bool {
    match (amount.map(Amount::value), expected) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    }
}

/// Cohen's κ, AC1 and Krippendorff's α of decisions, each from its textbook form.
fn by_character(coders: &[Vec<bool>]) -> (Option<f64>, f64, Option<f64>) {
    let text = TEXT as f64;
    let share = |coder: &[bool]| coder.iter().filter(|&&held| held).count() as f64 / text;
    let (a, b) = (share(&coders[0]), share(&coders[1]));
    let alike = (0..TEXT).filter(|&at| coders[0][at] == coders[1][at]).count() as f64 / text;
    let chance = a * b + (1.0 - a) * (1.0 - b);
    let kappa = ((1.0 - chance) > 1e-12).then(|| (alike - chance) / (1.0 - chance));
    let pi = (a + b) / 2.0;
    let chance = 2.0 * pi * (1.0 - pi);
    let ac1 = (alike - chance) / (1.0 - chance);
    let (mut coincidences, mut totals) = ([[0.0; 2]; 2], [0.0; 2]);
    for at in 0..TEXT {
        for (one, first) in coders.iter().enumerate() {
            for (_, second) in coders.iter().enumerate().filter(|(two, _)| *two != one) {
                let others = (coders.len() - 1) as f64;
                coincidences[usize::from(first[at])][usize::from(second[at])] += 1.0 / others;
            }
            totals[usize::from(first[at])] += 1.0;
        }
    }
    let all: f64 = totals.iter().sum();
    let expected = 2.0 * totals[0] * totals[1] / (all * (all - 1.0));
    let observed = (coincidences[0][1] + coincidences[1][0]) / all;
    (kappa, ac1, (expected > 0.0).then(|| 1.0 - observed / expected))
}

/// One character of one coder: its value (0: gap), which unit it is in, and its weight.
#[derive(Clone, Copy)]
struct Character {
    value: u32,
    unit: usize,
    weight: f64,
}

/// 1 − the share of unlike values among the pairs of different coders at one place, over that among
/// all pairs of characters that are not of one unit; gaps are units of one character.
fn by_pairs(coders: &[Vec<Character>], unlike: impl Fn(u32, u32) -> Option<bool>) -> Option<f64> {
    let mut observed = [0.0; 2];
    let others = (coders.len() - 1) as f64;
    for at in 0..TEXT {
        for (one, first) in coders.iter().enumerate() {
            for (_, second) in coders.iter().enumerate().filter(|(two, _)| *two != one) {
                if let Some(unlike) = unlike(first[at].value, second[at].value) {
                    observed[usize::from(unlike)] += 1.0 / others;
                }
            }
        }
    }
    let mut expected = [0.0; 2];
    let all: Vec<&Character> = coders.iter().flatten().collect();
    for first in &all {
        for second in all.iter().filter(|second| second.unit != first.unit) {
            if let Some(unlike) = unlike(first.value, second.value) {
                expected[usize::from(unlike)] += first.weight * second.weight;
            }
        }
    }
    let share = |of: [f64; 2]| of[1] / (of[0] + of[1]);
    (expected[1] > 0.0 && observed[0] + observed[1] > 0.0)
        .then(|| 1.0 - share(observed) / share(expected))
}

/// The characters of every coder; `among` says whether only what others cut out too counts.
fn characters(coders: &[Vec<Unit>], among: bool) -> Vec<Vec<Character>> {
    let value = |units: &[Unit], at: u64| {
        units.iter().position(|unit| unit.span.start() <= at && at < unit.span.end())
    };
    let mut next = 1000;
    let one = |(coder, units): (usize, &Vec<Unit>)| {
        let mut character = |at: u64| {
            next += 1;
            let own = value(units, at);
            let others = coders.iter().enumerate().filter(|(other, _)| *other != coder);
            let cut = others.filter(|(_, units)| value(units, at).is_some()).count();
            let weight = cut as f64 / (coders.len() - 1) as f64;
            Character {
                value: own.map_or(0, |place| units[place].value),
                unit: own.map_or(next, |place| coder * 100 + place),
                weight: if among { weight } else { 1.0 },
            }
        };
        (0..TEXT as u64).map(&mut character).collect()
    };
    coders.iter().enumerate().map(one).collect()
}

proptest! {
    #[test]
    fn decisions_are_those_of_single_characters(all in prop::collection::vec(spans(), 2..5)) {
        let joined: Vec<Vec<Span>> = all.iter().map(|spans| union(spans.clone())).collect();
        let slices: Vec<&[Span]> = joined.iter().map(Vec::as_slice).collect();
        let flags: Vec<Vec<bool>> = all.iter().map(|spans| held(spans)).collect();
        let (kappa, ac1, alpha) = by_character(&flags);
        let both = shared(&joined[0], &joined[1]);
        let of = |spans: &[Span]| spans.iter().map(|span| span.length()).sum::<u64>();
        let (first, second) = (of(&joined[0]) - both, of(&joined[1]) - both);
        let neither = TEXT as u64 - both - first - second;
        let table = Decisions { both, first, second, neither };
        prop_assert!(near(table.kappa(), kappa));
        prop_assert!(near(table.ac1(), Some(ac1)));
        prop_assert!(near(Coincidences::of(&slices, TEXT as u64).alpha(), alpha));
        let turned = Decisions { first: second, second: first, ..table };
        prop_assert_eq!(table.kappa(), turned.kappa());
        prop_assert_eq!(table.ac1(), turned.ac1());
    }

    #[test]
    fn unitizing_alphas_are_those_of_single_characters(all in prop::collection::vec(units(), 2..5)) {
        let slices: Vec<&[Unit]> = all.iter().map(Vec::as_slice).collect();
        let of = Continuum::of(&slices, TEXT as u64).expect("one value at a time");
        let whole = characters(&all, false);
        prop_assert!(near(of.alpha(), by_pairs(&whole, |a, b| Some(a != b))));
        prop_assert!(near(of.binary_alpha(), by_pairs(&whole, |a, b| Some((a == 0) != (b == 0)))));
        let common = characters(&all, true);
        let valued = |a: u32, b: u32| a > 0 && b > 0;
        let coding = by_pairs(&common, |a, b| valued(a, b).then_some(a != b));
        prop_assert!(near(of.coding_alpha(), coding));
        for value in 1..4 {
            let one = |a: u32, b: u32| (valued(a, b) && b == value).then_some(a != b);
            prop_assert!(near(of.value_alpha(value), by_pairs(&common, one)));
        }
        for alpha in [of.alpha(), of.binary_alpha(), of.coding_alpha()].into_iter().flatten() {
            prop_assert!(alpha.value() <= 1.0);
        }
        let mut turned = slices.clone();
        turned.reverse();
        prop_assert_eq!(&Continuum::of(&turned, TEXT as u64).expect("as before"), &of);
        // One text after the other is one long text.
        let twice = of.clone().plus(&of);
        let later = |units: &Vec<Unit>| -> Vec<Unit> {
            let later = units.iter().filter_map(|unit| {
                let by = TEXT as u64;
                let span = Span::new(unit.span.start() + by, unit.span.end() + by)?;
                Some(Unit { span, ..*unit })
            });
            units.iter().copied().chain(later).collect()
        };
        let long: Vec<Vec<Unit>> = all.iter().map(later).collect();
        let long: Vec<&[Unit]> = long.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(Continuum::of(&long, 2 * TEXT as u64).expect("as before"), twice);
    }

    #[test]
    fn one_value_is_the_binary_alpha_of_its_spans(all in prop::collection::vec(spans(), 2..4)) {
        let joined: Vec<Vec<Span>> = all.into_iter().map(union).collect();
        let units: Vec<Vec<Unit>> = joined
            .iter()
            .map(|spans| spans.iter().map(|&span| Unit { span, value: 0 }).collect())
            .collect();
        let units: Vec<&[Unit]> = units.iter().map(Vec::as_slice).collect();
        let of = Continuum::of(&units, TEXT as u64).expect("one value");
        let slices: Vec<&[Span]> = joined.iter().map(Vec::as_slice).collect();
        let square = |span: &Span| i128::from(span.length() * span.length());
        let squares = Amount::of(joined.iter().flatten().map(square).sum(), 1);
        let decisions = Coincidences::of(&slices, TEXT as u64);
        prop_assert_eq!(decisions.unitizing_alpha(squares), of.alpha());
        prop_assert_eq!(of.binary_alpha(), of.alpha());
    }

    #[test]
    fn from_one_half_on_every_pair_that_reaches_it_is_matched(first in spans(), second in spans()) {
        let (first, second) = (union(first), union(second));
        let pairs = align(&first, &second);
        for threshold in [Threshold::HALF, Threshold::new(2, 3).expect("a threshold")] {
            let reached = pairs.iter().filter(|pair| pair.reaches(threshold)).count();
            let reaches = |a: &Span, b: &Span| {
                let (shared, either) = a.iou(*b);
                let pair = unitizing_reliability::matching::Match { first: 0, second: 0, shared, either };
                pair.reaches(threshold)
            };
            let all = first.iter().flat_map(|a| second.iter().map(move |b| (a, b)));
            prop_assert_eq!(reached, all.filter(|(a, b)| reaches(a, b)).count());
        }
        let turned = align(&second, &first);
        let mut turned: Vec<_> = turned.iter().map(|pair| (pair.second, pair.first)).collect();
        turned.sort_unstable();
        prop_assert_eq!(turned, pairs.iter().map(|p| (p.first, p.second)).collect::<Vec<_>>());
    }
}

/// Statements of two or three coders, in texts of 100 characters.
fn statements() -> impl Strategy<Value = Vec<(usize, usize, usize, u32, u32)>> {
    prop::collection::vec((0..3_usize, 0..2_usize, 0..3_usize, 0..50_u32, 1..10_u32), 1..14)
}

fn analysed(
    rows: &[(usize, usize, usize, u32, u32)],
    names: [&str; 3],
    id: impl Fn(usize) -> String,
    order: &[usize],
) -> Result<Vec<Finding>, String> {
    let row = |&at: &usize| {
        let (coder, source, code, start, length) = rows[at];
        let source = ["i1", "i2"][source];
        let code = ["k1", "k2", "k3"][code];
        marked(&id(at), (names[coder], source, code, start, start + length))
    };
    outcome(draft(order.iter().map(row).collect(), [100; 3]), &Parameters::default())
}

fn numbers(findings: &[Finding]) -> Vec<(String, String, Vec<Measure>)> {
    let numbers = findings
        .iter()
        .map(|finding| (finding.about.clone(), finding.template.clone(), finding.measures.clone()));
    numbers.collect()
}

const NAMES: [&str; 3] = ["ann", "ben", "cas"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn neither_order_nor_names_nor_place_change_a_number(rows in statements(), by in 1..40_u32) {
        let id = |at: usize| format!("s{at:02}");
        let order: Vec<usize> = (0..rows.len()).collect();
        let Ok(found) = analysed(&rows, NAMES, id, &order) else { return Ok(()) };
        let turned: Vec<usize> = order.iter().rev().copied().collect();
        prop_assert_eq!(&analysed(&rows, NAMES, id, &turned).expect("as before"), &found);
        let renamed = analysed(&rows, NAMES, |at| format!("x{at:02}"), &order);
        prop_assert_eq!(numbers(&renamed.expect("as before")), numbers(&found));
        let swapped = analysed(&rows, ["cas", "ben", "ann"], id, &order).expect("as before");
        prop_assert_eq!(numbers(&swapped), numbers(&found));
        let moved: Vec<_> = rows.iter().map(|&(a, b, c, at, l)| (a, b, c, at + by, l)).collect();
        let moved = analysed(&moved, NAMES, id, &order).expect("as before");
        prop_assert_eq!(numbers(&moved), numbers(&found));
    }

    #[test]
    fn a_passage_marked_in_pieces_is_one(rows in statements(), cut in 0..14_usize) {
        let id = |at: usize| format!("s{at:02}");
        let order: Vec<usize> = (0..rows.len()).collect();
        let Ok(found) = analysed(&rows, NAMES, id, &order) else { return Ok(()) };
        let mut pieces = rows.clone();
        let (coder, source, code, start, length) = rows[cut % rows.len()];
        if length < 2 {
            return Ok(());
        }
        pieces[cut % rows.len()].4 = 1;
        pieces.push((coder, source, code, start + 1, length - 1));
        let order: Vec<usize> = (0..pieces.len()).collect();
        let pieced = analysed(&pieces, NAMES, id, &order).expect("as before");
        let plain = |findings: &[Finding]| {
            let mut numbers = numbers(findings);
            for (_, _, measures) in &mut numbers {
                measures.retain(|measure| !measure.name.starts_with("joined_"));
            }
            numbers
        };
        prop_assert_eq!(plain(&pieced), plain(&found));
    }

    #[test]
    fn the_same_marked_twice_is_full_agreement(rows in statements()) {
        let rows: Vec<_> = rows.into_iter().map(|row| (0, 0, row.2, row.3, row.4)).collect();
        let both: Vec<_> =
            rows.iter().copied().chain(rows.iter().map(|row| (1, 0, row.2, row.3, row.4))).collect();
        let order: Vec<usize> = (0..both.len()).collect();
        let found = analysed(&both, NAMES, |at| format!("s{at:02}"), &order).expect("two coders");
        for finding in &found {
            for name in ["iou", "f1", "exact", "kappa", "alpha", "ac1", "percent_agreement"] {
                let measure = finding.measures.iter().find(|measure| measure.name == name);
                let value = match &measure.expect("there").number {
                    Number::Fraction(of) | Number::Ratio(of) => of.to_f64(),
                    other => panic!("{name}: {other}"),
                };
                prop_assert!((value - 1.0).abs() < 1e-12, "{} of {}", name, finding.about);
            }
            prop_assert!(finding.evidence().iter().all(|item| item.weight == Weight::Supporting));
        }
    }
}
