//! Is every way in which a plugin can fail to keep to the interface found, and is it said what to
//! change? And does a plugin that keeps to it pass?
#![cfg(unix)]

mod compiled;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;
use tempfile::TempDir;

/// Each way to misbehave, as `tests/conformance/misbehaves.c` calls it, and the one check that it
/// fails.
const WAYS: [(&str, &str); 55] = [
    ("NOTHING", ""),
    ("CRASHES_WHEN_LOADED", "is-a-library"),
    ("WRONG_MAGIC", "agrees-on-the-version"),
    ("ANOTHER_MAJOR", "agrees-on-the-version"),
    ("NEEDS_NEWER", "agrees-on-the-version"),
    ("ANOTHER_MODEL", "agrees-on-the-version"),
    ("NO_RUN", "agrees-on-the-version"),
    ("FILLS_TOO_LITTLE", "agrees-on-the-version"),
    ("WILL_NOT_START", "agrees-on-the-version"),
    ("EXITS_IN_THE_ENTRY", "agrees-on-the-version"),
    ("SERVES_ANY_MAJOR", "refuses-another-major"),
    ("REFUSES_IN_SILENCE", "refuses-another-major"),
    ("BEYOND_ITS_ROOM", "keeps-to-its-room"),
    ("NO_JSON", "manifest"),
    ("ANOTHER_ID", "manifest"),
    ("NO_ENGLISH", "manifest"),
    ("NO_DEFAULT", "manifest"),
    ("FAILS", "default-parameters"),
    ("ABORTS", "default-parameters"),
    ("EXITS", "default-parameters"),
    ("OVERFLOWS", "default-parameters"),
    ("NEVER_ENDS", "default-parameters"),
    ("CLOSES_EVERYTHING", "default-parameters"),
    ("UNKNOWN_STATUS", "known-status"),
    ("NO_REASON", "known-status"),
    ("NO_JOB", "known-status"),
    ("PANICS", "does-not-panic"),
    ("NOT_UTF8", "hands-over-text"),
    ("TABLE_NAME_NOT_UTF8", "hands-over-text"),
    ("UNKNOWN_TEMPLATE", "findings-fit"),
    ("FINDINGS_NO_JSON", "findings-fit"),
    ("TABLE_ABOUT_NOTHING", "findings-fit"),
    ("CRASHES_ON_OLD_JOB", "serves-an-older-host"),
    ("CRASHES_ON_BAD_PARAMETERS", "bad-parameters"),
    ("CRASHES_WITHOUT_PARAMETERS", "missing-parameters"),
    ("CRASHES_ON_EMPTY", "empty-study"),
    ("CRASHES_ON_ANOTHER_UNIT", "twenty-statements"),
    ("CRASHES_WITHOUT_CLAIMS", "missing-optional-tables"),
    ("FAILS_ON_MANY", "a-hundred-thousand-statements"),
    ("CRASHES_ON_MISSING", "missing-optional-tables"),
    ("READS_UNKNOWN_KINDS", "unknown-columns"),
    ("SHARED_BETWEEN_THREADS", "several-threads"),
    ("COUNTS_RUNS", "same-bytes-twice"),
    ("TELLS_AN_ADDRESS", "same-bytes-twice"),
    ("IGNORES_CANCELLATION", "stops-when-cancelled"),
    ("FAILS_WHEN_CANCELLED", "stops-when-cancelled"),
    ("WRITES_INTO_THE_STUDY", "study-in-read-only-pages"),
    ("FAST_MATH", "leaves-the-floating-point-mode"),
    ("ROUNDS_ELSEWHERE", "leaves-the-floating-point-mode"),
    ("LEAVES_A_THREAD", "leaves-no-thread"),
    ("LEAVES_A_FILE_OPEN", "leaves-no-file-open"),
    ("CHANGES_THE_FOLDER", "leaves-the-process-alone"),
    ("CATCHES_SIGNALS", "leaves-the-process-alone"),
    ("PRINTS", "prints-nothing"),
    ("PRINTS_ERRORS", "prints-nothing"),
];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// What `parallax plugin check` does with a library.
fn check(library: &Path, options: &[&str]) -> Output {
    let mut parallax = Command::new(env!("CARGO_BIN_EXE_parallax"));
    parallax.args(["plugin", "check"]).args(options).arg(library).env_remove("NO_COLOR");
    parallax.output().expect("runs")
}

