//! Would the clusters be the same if one unit had not been interviewed?

use crate::amount::Amount;
use crate::distance::Distances;
use crate::linkage::{Linkage, cluster};
use crate::partition::groups;
use crate::permutation::Stopped;

/// What stays of a partition when each unit in turn is left out and the rest clustered again.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// Over all units left out: pairs of others that stay together, or stay apart.
    pub unchanged: u64,
    /// Over all units left out: pairs of others.
    pub pairs: u64,
    /// For each role, the same for pairs of which both have it: those unchanged, and all.
    pub roles: Vec<(u64, u64)>,
    /// For each cluster, its mean Jaccard similarity (Hennig 2007) to the most similar cluster
    /// without the unit, over the units whose absence leaves something of it.
    pub clusters: Vec<Amount>,
}

/// Leaves each unit out in turn and clusters the rest into `k` again; `roles` has the role of each
/// unit, numbered from 0. `None` unless at least `k` and at least two units would be left. Time grows with the cube of the units; `go_on` is told how
/// many are done, and answers whether to go on.
///
/// # Errors
/// When `go_on` says to stop.
pub fn leave_one_out(
    distances: &Distances,
    roles: &[usize],
    linkage: Linkage,
    k: usize,
    go_on: impl Fn(usize, usize) -> bool,
) -> Result<Option<Stability>, Stopped> {
    let units = distances.units();
    if units < 3 || units <= k {
        return Ok(None);
    }
    let whole = cluster(distances, linkage).cut(k);
    let (mut unchanged, mut pairs) = (0, 0);
    let mut within = vec![(0, 0); groups(roles)];
    let mut likenesses: Vec<Vec<Amount>> = vec![Vec::new(); groups(&whole)];
    for left_out in 0..units {
        if !go_on(left_out, units) {
            return Err(Stopped);
        }
        let again = cluster(&distances.without(left_out), linkage).cut(k);
        let others: Vec<usize> = (0..units).filter(|&unit| unit != left_out).collect();
        let kept: Vec<usize> = others.iter().map(|&unit| whole[unit]).collect();
        for low in 0..kept.len() {
            for high in low + 1..kept.len() {
                let same = u64::from((kept[low] == kept[high]) == (again[low] == again[high]));
                pairs += 1;
                unchanged += same;
                let role = roles[others[low]];
                if role == roles[others[high]] {
                    within[role].0 += same;
                    within[role].1 += 1;
                }
            }
        }
        for (group, likenesses) in likenesses.iter_mut().enumerate() {
            likenesses.extend(best_likeness(&kept, group, &again));
        }
    }
    let clusters: Option<_> = likenesses.iter().map(|of_one| Amount::mean(of_one)).collect();
    Ok(clusters.map(|clusters| Stability { unchanged, pairs, roles: within, clusters }))
}

/// The largest Jaccard similarity of a group to any group of another partition of the same units;
/// `None` when the group is empty.
fn best_likeness(partition: &[usize], group: usize, other: &[usize]) -> Option<Amount> {
    let mut both = vec![0_usize; groups(other)];
    let mut sizes = both.clone();
    for (&one, &other) in partition.iter().zip(other) {
        sizes[other] += 1;
        both[other] += usize::from(one == group);
    }
    let size: usize = both.iter().sum();
    let likenesses = both.iter().zip(&sizes).map(|(&both, &other)| (both, size + other - both));
    let best =
        likenesses.reduce(|best, next| if next.0 * best.1 > best.0 * next.1 { next } else { best });
    best.filter(|_| size > 0).map(|(both, either)| Amount::of(both as i128, either as i128))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies;

    fn left_out(distances: &Distances, roles: &[usize], k: usize) -> Option<Stability> {
        leave_one_out(distances, roles, Linkage::Average, k, |_, _| true).expect("goes on")
    }

    #[test]
    fn it_stops_when_asked() {
        let stopped =
            leave_one_out(&studies::toy(), &[0; 5], Linkage::Average, 2, |done, _| done < 3);
        assert_eq!(stopped, Err(Stopped));
    }

    #[test]
    fn the_toy_keeps_its_two_clusters_unless_one_of_the_second_is_missing() {
        // Without a unit of the first three: {the other two}, {u4, u5}, unchanged: 3 × 6 pairs.
        // Without u4 or u5 the other one is alone: {u1, u2, u3}, {u5 or u4}: unchanged too.
        let stability = left_out(&studies::toy(), &[0, 0, 1, 1, 1], 2).expect("enough units");
        assert_eq!((stability.unchanged, stability.pairs), (30, 30));
        // Pairs of the first role: 1, seen when one of the other three is missing; of the second: 3,
        // each seen when one of three is missing.
        assert_eq!(stability.roles, [(3, 3), (9, 9)]);
        assert_eq!(stability.clusters, [Amount::of(1, 1); 2]);
    }

    #[test]
    fn the_seed_study_keeps_most_of_its_clusters() {
        let study = studies::seed();
        let stability = left_out(&study.distances, &study.roles, 3).expect("enough units");
        assert_eq!(stability.pairs, 15 * 91);
        assert_eq!(stability.unchanged, 1310);
        let expected = [(169, 180), (1, 1), (629, 660)];
        assert_eq!(stability.clusters, expected.map(|(part, whole)| Amount::of(part, whole)));
    }

    #[test]
    fn a_unit_alone_can_lose_its_cluster_to_the_absence_of_another() {
        // {u1, u2}, {u3}, {u4, u5}; without u2, u1 and u3 merge and u4 and u5 fall apart;
        // without u3, u4 and u5 fall apart.
        let stability = left_out(&studies::toy(), &[0; 5], 3).expect("enough units");
        assert_eq!((stability.unchanged, stability.pairs), (27, 30));
        assert_eq!(stability.clusters, [Amount::of(9, 10), Amount::of(7, 8), Amount::of(4, 5)]);
        assert_eq!(left_out(&studies::toy(), &[0; 5], 5), None);
    }

    #[test]
    fn the_most_similar_group_is_found() {
        assert_eq!(best_likeness(&[0, 0, 1], 0, &[0, 1, 1]), Some(Amount::of(1, 2)));
        assert_eq!(best_likeness(&[0, 0, 1], 2, &[0, 1, 1]), None);
    }
}
