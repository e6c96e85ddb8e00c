//! What did a script give in the end, and is each of it a finding?

use std::collections::BTreeSet;

use parallax_model::{Finding, Kind, Number, Outcome};
use rhai::{Array, Dynamic, Position};

use super::problem::ScriptProblem;
use super::{ScriptAnalysis, check, fault};
use crate::shelf::answer;
use crate::shelf::words::Draft;

/// How much all findings of a script can hold together: values, evidence and cells of tables. One
/// table can stand in many findings, and each then has its own copy.
pub(super) const MOST: usize = 5_000_000;

/// What a script gave, as findings.
///
/// # Errors
/// What of it is no finding, or none that a report can take, with its line.
pub(super) fn of(script: &ScriptAnalysis, result: Dynamic) -> Result<Outcome, ScriptProblem> {
    if let Some(Number::NotAvailable { reason }) = result.clone().try_cast::<Number>() {
        return Ok(Outcome::NotAvailable(reason));
    }
    let drafts = match result.clone().try_cast::<Draft>() {
        Some(only) => vec![Dynamic::from(only)],
        None => result.try_cast::<Array>().ok_or_else(|| {
            let help = "the last line of a script is a finding or a list of findings";
            let problem = at_the_end(script, "the script ends without findings");
            problem.help(Some(help.to_owned()))
        })?,
    };
    let mut findings: Vec<Finding> = Vec::new();
    let (mut subjects, mut size) = (BTreeSet::new(), 0_usize);
    for draft in drafts {
        let kind = fault::type_name(draft.type_name());
        let draft = draft.try_cast::<Draft>().ok_or_else(|| {
            at_the_end(script, &format!("{kind} among the findings is no finding"))
        })?;
        let stopped =
            |message: String| where_it_began(script, &draft, Kind::ScriptStopped, message);
        size = size.saturating_add(draft.size());
        if size > MOST {
            let message = format!("all findings together hold more than {MOST} values");
            return Err(where_it_began(script, &draft, Kind::ScriptLimit, message));
        }
        let finding = draft.finish(&script.manifest).map_err(stopped)?;
        answer::check_finding(&script.manifest, &finding)
            .map_err(|what| stopped(format!("the finding about `{}` {what}", finding.about)))?;
        if !subjects.insert(finding.about.clone()) {
            let help = "give each what it is about, such as `overview/own`".to_owned();
            let problem = stopped(format!("two findings are about `{}`", finding.about));
            return Err(problem.help(Some(help)));
        }
        findings.push(finding);
    }
    Ok(Outcome::Found(findings))
}

/// A problem of what a script ends with.
fn at_the_end(script: &ScriptAnalysis, message: &str) -> ScriptProblem {
    let end = script.steps.statements().last().map(check::start).filter(|(line, _)| *line > 0);
    let (line, column) = end.unwrap_or_else(|| last_line(&script.source));
    ScriptProblem::new(Kind::ScriptStopped, &script.file, message).at(line, column)
}

/// The last line with something on it.
fn last_line(source: &str) -> (usize, usize) {
    let lines = (1..).zip(source.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.last().map_or((0, 0), |(line, _)| (line, 1))
}

/// A problem of a finding, where the script or a shared file began it.
fn where_it_began(
    script: &ScriptAnalysis,
    draft: &Draft,
    kind: Kind,
    message: String,
) -> ScriptProblem {
    let (file, at) = draft.began();
    let shared = file.and_then(|file| Some((script.library.text(&file)?, file)));
    let Some((text, file)) = shared else {
        return placed(ScriptProblem::new(kind, &script.file, message), at);
    };
    let mut problem = placed(ScriptProblem::new(kind, &file, message), at);
    problem.shared = Some(text);
    problem
}

fn placed(problem: ScriptProblem, at: Position) -> ScriptProblem {
    problem.at(at.line().unwrap_or(0), at.position().unwrap_or(0))
}
