//! Which two parties can be compared, and what do they think item by item?

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::model::settings::Aggregation;
use parallax_plugin::prelude::*;

use crate::item::Content;
use crate::parameters::{Parameters, Silence};
use crate::party::Party;
use crate::said::{Answer, Said};
use crate::score::{Score, Views};

/// Two parties at one case, of which at least one says what the other thinks.
pub(crate) struct Pair {
    pub(crate) a: Party,
    pub(crate) b: Party,
    /// Every content that one of them speaks of, in order.
    pub(crate) lines: Vec<Line>,
    pub(crate) score: Score,
}

/// What two parties think of one content, and think that the other thinks.
pub(crate) struct Line {
    pub(crate) content: Content,
    pub(crate) a: Answer,
    pub(crate) b: Answer,
    pub(crate) ab: Answer,
    pub(crate) ba: Answer,
    pub(crate) aba: Answer,
    pub(crate) bab: Answer,
    pub(crate) views: Views,
}

impl Pair {
    /// Whether A says what B thinks, and whether B says what A thinks.
    pub(crate) fn perceives(&self) -> [bool; 2] {
        let says =
            |of: fn(&Line) -> &Answer| self.lines.iter().any(|line| !of(line).rows.is_empty());
        [says(|line| &line.ab), says(|line| &line.ba)]
    }

    /// Whether one party is several people.
    pub(crate) fn has_group(&self) -> bool {
        self.a.members.len() + self.b.members.len() > 2
    }
}

impl Line {
    /// What each says, with the view that it is taken for.
    pub(crate) fn answers(&self) -> [(&Answer, Option<bool>); 6] {
        let Views { a, b, ab, ba, aba, bab } = self.views;
        [
            (&self.a, a),
            (&self.b, b),
            (&self.ab, ab),
            (&self.ba, ba),
            (&self.aba, aba),
            (&self.bab, bab),
        ]
    }

    /// Whether one of the two says what the other thinks, or anything can be compared.
    pub(crate) fn is_told(&self) -> bool {
        let perceived = [&self.ab, &self.ba, &self.aba, &self.bab];
        self.views.is_comparable() || perceived.iter().any(|answer| !answer.rows.is_empty())
    }
}

/// The pairs, by case and then by role and name of their parties.
///
/// # Errors
/// Not available when nothing that somebody thinks of another can be compared; cancelled when the
/// run is to stop.
pub(crate) fn pairs(
    reading: &Reading<'_>,
    said: &Said,
    parameters: &Parameters,
    job: &Job<'_>,
) -> Result<Vec<Pair>, NoFindings> {
    let wanted = wanted(reading, said);
    let mut found = Vec::with_capacity(wanted.len());
    for (done, (a, b)) in wanted.iter().enumerate() {
        // They are compared here and told of afterwards.
        job.progress(done, wanted.len() * 2)?;
        found.push(pair(reading, said, parameters.silence, a, b));
    }
    let comparable = |pair: &Pair| pair.score.a.is_comparable() || pair.score.b.is_comparable();
    if !found.iter().any(comparable) {
        return Err(NoFindings::not_available(
            "of no perceived view is it known what the one who perceives or the one perceived \
             thinks, so nothing can be compared",
        ));
    }
    Ok(found)
}

/// A party with its place.
type Placed = (Party, u32);

/// Every two parties of which one perceives a view of the other, each two once.
fn wanted(reading: &Reading<'_>, said: &Said) -> Vec<(Placed, Placed)> {
    let all = &said.parties.all;
    let place_of: BTreeMap<u32, u32> = (0..)
        .zip(all)
        .filter(|(_, party)| party.members.len() == 1)
        .map(|(place, party)| (party.members[0], place))
        .collect();
    let order = |party: &Party| (party.role, party.members.len() > 1, party.id(reading).to_owned());
    let mut pairs = BTreeMap::new();
    for (speaker, owner) in said.perceiving() {
        let person = Party {
            members: vec![speaker],
            role: reading.participants.role(speaker),
            case: reading.participants.case(speaker),
        };
        // Whom nobody perceives has no place: no view is attributed to them.
        let person = (person, place_of.get(&speaker).copied().unwrap_or(NONE));
        let other = (all[owner as usize].clone(), owner);
        let case = person.0.case;
        let (first, second) =
            if order(&person.0) <= order(&other.0) { (person, other) } else { (other, person) };
        let case = if case == NONE { "" } else { reading.cases.ids.of(case) };
        let key = (case, order(&first.0), order(&second.0));
        pairs.insert(key, (first, second));
    }
    pairs.into_values().collect()
}

