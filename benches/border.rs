//! What does the border to C cost, beside the same done without it?
//!
//! - `view-10m`: ten million statements laid out for the other side, which takes pointers only; and
//!   apart, what is done once per reading for libraries from outside: the masks of Arrow.
//! - `call`: an analysis that does nothing, linked in, loaded from C, and loaded from Rust.
//! - `crosstab-1m`: one walk over a million statements, called directly, linked in, and loaded.
//!
//! Run with `cargo bench --bench border`. It builds the libraries with the `cargo` that runs it and
//! with the system's C compiler (`CC`).
//!
//! Where the clock is of no use, because others use the machine as well, instructions are counted
//! instead. With `--test` each way is gone exactly once, after one run that lays the reading out, and
//! only what `counted` does is counted ("Collected"), in the library as well:
//!
//! ```text
//! cargo bench --bench border --no-run
//! cd core/cli
//! valgrind --tool=callgrind --toggle-collect='border::counted*' \
//!     ../../target/release/deps/border-<…> --test call/loaded-rust
//! ```

#[path = "../core/plugin/examples/do_nothing.rs"]
mod do_nothing;
#[path = "../core/plugin/examples/role_by_code.rs"]
mod role_by_code;

use std::cell::LazyCell;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, criterion_group, criterion_main};
use parallax_engine::shelf::{Asked, Lending, NativeAnalysis};
use parallax_model::table::{NONE, TextsDraft};
use parallax_model::{Outcome, Reading};
use parallax_plugin::columns::{lend, lend_sound, tables};
use parallax_plugin::{Job, NoParameters};
use serde_json::Map;

/// A reading with so many statements, made in memory: 40 roles, 400 people, 300 codes.
fn reading_of(statements: u32) -> Reading<'static> {
    let mut reading = Reading { mapping: "report".into(), ..Reading::default() };
    let ids = |count: u32, letter: char| {
        let mut ids = TextsDraft::with_room(count as usize, count as usize * 8);
        (0..count).for_each(|number| ids.push(&format!("{letter}{number}")));
        ids
    };
    let column = |rows: u32, value: fn(u32) -> u32| (0..rows).map(value).collect();
    reading.roles.ids = ids(40, 'R').into();
    reading.roles.labels = reading.roles.ids.clone();
    reading.roles.kinds = vec![0; 40].into();
    reading.roles.within = vec![NONE; 40].into();
    reading.participants.ids = ids(400, 'P').into();
    reading.participants.cases = vec![NONE; 400].into();
    reading.participants.roles = column(400, |row| if row % 64 == 0 { NONE } else { row % 40 });
    reading.participants.titles = vec![NONE; 400].into();
    reading.participants.kinds = vec![0; 400].into();
    reading.codes.ids = ids(300, 'C').into();
    reading.codes.labels = reading.codes.ids.clone();
    reading.codes.parents = vec![NONE; 300].into();
    reading.codes.removed = vec![0; 300].into();
    reading.codes.prompts = std::iter::repeat_n("", 300).collect();
    reading.codes.questions = std::iter::repeat_n("", 300).collect();
    let rows = &mut reading.statements;
    rows.ids = ids(statements, 's').into();
    rows.sources = column(statements, |_| NONE);
    rows.speakers = column(statements, |row| row.wrapping_mul(2_654_435_761) % 400);
    rows.codes = column(statements, |row| row.wrapping_mul(40_503) % 300);
    rows.modalities = (0..statements).map(|row| (row % 3) as u8).collect();
    rows.bearer_kinds = vec![0; statements as usize].into();
    rows.bearers = column(statements, |row| if row % 3 == 0 { NONE } else { row % 40 });
    rows.stances = vec![0; statements as usize].into();
    rows.strengths = vec![0; statements as usize].into();
    for offsets in [
        &mut reading.excerpts.code_offsets,
        &mut reading.sources.speaker_offsets,
        &mut reading.constraints.member_offsets,
    ] {
        *offsets = vec![0].into();
    }
    reading
}

/// The file of a library in a folder.
fn library(folder: &Path, stem: &str) -> PathBuf {
    folder.join(format!("{DLL_PREFIX}{stem}{DLL_SUFFIX}"))
}

