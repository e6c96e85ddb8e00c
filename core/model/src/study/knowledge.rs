//! Do coverage, constraints, excerpts and events name what exists, and can they be true?

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::gather::{Gathered, index_ids};
use super::statements::Context;
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{
    AscribedTo, ConstraintRow, ConstraintState, CoverageRow, EventRow, ExcerptRow, Modality, Stance,
};
use crate::table::{NONE, Texts};
use crate::tables::{Coverage, Excerpts, Sources};

/// What is known about a group; whom it covers depends on the reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Its id.
    pub id: String,
    /// The code, by row.
    pub code: u32,
    /// Only this modality; `None`: any.
    pub modality: Option<Modality>,
    /// Whose position is counted; `None`: anybody's.
    pub bearer: Option<AscribedTo>,
    /// Whether affirming or denying is counted.
    pub state: ConstraintState,
    /// The people.
    pub members: Vec<Member>,
    /// At least so many.
    pub minimum: u32,
    /// At most so many.
    pub maximum: Option<u32>,
    /// Where it stands in the material; blank where nobody says.
    pub reference: String,
}

/// Some of the people that a constraint or a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// `*`: everybody in the reading.
    Everybody,
    /// A participant, in the reading or not.
    Participant(u32),
    /// `S*`: everybody with this role.
    Role(u32),
    /// `S@3`: everybody with this role at this case.
    RoleAtCase(u32, u32),
    /// `@3`: everybody at this case.
    Case(u32),
}

pub(super) fn check_coverage(
    rows: &[CoverageRow],
    context: &Context<'_>,
    prompts: &Texts<'_>,
    meanings: &[(u32, Option<Stance>)],
    gathered: &mut Gathered,
) -> Coverage<'static> {
    let spot = |row, column| Spot::cell(StudyFile::Coverage, row, column);
    let (mut participants, mut codes) = (Vec::new(), Vec::new());
    let (mut bearers, mut statuses) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<(u32, u32, u8), (usize, u8)> = BTreeMap::new();
    for (row, coverage) in rows.iter().enumerate() {
        let who = match coverage.participant.as_str() {
            "*" => NONE,
            id => context.participant(id, || spot(row, "participant"), gathered),
        };
        let covered: Vec<u32> = match (&coverage.code, &coverage.prompt) {
            (Some(code), _) => vec![context.code(code, || spot(row, "code"), gathered)],
            (None, Some(prompt)) => {
                (0..).zip(prompts.iter()).filter(|(_, p)| p == prompt).map(|(c, _)| c).collect()
            }
            (None, None) => Vec::new(),
        };
        // Who is asked for an answer is asked the question.
        let question = |code: u32| meanings.get(code as usize).map_or(code, |&(code, _)| code);
        let covered: Vec<u32> = covered.into_iter().map(question).collect();
        if covered.is_empty() {
            let message = "a coverage row names no code, and no question that a code has";
            gathered.add(
                Problem::new(Kind::MissingField, spot(row, "participant"), message)
                    .label("this row covers nothing")
                    .help("fill in `code`, or a `prompt` that stands in codes.csv"),
            );
        }
        for code in covered {
            let status = coverage.status as u8;
            let bearer = coverage.bearer.map_or(u8::MAX, |bearer| bearer as u8);
            match seen.insert((who, code, bearer), (row, status)) {
                Some((first, other)) if other != status => {
                    let message = format!(
                        "the coverage of `{}` says two things about the same code",
                        coverage.participant
                    );
                    gathered.add(
                        Problem::new(Kind::CoverageTwice, spot(row, "status"), message)
                            .label("another status than before")
                            .related(spot(first, "status"), "the first one")
                            .help("keep one of the two rows"),
                    );
                }
                _ => {}
            }
            participants.push(who);
            codes.push(code);
            bearers.push(bearer);
            statuses.push(status);
        }
    }
    Coverage {
        participants: participants.into(),
        codes: codes.into(),
        bearers: bearers.into(),
        statuses: statuses.into(),
    }
}

pub(super) fn check_constraints(
    rows: &[ConstraintRow],
    context: &Context<'_>,
    meanings: &[(u32, Option<Stance>)],
    gathered: &mut Gathered,
) -> Vec<Constraint> {
    let spot = |row, column| Spot::cell(StudyFile::Constraints, row, column);
    let ids = rows.iter().enumerate().map(|(row, c)| (c.id.as_str(), spot(row, "id")));
    index_ids(gathered, ids, "constraint");
    let mut constraints = Vec::new();
    for (row, constraint) in rows.iter().enumerate() {
        let (minimum, maximum) = (constraint.min.unwrap_or(0), constraint.max);
        if let Some(maximum) = maximum
            && minimum > maximum
        {
            let message = format!(
                "the constraint `{}` asks for at least {minimum} and at most {maximum}",
                constraint.id
            );
            gathered.add(
                Problem::new(Kind::MinimumAboveMaximum, spot(row, "min"), message)
                    .label(format!("more than the maximum, {maximum}"))
                    .help("make `min` no larger than `max`, or leave one of them blank"),
            );
        }
        let words = constraint.members.split_whitespace();
        let members = words
            .filter_map(|word| context.member(word, || spot(row, "members"), gathered))
            .collect();
        let code = context.code(&constraint.code, || spot(row, "code"), gathered);
        let (code, state) = match (meanings.get(code as usize), constraint.state) {
            (Some(&(question, Some(Stance::Deny))), ConstraintState::Affirm) => {
                (question, ConstraintState::Deny)
            }
            (Some(&(question, Some(Stance::Deny))), ConstraintState::Deny) => {
                (question, ConstraintState::Affirm)
            }
            (Some(&(question, _)), state) => (question, state),
            (None, state) => (code, state),
        };
        constraints.push(Constraint {
            id: constraint.id.clone(),
            code,
            modality: constraint.modality,
            bearer: constraint.bearer,
            state,
            members,
            minimum,
            maximum,
            reference: constraint.reference.clone().unwrap_or_default(),
        });
    }
    constraints
}

