//! What can be explained?

use parallax_engine::model::settings::Language;
use parallax_engine::model::{Check, Kind, Verdict};
use parallax_engine::shelf::Shelf;

use super::{english, start};

/// Widest line, in characters.
const WIDTH: usize = 100;

/// Everything that `explain` has a page for, with what each is about.
pub(super) fn page(shelf: &Shelf) -> String {
    let mut page = "The way through a study\n".to_owned();
    page.push_str(&entry(start::WORD, 22, start::ABOUT));
    page.push_str("\nAnalyses\n");
    for analysis in shelf.iter() {
        let manifest = analysis.manifest();
        page.push_str(&entry(&manifest.id, 22, english(&manifest.question)));
    }
    page.push_str("\nVerdicts on claims of the report\n");
    for verdict in Verdict::ALL {
        page.push_str(&entry(verdict.word(), 22, verdict.meaning(Language::En)));
    }
    page.push_str("\nChecks of claims\n");
    for check in Check::ALL {
        page.push_str(&entry(check.word(), 22, check.meaning(Language::En)));
    }
    let mut last = "";
    for kind in Kind::ALL {
        let family = family(*kind);
        if family != last {
            page.push_str(&format!("\nMessages about {family}\n"));
            last = family;
        }
        page.push_str(&entry(kind.code(), 5, kind.meaning()));
    }
    page
}

/// What the messages of a family of codes are about.
fn family(kind: Kind) -> &'static str {
    match kind.code().as_bytes().first() {
        Some(b'F') => "files",
        Some(b'S') => "the form of tables and settings",
        Some(b'R') => "names, and rules between rows",
        Some(b'C') => "consent and personal data",
        Some(b'P') => "scripts",
        Some(b'V') => "accepted findings",
        _ => "other things",
    }
}

/// A word in a column of so many characters and its meaning beside it, in as many lines as it needs.
fn entry(word: &str, column: usize, meaning: &str) -> String {
    let mut lines = vec![format!("  {word:<column$}")];
    for part in meaning.split_whitespace() {
        let width = lines.last().map_or(0, |line| line.chars().count());
        if width + 1 + part.chars().count() > WIDTH {
            lines.push(" ".repeat(column + 2));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(part);
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_meaning_goes_on_below_itself() {
        let meaning = "word ".repeat(25);
        let entry = entry("F001", 5, &meaning);
        let lines: Vec<&str> = entry.lines().collect();
        assert_eq!(lines.len(), 2, "{entry}");
        assert!(lines[0].starts_with("  F001  word word") && lines[1].starts_with("        word"));
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "{entry}");
        assert_eq!(entry.matches("word").count(), 25);
    }
}
