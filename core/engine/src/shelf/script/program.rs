//! How does a text become a program that can run, and what does it import?

use std::sync::atomic::AtomicBool;

use parallax_model::Kind;
use rhai::{AST, Engine, EvalAltResult, OptimizationLevel, Scope};

use super::chain;
use super::fault;
use super::import::Noted;
use super::misuse;
use super::problem::ScriptProblem;
use super::sandbox::{self, Limits};
use super::watchman::on_a_large_stack;
use crate::shelf::words;

/// A text that was read.
#[derive(Debug)]
pub(super) struct Program {
    /// What runs.
    pub(super) steps: AST,
    /// The names it imports, each once; not those it puts together while it runs.
    pub(super) imports: Vec<String>,
}

/// Reads the text of a script or of a shared file; nothing of it runs.
///
/// # Errors
/// What is wrong with its language, with line and column, or that it is too large.
pub(super) fn read(limits: &Limits, file: &str, text: &str) -> Result<Program, ScriptProblem> {
    if text.len() > limits.text {
        let message = format!("a script can have {} bytes", limits.text);
        return Err(ScriptProblem::new(Kind::ScriptLimit, file, message));
    }
    on_a_large_stack(limits, &AtomicBool::new(false), |signal| {
        let engine = sandbox::engine(limits, words::module(), signal);
        let script = fault::Script { file, text, limits, library: None };
        let scope = given();
        let steps = engine.compile_with_scope(&scope, text);
        let mut steps = steps.map_err(|error| script.parse_problem(&error))?;
        steps.set_source(file);
        hides_no_word(&steps, file, text)?;
        chain::used_inside_itself(&steps, file).map_or(Ok(()), Err)?;
        let imports = imports(engine, &scope, text).map_err(|error| script.run_problem(&error))?;
        Ok(Program { steps, imports })
    })
    .unwrap_or_else(|| Err(crashed(file)))
}

/// Looks at the steps of a text as they are written: a program that is made to run has lost what
/// can never run.
///
/// # Errors
/// What is wrong with its language.
pub(super) fn as_written<T: Send>(
    limits: &Limits,
    file: &str,
    text: &str,
    look: impl FnOnce(&AST) -> T + Send,
) -> Result<T, ScriptProblem> {
    on_a_large_stack(limits, &AtomicBool::new(false), |signal| {
        let mut engine = sandbox::engine(limits, words::module(), signal);
        engine.set_optimization_level(OptimizationLevel::None);
        let script = fault::Script { file, text, limits, library: None };
        let steps = engine.compile_with_scope(&given(), text);
        steps.map(|steps| look(&steps)).map_err(|error| script.parse_problem(&error))
    })
    .unwrap_or_else(|| Err(crashed(file)))
}

/// The problem of a script on which the engine itself failed.
pub(super) fn crashed(file: &str) -> ScriptProblem {
    ScriptProblem::new(Kind::ScriptStopped, file, "the script engine failed on this script")
}

/// The names that every script knows while it is read. They have no value yet: a value would be
/// worked into the program.
fn given() -> Scope<'static> {
    let mut scope = Scope::new();
    scope.push("reading", ()).push("parameters", ());
    scope
}

/// A function that is called like a word would be run in its place, without anybody being told.
fn hides_no_word(steps: &AST, file: &str, text: &str) -> Result<(), ScriptProblem> {
    let hiding = steps.iter_functions().find_map(|function| {
        let usages = words::usages(function.name).into_iter();
        let hidden = misuse::shape_fits(usages, function.params.len())?;
        Some((function.name.to_owned(), hidden))
    });
    let Some((name, hidden)) = hiding else { return Ok(()) };
    let (line, before) = (1..)
        .zip(text.lines())
        .find_map(|(line, text)| Some((line, text.split_once(&format!("fn {name}"))?.0)))
        .unwrap_or_default();
    let message = format!("a function of this name would hide `{hidden}`");
    let problem = ScriptProblem::new(Kind::ScriptSyntax, file, message);
    let problem = problem.at(line, before.chars().count() + "fn ".len() + 1);
    Err(problem.help(Some("give it another name".to_owned())))
}

fn imports(
    mut engine: Engine,
    scope: &Scope<'_>,
    text: &str,
) -> Result<Vec<String>, Box<EvalAltResult>> {
    if !text.contains("import") {
        return Ok(Vec::new());
    }
    let noted = Noted::default();
    engine.set_module_resolver(noted.clone());
    engine.compile_into_self_contained(scope, text)?;
    drop(engine);
    Ok(noted.names())
}
