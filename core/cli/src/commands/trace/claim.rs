//! Which claim of the report is asked for, and what stands behind its verdict?

use parallax_engine::model::{Choices, Study};
use parallax_engine::open::Opened;
use parallax_engine::shelf::script::did_you_mean;

use crate::args::{Arguments, Format};
use crate::commands::run::runs;
use crate::{Status, say, terminal};

/// With what the id of a claim begins, as a finding's begins with its analysis.
const CLAIMS: &str = "claims";

/// A claim that was asked for, under the study's own mapping or another one.
pub(super) struct Asked<'a> {
    /// How it was asked for.
    wanted: &'a str,
    /// Its id in `claims.csv`.
    id: &'a str,
    mapping: Option<&'a str>,
}

/// The claim that is meant by `claims/K24`, by `claims@M3/K24` or by `K24` alone; none where it is a
/// finding that is meant. A study's own analysis of the name `claims` goes first.
pub(super) fn asked<'a>(wanted: &'a str, opened: &Opened, study: &Study) -> Option<Asked<'a>> {
    let Some((head, id)) = wanted.split_once('/') else {
        let is_claim = study.claim_rows().iter().any(|claim| claim.id == wanted);
        let alone = Asked { wanted, id: wanted, mapping: None };
        return (is_claim && !runs(opened, wanted)).then_some(alone);
    };
    let (head, mapping) = match head.split_once('@') {
        Some((head, mapping)) => (head, Some(mapping)),
        None => (head, None),
    };
    (head == CLAIMS && !runs(opened, CLAIMS)).then_some(Asked { wanted, id, mapping })
}

/// Tests the claims again on the study as it is now and shows the one that is asked for.
pub(super) fn trace(
    arguments: &Arguments,
    opened: &mut Opened,
    study: &Study,
    asked: &Asked<'_>,
) -> Status {
    // Verdicts rest on statements, not on what analyses found.
    opened.planned.clear();
    let choices = Choices { mapping: asked.mapping.map(str::to_owned), ..Choices::default() };
    let answered = match opened.answer(study, &choices) {
        Ok(answered) => answered,
        Err(refused) => return say::not_offered(&refused),
    };
    let claims = &answered.document.claims;
    let Some(claim) = claims.iter().find(|claim| claim.id == asked.id) else {
        let (told, status) = missing(asked.id, study);
        terminal::aside(&told);
        return status;
    };
    if arguments.format == Format::Json {
        return terminal::json(&serde_json::json!(claim).to_string(), Status::Fine);
    }
    terminal::result(&answered.trace_claim(asked.wanted, claim), Status::Fine)
}

/// That there is no such claim and which was meant, or that its row cannot be tested.
fn missing(id: &str, study: &Study) -> (String, Status) {
    let ids = || study.claim_rows().iter().map(|claim| claim.id.as_str());
    if ids().any(|own| own == id) {
        let told = format!(
            "error: claim `{id}` has no verdict\n\
             help: `parallax check` says what is wrong with its row of claims.csv"
        );
        return (told, Status::Problems);
    }
    let help = match (did_you_mean(id, ids()), ids().next(), ids().next_back()) {
        (Some(meant), _, _) => meant,
        (None, Some(first), Some(last)) => {
            format!("claims.csv has {} claims, from {first} to {last}", ids().count())
        }
        (None, _, _) => "the study has no claims; they stand in claims.csv".to_owned(),
    };
    (format!("error: there is no claim `{id}`\nhelp: {help}"), Status::Usage)
}
