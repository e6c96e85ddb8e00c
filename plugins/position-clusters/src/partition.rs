//! How well do two partitions of the same units agree, and how well does one fit the distances?
//!
//! A partition gives each unit the number of its group, from 0 on.

use crate::amount::Amount;
use crate::distance::{Distances, Entry, Scaled, place};

/// How many units are in each group of one partition and each group of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contingency {
    /// One row for each group of the first partition.
    pub rows: Vec<Vec<u64>>,
}

impl Contingency {
    /// The cross-table of two partitions of the same units.
    #[must_use]
    pub fn of(one: &[usize], other: &[usize]) -> Self {
        let mut rows = vec![vec![0; groups(other)]; groups(one)];
        for (&row, &column) in one.iter().zip(other) {
            rows[row][column] += 1;
        }
        Self { rows }
    }

    /// Pairs of units that are together in both partitions: Σ C(n_ij, 2).
    #[must_use]
    pub fn pairs_together(&self) -> u64 {
        self.rows.iter().flatten().map(|&count| pairs(count)).sum()
    }

    /// The adjusted Rand index (Hubert & Arabie 1985): the pairs together in both partitions
    /// above what is expected by chance, out of the most that could be above it. `None` when both
    /// partitions put all units together, or both put all apart: then chance leaves no room.
    #[must_use]
    pub fn adjusted_rand(&self) -> Option<Amount> {
        let in_rows: u64 = self.rows.iter().map(|row| pairs(row.iter().sum())).sum();
        let columns = self.rows.first().map_or(0, Vec::len);
        let in_columns: u64 =
            (0..columns).map(|column| pairs(self.rows.iter().map(|row| row[column]).sum())).sum();
        let all = i128::from(pairs(self.rows.iter().flatten().sum()));
        let (a, b) = (i128::from(in_rows), i128::from(in_columns));
        let above = 2 * (i128::from(self.pairs_together()) * all - a * b);
        let room = (a + b) * all - 2 * a * b;
        (room != 0).then(|| Amount::of(above, room))
    }
}

/// The number of groups of a partition.
#[must_use]
pub fn groups(partition: &[usize]) -> usize {
    partition.iter().max().map_or(0, |most| most + 1)
}

/// The silhouette width of each unit (Rousseeuw 1987): how much nearer the units of its own group
/// are, on average, than those of the nearest other group, from −1 to 1. A unit alone in its
/// group has 0; with a single group nothing is nearer, and `None` is returned.
#[must_use]
pub fn silhouettes(distances: &Distances, partition: &[usize]) -> Option<Vec<Amount>> {
    if groups(partition) < 2 {
        return None;
    }
    Some(match distances.scaled() {
        Scaled::Exact { numerators, .. } => widths(distances.units(), numerators, partition),
        Scaled::Near(values) => widths(distances.units(), values, partition),
    })
}

fn pairs(count: u64) -> u64 {
    count * count.saturating_sub(1) / 2
}

fn widths<E: Entry>(units: usize, entries: &[E], partition: &[usize]) -> Vec<Amount> {
    let mut sizes = vec![0; groups(partition)];
    for &group in partition {
        sizes[group] += 1;
    }
    let width = |unit: usize| {
        let mut sums = vec![E::ZERO; sizes.len()];
        for other in (0..units).filter(|&other| other != unit) {
            let entry = entries[place(units, unit.min(other), unit.max(other))];
            sums[partition[other]] = sums[partition[other]].plus(entry);
        }
        silhouette(&sums, &sizes, partition[unit])
    };
    (0..units).map(width).collect()
}

