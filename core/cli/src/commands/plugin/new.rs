//! How does a plugin begin? As a folder that builds, passes the check and runs as it is.

use std::fs;
use std::path::{Path, PathBuf};

use parallax_engine::shelf::answer::{CLAIMS, is_id};
use parallax_engine::template::{File, Kit, PluginIn, Staged, library, plugin_files};
use serde_json::json;

use crate::args::{Arguments, Format, PluginLanguage, PluginNew};
use crate::commands::new::quoted;
use crate::{Status, say, standard, terminal};

/// The kit of the checkout that this program was built in; it need not be there any more.
const OWN_KIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../plugin");

/// Names that no crate can have beside the kit: what Rust calls otherwise, and what a plugin is
/// built from.
const NO_CRATES: &str = "abstract alloc as async await become box break const continue core crate \
    do dyn else enum extern false final fn for gen if impl in let loop macro match mod move mut \
    override parallax-model parallax-plugin priv proc-macro pub ref return schemars self serde \
    static std struct super test trait true try type typeof unsafe unsized use virtual where while \
    yield";

pub(crate) fn new(arguments: &Arguments, new: &PluginNew) -> Status {
    let folder = new.to.as_deref().unwrap_or(Path::new("")).join(&new.id);
    let language = may_begin(arguments, new, &folder).and_then(|()| language(new));
    let language = match language {
        Ok(language) => language,
        Err(refused) => {
            terminal::aside(&refused);
            return Status::Usage;
        }
    };
    let files = plugin_files(&new.id, &language);
    let texts = files.iter().map(|file| (file.path.to_owned(), file.text.clone()));
    if let Err(stopped) = Staged::beside(&folder, texts).and_then(Staged::settle) {
        return say::not_written(&stopped.path, &stopped.error);
    }
    match arguments.format {
        Format::Json => {
            let written: Vec<String> =
                files.iter().map(|file| folder.join(file.path).display().to_string()).collect();
            let json = json!({ "version": 1, "written": written });
            terminal::json(&json.to_string(), Status::Fine)
        }
        _ => terminal::result(&said(&new.id, &language, &folder, &files), Status::Fine),
    }
}

/// Whether a plugin can begin here under this id; else why not, and what to do.
fn may_begin(arguments: &Arguments, new: &PluginNew, folder: &Path) -> Result<(), String> {
    let id = new.id.as_str();
    if arguments.study.is_some() {
        return Err("error: a plugin stands outside any study, and -C names one\n\
                    help: leave -C out; `--to DIR` says where to make the folder"
            .to_owned());
    }
    if !is_id(id) {
        return Err(format!(
            "error: a plugin cannot be called `{id}`\nhelp: use small letters, digits and hyphens \
             after a letter, such as `word-count`"
        ));
    }
    if id == CLAIMS {
        return Err(format!(
            "error: `{id}` is what the claims of a report are kept under\n\
             help: choose another name, such as `my-{id}`"
        ));
    }
    if standard::shelf().get(id).is_some() {
        return Err(format!(
            "error: `{id}` is an analysis that comes with the program\n\
             help: choose another name, such as `my-{id}`; `parallax explain {id}` says what it does"
        ));
    }
    if new.language == PluginLanguage::Rust && NO_CRATES.split_whitespace().any(|name| name == id) {
        return Err(format!(
            "error: `{id}` means something else in Rust\nhelp: choose another name, such as `my-{id}`"
        ));
    }
    // A link that leads nowhere is in the way too.
    if fs::symlink_metadata(folder).is_ok() {
        return Err(format!(
            "error: {} is there already, and nothing was written\n\
             help: choose another name, or another place with `--to DIR`",
            folder.display()
        ));
    }
    Ok(())
}

/// The language, and for Rust where the kit is.
fn language(new: &PluginNew) -> Result<PluginIn, String> {
    match (new.language, &new.kit) {
        (PluginLanguage::C, None) => Ok(PluginIn::C),
        (PluginLanguage::C, Some(_)) => Err("error: a plugin in C needs no kit\n\
             help: leave `--kit` out: the header is written beside it"
            .to_owned()),
        (PluginLanguage::Rust, None) => {
            let own = kit_in(Path::new(OWN_KIT));
            Ok(PluginIn::Rust(own.map_or(Kit::Repository, Kit::Folder)))
        }
        (PluginLanguage::Rust, Some(folder)) => match kit_in(folder) {
            Some(kit) => Ok(PluginIn::Rust(Kit::Folder(kit))),
            None => Err(format!(
                "error: {} is not the folder of the kit\n\
                 help: name `core/plugin` of a checkout of parallax, which has the Cargo.toml of \
                 parallax-plugin",
                folder.display()
            )),
        },
    }
}

/// The whole path of a folder, when the kit is in it.
fn kit_in(folder: &Path) -> Option<PathBuf> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let is_kit = manifest.lines().any(|line| line.trim() == "name = \"parallax-plugin\"");
    is_kit.then(|| folder.canonicalize().ok()).flatten()
}

/// What there is now, and how to go on.
fn said(id: &str, language: &PluginIn, folder: &Path, files: &[File]) -> String {
    let (name, library) = (folder.display().to_string(), library(id, language));
    let width = files.iter().map(|file| file.path.len()).max().unwrap_or_default();
    let list: String =
        files.iter().map(|file| format!("  {:<width$}  {}\n", file.path, file.about)).collect();
    let (written_in, build, library) = match language {
        PluginIn::Rust(_) => {
            ("Rust", "  cargo build --release\n", format!("target/release/{library}"))
        }
        PluginIn::C => ("C", "  make\n", library),
    };
    format!(
        "Created {name}{} for a plugin in {written_in}\n{list}\nNext:\n  cd {}\n{build}  parallax \
         plugin check {library}\n  parallax plugin trust {library}\n\nThen a study asks for it, in \
         study.yaml:\n  analyses:\n    - use: {id}\n",
        std::path::MAIN_SEPARATOR,
        quoted(&name),
    )
}
