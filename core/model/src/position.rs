//! Who positions whom, and does the one who is positioned take it up?
//!
//! A position is derived, never stored: the statements of one holder about one role at one case
//! and one content, beside what the people of that role say of themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{Cells, Item, Modalities, State};
use crate::reading::{ByCode, Reading, RoleAtCase, Roster};
use crate::row::{Modality, Stance};
use crate::status::{Status, status};
use crate::table::NONE;
use crate::tables::Bearer;

mod claims;

use claims::{Claims, claimed_contents};

/// Whose expectations are compared with what people say of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ascriber {
    /// People of other roles at the same case.
    Participants,
    /// Documents: a formal position against the claimed one.
    Documents,
}

/// What kind of position it is: an expectation is met by a self-ascription of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PositionKind {
    /// A duty: expected as duty, prediction or wish, claimed as duty or as what one does.
    Duty,
    /// A right.
    Right,
    /// A permission.
    Permission,
    /// A prohibition.
    Prohibition,
}

impl PositionKind {
    /// The word for it: `duty`, `right`, `permission` or `prohibition`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Right => "right",
            Self::Permission => "permission",
            Self::Prohibition => "prohibition",
        }
    }

    /// The modality in which one claims such a position.
    #[must_use]
    pub fn modality(self) -> Modality {
        match self {
            Self::Duty => Modality::Duty,
            Self::Right => Modality::Right,
            Self::Permission => Modality::Permission,
            Self::Prohibition => Modality::Prohibition,
        }
    }

    /// The kind of position that a statement of this modality ascribes to others, if any.
    #[must_use]
    pub fn expected_by(modality: Modality) -> Option<Self> {
        match modality {
            Modality::Duty | Modality::Anticipate | Modality::Prefer => Some(Self::Duty),
            Modality::Right => Some(Self::Right),
            Modality::Permission => Some(Self::Permission),
            Modality::Prohibition => Some(Self::Prohibition),
            Modality::Enact | Modality::View => None,
        }
    }

    /// The kind of position that a statement of this modality claims for oneself, if any.
    fn claimed_by(modality: Modality) -> Option<Self> {
        match modality {
            Modality::Enact => Some(Self::Duty),
            Modality::Anticipate | Modality::Prefer => None,
            other => Self::expected_by(other),
        }
    }
}

/// What a position is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Content {
    /// The code, by row.
    pub code: u32,
    /// What kind of position.
    pub kind: PositionKind,
}

/// Who holds an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The people of a role at the case.
    Role(u32),
    /// A document, by source.
    Document(u32),
    /// Nobody: the bearer claims it, and the others at the case were asked and said nothing.
    Nobody,
}

/// One position: what a holder says of a role at a case, and what its people say themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The case, by row.
    pub case: u32,
    /// Who says so.
    pub holder: Holder,
    /// The role that is positioned, by row.
    pub bearer: u32,
    /// What it is about.
    pub content: Content,
    /// What the holder says: yes, no, mixed, or silent for [`Holder::Nobody`].
    pub expected: State,
    /// What the people of the role say of themselves.
    pub own: State,
    /// What comes of it; unknown, too, where its people claim it and nobody knows whether they do it,
    /// though one of them says that they do not.
    pub status: Status,
    /// Whether other holders at the case say the opposite of this bearer and content.
    pub inter_sender_conflict: bool,
    /// Over how many roles the widest of its statements spreads (`others` names several at once).
    pub spread: usize,
    /// The statements that ascribe it.
    pub ascribing: Vec<u32>,
    /// The statements of the role's people about themselves.
    pub claiming: Vec<u32>,
    /// Constraints that name the role's people for it.
    pub constraints: Vec<u32>,
    /// Other roles at the case that claim the same, in order.
    pub claimed_elsewhere: Vec<u32>,
    /// The statements in which they do.
    pub claiming_elsewhere: Vec<u32>,
}

