//! How far would a coefficient move if other units of the same kind had been coded?
//!
//! The percentile bootstrap (Efron & Tibshirani 1993): as many units as there are, drawn with
//! replacement, again and again; the interval leaves the same share of the values out at each end.

use parallax_plugin::Draws;

use super::ratings::{MOST_RATINGS, Ratings};
use super::sums::Sums;
use super::{Amount, Coefficient};

/// At most so many units are drawn, and rows counted, over all resamples.
pub const MOST_DRAWS: u64 = 200_000_000;

/// What is drawn as one: the rows of the ratings that belong to one unit, with their weights.
///
/// Ratings of one passage under several codes belong together; drawn one by one they would pass
/// for independent, and the interval would be too narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// How many units there are up to and with each block.
    until: Vec<u64>,
    /// Where the rows of each block end in `rows`.
    ends: Vec<usize>,
    rows: Vec<(u32, u64)>,
}

impl Blocks {
    /// Every row is one unit, which brings its weight along (a stretch of text and its length).
    #[must_use]
    pub fn rows(ratings: &Ratings) -> Self {
        let mut blocks = Self::default();
        for (row, &weight) in (0..).zip(ratings.weights()) {
            blocks.push(&[(row, weight)], 1);
        }
        blocks
    }

    /// Every row stands for as many equal units as its weight says.
    #[must_use]
    pub fn copies(ratings: &Ratings) -> Self {
        let mut blocks = Self::default();
        for (row, &weight) in (0..).zip(ratings.weights()) {
            blocks.push(&[(row, 1)], weight);
        }
        blocks
    }

    /// Adds `copies` units that each consist of these rows with these weights.
    pub fn push(&mut self, rows: &[(u32, u64)], copies: u64) {
        if copies == 0 {
            return;
        }
        self.rows.extend_from_slice(rows);
        self.ends.push(self.rows.len());
        self.until.push(self.units() + copies);
    }

    /// How many units there are.
    #[must_use]
    pub fn units(&self) -> u64 {
        self.until.last().copied().unwrap_or(0)
    }

    /// The most that one unit adds to all weights together.
    fn heaviest(&self) -> u64 {
        let of_block = |block| self.of(block).iter().map(|&(_, weight)| weight).sum::<u64>();
        (0..self.ends.len()).map(of_block).max().unwrap_or(0)
    }

    /// How often each of `rows` rows counts when every unit counts once.
    pub(crate) fn totals(&self, rows: usize) -> Vec<u64> {
        let mut totals = vec![0; rows];
        let mut before = 0;
        for (block, &until) in self.until.iter().enumerate() {
            for &(row, weight) in self.of(block) {
                totals[row as usize] += weight * (until - before);
            }
            before = until;
        }
        totals
    }

    fn of(&self, block: usize) -> &[(u32, u64)] {
        let start = if block == 0 { 0 } else { self.ends[block - 1] };
        &self.rows[start..self.ends[block]]
    }
}

/// How the resamples are drawn.
#[derive(Clone, Copy)]
pub struct Plan<'p> {
    /// The study's seed.
    pub seed: u64,
    /// Which stream of that seed: each set of ratings has its own.
    pub stream: u64,
    /// How many resamples; at least 1.
    pub resamples: u32,
    /// How much of the values the interval holds, in percent: 1 to 99.
    pub level: u32,
    /// Is told from time to time how many are done, and answers whether to go on.
    pub go_on: &'p dyn Fn(usize, usize) -> bool,
}

/// Where the middle of the resampled values lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The ends of the interval; `None` when every resample was undefined.
    pub ends: Option<(f64, f64)>,
    /// Resamples over which the coefficient had no value; they are in no interval.
    pub undefined: u32,
}

/// Why nothing was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsampled {
    /// There are so many units that drawing would take too long: more than [`MOST_DRAWS`] draws.
    TooMany,
    /// The work was asked to stop.
    Stopped,
}

