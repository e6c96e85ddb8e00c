//! Which scripts stand on the standard shelf, and what can scripts share? Those in `scripts/` and
//! in `scripts/shared/`: no list is kept by hand.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    // Asked when it runs: a `target` folder that was moved or is shared knows another place.
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder");
    let scripts = Path::new(&here).join("../../scripts");
    list(&scripts, "scripts.rs");
    list(&scripts.join("shared"), "shared.rs");
}

/// Writes the names and texts of the scripts in a folder to a file of generated code.
fn list(folder: &Path, name: &str) {
    let mut scripts: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the workspace has folders `scripts` and `scripts/shared`")
        .map(|entry| entry.expect("a script can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rhai"))
        .collect();
    scripts.sort();
    let mut list = String::from("&[\n");
    for script in scripts {
        let id = script.file_stem().and_then(|stem| stem.to_str()).expect("an id is plain text");
        let path = script.canonicalize().expect("a script that was listed is there");
        writeln!(list, "    ({id:?}, include_str!({path:?})),").expect("a string takes any text");
    }
    list.push(']');
    let out = env::var("OUT_DIR").expect("cargo names a folder for what is generated");
    fs::write(Path::new(&out).join(name), list).expect("the list can be written");
    println!("cargo::rerun-if-changed={}", folder.display());
}
