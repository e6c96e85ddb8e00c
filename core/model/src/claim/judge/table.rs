//! What do the tables themselves say: of codes, of conversations, of how many people there are?

use std::collections::BTreeSet;

use super::tested::merged;
use super::{Computed, Judge, Judgement, Outcome, Unit};
use crate::bounds::Interval;
use crate::claim::scope::{self, People};
use crate::claim::{Allowed, Claim, Excluded, Expected, Scope, Truth};
use crate::number::Fraction;
use crate::row::{ClaimKind, CodeOrigin, CodeStatus};

impl Judge<'_> {
    /// The codes right below a code; those at the top of the codebook for [`NONE`](crate::NONE).
    pub(super) fn children(&self, code: u32) -> Vec<u32> {
        let parents = (0_u32..).zip(self.reading.codes.parents.iter());
        parents.filter(|&(_, &parent)| parent == code).map(|(row, _)| row).collect()
    }

    /// Whether somebody speaks under a code or below it, in the modality of a claim, or a
    /// constraint says that somebody does.
    pub(super) fn is_used(&self, claim: &Claim, code: u32) -> bool {
        let cells = self.cells(claim, code);
        let everybody: Vec<u32> = (0_u32..).take(self.reading.participants.len()).collect();
        let constraints = &self.reading.constraints;
        let counted = (0..constraints.len()).any(|row| {
            constraints.minimums[row] > 0
                && !constraints.members_of(row).is_empty()
                && cells.item.takes_constraint(&self.reading, row)
        });
        counted || !cells.statements(&self.reading, &self.by_code, &everybody).is_empty()
    }
}

/// Claims about codes: those below a code that are used, or those of which conditions hold.
pub(super) fn codes(judge: &Judge<'_>, claim: &Claim, kind: ClaimKind) -> Judgement {
    let found: Vec<u32> = if claim.scope.conditions.is_empty() {
        let below = judge.children(claim.code());
        below.into_iter().filter(|&code| judge.is_used(claim, code)).collect()
    } else {
        let all = (0_u32..).take(judge.reading.codes.len());
        all.filter(|&code| is_within(judge, claim, code) && has_all(judge, claim, code)).collect()
    };
    let count = Interval::exactly(found.len());
    let units = || found.iter().map(|&code| Unit::Code(code)).collect();
    let (truth, computed) = match kind {
        ClaimKind::Set | ClaimKind::Only => {
            let named: BTreeSet<Unit> = named_codes(claim).into_iter().map(Unit::Code).collect();
            let same = named == found.iter().map(|&code| Unit::Code(code)).collect();
            (Truth::of(same, same), Computed::Set { certain: units(), possible: Vec::new() })
        }
        ClaimKind::None => (Truth::of(found.is_empty(), found.is_empty()), set(units())),
        ClaimKind::Exists => (Truth::of(!found.is_empty(), !found.is_empty()), set(units())),
        ClaimKind::Count => {
            let Some(truth) = compared(claim, count) else {
                return Judgement::of(Outcome::NoCheck);
            };
            (truth, set(units()))
        }
        _ => return Judgement::of(Outcome::NoCheck),
    };
    Judgement::truth(truth, computed)
}

fn set(certain: Vec<Unit>) -> Computed {
    Computed::Set { certain, possible: Vec::new() }
}

/// The codes that a set of codes names.
fn named_codes(claim: &Claim) -> Vec<u32> {
    match &claim.expected {
        Expected::Codes(codes) => codes.clone(),
        _ => Vec::new(),
    }
}

fn is_within(judge: &Judge<'_>, claim: &Claim, code: u32) -> bool {
    let is_below = |of: u32| judge.reading.codes.upward(code).skip(1).any(|above| above == of);
    claim.codes.is_empty() || claim.codes.iter().any(|&of| is_below(of))
}

