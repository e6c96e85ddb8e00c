//! What stands behind one finding, on a terminal?

use parallax_model::document::PublishedFinding;
use parallax_model::finding::Basis;
use parallax_model::settings::Language;

use crate::report::Exhibits;
use crate::report::words::{Word, weight};

/// A finding, its numbers and caveats, and every piece of evidence with what was said.
///
/// People's own words are in it: who asks for the evidence asks for them.
#[must_use]
pub fn trace(finding: &PublishedFinding, exhibits: &Exhibits, language: Language) -> String {
    let mut text = format!("{}\n{}\n{}\n", finding.id, finding.title, finding.sentence);
    let widest = finding.measures.iter().map(|measure| measure.label.chars().count()).max();
    if let Some(widest) = widest {
        text.push('\n');
        for measure in &finding.measures {
            text.push_str(&format!("  {:<widest$}  {}\n", measure.label, measure.text));
        }
    }
    for caveat in &finding.caveats {
        text.push_str(&format!("\n  ! {}\n", caveat.text));
    }
    match &finding.basis {
        Basis::None { reason } => {
            text.push_str(&format!("\n{}: {reason}\n", Word::NoEvidence.text(language)));
        }
        Basis::Evidence { items } => {
            let mut heading = None;
            for item in items {
                if heading.replace(item.weight) != Some(item.weight) {
                    text.push_str(&format!("\n{}\n", weight(item.weight).text(language)));
                }
                let exhibit = exhibits.get(&(item.kind, item.id.clone()));
                text.push_str(&format!("  {}", item.id));
                let Some(exhibit) = exhibit else {
                    text.push('\n');
                    continue;
                };
                let lines = [exhibit.who(), exhibit.says(language), exhibit.words()];
                let mut indent = "  ";
                for line in lines.iter().chain([&exhibit.reference]) {
                    if !line.is_empty() {
                        text.push_str(&format!("{indent}{line}\n"));
                        indent = "        ";
                    }
                }
            }
        }
    }
    text
}
