//! Which two studies, small enough to work out by hand, are the numbers tested on?

pub(crate) mod reading;

use crate::distance::{Distances, Metric, between};
use crate::profile::{Profile, drawn};

/// Units with their distances, formal roles and cases.
pub(crate) struct Study {
    pub(crate) profiles: Vec<Profile>,
    pub(crate) units: Vec<&'static str>,
    pub(crate) distances: Distances,
    pub(crate) roles: Vec<usize>,
    pub(crate) cases: Vec<usize>,
}

/// Five units: {a,b}, {a,b,c}, {a}, {d,e}, {d}.
pub(crate) fn toy() -> Distances {
    let profiles = drawn(&["++---", "+++--", "+----", "---++", "---+-"]);
    between(&profiles, Metric::Jaccard).expect("all known")
}

/// Tasks (guide, assess, contact, monitor, support, prepare) of the roles at six schools.
pub(crate) fn seed() -> Study {
    study(&[
        ("I1", "--+---"),
        ("I2", "---+--"),
        ("I5", "----+-"),
        ("I6", "---+--"),
        ("L1", "----++"),
        ("L3", "----+-"),
        ("L4", "----++"),
        ("L5", "----++"),
        ("L6", "----+-"),
        ("S1", "-++-+-"),
        ("S2", "+++---"),
        ("S3", "+-+---"),
        ("S4", "--+-+-"),
        ("S5", "+-----"),
        ("S6", "+++---"),
    ])
}

/// Units named by role and case: `S3` has role `S` at case 3.
pub(crate) fn study(rows: &[(&'static str, &'static str)]) -> Study {
    let drawings: Vec<&str> = rows.iter().map(|row| row.1).collect();
    let units: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let profiles = drawn(&drawings);
    Study {
        distances: between(&profiles, Metric::Jaccard).expect("all known"),
        profiles,
        roles: numbered(&units.iter().map(|unit| &unit[..1]).collect::<Vec<_>>()),
        cases: numbered(&units.iter().map(|unit| &unit[1..2]).collect::<Vec<_>>()),
        units,
    }
}

/// The place of each name among the distinct names in order.
pub(crate) fn numbered(names: &[&str]) -> Vec<usize> {
    let mut distinct = names.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    names.iter().map(|name| distinct.partition_point(|other| other < name)).collect()
}

impl Study {
    /// The distances of the units in another order.
    pub(crate) fn reordered(&self, order: &[usize]) -> Distances {
        let profiles: Vec<Profile> =
            order.iter().map(|&unit| self.profiles[unit].clone()).collect();
        between(&profiles, Metric::Jaccard).expect("all known")
    }

    /// The members of each cluster of a partition.
    pub(crate) fn members(&self, partition: &[usize]) -> Vec<String> {
        let clusters = partition.iter().max().map_or(0, |most| most + 1);
        (0..clusters)
            .map(|cluster| {
                let inside = (0..self.units.len()).filter(|&unit| partition[unit] == cluster);
                inside.map(|unit| self.units[unit]).collect::<Vec<_>>().join(" ")
            })
            .collect()
    }
}
