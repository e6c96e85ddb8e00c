//! Do cells of an incomplete study allow what the completed one turns out to say?

use parallax_model::bounds::people;
use parallax_model::row::{Modality, RowEnum};
use parallax_model::{Ascription, ByCode, Cells, Item, Modalities, Reach, Reading, State};

use crate::completed::Pair;
use crate::tables::reading;

/// Every item that an analysis could ask for under the codes of a reading.
fn items(reading: &Reading<'_>) -> Vec<Item> {
    let single = (0..8).map(|modality| Modalities::of(&[Modality::from_number(modality)]));
    let modalities: Vec<Modalities> =
        single.chain([Modalities::DEONTIC, Modalities::ANY]).collect();
    let mut items = Vec::new();
    for code in (0_u32..).take(reading.codes.len()) {
        for &modalities in &modalities {
            for ascription in [Ascription::Own, Ascription::Other, Ascription::Any] {
                for reach in [Reach::Itself, Reach::AndBelow] {
                    items.push(Item { modalities, ascription, reach, ..Item::any(code) });
                }
            }
        }
    }
    items
}

/// What the cells of the completed study say that those of the incomplete one rule out.
pub(crate) fn ruled_out(pair: &Pair) -> Vec<String> {
    let (open, known) = (reading(&pair.incomplete.study()), reading(&pair.complete.study()));
    let (by_code, known_by_code) = (ByCode::of(&open), ByCode::of(&known));
    let mut faults = Vec::new();
    for item in items(&open) {
        let before = Cells::of(&open, &by_code, item);
        let after = Cells::of(&known, &known_by_code, item);
        let mut fault = |what: String| faults.push(format!("{item:?}: {what}"));
        // Who denies one part of an item of several parts is taken to have been heard about it; in
        // the completed study they may say another part, and a constraint that names them and
        // others then says something else of the others.
        let has_parts = item.reach == Reach::AndBelow || item.ascription == Ascription::Any;
        if has_parts && before.states.contains(&State::No) {
            continue;
        }
        for person in people(&open.participants, |_| true) {
            let (was, is) = (before.states[person as usize], after.states[person as usize]);
            let says_two_things = has_parts && (was, is) == (State::Yes, State::Mixed);
            if was != State::Unknown && is != State::Unknown && was != is && !says_two_things {
                fault(format!("person {person} was {was:?} and is {is:?}"));
            }
        }
        for unit in open.roster().units {
            let (least, most) = (before.mentions(&unit.members), after.mentions(&unit.members));
            if most.lower < least.lower || most.upper > least.upper {
                fault(format!("{unit:?}: {least:?} mention it, then {most:?}"));
            }
            let (least, most) = (before.holds(&unit.members), after.holds(&unit.members));
            if most.lower < least.lower || most.upper > least.upper {
                fault(format!("{unit:?}: {least:?} may hold it, then {most:?}"));
            }
        }
    }
    faults
}
