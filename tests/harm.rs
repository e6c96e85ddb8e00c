//! What happens to a study and its results when something goes wrong around the program?
//!
//! It is killed, the disk is full, two run at once, files change meanwhile, links lead elsewhere,
//! and a synchronised folder makes copies: never half a file, and an error that says what to do.

#[path = "harm/killed.rs"]
mod killed;
#[path = "harm/study.rs"]
mod study;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;

use killed::Killed;
use study::{parallax, ran, said, say, study, written};

fn killed_in_a_folder_of_its_own(command: &[&str], seed: u64, moments: usize) -> usize {
    let folder = study();
    Killed { folder: folder.path(), command, put: &say, seed }.at_moments(moments)
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_one_is_right() {
    let halves: Vec<usize> = thread::scope(|scope| {
        let command = ["run", "--only", "own", "--only", "duty-claims"];
        let half = |seed| scope.spawn(move || killed_in_a_folder_of_its_own(&command, seed, 100));
        [half(7), half(11)].map(|half| half.join().expect("nothing is half")).to_vec()
    });
    assert!(halves.iter().sum::<usize>() >= 80, "killed in time: {halves:?} of 200");
}

/// What a run says whose files can have one block of 512 bytes at most.
#[cfg(unix)]
fn run_on_a_full_disk(folder: &Path) -> (Option<i32>, String) {
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", limited, env!("CARGO_BIN_EXE_parallax"), "run"]).current_dir(folder);
    let output = command.output().expect("the shell starts");
    (output.status.code(), said(&output, folder))
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_results_that_were_there() {
    let folder = study();
    assert!(ran(folder.path(), &["run"]).status.success());
    let before = written(folder.path());
    say(folder.path(), 1);
    let (code, text) = run_on_a_full_disk(folder.path());
    assert_eq!(code, Some(3));
    insta::assert_snapshot!(text);
    assert!(written(folder.path()) == before, "nothing is touched and nothing is left");
    assert!(ran(folder.path(), &["run"]).status.success());
    assert!(written(folder.path()) != before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_nobody_can_be_told_is_an_error() {
    let folder = study();
    let full = fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let output = parallax(folder.path(), &["run"]).stdout(full).output().expect("it starts");
    assert_eq!(output.status.code(), Some(3));
    insta::assert_snapshot!(said(&output, folder.path()));
}

#[test]
fn where_nothing_can_be_written_nothing_is_run() {
    let folder = study();
    fs::write(folder.path().join("out"), "a file in the way").expect("written");
    let output = ran(folder.path(), &["run"]);
    assert_eq!(output.status.code(), Some(3));
    insta::assert_snapshot!(said(&output, folder.path()));
    assert_eq!(fs::read(folder.path().join("out")).expect("read"), b"a file in the way");
}

#[test]
fn a_second_run_waits_for_the_first_and_says_so() {
    let folder = study();
    let turn = parallax_engine::write::turn(folder.path()).expect("can be taken");
    let turn = turn.expect("is free");
    let mut command = parallax(folder.path(), &["run"]);
    let second = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
    // It is waiting once it has said so; what is saved until then is what it reads.
    let mut second = second;
    let mut line = String::new();
    let mut err = std::io::BufReader::new(second.stderr.take().expect("is piped"));
    std::io::BufRead::read_line(&mut err, &mut line).expect("it speaks");
    insta::assert_snapshot!(line);
    assert!(!folder.path().join("out/findings.json").exists());
    say(folder.path(), 1);
    drop(turn);
    assert!(second.wait().expect("it ends").success());
    let waited = written(folder.path());
    assert!(ran(folder.path(), &["run", "--fresh"]).status.success());
    assert!(written(folder.path()) == waited, "the statements as they were after the wait");
}

/// What a run shows, without what it keeps for the next one.
fn results(folder: &Path) -> Vec<Vec<u8>> {
    let files = ["findings.json", "report.md", "report.html"];
    files.map(|name| fs::read(folder.join("out").join(name)).expect("read")).to_vec()
}

#[test]
fn many_runs_at_once_leave_what_one_of_them_leaves() {
    let folder = study();
    let commands = [["run", "--only", "own"], ["run", "--only", "duty-claims"]];
    let alone = commands.map(|command| {
        assert!(ran(folder.path(), &command).status.success());
        results(folder.path())
    });
    assert!(alone[0] != alone[1], "two runs that differ");
    for _ in 0..5 {
        let runs: Vec<_> = (0..4)
            .map(|at| {
                let mut command = parallax(folder.path(), &commands[at % 2]);
                command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
            })
            .collect();
        for mut run in runs {
            assert!(run.wait().expect("it ends").success());
        }
        assert!(alone.contains(&results(folder.path())), "the results of two runs are mixed");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out_of_the_study() {
    use std::os::unix::fs::symlink;

    let mut told = String::new();
    for link in ["out", "out/findings.json", "out/cache"] {
        let (folder, elsewhere) = (study(), tempfile::tempdir().expect("a folder"));
        let path = folder.path().join(link);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let target = elsewhere.path().join("target");
        match link.ends_with(".json") {
            true => fs::write(&target, "own").expect("written"),
            false => fs::create_dir(&target).expect("made"),
        }
        symlink(&target, &path).expect("linked");
        let output = ran(folder.path(), &["run"]);
        told.push_str(&format!(
            "{link} ({:?}): {}\n",
            output.status.code(),
            said(&output, folder.path())
        ));
        assert!(fs::symlink_metadata(&path).expect("is there").is_symlink());
        match target.is_dir() {
            true => assert_eq!(fs::read_dir(&target).expect("a folder").count(), 0),
            false => assert_eq!(fs::read(&target).expect("read"), b"own"),
        }
        assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 1);
    }
    insta::assert_snapshot!(told);
}

#[cfg(unix)]
#[test]
fn a_link_to_another_place_of_the_study_is_followed() {
    let folder = study();
    fs::create_dir_all(folder.path().join("kept/out")).expect("made");
    std::os::unix::fs::symlink("kept/out", folder.path().join("out")).expect("linked");
    assert!(ran(folder.path(), &["run"]).status.success());
    assert!(folder.path().join("kept/out/findings.json").is_file());
}

/// A study whose analysis is slow enough that a file can be saved meanwhile.
fn slow_study() -> tempfile::TempDir {
    let folder = study();
    let path = folder.path().join("scripts/own.rhai");
    let text = fs::read_to_string(&path).expect("read");
    let slow = "print(`at work`);\nlet n = 0;\nfor i in 0..200000 { n += 1; }\nlet f";
    fs::write(path, text.replacen("let f", slow, 1)).expect("written");
    folder
}

#[test]
fn a_file_that_is_saved_during_a_run_is_told_and_not_in_the_results() {
    let folder = slow_study();
    let first = ran(folder.path(), &["run", "--one-reading"]);
    assert!(first.status.success(), "{}", said(&first, folder.path()));
    let before = written(folder.path());
    let mut command = parallax(folder.path(), &["run", "--one-reading", "--fresh", "-v"]);
    let mut run = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut err = std::io::BufReader::new(run.stderr.take().expect("is piped"));
    let mut text = String::new();
    while !text.contains("at work") {
        assert!(std::io::BufRead::read_line(&mut err, &mut text).expect("it speaks") > 0, "{text}");
    }
    say(folder.path(), 1);
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut err, &mut rest).expect("it speaks");
    let told: Vec<&str> =
        rest.lines().filter(|l| l.contains("error") || l.contains("help")).collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(run.wait().expect("it ends").code(), Some(1));
    let after = written(folder.path());
    assert!(after["out/findings.json"] == before["out/findings.json"], "of the earlier state");
}

#[test]
fn copies_of_a_synchronised_folder_are_told_and_locks_are_not() {
    let folder = study();
    fs::create_dir(folder.path().join("findings")).expect("made");
    fs::write(folder.path().join("findings/log.csv"), "date\n").expect("written");
    for name in [
        "statements (conflicted copy 2026-11-02).csv",
        "statements-DESKTOP-AB12.csv",
        "participants 2.csv",
        "codes (1).csv",
        "study (1).yaml",
        "statements.sync-conflict-20261102-101530-ABCDEFG.csv",
        "scripts/own (1).rhai",
        "study-DESKTOP-AB12.lock",
        "findings/log (1).csv",
        "~$statements.csv",
        ".~lock.statements.csv#",
        "._statements.csv",
    ] {
        fs::write(folder.path().join(name), "id\n").expect("written");
    }
    let output = ran(folder.path(), &["check", "--format", "short"]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(said(&output, folder.path()));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_capitals_are_told() {
    let folder = study();
    let name = |name: &str| folder.path().join(name);
    let mut told = String::new();
    let mut check = |what: &str| {
        let output = ran(folder.path(), &["check", "--format", "short"]);
        told.push_str(&format!(
            "{what} ({:?}):\n{}",
            output.status.code(),
            said(&output, folder.path())
        ));
    };
    fs::copy(name("statements.csv"), name("Statements.csv")).expect("copied");
    fs::copy(name("scripts/own.rhai"), name("scripts/Own.rhai")).expect("copied");
    check("beside");
    fs::remove_file(name("scripts/Own.rhai")).expect("removed");
    fs::remove_file(name("statements.csv")).expect("removed");
    check("instead");
    insta::assert_snapshot!(told);
}
