//! What does somebody see who writes, changes and types what a guide asks for?

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// Far more than any machine needs.
const PATIENCE: Duration = Duration::from_secs(120);

/// What ends a screen of `parallax watch`.
const END: &str = "(Ctrl-C ends it)\n";

/// Somebody with a copy of the example study, and perhaps a watch that runs.
pub(crate) struct Reader {
    folder: tempfile::TempDir,
    watching: Option<Watching>,
}

/// A command that goes on running.
struct Watching {
    child: Child,
    shown: Receiver<Vec<u8>>,
    bytes: Vec<u8>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Ended already where something went wrong.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

impl Reader {
    pub(crate) fn new() -> Self {
        let reader = Self { folder: tempfile::tempdir().expect("a folder"), watching: None };
        let study = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/logbook");
        fs::create_dir(reader.path("")).expect("a folder");
        for file in fs::read_dir(study).expect("there is an example study").flatten() {
            if file.path().is_file() {
                fs::copy(file.path(), reader.path("").join(file.file_name())).expect("copied");
            }
        }
        reader
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("logbook").join(name)
    }

    /// Saves a file as careful editors do: beside it, and then over it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let beside = self.path(&format!("{name}.new~"));
        fs::create_dir_all(beside.parent().expect("it has a folder")).expect("a folder");
        fs::write(&beside, text).expect("written");
        fs::rename(beside, self.path(name)).expect("renamed");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn add(&self, name: &str, text: &str) {
        self.write(name, &(self.read(name) + text));
    }

    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {name}");
        self.write(name, &text.replace(from, to));
    }

    /// Types a command; gives what it shows, errors and results together as on a screen.
    pub(crate) fn type_in(&mut self, command: &str) -> String {
        self.watching = None;
        let words = command.strip_prefix("parallax ").expect("the guide runs parallax alone");
        let words = as_typed(words);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if words[0] == "watch" {
            self.watching = Some(self.watch(&words));
            return self.next_screen();
        }
        let (mut screen, out) = io::pipe().expect("a pipe");
        let mut child = self.started(&words, out);
        let mut shown = String::new();
        screen.read_to_string(&mut shown).expect("is UTF-8");
        child.wait().expect("ends");
        self.plain(&shown)
    }

    fn started(&self, words: &[&str], out: io::PipeWriter) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.current_dir(self.path("")).args(words).env("NO_COLOR", "1");
        command.args(["--today", "2026-11-20"]).env("USER", "researcher");
        command.stderr(out.try_clone().expect("a pipe")).stdout(out);
        command.spawn().expect("it starts")
    }

    fn watch(&self, words: &[&str]) -> Watching {
        let (mut screen, out) = io::pipe().expect("a pipe");
        let child = self.started(words, out);
        let (sender, shown) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Watching { child, shown, bytes: Vec::new() }
    }

    /// What the watch shows next.
    pub(crate) fn next_screen(&mut self) -> String {
        let watching = self.watching.as_mut().expect("a `parallax watch` stands above");
        let is_end = |bytes: &[u8]| bytes == END.as_bytes();
        let end = loop {
            match watching.bytes.windows(END.len()).position(is_end) {
                Some(at) => break at + END.len(),
                None => match watching.shown.recv_timeout(PATIENCE) {
                    Ok(piece) => watching.bytes.extend(piece),
                    Err(_) => {
                        let so_far = String::from_utf8_lossy(&watching.bytes);
                        panic!("no whole screen in:\n{so_far}");
                    }
                },
            }
        };
        let screen: Vec<u8> = watching.bytes.drain(..end).collect();
        let screen = String::from_utf8(screen).expect("is UTF-8");
        self.plain(screen.trim_start_matches('\n'))
    }

    /// What is shown, with `…` for the folder that holds the study.
    fn plain(&self, shown: &str) -> String {
        let whole = fs::canonicalize(self.folder.path()).expect("is there");
        let shown = shown.replace(&whole.display().to_string(), "…");
        shown.replace(&self.folder.path().display().to_string(), "…").replace('\\', "/")
    }
}

/// The words of a command as a shell takes them apart: quotation marks hold several together.
fn as_typed(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in command.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
