//! How does one analysis look, with its findings?

use maud::{Markup, html};
use parallax_model::document::{Came, PublishedFinding, PublishedMeasure};
use parallax_model::finding::{Basis, Evidence, Weight};
use parallax_model::number::Number;
use parallax_model::settings::Language;

use super::{figures, say, with_code};
use crate::report::Report;
use crate::report::outline::{Cited, MOST_ROWS, Section, anchor, cited, evidence_anchor};
use crate::report::robustness::share;
use crate::report::words::{Word, counted, weight};

/// One analysis: its question, its findings in full, and the others in a table.
pub(super) fn section(report: &Report<'_>, section: &Section<'_>, language: Language) -> Markup {
    let entry = section.entry;
    let name = anchor("analysis", &entry.id);
    html! {
        section id=(name) aria-labelledby=(format!("{name}-head")) {
            h3 id=(format!("{name}-head")) { (entry.title) }
            p.quiet { (entry.question) }
            @match &entry.outcome {
                Came::NotAvailable { reason } => {
                    div.finding.none { p {
                        strong { (say(Word::NotAvailable, language)) } ": " (reason)
                    } }
                }
                Came::Failed { reason } => {
                    div.finding.failed {
                        p { strong.against { (say(Word::Failed, language)) } ": " (reason) }
                        p.quiet { (say(Word::FailedNote, language)) }
                    }
                }
                Came::Found { .. } if section.first().is_none() => {
                    div.finding.none { p { (say(Word::NothingFound, language)) } }
                }
                Came::Found { .. } => {}
            }
            @for finding in &section.main { (whole(report, finding, language)) }
            @for finding in &section.folded { (folded(report, finding, language)) }
            @if !section.rows.is_empty() { (rows(report, section, language)) }
        }
    }
}

fn whole(report: &Report<'_>, finding: &PublishedFinding, language: Language) -> Markup {
    html! {
        article.finding id=(anchor("finding", &finding.id)) {
            h4 { (finding.title) }
            p.sentence { (finding.sentence) }
            (steady(finding, language))
            (body(report, finding, language))
        }
    }
}

/// A finding of which there are many alike: its sentence, and the rest when it is opened.
fn folded(report: &Report<'_>, finding: &PublishedFinding, language: Language) -> Markup {
    html! {
        details.fold id=(anchor("finding", &finding.id)) {
            summary { strong { (finding.title) } " " span { (finding.sentence) } }
            (steady(finding, language))
            (body(report, finding, language))
        }
    }
}

/// In how many readings a finding holds, and what changes it.
fn steady(finding: &PublishedFinding, language: Language) -> Markup {
    html! {
        @if let Some(steady) = &finding.robustness {
            p.steady { (with_code(&steady.sentence)) }
            @if !steady.flips.is_empty() {
                details.steady {
                    summary { (say(Word::Changes, language)) }
                    ul { @for flip in &steady.flips { li { (with_code(&flip.text)) } } }
                }
            }
        }
    }
}

/// What stands below the sentence of a finding.
fn body(report: &Report<'_>, finding: &PublishedFinding, language: Language) -> Markup {
    html! {
        (measures(&finding.measures))
        @for (at, figure) in finding.figures.iter().enumerate() {
            (figures::figure(report, figure, &anchor(&format!("figure{at}"), &finding.id)))
        }
        @for (at, table) in finding.tables.iter().enumerate() {
            (figures::table(report, table, &anchor(&format!("table{at}"), &finding.id)))
        }
        (caveats(finding))
        (cites(report, finding, language))
    }
}

/// The numbers of a finding; zeros of a long list say nothing and stand in the JSON only.
fn measures(measures: &[PublishedMeasure]) -> Markup {
    let many = measures.len() > 6;
    let worth = |measure: &&PublishedMeasure| {
        !(many && matches!(measure.number, Number::Count { value: 0 }))
    };
    html! {
        @if !measures.is_empty() {
            dl.measures {
                @for measure in measures.iter().filter(worth) {
                    div {
                        dt { (measure.label) }
                        dd.reason[matches!(measure.number, Number::NotAvailable { .. })] {
                            (figures::broken(&measure.text))
                        }
                        @if let Number::Decimal { rule, .. } = &measure.number {
                            dd.reason.quiet { (rule) }
                        }
                        @if let Some(across) = measure.across.as_ref().filter(|a| !a.text.is_empty()) {
                            dd.reason.quiet { (figures::broken(&across.text)) }
                        }
                    }
                }
            }
        }
    }
}

fn caveats(finding: &PublishedFinding) -> Markup {
    html! {
        @if !finding.caveats.is_empty() {
            div.caveats { @for caveat in &finding.caveats { p { (caveat.text) } } }
        }
    }
}

