//! What is left of a study when somebody withdraws, byte by byte, and what is said of it?

#[path = "withdraw/stops.rs"]
mod stops;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use parallax_engine::check::{check_folder, short};

/// A study in a folder of its own.
struct Study {
    folder: tempfile::TempDir,
}

impl Study {
    /// Withdraws N1 where no file can have more than so many blocks of the shell's `ulimit`, as on a
    /// full disk.
    #[cfg(unix)]
    fn withdrawn_with_files_of(&self, blocks: usize) -> Output {
        let limited = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{}' -C '{}' --today 2026-11-26 withdraw N1 --yes",
            env!("CARGO_BIN_EXE_parallax"),
            self.path().display()
        );
        Command::new("sh").args(["-c", &limited]).env("USER", "RdV").output().expect("runs")
    }

    fn of(files: &[(&str, &str)]) -> Self {
        let study = Self { folder: tempfile::tempdir().expect("a folder") };
        files.iter().for_each(|(name, text)| study.write(name, text));
        study
    }

    fn seed() -> Self {
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
        let study = Self { folder: tempfile::tempdir().expect("a folder") };
        for entry in fs::read_dir(seed).expect("the seed study").flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), study.path().join(entry.file_name())).expect("copied");
            }
        }
        study
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_default()
    }

    fn asked(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        let command = command.arg("-C").arg(self.path()).args(["--today", "2026-11-26"]);
        command.args(arguments).env("USER", "RdV").output().expect("the command starts")
    }

    /// Every file with its bytes as text.
    fn files(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = fs::read(&path).expect("read");
                    let name = path.strip_prefix(self.path()).expect("inside").to_owned();
                    files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
        files
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("is UTF-8")
}

/// A study with interviews of several people at once, in files as a spreadsheet writes them.
const JOINT: &[(&str, &str)] = &[
    (
        "study.yaml",
        "title: Who decides on the ward\r\nroles:\r\n  - { id: nurse, label: nurse }\r\n  - { id: doctor, label: doctor }\r\nmappings:\r\n  - id: by-title\r\n    titles: { Charge nurse: nurse, Registrar: doctor }\r\n    people:\r\n      D9: exclude # a pilot\r\n      N1: doctor # acted as one\r\n",
    ),
    (
        "participants.csv",
        "\u{feff}id;case;title;joint_with\r\nN1;north;\"Charge nurse\";\r\nD1;north;Registrar;i1\r\nN2;south;Charge nurse;\r\nD9;south;Registrar;\r\n",
    ),
    (
        "codes.csv",
        "\u{feff}id;parent;label\r\ncare;;care at the bedside\r\ncare.plan;care;plan\r\n",
    ),
    (
        "statements.csv",
        "\u{feff}id;source;speaker;code;modality;bearer;stance;perspective;attributed_to;excerpt;note\r\ns1;i1;N1;care.plan;duty;self;affirm;;;e1;\"words; of N1\r\non two lines\"\r\ns2;i1;D1;care.plan;duty;nurse;affirm;;;e2;\"kept \"\"as is\"\"\"\r\ns3;i3;D9;care.plan;duty;self;affirm;1;N1;e4;\r\ns4;i2;N2;care.plan;duty;N1;affirm;;;;\r\n\r\ns5;i2;N2;care.plan;duty;self;affirm;;;e1;\r\n",
    ),
    (
        "sources.csv",
        "\u{feff}id;type;participants\r\ni1;interview;\"N1 D1\"\r\ni2;interview;N2\r\ni3;interview;D9  N1\r\ni4;interview;N1\r\n",
    ),
    (
        "excerpts.csv",
        "\u{feff}id;source;speaker;codes;text\r\ne1;i1;N1;care;\"what N1 said\"\r\ne2;i1;D1;care;\"what the other said\"\r\ne3;i4;;care;of nobody in an interview that goes\r\ne4;i3;D9;care;cited by what goes only\r\n",
    ),
    (
        "coverage.csv",
        "\u{feff}participant;code;status\r\n*;care;asked\r\nN1;care.plan;not_asked\r\n",
    ),
    (
        "constraints.csv",
        "\u{feff}id;code;members;min\r\nk1;care.plan;N1 N2;1\r\nk2;care.plan;N2;1\r\n",
    ),
    (
        "events.csv",
        "\u{feff}id;source;actor;act;responds_to\r\nv1;i1;N1;claim;\r\nv2;i1;D1;refuse;v1\r\n",
    ),
    (
        "claims.csv",
        "\u{feff}id;text;kind;scope;code\r\nc1;N1 plans;count;N1;care.plan\r\nc2;all plan;all;*;care.plan\r\n",
    ),
];

