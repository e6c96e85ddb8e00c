//! What does the report say elsewhere of the same thing?

use parallax_model::claim::{Claim, Computed, Excluded, Expected, Scope, Strength};
use parallax_model::claim::{Truth, scope::Term};
use parallax_model::row::{ClaimKind, ClaimUnit};
use parallax_model::settings::Language;
use parallax_model::study::Member;
use parallax_model::{Reading, Verdict};

use super::{Assessed, Because};

/// Claims that stand, or are open, and say by a word what another section says with a strength that
/// is two steps or more away.
///
/// A number or a kind counts wherever it stands: an abstract comes before the results. Of two words
/// the later one drifts.
pub(super) fn drift(assessed: &mut [Assessed<'_>], reading: &Reading<'static>, language: Language) {
    let everybody = reading.participants.roles.iter().filter(|&&r| r != parallax_model::NONE);
    let everybody = everybody.count();
    for at in 0..assessed.len() {
        let one = &assessed[at];
        // Both are held against the group that the word speaks of.
        let n = match one.judgement.computed {
            Computed::Count { of, .. } => of.upper,
            _ => everybody,
        };
        let stands = matches!(one.verdict, Verdict::Supported | Verdict::Undetermined);
        let Some(strength) = word_strength(one.claim, n).filter(|_| stands) else { continue };
        let (earlier, later) = assessed.split_at(at);
        let numbered = later.iter().filter(|other| word_strength(other.claim, n).is_none());
        let elsewhere = earlier.iter().chain(numbered).find_map(|other| {
            let comparable = is_comparable(one, other);
            let before = number_strength(other.claim, n).filter(|_| comparable)?;
            let apart = (strength as i8 - before as i8).abs() >= 2;
            apart.then(|| (other.claim.id.clone(), said(other, language), strength > before))
        });
        if let Some((other, says, stronger)) = elsewhere {
            let one = &mut assessed[at];
            (one.verdict, one.because) = (Verdict::Drift, Because::Drift { other, says, stronger });
        }
    }
}

/// What a claim says of how many there are: its number, its word, or its kind.
fn said(one: &Assessed<'_>, language: Language) -> String {
    let written = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let kind = match (one.claim.kind, language) {
        (Some(ClaimKind::All), Language::En) => Some("“all”"),
        (Some(ClaimKind::All), Language::Nl) => Some("“alle”"),
        (Some(ClaimKind::None), Language::En) => Some("“none”"),
        (Some(ClaimKind::None), Language::Nl) => Some("“geen”"),
        (Some(ClaimKind::Mainly), Language::En) => Some("“mainly”"),
        (Some(ClaimKind::Mainly), Language::Nl) => Some("“vooral”"),
        (Some(ClaimKind::Consensus), _) => Some("“consensus”"),
        _ => None,
    };
    written(&one.row.expected)
        .or_else(|| written(&one.row.quantifier).map(|word| format!("“{word}”")))
        .or(kind.map(str::to_owned))
        .unwrap_or_default()
}

/// Whether another claim is about the same code, in another section, and about no other people than
/// this one speaks of.
fn is_comparable(one: &Assessed<'_>, other: &Assessed<'_>) -> bool {
    let (a, b) = (one.claim, other.claim);
    let modality = a.modality.is_none() || b.modality.is_none() || a.modality == b.modality;
    let section = |of: &Assessed<'_>| of.row.section.clone().unwrap_or_default();
    !a.codes.is_empty()
        && a.codes == b.codes
        && b.unit != ClaimUnit::Code
        && modality
        && a.state.unwrap_or_default() == b.state.unwrap_or_default()
        && section(one) != section(other)
        && other.verdict != Verdict::PresuppositionFailed
        && is_within(&b.scope, &a.scope)
}

/// Whether whoever the first scope names, the second names too.
fn is_within(inner: &Scope, outer: &Scope) -> bool {
    let everybody = |term: &Term| *term == Term::Member(Member::Everybody);
    let takes_all = outer.terms.is_empty() || outer.terms.iter().any(everybody);
    let conditions = outer.conditions.iter().all(|one| inner.conditions.contains(one));
    let more = inner.excluded == Excluded::No || inner.excluded == outer.excluded;
    let terms = !inner.terms.is_empty() && inner.terms.iter().all(|t| outer.terms.contains(t));
    conditions && more && (takes_all || terms)
}

/// How strong a claim is that has only a word for how many there are.
fn word_strength(claim: &Claim, n: usize) -> Option<Strength> {
    let is_word = claim.expected == Expected::Nothing
        && matches!(claim.kind, Some(ClaimKind::Count | ClaimKind::Share));
    claim.quantity.as_ref().filter(|_| is_word).map(|quantity| quantity.strength(n))
}

/// How strong a claim is, by its number, its kind or its word.
fn number_strength(claim: &Claim, n: usize) -> Option<Strength> {
    match (claim.kind?, &claim.expected) {
        (ClaimKind::All, _) => Some(Strength::All),
        (ClaimKind::Consensus, expected) => {
            let of_all = claim.state.is_some() && *expected != Expected::No;
            of_all.then_some(Strength::All)
        }
        (ClaimKind::None, _) => Some(Strength::None),
        (ClaimKind::Mainly, _) => Some(Strength::Most),
        (ClaimKind::Count | ClaimKind::Share, Expected::Nothing) => word_strength(claim, n),
        (ClaimKind::Count | ClaimKind::Share, Expected::Part { part, .. }) => {
            let whole = usize::try_from(part.denominator()).ok()?;
            Some(Strength::of(usize::try_from(part.numerator()).ok()?, whole))
        }
        (ClaimKind::Count, expected) => {
            Some(Strength::of(usize::try_from(expected.number()?).ok()?, n))
        }
        _ => None,
    }
}

/// Sums that the data bear out for another number of people than the report gives for its sample.
pub(super) fn numbers(assessed: &mut [Assessed<'_>]) {
    let samples: Vec<(String, i64)> = assessed
        .iter()
        .filter_map(|one| Some((one.claim.id.clone(), one.claim.reported_sample()?)))
        .collect();
    let Some((other, people)) = samples.first().cloned() else { return };
    for one in assessed.iter_mut() {
        let Expected::Sum(sum) = &one.claim.expected else { continue };
        let is_true = one.judgement.outcome == parallax_model::claim::Outcome::Is(Truth::True);
        let of_everybody = one.claim.scope == Scope::default();
        let true_of = |people: i64| usize::try_from(people).is_ok_and(|n| sum.is_true_of(n));
        // A report can count those whom it approached and those whom it heard.
        let fits = samples.iter().any(|(_, people)| true_of(*people));
        if is_true && of_everybody && !fits {
            one.verdict = Verdict::Contradicted;
            one.because = Because::OtherNumber { other: other.clone(), people };
        }
    }
}
