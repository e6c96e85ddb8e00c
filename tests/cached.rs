//! Does a run that skips what cannot have changed give the same bytes as one that computes
//! everything?
//!
//! A small study is changed at random, again and again; after each change it is run with what was
//! kept from the runs before, and from nothing. `PROPTEST_CASES` raises the number of studies.

#[path = "properties/around.rs"]
mod around;
#[path = "cached/small.rs"]
mod small;
#[path = "../core/cli/src/standard.rs"]
#[expect(dead_code, reason = "of the command's module only the shelf is tried here")]
mod standard;

use std::fs;
use std::path::Path;

use parallax_engine::cache::{Cache, Did, Told};
use parallax_engine::check::{check_folder, short};
use parallax_engine::open::{Opened, open};
use parallax_engine::report::{html, markdown};
use parallax_model::Choices;
use parallax_model::document::Depth;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use around::{Status, args, say, terminal, user};
use small::{Small, edits};

/// What a run writes, and what it tells.
struct Ran {
    findings: String,
    reports: [String; 2],
    told: Vec<Told>,
}

/// What the program does on `run`, or nothing where the study cannot be run.
fn ran(folder: &Path, cache: &Cache) -> Option<Ran> {
    let opened: Opened = open(folder, standard::shelf());
    let study = opened.checked.study.clone()?;
    let choices = Choices::default();
    let mut answered = opened.answer_beside(&study, &choices, cache).expect("is offered");
    opened.repair(&mut answered, &|_, _| {});
    let surveyed =
        opened.survey_beside(&mut answered, &choices, Depth::OneChange, cache, &|_, _| {});
    surveyed.expect("is offered");
    answered.kept.write(cache);
    let report = opened.report(&answered);
    let reports = [html(&report), markdown(&report)];
    let told = answered.kept.told(&answered.document);
    Some(Ran { findings: answered.document.to_json(), reports, told })
}

fn that_ran(told: &[Told]) -> Vec<&str> {
    told.iter().filter(|one| one.did == Did::Ran).map(|one| one.id.as_str()).collect()
}

fn because(told: &[Told], id: &str) -> String {
    told.iter().find(|one| one.id == id).expect("was asked for").because.join(", ")
}

/// So many studies, the same ones each time; where `PROPTEST_CASES` says how many, new ones.
fn studies(cases: u32) -> ProptestConfig {
    let standard = ProptestConfig::default();
    let is_chosen = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if is_chosen { standard.cases } else { cases },
        max_shrink_iters: 60,
        failure_persistence: None,
        rng_seed: if is_chosen { standard.rng_seed } else { RngSeed::Fixed(1) },
        ..standard
    }
}

proptest! {
    #![proptest_config(studies(5))]

    #[test]
    fn a_run_with_what_is_kept_is_a_run_from_nothing(
        claims in any::<bool>(),
        edits in prop::collection::vec(edits(), 1..12),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(folder.path(), "a program");
        let mut small = Small::new(claims);
        small.write(folder.path());
        prop_assert!(ran(folder.path(), &cache).is_some(), "it can be run");
        for edit in edits {
            let before = small.clone();
            small = small.changed(edit);
            small.write(folder.path());
            let (Some(kept), Some(fresh)) =
                (ran(folder.path(), &cache), ran(folder.path(), &Cache::none()))
            else {
                // A study with a mistake is not run; the next change begins where this one did.
                small = before;
                continue;
            };
            prop_assert_eq!(&kept.findings, &fresh.findings, "{:?}", edit);
            prop_assert!(kept.reports == fresh.reports, "{:?}", edit);
            if edit.is_unseen() {
                let mut ran = that_ran(&kept.told);
                ran.retain(|id| *id != "claims");
                prop_assert!(ran.is_empty(), "{:?}: {:?}", edit, ran);
            }
        }
    }
}

/// A study that was run, and its folder.
fn begun() -> (tempfile::TempDir, Cache) {
    let folder = tempfile::tempdir().expect("a folder");
    Small::new(true).write(folder.path());
    let cache = Cache::of(folder.path(), "a program");
    let first = ran(folder.path(), &cache);
    let first = first.unwrap_or_else(|| panic!("{}", short(&check_folder(folder.path()))));
    assert_eq!(that_ran(&first.told).len(), 6);
    assert_eq!(because(&first.told, "own"), "first run");
    (folder, cache)
}