fn has_all(judge: &Judge<'_>, claim: &Claim, code: u32) -> bool {
    let Some(row) = judge.study.code_rows().get(code as usize) else { return false };
    claim.scope.conditions.iter().all(|condition| {
        let word = match condition.column.as_str() {
            "origin" => row.origin.map_or("", origin),
            _ if row.status == CodeStatus::Removed => "removed",
            _ => "active",
        };
        word == condition.value
    })
}

/// The word that codes.csv has for it.
fn origin(origin: CodeOrigin) -> &'static str {
    match origin {
        CodeOrigin::Deductive => "deductive",
        CodeOrigin::Inductive => "inductive",
        CodeOrigin::TableOnly => "table-only",
        CodeOrigin::Prose => "prose",
    }
}

/// Claims about conversations: those in which somebody of the scope speaks.
pub(super) fn sources(judge: &Judge<'_>, claim: &Claim, kind: ClaimKind) -> Judgement {
    let people = scope::people(judge.study, &judge.reading, &claim.scope);
    if !people.missing.is_empty() {
        return Judgement::of(Outcome::Missing(people.missing));
    }
    let sources = &judge.reading.sources;
    let with = |people: &[u32]| {
        let speaks = |row: &u32| {
            let speakers = sources.speakers_of(*row as usize);
            !sources.is_document(*row) && speakers.iter().any(|one| people.contains(one))
        };
        (0_u32..).take(sources.ids.len()).filter(speaks).count()
    };
    let everybody = merged(&people.certain, &people.possible);
    let count = Interval { lower: with(&people.certain), upper: with(&everybody) };
    let truth = match kind {
        ClaimKind::Count => compared(claim, count),
        _ => None,
    };
    let documents = (0_u32..).take(sources.ids.len()).filter(|&row| sources.is_document(row));
    let of = Interval::exactly(sources.ids.len() - documents.count());
    truth.map_or_else(
        || Judgement::of(Outcome::NoCheck),
        |truth| Judgement::truth(truth, Computed::Count { count, of, mixed: 0, silent: 0 }),
    )
}

/// Whether a count is what the claim says; `None` where it says no number.
fn compared(claim: &Claim, count: Interval) -> Option<Truth> {
    match &claim.expected {
        Expected::Amount(allowed) => Some(allowed.widened(claim.tolerance).holds_count(count)),
        Expected::Part { part, .. } => {
            let number = Fraction::new(part.numerator(), 1)?;
            Some(Allowed::exactly(number).widened(claim.tolerance).holds_count(count))
        }
        _ => None,
    }
}

/// `denominator`: of which set of people a sum is true.
pub(super) fn denominator(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let here = people.certain.len();
    // Who was left out has no role: only of everybody it is known who else was interviewed.
    let whole = Scope { excluded: Excluded::Too, ..claim.scope.clone() };
    let interviewed = match claim.scope.terms.is_empty() {
        true => scope::people(judge.study, &judge.reading, &whole).certain.len(),
        false => here,
    };
    // Of whom a cell is blank may belong or not.
    let most = here + people.possible.len();
    let in_group = |fits: Option<i64>, holds: &dyn Fn(usize) -> bool| {
        let computed = Computed::People { here, fits, interviewed };
        Judgement::truth(Truth::of((here..=most).all(holds), (here..=most).any(holds)), computed)
    };
    match &claim.expected {
        Expected::Sum(sum) => in_group(sum.people_that_fit(), &|people| sum.is_true_of(people)),
        Expected::Part { part, .. } => {
            let whole = part.denominator();
            in_group(Some(whole), &|people| usize::try_from(whole) == Ok(people))
        }
        Expected::Union { people: told, parts } => {
            let (sum, most) = (parts.iter().sum(), parts.iter().copied().max().unwrap_or(0));
            let feasible = most <= *told && *told <= sum;
            let computed = Computed::Mentions { sum, people: *told };
            Judgement::truth(Truth::of(feasible, feasible), computed)
        }
        _ => Judgement::of(Outcome::NoCheck),
    }
}
