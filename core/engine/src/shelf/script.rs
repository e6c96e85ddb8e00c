//! How does a text that a researcher wrote become an analysis that can harm nothing?

mod check;
mod declared;
pub(crate) mod fault;
mod header;
mod parameter;
mod problem;
mod running;
mod sandbox;
mod watchman;
mod wording;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use parallax_model::{Finding, Kind, Manifest, Number, Outcome, Reading};
use rhai::{AST, Array, Dynamic, OptimizationLevel, Scope};
use serde_json::{Map, Value as Json};

pub use check::Names;
pub use problem::ScriptProblem;
pub(crate) use problem::did_you_mean;
pub(crate) use running::Running;
pub use sandbox::Limits;
pub(crate) use watchman::Signal;

use crate::shelf::words::{self, Draft, Seen};

/// A scripted analysis: parsed, with its header read, ready to run on any number of readings.
#[derive(Clone, Debug)]
pub struct ScriptAnalysis {
    manifest: Manifest,
    file: String,
    source: String,
    program: AST,
    limits: Limits,
}

/// The scripts that come with the program, in the order of their ids: id and text.
pub const STANDARD_SCRIPTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scripts.rs"));

impl ScriptAnalysis {
    /// The script `id` from its text; nothing of it runs.
    ///
    /// # Errors
    /// What is wrong with its header or its language, with line and column.
    pub fn load(id: &str, source: &str) -> Result<Self, Box<ScriptProblem>> {
        Self::load_within(Limits::STANDARD, id, source)
    }

    /// The same under limits of one's own, for tests of the limits.
    ///
    /// # Errors
    /// What is wrong with its header or its language, with line and column.
    pub fn load_within(limits: Limits, id: &str, source: &str) -> Result<Self, Box<ScriptProblem>> {
        let file = format!("scripts/{id}.rhai");
        if source.len() > limits.text {
            let message = format!("a script can have {} bytes", limits.text);
            return Err(Box::new(ScriptProblem::new(Kind::ScriptLimit, &file, message)));
        }
        let manifest = header::read(id, &file, source)?;
        let program = watchman::on_a_large_stack(&limits, &AtomicBool::new(false), |signal| {
            parsed(&file, source, &limits, OptimizationLevel::Simple, signal)
        })
        .unwrap_or_else(|| Err(crashed(&file)))?;
        Ok(Self { manifest, file, source: source.to_owned(), program, limits })
    }

    /// What the script says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The text of the script, to render its problems with.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What can be seen to be wrong without running any of it, in the order of its lines; with the
    /// names of the study it belongs to, what it names there too.
    #[must_use]
    pub fn problems(&self, names: Option<&Names>) -> Vec<ScriptProblem> {
        watchman::on_a_large_stack(&self.limits, &AtomicBool::new(false), |signal| {
            // As it is written: an optimised program has lost what can never run.
            let level = OptimizationLevel::None;
            let program = parsed(&self.file, &self.source, &self.limits, level, signal);
            match program {
                Ok(program) => check::problems(self, &program, names),
                Err(problem) => vec![problem],
            }
        })
        .unwrap_or_else(|| vec![crashed(&self.file)])
    }

