//! What does it cost to run an analysis in a process of its own?
//!
//! Beside reading and checking the same study once, for a million statements: the same plugin in plain
//! C, in this process and in a worker, each time with a reading that is laid out anew. What a worker
//! takes longer is what isolation costs; it is to be less than reading the study once more. Run with
//! `cargo bench --bench apart`.

#[path = "../tests/compiled/mod.rs"]
mod compiled;
mod generate;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, criterion_group, criterion_main};
use parallax_engine::check::check_folder;
use parallax_engine::model::{Choices, Outcome, Reading};
use parallax_engine::shelf::apart::{Limits, Outside, Workshop, describe, hash_of};
use parallax_engine::shelf::{Asked, Lending};
use serde_json::Map;

const STATEMENTS: u64 = 1_000_000;

#[expect(clippy::print_stdout, reason = "a benchmark says what it measured")]
fn apart(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let size = generate::Size::of(STATEMENTS);
    generate::write(folder.path(), size).expect("a study can be written");
    let study = check_folder(folder.path()).study.expect("a generated study is sound");
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let [here, apart] = both(folder.path());
    let mut group = criterion.benchmark_group("apart-1m");
    group.sample_size(10);
    group.bench_function("reading-the-study", |bench| {
        bench.iter(|| black_box(check_folder(folder.path())).study.is_some());
    });
    group.bench_function("in-this-process", |bench| bench.iter(|| run(&here, &reading)));
    group.bench_function("in-a-worker", |bench| bench.iter(|| run(&apart, &reading)));
    group.finish();
    let spent = apart.spent();
    println!(
        "a worker says: {:?} for a run, of which the analysis {:?}",
        spent.time / spent.runs,
        spent.analysis / spent.runs
    );
}

/// The same plugin for this process and for workers.
fn both(folder: &Path) -> [Outside; 2] {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/tests/in_c/count_in_c.c");
    let library = compiled::library(folder, &source, "count-in-c", &["-O2"]);
    let program = PathBuf::from(env!("CARGO_BIN_EXE_parallax"));
    let workshop = Workshop { program, limits: Limits::default() };
    let described = describe(&library, &workshop).expect("is a plugin");
    let sha256 = hash_of(&library).expect("can be read");
    let here = Outside::here(library.clone(), sha256.clone(), Limits::default());
    let apart = Outside::apart(described.manifest, library, sha256, workshop);
    [here.expect("can be loaded"), apart]
}

fn run(outside: &Outside, reading: &Reading<'static>) -> usize {
    let (none, never) = (Map::new(), AtomicBool::new(false));
    let asked =
        Asked { parameters: &none, seed: 0, cancel: &never, watch: &|_, _| {}, room: usize::MAX };
    match outside.run(&Lending::of(reading), asked) {
        Outcome::Found(found) => found.len(),
        other => panic!("{other:?}"),
    }
}

criterion_group!(benches, apart);
criterion_main!(benches);
