//! Does the header say what the border is, and can C and C++ read it?
#![cfg(all(unix, not(miri)))]

mod header {
    pub(crate) mod layout;
}

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use cbindgen::{Bindings, Builder, Config};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The header as `abi.rs` and `cbindgen.toml` make it.
fn generated() -> String {
    let config = Config::from_file(here("cbindgen.toml")).expect("the configuration can be read");
    let names = config.export.rename.clone().into_iter().collect();
    let abi = here("src/abi.rs");
    let source = std::fs::read_to_string(&abi).expect("abi.rs can be read");
    let made = Builder::new().with_config(config).with_src(abi).generate();
    let said = in_words_of_c(&text(&made.expect("abi.rs can be understood")), &names);
    let lines: Vec<String> =
        comments(&said).lines().map(|line| constant(line, &unsigned(&source, &names))).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

fn text(bindings: &Bindings) -> String {
    let mut bytes = Vec::new();
    bindings.write(&mut bytes);
    String::from_utf8(bytes).expect("abi.rs is UTF-8")
}

type Names = BTreeMap<String, String>;

/// Names in comments as they are in C.
fn in_words_of_c(text: &str, names: &Names) -> String {
    let plain = text.replace("[`", "`").replace("`]", "`");
    names
        .iter()
        .fold(plain, |said, (rust, c)| said.replace(&format!("`{rust}`"), &format!("`{c}`")))
}

/// Comments without lines that hold nothing, each line below the first one's words.
fn comments(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut within = false;
    for line in text.lines().map(str::trim_end) {
        let last = lines.last_mut().filter(|last| last.trim_start() == "/*");
        match (last, line.trim_start()) {
            (Some(start), said) => (*start, within) = (format!("{start} {said}"), true),
            (None, "*/") => {
                lines.last_mut().into_iter().for_each(|last| last.push_str(" */"));
                within = false;
            }
            _ if within => lines.push(format!("  {line}")),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

/// The names of constants whose type has no sign, which is not in what cbindgen writes.
fn unsigned<'n>(source: &str, names: &'n Names) -> Vec<&'n str> {
    let constants =
        source.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(": u32"));
    constants.filter_map(|(name, _)| names.get(name).map(String::as_str)).collect()
}

/// A constant so that it has its sign, or none; large ones as marks are read.
fn constant(line: &str, unsigned: &[&str]) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let ["#define", name, value] = words[..] else { return line.to_owned() };
    match value.trim_end_matches('u').parse::<i64>() {
        Ok(negative) if negative < 0 => format!("#define {name} ({negative})"),
        Ok(large) if large > 0xFFFF => format!("#define {name} 0x{large:08X}u"),
        Ok(other) if unsigned.contains(&name) => format!("#define {name} {other}u"),
        _ => line.to_owned(),
    }
}

#[test]
fn the_header_is_that_of_the_border() {
    let file = here("include/parallax_plugin.h");
    let generated = generated();
    if std::env::var_os("PARALLAX_WRITE_HEADER").is_some() {
        std::fs::write(&file, &generated).expect("the header can be written");
    }
    let kept = std::fs::read_to_string(&file).expect("the header can be read");
    assert!(
        kept == generated,
        "{} is not what src/abi.rs says: PARALLAX_WRITE_HEADER=1 writes it anew",
        file.display()
    );
}

#[test]
fn nothing_in_the_header_is_said_in_rust() {
    let generated = generated();
    for sign in ["Abi", "STATUS_", "KIND_", "LEVEL_", "[`", "::", "_…", "size_u32", "crate"] {
        let line = generated.lines().find(|line| line.contains(sign));
        assert_eq!(line, None, "`{sign}`");
    }
}

/// Compiles `text` as a file of this language, with every warning as an error.
fn compile(name: &str, text: &str) {
    let (variable, usual, standard) = match name.ends_with(".c") {
        true => ("CC", "cc", "-std=c11"),
        false => ("CXX", "c++", "-std=c++17"),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join(name);
    std::fs::write(&source, text).expect("written");
    let compiler = std::env::var(variable).unwrap_or_else(|_| usual.to_owned());
    let compiled = Command::new(&compiler)
        .args([standard, "-Wall", "-Wextra", "-pedantic", "-Werror", "-c", "-o"])
        .arg(folder.path().join("made.o"))
        .arg("-I")
        .arg(here("include"))
        .arg(&source)
        .output()
        .unwrap_or_else(|error| panic!("the compiler `{compiler}` does not run: {error}"));
    assert!(compiled.status.success(), "{name}: {}", String::from_utf8_lossy(&compiled.stderr));
}

const INCLUDE: &str = "#include \"parallax_plugin.h\"\n";

#[test]
fn the_header_alone_is_c_and_is_cpp() {
    // Twice, for its guard; with something of one's own, since a file without a declaration is no C.
    let text = format!("{INCLUDE}{INCLUDE}extern const parallax_entry entry;\n");
    compile("alone.c", &text);
    compile("alone.cpp", &text);
}

#[test]
fn every_field_lies_where_the_border_says_in_c_and_in_cpp() {
    let said = header::layout::said();
    let asserted = |keyword: &str| -> String {
        said.iter().map(|line| format!("{keyword}({line}, \"{line}\");\n")).collect()
    };
    compile("layout.c", &format!("{INCLUDE}{}", asserted("_Static_assert")));
    compile("layout.cpp", &format!("{INCLUDE}{}", asserted("static_assert")));
}
