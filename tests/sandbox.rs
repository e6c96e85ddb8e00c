//! Is a script that would do harm stopped, and does its author read why?

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use parallax_engine::shelf::Parameters;
use parallax_engine::shelf::script::{Library, Limits, ScriptAnalysis};
use parallax_model::{NONE, Outcome, Reading};
use serde_json::Map;

/// A header that is as it should be, for bodies that are not.
const HEADER: &str = "//! Does the sandbox hold? It is tried.\n//! ---\n//! version: 1.0.0\n//! title: Trial\n\
    //! parameters:\n//!   least: { type: integer, default: 2, help: At least so many. }\n\
    //! templates:\n//!   row: { title: Row, sentence: \"{n} of them.\" }\n\
    //! words: { n: how many, rows: rows }\n";

/// The limits of every script, but small enough to be met at once.
const SMALL: Limits = Limits { operations: 100_000, ..Limits::STANDARD };

/// What a researcher reads about a script with this body.
fn told(limits: Limits, body: &str) -> String {
    told_of(&Reading::default(), limits, body)
}

/// The same of a script that looks at a reading with something in it.
fn told_of(reading: &Reading<'static>, limits: Limits, body: &str) -> String {
    let source = format!("{HEADER}{body}");
    let script = match ScriptAnalysis::load_within(limits, Library::standard(), "trial", &source) {
        Ok(script) => script,
        Err(problem) => return problem.render(&source),
    };
    let parameters = Parameters::of(&script.manifest().parameters).expect("is a schema");
    let parameters = parameters.with_defaults(&Map::new()).expect("allows its defaults");
    match script.findings(reading, &parameters, 0, &AtomicBool::new(false)) {
        Ok(Outcome::Found(findings)) => format!("found {}", findings.len()),
        Ok(other) => format!("{other:?}"),
        Err(problem) => problem.render(&source),
    }
}

/// A snapshot without the scripts, which stand above it.
macro_rules! assert_text {
    ($text:expr $(,)?) => {
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($text) })
    };
}

