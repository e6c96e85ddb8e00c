//! How far do coders agree on codes and on the positioning fields, and where do they not?
//!
//! Sources that two or more coders coded are compared unit by unit: whether each code applies, and
//! what is said of modality, bearer, counterparty, stance and value where they gave the same code.
//! The coefficients stand in [`coefficient`] and need no study.
#![warn(missing_docs)]

mod agreement;
pub mod coefficient;
mod compared;
mod disagreement;
mod field;
mod findings;
mod material;
mod parameters;

use parallax_plugin::prelude::*;

use findings::{Desk, codes, fields, overall};
use material::Material;
pub use parameters::{Parameters, Uncoded, UnitChoice};

/// Compares the coders of a reading.
///
/// # Errors
/// Not available when there is no second coding of anything, or no unit that two coders coded;
/// cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let material = Material::of(reading, parameters.unit)?;
    let by_code = material.by_code();
    // Laying out takes its time before there is anything to draw: let a wish to stop be heard.
    job.progress(0, 1)?;
    let desk = Desk::of(&material, &by_code, parameters, job)?;
    let (drawn_overall, drawn_codes) = desk.drawn()?;
    let codes = codes(&desk, &drawn_codes)?;
    let fields = fields(&desk)?;
    let mut found = vec![overall(&desk, &drawn_overall, &codes, &fields)?];
    found.extend(codes.into_iter().map(|code| code.finding));
    found.extend(fields.into_iter().map(|field| field.finding));
    Ok(found)
}

export_analysis!(parallax_plugin_intercoder_reliability, include_str!("manifest.json"), analyse);
