//! What did each coder decide on each unit: does a code apply, and which one of all codes?

use crate::coefficient::{Blocks, Coefficient, MISSING, Misfit, Plan, Ratings, Spread, Unsampled};
use crate::coefficient::{Spreads, resamples};
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

/// A crew and those of it who gave a code; units alike in both are one row. Nobody gave it: 0.
type Pattern = (usize, Coders);

/// Whether each code applies, over all units.
///
/// Nothing is stored for a code that nobody gave to a unit: how often that is follows from the
/// number of units. So the work grows with the statements and not with units times codes, and
/// resamples of the units serve all codes at once.
pub(crate) struct Decisions<'m> {
    material: &'m Material<'m>,
    /// The rows of each code, sorted; each crew has one in which nobody gave it.
    rows: Vec<Vec<Pattern>>,
    /// Where the rows of each code start among those of all codes; behind the last, the crews.
    starts: Vec<usize>,
    /// The rows of all codes taken together.
    pooled_rows: Vec<Pattern>,
    /// Each unit: its rows and its crew.
    blocks: Blocks,
    /// One for each code.
    pub(crate) codes: Vec<Ratings>,
    /// All codes together.
    pub(crate) pooled: Ratings,
}

/// How often each row counts: of each code, and of all together.
struct Weights {
    codes: Vec<Vec<u64>>,
    pooled: Vec<u64>,
}

impl<'m> Decisions<'m> {
    /// The decisions on these codes, each with its marks.
    ///
    /// # Errors
    /// When there are more ratings than can be summed exactly.
    pub(crate) fn of(
        material: &'m Material<'m>,
        by_code: &[(u32, Vec<u32>)],
        uncoded: Uncoded,
    ) -> Result<Self, Misfit> {
        let rows: Vec<Vec<Pattern>> = by_code.iter().map(|code| rows(material, &code.1)).collect();
        let mut starts = vec![0];
        for rows in &rows {
            starts.push(starts[starts.len() - 1] + rows.len());
        }
        let mut pooled_rows: Vec<Pattern> = rows.iter().flatten().copied().collect();
        pooled_rows.sort_unstable();
        pooled_rows.dedup();
        let coders = material.coders.len();
        let mut decisions = Self {
            material,
            codes: rows.iter().map(|_| Ratings::new(coders, 2)).collect(),
            pooled: Ratings::new(coders, 2),
            rows,
            starts,
            pooled_rows,
            blocks: Blocks::default(),
        };
        decisions.blocks = decisions.units(by_code, uncoded);
        decisions.fill()?;
        Ok(decisions)
    }

    /// Each unit: the row of each of its codes, and its crew.
    fn units(&self, by_code: &[(u32, Vec<u32>)], uncoded: Uncoded) -> Blocks {
        let crews = self.starts[self.rows.len()];
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let row_of = |mark: &Mark| {
            let code = by_code.binary_search_by_key(&mark.code, |code| code.0).unwrap_or(0);
            let row = self.rows[code].binary_search(&pattern(self.material, mark)).unwrap_or(0);
            (place(self.starts[code] + row), 1)
        };
        let mut blocks = Blocks::default();
        let mut rows = Vec::new();
        for marks in self.material.marks.chunk_by(|a, b| a.unit == b.unit) {
            rows.clear();
            rows.extend(marks.iter().map(row_of));
            rows.push((place(crews + self.material.units[marks[0].unit].crew), 1));
            blocks.push(&rows, 1);
        }
        if uncoded == Uncoded::Count {
            for (crew, &units) in self.material.uncoded.iter().enumerate() {
                blocks.push(&[(place(crews + crew), 1)], units);
            }
        }
        blocks
    }

    fn fill(&mut self) -> Result<(), Misfit> {
        let weights = self.weights(&self.blocks.totals(self.all_rows()));
        let material = self.material;
        for (ratings, (rows, weights)) in
            self.codes.iter_mut().zip(self.rows.iter().zip(&weights.codes))
        {
            for (&row, &weight) in rows.iter().zip(weights) {
                ratings.push(&cells(material, row), weight)?;
            }
        }
        for (&row, &weight) in self.pooled_rows.iter().zip(&weights.pooled) {
            self.pooled.push(&cells(material, row), weight)?;
        }
        Ok(())
    }

    fn all_rows(&self) -> usize {
        self.starts[self.rows.len()] + self.material.crews.len()
    }

    /// How often each row counts when units were counted, or drawn, so often.
    fn weights(&self, drawn: &[u64]) -> Weights {
        let crews = &drawn[self.starts[self.rows.len()]..];
        let mut pooled = vec![0; self.pooled_rows.len()];
        let of_code = |(code, rows): (usize, &Vec<Pattern>)| {
            let mut weights = drawn[self.starts[code]..self.starts[code + 1]].to_vec();
            for (at, &(crew, given)) in rows.iter().enumerate() {
                if given == 0 {
                    let same_crew = rows.iter().zip(&weights).filter(|(row, _)| row.0 == crew);
                    weights[at] = crews[crew] - same_crew.map(|(_, weight)| weight).sum::<u64>();
                }
            }
            for (row, weight) in rows.iter().zip(&weights) {
                pooled[self.pooled_rows.binary_search(row).unwrap_or(0)] += weight;
            }
            weights
        };
        let codes = self.rows.iter().enumerate().map(of_code).collect();
        Weights { codes, pooled }
    }

    /// How many units count.
    pub(crate) fn unit_count(&self) -> u64 {
        self.blocks.units()
    }

    /// The intervals of these coefficients for all codes together, and then for each code: all
    /// from the same resamples of units.
    ///
    /// # Errors
    /// When there is too much to draw, or the plan says to stop.
    pub(crate) fn intervals(
        &self,
        coefficients: &[Coefficient],
        plan: Plan<'_>,
    ) -> Result<Vec<Vec<Spread>>, Unsampled> {
        let new = || Spreads::new(coefficients);
        let mut sets: Vec<Spreads<'_>> = (0..=self.codes.len()).map(|_| new()).collect();
        resamples(&self.blocks, self.all_rows(), plan, &mut |drawn| {
            let weights = self.weights(drawn);
            sets[0].take(&self.pooled, &weights.pooled);
            for ((ratings, weights), set) in
                self.codes.iter().zip(&weights.codes).zip(&mut sets[1..])
            {
                set.take(ratings, weights);
            }
        })?;
        Ok(sets.into_iter().map(|set| set.spreads(plan)).collect())
    }
}

/// The different patterns of a code's marks, and each crew's in which nobody gave it, sorted.
fn rows(material: &Material<'_>, marks: &[u32]) -> Vec<Pattern> {
    let given = marks.iter().map(|&mark| pattern(material, &material.marks[mark as usize]));
    let mut rows: Vec<Pattern> =
        given.chain((0..material.crews.len()).map(|crew| (crew, 0))).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
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