/// One text of many, each under its name.
fn all_told(limits: Limits, bodies: &[(&str, &str)]) -> String {
    let texts = bodies.iter().map(|(name, body)| format!("── {name}\n{}", told(limits, body)));
    texts.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_runaway_script_is_stopped_at_its_limit() {
    assert_text!(all_told(
        SMALL,
        &[
            ("endless loop", "let a = 1;\nloop { a = 1 - a; }\n[]"),
            ("endless loop that catches", "loop { try { throw 1; } catch { } }\n[]"),
            ("recursion", "fn down(n) { down(n + 1) }\ndown(0)"),
            ("text that doubles", "let t = \"abcdefgh\";\nfor i in 0..64 { t += t; }\n[]"),
            (
                "text that doubles in place",
                "let t = \"ab\";\nfor i in 0..64 { t = `${t}${t}`; }\n[]"
            ),
            ("text that is filled up", "let t = \"a\";\nt.pad(2000000000, \"b\");\n[]"),
            ("list that doubles", "let l = [1, 2];\nfor i in 0..64 { l += l; }\n[]"),
            ("list that is filled up", "let l = [];\nl.pad(2000000000, 1);\n[]"),
            ("list of lists", "let l = [1];\nfor i in 0..64 { l = [l, l]; }\n[]"),
            ("bytes", "let b = blob(2000000000);\n[]"),
            (
                "map that grows",
                "let m = #{};\nlet i = 0;\nloop { i += 1; m[i.to_string()] = i; }\n[]"
            ),
            ("number that is too large", "let n = 9223372036854775807;\nn + 1"),
            ("deep nesting", &format!("let n = {}1{};\n[]", "(".repeat(70), ")".repeat(70))),
            (
                "many functions",
                &(0..2000).map(|i| format!("fn f{i}() {{ {i} }}\n")).collect::<String>()
            ),
        ],
    ));
}

#[test]
fn a_script_reaches_nothing_outside() {
    assert_text!(all_told(
        Limits::STANDARD,
        &[
            ("eval", "eval(\"1 + 1\")"),
            ("eval through a name", "let f = Fn(\"eval\");\nf.call(\"1 + 1\")"),
            (
                "eval through a name put together",
                "fn end(a) { a + \"al\" }\nlet f = Fn(end(\"ev\"));\nf.call(\"1 + 1\")"
            ),
            ("eval as a method", "\"1 + 1\".eval()"),
            ("sleep through a name", "let f = Fn(\"sleep\");\nf.call(10)"),
            ("a deep text as data", &format!("parse_json(\"{}\")", "[".repeat(5000))),
            ("sleep", "sleep(10);\n[]"),
            ("sleep for a part of a second", "sleep(0.5);\n[]"),
            ("clock", "let now = timestamp();\n[]"),
            ("files", "open_file(\"study.yaml\")"),
            ("powers that differ between machines", "let x = 2.0 ** 0.5;\n[]"),
            ("changing the reading", "reading = 1;\n[]"),
        ],
    ));
}

#[test]
fn functions_see_the_reading_and_the_parameters_and_cannot_change_them() {
    for (body, expected) in [
        ("fn f() { reading.roles().count() }\nthrow `got ${f()}`;", "got 0"),
        ("fn f() { parameters.least }\nthrow `got ${f()}`;", "got 2"),
        ("fn f() { [1, 2].map(|n| n + parameters.least) }\nthrow `got ${f()}`;", "got [3, 4]"),
        ("let f = || parameters.least;\nthrow `got ${f.call()}`;", "got 2"),
        (
            "fn f() { let g = || { let h = || parameters.least; h.call() }; g.call() }\nthrow `got ${f()}`;",
            "got 2",
        ),
        ("fn f() { let reading = 7; reading += 1; reading }\nthrow `got ${f()}`;", "got 8"),
        ("fn f(parameters) { parameters.least }\nthrow `got ${f(#{ least: 9 })}`;", "got 9"),
        ("fn f() { reading = 1; }\nf();\n[]", "`reading` cannot be changed"),
        ("fn f() { parameters.least = 1; }\nf();\n[]", "`parameters` cannot be changed"),
        ("fn f() { parameters.clear(); }\nf();\n[]", "`clear` would change what cannot be changed"),
        ("parameters.least = 1;\n[]", "`parameters` cannot be changed"),
    ] {
        let text = told(Limits::STANDARD, body);
        assert!(text.contains(expected), "{body}: {text}");
    }
}

/// What people said stands in notes and conditions, and a script may publish what it throws.
#[test]
fn a_script_cannot_see_what_people_said() {
    const SAID: &str = "Zwaluwstaart";
    let mut reading = Reading::default();
    reading.codes.ids = ["k"].into_iter().collect();
    reading.statements.ids = ["s1"].into_iter().collect();
    reading.statements.codes = vec![0].into();
    reading.statements.speakers = vec![NONE].into();
    reading.statements.notes = [SAID].into_iter().collect();
    reading.statements.conditions = reading.statements.notes.clone();
    let all = told_of(&reading, SMALL, "throw `${reading.statements().count()} statements`;");
    assert!(all.contains("1 statements"), "the statement is there: {all}");
    for body in [
        "throw reading;",
        "throw reading.statements();",
        "throw `${reading} ${reading.statements()}`;",
        "throw reading.statements().note;",
        "throw reading.notes;",
        "throw reading.statements().count(col(\"note\"));",
        "throw reading.statements().filter(col(\"condition\") != \"\");",
        "throw reading.statements().crosstab(\"note\", \"condition\");",
        "throw [reading, reading.statements(), reading.statements().evidence()];",
        "throw #{ all: reading.statements(), apart: reading.statements().by(\"stance\") };",
        "throw reading.statements().by(\"note\");",
        "throw reading.statements().by(\"code\").k;",
        "throw reading.codes();",
        "reading.statements().evidence() < 3",
        "fraction(reading.statements(), reading)",
        "for statement in reading.statements() { throw statement; }",
        "for statement in reading.statements() { throw statement.note; }",
        "for statement in reading.statements() { throw statement.condition; }",
        "let f = finding(\"a\", \"row\");\nf.value(\"n\", reading.statements());\nf",
        "table(\"rows\", [\"n\"]).row([reading.statements()]);\n[]",
        "[reading.statements()]",
    ] {
        let text = told_of(&reading, SMALL, body);
        assert!(!text.contains(SAID), "{body}: {text}");
        // The same from a shared file, whose functions see the reading too.
        let text = shared_told_of(&reading, body);
        assert!(text.contains("trial.rhai") && !text.contains(SAID), "{body}: {text}");
    }
}

/// What is read when a shared file does it: its function is called by the script.
fn shared_told_of(reading: &Reading<'static>, body: &str) -> String {
    let shared = format!("//! It is tried.\nfn tried() {{\n{body}\n}}\n");
    let (library, problems) = Library::with_own([("tried", shared.as_str())]);
    assert!(problems.is_empty(), "{problems:?}");
    let source =
        format!("{HEADER}import \"shared/tried\" as tried;\ntried::tried();\nthrow \"no\";");
    let script = ScriptAnalysis::load_within(SMALL, &library, "trial", &source);
    let script = script.unwrap_or_else(|problem| panic!("{}", problem.render(&source)));
    let parameters = Parameters::of(&script.manifest().parameters).expect("is a schema");
    let parameters = parameters.with_defaults(&Map::new()).expect("allows its defaults");
    let problem = script.findings(reading, &parameters, 0, &AtomicBool::new(false));
    problem.expect_err("the script gives up").render(&source)
}

#[test]
fn the_clock_stops_what_counting_does_not() {
    let limits =
        Limits { operations: u64::MAX, time: Duration::from_millis(100), ..Limits::STANDARD };
    insta::assert_snapshot!(told(limits, "loop { }\n[]"), @"
    error[P404]: the script was stopped after 0.1 seconds
       ╭▸ scripts/trial.rhai:10:6
       │
    10 │ loop { }
       ╰╴     ━
    ");
}

/// A word that goes over every statement is one step; the clock is not looked at by steps.
#[test]
fn the_clock_stops_words_that_take_long() {
    const COUNT: u32 = 500_000;
    let mut reading = Reading::default();
    reading.statements.codes = vec![0; COUNT as usize].into();
    reading.statements.modalities = vec![0; COUNT as usize].into();
    let body = "loop { reading.statements().filter(col(\"modality\") == \"duty\"); }\n[]";
    let limits = Limits { operations: 4_000, time: Duration::from_millis(200), ..Limits::STANDARD };
    let text = told_of(&reading, limits, body);
    assert!(text.contains("stopped after 0.2 seconds"), "{text}");
}

/// Each `push` counts the whole list again: the longer the list, the slower.
#[test]
fn a_list_that_is_pushed_to_for_ever_ends_at_its_limit_or_at_the_clock() {
    for body in [
        "let l = [];\nloop { l.push(1); }\n[]",
        "let l = [];\nloop { l += 1; }\n[]",
        "let l = [];\nloop { l = [l]; }\n[]",
        "let l = [[]];\nloop { l[0].push(1); }\n[]",
    ] {
        let short = Limits { list: 2_000, ..Limits::STANDARD };
        let text = told(short, body);
        assert!(text.contains("a list grew beyond 2000 values"), "{body}: {text}");
        let quick = Limits { time: Duration::from_millis(100), ..Limits::STANDARD };
        let text = told(quick, body);
        assert!(text.contains("stopped after 0.1 seconds"), "{body}: {text}");
    }
}

#[test]
fn nothing_is_left_to_chance_but_what_the_seed_decides() {
    for name in ["rand", "rand_float", "sample", "uuid", "now", "hash"] {
        let text = told(Limits::STANDARD, &format!("let l = [1, 2];\nl.{name}()"));
        assert!(text.contains(&format!("there is no function `{name}`")), "{name}: {text}");
    }
    // A map has the order of its keys, however it was filled.
    let keys = told(Limits::STANDARD, "throw `got ${#{ b: 1, c: 2, a: 3 }.keys()}`;");
    assert!(keys.contains(r#"got ["a", "b", "c"]"#), "{keys}");
}

#[test]
fn what_a_script_prints_is_in_the_log_and_nowhere_else() {
    const PRINTED: &str = "Boomklever";
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(seed).expect("the seed study").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    fs::create_dir(folder.path().join("scripts")).expect("made");
    let body = format!(
        "{HEADER}print(\"{PRINTED}\");\ndebug(\"{PRINTED}\");\nlet f = finding(\"a\", \"row\");\n\
         f.measure(\"n\", 1);\nf.no_evidence(\"a trial\");\nf"
    );
    fs::write(folder.path().join("scripts/trial.rhai"), body).expect("written");
    let run = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.arg("-C").arg(folder.path()).args(["run", "--only", "trial"]).args(options);
        command.output().expect("the command starts")
    };
    let quiet = run(&[]);
    assert_eq!(quiet.status.code(), Some(0), "{}", String::from_utf8_lossy(&quiet.stderr));
    let loud = run(&["-vv"]);
    let says = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches(PRINTED).count();
    assert_eq!([&quiet.stdout, &quiet.stderr, &loud.stdout].map(|bytes| says(bytes)), [0; 3]);
    assert_eq!(says(&loud.stderr), 2, "{}", String::from_utf8_lossy(&loud.stderr));
    let written = fs::read_dir(folder.path().join("out")).expect("a report").flatten();
    let files: Vec<_> = written.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        assert_eq!(says(&fs::read(&file).expect("read")), 0, "{}", file.display());
    }
}

#[test]
fn the_deepest_calls_with_the_deepest_expressions_fit_the_stack() {
    let nested = format!("{}down(n - 1){}", "(1 + ".repeat(9), ")".repeat(9));
    let levels = Limits::STANDARD.call_levels - 2;
    let body =
        format!("fn down(n) {{ if n == 0 {{ 0 }} else {{ {nested} }} }}\ndown({levels});\n[]");
    assert_eq!(told(Limits::STANDARD, &body), "found 0");
}

#[test]
fn memory_is_bounded_where_no_size_is_counted() {
    let limits = Limits { operations: u64::MAX, memory: 64 * 1024 * 1024, ..Limits::STANDARD };
    let body = "let m = #{};\nlet t = \"a\";\nt.pad(200000, \"b\");\nfor i in 0..1000000 { m[`${i}`] = t + i; }\n[]";
    let text = told(limits, body);
    assert!(text.contains("P404") && text.contains("64 megabytes of memory"), "{text}");
}

/// The language calls itself for each list within a list.
#[test]
fn lists_within_lists_are_shown_and_compared_on_little_stack() {
    let limits = Limits { list: 2_000, stack: 3 * 1024 * 1024, ..Limits::STANDARD };
    let body = "let l = [];\nlet m = [];\nfor i in 0..1200 { l = [l]; m = [m]; }\n";
    for (end, expected) in [
        ("throw `${l}`.len();", "gave up: 1003"),
        ("throw l == m;", "nested more than 500 deep"),
        ("throw [m].contains(l);", "nested more than 500 deep"),
        ("throw #{ l: l }.to_json();", "nested more than 500 deep"),
        ("throw l;", "gave up: [[["),
    ] {
        let text = told(limits, &format!("{body}{end}"));
        assert!(text.contains(expected), "{end}: {text}");
    }
}
