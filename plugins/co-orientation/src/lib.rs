//! Do people agree, do they think that they agree, and are they right?
//!
//! What two parties at a case think of the same item is set beside what each thinks that the other
//! thinks: agreement, congruency and accuracy (McLeod & Chaffee 1973), four classes of consensus
//! (Scheff 1967) and, where somebody says what another thinks that they think, feeling understood
//! and realisation (Laing, Phillipson & Lee 1966).

mod findings;
mod item;
mod pair;
pub mod parameters;
mod party;
mod said;
pub mod score;

use parallax_plugin::prelude::*;

pub use parameters::Parameters;

/// Compares what people think with what others think that they think.
///
/// # Errors
/// Not available when nobody says what another thinks, or when no such view can be compared with
/// anything; cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let said = said::said(reading, parameters)?;
    let pairs = pair::pairs(reading, &said, parameters, job)?;
    let mut found = vec![findings::overall(reading, &said, &pairs)?];
    found.extend(findings::roles(reading, &pairs)?);
    for (done, pair) in pairs.iter().enumerate() {
        job.progress(pairs.len() + done, pairs.len() * 2)?;
        found.push(findings::pair(reading, pair)?);
    }
    Ok(found)
}

export_analysis!(parallax_plugin_co_orientation, include_str!("manifest.json"), analyse);
