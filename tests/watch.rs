//! Does `parallax watch` follow what a researcher saves, and keep the last good result?

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// A script that counts statements of one modality.
const SCRIPT: &str = r#"//! How many duties are there?
//!
//! Counts them.
//! ---
//! version: 1.0.0
//! title: Duties
//! templates:
//!   all: { title: Duties, sentence: "There are {n} of them." }
//! words:
//!   n: how many

let found = reading.statements().filter(col("modality") == "duty");
let f = finding("all", "all");
f.measure("n", found.count());
f.evidence(found.evidence());
f
"#;

/// Far more than any machine needs.
const PATIENCE: Duration = Duration::from_secs(120);

struct Study {
    folder: tempfile::TempDir,
}

impl Study {
    fn new() -> Self {
        let study = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(study.path("scripts")).expect("made");
        study.save("study.yaml", "title: T\nroles: [{ id: coach }]\n");
        study.save("participants.csv", "id,title\nC1,coach\n");
        study.save("codes.csv", "id\nlogbook\n");
        study.save(
            "statements.csv",
            "id,speaker,code,modality,bearer\ns1,C1,logbook,duty,self\n\
             s2,C1,logbook,right,self\ns3,C1,logbook,duty,self\n",
        );
        study.save("scripts/own.rhai", SCRIPT);
        study
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Saves a file as careful editors do: beside it, and then over it.
    fn save(&self, name: &str, text: &str) {
        let beside = self.path(&format!("{name}.new~"));
        fs::write(&beside, text).expect("written");
        fs::rename(beside, self.path(name)).expect("renamed");
    }

    fn watch(&self, arguments: &[&str]) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
            .arg("watch")
            .arg(self.folder.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the command starts");
        let mut out = child.stdout.take().expect("is piped");
        let (sender, shown) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = out.read(&mut bytes) {
                let piece = String::from_utf8_lossy(&bytes[..count]).into_owned();
                if sender.send(piece).is_err() {
                    return;
                }
            }
        });
        Watching { child, shown, text: String::new() }
    }
}

/// The command while it runs.
struct Watching {
    child: Child,
    shown: Receiver<String>,
    /// What was shown and not yet looked at.
    text: String,
}

impl Watching {
    /// The screen of a run, once it is there in full.
    fn screen(&mut self, run: usize) -> String {
        let (start, end) = (format!("run {run}: "), "(Ctrl-C ends it)\n");
        loop {
            if let Some(from) = self.text.find(&start)
                && let Some(length) = self.text[from..].find(end)
            {
                let to = from + length + end.len();
                let screen = self.text[from..to].to_owned();
                self.text.drain(..to);
                return screen;
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(piece) => self.text.push_str(&piece),
                Err(_) => panic!("no whole screen of run {run} in:\n{}", self.text),
            }
        }
    }

    /// Ends the command as Ctrl-C does.
    #[cfg(unix)]
    fn interrupt(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().expect("a signal is sent");
        assert!(sent.success());
        self.child.wait().expect("ends")
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Ended already where the test went well.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// What was shown, with the folder by a name that is always the same.
fn plain(screen: &str, folder: &Path) -> String {
    let whole = fs::canonicalize(folder).expect("is there");
    screen.replace(&whole.display().to_string(), "STUDY").replace('\\', "/")
}

#[test]
fn a_script_is_followed_from_good_to_broken_and_back() {
    let study = Study::new();
    let mut watching = study.watch(&["--only", "own"]);
    let mut screens = watching.screen(1);
    study.save("scripts/own.rhai", &SCRIPT.replace("statements()", "statement_rows()"));
    screens.push_str("\n════\n\n");
    screens.push_str(&watching.screen(2));
    study.save("scripts/own.rhai", &SCRIPT.replace("\"duty\"", "\"right\""));
    screens.push_str("\n════\n\n");
    screens.push_str(&watching.screen(3));
    insta::assert_snapshot!(plain(&screens, study.folder.path()));
    let findings = fs::read_to_string(study.path("out/findings.json")).expect("was written");
    assert!(findings.contains("There are 1 of them."), "the files are of another run");
    assert!(study.path("out/report.html").is_file() && study.path("out/report.md").is_file());
    #[cfg(unix)]
    assert_eq!(watching.interrupt().code(), Some(0));
}

#[test]
fn a_folder_of_scripts_that_is_new_is_followed_too() {
    let study = Study::new();
    fs::remove_dir_all(study.path("scripts")).expect("removed");
    let mut watching = study.watch(&[]);
    assert!(watching.screen(1).starts_with("run 1: well"));
    fs::create_dir(study.path("scripts")).expect("made");
    study.save("scripts/own.rhai", SCRIPT);
    // The folder can be noticed before the script in it.
    let screen = watching.screen(2);
    let screen = if screen.contains("own/all") { screen } else { watching.screen(3) };
    assert!(screen.contains("There are 2 of them."), "{screen}");
}

#[test]
fn a_fault_in_the_data_is_shown_and_mended() {
    let study = Study::new();
    let mut watching = study.watch(&["--only", "own"]);
    assert!(watching.screen(1).starts_with("run 1: well"));
    let table = fs::read_to_string(study.path("statements.csv")).expect("is there");
    study.save("statements.csv", &table.replace("s2,C1", "s2,C9"));
    let screen = watching.screen(2);
    assert!(screen.contains("unknown participant `C9`"), "{screen}");
    assert!(screen.contains("  |   There are 2 of them."), "{screen}");
    study.save("statements.csv", &table.replace("right", "duty"));
    let screen = watching.screen(3);
    assert!(screen.contains("changed    since run 1: ~ own/all (how many: 2 → 3)"), "{screen}");
}

#[test]
fn what_cannot_be_watched_is_said() {
    let study = Study::new();
    let ended = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        let output = command.arg("watch").arg(study.folder.path()).args(arguments).output();
        let output = output.expect("the command starts");
        let said = String::from_utf8(output.stderr).expect("is UTF-8");
        format!("{said}status {}\n", output.status.code().expect("ends by itself"))
    };
    let said = [ended(&["--only", "onw"]), ended(&["--format", "json"])];
    // Which analyses there are changes with the shelf.
    let line = |line: &str| match line.starts_with("help: use one of: ") {
        true => "help: use one of: …\n".to_owned(),
        false => format!("{line}\n"),
    };
    assert!(said[0].contains(", own, "), "{}", said[0]);
    insta::assert_snapshot!(said.concat().lines().map(line).collect::<String>());
}