/// On what a finding rests, which questions it helps to answer, and its id.
fn cites(report: &Report<'_>, finding: &PublishedFinding, language: Language) -> Markup {
    html! {
        div.cites {
            (evidence(report, &finding.basis, &finding.id, language))
            @if !finding.research_questions.is_empty() {
                p { (say(Word::Answers, language)) " "
                    (finding.research_questions.join(", ")) }
            }
            p.id { (finding.id) }
        }
    }
}

/// The evidence of a finding by weight, each a link to what was said.
fn evidence(report: &Report<'_>, basis: &Basis, id: &str, language: Language) -> Markup {
    html! {
        @if let Basis::None { reason } = basis {
            p { (say(Word::NoEvidence, language)) ": " (reason) }
        }
        @for cited in &cited(basis) {
            p { (how_much(cited, language)) ": " (listed(report, cited, id, language)) }
        }
    }
}

/// The weight of evidence and how much there is of it.
pub(super) fn how_much(cited: &Cited<'_>, language: Language) -> Markup {
    html! {
        span.for[cited.weight == Weight::Supporting].against[cited.weight == Weight::Contrary] {
            (weight(cited.weight).text(language)) " (" (cited.items.len() + cited.more) ")"
        }
    }
}

/// Links to the evidence of one weight, and where the rest of it is.
pub(super) fn listed(
    report: &Report<'_>,
    cited: &Cited<'_>,
    id: &str,
    language: Language,
) -> Markup {
    html! {
        (links(report, cited.items))
        @if cited.more > 0 {
            ", " (cited.more) " " (say(Word::More, language)) " " code { "parallax trace " (id) }
        }
    }
}

/// Links to pieces of evidence; one that the report does not show is no link.
pub(super) fn links(report: &Report<'_>, items: &[Evidence]) -> Markup {
    html! {
        span.links {
            @for (at, item) in items.iter().enumerate() {
                @if at > 0 { ", " }
                @if report.exhibits.contains_key(&(item.kind, item.id.clone())) {
                    a href=(format!("#{}", evidence_anchor(item.kind, &item.id))) { (item.id) }
                } @else { (item.id) }
            }
        }
    }
}

/// Findings that share a table: how many of each status, then one by one.
fn rows(report: &Report<'_>, section: &Section<'_>, language: Language) -> Markup {
    let shared = section.shared_measures();
    let count = counted(section.rows.len(), Word::FindingOne, Word::FindingMany, language);
    let (tally, notes) = (section.tally(), section.notes());
    let name = anchor("note", &section.entry.id);
    let looked_at = report.document.robustness.is_some();
    html! {
        @if !tally.is_empty() {
            ul.tally { @for (word, count) in &tally { li { b { (count) } " " (word) } } }
        }
        details.rows {
            summary { (say(Word::RowsOf, language)) " (" (count) ")" }
            div.wide { table {
                caption.quiet { (section.entry.title) ": " (count) }
                thead { tr {
                    th scope="col" { (say(Word::Finding, language)) }
                    @for measure in &shared { th.n scope="col" { (measure.label) } }
                    @if looked_at { th.n scope="col" { (say(Word::SameIn, language)) } }
                    th scope="col" { (say(Word::Evidence, language)) }
                } }
                tbody {
                    @for finding in section.rows.iter().take(MOST_ROWS) {
                        tr id=(anchor("finding", &finding.id)) {
                            td {
                                (finding.sentence)
                                (marks(finding, &notes, &name))
                                div.id { (finding.id) }
                            }
                            @for measure in &shared { td.n { (figures::broken(measure_of(finding, &measure.name))) } }
                            @if looked_at { td.n { (share(finding)) } }
                            td.cites { (evidence(report, &finding.basis, &finding.id, language)) }
                        }
                    }
                }
            } }
            @if !notes.is_empty() {
                ol.notes { @for (at, note) in notes.iter().enumerate() {
                    li id=(format!("{name}-{}", at + 1)) { (note) }
                } }
            }
            @if section.rows.len() > MOST_ROWS {
                p.quiet { (section.rows.len() - MOST_ROWS) " " (say(Word::MoreRows, language)) }
            }
        }
    }
}

/// The numbers of a finding's caveats in the notes below the table.
fn marks(finding: &PublishedFinding, notes: &[&str], name: &str) -> Markup {
    let own = notes
        .iter()
        .enumerate()
        .filter(|(_, note)| finding.caveats.iter().any(|caveat| caveat.text == **note));
    html! {
        @for (at, _) in own {
            " " sup { a href=(format!("#{name}-{}", at + 1)) { (at + 1) } }
        }
    }
}

fn measure_of<'a>(finding: &'a PublishedFinding, name: &str) -> &'a str {
    let found = finding.measures.iter().find(|measure| measure.name == name);
    found.map_or("", |measure| measure.text.as_str())
}
