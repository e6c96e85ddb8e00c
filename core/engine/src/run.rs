//! What comes of putting a study to every analysis that it asks for?

mod plan;
mod summary;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use parallax_model::document::{
    AnalysisKind, FindingsDocument, Labels, ProblemCounts, Unworded, publish,
};
use parallax_model::{Choices, Outcome, Reading, Study};
use rayon::prelude::*;

use crate::shelf::{Body, Ran, Shelf};

pub use plan::{Planned, plan};

/// What comes of it.
#[derive(Clone, Debug)]
pub struct Results {
    /// What was found, and what failed.
    pub document: FindingsDocument,
    /// What stopped scripts, each with the line it stands on, for a terminal; by analysis.
    pub stopped: BTreeMap<String, String>,
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
    let never = AtomicBool::new(false);
    let seed = study.settings().seed;
    let ran: Vec<Option<Ran>> = planned
        .par_iter()
        .map(|planned| {
            let _span = tracing::info_span!("analysis", id = planned.id).entered();
            let analysis = shelf.get(&planned.id)?;
            let ran = analysis.run(reading, &planned.parameters, seed, &never);
            match &ran.outcome {
                Outcome::Found(findings) => tracing::info!(findings = findings.len(), "ran"),
                Outcome::NotAvailable(_) => tracing::info!("not available"),
                Outcome::Failed(_) => tracing::warn!("failed"),
            }
            Some(ran)
        })
        .collect();
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
            Body::Native(_) => None,
        }
    });
    Results { document, stopped: stopped.collect() }
}
