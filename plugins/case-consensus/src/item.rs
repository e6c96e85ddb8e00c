//! On what could people agree, and what is known of it at each case?

use parallax_plugin::prelude::*;

use crate::cases::Cases;
use crate::parameters::{Parameters, Whose};
use crate::worlds::{Known, Modes, place};

/// A item that people say of themselves or of others, with what is known of it.
pub(crate) struct ItemAtCases {
    /// The code, by row.
    pub(crate) code: u32,
    /// The word for whose part it is.
    pub(crate) whose: &'static str,
    pub(crate) cells: Cells,
    /// What is known of the people at each case.
    pub(crate) known: Vec<Known>,
    /// What their modal stance can be.
    pub(crate) modes: Vec<Modes>,
}

/// Everything on which two people could agree, in the order of the codebook.
///
/// # Errors
/// Failed when a parameter names a code that is not there; cancelled when the run is to stop.
pub(crate) fn items(
    cases: &Cases<'_>,
    by_code: &ByCode,
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<Vec<ItemAtCases>, NoFindings> {
    let wanted: &[Ascription] = match parameters.whose {
        Whose::Own => &[Ascription::Own],
        Whose::Others => &[Ascription::Other],
        Whose::Both => &[Ascription::Own, Ascription::Other],
    };
    let codes = codes(cases.reading, parameters)?;
    let mut items = Vec::new();
    for (done, &code) in codes.iter().enumerate() {
        job.progress(done, codes.len() * 4)?;
        let some =
            wanted.iter().filter_map(|&ascription| at_cases(cases, by_code, code, ascription));
        items.extend(some);
    }
    Ok(items)
}

/// The row of the code with this id.
///
/// # Errors
/// Failed when there is none: the parameter is mistaken.
pub(crate) fn code(reading: &Reading<'_>, parameter: &str, id: &str) -> Result<u32, NoFindings> {
    reading.codes.ids.position(id).ok_or_else(|| {
        NoFindings::failed(format!("its parameter `{parameter}` names no code: `{id}`"))
    })
}

/// The codes that count: those listed, or those in use below one; never the one under which people
/// say that they perceive disagreement, nor those below it.
fn codes(reading: &Reading<'_>, parameters: &Parameters) -> Result<Vec<u32>, NoFindings> {
    let top = match parameters.below.as_str() {
        "" => None,
        id => Some(code(reading, "below", id)?),
    };
    let perceived = match parameters.perceived.as_str() {
        "" => None,
        id => Some(code(reading, "perceived", id)?),
    };
    let mut listed: Vec<u32> =
        parameters.codes.iter().map(|id| code(reading, "codes", id)).collect::<Result<_, _>>()?;
    listed.sort_unstable();
    listed.dedup();
    let codes = &reading.codes;
    if listed.is_empty() {
        let in_use = |&code: &u32| codes.removed.get(code as usize) != Some(&1);
        let is_below = |&code: &u32| {
            top.is_none_or(|top| codes.upward(code).skip(1).any(|above| above == top))
        };
        let all = 0..u32::try_from(codes.len()).unwrap_or(NONE);
        listed = all.filter(in_use).filter(is_below).collect();
    }
    listed.retain(|&code| {
        perceived.is_none_or(|perceived| codes.upward(code).all(|above| above != perceived))
    });
    Ok(listed)
}

/// A code as what people say of themselves or of others; `None` when nobody could agree on it:
/// nothing is said of it and no group is known to have said it.
fn at_cases(
    cases: &Cases<'_>,
    by_code: &ByCode,
    code: u32,
    ascription: Ascription,
) -> Option<ItemAtCases> {
    let reading = cases.reading;
    let item = Item { ascription, ..Item::own(code, Modalities::ANY) };
    if !is_spoken_of(cases, by_code, item) {
        return None;
    }
    let cells = Cells::of(reading, by_code, item);
    let known: Vec<Known> = cases.people.iter().map(|people| known(&cells, people)).collect();
    let modes = known.iter().map(Known::modes).collect();
    let whose = if ascription == Ascription::Own { "own" } else { "others" };
    Some(ItemAtCases { code, whose, cells, known, modes })
}

/// Whether somebody speaks of it. A constraint that does not say whose part it counts is about what
/// people say of themselves, unless they speak of others only.
fn is_spoken_of(cases: &Cases<'_>, by_code: &ByCode, item: Item) -> bool {
    let reading = cases.reading;
    let is_said = |item: Item| {
        by_code.rows(item.code).iter().any(|&row| {
            cases.of_person(reading.statements.speakers[row as usize]).is_some()
                && item.takes(reading, row as usize)
        })
    };
    if is_said(item) {
        return true;
    }
    let others = Item { ascription: Ascription::Other, ..item };
    let constraints = &reading.constraints;
    (0..constraints.len()).any(|row| {
        let says_whose = constraints.bearers.get(row).is_some_and(|&bearer| bearer != u8::MAX);
        let is_own = item.ascription == Ascription::Own && !is_said(others);
        item.takes_constraint(reading, row)
            && !constraints.members_of(row).is_empty()
            && (says_whose || is_own)
    })
}

fn known(cells: &Cells, people: &[u32]) -> Known {
    let tally = cells.tally(people);
    let said = cells.mentions(people);
    let of = |state: State| tally[state as usize];
    Known {
        counts: [of(State::Yes), of(State::Mixed), of(State::No), of(State::Silent)],
        unknown: of(State::Unknown),
        not_asked: of(State::NotAsked),
        saying: (said.lower, said.upper),
        deniable: cells.denied(people).upper - of(State::No),
    }
}

impl ItemAtCases {
    /// The state of `person`, by its place among the counts; `None` where it is not known.
    pub(crate) fn stance(&self, person: u32) -> Option<usize> {
        self.cells.states.get(person as usize).copied().and_then(place)
    }

    /// Whether everybody's state is known, of those who were asked.
    pub(crate) fn is_known(&self) -> bool {
        self.known.iter().all(|known| known.unknown == 0)
    }

    /// Who differs from the modal stance at a case; nobody where there is none for certain.
    pub(crate) fn apart<'t>(
        &'t self,
        people: &'t [u32],
        place: usize,
    ) -> impl Iterator<Item = u32> + 't {
        let modal = self.modes[place].certain();
        people.iter().copied().filter(move |&person| {
            modal.is_some_and(|modal| self.stance(person).is_some_and(|own| own != modal))
        })
    }
}
