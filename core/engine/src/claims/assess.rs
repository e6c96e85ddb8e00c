//! Which verdict does each claim get on one reading?

use parallax_model::claim::{Expected, Judge, Judgement, Outcome, Truth};
use parallax_model::row::ClaimKind;
use parallax_model::{Reading, Verdict};

use super::{Assessed, Because, Claims, against};

/// Every claim, in the order of `claims.csv`.
pub(super) fn all<'s>(claims: &Claims<'s>, reading: &Reading<'static>) -> Vec<Assessed<'s>> {
    let judge = Judge::new(claims.study, reading);
    let mut assessed: Vec<Assessed<'s>> = claims
        .sound()
        .map(|claim| {
            let (mut judgement, mut stopped) = (judge.judge(claim), None);
            if judgement.outcome == Outcome::Script {
                match claims.scripts.ask(claims.study, claim, reading) {
                    Some(Ok(asked)) => judgement = asked,
                    Some(Err(problem)) => stopped = Some(problem),
                    None => {}
                }
            }
            let row = &claims.study.claim_rows()[claim.row];
            let verdict = plain(&judgement);
            Assessed { claim, row, verdict, judgement, because: Because::Data, stopped }
        })
        .collect();
    for one in &mut assessed {
        if matches!(one.claim.expected, Expected::Twice(..)) {
            (one.verdict, one.because) = (Verdict::Drift, Because::TwoValues);
        }
        confirm_nothing(claims, &judge, one);
    }
    against::drift(&mut assessed, reading, claims.study.settings().language);
    against::numbers(&mut assessed);
    assessed
}

/// What the data alone make of a claim.
fn plain(judgement: &Judgement) -> Verdict {
    match &judgement.outcome {
        Outcome::Is(Truth::True) => Verdict::Supported,
        Outcome::Is(Truth::False) | Outcome::Removed(_) => Verdict::Contradicted,
        Outcome::Is(Truth::Open) => Verdict::Undetermined,
        Outcome::Missing(_) => Verdict::PresuppositionFailed,
        Outcome::Nothing => Verdict::Unsupported,
        Outcome::NoCheck | Outcome::Script => Verdict::NotCheckable,
    }
}

/// A claim that rests on rows entered from its own sentence is neither supported nor left open by
/// them. A base that nobody knows stays open: those rows do not say who was asked.
fn confirm_nothing(claims: &Claims<'_>, judge: &Judge<'_>, one: &mut Assessed<'_>) {
    let fits = matches!(one.verdict, Verdict::Supported | Verdict::Undetermined);
    let Some(entered) = claims.entered.get(&one.claim.row).filter(|_| fits) else { return };
    if one.judgement.base_is_open {
        return;
    }
    let without = match one.claim.kind {
        Some(ClaimKind::Custom) => {
            let left = entered.left_of(claims.study, judge.reading());
            match claims.scripts.ask(claims.study, one.claim, &left) {
                Some(Ok(asked)) => asked,
                _ => return,
            }
        }
        _ => judge.without(entered).judge(one.claim),
    };
    // What holds without them too is borne out by others.
    let differs =
        without.outcome != one.judgement.outcome || without.computed != one.judgement.computed;
    let rests_on_them = differs && without.outcome != Outcome::Is(Truth::True);
    if rests_on_them {
        let rows = entered.statements.len() + entered.constraints.len() + entered.cases.len();
        (one.verdict, one.because) = (Verdict::AsEntered, Because::Entered(rows));
    }
}
