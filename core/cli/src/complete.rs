//! What could come next on a command line of which the beginning is typed?
//!
//! The shell asks at every press of a key, so nothing is run and no table is read; where something is
//! wrong with the study there is less to offer, and nothing is said.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use parallax_engine::folder;
use parallax_engine::model::{Kind, Settings};
use parallax_engine::text::yaml;
use serde_json::Value as Json;

use crate::args::Arguments;
use crate::commands::explain::claim;
use crate::standard;

/// The variable by which a shell asks; its value is the shell's name.
pub(crate) const VARIABLE: &str = "PARALLAX_COMPLETE";

/// Set by bash alone, which takes what it is given as if it had been typed.
const OF_BASH: &str = "_CLAP_COMPLETE_COMP_TYPE";

/// Answers a shell that asks. Whether one did: then there is nothing else to do.
pub(crate) fn answered() -> bool {
    let here = env::current_dir().ok();
    let answer = CompleteEnv::with_factory(Arguments::command).var(VARIABLE);
    // A shell that cannot be answered shows nothing, and is told nothing.
    answer.try_complete(env::args_os(), here.as_deref()).unwrap_or(true)
}

/// The analyses that the study runs.
pub(crate) fn analyses() -> ArgValueCompleter {
    offered(|| {
        let asked = settings().and_then(|settings| settings.analyses);
        match asked {
            Some(asked) => asked.into_iter().map(|asked| asked.analysis).collect(),
            None => every_analysis(),
        }
    })
}

/// The mappings of the study.
pub(crate) fn mappings() -> ArgValueCompleter {
    offered(|| {
        let mappings = settings().map(|settings| settings.mappings).unwrap_or_default();
        mappings.into_iter().map(|mapping| mapping.id).collect()
    })
}

/// What the last run found, and the claims it tested.
pub(crate) fn findings() -> ArgValueCompleter {
    offered(|| {
        let document = study().and_then(|study| fs::read(study.join("out/findings.json")).ok());
        let document: Json = document
            .and_then(|document| serde_json::from_slice(&document).ok())
            .unwrap_or_default();
        let ids = |list: &str| {
            let entries = document[list].as_array().into_iter().flatten();
            entries.filter_map(|entry| entry["id"].as_str().map(str::to_owned)).collect::<Vec<_>>()
        };
        let claims = ids("claims").into_iter().map(|id| format!("claims/{id}"));
        ids("findings").into_iter().chain(claims).collect()
    })
}

/// The scripts of the study.
pub(crate) fn scripts() -> ArgValueCompleter {
    offered(own_scripts)
}

/// What `explain` explains.
pub(crate) fn subjects() -> ArgValueCompleter {
    offered(|| {
        let codes = Kind::ALL.iter().map(|kind| kind.code().to_owned());
        let words = claim::words().map(str::to_owned);
        let start = ["start".to_owned()];
        every_analysis().into_iter().chain(words).chain(codes).chain(start).collect()
    })
}

/// The analyses of the program and the study's own.
fn every_analysis() -> Vec<String> {
    let shelf = standard::shelf();
    let mut ids: Vec<String> = shelf.iter().map(|one| one.manifest().id.clone()).collect();
    ids.extend(own_scripts());
    ids
}

/// The study's own scripts, by their names.
fn own_scripts() -> Vec<String> {
    let scripts = study().map(|study| folder::scripts(&study).scripts).unwrap_or_default();
    let ids = scripts.iter().filter_map(|script| {
        let id = script.name.strip_prefix("scripts/")?.strip_suffix(".rhai")?;
        (!id.contains('/')).then(|| id.to_owned())
    });
    ids.collect()
}

/// What `study.yaml` says, where it can be read.
fn settings() -> Option<Settings> {
    let text = fs::read_to_string(study()?.join("study.yaml")).ok()?;
    serde_json::from_value(yaml::read(&text).ok()?.json()).ok()
}

/// The study that the command line names, or the nearest one upward.
fn study() -> Option<PathBuf> {
    let is_one = |folder: &Path| folder.join("study.yaml").is_file();
    let named = env::args_os().skip(1).find_map(|word| {
        let word = word.to_str()?;
        let joined = word.strip_prefix("--study=").or_else(|| word.strip_prefix("-C"));
        let folder = Path::new(joined.unwrap_or(word));
        (!folder.as_os_str().is_empty() && is_one(folder)).then(|| folder.to_owned())
    });
    let here = env::current_dir().unwrap_or_default();
    named.or_else(|| here.ancestors().find(|folder| is_one(folder)).map(Path::to_owned))
}

/// Those of a list that go on from what is typed, each once and in order.
fn offered(list: impl Fn() -> Vec<String> + Send + Sync + 'static) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let quoted = env::var_os(OF_BASH).is_some();
        let typed = typed.to_string_lossy().replace('\\', "");
        let list: BTreeSet<String> = list().into_iter().collect();
        let begun = list.into_iter().filter(|id| id.starts_with(&typed));
        begun.map(|id| CompletionCandidate::new(if quoted { escaped(&id) } else { id })).collect()
    })
}

/// An id of which bash takes no sign for one of its own.
fn escaped(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./@:,+=".contains(c);
    id.chars().flat_map(|c| (!plain(c)).then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bash_takes_no_sign_of_an_id_for_its_own() {
        assert_eq!(
            escaped("expectation-mismatch/6/S6>L6/P.a"),
            "expectation-mismatch/6/S6\\>L6/P.a"
        );
        assert_eq!(escaped("claims@M3/K24"), "claims@M3/K24");
    }
}
