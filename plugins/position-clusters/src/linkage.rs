//! In which order do units merge into clusters, and at what distance?
//!
//! Agglomerative clustering with stored nearest neighbours: memory n², time n² in practice and
//! n³ at worst. The `kodama` crate is faster, but it works in floating point and breaks ties by
//! its own order; here heights are exact fractions and ties follow a rule that a reader can
//! check by hand: of the pairs at the smallest distance, the one whose smallest members come first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::distance::{Distances, Entry, Scaled, place};

/// What the distance between two clusters is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Linkage {
    /// The mean distance of their pairs (UPGMA, Sokal & Michener 1958).
    #[default]
    Average,
    /// The largest distance of their pairs.
    Complete,
    /// The smallest distance of their pairs.
    Single,
}

/// The merges of `leaves` units into one cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The number of units.
    pub leaves: usize,
    /// The merges in order, one fewer than there are units.
    pub merges: Vec<Merge>,
}

/// One merge. Nodes below the number of leaves are units; merge `i` makes node `leaves + i`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Merge {
    /// The node that holds the smaller smallest unit.
    pub left: usize,
    /// The other node.
    pub right: usize,
    /// The distance between them.
    pub height: Amount,
}

/// The tree of merges of all units, by `linkage`.
#[must_use]
pub fn cluster(distances: &Distances, linkage: Linkage) -> Tree {
    match distances.scaled() {
        Scaled::Exact { denominator, numerators } => {
            merge_all(distances.units(), numerators.clone(), *denominator, linkage)
        }
        Scaled::Near(values) => merge_all(distances.units(), values.clone(), 1.0, linkage),
    }
}

impl Tree {
    /// The units from left to right as the tree is drawn, so that no branches cross.
    #[must_use]
    pub fn drawing_order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.leaves);
        let mut open: Vec<usize> =
            (self.leaves + self.merges.len()).checked_sub(1).into_iter().collect();
        while let Some(node) = open.pop() {
            match node.checked_sub(self.leaves) {
                Some(merge) => open.extend([self.merges[merge].right, self.merges[merge].left]),
                None => order.push(node),
            }
        }
        order
    }

    /// The cluster of each unit once `k` clusters are left; clusters are numbered from 0 by their
    /// smallest unit. With fewer than `k` units, each is its own cluster.
    #[must_use]
    pub fn cut(&self, k: usize) -> Vec<usize> {
        let mut smallest: Vec<usize> = (0..self.leaves).collect();
        let mut roots: Vec<usize> = (0..self.leaves).collect();
        for merge in &self.merges[..self.leaves.saturating_sub(k.max(1))] {
            let (kept, gone) = (roots[merge.left], roots[merge.right]);
            roots.push(kept);
            for root in &mut smallest {
                if *root == gone {
                    *root = kept;
                }
            }
        }
        let mut numbers: Vec<usize> = smallest.clone();
        numbers.sort_unstable();
        numbers.dedup();
        smallest.iter().map(|root| numbers.partition_point(|number| number < root)).collect()
    }
}

/// The clusters that have not merged yet. A cluster stands at the place of its smallest unit, so
/// that the order of places is the order in which ties are broken.
struct Open<E> {
    units: usize,
    linkage: Linkage,
    /// For each pair of places: the sum (average linkage) or the extreme of its distances.
    entries: Vec<E>,
    places: Vec<usize>,
    sizes: Vec<usize>,
    nodes: Vec<usize>,
    /// For each place, one nearest place after it.
    nearest: Vec<usize>,
}

fn merge_all<E: Entry>(units: usize, entries: Vec<E>, whole: E, linkage: Linkage) -> Tree {
    let mut open = Open {
        units,
        linkage,
        entries,
        places: (0..units).collect(),
        sizes: vec![1; units],
        nodes: (0..units).collect(),
        nearest: vec![0; units],
    };
    for rank in 0..units.saturating_sub(1) {
        open.find_nearest(rank);
    }
    let mut merges = Vec::with_capacity(units.saturating_sub(1));
    while open.places.len() > 1 {
        let (low, high) = open.closest();
        let (entry, size) = open.mean(low, high);
        let height = entry.over(whole.times(size));
        merges.push(Merge { left: open.nodes[low], right: open.nodes[high], height });
        open.merge(low, high);
        open.nodes[low] = units + merges.len() - 1;
    }
    Tree { leaves: units, merges }
}

impl<E: Entry> Open<E> {
    fn entry(&self, one: usize, other: usize) -> E {
        self.entries[place(self.units, one.min(other), one.max(other))]
    }

