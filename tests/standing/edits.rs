//! Does each kind of edit to the seed study give the right line, the right item and the right cause?

use crate::Study;

/// What `status` says after an edit, and then the first lines of what `review` lists.
fn after(edit: impl FnOnce(&Study)) -> (Study, String) {
    let study = Study::accepted();
    edit(&study);
    let status = study.says(&["status"]);
    let review = study.says(&["review"]);
    let listed: Vec<&str> = review.lines().take(8).collect();
    (study, format!("{status}\n\n{}", listed.join("\n")))
}

/// The causes that are named.
fn causes(status: &str) -> Vec<&str> {
    status.lines().filter_map(|line| line.strip_prefix("because    ")).collect()
}

#[test]
fn a_statement_is_gone() {
    let (study, status) = after(|study| {
        let text = study.read("statements.csv");
        let kept: String =
            text.split_inclusive('\n').filter(|line| !line.starts_with("s030,")).collect();
        study.save("statements.csv", &kept);
    });
    insta::assert_snapshot!(status);
    let review = study.says(&["review"]);
    assert!(review.contains("- expectation-mismatch/6/S6>L6/P.task.MON is gone"), "{review}");
    let verify = study.says(&["verify"]);
    assert!(verify.contains("inputs     not as accepted: statements.csv (changed)"), "{verify}");
    assert!(verify.contains("because statements.csv, row s030 is gone"), "{verify}");
    assert!(verify.ends_with("[1]"), "{verify}");
    let locked = study.says(&["run", "--one-reading", "--locked"]);
    assert!(locked.contains("because    statements.csv, row s030 is gone"), "{locked}");
    assert!(locked.ends_with("[1]"), "{locked}");
}

#[test]
fn a_statement_is_new() {
    let (study, status) = after(|study| {
        let text = study.read("statements.csv");
        let row = "s900,I6,P.task.MON,duty,self,affirm,,reported,a note,,,\n";
        study.save("statements.csv", &format!("{text}{row}"));
    });
    insta::assert_snapshot!(status);
    assert_eq!(causes(&status), ["statements.csv, row s900 is new"]);
    let done = study.says(&["review", "--accept", "--because", "an interview was coded again"]);
    assert!(done.ends_with("[0]"), "{done}");
    assert!(study.says(&["status"]).contains("changed    nothing"));
    let log = study.read("findings/log.csv");
    assert!(
        log.lines().skip(2).all(|line| line.ends_with(",an interview was coded again")),
        "{log}"
    );
}

#[test]
fn a_stance_is_another() {
    let (_, status) = after(|study| {
        study.replace(
            "statements.csv",
            "s001,S2,P.task.BEG,duty,self,affirm",
            "s001,S2,P.task.BEG,duty,self,deny",
        );
    });
    insta::assert_snapshot!(status);
    assert_eq!(causes(&status), ["statements.csv, row s001: stance affirm → deny"]);
}

#[test]
fn a_person_has_another_title() {
    let (_, status) = after(|study| {
        study.replace("participants.csv", "I1,1,Intern begeleider", "I1,1,Leerkracht");
    });
    insta::assert_snapshot!(status);
}

#[test]
fn what_else_is_known_of_a_person_is_told_by_its_column() {
    let (_, status) = after(|study| {
        study.replace(
            "participants.csv",
            "I1,1,Intern begeleider,included,,1,M",
            "I1,1,Intern begeleider,included,,1,F",
        );
    });
    insta::assert_snapshot!(status);
    assert!(!status.contains("M → F"), "{status}");
}

#[test]
fn a_code_has_another_label() {
    let (_, status) = after(|study| {
        study.replace("codes.csv", ",monitor,", ",keep an eye on,");
    });
    insta::assert_snapshot!(status);
}

#[test]
fn another_mapping_is_the_default() {
    let (_, status) = after(|study| {
        study.replace("study.yaml", "default_mapping: M0", "default_mapping: M1");
    });
    insta::assert_snapshot!(status);
    assert_eq!(causes(&status), ["study.yaml, default_mapping: M0 → M1"]);
}

#[test]
fn what_is_known_of_a_group_is_another() {
    let (_, status) = after(|study| {
        study.replace(
            "constraints.csv",
            "k02,P.exp.comm,others,affirm,S1 L1,1,1",
            "k02,P.exp.comm,others,affirm,S1 L1,1,2",
        );
    });
    insta::assert_snapshot!(status);
}

#[test]
fn a_claim_says_another_number() {
    let (study, status) = after(|study| {
        study.replace(
            "claims.csv",
            "Method,There were 17 respondents.,count,,*,,,,,17",
            "Method,There were 17 respondents.,count,,*,,,,,16",
        );
    });
    insta::assert_snapshot!(status);
    let review = study.says(&["review"]);
    assert!(review.contains("~ claims/K01"), "{review}");
}

#[test]
fn a_script_counts_something_else() {
    let (_, status) = after(|study| {
        study.replace("scripts/own-duties.rhai", "default: duty", "default: prefer");
    });
    insta::assert_snapshot!(status);
}

#[test]
fn a_parameter_is_another() {
    let study = Study::accepted();
    study.replace(
        "study.yaml",
        "  - use: own-duties
",
        "  - { use: own-duties, parameters: { modality: prefer } }
",
    );
    let status = study.says(&["status"]);
    insta::assert_snapshot!(status);
    assert_eq!(
        causes(&status),
        ["study.yaml, analyses/own-duties/parameters is new: {\"modality\":\"prefer\"}"]
    );
}

