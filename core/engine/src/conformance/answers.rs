//! Can a report take what a plugin hands over?
//!
//! Every run of every check is judged in the same way; these checks are about a run that nothing is
//! special about, so that one fault is told once.

use std::path::Path;

use super::ran::{Fault, Tried};

/// Whether every text is UTF-8.
pub(super) fn hands_over_text(library: &Path) -> Result<String, String> {
    judged(library, "every text is UTF-8", |fault| matches!(fault, Fault::Text(_)))
}

/// Whether findings fit their schema, the manifest and themselves.
pub(super) fn findings_fit(library: &Path) -> Result<String, String> {
    judged(library, "each finding fits", |fault| matches!(fault, Fault::Unfit(_)))
}

/// Whether it says how a run ended.
pub(super) fn known_status(library: &Path) -> Result<String, String> {
    judged(library, "it says how a run ended", |fault| matches!(fault, Fault::Status(_)))
}

/// Whether it comes back without a panic.
pub(super) fn does_not_panic(library: &Path) -> Result<String, String> {
    judged(library, "it comes back", |fault| matches!(fault, Fault::Panicked(_)))
}

fn judged(library: &Path, fine: &str, is_it: fn(&Fault) -> bool) -> Result<String, String> {
    match Tried::of(library)?.plain {
        Err(fault) if is_it(&fault) => Err(fault.told().to_owned()),
        _ => Ok(fine.to_owned()),
    }
}
