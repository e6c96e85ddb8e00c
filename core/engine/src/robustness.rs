//! How far does what was found depend on choices that could have been made in another way?
//!
//! Each combination of choices is a reading, a universe of the multiverse (Steegen, Tuerlinckx,
//! Gelman & Vanpaemel 2016). Readings are computed in parallel, in blocks, and folded in a fixed
//! order, so the result does not depend on how many threads there are; those that are the same are
//! computed once. What is kept of a reading is which choices it differs in and a checksum; of its
//! findings nothing but counts, so that memory does not grow with the number of readings.

mod alike;
mod choice;
mod found;
mod kept;
mod spread;
mod tally;
mod universe;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use parallax_model::document::{
    Across, Depth, FindingsDocument, PublishedFinding, RobustnessSummary, Steadiness,
};
use parallax_model::{Choices, NotOffered, Reading, Study};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tracing::subscriber::{NoSubscriber, with_default};

use crate::cache::digest::Digest;
use crate::run::Planned;
use crate::shelf::Shelf;

use choice::{Varied, choices};
use found::{Found, found, verdict};
use kept::Known;
use tally::{Computed, Tally};
use universe::{Universe, universes};

pub use kept::{Before, Left};

/// What becomes of a finding that a reading does not have.
pub const ABSENT: &str = "absent";
/// What becomes of a finding whose analysis the data of a reading do not allow.
pub const NOT_AVAILABLE: &str = "not_available";
/// What becomes of a finding whose analysis fails in a reading.
pub const FAILED: &str = "failed";

/// Readings that are computed before they are folded.
const BLOCK: usize = 64;

/// So much work `parallax run` does for other readings: readings × what a reading holds.
pub const MOST_WORK: u64 = 1_000_000;

/// What is looked at, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The study.
    pub study: &'a Study,
    /// Where one starts: the choices of the document.
    pub choices: &'a Choices,
    /// The analyses there are.
    pub shelf: &'a Shelf,
    /// Those that run.
    pub planned: &'a [Planned],
    /// How many choices are changed at once.
    pub depth: Depth,
}

/// A verdict about a reading that is no finding, such as that of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The id of what it is about.
    pub id: String,
    /// The verdict by its name, by which readings are compared.
    pub name: String,
    /// The verdict in the study's language.
    pub word: String,
}

/// The verdicts about a reading that are looked at besides findings.
pub type Verdicts<'a> = &'a (dyn Fn(&Study, &Choices, &Reading<'static>) -> Vec<Verdict> + Sync);

/// Told of how many readings so many are computed; from any thread.
pub type Watch<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// How far everything depends on choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// The readings and the choices that make them.
    pub summary: RobustnessSummary,
    /// Each finding of the document, by its analysis and what it is about.
    pub findings: BTreeMap<(String, String), Surveyed>,
    /// Each verdict that was asked for besides, by id.
    pub verdicts: BTreeMap<String, Steadiness>,
}

/// How far one finding depends on choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surveyed {
    /// The finding.
    pub steadiness: Steadiness,
    /// Its measures, by name.
    pub measures: BTreeMap<String, Across>,
}

impl Survey {
    /// Writes it beside each finding, each measure and each claim of a document.
    pub fn attach(&self, document: &mut FindingsDocument) {
        for finding in &mut document.findings {
            let Some(surveyed) = self.findings.get(&subject(finding)) else { continue };
            finding.robustness = Some(surveyed.steadiness.clone());
            for measure in &mut finding.measures {
                measure.across = surveyed.measures.get(&measure.name).cloned();
            }
        }
        for claim in &mut document.claims {
            claim.robustness = self.verdicts.get(&claim.id).cloned();
        }
        document.robustness = Some(self.summary.clone());
    }
}

/// The analysis of a finding, and what it is about, without the mapping it was found under.
fn subject(finding: &PublishedFinding) -> (String, String) {
    let about = finding.id.split_once('/').map_or("", |(_, about)| about);
    (finding.analysis.clone(), about.to_owned())
}

/// Under how many readings a study would be looked at.
#[must_use]
pub fn readings(study: &Study, start: &Choices, depth: Depth) -> usize {
    universes(&choices(study, start), limit(study), depth).0.len()
}

