//! What does the script of a claim say of a reading: does the claim hold?
//!
//! A claim of kind `custom` has a text in the column `script` of `claims.csv`: one expression, or
//! several statements with an expression at their end. It is a script like any other, with the same
//! words, limits and shared files, but without a header: it reports no findings.

mod answer;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use parallax_model::{Kind, Manifest, Number, Reading, Text};
use rhai::{AST, Dynamic, Engine, Expr, Module, Scope, Shared, Stmt};
use serde_json::json;

use super::check::Names;
use super::import::Importer;
use super::library::Library;
use super::problem::ScriptProblem;
use super::program::{self, Program};
use super::running::{Reported, Running};
use super::sandbox::{self, Limits};
use super::watchman::{self, Signal};
use super::{ScriptAnalysis, check, fault};
use crate::shelf::words::{self, Seen};

pub use answer::Answer;

/// The script of a claim: parsed, ready to be asked of any number of readings, by any number of
/// threads.
#[derive(Clone, Debug)]
pub struct Expression {
    /// The text as a script whose header declares nothing.
    script: ScriptAnalysis,
    /// That header, shared by all runs.
    manifest: Arc<Manifest>,
}

impl Expression {
    /// The script of the claim `name`, from the text of its cell; nothing of it runs.
    ///
    /// # Errors
    /// What is wrong with its language or its imports, or that it ends with nothing that says
    /// whether the claim holds; with line and column within the cell.
    pub fn load(library: &Library, name: &str, text: &str) -> Result<Self, Box<ScriptProblem>> {
        Self::load_within(Limits::STANDARD, library, name, text)
    }

    /// The same under limits of one's own.
    ///
    /// # Errors
    /// The same.
    pub fn load_within(
        limits: Limits,
        library: &Library,
        name: &str,
        text: &str,
    ) -> Result<Self, Box<ScriptProblem>> {
        let file = format!("claims.csv (script of {name})");
        let Program { steps, imports } = program::read(&limits, &file, text)?;
        library.check(&file, text, &imports)?;
        let ending = program::as_written(&limits, &file, text, |steps| ending(&file, steps))?;
        ending.map_or(Ok(()), Err)?;
        let manifest = Arc::new(manifest(name));
        let script = ScriptAnalysis {
            manifest: Arc::clone(&manifest),
            file,
            source: text.to_owned(),
            steps,
            library: library.clone(),
            limits,
        };
        Ok(Self { script, manifest })
    }

    /// What can be seen to be wrong without asking any reading, in the order of its lines; with the
    /// names of the study, what it names there too.
    #[must_use]
    pub fn problems(&self, names: Option<&Names>) -> Vec<ScriptProblem> {
        let found = self.script.problems(names).into_iter();
        // It ends with an answer where a script ends with findings.
        let found = found.filter(|problem| problem.kind != Kind::ScriptEnding);
        found.map(in_a_claim).collect()
    }

