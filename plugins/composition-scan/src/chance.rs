//! How many coincidences would there be if the cases were labelled otherwise?
//!
//! Chance is: the sets of the outcomes dealt out again over the cases, all of them together, while
//! the sets of the features stay. It describes these cases and is no test over a population.

use std::collections::BTreeSet;

use parallax_plugin::prelude::*;

use crate::split::Split;

/// Up to so many cases, every relabelling is counted.
pub const ALL_COUNTED: usize = 10;

/// Up to so many pairs of an outcome and a feature, every relabelling is counted.
const PAIRS_COUNTED: usize = 2_000;

/// At most so many steps (a case of an outcome in one draw) are taken.
const STEPS: usize = 1_000_000_000;

/// A share of relabellings, as counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Relabellings with at least as many coincidences; the labels as they are is among them.
    pub reached: u64,
    /// All relabellings, or the number drawn, each with the labels as they are.
    pub of: u64,
    /// Whether every relabelling was counted.
    pub exact: bool,
}

/// The share of relabellings that make one set of `size` of `cases` cases another of that size, or
/// what it leaves: 1 / C(cases, size), and 2 / C(cases, size) for one half of the cases. `None`
/// when it does not fit a fraction of 64 bits.
#[must_use]
pub fn one_pair(cases: usize, size: usize) -> Option<Fraction> {
    let ways = choose(cases, size)?;
    Fraction::new(if 2 * size == cases { 2 } else { 1 }, ways)
}

/// How many pairs can be expected to coincide: the sum of the chances of every pair whose sizes
/// allow it. `None` when it does not fit a fraction of 64 bits.
#[must_use]
pub fn expected(outcomes: &[Split], features: &[Split]) -> Option<Fraction> {
    let mut sum = Fraction::ZERO;
    for outcome in outcomes {
        for feature in features.iter().filter(|feature| fits(outcome, feature)) {
            sum = sum.plus(one_pair(feature.cases(), feature.size())?)?;
        }
    }
    Some(sum)
}

/// Whether the sizes of two sets allow that one is the other, or what the other leaves.
fn fits(one: &Split, other: &Split) -> bool {
    one.size() == other.size() || one.size() + other.size() == one.cases()
}

/// How many outcomes coincide with a feature.
#[must_use]
pub fn hits(outcomes: &[Split], features: &[Split]) -> usize {
    let known: BTreeSet<Split> = features.iter().map(Split::either_way).collect();
    outcomes.iter().filter(|outcome| known.contains(&outcome.either_way())).count()
}

/// The share of relabellings of the cases with at least as many coincidences as there are.
///
/// Outcomes are different either way, and so are features. Up to [`ALL_COUNTED`] cases all
/// relabellings are counted; beyond, `draws` are drawn, and counted by the rule (b + 1) / (m + 1)
/// (Phipson & Smyth 2010).
///
/// # Errors
/// When the run is to stop. `Ok(None)` when drawing would take too long.
pub fn at_least(
    outcomes: &[Split],
    features: &[Split],
    draws: u32,
    stream: u64,
    job: &Job<'_>,
) -> Result<Option<Chance>, NoFindings> {
    let cases = outcomes.first().map_or(0, Split::cases);
    if cases <= ALL_COUNTED && outcomes.len() * features.len() <= PAIRS_COUNTED {
        return count(outcomes, features, job).map(Some);
    }
    let steps = (draws as usize).checked_mul(cases).and_then(|n| n.checked_mul(outcomes.len()));
    if steps.is_none_or(|steps| steps > STEPS) {
        return Ok(None);
    }
    draw(outcomes, features, draws, stream, job).map(Some)
}

/// Which pairs can still coincide: a bit for each pair as equal, and one as its complement.
type Alive = Vec<u64>;

/// The count of relabellings, case by case: which pairs survive each choice.
struct Count<'j> {
    /// For each place and each class of cases that all outcomes treat alike: the pairs that
    /// survive when a case of that class comes to that place.
    survive: Vec<Vec<Alive>>,
    /// How many cases of each class are left.
    left: Vec<u64>,
    pairs: usize,
    wanted: usize,
    job: &'j Job<'j>,
}

