//! Does the repository keep the rules that a compiler cannot hold?
//!
//! Every rule is a function from one page to its faults. One test puts every page to every rule,
//! another shows that each rule can fail.

#[path = "house/page.rs"]
mod page;
#[path = "house/rule.rs"]
mod rule;

use std::collections::BTreeSet;

use page::{Page, page, pages};
use parallax_model::problem::Kind;

/// A rule, with a page that breaks it and one that keeps it.
struct Rule {
    says: &'static str,
    faults: fn(&Page) -> Vec<String>,
    breaks: (&'static str, &'static str),
    keeps: (&'static str, &'static str),
}

const RULES: [Rule; 13] = [
    Rule {
        says: "a file opens with a `//!` sentence that says which question it answers",
        faults: rule::opening,
        breaks: ("core/model/src/x.rs", "//! Coverage\n\nuse std::fmt;\n"),
        keeps: ("scripts/x.rhai", "//! Who said\n//! what?\n\nlet x = 1;\n"),
    },
    Rule {
        says: "a hand-written file has at most 400 lines",
        faults: rule::length,
        breaks: ("plugins/x/src/lib.rs", LONG),
        keeps: ("Cargo.lock", LONG),
    },
    Rule {
        says: "a script of the shelf has at most 120 lines, of at most 100 characters below its \
               header, and one statement a line",
        faults: rule::script,
        breaks: ("scripts/x.rhai", "//! Who?\nlet a = 1; let b = 2;\n"),
        keeps: ("scripts/x.rhai", "//! Who?\nif a { b(\"x; y\"); }  // c; d\n"),
    },
    Rule {
        says: "`unsafe` stands at the border only",
        faults: rule::unsafe_code,
        breaks: ("core/cli/src/main.rs", "fn f() { unsafe { g() } }"),
        keeps: ("core/cli/src/main.rs", "// unsafe\nfn f() { g(\"unsafe { }\", '\"') }"),
    },
    Rule {
        says: "nothing is unfinished, switched off or allowed without a reason",
        faults: rule::unfinished,
        breaks: ("tests/x.rs", concat!("#[test]\n#[", "ignore]\nfn x() {}")),
        keeps: ("tests/x.rs", "#[expect(dead_code, reason = \"…\")]\nfn todo_list() {}"),
    },
    Rule {
        says: "no path of one machine stands in the repository",
        faults: rule::machine_path,
        breaks: ("README.md", concat!("see /ho", "me/me/study")),
        keeps: ("README.md", "see studies/home/me"),
    },
    Rule {
        says: "public names and files use the project's words",
        faults: rule::foreign_word,
        breaks: ("core/model/src/study.rs", "pub fn load_dataset() {}"),
        keeps: ("core/model/src/study.rs", "fn dataset() {}\npub fn commonly() {}"),
    },
    Rule {
        says: "the model reads no file, clock, network, process or environment",
        faults: rule::impure_model,
        breaks: ("core/model/src/cell.rs", "use std::time::Duration;"),
        keeps: ("core/model/src/cell.rs", "use std::collections::BTreeMap; // not std::time"),
    },
    Rule {
        says: "only the command reads the environment and ends the program",
        faults: rule::environment,
        breaks: ("core/engine/src/run.rs", "let n = std::env::var(\"N\");"),
        keeps: (
            "core/engine/src/run.rs",
            "env::consts::OS;\n#[cfg(test)]\nmod tests { env::args() }",
        ),
    },
    Rule {
        says: "files are written whole, by `write`",
        faults: rule::half_file,
        breaks: ("core/cli/src/main.rs", "std::fs::write(path, bytes)?;"),
        keeps: ("core/cli/src/main.rs", "write::whole(path, bytes)?;"),
    },
    Rule {
        says: "a room of the engine uses only rooms before it on the path of data",
        faults: rule::engine_arrow,
        breaks: ("core/engine/src/text/csv.rs", "use crate::report::html;"),
        keeps: ("core/engine/src/run.rs", "use crate::{run, shelf::Shelf};"),
    },
    Rule {
        says: "crates depend on one another along the arrows, share the lints, have no features",
        faults: rule::manifest,
        breaks: ("plugins/x/Cargo.toml", "[dependencies]\nparallax-engine.workspace = true\n"),
        keeps: (
            "plugins/x/Cargo.toml",
            "[dependencies]\nparallax-plugin.workspace = true\n[dev-dependencies]\n\
             parallax-engine.workspace = true\n[lints]\nworkspace = true\n",
        ),
    },
    Rule {
        says: "every path that a README names exists",
        faults: rule::dead_path,
        breaks: ("plugins/README.md", "see `plugins/nowhere/src/lib.rs`"),
        keeps: ("plugins/README.md", "see `core/model`, `out/report.md`\n```\ngone/away\n```\n"),
    },
];

