//! What can be seen to be wrong with the scripts of a study, now that its names are known?

use crate::check::{Checked, Located, Somewhere, ordered};
use crate::shelf::script::Names;
use crate::shelf::{Body, ScriptAnalysis, Shelf};
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
    let id = source.name.strip_prefix("scripts/")?.strip_suffix(".rhai")?;
    match shelf.get(id)?.body() {
        Body::Script(script) if script.source() == source.text => Some(script),
        _ => None,
    }
}

fn problems(
    script: &ScriptAnalysis,
    names: Option<&Names>,
    (index, source): (usize, &Source),
) -> Vec<Located> {
    let located = script.problems(names).into_iter().map(|problem| {
        let place = (problem.line > 0).then(|| source.place(problem.span(&source.text)));
        let file = source.name.clone();
        let mut told = problem.to_problem();
        told.spots.clear();
        Located {
            problem: told,
            places: vec![Somewhere { file, source: Some(index), place }],
            related: None,
        }
    });
    located.collect()
}
