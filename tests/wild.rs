//! Does the engine keep its promises on scripts that nobody would write?
//!
//! One script in `tests/wild` was found by the fuzzer in `tests/fuzz` or made to be as wild as what
//! it finds. The same questions are asked here as there.

#[expect(unreachable_pub, reason = "the fuzzer is a crate of its own, which offers it")]
#[path = "fuzz/src/oracle.rs"]
mod oracle;

use std::fs;
use std::path::Path;

use oracle::{Readings, look};

/// The least that a folder of wild scripts must hold to be the right one.
const LEAST: usize = 30;

#[test]
fn the_engine_keeps_its_promises_on_wild_scripts() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readings = Readings::of(&repository);
    let entries = fs::read_dir(repository.join("tests/wild")).expect("wild scripts").flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    assert!(files.len() >= LEAST, "only {} scripts", files.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut faults = Vec::new();
    for file in files {
        let id = file.file_stem().and_then(|stem| stem.to_str()).expect("an id");
        let source = fs::read_to_string(&file).expect("a script");
        let looked = look(&readings, &source);
        faults.extend(looked.faults.iter().map(|fault| format!("{id}: {fault}")));
        let last = looked.told.last().cloned().unwrap_or_default();
        settings.bind(|| {
            insta::assert_snapshot!(format!("wild__{id}"), last);
        });
    }
    assert_eq!(faults, Vec::<String>::new(), "{}", faults.join("\n"));
}
