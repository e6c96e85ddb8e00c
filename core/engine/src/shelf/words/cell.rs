//! What can a script ask of cells: what did each unit say about one thing, and how sure is that?

use std::sync::Arc;

use parallax_model::{Ascription, Cells, Interval, Item, Modalities, Reach, State};
use rhai::{Dynamic, EvalAltResult, Map};

use super::choice::{MODALITIES, chosen};
use super::evidence::Grounds;
use super::named::Code;
use super::seen::{Seen, Unit};
use super::unit::Units;
use super::{Vocabulary, evidence};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// The cells of one item.
#[derive(Clone)]
struct CellsWord {
    seen: Seen,
    cells: Arc<Cells>,
    /// One state for each place of the reading.
    states: Arc<Vec<State>>,
}

/// To whom something is ascribed, by the words of scripts.
const ASCRIPTIONS: [(&str, Ascription); 3] =
    [("own", Ascription::Own), ("others", Ascription::Other), ("any", Ascription::Any)];

/// The words for items and cells.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Item>("Item");
    words.type_name::<CellsWord>("Cells");
    register_items(words);
    words.function(
        "cells",
        "reading.cells(item)",
        "What everybody says about an item.",
        |seen: &mut Seen, item: Item| {
            let cells = Cells::of(seen.reading(), seen.by_code(), item);
            let places = seen.places().iter();
            let states = places.map(|place| cells.together(seen.reading(), &place.members));
            let states = Arc::new(states.collect());
            CellsWord { seen: seen.clone(), cells: Arc::new(cells), states }
        },
    );
    words.function(
        "state",
        "cells.state(unit)",
        "`yes`, `no`, `mixed`, `silent`, `not_asked`, `unknown` or `vacant`.",
        |cells: &mut CellsWord, unit: Unit| cells.states[unit.index].word(),
    );
    words.function(
        "tally",
        "cells.tally(units)",
        "How many units are in each state: a map with the seven states.",
        |cells: &mut CellsWord, units: Units| -> Map {
            let mut tally = [0_i64; State::ALL.len()];
            units.indices.iter().for_each(|&index| tally[cells.states[index] as usize] += 1);
            let counts = State::ALL.iter().zip(tally);
            counts.map(|(state, count)| (state.word().into(), Dynamic::from(count))).collect()
        },
    );
    register_counts(words);
}

fn register_items(words: &mut Vocabulary) {
    words.function(
        "item",
        "item(code, whose)",
        "What a code says of oneself (`\"own\"`), of somebody else (`\"others\"`) or of `\"any\"`.",
        |code: Code, whose: &str| -> Result<Item> {
            let ascription = chosen("item", &ASCRIPTIONS, whose)?;
            Ok(Item { ascription, ..Item::own(code.row, Modalities::ANY) })
        },
    );
    words.function(
        "as_a",
        "item.as_a(modality)",
        "The item in one modality only, such as `duty`.",
        |item: Item, modality: &str| -> Result<Item> {
            let modalities = Modalities::of(&[chosen("as_a", &MODALITIES, modality)?]);
            Ok(Item { modalities, ..item })
        },
    );
    words.function(
        "and_below",
        "item.and_below()",
        "The item with what is said under codes below its code.",
        |item: Item| Item { reach: Reach::AndBelow, ..item },
    );
}

fn register_counts(words: &mut Vocabulary) {
    words.function(
        "mentions",
        "cells.mentions(units)",
        "How many units said it: a count, or the bounds that unknown cells leave.",
        |cells: &mut CellsWord, units: Units| cells.mentions(&units),
    );
    words.function(
        "holds",
        "cells.holds(units)",
        "How many units may think so: those who said it, at most all who did not deny it.",
        |cells: &mut CellsWord, units: Units| {
            let states = units.indices.iter().map(|&index| cells.states[index]);
            let out = states.filter(|state| matches!(state, State::No | State::Vacant)).count();
            let lower = cells.mentions(&units).lower;
            Interval { lower, upper: units.indices.len() - out }
        },
    );
    words.function(
        "evidence",
        "cells.evidence(units)",
        "The statements and constraints behind the cells of these units: those that affirm \
         support, those that deny are contrary.",
        |cells: &mut CellsWord, units: Units| cells.evidence(&units),
    );
}

impl CellsWord {
    fn mentions(&self, units: &Units) -> Interval {
        let aggregation = self.seen.reading().conventions.aggregation;
        self.cells.bounds.count_units(units.members(), aggregation)
    }

    fn evidence(&self, units: &Units) -> Grounds {
        let reading = self.seen.reading();
        let mut members: Vec<u32> = units.members().flatten().copied().collect();
        members.sort_unstable();
        members.dedup();
        let said = self.cells.statements(reading, self.seen.by_code(), &members);
        let known = self.cells.constraints(reading, &members);
        let said = said.into_iter().map(|row| evidence::statement(reading, row));
        let known = known.into_iter().map(|row| evidence::constraint(reading, row));
        Grounds(Arc::new(said.chain(known).collect()))
    }
}
