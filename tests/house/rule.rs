//! What is wrong with one page, by each rule of the house?

use std::collections::BTreeSet;
use std::path::Path;

use crate::page::{Page, parts, repository, without_comments_and_strings, words};

/// Longest hand-written file, tests included.
pub(crate) const LINES: usize = 400;

/// The only places where `unsafe` may stand: the C border, and the loading of libraries.
const UNSAFE: [&str; 6] = [
    "core/plugin/src/abi",
    "core/plugin/src/columns",
    "core/plugin/src/export",
    "core/engine/src/shelf/library.rs",
    "core/engine/src/shelf/library/",
    "core/engine/src/shelf/apart/mapped.rs",
];

/// Which rooms of the engine a room may use: rooms before it on the path of data; `open` joins
/// them, and the rooms below it ask what came of a study at another time, or give it away.
const ROOMS: &[(&str, &[&str])] = &[
    ("write", &[]),
    ("log", &["text", "write"]),
    ("folder", &[]),
    ("text", &["folder"]),
    ("check", &["folder", "text"]),
    ("consent", &["check"]),
    ("shelf", &["text"]),
    ("cache", &["shelf", "write"]),
    ("run", &["shelf", "cache"]),
    ("claims", &["shelf"]),
    ("robustness", &["shelf", "run", "cache"]),
    ("accept", &[]),
    ("report", &[]),
    (
        "open",
        &["cache", "check", "claims", "folder", "report", "robustness", "run", "shelf", "text"],
    ),
    ("kept", &["check", "folder", "text"]),
    ("lock", &["text"]),
    (
        "since",
        &[
            "accept", "cache", "check", "folder", "kept", "lock", "log", "open", "run", "shelf",
            "text", "write",
        ],
    ),
    ("withdraw", &["check", "folder", "kept", "lock", "log", "text", "write"]),
    ("share", &["check", "folder", "open", "shelf", "text"]),
    ("export", &["check", "folder", "lock", "open", "report", "share", "text", "write"]),
    ("trust", &["conformance", "shelf", "write"]),
    ("conformance", &["shelf"]),
    ("worker", &["conformance", "shelf"]),
    ("template", &["editor", "write"]),
    ("editor", &["shelf", "write"]),
];

/// Words of other trades, and names of drawers that fill up.
const NOT_OUR_WORDS: [&str; 15] = [
    "annotation",
    "builder",
    "common",
    "corpus",
    "dataset",
    "factory",
    "handler",
    "helper",
    "helpers",
    "manager",
    "misc",
    "ontology",
    "taxonomy",
    "util",
    "utils",
];

/// A file opens with a sentence.
pub(crate) fn opening(page: &Page) -> Vec<String> {
    if !page.is_code() {
        return Vec::new();
    }
    let lines = page.text.lines().map_while(|line| line.strip_prefix("//!"));
    // Below a rule stands the YAML of a script's header.
    let prose = lines.map(str::trim).take_while(|line| !line.is_empty() && *line != "---");
    let sentence: Vec<&str> = prose.collect();
    let ends_well = sentence.last().is_some_and(|line| line.ends_with(['.', '?']));
    if ends_well { Vec::new() } else { vec!["no such sentence".to_owned()] }
}

/// A file fits a reader's head.
pub(crate) fn length(page: &Page) -> Vec<String> {
    let lines = page.text.lines().count();
    if page.is_code() && lines > LINES { vec![format!("{lines} lines")] } else { Vec::new() }
}

/// Most lines of a script of the standard shelf, and most characters of a line below its header.
const SCRIPT: (usize, usize) = (120, 100);

