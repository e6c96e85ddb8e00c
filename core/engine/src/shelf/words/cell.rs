//! What can a script ask of cells: what did each unit say about one thing, and how sure is that?

use std::sync::Arc;

use parallax_model::{Ascription, Cells, Interval, Item, Modalities, Number, Reach, State};
use rhai::{Dynamic, Map};

use super::choice::{MODALITIES, chosen};
use super::evidence::Grounds;
use super::named::{Code, Participant};
use super::rows::Rows;
use super::seen::{Seen, Unit};
use super::unit::{Asked, Units};
use super::{Result, Vocabulary, evidence, shown};

/// What some people say about one item: their state together, and the statements behind it.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) state: &'static str,
    pub(super) statements: Vec<String>,
}

/// The cells of one item.
#[derive(Clone)]
pub(super) struct CellsWord {
    pub(super) seen: Seen,
    cells: Arc<Cells>,
}

/// To whom something is ascribed, by the words of scripts.
pub(crate) const ASCRIPTIONS: [(&str, Ascription); 3] =
    [("own", Ascription::Own), ("others", Ascription::Other), ("any", Ascription::Any)];

/// The words for items and cells.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<CellsWord>("Cells");
    words.shown(|cells: &CellsWord| {
        let units = 0..cells.seen.places().len();
        let unit = |index| Unit { seen: cells.seen.clone(), index };
        let state = |unit: Unit| (unit.id(), cells.state(&unit.place().members).to_owned());
        shown::pairs(units.clone().map(unit).map(state), units.len())
    });
    words.type_name::<Said>("Said");
    words.shown(|said: &Said| match said.statements.as_slice() {
        [] => said.state.to_owned(),
        ids => format!("{}: {}", said.state, ids.join(", ")),
    });
    register_items(words);
    words.function(
        "cells",
        "reading.cells(item)",
        "What everybody says about an item. What is asked of cells is asked about units, one unit, \
         participants or one participant.",
        r#"reading.cells(item("logbook", "own")).mentions(reading.units())  // 2"#,
        |seen: &mut Seen, item: ItemWord| -> Result<CellsWord> {
            let item = item.in_reading(seen)?;
            let cells = Cells::of(seen.reading(), seen.by_code(), item);
            Ok(CellsWord { seen: seen.clone(), cells: Arc::new(cells) })
        },
    );
    words.describe(
        "state",
        "cells.state(unit)",
        "`yes`, `no`, `mixed`, `silent`, `not_asked`, `unknown` or `vacant`.",
        r#"reading.cells(item("tailor", "own")).state(reading.participant("T2"))  // mixed"#,
    );
    words.also("state", |cells: &mut CellsWord, unit: Unit| cells.state(&unit.place().members));
    words.also("state", |cells: &mut CellsWord, who: Participant| cells.state(&[who.row]));
    words.describe(
        "tally",
        "cells.tally(units)",
        "How many are in each state: a map with the seven states.",
        r#"reading.cells(item("tailor", "own")).tally(reading.participants()).no  // 1"#,
    );
    words.describe(
        "mentions",
        "cells.mentions(units)",
        "How many said it: a count, or the bounds that unknown cells leave.",
        r#"reading.cells(item("trust", "own")).mentions(reading.participants())  // [1, 3]"#,
    );
    words.describe(
        "holds",
        "cells.holds(units)",
        "How many may think so: those who said it, at most all who did not deny it.",
        r#"reading.cells(item("tailor", "own")).holds(reading.participants())  // [3, 4]"#,
    );
    words.describe(
        "denials",
        "cells.denials(units)",
        "How many deny it and do not say it: a count, or the bounds that unknown cells leave. Who is \
         unknown may deny what anybody denies, or what a constraint counts denials of.",
        r#"reading.cells(item("trust", "own")).denials(reading.participants())  // 0"#,
    );
    words.describe(
        "evidence",
        "cells.evidence(units)",
        "The statements and constraints behind these cells: those that affirm support, those that \
         deny are contrary.",
        r#"reading.cells(item("tailor", "own")).evidence(reading.units()).count()  // 4"#,
    );
    words.describe(
        "said",
        "cells.said(units)",
        "What a unit, a participant or several together say, for a cell of a table: the state and \
         the statements behind it. The script sees no words; a full report shows the paraphrases.",
        r#"reading.cells(item("tailor", "own")).said(reading.participant("T2"))  // mixed: s11"#,
    );
    words.describe(
        "said",
        "cells.said(units, others)",
        "The same, and of whom nothing is said there, the state that they have in other cells: such \
         as those of the item that they were asked for.",
        r#"let own = reading.cells(item("tailor", "own")); reading.cells(item("tailor", "others")).said(reading.participant("T2"), own)  // mixed: s11"#,
    );
    words.property(
        "state",
        "said.state",
        "The state in which it is said, such as `yes`.",
        r#"reading.cells(item("tailor", "own")).said(reading.participant("T2")).state  // mixed"#,
        |said: &mut Said| said.state,
    );
    asked_about::<Units>(words);
    asked_about::<Unit>(words);
    asked_about::<Rows>(words);
    asked_about::<Participant>(words);
}

