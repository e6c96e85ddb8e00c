//! Which positions are there in a reading, and who takes which?

use std::collections::BTreeSet;

use parallax_plugin::model::{NONE, NoFindings, Reading};

use crate::distance::{Distances, between};
use crate::feature::{Feature, features, profiles};
use crate::linkage::{Tree, cluster};
use crate::parameters::Parameters;
use crate::partition::groups;
use crate::profile::Profile;
use crate::unit::{self, Unit, units};

/// The units of a reading, what they claim, and how they cluster.
pub(crate) struct Positions<'r> {
    pub(crate) reading: &'r Reading<'r>,
    pub(crate) units: Vec<Unit>,
    pub(crate) features: Vec<Feature>,
    /// The roles that have units, by row.
    pub(crate) role_rows: Vec<u32>,
    /// For each unit, which of `role_rows` it has.
    pub(crate) roles: Vec<usize>,
    /// For each unit, the number of its case.
    pub(crate) cases: Vec<usize>,
    pub(crate) distances: Distances,
    pub(crate) tree: Tree,
    /// How many clusters were asked for.
    pub(crate) k: usize,
    /// For each unit, its cluster.
    pub(crate) partition: Vec<usize>,
    /// Whether fewer profiles than units are different.
    pub(crate) duplicates: bool,
}

/// Clusters the units of `reading`.
///
/// # Errors
/// Not available with fewer than three units, with one role only, when nobody claims anything for
/// themselves, when two units share no feature that is known for both, or when `k` leaves every
/// unit on its own.
pub(crate) fn positions<'r>(
    reading: &'r Reading<'r>,
    parameters: &Parameters,
) -> Result<Positions<'r>, NoFindings> {
    let units = units(reading, parameters.unit.or(reading.conventions.unit));
    let (role_rows, roles) = unit::roles(&units);
    enough(&units, role_rows.len())?;
    let features = features(reading, &units, &parameters.modalities);
    if features.is_empty() {
        return Err(NoFindings::not_available(
            "nobody in this reading claims a duty, right or act of the chosen modalities for \
             themselves",
        ));
    }
    let k = parameters.k.unwrap_or(role_rows.len());
    if k == 0 || k >= units.len() {
        return Err(NoFindings::not_available(format!(
            "{k} clusters of {} units would say nothing: there must be at least one and fewer \
             than there are units",
            units.len()
        )));
    }
    let profiles = profiles(&features, units.len());
    let distances = between(&profiles, parameters.distance).map_err(|pair| {
        NoFindings::not_available(format!(
            "{} and {} cannot be compared: nothing is known of both",
            units[pair.first].name, units[pair.second].name
        ))
    })?;
    let tree = cluster(&distances, parameters.linkage);
    let partition = tree.cut(k);
    let cases = unit::cases(&units);
    let duplicates = has_duplicates(&profiles);
    Ok(Positions {
        reading,
        units,
        features,
        role_rows,
        roles,
        cases,
        distances,
        tree,
        k,
        partition,
        duplicates,
    })
}

impl Positions<'_> {
    /// The places of the units in `cluster`.
    pub(crate) fn members(&self, cluster: usize) -> Vec<usize> {
        (0..self.units.len()).filter(|&unit| self.partition[unit] == cluster).collect()
    }

    /// The role that more units of `cluster` have than any other; `None` when two tie.
    pub(crate) fn leading_role(&self, cluster: usize) -> Option<usize> {
        let mut counts = vec![0_usize; self.role_rows.len()];
        for unit in self.members(cluster) {
            counts[self.roles[unit]] += 1;
        }
        let most = counts.iter().copied().max()?;
        let mut leading = (0..counts.len()).filter(|&role| counts[role] == most);
        leading.next().filter(|_| leading.next().is_none())
    }

    /// The units whose cluster is led by another role than theirs.
    pub(crate) fn with_another_role(&self) -> Vec<usize> {
        let leading: Vec<Option<usize>> =
            (0..groups(&self.partition)).map(|cluster| self.leading_role(cluster)).collect();
        (0..self.units.len())
            .filter(|&unit| {
                leading[self.partition[unit]].is_some_and(|role| role != self.roles[unit])
            })
            .collect()
    }

    /// The units of which everything is known and that claim nothing.
    pub(crate) fn empty(&self) -> Vec<usize> {
        let claims_or_may = |unit: usize, feature: &Feature| {
            feature.states[unit].is_mention() || feature.is_unknown(unit)
        };
        (0..self.units.len())
            .filter(|&unit| !self.features.iter().any(|feature| claims_or_may(unit, feature)))
            .collect()
    }

    /// The names of these units.
    pub(crate) fn names(&self, units: &[usize]) -> Vec<String> {
        units.iter().map(|&unit| self.units[unit].name.clone()).collect()
    }

    /// The id of one of the roles that have units.
    pub(crate) fn role_id(&self, role: usize) -> &str {
        self.reading.roles.ids.of(self.role_rows[role])
    }

    /// How many cells of units and features are unknown.
    pub(crate) fn unknown(&self) -> usize {
        let units = 0..self.units.len();
        let of_one = |feature: &Feature| units.clone().filter(|&u| feature.is_unknown(u)).count();
        self.features.iter().map(of_one).sum()
    }

    /// How often one of these roles has nobody at a case where others were interviewed.
    pub(crate) fn vacant(&self) -> usize {
        (0..self.role_rows.len()).map(|role| self.vacant_of(role)).sum()
    }

    /// At how many cases where others were interviewed nobody has this role.
    pub(crate) fn vacant_of(&self, role: usize) -> usize {
        let different = |of: &dyn Fn(usize) -> bool| {
            let here = self.units.iter().zip(&self.roles).filter(|(_, role)| of(**role));
            // Who belongs to no case leaves no place at one.
            let cases: BTreeSet<u32> =
                here.map(|(unit, _)| unit.case).filter(|&case| case != NONE).collect();
            cases.len()
        };
        different(&|_| true) - different(&|other| other == role)
    }
}

fn enough(units: &[Unit], roles: usize) -> Result<(), NoFindings> {
    if units.len() < 3 {
        return Err(NoFindings::not_available(format!(
            "clustering needs at least three units, this reading has {}",
            units.len()
        )));
    }
    if roles < 2 {
        return Err(NoFindings::not_available(
            "all units have the same role, so there is nothing for positions to follow",
        ));
    }
    Ok(())
}

fn has_duplicates(profiles: &[Profile]) -> bool {
    (0..profiles.len()).any(|unit| profiles[..unit].contains(&profiles[unit]))
}
