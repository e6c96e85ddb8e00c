//! Can a plugin be written in plain C, against each header that was ever released?
#![cfg(unix)]

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_model::{Finding, Outcome};
use parallax_plugin::prelude::*;
use serde_json::Map;

/// The plugin in C as a library, compiled against the header in a folder, every warning an error.
fn compiled(header: &Path, folder: &Path) -> PathBuf {
    let library = folder.join(format!("{DLL_PREFIX}count_in_c{DLL_SUFFIX}"));
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let compiled = Command::new(&compiler)
        .args(["-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror"])
        .args(["-shared", "-fPIC", "-fvisibility=hidden", "-I"])
        .arg(header)
        .arg("-o")
        .args([&library, &here().join("tests/in_c/count_in_c.c")])
        .output()
        .unwrap_or_else(|error| panic!("the C compiler `{compiler}` does not run: {error}"));
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    library
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of every header: of today, and of each release.
fn headers() -> Vec<PathBuf> {
    let today = here().join("../plugin/include");
    let entries = std::fs::read_dir(&today).expect("the folder of headers can be read");
    let entries = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.push(today);
    folders
}

/// What the plugin finds on today's program, and what becomes of a run that is to stop.
fn ran(header: &Path) -> (Vec<Finding>, Outcome) {
    let folder = tempfile::tempdir().expect("a folder");
    let native = NativeAnalysis::open(&compiled(header, folder.path())).expect("agrees");
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(native)).expect("holds");
    let analysis = shelf.get("count-in-c").expect("stands on the shelf");
    let run =
        |cancel| analysis.run(&three_people(), &Map::new(), 0, &AtomicBool::new(cancel)).outcome;
    let Outcome::Found(findings) = run(false) else { panic!("should find something") };
    (findings, run(true))
}

#[test]
fn a_plugin_in_plain_c_finds_the_same_whichever_header_it_was_written_for() {
    let headers = headers();
    assert!(headers.iter().any(|header| header.ends_with("1.0")), "the first header is kept");
    for header in headers {
        let (findings, stopped) = ran(&header);
        let said: Vec<String> = findings
            .iter()
            .map(|finding| {
                let [people, yes] = [0, 1].map(|at| finding.measures[at].number.to_string());
                format!("{}: {people} people, {yes} yes", finding.about)
            })
            .collect();
        let header = header.display();
        assert_eq!(said, ["L: 1 people, 0 yes", "S: 2 people, 2 yes"], "{header}");
        let cancelled = Outcome::Failed("the analysis was cancelled".to_owned());
        assert_eq!(stopped, cancelled, "{header}");
    }
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
