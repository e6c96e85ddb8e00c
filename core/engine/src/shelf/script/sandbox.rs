//! What can a script not do, however it is written?
//!
//! No files, no clock, no network, no chance, no scripts but shared ones; bounded steps, memory and time.
//! Every limit stands in [`Limits::STANDARD`] and is the same in debug and release builds.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rhai::packages::{Package, StandardPackage};
use rhai::{
    Dynamic, Engine, EvalAltResult, FuncRegistration, Module, OptimizationLevel, Shared, Token,
};

use super::captured::Captured;
use super::watchman::Signal;
use super::{bounded, fault};

/// How far a script can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps of the script; a loop of one addition takes about five for each round.
    pub operations: u64,
    /// How deep functions of the script can call each other.
    pub call_levels: usize,
    /// How deep an expression can nest outside a function.
    pub expression_depth: usize,
    /// How deep an expression can nest inside a function.
    pub function_expression_depth: usize,
    /// Bytes of a text, of all texts in a list or map together, and of the script itself.
    pub text: usize,
    /// Values in a list, inner lists included.
    pub list: usize,
    /// Values in a map, inner maps included.
    pub map: usize,
    /// Variables at one time.
    pub variables: usize,
    /// Functions of one script.
    pub functions: usize,
    /// Imports of one run, each time counted that an `import` is come to.
    pub modules: usize,
    /// Texts of at most a few letters that are kept once, however often they occur.
    pub interned: usize,
    /// Time by the clock on the wall.
    pub time: Duration,
    /// Bytes by which the memory of the program may grow while the script runs. A net for what the
    /// other limits let through: `map[key] = value` is counted by none of them.
    pub memory: usize,
    /// Bytes of stack; enough for the deepest calls with the deepest expressions.
    pub stack: usize,
}

impl Limits {
    /// The limits of every script.
    pub const STANDARD: Self = Self {
        operations: 200_000_000,
        call_levels: 64,
        expression_depth: 64,
        function_expression_depth: 32,
        text: 256 * 1024,
        list: 100_000,
        map: 100_000,
        variables: 10_000,
        functions: 1_000,
        modules: 100,
        interned: 256,
        // Operations end a runaway script, at the same place every time; the clock is for loops of
        // words that go over every statement, and for lists that grow value by value.
        time: Duration::from_secs(300),
        memory: 2 * 1024 * 1024 * 1024,
        // Also for lists within lists, of which the language lets go one inside the other.
        stack: 256 * 1024 * 1024,
    };
}

/// Functions of the language that scripts are refused, with the reason.
pub(super) const REFUSED: [(&str, &str); 3] = [
    ("sleep", "a script cannot wait"),
    ("timestamp", "a script cannot see the clock"),
    // It lists them in an order that nobody promises.
    ("get_fn_metadata_list", "a script cannot list functions"),
];

/// Words that the language keeps for itself without a use for them. Studies have cases, and what
/// two parties share is what many scripts ask.
const GIVEN_BACK: [&str; 5] = ["case", "shared", "with", "use", "new"];

/// Lets scripts say these words.
#[expect(deprecated, reason = "rhai marks what may change; its version is exact")]
fn give_words_back(engine: &mut Engine) {
    engine.on_parse_token(|token, _, _| match token {
        Token::Reserved(word) if GIVEN_BACK.contains(&word.as_str()) => Token::Identifier(word),
        token => token,
    });
}

/// An engine with the limits and without a way out, which stops when the signal says so.
pub(crate) fn engine(limits: &Limits, words: Shared<Module>, signal: Arc<Signal>) -> Engine {
    let mut engine = Engine::new_raw();
    standard().register_into_engine(&mut engine);
    engine.register_global_module(words);
    give_words_back(&mut engine);
    for (name, reason) in REFUSED {
        refuse(&mut engine, name, reason);
    }
    for sign in ["<", "<=", ">", ">="] {
        refuse_to_compare(&mut engine, sign);
    }
    read_json(&mut engine);
    bounded::give(&mut engine, limits);
    engine
        .set_max_operations(limits.operations)
        .set_max_call_levels(limits.call_levels)
        .set_max_expr_depths(limits.expression_depth, limits.function_expression_depth)
        .set_max_string_size(limits.text)
        .set_max_array_size(limits.list)
        .set_max_map_size(limits.map)
        .set_max_variables(limits.variables)
        .set_max_functions(limits.functions)
        .set_max_modules(limits.modules)
        .set_max_strings_interned(limits.interned)
        // Words may be called at each step only: what a script gives is never worked out before.
        .set_optimization_level(OptimizationLevel::Simple)
        .set_fast_operators(true)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .disable_symbol("eval")
        // A function that is handed itself as a value doubles with each time, in one step.
        .disable_symbol("curry")
        // Powers of decimal numbers differ between systems; `power` does not.
        .disable_symbol("**")
        .on_print(|_| ())
        .on_debug(|_, _, _| ());
    engine.on_progress(move |_| signal.spent().map(Dynamic::from));
    engine
}

/// What a script prints goes to the log, each line with the script's id before it.
pub(crate) fn let_print(engine: &mut Engine, id: &str) {
    let (printing, debugging) = (id.to_owned(), id.to_owned());
    engine.on_print(move |text| {
        for line in text.split('\n') {
            tracing::info!(target: "script", "{printing}: {line}");
        }
    });
    engine.on_debug(move |text, _, at| {
        tracing::debug!(target: "script", "{debugging}: {text} ({at})");
    });
}

