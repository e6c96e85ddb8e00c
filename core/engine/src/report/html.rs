//! How does a report become one page that needs nothing but itself?
//!
//! No script, no font and no picture from anywhere: the content security policy forbids the page
//! every request, and everything can be read without opening anything.

mod claims;
mod evidence;
mod figures;
mod finding;
mod head;
mod method;
mod style;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use parallax_model::settings::Language;

use crate::report::Report;
use crate::report::checklist::has_claims;
use crate::report::outline::{anchor, sections};
use crate::report::words::Word;

/// What a page may load: nothing. Its own style sheet is part of it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The report as one self-contained HTML file.
#[must_use]
pub fn html(report: &Report<'_>) -> String {
    let language = report.document.study.language;
    let sections = sections(report.document);
    let page = markup! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                title { (report.document.study.title) " — " (Word::Report.text(language)) }
                style { (PreEscaped(style::sheet())) }
            }
            body {
                a.skip href="#findings" { (Word::Skip.text(language)) }
                (head::header(report, language))
                nav aria-label=(Word::Contents.text(language)) {
                    ul {
                        @if has_claims(report.document) {
                            li { a href="#claims" { (Word::Claims.text(language)) } }
                        }
                        li { a href="#findings" { (Word::Findings.text(language)) }
                            ul {
                                @for section in &sections {
                                    li {
                                        a href=(format!("#{}", anchor("analysis", &section.entry.id))) {
                                            (section.entry.title)
                                        }
                                    }
                                }
                            }
                        }
                        li { a href="#evidence" { (Word::Evidence.text(language)) } }
                        li { a href="#method" { (Word::Method.text(language)) } }
                        li { a href="#provenance" { (Word::Provenance.text(language)) } }
                    }
                }
                main {
                    @if has_claims(report.document) { (claims::section(report, language)) }
                    (head::glance(report, &sections, language))
                    section id="findings" aria-labelledby="findings-head" {
                        h2 id="findings-head" { (Word::Findings.text(language)) }
                        @for section in &sections { (finding::section(report, section, language)) }
                    }
                    (evidence::section(report, language))
                    (method::section(report, language))
                    (method::provenance(report, language))
                }
            }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

/// A word of the report as text of the page.
fn say(word: Word, language: Language) -> Markup {
    markup! { (word.text(language)) }
}

/// A text in which `backticks` mark what is to be typed.
fn with_code(text: &str) -> Markup {
    markup! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
