//! Does the schema that editors read know each study as it is, and refuse what is misspelt?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use parallax_engine::text::yaml;
use serde_json::{Value as Json, json};

const PLACE: &str = ".parallax/study.schema.json";

/// A study of the repository in a folder of its own.
fn copied(study: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(study).expect("a study").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    folder
}

fn studies() -> Vec<PathBuf> {
    let studies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies");
    let mut found: Vec<PathBuf> = fs::read_dir(studies)
        .expect("studies")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("study.yaml").is_file())
        .collect();
    found.sort();
    found
}

fn seed() -> tempfile::TempDir {
    copied(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships"))
}

fn run(study: &Path) -> Output {
    let arguments = ["run", "--fresh", "--one-reading", "--only", "disclosure"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.current_dir(study).args(arguments).output().expect("it starts")
}

/// The schema that a run leaves, and `study.yaml` as JSON.
fn schema_and_settings(study: &Path) -> (Json, Json) {
    let output = run(study);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let schema = fs::read(study.join(PLACE)).expect("a run writes it");
    let settings = fs::read_to_string(study.join("study.yaml")).expect("there");
    let settings = yaml::read(&settings).expect("is YAML").json();
    (serde_json::from_slice(&schema).expect("is JSON"), settings)
}

#[test]
fn every_study_of_the_repository_fits_its_schema() {
    let studies = studies();
    assert!(studies.len() >= 4, "{studies:?}");
    for study in studies {
        let (schema, settings) = schema_and_settings(copied(&study).path());
        assert!(jsonschema::meta::is_valid(&schema), "{}", study.display());
        let validator = jsonschema::draft7::new(&schema).expect("a schema");
        let wrong: Vec<String> = validator
            .iter_errors(&settings)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", study.display());
    }
}

#[test]
fn what_is_misspelt_is_refused_and_what_is_there_is_not() {
    let (schema, settings) = schema_and_settings(seed().path());
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    let clusters =
        |parameters: Json| json!([{ "use": "position-clusters", "parameters": parameters }]);
    let varied = |choice: &str, option: Json| json!({ "choices": [{ "choice": choice, "options": [option] }] });
    for (place, key, value, fits) in [
        ("/mappings/0/titles", "Stagebegeleider", json!("S"), true),
        ("/mappings/0/titles", "Stagebegeleider", json!("exclude"), true),
        ("/mappings/0/titles", "Stagebegeleider", json!("SS"), false),
        ("/mappings/0/titles", "Stagebegelijder", json!("S"), false),
        ("/mappings/1/people", "O4", json!("I"), true),
        ("/mappings/1/people", "O44", json!("I"), false),
        ("/mappings/1/people", "O4", json!("J"), false),
        ("/roles/0", "within", json!("L"), true),
        ("/roles/0", "within", json!("X"), false),
        ("", "default_mapping", json!("M3"), true),
        ("", "default_mapping", json!("M33"), false),
        ("", "incompatible", json!([["P.task.BEG", "P.task.MON"]]), true),
        ("", "incompatible", json!([["P.task.BEG", "P.task.MO"]]), false),
        ("", "analyses", json!([{ "use": "duty-map" }]), true),
        ("", "analyses", json!([{ "use": "duty-mop" }]), false),
        ("", "analyses", clusters(json!({ "linkage": "complete", "k": 3 })), true),
        ("", "analyses", clusters(json!({ "linkage": "compleet" })), false),
        ("", "analyses", clusters(json!({ "linking": "complete" })), false),
        ("/alternatives/0", "default", json!("I"), true),
        ("/alternatives/0", "default", json!("L"), false),
        ("", "robustness", varied("beo", json!("I")), true),
        ("", "robustness", varied("beo", json!("L")), false),
        ("", "robustness", varied("mapping", json!("M2")), true),
        ("", "robustness", varied("mapping", json!("beo")), false),
        ("", "robustness", varied("evidence", json!(["inferred", "implicit"])), true),
        ("", "robustness", varied("inclusion", json!({ "O4": "I" })), true),
        ("", "robustness", varied("inclusion", json!({ "O4": "J" })), false),
        ("", "robustness", varied("k01", json!("S3a")), true),
        ("", "robustness", varied("k99", json!("S3a")), false),
        ("", "robustness", json!({ "crossed": ["mapping", "k01"] }), true),
        ("", "robustness", json!({ "crossed": ["maping"] }), false),
        ("/questions", "RQ9", json!("Another question?"), true),
        ("", "seed", json!("many"), false),
    ] {
        let mut changed = settings.clone();
        let object = changed.pointer_mut(place).and_then(Json::as_object_mut);
        object.unwrap_or_else(|| panic!("{place}")).insert(key.to_owned(), value.clone());
        assert_eq!(validator.is_valid(&changed), fits, "{place}/{key}: {value}");
    }
}

#[test]
fn it_is_renewed_when_the_study_changes_and_left_alone_when_not() {
    let study = seed();
    run(study.path());
    let place = study.path().join(PLACE);
    let first = fs::read(&place).expect("written");
    let written = fs::metadata(&place).and_then(|file| file.modified()).expect("a time");
    run(study.path());
    assert_eq!(fs::metadata(&place).and_then(|file| file.modified()).expect("a time"), written);
    let codes = study.path().join("codes.csv");
    let more =
        fs::read_to_string(&codes).expect("there") + "X.new,,another,,inductive,active,,,RQ1\n";
    fs::write(&codes, more).expect("written");
    run(study.path());
    let second = fs::read_to_string(&place).expect("written");
    assert_ne!(first, second.as_bytes());
    assert!(second.contains("\"X.new\""));
}

#[test]
fn where_it_cannot_be_written_a_run_goes_on_and_says_nothing_of_it() {
    let study = seed();
    let expected = run(study.path());
    fs::remove_dir_all(study.path().join(".parallax")).expect("was written");
    fs::write(study.path().join(".parallax"), "a file in the way").expect("written");
    let output = run(study.path());
    assert_eq!(output, expected);
}
