//! How does a text that a researcher wrote become an analysis that can harm nothing?

mod bounded;
mod captured;
mod chain;
mod check;
mod declared;
mod expression;
pub(crate) mod fault;
mod header;
mod import;
mod library;
mod misuse;
mod nested;
mod outcome;
mod parameter;
mod problem;
mod program;
mod running;
mod sandbox;
mod syntax;
mod watchman;
mod wording;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use parallax_model::{Manifest, Outcome, Reading};
use rhai::{AST, Dynamic, Scope};
use serde_json::{Map, Value as Json};

pub use check::Names;
pub use expression::{Answer, Expression};
pub use library::Library;
pub use problem::{Call, Called, ScriptProblem, did_you_mean};
pub(crate) use running::{Reported, Running};
pub use sandbox::Limits;
pub(crate) use sandbox::steady_names;
pub(crate) use watchman::Signal;

use import::Importer;
use program::Program;

use crate::shelf::words::{self, Seen};

/// A scripted analysis: parsed, with its header read, ready to run on any number of readings.
#[derive(Clone, Debug)]
pub struct ScriptAnalysis {
    manifest: Arc<Manifest>,
    file: String,
    source: String,
    steps: AST,
    library: Library,
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
        Self::load_within(Limits::STANDARD, Library::standard(), id, source)
    }

    /// The same under limits of one's own, with the files that it can import.
    ///
    /// # Errors
    /// What is wrong with its header, its language or its imports, with line and column.
    pub fn load_within(
        limits: Limits,
        library: &Library,
        id: &str,
        source: &str,
    ) -> Result<Self, Box<ScriptProblem>> {
        let file = format!("scripts/{id}.rhai");
        let program = program::read(&limits, &file, source);
        // What is wrong with the header stands above what is wrong below it.
        let manifest = header::read(id, &file, source)?;
        let Program { steps, imports } = program?;
        library.check(&file, source, &imports)?;
        let (manifest, source) = (Arc::new(manifest), source.to_owned());
        let library = library.clone();
        Ok(Self { manifest, file, source, steps, library, limits })
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

    /// Every text that can run with it, by file: its own, and those that it imports.
    pub(crate) fn texts(&self) -> Vec<(&str, &str)> {
        let mut texts = vec![(self.file.as_str(), self.source.as_str())];
        texts.extend(self.library.imported(&self.source));
        texts
    }

    /// What can be seen to be wrong without running any of it, in the order of its lines; with the
    /// names of the study it belongs to, what it names there too.
    #[must_use]
    pub fn problems(&self, names: Option<&Names>) -> Vec<ScriptProblem> {
        program::as_written(&self.limits, &self.file, &self.source, |steps| {
            check::problems(self, steps, names)
        })
        .unwrap_or_else(|problem| vec![problem])
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

    /// Runs the script, and looks at what it gave where there is stack enough for deep lists.
    fn evaluate(
        &self,
        reading: &Reading<'static>,
        parameters: &Map<String, Json>,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Result<Outcome, ScriptProblem> {
        let script = fault::Script {
            file: &self.file,
            text: &self.source,
            limits: &self.limits,
            library: Some(&self.library),
        };
        let parameters = rhai::serde::to_dynamic(parameters).map_err(|e| script.run_problem(&e))?;
        watchman::on_a_large_stack(&self.limits, cancel, |signal| {
            let mut engine = sandbox::engine(&self.limits, words::module(), Arc::clone(&signal));
            let seen = Dynamic::from(Seen::new(reading, signal));
            let running = Running { manifest: Arc::clone(&self.manifest), seed, reported: None };
            engine.set_default_tag(Dynamic::from(running));
            sandbox::let_print(&mut engine, &self.manifest.id);
            sandbox::give_functions(&mut engine, seen.clone(), parameters.clone());
            engine.set_module_resolver(Importer::new(self.library.clone()));
            let mut scope = Scope::new();
            scope.push_constant("reading", seen).push_constant("parameters", parameters);
            let result = engine.eval_ast_with_scope::<Dynamic>(&mut scope, &self.steps);
            outcome::of(self, result.map_err(|error| script.run_problem(&error))?)
        })
        .unwrap_or_else(|| Err(program::crashed(&self.file)))
    }
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
