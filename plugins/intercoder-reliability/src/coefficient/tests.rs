//! Do the coefficients give what others worked out, exactly, and keep what must always hold?

use proptest::prelude::*;

use super::*;

const ALL: [Coefficient; 7] = [
    Coefficient::Percent,
    Coefficient::Fleiss,
    Coefficient::Alpha(Metric::Nominal),
    Coefficient::Alpha(Metric::Ordinal),
    Coefficient::Alpha(Metric::Interval),
    Coefficient::Ac1,
    Coefficient::Pabak,
];

/// Coders as lines of digits, `.` missing; categories from 0 on.
fn coded(lines: &[&str], first: u32, categories: usize) -> Ratings {
    let units = lines[0].len();
    let cell = |line: &str, unit: usize| {
        line.chars().nth(unit).and_then(|c| c.to_digit(10)).map(|digit| digit - first)
    };
    let rows: Vec<Vec<Option<u32>>> =
        (0..units).map(|unit| lines.iter().map(|line| cell(line, unit)).collect()).collect();
    Ratings::of(&rows, categories).expect("fits")
}

fn two_by_two(cells: [[u64; 2]; 2]) -> Ratings {
    let mut ratings = Ratings::new(2, 2);
    for (a, row) in (0..).zip(cells) {
        for (b, weight) in (0..).zip(row) {
            ratings.push(&[a, b], weight).expect("fits");
        }
    }
    ratings
}

fn written(ratings: &Ratings, coefficient: Coefficient) -> String {
    match ratings.measure(coefficient) {
        Ok(amount) => match amount.fraction() {
            Some((part, of)) => format!("{part}/{of}"),
            None => format!("about {}", amount.value()),
        },
        Err(why) => why.to_string(),
    }
}

fn six(ratings: &Ratings, coefficient: Coefficient) -> f64 {
    let value = ratings.measure(coefficient).expect("has a value").value();
    (value * 1e7).round() / 1e7
}

const NOMINAL: Coefficient = Coefficient::Alpha(Metric::Nominal);

/// Theory D9, oracle 1; `icr.toy10`.
#[test]
fn ten_units_of_two_coders() {
    let ratings = coded(&["1111100000", "1110100001"], 0, 2);
    assert_eq!(written(&ratings, Coefficient::Percent), "4/5");
    assert_eq!(written(&ratings, Coefficient::Cohen), "3/5");
    assert_eq!(written(&ratings, Coefficient::Fleiss), "3/5");
    assert_eq!(written(&ratings, Coefficient::Ac1), "3/5");
    assert_eq!(written(&ratings, NOMINAL), "31/50");
    assert_eq!(written(&ratings, Coefficient::Pabak), "3/5");
    assert_eq!(written(&ratings, Coefficient::PrevalenceIndex), "0/1");
    assert_eq!(written(&ratings, Coefficient::BiasIndex), "0/1");
}

/// Theory D9, oracle 2; `icr.gwet`: nearly everything in one category.
#[test]
fn the_paradox_shows_both_numbers() {
    let ratings = two_by_two([[118, 5], [2, 0]]);
    assert_eq!(six(&ratings, Coefficient::Percent), 0.944);
    assert_eq!(six(&ratings, Coefficient::Cohen), -0.023_391_8);
    assert_eq!(six(&ratings, NOMINAL), -0.024_691_4);
    assert_eq!(six(&ratings, Coefficient::Ac1), 0.940_776_3);
    assert_eq!(written(&ratings, Coefficient::Percent), "118/125");
    assert_eq!(written(&ratings, Coefficient::Pabak), "111/125");
    assert_eq!(written(&ratings, Coefficient::PrevalenceIndex), "118/125");
    assert_eq!(written(&ratings, Coefficient::BiasIndex), "3/125");
}

/// Theory D9, oracle 3; `icr.krippendorff4x12`.
#[test]
fn four_coders_and_twelve_units_with_gaps() {
    let lines = ["123321412...", "1233224125.3", ".333234225 1.", "12332441251."];
    let lines = lines.map(|line| line.replace(' ', ""));
    let ratings = coded(&lines.each_ref().map(String::as_str), 1, 5);
    assert_eq!(six(&ratings, NOMINAL), 0.743_421_1);
    // The theory writes .815388; where a table says .8153876, the last digit was rounded twice.
    assert_eq!(six(&ratings, Coefficient::Alpha(Metric::Ordinal)), 0.815_387_5);
    assert_eq!(written(&ratings, Coefficient::Alpha(Metric::Ordinal)), "108577/133160");
    assert_eq!(six(&ratings, Coefficient::Alpha(Metric::Interval)), 0.849_107_1);
    assert_eq!(written(&ratings, NOMINAL), "113/152");
    assert_eq!(written(&ratings, Coefficient::Cohen), "it is defined for two coders only");
}

