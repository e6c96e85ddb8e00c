//! Which scripts stand on the standard shelf? Those in `scripts/`: no list is kept by hand.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    // Asked when it runs: a `target` folder that was moved or is shared knows another place.
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder");
    let folder = Path::new(&here).join("../../scripts");
    let mut scripts: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the workspace has a folder `scripts`")
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
    fs::write(Path::new(&out).join("scripts.rs"), list).expect("the list can be written");
    println!("cargo::rerun-if-changed={}", folder.display());
}
