//! Which units have which attributes, and what do some of them have in common?

use fixedbitset::FixedBitSet;

/// A formal context: a table of units by attributes with a cross or nothing in each cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The attributes of each unit.
    rows: Vec<FixedBitSet>,
    /// The units of each attribute.
    columns: Vec<FixedBitSet>,
}

impl Context {
    /// The context of so many units and attributes, with a cross where `has(unit, attribute)`.
    #[must_use]
    pub fn new(units: usize, attributes: usize, has: impl Fn(usize, usize) -> bool) -> Self {
        let mut rows = vec![FixedBitSet::with_capacity(attributes); units];
        let mut columns = vec![FixedBitSet::with_capacity(units); attributes];
        for (unit, row) in rows.iter_mut().enumerate() {
            for (attribute, column) in columns.iter_mut().enumerate() {
                if has(unit, attribute) {
                    row.insert(attribute);
                    column.insert(unit);
                }
            }
        }
        Self { rows, columns }
    }

    /// How many units there are.
    #[must_use]
    pub fn units(&self) -> usize {
        self.rows.len()
    }

    /// How many attributes there are.
    #[must_use]
    pub fn attributes(&self) -> usize {
        self.columns.len()
    }

    /// The attributes of one unit.
    #[must_use]
    pub fn row(&self, unit: usize) -> &FixedBitSet {
        &self.rows[unit]
    }

    /// The units that have all of `attributes`.
    #[must_use]
    pub fn extent(&self, attributes: &FixedBitSet) -> FixedBitSet {
        let mut units = FixedBitSet::with_capacity(self.units());
        units.insert_range(..);
        for attribute in attributes.ones() {
            units.intersect_with(&self.columns[attribute]);
        }
        units
    }

    /// The attributes that all of `units` have.
    #[must_use]
    pub fn intent(&self, units: &FixedBitSet) -> FixedBitSet {
        let mut attributes = FixedBitSet::with_capacity(self.attributes());
        attributes.insert_range(..);
        for unit in units.ones() {
            attributes.intersect_with(&self.rows[unit]);
        }
        attributes
    }

    /// Every attribute that goes along with `attributes` wherever all of them are: the closure.
    #[must_use]
    pub fn close(&self, attributes: &FixedBitSet) -> FixedBitSet {
        self.intent(&self.extent(attributes))
    }

    /// How many units have all of `attributes`.
    #[must_use]
    pub fn support(&self, attributes: &FixedBitSet) -> usize {
        self.extent(attributes).count_ones(..)
    }
}
