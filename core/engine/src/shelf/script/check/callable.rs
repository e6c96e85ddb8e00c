//! Which functions can a script call, with how many values, and which properties can it read?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::shelf::script::sandbox::{self, Limits};
use crate::shelf::script::watchman::Signal;
use crate::shelf::words;

/// What the engine of scripts was given: the words and the language's own functions.
pub(super) struct Callable {
    /// Functions by name, with the numbers of values they take; what stands before a point is one.
    pub(super) functions: BTreeMap<String, BTreeSet<usize>>,
    /// Properties.
    pub(super) properties: BTreeSet<String>,
}

/// The functions that the language takes care of itself, with any number of values. No script says
/// `curry`: it is in what the language makes of a function without a name.
pub(super) const BUILT_IN: [&str; 9] =
    ["Fn", "call", "curry", "is_def_var", "is_def_fn", "is_shared", "type_of", "print", "debug"];

/// What stands before the name of a property where the engine lists what reads it.
const READS: &str = "get$";

impl Callable {
    /// What there is, asked of the engine itself once.
    pub(super) fn all() -> &'static Self {
        static ALL: OnceLock<Callable> = OnceLock::new();
        ALL.get_or_init(|| {
            let signal = Arc::new(Signal::default());
            let engine = sandbox::engine(&Limits::STANDARD, words::module(), signal);
            let mut all = Self { functions: BTreeMap::new(), properties: BTreeSet::new() };
            for signature in engine.gen_fn_signatures(true) {
                let Some((name, values)) = signature.split_once('(') else { continue };
                match name.strip_prefix(READS) {
                    Some(property) => drop(all.properties.insert(property.to_owned())),
                    None => {
                        let taken = all.functions.entry(name.to_owned()).or_default();
                        taken.insert(count(values));
                    }
                }
            }
            all
        })
    }
}

/// How many values stand before the closing bracket of a signature.
fn count(values: &str) -> usize {
    let (mut depth, mut commas, mut any) = (0_usize, 0, false);
    for c in values.chars() {
        match c {
            ')' if depth == 0 => break,
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => commas += 1,
            _ => {}
        }
        any = true;
    }
    if any { commas + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_says_what_it_was_given() {
        let all = Callable::all();
        assert_eq!(all.functions["finding"], BTreeSet::from([2]));
        assert_eq!(all.functions["sub_string"], BTreeSet::from([2, 3]));
        assert!(all.functions["len"].contains(&1) && !all.functions["len"].contains(&2));
        assert!(all.properties.contains("label") && !all.properties.contains("lable"));
    }

    #[test]
    fn what_the_reference_says_of_the_language_is_there() {
        let all = Callable::all();
        let language = words::LANGUAGE.iter().flat_map(|(_, functions)| *functions);
        let names = language.map(|(usage, _)| words::name_in(usage));
        for name in names.filter(|name| !BUILT_IN.contains(name)) {
            let there = all.functions.contains_key(name) || all.properties.contains(name);
            assert!(there, "the engine has no `{name}`");
        }
    }

    #[test]
    fn values_of_a_signature_are_counted() {
        for (values, expected) in
            [(") -> i64", 0), ("_, _)", 2), ("a: Result<A, B>, f: Fn(X, Y)) -> R", 2)]
        {
            assert_eq!(count(values), expected, "{values}");
        }
    }
}