#[test]
fn what_is_undefined_says_why() {
    let one_category = coded(&["0000", "0000"], 0, 2);
    for undefined in [Coefficient::Cohen, Coefficient::Fleiss, NOMINAL] {
        assert_eq!(one_category.measure(undefined), Err(Undefined::OneCategory));
    }
    assert_eq!(written(&one_category, Coefficient::Ac1), "1/1");
    assert_eq!(written(&one_category, Coefficient::Percent), "1/1");
    let nothing_to_choose = coded(&["0000", "0000"], 0, 1);
    assert_eq!(nothing_to_choose.measure(Coefficient::Ac1), Err(Undefined::OneDeclared));
    assert_eq!(nothing_to_choose.measure(Coefficient::Pabak), Err(Undefined::OneDeclared));
    let apart = coded(&["01..", "..01"], 0, 2);
    let alone = coded(&["0101"], 0, 2);
    for coefficient in ALL {
        assert_eq!(apart.measure(coefficient), Err(Undefined::NoPair));
        assert_eq!(alone.measure(coefficient), Err(Undefined::OneCoder));
        assert_eq!(Ratings::new(0, 0).measure(coefficient), Err(Undefined::OneCoder));
    }
    let three = coded(&["01", "01", "01"], 0, 2);
    assert_eq!(three.measure(Coefficient::BiasIndex), Err(Undefined::NotTwoCoders));
    let wide = coded(&["01", "01"], 0, 3);
    assert_eq!(wide.measure(Coefficient::PrevalenceIndex), Err(Undefined::NotTwoCategories));
}

fn plan(seed: u64) -> Plan<'static> {
    Plan { seed, stream: 1, resamples: 400, level: 95, go_on: &|_, _| true }
}

#[test]
fn an_interval_comes_from_the_seed_and_holds_the_value() {
    let ratings = coded(&["1111100000", "1110100001"], 0, 2);
    let blocks = Blocks::rows(&ratings);
    let spread = intervals(&ratings, &blocks, &[NOMINAL], plan(1)).expect("drawn")[0];
    let again = intervals(&ratings, &blocks, &[NOMINAL, Coefficient::Ac1], plan(1));
    assert_eq!(again.expect("drawn")[0], spread);
    let (lower, upper) = spread.ends.expect("some are defined");
    assert!(lower < 0.62 && upper >= 0.62, "{spread:?}");
    let other = intervals(&ratings, &blocks, &[NOMINAL], plan(2)).expect("drawn")[0];
    assert!(other.undefined < 10);
    // Ten rows of weight 1 are the same as their four patterns with their counts.
    let table = two_by_two([[4, 1], [1, 4]]);
    let copies = intervals(&table, &Blocks::copies(&table), &[NOMINAL], plan(1)).expect("drawn");
    assert!(copies[0].ends.is_some() && Blocks::copies(&table).units() == 10);
}

#[test]
fn undefined_resamples_are_counted_and_in_no_interval() {
    // Only one unit in the other category: about a third of the resamples miss it.
    let ratings = coded(&["0000000001", "0000000001"], 0, 2);
    let spread =
        intervals(&ratings, &Blocks::rows(&ratings), &[NOMINAL], plan(5)).expect("drawn")[0];
    assert!((100..180).contains(&spread.undefined), "{spread:?}");
    assert_eq!(spread.ends, Some((1.0, 1.0)));
    let one_category = coded(&["00", "00"], 0, 2);
    let blocks = Blocks::rows(&one_category);
    let spread = intervals(&one_category, &blocks, &[NOMINAL], plan(5)).expect("drawn")[0];
    assert_eq!(spread, Spread { ends: None, undefined: 400 });
}

#[test]
fn too_much_to_draw_and_a_wish_to_stop_are_said() {
    let ratings = two_by_two([[1 << 20, 1], [1, 1 << 20]]);
    let blocks = Blocks::copies(&ratings);
    let many = intervals(&ratings, &blocks, &[NOMINAL], plan(1));
    assert_eq!(many, Err(Unsampled::TooMany));
    let small = two_by_two([[2, 1], [1, 2]]);
    let stop = Plan { go_on: &|done, _| done < 100, ..plan(1) };
    let stopped = intervals(&small, &Blocks::copies(&small), &[NOMINAL], stop);
    assert_eq!(stopped, Err(Unsampled::Stopped));
}

