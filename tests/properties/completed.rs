//! Which study could an incomplete one have been, if everything about it were known?

use std::collections::BTreeSet;

use parallax_model::row::{
    AscribedTo, ConstraintRow, ConstraintState, CoverageRow, CoverageStatus, Modality, RowEnum,
    Stance, StatementRow,
};
use parallax_model::{Ascription, ByCode, Cells, Item, Modalities, Reading, State};

use crate::sketch::{Counted, Sketch};
use crate::tables::{Tables, reading};

/// A study and one that it could be when everything is known.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) incomplete: Tables,
    pub(crate) complete: Tables,
}

/// Whose cells are filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    /// What people say of themselves; what they say of others stays as it is.
    OwnOnly,
    /// What people say of themselves and of others.
    All,
}

impl Sketch {
    /// The study with its constraints.
    pub(crate) fn incomplete(&self, prefix: &str) -> Tables {
        self.pair(prefix, Filled::All).incomplete
    }

    /// The study, and one that it could be: of every cell that nobody knows, somebody says it or
    /// was asked and is silent. Constraints have the numbers that are true there.
    pub(crate) fn pair(&self, prefix: &str, filled: Filled) -> Pair {
        let mut incomplete = self.tables(prefix);
        let blank = Tables { statements: Vec::new(), ..incomplete.clone() };
        let asked = reading(&blank.study());
        let constraints: Vec<&Counted> = self.constraints.iter().collect();
        incomplete.draft.constraints = (0..)
            .zip(&constraints)
            .map(|(at, counted)| self.constraint(at, counted, prefix))
            .collect();
        let open = reading(&incomplete.study());
        let kept = kept(&open, &asked, filled);
        let rows = incomplete.draft.constraints.clone().into_iter().zip(constraints);
        let (rows, constraints): (Vec<ConstraintRow>, Vec<&Counted>) =
            rows.zip(&kept).filter(|(_, kept)| **kept).map(|(pair, _)| pair).unzip();
        incomplete.draft.constraints = rows;
        let open = reading(&incomplete.study());
        let mut complete = incomplete.clone();
        complete.draft.constraints.clear();
        complete.draft.coverage = known_coverage(&asked, &open, &complete, filled);
        complete.statements.extend(self.said_too(&open, filled, prefix));
        let known = reading(&complete.study());
        for (row, (constraint, counted)) in
            incomplete.draft.constraints.iter_mut().zip(constraints).enumerate()
        {
            number(constraint, counted, &known, &open, row);
        }
        Pair { incomplete, complete }
    }

    /// What people turn out to have said of what nobody knew.
    fn said_too(&self, open: &Reading<'_>, filled: Filled, prefix: &str) -> Vec<StatementRow> {
        let by_code = ByCode::of(open);
        let spoken = spoken(open);
        let mut fillings = self.fillings.iter().copied().cycle();
        let mut said = Vec::new();
        for code in (0_u32..).take(open.codes.len()) {
            for person in (0_u32..).take(open.participants.len()) {
                let filling = fillings.next().unwrap_or(0);
                let modality = Modality::from_number(filling / 2 % 8);
                let others = filling % 2 == 1 && modality != Modality::View;
                let ascription = if others { Ascription::Other } else { Ascription::Own };
                let item = |modalities| Item { ascription, modalities, ..Item::any(code) };
                let is_unknown = |modalities| {
                    let cells = Cells::of(open, &by_code, item(modalities));
                    cells.states[person as usize] == State::Unknown
                };
                let is_open = is_unknown(Modalities::of(&[modality]))
                    && is_unknown(Modalities::ANY)
                    && !spoken.contains(&(person, code));
                if filling < 8 || !is_open || (others && filled == Filled::OwnOnly) {
                    continue;
                }
                let name = open.participants.ids.of(person);
                let deny =
                    filling > 19 && is_denied(open, item(Modalities::of(&[modality])), person);
                said.push(StatementRow {
                    id: format!("{prefix}T{:02}", said.len()),
                    source: source_of(open, person),
                    speaker: name.to_owned(),
                    code: open.codes.ids.of(code).to_owned(),
                    modality,
                    bearer: match modality {
                        Modality::View => None,
                        _ => Some(if others { "others" } else { "self" }.to_owned()),
                    },
                    stance: if deny { Stance::Deny } else { Stance::Affirm },
                    ..StatementRow::default()
                });
            }
        }
        said
    }
}

