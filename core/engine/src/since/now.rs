//! What is found now, in the form in which it is accepted, and where does it differ from before?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::document::{Came, FindingsDocument, PublishedFinding};
use serde_json::Value as Json;

use super::claim;
use crate::accept::{Accepted, Difference, accepted, compare, gathered};

/// The name under which the verdicts on the claims of a report are accepted.
pub const CLAIMS: &str = "claims";

/// What is found now, by analysis; the claims are one of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Now {
    /// What can be accepted.
    pub found: BTreeMap<String, Accepted>,
    /// The analyses that failed, and how: of them nothing can be said.
    pub failed: BTreeMap<String, String>,
}

impl Now {
    /// What a document says, without how far it depends on choices: that has other causes, and is
    /// looked at by `robustness`.
    #[must_use]
    pub fn of(document: &FindingsDocument) -> Self {
        let mut own = document.clone();
        for finding in &mut own.findings {
            finding.robustness = None;
            finding.measures.iter_mut().for_each(|measure| measure.across = None);
        }
        let mut now = Self::default();
        for entry in &own.analyses {
            match &entry.outcome {
                Came::Failed { reason } => {
                    now.failed.insert(entry.id.clone(), reason.clone());
                }
                _ => now
                    .found
                    .extend(accepted(&own, &entry.id).map(|accepted| (entry.id.clone(), accepted))),
            }
        }
        let language = own.study.language;
        let claims: Vec<PublishedFinding> =
            own.claims.iter().map(|claim| claim::as_finding(claim, language)).collect();
        if !claims.is_empty() {
            let mapping = own.reading.mapping.clone();
            now.found.extend(
                gathered(CLAIMS, mapping, claims).map(|claims| (CLAIMS.to_owned(), claims)),
            );
        }
        now
    }

    /// How many findings there are.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.found.values().map(|own| own.findings.len()).sum()
    }
}

/// One difference between what was accepted and what is found, which can be accepted by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The analysis, or [`CLAIMS`].
    pub analysis: String,
    /// What differs.
    pub difference: Difference,
}

impl Item {
    /// What names it: a finding's id, or the analysis and which part of its running is another.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.difference {
            Difference::New { id, .. } | Difference::Gone { id, .. } => id.clone(),
            Difference::Changed { id, .. } => id.clone(),
            Difference::Parameter { name, .. } => {
                format!("{}: the parameter {name}", self.analysis)
            }
            Difference::Mapping { .. } => format!("{}: the mapping", self.analysis),
            Difference::Outcome { .. } => self.analysis.clone(),
        }
    }

    /// Its first line: what differs, and of which analysis.
    #[must_use]
    pub fn headline(&self) -> String {
        match &self.difference {
            Difference::Mapping { .. } | Difference::Parameter { .. } => {
                format!("~ {}", self.name())
            }
            Difference::Outcome { was: None, .. } => {
                format!("+ {} is new, without findings", self.analysis)
            }
            Difference::Outcome { is: None, .. } => {
                format!("- {} is not run any longer", self.analysis)
            }
            Difference::Outcome { .. } => format!("~ {}: what came of it", self.analysis),
            other => other.headline(),
        }
    }

    /// The finding that it is about, if it is about one.
    #[must_use]
    pub fn finding(&self) -> Option<&str> {
        match &self.difference {
            Difference::New { id, .. }
            | Difference::Gone { id, .. }
            | Difference::Changed { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Its value in what was found, to see whether it is the same elsewhere; none for absent.
    pub(super) fn value(&self, now: &Now) -> Option<String> {
        if now.failed.contains_key(&self.analysis) {
            // Where it fails, everything of it is the same: not there.
            return Some("failed".to_owned());
        }
        let own = now.found.get(&self.analysis)?;
        let json = |value: Json| Some(value.to_string());
        match &self.difference {
            Difference::New { id, .. } | Difference::Gone { id, .. } => json(own.finding(id)?),
            Difference::Changed { id, .. } => json(own.finding(id)?),
            Difference::Parameter { name, .. } => own.parameters.get(name).map(Json::to_string),
            Difference::Mapping { .. } => Some(own.mapping.clone()),
            Difference::Outcome { .. } => match &own.outcome {
                // How many there are is said by the findings.
                Came::Found { .. } => Some("found".to_owned()),
                other => serde_json::to_value(other).ok().and_then(json),
            },
        }
    }
}

/// The differences, by analysis; empty when accepting would change nothing.
#[must_use]
pub fn items(before: &BTreeMap<String, Accepted>, now: &Now) -> Vec<Item> {
    let names: BTreeSet<&String> =
        before.keys().chain(now.found.keys()).chain(now.failed.keys()).collect();
    let each = names.into_iter().flat_map(|name| {
        let differences = match (before.get(name), now.found.get(name), now.failed.get(name)) {
            (was, _, Some(reason)) => {
                let failed = Some(Came::Failed { reason: reason.clone() });
                let was = was.map(|was| was.outcome.clone());
                vec![Difference::Outcome { was, is: failed }]
            }
            (Some(was), Some(is), None) => compare(was, is),
            (None, Some(is), None) => only(is, true),
            (Some(was), None, None) => only(was, false),
            (None, None, None) => Vec::new(),
        };
        differences.into_iter().map(|difference| Item { analysis: name.clone(), difference })
    });
    each.collect()
}

/// The differences of an analysis that is there at one time only.
fn only(own: &Accepted, is_new: bool) -> Vec<Difference> {
    if own.findings.is_empty() {
        let came = Some(own.outcome.clone());
        let (was, is) = if is_new { (None, came) } else { (came, None) };
        return vec![Difference::Outcome { was, is }];
    }
    let each = own.findings.iter().map(|finding| {
        let (id, sentence) = (finding.id.clone(), finding.sentence.clone());
        match is_new {
            true => Difference::New { id, sentence },
            false => Difference::Gone { id, sentence },
        }
    });
    each.collect()
}
