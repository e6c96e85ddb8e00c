//! What does loading a library, and running it, leave changed in this process?
#![cfg(unix)]

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_model::{Outcome, Reading};
use serde_json::Map;

fn compiled(folder: &Path, options: &[&str]) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = folder.join(format!("{DLL_PREFIX}flush{DLL_SUFFIX}"));
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let compiled = Command::new(&compiler)
        .args(["-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror", "-shared", "-fPIC"])
        .args(options)
        .arg("-I")
        .arg(here.join("../plugin/include"))
        .arg("-o")
        .args([&library, &here.join("tests/in_c/flush.c")])
        .output()
        .unwrap_or_else(|error| panic!("the C compiler `{compiler}` does not run: {error}"));
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    library
}

/// Half the smallest number that is not denormal, by its bits: where such numbers are taken for
/// zero, they are also equal to it.
fn half() -> u64 {
    (black_box(f64::MIN_POSITIVE) / black_box(2.0)).to_bits()
}

fn whole() -> Reading<'static> {
    let mut reading = Reading::default();
    reading.excerpts.code_offsets = vec![0].into();
    reading.sources.speaker_offsets = vec![0].into();
    reading.constraints.member_offsets = vec![0].into();
    reading
}

/// A library that flushes at its start would do so in this thread alone; what is computed in others
/// is looked at as well.
fn everywhere() -> [u64; 2] {
    [half(), std::thread::spawn(half).join().expect("computes")]
}

#[test]
fn arithmetic_stays_as_it_was_whatever_a_library_does_to_it() {
    let before = everywhere();
    assert_ne!(before, [0; 2]);
    for options in [&["-DAT_START"][..], &["-DAT_ENTRY"], &["-DAT_RUN"], &["-ffast-math"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let native = NativeAnalysis::open(&compiled(folder.path(), options)).expect("agrees");
        assert_eq!(everywhere(), before, "after loading, {options:?}");
        let mut shelf = Shelf::default();
        shelf.add(Body::Native(native)).expect("holds");
        let analysis = shelf.get("flush").expect("stands on the shelf");
        let ran = analysis.run(&whole(), &Map::new(), 0, &AtomicBool::new(false));
        assert_eq!(ran.outcome, Outcome::Found(Vec::new()));
        assert_eq!(everywhere(), before, "after running, {options:?}");
    }
}

#[test]
fn what_the_system_says_of_a_library_is_passed_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("lost.c");
    std::fs::write(&source, "int nowhere(void); int lost(void) { return nowhere(); }\n")
        .expect("written");
    let library = folder.path().join(format!("{DLL_PREFIX}lost{DLL_SUFFIX}"));
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let compiled = Command::new(compiler)
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .output()
        .expect("the C compiler runs");
    if !compiled.status.success() {
        // Some linkers refuse a symbol that is nowhere; then there is no such library to load.
        return;
    }
    let said = NativeAnalysis::open(&library).map(drop).expect_err("is refused").to_string();
    assert!(said.contains("cannot be loaded") && said.contains("nowhere"), "{said}");
}
