//! What does a message mean, what does an analysis ask, and what does a verdict on a claim say?

mod catalogue;
pub(crate) mod claim;
mod list;
pub(crate) mod parameter;
mod start;

use parallax_engine::model::{Kind, Manifest, Severity, Text};
use parallax_engine::shelf::Shelf;
use parallax_engine::shelf::script::did_you_mean;

use crate::Status;
use crate::args::{Arguments, Explain};
use crate::{standard, terminal};
use parameter::{Parameter, parameters};

pub(crate) fn explain(arguments: &Arguments, explain: &Explain) -> Status {
    // A message is asked for most often, and says the same whichever analyses there are.
    let named = |kind: &&Kind| {
        explain.subject.as_ref().is_some_and(|code| kind.code().eq_ignore_ascii_case(code))
    };
    if let Some(kind) = Kind::ALL.iter().find(named) {
        return terminal::result(&message(*kind), Status::Fine);
    }
    // In a study's folder, its own scripts are analyses like any other.
    let shelf = match standard::nearest_study(arguments) {
        Some(folder) => standard::open_study(&folder).shelf,
        None => standard::shelf(),
    };
    if explain.all {
        return terminal::result(&catalogue::page(&shelf), Status::Fine);
    }
    let Some(subject) = &explain.subject else {
        return terminal::result(&list::page(&shelf), Status::Fine);
    };
    // One word can name several: `silence` is an analysis, and a check of claims.
    let on_shelf = shelf.get(subject).map(|analysis| analysis.manifest());
    // What somebody trusts is known, whether or not the study asks for it.
    let trusted = || shelf.offered(subject).next().map(|offer| &offer.manifest);
    let analysis = on_shelf.or_else(trusted).map(manifest);
    let guide = (subject == start::WORD).then(|| start::PAGE.to_owned());
    let pages: Vec<String> =
        analysis.into_iter().chain(claim::page(subject)).chain(guide).collect();
    if !pages.is_empty() {
        return terminal::result(&pages.join("\n"), Status::Fine);
    }
    terminal::aside(&unknown(subject, &shelf));
    Status::Usage
}

/// That nothing is called so, and what was meant.
fn unknown(subject: &str, shelf: &Shelf) -> String {
    let analyses = shelf.iter().map(|analysis| analysis.manifest().id.as_str());
    let codes = Kind::ALL.iter().map(|kind| kind.code());
    let help =
        did_you_mean(subject, analyses.chain(codes).chain(claim::words()).chain([start::WORD]))
            .unwrap_or_else(|| "`parallax explain` lists them all".to_owned());
    format!(
        "error: `{subject}` is no message code, no analysis and no verdict on a claim\nhelp: {help}"
    )
}

fn message(kind: Kind) -> String {
    let meaning: Vec<&str> = kind.meaning().lines().map(str::trim).collect();
    let (code, meaning) = (kind.code(), meaning.join("\n"));
    format!("{code}  ({})\n\n{}\n\n{}\n", weight(kind), meaning.trim(), kind.page())
}

/// What the kind of problem costs.
fn weight(kind: Kind) -> &'static str {
    let about_analysis = kind.leaves_out();
    let about_accepted = kind.code().starts_with('V');
    match (kind.severity(), kind.stops_study()) {
        (Severity::Warning, _) if about_accepted => {
            "warning: analyses go on, and findings are compared all the same"
        }
        (Severity::Error, _) if about_accepted => {
            "error: not all is known of what was accepted until it is mended; analyses go on"
        }
        (Severity::Warning, _) => "warning: analyses go on; `check --strict` treats it as an error",
        (Severity::Error, false) if about_analysis => {
            "error: this analysis is left out until it is mended; the others go on"
        }
        (Severity::Error, false) if kind.may_be_about_claims() => {
            "error: this analysis, or this claim, is left out until it is mended; the others go on"
        }
        (Severity::Error, false) => "error: `check` fails until it is mended; analyses go on",
        (Severity::Error, true) if kind.may_be_about_claims() => {
            "error: the study is not analysed until it is mended;\n       \
             in claims.csv, only the claims that it is about are not tested"
        }
        (Severity::Error, true) => "error: the study is not analysed until it is mended",
    }
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
        .map(|Parameter { name, default, about, .. }| format!("{name} [{default}]  {about}"));
    list_under(&mut page, "Parameters", parameters);
    let edge_cases = manifest.edge_cases.iter().map(|edge| english(edge).to_owned());
    list_under(&mut page, "Edge cases", edge_cases);
    list_under(&mut page, "References", manifest.references.iter().cloned());
    page
}

pub(crate) fn english(text: &Text) -> &str {
    text.in_language("en")
}

/// A heading with a line for each item; nothing where there is no item.
pub(crate) fn list_under(page: &mut String, heading: &str, items: impl Iterator<Item = String>) {
    for (place, item) in items.enumerate() {
        if place == 0 {
            page.push_str(&format!("\n{heading}\n"));
        }
        page.push_str(&format!("  {item}\n"));
    }
}
