//! What did people say, and what speaks against a finding?

use maud::{Markup, html};
use parallax_model::finding::{Evidence, EvidenceKind};
use parallax_model::settings::Language;

use super::{finding, say};
use crate::report::outline::{anchor, contrary, evidence_anchor};
use crate::report::words::{self, Word};
use crate::report::{Exhibit, Report};

/// The contrary cases, then everything that findings cite.
pub(super) fn section(report: &Report<'_>, language: Language) -> Markup {
    let contrary = contrary(report.document);
    html! {
        section id="evidence" aria-labelledby="evidence-head" {
            h2 id="evidence-head" { (say(Word::Evidence, language)) }
            h3 { (say(Word::ContraryCases, language)) }
            @if contrary.is_empty() {
                p { (say(Word::NoContrary, language)) }
            } @else {
                p.quiet { (say(Word::ContraryIntro, language)) }
                div.wide { table {
                    caption.quiet { (say(Word::ContraryCases, language)) }
                    thead { tr {
                        th scope="col" { (say(Word::Finding, language)) }
                        th scope="col" { (say(Word::Contrary, language)) }
                    } }
                    tbody {
                        @for (of, items) in &contrary {
                            tr {
                                th scope="row" {
                                    a href=(format!("#{}", anchor("finding", &of.id))) { (of.title) }
                                }
                                td { @for item in *items { (against(report, item, language)) } }
                            }
                        }
                    }
                } }
            }
            h3 { (say(Word::AllEvidence, language)) }
            @for kind in [EvidenceKind::Statement, EvidenceKind::Excerpt, EvidenceKind::Constraint] {
                (of_kind(report, kind, language))
            }
        }
    }
}

/// One piece of evidence against a finding: where it is, and what was said.
fn against(report: &Report<'_>, item: &Evidence, language: Language) -> Markup {
    let exhibit = report.exhibits.get(&(item.kind, item.id.clone()));
    html! {
        div {
            (finding::links(report, std::slice::from_ref(item)))
            @if let Some(exhibit) = exhibit {
                " " (exhibit.speaker)
                @if let Some(stance) = exhibit.stance { " " (words::stance(stance, language)) }
                " “" (exhibit.code) "”"
                @if !exhibit.text.is_empty() { span.quiet { " — " (exhibit.text) } }
            }
        }
    }
}

fn of_kind(report: &Report<'_>, kind: EvidenceKind, language: Language) -> Markup {
    let exhibits: Vec<(&String, &Exhibit)> = report
        .exhibits
        .iter()
        .filter(|((of, _), _)| *of == kind)
        .map(|((_, id), exhibit)| (id, exhibit))
        .collect();
    let heads = [Word::Id, Word::Who, Word::Says, Word::InShort, Word::Where];
    html! {
        @if !exhibits.is_empty() {
            div.wide { table {
                caption { (words::kind(kind).text(language)) " (" (exhibits.len()) ")" }
                thead { tr { @for head in heads { th scope="col" { (say(head, language)) } } } }
                tbody {
                    @for (id, exhibit) in exhibits {
                        tr id=(evidence_anchor(kind, id)) {
                            th.id scope="row" { (id) }
                            td { (who(exhibit)) }
                            td { (says(exhibit, language)) }
                            td {
                                (exhibit.text)
                                @if !exhibit.condition.is_empty() {
                                    div.quiet {
                                        (say(Word::OnCondition, language)) ": " (exhibit.condition)
                                    }
                                }
                            }
                            td.quiet { (exhibit.reference) }
                        }
                    }
                }
            } }
        }
    }
}

fn who(exhibit: &Exhibit) -> Markup {
    let place: Vec<&str> = [&exhibit.role, &exhibit.case]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    html! {
        (exhibit.speaker)
        @if !place.is_empty() { div.quiet { (place.join(", ")) } }
    }
}

/// What is ascribed to whom, with which stance, and how strong the evidence is.
fn says(exhibit: &Exhibit, language: Language) -> Markup {
    let mut quiet: Vec<String> = Vec::new();
    if !exhibit.perceived.is_empty() {
        quiet.push(exhibit.perceived.clone());
    }
    if let Some(modality) = exhibit.modality {
        let modality = words::modality(modality, language);
        quiet.push(match exhibit.bearer.is_empty() {
            true => modality.to_owned(),
            false => format!("{modality} {} {}", Word::Of.text(language), exhibit.bearer),
        });
    }
    if let Some(strength) = exhibit.strength {
        quiet.push(words::strength(strength, language).to_owned());
    }
    html! {
        @if let Some(stance) = exhibit.stance {
            (words::stance(stance, language)) " "
        }
        "“" (exhibit.code) "”"
        @if !quiet.is_empty() { div.quiet { (quiet.join(" · ")) } }
    }
}
