//! What do a thousand readings of the seed study cost, beside a thousand runs that keep a document
//! each?
//!
//! Run with `cargo bench --bench robustness`; the environment's `PARALLAX_ONLY` names one analysis to
//! run alone. It prints both times and the memory that each way took at most.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use parallax_engine::model::document::Depth;
use parallax_engine::open::{Opened, open};
use parallax_engine::robustness::readings;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_model::{Choices, FindingsDocument};

/// Everything is combined, and a participant left out besides: beyond a thousand, the rest is cut.
const CHOICES: &str = "
robustness:
  choices: [{ choice: k01 }]
  crossed: [mapping, beo, k01, evidence, leave-out-participant]
  limit: 1000
";

fn main() {
    let folder = study();
    let opened = opened(folder.path());
    let study = opened.checked.study.as_ref().expect("is sound");
    let start = Choices::default();
    let count = readings(study, &start, Depth::Whole);
    let answered = opened.answer(study, &start).expect("is offered");
    let (took, grown) = measured(|| {
        let survey = opened.survey(study, &start, Depth::Whole, &answered.document, &|_, _| {});
        black_box(survey.expect("is offered"));
    });
    println!("survey of {count} readings: {took:.2?}, {grown} KiB more at most");
    let (took, grown) = measured(|| {
        let again = |_| opened.answer(study, &start).expect("is offered").document;
        let kept: Vec<FindingsDocument> = (0..count).map(again).collect();
        black_box(kept);
    });
    println!("{count} runs, a document kept of each: {took:.2?}, {grown} KiB more at most");
}

/// How long it takes, and by how many KiB the most memory that the process had has grown.
fn measured(work: impl FnOnce()) -> (Duration, u64) {
    let before = peak();
    #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
    let start = Instant::now();
    work();
    (start.elapsed(), peak() - before)
}

/// The most memory that the process had, in KiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn study() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let seed: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    for entry in fs::read_dir(seed).expect("the seed study").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    let path = folder.path().join("study.yaml");
    let text = fs::read_to_string(&path).expect("settings");
    let own = text.split("\nrobustness:").next().expect("a text").to_owned();
    fs::write(path, own + CHOICES).expect("written");
    folder
}

fn opened(folder: &Path) -> Opened {
    let mut shelf = Shelf::default();
    for entry in [
        case_consensus::ENTRY,
        co_orientation::ENTRY,
        composition_scan::ENTRY,
        concept_lattice::ENTRY,
        expectation_mismatch::ENTRY,
        intercoder_reliability::ENTRY,
        position_clusters::ENTRY,
        unitizing_reliability::ENTRY,
    ] {
        let native = NativeAnalysis::linked(entry).expect("is linked");
        shelf.add(Body::Native(native)).expect("fits");
    }
    for (id, source) in STANDARD_SCRIPTS {
        let script = ScriptAnalysis::load(id, source).expect("loads");
        shelf.add(Body::Script(script)).expect("fits");
    }
    let mut opened = open(folder, shelf);
    if let Some(only) = std::env::var_os("PARALLAX_ONLY") {
        opened.planned.retain(|planned| *planned.id == *only);
    }
    opened
}
