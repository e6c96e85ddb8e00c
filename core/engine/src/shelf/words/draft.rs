//! What is a finding while a script still adds to it?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use parallax_model::{Caveat, Evidence, Figure, Finding, Manifest, Measure, Table, Value};
use rhai::Position;

use super::table::{Grid, Sheet};

/// Something that a script makes bit by bit: all who hold it see what one of them adds, so that a
/// function of a script can add to what it was given.
pub(crate) struct Making<T>(Arc<Mutex<T>>);

impl<T> Clone for Making<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Making<T> {
    pub(super) fn new(parts: T) -> Self {
        Self(Arc::new(Mutex::new(parts)))
    }

    /// Changes it, or looks at it.
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A finding in the making.
pub(crate) type Draft = Making<Parts>;

/// What a script said of a finding so far.
#[derive(Clone)]
pub(crate) struct Parts {
    about: String,
    template: String,
    pub(super) values: BTreeMap<String, Value>,
    pub(super) measures: Vec<Measure>,
    pub(super) tables: Vec<Sheet>,
    pub(super) figures: Vec<Grid>,
    pub(super) caveats: Vec<Caveat>,
    evidence: Vec<Evidence>,
    /// The same evidence, to see what is there already.
    known: BTreeSet<Evidence>,
    pub(super) reason: Option<String>,
    /// Where the script began it, and in which file.
    at: (Option<String>, Position),
}

impl Parts {
    /// A finding of which only the subject is known.
    pub(super) fn new(about: &str, template: &str, at: (Option<String>, Position)) -> Self {
        Self {
            about: about.to_owned(),
            template: template.to_owned(),
            values: BTreeMap::new(),
            measures: Vec::new(),
            tables: Vec::new(),
            figures: Vec::new(),
            caveats: Vec::new(),
            evidence: Vec::new(),
            known: BTreeSet::new(),
            reason: None,
            at,
        }
    }

    /// Adds evidence that is not there yet.
    pub(super) fn rest_on(&mut self, evidence: &[Evidence]) {
        let new = evidence.iter().filter(|item| self.known.insert((*item).clone()));
        self.evidence.extend(new.cloned());
    }
}

impl Draft {
    /// Where the script began it, and in which file: a shared one may have done so.
    pub(crate) fn began(&self) -> (Option<String>, Position) {
        self.change(|parts| parts.at.clone())
    }

    /// How much it holds: values, measures, caveats, evidence and the cells of tables and grids.
    pub(crate) fn size(&self) -> usize {
        self.change(|parts| {
            let cells = parts.tables.iter().map(Sheet::cells).sum::<usize>()
                + parts.figures.iter().map(Grid::cells).sum::<usize>();
            let own = parts.values.len() + parts.measures.len() + parts.caveats.len();
            cells + own + parts.evidence.len()
        })
    }

    /// The finding, when it has all that a finding needs; else why not.
    pub(crate) fn finish(&self, manifest: &Manifest) -> Result<Finding, String> {
        let parts = self.change(|parts| parts.clone());
        let about = parts.about.clone();
        if let Some(name) = parts.unfilled(manifest) {
            return Err(format!(
                "the template of `{about}` shows `{{{name}}}`, which has no value"
            ));
        }
        let finding = match (parts.evidence.is_empty(), &parts.reason) {
            (true, Some(reason)) => Finding::without_evidence(&about, &parts.template, reason),
            _ => Finding::new(&about, &parts.template, parts.evidence)
                .map_err(|problem| format!("`{about}`: {problem}"))?,
        };
        let tables: Vec<Table> = parts.tables.iter().map(Sheet::finish).collect();
        let figures: Vec<Figure> = parts.figures.iter().map(Grid::finish).collect();
        Ok(Finding {
            values: parts.values,
            measures: parts.measures,
            tables,
            figures,
            caveats: parts.caveats,
            ..finding
        })
    }
}

impl Parts {
    /// The first `{name}` of the template that nothing fills.
    fn unfilled(&self, manifest: &Manifest) -> Option<String> {
        let template = manifest.templates.get(&self.template)?;
        let texts = template.title.wordings().chain(template.sentence.wordings());
        let mut names = texts.flat_map(|text| {
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
        });
        let filled = |name: &str| {
            self.values.contains_key(name) || self.measures.iter().any(|m| m.name == name)
        };
        names.find(|name| !filled(name)).map(str::to_owned)
    }
}
