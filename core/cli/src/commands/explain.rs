//! What does a message mean, and what does an analysis ask?

use parallax_engine::model::{Kind, Manifest, Severity};
use parallax_engine::shelf::Shelf;

use crate::Status;
use crate::args::Explain;
use crate::standard;

pub(crate) fn explain(explain: &Explain) -> Status {
    let shelf = standard::shelf();
    let Some(subject) = &explain.subject else {
        list(&shelf);
        return Status::Fine;
    };
    if let Some(kind) = Kind::ALL.iter().find(|kind| kind.code().eq_ignore_ascii_case(subject)) {
        message(*kind);
        return Status::Fine;
    }
    if let Some(analysis) = shelf.get(subject) {
        print!("{}", manifest(analysis.manifest()));
        return Status::Fine;
    }
    eprintln!("error: `{subject}` is no message code and no analysis");
    eprintln!("help: `parallax explain` lists both");
    Status::Usage
}

fn list(shelf: &Shelf) {
    println!("Analyses");
    for analysis in shelf.iter() {
        let manifest = analysis.manifest();
        println!("  {:<22} {}", manifest.id, manifest.question.in_language("en"));
    }
    println!("\nMessages");
    for kind in Kind::ALL {
        let first = kind.meaning().lines().next().unwrap_or("").trim();
        println!("  {}  {first}", kind.code());
    }
}

fn message(kind: Kind) {
    let weight = match kind.severity() {
        Severity::Error => "error: the study is not analysed until it is mended",
        Severity::Warning => "warning: analyses go on; `check --strict` treats it as an error",
    };
    let meaning: Vec<&str> = kind.meaning().lines().map(str::trim).collect();
    println!("{}  ({weight})\n\n{}", kind.code(), meaning.join("\n").trim());
}

fn manifest(manifest: &Manifest) -> String {
    let text = |text: &parallax_engine::model::Text| text.in_language("en").to_owned();
    let mut page = format!(
        "{} {}\n{}\n\n{}\n\n{}\n",
        manifest.id,
        manifest.version,
        text(&manifest.title),
        text(&manifest.question),
        text(&manifest.method),
    );
    let properties = manifest.parameters.get("properties").and_then(|all| all.as_object());
    for (name, schema) in properties.into_iter().flatten() {
        let about = schema.get("description").and_then(|text| text.as_str()).unwrap_or("");
        let default = schema.get("default").map_or(String::new(), |value| format!(" [{value}]"));
        page.push_str(&format!("\n  {name}{default}  {about}"));
    }
    if properties.is_some_and(|all| !all.is_empty()) {
        page.push('\n');
    }
    page
}
