//! How does a test get a library in C or C++, compiled by the system's own compiler?

use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiles one file of C11 or C++17, by its ending, to a library named after an id, with every
/// warning as an error and nothing visible but what the source exports. `flags` come first: an
/// `-I` among them is looked into before the folder of the header.
///
/// # Panics
/// When there is no compiler, or the source does not compile: with what the compiler said.
pub(crate) fn library(folder: &Path, source: &Path, id: &str, flags: &[&str]) -> PathBuf {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

    let (variable, usual, standard) = match source.extension().is_some_and(|ending| ending == "c") {
        true => ("CC", "cc", "-std=c11"),
        false => ("CXX", "c++", "-std=c++17"),
    };
    let compiler = std::env::var(variable).unwrap_or_else(|_| usual.to_owned());
    let made = folder.join(format!("{DLL_PREFIX}{}{DLL_SUFFIX}", id.replace('-', "_")));
    let compiled = Command::new(&compiler)
        .args([standard, "-Wall", "-Wextra", "-pedantic", "-Werror"])
        .args(["-shared", "-fPIC", "-fvisibility=hidden"])
        .args(flags)
        .arg("-I")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugin/include"))
        .arg("-o")
        .args([&made, source])
        .output()
        .unwrap_or_else(|error| panic!("the compiler `{compiler}` does not run: {error}"));
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    made
}
