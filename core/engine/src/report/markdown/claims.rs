//! How do the claims of the report stand in Markdown, beside what the data give?

use parallax_model::Verdict;
use parallax_model::document::PublishedClaim;
use parallax_model::settings::Language;

use super::{Page, escaped, finding, with_code};
use crate::report::Report;
use crate::report::checklist::{self, FIRST, place, said, sign, tally, with};
use crate::report::words::Word;

/// How many claims have which verdict, those to look at first, every claim, and what was noticed
/// about all of them.
pub(super) fn section(page: &mut Page, report: &Report<'_>) {
    let (document, language) = (report.document, report.document.study.language);
    let word = |word: Word| word.text(language).to_owned();
    page.heading(2, &word(Word::Claims));
    if !document.claims.is_empty() {
        page.paragraph(&with_code(&word(Word::ClaimsIntro)));
        let verdicts = tally(&document.claims).into_iter().map(|(verdict, count)| {
            let name = named(verdict, verdict.in_language(language));
            vec![name, count.to_string(), verdict.meaning(language).to_owned()]
        });
        page.table(&[word(Word::Verdict), word(Word::HowMany), word(Word::Meaning)], verdicts);
        first(page, report);
        page.heading(3, &word(Word::AllClaims));
        let heads = [Word::Id, Word::Verdict, Word::ReportSays, Word::DataSay, Word::Evidence];
        let rows = document.claims.iter().map(|claim| row(report, claim, language));
        page.table(&heads.map(word), rows);
    }
    if !document.repairs.is_empty() {
        page.heading(3, &word(Word::Repairs));
        page.paragraph(&word(Word::RepairsIntro));
        let heads = [Word::Change, Word::Reconciles, Word::Breaks];
        let rows = document.repairs.iter().map(|repair| {
            vec![repair.edits.join("; "), repair.reconciles.join(", "), repair.breaks.join(", ")]
        });
        page.table(&heads.map(word), rows);
    }
    let checks = checklist::by_check(&document.notes);
    if !checks.is_empty() {
        page.heading(3, &word(Word::ClaimsNotes));
        for (check, texts) in checks {
            let name = escaped(check.in_language(language));
            page.paragraph(&format!("**{name}** — {}", escaped(check.meaning(language))));
            page.list(texts.into_iter().map(escaped));
        }
    }
}

/// A verdict with its sign.
fn named(verdict: Verdict, word: &str) -> String {
    format!("{} {word}", sign(verdict))
}

fn first(page: &mut Page, report: &Report<'_>) {
    let (claims, language) = (&report.document.claims, report.document.study.language);
    let items = FIRST.into_iter().flat_map(|verdict| {
        with(claims, verdict).map(move |claim| {
            let name = named(verdict, verdict.in_language(language));
            let (id, said) = (escaped(&claim.id), escaped(said(report, claim)));
            format!("**{id}** ({}): {said}", escaped(&name))
        })
    });
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        page.heading(3, Word::LookFirst.text(language));
        page.list(items);
    }
}

fn row(report: &Report<'_>, claim: &PublishedClaim, language: Language) -> Vec<String> {
    let (said, place) = (said(report, claim), place(claim));
    let said = if place.is_empty() { said.to_owned() } else { format!("{said} ({place})") };
    let mut data = vec![claim.sentence.clone()];
    data.extend(claim.robustness.iter().map(|steady| steady.sentence.clone()));
    data.extend(claim.notes.iter().map(|note| checklist::noted(note, language)));
    if !claim.open.is_empty() {
        data.push(format!("{}: {}", Word::ToAsk.text(language), claim.open.join(", ")));
    }
    vec![
        claim.id.clone(),
        named(claim.verdict, &claim.word),
        said,
        data.join(" · "),
        finding::rests_on(&claim.basis, language),
    ]
}