/// The checks that a library fails, each with what is wrong; and how many were not tried.
fn failed(library: &Path) -> (Vec<(String, String)>, usize) {
    let output = check(library, &["--format", "json"]);
    let said: Json = serde_json::from_slice(&output.stdout).expect("is JSON");
    let text = |json: &Json| json.as_str().expect("is a text").to_owned();
    let checks = said["checks"].as_array().expect("is a list");
    let failed: Vec<_> = checks
        .iter()
        .filter(|check| check["passed"] == false)
        .map(|check| (text(&check["check"]), text(&check["said"])))
        .collect();
    let status = if failed.is_empty() { 0 } else { 1 };
    assert_eq!(output.status.code(), Some(status), "{said}");
    (failed, said["not_tried"].as_array().expect("is a list").len())
}

fn misbehaving(folder: &Path, way: &str) -> PathBuf {
    let source = here("tests/conformance/misbehaves.c");
    let flag = format!("-DMISBEHAVIOUR={way}");
    // What is linked stands before the source, so that it must be kept though nobody asked yet.
    let mut flags = vec![flag.as_str(), "-O1"];
    if cfg!(target_os = "linux") {
        flags.extend(["-Wl,--no-as-needed", "-lm", "-lpthread"]);
    }
    compiled::library(folder, &source, "misbehaves", &flags)
}

/// What is said of some of the ways, each of which must fail its check and no other.
fn said_of(ways: &[&(&str, &str)]) -> String {
    let folder = TempDir::new().expect("a folder");
    let mut said = String::new();
    for (way, check) in ways {
        let library = misbehaving(folder.path(), way);
        let (failed, not_tried) = failed(&library);
        let names: Vec<&str> = failed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [*check], "{way}: {failed:?}");
        let more =
            if not_tried > 0 { format!(" (and {not_tried} not tried)") } else { String::new() };
        writeln!(said, "{way}{more}\n  {check}: {}", failed[0].1).expect("written");
    }
    said
}

/// Some checks see what only Linux shows, or what only some processors do.
fn is_seen_here(way: &str) -> bool {
    match way {
        "LEAVES_A_THREAD" | "CHANGES_THE_FOLDER" | "CATCHES_SIGNALS" => cfg!(target_os = "linux"),
        "FAST_MATH" => cfg!(target_arch = "x86_64"),
        _ => true,
    }
}

macro_rules! said_of {
    ($($test:ident: $checks:expr)*) => {$(
        #[test]
        fn $test() {
            let checks: &[&str] = &$checks;
            let ways: Vec<_> = WAYS
                .iter()
                .filter(|(way, check)| checks.contains(check) && is_seen_here(way))
                .collect();
            let said = said_of(&ways);
            if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
                // How long it took differs, and how large an address is.
                insta::with_settings!({filters => vec![(r"for \d\.\d s", "for N s")]}, {
                    insta::assert_snapshot!(said);
                });
            }
        }
    )*};
}

said_of! {
    a_plugin_that_does_not_agree: ["is-a-library", "agrees-on-the-version"]
    a_plugin_that_does_not_know_its_place:
        ["refuses-another-major", "keeps-to-its-room", "manifest"]
    a_plugin_that_does_not_run: ["default-parameters"]
    a_plugin_whose_answer_nobody_can_take:
        ["known-status", "does-not-panic", "hands-over-text", "findings-fit"]
    a_plugin_that_takes_only_what_is_usual: [
        "serves-an-older-host",
        "missing-parameters",
        "bad-parameters",
        "empty-study",
        "twenty-statements",
        "missing-optional-tables",
        "unknown-columns",
        "a-hundred-thousand-statements",
    ]
    a_plugin_that_is_not_the_same_each_time: ["several-threads", "same-bytes-twice"]
    a_plugin_that_does_not_stop: ["stops-when-cancelled"]
    a_plugin_that_leaves_traces: [
        "study-in-read-only-pages",
        "leaves-the-floating-point-mode",
        "leaves-no-thread",
        "leaves-no-file-open",
        "leaves-the-process-alone",
        "prints-nothing",
    ]
}

