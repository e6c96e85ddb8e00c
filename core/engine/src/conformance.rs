//! Does a library keep to everything that a plugin has to keep to?
//!
//! Every check runs in a process of its own, so that a crash is one check that failed.

mod agreeing;
mod answers;
mod parameters;
mod ran;
mod readings;
mod runs;
mod studies;
mod traces;
mod trials;
mod worker;

use std::path::Path;

use crate::shelf::apart::Workshop;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Up to a hundred thousand statements.
    Usual,
    /// Ten million statements as well.
    Full,
}

/// One check, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What was checked, in a few words with hyphens: `stops-when-cancelled`.
    pub name: &'static str,
    /// What was seen, or what is wrong and how to mend it.
    pub outcome: Result<String, String>,
}

/// Tries one check on a library, in this process, which may not outlive it.
///
/// # Errors
/// What is wrong, and how to mend it.
pub fn trial(name: &str, library: &Path) -> Result<String, String> {
    trials::done(name, library)
}

/// The names of the checks, in order.
#[must_use]
pub fn names(depth: Depth) -> Vec<&'static str> {
    at(depth).iter().map(|trial| trial.name).collect()
}

/// Puts a library to every check, in order; `watch` is told of each when it is done. Those behind
/// one without which they make no sense are not tried when it fails: the answer is shorter than
/// [`names`] then.
///
/// The library's code runs in processes of its own, for which `workshop` says how they are started;
/// its limit on memory holds for each. How long a check may take, and how much it may hand over, is set
/// here.
///
/// An author's own tests can call it, too, with a `parallax` that is installed:
///
/// ```no_run
/// use parallax_engine::conformance::{Depth, check};
/// use parallax_engine::shelf::apart::{Limits, Workshop};
///
/// let program = "parallax-of-this-system/bin/parallax".into();
/// let workshop = Workshop { program, limits: Limits::default() };
/// let library = "target/debug/libword_count.so".as_ref();
/// for checked in check(library, &workshop, Depth::Usual, &mut |_| {}) {
///     assert!(checked.outcome.is_ok(), "{}: {:?}", checked.name, checked.outcome);
/// }
/// ```
#[must_use]
pub fn check(
    library: &Path,
    workshop: &Workshop,
    depth: Depth,
    watch: &mut dyn FnMut(&Checked),
) -> Vec<Checked> {
    let mut all = Vec::new();
    for trial in at(depth) {
        let outcome = worker::tried(&trial, library, workshop);
        let checked = Checked { name: trial.name, outcome };
        watch(&checked);
        let ends_here = trial.is_first && checked.outcome.is_err();
        all.push(checked);
        if ends_here {
            break;
        }
    }
    all
}

/// The checks that are tried, in order.
fn at(depth: Depth) -> Vec<trials::Trial> {
    let mut all = trials::trials();
    all.retain(|trial| trial.name != trials::MILLIONS || depth == Depth::Full);
    all
}
