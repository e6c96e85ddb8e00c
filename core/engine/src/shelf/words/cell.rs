//! What can a script ask of cells: what did each unit say about one thing, and how sure is that?

use std::sync::Arc;

use parallax_model::row::{ConstraintState, Stance};
use parallax_model::{
    Ascription, Cells, Evidence, Interval, Item, Modalities, Reach, State, Weight,
};
use rhai::{Array, Dynamic, EvalAltResult, INT, Map};

use super::Vocabulary;
use super::choice::{MODALITIES, chosen};
use super::named::Code;
use super::seen::{Seen, Unit};
use crate::shelf::script::fault::stop;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// The cells of one item.
#[derive(Clone)]
struct CellsWord {
    seen: Seen,
    cells: Arc<Cells>,
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
            let cells = Arc::new(Cells::of(seen.reading(), seen.by_code(), item));
            CellsWord { seen: seen.clone(), cells }
        },
    );
    words.function(
        "state",
        "cells.state(unit)",
        "`yes`, `no`, `mixed`, `silent`, `not_asked`, `unknown` or `vacant`.",
        |cells: &mut CellsWord, unit: Unit| cells.state(&unit).word(),
    );
    words.function(
        "tally",
        "cells.tally(units)",
        "How many units are in each state: a map with the seven states.",
        |cells: &mut CellsWord, units: Array| -> Result<Map> {
            let states = units_of("tally", units)?.into_iter().map(|unit| cells.state(&unit));
            let mut tally: Map = State::ALL
                .iter()
                .map(|state| (state.word().into(), Dynamic::from(0_i64)))
                .collect();
            for state in states {
                let count = tally.get_mut(state.word()).and_then(|c| c.write_lock::<INT>());
                count.into_iter().for_each(|mut count| *count += 1);
            }
            Ok(tally)
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
        |cells: &mut CellsWord, units: Array| -> Result<Interval> {
            let units = units_of("mentions", units)?;
            let members = units.iter().map(|unit| &*unit.members);
            let aggregation = cells.seen.reading().conventions.aggregation;
            Ok(cells.cells.bounds.count_units(members, aggregation))
        },
    );
    words.function(
        "holds",
        "cells.holds(units)",
        "How many units may think so: those who said it, at most all who did not deny it.",
        |cells: &mut CellsWord, units: Array| -> Result<Interval> {
            let units: Vec<Unit> = units_of("holds", units)?;
            let states: Vec<State> = units.iter().map(|unit| cells.state(unit)).collect();
            let members = units.iter().map(|unit| &*unit.members);
            let aggregation = cells.seen.reading().conventions.aggregation;
            let lower = cells.cells.bounds.count_units(members, aggregation).lower;
            let out = states.iter().filter(|s| matches!(s, State::No | State::Vacant)).count();
            Ok(Interval { lower, upper: units.len() - out })
        },
    );
    words.function(
        "evidence",
        "cells.evidence(units)",
        "The statements and constraints behind the cells of these units: those that affirm \
         support, those that deny are contrary.",
        |cells: &mut CellsWord, units: Array| -> Result<Array> {
            let units = units_of("evidence", units)?;
            Ok(cells.evidence(&units).into_iter().map(Dynamic::from).collect())
        },
    );
}

impl CellsWord {
    fn state(&self, unit: &Unit) -> State {
        self.cells.together(self.seen.reading(), &unit.members)
    }

    fn evidence(&self, units: &[Unit]) -> Vec<Evidence> {
        let reading = self.seen.reading();
        let mut members: Vec<u32> =
            units.iter().flat_map(|unit| unit.members.iter().copied()).collect();
        members.sort_unstable();
        members.dedup();
        let statements = self.cells.statements(reading, self.seen.by_code(), &members);
        let said = statements.into_iter().map(|row| {
            let weight = match reading.statements.stance(row as usize) {
                Stance::Affirm | Stance::Mixed => Weight::Supporting,
                Stance::Deny => Weight::Contrary,
            };
            Evidence::statement(reading.statements.ids.of(row), weight)
        });
        let known = self.cells.constraints(reading, &members).into_iter().map(|row| {
            let constraints = &reading.constraints;
            let at = row as usize;
            let weight =
                match (constraints.state(at), constraints.minimums[at], constraints.maximums[at]) {
                    (ConstraintState::Affirm, 1.., _) => Weight::Supporting,
                    (ConstraintState::Affirm, _, 0) | (ConstraintState::Deny, 1.., _) => {
                        Weight::Contrary
                    }
                    _ => Weight::Context,
                };
            Evidence::constraint(constraints.ids.of(row), weight)
        });
        said.chain(known).collect()
    }
}

/// A list of units, from a list of anything.
fn units_of(word: &str, list: Array) -> Result<Vec<Unit>> {
    let units = list.into_iter().map(|value| {
        let name = value.type_name();
        value.try_cast::<Unit>().ok_or_else(|| {
            let help = "`reading.units()` gives the units of the study".to_owned();
            stop(format!("`{word}` takes a list of units, and this one holds a {name}"), Some(help))
        })
    });
    units.collect()
}
