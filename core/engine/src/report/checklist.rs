//! In which order does a report show the claims, and which are to be looked at first?
//!
//! The claims stay in the order of `claims.csv`, which is that of the text they were taken from: who
//! has the text beside the report can follow both. What cannot stand as it is written is named above.

use std::collections::BTreeMap;

use parallax_model::document::{
    FindingsDocument, PublishedClaim, PublishedNote, PublishedTable, Shown,
};
use parallax_model::finding::{Basis, Weight};
use parallax_model::number::{Fraction, Number};
use parallax_model::settings::Language;
use parallax_model::{Check, Study, Verdict};

use crate::report::Report;
use crate::report::words::Word;

/// The verdicts to look at first, the gravest first.
pub(super) const FIRST: [Verdict; 3] =
    [Verdict::Contradicted, Verdict::PresuppositionFailed, Verdict::Drift];

/// What each claim says, by its id: the paraphrases of `claims.csv`, which no findings hold.
#[must_use]
pub fn claim_texts(study: &Study) -> BTreeMap<String, String> {
    let texts = study.claim_rows().iter().map(|claim| {
        let text = claim.text.clone().unwrap_or_default();
        (claim.id.clone(), text)
    });
    texts.collect()
}

/// Whether a report has anything to say of claims.
pub(super) fn has_claims(document: &FindingsDocument) -> bool {
    !document.claims.is_empty() || !document.notes.is_empty()
}

/// How many claims have each verdict, without the verdicts that none has.
pub(super) fn tally(claims: &[PublishedClaim]) -> Vec<(Verdict, usize)> {
    let counts = Verdict::ALL.map(|verdict| (verdict, with(claims, verdict).count()));
    counts.into_iter().filter(|&(_, count)| count > 0).collect()
}

/// The claims with one verdict, in the order of the document.
pub(super) fn with(
    claims: &[PublishedClaim],
    verdict: Verdict,
) -> impl Iterator<Item = &PublishedClaim> {
    claims.iter().filter(move |claim| claim.verdict == verdict)
}

/// The sign that stands before the word for a verdict; no two have the same.
pub(super) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "✓",
        Verdict::Contradicted => "✗",
        Verdict::Undetermined => "?",
        Verdict::PresuppositionFailed => "∅",
        Verdict::Unsupported => "○",
        Verdict::Drift => "~",
        Verdict::NotCheckable => "–",
        Verdict::AsEntered => "=",
    }
}

/// What was noticed about the claims as a whole, by the check that noticed it.
pub(super) fn by_check(notes: &[PublishedNote]) -> Vec<(Check, Vec<&str>)> {
    let of = |check: Check| {
        let own = notes.iter().filter(move |note| note.check == check);
        (check, own.map(|note| note.text.as_str()).collect::<Vec<_>>())
    };
    Check::ALL.map(of).into_iter().filter(|(_, texts)| !texts.is_empty()).collect()
}

/// What the report says: the paraphrase of `claims.csv`, or what the row expects where it has none.
pub(super) fn said<'r>(report: &'r Report<'_>, claim: &'r PublishedClaim) -> &'r str {
    match report.claims.get(&claim.id).filter(|text| !text.is_empty()) {
        Some(text) => text,
        None => &claim.reported,
    }
}

/// Where it stands in the report: `L477 · Results`.
pub(super) fn place(claim: &PublishedClaim) -> String {
    joined([claim.reference.as_str(), &claim.section].into_iter(), " · ")
}

/// The id under which `parallax trace` shows it: `claims/K24`, or `claims@M3/K24` where the study
/// was read in another way than its own.
pub(super) fn traced(document: &FindingsDocument, claim: &PublishedClaim) -> String {
    match &document.reading {
        reading if reading.default => format!("claims/{}", claim.id),
        reading => format!("claims@{}/{}", reading.mapping, claim.id),
    }
}

