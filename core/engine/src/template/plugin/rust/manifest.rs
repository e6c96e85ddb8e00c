//! Does the manifest have an id that is the library's, and words for what the analysis finds?

use parallax_plugin::prelude::*;
use {symbol}::{ENTRY, Parameters, analyse};

#[test]
fn the_manifest_words_what_is_found() {
    let text = include_str!("../manifest.json");
    let manifest = parallax_plugin::manifest::<Parameters>(text).expect("a manifest");
    let symbol = format!("parallax_plugin_{}", manifest.id.replace('-', "_"));
    assert_eq!(ENTRY.symbol(), symbol);
    let people = [["A", "coach"], ["B", "teacher"]];
    let said = [["s1", "A", "logbook"], ["s2", "B", "visit"]];
    let reading = parallax_plugin::small::reading(&people, &said).expect("a sound study");
    let findings = analyse(&reading, &Parameters::default(), &Job::alone(0)).expect("findings");
    assert!(!findings.is_empty());
    for finding in findings {
        assert!(manifest.templates.contains_key(&finding.template), "{}", finding.template);
        for measure in finding.measures {
            assert!(manifest.words.contains_key(&measure.name), "{}", measure.name);
        }
    }
}