/// Whether so many readings of a study are little enough work to go with every run: its statements
/// and its cells of people and codes, times the readings, are no more than [`MOST_WORK`].
#[must_use]
pub fn is_quick(study: &Study, readings: usize) -> bool {
    let cells = study.participants().len() as u64 * study.codes().len() as u64;
    let size = (study.statements().len() as u64).saturating_add(cells);
    size.saturating_mul(readings as u64) <= MOST_WORK
}

fn limit(study: &Study) -> usize {
    study.settings().robustness.clone().unwrap_or_default().limit as usize
}

/// Looks at every finding of `document`, which was found under the choices of the question, and at
/// every verdict, under all readings that the study's choices make.
///
/// The result depends on the study, the analyses and the choices alone.
///
/// # Errors
/// When the study does not offer the choices one starts from.
pub fn survey(
    question: &Question<'_>,
    document: &FindingsDocument,
    verdicts: Verdicts<'_>,
    watch: Watch<'_>,
) -> Result<Survey, NotOffered> {
    survey_beside(question, document, verdicts, None, watch).map(|(survey, _)| survey)
}

/// The same where something is known from `before`: analyses of which no reading can have changed
/// are not run. The survey is the same.
///
/// # Errors
/// As [`survey`].
pub fn survey_beside(
    question: &Question<'_>,
    document: &FindingsDocument,
    verdicts: Verdicts<'_>,
    before: Option<Before<'_>>,
    watch: Watch<'_>,
) -> Result<(Survey, Left), NotOffered> {
    let study = question.study;
    let start = study.reading(question.choices)?;
    let varied = choices(study, question.choices);
    let (universes, left_out) = universes(&varied, limit(study), question.depth);
    let Grouped { groups, impossible } = grouped(question, &varied, &universes);
    let known = match before {
        None => Known::nothing(question),
        Some(before) => Known::of(question, &start, (&varied, &universes, &groups), before),
    };
    let open = Question { planned: &known.planned, ..*question };
    let mut fold = Fold::of(&open, known.open(document));
    if !known.is_all() {
        let none: Verdicts<'_> = &|_, _, _| Vec::new();
        let asked = if known.asks { verdicts } else { none };
        fold.add_all(&varied, &universes, &groups, asked, watch);
    }
    let summary = RobustnessSummary {
        depth: question.depth,
        readings: universes.len() - impossible,
        distinct: groups.len(),
        left_out,
        impossible,
        choices: varied.iter().map(Varied::published).collect(),
    };
    let computed = fold.into_survey(summary);
    Ok(known.with(question, document, computed, before))
}

/// Readings that are the same: the first of them, and how many there are.
struct Group {
    first: usize,
    readings: usize,
}

struct Grouped {
    /// In the order of the first of each.
    groups: Vec<Group>,
    /// How many readings the study does not offer.
    impossible: usize,
}

fn grouped(question: &Question<'_>, varied: &[Varied], universes: &[Universe]) -> Grouped {
    let sums: Vec<Option<Digest>> = universes
        .par_iter()
        .map(|universe| {
            let choices = universe.choices(question.choices, varied);
            question.study.reading(&choices).ok().map(|reading| alike::sum(&reading))
        })
        .collect();
    let (mut known, mut groups) = (BTreeMap::new(), Vec::new());
    for (first, sum) in sums.iter().enumerate() {
        let Some(sum) = sum else { continue };
        let at = *known.entry(sum).or_insert(groups.len());
        match groups.get_mut(at) {
            None => groups.push(Group { first, readings: 1 }),
            Some(group) => group.readings += 1,
        }
    }
    Grouped { groups, impossible: sums.iter().filter(|sum| sum.is_none()).count() }
}

/// A reading by the options that make it.
fn told(varied: &[Varied], universe: &Universe, readings: usize, study: &Study) -> Computed {
    let language = study.settings().language;
    let steps = universe.steps.iter().map(|&(choice, way)| {
        let choice = &varied[choice as usize];
        (choice, &choice.ways[way as usize])
    });
    let options = steps.clone().map(|(choice, way)| format!("{}={}", choice.id, way.id));
    let phrases: Vec<String> = steps.map(|(_, way)| way.phrase.clone()).collect();
    Computed { options: options.collect(), change: words::joined(&phrases, language), readings }
}

