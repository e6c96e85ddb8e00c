//! How does a researcher see the whole table of what depends on which choices?

use parallax_engine::model::Choices;
use parallax_engine::report::{robustness_csv, robustness_table};
use parallax_engine::write::within;
use serde_json::json;

use crate::args::{Arguments, Format, Robustness};
use crate::commands::run::{Begun, Surveyed, answer, begin, saved_meanwhile, status_of};
use crate::{Status, say, standard, terminal};

pub(crate) fn robustness(arguments: &Arguments, robustness: &Robustness) -> Status {
    let asked = (robustness.folder.as_deref(), robustness.threads, &robustness.only[..]);
    let (Begun { folder, opened, study }, turn) = match begin(arguments, asked) {
        Ok(begun) => begun,
        Err(status) => return status,
    };
    let cache = standard::cache(&folder);
    let answered = match answer((&opened, &study), &Choices::default(), Surveyed::Always, &cache) {
        Ok((answered, _)) => answered,
        Err(undone) => return undone.said(),
    };
    let document = &answered.document;
    let status = status_of(&answered, &opened);
    if document.robustness.is_none() {
        terminal::aside("the study leaves no choice open: there is one reading of it");
    }
    let (name, table) = ("out/robustness.csv", robustness_csv(document));
    let path = folder.join(name);
    if let Err(error) = within(&folder, name, table.as_bytes()) {
        return say::not_written(&path, &error);
    }
    answered.kept.write(&cache);
    drop(turn);
    let status = status.max(saved_meanwhile(&opened, &folder));
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
