//! Which properties do the findings of every analysis have, whatever the study?
//!
//! Small random studies go through the whole shelf as the program fills it, so an analysis that is
//! added later is tried too. `PROPTEST_CASES` raises the number of studies.

#[path = "properties/around.rs"]
mod around;
#[path = "properties/cells.rs"]
mod cells;
#[path = "properties/compare.rs"]
mod compare;
#[path = "properties/completed.rs"]
mod completed;
#[path = "properties/contained.rs"]
mod contained;
#[path = "properties/gist.rs"]
mod gist;
#[path = "properties/readings.rs"]
mod readings;
#[path = "properties/shelf.rs"]
mod shelf;
#[path = "properties/sketch.rs"]
mod sketch;
#[path = "../core/cli/src/standard.rs"]
#[expect(dead_code, reason = "of the command's module only the shelf is tried here")]
mod standard;
#[path = "properties/tables.rs"]
mod tables;

use parallax_model::FindingsDocument;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use around::{Status, args, say, terminal, user};
use compare::{differences, faults, found, found_without};
use completed::Filled;
use contained::{Outside, outside};
use gist::gist;
use shelf::{document, surveyed};
use sketch::sketches;
use tables::Tables;

/// A prefix that no word of an analysis contains.
const PREFIX: &str = "Zq";

/// Analyses whose findings are about the order of a list.
const ABOUT_ORDER: [&str; 1] = ["saturation"];

/// Analyses that name several codes of one kind after the first of them in the codebook.
const NAMED_AFTER_THE_FIRST: [&str; 1] = ["composition-scan"];

/// Numbers with bounds that need not hold what a completed study gives, and why.
const NOT_BOUNDED: [(&str, &str, Filled, &str); 3] = [
    (
        "expectation-mismatch",
        "mismatch_bounds",
        Filled::All,
        "people then expect more of others, and the rate is out of more expectations",
    ),
    (
        "positioning-network",
        "by_role/claims",
        Filled::OwnOnly,
        "counts what anybody speaks of as their own, and people then speak of more",
    ),
    ("positioning-network", "by_role/claims", Filled::All, "the same"),
];

fn of(tables: &Tables) -> FindingsDocument {
    document(&tables.study())
}

fn keys() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 1..30)
}

/// So many studies, the same ones each time, so that a change is told from chance; where
/// `PROPTEST_CASES` says how many, they are new ones.
fn studies(cases: u32) -> ProptestConfig {
    let standard = ProptestConfig::default();
    let is_chosen = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if is_chosen { standard.cases } else { cases },
        max_shrink_iters: 100,
        failure_persistence: None,
        rng_seed: if is_chosen { standard.rng_seed } else { RngSeed::Fixed(1) },
        ..standard
    }
}

fn is_bounded(filled: Filled) -> impl Fn(&Outside) -> bool {
    move |outside| {
        !NOT_BOUNDED.iter().any(|(analysis, name, when, _)| {
            outside.analysis == *analysis && outside.name == *name && filled == *when
        })
    }
}

proptest! {
    #![proptest_config(studies(12))]

    #[test]
    fn every_analysis_gives_findings_or_says_why_not(sketch in sketches()) {
        let faults = faults(&of(&sketch.incomplete("")));
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn tables_that_are_not_there_are_no_error(sketch in sketches(), left_out in 1_u8..64) {
        let faults = faults(&of(&sketch.incomplete("").without(left_out)));
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn the_order_of_what_was_said_changes_nothing(sketch in sketches(), keys in keys()) {
        let tables = sketch.incomplete("");
        let (one, other) = (found(&of(&tables)), found(&of(&tables.in_order_of(&keys))));
        let differences = differences(&one, &other);
        prop_assert!(differences.is_empty(), "{}", differences.join("\n"));
    }

    #[test]
    fn the_order_of_people_and_codes_changes_no_number(
        sketch in sketches(),
        keys in keys(),
        codes in any::<bool>(),
    ) {
        let tables = sketch.incomplete("");
        let mut listed = tables.listed_in_order_of(&keys);
        if codes {
            listed = listed.coded_in_order_of(&keys);
        }
        let (one, other) = (gist(&of(&tables)), gist(&of(&listed)));
        let mut differences = differences(&one, &other);
        let is_about_order = |difference: &String| {
            let analysis = difference.split(['/', ':', ' ']).next().unwrap_or("");
            ABOUT_ORDER.contains(&analysis) || codes && NAMED_AFTER_THE_FIRST.contains(&analysis)
        };
        differences.retain(|difference| !is_about_order(difference));
        prop_assert!(differences.is_empty(), "{}", differences.join("\n"));
    }

    #[test]
    fn new_ids_change_nothing_but_ids(sketch in sketches()) {
        let one = found_without(PREFIX, &of(&sketch.incomplete("")));
        let other = found_without(PREFIX, &of(&sketch.incomplete(PREFIX)));
        let differences = differences(&one, &other);
        prop_assert!(differences.is_empty(), "{}", differences.join("\n"));
    }

    #[test]
    fn bounds_hold_what_a_completed_study_gives(sketch in sketches(), own in any::<bool>()) {
        let filled = if own { Filled::OwnOnly } else { Filled::All };
        let pair = sketch.pair("", filled);
        let mut outside = outside(&of(&pair.incomplete), &of(&pair.complete));
        outside.retain(is_bounded(filled));
        let outside: Vec<String> = outside.iter().map(ToString::to_string).collect();
        prop_assert!(outside.is_empty(), "{}", outside.join("\n"));
    }
}

proptest! {
    #![proptest_config(studies(100))]

    #[test]
    fn cells_allow_what_a_completed_study_says(sketch in sketches()) {
        let ruled_out = cells::ruled_out(&sketch.pair("", Filled::All));
        prop_assert!(ruled_out.is_empty(), "{}", ruled_out.join("\n"));
    }
}

proptest! {
    #![proptest_config(studies(6))]

    /// What a run finds is what the first of all readings finds, and no number is outside of its
    /// range; neither threads nor the order of rows change anything.
    #[test]
    fn every_reading_is_counted_and_the_first_is_the_run(sketch in sketches(), keys in keys()) {
        let tables = sketch.incomplete("");
        let (document, survey) = surveyed(&tables.study(), 1);
        let faults = readings::faults(&document);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
        prop_assert_eq!(&survey, &surveyed(&tables.study(), 4).1);
        prop_assert_eq!(&survey, &surveyed(&tables.in_order_of(&keys).study(), 2).1);
    }
}
