//! How does a report become plain Markdown, for an editor, for Pandoc and for Word?

mod claims;
mod evidence;
mod finding;

use parallax_model::document::{AnalysisKind, Came};

use crate::report::Report;
use crate::report::checklist::has_claims;
use crate::report::outline::{Section, sections};
use crate::report::robustness as shown;
use crate::report::trust::said;
use crate::report::words::{LIMITS, Word, counted};

/// The report as Markdown with pipe tables.
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let mut page = Page::default();
    let sections = sections(report.document);
    header(&mut page, report);
    if has_claims(report.document) {
        claims::section(&mut page, report);
    }
    glance(&mut page, report, &sections);
    page.heading(2, Word::Findings.text(report.document.study.language));
    for section in &sections {
        finding::section(&mut page, section, report);
    }
    evidence::section(&mut page, report);
    method(&mut page, report);
    page.text
}

/// A page of Markdown as it grows, paragraph by paragraph.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn heading(&mut self, level: usize, text: &str) {
        self.text.push_str(&format!("{} {}\n\n", "#".repeat(level), escaped(text)));
    }

    /// A paragraph that is Markdown already.
    fn paragraph(&mut self, markdown: &str) {
        self.text.push_str(markdown);
        self.text.push_str("\n\n");
    }

    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        for item in items {
            self.text.push_str(&format!("- {item}\n"));
        }
        self.text.push('\n');
    }

    /// A pipe table; heads and cells are text.
    fn table(&mut self, heads: &[String], rows: impl IntoIterator<Item = Vec<String>>) {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        self.text.push_str(&line(heads));
        self.text.push_str(&format!("|{}\n", " --- |".repeat(heads.len())));
        for row in rows {
            self.text.push_str(&line(&row));
        }
        self.text.push('\n');
    }
}

/// Text that Markdown takes for nothing else, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\r' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^'
            | '$' | '&' | '@' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '+' | '-' | '=' if at == 0 => {
                escaped.push('\\');
                escaped.push(c);
            }
            '.' | ')' if is_list_mark(text, at) => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Whether the character at `at` would make the text an item of a numbered list.
fn is_list_mark(text: &str, at: usize) -> bool {
    at > 0
        && text[..at].chars().all(|c| c.is_ascii_digit())
        && text[at + 1..].chars().next().is_none_or(char::is_whitespace)
}

/// Text in which `backticks` mark what is to be typed.
fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        1 => format!("`{part}`"),
        _ => escaped(part),
    });
    parts.collect()
}

fn header(page: &mut Page, report: &Report<'_>) {
    let (study, reading) = (&report.document.study, &report.document.reading);
    let language = study.language;
    let counts = &study.counts;
    page.heading(1, &study.title);
    let sizes = [
        counted(counts.participants, Word::Participant, Word::Participants, language),
        counted(counts.roles, Word::Role, Word::Roles, language),
        counted(counts.cases, Word::Case, Word::Cases, language),
        counted(counts.statements, Word::Statement, Word::Statements, language),
    ];
    page.paragraph(&sizes.join(" · "));
    let mut lines = vec![
        format!(
            "{} {} · {} {}",
            reading.included,
            Word::Analysed.text(language),
            reading.excluded,
            Word::LeftOut.text(language)
        ),
        format!("{} {}", Word::ReadAs.text(language), escaped(&reading.mapping)),
    ];
    if !reading.default {
        lines.push(Word::OtherReading.text(language).to_owned());
    }
    let warnings = report.document.problems.warnings;
    if warnings > 0 {
        lines.push(counted(warnings, Word::Warning, Word::Warnings, language));
    }
    lines.extend(said(&report.trust, language).into_iter().map(|(text, _)| escaped(&text)));
    page.paragraph(&lines.join(" · "));
    if let Some(passing_on) = report.passing_on() {
        page.paragraph(&format!("**{}**", passing_on.text(language)));
    }
}

fn glance(page: &mut Page, report: &Report<'_>, sections: &[Section<'_>]) {
    let language = report.document.study.language;
    let word = |word: Word| word.text(language).to_owned();
    page.heading(2, &word(Word::Glance));
    let rows = sections.iter().map(|section| {
        let found = match (&section.entry.outcome, section.first()) {
            (Came::NotAvailable { reason }, _) => format!("{}: {reason}", word(Word::NotAvailable)),
            (Came::Failed { reason }, _) => format!("{}: {reason}", word(Word::Failed)),
            (Came::Found { .. }, None) => word(Word::NothingFound),
            (Came::Found { .. }, Some(first)) => first.sentence.clone(),
        };
        vec![section.entry.question.clone(), found]
    });
    page.table(&[word(Word::QuestionHead), word(Word::MainFinding)], rows);
    let questions = &report.document.study.questions;
    if !questions.is_empty() {
        page.heading(3, &word(Word::Questions));
        page.list(questions.iter().map(|q| format!("**{}** {}", escaped(&q.id), escaped(&q.text))));
    }
    if !report.people.cases.is_empty() {
        page.heading(3, &word(Word::People));
        let heads: Vec<String> =
            std::iter::once(word(Word::Case)).chain(report.people.roles.iter().cloned()).collect();
        let rows = report.people.cases.iter().map(|(case, counts)| {
            std::iter::once(case.clone()).chain(counts.iter().map(usize::to_string)).collect()
        });
        page.table(&heads, rows);
    }
}

