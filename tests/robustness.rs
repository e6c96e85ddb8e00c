//! Does the program say rightly how far results depend on choices?
//!
//! Expected numbers are the theory's (D12), which were computed elsewhere.

#[path = "robustness/multiverse.rs"]
mod multiverse;
#[path = "robustness/settings.rs"]
mod settings;

use std::fs;
use std::path::{Path, PathBuf};

use parallax_engine::model::document::Depth;
use parallax_engine::open::{Opened, open};
use parallax_engine::robustness::Survey;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_model::{Choices, FindingsDocument};
use tempfile::TempDir;

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The seed study in a folder of its own, with this `robustness` and people as units.
pub(crate) fn seed_with(robustness: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let seed = repository().join("studies/vso-internships");
    for entry in fs::read_dir(seed).expect("the seed study").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    let path = folder.path().join("study.yaml");
    let text = fs::read_to_string(&path).expect("settings");
    let own = text.split("\nrobustness:").next().expect("a text");
    let people = own.replace("\nunit: role@case", "\nunit: participant");
    assert_ne!(people, own, "the study counts roles at cases");
    fs::write(path, format!("{people}\n{robustness}\n")).expect("written");
    folder
}

/// A study with two analyses: a native one and a script.
pub(crate) fn opened(folder: &Path) -> Opened {
    let mut shelf = Shelf::default();
    let native = NativeAnalysis::linked(position_clusters::ENTRY).expect("is linked");
    shelf.add(Body::Native(native)).expect("fits");
    let (id, source) = STANDARD_SCRIPTS.iter().find(|(id, _)| *id == "duty-map").expect("exists");
    let script = ScriptAnalysis::load(id, source).expect("loads");
    shelf.add(Body::Script(script)).expect("fits");
    open(folder, shelf)
}

/// What was found under these choices, and how far it depends on others.
pub(crate) fn surveyed(opened: &Opened, choices: &Choices) -> (FindingsDocument, Survey) {
    let study = opened.checked.study.as_ref().expect("is sound");
    let mut answered = opened.answer(study, choices).expect("is offered");
    let survey = opened
        .survey(study, choices, Depth::Whole, &answered.document, &|_, _| {})
        .expect("is offered");
    survey.attach(&mut answered.document);
    (answered.document, survey)
}
