//! What does a script find in its small study?

use std::path::{Path, PathBuf};

use parallax_engine::accept::{Accepted, accepted};
use parallax_engine::check::{self, Look};
use parallax_engine::model::document::Came;
use parallax_engine::model::{Choices, Severity};
use parallax_engine::open::{Opened, library, open};
use parallax_engine::shelf::script::{Limits, ScriptAnalysis};

use crate::standard;

/// The folder of the script's small study.
pub(super) fn folder(outer: &Path, id: &str) -> PathBuf {
    outer.join("scripts").join(id)
}

/// Whether the script has a small study.
pub(super) fn is_there(outer: &Path, id: &str) -> bool {
    folder(outer, id).join("study.yaml").is_file()
}

/// What the script finds in its small study, in the form in which it is accepted.
///
/// # Errors
/// What keeps the script from finding anything, as it is shown to its author.
pub(super) fn found(outer: &Path, id: &str, text: &str) -> Result<Accepted, String> {
    // The script is the outer study's, and so is what it imports; only the data are small.
    let library = library(outer);
    let script = ScriptAnalysis::load_within(Limits::STANDARD, &library, id, text)
        .map_err(|problem| problem.render(text))?;
    let shelf = standard::shelf_with(script).map_err(|refused| refused.to_string())?;
    let mut opened = open(&folder(outer, id), shelf);
    let Some(study) = errors(&mut opened, id)? else {
        return Err(format!("scripts/{id} cannot be read as a study"));
    };
    opened.planned.retain(|planned| planned.id == id);
    if opened.planned.is_empty() {
        return Err(format!(
            "error: the small study runs other analyses only\nhelp: write `- use: {id}` below \
             `analyses:` in scripts/{id}/study.yaml"
        ));
    }
    let answered =
        opened.answer(&study, &Choices::default()).map_err(|refused| refused.to_string())?;
    let document = &answered.document;
    accepted(document, id).ok_or_else(|| {
        let reason = document.analyses.iter().find_map(|entry| match &entry.outcome {
            Came::Failed { reason } => Some(format!("error: {reason}")),
            _ => None,
        });
        answered.stopped.get(id).cloned().or(reason).unwrap_or_default()
    })
}

/// The small study, unless something is wrong with it.
fn errors(opened: &mut Opened, id: &str) -> Result<Option<parallax_engine::model::Study>, String> {
    opened.checked.problems.retain(|problem| problem.severity() == Severity::Error);
    match opened.checked.problems.len() {
        0 => Ok(opened.checked.study.clone()),
        _ => {
            let problems = check::full(&opened.checked, Look::default());
            Err(format!("the small study in scripts/{id} has errors\n\n{}", problems.trim_end()))
        }
    }
}
