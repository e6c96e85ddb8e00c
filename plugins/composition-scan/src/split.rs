//! How do two sets of cases compare: is one the other, or just what the other leaves?

/// A set of cases among those that are compared, by their places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Split {
    inside: Vec<bool>,
}

impl Split {
    /// The places of `cases` cases for which `holds`.
    pub fn of(cases: usize, holds: impl Fn(usize) -> bool) -> Self {
        Self { inside: (0..cases).map(holds).collect() }
    }

    /// How many cases are compared.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.inside.len()
    }

    /// How many of them are in the set.
    #[must_use]
    pub fn size(&self) -> usize {
        self.inside.iter().filter(|&&inside| inside).count()
    }

    /// Whether the case at `place` is in the set.
    #[must_use]
    pub fn has(&self, place: usize) -> bool {
        self.inside.get(place).copied().unwrap_or(false)
    }

    /// Whether some cases are in the set and some are not.
    #[must_use]
    pub fn varies(&self) -> bool {
        (1..self.cases()).contains(&self.size())
    }

    /// The places in the set, in order.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        (0..self.cases()).filter(|&place| self.inside[place])
    }

    /// The same set for it and for what it leaves: the one of the two that has the first case.
    #[must_use]
    pub fn either_way(&self) -> Self {
        let turned = !self.has(0);
        Self { inside: self.inside.iter().map(|&inside| inside != turned).collect() }
    }

    /// The set after the case at each place has become the one at `order[place]`.
    #[must_use]
    pub fn relabelled(&self, order: &[usize]) -> Self {
        Self { inside: order.iter().map(|&place| self.has(place)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_set_and_what_it_leaves_are_one_either_way() {
        let three = Split::of(6, |place| [1, 2, 3].contains(&place));
        let rest = Split::of(6, |place| [0, 4, 5].contains(&place));
        assert_ne!(three, rest);
        assert_eq!(three.either_way(), rest.either_way());
        assert_eq!(three.places().collect::<Vec<_>>(), [1, 2, 3]);
        assert!(
            three.varies() && !Split::of(6, |_| true).varies() && !Split::of(6, |_| false).varies()
        );
    }

    proptest! {
        #[test]
        fn relabelling_keeps_the_size(inside in prop::collection::vec(any::<bool>(), 1..8)) {
            let split = Split::of(inside.len(), |place| inside[place]);
            let turned: Vec<usize> = (0..inside.len()).rev().collect();
            let relabelled = split.relabelled(&turned);
            prop_assert_eq!(relabelled.size(), split.size());
            prop_assert_eq!(relabelled.relabelled(&turned), split);
        }
    }
}
