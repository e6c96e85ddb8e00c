//! Which bundles and rules have findings of their own, and which stand in the tables only?

use std::cmp::Reverse;

use parallax_plugin::prelude::*;

use super::{bundle, rule};
use crate::claim::Claims;
use crate::lattice::{Bundle, Lattice, Rule};
use crate::parameters::Parameters;

/// Up to so many pieces of evidence, counted bundle by bundle, bundles have findings of their own;
/// beyond, the table of all bundles has to do.
const EVIDENCE: usize = 1_000_000;

/// Each table of all bundles or rules has up to so many rows.
pub(super) const ROWS: usize = 1000;

/// The bundles and rules with findings of their own, in the order of the lattice.
pub(crate) struct Apart<'l> {
    pub(super) bundles: Vec<&'l Bundle>,
    pub(super) rules: Vec<&'l Rule>,
    /// Whether bundles stand in the table only, as too much evidence stands behind them.
    pub(super) is_too_much: bool,
    least: usize,
    most: usize,
}

impl<'l> Apart<'l> {
    /// Those that enough units can bear out, the best supported first, ties by path.
    pub(crate) fn of(claims: &Claims<'_>, lattice: &'l Lattice, parameters: &Parameters) -> Self {
        let (least, most) = (parameters.least_units, parameters.most_findings);
        let mut bundles = foremost(
            lattice.bundles.iter().filter(|bundle| bundle.sizes()[1] >= least),
            most,
            |bundle| (bundle.sizes().map(Reverse), bundle::path(claims, bundle)),
        );
        let rules =
            foremost(lattice.rules.iter().filter(|rule| rule.most >= least), most, |rule| {
                let support = [rule.supporters.len(), rule.most].map(Reverse);
                (!rule.exceptions.is_empty(), support, rule::path(claims, rule))
            });
        let behind = |bundle: &&Bundle| bundle::statements_behind(claims, bundle);
        let is_too_much = bundles.iter().map(behind).sum::<usize>() > EVIDENCE;
        if is_too_much {
            bundles.clear();
        }
        Self { bundles, rules, is_too_much, least, most }
    }

    /// Counts and says which bundles and rules stand in the tables only, or not even there.
    pub(super) fn told(&self, finding: Finding, lattice: &Lattice) -> Finding {
        let (bundles, rules) = (lattice.bundles.len(), lattice.rules.len());
        let alone = [bundles - self.bundles.len(), rules - self.rules.len()];
        let cut = [bundles, rules].map(|all| all.saturating_sub(ROWS));
        let mut finding = finding
            .measure("bundles_not_apart", Number::count(alone[0]))
            .measure("rules_not_apart", Number::count(alone[1]));
        if self.is_too_much {
            finding = finding.caveat("bundles_not_apart");
        }
        if alone != [0, 0] {
            finding = finding
                .value("least_units", Number::count(self.least))
                .value("most_findings", Number::count(self.most))
                .caveat("not_apart");
        }
        if cut != [0, 0] {
            finding = finding
                .measure("bundles_not_listed", Number::count(cut[0]))
                .measure("rules_not_listed", Number::count(cut[1]))
                .value("most_rows", Number::count(ROWS))
                .caveat("tables_cut");
        }
        finding
    }
}

/// The first `most` by `key`, in the order in which they came.
fn foremost<'l, T, K: Ord>(
    all: impl Iterator<Item = &'l T>,
    most: usize,
    key: impl Fn(&T) -> K,
) -> Vec<&'l T> {
    let mut ranked: Vec<(usize, &T)> = all.enumerate().collect();
    ranked.sort_by_cached_key(|(_, one)| key(one));
    ranked.truncate(most);
    ranked.sort_by_key(|(place, _)| *place);
    ranked.into_iter().map(|(_, one)| one).collect()
}
