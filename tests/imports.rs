//! Do scripts share files by name, and is it said in which file something is wrong?

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::{Look, full};
use parallax_engine::open::open;
use parallax_engine::shelf::Shelf;
use parallax_engine::shelf::script::{Library, Limits, ScriptAnalysis};
use parallax_model::{Choices, Outcome, Reading, Severity};
use serde_json::Map;

const HEADER: &str = "//! Is it shared? It is tried.\n//! ---\n//! version: 1.0.0\n//! title: Trial\n\
    //! templates: {}\n";

/// The files that scripts share, names and texts.
type Files = &'static [(&'static str, &'static str)];

/// What a researcher reads about a script that gives up with what it found, and about the files
/// that it can import.
fn told(shared: &[(&str, &str)], body: &str) -> String {
    told_within(Limits::STANDARD, shared, body)
}

fn told_within(limits: Limits, shared: &[(&str, &str)], body: &str) -> String {
    let (library, problems) = Library::with_own(shared.iter().copied());
    let mut texts: Vec<String> = problems
        .iter()
        .map(|problem| {
            let text =
                shared.iter().find(|(name, _)| problem.file.ends_with(&format!("/{name}.rhai")));
            problem.render(text.map_or("", |(_, text)| text))
        })
        .collect();
    let source = format!("{HEADER}{body}");
    let script = ScriptAnalysis::load_within(limits, &library, "trial", &source);
    let outcome = script.and_then(|script| {
        script.findings(&Reading::default(), &Map::new(), 0, &AtomicBool::new(false))
    });
    texts.push(match outcome {
        Ok(Outcome::Found(findings)) => format!("found {}", findings.len()),
        Ok(other) => format!("{other:?}"),
        Err(problem) => problem.render(&source),
    });
    texts.join("\n\n")
}

/// A script that shows a value of the language.
fn shows(shared: &[(&str, &str)], import: &str, value: &str) -> String {
    let text = told(shared, &format!("{import}\nnot_available(`${{{value}}}`)"));
    let shown = text.strip_prefix("NotAvailable(\"").and_then(|rest| rest.strip_suffix("\")"));
    shown.map_or(text.clone(), str::to_owned)
}

#[test]
fn functions_are_shared_and_see_the_reading() {
    let shared = [
        (
            "counting",
            "//! How is it counted?\nfn twice(n) { once(n) * 2 }\nfn once(n) { n }\n\
            fn how_many() { reading.roles().count() }\nexport const LEAST = 5;\n\
            fn all(list) { list.map(|n| twice(n)) }",
        ),
        (
            "deep/er",
            "//! How deep?\nimport \"shared/counting\" as counting;\n\
            fn four(n) { counting::twice(counting::twice(n)) }",
        ),
    ];
    let counting = "import \"shared/counting\" as counting;";
    assert_eq!(shows(&shared, counting, "counting::twice(4)"), "8");
    assert_eq!(shows(&shared, counting, "counting::how_many()"), "0");
    assert_eq!(shows(&shared, counting, "counting::LEAST"), "5");
    assert_eq!(shows(&shared, counting, "counting::all([1, 2])"), "[2, 4]");
    let inside = format!("{counting}\nfn f(n) {{ counting::twice(n) }}");
    assert_eq!(shows(&shared, &inside, "f(4)"), "8");
    assert_eq!(shows(&shared, "import \"shared/deep/er\" as er;", "er::four(1)"), "4");
}

/// The theory's D4 counts pairs of people who say the same.
#[test]
fn agreement_comes_with_the_program() {
    let agreement = |counts: &str| {
        let value = format!("agreement::pairwise({counts})");
        shows(&[], "import \"standard/agreement\" as agreement;", &value)
    };
    assert_eq!(agreement("[4]"), "12/12");
    assert_eq!(agreement("[1, 1, 1]"), "0/6");
    assert_eq!(agreement("[3, 2, 0, 1]"), "8/30");
    assert_eq!(agreement("[1]"), "not available");
    assert_eq!(agreement("[]"), "not available");
}

