//! What does a script cost beside the same in Rust?
//!
//! The same cross-tab three times over one million statements: written in a script, in a native
//! analysis behind the C border, and as the bare loop. Then one million statements visited one by
//! one, and the start of the whole shelf. Last one reading of the seed study put to every standard
//! script, beside reading and checking that study. Run with `cargo bench --bench scripts`.

mod generate;

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, criterion_group, criterion_main};
use parallax_engine::check::check_folder;
use parallax_engine::model::{Choices, Outcome};
use parallax_engine::shelf::script::STANDARD_SCRIPTS;
use parallax_engine::shelf::{Asked, Body, Lending, NativeAnalysis, ScriptAnalysis, Shelf};
use parallax_plugin::prelude::*;
use serde_json::{Map, Value as Json};

const HEADER: &str = "\
//! How many statements has each role under each code?
//!
//! Statements are counted by the role of their speaker and by their code.
//!
//! ---
//! version: 1.0.0
//! title: { en: Roles by code }
//! templates: { all: { title: { en: All }, sentence: { en: \"{statements} statements.\" } } }
//! words: { counts: { en: counts }, statements: { en: statements } }
";

/// Counts in Rust, asked for by a script.
const CROSS_TAB: &str = "\
let statements = reading.statements();
let all = finding(\"all\", \"all\");
all.measure(\"statements\", statements.count());
all.table(statements.crosstab(\"role\", \"code\").table(\"counts\"));
all.no_evidence(\"a measurement cites nothing\");
all
";

/// Counts in the script, statement by statement.
const VISIT: &str = "\
let duties = 0;
for statement in reading.statements() {
    if statement.modality == \"duty\" { duties += 1; }
}
let all = finding(\"all\", \"all\");
all.measure(\"statements\", duties);
all.no_evidence(\"a measurement cites nothing\");
all
";

const MANIFEST: &str = r#"{
  "id": "cross-tab",
  "version": "1.0.0",
  "title": { "en": "Roles by code" },
  "question": { "en": "How many statements has each role under each code?" },
  "method": { "en": "Statements are counted by the role of their speaker and by their code." },
  "templates": {
    "all": { "title": { "en": "All" }, "sentence": { "en": "{statements} statements." } }
  },
  "words": { "counts": { "en": "counts" }, "statements": { "en": "statements" } }
}"#;

export_analysis!(parallax_plugin_cross_tab, MANIFEST, native);

/// The same findings as the script, from a native analysis.
fn native(reading: &Reading<'_>, _: &NoParameters, _: &Job<'_>) -> Found {
    let (counts, width) = (looped(reading), reading.codes.len());
    let is_met =
        |code: &u32| (0..reading.roles.len()).any(|r| counts[r * width + *code as usize] > 0);
    let codes: Vec<u32> = (0_u32..).take(width).filter(is_met).collect();
    let mut columns = vec![Value::Text(String::new())];
    columns.extend(codes.iter().map(|&code| Value::Code(reading.codes.ids.of(code).to_owned())));
    let mut rows = Vec::new();
    for (at, role) in reading.roles.ids.iter().enumerate() {
        let line = &counts[at * width..(at + 1) * width];
        let mut row = vec![Value::Role(role.to_owned())];
        row.extend(
            codes
                .iter()
                .map(|&code| Value::Number(Number::Count { value: line[code as usize].into() })),
        );
        rows.push(row);
    }
    let all = Finding::without_evidence("all", "all", "a measurement cites nothing");
    let all = all.measure("statements", Number::count(reading.statements.len()));
    Ok(vec![all.table(Table { name: "counts".to_owned(), columns, rows })])
}

/// The bare loop over the columns.
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

fn reading_of(statements: u64) -> Reading<'static> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    generate::write(folder.path(), generate::Size::of(statements)).expect("a study can be written");
    let study = check_folder(folder.path()).study.expect("a generated study is sound");
    study.reading(&Choices::default()).expect("a default reading")
}

fn script(id: &str, body: &str) -> ScriptAnalysis {
    ScriptAnalysis::load(id, &format!("{HEADER}{body}")).expect("the script is sound")
}

fn found(outcome: Outcome) -> Vec<Finding> {
    match outcome {
        Outcome::Found(found) => found,
        other => panic!("{other:?}"),
    }
}

fn asked<'a>(parameters: &'a Map<String, Json>, cancel: &'a AtomicBool) -> Asked<'a> {
    Asked { parameters, seed: 0, cancel, watch: &|_, _| {}, room: usize::MAX }
}

fn cross_tab(criterion: &mut Criterion) {
    let reading = reading_of(1_000_000);
    let written = script("cross-tab", CROSS_TAB);
    let plugin = NativeAnalysis::linked(ENTRY).expect("the entry is sound");
    let never = AtomicBool::new(false);
    let by_script = || found(written.run(&reading, &Map::new(), 0, &never));
    let lending = Lending::of(&reading);
    let none = Map::new();
    let by_plugin = || found(plugin.run(&lending, asked(&none, &never)));
    assert_eq!(by_script(), by_plugin(), "both find the same");
    let mut group = criterion.benchmark_group("cross-tab-1m");
    group.sample_size(50);
    group.bench_function("script", |bench| bench.iter(by_script));
    group.bench_function("plugin", |bench| bench.iter(by_plugin));
    group.bench_function("loop", |bench| bench.iter(|| looped(black_box(&reading))));
    group.finish();
    let visiting = script("visit", VISIT);
    let mut group = criterion.benchmark_group("visit-1m");
    group.sample_size(10);
    group.bench_function("script", |bench| {
        bench.iter(|| found(visiting.run(&reading, &Map::new(), 0, &never)));
    });
    group.finish();
}

fn start_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start-up");
    group.bench_function("whole-shelf", |bench| {
        bench.iter(|| {
            for (id, source) in STANDARD_SCRIPTS {
                black_box(ScriptAnalysis::load(id, source).expect("a standard script is sound"));
            }
        });
    });
    group.finish();
}

/// One reading of the seed study through every standard script.
fn one_reading(criterion: &mut Criterion) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../studies/vso-internships");
    let check = || check_folder(Path::new(folder)).study.expect("the seed study is sound");
    let reading = check().reading(&Choices::default()).expect("a default reading");
    let mut shelf = Shelf::default();
    for (id, source) in STANDARD_SCRIPTS {
        let script = ScriptAnalysis::load(id, source).expect("a standard script is sound");
        shelf.add(Body::Script(script)).expect("each has an id of its own");
    }
    let never = AtomicBool::new(false);
    let mut group = criterion.benchmark_group("one-reading");
    group.bench_function("scripts", |bench| {
        bench.iter(|| {
            for analysis in shelf.iter() {
                black_box(analysis.run(&reading, &Map::new(), 0, &never));
            }
        });
    });
    group.bench_function("check", |bench| bench.iter(check));
    group.finish();
}

criterion_group!(benches, cross_tab, start_up, one_reading);
criterion_main!(benches);
