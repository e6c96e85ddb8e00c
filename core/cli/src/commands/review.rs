//! Which differences does a researcher accept, and why?
//!
//! On a terminal they are shown one by one, and each answer is kept at once: whoever stops half way
//! goes on there. Anywhere else nothing is asked.

mod dialogue;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};

use parallax_engine::accept::Accepted;
use parallax_engine::since::{Acceptance, Before, Item, Refused, accept, items};

use crate::args::{Arguments, Format, Review};
use crate::commands::run::taken;
use crate::commands::status::document;
use crate::say::{counted, named_again};
use crate::standing::{Standing, begin};
use crate::who::who;
use crate::{Status, say, terminal};

pub(crate) fn review(arguments: &Arguments, asked: &Review) -> Status {
    let begun = match begin(arguments, asked.folder.as_deref()) {
        Ok(begun) => begun,
        Err(status) => return status,
    };
    let mut standing = match Standing::of(&begun) {
        Ok(standing) => standing,
        Err(status) => return status,
    };
    if standing.before.is_damaged() {
        terminal::aside("nothing was accepted: what was accepted before would be lost");
        return Status::Problems;
    }
    let named = asked.folder.as_deref().or(arguments.study.as_deref());
    let study = named_again(named);
    if let Err(unknown) = keep_only(&mut standing, &asked.only) {
        terminal::aside(&format!(
            "error: nothing that differs is called `{unknown}`\n\
             help: `parallax {study}status` names what differs"
        ));
        return Status::Usage;
    }
    let acceptance = Acceptance {
        by: who(asked.by.as_deref()),
        date: arguments.today(),
        because: asked.because.clone().unwrap_or_default(),
    };
    if standing.items.is_empty() {
        return nothing_differs(&standing, &acceptance);
    }
    if asked.accept {
        return accept_all(&standing, &acceptance);
    }
    if arguments.format == Format::Json {
        let document = document(&standing, &standing.causes());
        return terminal::json(&document.to_string(), Status::Problems);
    }
    let is_asked = io::stdin().is_terminal() && io::stdout().is_terminal();
    if is_asked {
        return dialogue::review(&standing, &acceptance);
    }
    list(&standing, &study)
}

/// Leaves the items that were asked for: findings by their names, or all of an analysis.
fn keep_only(standing: &mut Standing<'_>, only: &[String]) -> Result<(), String> {
    let is = |item: &Item, wanted: &String| item.name() == *wanted || item.analysis == *wanted;
    if let Some(unknown) =
        only.iter().find(|wanted| !standing.items.iter().any(|item| is(item, wanted)))
    {
        return Err(unknown.clone());
    }
    if !only.is_empty() {
        standing.items.retain(|item| only.iter().any(|wanted| is(item, wanted)));
    }
    Ok(())
}

/// The lock takes note of files and versions that changed no finding.
fn nothing_differs(standing: &Standing<'_>, acceptance: &Acceptance) -> Status {
    let Standing { before, .. } = standing;
    if !standing.is_stale() {
        return terminal::result(
            "nothing to review: the findings are as they were accepted",
            Status::Fine,
        );
    }
    match accept_these(standing, before, &[], acceptance) {
        Ok(_) => terminal::result(
            "no finding changed; study.lock now knows the files and the program as they are",
            Status::Fine,
        ),
        Err(status) => status,
    }
}

fn accept_all(standing: &Standing<'_>, acceptance: &Acceptance) -> Status {
    let chosen: Vec<&Item> = standing.items.iter().collect();
    let failed: BTreeSet<&String> = standing.now.failed.keys().collect();
    let chosen: Vec<&Item> =
        chosen.into_iter().filter(|item| !failed.contains(&item.analysis)).collect();
    if chosen.is_empty() {
        let failed: Vec<&str> = failed.iter().map(|name| name.as_str()).collect();
        let text = format!(
            "nothing was accepted: {} failed, which is nothing to accept",
            failed.join(", ")
        );
        return terminal::result(&text, Status::Problems);
    }
    let accepted = match accept_these(standing, &standing.before, &chosen, acceptance) {
        Ok(accepted) => accepted,
        Err(status) => return status,
    };
    let mut text = match standing.before.accepted.is_empty() {
        true => format!("accepted   {}", counted(standing.now.findings(), "finding")),
        false => format!("accepted   {}", counted(chosen.len(), "change")),
    };
    if !failed.is_empty() {
        let failed: Vec<&str> = failed.iter().map(|name| name.as_str()).collect();
        text.push_str(&format!(
            "\nopen       {} failed, which is nothing to accept",
            failed.join(", ")
        ));
    }
    let open = items(&accepted, &standing.now).len();
    if open > 0 && failed.is_empty() {
        text.push_str(&format!("\nopen       {} not accepted yet", counted(open, "change")));
    }
    text.push_str("\nwritten    findings/accepted, findings/log.csv, study.lock: commit them with the study\n");
    terminal::result(&text, if failed.is_empty() { Status::Fine } else { Status::Problems })
}

/// Accepts, while nobody else writes; gives what is accepted then.
///
/// # Errors
/// What was refused; it is said then.
fn accept_these(
    standing: &Standing<'_>,
    before: &Before,
    chosen: &[&Item],
    acceptance: &Acceptance,
) -> Result<BTreeMap<String, Accepted>, Status> {
    let Standing { folder, opened, now, .. } = standing;
    let _turn = taken(folder)?;
    accept(folder, opened, before, now, chosen, acceptance).map_err(|refused| said(&refused))
}

/// What was refused, and what to do.
pub(crate) fn said(refused: &Refused) -> Status {
    match refused {
        Refused::NotWritten(path, error) => say::not_written(path, error),
        Refused::Outside(_) => {
            terminal::aside(&format!(
                "error: nothing was accepted: {refused}\n\
                 help: put a folder of its own in place of the link"
            ));
            Status::Files
        }
        Refused::Meanwhile => {
            terminal::aside(&format!(
                "error: nothing was accepted: {refused}\n\
                 help: look again; `parallax review` shows what is left"
            ));
            Status::Problems
        }
        Refused::Damaged | Refused::Failed(_) => {
            terminal::aside(&format!("error: nothing was accepted: {refused}"));
            Status::Problems
        }
    }
}

/// What there is to review, and how to do it without being asked.
fn list(standing: &Standing<'_>, study: &str) -> Status {
    let mut text = format!("{} to review:\n", counted(standing.items.len(), "change"));
    for item in &standing.items {
        text.push_str(&format!("   {}\n", item.headline()));
    }
    text.push_str(&format!(
        "this is no terminal, so nothing is asked. One of:\n\
         \x20  parallax {study}status                                     says because of what each changed\n\
         \x20  parallax {study}review --accept --because \"…\"              accepts all\n\
         \x20  parallax {study}review --accept --only <NAME> --because \"…\" accepts one\n"
    ));
    terminal::result(&text, Status::Problems)
}
