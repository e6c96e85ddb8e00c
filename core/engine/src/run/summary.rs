//! Which study was read, and how? The first page of every document.

use parallax_model::document::{Counts, Question, ReadingSummary, RoleCount, StudySummary, Taken};
use parallax_model::{Choices, NONE, Reading, Study};

/// The study and how much there is of everything.
pub(super) fn study(study: &Study) -> StudySummary {
    let settings = study.settings();
    let language = settings.language.code();
    StudySummary {
        id: settings.id.clone().unwrap_or_default(),
        title: settings.title.in_language(language).to_owned(),
        language: settings.language,
        citation: settings.citation.clone(),
        questions: settings
            .questions
            .iter()
            .map(|(id, text)| Question {
                id: id.clone(),
                text: text.in_language(language).to_owned(),
            })
            .collect(),
        counts: Counts {
            participants: study.participants().len(),
            roles: study.roles().len(),
            cases: study.cases().ids.len(),
            sources: study.sources().ids.len(),
            codes: study.codes().len(),
            statements: study.statements().len(),
            excerpts: study.excerpts().ids.len(),
            constraints: study.constraints().len(),
        },
    }
}

/// The mapping, who is in, and which option was taken of each uncertain passage.
pub(super) fn reading(study: &Study, choices: &Choices, reading: &Reading<'_>) -> ReadingSummary {
    let language = study.settings().language.code();
    let mapping = study.mappings().iter().find(|mapping| mapping.id == reading.mapping);
    let roles = &reading.participants.roles;
    let people = |role: u32| roles.iter().filter(|&&own| own == role).count();
    let included = roles.iter().filter(|&&role| role != NONE).count();
    ReadingSummary {
        mapping: reading.mapping.clone(),
        default: reading.is_default,
        why: mapping.map_or("", |mapping| mapping.why.in_language(language)).to_owned(),
        included,
        excluded: roles.len() - included,
        roles: (0_u32..)
            .zip(reading.roles.ids.iter().zip(reading.roles.labels.iter()))
            .map(|(row, (id, label))| RoleCount {
                id: id.to_owned(),
                label: label.to_owned(),
                people: people(row),
            })
            .collect(),
        alternatives: study
            .settings()
            .alternatives
            .iter()
            .map(|alternative| {
                let default = alternative.default.as_ref().or(alternative.options.first());
                let taken = choices.options.get(&alternative.group).or(default);
                Taken {
                    group: alternative.group.clone(),
                    option: taken.cloned().unwrap_or_default(),
                    default: taken == default,
                    why: alternative.why.in_language(language).to_owned(),
                }
            })
            .collect(),
    }
}
