//! What does a report say, and do the data bear it out?
//!
//! A claim is a published sentence in a form that can be tested. Its verdict is Kleene's: *supported*
//! when it is true in every world that statements and constraints allow, *contradicted* when it is
//! true in none, *undetermined* when it depends. Before that it is asked whether the claim speaks of
//! people who are there at all, and whether anything in the data bears on it; and after it, whether
//! the data are the claim itself, entered once more.

mod verdict;

pub use verdict::{Check, Verdict};
