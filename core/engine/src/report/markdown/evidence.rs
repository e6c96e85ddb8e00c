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
    vec![
        id.to_owned(),
        exhibit.who(),
        exhibit.says(report.document.study.language),
        exhibit.words(),
        exhibit.reference.clone(),
    ]
}