    /// The distance between two clusters as a sum and the number it is shared by.
    fn mean(&self, one: usize, other: usize) -> (E, usize) {
        let size = match self.linkage {
            Linkage::Average => self.sizes[one] * self.sizes[other],
            Linkage::Complete | Linkage::Single => 1,
        };
        (self.entry(one, other), size)
    }

    fn below(&self, pair: (usize, usize), other: (usize, usize)) -> bool {
        let ((entry, size), (least, least_size)) =
            (self.mean(pair.0, pair.1), self.mean(other.0, other.1));
        entry.mean_below(size, least, least_size)
    }

    /// Finds the nearest place after the one at `rank`.
    fn find_nearest(&mut self, rank: usize) {
        let from = self.places[rank];
        let Some((&first, rest)) = self.places[rank + 1..].split_first() else { return };
        let nearest = rest.iter().fold(first, |best, &candidate| {
            if self.below((from, candidate), (from, best)) { candidate } else { best }
        });
        self.nearest[from] = nearest;
    }

    /// The closest pair; of those that tie, the one whose places come first.
    fn closest(&self) -> (usize, usize) {
        let last = self.places.len() - 1;
        let pair = |rank: usize| (self.places[rank], self.nearest[self.places[rank]]);
        let least = (1..last).map(pair).fold(pair(0), |best, candidate| {
            if self.below(candidate, best) { candidate } else { best }
        });
        let (least, least_size) = self.mean(least.0, least.1);
        let ties = |one: usize, other: usize| {
            let (entry, size) = self.mean(one, other);
            !entry.mean_above(size, least, least_size)
        };
        let rank = (0..last).find(|&rank| ties(pair(rank).0, pair(rank).1)).unwrap_or(0);
        let low = self.places[rank];
        let tied = self.places[rank + 1..].iter().copied().find(|&high| ties(low, high));
        (low, tied.unwrap_or(self.nearest[low]))
    }

    /// Puts the cluster at `high` into the one at `low`.
    fn merge(&mut self, low: usize, high: usize) {
        for index in 0..self.places.len() {
            let other = self.places[index];
            if other == low || other == high {
                continue;
            }
            let (kept, gone) = (self.entry(low, other), self.entry(high, other));
            let merged = match self.linkage {
                Linkage::Average => kept.plus(gone),
                Linkage::Complete if kept < gone => gone,
                Linkage::Single if gone < kept => gone,
                Linkage::Complete | Linkage::Single => kept,
            };
            self.entries[place(self.units, low.min(other), low.max(other))] = merged;
        }
        self.sizes[low] += self.sizes[high];
        self.places.retain(|&place| place != high);
        self.renew_nearest(low, high);
    }

