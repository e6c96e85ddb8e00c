//! Do coders agree on where a passage begins and ends?
//!
//! Every source that at least two coders coded with `start` and `end` is compared passage by
//! passage (exact ends, intersection over union, one-to-one matching) and character by character
//! (percent agreement, Cohen's κ, Krippendorff's α, Gwet's AC1), and by the unitizing α family of
//! Krippendorff, Mathet, Bouvry & Widlöcher (2016). All is counted from the sorted ends of passages:
//! no text is held, and time grows as n log n with the statements.

pub mod amount;
mod coding;
pub mod comparison;
pub mod decisions;
mod differences;
mod findings;
pub mod matching;
pub mod parameters;
pub mod resampling;
pub mod span;
pub mod unitizing;

use parallax_plugin::prelude::*;

use findings::Basis;
pub use parameters::Parameters;

/// Compares what the coders of each double-coded source marked.
///
/// # Errors
/// Not available when there are not two coders, no passage has a place, or no source was coded by
/// two coders; cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let coding = coding::coding(reading)?;
    let comparison = comparison::compare(&coding, parameters.match_at.0, job)?;
    let (units, with_units) = comparison.units();
    let basis = Basis {
        reading,
        coding: &coding,
        comparison: &comparison,
        most_rows: parameters.most_rows,
    };
    let mut found = vec![findings::overall(&basis, (&units, with_units), parameters, job)?];
    let codes = comparison.codes.len();
    for (done, (&code, of)) in comparison.codes.iter().enumerate() {
        job.progress(codes + done, codes * 2)?;
        found.push(findings::code(&basis, code, of, &units)?);
    }
    Ok(found)
}

export_analysis!(parallax_plugin_unitizing_reliability, include_str!("manifest.json"), analyse);
