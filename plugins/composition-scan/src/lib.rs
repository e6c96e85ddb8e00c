//! Does a difference between cases coincide with who was interviewed there?
//!
//! Sets of cases that the report or the codes tell apart are laid beside what differs in who was
//! analysed at each case: roles, numbers, titles, interviewers. Where one set is another, or just
//! what the other leaves, who was interviewed is a rival explanation of the difference.

mod cases;
pub mod chance;
mod feature;
mod findings;
mod outcome;
pub mod parameters;
pub mod split;

use parallax_plugin::prelude::*;

use cases::Cases;
use feature::features;
use findings::Scan;
pub use parameters::{Parameters, Titles};

/// With fewer cases, any two sets that differ between them coincide soon.
const FEWEST_CASES: usize = 3;

/// Scans the sets of cases of a report's claims, and those of what people say under each code, for
/// coincidence with who was analysed.
///
/// # Errors
/// Not available with fewer than three cases, when the cases do not differ in who was analysed
/// there, or when neither the report nor the codes tell them apart; failed when the parameters
/// name a code that is not there; cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let cases = Cases::of(reading);
    if cases.len() < FEWEST_CASES {
        return Err(NoFindings::not_available("few_cases"));
    }
    let features = features(&cases, parameters.titles);
    if features.all.is_empty() {
        return Err(NoFindings::not_available("same_everywhere"));
    }
    let mut found = Vec::new();
    let report = outcome::claimed(&cases);
    let codes = outcome::said(&cases, &parameters.below, job)?;
    for (sort, outcomes) in [(findings::Sort::Report, &report), (findings::Sort::Codes, &codes)] {
        let scan = Scan { cases: &cases, features: &features, outcomes, sort };
        if !outcomes.all.is_empty() {
            found.push(scan.overall(parameters, job)?);
            found.extend(scan.hits());
        }
    }
    if found.is_empty() {
        return Err(NoFindings::not_available("no_outcome"));
    }
    Ok(found)
}

export_analysis!(parallax_plugin_composition_scan, include_str!("manifest.json"), analyse);
