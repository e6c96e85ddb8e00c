//! How do the outcomes of a run become the published document?

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::analysis::{Manifest, Outcome};
use crate::document::wording::Wording;
use crate::document::{
    AnalysisEntry, AnalysisKind, Came, FORMAT, FindingsDocument, Labels, ProblemCounts,
    PublishedCaveat, PublishedFigure, PublishedFinding, PublishedMeasure, PublishedTable,
    ReadingSummary, Shown, StudySummary, shape,
};
use crate::finding::{Basis, Caveat, Figure, Finding, Table, Value};

/// One analysis that was asked for, and what came of it before it is put in words.
#[derive(Clone, Copy, Debug)]
pub struct Unworded<'a> {
    /// What it says of itself.
    pub manifest: &'a Manifest,
    /// What it is made of.
    pub kind: AnalysisKind,
    /// The parameters it ran with, defaults filled in.
    pub parameters: &'a Map<String, Json>,
    /// What came of it.
    pub outcome: &'a Outcome,
}

/// The document of one run, worded in the study's language.
///
/// An analysis whose findings cannot be worded or drawn (a name that a template asks for and the
/// finding lacks, a word that is not in the manifest, two findings about the same thing) is entered
/// as failed, with the reason; the others are not touched by it.
#[must_use]
pub fn publish(
    study: StudySummary,
    reading: ReadingSummary,
    problems: ProblemCounts,
    labels: &Labels,
    ran: &[Unworded<'_>],
) -> FindingsDocument {
    let mut findings: Vec<PublishedFinding> = Vec::new();
    let mut analyses = Vec::with_capacity(ran.len());
    let mut ids = BTreeSet::new();
    // A finding of another mapping is another finding.
    let mapping = if reading.default { String::new() } else { format!("@{}", reading.mapping) };
    for ran in ran {
        let place = format!("{}{mapping}", ran.manifest.id);
        let wording = Wording { manifest: ran.manifest, labels, language: study.language };
        let outcome = match ran.outcome {
            Outcome::Found(found) => match words_of(&wording, &place, found, &mut ids) {
                Ok(worded) => {
                    let findings_before = findings.len();
                    findings.extend(worded);
                    Came::Found { findings: findings.len() - findings_before }
                }
                Err(reason) => Came::Failed { reason },
            },
            Outcome::NotAvailable(reason) => Came::NotAvailable { reason: wording.reason(reason) },
            Outcome::Failed(reason) => Came::Failed { reason: reason.clone() },
        };
        analyses.push(entry(ran, &study, outcome));
    }
    findings.sort_by(|a, b| a.id.cmp(&b.id));
    FindingsDocument {
        format: FORMAT,
        study,
        reading,
        analyses,
        findings,
        claims: Vec::new(),
        notes: Vec::new(),
        repairs: Vec::new(),
        robustness: None,
        problems,
    }
}

fn entry(ran: &Unworded<'_>, study: &StudySummary, outcome: Came) -> AnalysisEntry {
    let language = study.language.code();
    let edge_cases = ran.manifest.edge_cases.iter();
    AnalysisEntry {
        id: ran.manifest.id.clone(),
        version: ran.manifest.version.clone(),
        kind: ran.kind,
        title: ran.manifest.title.in_language(language).to_owned(),
        question: ran.manifest.question.in_language(language).to_owned(),
        method: ran.manifest.method.in_language(language).to_owned(),
        edge_cases: edge_cases.map(|edge| edge.in_language(language).to_owned()).collect(),
        references: ran.manifest.references.clone(),
        parameters: ran.parameters.clone(),
        outcome,
    }
}

fn words_of(
    wording: &Wording<'_>,
    place: &str,
    found: &[Finding],
    ids: &mut BTreeSet<String>,
) -> Result<Vec<PublishedFinding>, String> {
    let worded = found
        .iter()
        .map(|finding| {
            finding_in_words(wording, place, finding)
                .map_err(|reason| format!("its finding `{}`: {reason}", finding.about))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut own = BTreeSet::new();
    for finding in &worded {
        if ids.contains(&finding.id) || !own.insert(finding.id.clone()) {
            return Err(format!("two findings have the id `{}`", finding.id));
        }
    }
    ids.extend(own);
    Ok(worded)
}

fn finding_in_words(
    wording: &Wording<'_>,
    place: &str,
    finding: &Finding,
) -> Result<PublishedFinding, String> {
    shape::check(finding)?;
    let manifest = wording.manifest;
    let language = wording.language.code();
    let template = manifest
        .templates
        .get(&finding.template)
        .ok_or_else(|| format!("its manifest has no template `{}`", finding.template))?;
    let fill = |text: &str| wording.sentence(text, &finding.values, &finding.measures);
    Ok(PublishedFinding {
        id: format!("{place}/{}", finding.about),
        analysis: manifest.id.clone(),
        template: finding.template.clone(),
        title: fill(template.title.in_language(language))?,
        sentence: fill(template.sentence.in_language(language))?,
        values: finding
            .values
            .iter()
            .map(|(name, value)| Ok((name.clone(), wording.show(value)?)))
            .collect::<Result<_, String>>()?,
        measures: measures(wording, finding)?,
        tables: each(&finding.tables, |one| table(wording, one))?,
        figures: each(&finding.figures, |one| figure(wording, one))?,
        caveats: each(&finding.caveats, |one| caveat(wording, finding, one))?,
        research_questions: questions(wording.labels, finding),
        basis: basis(wording, &finding.basis),
        robustness: None,
    })
}

fn each<T, U>(items: &[T], word: impl FnMut(&T) -> Result<U, String>) -> Result<Vec<U>, String> {
    items.iter().map(word).collect()
}

fn measures(wording: &Wording<'_>, finding: &Finding) -> Result<Vec<PublishedMeasure>, String> {
    each(&finding.measures, |measure| {
        let (number, text) = wording.number(&measure.number);
        Ok(PublishedMeasure {
            name: measure.name.clone(),
            label: wording.word(&measure.name)?,
            number,
            text,
            across: None,
        })
    })
}

fn shown(wording: &Wording<'_>, values: &[Value]) -> Result<Vec<Shown>, String> {
    each(values, |value| wording.show(value))
}

fn table(wording: &Wording<'_>, table: &Table) -> Result<PublishedTable, String> {
    Ok(PublishedTable {
        name: table.name.clone(),
        title: wording.word(&table.name)?,
        columns: shown(wording, &table.columns)?,
        rows: each(&table.rows, |row| shown(wording, row))?,
    })
}

fn figure(wording: &Wording<'_>, figure: &Figure) -> Result<PublishedFigure, String> {
    Ok(match figure {
        Figure::Grid { name, rows, columns, cells } => PublishedFigure::Grid {
            name: name.clone(),
            title: wording.word(name)?,
            rows: shown(wording, rows)?,
            columns: shown(wording, columns)?,
            cells: each(cells, |row| shown(wording, row))?,
        },
        Figure::Dendrogram { name, leaves, merges, groups } => PublishedFigure::Dendrogram {
            name: name.clone(),
            title: wording.word(name)?,
            leaves: leaves.clone(),
            merges: merges.clone(),
            groups: shown(wording, groups)?,
        },
    })
}

fn caveat(
    wording: &Wording<'_>,
    finding: &Finding,
    caveat: &Caveat,
) -> Result<PublishedCaveat, String> {
    let text = wording
        .manifest
        .caveats
        .get(&caveat.template)
        .ok_or_else(|| format!("its manifest has no caveat `{}`", caveat.template))?
        .in_language(wording.language.code());
    Ok(PublishedCaveat {
        name: caveat.template.clone(),
        text: wording.fill(text, &[&caveat.values, &finding.values], &finding.measures)?,
    })
}

fn basis(wording: &Wording<'_>, basis: &Basis) -> Basis {
    match basis {
        Basis::Evidence { items } => {
            let mut items = items.clone();
            items.sort_by(|a, b| (a.weight, a.kind, &a.id).cmp(&(b.weight, b.kind, &b.id)));
            items.dedup();
            Basis::Evidence { items }
        }
        Basis::None { reason } => Basis::None { reason: wording.reason(reason) },
    }
}

/// The research questions of the codes that a finding names: in its values, else in its tables
/// and figures.
fn questions(labels: &Labels, finding: &Finding) -> Vec<String> {
    let of = |value: &Value| match value {
        Value::Code(id) => labels.questions.get(id).cloned().unwrap_or_default(),
        _ => Vec::new(),
    };
    let mut found: BTreeSet<String> = finding.values.values().flat_map(of).collect();
    if found.is_empty() {
        for table in &finding.tables {
            found.extend(table.columns.iter().flat_map(of));
            found.extend(table.rows.iter().flatten().flat_map(of));
        }
        for figure in &finding.figures {
            if let Figure::Grid { rows, columns, .. } = figure {
                found.extend(rows.iter().chain(columns).flat_map(of));
            }
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Evidence, Weight};
    use crate::number::Number;

    fn manifest() -> Manifest {
        serde_json::from_value(serde_json::json!({
            "id": "mismatch", "version": "1.0.0", "title": { "en": "Mismatch", "nl": "Verschil" },
            "question": "Q?", "method": "M",
            "templates": { "rate": {
                "title": { "en": "Rate for {task}", "nl": "Aandeel bij {task}" },
                "sentence": { "en": "{rate} differ.", "nl": "{rate} verschillen." },
            } },
            "caveats": { "few": "Only {rate}." },
            "words": { "rate": { "en": "rate", "nl": "aandeel" } },
        }))
        .expect("a manifest")
    }

    fn finding(about: &str) -> Finding {
        let evidence = vec![
            Evidence::statement("s2", Weight::Contrary),
            Evidence::statement("s9", Weight::Supporting),
            Evidence::statement("s1", Weight::Supporting),
            Evidence::statement("s1", Weight::Supporting),
        ];
        Finding::new(about, "rate", evidence)
            .expect("has evidence")
            .value("task", Value::Code("MON".into()))
            .measure("rate", Number::fraction(5, 12, "nobody"))
            .caveat("few")
    }

    fn published(found: Vec<Finding>) -> FindingsDocument {
        let study = StudySummary { language: crate::settings::Language::Nl, ..Default::default() };
        let labels = Labels {
            codes: [("MON".to_owned(), "volgen".to_owned())].into(),
            questions: [("MON".to_owned(), vec!["RQ2".to_owned()])].into(),
            ..Labels::default()
        };
        let ran = Unworded {
            manifest: &manifest(),
            kind: AnalysisKind::Script,
            parameters: &Map::new(),
            outcome: &Outcome::Found(found),
        };
        let reading = ReadingSummary { default: true, ..ReadingSummary::default() };
        publish(study, reading, ProblemCounts::default(), &labels, &[ran])
    }

    #[test]
    fn findings_are_worded_in_the_language_of_the_study_and_sorted() {
        let document = published(vec![finding("b"), finding("a")]);
        let first = &document.findings[0];
        assert_eq!(first.id, "mismatch/a");
        assert_eq!(first.title, "Aandeel bij volgen");
        assert_eq!(first.sentence, "5/12 (42%) verschillen.");
        assert_eq!(first.measures[0].label, "aandeel");
        assert_eq!(first.caveats[0].text, "Only 5/12 (42%).");
        assert_eq!(first.research_questions, ["RQ2"]);
        assert_eq!(document.analyses[0].outcome, Came::Found { findings: 2 });
    }

    #[test]
    fn evidence_is_sorted_and_named_once() {
        let document = published(vec![finding("a")]);
        let Basis::Evidence { items } = &document.findings[0].basis else {
            panic!("the finding has evidence")
        };
        let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["s1", "s9", "s2"]);
    }

    #[test]
    fn what_cannot_be_worded_fails_its_analysis() {
        let unknown_measure = finding("a").measure("unknown", Number::count(1));
        let mut unknown_template = finding("a");
        unknown_template.template = "other".into();
        let wrong = [
            vec![finding("a"), finding("a")],
            vec![finding("a"), unknown_measure],
            vec![unknown_template],
            vec![finding("a").caveat("missing")],
        ];
        for found in wrong {
            let document = published(found);
            assert!(document.findings.is_empty());
            assert!(matches!(document.analyses[0].outcome, Came::Failed { .. }));
        }
    }

    #[test]
    fn a_document_reads_back_as_it_was_written() {
        let document = published(vec![finding("a")]);
        let json = document.to_json();
        assert!(json.ends_with("}\n"));
        assert_eq!(serde_json::from_str::<FindingsDocument>(&json).ok(), Some(document));
    }
}