fn replaced(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).expect("read");
    assert!(text.contains(from), "{name} has {from}");
    fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn each_change_is_told_by_what_it_changed_and_runs_who_sees_it() {
    let (folder, cache) = begun();
    let mut said = String::new();
    let mut now = |what: &str, cache: &Cache| {
        let told = ran(folder.path(), cache).expect("can be run").told;
        said.push_str(&format!("{what}\n"));
        for one in told.iter().filter(|one| one.did == Did::Ran) {
            said.push_str(&format!("  {}: {}\n", one.id, one.because.join(", ")));
        }
    };
    let change = |name: &str, from: &str, to: &str| replaced(folder.path(), name, from, to);
    now("nothing", &cache);
    change("scripts/own.rhai", "comment 0", "comment 1");
    now("a comment of a script", &cache);
    change("scripts/shared/counting.rhai", "n + 0", "n + 1");
    now("a shared file", &cache);
    change("scripts/own.rhai", "1.0.0", "1.1.0");
    now("the version of a script", &cache);
    change("study.yaml", "k: 1", "k: 4");
    now("a parameter", &cache);
    change("statements.csv", "s2,C2,p.plan,duty,self,deny", "s2,C2,p.plan,duty,self,affirm");
    now("a stance", &cache);
    change("statements.csv", "s6,O1,p.log,duty,self,affirm", "s6,O1,p.log,duty,self,deny");
    now("a stance that only another reading has", &cache);
    change("codes.csv", "logbook", "log");
    now("a label", &cache);
    change("claims.csv", "affirm,2", "affirm,3");
    now("a claim", &cache);
    change("coverage.csv", "T1,p.log,asked", "T1,p.log,not_asked");
    now("coverage", &cache);
    change("study.yaml", "seed: 1", "seed: 2");
    now("the seed", &cache);
    change("study.yaml", "language: en", "language: nl");
    now("the language", &cache);
    now("another program", &Cache::of(folder.path(), "another program"));
    now("--fresh", &Cache::of(folder.path(), "another program").fresh());
    insta::assert_snapshot!(said);
}

#[test]
fn nothing_of_a_cache_is_trusted_but_what_it_proves() {
    let (folder, cache) = begun();
    let fresh = ran(folder.path(), &Cache::none()).expect("can be run");
    let path = folder.path().join("out/cache/outcomes");
    let text = fs::read_to_string(&path).expect("read");
    let names: Vec<String> = fs::read_dir(folder.path().join("out/cache"))
        .expect("is there")
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    assert_eq!(names.len(), 2);
    let here = folder.path().display().to_string();
    assert!(!text.contains(&here) && !text.contains("words"), "neither places nor people's words");
    let damaged = [
        text.replace("\"value\":", "\"value\":7"),
        text[..text.len() / 3].to_owned(),
        "a cache of another program\n".to_owned(),
        String::new(),
    ];
    for damage in damaged {
        for name in &names {
            fs::write(folder.path().join("out/cache").join(name), &damage).expect("damaged");
        }
        let again = ran(folder.path(), &cache).expect("can be run");
        assert_eq!(again.findings, fresh.findings);
        let after = ran(folder.path(), &cache).expect("can be run");
        assert_eq!(that_ran(&after.told), Vec::<&str>::new(), "and is whole again");
    }
}

#[test]
fn an_analysis_that_fails_or_prints_runs_each_time() {
    let (folder, cache) = begun();
    replaced(folder.path(), "scripts/own.rhai", "let all = [];", "let all = []; print(1);");
    for because_of in ["scripts/own.rhai changed", "it prints, which has to be done each time"] {
        let told = ran(folder.path(), &cache).expect("can be run").told;
        assert_eq!((that_ran(&told), because(&told, "own").as_str()), (vec!["own"], because_of));
    }
    replaced(folder.path(), "scripts/own.rhai", "print(1);", "throw 1;");
    for because_of in ["scripts/own.rhai changed", "it failed the last time"] {
        let told = ran(folder.path(), &cache).expect("can be run").told;
        assert_eq!((that_ran(&told), because(&told, "own").as_str()), (vec!["own"], because_of));
    }
}

#[test]
fn a_study_that_moved_keeps_what_is_kept_and_times_of_files_mean_nothing() {
    let (folder, _) = begun();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let place = elsewhere.path().join("moved here");
    fs::rename(folder.path(), &place).expect("moved");
    for entry in fs::read_dir(&place).expect("is there").flatten() {
        let file = fs::File::options().append(true).open(entry.path());
        let Ok(file) = file else { continue };
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(86_400);
        file.set_modified(long_ago).expect("set back");
    }
    let cache = Cache::of(&place, "a program");
    let told = ran(&place, &cache).expect("can be run").told;
    assert_eq!(that_ran(&told), Vec::<&str>::new());
    replaced(&place, "statements.csv", "s2,C2,p.plan,duty,self,deny", "s2,C2,p.log,duty,self,deny");
    let file = fs::File::options().append(true).open(place.join("statements.csv")).expect("opened");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("set back");
    let told = ran(&place, &cache).expect("can be run").told;
    assert_eq!(because(&told, "duty-claims"), "the statements changed");
}
