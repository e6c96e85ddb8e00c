//! How do the claims of the report look beside what the data give?

use maud::{Markup, Render, html};
use parallax_model::Verdict;
use parallax_model::document::PublishedClaim;
use parallax_model::finding::{Basis, Weight};
use parallax_model::settings::Language;

use super::{finding, say, with_code};
use crate::report::checklist::{self, FIRST, place, said, sign, tally, with};
use crate::report::outline::{Cited, anchor, cited};
use crate::report::words::Word;
use crate::report::{Report, csv};

/// More links of one weight than this are folded, except those that speak against a claim.
const MOST_IN_SIGHT: usize = 12;

/// How many claims have which verdict, those to look at first, every claim, and what was noticed
/// about all of them.
pub(super) fn section(report: &Report<'_>, language: Language) -> Markup {
    let claims = &report.document.claims;
    html! {
        section id="claims" aria-labelledby="claims-head" {
            h2 id="claims-head" { (say(Word::Claims, language)) }
            @if !claims.is_empty() {
                p.quiet { (with_code(Word::ClaimsIntro.text(language))) }
                (verdicts(claims, language))
                (first(report, language))
                h3 { (say(Word::AllClaims, language)) }
                (table(report, language))
            }
            (repairs(report, language))
            (notes(report, language))
        }
    }
}

/// The small changes of the tables that would reconcile claims with them.
fn repairs(report: &Report<'_>, language: Language) -> Markup {
    let repairs = &report.document.repairs;
    let heads = [Word::Change, Word::Reconciles, Word::Breaks];
    html! {
        @if !repairs.is_empty() {
            h3 { (say(Word::Repairs, language)) }
            p.quiet { (say(Word::RepairsIntro, language)) }
            div.wide { table {
                caption.quiet { (say(Word::Repairs, language)) }
                thead { tr { @for head in heads { th scope="col" { (say(head, language)) } } } }
                tbody {
                    @for repair in repairs {
                        tr {
                            td { (repair.edits.join("; ")) }
                            td { (linked(&repair.reconciles)) }
                            td { (linked(&repair.breaks)) }
                        }
                    }
                }
            } }
        }
    }
}

/// Claims by their ids, each with a link to its row.
fn linked(ids: &[String]) -> Markup {
    html! {
        @for (at, id) in ids.iter().enumerate() {
            @if at > 0 { ", " }
            a href=(format!("#{}", anchor("claim", id))) { (id) }
        }
    }
}

/// How many claims have each verdict, and what it means.
fn verdicts(claims: &[PublishedClaim], language: Language) -> Markup {
    html! {
        ul.verdicts {
            @for (verdict, count) in tally(claims) {
                li {
                    div {
                        b { (count) } " "
                        (mark(verdict, &html! {
                            @if FIRST.contains(&verdict) {
                                a href=(format!("#{}", group(verdict))) {
                                    (verdict.in_language(language))
                                }
                            } @else { (verdict.in_language(language)) }
                        }))
                    }
                    p.quiet { (verdict.meaning(language)) }
                }
            }
        }
    }
}

/// The word for a verdict with its sign; the colour says nothing of its own.
fn mark(verdict: Verdict, word: &impl Render) -> Markup {
    let class = match verdict {
        Verdict::Supported => "verdict for",
        Verdict::Contradicted | Verdict::PresuppositionFailed => "verdict against",
        Verdict::Undetermined | Verdict::Unsupported | Verdict::Drift => "verdict warns",
        Verdict::NotCheckable | Verdict::AsEntered => "verdict quiet",
    };
    html! { span class=(class) { span aria-hidden="true" { (sign(verdict)) } (word) } }
}

fn group(verdict: Verdict) -> String {
    anchor("claims", verdict.word())
}

