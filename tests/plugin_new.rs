//! Does a new plugin build, keep to everything, and run, as its README says and without an edit?
//!
//! Everything happens in temporary folders, the user's own too; what `cargo` builds for the plugin in
//! Rust stays below `target`, so that it is built once.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;
use tempfile::TempDir;

/// A folder to work in, with the user's own folders inside.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A program in one of the folders, for a user who has nothing yet, without a network.
    fn program(&self, program: &str, folder: &Path) -> Command {
        let bin = Path::new(env!("CARGO_BIN_EXE_parallax")).parent().expect("a folder");
        let search = std::env::var_os("PATH").unwrap_or_default();
        let search = [bin.to_owned()].into_iter().chain(std::env::split_paths(&search));
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env("PATH", std::env::join_paths(search).expect("folders"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("NO_COLOR", "1")
            .env("CARGO_NET_OFFLINE", "true")
            // The same code, in a third of the time.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env_remove("CARGO_TARGET_DIR");
        command
    }

    fn parallax(&self, arguments: &[&str]) -> Output {
        let mut command = self.program(env!("CARGO_BIN_EXE_parallax"), self.0.path());
        command.args(arguments).output().expect("it starts")
    }

    /// What is said where something is refused; the exit status is that of a wrong command line.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.parallax(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).expect("is UTF-8")
    }

    /// Runs every command of a README, in the folder it stands in.
    fn follow(&self, folder: &Path) -> Vec<String> {
        let readme = fs::read_to_string(folder.join("README.md")).expect("a README");
        let lines: Vec<String> = blocks(&readme, "sh").lines().map(str::to_owned).collect();
        for line in &lines {
            let mut words = line.split(' ');
            let named = words.next().unwrap_or_default();
            let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
            let program = if named == "cargo" { &cargo } else { named };
            let ran = self.program(program, folder).args(words).output();
            let output = ran.unwrap_or_else(|error| panic!("{line}: {error}"));
            let said = [&output.stdout, &output.stderr].map(|out| String::from_utf8_lossy(out));
            assert!(output.status.success(), "{line}\n{}", said.concat());
        }
        lines
    }

    /// What the seed study finds by a plugin for which it asks as the README says.
    fn asked(&self, folder: &Path) -> Vec<Json> {
        let readme = fs::read_to_string(folder.join("README.md")).expect("a README");
        let id = folder.file_name().and_then(|name| name.to_str()).expect("a name");
        let study = self.path(&format!("study-of-{id}"));
        copy(&here("studies/vso-internships"), &study);
        let settings = fs::read_to_string(study.join("study.yaml")).expect("settings");
        let settings = settings + "\n" + &blocks(&readme, "yaml");
        fs::write(study.join("study.yaml"), settings).expect("written");
        let place = study.display().to_string();
        let output = self.parallax(&["run", &place, "--one-reading"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = fs::read_to_string(study.join("out/findings.json")).expect("findings");
        let document: Json = serde_json::from_str(&text).expect("are JSON");
        let findings = document["findings"].as_array().expect("a list").clone();
        findings.into_iter().filter(|finding| finding["analysis"] == id).collect()
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The files of a study, without what was written into it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from).expect("is there").flatten().filter(|it| it.path().is_file()) {
        fs::copy(file.path(), to.join(file.file_name())).expect("copied");
    }
}

/// The blocks of a page in this language, one after another.
fn blocks(page: &str, language: &str) -> String {
    let open = format!("```{language}\n");
    page.split(&open).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// Every file below a folder with what it holds.
fn held(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        match entry.path().is_dir() {
            true => files
                .extend(held(&entry.path()).into_iter().map(|(n, t)| (format!("{name}/{n}"), t))),
            false => {
                let text = fs::read_to_string(entry.path()).expect("is UTF-8");
                files.insert(name, text);
            }
        }
    }
    files
}

/// What findings say, in the order of what they are about.
fn said(findings: &[Json]) -> Vec<String> {
    let text = |finding: &Json| finding["sentence"].as_str().unwrap_or_default().to_owned();
    findings.iter().map(text).collect()
}

#[test]
fn a_new_plugin_in_c_builds_keeps_to_everything_and_runs() {
    let desk = Desk::new();
    let made = desk.parallax(&["plugin", "new", "in-c", "--language", "c"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    insta::assert_snapshot!(String::from_utf8_lossy(&made.stdout), @r"
    Created in-c/ for a plugin in C
      analysis.c         the whole analysis
      parallax_plugin.h  the interface, as this version of parallax has it
      Makefile           how it is built, with any make
      README.md          how to build, check and use it
      .gitignore         what is not kept

    Next:
      cd in-c
      make
      parallax plugin check libin_c.so
      parallax plugin trust libin_c.so

    Then a study asks for it, in study.yaml:
      analyses:
        - use: in-c
    ");
    let folder = desk.path("in-c");
    let header = fs::read_to_string(folder.join("parallax_plugin.h")).expect("the header");
    assert_eq!(header, parallax_plugin::HEADER);
    let ran = desk.follow(&folder);
    assert_eq!(ran, ["make", "make check", "parallax plugin trust libin_c.so"]);
    insta::assert_snapshot!(said(&desk.asked(&folder)).join("\n"), @r"
    Statements by internal counsellor: 26.
    Statements by teacher: 34.
    Statements by internship supervisor: 46.
    ");
}

#[test]
fn a_new_plugin_in_rust_builds_keeps_to_everything_and_runs() {
    let desk = Desk::new();
    let made = desk.parallax(&["plugin", "new", "in-rust"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let library =
        format!("{}in_rust{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let shown = String::from_utf8_lossy(&made.stdout).replace(&library, "LIBRARY");
    insta::assert_snapshot!(shown, @r"
    Created in-rust/ for a plugin in Rust
      src/lib.rs         the analysis: parameters, and a function from a reading to findings
      manifest.json      its question, its method, the wording of its findings
      tests/manifest.rs  a test that the two fit
      Cargo.toml         what it is built from
      README.md          how to build, check and use it
      .gitignore         what is not kept

    Next:
      cd in-rust
      cargo build --release
      parallax plugin check target/release/LIBRARY
      parallax plugin trust target/release/LIBRARY

    Then a study asks for it, in study.yaml:
      analyses:
        - use: in-rust
    ");
    let folder = desk.path("in-rust");
    // The workspace's versions are those that are on this machine.
    fs::copy(here("Cargo.lock"), folder.join("Cargo.lock")).expect("copied");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugin-new");
    fs::create_dir_all(&target).expect("a folder");
    std::os::unix::fs::symlink(&target, folder.join("target")).expect("linked");
    let ran = desk.follow(&folder).join("\n").replace(&library, "LIBRARY");
    insta::assert_snapshot!(ran, @r"
    cargo test --release
    cargo build --release
    parallax plugin check target/release/LIBRARY
    parallax plugin trust target/release/LIBRARY
    ");
    let findings = desk.asked(&folder);
    insta::assert_snapshot!(said(&findings).join("\n"), @r"
    Statements by internal counsellor: 26.
    Statements by teacher: 34.
    Statements by internship supervisor: 46.
    ");
}

#[test]
fn nothing_that_is_there_is_touched() {
    let desk = Desk::new();
    for language in ["c", "rust"] {
        let folder = desk.path(language);
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("README.md"), "mine\n").expect("written");
        let said = desk.refused(&["plugin", "new", language, "--language", language]);
        assert!(said.starts_with(&format!("error: {language} is there already")), "{said}");
        assert_eq!(held(&folder), BTreeMap::from([("README.md".to_owned(), "mine\n".to_owned())]));
    }
    std::os::unix::fs::symlink("nowhere", desk.path("link")).expect("linked");
    desk.refused(&["plugin", "new", "link", "--language", "c"]);
    assert!(!desk.path("nowhere").exists());
}

#[test]
fn who_cannot_be_helped_reads_why() {
    let desk = Desk::new();
    let said = [
        desk.refused(&["plugin", "new", "Word_Count"]),
        desk.refused(&["plugin", "new", "../word-count"]),
        desk.refused(&["plugin", "new", "duty-map"]),
        desk.refused(&["plugin", "new", "position-clusters", "--language", "c"]),
        desk.refused(&["plugin", "new", "serde"]),
        desk.refused(&["plugin", "new", "word-count", "--kit", "nowhere"]),
        desk.refused(&["plugin", "new", "word-count", "--language", "c", "--kit", "nowhere"]),
        desk.refused(&["-C", ".", "plugin", "new", "word-count"]),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    error: a plugin cannot be called `Word_Count`
    help: use small letters, digits and hyphens after a letter, such as `word-count`

    error: a plugin cannot be called `../word-count`
    help: use small letters, digits and hyphens after a letter, such as `word-count`

    error: `duty-map` is an analysis that comes with the program
    help: choose another name, such as `my-duty-map`; `parallax explain duty-map` says what it does

    error: `position-clusters` is an analysis that comes with the program
    help: choose another name, such as `my-position-clusters`; `parallax explain position-clusters` says what it does

    error: `serde` means something else in Rust
    help: choose another name, such as `my-serde`

    error: nowhere is not the folder of the kit
    help: name `core/plugin` of a checkout of parallax, which has the Cargo.toml of parallax-plugin

    error: a plugin in C needs no kit
    help: leave `--kit` out: the header is written beside it

    error: a plugin stands outside any study, and -C names one
    help: leave -C out; `--to DIR` says where to make the folder
    ");
    assert!(held(&desk.path("")).is_empty(), "nothing was written");
}

#[test]
fn a_folder_can_be_named_and_the_kit_too() {
    let desk = Desk::new();
    let kit = here("core/plugin");
    let kit = kit.to_str().expect("is UTF-8");
    let output = desk.parallax(&[
        "plugin",
        "new",
        "fn-count",
        "--to",
        "my plugins",
        "--kit",
        kit,
        "--format",
        "json",
    ]);
    let json: Json = serde_json::from_slice(&output.stdout).expect("is JSON");
    let written: Vec<&str> =
        json["written"].as_array().expect("a list").iter().filter_map(Json::as_str).collect();
    assert_eq!(written[0], "my plugins/fn-count/src/lib.rs");
    assert_eq!(written.len(), held(&desk.path("my plugins/fn-count")).len());
    let manifest = fs::read_to_string(desk.path("my plugins/fn-count/Cargo.toml")).expect("one");
    let whole = fs::canonicalize(kit).expect("is there");
    let dependency = format!("parallax-plugin = {{ path = \"{}\" }}\n", whole.display());
    assert!(manifest.contains(&dependency), "{manifest}");
    let again = desk.parallax(&["plugin", "new", "in-c", "--to", "my plugins", "--language", "c"]);
    let shown = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(shown.contains("  cd 'my plugins/in-c'\n"), "{shown}");
}
