//! What is no longer as it was when the findings were accepted, and because of what?
//!
//! [`Before`] is what was accepted, [`Now`] what is found; [`items`] are the differences between
//! them, one by one, and [`causes`] names for each the smallest set of changes that makes it.
//! Accepting writes the log, the findings, what is kept of the study and `study.lock`, each file
//! whole, and the lock last: whenever it is interrupted, what stands there is either what was
//! accepted or what was about to be, somebody answers for it in the log, and [`Before`] says which
//! files the lock does not know.

mod accepting;
mod before;
mod cause;
mod claim;
mod locked;
mod now;
mod verify;

pub use accepting::{Acceptance, Refused, accept, reject, withdrew};
pub use before::Before;
pub use cause::{Because, Cause, MOST_RUNS, causes};
pub use locked::{InputChange, inputs, program};
pub use now::{CLAIMS, Item, Now, items};
pub use verify::{NotVerified, Sameness, Verified, inputs_sha256, verify};
