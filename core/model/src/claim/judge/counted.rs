//! How many are there: as many as a report says, all, none, or at least one?

use super::{Computed, Judge, Judgement};
use crate::bounds::Interval;
use crate::cell::State;
use crate::claim::expected::Percent;
use crate::claim::scope::People;
use crate::claim::{Allowed, Claim, Expected, Truth};
use crate::number::Fraction;
use crate::row::{ClaimKind, ClaimUnit};

use super::tested::{Tested, merged};

/// `count` and `share`: a number, a range, a part, a percentage, or a word for a quantity.
pub(super) fn amount(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let base = base(judge, claim, people, &tested);
    let (count, of) = (tested.count, base);
    let whole = |part: Fraction| (part.numerator(), part.denominator());
    let is_share = claim.kind == Some(ClaimKind::Share);
    let truth = match &claim.expected {
        // A percentage that its own part does not round to is wrong whatever the data are.
        Expected::Part { part, percent: Some(percent) } if !percent.is_of(*part) => Truth::False,
        Expected::Part { part, .. } if is_share => {
            share(count, of, |k, n| same(k, n, *part, claim))
        }
        Expected::Part { part, .. } => {
            let (part, of_so_many) = whole(*part);
            exactly(part, claim).holds_count(count).and(exactly(of_so_many, claim).holds_count(of))
        }
        Expected::Percent(percent) => share(count, of, |k, n| rounds(k, n, *percent)),
        Expected::Amount(allowed) if is_share => share(count, of, |k, n| {
            part(k, n).is_some_and(|part| allowed.widened(claim.tolerance).has(part))
        }),
        Expected::Amount(allowed) => allowed.widened(claim.tolerance).holds_count(count),
        _ => {
            quantity(claim, count, of, || super::agreement::plurality(judge, claim, people, count))
        }
    };
    told(judge, claim, people, &tested, truth, of)
}

/// `all`: everybody does, in every world.
pub(super) fn all(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let of = Interval::exactly(of(claim, people, &tested));
    let truth = Truth::of(
        tested.count.lower == of.lower && of.lower > 0,
        tested.count.upper == of.upper && of.upper > 0,
    );
    told(judge, claim, people, &tested, truth, of)
}

/// `none`: nobody does, in any world.
pub(super) fn none(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let of = Interval::exactly(of(claim, people, &tested));
    let truth = Truth::of(tested.count.upper == 0, tested.count.lower == 0);
    told(judge, claim, people, &tested, truth, of)
}

/// `exists`: somebody does, in every world.
pub(super) fn exists(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let of = Interval::exactly(of(claim, people, &tested));
    let truth = Truth::of(tested.count.lower > 0, tested.count.upper > 0);
    told(judge, claim, people, &tested, truth, of)
}

fn told(
    judge: &Judge<'_>,
    claim: &Claim,
    people: &People,
    tested: &Tested,
    truth: Truth,
    of: Interval,
) -> Judgement {
    let (mut mixed, mut silent) = (0, 0);
    if let [code] = claim.codes[..] {
        let tally = judge.cells(claim, code).tally(&people.certain);
        (mixed, silent) = (tally[State::Mixed as usize], tally[State::Silent as usize]);
    }
    let computed = Computed::Count { count: tested.count, of, mixed, silent };
    let mut judgement = Judgement::truth(truth, computed);
    judgement.base_is_open = of.lower < of.upper;
    judge.cite(claim, people, tested, judgement)
}

/// How many are counted among: people or cases.
fn of(claim: &Claim, people: &People, tested: &Tested) -> usize {
    match claim.unit {
        ClaimUnit::Person if claim.codes.is_empty() => people.named.len(),
        _ => tested.units.len(),
    }
}

/// Out of how many a share is: of those who were asked, where that is known.
///
/// Somebody of whom nobody knows whether they were asked may belong to the base or not; whoever
/// said something does.
fn base(judge: &Judge<'_>, claim: &Claim, people: &People, tested: &Tested) -> Interval {
    let all = of(claim, people, tested);
    let [code] = claim.codes[..] else { return Interval::exactly(all) };
    if claim.kind != Some(ClaimKind::Share) || claim.unit != ClaimUnit::Person {
        return Interval::exactly(all);
    }
    let cells = judge.cells(claim, code);
    let tally = cells.tally(&merged(&people.certain, &people.possible));
    let [yes, no, mixed, silent, not_asked, ..] = tally;
    let known = (yes + no + mixed + silent).max(tested.count.lower);
    let most = all - not_asked;
    Interval { lower: known.min(most), upper: most }
}

/// Whether a relation between a count and its base holds in every world, or in some.
fn share(count: Interval, of: Interval, holds: impl Fn(usize, usize) -> bool) -> Truth {
    let (mut always, mut ever) = (true, false);
    for n in of.lower..=of.upper {
        // A share grows with its count, so that where it holds is a stretch.
        for k in count.lower..=count.upper.min(n) {
            let is = holds(k, n);
            (always, ever) = (always && is, ever || is);
            if ever && !always {
                return Truth::Open;
            }
        }
    }
    Truth::of(always && ever, ever)
}

fn part(k: usize, n: usize) -> Option<Fraction> {
    Fraction::new(i64::try_from(k).ok()?, i64::try_from(n).ok()?)
}

fn same(k: usize, n: usize, expected: Fraction, claim: &Claim) -> bool {
    let allowed = Allowed::exactly(expected).widened(claim.tolerance);
    part(k, n).is_some_and(|part| allowed.has(part))
}

fn rounds(k: usize, n: usize, percent: Percent) -> bool {
    part(k, n).is_some_and(|part| percent.is_of(part))
}

fn exactly(number: i64, claim: &Claim) -> Allowed {
    let number = Fraction::new(number, 1).unwrap_or(Fraction::ZERO);
    Allowed::exactly(number).widened(claim.tolerance)
}

/// Whether as many do as a word stands for; a word such as "mainly" is satisfied by a plurality too.
pub(super) fn quantity(
    claim: &Claim,
    count: Interval,
    of: Interval,
    plurality: impl FnOnce() -> Truth,
) -> Truth {
    let Some(quantity) = &claim.quantity else { return Truth::Open };
    let (from, to) = quantity.range(of.upper);
    let end = |number: usize| i64::try_from(number).ok().and_then(|n| Fraction::new(n, 1));
    let truth = Allowed { from: end(from), to: end(to) }.holds_count(count);
    if quantity.or_plurality { truth.or(plurality()) } else { truth }
}
