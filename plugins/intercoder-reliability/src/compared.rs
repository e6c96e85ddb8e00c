//! What did each coder decide on each unit: does a code apply, and which one of all codes?

use crate::coefficient::{Blocks, MISSING, Misfit, Ratings};
use crate::material::{Coders, Mark, Material};
use crate::parameters::Uncoded;

/// The category of a coder who did not give the code.
pub(crate) const NOT_GIVEN: u32 = 0;
/// The category of a coder who gave the code.
pub(crate) const GIVEN: u32 = 1;

/// Ratings, and what is drawn as one when they are resampled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) ratings: Ratings,
    pub(crate) blocks: Blocks,
}

/// A crew and those of it who gave the code; units alike in both are one row.
type Pattern = (usize, Coders);

/// Whether one code applies, over all units.
///
/// # Errors
/// When there are more ratings than can be summed exactly.
pub(crate) fn code(
    material: &Material<'_>,
    marks: &[u32],
    uncoded: Uncoded,
) -> Result<Compared, Misfit> {
    let mut patterns: Vec<Pattern> =
        marks.iter().map(|&mark| pattern(material, &material.marks[mark as usize])).collect();
    patterns.sort_unstable();
    let mut ratings = Ratings::new(material.coders.len(), 2);
    let mut without = units_by_crew(material, uncoded);
    for alike in patterns.chunk_by(|a, b| a == b) {
        let count = alike.len() as u64;
        without[alike[0].0] -= count;
        ratings.push(&cells(material, alike[0]), count)?;
    }
    for (crew, count) in without.into_iter().enumerate().filter(|&(_, count)| count > 0) {
        ratings.push(&cells(material, (crew, 0)), count)?;
    }
    let blocks = Blocks::copies(&ratings);
    Ok(Compared { ratings, blocks })
}

/// Whether each of `codes` codes applies, over all units; a unit with all its codes is drawn as one.
///
/// # Errors
/// When there are more ratings than can be summed exactly.
pub(crate) fn pooled(
    material: &Material<'_>,
    codes: usize,
    uncoded: Uncoded,
) -> Result<Compared, Misfit> {
    let mut patterns: Vec<Pattern> =
        material.marks.iter().map(|mark| pattern(material, mark)).collect();
    patterns.extend((0..material.crews.len()).map(|crew| (crew, 0)));
    patterns.sort_unstable();
    patterns.dedup();
    let place = |pattern: Pattern| {
        u32::try_from(patterns.binary_search(&pattern).unwrap_or(0)).unwrap_or(0)
    };
    let mut weights = vec![0_u64; patterns.len()];
    let mut blocks = Blocks::default();
    let mut rows = Vec::new();
    for marks in material.marks.chunk_by(|a, b| a.unit == b.unit) {
        rows.clear();
        rows.extend(marks.iter().map(|mark| (place(pattern(material, mark)), 1)));
        let crew = material.units[marks[0].unit].crew;
        rows.push((place((crew, 0)), (codes - marks.len()) as u64));
        rows.iter().for_each(|&(row, weight)| weights[row as usize] += weight);
        blocks.push(&rows, 1);
    }
    if uncoded == Uncoded::Count {
        for (crew, &units) in material.uncoded.iter().enumerate() {
            let row = place((crew, 0));
            weights[row as usize] += units * codes as u64;
            blocks.push(&[(row, codes as u64)], units);
        }
    }
    let mut ratings = Ratings::new(material.coders.len(), 2);
    for (&pattern, &weight) in patterns.iter().zip(&weights) {
        ratings.push(&cells(material, pattern), weight)?;
    }
    Ok(Compared { ratings, blocks })
}

fn pattern(material: &Material<'_>, mark: &Mark) -> Pattern {
    (material.units[mark.unit].crew, mark.given)
}

fn cells(material: &Material<'_>, (crew, given): Pattern) -> Vec<u32> {
    let coders = material.crews[crew];
    let cell = |coder: usize| match (coders >> coder & 1, given >> coder & 1) {
        (0, _) => MISSING,
        (_, 0) => NOT_GIVEN,
        _ => GIVEN,
    };
    (0..material.coders.len()).map(cell).collect()
}

/// The units that count, by crew.
pub(crate) fn units_by_crew(material: &Material<'_>, uncoded: Uncoded) -> Vec<u64> {
    let mut units = match uncoded {
        Uncoded::LeaveOut => vec![0; material.crews.len()],
        Uncoded::Count => material.uncoded.clone(),
    };
    for unit in &material.units {
        units[unit.crew] += 1;
    }
    units
}
