//! How does a text that a researcher wrote become an analysis that can harm nothing?

pub(crate) mod fault;
mod header;
mod parameter;
mod problem;
mod sandbox;

use parallax_model::{Kind, Manifest};
use rhai::{AST, Dynamic, Scope};
use serde_json::{Map, Value as Json};

pub use problem::ScriptProblem;
pub use sandbox::Limits;

use crate::shelf::words;

/// A scripted analysis: parsed, with its header read, ready to run on any number of readings.
#[derive(Clone, Debug)]
pub struct ScriptAnalysis {
    manifest: Manifest,
    file: String,
    source: String,
    program: AST,
    limits: Limits,
}

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
        let script = fault::Script { file: &file, source, limits: &limits };
        let program = on_a_large_stack(&limits, || {
            let engine = sandbox::engine(&limits, words::module());
            // The two names are known while parsing and have no value yet: a value would be
            // worked into the program.
            let mut scope = Scope::new();
            scope.push("reading", ()).push("parameters", ());
            engine.compile_with_scope(&scope, source).map_err(|e| script.parse_problem(&e))
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

    /// What the script gives for a reading, before it is looked at.
    fn evaluate(
        &self,
        reading: Dynamic,
        parameters: &Map<String, Json>,
    ) -> Result<Dynamic, ScriptProblem> {
        let script =
            fault::Script { file: &self.file, source: &self.source, limits: &self.limits };
        let parameters = parameter::with_defaults(&self.manifest.parameters, parameters);
        let parameters = rhai::serde::to_dynamic(parameters).map_err(|e| script.run_problem(&e))?;
        on_a_large_stack(&self.limits, || {
            let engine = sandbox::engine(&self.limits, words::module());
            let mut scope = Scope::new();
            scope.push_constant("reading", reading).push_constant("parameters", parameters);
            engine
                .eval_ast_with_scope::<Dynamic>(&mut scope, &self.program)
                .map_err(|error| script.run_problem(&error))
        })
        .unwrap_or_else(|| Err(crashed(&self.file)))
    }
}

fn crashed(file: &str) -> ScriptProblem {
    ScriptProblem::new(Kind::ScriptStopped, file, "the script engine failed on this script")
}

/// Runs `work` with enough stack for the deepest script; `None` when it panicked.
fn on_a_large_stack<T: Send>(limits: &Limits, work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(limits.stack);
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}
