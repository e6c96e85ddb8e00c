//! What can be said about positions and roles, in numbers and with evidence?

mod cluster;
mod effect;
mod overall;
mod role;

use parallax_plugin::prelude::*;

use crate::amount::Amount;
use crate::permutation::{Chance, Stopped};
use crate::positions::Positions;

pub(crate) use cluster::clusters;
pub(crate) use effect::effect;
pub(crate) use overall::overall;
pub(crate) use role::roles;

/// Which stream of the study's seed each test draws from.
#[derive(Clone, Copy)]
enum Stream {
    Agreement = 1,
    AgreementWithinCases = 2,
    Effect = 3,
}

/// The analysis has so many parts, for whoever watches its progress: clustering, leaving out each
/// unit, and two findings with relabellings.
const PARTS: usize = 4;

/// Tells how far part `part` of the run is, and whether to go on.
pub(crate) fn going_on<'j>(job: &'j Job<'_>, part: usize) -> impl Fn(usize, usize) -> bool + 'j {
    move |done, total| {
        let percent = done * 100 / total.max(1);
        job.progress(part * 100 + percent, PARTS * 100).is_ok()
    }
}

pub(crate) fn cancelled(_: Stopped) -> NoFindings {
    NoFindings::Cancelled
}

/// An exact ratio where it fits, else a decimal number with its rule.
fn number(amount: Amount, rule: &str) -> Number {
    let fraction = amount.fraction().and_then(|(part, whole)| Fraction::new(part, whole));
    fraction.map_or_else(|| Number::decimal(amount.value(), rule), Number::Ratio)
}

fn optional(amount: Option<Amount>, rule: &str, reason: &str) -> Number {
    amount.map_or_else(|| Number::not_available(reason), |amount| number(amount, rule))
}

/// So many of all relabellings, as counted.
fn chance(chance: Chance) -> Number {
    let counts = (i64::try_from(chance.reached).ok(), i64::try_from(chance.of).ok());
    let fraction = counts.0.zip(counts.1).and_then(|(part, whole)| Fraction::new(part, whole));
    fraction.map_or_else(|| Number::not_available("the counts are too large"), Number::Fraction)
}

/// What a reader must know before quoting any of these findings, and what the shares that it gives
/// ask to be said.
fn caveats(finding: Finding, positions: &Positions<'_>, shares: &[Option<Chance>]) -> Finding {
    let some = |wanted: fn(&Chance) -> bool| shares.iter().flatten().any(wanted);
    let apply = [
        (true, "coder_knew_roles"),
        (some(|_| true), "descriptive"),
        (some(|share| !share.exact), "drawn"),
        (positions.unknown() > 0, "unknown_left_out"),
        (positions.distances.both_empty > 0, "both_empty"),
        (!positions.distances.exact(), "rounded"),
    ];
    let mut finding = apply
        .into_iter()
        .filter(|(applies, _)| *applies)
        .fold(finding, |finding, (_, caveat)| finding.caveat(caveat));
    let empty = positions.empty();
    if !empty.is_empty() {
        let units = Value::Names(positions.names(&empty));
        let template = "claims_nothing".to_owned();
        finding.caveats.push(Caveat { template, values: [("units".to_owned(), units)].into() });
    }
    finding
}
