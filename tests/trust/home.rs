//! Whose computer is it, and which plugins and which study stand on it?

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::compiled::library;

/// The plugin that is trusted here.
pub(crate) const ID: &str = "count-in-c";

/// A user with folders of their own, and a study.
pub(crate) struct Home {
    folder: TempDir,
    /// The hashes that were said so far: each keeps its letter.
    hashes: RefCell<Vec<String>>,
}

const FILES: [(&str, &str); 4] = [
    ("study.yaml", "title: T\nroles: [{ id: coach }, { id: teacher }]\n"),
    ("participants.csv", "id,case,title\nC1,n,coach\nC2,s,coach\nT1,n,teacher\nT2,s,teacher\n"),
    ("codes.csv", "id\nplan\nlog\n"),
    (
        "statements.csv",
        "id,speaker,code,modality,bearer\ns1,C1,plan,duty,self\ns2,T1,plan,duty,coach\n",
    ),
];

impl Home {
    /// A study that asks for these analyses, as YAML has them, and nothing trusted.
    pub(crate) fn asking(analyses: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Self { folder, hashes: RefCell::default() };
        fs::create_dir_all(home.study().join("scripts")).expect("made");
        fs::create_dir(home.downloads()).expect("made");
        for (name, text) in FILES {
            fs::write(home.study().join(name), text).expect("written");
        }
        home.ask(analyses);
        home
    }

    /// Lets the study ask for these analyses.
    pub(crate) fn ask(&self, analyses: &str) {
        let text = format!("{}analyses: [{analyses}]\n", FILES[0].1);
        fs::write(self.study().join("study.yaml"), text).expect("written");
    }

    pub(crate) fn study(&self) -> PathBuf {
        self.folder.path().join("study")
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("data/parallax/plugins")
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.folder.path().join("config/parallax/settings.toml")
    }

    /// Where libraries of others arrive.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// A version of the plugin in C among what arrived.
    pub(crate) fn compile(&self, version: &str) -> PathBuf {
        self.compiled(|text| text.replace("\\\"1.0.0\\\"", &format!("\\\"{version}\\\"")))
    }

    /// The plugin in C, which does one thing that none may do.
    pub(crate) fn compile_that_prints(&self) -> PathBuf {
        self.compiled(|text| text.replace("(void)parameters;", "(void)parameters;\n  puts(\"x\");"))
    }

    fn compiled(&self, change: impl Fn(&str) -> String) -> PathBuf {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        let source = source.join("../engine/tests/in_c/count_in_c.c");
        let text = fs::read_to_string(source).expect("is there");
        let source = self.downloads().join("count_in_c.c");
        fs::write(&source, change(&text)).expect("written");
        library(&self.downloads(), &source, ID, &[])
    }

    /// The program of this user, in the folder of the study.
    pub(crate) fn parallax(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command
            .current_dir(self.study())
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .args(["--today", "2026-11-27"])
            .args(words)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn ran(&self, words: &[&str]) -> Output {
        self.parallax(words).output().expect("the program starts")
    }

    /// The exit status, and what was said, with placeholders for what differs between computers.
    pub(crate) fn says(&self, words: &[&str]) -> String {
        let output = self.ran(words);
        let (out, err) = (output.stdout, output.stderr);
        let both = format!("{}{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
        let status = output.status.code().unwrap_or(-1);
        self.hidden(&format!("[{}] status {status}\n{both}", words.join(" ")))
    }

    /// A text with placeholders for folders and libraries.
    pub(crate) fn hidden(&self, text: &str) -> String {
        use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, OS};

        let real = self.folder.path().canonicalize().expect("is there");
        let text = text.replace(&real.display().to_string(), "<home>");
        let text = text.replace(&self.folder.path().display().to_string(), "<home>");
        let text = text.replace(&format!("{DLL_PREFIX}count_in_c{DLL_SUFFIX}"), "<library>");
        let text = text.replace(&format!("{OS}_{ARCH}"), "<platform>");
        let mut text = text;
        let mut known = self.hashes.borrow_mut();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let words = words.filter(|word| is_hexadecimal(word)).map(str::to_owned);
        let mut words: Vec<String> = words.collect();
        // A whole one says which one a short one is the beginning of; the order is that of the text.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in words {
            if !known.iter().any(|known| known.starts_with(&word)) {
                known.push(word);
            }
        }
        for (at, one) in known.iter().enumerate() {
            let name = char::from(b'A' + u8::try_from(at).expect("few"));
            text = text.replace(one, &format!("<SHA-256 {name}>"));
            text = text.replace(&one[..12], &format!("<SHA-256 {name}…>"));
        }
        sizes(&text)
    }
}

fn is_hexadecimal(word: &str) -> bool {
    matches!(word.len(), 12 | 64) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A text without how large a library is, how long it ran, and which checks it passed.
fn sizes(text: &str) -> String {
    let told_elsewhere =
        |line: &&str| !line.starts_with("ok     ") && !line.contains(" of its own: ");
    let lines = text.lines().filter(told_elsewhere).map(|line| match line.strip_suffix(" bytes") {
        Some(line) if line.starts_with("size") => "size       <size> bytes".to_owned(),
        _ => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

/// SHA-256 of a file.
pub(crate) fn sha256(file: &Path) -> String {
    let bytes = fs::read(file).expect("read");
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