/// The percentile interval of each coefficient, all from the same resamples.
///
/// With `B` values and a level of `L` percent, its ends are the values of rank
/// `⌊(B + 1)(100 − L) / 200⌋` from below and from above (at least the first).
///
/// # Errors
/// When there is too much to draw, or the plan says to stop.
pub fn intervals(
    ratings: &Ratings,
    blocks: &Blocks,
    coefficients: &[Coefficient],
    plan: Plan<'_>,
) -> Result<Vec<Spread>, Unsampled> {
    let most = u128::from(blocks.units()) * u128::from(blocks.heaviest().max(1));
    if most * ratings.coders() as u128 > MOST_RATINGS {
        return Err(Unsampled::TooMany);
    }
    let mut spreads = Spreads::new(coefficients);
    resamples(blocks, ratings.len(), plan, &mut |weights| spreads.take(ratings, weights))?;
    Ok(spreads.spreads(plan))
}

/// Draws as often as the plan says and shows each time how often each of `rows` rows counts.
///
/// # Errors
/// As [`intervals`].
pub(crate) fn resamples(
    blocks: &Blocks,
    rows: usize,
    plan: Plan<'_>,
    each: &mut dyn FnMut(&[u64]),
) -> Result<(), Unsampled> {
    let work = blocks.units() + (blocks.rows.len() + rows) as u64;
    if work.saturating_mul(u64::from(plan.resamples)) > MOST_DRAWS {
        return Err(Unsampled::TooMany);
    }
    let mut stream = Draws::of("intercoder-reliability", plan.seed, plan.stream);
    let mut weights = vec![0; rows];
    let often = usize::try_from(1_000_000 / work.max(1)).unwrap_or(1).clamp(1, 64);
    for done in 0..plan.resamples as usize {
        if done % often == 0 && !(plan.go_on)(done, plan.resamples as usize) {
            return Err(Unsampled::Stopped);
        }
        draw(blocks, &mut stream, &mut weights);
        each(&weights);
    }
    Ok(())
}

/// The values of some coefficients over resamples, as they come.
pub(crate) struct Spreads<'c> {
    coefficients: &'c [Coefficient],
    values: Vec<Vec<f64>>,
}

impl<'c> Spreads<'c> {
    pub(crate) fn new(coefficients: &'c [Coefficient]) -> Self {
        Self { coefficients, values: vec![Vec::new(); coefficients.len()] }
    }

    /// Takes the values over rows that count so often.
    pub(crate) fn take(&mut self, ratings: &Ratings, weights: &[u64]) {
        let sums = Sums::of(ratings, weights);
        for (coefficient, values) in self.coefficients.iter().zip(&mut self.values) {
            values.extend(coefficient.over(&sums).ok().map(Amount::value));
        }
    }

    pub(crate) fn spreads(self, plan: Plan<'_>) -> Vec<Spread> {
        self.values.into_iter().map(|values| spread(values, plan)).collect()
    }
}

/// As many units as there are, drawn with replacement: how often each row counts then.
fn draw(blocks: &Blocks, stream: &mut Draws, weights: &mut [u64]) {
    weights.fill(0);
    let (units, each_its_own) = (blocks.units(), blocks.until.len() as u64 == blocks.units());
    for _ in 0..units {
        let unit = stream.below(units);
        let block = match usize::try_from(unit) {
            Ok(block) if each_its_own => block,
            _ => blocks.until.partition_point(|&until| until <= unit),
        };
        for &(row, weight) in blocks.of(block) {
            weights[row as usize] += weight;
        }
    }
}

fn spread(mut values: Vec<f64>, plan: Plan<'_>) -> Spread {
    values.sort_by(f64::total_cmp);
    let count = values.len();
    let rank = (count + 1) * (100 - plan.level.min(99) as usize) / 200;
    let cut = rank.saturating_sub(1).min(count.saturating_sub(1) / 2);
    let ends = values.get(cut).copied().zip(values.iter().rev().nth(cut).copied());
    let undefined = plan.resamples - u32::try_from(count).unwrap_or(plan.resamples);
    Spread { ends, undefined }
}
