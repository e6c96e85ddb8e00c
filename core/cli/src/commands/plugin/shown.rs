//! How is a plugin shown, wherever it comes from?

use std::collections::BTreeSet;

use parallax_engine::model::Manifest;
use parallax_engine::shelf::apart::hash_of;
use parallax_engine::shelf::script::STANDARD_SCRIPTS;
use parallax_engine::shelf::{Body, Shelf};
use parallax_engine::trust::{Entry, Store};
use serde_json::{Value as Json, json};

use crate::commands::explain::parameter::{Parameter, parameters};
use crate::commands::explain::{english, list_under};

/// So many digits of a SHA-256 tell libraries apart in a table.
pub(super) const SHORT: usize = 12;

/// The version of the interface that plugins of the program speak.
pub(super) use parallax_engine::shelf::library::ABI as OWN_ABI;

/// The plugins that come with the program.
pub(super) fn own(shelf: &Shelf) -> impl Iterator<Item = &Manifest> {
    let native = shelf.iter().filter(|analysis| matches!(analysis.body(), Body::Native(_)));
    native.map(|analysis| analysis.manifest())
}

/// Whether an id belongs to a script that comes with the program.
pub(super) fn is_script(id: &str) -> bool {
    STANDARD_SCRIPTS.iter().any(|(own, _)| *own == id)
}

/// A version of the interface as it is written.
pub(super) fn abi([major, minor]: [u16; 2]) -> String {
    format!("{major}.{minor}")
}

/// What became of a library since it was trusted, in a sentence each; nothing runs for that.
pub(super) fn since(store: &Store, entry: &Entry) -> Vec<String> {
    let mut told = Vec::new();
    if !entry.is_for_here() {
        told.push(format!("it was made for {}, and is not used here", entry.platform));
        return told;
    }
    match hash_of(&store.library_of(entry)) {
        Ok(found) if found == entry.sha256 => {}
        Ok(found) => told.push(format!(
            "its copy is not what you trusted: the SHA-256 was {}, and is {found}; it is not run until \
             you trust the library again",
            entry.sha256
        )),
        Err(error) => told.push(format!("its copy cannot be read: {error}")),
    }
    // The library may have moved, which is nobody's concern: the copy is what runs.
    if let Ok(found) = hash_of(entry.origin.as_ref())
        && found != entry.sha256
    {
        told.push(format!(
            "the library at {} is another one now: the SHA-256 was {}, and is {found}; what you \
             trusted is what runs, until you trust the new one: `parallax plugin trust {}`",
            entry.origin, entry.sha256, entry.origin
        ));
    }
    told
}

/// What a plugin says of itself, in sections.
pub(super) fn manifest(manifest: &Manifest) -> String {
    let mut page = format!(
        "{}\n\n{}\n\n{}\n",
        english(&manifest.title),
        english(&manifest.question),
        english(&manifest.method)
    );
    let each = parameters(manifest).map(|Parameter { name, kind, default, about }| {
        let kind = if kind.is_empty() { "any value".to_owned() } else { kind };
        format!("{name}  {kind} [{default}]  {about}").trim_end().to_owned()
    });
    list_under(&mut page, "Parameters", each);
    page
}

/// The same for programs.
pub(super) fn manifest_json(manifest: &Manifest) -> Json {
    json!({
        "id": manifest.id,
        "version": manifest.version,
        "title": manifest.title,
        "question": manifest.question,
        "method": manifest.method,
        "parameters": manifest.parameters,
    })
}

/// Lines in columns that are as wide as their widest text; the last one ends where it ends.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        let texts = rows.iter().map(|row| row[column].chars().count());
        texts.max().unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(text, width)| format!("{text:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// The ids of several, each once.
pub(super) fn ids<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeSet<&'a str> {
    entries.into_iter().map(|entry| entry.id.as_str()).collect()
}