/// What was counted so far.
struct Fold<'a> {
    question: &'a Question<'a>,
    findings: BTreeMap<(String, String), Tally>,
    verdicts: BTreeMap<String, Tally>,
    /// The analyses that failed in some reading.
    failed: BTreeSet<String>,
}

impl<'a> Fold<'a> {
    fn of<'d>(
        question: &'a Question<'a>,
        findings: impl Iterator<Item = &'d PublishedFinding>,
    ) -> Self {
        let findings = findings.map(|finding| {
            let manifest = question.shelf.get(&finding.analysis).map(|own| own.manifest());
            let verdict = manifest.map_or_else(String::new, |own| found::published(own, finding));
            let measures = finding.measures.iter().map(|measure| measure.name.as_str());
            (subject(finding), Tally::of(&verdict, measures))
        });
        let (findings, failed) = (findings.collect(), BTreeSet::new());
        Self { question, findings, verdicts: BTreeMap::new(), failed }
    }

    /// Computes the readings in blocks, and adds them in their order.
    fn add_all(
        &mut self,
        varied: &[Varied],
        universes: &[Universe],
        groups: &[Group],
        verdicts: Verdicts<'_>,
        watch: Watch<'_>,
    ) {
        let (question, study) = (self.question, self.question.study);
        let done = AtomicUsize::new(0);
        for block in groups.chunks(BLOCK) {
            let computed: Vec<_> = block
                .par_iter()
                .map(|group| {
                    let computed = told(varied, &universes[group.first], group.readings, study);
                    let choices = universes[group.first].choices(question.choices, varied);
                    // What a script prints is printed once, by the run that this one is beside.
                    let found = with_default(NoSubscriber::new(), || {
                        study.reading(&choices).ok().map(|reading| {
                            let own = verdicts(study, &choices, &reading);
                            (found(question, &reading), own)
                        })
                    });
                    watch(done.fetch_add(1, Ordering::Relaxed) + 1, groups.len());
                    (computed, found)
                })
                .collect();
            for (computed, found) in computed {
                if let Some((found, own)) = found {
                    self.add(&computed, &found, &own);
                }
            }
        }
    }

    /// Adds a reading. The first one is that where one starts.
    fn add(&mut self, computed: &Computed, found: &[Found<'_>], own: &[Verdict]) {
        let failed = found.iter().filter(|found| found.without == Some(FAILED));
        self.failed.extend(failed.map(|found| found.id.to_owned()));
        for ((analysis, about), tally) in &mut self.findings {
            let Some(found) = found.iter().find(|found| found.id == *analysis) else { continue };
            let finding = found.about(about);
            let becomes = finding.map_or_else(
                || found.without.unwrap_or(ABSENT).to_owned(),
                |finding| verdict(found.manifest, finding),
            );
            let number = |name: &str| {
                let measures = &finding?.measures;
                measures.iter().find(|own| own.name == name).map(|own| own.number.clone())
            };
            let said = || found::said(self.question.study, found, finding, &becomes);
            tally.add(computed, &becomes, number, said);
        }
        if computed.options.is_empty() {
            let none = || std::iter::empty();
            let start = own.iter().map(|own| (own.id.clone(), Tally::of(&own.name, none())));
            self.verdicts = start.collect();
        }
        let own: BTreeMap<&str, &Verdict> = own.iter().map(|own| (own.id.as_str(), own)).collect();
        let language = self.question.study.settings().language;
        for (id, tally) in &mut self.verdicts {
            let own = own.get(id.as_str());
            let name = own.map_or(ABSENT, |own| own.name.as_str());
            let said = || own.map_or(words::nothing(ABSENT, language), |own| &own.word).to_owned();
            tally.add(computed, name, |_| None, said);
        }
    }

    fn into_survey(self, summary: RobustnessSummary) -> (Survey, BTreeSet<String>) {
        let language = self.question.study.settings().language;
        let none = BTreeMap::new();
        let findings = self.findings.into_iter().map(|(subject, tally)| {
            let measures = tally.measures(language);
            let steadiness = tally.steadiness(&measures, language);
            (subject, Surveyed { steadiness, measures })
        });
        let verdicts =
            self.verdicts.iter().map(|(id, tally)| (id.clone(), tally.steadiness(&none, language)));
        let (verdicts, findings) = (verdicts.collect(), findings.collect());
        (Survey { summary, verdicts, findings }, self.failed)
    }
}
