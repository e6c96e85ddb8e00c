//! Which statements stand behind one finding, or behind the verdict on one claim of the report?
//!
//! The analysis runs again on the study as it is now, so what is shown is never out of date.
//! People's own words are shown here, because they are asked for.

mod claim;

use parallax_engine::model::document::PublishedFinding;
use parallax_engine::model::{Choices, FindingsDocument};

use crate::args::{Arguments, Format, Trace};
use crate::{Status, say, standard, terminal};

pub(crate) fn trace(arguments: &Arguments, trace: &Trace) -> Status {
    let folder = match standard::study_folder(None, arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    let mut opened = standard::open_study(&folder);
    let Some(study) = opened.checked.study.clone() else {
        return say::problems(&opened.checked, arguments, Status::Problems);
    };
    if let Some(asked) = claim::asked(&trace.finding, &opened, &study) {
        return claim::trace(arguments, &mut opened, &study, &asked);
    }
    let head = trace.finding.split('/').next().unwrap_or("");
    let (analysis, mapping) = match head.split_once('@') {
        Some((analysis, mapping)) => (analysis, Some(mapping.to_owned())),
        None => (head, None),
    };
    if !opened.planned.iter().any(|planned| planned.id == analysis) {
        let known: Vec<&str> = opened.planned.iter().map(|planned| &*planned.id).collect();
        terminal::aside(&format!(
            "error: the study runs no analysis `{analysis}`\n\
             help: a finding's id begins with one of: {}; a claim's with claims/",
            known.join(", ")
        ));
        return Status::Usage;
    }
    opened.planned.retain(|planned| planned.id == analysis);
    let choices = Choices { mapping, ..Choices::default() };
    let answered = match opened.answer(&study, &choices) {
        Ok(answered) => answered,
        Err(refused) => return say::not_offered(&refused),
    };
    if let Some(stopped) = answered.stopped.get(analysis) {
        terminal::aside(stopped);
        return Status::Problems;
    }
    let finding = match named(&answered.document, &trace.finding) {
        Ok(finding) => finding,
        Err(status) => return status,
    };
    if arguments.format == Format::Json {
        return terminal::json(&serde_json::json!(finding).to_string(), Status::Fine);
    }
    terminal::result(&answered.trace(finding), Status::Fine)
}

/// The finding of this id, or the only one whose id begins so.
fn named<'d>(document: &'d FindingsDocument, wanted: &str) -> Result<&'d PublishedFinding, Status> {
    if let Some(exact) = document.findings.iter().find(|finding| finding.id == wanted) {
        return Ok(exact);
    }
    let begun: Vec<&PublishedFinding> =
        document.findings.iter().filter(|finding| finding.id.starts_with(wanted)).collect();
    match begun.as_slice() {
        [only] => Ok(only),
        [] => {
            terminal::aside(&format!(
                "error: there is no finding `{wanted}`\n\
                 help: the report and out/findings.json show the ids"
            ));
            Err(Status::Usage)
        }
        several => {
            terminal::aside(&format!("error: {} findings begin with `{wanted}`:", several.len()));
            for finding in several.iter().take(20) {
                terminal::aside(&format!("  {}", finding.id));
            }
            Err(Status::Usage)
        }
    }
}