/// Who says anything of their own about which code.
fn spoken(open: &Reading<'_>) -> BTreeSet<(u32, u32)> {
    let statements = &open.statements;
    let own = (0..statements.len()).filter(|&row| statements.perspective(row) == 0);
    own.map(|row| (statements.speakers[row], statements.codes[row])).collect()
}

/// Whether a constraint counts people who deny this, and names the person.
fn is_denied(open: &Reading<'_>, item: Item, person: u32) -> bool {
    (0..open.constraints.len()).any(|row| {
        open.constraints.state(row) == ConstraintState::Deny
            && item.takes_constraint(open, row)
            && open.constraints.members_of(row).contains(&person)
    })
}

/// Constraints about people who were asked, and about what is filled in.
fn kept(open: &Reading<'_>, asked: &Reading<'_>, filled: Filled) -> Vec<bool> {
    let by_code = ByCode::of(asked);
    let rows = (0..open.constraints.len()).map(|row| {
        let others = open.constraints.bearers[row] == AscribedTo::Others as u8;
        let ascription = if others { Ascription::Other } else { Ascription::Own };
        let item = Item { ascription, ..Item::any(open.constraints.codes[row]) };
        let cells = Cells::of(asked, &by_code, item);
        let mut members = open.constraints.members_of(row).iter();
        let is_filled = !others || filled == Filled::All;
        is_filled && members.all(|&member| cells.states[member as usize] != State::NotAsked)
    });
    rows.collect()
}

/// Coverage in which nothing is unknown: who was not asked, and who was.
fn known_coverage(
    asked: &Reading<'_>,
    open: &Reading<'_>,
    tables: &Tables,
    filled: Filled,
) -> Vec<CoverageRow> {
    let by_code = ByCode::of(asked);
    let mut rows = Vec::new();
    for code in (0_u32..).take(asked.codes.len()) {
        for (bearer, ascription) in
            [(AscribedTo::Own, Ascription::Own), (AscribedTo::Others, Ascription::Other)]
        {
            let cells = Cells::of(asked, &by_code, Item { ascription, ..Item::any(code) });
            for person in tables.draft.participants.iter() {
                let at = open.participants.ids.position(&person.id).expect("a participant");
                let status = match cells.states[at as usize] {
                    State::NotAsked => CoverageStatus::NotAsked,
                    State::Unknown
                        if filled == Filled::OwnOnly && ascription == Ascription::Other =>
                    {
                        CoverageStatus::Unknown
                    }
                    _ => CoverageStatus::Asked,
                };
                rows.push(CoverageRow {
                    participant: person.id.clone(),
                    code: Some(asked.codes.ids.of(code).to_owned()),
                    bearer: Some(bearer),
                    status,
                    ..CoverageRow::default()
                });
            }
        }
    }
    rows
}

fn source_of(open: &Reading<'_>, person: u32) -> Option<String> {
    let sources = (0_u32..).take(open.sources.ids.len());
    let mut of_person =
        sources.filter(|&source| open.sources.speakers_of(source as usize).contains(&person));
    of_person.next().map(|source| open.sources.ids.of(source).to_owned())
}

/// Gives a constraint the number that is true of its members, with some slack.
fn number(
    constraint: &mut ConstraintRow,
    counted: &Counted,
    known: &Reading<'_>,
    open: &Reading<'_>,
    row: usize,
) {
    let modalities =
        constraint.modality.map_or(Modalities::ANY, |modality| Modalities::of(&[modality]));
    let ascription = if counted.others { Ascription::Other } else { Ascription::Own };
    let item = Item { modalities, ascription, ..Item::any(open.constraints.codes[row]) };
    let cells = Cells::of(known, &ByCode::of(known), item);
    let counts = |member: &&u32| match cells.states[**member as usize] {
        State::Mixed => true,
        state => state == if counted.deny { State::No } else { State::Yes },
    };
    let members = open.constraints.members_of(row);
    let truth = u32::try_from(members.iter().filter(counts).count()).unwrap_or(0);
    let (below, above) = counted.slack;
    // What is counted whatever the modality says nothing about the least of one modality.
    let least = constraint.modality.map(|_| truth.saturating_sub(below.into()));
    constraint.min = least;
    constraint.max = (above < 2 || least.is_none()).then(|| truth + u32::from(above));
}
