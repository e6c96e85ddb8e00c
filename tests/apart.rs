//! What does it cost when a plugin crashes, loops, floods or never answers: its own findings, and
//! nothing else?
#![cfg(unix)]

mod compiled;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::apart::{Limits, Outside, Workshop, describe, hash_of};
use parallax_engine::shelf::{Analysis, Body, Shelf};
use parallax_model::{Choices, Outcome, Reading};
use serde_json::{Map, Value as Json, json};

/// The ways to harm, as `tests/apart/harmful.c` numbers them.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
enum Harm {
    Nothing,
    Abort,
    Segfault,
    Overflow,
    Loop,
    Exit,
    CloseAll,
    FloodLog,
    FloodFindings,
    FloodOutput,
    Sleep,
    Fork,
    Memory,
    WriteStudy,
    WriteFile,
    CancelledOnly,
    Nonsense,
    KillGroup,
    ForkAndSleep,
    LeaveOneAndCrash,
    RestOnNothing,
}

const LIMITS: Limits = Limits { seconds: 60, megabytes: 300, findings_megabytes: 2 };

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A harmful plugin on a shelf.
struct Harmful {
    folder: tempfile::TempDir,
    shelf: Shelf,
}

impl Harmful {
    fn within(limits: Limits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let source = here().join("../../tests/apart/harmful.c");
        let library = compiled::library(folder.path(), &source, "harmful", &["-O1"]);
        // Under a name of its own, by which its processes are known.
        let program = folder.path().join("parallax");
        std::fs::hard_link(env!("CARGO_BIN_EXE_parallax"), &program)
            .or_else(|_| std::fs::copy(env!("CARGO_BIN_EXE_parallax"), &program).map(drop))
            .expect("has a second name");
        let (described, workshop) = {
            // A machine that is busy takes its time to start a process.
            let patient = Workshop { program: program.clone(), limits: LIMITS };
            (describe(&library, &patient).expect("is a plugin"), Workshop { program, limits })
        };
        let sha256 = hash_of(&library).expect("can be read");
        let mut shelf = Shelf::default();
        let outside = Outside::apart(described.manifest, library, sha256, workshop);
        shelf.add(Body::Outside(outside)).expect("holds");
        Self { folder, shelf }
    }

    fn analysis(&self) -> &Analysis {
        self.shelf.get("harmful").expect("stands on the shelf")
    }

    /// The command lines of the processes of its workers.
    #[cfg(target_os = "linux")]
    fn processes(&self) -> Vec<String> {
        let program = self.folder.path().join("parallax");
        let program = program.to_str().expect("is UTF-8");
        let processes = std::fs::read_dir("/proc").expect("is there").flatten();
        let lines = processes.filter_map(|process| {
            let line = std::fs::read(process.path().join("cmdline")).ok()?;
            Some(String::from_utf8_lossy(&line).replace('\0', " "))
        });
        lines.filter(|line| line.starts_with(program)).collect()
    }

    fn outcome(&self, harm: Harm) -> Outcome {
        self.outcome_with(harm, "", &AtomicBool::new(false))
    }

    fn outcome_with(&self, harm: Harm, word: &str, cancel: &AtomicBool) -> Outcome {
        let mut chosen: Map<String, Json> = Map::new();
        chosen.insert("harm".to_owned(), json!(harm as u8));
        chosen.insert("word".to_owned(), json!(word));
        self.analysis().run(&reading(), &chosen, 7, cancel).outcome
    }
}

fn reading() -> Reading<'static> {
    let study = check_folder(&here().join("../../studies/logbook")).study.expect("is sound");
    study.reading(&Choices::default()).expect("a default reading")
}

fn failed(outcome: Outcome) -> String {
    match outcome {
        Outcome::Failed(why) => why,
        other => panic!("should fail: {other:?}"),
    }
}

