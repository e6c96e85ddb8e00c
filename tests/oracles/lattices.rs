//! Are the bundles of duties those that the package `concepts` finds?

use concept_lattice::concept::{concepts, covers};
use concept_lattice::context::Context;
use serde_json::json;

use crate::{list, numbers, records};

#[test]
fn bundles_and_what_stands_above_them_are_those_of_concepts() {
    for (at, record) in records("lattices").iter().enumerate() {
        let claims: Vec<Vec<usize>> = list(&record["claims"]).iter().map(numbers).collect();
        let context =
            Context::new(claims.len(), claims[0].len(), |unit, code| claims[unit][code] == 1);
        let found = concepts(&context, usize::MAX, |_| true).expect("there are few");
        let above = covers(&context, &found);
        let ours = found.iter().zip(&above).map(|(concept, above)| {
            let extent: Vec<usize> = concept.extent.ones().collect();
            let intent: Vec<usize> = concept.intent.ones().collect();
            (extent, intent, above.len())
        });
        let mut ours: Vec<_> = ours.collect();
        ours.sort_unstable();
        assert_eq!(json!(ours), record["answers"], "context {at}");
    }
}
