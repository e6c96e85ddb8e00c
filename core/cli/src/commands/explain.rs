//! What does a message mean, what does an analysis ask, and what does a verdict on a claim say?

mod catalogue;
mod claim;
mod parameter;

use parallax_engine::model::{Kind, Manifest, Severity, Text};
use parallax_engine::shelf::Shelf;
use parallax_engine::shelf::script::did_you_mean;

use crate::Status;
use crate::args::{Arguments, Explain};
use crate::{standard, terminal};
use parameter::{Parameter, parameters};

pub(crate) fn explain(arguments: &Arguments, explain: &Explain) -> Status {
    // In a study's folder, its own scripts are analyses like any other.
    let shelf = match standard::nearest_study(arguments) {
        Some(folder) => standard::open_study(&folder).shelf,
        None => standard::shelf(),
    };
    if explain.all {
        return terminal::result(&catalogue::page(&shelf), Status::Fine);
    }
    let Some(subject) = &explain.subject else {
        return terminal::result(&list(&shelf), Status::Fine);
    };
    if let Some(kind) = Kind::ALL.iter().find(|kind| kind.code().eq_ignore_ascii_case(subject)) {
        return terminal::result(&message(*kind), Status::Fine);
    }
    if let Some(analysis) = shelf.get(subject) {
        return terminal::result(&manifest(analysis.manifest()), Status::Fine);
    }
    if let Some(page) = claim::page(subject) {
        return terminal::result(&page, Status::Fine);
    }
    terminal::aside(&unknown(subject, &shelf));
    Status::Usage
}

/// That nothing is called so, and what was meant.
fn unknown(subject: &str, shelf: &Shelf) -> String {
    let analyses = shelf.iter().map(|analysis| analysis.manifest().id.as_str());
    let codes = Kind::ALL.iter().map(|kind| kind.code());
    let help = did_you_mean(subject, analyses.chain(codes).chain(claim::words()))
        .unwrap_or_else(|| "`parallax explain` lists them all".to_owned());
    format!(
        "error: `{subject}` is no message code, no analysis and no verdict on a claim\nhelp: {help}"
    )
}

fn list(shelf: &Shelf) -> String {
    let mut page = "Analyses\n".to_owned();
    for analysis in shelf.iter() {
        let manifest = analysis.manifest();
        let question = manifest.question.in_language("en");
        page.push_str(&format!("  {:<22} {question}\n", manifest.id));
    }
    page.push_str(&claim::list());
    page.push_str("\nMessages\n");
    for kind in Kind::ALL {
        let first = kind.meaning().lines().next().unwrap_or("").trim();
        page.push_str(&format!("  {}  {first}\n", kind.code()));
    }
    page
}

fn message(kind: Kind) -> String {
    let weight = match kind.severity() {
        Severity::Error if !kind.stops_study() => {
            "error: this analysis is left out until it is mended; the others go on"
        }
        Severity::Error => "error: the study is not analysed until it is mended",
        Severity::Warning => "warning: analyses go on; `check --strict` treats it as an error",
    };
    let meaning: Vec<&str> = kind.meaning().lines().map(str::trim).collect();
    let page = kind.page().map(|page| format!("\n{page}\n")).unwrap_or_default();
    format!("{}  ({weight})\n\n{}\n{page}", kind.code(), meaning.join("\n").trim())
}

fn manifest(manifest: &Manifest) -> String {
    let mut page = format!(
        "{} {}\n{}\n\n{}\n\n{}\n",
        manifest.id,
        manifest.version,
        english(&manifest.title),
        english(&manifest.question),
        english(&manifest.method),
    );
    let parameters = parameters(manifest)
        .map(|Parameter { name, default, about }| format!("{name} [{default}]  {about}"));
    list_under(&mut page, "Parameters", parameters);
    let edge_cases = manifest.edge_cases.iter().map(|edge| english(edge).to_owned());
    list_under(&mut page, "Edge cases", edge_cases);
    list_under(&mut page, "References", manifest.references.iter().cloned());
    page
}

fn english(text: &Text) -> &str {
    text.in_language("en")
}

/// A heading with a line for each item; nothing where there is no item.
fn list_under(page: &mut String, heading: &str, items: impl Iterator<Item = String>) {
    for (place, item) in items.enumerate() {
        if place == 0 {
            page.push_str(&format!("\n{heading}\n"));
        }
        page.push_str(&format!("  {item}\n"));
    }
}
