//! How does a function of Rust become a word of the language, with its help?

use rhai::{FuncRegistration, Module, RhaiNativeFunc, Shared};

/// One word: a function, or a property of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its name.
    pub(crate) name: &'static str,
    /// How it is written, such as `reading.roles()`.
    pub(crate) usage: &'static str,
    /// What it gives, in a sentence.
    pub(crate) help: &'static str,
}

/// The words and the module in which the engine finds them.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    module: Module,
    words: Vec<Word>,
}

impl Vocabulary {
    /// What messages call values of type `T`.
    pub(crate) fn type_name<T: 'static>(&mut self, name: &str) {
        self.module.set_custom_type::<T>(name);
    }

    /// Adds a function, called as `name(x, …)` or `x.name(…)`.
    pub(crate) fn function<A: 'static, const N: usize, const X: bool, R, const F: bool, FUNC>(
        &mut self,
        name: &'static str,
        usage: &'static str,
        help: &'static str,
        function: FUNC,
    ) where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    {
        self.add(name, usage, help);
        let word = FuncRegistration::new(name).in_global_namespace();
        word.set_into_module(&mut self.module, function);
    }

    /// Adds the same function for other types, without a line of its own in the reference.
    pub(crate) fn also<A: 'static, const N: usize, const X: bool, R, const F: bool, FUNC>(
        &mut self,
        name: &'static str,
        function: FUNC,
    ) where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    {
        let word = FuncRegistration::new(name).in_global_namespace();
        word.set_into_module(&mut self.module, function);
    }

    /// Adds a property, read as `x.name`.
    pub(crate) fn property<A: 'static, const X: bool, R, const F: bool, FUNC>(
        &mut self,
        name: &'static str,
        usage: &'static str,
        help: &'static str,
        function: FUNC,
    ) where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, 1, X, R, F> + Send + Sync + 'static,
    {
        self.add(name, usage, help);
        FuncRegistration::new_getter(name).set_into_module(&mut self.module, function);
    }

    /// The words in the order in which they were added.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The words as the engine takes them.
    pub(crate) fn module(&self) -> Shared<Module> {
        self.module.clone().into()
    }

    fn add(&mut self, name: &'static str, usage: &'static str, help: &'static str) {
        self.words.push(Word { name, usage, help });
    }
}