/// A script of the shelf is read from top to bottom by whoever copies it.
pub(crate) fn script(page: &Page) -> Vec<String> {
    let ["scripts", rest @ ..] = &page.rooms()[..] else { return Vec::new() };
    let is_script = matches!(rest, [_] | ["shared", _]) && page.path.ends_with(".rhai");
    if !is_script {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let lines = page.text.lines().count();
    if lines > SCRIPT.0 {
        faults.push(format!("{lines} lines"));
    }
    let body = (1..).zip(page.text.lines()).filter(|(_, line)| !line.starts_with("//!"));
    for (number, line) in body {
        if line.chars().count() > SCRIPT.1 {
            faults.push(format!("line {number} is long"));
        }
        let code = without_comments_and_strings(line);
        let next =
            code.match_indices("; ").map(|(at, _)| code[at..].trim_start_matches([';', ' ']));
        if next.into_iter().any(|next| !next.is_empty() && !next.starts_with('}')) {
            faults.push(format!("line {number} has two statements"));
        }
    }
    faults
}

/// `unsafe` stands where the C border is.
pub(crate) fn unsafe_code(page: &Page) -> Vec<String> {
    let allowed = UNSAFE.iter().any(|place| page.path.starts_with(place));
    if allowed || !page.path.ends_with(".rs") {
        return Vec::new();
    }
    let code = without_comments_and_strings(&page.text);
    let found = words(&code).filter(|word| *word == "unsafe");
    found.map(|_| "`unsafe` outside the border".to_owned()).collect()
}

/// Nothing is left for later, switched off, or allowed without a reason.
pub(crate) fn unfinished(page: &Page) -> Vec<String> {
    let signs = [
        concat!("#[", "ignore"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("// TO", "DO"),
        concat!("// FIX", "ME"),
        concat!("[al", "low("),
    ];
    let found = signs.iter().filter(|sign| page.is_code() && page.text.contains(**sign));
    found.map(|sign| format!("`{sign}`")).collect()
}

/// Nothing points to one machine.
pub(crate) fn machine_path(page: &Page) -> Vec<String> {
    let homes = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("/tm", "p/"),
        concat!("..", "/shared"),
    ];
    let starts = |text: &str, at: usize| {
        !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    };
    let mut faults = Vec::new();
    for home in homes {
        let beside = home.starts_with('.') && page.path == ".ci/run";
        if !beside && page.text.match_indices(home).any(|(at, _)| starts(&page.text, at)) {
            faults.push(format!("`{home}`"));
        }
    }
    faults
}

/// Public names and files use the project's words.
pub(crate) fn foreign_word(page: &Page) -> Vec<String> {
    if !page.is_code() {
        return Vec::new();
    }
    let code = without_comments_and_strings(&page.text);
    let mut names: Vec<&str> = page.rooms();
    let mut words = words(&code).peekable();
    while let Some(word) = words.next() {
        if word != "pub" {
            continue;
        }
        let kinds = ["fn", "struct", "enum", "trait", "mod", "type", "const", "static"];
        if words.next_if(|kind| kinds.contains(kind)).is_some() {
            names.extend(words.peek());
        }
    }
    let foreign = names.iter().flat_map(|name| {
        let parts = parts(name);
        let found: Vec<_> = parts.into_iter().filter(|w| NOT_OUR_WORDS.contains(&&**w)).collect();
        found.into_iter().map(move |word| format!("`{word}` in `{name}`"))
    });
    foreign.collect()
}

/// The model knows words only.
pub(crate) fn impure_model(page: &Page) -> Vec<String> {
    if !page.path.starts_with("core/model/src/") {
        return Vec::new();
    }
    let code = without_comments_and_strings(&page.text);
    let outside = ["fs", "env", "net", "process", "time"].map(|room| format!("std::{room}"));
    outside.into_iter().filter(|room| code.contains(room)).collect()
}

/// The environment is the command's to read, and an engine never ends the program.
pub(crate) fn environment(page: &Page) -> Vec<String> {
    if !page.path.starts_with("core/engine/src/") && !page.path.starts_with("core/plugin/src/") {
        return Vec::new();
    }
    let code = without_comments_and_strings(page.product());
    let doors = ["env::var", "env::args", "env::current_dir", "process::exit", "std::net"];
    doors.iter().filter(|door| code.contains(**door)).map(|door| format!("`{door}`")).collect()
}

/// What is written appears whole, because one function writes it.
pub(crate) fn half_file(page: &Page) -> Vec<String> {
    let writes = page.path.starts_with("core/engine/src/write");
    let product = page.path.starts_with("core/") && page.path.contains("/src/");
    if writes || !product {
        return Vec::new();
    }
    let code = without_comments_and_strings(page.product());
    let doors = ["fs::write", "File::create", "File::options", "OpenOptions"];
    doors.iter().filter(|door| code.contains(**door)).map(|door| format!("`{door}`")).collect()
}

/// Rooms of the engine use earlier rooms only.
pub(crate) fn engine_arrow(page: &Page) -> Vec<String> {
    let ["core", "engine", "src", room, ..] = page.rooms()[..] else { return Vec::new() };
    let room = room.trim_end_matches(".rs");
    let Some((_, may_use)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        let known = room == "lib";
        return if known { Vec::new() } else { vec![format!("`{room}` is on no map of rooms")] };
    };
    let code = without_comments_and_strings(&page.text);
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let several = rest.strip_prefix('{').and_then(|list| list.split('}').next());
        match several {
            Some(list) => used.extend(list.split(',').filter_map(|item| words(item).next())),
            None => used.extend(words(rest).next()),
        }
    }
    let others = ROOMS.iter().map(|(name, _)| *name).filter(|name| *name != room);
    let wrong = others.filter(|other| used.contains(other) && !may_use.contains(other));
    wrong.map(|other| format!("`{room}` uses `{other}`")).collect()
}

