//! What can be seen to be wrong with the scripts of a folder, without running them?

use std::path::Path;

use super::own_scripts;
use crate::check::{Checked, Located, Somewhere, ordered, scripts_in};
use crate::shelf::script::Names;
use crate::shelf::{Body, ScriptAnalysis, ScriptProblem, Shelf};
use crate::text::source::Source;

/// Adds what is wrong with the study's own scripts that could be read.
pub(super) fn look_into(checked: &mut Checked, shelf: &Shelf) {
    let names = checked.study.as_ref().map(Names::of);
    let mut found = Vec::new();
    for (index, source) in checked.sources.iter().enumerate() {
        if let Some(script) = script_of(source, shelf) {
            found.extend(problems(script, names.as_ref(), (index, source)));
        }
    }
    if !found.is_empty() {
        found.extend(std::mem::take(&mut checked.problems));
        checked.problems = ordered(found);
    }
}

/// The script that a file of the study is; none when it cannot be read or another analysis has its
/// name.
fn script_of<'s>(source: &Source, shelf: &'s Shelf) -> Option<&'s ScriptAnalysis> {
    match shelf.get(id_of(source)?)?.body() {
        Body::Script(script) if script.source() == source.text => Some(script),
        _ => None,
    }
}

fn problems(
    script: &ScriptAnalysis,
    names: Option<&Names>,
    (index, source): (usize, &Source),
) -> Vec<Located> {
    script.problems(names).iter().map(|problem| located(problem, (index, source))).collect()
}

/// A problem of a script as one of a folder.
fn located(problem: &ScriptProblem, (index, source): (usize, &Source)) -> Located {
    let place = (problem.line > 0).then(|| source.place(problem.span(&source.text)));
    let file = source.name.clone();
    let mut told = problem.to_problem();
    told.spots.clear();
    Located {
        problem: told,
        places: vec![Somewhere { file, source: Some(index), place }],
        related: None,
    }
}

/// What is wrong with the scripts of a folder that is no study, `scripts/*.rhai`: there are no
/// codes, roles and cases to look up.
#[must_use]
pub fn scripts_alone(folder: &Path) -> Checked {
    let sources = scripts_in(folder);
    let mut shelf = Shelf::default();
    let unread = own_scripts(&sources, &mut shelf).into_iter().map(|extra| {
        let somewhere = extra.bytes.map(|(index, bytes)| Somewhere {
            file: sources[index].name.clone(),
            source: Some(index),
            place: Some(sources[index].place(bytes)),
        });
        let mut problem = extra.problem;
        problem.spots.clear();
        Located { problem, places: somewhere.into_iter().collect(), related: None }
    });
    let mut checked = Checked { study: None, problems: unread.collect(), sources: Vec::new() };
    checked.sources = sources;
    look_into(&mut checked, &shelf);
    checked
}

/// The id of the script that a file is.
fn id_of(source: &Source) -> Option<&str> {
    source.name.strip_prefix("scripts/")?.strip_suffix(".rhai")
}
