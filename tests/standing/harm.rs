//! What becomes of accepted findings that somebody edits, loses, or keeps a second copy of?

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Study, copy, repository};

#[test]
fn a_file_that_was_edited_is_told_and_can_be_accepted_again() {
    let study = Study::accepted();
    let place = "findings/accepted/own-duties.json";
    let text = study.read(place).replace("There are", "There were");
    study.save(place, &text);
    let status = study.says(&["status"]);
    assert!(status.contains("V503"), "{status}");
    assert!(status.contains("~ own-duties/all"), "{status}");
    let done = study.says(&["review", "--accept", "--because", "taken back"]);
    assert!(done.ends_with("[0]"), "{done}");
    let status = study.says(&["status"]);
    assert!(status.ends_with("[0]") && !status.contains("V503"), "{status}");
}

#[test]
fn a_damaged_file_stops_every_acceptance() {
    let study = Study::accepted();
    let place = "findings/accepted/own-duties.json";
    let half: String = study.read(place).chars().take(200).collect();
    study.save(place, &half);
    let review = study.says(&["review", "--accept", "--because", "no matter what"]);
    assert!(review.contains("V502") && review.ends_with("[1]"), "{review}");
    assert_eq!(study.read(place), half, "the damaged file was written over");
    study.save(place, &half);
    study.save("study.lock", "lock-version = 1\n[engine\n");
    let status = study.says(&["status"]);
    assert!(status.contains("V501") && status.ends_with("[1]"), "{status}");
    assert!(status.contains("nobody knows when or from what"), "{status}");
}

#[test]
fn a_lost_file_and_a_second_copy_are_told() {
    let study = Study::accepted();
    let place = study.path().join("findings/accepted/own-duties.json");
    fs::rename(&place, place.with_file_name("own-duties (conflicted copy).json")).expect("renamed");
    let status = study.says(&["status"]);
    assert!(status.contains("V504") && status.contains("V505"), "{status}");
    assert!(status.contains("+ own-duties/all is new"), "{status}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out_of_the_study() {
    let (study, elsewhere) = (Study::seed(), tempfile::tempdir().expect("a folder"));
    std::os::unix::fs::symlink(elsewhere.path(), study.path().join("findings")).expect("linked");
    let review = study.says(&["review", "--accept", "--because", "first reading"]);
    assert!(review.contains("leads out of the study") && review.ends_with("[3]"), "{review}");
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
}

#[test]
fn accepting_one_change_leaves_the_others_open_with_their_cause() {
    let study = Study::accepted();
    study.replace("scripts/own-duties.rhai", "default: duty", "default: prefer");
    study.replace("claims.csv", ",count,,*,,,,,17,", ",count,,*,,,,,16,");
    let done = study.says(&[
        "review",
        "--accept",
        "--only",
        "own-duties",
        "--because",
        "rights are asked",
    ]);
    assert!(done.contains("not accepted yet") && done.ends_with("[0]"), "{done}");
    let status = study.says(&["status"]);
    assert!(!status.contains("own-duties/all"), "{status}");
    assert!(status.contains("because    claims.csv, row K01: expected"), "{status}");
    let unknown = study.says(&["review", "--accept", "--only", "nothing", "--because", "x"]);
    assert!(unknown.contains("nothing that differs is called `nothing`"), "{unknown}");
    assert!(unknown.ends_with("[2]"));
}

#[test]
fn what_fails_is_nothing_to_accept() {
    let study = Study::accepted();
    study.replace("scripts/own-duties.rhai", "found.count()", "found.cuont()");
    let status = study.says(&["status"]);
    assert!(status.contains("~ own-duties: what came of it"), "{status}");
    let done = study.says(&["review", "--accept", "--because", "anyway"]);
    assert!(done.contains("own-duties failed, which is nothing to accept"), "{done}");
    assert!(done.ends_with("[1]"), "{done}");
    assert!(study.read("findings/accepted/own-duties.json").contains("There are"));
}

/// The files of a study that an acceptance writes, by name.
fn accepted_files(study: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut open, mut files) = (vec![study.join("findings")], BTreeMap::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.path().strip_prefix(study).expect("is below").display().to_string();
            match entry.path().is_dir() {
                true => open.push(entry.path()),
                // What was never finished is cleared away by the next command.
                false if name.contains(".parallax-") => {}
                false => drop(files.insert(name, fs::read(entry.path()).expect("read"))),
            }
        }
    }
    files.insert("study.lock".to_owned(), fs::read(study.join("study.lock")).expect("read"));
    files
}

