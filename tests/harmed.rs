//! What does a researcher see when a plugin that they trust comes to harm in a run?
#![cfg(unix)]

mod compiled;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value as Json;

/// A user who trusts the harmful plugin, and a study that asks for it beside a standard analysis.
struct Trusting {
    folder: tempfile::TempDir,
}

impl Trusting {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let trusting = Self { folder };
        let logbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/logbook");
        fs::create_dir_all(trusting.study()).expect("made");
        for file in fs::read_dir(logbook).expect("is there").flatten() {
            if file.path().is_file() {
                fs::copy(file.path(), trusting.study().join(file.file_name())).expect("copied");
            }
        }
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apart/harmful.c");
        let library = compiled::library(trusting.folder.path(), &source, "harmful", &["-O1"]);
        let trusted = trusting.ran(&["plugin", "trust", &library.display().to_string()]);
        assert!(trusted.status.success(), "{}", text(&trusted));
        trusting
    }

    /// Writes the user's settings.
    fn set(&self, settings: &str) {
        let config = self.folder.path().join("config/parallax");
        fs::create_dir_all(&config).expect("made");
        fs::write(config.join("settings.toml"), settings).expect("written");
    }

    fn study(&self) -> PathBuf {
        self.folder.path().join("study")
    }

    /// Lets the study ask for one way to harm, as `tests/apart/harmful.c` numbers them.
    fn ask(&self, harm: u8) {
        self.ask_for(&format!(
            "\nanalyses:\n  - use: role-consensus\n  - use: harmful\n    parameters: {{ harm: {harm} }}\n"
        ));
    }

    /// Lets the study ask for these analyses and no others.
    fn ask_for(&self, asked: &str) {
        let file = self.study().join("study.yaml");
        let text = fs::read_to_string(&file).expect("is there");
        let text = text.split("\nanalyses:").next().expect("has a beginning").to_owned();
        fs::write(file, text + asked).expect("written");
    }

    fn command(&self, words: &[&str]) -> Command {
        // Under a name of its own, by which its processes are known.
        let program = self.folder.path().join("parallax");
        if !program.exists() {
            fs::hard_link(env!("CARGO_BIN_EXE_parallax"), &program)
                .or_else(|_| fs::copy(env!("CARGO_BIN_EXE_parallax"), &program).map(drop))
                .expect("has a second name");
        }
        let mut command = Command::new(program);
        command
            .current_dir(self.study())
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .args(words)
            .stdin(Stdio::null());
        command
    }

    fn ran(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the program starts")
    }

    /// What came of each analysis in findings.json.
    fn outcomes(&self) -> Vec<Json> {
        let text = fs::read(self.study().join("out/findings.json")).expect("written");
        let json: Json = serde_json::from_slice(&text).expect("JSON");
        json["analyses"].as_array().expect("a list").clone()
    }

    /// How many processes of this user's program run.
    #[cfg(target_os = "linux")]
    fn processes(&self) -> usize {
        let program = self.folder.path().join("parallax").display().to_string();
        let processes = fs::read_dir("/proc").expect("is there").flatten();
        let line = |process: fs::DirEntry| fs::read(process.path().join("cmdline")).ok();
        processes.filter_map(line).filter(|line| line.starts_with(program.as_bytes())).count()
    }
}

fn text(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// The words that `harmful.c` prints as if somebody had said them.
const WORDS: &str = "somebody's words";

#[test]
fn a_plugin_that_crashes_costs_its_own_findings_and_the_report_says_so() {
    let trusting = Trusting::new();
    trusting.ask(0);
    let unharmed = trusting.ran(&["run", "--one-reading"]);
    assert_eq!(unharmed.status.code(), Some(0), "{}", text(&unharmed));
    assert!(text(&unharmed).contains("harmful ran in a process of its own"), "{}", text(&unharmed));
    let before = trusting.outcomes();
    trusting.ask(2);
    let harmed = trusting.ran(&["run", "--one-reading"]);
    assert_eq!(harmed.status.code(), Some(1), "{}", text(&harmed));
    let why = "a segmentation fault ended its process (signal 11)";
    assert!(text(&harmed).contains(why), "{}", text(&harmed));
    for report in ["report.html", "report.md"] {
        let report = fs::read_to_string(trusting.study().join("out").join(report)).expect("read");
        assert!(report.contains(why));
    }
    let after = trusting.outcomes();
    let of = |outcomes: &[Json], id| {
        outcomes.iter().find(|one| one["id"] == id).cloned().unwrap_or_default()
    };
    assert_eq!(of(&after, "role-consensus"), of(&before, "role-consensus"));
    assert_ne!(of(&after, "harmful"), of(&before, "harmful"));
}

#[test]
fn a_plugin_finds_the_same_inside_the_program_and_under_other_readings() {
    let trusting = Trusting::new();
    let source = "tests/crosstab/roles_by_code_c.c";
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(source);
    let library = compiled::library(trusting.folder.path(), &source, "roles-by-code-c", &[]);
    let trusted = trusting.ran(&["plugin", "trust", &library.display().to_string()]);
    assert!(trusted.status.success(), "{}", text(&trusted));
    trusting.ask_for("\nanalyses:\n  - use: roles-by-code-c\n");
    let apart = trusting.ran(&["run", "--fresh"]);
    assert_eq!(apart.status.code(), Some(0), "{}", text(&apart));
    let found = trusting.outcomes();
    assert_eq!(found[0]["outcome"]["findings"], 3, "{found:?}");
    let document = fs::read(trusting.study().join("out/findings.json")).expect("written");
    let here = trusting.ran(&["run", "--fresh", "--in-process"]);
    assert_eq!(here.status.code(), Some(0), "{}", text(&here));
    assert!(!text(&here).contains("of its own"), "{}", text(&here));
    let again = fs::read(trusting.study().join("out/findings.json")).expect("written");
    assert!(again == document, "byte for byte, tables and evidence with it");
}

#[test]
fn the_users_limits_hold_and_nothing_that_a_plugin_prints_is_seen() {
    let trusting = Trusting::new();
    // Only now: a machine that is busy takes its time for the checks before a plugin is trusted.
    trusting.set("[plugins]\nseconds = 2\n");
    // It prints without end.
    trusting.ask(9);
    let flooded = trusting.ran(&["-vvv", "run", "--one-reading"]);
    assert_eq!(flooded.status.code(), Some(1));
    assert!(text(&flooded).contains("it was stopped after the 2 seconds it may take"));
    assert!(!text(&flooded).contains(WORDS));
}

#[test]
fn a_flood_of_log_lines_ends() {
    let trusting = Trusting::new();
    trusting.ask(7);
    let flooded = trusting.ran(&["-v", "run", "--one-reading"]);
    assert_eq!(flooded.status.code(), Some(0), "{}", text(&flooded));
    assert!(text(&flooded).contains("more than 10000 events: the rest is left out"));
    assert!(text(&flooded).lines().count() < 11_000);
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_killed_leaves_no_process() {
    let trusting = Trusting::new();
    // It starts a process that stays, and sleeps.
    trusting.ask(18);
    let mut run = trusting
        .command(&["run", "--one-reading"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    wait_until(|| trusting.processes() == 3);
    run.kill().expect("killed");
    run.wait().expect("gone");
    wait_until(|| trusting.processes() == 0);
}

/// Waits for something that has to happen; a machine that is busy takes its time.
#[cfg(target_os = "linux")]
#[track_caller]
fn wait_until(happens: impl Fn() -> bool) {
    for _ in 0..3_000 {
        if happens() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("it does not happen");
}
