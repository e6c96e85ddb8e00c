//! Which parts of a survey are known from before?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use parallax_model::document::{FindingsDocument, Labels, PublishedFinding, Steadiness};
use parallax_model::{Reading, Study};
use rayon::prelude::*;

use super::choice::Varied;
use super::universe::Universe;
use super::{Group, Question, Survey, Surveyed, subject, told};
use crate::cache::digest::{Digest, Sum, Tables, hexadecimal, of_tables};
use crate::cache::key::{PROGRAM, READINGS, WORDING, of_analysis};
use crate::cache::{Key, NotKept, Part, Reason, Sight};
use crate::run::Planned;

/// The entry of the verdicts that are no findings; no analysis has such an id.
const VERDICTS: &str = "(verdicts)";

/// What is known from an earlier survey of the same depth.
#[derive(Clone, Copy, Debug)]
pub struct Before<'b> {
    /// The parts that were kept.
    pub part: &'b Part,
    /// The program that runs now.
    pub program: &'b str,
    /// Everything that the verdicts depend on besides readings and the program.
    pub verdicts: &'b Key,
    /// Set where a verdict could not be reached in some reading: it is asked for again then.
    pub has_stopped: &'b AtomicBool,
}

/// What a survey leaves for the next one.
#[derive(Clone, Debug, Default)]
pub struct Left {
    /// Its parts, as they are kept.
    pub part: Part,
    /// Why analyses ran under other readings; none for those that did not.
    pub reasons: BTreeMap<String, Reason>,
    /// Why the verdicts were asked for again, if they were.
    pub verdicts: Option<Reason>,
}

/// What is known, and what has to be computed.
pub(super) struct Known {
    /// The planned analyses that have to run.
    pub(super) planned: Vec<Planned>,
    /// Whether the verdicts have to be asked for.
    pub(super) asks: bool,
    keys: BTreeMap<String, Key>,
    left: Left,
    findings: BTreeMap<(String, String), Surveyed>,
    verdicts: BTreeMap<String, Steadiness>,
}

/// One reading that is computed: what makes it, how many are the same, and its tables.
struct Seen {
    options: String,
    change: String,
    readings: usize,
    tables: Tables,
}

impl Known {
    /// All of it has to be computed, and nothing is kept.
    pub(super) fn nothing(question: &Question<'_>) -> Self {
        Self {
            planned: question.planned.to_vec(),
            asks: true,
            keys: BTreeMap::new(),
            left: Left::default(),
            findings: BTreeMap::new(),
            verdicts: BTreeMap::new(),
        }
    }

    /// What is known from before of the readings in `groups`.
    pub(super) fn of(
        question: &Question<'_>,
        start: &Reading<'static>,
        (varied, universes, groups): (&[Varied], &[Universe], &[Group]),
        before: Before<'_>,
    ) -> Self {
        let mut known = Self { planned: Vec::new(), ..Self::nothing(question) };
        known.left.part = before.part.clone();
        let seen: Option<Vec<Seen>> =
            groups.par_iter().map(|group| seen(question, varied, universes, group)).collect();
        let (Some(seen), Some(tables)) = (seen, of_tables(start)) else {
            return Self::nothing(question);
        };
        let wording = wording(question.study);
        let mut readings: BTreeMap<Sight, Digest> = BTreeMap::new();
        for planned in question.planned {
            let Some(analysis) = question.shelf.get(&planned.id) else { continue };
            let Ok(parameters) = analysis.parameters(&planned.parameters) else {
                known.planned.push(planned.clone());
                continue;
            };
            let sight = Sight::of(analysis);
            let all = readings.entry(sight).or_insert_with(|| together(&seen, sight));
            let seed = question.study.settings().seed;
            let mut key = of_analysis(analysis, &parameters, seed, &tables, before.program);
            key.insert(READINGS.to_owned(), hexadecimal(all));
            key.insert(WORDING.to_owned(), wording.clone());
            match before.part.get::<BTreeMap<String, Surveyed>>(&planned.id, &key) {
                Ok(own) => known
                    .findings
                    .extend(own.into_iter().map(|(about, own)| ((planned.id.clone(), about), own))),
                Err(reason) => {
                    known.planned.push(planned.clone());
                    known.left.reasons.insert(planned.id.clone(), reason);
                }
            }
            known.keys.insert(planned.id.clone(), key);
        }
        match question.study.claim_rows() {
            [] => known.asks = false,
            _ => known.look_for_verdicts(&seen, before),
        }
        known
    }