    /// Finds the nearest places again where a merge may have changed them.
    fn renew_nearest(&mut self, low: usize, high: usize) {
        for rank in 0..self.places.len() - 1 {
            let from = self.places[rank];
            if from > high {
                break;
            }
            let nearest = self.nearest[from];
            if from == low || nearest == low || nearest == high {
                self.find_nearest(rank);
            } else if from < low && self.below((from, low), (from, nearest)) {
                self.nearest[from] = low;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::distance::{Metric, between};
    use crate::profile::{Feature, Profile, drawn};
    use crate::studies;

    fn heights(tree: &Tree) -> Vec<(i64, i64)> {
        tree.merges.iter().filter_map(|merge| merge.height.fraction()).collect()
    }

    #[test]
    fn the_toy_merges_at_a_third_a_half_seven_twelfths_and_one() {
        let tree = cluster(&studies::toy(), Linkage::Average);
        assert_eq!(heights(&tree), [(1, 3), (1, 2), (7, 12), (1, 1)]);
        assert_eq!(tree.cut(2), [0, 0, 0, 1, 1]);
        assert_eq!(tree.cut(9), [0, 1, 2, 3, 4]);
        assert_eq!(tree.drawing_order(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn the_seed_study_merges_as_the_oracle_says() {
        let study = studies::seed();
        let tree = cluster(&study.distances, Linkage::Average);
        let mut expected = vec![(0, 1); 6];
        expected.extend([(1, 3), (1, 3), (1, 2), (7, 12), (11, 18), (35, 48), (151, 168), (1, 1)]);
        assert_eq!(heights(&tree), expected);
        assert_eq!(
            study.members(&tree.cut(3)),
            ["I1 S1 S2 S3 S4 S5 S6", "I2 I6", "I5 L1 L3 L4 L5 L6"]
        );
    }

    #[test]
    fn ties_go_to_the_pair_that_comes_first() {
        // Every pair is at distance 1: the first two merge, then the third joins, and so on.
        let distances = between(&drawn(&["+---", "-+--", "--+-", "---+"]), Metric::Jaccard);
        let distances = distances.expect("all known");
        for linkage in [Linkage::Average, Linkage::Complete, Linkage::Single] {
            let tree = cluster(&distances, linkage);
            let pairs: Vec<_> = tree.merges.iter().map(|m| (m.left, m.right)).collect();
            assert_eq!(pairs, [(0, 1), (4, 2), (5, 3)]);
        }
    }

    #[test]
    fn one_unit_or_none_makes_no_merge() {
        for rows in [&["+"][..], &[]] {
            let distances = between(&drawn(rows), Metric::Jaccard).expect("all known");
            let tree = cluster(&distances, Linkage::Average);
            assert_eq!((tree.merges.len(), tree.drawing_order().len()), (0, rows.len()));
        }
    }

    /// The definition itself: look at all pairs at each step.
    fn by_definition(distances: &Distances, linkage: Linkage) -> Vec<(Vec<usize>, Amount)> {
        let mut clusters: Vec<Vec<usize>> = (0..distances.units()).map(|unit| vec![unit]).collect();
        let mut merged = Vec::new();
        while clusters.len() > 1 {
            let mut best: Option<(usize, usize, Amount)> = None;
            for i in 0..clusters.len() {
                for j in i + 1..clusters.len() {
                    let height = height(distances, linkage, &clusters[i], &clusters[j]);
                    if best.is_none_or(|(_, _, least)| height.value() < least.value() - TIE) {
                        best = Some((i, j, height));
                    }
                }
            }
            let (i, j, height) = best.expect("two clusters");
            let gone = clusters.remove(j);
            clusters[i].extend(gone);
            clusters[i].sort_unstable();
            merged.push((clusters[i].clone(), height));
        }
        merged
    }

    const TIE: f64 = 1e-12;

    fn height(distances: &Distances, linkage: Linkage, one: &[usize], other: &[usize]) -> Amount {
        let pairs = one.iter().flat_map(|&a| other.iter().map(move |&b| (a, b)));
        let amounts: Vec<Amount> = pairs.map(|(a, b)| distances.amount(a, b)).collect();
        let by_value = |a: &&Amount, b: &&Amount| a.value().total_cmp(&b.value());
        match linkage {
            Linkage::Average => Amount::mean(&amounts).expect("a pair"),
            Linkage::Complete => *amounts.iter().max_by(by_value).expect("a pair"),
            Linkage::Single => *amounts.iter().min_by(by_value).expect("a pair"),
        }
    }

    fn members(tree: &Tree, node: usize) -> Vec<usize> {
        let Some(merge) = node.checked_sub(tree.leaves) else { return vec![node] };
        let mut members = members(tree, tree.merges[merge].left);
        members.extend(self::members(tree, tree.merges[merge].right));
        members.sort_unstable();
        members
    }

    fn some_profiles() -> impl Strategy<Value = Vec<Profile>> {
        let feature = prop_oneof![Just(Feature::Yes), Just(Feature::No)];
        prop::collection::vec(prop::collection::vec(feature, 5), 2..12)
            .prop_map(|rows| rows.iter().map(|row| Profile::new(row)).collect())
    }

    #[test]
    fn the_order_of_units_leaves_the_clusters_of_the_seed_study() {
        let study = studies::seed();
        let expected = cluster(&study.distances, Linkage::Average).cut(3);
        for shift in 1..15 {
            let order: Vec<usize> = (0..15).map(|unit| (unit + shift) % 15).collect();
            let cut = cluster(&study.reordered(&order), Linkage::Average).cut(3);
            for (one, &was) in order.iter().enumerate() {
                for (other, &other_was) in order.iter().enumerate() {
                    let together = expected[was] == expected[other_was];
                    assert_eq!(cut[one] == cut[other], together, "shift {shift}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn stored_neighbours_give_what_the_definition_gives(profiles in some_profiles()) {
            let distances = between(&profiles, Metric::Jaccard).expect("all known");
            for linkage in [Linkage::Average, Linkage::Complete, Linkage::Single] {
                let tree = cluster(&distances, linkage);
                let steps: Vec<_> = (0..tree.merges.len())
                    .map(|merge| (members(&tree, tree.leaves + merge), tree.merges[merge].height))
                    .collect();
                prop_assert_eq!(steps, by_definition(&distances, linkage));
            }
        }
    }
}
