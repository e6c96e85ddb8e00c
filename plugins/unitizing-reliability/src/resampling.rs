//! How far do coefficients hang on which sources happened to be coded twice?
//!
//! The double-coded sources are drawn again, as many as there are and with replacement, and the
//! coefficients worked out anew: a percentile bootstrap with the source as the unit (Efron &
//! Tibshirani 1993). It is another one than that of Krippendorff et al. (2016), who draw single
//! coincidences as if they were independent, which characters of one passage are not.

use parallax_plugin::Draws;

use crate::decisions::Coincidences;
use crate::unitizing::Continuum;

/// Up to so many sums are worked out; beyond, there is no interval.
pub const MOST_SUMS: usize = 200_000_000;

/// The middle 95 of 100 values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle {
    /// The 2.5th percentile.
    pub lower: f64,
    /// The 97.5th percentile.
    pub upper: f64,
    /// In how many draws there was a value.
    pub draws: usize,
}

/// The intervals of α (coded or not) and of u-α; `None` where no draw has a value, and of u-α where
/// fewer than two sources have units: every draw would be that one source over and over.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Intervals {
    /// Of α over the whole text.
    pub alpha: Option<Middle>,
    /// Of u-α.
    pub unitizing: Option<Middle>,
}

/// What each source adds to the sums.
struct Parts {
    alpha: [f64; 3],
    /// Total, squares with gaps, what is alike, gaps; `None` where units overlap.
    units: Option<[f64; 4]>,
    /// Length by value, values numbered from 0.
    values: Vec<(usize, f64)>,
}

/// How many sums [`intervals`] would work out.
#[must_use]
pub fn sums(continua: &[Option<Continuum>], draws: u32) -> usize {
    let values = continua.iter().map(|of| 1 + of.as_ref().map_or(0, |of| of.values.len()));
    values.sum::<usize>().saturating_mul(draws as usize)
}

/// Draws the sources `draws` times. `go_on` is told how many draws are done and says whether to go
/// on; `None` when it says no.
pub fn intervals(
    marked: &[Coincidences],
    continua: &[Option<Continuum>],
    (draws, seed): (u32, u64),
    mut go_on: impl FnMut(u32) -> bool,
) -> Option<Intervals> {
    let (parts, values) = parts(marked, continua);
    let mut stream = Draws::of("unitizing-reliability", seed, 0);
    let (mut alphas, mut units) = (Vec::new(), Vec::new());
    let mut times = vec![0_u32; parts.len()];
    let mut lengths = vec![0.0; values];
    for draw in 0..draws {
        if draw % 64 == 0 && !go_on(draw) {
            return None;
        }
        times.fill(0);
        for _ in 0..parts.len() {
            times[stream.below(parts.len() as u64) as usize] += 1;
        }
        alphas.extend(alpha(&parts, &times));
        units.extend(unitizing(&parts, &times, &mut lengths));
    }
    let several = continua.iter().flatten().nth(1).is_some();
    let unitizing = several.then(|| middle(units)).flatten();
    Some(Intervals { alpha: middle(alphas), unitizing })
}

fn parts(marked: &[Coincidences], continua: &[Option<Continuum>]) -> (Vec<Parts>, usize) {
    let known = continua.iter().flatten();
    let mut names: Vec<u32> = known.flat_map(|of| of.values.keys().copied()).collect();
    names.sort_unstable();
    names.dedup();
    let parts = marked.iter().zip(continua).map(|(marked, continuum)| {
        let alpha = [marked.decisions as f64, marked.coded as f64, marked.disagreement.value()];
        let Some(of) = continuum else { return Parts { alpha, units: None, values: Vec::new() } };
        let gaps = of.gaps as f64;
        let squares: f64 = of.values.values().map(|tally| tally.squares.value()).sum();
        let alike: f64 = of.values.values().map(|tally| tally.alike.value()).sum();
        let units = [of.total as f64, squares + gaps, alike + of.gaps_alike().value(), gaps];
        let place = |value: &u32| names.binary_search(value).unwrap_or_default();
        let lengths = of.values.iter().map(|(value, tally)| (place(value), tally.length as f64));
        Parts { alpha, units: Some(units), values: lengths.collect() }
    });
    (parts.collect(), names.len())
}

fn alpha(parts: &[Parts], times: &[u32]) -> Option<f64> {
    let mut sums = [0.0; 3];
    for (part, &times) in parts.iter().zip(times) {
        for (sum, value) in sums.iter_mut().zip(part.alpha) {
            *sum += f64::from(times) * value;
        }
    }
    let [decisions, coded, disagreement] = sums;
    let chance = coded * (decisions - coded);
    (chance > 0.0).then(|| 1.0 - disagreement * (decisions - 1.0) / chance)
}

