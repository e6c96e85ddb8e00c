//! Does a script read properties that exist?
//!
//! A map has the names that its maker gave it, and some makers are the study's own data. A name is
//! therefore only doubted when it looks like a slip of one that exists.

use std::collections::BTreeSet;

use parallax_model::Kind;

use super::Looked;
use crate::shelf::script::problem::{ScriptProblem, nearest};
use crate::shelf::script::wording;
use crate::shelf::words;

pub(super) fn problems(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let mut known: BTreeSet<&str> = looked.callable.properties.iter().map(String::as_str).collect();
    known.extend(looked.all().flat_map(|facts| &facts.keys).map(String::as_str));
    // A map has values of a column as its names only where the script names the column.
    let grouped = words::columns().filter(|column| looked.may_say(column.name));
    known.extend(grouped.filter_map(|column| column.values).flatten().copied());
    let states: Vec<&str> = wording::names().collect();
    known.extend(states);
    // What `counts` gives has names of its own.
    let mut calls = looked.all().flat_map(|facts| &facts.calls);
    if calls.any(|call| call.name == "counts") {
        known.extend(words::COUNTED);
    }
    known.extend(looked.names.into_iter().flat_map(super::Names::all));
    let parameters: BTreeSet<_> = looked.facts.parameters.iter().map(|(_, at)| *at).collect();
    let doubted = looked
        .facts
        .read
        .iter()
        .filter(|(name, at)| !known.contains(name.as_str()) && !parameters.contains(at));
    doubted
        .filter_map(|(name, at)| {
            let help = match looked.callable.functions.contains_key(name) {
                true => format!("to call the function, write `.{name}()`"),
                false => format!("did you mean `{}`?", nearest(name, known.iter().copied())?),
            };
            let message = format!("nothing has a property `{name}`");
            Some(looked.problem(Kind::ScriptProperty, *at, message).help(Some(help)))
        })
        .collect()
}