/// Lets functions of a script see the reading and the parameters, which only its main part has.
pub(crate) fn give_functions(engine: &mut Engine, reading: Dynamic, parameters: Dynamic) {
    give(engine, reading, Some(parameters));
}

/// Lets functions see the reading, where nobody can choose parameters.
pub(crate) fn give_reading(engine: &mut Engine, reading: Dynamic) {
    give(engine, reading, None);
}

#[expect(deprecated, reason = "marked as one that may change; the version of rhai is fixed")]
fn give(engine: &mut Engine, reading: Dynamic, parameters: Option<Dynamic>) {
    let captured = Captured::default();
    engine.on_var(move |name, index, context| {
        if let Some(own) = context.scope().get(name) {
            captured.fits(name, own)?;
        }
        let value = match name {
            // What has an index is a variable of the script's own.
            _ if index > 0 => return Ok(None),
            "reading" => &reading,
            "parameters" => parameters.as_ref().ok_or_else(no_parameters)?,
            _ => return Ok(None),
        };
        Ok((!context.scope().contains(name)).then(|| value.clone()))
    });
}

/// Stops a claim that asks for a parameter.
fn no_parameters() -> Box<EvalAltResult> {
    let help = "write the value itself".to_owned();
    fault::stop("a claim has no parameters", Some(help))
}

/// The standard functions of the language, built once.
fn standard() -> &'static StandardPackage {
    static PACKAGE: OnceLock<StandardPackage> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        steady_names();
        StandardPackage::new()
    })
}

/// Lets the language call functions without a name the same in each run; a text can show what they
/// are called. It has to be said before anything is registered.
pub(crate) fn steady_names() {
    // Said twice, it stays as it was.
    let _said_before = rhai::config::hashing::set_hashing_seed(Some([3, 1, 4, 1]));
}

fn refuse(engine: &mut Engine, name: &str, reason: &'static str) {
    let stop = move || -> Result<Dynamic, Box<EvalAltResult>> { Err(fault::forbidden(reason)) };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop =
        move |_: Dynamic| -> Result<Dynamic, Box<EvalAltResult>> { Err(fault::forbidden(reason)) };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop =
        move |_: i64| -> Result<Dynamic, Box<EvalAltResult>> { Err(fault::forbidden(reason)) };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop =
        move |_: f64| -> Result<Dynamic, Box<EvalAltResult>> { Err(fault::forbidden(reason)) };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop =
        move |_: &str| -> Result<Dynamic, Box<EvalAltResult>> { Err(fault::forbidden(reason)) };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop = move |_: &str, _: i64| -> Result<Dynamic, Box<EvalAltResult>> {
        Err(fault::forbidden(reason))
    };
    FuncRegistration::new(name).register_into_engine(engine, stop);
}

/// Says of a text that cannot be read as data that it cannot: the language would tell where in that
/// text, as if it were a place of the script.
fn read_json(engine: &mut Engine) {
    let read = |text: &str| -> Result<Dynamic, Box<EvalAltResult>> {
        serde_json::from_str(text).map_err(|_| {
            let help = "a text such as {\"roles\": 3} can be read, with names in quotation marks";
            fault::stop("`parse_json` cannot read this text", Some(help.to_owned()))
        })
    };
    FuncRegistration::new("parse_json").register_into_engine(engine, read);
}

/// Stops a script that asks which of two things is larger that have no such order; the language
/// would say that none is. Numbers and texts never come here.
fn refuse_to_compare(engine: &mut Engine, sign: &'static str) {
    let stop = move |one: Dynamic, other: Dynamic| -> Result<Dynamic, Box<EvalAltResult>> {
        let [one, other] = [one, other].map(|value| fault::type_name(value.type_name()));
        let help = "compare numbers, such as what `count()` gives".to_owned();
        Err(fault::stop(format!("`{sign}` does not compare {one} with {other}"), Some(help)))
    };
    FuncRegistration::new(sign).register_into_engine(engine, stop);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Limits that the engine has by itself differ between builds: each must be set.
    #[test]
    fn every_limit_is_set_and_none_is_left_to_the_build() {
        let limits = Limits {
            operations: 1_001,
            call_levels: 102,
            expression_depth: 103,
            function_expression_depth: 104,
            text: 1_005,
            list: 1_006,
            map: 1_007,
            variables: 1_008,
            functions: 1_009,
            modules: 111,
            interned: 110,
            ..Limits::STANDARD
        };
        let engine = engine(&limits, Module::new().into(), Arc::default());
        let set = [
            usize::try_from(engine.max_operations()).unwrap_or(0),
            engine.max_call_levels(),
            engine.max_expr_depth(),
            engine.max_function_expr_depth(),
            engine.max_string_size(),
            engine.max_array_size(),
            engine.max_map_size(),
            engine.max_variables(),
            engine.max_functions(),
            engine.max_strings_interned(),
            engine.max_modules(),
        ];
        assert_eq!(set, [1_001, 102, 103, 104, 1_005, 1_006, 1_007, 1_008, 1_009, 110, 111]);
        assert_eq!(engine.optimization_level(), OptimizationLevel::Simple);
        assert!(engine.strict_variables() && engine.fail_on_invalid_map_property());
    }
}
