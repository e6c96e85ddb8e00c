//! Which rows of the study are a claim's own sentence, entered once more?

use parallax_model::Study;
use parallax_model::claim::{Claim, Entered};

/// The row of a claim and the rows that were entered from its sentence, where there are any.
pub(super) fn rows(study: &Study, claim: &Claim) -> Option<(usize, Entered)> {
    let reference = study.claim_rows().get(claim.row)?.reference.as_deref()?;
    let entered = Entered::from(study, reference, &claim.codes);
    (!entered.is_empty()).then_some((claim.row, entered))
}
