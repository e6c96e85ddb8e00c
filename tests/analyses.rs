//! Does the page of analyses say of each what a researcher needs before using it?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What `parallax explain` prints, away from any study.
fn explained(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .arg("explain")
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_page_is_that_of_the_program() {
    let path = root().join("docs/analyses.md");
    let page = explained(&["--all"]);
    if std::env::var_os("PARALLAX_WRITE_ANALYSES").is_some() {
        fs::write(&path, &page).expect("docs/ can be written");
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/analyses.md is out of date: run the tests with PARALLAX_WRITE_ANALYSES=1"
    );
}

#[test]
fn every_analysis_tells_its_question_its_method_and_its_edges() {
    let page = explained(&["--all"]);
    let sections: Vec<&str> = page.split("\n## ").skip(1).collect();
    assert!(sections.len() > 24, "only {} analyses", sections.len());
    for section in sections {
        let (id, rest) = section.split_once('\n').expect("a heading");
        let paragraphs: Vec<&str> = rest.trim().split("\n\n").collect();
        let question = paragraphs[1].trim_matches('*');
        assert!(question.ends_with('?') && question.matches('?').count() == 1, "{id}: {question}");
        assert!(paragraphs[2].len() > 80, "{id} does not say how it answers");
        assert!(section.contains("\nEdge cases:\n\n- "), "{id} is silent about its edges");
        let shown = explained(&[id]);
        for part in [question, "\nEdge cases\n"] {
            assert!(shown.contains(part), "{id}: {shown}");
        }
        assert_eq!(section.contains("| parameter |"), shown.contains("\nParameters\n"), "{id}");
        assert_eq!(section.contains("\nReferences:\n"), shown.contains("\nReferences\n"), "{id}");
    }
}
