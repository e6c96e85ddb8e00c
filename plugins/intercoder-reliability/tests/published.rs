//! Do tables that others published give the coefficients that others worked out?
//!
//! The tables are not ours to copy: `PARALLAX_REAL_EXPORTS` names the folder that has them. Without
//! it nothing is compared, and that is said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use intercoder_reliability::coefficient::{Coefficient, Metric, Ratings};

const ALPHA: Coefficient = Coefficient::Alpha(Metric::Nominal);

/// The folder `agreement` of the exports, when there are any.
#[expect(clippy::print_stderr, reason = "a test that compares nothing has to say so")]
fn agreement() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("PARALLAX_REAL_EXPORTS") else {
        eprintln!("left out: PARALLAX_REAL_EXPORTS does not name the published tables");
        return None;
    };
    let folder = Path::new(&folder).join("agreement");
    assert!(folder.is_dir(), "PARALLAX_REAL_EXPORTS has no folder {}", folder.display());
    Some(folder)
}

/// The cells of a table below its head and behind the names of its rows.
fn cells(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder.join(name)).expect("a published table");
    let lines = text.lines().skip(1).filter(|line| !line.is_empty());
    lines.map(|line| line.split(',').skip(1).map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[track_caller]
fn comes_to(ratings: &Ratings, coefficient: Coefficient, published: &str) {
    let value = ratings.measure(coefficient).expect("has a value").value();
    let digits = published.len() - "0.".len();
    assert_eq!(format!("{value:.digits$}"), published, "{coefficient:?}");
}

#[test]
fn four_raters_with_missing_values() {
    let Some(folder) = agreement() else { return };
    let cells = cells(&folder, "cac.raw4raters.csv");
    let used: BTreeSet<&String> = cells.iter().flatten().filter(|cell| !cell.is_empty()).collect();
    let used: Vec<&String> = used.into_iter().collect();
    let category =
        |cell: &String| used.iter().position(|name| *name == cell).map(|place| place as u32);
    let rows: Vec<Vec<Option<u32>>> =
        cells.iter().map(|row| row.iter().map(category).collect()).collect();
    let ratings = Ratings::of(&rows, used.len()).expect("fits");
    assert_eq!((ratings.len(), ratings.coders()), (12, 4));
    comes_to(&ratings, ALPHA, "0.74342");
    comes_to(&ratings, Coefficient::Fleiss, "0.76117");
    comes_to(&ratings, Coefficient::Ac1, "0.77544");
}

#[test]
fn two_abstractors_and_three_diagnoses() {
    let Some(folder) = agreement() else { return };
    let mut ratings = Ratings::new(2, 3);
    for (first, row) in (0..).zip(cells(&folder, "cont3x3abstractors.csv")) {
        for (second, cell) in (0..).zip(row) {
            ratings.push(&[first, second], cell.parse().expect("a count")).expect("fits");
        }
    }
    assert_eq!(ratings.pairable(), 100);
    comes_to(&ratings, Coefficient::Cohen, "0.7964");
    comes_to(&ratings, Coefficient::Ac1, "0.8493");
    comes_to(&ratings, ALPHA, "0.7973");
}
