//! How does one analysis look in Markdown, with its findings?

use parallax_model::document::{Came, PublishedFigure, PublishedFinding, PublishedMeasure, Shown};
use parallax_model::finding::Basis;
use parallax_model::number::Number;
use parallax_model::settings::Language;

use super::{Page, escaped, with_code};
use crate::report::outline::{MOST_ROWS, Section, cited};
use crate::report::robustness::share;
use crate::report::words::{Word, weight};
use crate::report::{Report, told};

/// One analysis: its question, its findings in full, and the others in a table.
pub(super) fn section(page: &mut Page, section: &Section<'_>, report: &Report<'_>) {
    let language = report.document.study.language;
    let entry = section.entry;
    page.heading(3, &entry.title);
    page.paragraph(&format!("*{}*", escaped(&entry.question)));
    let word = |word: Word| word.text(language);
    match &entry.outcome {
        Came::NotAvailable { reason } => {
            page.paragraph(&format!("**{}**: {}", word(Word::NotAvailable), escaped(reason)));
        }
        Came::Failed { reason } => {
            page.paragraph(&format!("**{}**: {}", word(Word::Failed), escaped(reason)));
        }
        Came::Found { .. } if section.first().is_none() => {
            page.paragraph(word(Word::NothingFound));
        }
        Came::Found { .. } => {}
    }
    for finding in &section.main {
        whole(page, finding, report);
    }
    if !section.folded.is_empty() {
        let heads = [Word::Finding, Word::Evidence].map(|head| word(head).to_owned());
        let rows = section
            .folded
            .iter()
            .map(|finding| vec![finding.sentence.clone(), rests_on(&finding.basis, language)]);
        page.table(&heads, rows);
        page.paragraph(word(Word::TablesElsewhere));
    }
    if !section.rows.is_empty() {
        rows(page, section, language);
    }
}

fn whole(page: &mut Page, finding: &PublishedFinding, report: &Report<'_>) {
    let language = report.document.study.language;
    page.heading(4, &finding.title);
    page.paragraph(&escaped(&finding.sentence));
    if let Some(steady) = &finding.robustness {
        page.paragraph(&with_code(&steady.sentence));
    }
    let many = finding.measures.len() > 6;
    let worth = |number: &Number| !(many && matches!(number, Number::Count { value: 0 }));
    let measures: Vec<String> =
        finding.measures.iter().filter(|measure| worth(&measure.number)).map(measured).collect();
    if !measures.is_empty() {
        page.list(measures);
    }
    for figure in &finding.figures {
        draw(page, figure, language);
    }
    for table in &finding.tables {
        page.paragraph(&format!("**{}**", escaped(&table.title)));
        let told = told::table(table, &report.exhibits);
        page.table(&texts(&told.columns), told.rows.iter().map(|row| texts(row)));
    }
    for caveat in &finding.caveats {
        page.paragraph(&format!("> {}", escaped(&caveat.text)));
    }
    page.paragraph(&format!("{} · `{}`", escaped(&rests_on(&finding.basis, language)), finding.id));
}

/// A measure and, where it changes, its values under other readings.
fn measured(measure: &PublishedMeasure) -> String {
    let line = format!("{}: {}", escaped(&measure.label), escaped(&measure.text));
    match &measure.across {
        Some(across) if !across.text.is_empty() => format!("{line} · {}", escaped(&across.text)),
        _ => line,
    }
}

fn rows(page: &mut Page, section: &Section<'_>, language: Language) {
    let tally: Vec<String> =
        section.tally().iter().map(|(word, count)| format!("{count} {}", escaped(word))).collect();
    if !tally.is_empty() {
        page.paragraph(&tally.join(" · "));
    }
    let shared = section.shared_measures();
    let mut heads = vec![Word::Finding.text(language).to_owned()];
    heads.extend(shared.iter().map(|measure| measure.label.clone()));
    let looked_at = section.rows.iter().any(|finding| finding.robustness.is_some());
    heads.extend(looked_at.then(|| Word::SameIn.text(language).to_owned()));
    heads.push(Word::Evidence.text(language).to_owned());
    let rows = section.rows.iter().take(MOST_ROWS).map(|finding| {
        let mut row = vec![finding.sentence.clone()];
        row.extend(shared.iter().map(|measure| {
            let own = finding.measures.iter().find(|own| own.name == measure.name);
            own.map_or_else(String::new, |own| own.text.clone())
        }));
        row.extend(looked_at.then(|| share(finding)));
        row.push(rests_on(&finding.basis, language));
        row
    });
    page.table(&heads, rows);
    for note in section.notes() {
        page.paragraph(&format!("> {}", escaped(note)));
    }
    if section.rows.len() > MOST_ROWS {
        let more = section.rows.len() - MOST_ROWS;
        page.paragraph(&format!("{more} {}", Word::MoreRows.text(language)));
    }
}

/// The evidence of a finding or a claim on one line.
pub(super) fn rests_on(basis: &Basis, language: Language) -> String {
    if let Basis::None { reason } = basis {
        return format!("{}: {reason}", Word::NoEvidence.text(language));
    }
    let parts: Vec<String> = cited(basis)
        .iter()
        .map(|cited| {
            let mut ids: Vec<String> = cited.items.iter().map(|item| item.id.clone()).collect();
            if cited.more > 0 {
                ids.push(format!("+{}", cited.more));
            }
            format!("{}: {}", weight(cited.weight).text(language), ids.join(", "))
        })
        .collect();
    parts.join("; ")
}

/// A figure as a table: Markdown has no pictures of its own.
fn draw(page: &mut Page, figure: &PublishedFigure, language: Language) {
    page.paragraph(&format!("**{}**", escaped(figure.title())));
    match figure {
        PublishedFigure::Grid { rows, columns, cells, .. } => {
            let heads: Vec<String> = std::iter::once(String::new()).chain(texts(columns)).collect();
            let rows = rows.iter().zip(cells).map(|(head, cells)| {
                std::iter::once(head.text().to_owned()).chain(texts(cells)).collect()
            });
            page.table(&heads, rows);
        }
        PublishedFigure::Dendrogram { leaves, merges, groups, .. } => {
            let step = Word::Step.text(language);
            let node = |at: usize| match leaves.get(at) {
                Some(leaf) => format!("{leaf} ({})", groups.get(at).map_or("", Shown::text)),
                None => format!("{step} {}", at - leaves.len() + 1),
            };
            let distance = Word::Distance.text(language).to_owned();
            let heads = [step.to_owned(), "1".into(), "2".into(), distance];
            let rows = merges.iter().enumerate().map(|(at, merge)| {
                let (left, right) = (node(merge.left), node(merge.right));
                vec![(at + 1).to_string(), left, right, merge.height.to_string()]
            });
            page.table(&heads, rows);
        }
    }
}

fn texts(cells: &[Shown]) -> Vec<String> {
    cells.iter().map(|cell| cell.text().to_owned()).collect()
}
