//! Is what the guide to plugins says so: its examples, its commands, and the columns that it lists?
//!
//! Its examples are the files that `parallax plugin new` writes, which `tests/plugin_new.rs` builds
//! and runs.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use parallax_engine::shelf::apart::Limits;
use parallax_engine::template::{Kit, PluginIn, plugin_files};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn page() -> String {
    fs::read_to_string(here("docs/plugins.md")).expect("there is a guide")
}

/// The blocks of a page in this language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let open = format!("```{language}\n");
    page.split(&open).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

fn written(language: &PluginIn, path: &str) -> String {
    let files = plugin_files("word-count", language);
    files.into_iter().find(|file| file.path == path).expect("it is written").text
}

#[test]
fn the_examples_are_what_a_new_plugin_is() {
    let page = page();
    let examples = [
        ("rust", written(&PluginIn::Rust(Kit::Repository), "src/lib.rs")),
        ("c", written(&PluginIn::C, "analysis.c")),
    ];
    for (language, text) in examples {
        let [block] = blocks(&page, language)[..] else { panic!("one example in {language}") };
        for (line, (says, is)) in (1..).zip(block.lines().zip(text.lines())) {
            assert_eq!(says, is, "line {line} of the example in {language} in docs/plugins.md");
        }
        assert_eq!(block, text, "the example in {language}");
    }
    let readme = written(&PluginIn::C, "README.md");
    assert_eq!(blocks(&page, "yaml"), blocks(&readme, "yaml"));
}

/// A column as the list of the border has it: its name, its kind, and whether it is optional.
type Listed = (String, String, bool);

/// The columns of each table as `core/plugin/src/columns/list.rs` visits them.
fn listed() -> Vec<(String, Vec<Listed>)> {
    let source = fs::read_to_string(here("core/plugin/src/columns/list.rs")).expect("a list");
    let flat = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let functions: Vec<&str> = flat.split(" fn ").collect();
    let tables = flat.split("way.table(\"").skip(1);
    let table = |rest: &str| {
        let (name, rest) = rest.split_once("\")?;").expect("it has a name");
        let call = rest.split("way").next().expect("something is called").trim_end();
        let of_function = |function: &&&str| {
            let name = function.split(['<', '(']).next().unwrap_or_default();
            call.contains(&format!("{name}(")) && function.contains("way.column(")
        };
        let body = functions.iter().find(of_function).expect("a function for the table");
        (name.to_owned(), columns(body))
    };
    tables.map(table).collect()
}

/// The columns that a function visits, in order.
fn columns(body: &str) -> Vec<Listed> {
    let visited = body.split("way.column(").skip(1).filter_map(|call| {
        let (name, rest) = call.trim_start().strip_prefix('"')?.split_once('"')?;
        let (need, field) = rest.trim_start_matches(", ").split_once(", ")?;
        let (kind, on) = field.split_once('(')?;
        Some((name.to_owned(), named(kind, on, body), need == "Optional"))
    });
    // Small numbers that are no column of the model are visited by a closure.
    let single = body.split(" one(\"").skip(1).filter_map(|call| call.split_once('"'));
    let single = single.map(|(name, _)| (name.to_owned(), "u8".to_owned(), false));
    visited.chain(single).collect()
}

/// What the guide calls a kind of column.
fn named(kind: &str, on: &str, body: &str) -> String {
    let of = |what: &str| {
        let tables = ["roles", "cases", "people", "codes", "sources", "excerpts"];
        // Either `("roles", &*ids)` or something that is called after the table, such as `of_roles`.
        let on = on.split("way.column").next().unwrap_or(on);
        let on = on.split(';').next().unwrap_or(on);
        let last = on.rsplit(", ").find(|part| part.contains(['.', '"', '_'])).unwrap_or_default();
        let quoted = on.split('"').nth(1);
        let table = quoted
            .or_else(|| tables.into_iter().find(|table| last.contains(table)))
            .unwrap_or_else(|| panic!("{on} in {body}"));
        format!("{what} of `{}`", if table == "people" { "participants" } else { table })
    };
    match kind {
        "Text" | "Name" => "text".to_owned(),
        "U8" | "Number" => "u8".to_owned(),
        "U32" => "u32".to_owned(),
        "F64" => "f64".to_owned(),
        "Coded" => "codes of texts".to_owned(),
        "Rows" => of("codes"),
        "Lists" => of("lists"),
        other => panic!("a kind `{other}` that the guide has no name for"),
    }
}

