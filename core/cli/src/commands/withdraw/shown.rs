//! What does somebody read before rows are removed, and after?

use std::fmt::Write as _;

use parallax_engine::accept::{Difference, accepted, compare};
use parallax_engine::model::document::{AnalysisEntry, Came};
use parallax_engine::model::{Choices, FindingsDocument, StudyFile};
use parallax_engine::open::Opened;
use parallax_engine::withdraw::{Change, Mention};
use serde_json::{Value as Json, json};

use super::Prepared;
use crate::args::{Arguments, Format};
use crate::say::counted;
use crate::{Status, terminal};

/// How many findings that change are shown.
const FINDINGS: usize = 12;

/// How many ids of statements are shown.
const IDS: usize = 20;

/// How long a line about a finding may be, in characters.
const WIDTH: usize = 100;

/// A withdrawal as it is shown.
pub(super) struct Shown<'p> {
    prepared: &'p Prepared,
    /// What is different in the findings of which analysis.
    differences: Vec<(String, Difference)>,
    /// The claims whose verdict changes, with both.
    verdicts: Vec<(String, String, String)>,
    /// Whether the study could be run before, so that there is something to compare.
    is_compared: bool,
}

impl<'p> Shown<'p> {
    /// Runs the study as it is and as it will be, and compares what is found.
    pub(super) fn of(prepared: &'p Prepared) -> Self {
        let (before, after) = (found(&prepared.before), found(&prepared.after));
        let both = before.as_ref().zip(after.as_ref());
        let (differences, verdicts) = both
            .map(|(before, after)| (differences(before, after), verdicts(before, after)))
            .unwrap_or_default();
        Self { prepared, differences, verdicts, is_compared: both.is_some() }
    }

    /// Shows what would go.
    pub(super) fn before(&self, arguments: &Arguments, status: Status) -> Status {
        match arguments.format {
            Format::Json => terminal::json(&self.json(false).to_string(), status),
            _ => terminal::result(&self.text(), status),
        }
    }

    /// Shows what went, unless somebody read it just now, and what is left to do.
    pub(super) fn after(&self, arguments: &Arguments, is_read: bool) -> Status {
        if arguments.format == Format::Json {
            return terminal::json(&self.json(true).to_string(), Status::Fine);
        }
        let before = if is_read { String::new() } else { format!("{}\n", self.text()) };
        terminal::result(&format!("{before}{}", self.afterwards()), Status::Fine)
    }

    /// What goes, and what that changes.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let changes = &self.prepared.withdrawal.changes;
        for change in changes.iter().rev() {
            let _written = writeln!(text, "{:<18} {}", change.name, what_goes(change));
        }
        if !self.prepared.kept.is_empty() {
            let rows = self.prepared.kept.iter().map(|change| change.rows.len()).sum();
            let _written = writeln!(
                text,
                "{:<18} {} of the copy that was kept with the accepted findings",
                "findings/accepted",
                counted(rows, "row")
            );
        }
        text.push('\n');
        text.push_str(&self.findings());
        for mention in &self.prepared.withdrawal.mentions {
            let _written = writeln!(text, "still named in {}", where_named(mention));
        }
        text
    }

    fn findings(&self) -> String {
        if !self.is_compared {
            return "which findings change cannot be said: the study cannot be run as it is\n"
                .to_owned();
        }
        let mut text = match self.differences.len() {
            0 => "no finding changes\n".to_owned(),
            1 => "1 finding changes\n".to_owned(),
            count => format!("{count} findings change\n"),
        };
        for (analysis, difference) in self.differences.iter().take(FINDINGS) {
            let headline = match difference {
                Difference::Outcome { .. } => format!("~ the outcome of {analysis}"),
                other => other.headline(),
            };
            let _written = writeln!(text, "  {}", cut(&headline));
            if let Some(detail) = difference.details().first() {
                let _written = writeln!(text, "      {}", cut(detail));
            }
        }
        if self.differences.len() > FINDINGS {
            let more = self.differences.len() - FINDINGS;
            let _written = writeln!(text, "  … and {more} more");
        }
        text.push_str(&self.claims());
        text
    }

    fn claims(&self) -> String {
        let mut text = match self.verdicts.len() {
            0 => return String::new(),
            count => format!("{} with another verdict\n", counted(count, "claim")),
        };
        for (id, was, is) in self.verdicts.iter().take(FINDINGS) {
            let _written = writeln!(text, "  ~ {id}: {was} → {is}");
        }
        if self.verdicts.len() > FINDINGS {
            let more = self.verdicts.len() - FINDINGS;
            let _written = writeln!(text, "  … and {more} more");
        }
        text
    }

    /// What is left to do when the rows are gone.
    fn afterwards(&self) -> String {
        let is_named = !self.prepared.withdrawal.mentions.is_empty();
        let lines = [
            (true, "the rows are removed, and findings/log.csv says that a participant withdrew"),
            (is_named, "the lines that still name the participant are yours to rewrite: see above"),
            (
                self.prepared.is_written,
                "the report and the findings in out/ were made before and are removed; `parallax run` makes \
                 them again",
            ),
            (
                !self.prepared.accepted.is_nothing(),
                "findings/accepted still names ids until `parallax review` accepts the change",
            ),
            (
                true,
                "git keeps what was committed before: `git filter-repo` takes it out of the history",
            ),
            (
                true,
                "recordings, transcripts, the key and copies that were shared are yours to remove",
            ),
        ];
        let lines = lines.into_iter().filter(|(holds, _)| *holds);
        lines.map(|(_, line)| format!("{line}\n")).collect()
    }

    fn json(&self, is_done: bool) -> Json {
        let changes = &self.prepared.withdrawal.changes;
        let tables = changes.iter().rev().map(|change| {
            json!({ "file": change.name, "rows": change.rows.len(), "edited": change.edited })
        });
        let statements = changes.iter().find(|change| change.file == StudyFile::Statements);
        let mentions = self.prepared.withdrawal.mentions.iter().map(
            |mention| json!({ "file": mention.file, "lines": mention.lines, "count": mention.count }),
        );
        let differences = self.differences.iter().map(
            |(analysis, difference)| json!({ "analysis": analysis, "difference": difference }),
        );
        let verdicts = self.verdicts.iter();
        let verdicts = verdicts.map(|(id, was, is)| json!({ "claim": id, "was": was, "is": is }));
        json!({
            "version": 1,
            "removed": is_done,
            "tables": tables.collect::<Vec<_>>(),
            "statements": statements.map(|change| change.rows.clone()).unwrap_or_default(),
            "mentions": mentions.collect::<Vec<_>>(),
            "compared": self.is_compared,
            "differences": differences.collect::<Vec<_>>(),
            "verdicts": verdicts.collect::<Vec<_>>(),
        })
    }
}

