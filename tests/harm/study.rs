//! Which study is harmed, and what stands in its folder?

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const FILES: [(&str, &str); 5] = [
    (
        "study.yaml",
        "title: T\nroles: [{ id: coach }, { id: teacher }]\n\
         analyses: [{ use: own }, { use: expectation-mismatch }, { use: duty-claims }]\n",
    ),
    ("participants.csv", "id,case,title\nC1,n,coach\nC2,s,coach\nT1,n,teacher\nT2,s,teacher\n"),
    ("codes.csv", "id\nplan\nlog\n"),
    (
        "statements.csv",
        "id,speaker,code,modality,bearer\ns1,C1,plan,duty,self\ns2,T1,plan,duty,coach\n\
         s3,C2,log,duty,self\ns4,T2,log,duty,self\n",
    ),
    (
        "scripts/own.rhai",
        "//! How many? One number.\n//! ---\n//! version: 1.0.0\n//! title: T\n\
         //! templates:\n//!   all: { title: T, sentence: \"There are {n}.\" }\n\
         //! words: { n: how many }\nlet f = finding(\"all\", \"all\");\n\
         f.measure(\"n\", reading.statements().count());\nf.no_evidence(\"a count\");\nf\n",
    ),
];

/// A small study in a folder.
pub(crate) fn study() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("scripts")).expect("made");
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// Gives the study one of two tables of statements.
pub(crate) fn say(folder: &Path, version: usize) {
    let (name, text) = FILES[3];
    let more = ["", "s5,T1,log,right,self\ns6,C2,plan,duty,teacher\n"][version % 2];
    fs::write(folder.join(name), format!("{text}{more}")).expect("written");
}

/// The program, about to be told what to do in a folder.
pub(crate) fn parallax(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.current_dir(folder).args(words).env_remove("PROPTEST_CASES");
    command
}

/// What comes of it.
pub(crate) fn ran(folder: &Path, words: &[&str]) -> Output {
    parallax(folder, words).output().expect("the program starts")
}

/// What a run said on standard error.
pub(crate) fn said(output: &Output, folder: &Path) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.replace(&folder.display().to_string(), "[study]")
}

/// Every file that the program wrote, by its name, but for the one by which runs wait.
pub(crate) fn written(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec!["out".to_owned(), "findings".to_owned()];
    while let Some(name) = open.pop() {
        for entry in fs::read_dir(folder.join(&name)).into_iter().flatten().flatten() {
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => open.push(name),
                false if name == "out/.lock" => {}
                false => drop(files.insert(name.clone(), fs::read(entry.path()).expect("read"))),
            }
        }
    }
    files
}
