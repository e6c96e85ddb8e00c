//! What becomes of accepted findings that somebody edits, loses, or keeps a second copy of?

use std::fs;

use crate::Study;

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
