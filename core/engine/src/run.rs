//! What comes of putting a study to every analysis that it asks for?

mod kept;
mod plan;
mod summary;

use std::collections::BTreeMap;

use parallax_model::document::{
    AnalysisKind, FindingsDocument, Labels, ProblemCounts, Unworded, publish,
};
use parallax_model::{Choices, Reading, Study};

use crate::cache::{Part, Reason};
use crate::shelf::{Body, Shelf};

use kept::{Outcomes, outcomes};

pub use kept::Before;
pub use plan::{Planned, plan};

/// What comes of it.
#[derive(Clone, Debug)]
pub struct Results {
    /// What was found, and what failed.
    pub document: FindingsDocument,
    /// What stopped scripts, each with the line it stands on, for a terminal; by analysis.
    pub stopped: BTreeMap<String, String>,
    /// The outcomes as they are kept for the next run.
    pub kept: Part,
    /// Why analyses ran beside what is kept; none for those that did not.
    pub reasons: BTreeMap<String, Reason>,
}

/// Runs the planned analyses on `reading`, which is the study under `choices`, and words what they
/// found.
///
/// Analyses run in parallel; the document does not depend on how many threads there are. One that
/// fails is entered as failed and costs nothing but its own findings.
#[must_use]
pub fn run(
    study: &Study,
    choices: &Choices,
    reading: &Reading<'static>,
    shelf: &Shelf,
    planned: &[Planned],
    problems: ProblemCounts,
) -> Results {
    run_beside(study, choices, reading, shelf, planned, problems, None)
}

/// The same where something is known from `before`: analyses whose outcome cannot have changed are
/// not run. The document is the same, byte for byte.
#[must_use]
pub fn run_beside(
    study: &Study,
    choices: &Choices,
    reading: &Reading<'static>,
    shelf: &Shelf,
    planned: &[Planned],
    problems: ProblemCounts,
    before: Option<Before<'_>>,
) -> Results {
    let Outcomes { ran, kept, reasons } =
        outcomes(reading, shelf, planned, study.settings().seed, before);
    let unworded: Vec<Unworded<'_>> = planned
        .iter()
        .zip(&ran)
        .filter_map(|(planned, ran)| {
            let (analysis, ran) = (shelf.get(&planned.id)?, ran.as_ref()?);
            Some(Unworded {
                manifest: analysis.manifest(),
                kind: match analysis.is_script() {
                    true => AnalysisKind::Script,
                    false => AnalysisKind::Plugin,
                },
                parameters: &ran.parameters,
                outcome: &ran.outcome,
            })
        })
        .collect();
    let document = publish(
        summary::study(study),
        summary::reading(study, choices, reading),
        problems,
        &Labels::of(study),
        &unworded,
    );
    let stopped = planned.iter().zip(&ran).filter_map(|(planned, ran)| {
        let problem = ran.as_ref()?.stopped.as_ref()?;
        match shelf.get(&planned.id)?.body() {
            Body::Script(script) => Some((planned.id.clone(), problem.render(script.source()))),
            Body::Native(_) | Body::Outside(_) => None,
        }
    });
    Results { document, stopped: stopped.collect(), kept, reasons }
}
