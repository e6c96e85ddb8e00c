//! What can a script not do, however it is written?
//!
//! No files, no clock, no network, no chance, no other scripts; bounded steps, memory and time.
//! Every limit stands in [`Limits::STANDARD`] and is the same in debug and release builds.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rhai::packages::{Package, StandardPackage};
use rhai::{Dynamic, Engine, EvalAltResult, FuncRegistration, Module, Shared, Token};

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
        // Operations end a runaway script, at the same place every time; the clock is for a machine
        // so busy that even these would take for ever.
        time: Duration::from_secs(300),
        memory: 2 * 1024 * 1024 * 1024,
        stack: 64 * 1024 * 1024,
    };
}

/// The steps between two looks at the clock and at the memory.
const STEPS_PER_LOOK: u64 = 4096;

/// Functions of the language that scripts are refused, with the reason.
const REFUSED: [(&str, &str); 2] =
    [("sleep", "a script cannot wait"), ("timestamp", "a script cannot see the clock")];

/// Lets scripts say `case`: the language keeps the word for itself and has no use for it.
#[expect(deprecated, reason = "rhai marks what may change; its version is exact")]
fn give_case_back(engine: &mut Engine) {
    engine.on_parse_token(|token, _, _| match token {
        Token::Reserved(word) if word.as_str() == "case" => Token::Identifier(word),
        token => token,
    });
}

/// An engine with the limits and without a way out; its clock starts now.
pub(crate) fn engine(limits: &Limits, words: Shared<Module>, stop: Arc<AtomicBool>) -> Engine {
    let mut engine = Engine::new_raw();
    standard().register_into_engine(&mut engine);
    engine.register_global_module(words);
    give_case_back(&mut engine);
    for (name, reason) in REFUSED {
        refuse(&mut engine, name, reason);
    }
    engine
        .set_max_operations(limits.operations)
        .set_max_call_levels(limits.call_levels)
        .set_max_expr_depths(limits.expression_depth, limits.function_expression_depth)
        .set_max_string_size(limits.text)
        .set_max_array_size(limits.list)
        .set_max_map_size(limits.map)
        .set_max_variables(limits.variables)
        .set_max_functions(limits.functions)
        // Everything a script can use is there already: no import succeeds.
        .set_max_modules(0)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .disable_symbol("eval")
        // Powers of decimal numbers differ between systems; `power` does not.
        .disable_symbol("**")
        .on_print(|text| tracing::info!(target: "script", "{text}"))
        .on_debug(|text, _, at| tracing::debug!(target: "script", "{text} ({at})"));
    let (end, most) = (now() + limits.time, memory().saturating_add(limits.memory));
    engine.on_progress(move |steps| {
        if !steps.is_multiple_of(STEPS_PER_LOOK) {
            return None;
        }
        let spent = match () {
            () if stop.load(Ordering::Relaxed) => Some(Spent::Patience),
            () if now() > end => Some(Spent::Time),
            () if memory() > most => Some(Spent::Memory),
            () => None,
        };
        spent.map(Dynamic::from)
    });
    engine
}

/// Lets functions of a script see the reading and the parameters, which only its main part has.
#[expect(deprecated, reason = "marked as one that may change; the version of rhai is fixed")]
pub(crate) fn give_functions(engine: &mut Engine, reading: Dynamic, parameters: Dynamic) {
    engine.on_var(move |name, index, context| {
        let value = match name {
            // What has an index is a variable of the script's own.
            _ if index > 0 => return Ok(None),
            "reading" => &reading,
            "parameters" => &parameters,
            _ => return Ok(None),
        };
        Ok((!context.scope().contains(name)).then(|| value.clone()))
    });
}

/// What a script that was stopped had used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spent {
    Time,
    Memory,
    /// Somebody asked it to stop.
    Patience,
}

/// The memory of the program in bytes; 0 where the system does not tell.
fn memory() -> usize {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a script that runs for ever must be stopped; no finding depends on the clock"
)]
fn now() -> Instant {
    Instant::now()
}

/// The standard functions of the language, built once.
fn standard() -> &'static StandardPackage {
    static PACKAGE: OnceLock<StandardPackage> = OnceLock::new();
    PACKAGE.get_or_init(StandardPackage::new)
}

fn refuse(engine: &mut Engine, name: &str, reason: &'static str) {
    let stop =
        move || -> Result<Dynamic, Box<EvalAltResult>> { Err(super::fault::forbidden(reason)) };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop = move |_: Dynamic| -> Result<Dynamic, Box<EvalAltResult>> {
        Err(super::fault::forbidden(reason))
    };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop = move |_: i64| -> Result<Dynamic, Box<EvalAltResult>> {
        Err(super::fault::forbidden(reason))
    };
    FuncRegistration::new(name).register_into_engine(engine, stop);
    let stop = move |_: f64| -> Result<Dynamic, Box<EvalAltResult>> {
        Err(super::fault::forbidden(reason))
    };
    FuncRegistration::new(name).register_into_engine(engine, stop);
}
