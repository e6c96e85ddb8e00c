//! In which order does a report show what was found, and what does it leave to a table?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::document::{
    AnalysisEntry, FindingsDocument, PublishedFinding, PublishedMeasure, Shown,
};
use parallax_model::finding::{Basis, Evidence, EvidenceKind, Weight};

/// From this many findings of one sort on, they share a table.
const LEAST_FOR_TABLE: usize = 6;
/// From this many findings of one sort on, those with tables of their own are folded.
const LEAST_TO_FOLD: usize = 5;
/// No table shows more findings than this.
pub(super) const MOST_ROWS: usize = 1000;
/// No finding lists more evidence of one weight than this.
const MOST_CITED: usize = 60;

/// What one analysis found, in the order in which to read it.
pub(super) struct Section<'a> {
    pub(super) entry: &'a AnalysisEntry,
    /// Findings to show in full: those with a figure first, and of these the one that rests on most;
    /// then those about the whole.
    pub(super) main: Vec<&'a PublishedFinding>,
    /// Findings of which there are many alike, each with its own tables: shown as sentences that
    /// can be opened.
    pub(super) folded: Vec<&'a PublishedFinding>,
    /// Findings that share a table.
    pub(super) rows: Vec<&'a PublishedFinding>,
}

/// The sections of a report, in the order of the analyses.
pub(super) fn sections(document: &FindingsDocument) -> Vec<Section<'_>> {
    document.analyses.iter().map(|entry| section(document, entry)).collect()
}

fn section<'a>(document: &'a FindingsDocument, entry: &'a AnalysisEntry) -> Section<'a> {
    let own = || document.findings.iter().filter(|finding| finding.analysis == entry.id);
    let mut sorts: BTreeMap<Sort, usize> = BTreeMap::new();
    for finding in own() {
        *sorts.entry(sort(finding)).or_default() += 1;
    }
    let mut section = Section { entry, main: Vec::new(), folded: Vec::new(), rows: Vec::new() };
    for finding in own() {
        let sort = sort(finding);
        let alike = sorts.get(&sort).copied().unwrap_or_default();
        match sort {
            Sort { has_figures: false, has_tables: false, .. } if alike >= LEAST_FOR_TABLE => {
                section.rows.push(finding);
            }
            Sort { has_figures: false, has_tables: true, .. } if alike >= LEAST_TO_FOLD => {
                section.folded.push(finding);
            }
            _ => section.main.push(finding),
        }
    }
    // Stable, so that findings of one kind stay in the order of their ids. One about the whole, whose
    // path is shorter, comes before those about its parts.
    section.main.sort_by_key(|finding| {
        let shown = (!finding.figures.is_empty()).then(|| evidence_count(finding));
        (std::cmp::Reverse(shown), sort(finding).depth)
    });
    section
}

/// What findings of one sort have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sort {
    /// How many steps the path of the id has.
    depth: usize,
    has_tables: bool,
    has_figures: bool,
}

fn sort(finding: &PublishedFinding) -> Sort {
    Sort {
        depth: finding.id.split('/').count(),
        has_tables: !finding.tables.is_empty(),
        has_figures: !finding.figures.is_empty(),
    }
}

impl<'a> Section<'a> {
    /// What was found first of all.
    pub(super) fn first(&self) -> Option<&'a PublishedFinding> {
        self.main.first().or(self.folded.first()).or(self.rows.first()).copied()
    }

    /// The measures that every finding of the table has: its columns.
    pub(super) fn shared_measures(&self) -> Vec<&PublishedMeasure> {
        let Some(first) = self.rows.first() else { return Vec::new() };
        let in_all = |measure: &&PublishedMeasure| {
            self.rows.iter().all(|row| row.measures.iter().any(|own| own.name == measure.name))
        };
        first.measures.iter().filter(in_all).take(5).collect()
    }

    /// The different caveats of the findings of the table, in the order in which they come up.
    pub(super) fn notes(&self) -> Vec<&'a str> {
        let mut notes: Vec<&str> = Vec::new();
        for text in self.rows.iter().flat_map(|row| &row.caveats).map(|caveat| &*caveat.text) {
            if !notes.contains(&text) {
                notes.push(text);
            }
        }
        notes
    }

    /// How many findings of the table have each status, the most frequent first.
    pub(super) fn tally(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.rows {
            if let Some(Shown::Word { text, .. }) = row.values.get("status") {
                *counts.entry(text).or_default() += 1;
            }
        }
        let mut tally: Vec<(&str, usize)> = counts.into_iter().collect();
        tally.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        tally
    }
}

/// The evidence of one weight that a report lists, and how much more there is.
pub(super) struct Cited<'a> {
    pub(super) weight: Weight,
    pub(super) items: &'a [Evidence],
    pub(super) more: usize,
}

/// The evidence of a finding or a claim by weight, in the order of the document.
pub(super) fn cited(basis: &Basis) -> Vec<Cited<'_>> {
    let Basis::Evidence { items } = basis else { return Vec::new() };
    items
        .chunk_by(|a, b| a.weight == b.weight)
        .map(|items| {
            let listed = items.len().min(MOST_CITED);
            Cited { weight: items[0].weight, items: &items[..listed], more: items.len() - listed }
        })
        .collect()
}

/// How much evidence a finding has.
fn evidence_count(finding: &PublishedFinding) -> usize {
    match &finding.basis {
        Basis::Evidence { items } => items.len(),
        Basis::None { .. } => 0,
    }
}

/// Everything that the findings and claims of a document cite and a report lists.
#[must_use]
pub fn cited_by_all(document: &FindingsDocument) -> BTreeSet<(EvidenceKind, &str)> {
    let findings = document.findings.iter().map(|finding| &finding.basis);
    let claims = document.claims.iter().map(|claim| &claim.basis);
    findings
        .chain(claims)
        .flat_map(cited)
        .flat_map(|cited| cited.items)
        .map(|item| (item.kind, item.id.as_str()))
        .collect()
}

/// The findings that something speaks against, and what.
pub(super) fn contrary(document: &FindingsDocument) -> Vec<(&PublishedFinding, &[Evidence])> {
    document
        .findings
        .iter()
        .flat_map(|finding| {
            cited(&finding.basis)
                .into_iter()
                .filter(|cited| cited.weight == Weight::Contrary)
                .map(move |cited| (finding, cited.items))
        })
        .collect()
}

/// The name of a place in the report; different ids have different names.
pub(super) fn anchor(kind: &str, id: &str) -> String {
    let mut name = format!("{kind}-");
    for c in id.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => name.push(c),
            _ => name.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    name
}

/// The name of the place of a piece of evidence.
pub(super) fn evidence_anchor(kind: EvidenceKind, id: &str) -> String {
    anchor(
        match kind {
            EvidenceKind::Statement => "statement",
            EvidenceKind::Excerpt => "excerpt",
            EvidenceKind::Constraint => "constraint",
        },
        id,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_different_names() {
        let ids = ["a/b", "a_b", "a-b", "a.b", "a_2f_b", "a b", "é"];
        let names: BTreeSet<String> = ids.iter().map(|id| anchor("finding", id)).collect();
        assert_eq!(names.len(), ids.len());
    }
}
