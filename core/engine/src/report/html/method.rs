//! How was it done, what can it not say, and from what was it made?

use maud::{Markup, html};
use parallax_model::document::{AnalysisEntry, AnalysisKind};
use parallax_model::settings::Language;

use super::{say, with_code};
use crate::report::Report;
use crate::report::robustness as shown;
use crate::report::words::{LIMITS, Word};

/// The reading, the analyses with their parameters, and the limits.
pub(super) fn section(report: &Report<'_>, language: Language) -> Markup {
    let reading = &report.document.reading;
    html! {
        section id="method" aria-labelledby="method-head" {
            h2 id="method-head" { (say(Word::Method, language)) }
            h3 { (say(Word::Limits, language)) }
            ul { @for limit in LIMITS { li { (say(limit, language)) } } }
            h3 { (say(Word::Reading, language)) }
            dl.plain {
                dt { (say(Word::Mapping, language)) }
                dd {
                    (reading.mapping)
                    @if !reading.why.is_empty() { ": " (reading.why) }
                }
                @for role in &reading.roles {
                    dt { (role.label) }
                    dd { (role.people) }
                }
                @for taken in &reading.alternatives {
                    dt { (taken.group) }
                    dd {
                        (taken.option) " " (say(Word::Taken, language))
                        @if !taken.why.is_empty() { ": " (taken.why) }
                    }
                }
            }
            (robustness(report, language))
            @if !report.warnings.is_empty() {
                h3 { (say(Word::Problems, language)) }
                ul { @for warning in &report.warnings { li { (with_code(warning)) } } }
            }
            @for entry in &report.document.analyses { (analysis(entry, language)) }
        }
    }
}

/// The choices that were varied, how, and with what standing.
fn robustness(report: &Report<'_>, language: Language) -> Markup {
    let heads =
        [Word::Choice, Word::StandingHead, Word::VariedHead, Word::ChoiceOptions, Word::Why];
    html! {
        @if let Some(summary) = &report.document.robustness {
            h3 id="robustness" { (say(Word::Robustness, language)) }
            p { (shown::looked_at(summary, language)) }
            p.quiet { (say(Word::RobustnessRead, language)) }
            div.wide { table {
                caption.quiet { (say(Word::Varied, language)) }
                thead { tr { @for head in heads { th scope="col" { (say(head, language)) } } } }
                tbody { @for choice in &summary.choices { tr {
                    th scope="row" { (with_code(&choice.label)) div.id { (choice.id) } }
                    td { (say(shown::standing(choice.standing), language)) }
                    td { (say(shown::crossed(choice), language)) }
                    td { (with_code(&shown::options(choice, language))) }
                    td { (choice.why) }
                } } }
            } }
        }
    }
}

fn analysis(entry: &AnalysisEntry, language: Language) -> Markup {
    let kind = match entry.kind {
        AnalysisKind::Plugin => Word::Plugin,
        AnalysisKind::Script => Word::Script,
    };
    html! {
        h3 { (entry.title) }
        p { (entry.method) }
        @if !entry.edge_cases.is_empty() {
            ul { @for edge in &entry.edge_cases { li { (edge) } } }
        }
        @if !entry.references.is_empty() {
            p.quiet { (say(Word::References, language)) ":" }
            ul.quiet { @for work in &entry.references { li { (work) } } }
        }
        p.quiet {
            code { (entry.id) } " " (entry.version) " · " (say(kind, language))
            @if !entry.parameters.is_empty() {
                " · " (say(Word::Parameters, language)) ": "
                @for (at, (name, value)) in entry.parameters.iter().enumerate() {
                    @if at > 0 { ", " }
                    code { (name) " = " (value) }
                }
            }
        }
    }
}

/// The program and the files, so that a reader can tell whether they are the same.
pub(super) fn provenance(report: &Report<'_>, language: Language) -> Markup {
    let made = &report.provenance;
    html! {
        section id="provenance" aria-labelledby="provenance-head" {
            h2 id="provenance-head" { (say(Word::Provenance, language)) }
            dl.plain {
                dt { (say(Word::MadeBy, language)) }
                dd { (made.program) }
                @for plugin in &made.plugins {
                    dt { (say(Word::OutsidePlugin, language)) }
                    dd {
                        code { (plugin.id) } " " (plugin.version) " · "
                        (say(Word::Sha, language)) " " span.id { (plugin.sha256) }
                    }
                }
                @if let Some(citation) = &report.document.study.citation {
                    dt { (say(Word::Cite, language)) }
                    dd { (citation) }
                }
            }
            @if !made.files.is_empty() {
                p { (with_code(Word::HowToCheck.text(language))) }
                div.wide { table {
                    caption.quiet { (say(Word::File, language)) " · " (say(Word::Sha, language)) }
                    thead { tr {
                        th scope="col" { (say(Word::File, language)) }
                        th scope="col" { (say(Word::Sha, language)) }
                    } }
                    tbody { @for (file, sha) in &made.files {
                        tr { th scope="row" { (file) } td.id { (sha) } }
                    } }
                } }
            }
        }
    }
}
