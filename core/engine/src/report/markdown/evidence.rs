//! What did people say, in Markdown?

use parallax_model::finding::{Evidence, EvidenceKind};

use super::{Page, escaped};
use crate::report::outline::contrary;
use crate::report::words::{self, Word};
use crate::report::{Exhibit, Report};

/// The contrary cases, then everything that findings cite.
pub(super) fn section(page: &mut Page, report: &Report<'_>) {
    let language = report.document.study.language;
    let word = |word: Word| word.text(language).to_owned();
    page.heading(2, &word(Word::Evidence));
    page.heading(3, &word(Word::ContraryCases));
    let contrary = contrary(report.document);
    if contrary.is_empty() {
        page.paragraph(&word(Word::NoContrary));
    } else {
        page.paragraph(&word(Word::ContraryIntro));
        let ids = |items: &[Evidence]| {
            items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let rows = contrary.iter().map(|(of, items)| vec![of.title.clone(), ids(items)]);
        page.table(&[word(Word::Finding), word(Word::Contrary)], rows);
    }
    page.heading(3, &word(Word::AllEvidence));
    for kind in [EvidenceKind::Statement, EvidenceKind::Excerpt, EvidenceKind::Constraint] {
        let rows: Vec<Vec<String>> = report
            .exhibits
            .iter()
            .filter(|((of, _), _)| *of == kind)
            .map(|((_, id), exhibit)| row(id, exhibit, report))
            .collect();
        if !rows.is_empty() {
            page.paragraph(&format!("**{}**", escaped(words::kind(kind).text(language))));
            let heads = [Word::Id, Word::Who, Word::Says, Word::InShort, Word::Where].map(word);
            page.table(&heads, rows);
        }
    }
}

fn row(id: &str, exhibit: &Exhibit, report: &Report<'_>) -> Vec<String> {
    let language = report.document.study.language;
    let joined = |parts: &[&str], by: &str| {
        parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
    };
    let ascribed = exhibit.modality.map(|modality| {
        let modality = words::modality(modality, language);
        match exhibit.bearer.is_empty() {
            true => modality.to_owned(),
            false => format!("{modality} {} {}", Word::Of.text(language), exhibit.bearer),
        }
    });
    let stance = exhibit.stance.map_or("", |stance| words::stance(stance, language));
    let strength = exhibit.strength.map_or("", |strength| words::strength(strength, language));
    let code = format!("{stance} “{}”", exhibit.code);
    let says = joined(&[code.trim(), ascribed.as_deref().unwrap_or_default(), strength], " · ");
    vec![
        id.to_owned(),
        joined(&[&exhibit.speaker, &exhibit.role, &exhibit.case], ", "),
        says,
        joined(&[&exhibit.text, &exhibit.condition], " — "),
        exhibit.reference.clone(),
    ]
}
