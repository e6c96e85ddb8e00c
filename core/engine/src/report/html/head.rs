//! What does a reader see first: which study, how it was read, and what was found?

use maud::{Markup, html};
use parallax_model::document::Came;
use parallax_model::settings::Language;

use super::say;
use crate::report::outline::{Section, anchor};
use crate::report::trust::said;
use crate::report::words::{Word, counted};
use crate::report::{Edition, Report};

/// The study's title, its size and the choices everything depends on.
pub(super) fn header(report: &Report<'_>, language: Language) -> Markup {
    let study = &report.document.study;
    let counts = &study.counts;
    let sizes = [
        counted(counts.participants, Word::Participant, Word::Participants, language),
        counted(counts.roles, Word::Role, Word::Roles, language),
        counted(counts.cases, Word::Case, Word::Cases, language),
        counted(counts.statements, Word::Statement, Word::Statements, language),
    ];
    html! {
        header {
            p.kicker { (say(Word::Report, language)) }
            h1 { (study.title) }
            p.quiet { (sizes.join(" · ")) }
            ul.badges {
                @for badge in badges(report, language) {
                    li.warn[badge.warns] { (badge.text) }
                }
            }
        }
    }
}

struct Badge {
    text: String,
    warns: bool,
}

fn badges(report: &Report<'_>, language: Language) -> Vec<Badge> {
    let reading = &report.document.reading;
    let word = |word: Word| word.text(language);
    let calm = |text: String| Badge { text, warns: false };
    let warning = |text: String| Badge { text, warns: true };
    let mut badges = vec![calm(format!(
        "{} {} · {} {}",
        reading.included,
        word(Word::Analysed),
        reading.excluded,
        word(Word::LeftOut)
    ))];
    let mapping = format!("{} {}", word(Word::ReadAs), reading.mapping);
    badges.push(match reading.default {
        true => calm(mapping),
        false => warning(format!("{mapping} ({})", word(Word::OtherReading))),
    });
    let analyses = &report.document.analyses;
    let how_many = |is: fn(&Came) -> bool| analyses.iter().filter(|a| is(&a.outcome)).count();
    badges.push(calm(counted(analyses.len(), Word::Analysis, Word::Analyses, language)));
    let failed = how_many(|came| matches!(came, Came::Failed { .. }));
    if failed > 0 {
        badges.push(warning(format!("{failed} {}", word(Word::Failed).to_lowercase())));
    }
    let missing = how_many(|came| matches!(came, Came::NotAvailable { .. }));
    if missing > 0 {
        badges.push(calm(format!("{missing} {}", word(Word::NotAvailable).to_lowercase())));
    }
    let warnings = report.document.problems.warnings;
    if warnings > 0 {
        badges.push(warning(counted(warnings, Word::Warning, Word::Warnings, language)));
    }
    badges.extend(
        said(&report.trust, language).into_iter().map(|(text, warns)| Badge { text, warns }),
    );
    if let Some(passing_on) = report.passing_on() {
        let text = word(passing_on).to_owned();
        badges.push(Badge { text, warns: report.edition == Edition::Full });
    }
    badges
}

/// One line for each analysis, and who was analysed.
pub(super) fn glance(report: &Report<'_>, sections: &[Section<'_>], language: Language) -> Markup {
    html! {
        section aria-labelledby="glance" {
            h2 id="glance" { (say(Word::Glance, language)) }
            div.wide { table {
                caption.quiet { (say(Word::MainFinding, language)) }
                thead { tr {
                    th scope="col" { (say(Word::QuestionHead, language)) }
                    th scope="col" { (say(Word::MainFinding, language)) }
                } }
                tbody {
                    @for section in sections {
                        tr {
                            th scope="row" {
                                a href=(format!("#{}", anchor("analysis", &section.entry.id))) {
                                    (section.entry.question)
                                }
                            }
                            td { (main_finding(section, language)) }
                        }
                    }
                }
            } }
            (questions(report, language))
            (people(report, language))
        }
    }
}

fn main_finding(section: &Section<'_>, language: Language) -> Markup {
    html! {
        @match &section.entry.outcome {
            Came::NotAvailable { reason } => {
                span.quiet { (say(Word::NotAvailable, language)) ": " (reason) }
            }
            Came::Failed { reason } => {
                span.against { (say(Word::Failed, language)) ": " (reason) }
            }
            Came::Found { .. } => {
                @match section.first() {
                    Some(finding) => { (finding.sentence) }
                    None => { span.quiet { (say(Word::NothingFound, language)) } }
                }
            }
        }
    }
}

fn questions(report: &Report<'_>, language: Language) -> Markup {
    let questions = &report.document.study.questions;
    html! {
        @if !questions.is_empty() {
            h3 { (say(Word::Questions, language)) }
            dl.plain {
                @for question in questions {
                    dt id=(anchor("question", &question.id)) { (question.id) }
                    dd { (question.text) }
                }
            }
        }
    }
}

fn people(report: &Report<'_>, language: Language) -> Markup {
    let people = &report.people;
    let total = |at: usize| people.cases.iter().map(|(_, counts)| counts[at]).sum::<usize>();
    html! {
        @if !people.cases.is_empty() {
            div.wide { table {
                caption { (say(Word::People, language)) }
                thead { tr {
                    th scope="col" { (say(Word::Case, language)) }
                    @for role in &people.roles { th.n scope="col" { (role) } }
                    th.n scope="col" { (say(Word::Total, language)) }
                } }
                tbody {
                    @for (case, counts) in &people.cases {
                        tr {
                            th scope="row" { (case) }
                            @for count in counts {
                                td.n { @if *count == 0 { span.quiet { "–" } } @else { (count) } }
                            }
                            td.n { (counts.iter().sum::<usize>()) }
                        }
                    }
                }
                tfoot { tr {
                    th scope="row" { (say(Word::Total, language)) }
                    @for at in 0..people.roles.len() { td.n { (total(at)) } }
                    td.n { (report.document.reading.included) }
                } }
            } }
        }
    }
}
