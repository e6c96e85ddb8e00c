//! Do coders agree on characters as far as krippendorff, scikit-learn and irrCAC say?

use serde_json::Value as Json;
use unitizing_reliability::comparison::Counts;
use unitizing_reliability::decisions::Coincidences;
use unitizing_reliability::matching::Threshold;
use unitizing_reliability::span::{Span, union};

use crate::{list, numbers, records, same};

/// The passages of one coder, those that overlap or touch joined.
fn marked(spans: &Json) -> Vec<Span> {
    let spans = list(spans).iter().map(|span| {
        let ends = numbers(span);
        Span::new(ends[0] as u64, ends[1] as u64).expect("ends after it starts")
    });
    union(spans.collect())
}

#[test]
fn characters_are_coded_alike_as_often_as_the_packages_say() {
    let half = Threshold::new(1, 2).expect("a share");
    let mut pairs = 0;
    for (at, record) in records("passages").iter().enumerate() {
        let length = record["length"].as_u64().expect("a number");
        let coders: Vec<Vec<Span>> = list(&record["spans"]).iter().map(marked).collect();
        let all: Vec<&[Span]> = coders.iter().map(Vec::as_slice).collect();
        let alpha = Coincidences::of(&all, length).alpha().map(|alpha| alpha.value());
        same(&record["answers"]["alpha"], alpha, &format!("text {at}: α"));
        let [first, second] = all[..] else { continue };
        pairs += 1;
        let decisions = Counts::of(first, second, [first, second], half).decisions(length);
        let share = |part: u64, whole: u64| Some(part as f64 / whole as f64);
        for (name, ours) in [
            ("kappa", decisions.kappa().map(|kappa| kappa.value())),
            ("ac1", decisions.ac1().map(|ac1| ac1.value())),
            ("percent", share(decisions.alike(), decisions.all())),
            ("shared", share(decisions.both, decisions.either())),
        ] {
            same(&record["answers"][name], ours, &format!("text {at}: {name}"));
        }
    }
    assert!(pairs >= 10, "{pairs} texts of two coders");
}
