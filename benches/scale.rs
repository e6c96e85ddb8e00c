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
use parallax_engine::shelf::script::STANDARD_SCRIPTS;
use parallax_engine::shelf::{NativeAnalysis, ScriptAnalysis};
use parallax_model::table::NONE;
use parallax_model::{Choices, Outcome, Reading, Study};
use parallax_plugin::Job;
use serde_json::Map;

/// A script that counts every statement by the role of its speaker and its code.
const CROSS_TAB: &str = "\
//! How many statements has each role under each code?
//!
//! Statements are counted by the role of their speaker and by their code.
//!
//! ---
//! version: 1.0.0
//! title: { en: Roles by code }
//! templates: { all: { title: { en: All }, sentence: { en: \"{roles} roles.\" } } }

let counts = reading.statements().crosstab(\"role\", \"code\");
let all = finding(\"all\", \"all\");
all.value(\"roles\", counts.len());
all.no_evidence(\"a measurement cites nothing\");
all
";

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

/// A cross-tab of roles by codes that a script asks for, against the plain loop over the columns.
fn cross_tab(criterion: &mut Criterion) {
    let reading = reading_of(&study_of(1_000_000));
    let script = ScriptAnalysis::load("cross-tab", CROSS_TAB).expect("the script is sound");
    let never = AtomicBool::new(false);
    let mut group = criterion.benchmark_group("cross-tab-1m");
    group.sample_size(20);
    group.bench_function("script", |bench| {
        bench.iter(|| match script.run(&reading, &Map::new(), 0, &never) {
            Outcome::Found(found) => found.len(),
            other => panic!("{other:?}"),
        });
    });
    group.bench_function("loop", |bench| bench.iter(|| looped(black_box(&reading))));
    group.finish();
}

fn looped(reading: &Reading<'_>) -> Vec<u32> {
    let (speakers, codes) = (&reading.statements.speakers, &reading.statements.codes);
    let (roles, width) = (&reading.participants.roles, reading.codes.len());
    let mut counts = vec![0; reading.roles.len() * width];
    for (&speaker, &code) in speakers.iter().zip(codes.iter()) {
        let role = roles.get(speaker as usize).copied().unwrap_or(NONE);
        if let Some(count) = counts.get_mut((role as usize).saturating_mul(width) + code as usize) {
            *count += 1;
        }
    }
    counts
}

/// An analysis through the C border, against the same function called directly.
fn border(criterion: &mut Criterion) {
    let reading = reading_of(&study_of(100_000));
    let native = NativeAnalysis::linked(ENTRY).expect("the entry is sound");
    let never = AtomicBool::new(false);
    let mut group = criterion.benchmark_group("border-100k");
    group.sample_size(10);
    group.bench_function("through", |bench| {
        bench.iter(|| match native.run(&reading, &Map::new(), 7, &never) {
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

/// What a script costs before it does anything, against a script that does nothing.
fn start_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("script-start-up");
    for &(id, source) in STANDARD_SCRIPTS {
        group.bench_function(id, |bench| {
            bench.iter(|| ScriptAnalysis::load(id, source).map(drop).ok());
        });
    }
    group.bench_function("smallest", |bench| {
        bench.iter(|| ScriptAnalysis::load("cross-tab", CROSS_TAB).map(drop).ok());
    });
    group.finish();
}

criterion_group!(benches, read, cross_tab, border, start_up);
criterion_main!(benches);
