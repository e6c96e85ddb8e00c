//! How does a researcher see the whole table of what depends on which choices?

use parallax_engine::model::Choices;
use parallax_engine::report::{robustness_csv, robustness_table};
use parallax_engine::write::whole;
use serde_json::json;

use crate::args::{Arguments, Format, Robustness};
use crate::commands::run::{Begun, Surveyed, answer, begin, status_of};
use crate::{Status, say, terminal};

pub(crate) fn robustness(arguments: &Arguments, robustness: &Robustness) -> Status {
    let asked = (robustness.folder.as_deref(), robustness.threads, &robustness.only[..]);
    let Begun { folder, opened, study } = match begin(arguments, asked) {
        Ok(begun) => begun,
        Err(status) => return status,
    };
    let answered = match answer(&opened, &study, &Choices::default(), Surveyed::Always) {
        Ok((answered, _)) => answered,
        Err(undone) => return undone.said(),
    };
    let document = &answered.document;
    let status = status_of(&answered, &opened);
    if document.robustness.is_none() {
        terminal::aside("the study leaves no choice open: there is one reading of it");
    }
    let path = folder.join("out/robustness.csv");
    if let Err(error) = whole(&path, robustness_csv(document).as_bytes()) {
        return say::not_written(&path, &error);
    }
    if arguments.format == Format::Json {
        let findings = document.findings.iter().map(|finding| {
            json!({ "id": finding.id, "robustness": finding.robustness, "measures": finding.measures })
        });
        let claims = document.claims.iter().map(|claim| {
            json!({ "id": claim.id, "verdict": claim.verdict, "robustness": claim.robustness })
        });
        let page = json!({
            "robustness": document.robustness,
            "findings": findings.collect::<Vec<_>>(),
            "claims": claims.collect::<Vec<_>>(),
        });
        return terminal::json(&page.to_string(), status);
    }
    let table = robustness_table(document);
    terminal::result(&format!("{table}table      {}\n", path.display()), status)
}
