//! Who says what they think, and what they think that others think?

use std::collections::BTreeMap;

use parallax_plugin::prelude::*;

use crate::item::{Content, about};
use crate::parameters::Parameters;
use crate::party::Parties;

/// One statement about one content: by whom, at which remove, and whose view it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    speaker: u32,
    /// 0: the speaker's own view. 1, 2: a perceived one.
    perspective: u8,
    /// The party whose view it is, by place; [`NONE`] for an own view.
    owner: u32,
    content: Content,
    row: u32,
}

/// Everything that people say, in an order in which it can be found.
pub(crate) struct Said {
    entries: Vec<Entry>,
    pub(crate) parties: Parties,
    /// Perceived views (perspective 1), by statement.
    pub(crate) perceptions: usize,
    silences: BTreeMap<(u32, Option<Modality>), Cells>,
}

/// What somebody thinks, or is thought to think, of one content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) state: State,
    /// The statements in which it is said, by row.
    pub(crate) rows: Vec<u32>,
    /// The constraints that alone decide it, by row.
    pub(crate) constraints: Vec<u32>,
}

/// What people of `reading` say about codes below `below`.
///
/// # Errors
/// Not available when nobody says what another thinks, or when `below` names no code.
pub(crate) fn said(reading: &Reading<'_>, parameters: &Parameters) -> Result<Said, NoFindings> {
    let within = match parameters.below.as_str() {
        "" => None,
        id => Some(reading.codes.ids.position(id).ok_or_else(|| {
            NoFindings::not_available("the code that `below` names is not in the codebook")
        })?),
    };
    let reached =
        |code: u32| within.is_none_or(|top| reading.codes.upward(code).any(|above| above == top));
    let roster = reading.roster();
    let statements = &reading.statements;
    let counts = |row: &usize| {
        reading.participants.is_in(statements.speakers[*row]) && reached(statements.codes[*row])
    };
    let perceptions = (0..statements.len())
        .filter(|row| statements.perspective(*row) == 1 && counts(row))
        .count();
    if perceptions == 0 {
        return Err(NoFindings::not_available(NO_PERCEPTION));
    }
    let mut parties = Parties::default();
    let mut entries = Vec::new();
    let (mut abouts, mut owners) = (Vec::new(), Vec::new());
    for row in (0..statements.len()).filter(counts) {
        let (speaker, perspective) = (statements.speakers[row], statements.perspective(row));
        owners.clear();
        match (perspective, statements.owner(row)) {
            (0, _) => owners.push(NONE),
            (_, owner) => {
                owners.extend(parties.perceived(reading, &roster, speaker, owner));
                if owners.is_empty() {
                    parties.lose(reading, speaker, owner);
                }
            }
        }
        about(reading, &roster, row, speaker, &mut abouts);
        for &owner in &owners {
            entries.extend(abouts.iter().map(|&about| Entry {
                speaker,
                perspective,
                owner,
                content: Content {
                    code: statements.codes[row],
                    modality: statements.modality(row),
                    about,
                },
                row: u32::try_from(row).unwrap_or(NONE),
            }));
        }
    }
    entries.sort_unstable();
    let silences = silences(reading, &entries);
    Ok(Said { entries, parties, perceptions, silences })
}

/// Why there is nothing to compare where nobody says what another thinks.
const NO_PERCEPTION: &str = "no statement says what somebody thinks that another thinks, so \
                             congruency and accuracy cannot be computed and are not imputed; it \
                             would take statements of perspective 1 that name in `attributed_to` \
                             whose view is perceived";

/// What silence means for each code: on one's own part or a view, by modality, and on others.
fn silences(reading: &Reading<'_>, entries: &[Entry]) -> BTreeMap<(u32, Option<Modality>), Cells> {
    let by_code = ByCode::of(reading);
    let mut known = BTreeMap::new();
    for entry in entries {
        let Content { code, modality, .. } = entry.content;
        known.entry((code, Some(modality))).or_insert_with(|| {
            Cells::of(reading, &by_code, Item::own(code, Modalities::of(&[modality])))
        });
        // Statements of no modality: who speaks of one role was silent on another.
        known.entry((code, None)).or_insert_with(|| {
            Cells::of(reading, &by_code, Item::of_others(code, Modalities::of(&[])))
        });
    }
    known
}

impl Said {
    fn entries(&self, speaker: u32, perspective: u8, owner: u32) -> &[Entry] {
        let key = |entry: &Entry| (entry.speaker, entry.perspective, entry.owner);
        let wanted = (speaker, perspective, owner);
        let start = self.entries.partition_point(|entry| key(entry) < wanted);
        let length = self.entries[start..].partition_point(|entry| key(entry) == wanted);
        &self.entries[start..start + length]
    }

    /// The pairs of a speaker and a party of which the speaker perceives a view.
    pub(crate) fn perceiving(&self) -> Vec<(u32, u32)> {
        let perceived = self.entries.iter().filter(|entry| entry.perspective == 1);
        let mut pairs: Vec<(u32, u32)> =
            perceived.map(|entry| (entry.speaker, entry.owner)).collect();
        pairs.dedup();
        pairs
    }

    /// What the speaker says at this remove, content by content, in order.
    pub(crate) fn contents(
        &self,
        speaker: u32,
        perspective: u8,
        owner: u32,
    ) -> impl Iterator<Item = Content> {
        self.entries(speaker, perspective, owner).iter().map(|entry| entry.content)
    }

    /// What one person says of a content at this remove. Coverage tells what silence means for own
    /// views only: nobody is known to have been asked for what others think.
    pub(crate) fn answer(
        &self,
        reading: &Reading<'_>,
        speaker: u32,
        perspective: u8,
        owner: u32,
        content: Content,
    ) -> Answer {
        let all = self.entries(speaker, perspective, owner);
        let start = all.partition_point(|entry| entry.content < content);
        let said = all[start..].iter().take_while(|entry| entry.content == content);
        let rows: Vec<u32> = said.map(|entry| entry.row).collect();
        let mut constraints = Vec::new();
        let state = match (stated(reading, &rows), perspective) {
            (Some(state), _) => state,
            (None, 0) => {
                let own = content.is_own_of(reading.participants.role(speaker));
                let cells = self.silences.get(&(content.code, own.then_some(content.modality)));
                let state = cells.and_then(|cells| cells.states.get(speaker as usize)).copied();
                let state = state.unwrap_or(State::Unknown);
                if matches!(state, State::Yes | State::No) {
                    constraints = cells
                        .map(|cells| cells.constraints(reading, &[speaker]))
                        .unwrap_or_default();
                }
                state
            }
            (None, _) => State::Unknown,
        };
        Answer { state, rows, constraints }
    }
}

/// What several statements say together; nothing when there are none.
fn stated(reading: &Reading<'_>, rows: &[u32]) -> Option<State> {
    let mut state = None;
    for &row in rows {
        let new = match reading.statements.stance(row as usize) {
            Stance::Affirm => State::Yes,
            Stance::Deny => State::No,
            Stance::Mixed => State::Mixed,
        };
        state = match state {
            Some(old) if old != new => Some(State::Mixed),
            _ => Some(new),
        };
    }
    state
}