/// Excerpts by id.
pub(super) fn check_excerpts(
    rows: &[ExcerptRow],
    context: &Context<'_>,
    texts: &Sources<'_>,
    gathered: &mut Gathered,
) -> (Excerpts<'static>, BTreeMap<String, u32>) {
    let spot = |row, column| Spot::cell(StudyFile::Excerpts, row, column);
    let ids = rows.iter().enumerate().map(|(row, e)| (e.id.as_str(), spot(row, "id")));
    let index = index_ids(gathered, ids, "excerpt");
    let (mut sources, mut speakers, mut roles) = (Vec::new(), Vec::new(), Vec::new());
    let (mut offsets, mut codes) = (vec![0_i64], Vec::new());
    for (row, excerpt) in rows.iter().enumerate() {
        let optional = |name: &Option<String>| name.as_deref().map(str::to_owned);
        sources.push(
            optional(&excerpt.source)
                .map_or(NONE, |id| context.source(&id, || spot(row, "source"), gathered)),
        );
        speakers.push(
            optional(&excerpt.speaker)
                .map_or(NONE, |id| context.participant(&id, || spot(row, "speaker"), gathered)),
        );
        roles.push(
            optional(&excerpt.role)
                .map_or(NONE, |id| context.role(&id, || spot(row, "role"), gathered)),
        );
        for code in excerpt.codes.as_deref().unwrap_or("").split_whitespace() {
            codes.push(context.code(code, || spot(row, "codes"), gathered));
        }
        offsets.push(i64::try_from(codes.len()).unwrap_or(i64::MAX));
        let passage = (excerpt.start.unwrap_or(NONE), excerpt.end.unwrap_or(NONE));
        let length = sources.last().and_then(|&source| texts.length(source));
        if let Some(problem) = badly_placed(passage, length, || spot(row, "end")) {
            gathered.add(problem);
        }
    }
    let excerpts = Excerpts {
        ids: rows.iter().map(|row| row.id.as_str()).collect(),
        sources: sources.into(),
        speakers: speakers.into(),
        roles: roles.into(),
        code_offsets: offsets.into(),
        codes: codes.into(),
    };
    (excerpts, index.into_iter().map(|(id, row)| (id.to_owned(), row)).collect())
}

/// What is wrong with a passage from `start` to `end` ([`NONE`] where unknown) of a text that is
/// so long, where that is known.
pub(super) fn badly_placed(
    (start, end): (u32, u32),
    length: Option<u32>,
    spot: impl FnOnce() -> Spot,
) -> Option<Problem> {
    if end == NONE {
        return None;
    }
    let (kind, message, label) = match (end.cmp(&start), length) {
        (Ordering::Less, _) if start != NONE => {
            (Kind::EndsBeforeStart, "a passage ends before it starts", "smaller than `start`")
        }
        (Ordering::Equal, _) => {
            (Kind::EndsBeforeStart, "a passage ends where it starts", "equal to `start`")
        }
        (_, Some(length)) if end > length => (
            Kind::EndsBeyondText,
            "a passage ends beyond the text of its source",
            "larger than `characters` of its source in sources.csv",
        ),
        _ => return None,
    };
    let help = "`start` and `end` count characters from the beginning of the source";
    Some(Problem::new(kind, spot(), message).label(label).help(help))
}

pub(super) fn check_events(rows: &[EventRow], context: &Context<'_>, gathered: &mut Gathered) {
    let spot = |row, column| Spot::cell(StudyFile::Events, row, column);
    let ids = rows.iter().enumerate().map(|(row, event)| (event.id.as_str(), spot(row, "id")));
    let index = index_ids(gathered, ids, "event");
    for (row, event) in rows.iter().enumerate() {
        context.participant(&event.actor, || spot(row, "actor"), gathered);
        if let Some(code) = &event.code {
            context.code(code, || spot(row, "code"), gathered);
        }
        if let Some(source) = &event.source {
            context.source(source, || spot(row, "source"), gathered);
        }
        if let Some(positioned) = &event.positioned {
            context.bearer(positioned, || spot(row, "positioned"), gathered);
        }
        if let Some(answered) = event.responds_to.as_deref()
            && !index.contains_key(answered)
        {
            let label = "no event with this id in events.csv";
            let at = spot(row, "responds_to");
            gathered.unknown(Kind::UnknownEvent, "event", answered, at, label);
        }
    }
}