/// An analysis of the kit in a library of its own, which cargo leaves beside the benchmark.
fn loaded(stem: &str) -> NativeAnalysis {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--package", "parallax-plugin", "--example", stem])
        .status();
    assert!(built.is_ok_and(|built| built.success()), "the library {stem} is built");
    let here = std::env::current_exe().expect("the benchmark knows where it is");
    let target = here.ancestors().nth(2).expect("it lies in deps");
    NativeAnalysis::open(&library(&target.join("examples"), stem)).expect("agrees")
}

fn loaded_from_c(folder: &Path) -> NativeAnalysis {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let made = library(folder, "nothing_in_c");
    let built = Command::new(compiler)
        .args(["-std=c11", "-O2", "-shared", "-fPIC", "-I"])
        .arg(here.join("core/plugin/include"))
        .arg("-o")
        .args([&made, &here.join("benches/border/do_nothing.c")])
        .status();
    assert!(built.is_ok_and(|built| built.success()), "the library in C is built");
    NativeAnalysis::open(&made).expect("agrees")
}

/// What one run takes, apart from what prepares it: a function of its own, so that a program that
/// counts instructions knows where to begin and to end.
#[inline(never)]
fn counted(run: impl Fn() -> usize) -> usize {
    run()
}

fn view(criterion: &mut Criterion) {
    // It is not made where only the others are asked for.
    let reading = LazyCell::new(|| reading_of(10_000_000));
    let mut group = criterion.benchmark_group("view-10m");
    group.sample_size(10);
    group.bench_function("pointers", |bench| {
        bench.iter(|| black_box(lend(reading.clone()).expect("is whole")).reading());
    });
    group.bench_function("with-masks", |bench| {
        bench.iter(|| black_box(lend_sound(tables(&reading).expect("is whole"))).reading());
    });
    group.bench_function("cells", |bench| {
        bench.iter(|| black_box(reading.clone().with_cells()).cells.states.len());
    });
    group.finish();
}

/// How many findings an analysis has on what is lent.
fn found(native: &NativeAnalysis, lending: &Lending<'_>) -> usize {
    let (never, none) = (AtomicBool::new(false), Map::new());
    let asked =
        Asked { parameters: &none, seed: 7, cancel: &never, watch: &|_, _| {}, room: usize::MAX };
    match native.run(lending, asked) {
        Outcome::Found(found) => found.len(),
        other => panic!("{other:?}"),
    }
}

fn call(criterion: &mut Criterion) {
    let reading = reading_of(1_000);
    let lending = Lending::of(&reading);
    let folder = tempfile::tempdir().expect("a folder");
    let ways = [
        ("linked", NativeAnalysis::linked(do_nothing::ENTRY).expect("agrees")),
        ("loaded-c", loaded_from_c(folder.path())),
        ("loaded-rust", loaded("do_nothing")),
    ];
    let mut group = criterion.benchmark_group("call");
    for (name, native) in &ways {
        assert_eq!(found(native, &lending), 0);
        group.bench_function(*name, |bench| bench.iter(|| counted(|| found(native, &lending))));
    }
    group.finish();
}

fn crosstab(criterion: &mut Criterion) {
    let reading = reading_of(1_000_000);
    let lending = Lending::of(&reading);
    let linked = NativeAnalysis::linked(role_by_code::ENTRY).expect("agrees");
    let loaded = loaded("role_by_code");
    let mut group = criterion.benchmark_group("crosstab-1m");
    group.bench_function("direct", |bench| {
        let (job, none) = (Job::alone(7), NoParameters {});
        let found = || role_by_code::analyse(&reading, &none, &job).map_or(0, |found| found.len());
        assert_eq!(found(), 1);
        bench.iter(|| counted(found));
    });
    for (name, native) in [("linked", &linked), ("loaded", &loaded)] {
        assert_eq!(found(native, &lending), 1);
        group.bench_function(name, |bench| bench.iter(|| counted(|| found(native, &lending))));
    }
    group.finish();
}

criterion_group!(benches, view, call, crosstab);
criterion_main!(benches);
