//! How does a function of Rust become a word of the language, with its help and an example?

use std::any::TypeId;

use rhai::{
    Dynamic, EvalAltResult, FuncRegistration, INT, ImmutableString, Module, RhaiNativeFunc, Shared,
};

use crate::shelf::script::fault::stop;

/// One word: a function, a property of a type, or an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its name.
    pub name: &'static str,
    /// How it is written, such as `reading.roles()`.
    pub usage: &'static str,
    /// What it gives, in a sentence.
    pub help: &'static str,
    /// An expression about the study in `studies/logbook`, and behind `  // ` what it gives there.
    pub example: &'static str,
}

/// The words and the module in which the engine finds them.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    module: Module,
    words: Vec<Word>,
    /// What the engine calls the types, and what messages do.
    types: Vec<(&'static str, &'static str)>,
}

impl Vocabulary {
    /// What messages call values of type `T`.
    pub(crate) fn type_name<T: 'static>(&mut self, name: &'static str) {
        self.module.set_custom_type::<T>(name);
        self.types.push((std::any::type_name::<T>(), name));
    }

    /// A text with what messages call types in place of what the engine calls them.
    pub(crate) fn in_plain_names(&self, text: String) -> String {
        if !text.contains("::") {
            return text;
        }
        // A name can stand within another.
        let mut types = self.types.clone();
        types.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
        let paths = ["rhai::packages::iter_basic::", "core::ops::range::"].map(|path| (path, ""));
        types.iter().chain(&paths).fold(text, |text, (path, name)| text.replace(path, name))
    }

    /// How `print` shows values of type `T`, and lists and maps that have them.
    pub(crate) fn shown<T: Clone + Send + Sync + 'static>(
        &mut self,
        show: impl Fn(&T) -> String + Copy + Send + Sync + 'static,
    ) {
        self.also("to_string", move |value: &mut T| show(value));
        self.also("to_debug", move |value: &mut T| show(value));
    }

    /// `for` walks through values of type `T`.
    pub(crate) fn iterable<T>(&mut self)
    where
        T: IntoIterator<Item = Dynamic> + Clone + Send + Sync + 'static,
    {
        let walk = |rows: Dynamic| -> Box<dyn Iterator<Item = Dynamic>> {
            Box::new(rows.cast::<T>().into_iter())
        };
        self.module.set_iter(TypeId::of::<T>(), walk);
    }

    /// Adds a function, called as `name(x, …)` or `x.name(…)`.
    pub(crate) fn function<A: 'static, const N: usize, const X: bool, R, const F: bool, FUNC>(
        &mut self,
        name: &'static str,
        usage: &'static str,
        help: &'static str,
        example: &'static str,
        function: FUNC,
    ) where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    {
        self.describe(name, usage, help, example);
        self.also(name, function);
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
        example: &'static str,
        function: FUNC,
    ) where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, 1, X, R, F> + Send + Sync + 'static,
    {
        self.describe(name, usage, help, example);
        self.column(name, function);
    }

    /// Adds a property that the reference lists among the columns of tables.
    pub(crate) fn column<A: 'static, const X: bool, R, const F: bool, FUNC>(
        &mut self,
        name: &'static str,
        function: FUNC,
    ) where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, 1, X, R, F> + Send + Sync + 'static,
    {
        FuncRegistration::new_getter(name).set_into_module(&mut self.module, function);
    }

    /// Says to whoever writes `x.len()` or `x[0]`, as for a list, how it is done with a `T`.
    pub(crate) fn counted<T: Clone + Send + Sync + 'static>(&mut self) {
        self.also("len", |_: &mut T| -> Result<Dynamic, Box<EvalAltResult>> {
            Err(stop("`len` is for lists, maps and texts", Some("write `count()`".to_owned())))
        });
        self.module.set_indexer_get_fn(|_: &mut T, place: INT| -> Result<Dynamic, _> {
            let help = format!("write `list()[{place}]`");
            Err(stop("only a list has places", Some(help)))
        });
    }

    /// What a property gives that no table has in every study; also written `x["name"]`.
    pub(crate) fn index<T: Clone + Send + Sync + 'static>(
        &mut self,
        function: impl Fn(&mut T, &str) -> Result<Dynamic, Box<EvalAltResult>> + Send + Sync + 'static,
    ) {
        let get = move |thing: &mut T, name: ImmutableString| function(thing, name.as_str());
        self.module.set_indexer_get_fn(get);
    }

    /// Adds a line to the reference for what is registered otherwise.
    pub(crate) fn describe(
        &mut self,
        name: &'static str,
        usage: &'static str,
        help: &'static str,
        example: &'static str,
    ) {
        self.words.push(Word { name, usage, help, example });
    }

    /// The words in the order in which they were added.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The words as the engine takes them.
    pub(crate) fn module(&self) -> Shared<Module> {
        self.module.clone().into()
    }
}
