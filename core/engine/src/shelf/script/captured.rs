//! How deep can functions hold each other?
//!
//! A function without a name holds the variables that it uses, and these can hold functions in
//! turn. Nothing in the language counts that: a chain of them grows by one in each round of a loop,
//! and a very long one cannot even be let go of without running out of stack.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rhai::{Dynamic, EvalAltResult, FnPtr};

use super::fault;

/// How many functions can hold each other in a row.
const DEEPEST: usize = 32;
/// How many values are looked at.
const MOST: usize = 200_000;
/// A variable that holds this many values is looked at once more after so many uses of it.
const VALUES_A_USE: usize = 32;
/// The most uses of a variable that go unseen. A chain of functions grows by one with two of them.
const UNSEEN: usize = 64;

/// Looks at the variables of one run before they are used.
#[derive(Debug, Default)]
pub(super) struct Captured {
    /// How many uses of a variable that holds much are not looked at, by its name.
    unseen: Mutex<BTreeMap<String, usize>>,
}

impl Captured {
    /// Looks at a variable that is about to be used. Only what a function holds is looked into.
    ///
    /// # Errors
    /// When functions hold each other too deep, or in a circle.
    pub(super) fn fits(&self, name: &str, value: &Dynamic) -> Result<(), Box<EvalAltResult>> {
        if !value.is_shared() {
            return Ok(());
        }
        let mut unseen = self.unseen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = unseen.get_mut(name).filter(|left| **left > 0) {
            *left -= 1;
            return Ok(());
        }
        let mut left = MOST;
        if !fits(value, DEEPEST, &mut left) {
            let message = format!("functions that use `{name}` hold each other too deep");
            return Err(fault::beyond_limit(message));
        }
        let uses = (MOST - left) / VALUES_A_USE;
        if uses > 0 {
            unseen.insert(name.to_owned(), uses.min(UNSEEN));
        }
        Ok(())
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
    if let Ok(list) = value.as_array_ref() {
        return list.iter().all(|value| fits(value, deeper, left));
    }
    if let Ok(map) = value.as_map_ref() {
        return map.values().all(|value| fits(value, deeper, left));
    }
    match value.read_lock::<FnPtr>() {
        Some(function) if function.is_curried() => {
            deeper > 0 && function.iter_curry().all(|value| fits(value, deeper - 1, left))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many functions, each of which holds the one before.
    fn chain(functions: usize) -> Dynamic {
        (0..functions).fold(Dynamic::UNIT, |held, _| {
            let mut function = FnPtr::new("f").expect("is a name");
            function.add_curry(held.into_shared());
            Dynamic::from(function)
        })
    }

    #[test]
    fn a_chain_is_followed_to_its_bound() {
        let captured = Captured::default();
        assert!(captured.fits("short", &chain(DEEPEST).into_shared()).is_ok());
        assert!(captured.fits("long", &chain(DEEPEST + 1).into_shared()).is_err());
        let hidden = Dynamic::from(vec![Dynamic::ONE, chain(DEEPEST + 1)]).into_shared();
        assert!(captured.fits("list", &hidden).is_err());
        assert!(captured.fits("own", &chain(DEEPEST + 1)).is_ok(), "no function holds it");
    }

    #[test]
    fn what_holds_much_is_looked_at_again_after_some_uses() {
        let captured = Captured::default();
        let much = Dynamic::from(vec![Dynamic::ONE; VALUES_A_USE * UNSEEN * 2]).into_shared();
        assert!(captured.fits("held", &much).is_ok());
        let long = chain(DEEPEST + 1).into_shared();
        assert_eq!((0..=UNSEEN).position(|_| captured.fits("held", &long).is_err()), Some(UNSEEN));
        assert!(captured.fits("other", &long).is_err(), "each name is counted apart");
    }
}
