//! What does one reading find, and when is that the same result as in another?

use std::sync::atomic::AtomicBool;

use parallax_model::document::{
    AnalysisKind, Came, Labels, ProblemCounts, PublishedFinding, ReadingSummary, Shown,
    StudySummary, Unworded, publish,
};
use parallax_model::finding::Value;
use parallax_model::{Finding, Manifest, Outcome, Reading, Study};
use serde_json::Map;

use super::{FAILED, NOT_AVAILABLE, Question, words};
use crate::shelf::Lending;

/// Endings of templates that are a matter of grammar, where there is one without them.
const GRAMMAR: [&str; 3] = ["_one", "_many", "_pairs"];

/// What one analysis found in a reading.
pub(super) struct Found<'a> {
    /// The analysis.
    pub(super) id: &'a str,
    pub(super) manifest: &'a Manifest,
    /// Its findings without evidence, tables and figures, in the order of what they are about.
    findings: Vec<Finding>,
    /// Why it has none, if the data did not allow it or it failed.
    pub(super) without: Option<&'static str>,
}

impl Found<'_> {
    /// The finding about something.
    pub(super) fn about(&self, about: &str) -> Option<&Finding> {
        let at = self.findings.binary_search_by(|finding| finding.about.as_str().cmp(about));
        at.ok().and_then(|at| self.findings.get(at))
    }
}

/// What every planned analysis finds in a reading.
pub(super) fn found<'a>(question: &Question<'a>, reading: &Reading<'static>) -> Vec<Found<'a>> {
    let never = AtomicBool::new(false);
    let seed = question.study.settings().seed;
    let lending = Lending::of(reading);
    let analyses = question.planned.iter().filter_map(|planned| {
        let analysis = question.shelf.get(&planned.id)?;
        let outcome = analysis.run_lent(&lending, &planned.parameters, seed, &never).outcome;
        let (findings, without) = match outcome {
            Outcome::Found(findings) => (findings.into_iter().map(slim).collect(), None),
            Outcome::NotAvailable(_) => (Vec::new(), Some(NOT_AVAILABLE)),
            Outcome::Failed(_) => (Vec::new(), Some(FAILED)),
        };
        Some(Found { id: &planned.id, manifest: analysis.manifest(), findings, without })
    });
    analyses.collect()
}

/// A finding without what a sentence does not need.
fn slim(finding: Finding) -> Finding {
    let Finding { about, template, values, measures, .. } = finding;
    Finding { values, measures, ..Finding::without_evidence(&about, &template, "another reading") }
}

/// What was found, in the words that tell one result from another: the template, and the words that
/// stand in it. Numbers, names and people are none of it: they are compared as measures. Neither is
/// whether the template is worded for one or for many.
pub(super) fn verdict(manifest: &Manifest, finding: &Finding) -> String {
    let words = finding.values.iter().filter_map(|(name, value)| match value {
        Value::Word(word) => Some((name.as_str(), word.as_str())),
        _ => None,
    });
    told(manifest, &finding.template, words)
}

/// The same of a finding that is published.
pub(super) fn published(manifest: &Manifest, finding: &PublishedFinding) -> String {
    let words = finding.values.iter().filter_map(|(name, value)| match value {
        Shown::Word { id, .. } => Some((name.as_str(), id.as_str())),
        _ => None,
    });
    told(manifest, &finding.template, words)
}

fn told<'w>(
    manifest: &Manifest,
    template: &str,
    words: impl Iterator<Item = (&'w str, &'w str)>,
) -> String {
    let shorter = GRAMMAR.iter().filter_map(|ending| template.strip_suffix(ending));
    let mut known = shorter.filter(|shorter| manifest.templates.contains_key(*shorter));
    let mut told = known.next().unwrap_or(template).to_owned();
    for (name, word) in words {
        told.push_str(&format!(" {name}={word}"));
    }
    told
}

/// What becomes of a finding, for a reader: its sentence, or why there is none.
pub(super) fn said(
    study: &Study,
    found: &Found<'_>,
    finding: Option<&Finding>,
    becomes: &str,
) -> String {
    let language = study.settings().language;
    let Some(finding) = finding else { return words::nothing(becomes, language).to_owned() };
    let outcome = Outcome::Found(vec![finding.clone()]);
    let unworded = Unworded {
        manifest: found.manifest,
        kind: AnalysisKind::Plugin,
        parameters: &Map::new(),
        outcome: &outcome,
    };
    let document = publish(
        StudySummary { language, ..StudySummary::default() },
        ReadingSummary { default: true, ..ReadingSummary::default() },
        ProblemCounts::default(),
        &Labels::of(study),
        &[unworded],
    );
    match (document.findings.first(), document.analyses.first().map(|entry| &entry.outcome)) {
        (Some(finding), _) => finding.sentence.clone(),
        (None, Some(Came::Failed { .. }) | None) => words::nothing(FAILED, language).to_owned(),
        (None, Some(_)) => words::nothing(becomes, language).to_owned(),
    }
}
