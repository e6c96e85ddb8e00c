//! What is a researcher told of why analyses ran, or did not?

use parallax_engine::cache::{Did, Told};
use serde_json::json;

/// A line for each analysis: what it did, and because of what.
pub(super) fn each(told: &[Told]) -> String {
    let width = told.iter().map(|one| one.id.chars().count()).max().unwrap_or(0);
    let line = |one: &Told| {
        let did = match one.did {
            Did::Ran => "ran",
            Did::Unchanged => "unchanged",
        };
        let line = format!("{:width$}  {did:9}  {}", one.id, one.because.join(", "));
        format!("{}\n", line.trim_end())
    };
    let lines: String = told.iter().map(line).collect();
    format!("{lines}\n")
}

/// One line, where something was skipped.
pub(super) fn in_brief(told: &[Told]) -> String {
    let ran = told.iter().filter(|one| one.did == Did::Ran).count();
    match (ran, told.len()) {
        (ran, all) if ran == all => String::new(),
        (0, _) => {
            "analyses   none ran: nothing that they see has changed (--why says more)\n".to_owned()
        }
        (ran, all) => format!(
            "analyses   {ran} of {all} ran; the others cannot have changed (--why says more)\n"
        ),
    }
}

/// The same as data.
pub(super) fn json(told: &[Told]) -> String {
    json!({ "analyses": told }).to_string()
}