fn pair(reading: &Reading<'_>, said: &Said, silence: Silence, a: &Placed, b: &Placed) -> Pair {
    let mut contents: BTreeSet<Content> = BTreeSet::new();
    for (one, other) in [(a, b), (b, a)] {
        for &member in &one.0.members {
            contents.extend(said.contents(member, 0, NONE));
            for perspective in [1, 2] {
                contents.extend(said.contents(member, perspective, other.1));
            }
        }
    }
    let lines: Vec<Line> =
        contents.into_iter().map(|content| line(reading, said, silence, a, b, content)).collect();
    let score = Score::of(lines.iter().map(|line| line.views));
    Pair { a: a.0.clone(), b: b.0.clone(), lines, score }
}

fn line(
    reading: &Reading<'_>,
    said: &Said,
    silence: Silence,
    a: &Placed,
    b: &Placed,
    content: Content,
) -> Line {
    let together = |party: &Party, perspective: u8, owner: u32| {
        let members = party.members.iter();
        let answers = members
            .map(|&member| said.answer(reading, member, perspective, owner, content))
            .collect();
        merged(answers, reading.conventions.aggregation)
    };
    let own = [together(&a.0, 0, NONE), together(&b.0, 0, NONE)];
    let perceived = [together(&a.0, 1, b.1), together(&b.0, 1, a.1)];
    let back = [together(&a.0, 2, b.1), together(&b.0, 2, a.1)];
    let known = |answer: &Answer| known(answer.state, silence);
    let views = Views {
        a: known(&own[0]),
        b: known(&own[1]),
        ab: known(&perceived[0]),
        ba: known(&perceived[1]),
        aba: known(&back[0]),
        bab: known(&back[1]),
    };
    let ([a, b], [ab, ba], [aba, bab]) = (own, perceived, back);
    Line { content, a, b, ab, ba, aba, bab, views }
}

/// Yes, no, or nothing to compare with: on a condition is neither, and silence is no denial unless
/// the researcher says so.
fn known(state: State, silence: Silence) -> Option<bool> {
    match (state, silence) {
        (State::Yes, _) => Some(true),
        (State::No, _) | (State::Silent, Silence::No) => Some(false),
        _ => None,
    }
}

/// What several people say together, by the study's aggregation; one person's answer is their own.
fn merged(mut answers: Vec<Answer>, aggregation: Aggregation) -> Answer {
    if answers.len() == 1
        && let Some(only) = answers.pop()
    {
        return only;
    }
    let states: Vec<State> = answers.iter().map(|answer| answer.state).collect();
    let list = |of: fn(&Answer) -> &Vec<u32>| -> Vec<u32> {
        let all: BTreeSet<u32> =
            answers.iter().flat_map(|answer| of(answer).iter().copied()).collect();
        all.into_iter().collect()
    };
    Answer {
        state: together(&states, aggregation),
        rows: list(|answer| &answer.rows),
        constraints: list(|answer| &answer.constraints),
    }
}

/// The state of several people: held when enough of them hold it, unknown when those of whom
/// nothing is known could still decide it.
fn together(states: &[State], aggregation: Aggregation) -> State {
    let count = |is: fn(State) -> bool| states.iter().filter(|&&state| is(state)).count();
    let enough = |holders: usize| match aggregation {
        Aggregation::Any => holders > 0,
        Aggregation::All => holders == states.len(),
        Aggregation::Majority => 2 * holders > states.len(),
    };
    let has = |wanted: State| states.contains(&wanted);
    let holders = count(State::is_mention);
    let open = count(|state| matches!(state, State::Unknown | State::NotAsked | State::Vacant));
    match () {
        () if enough(holders)
            && has(State::Mixed)
            && (aggregation != Aggregation::Any || !has(State::Yes)) =>
        {
            State::Mixed
        }
        () if enough(holders) => State::Yes,
        () if enough(holders + open) => State::Unknown,
        () if has(State::No) => State::No,
        () if has(State::Silent) || holders > 0 => State::Silent,
        () => State::NotAsked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_people_hold_what_enough_of_them_hold() {
        use State::{Mixed, No, NotAsked, Silent, Unknown, Yes};
        let cases = [
            (&[Yes, No][..], [Yes, No, No]),
            (&[Yes, Yes, No], [Yes, No, Yes]),
            (&[Mixed, No], [Mixed, No, No]),
            (&[Unknown, No], [Unknown, No, No]),
            (&[Unknown, Yes], [Yes, Unknown, Unknown]),
            (&[NotAsked, NotAsked], [Unknown, Unknown, Unknown]),
            (&[Silent, Silent], [Silent, Silent, Silent]),
        ];
        for (states, expected) in cases {
            let found = [Aggregation::Any, Aggregation::All, Aggregation::Majority]
                .map(|aggregation| together(states, aggregation));
            assert_eq!(found, expected, "{states:?}");
        }
    }
}
