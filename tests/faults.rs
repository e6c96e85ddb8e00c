//! What does a researcher read when something is wrong with a study?
//!
//! Every folder of `tests/faults` is a small study with one fault, and its snapshot is the text
//! that a researcher reads. A new folder is a new test.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use parallax_engine::check::{Look, check_folder, full};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder is there").flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

#[test]
fn every_fault_reads_as_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tests().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let folders = names(&tests().join("faults"));
    for name in &folders {
        let checked = check_folder(&tests().join("faults").join(name));
        let text = match checked.problems.len() {
            0 => "no problems".to_owned(),
            _ => full(&checked, Look::default()),
        };
        settings.bind(|| insta::assert_snapshot!(format!("fault__{name}"), text));
    }
    let snapshots = names(&tests().join("snapshots"));
    let known =
        snapshots.iter().filter_map(|file| file.strip_prefix("fault__")?.strip_suffix(".snap"));
    let gone: Vec<&str> = known.filter(|name| !folders.contains(*name)).collect();
    assert!(gone.is_empty(), "snapshots without a folder: {gone:?}");
    assert!(folders.len() >= 36, "only {} kinds of fault", folders.len());
}
