//! What does a run say on a terminal, in a few lines?

use parallax_model::document::Came;

use crate::report::Report;
use crate::report::outline::{evidence_count, sections};
use crate::report::words::{Word, counted};

/// A few plain lines for each analysis: its question, what was found first of all, and on how
/// much that rests.
#[must_use]
pub fn summary(report: &Report<'_>) -> String {
    let language = report.document.study.language;
    let mut text = String::new();
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
                let findings = counted(*findings, Word::FindingOne, Word::FindingMany, language);
                let evidence = evidence_count(first);
                let rests = format!("{}: {evidence}", Word::Evidence.text(language).to_lowercase());
                vec![first.sentence.clone(), format!("{} · {findings} · {rests}", first.id)]
            }
        };
        for line in lines {
            text.push_str(&format!("  {line}\n"));
        }
        text.push('\n');
    }
    text
}