/// Rows of up to four coders and categories, some missing.
fn tables() -> impl Strategy<Value = (Vec<Vec<Option<u32>>>, usize)> {
    (2..5_usize, 2..5_u32).prop_flat_map(|(coders, categories)| {
        let cell = prop::option::weighted(0.8, 0..categories);
        let row = prop::collection::vec(cell, coders);
        (prop::collection::vec(row, 1..15), Just(categories as usize))
    })
}

fn values(rows: &[Vec<Option<u32>>], categories: usize, of: &[Coefficient]) -> Vec<String> {
    let ratings = Ratings::of(rows, categories).expect("fits");
    of.iter().map(|&coefficient| written(&ratings, coefficient)).collect()
}

proptest! {
    #[test]
    fn names_of_categories_do_not_matter((rows, categories) in tables()) {
        let last = categories as u32 - 1;
        let turned: Vec<Vec<Option<u32>>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.map(|value| last - value)).collect())
            .collect();
        // A scale turned upside down keeps its distances, so this holds of every metric.
        prop_assert_eq!(values(&rows, categories, &ALL), values(&turned, categories, &ALL));
        let shifted: Vec<Vec<Option<u32>>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.map(|value| (value + 1) % (last + 1))).collect())
            .collect();
        let nominal = [Coefficient::Percent, Coefficient::Fleiss, NOMINAL, Coefficient::Ac1];
        prop_assert_eq!(values(&rows, categories, &nominal), values(&shifted, categories, &nominal));
    }

    #[test]
    fn the_order_of_units_and_of_coders_does_not_matter((rows, categories) in tables()) {
        let mut turned = rows.clone();
        turned.reverse();
        for row in &mut turned {
            row.rotate_left(1);
        }
        prop_assert_eq!(values(&rows, categories, &ALL), values(&turned, categories, &ALL));
        for row in &mut turned {
            row.truncate(2);
        }
        let mut other = turned.clone();
        other.iter_mut().for_each(|row| row.reverse());
        let cohen = [Coefficient::Cohen, Coefficient::BiasIndex];
        prop_assert_eq!(values(&turned, categories, &cohen), values(&other, categories, &cohen));
    }

    #[test]
    fn no_coefficient_is_above_one_and_a_unit_without_values_adds_nothing(
        (rows, categories) in tables()
    ) {
        let mut longer = rows.clone();
        longer.extend(vec![vec![None; rows[0].len()]; 3]);
        prop_assert_eq!(values(&rows, categories, &ALL), values(&longer, categories, &ALL));
        let ratings = Ratings::of(&rows, categories).expect("fits");
        for coefficient in ALL {
            if let Ok(amount) = ratings.measure(coefficient) {
                prop_assert!(amount.value() <= 1.0);
            }
        }
    }

    #[test]
    fn coders_who_agree_throughout_have_one((rows, categories) in tables()) {
        let first: Vec<Vec<Option<u32>>> =
            rows.iter().map(|row| vec![row[0]; row.len()]).collect();
        let ratings = Ratings::of(&first, categories).expect("fits");
        let mut used: Vec<u32> = rows.iter().filter_map(|row| row[0]).collect();
        used.sort_unstable();
        used.dedup();
        for coefficient in ALL {
            let expected = match (used.len(), coefficient) {
                (0, _) => Err(Undefined::NoPair),
                (1, Coefficient::Fleiss | Coefficient::Alpha(_)) => Err(Undefined::OneCategory),
                _ => Ok(Amount::ONE),
            };
            prop_assert_eq!(ratings.measure(coefficient), expected);
        }
    }

    #[test]
    fn a_weight_is_so_many_equal_units((rows, categories) in tables(), weight in 1..4_u64) {
        let coders = rows[0].len();
        let (mut weighted, mut repeated) =
            (Ratings::new(coders, categories), Ratings::new(coders, categories));
        for row in &rows {
            let cells: Vec<u32> = row.iter().map(|cell| cell.unwrap_or(MISSING)).collect();
            weighted.push(&cells, weight).expect("fits");
            for _ in 0..weight {
                repeated.push(&cells, 1).expect("fits");
            }
        }
        for coefficient in ALL {
            prop_assert_eq!(weighted.measure(coefficient), repeated.measure(coefficient));
        }
    }

    #[test]
    fn a_scale_has_no_unit_of_measurement((rows, categories) in tables()) {
        let interval = Coefficient::Alpha(Metric::Interval);
        let ratings = Ratings::of(&rows, categories).expect("fits");
        let points: Vec<i64> = (0..).map(|point| point * 10 - 5).take(categories).collect();
        let scaled = ratings.clone().with_points(&points).expect("rise");
        prop_assert_eq!(ratings.measure(interval), scaled.measure(interval));
    }
}
