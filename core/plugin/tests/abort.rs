//! Is an analysis that would end the program with a panic refused when it is built?
#![cfg(not(miri))]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The kit as cargo built it for this test, the newest if there are several.
fn kit() -> PathBuf {
    let here = std::env::current_exe().expect("the test knows where it is");
    let deps = here.parent().expect("it lies in a folder");
    let entries = std::fs::read_dir(deps).expect("the folder can be read").flatten();
    let rlibs = entries.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libparallax_plugin-") && name.ends_with(".rlib")
    });
    let modified = |path: &PathBuf| path.metadata().and_then(|file| file.modified()).ok();
    rlibs.max_by_key(modified).expect("the kit was built for this test")
}

/// Checks `text` as a crate of its own.
fn checked(text: &str, panic: &str, folder: &Path) -> Output {
    let source = folder.join("analysis.rs");
    std::fs::write(&source, text).expect("written");
    let kit = kit();
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    Command::new(compiler)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "-C", panic])
        .arg("-L")
        .arg(format!("dependency={}", kit.parent().expect("lies in a folder").display()))
        .arg("--extern")
        .arg(format!("parallax_plugin={}", kit.display()))
        .arg("--out-dir")
        .args([folder, &source])
        .output()
        .expect("the compiler runs")
}

#[test]
fn a_crate_whose_panics_abort_does_not_compile() {
    let text = "use parallax_plugin::prelude::*;\n\
        fn analyse(_: &Reading<'_>, _: &NoParameters, _: &Job<'_>) -> Found { Ok(Vec::new()) }\n\
        export_analysis!(parallax_plugin_any, \"{}\", analyse);\n";
    let folder = tempfile::tempdir().expect("a folder");
    let unwinds = checked(text, "panic=unwind", folder.path());
    assert!(unwinds.status.success(), "{}", String::from_utf8_lossy(&unwinds.stderr));
    let aborts = checked(text, "panic=abort", folder.path());
    let said = String::from_utf8_lossy(&aborts.stderr).into_owned();
    assert!(!aborts.status.success());
    assert!(said.contains("a plugin needs `panic = \"unwind\"`"), "{said}");
}