/// Crates depend on one another along the arrows.
pub(crate) fn manifest(page: &Page) -> Vec<String> {
    let [house, name, "Cargo.toml"] = page.rooms()[..] else { return Vec::new() };
    let (normal, dev): (&[&str], &[&str]) = match (house, name) {
        ("core", "model") => (&[], &[]),
        ("core", "plugin") => (&["parallax-model"], &[]),
        ("core", "engine") => (&["parallax-model", "parallax-plugin"], &[]),
        ("core", "cli") => {
            // The benchmarks call an analysis beside the border, which takes a job of the kit.
            (&["parallax-engine", "plugins/*"], &["parallax-model", "parallax-plugin"])
        }
        // No part of the program: it tries the engine.
        ("tests", "fuzz") => (&["parallax-engine", "parallax-model"], &[]),
        _ => (&["parallax-plugin"], &["parallax-engine"]),
    };
    let mut faults = Vec::new();
    let mut section = "";
    for line in page.text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        }
        let key = line.split(['.', ' ', '=']).next().unwrap_or_default();
        let is_plugin = house == "core" && repository().join("plugins").join(key).is_dir();
        let ours = key.starts_with("parallax-") || (is_plugin && !key.is_empty());
        let as_named = if key.starts_with("parallax-") { key } else { "plugins/*" };
        let allowed = normal.contains(&as_named)
            || (section == "[dev-dependencies]" && dev.contains(&as_named));
        if section.ends_with("dependencies]") && ours && !allowed {
            faults.push(format!("`{key}` in {section}"));
        }
        if section == "[features]" {
            faults.push("features".to_owned());
        }
    }
    if !page.text.contains("[lints]\nworkspace = true") {
        faults.push("no `[lints] workspace = true`".to_owned());
    }
    faults
}

/// What a README names is there.
pub(crate) fn dead_path(page: &Page) -> Vec<String> {
    if !page.path.ends_with("README.md") {
        return Vec::new();
    }
    let prose: String = page.text.split("```").step_by(2).collect();
    let here = Path::new(&page.path).parent().unwrap_or(Path::new(""));
    let is_there = |path: &str| {
        let from_root = repository().join(path).exists();
        from_root || repository().join(here).join(path).exists()
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-/".contains(c);
    let made = ["out/", "target/", "findings/", ".parallax/", "/"];
    let quoted = prose.split('`').skip(1).step_by(2);
    let paths = quoted.filter(|text| text.contains('/') && text.chars().all(plain));
    let checked = paths.filter(|path| !made.iter().any(|start| path.starts_with(start)));
    checked.filter(|path| !is_there(path)).map(|path| format!("`{path}` is not there")).collect()
}
