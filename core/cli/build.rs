//! Which program is this? A number that is another one whenever any of its source texts, the
//! compiler or the way it is compiled differ: what an earlier program computed is not taken for its
//! own. It is worked out here once, and costs nothing when the program runs.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the program is made of, from the root of the workspace.
const MADE_OF: [&str; 5] = ["Cargo.toml", "Cargo.lock", "core", "plugins", "scripts"];

fn main() {
    // Asked when it runs: a `target` folder that was moved or is shared knows another place.
    let here = env::var("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder");
    let root = Path::new(&here).join("../..");
    let mut files = BTreeSet::new();
    for part in MADE_OF.map(|part| root.join(part)) {
        println!("cargo::rerun-if-changed={}", part.display());
        gather(&part, &mut files);
    }
    let mut build = DefaultHasher::new();
    for file in files {
        file.strip_prefix(&root).unwrap_or(&file).hash(&mut build);
        fs::read(&file).unwrap_or_default().hash(&mut build);
    }
    for name in ["CARGO_PKG_VERSION", "TARGET", "PROFILE", "OPT_LEVEL", "CARGO_ENCODED_RUSTFLAGS"] {
        env::var(name).unwrap_or_default().hash(&mut build);
    }
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let says = Command::new(compiler).arg("-vV").output().map(|said| said.stdout);
    says.unwrap_or_default().hash(&mut build);
    println!("cargo::rustc-env=PARALLAX_BUILD={:016x}", build.finish());
}

/// The source texts at a place: a file, or those of a folder and of the folders below it.
fn gather(place: &Path, files: &mut BTreeSet<PathBuf>) {
    if place.is_file() {
        files.insert(place.to_owned());
    }
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let is_test = entry.file_name() == "tests" || entry.file_name() == "snapshots";
        if !is_test {
            gather(&entry.path(), files);
        }
    }
}