/// Every position that ascribers of this sort hold, and every claim that nobody asked for.
///
/// In the order of case, bearer, content and holder.
#[must_use]
pub fn positions(reading: &Reading<'_>, ascriber: Ascriber) -> Vec<Position> {
    let by_code = ByCode::of(reading);
    let roster = reading.roster();
    let sent = ascriptions(reading, &roster, ascriber);
    let contested = conflicts(reading, &sent);
    let mut claims = Claims::new(reading, &by_code);
    let mut found: Vec<Position> = sent
        .iter()
        .map(|(&(case, bearer, content, holder), ascription)| {
            let unit = roster.unit(bearer, case);
            let members = unit.map_or(&[][..], |unit| &unit.members);
            let (own, enacted) = claims.of(content, members);
            let expected = together(reading, &ascription.statements);
            let status = match status(own, expected, enacted) {
                // It may turn out to be unmet.
                Status::Aligned if claims.may_be_undone(content, members) => Status::Unknown,
                status => status,
            };
            let (claiming, constraints) = claims.evidence(content, members);
            let (claimed_elsewhere, claiming_elsewhere) =
                claims.elsewhere(content, &roster, case, bearer);
            Position {
                case,
                holder,
                bearer,
                content,
                expected,
                own,
                status,
                inter_sender_conflict: contested.contains(&(case, bearer, content)),
                spread: ascription.spread,
                ascribing: ascription.statements.clone(),
                claiming,
                constraints,
                claimed_elsewhere,
                claiming_elsewhere,
            }
        })
        .collect();
    found.extend(unsolicited(reading, &roster, ascriber, &sent, &mut claims));
    found.sort_by_key(|p| (p.case, p.bearer, p.content, p.holder));
    found
}

/// What the people of each role at each case claim for themselves, by case and role.
#[must_use]
pub fn claimed(reading: &Reading<'_>) -> BTreeMap<(u32, u32), BTreeSet<Content>> {
    let by_code = ByCode::of(reading);
    let roster = reading.roster();
    let mut claims = Claims::new(reading, &by_code);
    let mut claimed: BTreeMap<_, BTreeSet<Content>> = BTreeMap::new();
    for content in claimed_contents(reading) {
        for unit in &roster.units {
            if claims.of(content, &unit.members).0.is_mention() {
                claimed.entry((unit.case, unit.role)).or_default().insert(content);
            }
        }
    }
    claimed
}

type Key = (u32, u32, Content, Holder);

#[derive(Default)]
struct Ascription {
    statements: Vec<u32>,
    spread: usize,
}

/// What is said of a role at a case: case, role, content.
type Place = (u32, u32, Content);

/// What is affirmed of a role at a case by one sender and denied by another. A sender is a person
/// or a document, not a role: two people of one role can disagree.
fn conflicts(reading: &Reading<'_>, sent: &BTreeMap<Key, Ascription>) -> BTreeSet<Place> {
    let mut said: BTreeMap<(Place, u32, Holder), Vec<u32>> = BTreeMap::new();
    for (&(case, bearer, content, holder), ascription) in sent {
        for &row in &ascription.statements {
            let speaker = reading.statements.speakers[row as usize];
            said.entry(((case, bearer, content), speaker, holder)).or_default().push(row);
        }
    }
    let those_who_say = |wanted: State| -> BTreeSet<Place> {
        let say = said.iter().filter(|(_, rows)| together(reading, rows) == wanted);
        say.map(|((place, ..), _)| *place).collect()
    };
    those_who_say(State::Yes).intersection(&those_who_say(State::No)).copied().collect()
}

/// What several statements say together.
fn together(reading: &Reading<'_>, rows: &[u32]) -> State {
    let stances: Vec<Stance> =
        rows.iter().map(|&row| reading.statements.stance(row as usize)).collect();
    let all = |wanted: Stance| stances.iter().all(|&stance| stance == wanted);
    match () {
        () if stances.is_empty() => State::Silent,
        () if all(Stance::Affirm) => State::Yes,
        () if all(Stance::Deny) => State::No,
        () => State::Mixed,
    }
}

/// The statements of these ascribers about others, by whom they are about.
fn ascriptions(
    reading: &Reading<'_>,
    roster: &Roster,
    ascriber: Ascriber,
) -> BTreeMap<Key, Ascription> {
    let statements = &reading.statements;
    let cases = roster.cases();
    let mut sent: BTreeMap<Key, Ascription> = BTreeMap::new();
    for row in 0..statements.len() {
        let Some(kind) = PositionKind::expected_by(statements.modality(row)) else { continue };
        let speaker = statements.speakers[row];
        let by_document = speaker == NONE;
        if by_document != (ascriber == Ascriber::Documents) || statements.perspective(row) > 0 {
            continue;
        }
        let content = Content { code: statements.codes[row], kind };
        let at: &[u32] = match by_document {
            false => &[reading.participants.case(speaker)],
            true => match reading.sources.cases.get(statements.sources[row] as usize) {
                Some(case) if *case != NONE => std::slice::from_ref(case),
                _ => &cases,
            },
        };
        let holder = match by_document {
            false => Holder::Role(reading.participants.role(speaker)),
            true => Holder::Document(statements.sources[row]),
        };
        for &case in at {
            let targets = targets(reading, roster, row, speaker, case);
            for &(case, bearer) in &targets {
                let ascription = sent.entry((case, bearer, content, holder)).or_default();
                let row = u32::try_from(row).unwrap_or(NONE);
                // A document without a case speaks at each of them, and of one person once.
                if ascription.statements.last() != Some(&row) {
                    ascription.statements.push(row);
                }
                ascription.spread = ascription.spread.max(targets.len());
            }
        }
    }
    sent
}

