//! How does a verdict on a claim become something that can be accepted as findings are?

use parallax_model::Number;
use parallax_model::document::{
    ComputedSet, PublishedCaveat, PublishedClaim, PublishedFinding, PublishedMeasure, Shown,
    number_text,
};
use parallax_model::settings::Language;

use super::CLAIMS;

/// A claim with its verdict in the form of a finding: its sentence begins with the verdict, its
/// measure is what the data give, and its caveats are what was noticed beside it.
pub(super) fn as_finding(claim: &PublishedClaim, language: Language) -> PublishedFinding {
    let sentence = match claim.sentence.is_empty() {
        true => claim.word.clone(),
        false => format!("{}: {}", claim.word, claim.sentence),
    };
    let sets = claim.set.iter().flat_map(|ComputedSet { certain, possible }| {
        let names = |ids: &[String]| Shown::Names { ids: ids.to_vec(), text: ids.join(", ") };
        [("certain".to_owned(), names(certain)), ("possible".to_owned(), names(possible))]
    });
    let caveats = claim.notes.iter().map(|note| PublishedCaveat {
        name: note.check.word().to_owned(),
        text: note.text.clone(),
    });
    PublishedFinding {
        id: format!("{CLAIMS}/{}", claim.id),
        analysis: CLAIMS.to_owned(),
        template: claim.verdict.word().to_owned(),
        title: claim.id.clone(),
        sentence,
        values: sets.collect(),
        measures: claim.computed.iter().map(|number| measure(number, language)).collect(),
        tables: Vec::new(),
        figures: Vec::new(),
        caveats: caveats.collect(),
        research_questions: Vec::new(),
        basis: claim.basis.clone(),
        robustness: None,
    }
}

fn measure(number: &Number, language: Language) -> PublishedMeasure {
    let (label, nothing) = match language {
        Language::En => ("what the data give", "not available"),
        Language::Nl => ("wat de gegevens geven", "niet beschikbaar"),
    };
    PublishedMeasure {
        name: "computed".to_owned(),
        label: label.to_owned(),
        number: number.clone(),
        text: number_text(number, language, nothing),
        across: None,
    }
}