fn asked_about<T: Asked>(words: &mut Vocabulary) {
    words.also("tally", |cells: &mut CellsWord, whom: T| -> Result<Map> {
        Ok(cells.tally(&whom.groups()?))
    });
    words.also("mentions", |cells: &mut CellsWord, whom: T| -> Result<Number> {
        let said = cells.mentions(&whom.groups()?);
        Ok(Number::range(said.lower, said.upper))
    });
    words.also("denials", |cells: &mut CellsWord, whom: T| -> Result<Number> {
        let denials = cells.denials(&whom.groups()?);
        Ok(Number::range(denials.lower, denials.upper))
    });
    words.also("holds", |cells: &mut CellsWord, whom: T| -> Result<Number> {
        Ok(cells.holds(&whom.groups()?))
    });
    words.also("evidence", |cells: &mut CellsWord, whom: T| -> Result<Grounds> {
        Ok(cells.evidence(whom.groups()?))
    });
    words.also("said", |cells: &mut CellsWord, whom: T| -> Result<Said> {
        Ok(cells.said(&members(whom.groups()?)))
    });
    words.also("said", |cells: &mut CellsWord, whom: T, others: CellsWord| -> Result<Said> {
        let members = members(whom.groups()?);
        match cells.together(&members) {
            State::Yes | State::Mixed | State::No => Ok(cells.said(&members)),
            _ => Ok(others.said(&members)),
        }
    });
}

/// An item whose code may still be an id.
#[derive(Clone)]
struct ItemWord {
    code: String,
    item: Item,
}

impl ItemWord {
    fn in_reading(&self, seen: &Seen) -> Result<Item> {
        let code = super::reading::row_of("code", &seen.reading().codes.ids, &self.code)?;
        Ok(Item { code, ..self.item })
    }
}

fn register_items(words: &mut Vocabulary) {
    words.type_name::<ItemWord>("Item");
    words.function(
        "item",
        "item(code, whose)",
        "What a code, or the code with an id, says of oneself (`\"own\"`), of somebody else \
         (`\"others\"`) or of `\"any\"`.",
        r#"reading.cells(item("contact", "own")).mentions(reading.units())  // 2"#,
        |code: &str, whose: &str| new_item(code, whose),
    );
    words.also("item", |code: Code, whose: &str| {
        use super::named::Named;
        new_item(&code.id(), whose)
    });
    words.function(
        "as_a",
        "item.as_a(modality)",
        "The item in one modality only, such as `duty`.",
        r#"reading.cells(item("visit", "any").as_a("prohibition")).mentions(reading.units())  // 1"#,
        |word: ItemWord, modality: &str| -> Result<ItemWord> {
            let modalities = Modalities::of(&[chosen("as_a", &MODALITIES, modality)?]);
            Ok(ItemWord { item: Item { modalities, ..word.item }, ..word })
        },
    );
    words.function(
        "and_below",
        "item.and_below()",
        "The item with what is said under codes below its code.",
        r#"reading.cells(item("task", "own").and_below()).mentions(reading.units())  // 5"#,
        |word: ItemWord| ItemWord { item: Item { reach: Reach::AndBelow, ..word.item }, ..word },
    );
}

