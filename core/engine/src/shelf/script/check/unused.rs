//! Is everything that a header declares used, and everything that a template shows given?

use std::collections::BTreeSet;

use parallax_model::Kind;
use serde_json::Value as Json;

use super::declared::placeholders;
use super::facts::Call;
use super::{Looked, Names, from_data};
use crate::shelf::script::problem::{ScriptProblem, did_you_mean};

pub(super) fn problems(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let sections = [
        ("parameters", "parameter"),
        ("templates", "template"),
        ("caveats", "caveat"),
        ("words", "word"),
    ];
    let unused = sections.iter().flat_map(|&(section, called)| {
        let names = looked.declared.names(section).into_iter();
        names.filter(move |(name, _)| !is_used(looked, section, name)).map(move |(name, at)| {
            let message = format!("the {called} `{name}` is declared and never used");
            let help = "use it, or take it out of the header".to_owned();
            looked.problem(Kind::ScriptUnused, at, message).help(Some(help))
        })
    });
    unused.chain(unfilled(looked)).chain(unshown(looked)).collect()
}

/// Whether the script uses, or may use, something of its header.
fn is_used(looked: &Looked<'_>, section: &str, name: &str) -> bool {
    let said = looked.may_say(name);
    match section {
        "parameters" => {
            said || looked.all().any(|facts| facts.read.iter().any(|(read, _)| read == name))
        }
        "words" => said || is_in_data(looked, name) || is_choice(looked, name),
        _ => said,
    }
}

/// Whether a name can come from what a script reads or counts.
fn is_in_data(looked: &Looked<'_>, name: &str) -> bool {
    let mut of_study = looked.names.into_iter().flat_map(Names::all);
    from_data().any(|word| word == name) || of_study.any(|word| word == name)
}

/// Whether a word is a value of a parameter: its user then says it, not the script.
fn is_choice(looked: &Looked<'_>, name: &str) -> bool {
    let parameters = looked.manifest.parameters.get("properties").and_then(Json::as_object);
    let mut values = parameters.into_iter().flat_map(|all| all.values()).flat_map(|parameter| {
        let allowed = parameter.get("enum").and_then(Json::as_array).into_iter().flatten();
        allowed.chain(parameter.get("default"))
    });
    values.any(|value| value == name)
}

/// Whether a call gives a finding something to show.
fn gives(call: &Call) -> bool {
    call.is_method && call.given.len() == 2 && matches!(&*call.name, "value" | "measure")
}

/// The calls that do, in shared files too.
fn giving<'l>(looked: &'l Looked<'_>) -> impl Iterator<Item = &'l Call> {
    let calls = looked.all().flat_map(|facts| &facts.calls);
    calls.filter(|call| gives(call))
}

/// `{name}`s of used templates that nothing in the script can fill.
fn unfilled(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let given: BTreeSet<&str> = giving(looked)
        .filter_map(|call| call.given[0].text.as_ref())
        .map(|(name, _)| name.as_str())
        .collect();
    let computed = giving(looked).any(|call| call.given[0].text.is_none());
    let may_be_given = |name: &str| {
        given.contains(name) || (computed && (looked.may_say(name) || is_in_data(looked, name)))
    };
    let used = looked.manifest.templates.keys().filter(|name| looked.may_say(name));
    used.flat_map(|template| {
        let shown = placeholders(looked.manifest, template).into_iter();
        let at = looked.declared.key(&format!("templates/{template}"));
        let given = &given;
        shown.filter(|name| !may_be_given(name)).map(move |name| {
            let help = did_you_mean(name, given.iter().copied()).unwrap_or_else(|| {
                format!("give it with `.value(\"{name}\", …)` or `.measure(\"{name}\", …)`")
            });
            let message =
                format!("the template `{template}` shows `{{{name}}}`, which nothing fills");
            looked.problem(Kind::ScriptUnfilled, at, message).help(Some(help))
        })
    })
    .collect()
}

/// Values that no template and no caveat shows. A measure is read beside the sentence too.
fn unshown(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let templates = looked.manifest.templates.keys();
    let mut shown: BTreeSet<&str> =
        templates.flat_map(|name| placeholders(looked.manifest, name)).collect();
    let caveats = looked.manifest.caveats.values().flat_map(|text| text.wordings());
    shown.extend(caveats.flat_map(super::declared::between_braces));
    let calls = looked.facts.calls.iter().filter(|call| gives(call));
    let values = calls.filter(|call| call.name == "value");
    let named = values.filter_map(|call| call.given[0].text.as_ref());
    named
        .filter(|(name, _)| !shown.contains(name.as_str()))
        .map(|(name, at)| {
            let help = did_you_mean(name, shown.iter().copied()).unwrap_or_else(|| {
                format!("write `{{{name}}}` in a template, or leave the value out")
            });
            let message = format!("no template shows `{{{name}}}`");
            looked.problem(Kind::ScriptUnused, *at, message).help(Some(help))
        })
        .collect()
}
