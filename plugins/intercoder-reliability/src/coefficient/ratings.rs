//! Which coder put which unit in which category?

use std::fmt;

/// The cell of a coder who gave a unit no category.
pub const MISSING: u32 = u32::MAX;

/// At most so many ratings (weights times coders), so that every sum of squares fits 128 bits.
pub(super) const MOST_RATINGS: u128 = 1 << 36;

/// The points of a scale lie at most so far apart, for the same reason.
const WIDEST_SCALE: u64 = 1 << 32;

/// Units × coders: a category or nothing in each cell, and how often each unit counts.
///
/// Categories are numbers from 0; there are as many as are *declared*, whether or not anybody used
/// them: a coder chooses among all of them, and chance agreement depends on how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratings {
    pub(super) coders: usize,
    pub(super) categories: usize,
    pub(super) points: Vec<i128>,
    /// Unit by unit, one cell for each coder.
    pub(super) cells: Vec<u32>,
    pub(super) weights: Vec<u64>,
    total: u128,
}

/// What does not fit into [`Ratings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// A unit has more or fewer cells than there are coders.
    Coders,
    /// A category that is not declared.
    Category,
    /// More ratings than can be summed exactly (2³⁶).
    TooMany,
    /// Points that are not one for each category, do not rise, or lie more than 2³² apart.
    Points,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Coders => "a unit needs one cell for each coder",
            Self::Category => "a category is not among the declared ones",
            Self::TooMany => "there are more ratings than can be summed exactly",
            Self::Points => "the points of a scale must rise, one for each category",
        })
    }
}

impl std::error::Error for Misfit {}

impl Ratings {
    /// No unit yet, for so many coders and declared categories; category `c` is the point `c` of a
    /// scale until [`Ratings::with_points`] says otherwise.
    #[must_use]
    pub fn new(coders: usize, categories: usize) -> Self {
        let points = (0..).take(categories).collect();
        Self { coders, categories, points, cells: Vec::new(), weights: Vec::new(), total: 0 }
    }

    /// Units of weight 1 from rows of cells; `None` is missing.
    ///
    /// # Errors
    /// As [`Ratings::push`].
    pub fn of(rows: &[Vec<Option<u32>>], categories: usize) -> Result<Self, Misfit> {
        let mut ratings = Self::new(rows.first().map_or(0, Vec::len), categories);
        for row in rows {
            let cells: Vec<u32> = row.iter().map(|cell| cell.unwrap_or(MISSING)).collect();
            ratings.push(&cells, 1)?;
        }
        Ok(ratings)
    }

    /// The same with a point on a scale for each category, in rising order: what the interval
    /// metric measures distances between.
    ///
    /// # Errors
    /// [`Misfit::Points`].
    pub fn with_points(mut self, points: &[i64]) -> Result<Self, Misfit> {
        let rise = points.windows(2).all(|pair| pair[0] < pair[1]);
        let ends = points.first().zip(points.last());
        let narrow = ends.is_none_or(|(first, last)| last.abs_diff(*first) <= WIDEST_SCALE);
        if points.len() != self.categories || !rise || !narrow {
            return Err(Misfit::Points);
        }
        // Distances do not change when the scale starts at 0.
        let first = points.first().map_or(0, |&first| i128::from(first));
        self.points = points.iter().map(|&point| i128::from(point) - first).collect();
        Ok(self)
    }

    /// Adds a unit that counts `weight` times: one category (or [`MISSING`]) for each coder.
    ///
    /// # Errors
    /// When the unit does not fit: see [`Misfit`].
    pub fn push(&mut self, cells: &[u32], weight: u64) -> Result<(), Misfit> {
        if cells.len() != self.coders {
            return Err(Misfit::Coders);
        }
        let declared = |&cell: &u32| cell == MISSING || (cell as usize) < self.categories;
        if !cells.iter().all(declared) {
            return Err(Misfit::Category);
        }
        let total = self.total + u128::from(weight) * cells.len() as u128;
        if total > MOST_RATINGS {
            return Err(Misfit::TooMany);
        }
        self.total = total;
        self.cells.extend_from_slice(cells);
        self.weights.push(weight);
        Ok(())
    }

    /// How many coders there are.
    #[must_use]
    pub fn coders(&self) -> usize {
        self.coders
    }

    /// How many categories are declared.
    #[must_use]
    pub fn categories(&self) -> usize {
        self.categories
    }

    /// How many rows there are; each stands for as many units as its weight says.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The cells of a row, one for each coder; nothing when there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[u32] {
        self.cells.get(row * self.coders..(row + 1) * self.coders).unwrap_or(&[])
    }

    /// The ratings of two of the coders, over the same rows.
    #[must_use]
    pub fn of_two(&self, first: usize, second: usize) -> Self {
        let cell = |row: usize, coder: usize| self.row(row).get(coder).copied().unwrap_or(MISSING);
        let cells = (0..self.len()).flat_map(|row| [cell(row, first), cell(row, second)]).collect();
        let total = self.weights.iter().map(|&weight| 2 * u128::from(weight)).sum();
        Self {
            coders: 2,
            cells,
            total,
            points: self.points.clone(),
            weights: self.weights.clone(),
            ..*self
        }
    }

    /// How often each row counts.
    #[must_use]
    pub fn weights(&self) -> &[u64] {
        &self.weights
    }

    /// The cells without a category, by weight.
    #[must_use]
    pub fn missing(&self) -> u64 {
        let empty = |row: usize| self.row(row).iter().filter(|&&cell| cell == MISSING).count();
        (0..self.len()).map(|row| self.weights[row] * empty(row) as u64).sum()
    }

    /// The units with at least two values, by weight: those that say something of agreement.
    #[must_use]
    pub fn pairable(&self) -> u64 {
        let values = |row: usize| self.row(row).iter().filter(|&&cell| cell != MISSING).count();
        (0..self.len()).filter(|&row| values(row) >= 2).map(|row| self.weights[row]).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut ratings = Ratings::new(2, 2);
        assert_eq!(ratings.push(&[0], 1), Err(Misfit::Coders));
        assert_eq!(ratings.push(&[0, 2], 1), Err(Misfit::Category));
        assert_eq!(ratings.push(&[0, 1], u64::MAX), Err(Misfit::TooMany));
        assert_eq!(ratings.push(&[0, MISSING], 7), Ok(()));
        assert_eq!((ratings.len(), ratings.pairable()), (1, 0));
        for points in [&[1][..], &[2, 1], &[0, i64::MAX]] {
            assert_eq!(Ratings::new(2, 2).with_points(points), Err(Misfit::Points));
        }
    }
}
