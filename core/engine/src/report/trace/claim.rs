//! What stands behind the verdict on one claim, on a terminal?

use parallax_model::document::PublishedClaim;
use parallax_model::number::Number;
use parallax_model::settings::Language;

use super::{basis, pairs};
use crate::report::Exhibits;
use crate::report::checklist::{noted, place};
use crate::report::words::Word;

/// A claim in the words of `claims.csv`, its verdict and what that means, what the data give, how
/// far it depends on choices, and every piece of evidence with what was said.
///
/// `id` is the one that was asked for, such as `claims/K24`; `said` is what the claim says. People's
/// own words are in it: who asks for the evidence asks for them.
#[must_use]
pub fn trace_claim(
    id: &str,
    claim: &PublishedClaim,
    said: &str,
    exhibits: &Exhibits,
    language: Language,
) -> String {
    let mut text = format!("{id}\n");
    let place = place(claim);
    for line in [said, place.as_str()].into_iter().filter(|line| !line.is_empty()) {
        text.push_str(&format!("{line}\n"));
    }
    let meaning = claim.verdict.meaning(language);
    text.push_str(&format!("\n{}: {}\n  {meaning}\n", claim.word, claim.sentence));
    pairs(&mut text, &beside(claim, language));
    for note in &claim.notes {
        text.push_str(&format!("\n  ! {}\n", noted(note, language)));
    }
    basis(&mut text, &claim.basis, exhibits, language);
    text
}

/// What the report says and what the data give, as far as either is a number or a set.
fn beside(claim: &PublishedClaim, language: Language) -> Vec<(&'static str, String)> {
    let mut beside = Vec::new();
    let mut add = |word: Word, text: String| {
        if !text.is_empty() {
            beside.push((word.text(language), text));
        }
    };
    add(Word::Reported, claim.reported.clone());
    match &claim.computed {
        Some(Number::NotAvailable { .. }) | None => {}
        Some(number) => add(Word::Computed, number.to_string()),
    }
    if let Some(set) = &claim.set {
        add(Word::CertainOf, set.certain.join(", "));
        add(Word::PossibleOf, set.possible.join(", "));
    }
    if let Some(steady) = &claim.robustness {
        add(Word::Choices, steady.sentence.clone());
    }
    add(Word::ToAsk, claim.open.join(", "));
    beside
}
