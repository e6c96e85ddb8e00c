//! What can be seen to be wrong with the scripts of a folder, without running them?

use std::collections::BTreeSet;
use std::path::Path;

use super::{named, shared};
use parallax_model::{Problem, Severity, Spot, StudyFile};

use crate::check::{Checked, Located, Somewhere, in_cells, ordered, scripts_in};
use crate::claims::{ClaimScripts, WrongScript};
use crate::shelf::script::{Expression, Library, Limits, Names};
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

/// The scripts of a study's claims; what is wrong with one is added, and costs that claim.
pub(super) fn claims(checked: &mut Checked, library: &Library) -> ClaimScripts {
    let Some(study) = &checked.study else { return ClaimScripts::default() };
    let (scripts, wrong) = ClaimScripts::of(study, library);
    if wrong.is_empty() {
        return scripts;
    }
    let problems = wrong.iter().map(|WrongScript { row, problem }| {
        let claim = &study.claim_rows()[*row];
        let text = claim.script.as_deref().unwrap_or("");
        let spot = Spot::cell(StudyFile::Claims, *row, "script");
        let message = format!("the script of the claim `{}`: {}", claim.id, problem.message);
        let told =
            Problem { help: problem.help.clone(), ..Problem::new(problem.kind, spot, message) };
        let word = text.get(Expression::place(text, problem)).unwrap_or("");
        (told.label("here"), word.to_owned())
    });
    let mut found = in_cells(problems.collect(), &checked.sources);
    let faulty = wrong.iter().filter(|one| one.problem.kind.severity() == Severity::Error);
    checked.faulty_claims.extend(faulty.map(|one| one.row));
    found.extend(std::mem::take(&mut checked.problems));
    checked.problems = ordered(found);
    scripts
}

/// What is wrong with the scripts of a folder that is no study, `scripts/*.rhai`: there are no
/// codes, roles and cases to look up.
#[must_use]
pub fn scripts_alone(folder: &Path) -> Checked {
    let sources = scripts_in(folder);
    let (library, of_shared) = Library::with_own(shared(&named(&sources)));
    let mut problems: Vec<Located> =
        of_shared.iter().filter_map(|problem| somewhere(problem, &sources)).collect();
    for (index, source) in sources.iter().enumerate() {
        let Some(id) = id_of(source) else { continue };
        match ScriptAnalysis::load_within(Limits::STANDARD, &library, id, &source.text) {
            Ok(script) => problems.extend(self::problems(&script, None, (index, source))),
            Err(problem) => problems.push(located(&problem, (index, source))),
        }
    }
    let (problems, dated) = (ordered(problems), Vec::new());
    Checked { study: None, problems, dated, sources, faulty_claims: BTreeSet::new() }
}

/// A problem of a shared file as one of a folder.
fn somewhere(problem: &ScriptProblem, sources: &[Source]) -> Option<Located> {
    let index = sources.iter().position(|source| source.name == problem.file)?;
    Some(located(problem, (index, &sources[index])))
}

/// The id of the script that a file is.
fn id_of(source: &Source) -> Option<&str> {
    let id = source.name.strip_prefix("scripts/")?.strip_suffix(".rhai")?;
    // What scripts share stands in folders below.
    (!id.contains('/')).then_some(id)
}
