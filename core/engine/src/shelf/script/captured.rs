//! How deep can functions hold each other?
//!
//! A function without a name holds the variables that it uses, and these can hold functions in
//! turn. Nothing in the language counts that: a chain of them grows by one in each round of a loop,
//! and a very long one cannot even be let go of without running out of stack.

use rhai::{Array, Dynamic, EvalAltResult, FnPtr, Map};

use super::fault;

/// How many functions can hold each other in a row.
const DEEPEST: usize = 32;
/// How many values are looked at.
const MOST: usize = 200_000;

/// Looks at a variable before it is used. Only what a function holds is looked into.
///
/// # Errors
/// When functions hold each other too deep, or in a circle.
pub(super) fn nests_within_bounds(name: &str, value: &Dynamic) -> Result<(), Box<EvalAltResult>> {
    if !value.is_shared() {
        return Ok(());
    }
    let mut left = MOST;
    match fits(value, DEEPEST, &mut left) {
        true => Ok(()),
        false => {
            let message = format!("functions that use `{name}` hold each other too deep");
            Err(fault::beyond_limit(message))
        }
    }
}

/// Whether no more than `deeper` functions hold each other in a value.
fn fits(value: &Dynamic, deeper: usize, left: &mut usize) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    if value.is_shared() {
        // What is being changed just now cannot be looked at; the language stops there by itself.
        return value.read_lock::<Dynamic>().is_none_or(|held| fits(&held, deeper, left));
    }
    if let Some(list) = value.read_lock::<Array>() {
        return list.iter().all(|value| fits(value, deeper, left));
    }
    if let Some(map) = value.read_lock::<Map>() {
        return map.values().all(|value| fits(value, deeper, left));
    }
    match value.read_lock::<FnPtr>() {
        Some(function) if function.is_curried() => {
            deeper > 0 && function.iter_curry().all(|value| fits(value, deeper - 1, left))
        }
        _ => true,
    }
}
