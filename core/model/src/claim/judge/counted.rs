//! How many are there: as many as a report says, all, none, or at least one?

use super::{Computed, Judge, Judgement};
use crate::cell::State;
use crate::claim::expected::Percent;
use crate::claim::scope::People;
use crate::claim::{Allowed, Claim, Expected, Truth};
use crate::number::Fraction;
use crate::row::ClaimKind;

use super::parts::Parts;
use super::tested::Tested;

/// `count` and `share`: a number, a range, a part, a percentage, or a word for a quantity.
pub(super) fn amount(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let parts = Parts::of(judge, claim, people, &tested);
    let is_share = claim.kind == Some(ClaimKind::Share);
    let truth = match &claim.expected {
        // A percentage that its own part does not round to is wrong whatever the data are.
        Expected::Part { part, percent: Some(percent) } if !percent.is_of(*part) => Truth::False,
        Expected::Part { part, .. } if is_share => parts.truth(|k, n| same(k, n, *part, claim)),
        Expected::Part { part, .. } => {
            let (of_them, whole) =
                (exactly(part.numerator(), claim), exactly(part.denominator(), claim));
            parts.truth(|k, n| of_them.has(number(k)) && whole.has(number(n)))
        }
        Expected::Percent(percent) => parts.truth(|k, n| rounds(k, n, *percent, claim)),
        Expected::Amount(allowed) => {
            let allowed = allowed.widened(claim.tolerance);
            parts.truth(|k, n| match is_share {
                true => part(k, n).is_some_and(|part| allowed.has(part)),
                false => allowed.has(number(k)),
            })
        }
        _ => quantity(claim, &parts, || {
            super::agreement::plurality(judge, claim, people, tested.count)
        }),
    };
    told(judge, claim, people, &tested, truth)
}

/// `all`: everybody does, in every world.
pub(super) fn all(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let truth = Parts::of(judge, claim, people, &tested).everybody();
    told(judge, claim, people, &tested, truth)
}

/// `none`: nobody does, in any world.
pub(super) fn none(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let truth = Truth::of(tested.count.upper == 0, tested.count.lower == 0);
    told(judge, claim, people, &tested, truth)
}

/// `exists`: somebody does, in every world.
pub(super) fn exists(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let truth = Truth::of(tested.count.lower > 0, tested.count.upper > 0);
    told(judge, claim, people, &tested, truth)
}

fn told(
    judge: &Judge<'_>,
    claim: &Claim,
    people: &People,
    tested: &Tested,
    truth: Truth,
) -> Judgement {
    let parts = Parts::of(judge, claim, people, tested);
    let (mut mixed, mut silent) = (0, 0);
    if let [code] = claim.codes[..] {
        let tally = judge.cells(claim, code).tally(&people.certain);
        (mixed, silent) = (tally[State::Mixed as usize], tally[State::Silent as usize]);
    }
    let computed = Computed::Count { count: tested.count, of: parts.whole(), mixed, silent };
    let mut judgement = Judgement::truth(truth, computed);
    judgement.base_is_open = parts.asked_is_open();
    judge.cite(claim, people, tested, judgement)
}

fn part(k: usize, n: usize) -> Option<Fraction> {
    Fraction::new(i64::try_from(k).ok()?, i64::try_from(n).ok()?)
}

fn same(k: usize, n: usize, expected: Fraction, claim: &Claim) -> bool {
    let allowed = Allowed::exactly(expected).widened(claim.tolerance);
    part(k, n).is_some_and(|part| allowed.has(part))
}

/// Whether a part rounds to a percentage, or is no further from what does than the tolerance.
fn rounds(k: usize, n: usize, percent: Percent, claim: &Claim) -> bool {
    let allowed = percent.rounds_from().map(|allowed| allowed.widened(claim.tolerance));
    part(k, n).zip(allowed).is_some_and(|(part, allowed)| allowed.has(part))
}

fn exactly(number: i64, claim: &Claim) -> Allowed {
    let number = Fraction::new(number, 1).unwrap_or(Fraction::ZERO);
    Allowed::exactly(number).widened(claim.tolerance)
}

fn number(count: usize) -> Fraction {
    part(count, 1).unwrap_or(Fraction::ZERO)
}

/// Whether as many do as a word stands for; a word such as "mainly" is satisfied by a plurality too.
pub(super) fn quantity(claim: &Claim, parts: &Parts, plurality: impl FnOnce() -> Truth) -> Truth {
    let Some(quantity) = &claim.quantity else { return Truth::Open };
    let truth = parts.truth(|k, n| {
        let (from, to) = quantity.range(n);
        from <= k && k <= to
    });
    if quantity.or_plurality { truth.or(plurality()) } else { truth }
}