/// What to look at first, each with a link to its row.
fn first(report: &Report<'_>, language: Language) -> Markup {
    let claims = &report.document.claims;
    let groups = FIRST.map(|verdict| (verdict, with(claims, verdict).collect::<Vec<_>>()));
    html! {
        @if groups.iter().any(|(_, claims)| !claims.is_empty()) {
            h3 { (say(Word::LookFirst, language)) }
            @for (verdict, claims) in groups.iter().filter(|(_, claims)| !claims.is_empty()) {
                div.first id=(group(*verdict)) {
                    h4 { (mark(*verdict, &verdict.in_language(language))) " (" (claims.len()) ")" }
                    ul { @for claim in claims {
                        li {
                            a href=(format!("#{}", anchor("claim", &claim.id))) { (claim.id) }
                            " " (said(report, claim))
                        }
                    } }
                }
            }
        }
    }
}

/// Every claim, in the order of the report. The roles keep it a table for those who hear it, where
/// a narrow screen shows the cells of a row below one another.
fn table(report: &Report<'_>, language: Language) -> Markup {
    let heads = [Word::Id, Word::Verdict, Word::ReportSays, Word::DataSay];
    let file = csv::table(&checklist::table(report), language);
    html! {
        table.claims role="table" {
            caption.quiet { (say(Word::Claims, language)) " (" (report.document.claims.len()) ")" }
            thead role="rowgroup" { tr role="row" {
                @for head in heads {
                    th scope="col" role="columnheader" { (say(head, language)) }
                }
            } }
            tbody role="rowgroup" {
                @for claim in &report.document.claims { (row(report, claim, language)) }
            }
        }
        p.tools {
            a href=(csv::link(&file)) download="claims.csv" { (say(Word::Csv, language)) }
        }
    }
}

fn row(report: &Report<'_>, claim: &PublishedClaim, language: Language) -> Markup {
    let place = place(claim);
    html! {
        tr id=(anchor("claim", &claim.id)) role="row" {
            th.id scope="row" role="rowheader" { (claim.id) }
            td role="cell" { (mark(claim.verdict, &claim.word)) }
            td role="cell" {
                (said(report, claim))
                @if !place.is_empty() { div.quiet.beside { (place) } }
            }
            td role="cell" {
                (claim.sentence)
                @if let Some(steady) = &claim.robustness { p.quiet { (steady.sentence) } }
                @for note in &claim.notes { p.noted { (checklist::noted(note, language)) } }
                (rests_on(report, claim, language))
            }
        }
    }
}

/// The evidence, and who would have to be asked.
fn rests_on(report: &Report<'_>, claim: &PublishedClaim, language: Language) -> Markup {
    let cited = cited(&claim.basis);
    let traced = checklist::traced(report.document, claim);
    html! {
        div.cites {
            @if let Basis::None { reason } = &claim.basis {
                p.quiet { (say(Word::NoEvidence, language)) ": " (reason) }
            }
            @for cited in &cited {
                @if in_sight(cited) {
                    p {
                        (finding::how_much(cited, language)) ": "
                        (finding::listed(report, cited, &traced, language))
                    }
                } @else {
                    details.rows {
                        summary { (finding::how_much(cited, language)) }
                        (finding::listed(report, cited, &traced, language))
                    }
                }
            }
            @if !claim.open.is_empty() {
                p { (say(Word::ToAsk, language)) ": " (claim.open.join(", ")) }
            }
        }
    }
}

fn in_sight(cited: &Cited<'_>) -> bool {
    cited.weight == Weight::Contrary || cited.items.len() + cited.more <= MOST_IN_SIGHT
}

/// What was noticed about the claims as a whole, under the question of each check.
fn notes(report: &Report<'_>, language: Language) -> Markup {
    let checks = checklist::by_check(&report.document.notes);
    html! {
        @if !checks.is_empty() {
            h3 { (say(Word::ClaimsNotes, language)) }
            dl.checks {
                @for (check, texts) in &checks {
                    dt { (check.in_language(language))
                        span.quiet { " — " (check.meaning(language)) } }
                    @for text in texts { dd { (text) } }
                }
            }
        }
    }
}