/// More lines than a file may have.
const LONG: &str = {
    const BYTES: [u8; rule::LINES + 1] = [b'\n'; rule::LINES + 1];
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => "",
    }
};

#[test]
fn every_page_keeps_every_rule() {
    let pages = pages();
    assert!(pages.iter().any(|page| page.path == "core/model/src/lib.rs"), "the walk is broken");
    let mut faults = Vec::new();
    for rule in &RULES {
        for page in &pages {
            for fault in (rule.faults)(page) {
                faults.push(format!("{}: {fault}  ({})", page.path, rule.says));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_rule_can_fail() {
    for rule in &RULES {
        let page =
            |(path, text): (&str, &str)| Page { path: path.to_owned(), text: text.to_owned() };
        assert!(!(rule.faults)(&page(rule.breaks)).is_empty(), "does not notice: {}", rule.says);
        assert_eq!((rule.faults)(&page(rule.keeps)), Vec::<String>::new(), "{}", rule.says);
    }
}

#[test]
fn every_analysis_is_named_by_a_test() {
    let pages = pages();
    let mut analyses: BTreeSet<&str> = BTreeSet::new();
    for page in &pages {
        if let ["plugins", id, "Cargo.toml"] = page.rooms()[..] {
            analyses.insert(id);
        }
        if let ["scripts", file] = page.rooms()[..] {
            analyses.extend(file.strip_suffix(".rhai"));
        }
    }
    assert!(!analyses.is_empty());
    let unnamed: Vec<_> = analyses.iter().filter(|id| !is_tested(id, &pages)).collect();
    assert!(unnamed.is_empty(), "no test and no snapshot names {unnamed:?}");
    assert!(!is_tested("an-analysis-nobody-wrote-a-test-for", &[]));
}

#[test]
fn every_standard_script_has_a_small_study() {
    let pages = pages();
    let untested = without_small_study(&pages);
    assert!(untested.is_empty(), "no small study in `scripts`, or nothing accepted: {untested:?}");
    let page = |path: &str| Page { path: path.to_owned(), text: String::new() };
    let script = || page("scripts/new.rhai");
    assert_eq!(without_small_study(&[script()]), ["new"]);
    let study = || page("scripts/new/study.yaml");
    assert_eq!(without_small_study(&[script(), study()]), ["new"], "nothing was accepted");
    let accepted = page("scripts/new/findings/accepted/new.json");
    assert!(without_small_study(&[script(), study(), accepted]).is_empty());
}

#[test]
fn every_test_file_is_declared() {
    let pages = pages();
    let manifest = page(&pages, "core/cli/Cargo.toml");
    for file in pages.iter().filter(|page| matches!(page.rooms()[..], ["tests", _])) {
        let stem = file.rooms()[1].strip_suffix(".rs");
        let Some(stem) = stem else { continue };
        let used = pages.iter().any(|page| {
            page.path.starts_with("tests/") && page.text.contains(&format!("\nmod {stem};"))
        });
        let declared = manifest.text.contains(&format!("../../tests/{stem}.rs\""));
        assert!(declared || used, "{} never runs: core/cli/Cargo.toml lacks it", file.path);
    }
}

/// The fuzzer is built with `--locked`, by `.ci/run` only, so nothing else would notice.
#[test]
fn the_fuzzers_lock_knows_every_dependency_of_the_engine() {
    let pages = pages();
    let lock = std::fs::read_to_string(page::repository().join("tests/fuzz/Cargo.lock"));
    let lock = &lock.expect("the fuzzer has a lock");
    for room in ["model", "plugin", "engine"] {
        let manifest = &page(&pages, &format!("core/{room}/Cargo.toml")).text;
        assert_eq!(missing_in_lock(room, manifest, lock), Vec::<&str>::new(), "{LOCK_REMEDY}");
    }
    let manifest = "[dependencies]\nserde.workspace = true\n\n[dev-dependencies]\ninsta = 1\n";
    let lock = "[[package]]\nname = \"parallax-new\"\ndependencies = [\n \"libm\",\n]\n";
    assert_eq!(missing_in_lock("new", manifest, lock), ["serde"]);
}

const LOCK_REMEDY: &str = "run `cargo metadata --manifest-path tests/fuzz/Cargo.toml` and commit";

/// The dependencies of one of our crates that a lock file does not list below that crate.
fn missing_in_lock<'m>(room: &str, manifest: &'m str, lock: &str) -> Vec<&'m str> {
    let named = format!("name = \"parallax-{room}\"");
    let locked = lock.split("[[package]]").find(|package| package.contains(&named));
    let locked = locked.unwrap_or_default();
    let from_start = manifest.split("[dependencies]\n").nth(1).unwrap_or_default();
    let lines = from_start.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split(['.', ' ', '=']).next());
    let named = names.filter(|name| !name.is_empty() && !name.starts_with('#'));
    // A name stands alone, or before a version where two versions are in use.
    let knows =
        |name: &str| ["\"", " "].iter().any(|end| locked.contains(&format!("\"{name}{end}")));
    named.filter(|name| !knows(name)).collect()
}

#[test]
fn the_changelog_and_the_citation_know_this_version() {
    let pages = pages();
    let version = env!("CARGO_PKG_VERSION");
    assert!(page(&pages, "CHANGELOG.md").text.contains(&format!("## {version}")));
    assert!(page(&pages, "CITATION.cff").text.contains(&format!("version: {version}\n")));
}

#[test]
fn every_kind_of_problem_has_its_own_code_and_meaning() {
    let codes: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), Kind::ALL.len(), "two kinds of problem share a code");
    for kind in Kind::ALL {
        let (family, number) = kind.code().split_at(1);
        assert!("FSRPCV".contains(family) && number.len() == 3, "{}: unknown family", kind.code());
        let meaning = kind.meaning().trim();
        assert!(meaning.ends_with('.'), "{}: {meaning:?} is no sentence", kind.code());
    }
}

/// The scripts that lack a small study with accepted findings, which `parallax script test` reads.
fn without_small_study(pages: &[Page]) -> Vec<&str> {
    let is_there = |path: String| pages.iter().any(|page| page.path == path);
    let scripts = pages.iter().filter_map(|page| match page.rooms()[..] {
        ["scripts", file] => file.strip_suffix(".rhai"),
        _ => None,
    });
    let lacking = scripts.filter(|id| {
        !is_there(format!("scripts/{id}/study.yaml"))
            || !is_there(format!("scripts/{id}/findings/accepted/{id}.json"))
    });
    lacking.collect()
}

fn is_tested(id: &str, pages: &[Page]) -> bool {
    pages.iter().any(|page| {
        let is_test = page.rooms().contains(&"tests") || page.path.ends_with(".snap");
        is_test && (page.path.contains(id) || page.text.contains(id))
    })
}