/// A small study, accepted, in which a row is another since then.
fn small_and_edited() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&repository().join("studies/logbook"), folder.path());
    let settings = folder.path().join("study.yaml");
    let text = fs::read_to_string(&settings).expect("read");
    let uses = "analyses:\n  - use: duty-map\n  - use: silence\n";
    fs::write(&settings, format!("{text}{uses}")).expect("saved");
    assert!(accepting(folder.path()).status().expect("runs").success());
    let statements = folder.path().join("statements.csv");
    let text = fs::read_to_string(&statements).expect("read");
    let edited = text.replace("s3,T1,contact", "s3,T1,logbook");
    assert_ne!(text, edited);
    fs::write(&statements, edited).expect("saved");
    folder
}

fn accepting(study: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.args(["review", "--accept", "--because", "x", "--by", "me", "--today", "2026-11-20"]);
    command.arg("-C").arg(study).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
#[expect(clippy::disallowed_methods, reason = "moments are drawn from how long it takes")]
fn an_acceptance_that_is_killed_loses_nothing_and_can_be_taken_up_again() {
    const MOMENTS: u32 = 40;
    let base = small_and_edited();
    let old = accepted_files(base.path());
    let whole = tempfile::tempdir().expect("a folder");
    copy(base.path(), whole.path());
    let began = Instant::now();
    assert!(accepting(whole.path()).status().expect("runs").success());
    let lasts = began.elapsed();
    let new = accepted_files(whole.path());
    let mut killed = 0;
    for moment in 0..MOMENTS {
        let study = tempfile::tempdir().expect("a folder");
        copy(base.path(), study.path());
        let mut child = accepting(study.path()).spawn().expect("starts");
        thread::sleep(lasts * (moment + 10) / (MOMENTS + 10) + Duration::from_millis(1));
        killed += u32::from(child.try_wait().expect("asked").is_none());
        let _ended_already = child.kill();
        child.wait().expect("ended");
        for (name, bytes) in accepted_files(study.path()) {
            let is_either = [&old, &new].iter().any(|files| files.get(&name) == Some(&bytes));
            assert!(is_either, "{name} is neither what was accepted nor what was about to be");
        }
        assert!(accepting(study.path()).status().expect("runs").success());
        let again = accepted_files(study.path());
        let log = "findings/log.csv";
        for (name, bytes) in &new {
            assert!(name == log || again.get(name) == Some(bytes), "{name} is not as accepted");
        }
        let own = [&new[log][old[log].len()..], b"\n"].concat();
        let added = &again[log][old[log].len()..];
        let is_answered = added.windows(own.len() - 1).any(|part| part == &own[..own.len() - 1]);
        assert!(again[log].starts_with(&old[log]) && is_answered, "nobody answers for it");
    }
    assert!(killed >= MOMENTS / 4, "killed in time: {killed} of {MOMENTS}");
}

#[test]
fn two_acceptances_at_once_lose_nothing() {
    let base = small_and_edited();
    let both: Vec<_> = (0..2).map(|_| accepting(base.path()).spawn().expect("starts")).collect();
    let ends: Vec<Option<i32>> =
        both.into_iter().map(|mut child| child.wait().expect("ends").code()).collect();
    // The second one finds that there is nothing left, or that something was accepted meanwhile.
    assert!(ends.contains(&Some(0)), "{ends:?}");
    let mut status = Command::new(env!("CARGO_BIN_EXE_parallax"));
    let said = status.arg("status").arg("-C").arg(base.path()).output().expect("runs");
    let said = crate::text(&said);
    assert!(
        said.contains("changed    nothing") && said.contains("as they were accepted"),
        "{said}"
    );
}

#[test]
fn who_takes_over_an_interrupted_acceptance_answers_for_it() {
    let study = Study::accepted();
    study.replace("scripts/own-duties.rhai", "default: duty", "default: prefer");
    let lock = study.read("study.lock");
    study.says(&["review", "--accept", "--because", "preferences", "--by", "anna"]);
    // As if the lock had never been written.
    study.save("study.lock", &lock);
    assert!(study.says(&["status"]).contains("V503"));
    let done = study.says(&["review", "--by", "bob", "--because", "looked at again"]);
    assert!(done.ends_with("[0]"), "{done}");
    let log = study.read("findings/log.csv");
    let last = log.lines().last().expect("a line");
    assert!(last.starts_with("2026-11-20,bob,findings/accepted/own-duties.json,"), "{log}");
    let lock = study.read("study.lock");
    let own = lock.split("[[finding]]").find(|part| part.contains("analysis = \"own-duties\""));
    assert!(own.is_some_and(|own| own.contains("by = \"bob\"")), "{lock}");
    assert!(study.says(&["status"]).ends_with("[0]"));
}

#[test]
fn a_first_acceptance_of_a_part_is_logged_as_a_part() {
    let study = Study::seed();
    let done = study.says(&["review", "--accept", "--only", "own-duties", "--because", "one"]);
    assert!(done.contains("not accepted yet"), "{done}");
    let log = study.read("findings/log.csv");
    assert!(!log.contains("everything") && log.contains(",own-duties/all,"), "{log}");
}

#[test]
fn a_clock_that_was_set_back_changes_dates_only() {
    let study = Study::accepted();
    study.replace("scripts/own-duties.rhai", "default: duty", "default: prefer");
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.args(["review", "--accept", "--because", "x", "--by", "me", "--today", "1990-01-01"]);
    assert!(command.arg("-C").arg(study.path()).status().expect("runs").success());
    let status = study.says(&["status"]);
    assert!(status.starts_with("accepted   1990-01-01 by me:"), "{status}");
    assert!(status.ends_with("[0]"), "{status}");
    let log = study.read("findings/log.csv");
    assert!(log.lines().last().is_some_and(|line| line.starts_with("1990-01-01,me,")), "{log}");
    assert!(study.says(&["verify"]).ends_with("[0]"));
}

/// What a terminal shows while somebody types these answers, each once there is a prompt.
#[cfg(target_os = "linux")]
fn on_a_terminal(study: &Study, answers: &[&str]) -> String {
    use std::io::{Read, Write};

    let command = format!(
        "{} review --color never --by RdV --today 2026-11-20 -C {}",
        env!("CARGO_BIN_EXE_parallax"),
        study.path().display()
    );
    let mut child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("util-linux has `script`, which gives a program a terminal");
    let (mut typed, mut screen) =
        (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
    let (mut shown, mut answers, mut byte) = (String::new(), answers.iter(), [0; 1]);
    while let Ok(1) = screen.read(&mut byte) {
        shown.push(char::from(byte[0]));
        if shown.ends_with("\n? ") || shown.ends_with("change? ") {
            let answer = answers.next().expect("no more is asked than is answered");
            typed.write_all(format!("{answer}\n").as_bytes()).expect("typed");
        }
    }
    child.wait().expect("ends");
    shown
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_changes_are_gone_through_one_by_one_and_each_answer_is_kept_at_once() {
    let study = Study::accepted();
    study.replace("scripts/own-duties.rhai", "default: duty", "default: prefer");
    study.replace("claims.csv", ",count,,*,,,,,17,", ",count,,*,,,,,16,");
    let answers = ["", "A", "the report says so now", "e", "a", "we ask for preferences", "q"];
    let shown = on_a_terminal(&study, &answers);
    assert!(shown.contains("Reviewing 1/4") && shown.contains("Reviewing 2/4"), "{shown}");
    assert!(shown.contains("accepted 2 changes; 2 open"), "{shown}");
    let log = study.read("findings/log.csv");
    let because: Vec<&str> =
        log.lines().skip(2).filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(because, ["the report says so now", "we ask for preferences"], "{log}");
    // What was skipped and what was left are still there.
    let status = study.says(&["status"]);
    assert!(status.contains("claims/K01") && status.ends_with("[1]"), "{status}");
}
