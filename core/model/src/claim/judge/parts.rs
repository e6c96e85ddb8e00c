//! How many of how many do the data allow, at once?
//!
//! A count and what it is out of hang together: of whom nobody knows whether they were asked, who
//! says it was; of whom nobody knows whether they belong to the scope, who does not belong says
//! nothing for it or against it.

use super::Judge;
use super::tested::{Tested, unmixed};
use crate::bounds::Interval;
use crate::cell::State;
use crate::claim::scope::People;
use crate::claim::{Claim, Truth};
use crate::row::{ClaimKind, ClaimState, ClaimUnit};

/// Of so many combinations of a part and its whole each is looked at; of more it stays open whether
/// something is true of them.
const MOST_COMBINATIONS: usize = 4_000_000;

/// What is known of a part and its whole.
pub(super) struct Parts {
    /// How many of those who belong to the scope do it.
    count: Interval,
    /// Counts between these two that constraints rule out, in ascending order.
    gaps: Vec<usize>,
    /// How many of them are certain to be in the whole.
    known: usize,
    /// How many may be: nobody knows whether they were asked.
    unasked: usize,
    /// How many of the known do it in every world.
    sure: usize,
    /// Those of whom nobody knows whether they belong to the scope.
    doubtful: Doubtful,
}

/// How many may belong to the scope.
#[derive(Default)]
struct Doubtful {
    /// They do it, if they belong.
    yes: usize,
    /// They do not.
    no: usize,
    /// They may.
    open: usize,
}

impl Parts {
    pub(super) fn of(judge: &Judge<'_>, claim: &Claim, people: &People, tested: &Tested) -> Self {
        let whole = |known| Self {
            count: tested.count,
            gaps: Vec::new(),
            known,
            unasked: 0,
            sure: tested.count.lower,
            doubtful: Doubtful::default(),
        };
        if claim.codes.is_empty() {
            // Of everybody whom the terms name, how many meet the conditions?
            return whole(match claim.unit {
                ClaimUnit::Person => people.named.len(),
                _ => tested.units.len(),
            });
        }
        let mut parts = whole(tested.units.iter().filter(|unit| unit.belongs).count());
        parts.count = tested.required;
        for unit in tested.units.iter().filter(|unit| !unit.belongs) {
            match (unit.ever, unit.fails) {
                (true, false) => parts.doubtful.yes += 1,
                (true, true) => parts.doubtful.open += 1,
                (false, _) => parts.doubtful.no += 1,
            }
        }
        if let ([code], ClaimUnit::Person) = (&claim.codes[..], claim.unit) {
            let cells = judge.cells(claim, *code);
            if claim.state.unwrap_or_default() == ClaimState::Affirm {
                parts.gaps = cells.bounds.gaps(&unmixed(&cells, &people.certain));
            }
            if claim.kind == Some(ClaimKind::Share) {
                let [yes, no, mixed, silent, _, unknown, vacant] = cells.tally(&people.certain);
                (parts.known, parts.unasked) = (yes + no + mixed + silent, unknown + vacant);
                // Each more than these who do it is one of whom nobody knew that they were asked.
                parts.sure = match claim.state.unwrap_or_default() {
                    ClaimState::Affirm => yes,
                    ClaimState::Deny => no,
                    ClaimState::Mixed => mixed,
                };
                let left_out = |&&one: &&u32| cells.states[one as usize] == State::NotAsked;
                let left_out = people.possible.iter().filter(left_out).count();
                parts.doubtful.no = parts.doubtful.no.saturating_sub(left_out);
            }
        }
        parts
    }

    /// How many the whole may be.
    pub(super) fn whole(&self) -> Interval {
        let surely = self.count.lower.saturating_sub(self.sure).min(self.unasked);
        let Doubtful { yes, no, open } = self.doubtful;
        Interval { lower: self.known + surely, upper: self.known + self.unasked + yes + no + open }
    }

    /// Whether it is open of somebody in the scope whether they were asked.
    pub(super) fn asked_is_open(&self) -> bool {
        let surely = self.count.lower.saturating_sub(self.sure);
        self.unasked > surely
    }

    /// Whether everybody does: in every world, in some.
    pub(super) fn everybody(&self) -> Truth {
        let Doubtful { yes, no, open } = self.doubtful;
        let all = self.known + self.unasked;
        let always = self.count.lower == all && no + open == 0 && all > 0;
        let ever = self.count.upper == all && (all > 0 || yes + open > 0);
        Truth::of(always, ever)
    }

    /// Whether something is true of a part and its whole in every world, or in some.
    pub(super) fn truth(&self, holds: impl Fn(usize, usize) -> bool) -> Truth {
        let (mut always, mut ever) = (true, false);
        let Doubtful { yes, no, open } = self.doubtful;
        let counts = self.count.upper - self.count.lower + 1;
        let doubtful = (yes + no + open + 1).saturating_mul(yes + no + open + 1);
        let all = counts.saturating_mul(self.unasked + 1).saturating_mul(doubtful);
        if all > MOST_COMBINATIONS {
            return Truth::Open;
        }
        for count in self.count.lower..=self.count.upper {
            if self.gaps.binary_search(&count).is_ok() {
                continue;
            }
            let asked = count.saturating_sub(self.sure).min(self.unasked);
            for whole in self.known + asked..=self.known + self.unasked {
                for more in 0..=yes + no + open {
                    for does in more.saturating_sub(no + open)..=more.min(yes + open) {
                        let is = holds(count + does, whole + more);
                        (always, ever) = (always && is, ever || is);
                        if ever && !always {
                            return Truth::Open;
                        }
                    }
                }
            }
        }
        Truth::of(always && ever, ever)
    }
}
