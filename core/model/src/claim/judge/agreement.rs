//! What do people say most, more than others, or alike?

use std::collections::BTreeSet;
use std::rc::Rc;

use super::counted::quantity;
use super::parts::Parts;
use super::{Computed, Judge, Judgement, Outcome};
use crate::bounds::Interval;
use crate::cell::{Cells, State};
use crate::claim::expected::{Other, Relation};
use crate::claim::scope::{self, People};
use crate::claim::{Claim, Expected, Truth};
use crate::number::Fraction;
use crate::table::NONE;

use super::tested::merged;

/// `mainly`: more than half of the people, or more people than any other code beside it.
pub(super) fn mainly(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let (own, of) = (tested.count, tested.units.len());
    let others = beside(judge, claim, people);
    let plurality = || strictly_more(own, others.iter().map(|(_, count)| *count));
    let parts = Parts::of(judge, claim, people, &tested);
    let truth = match &claim.quantity {
        Some(_) => quantity(claim, &parts, plurality),
        None => parts.truth(|k, n| 2 * k > n).or(plurality()),
    };
    let others = others.into_iter().map(|(code, count)| (Some(code), count)).collect();
    let computed = Computed::Beside { own, of, others };
    judge.cite(claim, people, &tested, Judgement::truth(truth, computed))
}

/// Whether more people say it than any other code beside it.
pub(super) fn plurality(judge: &Judge<'_>, claim: &Claim, people: &People, own: Interval) -> Truth {
    strictly_more(own, beside(judge, claim, people).into_iter().map(|(_, count)| count))
}

/// Whether it is more than each of the others; more than nothing beside it is no plurality.
fn strictly_more(own: Interval, others: impl Iterator<Item = Interval>) -> Truth {
    let each = others.map(|other| Truth::of(own.lower > other.upper, own.upper > other.lower));
    each.reduce(Truth::and).unwrap_or(Truth::False)
}

/// How many of the people say what stands beside a code in the codebook, where anybody says it.
fn beside(judge: &Judge<'_>, claim: &Claim, people: &People) -> Vec<(u32, Interval)> {
    let codes = &judge.reading.codes;
    let parent = |code: u32| codes.parents.get(code as usize).copied().unwrap_or(NONE);
    let of = parent(claim.code());
    let siblings = (0_u32..)
        .take(codes.len())
        .filter(|&code| code != claim.code() && parent(code) == of && judge.is_used(claim, code));
    siblings
        .map(|code| {
            let other = Claim { codes: vec![code], ..claim.clone() };
            (code, judge.tested(&other, people).count)
        })
        .collect()
}

/// `compare`: more, fewer or as many as for another code or for other people.
pub(super) fn compare(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let Expected::Than(relation, other) = &claim.expected else {
        return Judgement::of(Outcome::NoCheck);
    };
    let tested = judge.tested(claim, people);
    let (code, count) = match other {
        Other::Code(code) => {
            let other = Claim { codes: vec![*code], ..claim.clone() };
            (Some(*code), judge.tested(&other, people).count)
        }
        Other::People(scope) => {
            let others = scope::people(judge.study, &judge.reading, scope);
            if !others.missing.is_empty() {
                return Judgement::of(Outcome::Missing(others.missing));
            }
            let other = Claim { scope: scope.clone(), ..claim.clone() };
            (None, judge.tested(&other, &others).count)
        }
    };
    let own = tested.count;
    let truth = relate(own, *relation, count, claim);
    let of = tested.units.len();
    let computed = Computed::Beside { own, of, others: vec![(code, count)] };
    judge.cite(claim, people, &tested, Judgement::truth(truth, computed))
}

fn relate(own: Interval, relation: Relation, other: Interval, claim: &Claim) -> Truth {
    let more = |a: Interval, b: Interval| Truth::of(a.lower > b.upper, a.upper > b.lower);
    match relation {
        Relation::More => more(own, other),
        Relation::Less => more(other, own),
        Relation::AtMost => !more(own, other),
        Relation::AtLeast => !more(other, own),
        Relation::Same => {
            let near = |gap: usize| {
                let gap = i64::try_from(gap).ok().and_then(|gap| Fraction::new(gap, 1));
                gap.is_some_and(|gap| gap <= claim.tolerance)
            };
            let widest = own.upper.abs_diff(other.lower).max(own.lower.abs_diff(other.upper));
            let between = own.lower.max(other.lower).saturating_sub(own.upper.min(other.upper));
            Truth::of(near(widest), near(between))
        }
    }
}

