//! How do a table and a figure stand on the page, each with its data?

use maud::{Markup, html};
use parallax_model::document::{PublishedFigure, PublishedTable, Shown};
use parallax_model::settings::Language;
use parallax_model::{Evidence, Weight};

use super::finding::links;
use super::say;
use crate::report::words::Word;
use crate::report::{Report, csv, figure, told};

/// A table with its data to save.
pub(super) fn table(report: &Report<'_>, table: &PublishedTable, id: &str) -> Markup {
    let language = report.document.study.language;
    html! {
        div.wide id=(id) {
            (plain_table(report, &table.title, &table.columns, &table.rows))
        }
        (data(&csv::table(&told::table(table, &report.exhibits), language), id, language))
    }
}

/// A figure as a picture, as a table, and as data to save.
pub(super) fn figure(report: &Report<'_>, figure: &PublishedFigure, id: &str) -> Markup {
    let language = report.document.study.language;
    html! {
        figure id=(id) {
            figcaption { (figure.title()) span { (figure::reading_aid(figure, language)) } }
            div.picture { (figure::draw(figure, id, language)) }
            details {
                summary { (say(Word::DataOfFigure, language)) }
                div.wide { (as_table(report, figure)) }
            }
            (data(&csv::figure(figure, language), id, language))
        }
    }
}

fn as_table(report: &Report<'_>, figure: &PublishedFigure) -> Markup {
    let language = report.document.study.language;
    let word = |word: Word| Shown::Text { text: word.text(language).to_owned() };
    match figure {
        PublishedFigure::Grid { title, rows, columns, cells, .. } => {
            let heads: Vec<Shown> = std::iter::once(Shown::Text { text: String::new() })
                .chain(columns.iter().cloned())
                .collect();
            let rows: Vec<Vec<Shown>> = rows
                .iter()
                .zip(cells)
                .map(|(head, cells)| {
                    std::iter::once(head.clone()).chain(cells.iter().cloned()).collect()
                })
                .collect();
            plain_table(report, title, &heads, &rows)
        }
        PublishedFigure::Dendrogram { title, leaves, merges, groups, .. } => {
            let node = |at: usize| match leaves.get(at) {
                Some(leaf) => format!("{leaf} ({})", groups.get(at).map_or("", Shown::text)),
                None => format!("{} {}", Word::Step.text(language), at - leaves.len() + 1),
            };
            let text = |text: String| Shown::Text { text };
            let heads =
                [word(Word::Step), text("1".into()), text("2".into()), word(Word::Distance)];
            let rows: Vec<Vec<Shown>> = merges
                .iter()
                .enumerate()
                .map(|(at, merge)| {
                    vec![
                        text((at + 1).to_string()),
                        text(node(merge.left)),
                        text(node(merge.right)),
                        text(merge.height.to_string()),
                    ]
                })
                .collect();
            plain_table(report, title, &heads, &rows)
        }
    }
}

fn plain_table(report: &Report<'_>, title: &str, columns: &[Shown], rows: &[Vec<Shown>]) -> Markup {
    let numeric: Vec<bool> = (0..columns.len())
        .map(|at| {
            at > 0
                && !rows.is_empty()
                && rows.iter().all(|row| matches!(row[at], Shown::Number { .. }))
        })
        .collect();
    html! {
        table {
            caption { (title) }
            thead { tr {
                @for (column, numeric) in columns.iter().zip(&numeric) {
                    th.n[*numeric] scope="col" { (column.text()) }
                }
            } }
            tbody {
                @for row in rows {
                    tr {
                        @for (at, cell) in row.iter().enumerate() {
                            @if at == 0 { th scope="row" title=[hint(cell)] { (cell.text()) } }
                            @else { td.n[numeric[at]] title=[hint(cell)] { (content(report, cell)) } }
                        }
                    }
                }
            }
        }
    }
}

fn content(report: &Report<'_>, cell: &Shown) -> Markup {
    match cell {
        Shown::Said { statements, text, .. } => html! {
            b { (text) }
            @for id in statements { br; (said(report, id)) }
        },
        Shown::Number { text, .. } => broken(text),
        other => html! { (other.text()) },
    }
}

/// What one statement says, with a link to it.
fn said(report: &Report<'_>, id: &str) -> Markup {
    let item = Evidence::statement(id, Weight::Context);
    html! {
        @match told::statement(id, &report.exhibits) {
            (words, _) if words.is_empty() => (links(report, &[item])),
            (words, _) => { (words) " (" (links(report, &[item])) ")" }
        }
    }
}

/// A number with what stands beside it in brackets on a line of its own.
pub(super) fn broken(text: &str) -> Markup {
    match text.split_once(" (").filter(|(number, _)| number.contains(|c: char| c.is_ascii_digit()))
    {
        Some((number, beside)) => html! { (number) " " span.beside { "(" (beside) } },
        None => html! { (text) },
    }
}

/// The id behind a label, where they differ.
fn hint(cell: &Shown) -> Option<&str> {
    match cell {
        Shown::Word { .. } => None,
        _ => cell.id().filter(|&id| id != cell.text()),
    }
}

fn data(csv: &str, id: &str, language: Language) -> Markup {
    html! {
        p.tools {
            a href=(csv::link(csv)) download=(format!("{id}.csv")) { (say(Word::Csv, language)) }
        }
    }
}
