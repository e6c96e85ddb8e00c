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
pub fn trial(name: &str, library: &Path, _full: bool) -> Result<String, String> {
    trials::done(name, library)
}

/// Puts a library to every check, in order; `watch` is told of each when it is done.
#[must_use]
pub fn check(
    _library: &Path,
    _workshop: &Workshop,
    _depth: Depth,
    _watch: &mut dyn FnMut(&Checked),
) -> Vec<Checked> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary() {
        let library = std::path::PathBuf::from(std::env::var("LIB").expect("LIB"));
        for trial in trials::trials() {
            if trial.name == trials::MILLIONS {
                continue;
            }
            let begun = std::time::Instant::now();
            let done = trials::done(trial.name, &library);
            eprintln!("{:40} {:?} {:?}", trial.name, begun.elapsed(), done);
        }
    }
}
