//! Which duties go together, and who takes which bundle of them?
//!
//! Units (people, or roles at cases) are objects and the codes that they claim for themselves are
//! attributes of a formal context. A *concept* is a closed pair: all units that claim every code
//! of a bundle, and every code that all these units claim (Ganter & Wille 1999). The rules without
//! exception follow from a smallest set of them, the Duquenne-Guigues base (Guigues & Duquenne
//! 1986). Where cells are unknown there are two contexts, the certain and the possible one.

mod claim;
pub mod concept;
pub mod context;
mod findings;
pub mod implication;
mod lattice;
mod lectic;
mod name;
pub mod parameters;
mod unit;

use parallax_plugin::prelude::*;

use findings::Apart;
pub use parameters::Parameters;

/// Finds the bundles of codes that units claim, and the rules that hold among them.
///
/// # Errors
/// Not available with fewer than two units or two codes, or with more concepts than
/// `most_concepts`; cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let claims = claim::claims(reading, parameters)?;
    let lattice = lattice::lattice(&claims, parameters, job)?;
    let apart = Apart::of(&claims, &lattice, parameters);
    let mut found = vec![findings::overall(&claims, &lattice, &apart)?];
    found.extend(findings::concepts(&claims, &lattice, &apart)?);
    found.extend(findings::rules(&claims, &apart)?);
    Ok(found)
}

export_analysis!(parallax_plugin_concept_lattice, include_str!("manifest.json"), analyse);
