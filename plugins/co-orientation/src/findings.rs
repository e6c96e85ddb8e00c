//! What can be said about pairs, roles and all of them, in numbers and with evidence?

mod overall;
mod pair;
mod roles;

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::prelude::*;

use crate::item::{About, Content};
use crate::pair::{Line, Pair};
use crate::score::{Class, Counted, Side};

pub(crate) use overall::overall;
pub(crate) use pair::pair;
pub(crate) use roles::roles;

/// The pieces of evidence behind these pairs, in the order of the table.
///
/// A perceived view that is right supports, one that is wrong is contrary, and one that cannot be
/// told is context; own views with which something was compared support. Whatever a member of a
/// group says against what the group is taken to say is contrary.
fn evidence<'p>(reading: &Reading<'_>, pairs: impl Iterator<Item = &'p Pair>) -> Vec<Evidence> {
    let mut statements: BTreeMap<u32, Weight> = BTreeMap::new();
    let mut constraints: BTreeMap<u32, Weight> = BTreeMap::new();
    for line in pairs.flat_map(|pair| &pair.lines).filter(|line| line.is_told()) {
        for ((answer, view), weight) in line.answers().into_iter().zip(weights(line)) {
            for &row in &answer.rows {
                let against = weight != Weight::Context && is_against(reading, row, view);
                let weight = if against { Weight::Contrary } else { weight };
                let known = statements.entry(row).or_insert(weight);
                *known = heavier(*known, weight);
            }
            for &row in &answer.constraints {
                let known = constraints.entry(row).or_insert(weight);
                *known = heavier(*known, weight);
            }
        }
    }
    let ids = (&reading.statements.ids, &reading.constraints.ids);
    let statements = statements.into_iter().map(|(row, w)| Evidence::statement(ids.0.of(row), w));
    let constraints =
        constraints.into_iter().map(|(row, w)| Evidence::constraint(ids.1.of(row), w));
    statements.chain(constraints).collect()
}

/// What each answer of a line weighs, in the order of [`Line::answers`].
fn weights(line: &Line) -> [Weight; 6] {
    let own = if line.views.is_comparable() { Weight::Supporting } else { Weight::Context };
    let right = |known: Option<bool>| match known {
        Some(true) => Weight::Supporting,
        Some(false) => Weight::Contrary,
        None => Weight::Context,
    };
    let (there, back) = (line.views, line.views.swapped());
    let perceived = [there.accurate(), back.accurate(), there.realised(), back.realised()];
    let [ab, ba, aba, bab] = perceived.map(right);
    [own, own, ab, ba, aba, bab]
}

/// Whether a statement says otherwise than what its speaker's party is taken to say: only in a
/// group can it. On a condition is a yes with a reserve, and so against a no.
fn is_against(reading: &Reading<'_>, row: u32, view: Option<bool>) -> bool {
    let denies = reading.statements.stance(row as usize) == Stance::Deny;
    view.is_some_and(|yes| yes == denies)
}

/// Says that parties are groups, where some are, and who in them says otherwise than their group
/// on an item that is compared.
fn groups(mut finding: Finding, reading: &Reading<'_>, pairs: &[&Pair]) -> Finding {
    let grouped = || pairs.iter().filter(|pair| pair.has_group());
    if grouped().next().is_none() {
        return finding;
    }
    let mut against: BTreeSet<&str> = BTreeSet::new();
    for line in grouped().flat_map(|pair| &pair.lines).filter(|line| line.views.is_comparable()) {
        for (answer, view) in line.answers() {
            let rows = answer.rows.iter().filter(|&&row| is_against(reading, row, view));
            let speakers = rows.map(|&row| reading.statements.speakers[row as usize]);
            against.extend(speakers.map(|speaker| reading.participants.ids.of(speaker)));
        }
    }
    let names = against.into_iter().map(str::to_owned).collect();
    let values = [("against".to_owned(), Value::Names(names))].into();
    finding.caveats.push(Caveat { template: "group".to_owned(), values });
    finding
}