#[test]
fn rows_go_and_every_other_byte_stays() {
    let study = Study::of(JOINT);
    study.write("out/report.html", "what N1 said");
    study.write("out/mappings/other/findings.json", "N1");
    study.write("out/kept.txt", "of the researcher");
    let output = study.asked(&["withdraw", "N1", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    insta::assert_snapshot!("withdraw-joint-said", text(&output.stdout));
    let files = study.files().into_iter().map(|(name, text)| {
        format!("== {}\n{}", name.display(), text.replace('\r', "␍").replace('\u{feff}', "␂"))
    });
    insta::assert_snapshot!("withdraw-joint-left", files.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_withdrawn_study_is_sound_and_names_nobody_who_withdrew() {
    let study = Study::seed();
    let before = study.files();
    for id in ["S1", "O4"] {
        let output = study.asked(&["withdraw", id, "--yes", "--by", "the researcher"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let checked = check_folder(study.path());
        assert!(checked.study.is_some(), "{id}: {}", short(&checked));
        let errors = checked.problems.iter().filter(|problem| {
            let about_claims = problem.places.iter().all(|place| place.file == "claims.csv");
            problem.severity() == parallax_model::Severity::Error && !about_claims
        });
        assert_eq!(errors.count(), 0, "{id}: {}", short(&checked));
        let said = text(&output.stdout);
        for (name, text) in study.files() {
            let name = name.display().to_string();
            let is_word = |at: usize| {
                let part = |c: char| c.is_alphanumeric() || "_.".contains(c);
                !text[..at].ends_with(part) && !text[at + id.len()..].starts_with(part)
            };
            let named = text.match_indices(id).any(|(at, _)| is_word(at));
            let listed = said.contains(&format!("still named in {name}, line"));
            assert!(!named || listed || name == "README.md", "{id} stands in {name}: {said}");
        }
    }
    let log = study.read("findings/log.csv");
    insta::assert_snapshot!(log, @r"
    date,by,what,was,is,because
    2026-11-26,the researcher,a withdrawal,17 participants,16 participants,a participant withdrew
    2026-11-26,the researcher,a withdrawal,16 participants,15 participants,a participant withdrew
    ");
    for (name, text) in &before {
        let left = study.read(&name.display().to_string());
        let lines = text.lines().filter(|line| left.lines().any(|own| own == *line)).count();
        let of_left = left.lines().count();
        assert!(lines >= of_left - of_left / 50, "{} changed in other rows", name.display());
    }
}

#[test]
fn nothing_is_written_unless_it_is_asked_for() {
    let study = Study::of(JOINT);
    let before = study.files();
    let output = study.asked(&["withdraw", "N1", "--dry-run"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("nothing was removed"));
    assert!(text(&output.stdout).contains("s1, s3, s4"), "{}", text(&output.stdout));
    let output = study.asked(&["withdraw", "N1"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(text(&output.stderr), @r"
    error: nothing was removed: there is nobody here to ask
    help: look through what would go, and add --yes
    ");
    assert_eq!(study.files(), before);
}

#[test]
fn somebody_unknown_cannot_withdraw() {
    let study = Study::of(JOINT);
    let output = study.asked(&["withdraw", "N3", "--yes"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(text(&output.stderr), @r"
    error: participants.csv has no participant `N3`
    help: the column `id` of participants.csv names everybody
    ");
}

#[test]
fn what_would_be_no_study_is_not_written() {
    let study = Study::of(JOINT);
    let yaml = study.read("study.yaml");
    // The only nurse of a choice that is varied: without her there is nothing to choose from.
    study.write(
        "study.yaml",
        &format!("{yaml}robustness:\r\n  choices:\r\n    - choice: leave-out-participant\r\n      options: [N9]\r\n"),
    );
    let before = study.files();
    let output = study.asked(&["withdraw", "N1", "--yes", "--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("study.yaml:13:") && said.contains("what would remain is no study"),
        "{said}"
    );
    assert_eq!(study.files(), before);
}

#[test]
fn programs_read_what_goes() {
    let study = Study::of(JOINT);
    let output = study.asked(&["withdraw", "N1", "--yes", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["removed"], true);
    assert_eq!(json["statements"], serde_json::json!(["s1", "s3", "s4"]));
    assert_eq!(
        json["tables"][0],
        serde_json::json!({ "file": "participants.csv", "rows": 1, "edited": 0 })
    );
    assert_eq!(json["mentions"][0]["file"], "claims.csv");
}

#[test]
fn the_copy_that_was_kept_loses_the_same_rows() {
    let study = Study::of(JOINT);
    for (name, text) in JOINT {
        study.write(&format!("findings/accepted/study/{name}"), &text.replace('\r', ""));
    }
    let output = study.asked(&["withdraw", "N1", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("findings/accepted"), "{}", text(&output.stdout));
    for table in ["participants.csv", "statements.csv", "sources.csv", "excerpts.csv", "study.yaml"]
    {
        let (own, kept) =
            (study.read(table), study.read(&format!("findings/accepted/study/{table}")));
        assert_eq!(own.replace('\r', ""), kept, "{table}");
    }
}

/// A file that grows beyond what a file may have cannot be written, by whoever tries.
#[cfg(unix)]
#[test]
fn a_withdrawal_that_was_interrupted_is_taken_up_again() {
    let whole = Study::of(JOINT);
    let long = "x".repeat(60_000);
    let people = whole.read("participants.csv");
    let rows = people.replace("\r\n", ";\r\n").replace("joint_with;", "joint_with;device");
    let people = rows.replace("Registrar;;\r\n", &format!("Registrar;;{long}\r\n"));
    whole.write("participants.csv", &people);
    let study = Study::of(JOINT);
    study.write("participants.csv", &people);
    let output = study.withdrawn_with_files_of(16);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("these are as they were: participants.csv"), "{said}");
    assert!(said.contains("`parallax withdraw N1` goes on"), "{said}");
    assert_eq!(study.read("participants.csv"), people);
    assert!(!study.read("statements.csv").contains("s1;"));
    assert_eq!(study.read("findings/log.csv").lines().count(), 2, "one withdrawal is noted");
    for study in [&study, &whole] {
        let output = study.asked(&["withdraw", "N1", "--yes"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    assert_eq!(study.files(), whole.files());
}

/// Wherever a withdrawal stops, the same command ends it as if it had not stopped.
#[test]
fn it_can_stop_after_any_file() {
    let whole = Study::of(JOINT);
    let output = whole.asked(&["withdraw", "N1", "--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let order = [
        "excerpts.csv",
        "statements.csv",
        "coverage.csv",
        "constraints.csv",
        "events.csv",
        "study.yaml",
        "sources.csv",
    ];
    for stopped_after in 1..=order.len() {
        let study = Study::of(JOINT);
        for name in &order[..stopped_after] {
            study.write(name, &whole.read(name));
        }
        let output = study.asked(&["withdraw", "N1", "--yes"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(study.files(), whole.files(), "after {}", order[stopped_after - 1]);
    }
}
