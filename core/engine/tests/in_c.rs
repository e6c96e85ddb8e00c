//! Does the header say what the border is, and can a plugin be written in plain C?
#![cfg(unix)]

use std::mem::offset_of;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_model::Outcome;
use parallax_plugin::abi::{
    self, AbiColumn, AbiHost, AbiJob, AbiPlugin, AbiReading, AbiString, AbiTable,
};
use parallax_plugin::prelude::*;
use serde_json::Map;

/// Compiles one C file with every warning as an error.
fn compile(source: &Path, options: &[&str], made: &Path) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let compiled = Command::new(&compiler)
        .args(["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"])
        .args(options)
        .arg("-I")
        .arg(here.join("../plugin/include"))
        .arg("-o")
        .args([made, source])
        .output()
        .unwrap_or_else(|error| panic!("the C compiler `{compiler}` does not run: {error}"));
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
}

/// One assertion for the size of a struct and one for the place of each field.
macro_rules! layout {
    ($($rust:ident = $c:literal { $($field:ident)* })*) => {{
        let mut lines = Vec::new();
        $(
            lines.push(format!("sizeof({}) == {}", $c, size_of::<$rust>()));
            $(lines.push(format!(
                "offsetof({}, {}) == {}", $c, stringify!($field), offset_of!($rust, $field)
            ));)*
        )*
        lines
    }};
}

/// One assertion for the value of each constant.
macro_rules! constants {
    ($($rust:ident = $c:literal)*) => {
        vec![$(format!("{} == {}", $c, i64::from(abi::$rust))),*]
    };
}

#[test]
fn the_header_says_what_the_border_is() {
    let mut lines = layout! {
        AbiString = "parallax_string" { start len }
        AbiColumn = "parallax_column" {
            struct_size kind name len null_count validity values offsets dictionary
        }
        AbiTable = "parallax_table" { struct_size n_columns name n_rows columns }
        AbiReading = "parallax_reading" { struct_size model_version n_tables promises tables }
        AbiJob = "parallax_job" {
            struct_size reserved id seed context findings reason progress table
            parameter_i64 parameter_f64 parameter_bool parameter_string parameter_count
        }
        AbiHost = "parallax_host" {
            magic struct_size abi_major abi_minor reserved image name version log_level log
            get_extension
        }
        AbiPlugin = "parallax_plugin" {
            magic struct_size abi_major abi_minor requires_minor reserved manifest_json state run
            model_version reserved_too get_extension
        }
    };
    lines.extend(constants! {
        MAGIC = "PARALLAX_MAGIC" ABI_MAJOR = "PARALLAX_ABI_MAJOR" ABI_MINOR = "PARALLAX_ABI_MINOR"
        MODEL_VERSION = "PARALLAX_MODEL_VERSION" STATUS_OK = "PARALLAX_OK"
        STATUS_NOT_AVAILABLE = "PARALLAX_NOT_AVAILABLE" STATUS_CANCELLED = "PARALLAX_CANCELLED"
        STATUS_ABSENT = "PARALLAX_ABSENT" STATUS_FAILED = "PARALLAX_FAILED" STATUS_PANICKED = "PARALLAX_PANICKED"
        STATUS_VERSION = "PARALLAX_VERSION" STATUS_MALFORMED = "PARALLAX_MALFORMED"
        KIND_U8 = "PARALLAX_U8" KIND_U32 = "PARALLAX_U32" KIND_I64 = "PARALLAX_I64"
        KIND_F64 = "PARALLAX_F64" KIND_CODES = "PARALLAX_CODES" KIND_TEXTS = "PARALLAX_TEXTS"
        KIND_LISTS = "PARALLAX_LISTS" LEVEL_ERROR = "PARALLAX_ERROR" LEVEL_WARN = "PARALLAX_WARN"
        LEVEL_INFO = "PARALLAX_INFO" LEVEL_DEBUG = "PARALLAX_DEBUG" LEVEL_TRACE = "PARALLAX_TRACE"
    });
    lines.push(format!("PARALLAX_NONE == {NONE}"));
    let asserted: String =
        lines.iter().map(|line| format!("_Static_assert({line}, \"{line}\");\n")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("layout.c");
    std::fs::write(&source, format!("#include \"parallax_plugin.h\"\n{asserted}"))
        .expect("written");
    compile(&source, &["-c"], &folder.path().join("layout.o"));
}

#[test]
fn a_plugin_in_plain_c_counts_what_the_reading_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let library: PathBuf = folder.path().join(format!(
        "{}count_in_c{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/in_c/count_in_c.c");
    compile(&source, &["-shared", "-fPIC", "-fvisibility=hidden"], &library);
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(NativeAnalysis::open(&library).expect("agrees"))).expect("holds");
    let analysis = shelf.get("count-in-c").expect("stands on the shelf");
    let ran =
        |cancel| analysis.run(&three_people(), &Map::new(), 0, &AtomicBool::new(cancel)).outcome;
    let Outcome::Found(findings) = ran(false) else { panic!("should find something") };
    let said: Vec<String> = findings
        .iter()
        .map(|finding| {
            let [people, yes] = [0, 1].map(|measure| finding.measures[measure].number.to_string());
            format!("{}: {people} people, {yes} yes", finding.about)
        })
        .collect();
    assert_eq!(said, ["L: 1 people, 0 yes", "S: 2 people, 2 yes"]);
    assert_eq!(ran(true), Outcome::Failed("the analysis was cancelled".to_owned()));
}

fn three_people() -> Reading<'static> {
    let mut reading = Reading::default();
    reading.roles.ids = ["S", "L"].into_iter().collect();
    reading.roles.labels = ["supervisor", "teacher"].into_iter().collect();
    reading.roles.kinds = vec![0, 0].into();
    reading.roles.within = vec![NONE, NONE].into();
    reading.participants.ids = ["S1", "L1", "S2"].into_iter().collect();
    reading.participants.cases = vec![NONE; 3].into();
    reading.participants.roles = vec![0, 1, 0].into();
    reading.participants.titles = vec![NONE; 3].into();
    reading.participants.kinds = vec![0; 3].into();
    reading.excerpts.code_offsets = vec![0].into();
    reading.sources.speaker_offsets = vec![0].into();
    reading.codes.ids = ["P"].into_iter().collect();
    reading.codes.labels = reading.codes.ids.clone();
    reading.codes.parents = vec![NONE].into();
    reading.codes.removed = vec![0].into();
    reading.codes.prompts = [""].into_iter().collect();
    reading.codes.questions = [""].into_iter().collect();
    // At least two of S1 and S2, so each of them: a cell that only the constraint makes a yes.
    reading.constraints.ids = ["k1"].into_iter().collect();
    reading.constraints.codes = vec![0].into();
    reading.constraints.modalities = vec![u8::MAX].into();
    reading.constraints.bearers = vec![u8::MAX].into();
    reading.constraints.states = vec![0].into();
    reading.constraints.minimums = vec![2].into();
    reading.constraints.maximums = vec![NONE].into();
    reading.constraints.member_offsets = vec![0, 2].into();
    reading.constraints.members = vec![0, 2].into();
    reading
}
