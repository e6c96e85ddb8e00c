//! How does a library become one that the user trusts?

use parallax_engine::conformance::{self, Checked, Depth};
use parallax_engine::shelf::apart::{Described, describe};
use parallax_engine::trust::{Candidate, Entry, NotKept, Store};
use serde_json::{Value as Json, json};

use super::check::{line, listed};
use super::shown::{is_script, own};
use crate::args::{Arguments, Format, PluginTrust};
use crate::{Status, say, standard, terminal, user};

/// What everybody should know who trusts a plugin.
const WARNING: &str = "A native plugin is a program: from now on it can do what you can, with your \
                       files too; a script cannot.";

/// A library that passed every check.
struct Passed {
    candidate: Candidate,
    described: Described,
    checks: Vec<Checked>,
}

pub(crate) fn trust(arguments: &Arguments, asked: &PluginTrust) -> Status {
    let store = match user::own_store() {
        Ok(store) => store,
        Err(status) => return status,
    };
    let Passed { candidate, described, checks } = match passed(&store, asked) {
        Ok(passed) => passed,
        Err(status) => return status,
    };
    let before = store.shown().map(|shown| shown.entries).unwrap_or_default();
    let before =
        before.into_iter().find(|entry| entry.id == described.manifest.id && entry.is_for_here());
    let day = arguments.today().to_string();
    let kept = store.keep(candidate, described, (&day, env!("CARGO_PKG_VERSION")));
    match kept {
        Err(error) => say::not_written(store.place(), &error),
        Ok(entry) if arguments.format == Format::Json => {
            let json = document(&entry, before.as_ref(), &checks);
            terminal::json(&json.to_string(), Status::Fine)
        }
        Ok(entry) => terminal::result(&told(&entry, before.as_ref()), Status::Fine),
    }
}

/// Copies the library, and looks at the copy.
fn passed(store: &Store, asked: &PluginTrust) -> Result<Passed, Status> {
    let place = asked.library.display();
    let Some(workshop) = user::workshop() else { return Err(Status::Files) };
    let candidate = store.candidate(&asked.library).map_err(|why| match why {
        NotKept::Library(error) => {
            terminal::aside(&format!(
                "error: {place} cannot be read: {error}\n\
                 help: name the library itself, such as libword_count.so"
            ));
            Status::Files
        }
        NotKept::Store(error) => say::not_written(store.place(), &error),
    })?;
    terminal::aside(WARNING);
    let refused = |why: &str, help: &str| {
        terminal::aside(&format!("error: {place} is not trusted: {why}\nhelp: {help}"));
        Status::Problems
    };
    let described = describe(&candidate.library, &workshop).map_err(|why| {
        refused(&why, "`parallax plugin check` says more of what a library has to keep to")
    })?;
    let id = &described.manifest.id;
    if is_script(id) || own(&standard::own_shelf()).any(|manifest| manifest.id == *id) {
        let why = format!("an analysis that comes with the program has the id `{id}`");
        return Err(refused(&why, "build it under an id of its own; a study would never get it"));
    }
    let names = conformance::names(Depth::Usual);
    let widest = names.iter().map(|name| name.len()).max().unwrap_or(0);
    let mut watch = |checked: &Checked| terminal::aside(&line(checked, widest));
    let checks = conformance::check(&candidate.library, &workshop, Depth::Usual, &mut watch);
    let failed = checks.iter().filter(|checked| checked.outcome.is_err()).count();
    if failed > 0 {
        let why = format!("{} failed", say::counted(failed, "check"));
        let help = "mend what they say, or ask its author; nothing was kept of it";
        return Err(refused(&why, help));
    }
    Ok(Passed { candidate, described, checks })
}

/// What is trusted from now on, and what was until now.
fn told(entry: &Entry, before: Option<&Entry>) -> String {
    let Entry { id, version, sha256, .. } = entry;
    let mut text = format!("trusted    {id} {version}\nSHA-256    {sha256}\n");
    match before {
        Some(before) if before.sha256 != *sha256 => text.push_str(&format!(
            "before     {} with the SHA-256 {}\n\
             \x20          From now on studies that ask for `{id}` get the new one; the old one is kept \
             for those that ask for its SHA-256.\n",
            before.version, before.sha256
        )),
        Some(_) => text.push_str("before     the same library\n"),
        None => {}
    }
    text.push_str(&format!("next       add `- use: {id}` below `analyses:` in study.yaml\n"));
    text
}

/// The same for programs.
fn document(entry: &Entry, before: Option<&Entry>, checks: &[Checked]) -> Json {
    json!({
        "version": 1,
        "id": entry.id,
        "plugin_version": entry.version,
        "sha256": entry.sha256,
        "size": entry.size,
        "trusted": entry.trusted,
        "before": before.map(|entry| json!({ "version": entry.version, "sha256": entry.sha256 })),
        "checks": listed(checks),
    })
}
