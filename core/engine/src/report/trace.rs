//! What stands behind one finding, or behind the verdict on one claim, on a terminal?

mod claim;

use parallax_model::document::PublishedFinding;
use parallax_model::finding::Basis;
use parallax_model::settings::Language;

use crate::report::Exhibits;
use crate::report::words::{Word, weight};

pub use claim::trace_claim;

/// A finding, its numbers and caveats, and every piece of evidence with what was said.
///
/// People's own words are in it: who asks for the evidence asks for them.
#[must_use]
pub fn trace(finding: &PublishedFinding, exhibits: &Exhibits, language: Language) -> String {
    let mut text = format!("{}\n{}\n{}\n", finding.id, finding.title, finding.sentence);
    let measures = finding.measures.iter();
    let measures: Vec<(&str, String)> =
        measures.map(|measure| (measure.label.as_str(), measure.text.clone())).collect();
    pairs(&mut text, &measures);
    for caveat in &finding.caveats {
        text.push_str(&format!("\n  ! {}\n", caveat.text));
    }
    basis(&mut text, &finding.basis, exhibits, language);
    text
}

/// Names with what belongs to each, below one another.
fn pairs(text: &mut String, pairs: &[(&str, String)]) {
    let Some(widest) = pairs.iter().map(|(name, _)| name.chars().count()).max() else { return };
    text.push('\n');
    for (name, value) in pairs {
        text.push_str(&format!("  {name:<widest$}  {value}\n"));
    }
}

/// On what something rests, each piece with what was said.
fn basis(text: &mut String, basis: &Basis, exhibits: &Exhibits, language: Language) {
    match basis {
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
}
