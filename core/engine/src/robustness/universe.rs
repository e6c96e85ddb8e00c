//! Which readings do the choices of a study make together, and in which order are they looked at?

use parallax_model::Choices;
use parallax_model::document::Depth;

use super::choice::Varied;

/// One reading: which choices are made in another way than in the one that one starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Universe {
    /// The choice and the way, by their positions; in the order of the choices.
    pub(super) steps: Vec<(u32, u32)>,
}

impl Universe {
    /// The choices of this reading.
    pub(super) fn choices(&self, base: &Choices, varied: &[Varied]) -> Choices {
        let mut choices = base.clone();
        for &(choice, way) in &self.steps {
            varied[choice as usize].ways[way as usize].make(&mut choices);
        }
        choices
    }
}

/// Every reading, the one without a change first, then those with one, with two, and so on; no more
/// than `limit`, and none with two changes unless the `depth` is whole. Also how many more there
/// would be.
pub(super) fn universes(varied: &[Varied], limit: usize, depth: Depth) -> (Vec<Universe>, u64) {
    let others = |choice: &Varied| choice.ways.len() - 1;
    let crossed: Vec<usize> = (0..varied.len()).filter(|&at| varied[at].crossed).collect();
    let mut list = List { varied, limit, universes: Vec::new() };
    let mut steps = Vec::new();
    let most = match depth {
        Depth::OneChange => 1,
        Depth::Whole => crossed.len().max(1),
    };
    for changes in 0..=most {
        list.add(&crossed, changes, &mut steps);
        if changes == 1 {
            let alone = (0..varied.len()).filter(|&at| !varied[at].crossed);
            alone.for_each(|at| list.add(&[at], 1, &mut steps));
        }
        if list.universes.len() >= limit {
            break;
        }
    }
    let mut total = 1_u64;
    for &at in &crossed {
        total = total.saturating_mul(others(&varied[at]) as u64 + 1);
    }
    let alone = varied.iter().filter(|choice| !choice.crossed);
    let total = alone.fold(total, |total, choice| total.saturating_add(others(choice) as u64));
    let left_out = total - list.universes.len() as u64;
    (list.universes, left_out)
}

struct List<'v> {
    varied: &'v [Varied],
    limit: usize,
    universes: Vec<Universe>,
}

impl List<'_> {
    /// Adds the readings with so many changes of `choices` after `steps`.
    fn add(&mut self, choices: &[usize], changes: usize, steps: &mut Vec<(u32, u32)>) {
        if self.universes.len() >= self.limit || changes > choices.len() {
            return;
        }
        if changes == 0 {
            self.universes.push(Universe { steps: steps.clone() });
            return;
        }
        for (position, &at) in choices.iter().enumerate() {
            for way in (1_u32..).take(self.varied[at].ways.len() - 1) {
                steps.push((u32::try_from(at).unwrap_or(u32::MAX), way));
                self.add(&choices[position + 1..], changes - 1, steps);
                steps.pop();
            }
        }
    }
}
