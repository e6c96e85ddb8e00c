//! Is what is wrong with a script found without running it, and nothing that is right?

use std::fs;
use std::path::{Path, PathBuf};

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{Names, STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::vocabulary;

/// A header that is as it should be, with a body that uses all of it.
const HEADER: &str = "//! Who says what? Everything is counted.\n//! ---\n//! version: 1.0.0\n\
    //! title: { en: Trial, nl: Proef }\n\
    //! question: { nl: Wie zegt wat? }\n//! method: { nl: Alles wordt geteld. }\n\
    //! parameters:\n//!   least: { type: integer, default: 2, help: At least so many. }\n\
    //! templates:\n//!   row: { title: \"{code}\", sentence: { en: \"{n} of them.\", nl: \"{n} ervan.\" } }\n\
    //! caveats: { few: { en: These are few., nl: Dit zijn er weinig. } }\n\
    //! words: { n: { en: how many, nl: hoeveel }, rows: { en: rows, nl: rijen } }\n";

/// Lines that use everything that the header declares.
const USES: &str = "let f = finding(\"all\", \"row\");\nf.value(\"code\", reading.codes()[0]);\n\
    f.measure(\"n\", parameters.least);\nf.caveat(\"few\");\nf.table(table(\"rows\", [\"n\"]));\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn seed() -> Names {
    names_of("vso-internships")
}

fn names_of(study: &str) -> Names {
    let checked = check_folder(&root().join("studies").join(study));
    Names::of(&checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems)))
}

/// What is said of a script, a line for each problem.
fn told(source: &str, names: Option<&Names>) -> String {
    let script = ScriptAnalysis::load("trial", source);
    let script = script.unwrap_or_else(|problem| panic!("{}", problem.render(source)));
    let problems = script.problems(names);
    let lines = problems.iter().map(|problem| {
        let (code, severity) = (problem.kind.code(), problem.kind.severity());
        format!("{severity:?} {code} {problem}\n").replace("scripts/trial.rhai:", "")
    });
    lines.collect()
}