    fn look_for_verdicts(&mut self, seen: &[Seen], before: Before<'_>) {
        let mut key = before.verdicts.clone();
        key.insert(PROGRAM.to_owned(), before.program.to_owned());
        key.insert(READINGS.to_owned(), hexadecimal(&together(seen, Sight::EVERYTHING)));
        match before.part.get(VERDICTS, &key) {
            Ok(verdicts) => (self.verdicts, self.asks) = (verdicts, false),
            Err(reason) => self.left.verdicts = Some(reason),
        }
        self.keys.insert(VERDICTS.to_owned(), key);
    }

    /// Whether everything is known.
    pub(super) fn is_all(&self) -> bool {
        self.planned.is_empty() && !self.asks
    }

    /// The findings of a document that are not known.
    pub(super) fn open<'d>(
        &self,
        document: &'d FindingsDocument,
    ) -> impl Iterator<Item = &'d PublishedFinding> {
        let open: BTreeSet<String> = self.planned.iter().map(|own| own.id.clone()).collect();
        document.findings.iter().filter(move |finding| open.contains(&finding.analysis))
    }

    /// What was computed together with what is known, and what is kept of it.
    pub(super) fn with(
        mut self,
        question: &Question<'_>,
        document: &FindingsDocument,
        (mut computed, failed): (Survey, BTreeSet<String>),
        before: Option<Before<'_>>,
    ) -> (Survey, Left) {
        for planned in &self.planned {
            let Some(key) = self.keys.remove(&planned.id) else { continue };
            let own = computed.findings.iter().filter(|((id, _), _)| *id == planned.id);
            let own: BTreeMap<String, Surveyed> =
                own.map(|((_, about), own)| (about.clone(), own.clone())).collect();
            let own = if failed.contains(&planned.id) { Err(NotKept::Failed) } else { Ok(&own) };
            self.left.part.put(&planned.id, key, own);
        }
        if self.asks {
            if let Some(key) = self.keys.remove(VERDICTS) {
                let stopped = before.is_some_and(|own| own.has_stopped.load(Ordering::Relaxed));
                let own = if stopped { Err(NotKept::Failed) } else { Ok(&computed.verdicts) };
                self.left.part.put(VERDICTS, key, own);
            }
        } else {
            computed.verdicts = self.verdicts;
        }
        let own: BTreeSet<(String, String)> = document.findings.iter().map(subject).collect();
        let known = self.findings.into_iter().filter(|(subject, _)| own.contains(subject));
        computed.findings.extend(known);
        let is_there = |of: &str| of == VERDICTS || question.shelf.get(of).is_some();
        self.left.part = self.left.part.only(is_there);
        (computed, self.left)
    }
}

fn seen(
    question: &Question<'_>,
    varied: &[Varied],
    universes: &[Universe],
    group: &Group,
) -> Option<Seen> {
    let universe = &universes[group.first];
    let choices = universe.choices(question.choices, varied);
    let reading = question.study.reading(&choices).ok()?;
    let computed = told(varied, universe, group.readings, question.study);
    Some(Seen {
        options: computed.options.join("\n"),
        change: computed.change,
        readings: computed.readings,
        tables: of_tables(&reading)?,
    })
}

/// One digest of all readings, as far as they are seen.
fn together(all: &[Seen], sight: Sight) -> Digest {
    let mut sum = Sum::default();
    for seen in all {
        sum.bytes(&seen.options);
        sum.bytes(&seen.change);
        sum.length(seen.readings);
        sum.bytes(sight.together(&seen.tables));
    }
    sum.digest()
}

/// What sentences about other readings call things.
fn wording(study: &Study) -> String {
    let Labels { codes, roles, cases, sources, questions: _ } = Labels::of(study);
    let mut sum = Sum::default();
    sum.bytes(study.settings().language.code());
    for labels in [codes, roles, cases, sources] {
        sum.length(labels.len());
        for (id, label) in labels {
            sum.bytes(id);
            sum.bytes(label);
        }
    }
    sum.text()
}