    /// What the script finds in a reading with these parameters, none of them absent. The same
    /// reading, parameters and seed give the same findings.
    ///
    /// It stops early once `cancel` is true.
    ///
    /// # Errors
    /// What stopped the script, with line and column.
    pub fn findings(
        &self,
        reading: &Reading<'static>,
        parameters: &Map<String, Json>,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Result<Outcome, Box<ScriptProblem>> {
        Ok(self.evaluate(reading, parameters, seed, cancel)?)
    }

    /// The same as an outcome, a script that stopped being one that failed.
    #[must_use]
    pub fn run(
        &self,
        reading: &Reading<'static>,
        parameters: &Map<String, Json>,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Outcome {
        self.findings(reading, parameters, seed, cancel)
            .unwrap_or_else(|problem| Outcome::Failed(problem.to_string()))
    }

    /// What a script gave, as findings.
    fn outcome(&self, result: Dynamic) -> Result<Outcome, ScriptProblem> {
        let stopped =
            |message: String| ScriptProblem::new(Kind::ScriptStopped, &self.file, message);
        if let Some(Number::NotAvailable { reason }) = result.clone().try_cast::<Number>() {
            return Ok(Outcome::NotAvailable(reason));
        }
        let drafts = match result.clone().try_cast::<Draft>() {
            Some(only) => vec![Dynamic::from(only)],
            None => result.try_cast::<Array>().ok_or_else(|| {
                let help = "the last line of a script is a finding or a list of findings";
                stopped("the script ends without findings".to_owned()).help(Some(help.to_owned()))
            })?,
        };
        let mut findings: Vec<Finding> = Vec::new();
        let mut subjects = BTreeSet::new();
        for draft in drafts {
            let kind = draft.type_name();
            let draft = draft
                .try_cast::<Draft>()
                .ok_or_else(|| stopped(format!("a {kind} among the findings is no finding")))?;
            let finding = draft.finish(&self.manifest).map_err(|(message, at)| {
                stopped(message).at(at.line().unwrap_or(0), at.position().unwrap_or(0))
            })?;
            if !subjects.insert(finding.about.clone()) {
                return Err(stopped(format!("two findings are about `{}`", finding.about)));
            }
            findings.push(finding);
        }
        Ok(Outcome::Found(findings))
    }

    /// Runs the script, and looks at what it gave where there is stack enough for deep lists.
    fn evaluate(
        &self,
        reading: &Reading<'static>,
        parameters: &Map<String, Json>,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Result<Outcome, ScriptProblem> {
        let script = fault::Script { file: &self.file, source: &self.source, limits: &self.limits };
        let parameters = rhai::serde::to_dynamic(parameters).map_err(|e| script.run_problem(&e))?;
        watchman::on_a_large_stack(&self.limits, cancel, |signal| {
            let mut engine = sandbox::engine(&self.limits, words::module(), Arc::clone(&signal));
            let seen = Dynamic::from(Seen::new(reading, signal));
            let running = Running { manifest: Arc::new(self.manifest.clone()), seed };
            engine.set_default_tag(Dynamic::from(running));
            sandbox::give_functions(&mut engine, seen.clone(), parameters.clone());
            let mut scope = Scope::new();
            scope.push_constant("reading", seen).push_constant("parameters", parameters);
            let result = engine.eval_ast_with_scope::<Dynamic>(&mut scope, &self.program);
            self.outcome(result.map_err(|error| script.run_problem(&error))?)
        })
        .unwrap_or_else(|| Err(crashed(&self.file)))
    }
}

/// The program of a script.
fn parsed(
    file: &str,
    source: &str,
    limits: &Limits,
    level: OptimizationLevel,
    signal: Arc<Signal>,
) -> Result<AST, ScriptProblem> {
    let mut engine = sandbox::engine(limits, words::module(), signal);
    engine.set_optimization_level(level);
    // The two names are known while parsing and have no value yet: a value would be worked into
    // the program.
    let mut scope = Scope::new();
    scope.push("reading", ()).push("parameters", ());
    let script = fault::Script { file, source, limits };
    engine.compile_with_scope(&scope, source).map_err(|error| script.parse_problem(&error))
}

fn crashed(file: &str) -> ScriptProblem {
    ScriptProblem::new(Kind::ScriptStopped, file, "the script engine failed on this script")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::Parameters;

    #[test]
    fn a_script_that_is_cancelled_stops() {
        let header = "//! Does it stop? It should.\n//! ---\n//! version: 1.0.0\n//! title: T\n\
            //! templates: {}\n";
        let script = ScriptAnalysis::load("endless", &format!("{header}loop {{ }}\n[]"));
        let script = script.unwrap_or_else(|problem| panic!("{problem}"));
        let outcome = script.run(&Reading::default(), &Map::new(), 0, &AtomicBool::new(true));
        let Outcome::Failed(text) = outcome else { panic!("{outcome:?}") };
        assert!(text.contains("cancelled"), "{text}");
    }

    #[test]
    fn every_standard_script_loads_and_takes_an_empty_reading() {
        for (id, source) in STANDARD_SCRIPTS {
            let script = ScriptAnalysis::load(id, source)
                .unwrap_or_else(|problem| panic!("{}", problem.render(source)));
            let parameters = Parameters::of(&script.manifest().parameters).expect("is a schema");
            let parameters = parameters.with_defaults(&Map::new()).expect("allows its defaults");
            let never = AtomicBool::new(false);
            let outcome = script.findings(&Reading::default(), &parameters, 0, &never);
            let outcome = outcome.unwrap_or_else(|problem| panic!("{}", problem.render(source)));
            assert!(matches!(outcome, Outcome::NotAvailable(_)), "{id}");
        }
    }
}
