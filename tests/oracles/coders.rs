//! Do coders agree as far as irrCAC, krippendorff and scikit-learn say?

use intercoder_reliability::coefficient::{Coefficient, Metric, Ratings};
use serde_json::Value as Json;

use crate::{list, records, same};

#[test]
fn coders_agree_as_far_as_the_packages_say() {
    let coefficients = [
        ("percent", Coefficient::Percent),
        ("fleiss", Coefficient::Fleiss),
        ("ac1", Coefficient::Ac1),
        ("pabak", Coefficient::Pabak),
        ("alpha_nominal", Coefficient::Alpha(Metric::Nominal)),
        ("alpha_ordinal", Coefficient::Alpha(Metric::Ordinal)),
        ("alpha_interval", Coefficient::Alpha(Metric::Interval)),
    ];
    let mut pairs = 0;
    for (at, record) in records("agreement").iter().enumerate() {
        let cells = |row: &Json| -> Vec<Option<u32>> {
            let cells = list(row).iter().map(Json::as_u64);
            cells.map(|cell| cell.map(|cell| cell as u32)).collect()
        };
        let rows: Vec<Vec<Option<u32>>> = list(&record["rows"]).iter().map(cells).collect();
        let declared = record["categories"].as_u64().expect("a number") as usize;
        let ratings = Ratings::of(&rows, declared).expect("every category is declared");
        let ours = |coefficient| ratings.measure(coefficient).ok().map(|amount| amount.value());
        for (name, coefficient) in coefficients {
            same(&record["answers"][name], ours(coefficient), &format!("table {at}: {name}"));
        }
        if ratings.coders() == 2 {
            pairs += 1;
            let what = format!("table {at}: Cohen's κ");
            same(&record["answers"]["cohen"], ours(Coefficient::Cohen), &what);
        }
    }
    assert!(pairs >= 10, "{pairs} tables of two coders");
}
