//! How is what came of testing scripts shown: to people, to programs and on GitHub?

use parallax_engine::accept::{Difference, place};
use parallax_engine::check::github_about;
use serde_json::{Value as Json, json};

use crate::args::{Arguments, Format, Test};
use crate::say::counted;
use crate::{Status, terminal};

use super::verdict::{Tested, Verdict};

pub(super) fn show(tested: &[Tested], arguments: &Arguments, test: &Test, worst: Status) -> Status {
    match arguments.format {
        Format::Full => terminal::result(&full(tested, test), worst),
        Format::Short => terminal::result(&tested.iter().map(short).collect::<String>(), worst),
        Format::Github => terminal::result(&tested.iter().map(github).collect::<String>(), worst),
        Format::Json => {
            let scripts: Vec<Json> = tested.iter().map(object).collect();
            terminal::json(&json!({ "version": 1, "scripts": scripts }).to_string(), worst)
        }
    }
}

/// One block for each script, and at the end how many came off how.
fn full(tested: &[Tested], test: &Test) -> String {
    let width = tested.iter().map(|tested| tested.id.chars().count()).max().unwrap_or(0);
    let mut page = String::new();
    for Tested { id, verdict } in tested {
        let headline = headline(id, verdict);
        page.push_str(&format!("{id:width$}  {headline}\n"));
        for difference in differences(verdict) {
            page.push_str(&indented(&difference.to_string(), "  "));
        }
        if test.diff {
            page.push_str(&indented(lines(verdict), "    "));
        }
        if let Verdict::Failed { problem } = verdict {
            page.push_str(&format!("\n{}\n\n", problem.trim_end()));
        }
    }
    if !page.ends_with("\n\n") {
        page.push('\n');
    }
    page.push_str(&format!("{}\n", totals(tested)));
    let differ = |tested: &&Tested| matches!(tested.verdict, Verdict::Differs { .. });
    let ids: Vec<&str> = tested.iter().filter(differ).map(|tested| tested.id.as_str()).collect();
    if !ids.is_empty() {
        let lines = if test.diff { "" } else { "; --diff shows the lines that differ" };
        page.push_str(&format!(
            "next   where the new findings are right, `parallax script test {} --accept` keeps \
             them{lines}\n",
            ids.join(" ")
        ));
    }
    page
}

/// What came of a script, in one line.
fn headline(id: &str, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Same { findings } => format!("as accepted: {}", counted(*findings, "finding")),
        Verdict::Differs { differences, .. } => {
            format!("not as accepted: {}", counted(differences.len(), "difference"))
        }
        Verdict::Accepted { first: true, differences, .. } => {
            format!("accepted for the first time: {}", counted(differences.len(), "finding"))
        }
        Verdict::Accepted { differences, .. } => {
            format!("accepted anew: {}", counted(differences.len(), "difference"))
        }
        Verdict::NothingAccepted { differences } => format!(
            "nothing accepted yet: {}; where they are right, `parallax script test {id} --accept` \
             keeps them",
            counted(differences.len(), "finding")
        ),
        Verdict::Failed { .. } => "failed".to_owned(),
        Verdict::Unreadable { fault, help } => {
            format!("cannot be compared: scripts/{id}/{}: {fault}; {help}", place(id))
        }
        Verdict::NotWritten { fault } => format!(
            "not accepted: scripts/{id}/{} could not be written: {fault}; the file that was there \
             is untouched",
            place(id)
        ),
        Verdict::Untested { .. } => {
            format!("untested: it has no small study, which would be scripts/{id}/study.yaml")
        }
    }
}

fn differences(verdict: &Verdict) -> &[Difference] {
    match verdict {
        Verdict::Differs { differences, .. }
        | Verdict::Accepted { differences, .. }
        | Verdict::NothingAccepted { differences } => differences,
        _ => &[],
    }
}

fn lines(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Differs { lines, .. } | Verdict::Accepted { lines, .. } => lines,
        _ => "",
    }
}

fn indented(text: &str, by: &str) -> String {
    text.lines().map(|line| format!("{by}{line}\n")).collect()
}

fn totals(tested: &[Tested]) -> String {
    let how_many =
        |kind: fn(&Verdict) -> bool| tested.iter().filter(|tested| kind(&tested.verdict)).count();
    let untested = how_many(|verdict| matches!(verdict, Verdict::Untested { .. }));
    let parts = [
        (how_many(|verdict| matches!(verdict, Verdict::Same { .. })), "as accepted"),
        (how_many(|verdict| matches!(verdict, Verdict::Accepted { .. })), "accepted"),
        (how_many(|verdict| matches!(verdict, Verdict::Differs { .. })), "not as accepted"),
        (
            how_many(|verdict| matches!(verdict, Verdict::NothingAccepted { .. })),
            "with nothing accepted yet",
        ),
        (how_many(|verdict| matches!(verdict, Verdict::Failed { .. })), "failed"),
        (
            how_many(|verdict| {
                matches!(verdict, Verdict::Unreadable { .. } | Verdict::NotWritten { .. })
            }),
            "with an accepted file that cannot be read or written",
        ),
        (untested, "untested"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    format!("{} tested: {}", counted(tested.len() - untested, "script"), parts.join(" · "))
}

/// One line for each difference, with the file it is about.
fn short(Tested { id, verdict }: &Tested) -> String {
    let about = format!("scripts/{id}.rhai");
    let mut page = format!("{about}: {}\n", headline(id, verdict));
    for difference in differences(verdict) {
        page.push_str(&format!("{about}: {}\n", in_one_line(difference)));
    }
    if let Verdict::Failed { problem } = verdict {
        page.push_str(&format!("{problem}\n"));
    }
    page
}

fn in_one_line(difference: &Difference) -> String {
    format!("{}: {}", difference.headline(), difference.details().join("; "))
}

/// Nothing where all is well; else the whole story under the script's name.
fn github(Tested { id, verdict }: &Tested) -> String {
    if verdict.status() == Status::Fine {
        return String::new();
    }
    let mut text = headline(id, verdict);
    for difference in differences(verdict) {
        text.push_str(&format!("\n{difference}"));
    }
    if let Verdict::Failed { problem } = verdict {
        text.push_str(&format!("\n{problem}"));
    }
    github_about(&format!("scripts/{id}.rhai"), &format!("script {id}"), &text)
}

/// The same for programs: `result` is one of the words below.
fn object(Tested { id, verdict }: &Tested) -> Json {
    let result = match verdict {
        Verdict::Same { .. } => "as_accepted",
        Verdict::Differs { .. } => "differs",
        Verdict::Accepted { .. } => "accepted",
        Verdict::NothingAccepted { .. } => "nothing_accepted",
        Verdict::Failed { .. } => "failed",
        Verdict::Unreadable { .. } => "unreadable",
        Verdict::NotWritten { .. } => "not_written",
        Verdict::Untested { .. } => "untested",
    };
    let problem = match verdict {
        Verdict::Failed { problem } => Some(problem),
        Verdict::Unreadable { fault, .. } | Verdict::NotWritten { fault } => Some(fault),
        _ => None,
    };
    json!({
        "id": id,
        "result": result,
        "message": headline(id, verdict),
        "problem": problem,
        "differences": differences(verdict),
    })
}
