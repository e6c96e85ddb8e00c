//! Do people at one case agree more than people at different cases?
//!
//! Agreement within a case is that of its people on each item they speak of; agreement between
//! cases is that of their modal stances. After the intraposition and interposition consensus of
//! Gross, Mason and McEachern (1958), with the case in place of the position.

mod agreement;
pub mod amount;
mod cases;
mod findings;
mod item;
pub mod parameters;
mod perceived;
pub mod permutation;
pub mod worlds;

use parallax_plugin::prelude::*;

use cases::Cases;
use findings::Compared;
pub use parameters::{Parameters, Whose};

/// Compares agreement within cases with agreement between them, over all items and case by case.
///
/// # Errors
/// Not available with fewer than two cases, when no case has two people who could agree, or when
/// nobody speaks of what is counted; failed when a parameter names a code that is not there;
/// cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let cases = Cases::of(reading);
    if cases.len() < 2 {
        return Err(NoFindings::not_available("few_cases"));
    }
    if cases.people.iter().all(|people| people.len() < 2) {
        return Err(NoFindings::not_available("all_alone"));
    }
    let by_code = ByCode::of(reading);
    let items = item::items(&cases, &by_code, parameters, job)?;
    let can_agree = |item: &item::ItemAtCases| item.known.iter().any(|known| known.people() > 1);
    if !items.iter().any(can_agree) {
        return Err(NoFindings::not_available("nothing_said"));
    }
    let compared = Compared { cases: &cases, by_code: &by_code, items: &items };
    let mut found = compared.overall(parameters, job)?;
    found.extend(compared.each_case());
    if !parameters.perceived.is_empty() {
        let code = item::code(reading, "perceived", &parameters.perceived)?;
        found.push(compared.perceived(code));
    }
    Ok(found)
}

export_analysis!(parallax_plugin_case_consensus, include_str!("manifest.json"), analyse);