fn new_item(code: &str, whose: &str) -> Result<ItemWord> {
    let ascription = chosen("item", &ASCRIPTIONS, whose)?;
    let item = Item { ascription, ..Item::own(0, Modalities::ANY) };
    Ok(ItemWord { code: code.to_owned(), item })
}

impl CellsWord {
    fn state(&self, members: &[u32]) -> &'static str {
        self.together(members).word()
    }

    /// The state of people who count as one.
    pub(super) fn together(&self, members: &[u32]) -> State {
        self.cells.together(self.seen.reading(), members)
    }

    /// How many are in each state, by the state's number.
    pub(super) fn tallied(&self, groups: &[Vec<u32>]) -> [i64; State::ALL.len()] {
        let mut tally = [0; State::ALL.len()];
        for members in groups {
            tally[self.together(members) as usize] += 1;
        }
        tally
    }

    pub(super) fn tally(&self, groups: &[Vec<u32>]) -> Map {
        let counts = State::ALL.iter().zip(self.tallied(groups));
        counts.map(|(state, count)| (state.word().into(), Dynamic::from(count))).collect()
    }

    pub(super) fn mentions(&self, groups: &[Vec<u32>]) -> Interval {
        let aggregation = self.seen.reading().conventions.aggregation;
        let occupied = groups.iter().map(Vec::as_slice).filter(|members| !members.is_empty());
        self.cells.bounds.count_units(occupied, aggregation)
    }

    pub(super) fn holds(&self, groups: &[Vec<u32>]) -> Number {
        let states = groups.iter().map(|members| self.together(members));
        let out = states.filter(|state| matches!(state, State::No | State::Vacant)).count();
        Number::range(self.mentions(groups).lower, groups.len() - out)
    }

    /// A unit denies it only where somebody in it does.
    pub(super) fn denials(&self, groups: &[Vec<u32>]) -> Interval {
        let state = |members: &[u32]| self.together(members);
        let lower = groups.iter().filter(|members| state(members) == State::No).count();
        let may_deny = |members: &&Vec<u32>| matches!(state(members), State::No | State::Unknown);
        let open: Vec<&Vec<u32>> = groups.iter().filter(may_deny).collect();
        let people: Vec<u32> = open.iter().copied().flatten().copied().collect();
        let upper = self.cells.denied(&people).upper.min(open.len());
        Interval { lower, upper: upper.max(lower) }
    }

    fn evidence(&self, groups: Vec<Vec<u32>>) -> Grounds {
        let reading = self.seen.reading();
        let members = members(groups);
        let said = self.cells.statements(reading, self.seen.by_code(), &members);
        let known = self.cells.constraints(reading, &members);
        let said = said.into_iter().map(|row| evidence::statement(reading, row));
        let known = known.into_iter().map(|row| evidence::constraint(reading, row));
        Grounds(Arc::new(said.chain(known).collect()))
    }

    fn said(&self, members: &[u32]) -> Said {
        let reading = self.seen.reading();
        let rows = self.cells.statements(reading, self.seen.by_code(), members);
        let id = |&row: &u32| reading.statements.ids.of(row).to_owned();
        Said { state: self.state(members), statements: rows.iter().map(id).collect() }
    }
}

/// Everybody in some groups, each once.
fn members(groups: Vec<Vec<u32>>) -> Vec<u32> {
    let mut members: Vec<u32> = groups.into_iter().flatten().collect();
    members.sort_unstable();
    members.dedup();
    members
}
