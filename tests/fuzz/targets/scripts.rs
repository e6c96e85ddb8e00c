//! Which script makes the engine do what it must never do? The fuzzer looks for one.
//!
//! It stops at the first. With the environment variable `PARALLAX_FUZZ_KEEP`, the name of a folder
//! that exists, it writes each kind of fault there once, with its script, and goes on.

#![no_main]

use std::collections::BTreeSet;
use std::panic;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::{env, fs};

use libfuzzer_sys::{Corpus, fuzz_crossover, fuzz_mutator, fuzz_target};
use parallax_fuzz::mutate::{crossed, mutated};
use parallax_fuzz::oracle::{Looked, Readings, look};
use parallax_fuzz::pieces::repository;

/// The longest script.
const MOST: usize = 12_000;

static READINGS: OnceLock<Readings> = OnceLock::new();
/// Where the last panic came up: the engine keeps it from its caller.
static PANIC: Mutex<Option<String>> = Mutex::new(None);
static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fuzz_target!(
    init: {
        READINGS.get_or_init(|| Readings::of(&repository()));
        // The fuzzer's own would end the program, also where the engine catches the panic.
        panic::set_hook(Box::new(|panic| {
            *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic.to_string());
        }));
    },
    |data: &[u8]| -> Corpus {
        let Ok(source) = std::str::from_utf8(data) else { return Corpus::Reject };
        let readings = READINGS.get_or_init(|| Readings::of(&repository()));
        let mut looked = look(readings, source);
        if looked.faults.iter().any(|fault| fault.contains(" took ")) {
            // A busy machine is slow once, not twice.
            looked = look(readings, source);
        }
        for fault in &looked.faults {
            told(source, fault, &looked);
        }
        Corpus::Keep
    }
);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let source = String::from_utf8_lossy(&data[..size]).into_owned();
    written(&mutated(&source, max_size.min(MOST), u64::from(seed)), data)
});

fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
    let [one, other] = [one, other].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let most = out.len().min(MOST);
    written(&crossed(&one, &other, most, u64::from(seed)), out)
});

fn written(text: &str, data: &mut [u8]) -> usize {
    let length = text.len().min(data.len());
    data[..length].copy_from_slice(&text.as_bytes()[..length]);
    length
}

/// Ends the program, or keeps the script and goes on.
#[expect(clippy::disallowed_methods, reason = "the fuzzer takes note of a program that ends so")]
fn told(source: &str, fault: &str, looked: &Looked) {
    let panic = PANIC.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
    let Some(folder) = env::var_os("PARALLAX_FUZZ_KEEP").map(PathBuf::from) else {
        eprintln!("{fault}\n{panic}\n{source}\n{looked:#?}");
        std::process::abort();
    };
    let kind: String = fault.chars().filter(|c| !c.is_ascii_digit()).take(60).collect();
    let kind = format!("{kind} {}", panic.lines().next().unwrap_or_default());
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.insert(kind) {
        let stem = folder.join(format!("{:03}", seen.len()));
        let all = format!("{fault}\n{panic}\n\n{}\n", looked.told.join("\n\n"));
        let written = fs::write(stem.with_extension("rhai"), source)
            .and_then(|()| fs::write(stem.with_extension("txt"), all));
        written.expect("the folder can be written to");
        eprintln!("{}: {fault} {panic}", stem.display());
    }
}