#[test]
fn words_and_layout_change_nothing() {
    let (study, status) = after(|study| {
        study.replace("statements.csv", "names guiding among", "guiding is one among");
        let yaml = study.read("study.yaml").replace("title:\n", "# a comment\ntitle:\n");
        study.save("study.yaml", &yaml);
    });
    insta::assert_snapshot!(status);
    assert!(status.contains("no finding changed"), "{status}");
    assert!(study.says(&["status"]).contains("changed    nothing"));
}

#[test]
fn two_edits_at_once_are_told_apart() {
    let (_, status) = after(|study| {
        study.replace(
            "statements.csv",
            "s001,S2,P.task.BEG,duty,self,affirm",
            "s001,S2,P.task.BEG,duty,self,deny",
        );
        study.replace("scripts/own-duties.rhai", "default: duty", "default: prefer");
        study.replace("codes.csv", ",monitor,", ",keep an eye on,");
    });
    let causes = causes(&status);
    assert!(causes.contains(&"scripts/own-duties.rhai, it says something else"), "{causes:?}");
    assert!(causes.contains(&"statements.csv, row s001: stance affirm → deny"), "{causes:?}");
    assert!(
        causes.iter().any(|cause| cause.starts_with("codes.csv, row P.task.MON")),
        "{causes:?}"
    );
    insta::assert_snapshot!(causes.join("\n"));
}

#[test]
fn what_needs_two_edits_names_both() {
    let (_, status) = after(|study| {
        let people = study.read("participants.csv");
        study.save("participants.csv", &format!("{people}L7,6,Leerkracht,included,,3,F\n"));
        let text = study.read("statements.csv");
        let row = "s900,L7,P.task.MON,duty,self,affirm,,reported,a note,,,\n";
        study.save("statements.csv", &format!("{text}{row}"));
        study.replace("codes.csv", ",monitor,", ",keep an eye on,");
    });
    let causes = causes(&status);
    insta::assert_snapshot!(causes.join("\n"));
    assert!(
        causes.contains(&"participants.csv, row L7 is new; and statements.csv, row s900 is new"),
        "{causes:?}"
    );
}

#[test]
fn another_version_is_named() {
    let study = Study::accepted();
    let lock = study.read("study.lock").replacen("version = \"0.1.0\"", "version = \"0.0.9\"", 1);
    let name = "name = \"position-clusters\"\nversion = \"";
    let (before, after) = lock.split_once(name).expect("it came with the program");
    let (_, after) = after.split_once('"').expect("a version");
    study.save("study.lock", &format!("{before}{name}0.9.0\"{after}"));
    let status = study.says(&["status"]);
    insta::assert_snapshot!(status);
    let verify = study.says(&["verify", "--exact"]);
    assert!(verify.contains("not the same, as --exact asks"), "{verify}");
    assert!(verify.ends_with("[1]"), "{verify}");
    assert!(study.says(&["verify"]).ends_with("[0]"));
}

#[test]
fn without_what_was_kept_causes_are_told_by_file() {
    let study = Study::accepted();
    std::fs::remove_dir_all(study.path().join("findings/accepted/study")).expect("removed");
    study.replace(
        "statements.csv",
        "s001,S2,P.task.BEG,duty,self,affirm",
        "s001,S2,P.task.BEG,duty,self,deny",
    );
    let status = study.says(&["status"]);
    assert_eq!(causes(&status), ["statements.csv changed"]);
    assert!(status.contains("V506"), "{status}");
}

#[test]
fn a_withdrawal_is_a_cause_and_names_nobody() {
    let (study, status) = after(|study| {
        let done = study.says(&["withdraw", "S6", "--yes"]);
        assert!(done.ends_with("[0]"), "{done}");
    });
    assert_eq!(causes(&status), ["a participant withdrew"]);
    assert!(!status.contains("V506") && !status.contains("row S6"), "{status}");
    study.replace("codes.csv", ",monitor,", ",keep an eye on,");
    let status = study.says(&["status"]);
    let label = "codes.csv, row P.task.MON: label is another";
    assert!(causes(&status).contains(&label), "{status}");
    let done = study.says(&["review", "--accept", "--because", "somebody withdrew"]);
    assert!(done.ends_with("[0]"), "{done}");
    let whole = |name: &str| {
        study.read(name).split(|c: char| !c.is_alphanumeric()).any(|word| word == "S6")
    };
    for name in ["study.lock", "findings/log.csv", "findings/accepted/position-clusters.json"] {
        assert!(!whole(name), "{name} names somebody who withdrew");
    }
    assert!(study.says(&["status"]).contains("changed    nothing"));
}

#[test]
fn an_analysis_that_fails_has_a_cause_too() {
    let (study, status) = after(|study| {
        study.replace("scripts/own-duties.rhai", "found.count()", "found.cuont()");
        study.replace("codes.csv", ",monitor,", ",keep an eye on,");
    });
    let script = "scripts/own-duties.rhai, it says something else";
    assert!(causes(&status).contains(&script), "{status}");
    let done = study.says(&["review", "--accept", "--because", "the label is better"]);
    assert!(done.contains("own-duties failed"), "{done}");
    let status = study.says(&["status"]);
    assert!(!status.contains("codes.csv"), "what failed keeps the rest open: {status}");
}

#[test]
fn what_was_accepted_before_is_no_certain_cause_of_what_comes_after() {
    let study = Study::accepted();
    study.replace("scripts/own-duties.rhai", "default: duty", "default: prefer");
    study.replace("claims.csv", ",count,,*,,,,,17,", ",count,,*,,,,,16,");
    study.says(&["review", "--accept", "--only", "own-duties", "--because", "one of two"]);
    study.replace("scripts/own-duties.rhai", "default: prefer", "default: duty");
    let status = study.says(&["status"]);
    let unknown = "what was accepted came from something else than the study as it was kept";
    assert!(causes(&status).contains(&unknown), "{status}");
}