    /// What it says of a reading. `reported` are the numbers that other claims report, by the ids of
    /// these claims. The same reading, numbers and seed give the same answer.
    ///
    /// It stops early once `cancel` is true.
    ///
    /// # Errors
    /// What stopped it, or that what it gives says nothing of the claim; with line and column within
    /// the cell, or within the shared file where it stopped.
    pub fn ask(
        &self,
        reading: &Reading<'static>,
        reported: &BTreeMap<String, Number>,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Result<Answer, Box<ScriptProblem>> {
        let ScriptAnalysis { file, source, steps, library, limits, .. } = &self.script;
        let script = fault::Script { file, text: source, limits, library: Some(library) };
        let reported = Reported { numbers: reported.clone(), claims: reading.claims.ids.clone() };
        let reported = Some(Arc::new(reported));
        let running = Running { manifest: Arc::clone(&self.manifest), seed, reported };
        let asked = watchman::on_a_large_stack(limits, cancel, |signal| {
            let seen = Dynamic::from(Seen::new(reading, Arc::clone(&signal)));
            let engine = self.engine(seen, running, signal);
            // `reading` is no variable of its own: one that a function without a name uses could
            // not be gone through at the same time, as in `reading.cases().list().all(|case| …)`.
            let given = engine.eval_ast_with_scope::<Dynamic>(&mut Scope::new(), steps);
            let given = given.map_err(|error| script.run_problem(&error))?;
            answer::of(given).map_err(|error| self.at_the_end(script.run_problem(&error)))
        });
        Ok(asked.unwrap_or_else(|| Err(program::crashed(file)))?)
    }

    /// Where in the text of the cell one of its problems stands, in bytes of that text: the word
    /// at its line and column; the line that leads there, when it stands in a shared file; the whole
    /// text, when it has no place.
    ///
    /// It takes the text, as a problem of [`Expression::load`] leaves nothing else to ask.
    #[must_use]
    pub fn place(text: &str, problem: &ScriptProblem) -> Range<usize> {
        if problem.shared.is_none() && problem.line > 0 {
            return problem.span(text);
        }
        // Calls are told innermost first.
        let outer = problem.calls.last().map_or(0, |call| call.line);
        if outer == 0 {
            return 0..text.len();
        }
        let above: usize = text.split_inclusive('\n').take(outer - 1).map(str::len).sum();
        let line = text[above..].lines().next().unwrap_or("");
        let blank = line.len() - line.trim_start().len();
        above + blank..above + line.trim_end().len().max(blank)
    }

    /// An engine for one run. Everything that is large in it is shared by all of them.
    fn engine(&self, seen: Dynamic, running: Running, signal: Arc<Signal>) -> Engine {
        static WORDS: OnceLock<Shared<Module>> = OnceLock::new();
        let words = Shared::clone(WORDS.get_or_init(words::module));
        let mut engine = sandbox::engine(&self.script.limits, words, signal);
        engine.set_default_tag(Dynamic::from(running));
        sandbox::let_print(&mut engine, &self.manifest.id);
        sandbox::give_reading(&mut engine, seen);
        engine.set_module_resolver(Importer::new(self.script.library.clone()));
        engine
    }

    /// A problem of what it gave, which stands on its last line.
    fn at_the_end(&self, problem: ScriptProblem) -> ScriptProblem {
        let last = self.script.steps.statements().last().map(check::start);
        let (line, column) = last.unwrap_or_default();
        problem.at(line, column)
    }
}

/// A header that declares nothing.
fn manifest(name: &str) -> Manifest {
    Manifest {
        id: name.to_owned(),
        version: String::new(),
        title: Text::Absent,
        question: Text::Absent,
        method: Text::Absent,
        edge_cases: Vec::new(),
        references: Vec::new(),
        parameters: json!({}),
        templates: BTreeMap::new(),
        caveats: BTreeMap::new(),
        words: BTreeMap::new(),
    }
}

/// A problem in the words of a claim: it has no header to which anything could be added.
fn in_a_claim(problem: ScriptProblem) -> ScriptProblem {
    if problem.kind != Kind::ScriptUndeclared {
        return problem;
    }
    let help = "findings, words and parameters belong to an analysis in `scripts`".to_owned();
    let at = (problem.line, problem.column);
    let message = "the script of a claim has no header that could declare this";
    ScriptProblem::new(problem.kind, &problem.file, message).at(at.0, at.1).help(Some(help))
}

/// What it ends with, where that certainly says nothing of the claim. It would be taken for `()`,
/// as if the data left the claim open.
fn ending(file: &str, steps: &AST) -> Option<ScriptProblem> {
    let problem = |(line, column), what: &str| {
        let help = "end with what says whether the claim holds, such as `n == 15`".to_owned();
        let message = format!("the script of a claim {what}");
        let problem = ScriptProblem::new(Kind::ScriptEnding, file, message).at(line, column);
        Some(problem.help(Some(help)))
    };
    let Some(last) = steps.statements().last() else { return problem((0, 0), "is empty") };
    let what = match last {
        Stmt::Var(..) => "ends by naming a value",
        Stmt::Assignment(_) => "ends by changing a value",
        Stmt::For(..) => "ends with a loop",
        Stmt::Import(..) => "ends with an `import`",
        Stmt::FnCall(call, _) if is_print(&call.name) => "ends with what it prints",
        Stmt::Expr(value) => match &**value {
            Expr::FnCall(call, _) if is_print(&call.name) => "ends with what it prints",
            _ => return None,
        },
        _ => return None,
    };
    problem(check::start(last), what)
}

fn is_print(name: &str) -> bool {
    matches!(name, "print" | "debug")
}