#[test]
fn each_harm_costs_the_analysis_alone_and_is_told() {
    let harmful = Harmful::within(LIMITS);
    let harms = [
        Harm::Abort,
        Harm::Segfault,
        Harm::Exit,
        Harm::CloseAll,
        Harm::FloodFindings,
        Harm::Memory,
        Harm::WriteStudy,
        Harm::Nonsense,
        Harm::KillGroup,
        Harm::LeaveOneAndCrash,
        Harm::RestOnNothing,
    ];
    let said: Vec<String> =
        harms.iter().map(|&harm| format!("{harm:?}: {}", failed(harmful.outcome(harm)))).collect();
    insta::assert_snapshot!(said.join("\n"), @"
    Abort: an abort ended its process (signal 6)
    Segfault: a segmentation fault ended its process (signal 11)
    Exit: it ended its process before it answered (exit status 0)
    CloseAll: it closed the way on which its process answers
    FloodFindings: it handed over more than the 2 MB there is room for
    Memory: an abort ended its process (signal 6)
    WriteStudy: a segmentation fault ended its process (signal 11)
    Nonsense: its process answered with something that is no answer
    KillGroup: somebody (perhaps the system, short of memory) ended its process (signal 9)
    LeaveOneAndCrash: an abort ended its process (signal 6)
    RestOnNothing: its finding about `a` rests on a statement that is not in the study
    ");
    let overflow = failed(harmful.outcome(Harm::Overflow));
    assert!(overflow.contains("stack") || overflow.contains("segmentation fault"), "{overflow}");
}

#[test]
fn what_takes_too_long_is_stopped() {
    for harm in [Harm::Loop, Harm::Sleep, Harm::ForkAndSleep, Harm::FloodOutput] {
        let harmful = Harmful::within(Limits { seconds: 1, ..LIMITS });
        let why = failed(harmful.outcome(harm));
        assert_eq!(why, "it was stopped after the second it may take", "{harm:?}");
    }
}

#[test]
fn what_is_no_harm_to_anybody_is_none() {
    let harmful = Harmful::within(LIMITS);
    for harm in [Harm::Nothing, Harm::FloodLog] {
        assert_eq!(harmful.outcome(harm), Outcome::Found(Vec::new()), "{harm:?}");
    }
}

/// Whether this system takes the right to write, and to cut short, from who asks for that.
#[cfg(target_os = "linux")]
fn takes_rights() -> bool {
    use landlock::{ABI, AccessFs, CompatLevel, Compatible, Ruleset, RulesetAttr};

    let rules = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    rules.handle_access(AccessFs::from_write(ABI::V3)).and_then(Ruleset::create).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn takes_rights() -> bool {
    false
}

#[test]
fn a_file_stays_as_it_is() {
    let harmful = Harmful::within(LIMITS);
    let folder = tempfile::tempdir().expect("a folder");
    for before in [Some("title: T"), None] {
        let file = folder.path().join("study.yaml");
        let _none = std::fs::remove_file(&file);
        if let Some(text) = before {
            std::fs::write(&file, text).expect("written");
        }
        let name = file.to_str().expect("is UTF-8");
        let outcome = harmful.outcome_with(Harm::WriteFile, name, &AtomicBool::new(false));
        match outcome {
            // The system lets it open no file to write into.
            Outcome::Found(_) => {
                assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), before);
            }
            // An older system only lets it write nothing into one.
            other => {
                assert!(!takes_rights(), "the right to write is not taken");
                assert_eq!(failed(other), "writing to a file ended its process (signal 25)");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_that_it_started_goes_with_it() {
    let harmful = Harmful::within(LIMITS);
    assert_eq!(harmful.outcome(Harm::Fork), Outcome::Found(Vec::new()));
    assert_eq!(harmful.processes(), Vec::<String>::new());
}

#[test]
fn a_run_that_is_cancelled_stops_soon_whether_the_plugin_looks_or_not() {
    let harmful = Harmful::within(LIMITS);
    for harm in [Harm::CancelledOnly, Harm::Loop] {
        let cancel = Arc::new(AtomicBool::new(false));
        let setter = Arc::clone(&cancel);
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            setter.store(true, Ordering::Relaxed);
        });
        assert_eq!(failed(harmful.outcome_with(harm, "", &cancel)), "the analysis was cancelled");
        thread.join().expect("ends");
        // Far below the limit of a minute, and whoever did not look is gone as well.
        #[cfg(target_os = "linux")]
        assert_eq!(harmful.processes(), Vec::<String>::new(), "{harm:?}");
    }
}

#[test]
fn what_took_all_its_time_is_not_begun_again() {
    let harmful = Harmful::within(Limits { seconds: 1, ..LIMITS });
    let first = failed(harmful.outcome(Harm::Loop));
    assert_eq!(failed(harmful.outcome(Harm::Nothing)), first);
}
