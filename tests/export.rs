//! Is what is deposited a crate that others can read, and is it written whole?

#[path = "export/crates.rs"]
mod crates;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crates::{Crate, files_below};
use parallax_engine::text::yaml;

/// The repository's root, from where `core/cli` runs its tests.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A study in a folder of its own.
struct Study(tempfile::TempDir);

impl Study {
    fn of(place: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files_below(&root().join(place)) {
            let path = folder.path().join(&name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            if !name.starts_with("out/") {
                fs::write(path, bytes).expect("written");
            }
        }
        Self(folder)
    }

    /// A small study with scripts, hidden names and every kind of consent.
    fn informants() -> Self {
        Self::of("tests/share/informants")
    }

    /// The seed study, with few readings: every one takes long where nothing is optimised.
    fn seed() -> Self {
        let study = Self::of("studies/vso-internships");
        study.edit("\nrobustness:", "\nrobustness:\n  limit: 2");
        study
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn edit(&self, from: &str, to: &str) {
        let path = self.path("study.yaml");
        let text = fs::read_to_string(&path).expect("study.yaml");
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replace(from, to)).expect("written");
    }

    fn parallax(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.arg("-C").arg(self.0.path()).args(["--today", "2026-11-27"]).args(arguments);
        command.output().expect("the command starts")
    }

    /// Exports, and gives the status and what was said without the study's own problems.
    fn export(&self, more: &[&str]) -> (Option<i32>, String) {
        let done = self.parallax(&[&["export", "ro-crate"], more].concat());
        let said = [&done.stderr[..], &done.stdout[..]].concat();
        let said = String::from_utf8(said).expect("a text");
        let said = said.replace(&self.0.path().display().to_string(), "STUDY");
        let ours = ["error: ", "help: ", "nothing", "crate ", "holds ", "left out", "           "];
        let lines = said.lines().filter(|line| ours.iter().any(|start| line.starts_with(start)));
        (done.status.code(), lines.map(|line| format!("{line}\n")).collect())
    }
}

#[test]
fn a_crate_of_the_seed_study_is_one_and_its_study_finds_the_same() {
    let seed = Study::seed();
    let (status, said) = seed.export(&[]);
    assert_eq!(status, Some(0), "{said}");
    let crate_ = Crate::read(&seed.path("out/ro-crate"));
    crate_.is_sound();
    insta::assert_snapshot!(crate_.outline());
    insta::assert_snapshot!("citation", crate_.text("CITATION.cff"));
    let people = fs::read_to_string(seed.path("participants.csv")).expect("participants.csv");
    for (name, bytes) in &crate_.files {
        let text = String::from_utf8_lossy(bytes);
        let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
        for id in people.lines().skip(1).filter_map(|line| line.split(',').next()) {
            assert!(!words.contains(&id), "{id} in {name}");
        }
    }
    // The crate is a study: it is read, and finds what stands in it.
    let again = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .arg("-C")
        .arg(seed.path("out/ro-crate"))
        .arg("run")
        .output()
        .expect("the command starts");
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
    let found = fs::read(seed.path("out/ro-crate/out/findings.json")).expect("written");
    assert!(found == crate_.files["findings.json"], "the copy finds something else");
}

#[test]
fn authors_scripts_and_licences_are_told_apart() {
    let study = Study::informants();
    study.edit(
        "  - { given: Ada, family: Lovelace }\nlicense: CC-BY-4.0",
        "  - { given: Ada, family: van Lovelace, orcid: 0000-0002-1825-0097, affiliation: Example University }\n\
         \x20 - { name: The group }\nlicense: CC-BY-4.0 OR https://example.org/terms",
    );
    let (status, said) = study.export(&[]);
    insta::assert_snapshot!(said);
    assert_eq!(status, Some(0));
    let crate_ = Crate::read(&study.path("out/ro-crate"));
    crate_.is_sound();
    insta::assert_snapshot!("outline_of_the_informants", crate_.outline());
    let citation = yaml::read(&crate_.text("CITATION.cff")).expect("YAML").json();
    assert_eq!(citation["authors"][0]["family-names"], "van Lovelace");
    assert_eq!(citation["authors"][0]["orcid"], "https://orcid.org/0000-0002-1825-0097");
    assert_eq!(citation["authors"][1]["name"], "The group");
    assert_eq!(citation["license"], "CC-BY-4.0");
    assert_eq!(citation["license-url"], "https://example.org/terms");
    let page = crate_.text("ro-crate-preview.html");
    assert!(page.contains("default-src 'none'") && page.contains("Ada van Lovelace, The group"));
    assert!(page.contains("a copy to share"));
}

#[test]
fn what_study_yaml_lacks_is_said_and_nothing_is_written() {
    let study = Study::informants();
    study.edit("authors:\n  - { given: Ada, family: Lovelace }\nlicense: CC-BY-4.0\n", "");
    let (status, nothing) = study.export(&[]);
    assert_eq!(status, Some(1));
    study.edit(
        "language: en",
        "language: en\nauthors: [{ affiliation: Here }, { name: B, orcid: 0000-0002-1825-0098 }]\nlicense: as you like",
    );
    let (status, wrong) = study.export(&[]);
    assert_eq!(status, Some(1));
    insta::assert_snapshot!(format!("{nothing}\n{wrong}"));
    assert!(!study.path("out/ro-crate").exists());
}

#[test]
fn a_licence_of_the_command_line_comes_before_that_of_the_study() {
    let study = Study::informants();
    study.edit("license: CC-BY-4.0\n", "");
    let (status, said) = study.export(&["--license", "CC0-1.0"]);
    assert_eq!(status, Some(0), "{said}");
    let crate_ = Crate::read(&study.path("out/ro-crate"));
    assert_eq!(crate_.thing("./")["license"]["@id"], "https://spdx.org/licenses/CC0-1.0");
    let settings = yaml::read(&crate_.text("study.yaml")).expect("YAML").json();
    assert_eq!(settings["license"], "CC0-1.0");
    crate_.is_sound();
}

#[test]
fn an_archive_has_the_same_files_and_the_same_bytes_each_time() {
    let study = Study::informants();
    let (once, twice) = (study.path("once.zip"), study.path("twice.ZIP"));
    for path in [&once, &twice, &once] {
        let (status, said) = study.export(&["--to", path.to_str().expect("a path")]);
        assert_eq!(status, Some(0), "{said}");
    }
    assert_eq!(study.export(&[]).0, Some(0));
    let bytes = fs::read(&once).expect("written");
    assert!(bytes == fs::read(&twice).expect("written"), "the archives differ");
    // The first local header says when the file was changed: on the first day that zip knows.
    assert_eq!(bytes[10..14], [0, 0, 0x21, 0]);
    let crate_ = Crate::read(&study.path("out/ro-crate"));
    let names: Vec<String> = crate_.files.keys().cloned().collect();
    for name in names {
        let held = bytes.windows(name.len()).any(|window| window == name.as_bytes());
        assert!(held, "{name} is not in the archive");
    }
}

#[test]
fn what_somebody_put_in_the_place_is_left_and_a_crate_is_replaced() {
    let study = Study::informants();
    let place = study.path("deposit");
    let to = place.to_str().expect("a path").to_owned();
    let export = || study.export(&["--to", &to]);
    fs::create_dir(&place).expect("a folder");
    fs::write(place.join("thesis.txt"), "mine").expect("written");
    let (status, said) = export();
    assert_eq!(status, Some(3));
    insta::assert_snapshot!(said);
    assert_eq!(files_below(&place).len(), 1);
    fs::remove_file(place.join("thesis.txt")).expect("removed");
    assert_eq!(export().0, Some(0));
    // A crate of an earlier day, of which a file is gone.
    fs::remove_file(place.join("codes.csv")).expect("removed");
    assert_eq!(export().0, Some(0));
    Crate::read(&place).is_sound();
    // A file that somebody put into the crate is not lost.
    fs::write(place.join("scripts/notes.txt"), "mine").expect("written");
    let before = files_below(&place);
    assert_eq!(export().0, Some(3));
    assert_eq!(files_below(&place), before);
    let archive = study.path("thesis.zip");
    fs::write(&archive, "no archive").expect("written");
    let (status, _) = study.export(&["--to", archive.to_str().expect("a path")]);
    assert_eq!((status, fs::read(&archive).expect("read")), (Some(3), b"no archive".to_vec()));
    let left: Vec<String> = fs::read_dir(study.path(""))
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn the_study_as_it_is_goes_out_when_that_is_said_twice() {
    let study = Study::informants();
    for (name, text) in [("study.lock", "# lock\n"), ("findings/log.csv", "date,by\n")] {
        fs::create_dir_all(study.path(name).parent().expect("a folder")).expect("a folder");
        fs::write(study.path(name), text).expect("written");
    }
    let (status, said) = study.export(&["--with-data"]);
    assert_eq!(status, Some(2));
    assert!(!study.path("out/ro-crate").exists());
    let (_, done) = study.export(&["--with-data", "--yes"]);
    insta::assert_snapshot!(format!("{said}\n{done}"));
    let crate_ = Crate::read(&study.path("out/ro-crate"));
    crate_.is_sound();
    let own: BTreeMap<String, Vec<u8>> = files_below(study.0.path())
        .into_iter()
        .filter(|(name, _)| !name.starts_with("out/"))
        .collect();
    for (name, bytes) in own {
        assert!(crate_.files.get(&name) == Some(&bytes), "{name}");
    }
    assert!(crate_.text("report.html").contains("Full copy"));
}
