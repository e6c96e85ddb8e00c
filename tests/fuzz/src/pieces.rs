//! Of what are new scripts made? Of what the project's scripts say, and of values that hurt.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use parallax_engine::shelf::vocabulary;

use crate::tokens::{Node, Script, read};

/// A header that is as it should be, for bodies that have none.
pub const HEADER: &str = "//! Does it hold? It is tried.\n//! ---\n//! version: 1.0.0\n//! title: Trial\n\
    //! parameters:\n//!   least: { type: integer, default: 2, help: At least so many. }\n\
    //! templates:\n//!   row: { title: Row, sentence: \"{n} of them.\" }\n\
    //! caveats: { few: Few people. }\n//! words: { n: how many, rows: rows }\n";

/// Texts of the language that are likely to hurt where a value belongs.
pub const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "7",
    "63",
    "64",
    "65",
    "100",
    "9223372036854775807",
    "-9223372036854775807",
    "(-9223372036854775807 - 1)",
    "0x8000000000000000",
    "4294967296",
    "2147483647",
    "1000000",
    "99999999999999999999",
    "0.0",
    "-0.0",
    "0.5",
    "1e308",
    "1e309",
    "1e-320",
    "(0.0 / 0.0)",
    "(1.0 / 0.0)",
    "\"\"",
    "\"a\"",
    "\"é\"",
    "\"日本語\"",
    "\"👩\u{200d}👩\u{200d}👧\"",
    "\"e\u{301}\"",
    "\"İ\"",
    "\"ß\"",
    "\"\\u{202e}\"",
    "\"\\0\"",
    "\"a\\nb\"",
    "\"{\"",
    "\"{n}\"",
    "\"../a\"",
    "\"nobody\"",
    "\"n\"",
    "\"row\"",
    "\"few\"",
    "\"statement\"",
    "\"eval\"",
    "\"call\"",
    "'é'",
    "'a'",
    "()",
    "true",
    "false",
    "[]",
    "#{}",
    "[[]]",
    "[1, 2, 3]",
    "[3, \"a\", ()]",
    "[[1], [2, [3]]]",
    "#{ a: 1, b: [2] }",
    "0..3",
    "3..0",
    "-5..5",
    "0..=9223372036854775807",
    "-9223372036854775807..9223372036854775807",
    "0..0",
    "reading",
    "parameters",
    "|x| x",
    "|| 1",
    "|a, b| 1",
    "|a, b| a",
    "|x| throw x",
    "|x| [x, x]",
    "Fn(\"f\")",
    "Fn(\"eval\")",
    "Fn(\"print\")",
    "blob(8)",
    "blob(8, 255)",
    "set([1, 2])",
    "set([])",
    "counter()",
    "fraction(1, 3)",
    "fraction(0, 0)",
    "fraction(9223372036854775807, 2)",
    "range(1, 5)",
    "range(5, 1)",
    "not_available(\"\")",
    "decimal(0.5, \"rule\")",
    "decimal(0.0 / 0.0, \"rule\")",
    "col(\"case\")",
    "col(\"\")",
    "col(\"role\") == \"R\"",
    "reading.statements()",
    "reading.statements().first()",
    "reading.participants()",
    "reading.units()",
    "reading.units().list()",
    "reading.codes().list()",
    "reading.roles().first()",
    "reading.positions(\"S\")",
    "reading.random(\"a\")",
    "reading.statements().evidence()",
    "finding(\"a\", \"row\")",
    "table(\"rows\", [\"n\"])",
    "grid(\"rows\", [\"n\"])",
    "text(\"é\")",
    "item(reading.codes().first(), \"own\")",
    "reading.cells(item(reading.codes().first(), \"any\"))",
    "range(0, 10, 3)",
    "range(0, 9223372036854775807, 4611686018427387904)",
    "range(10, 0, -3)",
    "range(0.0, 1.0, 1e-9)",
    "bits(5)",
    "parse_json(\"[[[1]]]\")",
    "parse_json(\"{\\\"a\\\": 1e400}\")",
    "this",
    "global",
    "_",
];

