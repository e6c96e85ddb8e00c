//! What of a run is kept for the next one, and how are results looked at under other readings with
//! it?

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use parallax_model::document::{Depth, FindingsDocument};
use parallax_model::{Choices, NotOffered, Reading, Study};

use super::{Answered, Opened};
use crate::cache::key::of_file;
use crate::cache::{Cache, Key, Part, Reason, Told};
use crate::claims::Claims;
use crate::robustness::{Before, Question, Survey, Verdict, Watch, survey_beside};

/// What is kept of a run, and why analyses ran in it.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    parts: Vec<Written>,
    /// Why analyses ran, for a reader first of all on the reading of the document.
    reasons: BTreeMap<String, Vec<Reason>>,
    /// Why claims were tested under other readings; nothing where nobody asked.
    claims: Option<Vec<Reason>>,
}

#[derive(Clone, Debug)]
struct Written {
    place: String,
    before: Part,
    now: Part,
}

impl Kept {
    pub(super) fn outcomes(
        place: String,
        before: Part,
        now: Part,
        reasons: BTreeMap<String, Reason>,
    ) -> Self {
        let reasons = reasons.into_iter().map(|(id, reason)| (id, vec![reason])).collect();
        Self { parts: vec![Written { place, before, now }], reasons, claims: None }
    }

    /// Keeps it for the next run. It is called once the results are written: what is kept never
    /// stands in their way.
    pub fn write(&self, cache: &Cache) {
        self.parts.iter().for_each(|part| cache.write(&part.place, &part.now, &part.before));
    }

    /// What each analysis of a document did and why, then the claims where they were looked at under
    /// other readings.
    #[must_use]
    pub fn told(&self, document: &FindingsDocument) -> Vec<Told> {
        let none = Vec::new();
        let analyses = document.analyses.iter().map(|entry| entry.id.as_str());
        let each = analyses.map(|id| Told::of(id, self.reasons.get(id).unwrap_or(&none)));
        let claims = self.claims.iter().map(|reasons| Told::of("claims", reasons));
        each.chain(claims).collect()
    }
}

/// Where something is kept of a reading.
pub(super) fn place(reading: &Reading<'_>, name: &str) -> String {
    match reading.is_default {
        true => name.to_owned(),
        false => format!("mappings/{}/{name}", reading.mapping),
    }
}

impl Opened {
    /// Looks at what was found under these choices, and at the claims, under every other reading
    /// that the study's choices make, to this depth. `watch` is told how far it is.
    ///
    /// # Errors
    /// When the study does not offer one of the choices.
    pub fn survey(
        &self,
        study: &Study,
        choices: &Choices,
        depth: Depth,
        document: &FindingsDocument,
        watch: Watch<'_>,
    ) -> Result<Survey, NotOffered> {
        let question = self.question(study, choices, depth);
        let stopped = AtomicBool::new(false);
        let verdicts = self.verdicts(study, &stopped);
        Ok(survey_beside(&question, document, &verdicts, None, watch)?.0)
    }

    /// The same of what was answered, in whose document it is entered, without computing what
    /// cannot have changed since what is in the cache.
    ///
    /// # Errors
    /// When the study does not offer one of the choices.
    pub fn survey_beside(
        &self,
        answered: &mut Answered<'_>,
        choices: &Choices,
        depth: Depth,
        cache: &Cache,
        watch: Watch<'_>,
    ) -> Result<(), NotOffered> {
        let study = answered.study;
        let place = place(
            &answered.reading,
            match depth {
                Depth::OneChange => "one-change",
                Depth::Whole => "whole",
            },
        );
        let (part, texts) = (cache.read(&place), self.texts());
        let has_stopped = AtomicBool::new(false);
        let before = cache.is_kept().then(|| Before {
            part: &part,
            program: cache.program(),
            verdicts: &texts,
            has_stopped: &has_stopped,
        });
        let question = self.question(study, choices, depth);
        let verdicts = self.verdicts(study, &has_stopped);
        let document = &answered.document;
        let (survey, left) = survey_beside(&question, document, &verdicts, before, watch)?;
        survey.attach(&mut answered.document);
        for (id, reason) in left.reasons {
            answered.kept.reasons.entry(id).or_default().push(reason);
        }
        let has_claims = !study.claim_rows().is_empty();
        answered.kept.claims = has_claims.then(|| left.verdicts.into_iter().collect());
        answered.kept.parts.push(Written { place, before: part, now: left.part });
        Ok(())
    }

    fn question<'a>(
        &'a self,
        study: &'a Study,
        choices: &'a Choices,
        depth: Depth,
    ) -> Question<'a> {
        Question { study, choices, shelf: &self.shelf, planned: &self.planned, depth }
    }

    /// The verdicts of the claims on a reading. `stopped` is set when a script of theirs stops.
    fn verdicts<'a>(
        &'a self,
        study: &'a Study,
        stopped: &'a AtomicBool,
    ) -> impl Fn(&Study, &Choices, &Reading<'static>) -> Vec<Verdict> + Sync + 'a {
        let claims = Claims::of(study, &self.checked.faulty_claims, &self.claim_scripts);
        let language = study.settings().language;
        move |_, _, reading| {
            let assessed = claims.assess(reading);
            if assessed.iter().any(|one| one.stopped.is_some()) {
                stopped.store(true, Ordering::Relaxed);
            }
            let told = assessed.into_iter().map(|one| Verdict {
                id: one.claim.id.clone(),
                name: one.verdict.word().to_owned(),
                word: one.verdict.in_language(language).to_owned(),
            });
            told.collect()
        }
    }

    /// The files of the study that claims, and what they are tested on, depend on.
    fn texts(&self) -> Key {
        let sources = self.checked.sources.iter();
        let no_analysis = |name: &str| {
            name.strip_prefix("scripts/").is_none_or(|name| name.starts_with("shared/"))
        };
        let sources = sources.filter(|source| no_analysis(&source.name));
        sources.map(|source| (of_file(&source.name), source.sha256.clone())).collect()
    }
}