/// Lines that are wrong, each under its name, in a script that is right beside them.
fn all_told(names: Option<&Names>, bodies: &[(&str, &str)]) -> String {
    let texts = bodies.iter().map(|(name, body)| {
        let source = format!("{HEADER}{body}\n{USES}f");
        format!("── {name}\n{body}\n{}", told(&source, names))
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// A snapshot without the expression that gave it.
macro_rules! assert_text {
    ($name:expr, $text:expr $(,)?) => {
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($name, $text) })
    };
}

#[test]
fn every_standard_script_checks_clean() {
    for (id, source) in STANDARD_SCRIPTS {
        let script = ScriptAnalysis::load(id, source).expect("a standard script loads");
        for names in [None, Some(&seed())] {
            let problems: Vec<String> =
                script.problems(names).iter().map(|problem| problem.render(source)).collect();
            assert!(problems.is_empty(), "{}", problems.join("\n\n"));
        }
    }
}

#[test]
fn the_script_that_the_guide_shows_checks_clean() {
    let guide = fs::read_to_string(root().join("scripts/README.md")).expect("the guide is there");
    let shown = guide.split("```rhai\n").nth(1).and_then(|rest| rest.split("```").next());
    assert_eq!(told(shown.expect("the guide shows a script"), Some(&seed())), "");
}

#[test]
fn functions_and_properties_that_do_not_exist_are_found() {
    assert_text!(
        "functions",
        all_told(
            None,
            &[
                ("function that does not exist", "let n = reading.statments().count();"),
                ("function that does not exist, called plainly", "let n = jacard([1], [2]);"),
                ("function of the script, misspelt", "fn share(n) { n }\nlet a = shore(1);"),
                ("too many values", "let n = reading.statements().first(1);"),
                ("too few values", "let n = decimal(1.5);"),
                (
                    "function of the script with too few values",
                    "fn share(n, of) { n }\nlet a = share(1);"
                ),
                ("function of the language with too many values", "let n = [1].len(2, 3);"),
                ("property that is called", "let n = reading.roles()[0].label();"),
                ("function that is not called", "let n = reading.statements().count;"),
                ("property that is misspelt", "let n = reading.roles()[0].lable;"),
                (
                    "inside a function and a closure",
                    "fn a(x) {\n    x.map(|y| y.lable)\n}\na(reading.roles());"
                ),
                (
                    "tests that are joined wrongly",
                    "let t = col(\"role\") == \"S\" && !(col(\"case\") == \"1\");\nlet u = (col(\"role\") == \"S\") || col(\"case\").one_of([\"1\"]);"
                ),
                ("the clock", "let t = timestamp();"),
                (
                    "a function that an import has not",
                    "import \"standard/agreement\" as agreement;\nlet n = agreement::pairwsie([1, 2]);\nlet m = agreement::pairwise(1, 2);"
                ),
            ],
        )
    );
}

#[test]
fn what_the_header_does_not_declare_is_found() {
    assert_text!(
        "header",
        all_told(
            None,
            &[
                ("template", "let g = finding(\"a\", \"rwo\");"),
                (
                    "measure",
                    "f.measure(\"m\", 1);\n".replace("f.", "finding(\"a\", \"row\").").as_str()
                ),
                ("value that is a word", "finding(\"a\", \"row\").value(\"n\", \"many\");"),
                ("value that no template shows", "finding(\"a\", \"row\").value(\"nn\", 1);"),
                ("caveat", "finding(\"a\", \"row\").caveat(\"fwe\");"),
                (
                    "table and columns",
                    "let t = table(\"rowz\", [\"n\", \"role\"] + [\"m\"]);\nt.row([\"totl\", 1, 2]);"
                ),
                ("grid", "let g = grid(\"across\", [\"total\"]);"),
                ("parameter", "let n = parameters.laest + parameters[\"most\"];"),
            ],
        )
    );
}

#[test]
fn columns_and_values_that_do_not_exist_are_found() {
    let bodies = [
        ("column", "let s = reading.statements().filter(col(\"modalty\") == \"duty\");"),
        ("column to group by", "let s = reading.statements().by(\"rol\");"),
        ("columns to cross", "let s = reading.statements().crosstab(\"role\", \"stanse\");"),
        ("value of a closed list", "let s = col(\"modality\") == \"dutty\";"),
        ("values of a closed list", "let s = col(\"stance\").one_of([\"deny\", \"affrm\"]);"),
        ("the other way round", "let s = \"dutty\" != col(\"modality\");"),
        ("whose", "let i = item(reading.codes()[0], \"othrs\").as_a(\"dutty\");"),
    ];
    assert_text!("values", all_told(None, &bodies));
    let of_the_study = [
        ("code", "let c = reading.code(\"P.tsk\");"),
        ("codes below", "let c = reading.codes_below(\"P.tsk\");"),
        ("column of codes", "let s = col(\"code\").one_of([\"P.task\", \"P.tasks\"]);"),
        ("column of roles", "let s = col(\"role\") == \"Q\";"),
        ("column of people", "let s = col(\"speaker\") == \"S11\";"),
        ("bearer", "let s = (col(\"bearer\") == \"slef\") | (col(\"bearer\") == \"L6\");"),
        ("item", "let i = item(\"P.tsk\", \"own\");"),
        (
            "positions",
            "let p = reading.positions(\"participant\").filter(col(\"status\") == \"unmett\");",
        ),
        ("attribute", "let s = col(\"speaker.heigth\") == \"1\";"),
        ("property", "let s = reading.units().list().filter(|u| u.role.id == \"X\");"),
    ];
    assert_text!("of_the_study", all_told(Some(&seed()), &of_the_study));
}

#[test]
fn what_is_declared_in_vain_is_found() {
    let header = HEADER.replace("{n} of them.", "{n} of {whole}.");
    let unfilled = format!("{header}{USES}f");
    let unused = format!("{HEADER}not_available(\"nothing is counted yet\")");
    let language = HEADER.replace(", nl: rijen", "").replace(", nl: \"{n} ervan.\"", "");
    let language = format!("{language}{USES}f");
    let texts = [("unfilled", unfilled), ("unused", unused), ("language", language)]
        .map(|(name, source)| format!("── {name}\n{}", told(&source, None)));
    assert_text!("in_vain", texts.join("\n"));
}

#[test]
fn lines_that_never_run_and_endings_without_findings_are_found() {
    let never = [
        (
            "after a return",
            "if parameters.least > 2 {\n    return not_available(\"a\");\n    let a = 1;\n}",
        ),
        ("after a return in a function", "fn a(n) {\n    return n;\n    n + 1\n}\na(1);"),
        ("after a break", "for code in reading.codes() {\n    continue;\n    let a = 1;\n}"),
        ("after what gives up", "if parameters.least > 2 { throw \"a\"; let a = 1; }"),
    ];
    assert_text!("unreachable", all_told(None, &never));
    let endings = [
        "let g = f;",
        "f.measure(\"n\", 2)",
        "f.evidence(reading.statements().evidence());",
        "3",
        "`${f}`",
        "for i in 0..3 { }",
        "f = [];",
        "return 1;",
    ];
    let texts =
        endings.map(|end| format!("── {end}\n{}", told(&format!("{HEADER}{USES}{end}"), None)));
    assert_text!("endings", texts.join("\n"));
}

#[test]
fn the_example_of_every_word_is_left_alone() {
    let names = names_of("logbook");
    for word in vocabulary() {
        let (example, _) = word.example.split_once("  // ").expect("an example says its value");
        let source = format!("{HEADER}{example};\n{USES}f");
        assert_eq!(told(&source, Some(&names)), "", "{}: {example}", word.usage);
    }
}

#[test]
fn what_is_right_is_left_alone() {
    let right = [
        "let m = #{ lable: 1 };\nm.colour = m.lable;\nm[\"shape\"] = m.colour + m.shape;",
        "let m = #{ twice: |x| x + x };\nlet a = m.twice(2) + m.twice.call(2);",
        "fn share(n) { n }\nfn share(n, of) { n + of }\nlet a = share(1) + share(1, 2);",
        "let by = reading.statements().by(\"role\");\nlet n = by.L.count() + by.keys().len();",
        "let t = reading.units().list().map(|u| u.id).reduce(|a, b| a + b);",
        "for (role, i) in reading.roles() { if i > 2 { break; } }",
        "let a = [3, 1].sort(|a, b| a - b);\nlet b = `${a}`.len() + \"abc\".sub_string(1).len();",
        "let name = if parameters.least > 2 { \"n\" } else { \"rows\" };\nlet t = table(name, [name]);",
        "let c = reading.cells(item(reading.codes()[0], \"any\")).tally(reading.units());\nlet n = c.yes + c.not_asked;",
        "let k = reading.claims().by(\"kind\");\nlet n = if \"count\" in k { k.count.count() + k.only.count() } else { 0 };",
        "let y = reading.participants().sort(\"case.label\").filter(col(\"case.id\") == \"1\");",
        "let t = [[1, 2]].map(|pair| pair[0]);\nlet g = t.len() == 1 && t[0] == 1 || false;",
        "if parameters.least > 9 { return not_available(\"too few\"); }",
        "switch parameters.least { 1 => { return []; }, _ => () }",
        "let s = col(\"speaker\") == \"\";\nlet p = col(\"perspective\") == \"0\";",
        "import \"standard/agreement\" as agreement;\nlet same = agreement::pairwise([3, 2]);",
        "print(type_of(1));\nlet f = Fn(\"abs\");\nlet n = f.call(-1);",
    ];
    for body in right {
        for names in [None, Some(&seed())] {
            assert_eq!(told(&format!("{HEADER}{body}\n{USES}f"), names), "", "{body}");
        }
    }
    for end in [
        "f",
        "[f]",
        "[]",
        "return f;",
        "if parameters.least > 1 { f } else { [] }",
        "[f].filter(|g| true)",
    ] {
        assert_eq!(told(&format!("{HEADER}{USES}{end}"), None), "", "{end}");
    }
}
