//! What does a terminal say of the claims of the report, in a few lines?

use parallax_model::Check;
use parallax_model::document::PublishedClaim;

use crate::report::Report;
use crate::report::checklist::{FIRST, tally, with};
use crate::report::words::Word;

/// No more claims than this have a line of their own.
const MOST_LINES: usize = 24;
/// A line ends here; `trace` and the report have the rest of a sentence.
const WIDTH: usize = 100;
/// What stands at the end of a line that goes on.
const GOES_ON: char = '…';

/// How many claims have which verdict, then a line for each that cannot stand as it is written or
/// that the report says in two ways. Nothing where there are no claims.
pub(super) fn lines(report: &Report<'_>) -> String {
    let (claims, language) = (&report.document.claims, report.document.study.language);
    let untested = report.document.notes.iter().filter(|note| note.check == Check::Mistake);
    let untested: String = untested.map(|note| wrapped(&note.text)).collect();
    if claims.is_empty() {
        return if untested.is_empty() { untested } else { format!("{untested}\n") };
    }
    let head = format!("{}: {}", Word::Claims.text(language), claims.len());
    let counts = tally(claims).into_iter();
    let counts =
        counts.map(|(verdict, count)| format!("{} {count}", verdict.in_language(language)));
    let mut text = filled(std::iter::once(head).chain(counts));
    text.push_str(&untested);
    let first: Vec<&PublishedClaim> =
        FIRST.into_iter().flat_map(|verdict| with(claims, verdict)).collect();
    let shown = &first[..first.len().min(MOST_LINES)];
    let ids = widest(shown.iter().map(|claim| claim.id.as_str()));
    let words = widest(shown.iter().map(|claim| claim.word.as_str()));
    for claim in shown {
        let line = format!("  {:<ids$}  {:<words$}  {}", claim.id, claim.word, claim.sentence);
        text.push_str(&format!("{}\n", cut(&line)));
    }
    if first.len() > shown.len() {
        let more = first.len() - shown.len();
        text.push_str(&format!("  {more} {}\n", Word::InTheReport.text(language)));
    }
    if let Some(repair) = report.document.repairs.first() {
        text.push_str(&wrapped(&repair.sentence));
    }
    text.push('\n');
    text
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or_default()
}

/// Parts with a point between them, on as many lines as they need.
fn filled(parts: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if line.chars().count() + part.chars().count() + 3 <= WIDTH => {
                line.push_str(&format!(" · {part}"));
            }
            Some(_) => lines.push(format!("  · {part}")),
            None => lines.push(part),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A sentence on as many lines as it needs.
fn wrapped(sentence: &str) -> String {
    let mut lines = vec!["  ".to_owned()];
    for word in sentence.split(' ') {
        let fits = |line: &String| line.chars().count() + word.chars().count() < WIDTH;
        match lines.last_mut().filter(|line| fits(line) || line.trim().is_empty()) {
            Some(line) if line.trim().is_empty() => line.push_str(word),
            Some(line) => line.push_str(&format!(" {word}")),
            None => lines.push(format!("    {word}")),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A line as far as it fits, to the end of a word.
fn cut(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    let fits: String = line.chars().take(WIDTH - 1).collect();
    let whole = fits.rsplit_once(' ').map_or(fits.as_str(), |(whole, _)| whole);
    format!("{} {GOES_ON}", whole.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use parallax_model::settings::Language;

    #[test]
    fn many_claims_stay_few_lines_of_a_width() {
        let mut document = sample::document(Language::Nl);
        document.claims = vec![document.claims; 6].concat();
        let shown = lines(&sample::report(&document));
        assert!(shown.lines().all(|line| line.chars().count() <= WIDTH), "{shown}");
        assert!(shown.starts_with("Beweringen van het verslag: 72 · ondersteund 12 · "), "{shown}");
        assert_eq!(shown.matches("\n  K").count(), MOST_LINES);
        assert!(shown.contains("\n  6 meer, in het rapport\n"), "{shown}");
        assert!(shown.ends_with("K02 would no longer be\n    contradicted.\n\n"), "{shown}");
        document.claims.clear();
        assert_eq!(lines(&sample::report(&document)), "");
    }

    #[test]
    fn a_line_is_cut_between_words() {
        let line = "word ".repeat(30);
        let cut = cut(line.trim_end());
        assert!(cut.ends_with("word …") && cut.chars().count() <= WIDTH, "{cut}");
        assert_eq!(super::cut("short"), "short");
    }
}