/// The columns of each table as the guide lists them.
fn shown(page: &str) -> Vec<(String, Vec<Listed>)> {
    let sections = page.split("\n### `").skip(1);
    let section = |section: &str| {
        let (name, rest) = section.split_once("`\n").expect("it has a heading");
        let rest = rest.split("\n#").next().unwrap_or(rest);
        let rows = rest.lines().filter_map(|line| line.strip_prefix("| `"));
        let row = |row: &str| {
            let (column, rest) = row.split_once("` | ").expect("a name");
            let (kind, meaning) = rest.split_once(" | ").expect("a kind");
            assert!(meaning.len() > 4, "{column} of {name} is not explained");
            let (kind, optional) = match kind.strip_suffix(", optional") {
                Some(kind) => (kind, true),
                None => (kind, false),
            };
            (column.to_owned(), kind.to_owned(), optional)
        };
        (name.to_owned(), rows.map(row).collect())
    };
    sections.map(section).collect()
}

#[test]
fn the_guide_lists_every_table_and_column_of_a_reading() {
    let (listed, shown) = (listed(), shown(&page()));
    assert_eq!(listed.len(), 13, "the list is not read rightly");
    for (listed, shown) in listed.iter().zip(&shown) {
        assert_eq!(listed, shown, "docs/plugins.md and core/plugin/src/columns/list.rs");
    }
    assert_eq!(listed.len(), shown.len());
}

#[test]
fn the_limits_of_the_guide_are_those_that_hold() {
    let page = page();
    let Limits { seconds, megabytes, findings_megabytes } = Limits::default();
    let said = format!(
        "It may take {seconds} seconds, {},{:03} MB of memory (beside the study, and beside a \
         gigabyte for the program itself; macOS does not hold a process to it), and hand over \
         {findings_megabytes} MB of findings",
        megabytes / 1000,
        megabytes % 1000
    );
    assert!(page.contains(&said), "the guide does not say: {said}");
    let names = blocks(&page, "toml").concat();
    let names: Vec<&str> = names.lines().filter_map(|line| line.split(" = ").next()).collect();
    assert_eq!(names, ["[plugins]", "seconds", "megabytes", "findings_megabytes"]);
}

/// A plugin is built between beginning and checking it.
#[test]
fn the_commands_of_the_guide_run() {
    let page = page();
    let commands: Vec<&str> = blocks(&page, "sh").into_iter().flat_map(str::lines).collect();
    let [in_c, in_rust, check] = commands[..] else { panic!("other commands: {commands:?}") };
    let desk = tempfile::tempdir().expect("a folder");
    let run = |line: &str, folder: &str| {
        let folder = desk.path().join(folder);
        fs::create_dir_all(&folder).expect("a folder");
        let (program, arguments) = line.split_once(' ').unwrap_or((line, ""));
        let program = if program == "parallax" { env!("CARGO_BIN_EXE_parallax") } else { program };
        let mut command = Command::new(program);
        let output = command.args(arguments.split_whitespace()).current_dir(folder).output();
        let output = output.unwrap_or_else(|error| panic!("{line}: {error}"));
        assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
    };
    run(in_c, "c");
    run("make", "c/word-count");
    run(check, "c/word-count");
    run(in_rust, "rust");
    assert!(desk.path().join("rust/word-count/src/lib.rs").is_file());
}

#[test]
fn the_settings_of_the_guide_are_taken() {
    let desk = tempfile::tempdir().expect("a folder");
    let folder = desk.path().join("config/parallax");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("settings.toml"), blocks(&page(), "toml").concat()).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.env("XDG_CONFIG_HOME", desk.path().join("config"));
    command.env("XDG_DATA_HOME", desk.path().join("data"));
    let output = command.args(["plugin", "list"]).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let limits = "60 seconds, 2000 megabytes of memory, 100 megabytes of findings";
    assert!(said.contains(limits), "{said}");
}

#[test]
fn what_the_guide_points_to_is_there() {
    let page = page();
    let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let mut seen = 0;
    for link in links.filter(|link| !link.starts_with("http")) {
        assert!(here("docs").join(link).exists(), "{link}");
        seen += 1;
    }
    assert!(seen >= 5);
}