fn unitizing(parts: &[Parts], times: &[u32], lengths: &mut [f64]) -> Option<f64> {
    let mut sums = [0.0; 4];
    lengths.fill(0.0);
    for (part, &times) in parts.iter().zip(times).filter(|(_, times)| **times > 0) {
        let times = f64::from(times);
        for (sum, value) in sums.iter_mut().zip(part.units.unwrap_or_default()) {
            *sum += times * value;
        }
        for &(value, length) in &part.values {
            lengths[value] += times * length;
        }
    }
    let [total, squares, alike, gaps] = sums;
    let same: f64 = lengths.iter().map(|length| length * length).sum::<f64>() + gaps * gaps;
    let chance = total * (total * total - same);
    (chance > 0.0).then(|| 1.0 - (total - alike) * (total * total - squares) / chance)
}

/// The nearest ranks.
fn middle(mut values: Vec<f64>) -> Option<Middle> {
    values.sort_unstable_by(f64::total_cmp);
    let draws = values.len();
    let rank =
        |of_thousand: usize| values.get((of_thousand * draws).div_ceil(1000).checked_sub(1)?);
    rank(25).zip(rank(975)).map(|(&lower, &upper)| Middle { lower, upper, draws })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::unitizing::Unit;

    fn text(first: (u64, u64), second: (u64, u64)) -> (Coincidences, Option<Continuum>) {
        let span = |(start, end)| Span::new(start, end).expect("some characters");
        let spans = [[span(first)], [span(second)]];
        let units = spans.map(|[span]| [Unit { span, value: 0 }]);
        let continuum = Continuum::of(&[&units[0], &units[1]], 100).expect("one value at a time");
        (Coincidences::of(&[&spans[0], &spans[1]], 100), Some(continuum))
    }

    fn all(
        texts: Vec<(Coincidences, Option<Continuum>)>,
        seed: u64,
    ) -> (Coincidences, Continuum, Intervals) {
        let (marked, continua): (Vec<_>, Vec<_>) = texts.into_iter().unzip();
        let found = intervals(&marked, &continua, (999, seed), |_| true).expect("goes on");
        let sum = marked.iter().fold(Coincidences::default(), |sum, &of| sum.plus(of));
        (sum, continua.iter().flatten().fold(Continuum::default(), Continuum::plus), found)
    }

    #[test]
    fn texts_that_are_alike_leave_no_room() {
        let (marked, units, found) = all(vec![text((10, 40), (15, 50)); 4], 1);
        let (alpha, unitizing) = (found.alpha.expect("some"), found.unitizing.expect("some"));
        assert_eq!(alpha.draws, 999);
        assert_eq!(alpha.lower, alpha.upper);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(near(alpha.lower, marked.alpha().expect("defined").value()));
        assert!(near(unitizing.lower, units.alpha().expect("defined").value()));
    }

    #[test]
    fn the_same_seed_draws_the_same_and_the_value_lies_within() {
        let texts = || vec![text((10, 40), (15, 50)), text((0, 5), (0, 5)), text((1, 9), (20, 60))];
        let (marked, _, found) = all(texts(), 7);
        assert_eq!(found, all(texts(), 7).2);
        let alpha = found.alpha.expect("some");
        let value = marked.alpha().expect("defined").value();
        assert!(alpha.lower < value && value < alpha.upper, "{value} in {alpha:?}");
    }

    #[test]
    fn one_source_with_units_gives_u_alpha_no_interval() {
        let without = |of: (Coincidences, Option<Continuum>)| (of.0, None);
        let one = || text((10, 40), (15, 50));
        let (_, _, found) = all(vec![one(), without(one()), without(one())], 1);
        assert!(found.alpha.is_some());
        assert_eq!(found.unitizing, None);
        let (_, _, found) = all(vec![one(), text((0, 5), (0, 5)), without(one())], 1);
        let draws = found.unitizing.expect("two sources have units").draws;
        assert!((900..999).contains(&draws), "{draws}: 1 of 27 draws has neither");
    }

    #[test]
    fn it_stops_when_asked() {
        let (marked, continuum) = text((10, 40), (15, 50));
        assert_eq!(intervals(&[marked], &[continuum], (999, 1), |done| done < 64), None);
    }

    #[test]
    fn without_a_value_there_is_no_interval() {
        assert_eq!(middle(Vec::new()), None);
        let values: Vec<f64> = (1..=1000).rev().map(f64::from).collect();
        assert_eq!(middle(values), Some(Middle { lower: 25.0, upper: 975.0, draws: 1000 }));
    }
}
