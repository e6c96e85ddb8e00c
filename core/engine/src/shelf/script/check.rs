//! What can be seen to be wrong with a script without running it?
//!
//! The parsed program is gone through once ([`facts`]); every rule then looks at what was seen, at
//! the header, and at the names of the study. A rule speaks only where it is sure: what a script
//! computes is left to the run.

mod call;
mod callable;
mod declared;
mod ending;
mod facts;
mod language;
mod named;
mod names;
mod property;
mod unused;
mod value;

use std::collections::BTreeSet;

use parallax_model::{Kind, Manifest};
use rhai::AST;

use self::callable::Callable;
use self::declared::Declared;
pub(super) use self::ending::start;
use self::facts::{At, Facts};
use super::ScriptAnalysis;
use super::problem::ScriptProblem;
use super::wording;
use crate::shelf::words;

pub use names::Names;

/// A script as the rules look at it.
struct Looked<'s> {
    file: &'s str,
    manifest: &'s Manifest,
    declared: Declared,
    facts: Facts,
    /// What was seen in the shared files, each under the name by which the script knows it; those
    /// that they import in turn have no name here.
    shared: Vec<(String, Facts)>,
    callable: &'static Callable,
    names: Option<&'s Names>,
}

/// What is wrong with a script and its program, in the order of its lines; with the names of a
/// study, also what it names there.
pub(super) fn problems(
    script: &ScriptAnalysis,
    program: &AST,
    names: Option<&Names>,
) -> Vec<ScriptProblem> {
    let facts = Facts::of(program);
    let looked = Looked {
        file: &script.file,
        manifest: &script.manifest,
        declared: Declared::of(&script.source),
        shared: shared(script, &facts),
        facts,
        callable: Callable::all(),
        names,
    };
    let rules = [
        call::problems,
        property::problems,
        named::problems,
        value::problems,
        unused::problems,
        language::problems,
    ];
    let mut found: Vec<ScriptProblem> = rules.iter().flat_map(|rule| rule(&looked)).collect();
    found.extend(ending::ending(program).map(|(at, sentence)| {
        let help = "write the finding, or a list of findings, on the last line by itself";
        looked.problem(Kind::ScriptEnding, at, sentence).help(Some(help.to_owned()))
    }));
    found.extend(ending::unreachable(program).into_iter().map(|at| {
        let help = "remove it, or put it before the `return`, `throw`, `break` or `continue` above";
        looked
            .problem(Kind::ScriptUnreachable, at, "this line can never run")
            .help(Some(help.to_owned()))
    }));
    found.sort_by_key(|problem| (problem.line, problem.column, problem.kind));
    found.dedup();
    found
}

/// What is in the files that a script imports, and in those that they import.
fn shared(script: &ScriptAnalysis, facts: &Facts) -> Vec<(String, Facts)> {
    let mut found: Vec<(String, Facts)> = Vec::new();
    let mut open = facts.imports.clone();
    let mut read = BTreeSet::new();
    while let Some((known_as, path)) = open.pop() {
        let Ok(steps) = script.library.find(&path) else { continue };
        let facts = Facts::of(steps);
        if read.insert(path) {
            let within = facts.imports.iter().map(|(_, path)| (String::new(), path.clone()));
            open.extend(within);
        }
        found.push((known_as, facts));
    }
    found
}

impl Looked<'_> {
    /// The script and the files it shares with others.
    fn all(&self) -> impl Iterator<Item = &Facts> {
        std::iter::once(&self.facts).chain(self.shared.iter().map(|(_, facts)| facts))
    }

    /// Whether a text of the script or of a shared file is, or may become, this name.
    fn may_say(&self, name: &str) -> bool {
        self.all().any(|facts| facts.may_say(name))
    }

    fn problem(&self, kind: Kind, (line, column): At, message: impl Into<String>) -> ScriptProblem {
        ScriptProblem::new(kind, self.file, message).at(line, column)
    }

    /// Whether the script has a function of its own with this name.
    fn is_own(&self, name: &str) -> bool {
        self.facts.functions.iter().any(|(own, _)| own == name)
    }
}

/// Words that come from what is read or counted, and not from a text of the script: values of
/// columns, the states of cells, the words for what is counted.
fn from_data() -> impl Iterator<Item = &'static str> {
    let columns = words::columns().filter_map(|column| column.values).flatten().copied();
    let choices = words::choices().into_iter().flat_map(|(.., words)| words);
    columns.chain(choices).chain(words::bearers()).chain(wording::names())
}
