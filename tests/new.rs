//! Does each template give a study that is in order, runs, finds something and explains itself?

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use parallax_engine::model::settings::Language;
use parallax_engine::template::{Template, files};
use parallax_engine::text::yaml;
use serde_json::Value as Json;

const LANGUAGES: [Language; 2] = [Language::En, Language::Nl];

fn parallax(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    // Consent ends some day.
    let day = ["--today", "2026-06-01"];
    command.current_dir(place).args(arguments).args(day).env("NO_COLOR", "1");
    command.output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("is UTF-8")
}

/// What a command says where it is expected to go well.
fn well(place: &Path, arguments: &[&str]) -> String {
    let output = parallax(place, arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", text(&output.stderr));
    text(&output.stdout)
}

/// Every file below a folder, with its bytes.
fn below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path => {
                    let name = path.strip_prefix(folder).expect("below it").to_string_lossy();
                    found.insert(name.replace('\\', "/"), fs::read(&path).expect("read"));
                }
            }
        }
    }
    found
}

/// What a new study of this template is like; `check` looks at it in its folder.
fn each(check: impl Fn(&Path, Template, Language)) {
    for template in Template::ALL {
        for language in LANGUAGES {
            let desk = tempfile::tempdir().expect("a folder");
            let named = ["--template", template.id(), "--language", language.code()];
            well(desk.path(), &[&["new", "study"][..], &named].concat());
            check(&desk.path().join("study"), template, language);
        }
    }
}

