//! Are the columns, the ids and the values that a script names there?

use std::collections::BTreeSet;

use parallax_model::Kind;

use super::Looked;
use super::facts::{At, Call, Compared};
use crate::shelf::script::problem::{ScriptProblem, did_you_mean, nearest};
use crate::shelf::words;

pub(super) fn problems(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let calls = looked.facts.calls.iter().filter(|call| !looked.is_own(&call.name));
    let mut found: Vec<ScriptProblem> = calls.flat_map(|call| called(looked, call)).collect();
    found.extend(looked.facts.asked.iter().filter_map(|call| asked(looked, call)));
    found.extend(looked.facts.compared.iter().filter_map(|compared| with(looked, compared)));
    found
}

/// Columns and words of closed lists in one call.
fn called(looked: &Looked<'_>, call: &Call) -> Vec<ScriptProblem> {
    let texts = call.given.iter().filter_map(|given| given.text.as_ref());
    match (call.name.as_str(), call.is_method, call.given.len()) {
        ("col", false, 1) | ("by" | "values" | "sort", true, 1) | ("crosstab", true, 2) => {
            texts.filter_map(|(name, at)| column(looked, name, *at)).collect()
        }
        (name, ..) => {
            let code = match &call.given[..] {
                [code, _] if name == "item" && !call.is_method => code.text.as_ref(),
                _ => None,
            };
            let code = code.and_then(|(id, at)| unknown_id(looked, "code", id, *at));
            let lists = words::choices().into_iter().filter(|(taker, ..)| *taker == name);
            let listed = lists.filter_map(|(_, place, words)| {
                let (word, at) = call.given.get(place)?.text.as_ref()?;
                not_listed(looked, name, word, *at, &words)
            });
            code.into_iter().chain(listed).collect()
        }
    }
}

fn column(looked: &Looked<'_>, name: &str, at: At) -> Option<ScriptProblem> {
    // The name of a function can stand where a list is sorted.
    if looked.is_own(name) {
        return None;
    }
    let mut known: BTreeSet<&str> = words::columns().map(|column| column.name).collect();
    let attributes = looked.names.map(|names| &names.attributes);
    known.extend(attributes.into_iter().flatten().map(String::as_str));
    // `speaker.years` goes on from a statement to a column of its speaker.
    let wrong = name.split('.').find(|part| !known.contains(part))?;
    let near = nearest(wrong, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{}`?", name.replace(wrong, near)),
        // Without a study, it may be a column that some study has.
        None if looked.names.is_none() => return None,
        None => "`parallax script docs` lists the columns of each table".to_owned(),
    };
    let message = format!("no table has a column `{wrong}`");
    Some(looked.problem(Kind::ScriptName, at, message).help(Some(help)))
}

/// A word that is not on the list that a function or a column has.
fn not_listed(
    looked: &Looked<'_>,
    of: &str,
    word: &str,
    at: At,
    words: &[&str],
) -> Option<ScriptProblem> {
    (!words.contains(&word)).then(|| {
        let help = did_you_mean(word, words.iter().copied()).unwrap_or_else(|| {
            let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            format!("there are {}", all.join(", "))
        });
        let message = format!("`{of}` knows no `{word}`");
        looked.problem(Kind::ScriptName, at, message).help(Some(help))
    })
}

/// What the reading is asked for by its id.
fn asked(looked: &Looked<'_>, call: &Call) -> Option<ScriptProblem> {
    let [given] = &call.given[..] else { return None };
    let (id, at) = given.text.as_ref()?;
    // All codes are below nothing.
    let all = call.name == "codes_below" && id.is_empty();
    if all { None } else { unknown_id(looked, &call.name, id, *at) }
}

fn unknown_id(looked: &Looked<'_>, word: &str, id: &str, at: At) -> Option<ScriptProblem> {
    let (what, ids) = looked.names?.table(word)?;
    (!ids.contains(id)).then(|| {
        let help = did_you_mean(id, ids.iter().map(String::as_str));
        let message = format!("the study has no {what} `{id}`");
        looked.problem(Kind::ScriptName, at, message).help(help)
    })
}

/// A comparison with a value that a column never has.
fn with(looked: &Looked<'_>, compared: &Compared) -> Option<ScriptProblem> {
    let Compared { name, is_column, text, at } = compared;
    // A map of the script can have a property of the same name; a blank cell is compared with "".
    if (!is_column && looked.facts.keys.contains(name)) || text.is_empty() {
        return None;
    }
    match words::values_of(name) {
        _ if name == "bearer" => bearer(looked, text, *at),
        Some(words) => not_listed(looked, name, text, *at, &words),
        None => unknown_id(looked, name, text, *at),
    }
}

/// A bearer is a word, a role or a participant.
fn bearer(looked: &Looked<'_>, text: &str, at: At) -> Option<ScriptProblem> {
    let names = looked.names?;
    let ids = names.roles.iter().chain(&names.participants).map(String::as_str);
    // Constraints say it as `own` or `others`.
    let own = words::values_of("whose").into_iter().flatten();
    let known: Vec<&str> = words::bearers().into_iter().chain(own).chain(ids).collect();
    (!known.contains(&text)).then(|| {
        let help = did_you_mean(text, known.iter().copied());
        let message = format!("nobody is called `{text}`, and it is no word for a bearer");
        looked.problem(Kind::ScriptName, at, message).help(help)
    })
}