/// Functions of the language, which every script can call beside the project's words.
pub const FUNCTIONS: &[&str] = &[
    "len",
    "push",
    "pop",
    "shift",
    "insert",
    "remove",
    "clear",
    "map",
    "filter",
    "find",
    "find_map",
    "reduce",
    "reduce_rev",
    "some",
    "all",
    "contains",
    "index_of",
    "sort",
    "sort_by",
    "sort_desc",
    "order",
    "order_by",
    "reverse",
    "dedup",
    "extract",
    "chop",
    "truncate",
    "drain",
    "retain",
    "splice",
    "split",
    "split_rev",
    "chunks",
    "pad",
    "append",
    "get",
    "set",
    "for_each",
    "zip",
    "keys",
    "values",
    "mixin",
    "fill_with",
    "to_json",
    "parse_json",
    "blob",
    "as_string",
    "to_array",
    "to_blob",
    "write_utf8",
    "write_ascii",
    "parse_le_int",
    "parse_be_float",
    "write_le",
    "to_upper",
    "to_lower",
    "make_upper",
    "make_lower",
    "trim",
    "sub_string",
    "crop",
    "replace",
    "chars",
    "bits",
    "starts_with",
    "ends_with",
    "parse_int",
    "parse_float",
    "to_hex",
    "to_octal",
    "to_binary",
    "to_string",
    "to_debug",
    "to_chars",
    "to_int",
    "to_float",
    "abs",
    "sign",
    "min",
    "max",
    "sqrt",
    "sin",
    "exp",
    "ln",
    "log",
    "floor",
    "ceiling",
    "round",
    "int",
    "fraction",
    "is_nan",
    "is_odd",
    "get_bit",
    "set_bit",
    "get_bits",
    "set_bits",
    "start",
    "end",
    "is_inclusive",
    "type_of",
    "is_shared",
    "curry",
    "call",
    "name",
    "is_anonymous",
    "tag",
    "set_tag",
    "print",
    "debug",
    "range",
    "is_def_fn",
    "is_def_var",
    "take",
    "bytes",
    "char_at",
    "hypot",
    "exit",
    "is_empty",
    "get_fn_metadata_list",
];

/// All that scripts can be made of.
#[derive(Debug)]
pub struct Pieces {
    /// Whole scripts to begin with: a name that no other has, and the text.
    pub seeds: Vec<(String, String)>,
    /// Expressions and arguments.
    pub expressions: Vec<Vec<Node>>,
    /// Statements, each with its `;` or its block.
    pub statements: Vec<Vec<Node>>,
    /// Names, of which some are functions.
    pub names: Vec<String>,
    /// Lines of headers.
    pub header: Vec<String>,
}

/// The repository's root.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The pieces, read once.
pub fn pieces() -> &'static Pieces {
    static PIECES: OnceLock<Pieces> = OnceLock::new();
    PIECES.get_or_init(|| Pieces::of(seeds()))
}

fn seeds() -> Vec<(String, String)> {
    let mut seeds = Vec::new();
    for folder in ["scripts", "scripts/shared", "tests/mistakes", "tests/wild"] {
        let entries = fs::read_dir(repository().join(folder)).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "rhai")) {
            let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            if let (Some(name), Ok(text)) = (name, fs::read_to_string(file)) {
                seeds.push((format!("{}-{name}", folder.replace('/', "-")), text));
            }
        }
    }
    for (number, word) in vocabulary().iter().enumerate() {
        let example = word.example.split("  // ").next().unwrap_or(word.example);
        seeds.push((
            format!("word-{number}-{}", file_name(word.name)),
            format!("{HEADER}{example};\n[]\n"),
        ));
    }
    seeds
}

fn file_name(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect()
}

impl Pieces {
    fn of(seeds: Vec<(String, String)>) -> Self {
        let mut pieces = Self {
            seeds: Vec::new(),
            expressions: VALUES.iter().map(|value| read(value)).collect(),
            statements: Vec::new(),
            names: FUNCTIONS.iter().map(|&name| name.to_owned()).collect(),
            header: Vec::new(),
        };
        let mut names: BTreeSet<String> =
            vocabulary().iter().map(|word| word.name.to_owned()).collect();
        for (_, text) in &seeds {
            let script = Script::read(text);
            pieces.header.extend(script.header.iter().cloned());
            pieces.collect(&script.body, &mut names);
        }
        pieces.names.extend(names);
        let long = format!("\"{}\"", "é".repeat(3_000));
        pieces.expressions.push(read(&long));
        pieces.seeds = seeds;
        pieces
    }

    fn collect(&mut self, nodes: &[Node], names: &mut BTreeSet<String>) {
        for statement in statements(nodes) {
            self.statements.push(statement.to_vec());
        }
        for node in nodes {
            match node {
                Node::Group(open, inner, _) => {
                    if open != "{" {
                        self.expressions.extend(parts(inner).map(<[Node]>::to_vec));
                    }
                    self.collect(inner, names);
                }
                Node::Leaf(crate::tokens::Kind::Name, name) => {
                    names.insert(name.clone());
                }
                Node::Leaf(..) => {}
            }
        }
    }
}

/// The statements of a block: each ends with its `;` or with a block that a new line follows.
pub fn statements(nodes: &[Node]) -> impl Iterator<Item = &[Node]> {
    nodes.split_inclusive(|node| match node {
        Node::Leaf(_, token) => token == ";",
        Node::Group(open, ..) => open == "{",
    })
}

/// What stands between commas.
pub fn parts(nodes: &[Node]) -> impl Iterator<Item = &[Node]> {
    let comma = |node: &Node| matches!(node, Node::Leaf(_, token) if token == ",");
    nodes.split(comma).filter(|part| !part.is_empty())
}