#[test]
fn each_is_in_order_and_finds_something() {
    each(|study, template, language| {
        let checked = well(study, &["check", "--strict"]);
        assert!(checked.ends_with("no problems\n"), "{checked}");
        let scripts = well(study, &["script", "check", "--strict"]);
        assert!(scripts.contains("1 script"), "{scripts}");
        well(study, &["run", "--one-reading"]);
        let findings = fs::read(study.join("out/findings.json")).expect("written");
        let findings: Json = serde_json::from_slice(&findings).expect("is JSON");
        assert_eq!(findings["study"]["language"], language.code());
        let ids: Vec<&str> = findings["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|finding| finding["id"].as_str())
            .collect();
        assert!(ids.contains(&"example/all"), "the own script of {template:?} finds nothing");
        assert!(ids.len() > 40, "{template:?}: {}", ids.len());
        let verdicts = findings["claims"].as_array().map_or(0, Vec::len);
        assert_eq!(verdicts > 0, study.join("claims.csv").exists(), "{template:?}");
    });
}

#[test]
fn the_example_shows_what_nearly_every_analysis_finds() {
    let desk = tempfile::tempdir().expect("a folder");
    well(desk.path(), &["new", "study", "--template", "example"]);
    well(&desk.path().join("study"), &["run", "--one-reading"]);
    let findings = fs::read(desk.path().join("study/out/findings.json")).expect("written");
    let findings: Json = serde_json::from_slice(&findings).expect("is JSON");
    let silent: Vec<&str> = findings["analyses"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|entry| entry["outcome"]["kind"] != "found")
        .filter_map(|entry| entry["id"].as_str())
        .collect();
    assert_eq!(silent, ["composition-scan"]);
}

#[test]
fn the_readme_names_what_is_there_and_commands_that_run() {
    let help = text(&parallax(Path::new("."), &["--help"]).stdout);
    each(|study, template, _| {
        let readme = fs::read_to_string(study.join("README.md")).expect("there");
        well(study, &["run", "--one-reading"]);
        let commands = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
        let commands: Vec<&str> = commands.expect("commands").lines().collect();
        assert_eq!(commands.len(), 3, "{template:?}");
        for command in commands.iter().filter(|command| **command != "parallax run") {
            let words: Vec<&str> = command.split(' ').skip(1).collect();
            well(study, &words);
        }
        // Files are named in running text and in the table, between backquotes.
        let prose: String = readme.split("```").step_by(2).collect();
        let named: Vec<&str> = prose.split('`').skip(1).step_by(2).collect();
        let is_path = |name: &&&str| {
            let ends = [".csv", ".yaml", ".yml", ".md", ".rhai", ".html", ".json"];
            ends.iter().any(|end| name.ends_with(end)) && !name.contains(' ')
        };
        let paths: Vec<&&str> = named.iter().filter(is_path).collect();
        assert!(paths.len() > 10, "{paths:?}");
        for path in paths {
            assert!(study.join(path).is_file(), "{path} in the README of {template:?}");
        }
        for (path, _) in below(study).iter().filter(|(path, _)| !path.starts_with("out/")) {
            assert!(named.contains(&path.as_str()) || path == "README.md", "{path}: not named");
        }
        for words in named.iter().filter_map(|name| name.strip_prefix("parallax ")) {
            let verb = words.split(' ').next().unwrap_or_default();
            assert!(help.contains(&format!("\n  {verb} ")), "{words}");
        }
    });
}

#[test]
fn the_schema_fits_the_study_and_knows_its_roles() {
    each(|study, template, _| {
        let schema = fs::read(study.join(".parallax/study.schema.json")).expect("there");
        let schema: Json = serde_json::from_slice(&schema).expect("is JSON");
        let validator = jsonschema::draft7::new(&schema).expect("a schema");
        let settings = fs::read_to_string(study.join("study.yaml")).expect("there");
        assert!(settings.starts_with("# yaml-language-server: $schema=.parallax/"));
        let settings = yaml::read(&settings).expect("is YAML").json();
        let wrong: Vec<String> = validator
            .iter_errors(&settings)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{template:?}: {wrong:#?}");
        // A run has nothing to renew.
        well(study, &["run", "--one-reading", "--only", "code-matrix"]);
        let after = fs::read(study.join(".parallax/study.schema.json")).expect("there");
        assert_eq!(schema, serde_json::from_slice::<Json>(&after).expect("is JSON"));
    });
}

#[test]
fn nothing_that_is_there_is_touched() {
    let desk = tempfile::tempdir().expect("a folder");
    well(desk.path(), &["new", "study"]);
    let study = desk.path().join("study");
    fs::write(study.join("codes.csv"), "id\nown\n").expect("written");
    let before = below(&study);
    let refused = parallax(desk.path(), &["new", "study", "--template", "care"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
    let told = text(&refused.stderr);
    assert!(told.contains("\n  codes.csv\n") && told.contains("\nhelp: "), "{told}");
    assert_eq!(below(&study), before);
}

#[test]
fn a_folder_with_other_files_is_filled() {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("memo.txt"), "mine").expect("written");
    let said = well(desk.path(), &["new", "."]);
    assert!(said.starts_with("Created a study in this folder"), "{said}");
    assert!(said.ends_with("Next:\n  parallax run\n"), "{said}");
    assert_eq!(fs::read(desk.path().join("memo.txt")).expect("there"), b"mine");
    well(desk.path(), &["check", "--strict"]);
}

#[test]
fn what_cannot_be_made_is_refused_and_leaves_nothing() {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("file"), "mine").expect("written");
    for (arguments, status) in [
        (&["new", "file"][..], 2),
        (&["new", "file/study"], 3),
        (&["new", "study", "--template", "none"], 2),
        (&["new", "study", "--language", "fr"], 2),
        (&["-C", ".", "new", "study"], 2),
        (&["new"], 2),
    ] {
        let output = parallax(desk.path(), arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(below(desk.path()).len(), 1);
}

#[test]
fn a_study_has_the_same_bytes_wherever_it_begins() {
    let desk = tempfile::tempdir().expect("a folder");
    well(desk.path(), &["new", "one", "--template", "example"]);
    well(desk.path(), &["new", "deep/two", "--template", "example"]);
    assert_eq!(below(&desk.path().join("one")), below(&desk.path().join("deep/two")));
}

#[test]
fn the_workflow_installs_this_version_and_reads_only() {
    for language in LANGUAGES {
        let files = files(Template::Minimal, language);
        let workflow = files.iter().find(|file| file.path.ends_with("parallax.yml"));
        let workflow = &workflow.expect("there").text;
        let said = yaml::read(workflow).expect("is YAML").json();
        assert_eq!(said["permissions"], serde_json::json!({ "contents": "read" }));
        let steps = said["jobs"]["study"]["steps"].as_array().expect("steps").clone();
        let runs: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
        let version = env!("CARGO_PKG_VERSION");
        let repository = env!("CARGO_PKG_REPOSITORY");
        let install =
            format!("cargo install --locked --git {repository} --tag v{version} parallax");
        assert_eq!(runs, [&install, "parallax check --format github", "parallax run --locked"]);
        // What participants said is in the report, and more is told to whoever asks with -v.
        assert!(!workflow.contains("upload") && !workflow.contains(" -v"), "{workflow}");
    }
}

#[test]
fn what_the_workflow_runs_goes_well_once_findings_are_accepted() {
    let desk = tempfile::tempdir().expect("a folder");
    well(desk.path(), &["new", "study", "--template", "minimal"]);
    let study = desk.path().join("study");
    well(&study, &["review", "--accept", "--because", "first version", "--by", "me"]);
    // A checkout has what is committed, and no more.
    fs::remove_dir_all(study.join("out")).unwrap_or_default();
    well(&study, &["check", "--format", "github"]);
    well(&study, &["run", "--locked"]);
    let changed = fs::read_to_string(study.join("statements.csv")).expect("there");
    fs::write(study.join("statements.csv"), changed.replacen("deny", "affirm", 1))
        .expect("written");
    assert_eq!(parallax(&study, &["run", "--locked"]).status.code(), Some(1));
}

#[test]
fn what_it_says() {
    let desk = tempfile::tempdir().expect("a folder");
    let mut page = String::new();
    for arguments in [
        &["new", "zorgstudie", "--template", "care", "--language", "nl"][..],
        &["new", "zorgstudie"],
        &["new", "garden", "--format", "json"],
    ] {
        let output = parallax(desk.path(), arguments);
        page.push_str(&format!("$ parallax {}\n", arguments.join(" ")));
        page.push_str(&text(&output.stdout));
        page.push_str(&text(&output.stderr));
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}

#[test]
fn the_page_of_a_new_study() {
    for (template, language) in [(Template::Minimal, Language::En), (Template::Care, Language::Nl)]
    {
        let files = files(template, language);
        let readme = files.iter().find(|file| file.path == "README.md").expect("there");
        insta::assert_snapshot!(format!("page_{}_{}", template.id(), language.code()), readme.text);
    }
}
