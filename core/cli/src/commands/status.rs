//! What changed since the findings were accepted, and because of what?

use parallax_engine::accept::Difference;
use serde_json::{Value as Json, json};

use crate::args::{Arguments, Format, StatusArgs};
use crate::say::{counted, named_again};
use crate::standing::{Standing, begin, by_cause};
use crate::{Status, terminal};

/// So many differences of one cause are shown.
const SHOWN: usize = 6;

pub(crate) fn status(arguments: &Arguments, asked: &StatusArgs) -> Status {
    let begun = match begin(arguments, asked.folder.as_deref()) {
        Ok(begun) => begun,
        Err(status) => return status,
    };
    let standing = match Standing::of(&begun) {
        Ok(standing) => standing,
        Err(status) => return status,
    };
    let status = stands(&standing);
    let causes = standing.causes();
    if arguments.format == Format::Json {
        return terminal::json(&document(&standing, &causes).to_string(), status);
    }
    let named = asked.folder.as_deref().or(arguments.study.as_deref());
    let mut text = head(&standing);
    text.push_str(&differences(&standing, &causes));
    text.push_str(&next(&standing, &named_again(named)));
    terminal::result(&text, status)
}

/// Well when the findings are those that were accepted.
pub(crate) fn stands(standing: &Standing<'_>) -> Status {
    match standing.items.is_empty() && !standing.before.is_damaged() {
        true => Status::Fine,
        false => Status::Problems,
    }
}

/// What differs from what was accepted and because of what, after a run; `--locked` says all of it.
pub(crate) fn after_a_run(standing: &Standing<'_>, locked: bool, study: &str) -> String {
    if standing.before.is_nothing() && !locked {
        return String::new();
    }
    if locked {
        let causes = standing.causes();
        let differences = differences(standing, &causes);
        return format!("{}{differences}{}", head(standing), next(standing, study));
    }
    let Some((date, by)) = standing.before.lock.as_ref().and_then(|lock| lock.last()) else {
        return String::new();
    };
    match standing.items.is_empty() {
        true => format!("accepted   as on {date} by {by}\n"),
        false => format!(
            "accepted   not yet: {}\nnext       parallax {study}status says because of what\n",
            tally(standing)
        ),
    }
}

/// What was accepted, and what is another than it was then.
fn head(standing: &Standing<'_>) -> String {
    let Standing { before, changes, .. } = standing;
    let Some((date, by)) = before.lock.as_ref().and_then(|lock| lock.last()) else {
        return match before.is_nothing() {
            true => "accepted   nothing yet\n".to_owned(),
            false => "accepted   nobody knows when or from what: there is no study.lock to read\n"
                .to_owned(),
        };
    };
    let mut text = format!(
        "accepted   {date} by {by}: {} of {}\n",
        counted(before.findings(), "finding"),
        counted_analyses(before.accepted.len()),
    );
    if changes.is_nothing() {
        text.push_str("changed    nothing: files, program and analyses are those of then\n");
    }
    for (at, line) in changes.lines().iter().enumerate() {
        let head = if at == 0 { "changed    " } else { "           " };
        text.push_str(&format!("{head}{line}\n"));
    }
    text
}

fn counted_analyses(count: usize) -> String {
    if count == 1 { "1 analysis".to_owned() } else { format!("{count} analyses") }
}

/// The differences in a line, by what they are, then one by one below their causes.
fn differences(standing: &Standing<'_>, causes: &[String]) -> String {
    let Standing { items, before, now, .. } = standing;
    if before.is_nothing() {
        let found = counted(now.findings(), "finding");
        return format!("findings   {found} of {}\n", counted_analyses(now.found.len()));
    }
    if items.is_empty() {
        return "findings   as they were accepted\n".to_owned();
    }
    let mut text = format!("findings   {}\n", tally(standing));
    for (cause, items) in by_cause(items, causes) {
        text.push_str(&format!("because    {cause}\n"));
        for item in items.iter().take(SHOWN) {
            text.push_str(&format!("   {}\n", item.headline()));
            if let Some(detail) = item.difference.details().first() {
                text.push_str(&format!("       {detail}\n"));
            }
        }
        if items.len() > SHOWN {
            text.push_str(&format!("   … and {} more\n", items.len() - SHOWN));
        }
    }
    text
}

/// How many of each.
pub(crate) fn tally(standing: &Standing<'_>) -> String {
    let Standing { items, before, .. } = standing;
    let count =
        |is: &dyn Fn(&Difference) -> bool| items.iter().filter(|item| is(&item.difference)).count();
    let changed = count(&|d| matches!(d, Difference::Changed { .. }));
    let new = count(&|d| matches!(d, Difference::New { .. }));
    let gone = count(&|d| matches!(d, Difference::Gone { .. }));
    let run = items.len() - changed - new - gone;
    let parts =
        [(changed, "changed"), (new, "new"), (gone, "gone"), (run, "about how an analysis runs")];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
    let same = before.findings().saturating_sub(changed + gone);
    format!("{}; {same} as accepted", parts.join(", "))
}

fn next(standing: &Standing<'_>, study: &str) -> String {
    let Standing { items, before, .. } = standing;
    if before.is_damaged() {
        return String::new();
    }
    if before.is_nothing() {
        return format!(
            "next       parallax {study}review --accept --because \"…\" accepts them all, once you have \
             read the report\n"
        );
    }
    if !items.is_empty() {
        return format!("next       parallax {study}review goes through them one by one\n");
    }
    match standing.is_stale() {
        true => format!(
            "next       parallax {study}review notes in study.lock that the findings did not change\n"
        ),
        false => String::new(),
    }
}

/// The same for programs.
pub(crate) fn document(standing: &Standing<'_>, causes: &[String]) -> Json {
    let Standing { before, changes, items, .. } = standing;
    let last = before.lock.as_ref().and_then(|lock| lock.last());
    let items: Vec<Json> = items
        .iter()
        .zip(causes)
        .map(|(item, because)| {
            json!({ "name": item.name(), "analysis": item.analysis, "difference": item.difference,
                "because": because })
        })
        .collect();
    let problems: Vec<Json> = before
        .problems
        .iter()
        .map(|located| {
            json!({ "code": located.problem.kind.code(), "message": located.problem.message })
        })
        .collect();
    json!({
        "version": 1,
        "accepted": last.map(|(date, by)| json!({ "date": date, "by": by,
            "findings": before.findings(), "analyses": before.accepted.len() })),
        "changed": changes.lines(),
        "differences": items,
        "problems": problems,
    })
}