/// Counts every relabelling; those that no later choice can bring to enough coincidences are
/// left together.
fn count(outcomes: &[Split], features: &[Split], job: &Job<'_>) -> Result<Chance, NoFindings> {
    let cases = outcomes.first().map_or(0, Split::cases);
    let pairs: Vec<(&Split, &Split)> = outcomes
        .iter()
        .flat_map(|outcome| features.iter().map(move |feature| (outcome, feature)))
        .filter(|(outcome, feature)| fits(outcome, feature))
        .collect();
    let profile = |place: usize| -> Vec<bool> { outcomes.iter().map(|o| o.has(place)).collect() };
    let classes: BTreeSet<Vec<bool>> = (0..cases).map(profile).collect();
    let classes: Vec<Vec<bool>> = classes.into_iter().collect();
    let mut left = vec![0; classes.len()];
    let mut first = vec![0; classes.len()];
    for place in 0..cases {
        if let Ok(class) = classes.binary_search(&profile(place)) {
            left[class] += 1;
            first[class] = place;
        }
    }
    let alive = |place: usize, from: usize| -> Alive {
        let mut bits = vec![0_u64; pairs.len().div_ceil(64) * 2];
        let words = bits.len() / 2;
        for (pair, (outcome, feature)) in pairs.iter().enumerate() {
            let same = outcome.has(from) == feature.has(place);
            let word = pair / 64 + if same { 0 } else { words };
            bits[word] |= 1 << (pair % 64);
        }
        bits
    };
    let survive =
        (0..cases).map(|place| first.iter().map(|&from| alive(place, from)).collect()).collect();
    let wanted = hits(outcomes, features);
    let mut count = Count { survive, left, pairs: pairs.len(), wanted, job };
    let all = vec![u64::MAX; pairs.len().div_ceil(64) * 2];
    let of = (1..=cases as u64).product();
    let reached = if wanted == 0 { of } else { count.from(0, &all)? };
    Ok(Chance { reached, of, exact: true })
}

impl Count<'_> {
    /// How many ways to fill the places from `place` on give enough coincidences.
    fn from(&mut self, place: usize, alive: &[u64]) -> Result<u64, NoFindings> {
        if place == self.survive.len() {
            return Ok(1);
        }
        if place < 2 {
            self.job.progress(place, self.survive.len())?;
        }
        let mut ways = 0;
        for class in 0..self.left.len() {
            let cases = self.left[class];
            if cases == 0 {
                continue;
            }
            let next: Alive =
                alive.iter().zip(&self.survive[place][class]).map(|(a, b)| a & b).collect();
            if self.may_coincide(&next) < self.wanted {
                continue;
            }
            self.left[class] -= 1;
            ways += cases * self.from(place + 1, &next)?;
            self.left[class] += 1;
        }
        Ok(ways)
    }

    fn may_coincide(&self, alive: &[u64]) -> usize {
        let (equal, turned) = alive.split_at(alive.len() / 2);
        let both = equal.iter().zip(turned).map(|(a, b)| (a | b).count_ones() as usize);
        both.sum::<usize>().min(self.pairs)
    }
}

fn draw(
    outcomes: &[Split],
    features: &[Split],
    draws: u32,
    stream: u64,
    job: &Job<'_>,
) -> Result<Chance, NoFindings> {
    let known: BTreeSet<Split> = features.iter().map(Split::either_way).collect();
    let hits = |order: &[usize]| {
        let coincides = |o: &&Split| known.contains(&o.relabelled(order).either_way());
        outcomes.iter().filter(coincides).count()
    };
    let mut order: Vec<usize> = (0..outcomes.first().map_or(0, Split::cases)).collect();
    let wanted = hits(&order);
    let mut random = Draws::of("composition-scan", job.seed(), stream);
    let mut reached = 1;
    for drawn in 0..draws {
        if drawn % 64 == 0 {
            job.progress(drawn as usize, draws as usize)?;
        }
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last as u64 + 1) as usize);
        }
        reached += u64::from(hits(&order) >= wanted);
    }
    Ok(Chance { reached, of: u64::from(draws) + 1, exact: false })
}

/// The number of ways to choose `size` of `cases`; `None` when it does not fit.
fn choose(cases: usize, size: usize) -> Option<i64> {
    let (cases, size) = (i128::try_from(cases).ok()?, i128::try_from(size).ok()?);
    let mut ways: i128 = 1;
    for step in 0..size.min(cases - size) {
        ways = ways.checked_mul(cases - step)? / (step + 1);
    }
    i64::try_from(ways).ok()
}

#[cfg(test)]
#[path = "chance/tests.rs"]
mod tests;