/// What counts against a finding outweighs what counts for it, and both outweigh context.
fn heavier(one: Weight, other: Weight) -> Weight {
    match (one, other) {
        (Weight::Contrary, _) | (_, Weight::Contrary) => Weight::Contrary,
        (Weight::Supporting, _) | (_, Weight::Supporting) => Weight::Supporting,
        _ => Weight::Context,
    }
}

/// The counts of how one party sees another, with `end` behind each name.
fn side_counts(finding: Finding, side: &Side, end: &str) -> Finding {
    let finding = parts(finding, "congruency", end, side.congruency);
    let mut finding = parts(finding, "accuracy", end, side.accuracy);
    for class in Class::ALL {
        let name = format!("{}{end}", class.word());
        finding = finding.measure(&name, Number::count(side.classes[class as usize]));
    }
    for (name, counted) in
        [("felt_understood", side.felt_understood), ("realisation", side.realisation)]
    {
        if counted.of > 0 {
            finding =
                parts(finding.measure(&format!("{name}{end}"), counted.rate()), name, end, counted);
        }
    }
    finding
}

/// So many of so many items, as two counts.
fn parts(finding: Finding, name: &str, end: &str, counted: Counted) -> Finding {
    finding
        .measure(&format!("{name}_count{end}"), Number::count(counted.hits))
        .measure(&format!("{name}_items{end}"), Number::count(counted.of))
}

/// What each party's own and perceived views leave uncompared.
fn left_out(finding: Finding, pairs: &[&Pair]) -> Finding {
    let answers = |of: fn(&Line) -> Vec<State>, state: State| {
        let states = pairs.iter().flat_map(|pair| &pair.lines).flat_map(of);
        Number::count(states.filter(|&known| known == state).count())
    };
    let all =
        |line: &Line| [&line.a, &line.b, &line.ab, &line.ba].map(|answer| answer.state).to_vec();
    // Whose view is perceived, and what is their own?
    let perceived = |line: &Line| {
        let told = |answer: &crate::said::Answer| !answer.rows.is_empty();
        let own = [(told(&line.ab), line.b.state), (told(&line.ba), line.a.state)];
        own.into_iter().filter_map(|(told, state)| told.then_some(state)).collect()
    };
    finding
        .measure("unknown", answers(perceived, State::Unknown))
        .measure("not_asked", answers(perceived, State::NotAsked))
        .measure("silent", answers(perceived, State::Silent))
        .measure("mixed", answers(all, State::Mixed))
}

/// Whom a content is about, as a reader sees it.
fn about(reading: &Reading<'_>, content: Content) -> Value {
    match content.about {
        About::Nobody => Value::Word("nobody".to_owned()),
        About::Role(role) => Value::Role(reading.roles.ids.of(role).to_owned()),
        About::Person(person) => Value::Participant(reading.participants.ids.of(person).to_owned()),
    }
}

fn case(reading: &Reading<'_>, case: u32) -> Value {
    match case {
        NONE => Value::Word("no_case".to_owned()),
        case => Value::Case(reading.cases.ids.of(case).to_owned()),
    }
}

/// Two ids as one name: a hyphen between them, or a colon, which no id holds, where an id has one.
fn joined(one: &str, other: &str) -> String {
    let between = if one.contains('-') || other.contains('-') { ':' } else { '-' };
    format!("{one}{between}{other}")
}

fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::Word((*word).to_owned())).collect()
}

/// What a reader must know before quoting a finding about these pairs.
fn caveats(finding: Finding, pairs: &[&Pair]) -> Finding {
    let finding = match pairs.iter().any(|pair| pair.a.case == NONE) {
        true => finding.caveat("without_case"),
        false => finding,
    };
    finding.caveat("convenience_sample").caveat("as_told").caveat("silence")
}