#[test]
fn every_way_to_misbehave_is_one_of_the_source_and_the_other_way_round() {
    let source = std::fs::read_to_string(here("tests/conformance/misbehaves.c")).expect("read");
    let named = |line: &str| {
        let mut words = line.strip_prefix("#define ")?.split(' ');
        let (name, number) = (words.next()?, words.next()?);
        number.parse::<u8>().is_ok().then(|| name.to_owned())
    };
    let ways: BTreeSet<String> = source.lines().filter_map(named).collect();
    let tried: BTreeSet<String> = WAYS.iter().map(|(way, _)| (*way).to_owned()).collect();
    assert_eq!(ways, tried);
}

#[test]
fn a_plugin_that_keeps_to_everything_passes() {
    let folder = TempDir::new().expect("a folder");
    let in_c = here("core/engine/tests/in_c/count_in_c.c");
    let first = ["-I".to_owned(), here("core/plugin/include/1.0").display().to_string()];
    let first: Vec<&str> = first.iter().map(String::as_str).collect();
    let libraries = [
        misbehaving(folder.path(), "NOTHING"),
        compiled::library(folder.path(), &in_c, "count-in-c", &[]),
        compiled::library(folder.path(), &here("tests/conformance/first.c"), "first", &first),
    ];
    for library in libraries {
        assert_eq!(failed(&library), (vec![], 0), "{}", library.display());
    }
}

#[test]
fn a_file_that_is_no_plugin_is_told_apart() {
    let folder = TempDir::new().expect("a folder");
    let sound = std::fs::read(misbehaving(folder.path(), "NOTHING")).expect("read");
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        file
    };
    let of_the_system = compiled::library(
        folder.path(),
        &file("sums.c", b"/* What is one more? */\nint more(int one) { return one + 1; }\n"),
        "sums",
        &["-fvisibility=default", "-Wno-missing-prototypes"],
    );
    std::fs::create_dir(folder.path().join("libfolder.so")).expect("made");
    let files = [
        file("libnotes.so", b"just some notes"),
        file("libempty.so", b""),
        file("libcut.so", &sound[..sound.len() / 3]),
        file("librenamed.so", &sound),
        of_the_system,
        folder.path().join("libfolder.so"),
    ];
    let said: Vec<String> = files
        .iter()
        .map(|file| {
            let (failed, not_tried) = failed(file);
            assert_eq!((failed.len(), failed[0].0.as_str()), (1, "is-a-library"));
            assert!(not_tried > 20);
            failed[0].1.clone()
        })
        .collect();
    if cfg!(target_os = "linux") {
        insta::assert_snapshot!(said.join("\n"));
    }
    let nowhere = check(&folder.path().join("libnowhere.so"), &[]);
    assert_eq!(nowhere.status.code(), Some(3));
    assert!(nowhere.stdout.is_empty());
}

#[test]
fn the_terminal_shows_each_check_and_how_many_there_were() {
    let folder = TempDir::new().expect("a folder");
    let library = misbehaving(folder.path(), "PRINTS");
    let shown = check(&library, &[]);
    let text = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("is UTF-8");
        text.replace(&folder.path().display().to_string(), "FOLDER")
    };
    if cfg!(target_os = "linux") {
        insta::with_settings!({filters => vec![(r"SHA-256 [0-9a-f]{8}", "SHA-256 NNNNNNNN")]}, {
            insta::assert_snapshot!(format!("{}\n{}", text(&shown.stderr), text(&shown.stdout)));
        });
    }
    assert_eq!(shown.status.code(), Some(1));
    let stopped = check(&misbehaving(folder.path(), "NO_JSON"), &[]);
    insta::assert_snapshot!(text(&stopped.stdout));
}
