//! Does a script call functions that exist, with as many values as they take?

use std::collections::BTreeSet;

use parallax_model::Kind;

use super::Looked;
use super::callable::BUILT_IN;
use super::facts::Call;
use crate::shelf::script::problem::{ScriptProblem, did_you_mean};
use crate::shelf::script::sandbox::REFUSED;
use crate::shelf::words;

pub(super) fn problems(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let joined = looked.facts.joined.iter().map(|&(written, joins, at)| {
        let help = format!("write `(col(…) == …) {joins} (col(…) == …)`");
        let message = format!("`{written}` does not join tests of columns");
        looked.problem(Kind::ScriptCall, at, message).help(Some(help))
    });
    joined.chain(looked.facts.calls.iter().filter_map(|call| wrong(looked, call))).collect()
}

/// What is wrong with one call.
fn wrong(looked: &Looked<'_>, call: &Call) -> Option<ScriptProblem> {
    let name = call.name.as_str();
    if let Some(shared) = &call.shared {
        return not_shared(looked, call, shared);
    }
    let is_operator = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    // A closure that stands in a map is called like a method.
    let is_kept = call.is_method && looked.facts.keys.contains(name);
    if is_operator || BUILT_IN.contains(&name) || is_kept {
        return None;
    }
    let own = looked.facts.functions.iter().filter(|(own, _)| own == name);
    let own: BTreeSet<usize> = own.map(|&(_, values)| values).collect();
    if own.is_empty()
        && let Some((_, reason)) = REFUSED.iter().find(|(refused, _)| *refused == name)
    {
        let help = "a script sees the reading and its parameters, and nothing else";
        let problem = looked.problem(Kind::ScriptForbidden, call.at, *reason);
        return Some(problem.help(Some(help.to_owned())));
    }
    let before = usize::from(call.is_method);
    let given = looked.callable.functions.get(name);
    let mut taken = own.clone();
    taken.extend(given.into_iter().flatten().filter_map(|values| values.checked_sub(before)));
    if given.is_none() && own.is_empty() {
        return Some(unknown(looked, call));
    }
    (!taken.contains(&call.given.len())).then(|| {
        let usage = if own.is_empty() { words::usages(name) } else { Vec::new() };
        let usage: Vec<String> = usage.iter().map(|usage| format!("`{usage}`")).collect();
        let help = (!usage.is_empty()).then(|| format!("write {}", usage.join(" or ")));
        let message = format!("`{name}` takes {}, not {}", several(&taken), call.given.len());
        looked.problem(Kind::ScriptCall, call.at, message).help(help)
    })
}

fn unknown(looked: &Looked<'_>, call: &Call) -> ScriptProblem {
    let name = call.name.as_str();
    let own: Vec<&str> = looked.facts.functions.iter().map(|(own, _)| own.as_str()).collect();
    let words: Vec<&str> = words::names().collect();
    let is_property = call.is_method && looked.callable.properties.contains(name);
    let help = match is_property {
        true => Some(format!("`{name}` is not called: write `.{name}` without brackets")),
        false => did_you_mean(name, own.into_iter().chain(words)),
    };
    let help = help.or_else(|| Some("`parallax script docs` lists the words".to_owned()));
    looked.problem(Kind::ScriptCall, call.at, format!("there is no function `{name}`")).help(help)
}

/// What is wrong with a call of a function of a shared file.
fn not_shared(looked: &Looked<'_>, call: &Call, shared: &str) -> Option<ScriptProblem> {
    // A file that is not there, or whose name the script puts together, is told elsewhere.
    let functions = &looked.shared.iter().find(|(known, _)| known == shared)?.1.functions;
    let name = call.name.as_str();
    let own = functions.iter().filter(|(own, _)| own == name);
    let taken: BTreeSet<usize> = own.map(|&(_, values)| values).collect();
    if taken.is_empty() {
        let help = did_you_mean(name, functions.iter().map(|(own, _)| own.as_str()));
        let message = format!("`{shared}` has no function `{name}`");
        return Some(looked.problem(Kind::ScriptCall, call.at, message).help(help));
    }
    (!taken.contains(&call.given.len())).then(|| {
        let (name, taken, given) = (&call.name, several(&taken), call.given.len());
        let message = format!("`{shared}::{name}` takes {taken}, not {given}");
        looked.problem(Kind::ScriptCall, call.at, message)
    })
}

/// "1 value", "2 or 3 values".
fn several(taken: &BTreeSet<usize>) -> String {
    let number = |count: &usize| if *count == 0 { "no".to_owned() } else { count.to_string() };
    let numbers: Vec<String> = taken.iter().map(number).collect();
    let most = taken.last().copied().unwrap_or(0);
    format!("{} value{}", numbers.join(" or "), if most < 2 { "" } else { "s" })
}
