//! How much longer does parallax take than the least that could be done?
//!
//! Each group measures two ways of doing the same in one run on one machine; what counts is their
//! ratio. `benches/peers.py` compares whole programs. Run with `cargo bench --bench scale`.

mod generate;

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, criterion_group, criterion_main};
use expectation_mismatch::{ENTRY, Parameters, analyse};
use parallax_engine::check::check_folder;
use parallax_engine::shelf::{Asked, Lending, NativeAnalysis};
use parallax_model::{Choices, Outcome, Reading, Study};
use parallax_plugin::Job;
use serde_json::Map;

fn folder_of(statements: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let size = generate::Size::of(statements);
    generate::write(folder.path(), size).expect("a study can be written");
    folder
}

fn study_of(statements: u64) -> Study {
    let folder = folder_of(statements);
    check_folder(folder.path()).study.expect("a generated study is sound")
}

fn reading_of(study: &Study) -> Reading<'static> {
    study.reading(&Choices::default()).expect("every study has a default reading")
}

/// Reading and checking every cell, against counting two columns with the crate `csv`.
fn read(criterion: &mut Criterion) {
    let folder = folder_of(1_000_000);
    let mut group = criterion.benchmark_group("read-1m");
    group.sample_size(10);
    group.bench_function("checked", |bench| {
        bench.iter(|| black_box(check_folder(folder.path())).study.is_some());
    });
    let file = folder.path().join("statements.csv");
    group.bench_function("csv-group-by", |bench| bench.iter(|| grouped(&file).len()));
    group.finish();
}

fn grouped(file: &Path) -> HashMap<(Vec<u8>, Vec<u8>), u64> {
    let mut reader = csv::Reader::from_path(file).expect("the file is there");
    let (mut counts, mut row) = (HashMap::new(), csv::ByteRecord::new());
    while reader.read_byte_record(&mut row).expect("the file is sound") {
        *counts.entry((row[2].to_owned(), row[3].to_owned())).or_insert(0) += 1;
    }
    counts
}

/// An analysis through the C border, against the same function called directly.
fn border(criterion: &mut Criterion) {
    let reading = reading_of(&study_of(100_000));
    let native = NativeAnalysis::linked(ENTRY).expect("the entry is sound");
    let (never, none) = (AtomicBool::new(false), Map::new());
    let lending = Lending::of(&reading);
    let asked =
        Asked { parameters: &none, seed: 7, cancel: &never, watch: &|_, _| {}, room: usize::MAX };
    let mut group = criterion.benchmark_group("border-100k");
    group.sample_size(10);
    group.bench_function("through", |bench| {
        bench.iter(|| match native.run(&lending, asked) {
            Outcome::Found(found) => found.len(),
            other => panic!("{other:?}"),
        });
    });
    group.bench_function("direct", |bench| {
        let parameters = Parameters::default();
        bench.iter(|| analyse(&reading, &parameters, &Job::alone(7)).map(|found| found.len()).ok());
    });
    group.finish();
}

criterion_group!(benches, read, border);
criterion_main!(benches);
