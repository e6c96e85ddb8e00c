//! Does the header of a script declare what the script names?

use std::collections::BTreeMap;

use parallax_model::Kind;
use serde_json::Value as Json;

use super::Looked;
use super::facts::{At, Call, Given};
use crate::shelf::script::problem::{ScriptProblem, did_you_mean};

/// What a header declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Template,
    Caveat,
    Word,
    Parameter,
}

pub(super) fn problems(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let calls = looked.facts.calls.iter().filter(|call| !looked.is_own(&call.name));
    let parameters = looked.facts.parameters.iter();
    let parameters = parameters.map(|(name, at)| (What::Parameter, name.as_str(), *at));
    let all = calls.flat_map(named).chain(parameters);
    all.filter_map(|(what, name, at)| undeclared(looked, what, name, at)).collect()
}

/// What one call names of the header.
fn named(call: &Call) -> Vec<(What, &str, At)> {
    match (call.name.as_str(), call.is_method, &call.given[..]) {
        ("finding", false, [_, template]) => one(What::Template, template).collect(),
        ("caveat", true, [caveat]) => one(What::Caveat, caveat).collect(),
        ("measure", true, [word, _]) | ("value", true, [_, word]) => {
            one(What::Word, word).collect()
        }
        ("table" | "grid", false, [title, columns]) => {
            one(What::Word, title).chain(list(columns)).collect()
        }
        ("row", true, given) => {
            given.iter().flat_map(|value| one(What::Word, value).chain(list(value))).collect()
        }
        _ => Vec::new(),
    }
}

fn one(what: What, given: &Given) -> impl Iterator<Item = (What, &str, At)> {
    given.text.iter().map(move |(text, at)| (what, text.as_str(), *at))
}

/// The texts of a list are words.
fn list(given: &Given) -> impl Iterator<Item = (What, &str, At)> {
    given.listed.iter().map(|(text, at)| (What::Word, text.as_str(), *at))
}

fn undeclared(looked: &Looked<'_>, what: What, name: &str, at: At) -> Option<ScriptProblem> {
    let (called, section, known) = match what {
        What::Template => ("template", "templates", keys(&looked.manifest.templates)),
        What::Caveat => ("caveat", "caveats", keys(&looked.manifest.caveats)),
        What::Word => ("word", "words", keys(&looked.manifest.words)),
        What::Parameter => ("parameter", "parameters", parameters(looked).collect()),
    };
    if known.contains(&name) {
        return None;
    }
    let help = did_you_mean(name, known).or_else(|| {
        let text =
            if what == What::Word { ", or write `text(…)` for a text as it is" } else { "" };
        Some(format!("add it to `{section}` in the header{text}"))
    });
    let message = format!("the header has no {called} `{name}`");
    Some(looked.problem(Kind::ScriptUndeclared, at, message).help(help))
}

fn keys<T>(declared: &BTreeMap<String, T>) -> Vec<&str> {
    declared.keys().map(String::as_str).collect()
}

/// The parameters that the header declares.
pub(super) fn parameters<'l>(looked: &'l Looked<'_>) -> impl Iterator<Item = &'l str> {
    let all = looked.manifest.parameters.get("properties").and_then(Json::as_object);
    all.into_iter().flat_map(|all| all.keys().map(String::as_str))
}
