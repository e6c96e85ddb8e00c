//! Who is in which state, how many are, and who is unlike most?

use parallax_model::{Number, State};
use rhai::{Array, Dynamic, Map};

use super::cell::CellsWord;
use super::choice::chosen;
use super::named::Participant;
use super::number::share;
use super::rows::{Rows, small_enough};
use super::seen::Unit;
use super::unit::{Asked, Units};
use super::{Result, Vocabulary};
use crate::shelf::script::Limits;

/// The states that say something of what people think, or that they were asked and did not say it.
const KNOWN: [State; 4] = [State::Yes, State::Mixed, State::No, State::Silent];

/// The names under which `counts` gives more than the states.
pub(crate) const COUNTED: [&str; 5] = ["n", "asked", "said", "mentions", "holds"];

/// The words for the states of many.
pub(super) fn register(words: &mut Vocabulary) {
    words.describe(
        "states",
        "cells.states(units)",
        "The state of each, as a list: a row of a table or a grid that has them as its columns.",
        r#"reading.cells(item("tailor", "own")).states(reading.participants()).join(" ")  // yes yes silent mixed no"#,
    );
    words.describe(
        "who",
        "cells.who(units, state)",
        "Those of some units or participants who are in one state, as a list.",
        r#"reading.cells(item("tailor", "own")).who(reading.participants(), "no").join(" ")  // T3"#,
    );
    words.describe(
        "unlike_most",
        "cells.unlike_most(units)",
        "Those of some units or participants who are known to be in another state than more than \
         half of those of whom it is known, as a list: negative cases. Nobody where no state has \
         more than half.",
        r#"reading.cells(item("logbook", "own")).unlike_most(reading.participants()).join(" ")  // T2 T3"#,
    );
    words.describe(
        "counts",
        "cells.counts(units)",
        "What `tally` counts, and beside it, under these names: `n` how many are not vacant, \
         `asked` of how many it is known what they say, `said` how many said it, `mentions` the \
         same out of `n`, `holds` how many may think so.",
        r#"reading.cells(item("trust", "own")).counts(reading.participants()).mentions  // [1/5, 3/5]"#,
    );
    of_many::<Units>(words);
    of_many::<Unit>(words);
    of_many::<Rows>(words);
    of_many::<Participant>(words);
}

fn of_many<T: Asked>(words: &mut Vocabulary) {
    words.also("states", |cells: &mut CellsWord, whom: T| -> Result<Array> {
        let states = cells.states(&whom.groups()?);
        small_enough(states.len(), Limits::STANDARD.list, "a list", "values")?;
        Ok(states.into_iter().map(|state| Dynamic::from(state.word())).collect())
    });
    words.also("who", |cells: &mut CellsWord, whom: T, state: &str| -> Result<Array> {
        let wanted = chosen("who", &State::ALL.map(|state| (state.word(), state)), state)?;
        cells.those(&whom, |state| state == wanted)
    });
    words.also("unlike_most", |cells: &mut CellsWord, whom: T| -> Result<Array> {
        let tally = cells.tallied(&whom.groups()?);
        let known: i64 = KNOWN.map(|state| tally[state as usize]).into_iter().sum();
        let most = KNOWN.into_iter().find(|&state| 2 * tally[state as usize] > known);
        cells.those(&whom, |state| most.is_some_and(|most| KNOWN.contains(&state) && state != most))
    });
    words.also("counts", |cells: &mut CellsWord, whom: T| -> Result<Map> {
        cells.counts(&whom.groups()?)
    });
}

impl CellsWord {
    fn states(&self, groups: &[Vec<u32>]) -> Vec<State> {
        groups.iter().map(|members| self.together(members)).collect()
    }

    /// The units or people whose state is wanted.
    fn those(&self, whom: &impl Asked, wanted: impl Fn(State) -> bool) -> Result<Array> {
        let states = self.states(&whom.groups()?);
        small_enough(states.len(), Limits::STANDARD.list, "a list", "values")?;
        let each = whom.things().into_iter().zip(states);
        Ok(each.filter(|(_, state)| wanted(*state)).map(|(thing, _)| thing).collect())
    }

    fn counts(&self, groups: &[Vec<u32>]) -> Result<Map> {
        let mut counts = self.tally(groups);
        let tally = self.tallied(groups);
        let asked: i64 = KNOWN.map(|state| tally[state as usize]).into_iter().sum();
        let n = groups.iter().filter(|members| !members.is_empty()).count();
        let said = self.mentions(groups);
        let said = Number::range(said.lower, said.upper);
        let mentions = share(&said, n)?;
        let values = [
            Dynamic::from(i64::try_from(n).unwrap_or(i64::MAX)),
            Dynamic::from(asked),
            Dynamic::from(said),
            Dynamic::from(mentions),
            Dynamic::from(self.holds(groups)),
        ];
        counts.extend(COUNTED.into_iter().map(Into::into).zip(values));
        Ok(counts)
    }
}
