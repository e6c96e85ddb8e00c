//! Does an analysis find the same whether it is called, linked in, or loaded from its library?
//!
//! What the author of a native analysis asks first, as a test of their crate.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_model::{Finding, Outcome, Reading};
use parallax_plugin::Entry;
use serde_json::Map;

use super::{Body, NativeAnalysis, Shelf};

/// Compares what the function of an analysis `called` for a reading, with its default parameters and
/// this seed, with what comes through its table of functions, linked in and loaded from the library
/// that stands `beside` a file, as the build leaves it beside a test.
///
/// # Errors
/// Which door is closed, or gives something else.
pub fn same_through_every_door(
    entry: Entry,
    beside: &Path,
    reading: &Reading<'static>,
    seed: u64,
    mut called: Vec<Finding>,
) -> Result<(), String> {
    called.sort_by(|a, b| a.about.cmp(&b.about));
    let linked = || NativeAnalysis::linked(entry).map_err(|refused| refused.to_string());
    let stem = linked()?.manifest().id.replace('-', "_");
    let library = beside.with_file_name(format!("{DLL_PREFIX}{stem}{DLL_SUFFIX}"));
    let loaded = || NativeAnalysis::open(&library).map_err(|refused| refused.to_string());
    let doors = [("linked", linked()?), ("loaded", loaded()?), ("loaded again", loaded()?)];
    for (door, native) in doors {
        if found(native, reading, seed)? != called {
            return Err(format!(
                "what is found through the {door} analysis is not what was called"
            ));
        }
    }
    Ok(())
}

fn found(
    native: NativeAnalysis,
    reading: &Reading<'static>,
    seed: u64,
) -> Result<Vec<Finding>, String> {
    let id = native.manifest().id.clone();
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(native)).map_err(|refused| refused.to_string())?;
    let Some(analysis) = shelf.get(&id) else { return Err(format!("`{id}` is not on the shelf")) };
    match analysis.run(reading, &Map::new(), seed, &AtomicBool::new(false)).outcome {
        Outcome::Found(findings) => Ok(findings),
        other => Err(format!("no findings: {other:?}")),
    }
}