/// The roles at cases that a statement positions: those with somebody other than the speaker, or
/// a named role that nobody has there.
fn targets(
    reading: &Reading<'_>,
    roster: &Roster,
    row: usize,
    speaker: u32,
    case: u32,
) -> Vec<(u32, u32)> {
    let somebody_else = |unit: &&RoleAtCase| unit.members.iter().any(|&member| member != speaker);
    let ascribed = |unit: &&RoleAtCase| {
        unit.members.iter().any(|&member| member != speaker && reading.ascribes_to(row, member))
    };
    match reading.statements.bearer(row) {
        Bearer::Nobody | Bearer::Own => Vec::new(),
        Bearer::Participant(named) if named == speaker => Vec::new(),
        Bearer::Participant(named) => {
            let (case, role) = (reading.participants.case(named), reading.participants.role(named));
            if role == NONE { Vec::new() } else { vec![(case, role)] }
        }
        Bearer::We | Bearer::Others | Bearer::All => roster
            .at_case(case)
            .filter(somebody_else)
            .filter(ascribed)
            .map(|unit| (case, unit.role))
            .collect(),
        Bearer::Role(named) => {
            let there: Vec<&RoleAtCase> = roster
                .at_case(case)
                .filter(|unit| reading.roles.covers(named, unit.role))
                .collect();
            if there.is_empty() {
                // A document that speaks at each case misses nobody among people without one, unless
                // nobody has one.
                let is_place = case != NONE || speaker != NONE || roster.cases() == [NONE];
                return if is_place { vec![(case, named)] } else { Vec::new() };
            }
            there.into_iter().filter(somebody_else).map(|unit| (case, unit.role)).collect()
        }
    }
}

/// Positions that people claim, or deny, and that the others at the case were asked about and did
/// not mention.
fn unsolicited(
    reading: &Reading<'_>,
    roster: &Roster,
    ascriber: Ascriber,
    sent: &BTreeMap<Key, Ascription>,
    claims: &mut Claims<'_>,
) -> Vec<Position> {
    let mut found = Vec::new();
    for content in claimed_contents(reading) {
        // Statements of no modality: what silence means. Who spoke of somebody else was silent on
        // this one.
        let silence = Item::of_others(content.code, Modalities::of(&[]));
        let silence = Cells::of(reading, claims.by_code, silence);
        for unit in &roster.units {
            let key = |holder| (unit.case, unit.role, content, holder);
            if sent.range(key(Holder::Role(0))..=key(Holder::Nobody)).next().is_some() {
                continue;
            }
            let (own, enacted) = claims.of(content, &unit.members);
            let asked = match ascriber {
                Ascriber::Documents => {
                    sent.keys().any(|(case, bearer, ..)| (*case, *bearer) == (unit.case, unit.role))
                }
                Ascriber::Participants => roster
                    .at_case(unit.case)
                    .filter(|other| other.role != unit.role)
                    .flat_map(|other| &other.members)
                    .any(|&other| silence.states[other as usize] == State::Silent),
            };
            let said = matches!(own, State::Yes | State::Mixed | State::No);
            if !asked || !said {
                continue;
            }
            let (claiming, constraints) = claims.evidence(content, &unit.members);
            found.push(Position {
                case: unit.case,
                holder: Holder::Nobody,
                bearer: unit.role,
                content,
                expected: State::Silent,
                own,
                status: status(own, State::Silent, enacted),
                inter_sender_conflict: false,
                spread: 0,
                ascribing: Vec::new(),
                claiming,
                constraints,
                claimed_elsewhere: Vec::new(),
                claiming_elsewhere: Vec::new(),
            });
        }
    }
    found
}
