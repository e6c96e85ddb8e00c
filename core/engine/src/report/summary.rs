//! What does a run say on a terminal, in a few lines?

mod claims;

use std::collections::BTreeSet;

use parallax_model::document::{Came, PublishedFinding};
use parallax_model::finding::{Basis, Weight};
use parallax_model::settings::Language;

use crate::report::Report;
use crate::report::outline::sections;
use crate::report::words::{self, Word, counted};

/// The measures that say how much of a finding is open, in the words of every analysis.
const OPEN: [&str; 4] = ["unknown", "unknown_cells", "silent", "vacant"];

/// Who was analysed, what comes of the claims of the report, then for each analysis its question, what was found first of all and its
/// evidence, and at the end what to keep in mind.
#[must_use]
pub fn summary(report: &Report<'_>) -> String {
    let language = report.document.study.language;
    let evidence_word = Word::Evidence.text(language).to_lowercase();
    let mut text = format!("{}\n{}\n\n", report.document.study.title, analysed(report));
    text.push_str(&claims::lines(report));
    let mut care: BTreeSet<&str> = BTreeSet::new();
    for section in sections(report.document) {
        let entry = section.entry;
        text.push_str(&format!("{}\n", entry.question));
        let lines = match (&entry.outcome, section.first()) {
            (Came::NotAvailable { reason }, _) => {
                vec![format!("{}: {reason}", Word::NotAvailable.text(language))]
            }
            (Came::Failed { reason }, _) => {
                vec![format!("{}: {reason}", Word::Failed.text(language))]
            }
            (Came::Found { .. }, None) => vec![Word::NothingFound.text(language).to_owned()],
            (Came::Found { findings }, Some(first)) => {
                care.extend(first.caveats.iter().map(|caveat| caveat.text.as_str()));
                let findings = counted(*findings, Word::FindingOne, Word::FindingMany, language);
                let steady = first.robustness.as_ref().map(|steady| steady.sentence.clone());
                std::iter::once(first.sentence.clone())
                    .chain(steady)
                    .chain([
                        format!("{}: {}", evidence_word, evidence(first, language)),
                        format!("{} · {findings}", first.id),
                    ])
                    .collect()
            }
        };
        for line in lines {
            text.push_str(&format!("  {line}\n"));
        }
        text.push('\n');
    }
    if !care.is_empty() {
        text.push_str(&format!("{}\n", Word::ReadWithCare.text(language)));
        for caveat in care {
            text.push_str(&format!("  {caveat}\n"));
        }
        text.push('\n');
    }
    text
}

/// The id of the finding that the summary shows first.
#[must_use]
pub fn first_shown(report: &Report<'_>) -> Option<String> {
    sections(report.document).iter().find_map(|section| Some(section.first()?.id.clone()))
}

/// How many people of which roles, at how many cases, under which mapping.
fn analysed(report: &Report<'_>) -> String {
    let language = report.document.study.language;
    let (reading, counts) = (&report.document.reading, &report.document.study.counts);
    let roles: Vec<String> = reading
        .roles
        .iter()
        .filter(|role| role.people > 0)
        .map(|role| format!("{} {}", role.label, role.people))
        .collect();
    let cases = counted(counts.cases, Word::Case, Word::Cases, language);
    let statements = counted(counts.statements, Word::Statement, Word::Statements, language);
    format!(
        "{} {} {} {} {}: {} · {cases} · {statements} · {} {}",
        reading.included,
        Word::Of.text(language),
        reading.included + reading.excluded,
        Word::Participants.text(language),
        Word::Analysed.text(language),
        roles.join(", "),
        Word::ReadAs.text(language),
        reading.mapping,
    )
}

/// The evidence by its weight, and how much is open.
fn evidence(finding: &PublishedFinding, language: Language) -> String {
    let mut parts: Vec<String> = match &finding.basis {
        Basis::None { reason } => {
            vec![format!("{} ({reason})", Word::NoEvidence.text(language).to_lowercase())]
        }
        Basis::Evidence { items } => [Weight::Supporting, Weight::Contrary, Weight::Context]
            .map(|weight| (items.iter().filter(|item| item.weight == weight).count(), weight))
            .into_iter()
            .filter(|&(count, weight)| count > 0 || weight == Weight::Contrary)
            .map(|(count, weight)| format!("{count} {}", words::weight(weight).text(language)))
            .collect(),
    };
    let open = finding.measures.iter().filter(|measure| OPEN.contains(&measure.name.as_str()));
    parts.extend(open.map(|measure| format!("{} {}", measure.text, measure.label)));
    parts.join(" · ")
}