fn method(page: &mut Page, report: &Report<'_>) {
    let (document, language) = (report.document, report.document.study.language);
    let word = |word: Word| word.text(language).to_owned();
    page.heading(2, &word(Word::Method));
    page.heading(3, &word(Word::Limits));
    page.list(LIMITS.map(|limit| escaped(&word(limit))));
    page.heading(3, &word(Word::Reading));
    let reading = &document.reading;
    let mapping = format!("{}: {}", reading.mapping, reading.why);
    let roles = reading.roles.iter().map(|role| format!("{}: {}", role.label, role.people));
    let taken = reading.alternatives.iter().map(|taken| {
        format!("{}: {} {} ({})", taken.group, taken.option, word(Word::Taken), taken.why)
    });
    let items = std::iter::once(mapping).chain(roles).chain(taken);
    page.list(items.map(|item| escaped(item.trim_end_matches(": "))));
    robustness(page, report);
    if !report.warnings.is_empty() {
        page.heading(3, &word(Word::Problems));
        page.list(report.warnings.iter().map(|warning| with_code(warning)));
    }
    for entry in &document.analyses {
        page.heading(3, &entry.title);
        page.paragraph(&escaped(&entry.method));
        page.list(entry.edge_cases.iter().map(|edge| escaped(edge)));
        if !entry.references.is_empty() {
            page.paragraph(&format!("{}:", word(Word::References)));
            page.list(entry.references.iter().map(|work| escaped(work)));
        }
        let kind = match entry.kind {
            AnalysisKind::Plugin => Word::Plugin,
            AnalysisKind::Script => Word::Script,
        };
        let mut line = format!("`{}` {} · {}", entry.id, escaped(&entry.version), word(kind));
        for (name, value) in &entry.parameters {
            line.push_str(&format!(" · {} = {}", escaped(name), escaped(&value.to_string())));
        }
        page.paragraph(&line);
    }
    page.heading(2, &word(Word::Provenance));
    page.paragraph(&format!("{} {}", word(Word::MadeBy), escaped(&report.provenance.program)));
    for plugin in &report.provenance.plugins {
        let (what, version) = (word(Word::OutsidePlugin), escaped(&plugin.version));
        let sha256 = format!("{} {}", word(Word::Sha), plugin.sha256);
        page.paragraph(&format!("{what}: `{}` {version} · {sha256}", plugin.id));
    }
    if let Some(citation) = &document.study.citation {
        page.paragraph(&escaped(citation));
    }
    if !report.provenance.files.is_empty() {
        page.paragraph(&word(Word::HowToCheck));
        let rows =
            report.provenance.files.iter().map(|(file, sha)| vec![file.clone(), sha.clone()]);
        page.table(&[word(Word::File), word(Word::Sha)], rows);
    }
    while page.text.ends_with("\n\n") {
        page.text.pop();
    }
}

/// The choices that were varied, how, and with what standing.
fn robustness(page: &mut Page, report: &Report<'_>) {
    let language = report.document.study.language;
    let word = |word: Word| word.text(language).to_owned();
    let Some(summary) = &report.document.robustness else { return };
    page.heading(3, &word(Word::Robustness));
    page.paragraph(&escaped(&shown::looked_at(summary, language)));
    page.paragraph(&escaped(&word(Word::RobustnessRead)));
    let heads =
        [Word::Choice, Word::StandingHead, Word::VariedHead, Word::ChoiceOptions, Word::Why];
    let rows = summary.choices.iter().map(|choice| {
        vec![
            choice.label.clone(),
            word(shown::standing(choice.standing)),
            word(shown::crossed(choice)),
            shown::options(choice, language),
            choice.why.clone(),
        ]
    });
    page.table(&heads.map(word), rows);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a|b *c* <d>\n# e"), "a\\|b \\*c\\* \\<d\\> \\# e");
        assert_eq!(escaped("12. x"), "12\\. x");
        assert_eq!(escaped("- x - y"), "\\- x - y");
    }
}
