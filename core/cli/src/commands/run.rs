//! How does a study become findings, a report, and a few lines on the terminal?

use std::path::Path;

use parallax_engine::model::document::Came;
use parallax_engine::model::{Choices, FindingsDocument};
use parallax_engine::open::Opened;
use parallax_engine::report::{Report, html, markdown, summary};
use parallax_engine::write::whole;

use crate::args::{Arguments, Format, Run};
use crate::{Status, say, standard, terminal};

pub(crate) fn run(arguments: &Arguments, run: &Run) -> Status {
    let folder = match standard::study_folder(run.folder.as_deref(), arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    if let Some(threads) = run.threads
        && let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()
    {
        terminal::aside(&format!("error: {threads} threads cannot be started: {error}"));
        return Status::Files;
    }
    let mut opened = standard::open_study(&folder);
    let status = say::problems(&opened.checked, arguments, Status::Problems);
    let Some(study) = opened.checked.study.clone() else {
        if arguments.speaks_to_people() {
            terminal::aside(&say::checked(&opened, &folder));
            terminal::aside(
                "nothing was run; mend the errors first (`parallax check` shows them again)",
            );
        }
        return status;
    };
    if let Err(status) = keep_only(&mut opened, &run.only) {
        return status;
    }
    let choices = Choices { mapping: run.mapping.clone(), ..Choices::default() };
    let answered = match opened.answer(&study, &choices) {
        Ok(answered) => answered,
        Err(refused) => return say::not_offered(&refused),
    };
    if arguments.speaks_to_people() {
        answered.stopped.iter().for_each(|stopped| terminal::aside(&format!("{stopped}\n")));
    }
    let document = &answered.document;
    let place = match (&choices.mapping, document.reading.default) {
        (Some(mapping), false) => folder.join("out/mappings").join(mapping),
        _ => folder.join("out"),
    };
    let report = opened.report(&answered);
    let json = document.to_json();
    if let Err(status) = write(&place, &json, &report) {
        return status;
    }
    let status = status_of(document, &opened);
    if arguments.format == Format::Json {
        return terminal::json(&json, status);
    }
    let named = run.folder.as_deref().or(arguments.study.as_deref());
    let places = format!(
        "report     {}\nfindings   {}\n",
        place.join("report.html").display(),
        place.join("findings.json").display(),
    );
    terminal::result(&format!("{}{places}{}", summary(&report), what_is_next(named)), status)
}

/// Leaves the analyses that were asked for on the command line.
fn keep_only(opened: &mut Opened, only: &[String]) -> Result<(), Status> {
    for wanted in only {
        if !opened.planned.iter().any(|planned| planned.id == *wanted) {
            let known: Vec<&str> = opened.planned.iter().map(|planned| &*planned.id).collect();
            terminal::aside(&format!(
                "error: the study runs no analysis `{wanted}`\nhelp: use one of: {}",
                known.join(", ")
            ));
            return Err(Status::Usage);
        }
    }
    if !only.is_empty() {
        opened.planned.retain(|planned| only.contains(&planned.id));
    }
    Ok(())
}

/// Writes the findings and the report.
fn write(place: &Path, findings: &str, report: &Report<'_>) -> Result<(), Status> {
    let files = [
        ("findings.json", findings),
        ("report.md", &markdown(report)),
        ("report.html", &html(report)),
    ];
    for (name, contents) in files {
        let path = place.join(name);
        whole(&path, contents.as_bytes()).map_err(|error| say::not_written(&path, &error))?;
    }
    Ok(())
}

/// The command to go on with: a study that was named has to be named again.
fn what_is_next(named: Option<&Path>) -> String {
    let study = named.map_or_else(String::new, |folder| match folder.display().to_string() {
        spaced if spaced.contains(char::is_whitespace) => format!("-C '{spaced}' "),
        plain => format!("-C {plain} "),
    });
    format!("next       parallax {study}trace '<finding>' shows the statements behind one\n")
}

fn status_of(document: &FindingsDocument, opened: &Opened) -> Status {
    let failed = |entry: &parallax_engine::model::document::AnalysisEntry| {
        matches!(entry.outcome, Came::Failed { .. })
    };
    let errors = opened.checked.counts().0;
    if errors > 0 || document.analyses.iter().any(failed) { Status::Problems } else { Status::Fine }
}