#[test]
fn each_mistake_about_imports_stands_in_its_file_and_line() {
    let cases: [(&str, Files, &str); 15] = [
        ("a file above", &[], "import \"../x\" as x;\n[]"),
        ("a path", &[], "import \"/etc/hostname\" as x;\n[]"),
        ("an ending", &[("counting", "//! C.")], "import \"shared/counting.rhai\" as x;\n[]"),
        ("a name put together", &[], "let up = \"..\";\nimport up + \"/x\" as x;\n[]"),
        ("a name that is caught", &[], "let x = \"a\";\ntry { import x as y; } catch { }\n[]"),
        ("one that is missing", &[("counting", "//! C.")], "import \"shared/countin\" as x;\n[]"),
        ("one without `shared`", &[("counting", "//! C.")], "import \"counting\" as x;\n[]"),
        ("one like no other", &[("counting", "//! C.")], "import \"shared/xyz\" as x;\n[]"),
        (
            "one with a mistake",
            &[("counting", "//! C.\nfn f( { 1 }")],
            "import \"shared/counting\" as x;\n[]",
        ),
        ("one without a sentence", &[("counting", "fn f() { 1 }")], "[]"),
        (
            "a circle",
            &[
                ("a", "//! A.\nimport \"shared/b\" as b;"),
                ("b", "//! B.\nimport \"shared/c\" as c;"),
                ("c", "//! C.\n\nimport \"shared/a\" as a;"),
            ],
            "import \"shared/a\" as a;\n[]",
        ),
        (
            "a circle that is put together",
            &[("a", "//! A.\nlet me = \"shared/\" + \"a\";\nimport me as a;")],
            "import \"shared/a\" as a;\n[]",
        ),
        (
            "a mistake in a function",
            &[
                ("a", "//! A.\nimport \"shared/b\" as b;\nfn f(n) {\n    b::g(n)\n}"),
                ("b", "//! B.\nfn g(n) {\n    fraction(n, -1)\n}"),
            ],
            "import \"shared/a\" as a;\nfn h(n) { a::f(n) }\nh(1)",
        ),
        (
            "a mistake outside functions",
            &[("a", "//! A.\nlet n = fraction(1, -1);")],
            "import \"shared/a\" as a;\n[]",
        ),
        (
            "a function that is not there",
            &[("a", "//! A.\nfn share() { 1 }")],
            "import \"shared/a\" as a;\na::shar()",
        ),
    ];
    let texts = cases.map(|(name, shared, body)| format!("── {name}\n{}", told(shared, body)));
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(texts.join("\n\n"));
    });
}

#[test]
fn limits_hold_for_what_is_imported() {
    let limits = Limits { operations: 50_000, ..Limits::STANDARD };
    for (shared, body, expected) in [
        ("//! A.\nloop { }", "[]", "stopped after 50000 steps"),
        ("//! A.\nfn f() { loop { } }", "a::f()", "stopped after 50000 steps"),
        ("//! A.\nfn f() { f() }", "a::f()", "more than 64 levels deep"),
        (
            "//! A.\n",
            "let i = 0;\nwhile i < 200 { import \"shared/a\" as b; i += 1; }\n[]",
            "import 100 times",
        ),
    ] {
        let body = format!("import \"shared/a\" as a;\n{body}");
        let text = told_within(limits, &[("a", shared)], &body);
        assert!(text.contains("P404") && text.contains(expected), "{shared}: {text}");
    }
    let many: String = (0..2000).map(|i| format!("fn f{i}() {{ {i} }}\n")).collect();
    let long = format!("// {}", "a".repeat(300_000));
    for (shared, expected) in [(many, "can have 1000 functions"), (long, "can have 262144 bytes")] {
        let text = told(&[("a", &format!("//! A.\n{shared}"))], "[]");
        let start = text.lines().next().unwrap_or_default();
        assert!(start.contains("P404") && start.contains(expected), "{start}");
    }
}

#[test]
fn a_study_shares_files_and_its_report_names_them() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(seed).expect("the seed study").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    let write = |name: &str, text: &str| {
        let path = folder.path().join("scripts").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    let body =
        "import \"shared/deep/count\" as count;\nnot_available(`${count::how_many()} roles`)";
    write("trial.rhai", &format!("{HEADER}{body}"));
    write("shared/deep/count.rhai", "//! C.\nfn how_many() { reading.roles().count() }\n");
    let opened = open(folder.path(), Shelf::default());
    assert_eq!(opened.checked.counts().0, 0, "{:?}", opened.checked.problems);
    let study = opened.checked.study.as_ref().expect("a study");
    let reading = study.reading(&Choices::default()).expect("the default reading");
    let script = opened.shelf.get("trial").expect("is on the shelf");
    let outcome = script.run(&reading, &Map::new(), 0, &AtomicBool::new(false)).outcome;
    assert_eq!(outcome, Outcome::NotAvailable("3 roles".to_owned()));
    let answered = opened.answer(study, &Choices::default()).expect("the default reading");
    let files = opened.report(&answered).provenance.files;
    let shared = files.iter().find(|(name, _)| name == "scripts/shared/deep/count.rhai");
    assert_eq!(shared.map(|(_, sha256)| sha256.len()), Some(64), "{files:?}");

    write("shared/deep/count.rhai", "//! C.\nfn how_many() { reading.roles(.len() }\n");
    let mut checked = open(folder.path(), Shelf::default()).checked;
    checked.problems.retain(|problem| problem.severity() == Severity::Error);
    let text = full(&checked, Look::default());
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(text) });
}
