//! What happens when a script that runs comes to an `import`?

use std::collections::BTreeMap;
use std::sync::Mutex;

use rhai::{Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared};

use super::fault::Complaint;
use super::library::{Library, circle};

/// Gives a script the files of its library: each is run once, however often it is imported.
pub(super) struct Importer {
    library: Library,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The files that are being run, each imported by the one before.
    open: Vec<String>,
    done: BTreeMap<String, Shared<Module>>,
}

impl Importer {
    /// An importer for one run.
    pub(super) fn new(library: Library) -> Self {
        Self { library, state: Mutex::default() }
    }

    /// The module when it is there already, and else the right to run it.
    fn begin(&self, name: &str) -> Result<Option<Shared<Module>>, Complaint> {
        // A poisoned lock belongs to a run that has failed anyway.
        let mut state = self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(module) = state.done.get(name) {
            return Ok(Some(Shared::clone(module)));
        }
        if let Some(at) = state.open.iter().position(|open| open == name) {
            let around = state.open[at..].iter().cloned().chain([name.to_owned()]);
            return Err(circle(&around.collect::<Vec<_>>()));
        }
        state.open.push(name.to_owned());
        Ok(None)
    }

    fn end(&self, name: &str, module: Option<&Shared<Module>>) {
        let mut state = self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        state.open.pop();
        if let Some(module) = module {
            state.done.insert(name.to_owned(), Shared::clone(module));
        }
    }
}

impl ModuleResolver for Importer {
    fn resolve(
        &self,
        engine: &Engine,
        _from: Option<&str>,
        name: &str,
        at: Position,
    ) -> Result<Shared<Module>, Box<EvalAltResult>> {
        let program = self.library.find(name).map_err(|refused| refused.stop(at))?;
        if let Some(module) = self.begin(name).map_err(|refused| refused.stop(at))? {
            return Ok(module);
        }
        let run = Module::eval_ast_as_new(Scope::new(), program, engine).map(Shared::new);
        self.end(name, run.as_ref().ok());
        run.map_err(|mut error| match error.is_system_exception() {
            true => {
                error.set_position(at);
                error
            }
            false => Box::new(EvalAltResult::ErrorInModule(name.to_owned(), error, at)),
        })
    }
}

/// Takes down what a script imports while it is read; nothing of it is run.
#[derive(Clone, Default)]
pub(super) struct Noted(Shared<Mutex<Vec<String>>>);

impl Noted {
    /// The names, each once and in their order.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }
}

impl ModuleResolver for Noted {
    fn resolve(
        &self,
        _engine: &Engine,
        _from: Option<&str>,
        name: &str,
        _at: Position,
    ) -> Result<Shared<Module>, Box<EvalAltResult>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(name.to_owned());
        Ok(Module::new().into())
    }
}