/// The rows of a table that go, and in how many others something does.
fn what_goes(change: &Change) -> String {
    let mut parts = Vec::new();
    if !change.rows.is_empty() {
        let ids = match change.file {
            StudyFile::Statements => {
                let more = if change.rows.len() > IDS { ", …" } else { "" };
                let shown: Vec<&str> = change.rows.iter().take(IDS).map(String::as_str).collect();
                format!(": {}{more}", shown.join(", "))
            }
            _ => String::new(),
        };
        parts.push(format!("{} go{}", counted(change.rows.len(), "row"), ids));
    }
    if change.edited > 0 {
        let what = if change.file == StudyFile::Study { "an entry" } else { "a word" };
        let place = if change.file == StudyFile::Study { "place" } else { "other row" };
        parts.push(format!("{} lose {what}", counted(change.edited, place)));
    }
    let parts = parts.join("; ");
    parts
        .replace("1 row go", "1 row goes")
        .replace("1 other row lose", "1 other row loses")
        .replace("1 place lose", "1 place loses")
}

fn where_named(mention: &Mention) -> String {
    let lines: Vec<String> = mention.lines.iter().map(usize::to_string).collect();
    let more = if mention.count > mention.lines.len() { ", …" } else { "" };
    let word = if mention.count == 1 { "line" } else { "lines" };
    format!("{}, {word} {}{more}", mention.file, lines.join(", "))
}

/// A line that fits a terminal.
fn cut(line: &str) -> String {
    match line.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// What the analyses find in the default reading.
fn found(opened: &Opened) -> Option<FindingsDocument> {
    let study = opened.checked.study.as_ref()?;
    Some(opened.answer(study, &Choices::default()).ok()?.document)
}

fn differences(before: &FindingsDocument, after: &FindingsDocument) -> Vec<(String, Difference)> {
    let each = before.analyses.iter().flat_map(|entry| {
        let both = accepted(before, &entry.id).zip(accepted(after, &entry.id));
        let differences = both.map(|(was, is)| compare(&was, &is)).unwrap_or_default();
        let failed = differences.is_empty().then(|| failure(entry, after)).flatten();
        let all = differences.into_iter().chain(failed);
        all.map(|difference| (entry.id.clone(), difference)).collect::<Vec<_>>()
    });
    each.collect()
}

/// That an analysis fails which did not, or no longer does: of a failure there is nothing to compare.
fn failure(before: &AnalysisEntry, after: &FindingsDocument) -> Option<Difference> {
    let now = after.analyses.iter().find(|entry| entry.id == before.id)?;
    let fails = |came: &Came| matches!(came, Came::Failed { .. });
    let (was, is) = (Some(before.outcome.clone()), Some(now.outcome.clone()));
    (fails(&before.outcome) != fails(&now.outcome)).then_some(Difference::Outcome { was, is })
}

/// The claims of which something else comes than before.
fn verdicts(before: &FindingsDocument, after: &FindingsDocument) -> Vec<(String, String, String)> {
    let each = before.claims.iter().filter_map(|was| {
        let is = after.claims.iter().find(|is| is.id == was.id)?;
        (was.verdict != is.verdict).then(|| (was.id.clone(), was.word.clone(), is.word.clone()))
    });
    each.collect()
}
