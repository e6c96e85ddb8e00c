//! Which line of a script made its analysis fail?

use std::sync::atomic::AtomicBool;

use parallax_model::Severity;

use crate::open::{Answered, Opened};
use crate::shelf::Body;

impl Opened {
    /// Why the script `id` failed on this study, with the line it stands on; `None` when the
    /// analysis is no script, or when it is not a line of it that failed.
    ///
    /// An outcome says it in one sentence; the script runs again for its line. The same reading and
    /// parameters give the same failure.
    #[must_use]
    pub fn failure(&self, answered: &Answered<'_>, id: &str) -> Option<String> {
        let analysis = self.shelf.get(id)?;
        let Body::Script(script) = analysis.body() else { return None };
        let chosen = &self.planned.iter().find(|planned| planned.id == id)?.parameters;
        let parameters = analysis.parameters(chosen).ok()?;
        let never = AtomicBool::new(false);
        let seed = answered.study.settings().seed;
        let problem = script.findings(&answered.reading, &parameters, seed, &never).err()?;
        Some(problem.render(script.source()))
    }

    /// Whether an error of the script `id` was seen without running it.
    #[must_use]
    pub fn has_error(&self, id: &str) -> bool {
        let file = format!("scripts/{id}.rhai");
        self.checked.problems.iter().any(|problem| {
            problem.severity() == Severity::Error
                && problem.places.iter().any(|place| place.file == file)
        })
    }
}
