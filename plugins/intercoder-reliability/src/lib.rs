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

use field::FIELDS;
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
    let apart = disagreement::apart(&material);
    let parts = 1 + by_code.len() + FIELDS.len();
    let desk = Desk { material: &material, parameters, job, apart, parts };
    let codes = codes(&desk, &by_code)?;
    let fields = fields(&desk, 1 + by_code.len())?;
    let mut found = vec![overall(&desk, &codes, &fields)?];
    found.extend(codes.into_iter().map(|code| code.finding));
    found.extend(fields.into_iter().map(|field| field.finding));
    Ok(found)
}

export_analysis!(parallax_plugin_intercoder_reliability, include_str!("manifest.json"), analyse);
