//! Which files does a new plugin begin with, in Rust and in C?

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::PathBuf;

use super::File;

/// The language of a plugin to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PluginIn {
    /// Rust, with the kit.
    Rust(Kit),
    /// C, with the header alone.
    C,
}

/// Where a plugin in Rust has the kit from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kit {
    /// A folder, from the root of the file system on.
    Folder(PathBuf),
    /// The project's repository.
    Repository,
}

impl Kit {
    /// The dependency as `Cargo.toml` writes it.
    fn dependency(&self) -> String {
        match self {
            // A text of JSON is one of TOML, too.
            Self::Folder(folder) => {
                format!("{{ path = {} }}", serde_json::json!(folder.to_string_lossy()))
            }
            Self::Repository => format!("{{ git = \"{}\" }}", env!("CARGO_PKG_REPOSITORY")),
        }
    }
}

/// A file as it is kept: its path, what it holds, and its text with marks.
type Raw = (&'static str, &'static str, &'static str);

const IN_RUST: &[Raw] = &[
    (
        "src/lib.rs",
        "the analysis: parameters, and a function from a reading to findings",
        include_str!("plugin/rust/lib.rs"),
    ),
    (
        "manifest.json",
        "its question, its method, the wording of its findings",
        include_str!("plugin/rust/manifest.json"),
    ),
    ("tests/manifest.rs", "a test that the two fit", include_str!("plugin/rust/manifest.rs")),
    ("Cargo.toml", "what it is built from", include_str!("plugin/rust/Cargo.toml.txt")),
    ("README.md", "how to build, check and use it", include_str!("plugin/rust/README.en.md")),
    (".gitignore", "what is not kept", include_str!("plugin/rust/gitignore")),
];

const IN_C: &[Raw] = &[
    ("analysis.c", "the whole analysis", include_str!("plugin/c/analysis.c")),
    (
        "parallax_plugin.h",
        "the interface, as this version of parallax has it",
        parallax_plugin::HEADER,
    ),
    ("Makefile", "how it is built, with any make", include_str!("plugin/c/Makefile.txt")),
    ("README.md", "how to build, check and use it", include_str!("plugin/c/README.en.md")),
    (".gitignore", "what is not kept", include_str!("plugin/c/gitignore")),
];

/// The name of the library of a plugin: what `make` builds in C, and `cargo` on this system in Rust.
#[must_use]
pub fn library(id: &str, language: &PluginIn) -> String {
    let symbol = symbol(id);
    match language {
        PluginIn::Rust(_) => format!("{DLL_PREFIX}{symbol}{DLL_SUFFIX}"),
        PluginIn::C => format!("lib{symbol}.so"),
    }
}

/// The files of a new plugin with this id, those first that its author opens first.
#[must_use]
pub fn plugin_files(id: &str, language: &PluginIn) -> Vec<File> {
    let (files, kit) = match language {
        PluginIn::Rust(kit) => (IN_RUST, kit.dependency()),
        PluginIn::C => (IN_C, String::new()),
    };
    let marks = [
        ("{id}", id),
        ("{symbol}", &symbol(id)),
        ("{library}", &library(id, language)),
        ("{kit}", &kit),
        ("{version}", env!("CARGO_PKG_VERSION")),
        ("{repository}", env!("CARGO_PKG_REPOSITORY")),
    ];
    let file = |&(path, about, raw): &Raw| File { path, about, text: filled(raw, &marks) };
    files.iter().map(file).collect()
}

/// A text with what its marks stand for. What is put in is not looked through again: the path of a
/// kit may hold anything.
fn filled(raw: &str, marks: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let mark = marks.iter().find(|(mark, _)| rest.starts_with(mark));
        let (put, length) = mark.map_or(("{", 1), |(mark, stands_for)| (*stands_for, mark.len()));
        text.push_str(put);
        rest = &rest[length..];
    }
    text + rest
}

fn symbol(id: &str) -> String {
    id.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_plugin_name_it_and_hold_no_marks() {
        let strange = Kit::Folder(PathBuf::from("/a \"kit\"/{id}"));
        for language in [PluginIn::Rust(strange), PluginIn::Rust(Kit::Repository), PluginIn::C] {
            for File { path, about, text } in plugin_files("word-count", &language) {
                for mark in ["{symbol}", "{library}", "{kit}", "{version}", "{repository}"] {
                    assert!(!text.contains(mark), "{mark} in {path}");
                }
                assert!(
                    text.ends_with('\n') && !text.contains('\r') && !about.is_empty(),
                    "{path}"
                );
            }
        }
    }

    #[test]
    fn the_kit_is_a_folder_or_the_repository() {
        let manifest = |kit| {
            let files = plugin_files("word-count", &PluginIn::Rust(kit));
            let manifest = files.into_iter().find(|file| file.path == "Cargo.toml");
            let text = manifest.expect("there is one").text;
            text.parse::<toml::Table>().expect("is TOML")
        };
        let folder = "C:\\my \"kit\"\\{id}";
        let table = manifest(Kit::Folder(PathBuf::from(folder)));
        assert_eq!(table["dependencies"]["parallax-plugin"]["path"].as_str(), Some(folder));
        assert_eq!(table["package"]["name"].as_str(), Some("word-count"));
        let table = manifest(Kit::Repository);
        let git = table["dependencies"]["parallax-plugin"]["git"].as_str();
        assert_eq!(git, Some(env!("CARGO_PKG_REPOSITORY")));
    }

    /// The derives of a parameter struct name these crates, and their traits have to be the kit's.
    #[test]
    fn a_plugin_has_the_versions_of_the_kit() {
        let workspace = include_str!("../../../../Cargo.toml");
        let template = include_str!("plugin/rust/Cargo.toml.txt");
        for crate_name in ["schemars = ", "serde = "] {
            let line = |text: &str| {
                let found = text.lines().find(|line| line.starts_with(crate_name));
                found.map(str::to_owned)
            };
            assert!(line(workspace).is_some());
            assert_eq!(line(template), line(workspace));
        }
        let edition =
            |text: &str| text.lines().find(|l| l.starts_with("edition = ")).map(str::to_owned);
        assert_eq!(edition(template), edition(workspace));
    }
}