/// The claims as a table with a column for each thing that is known of them, to be saved.
pub(super) fn table(report: &Report<'_>) -> PublishedTable {
    let language = report.document.study.language;
    let columns = [
        Word::Id,
        Word::Where,
        Word::SectionOf,
        Word::Verdict,
        Word::ReportSays,
        Word::Reported,
        Word::DataSay,
        Word::Computed,
        Word::CertainOf,
        Word::PossibleOf,
        Word::Choices,
        Word::ToAsk,
        Word::Supporting,
        Word::Contrary,
        Word::Context,
        Word::Notes,
    ];
    PublishedTable {
        name: "claims".to_owned(),
        title: Word::Claims.text(language).to_owned(),
        columns: columns.map(|word| text(word.text(language))).to_vec(),
        rows: report.document.claims.iter().map(|claim| row(report, claim, language)).collect(),
    }
}

fn row(report: &Report<'_>, claim: &PublishedClaim, language: Language) -> Vec<Shown> {
    let evidence = |weight: Weight| {
        let Basis::Evidence { items } = &claim.basis else { return text("") };
        let own = items.iter().filter(|item| item.weight == weight);
        text(&joined(own.map(|item| item.id.as_str()), " "))
    };
    let set = |of: Option<&Vec<String>>| text(&of.map(|ids| ids.join(" ")).unwrap_or_default());
    let notes = claim.notes.iter().map(|note| noted(note, language)).collect::<Vec<_>>();
    let steady = claim.robustness.as_ref().map_or("", |steady| &steady.sentence);
    vec![
        text(&claim.id),
        text(&claim.reference),
        text(&claim.section),
        Shown::Word { id: claim.verdict.word().to_owned(), text: claim.word.clone() },
        text(report.claims.get(&claim.id).map_or("", String::as_str)),
        reported(&claim.reported),
        text(&claim.sentence),
        claim.computed.as_ref().map_or_else(|| text(""), number),
        set(claim.set.as_ref().map(|set| &set.certain)),
        set(claim.set.as_ref().map(|set| &set.possible)),
        text(steady),
        text(&claim.open.join(" ")),
        evidence(Weight::Supporting),
        evidence(Weight::Contrary),
        evidence(Weight::Context),
        text(&notes.join(" | ")),
    ]
}

/// A note with the check that noticed it: `denominator: true of 17, not of 16`.
pub(super) fn noted(note: &PublishedNote, language: Language) -> String {
    format!("{}: {}", note.check.in_language(language), note.text)
}

/// What the row expects; a fraction in its parts, because a spreadsheet takes `9/17` for a date.
fn reported(written: &str) -> Shown {
    let parts = written.split_once('/');
    let fraction = parts.and_then(|(part, whole)| {
        Fraction::new(part.trim().parse().ok()?, whole.trim().parse().ok()?)
    });
    fraction.map_or_else(|| text(written), |fraction| number(&Number::Fraction(fraction)))
}

fn number(number: &Number) -> Shown {
    Shown::Number { text: number.to_string(), number: number.clone() }
}

fn text(text: &str) -> Shown {
    Shown::Text { text: text.to_owned() }
}

fn joined<'t>(parts: impl Iterator<Item = &'t str>, by: &str) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_verdicts_share_a_sign() {
        let signs: BTreeSet<&str> = Verdict::ALL.map(sign).into();
        assert_eq!(signs.len(), Verdict::ALL.len());
    }

    #[test]
    fn every_claim_is_counted_once_and_has_a_row_in_its_place() {
        let document = sample::document(Language::En);
        let counted: usize = tally(&document.claims).iter().map(|(_, count)| count).sum();
        assert_eq!(counted, document.claims.len());
        let table = table(&sample::report(&document));
        let ids: Vec<&str> = table.rows.iter().map(|row| row[0].text()).collect();
        assert!(ids.iter().eq(document.claims.iter().map(|claim| &claim.id)), "{ids:?}");
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }

    #[test]
    fn a_fraction_is_told_from_what_only_looks_like_one() {
        assert!(matches!(reported("9/17"), Shown::Number { .. }));
        for text in ["9/17 53%", "13+4=n", "1/0", "a/b", ""] {
            assert!(matches!(reported(text), Shown::Text { .. }), "{text}");
        }
    }

    #[test]
    fn another_mapping_stands_in_the_id() {
        let mut document = sample::document(Language::En);
        assert_eq!(traced(&document, &document.claims[0]), "claims/K01");
        document.reading.default = false;
        assert_eq!(traced(&document, &document.claims[0]), "claims@report/K01");
    }
}
