//! How do cells become columns?

use std::collections::BTreeSet;

use crate::cell::{Cells, Item, Modalities};
use crate::reading::{Ascription, ByCode, Reading};
use crate::row::RowEnum;
use crate::table::NONE;
use crate::tables::KnownCells;

/// Any modality, any ascription.
const ANY: u8 = u8::MAX;

impl Reading<'_> {
    /// The same reading with its cells as columns, for programs that cannot compute them.
    #[must_use]
    pub fn with_cells(mut self) -> Self {
        let by_code = ByCode::of(&self);
        let mut columns = Columns::default();
        for (code, modality, ascription) in items(&self) {
            let item = Item {
                modalities: match modality {
                    ANY => Modalities::ANY,
                    number => Modalities::of(&[RowEnum::from_number(number)]),
                },
                ascription: match ascription {
                    0 => Ascription::Own,
                    1 => Ascription::Other,
                    _ => Ascription::Any,
                },
                ..Item::any(code)
            };
            let cells = Cells::of(&self, &by_code, item);
            for (person, &state) in (0_u32..).zip(&cells.states) {
                if self.participants.is_in(person) {
                    let bounds = cells.bounds.of_one(person as usize);
                    columns.push((code, modality, ascription), person, state as u8, bounds);
                }
            }
        }
        self.cells = columns.into_table();
        self
    }
}

/// The items that somebody speaks of, and for each code with statements or constraints the one
/// that takes anything said under it: code, modality, ascription.
fn items(reading: &Reading<'_>) -> BTreeSet<(u32, u8, u8)> {
    let statements = &reading.statements;
    let mut items: BTreeSet<(u32, u8, u8)> = BTreeSet::new();
    for (row, &code) in statements.codes.iter().enumerate() {
        if statements.perspective(row) > 0 || statements.speakers[row] == NONE {
            continue;
        }
        items.insert((code, ANY, ANY));
        let modality = statements.modalities[row];
        for (number, ascription) in [(0, Ascription::Own), (1, Ascription::Other)] {
            if reading.is_ascription(row, ascription) {
                items.insert((code, modality, number));
            }
        }
    }
    items.extend(reading.constraints.codes.iter().map(|&code| (code, ANY, ANY)));
    items
}

#[derive(Default)]
struct Columns {
    participants: Vec<u32>,
    codes: Vec<u32>,
    modalities: Vec<u8>,
    ascriptions: Vec<u8>,
    states: Vec<u8>,
    least: Vec<u8>,
    most: Vec<u8>,
}

impl Columns {
    fn push(&mut self, item: (u32, u8, u8), person: u32, state: u8, bounds: (u8, u8)) {
        self.participants.push(person);
        self.codes.push(item.0);
        self.modalities.push(item.1);
        self.ascriptions.push(item.2);
        self.states.push(state);
        self.least.push(bounds.0);
        self.most.push(bounds.1);
    }

    fn into_table(self) -> KnownCells<'static> {
        KnownCells {
            participants: self.participants.into(),
            codes: self.codes.into(),
            modalities: self.modalities.into(),
            ascriptions: self.ascriptions.into(),
            states: self.states.into(),
            least: self.least.into(),
            most: self.most.into(),
        }
    }
}