/// The width of a unit in group `own`, from the sums of its distances to each group.
fn silhouette<E: Entry>(sums: &[E], sizes: &[usize], own: usize) -> Amount {
    let others = (0..sums.len()).filter(|&group| group != own && sizes[group] > 0);
    let nearest = others.reduce(|best, group| {
        let nearer = sums[group].mean_below(sizes[group], sums[best], sizes[best]);
        if nearer { group } else { best }
    });
    let Some(nearest) = nearest.filter(|_| sizes[own] > 1) else { return Amount::ZERO };
    // a = sum / (size − 1) and b = sum / size over a common denominator, which cancels.
    let within = sums[own].times(sizes[nearest]);
    let beyond = sums[nearest].times(sizes[own] - 1);
    let larger = if within > beyond { within } else { beyond };
    if larger > E::ZERO { beyond.minus(within).over(larger) } else { Amount::ZERO }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::linkage::{Linkage, cluster};
    use crate::studies;

    fn index(one: &[usize], other: &[usize]) -> Option<(i64, i64)> {
        Contingency::of(one, other).adjusted_rand().and_then(Amount::fraction)
    }

    fn mean_width(distances: &Distances, partition: &[usize]) -> Amount {
        let widths = silhouettes(distances, partition).expect("two groups");
        Amount::mean(&widths).expect("a unit")
    }

    #[test]
    fn the_toy_has_the_indices_and_silhouettes_worked_out_by_hand() {
        let clusters = [0, 0, 0, 1, 1];
        assert_eq!(index(&clusters, &[0, 0, 0, 1, 1]), Some((1, 1)));
        assert_eq!(index(&clusters, &[0, 0, 1, 1, 1]), Some((1, 6)));
        let widths = silhouettes(&studies::toy(), &clusters).expect("two groups");
        let expected = [(7, 12), (1, 2), (5, 12), (1, 2), (1, 2)];
        assert_eq!(widths, expected.map(|(part, whole)| Amount::of(part, whole)));
        assert_eq!(mean_width(&studies::toy(), &clusters), Amount::of(1, 2));
    }

    #[test]
    fn the_seed_study_agrees_with_its_roles_as_the_oracle_says() {
        let study = studies::seed();
        let tree = cluster(&study.distances, Linkage::Average);
        let indices: Vec<_> = (2..=9).filter_map(|k| index(&tree.cut(k), &study.roles)).collect();
        let expected = [
            (193, 1663),
            (1583, 2423),
            (223, 433),
            (1786, 4201),
            (382, 823),
            (151, 466),
            (152, 607),
            (764, 3599),
        ];
        assert_eq!(indices, expected);
        let case = Contingency::of(&tree.cut(3), &study.cases).adjusted_rand();
        assert!((case.expect("room").value() + 0.1099).abs() < 5e-5);
        let complete = cluster(&study.distances, Linkage::Complete);
        assert_eq!(index(&complete.cut(3), &study.roles), Some((1139, 2294)));
    }

    #[test]
    fn the_seed_study_has_the_silhouettes_of_the_oracle() {
        let study = studies::seed();
        let tree = cluster(&study.distances, Linkage::Average);
        let widths: Vec<String> = (2..=9)
            .map(|k| format!("{:.4}", mean_width(&study.distances, &tree.cut(k)).value()))
            .collect();
        let expected =
            ["0.3889", "0.5354", "0.5405", "0.5281", "0.5166", "0.7041", "0.7111", "0.6667"];
        assert_eq!(widths, expected);
        let roles = mean_width(&study.distances, &study.roles);
        assert_eq!(roles.fraction(), Some((44042, 148_995)));
        let cases = mean_width(&study.distances, &study.cases);
        assert_eq!(format!("{:.4}", cases.value()), "-0.3729");
    }

    /// The 16 people of the seed study, with one of the two at school 3 guiding and with either
    /// the supervisors or the counsellors assessing.
    fn people(guide_is_a: bool, supervisors_assess: bool) -> studies::Study {
        let (s3a, s3b) = if guide_is_a { ("+-+---", "--+---") } else { ("--+---", "+-+---") };
        let assess = |s: &'static str, i: &'static str| if supervisors_assess { s } else { i };
        let mut rows = vec![
            ("L1", "----++"),
            ("L3", "----+-"),
            ("L4", "----++"),
            ("L5", "----++"),
            ("L6", "----+-"),
            ("S3a", s3a),
            ("S3b", s3b),
            ("S4", "--+-+-"),
            ("S5", "+-----"),
            ("I5", "----+-"),
        ];
        rows.push(("S1", assess("-++-+-", "--+-+-")));
        rows.push(("S2", assess("+++---", "+-+---")));
        rows.push(("S6", assess("+++---", "+-+---")));
        rows.push(("I1", assess("--+---", "-++---")));
        rows.push(("I2", assess("---+--", "-+-+--")));
        rows.push(("I6", assess("---+--", "-+-+--")));
        rows.sort_unstable();
        studies::study(&rows)
    }

    /// The role of a person under each of four ways to turn titles into roles.
    fn role(mapping: usize, unit: &'static str) -> &'static str {
        match (mapping, unit) {
            (2, "S3b") => "L",
            (3, "S2" | "S3a" | "S4" | "S6") => "coordinator",
            (4, "L3" | "L6") => "mentor",
            _ => &unit[..1],
        }
    }

    #[test]
    fn other_mappings_of_titles_give_the_indices_of_the_oracle() {
        for (guide_is_a, supervisors_assess) in
            [(true, true), (true, false), (false, true), (false, false)]
        {
            let study = people(guide_is_a, supervisors_assess);
            let tree = cluster(&study.distances, Linkage::Average);
            let of_mapping = |mapping: usize| {
                let names: Vec<&str> = study.units.iter().map(|unit| role(mapping, unit)).collect();
                let roles = studies::numbered(&names);
                index(&tree.cut(groups(&roles)), &roles)
            };
            assert_eq!(of_mapping(0), Some((553, 808)));
            assert_eq!(of_mapping(2), Some((32, 67)));
            assert_eq!(of_mapping(3), Some(if guide_is_a { (55, 124) } else { (49, 124) }));
            assert_eq!(of_mapping(4), Some((203, 668)));
        }
    }

    #[test]
    fn partitions_without_room_for_chance_have_no_index() {
        assert_eq!(index(&[0, 0, 0], &[0, 0, 0]), None);
        assert_eq!(index(&[0, 1, 2], &[0, 1, 2]), None);
        assert_eq!(index(&[], &[]), None);
        assert_eq!(silhouettes(&studies::toy(), &[0; 5]), None);
    }

    proptest! {
        #[test]
        fn the_index_is_symmetric_and_blind_to_names(
            pairs in prop::collection::vec((0..4_usize, 0..4_usize), 2..20)
        ) {
            let (one, other): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
            let renamed: Vec<usize> = other.iter().map(|&role| (role + 1) % 4).collect();
            prop_assert_eq!(index(&one, &other), index(&other, &one));
            prop_assert_eq!(index(&one, &other), index(&one, &renamed));
        }

        #[test]
        fn the_order_of_units_does_not_change_the_silhouette(shift in 0..15_usize) {
            let study = studies::seed();
            let rows: Vec<usize> = (0..15).map(|unit| (unit + shift) % 15).collect();
            let moved: Vec<usize> = rows.iter().map(|&unit| study.roles[unit]).collect();
            let distances = study.reordered(&rows);
            prop_assert_eq!(
                mean_width(&distances, &moved),
                mean_width(&study.distances, &study.roles)
            );
        }
    }
}