/// `consensus`: everybody says it (or as many as the word stands for); without a state, everybody
/// says the same, whatever it is.
pub(super) fn consensus(judge: &Judge<'_>, claim: &Claim, people: &People) -> Judgement {
    let tested = judge.tested(claim, people);
    let everybody = merged(&people.certain, &people.possible);
    let (agree, computed) = if claim.state.is_some() {
        let parts = Parts::of(judge, claim, people, &tested);
        let truth = match &claim.quantity {
            Some(_) => quantity(claim, &parts, || Truth::False),
            None => parts.everybody(),
        };
        (truth, Computed::Count { count: tested.count, of: parts.whole(), mixed: 0, silent: 0 })
    } else {
        alike(judge, claim, people, &everybody)
    };
    let truth = if claim.expected == Expected::No { !agree } else { agree };
    judge.cite(claim, people, &tested, Judgement::truth(truth, computed))
}

/// Whether people are in the same state on a code; on the codes below it where there are any.
fn alike(judge: &Judge<'_>, claim: &Claim, scope: &People, people: &[u32]) -> (Truth, Computed) {
    let below = judge.children(claim.code());
    let codes = if below.is_empty() { claim.codes.clone() } else { below };
    let cells: Vec<Rc<Cells>> = codes.iter().map(|&code| judge.cells(claim, code)).collect();
    // One person agrees with nobody.
    let mut truth = if people.len() < 2 { Truth::Open } else { Truth::True };
    for cells in &cells {
        let known = |people: &[u32]| -> BTreeSet<State> {
            people.iter().map(|&p| cells.states[p as usize]).filter(|&s| is_known(s)).collect()
        };
        let open = people.iter().any(|&person| !is_known(cells.states[person as usize]));
        // Who may not belong to the scope need not be alike.
        let ever = known(&scope.certain).len() <= 1;
        truth = truth.and(Truth::of(known(people).len() <= 1 && !open, ever));
    }
    let known: Vec<u32> = people
        .iter()
        .copied()
        .filter(|&person| cells.iter().all(|cells| is_known(cells.states[person as usize])))
        .collect();
    let agreement = match &cells[..] {
        [one] => pairs(&known, |a, b| Fraction::new((one.states[a] == one.states[b]).into(), 1)),
        _ => pairs(&known, |a, b| jaccard(&cells, a, b)),
    };
    (truth, Computed::Agreement { agreement, known: known.len(), of: people.len() })
}

fn is_known(state: State) -> bool {
    matches!(state, State::Yes | State::No | State::Mixed | State::Silent)
}

/// The mean over all pairs of people; `None` for fewer than two, or where it cannot be written
/// exactly.
fn pairs(people: &[u32], each: impl Fn(usize, usize) -> Option<Fraction>) -> Option<Fraction> {
    let (mut sum, mut count) = (Fraction::ZERO, 0_i64);
    for (at, &a) in people.iter().enumerate() {
        for &b in &people[at + 1..] {
            sum = sum.plus(each(a as usize, b as usize)?)?;
            count += 1;
        }
    }
    let whole = i128::from(sum.denominator()) * i128::from(count);
    Fraction::from_wide(i128::from(sum.numerator()), whole)
        .or((count > 0 && sum == Fraction::ZERO).then_some(Fraction::ZERO))
}

/// How many codes two people both mention, of those that either mentions (Jaccard 1912); two who
/// mention none are alike.
fn jaccard(cells: &[Rc<Cells>], a: usize, b: usize) -> Option<Fraction> {
    let says = |cells: &Cells, person: usize| cells.states[person].is_mention();
    let both = cells.iter().filter(|cells| says(cells, a) && says(cells, b)).count();
    let either = cells.iter().filter(|cells| says(cells, a) || says(cells, b)).count();
    if either == 0 {
        return Some(Fraction::ONE);
    }
    Fraction::new(i64::try_from(both).ok()?, i64::try_from(either).ok()?)
}
