//! Which rules hold between the columns of statements?

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::columns::coded;
use super::{Context, Meaning, at, rows_of};
use crate::problem::{Kind, Problem, Spot};
use crate::row::{Modality, RowEnum, Stance};
use crate::settings::Settings;
use crate::study::Alternatives;
use crate::study::gather::Gathered;
use crate::study::people::SpeakerSource;
use crate::table::{Column, NONE};

/// Every id stands once. Four bytes for each statement, beside the ids themselves; none for ids
/// that only rise, as those do that a program counted.
pub(super) fn unique_ids(ids: &Column, rows: usize, gathered: &mut Gathered) {
    let later = |row: usize| {
        let (before, id) = (ids.get(row - 1), ids.get(row));
        (before.len(), before) < (id.len(), id)
    };
    if (1..rows).all(later) {
        return;
    }
    let hasher = DefaultHashBuilder::default();
    let mut seen: HashTable<u32> = HashTable::with_capacity(rows);
    for (row, id) in (0_u32..).take(rows).map(|row| (row, ids.get(row as usize))) {
        let hash = hasher.hash_one(id);
        if let Some(&first) = seen.find(hash, |&other| ids.get(other as usize) == id) {
            gathered.add(
                Problem::new(
                    Kind::DuplicateId,
                    at(row as usize, "id"),
                    format!("the statement `{id}` is there twice"),
                )
                .label("the same id again")
                .related(at(first as usize, "id"), format!("`{id}` is here first"))
                .help("give each statement an id of its own, or remove one of the two"),
            );
        } else {
            seen.insert_unique(hash, row, |&row| hasher.hash_one(ids.get(row as usize)));
        }
    }
}

/// A statement under a code that was removed from the codebook is worth a warning.
pub(super) fn warn_of_removed(
    codes: &[u32],
    column: &Column,
    removed: &[u8],
    gathered: &mut Gathered,
) {
    let Column::Coded { codes: cells, names } = column else { return };
    for (value, id) in (0_u32..).zip(names.iter()) {
        let Some(first) = cells.iter().position(|&cell| cell == value) else { continue };
        let code = codes.get(first).copied().unwrap_or(NONE);
        if removed.get(code as usize) == Some(&1) {
            let message = format!("the code `{id}` was removed from the codebook");
            gathered.add(
                Problem::new(Kind::RemovedCode, at(first, "code"), message)
                    .label("still used here")
                    .help("code the statement anew, or set the code's status back to `active`"),
            );
            gathered.more_spots(rows_of(column, value).skip(1).map(|row| at(row, "code")));
        }
    }
}

/// Who speaks: a participant for each statement, or a document.
pub(super) fn speakers(
    column: &Column,
    rows: usize,
    context: &Context<'_>,
    meaning: &Meaning<'_>,
    gathered: &mut Gathered,
) -> (Vec<u32>, Vec<u32>) {
    let speakers = coded(column, rows, "speaker", gathered, |name, spot, gathered| {
        match name.strip_prefix("doc:") {
            Some(_) => NONE,
            None => context.participant(name, spot, gathered),
        }
    });
    let documents = coded(column, rows, "speaker", gathered, |name, spot, gathered| {
        let Some(id) = name.strip_prefix("doc:") else { return NONE };
        let source = context.source(id, spot, gathered);
        if source != NONE && !meaning.sources.is_document(source) {
            let message = format!("the source `{id}` speaks for itself but is no document");
            gathered.add(
                Problem::new(Kind::NotADocument, spot(), message)
                    .label("`doc:` needs a source of type `document`")
                    .help("name the participant who speaks, or set the source's type"),
            );
        }
        source
    });
    (speakers, documents)
}

/// The source of each statement: the one it names, the document that speaks, or the speaker's
/// only one.
pub(super) fn sources(
    column: &Column,
    speakers: &[u32],
    documents: &[u32],
    context: &Context<'_>,
    meaning: &Meaning<'_>,
    gathered: &mut Gathered,
) -> Vec<u32> {
    let named = coded(column, speakers.len(), "source", gathered, |id, spot, gathered| {
        context.source(id, spot, gathered)
    });
    let mut sources = Vec::with_capacity(speakers.len());
    for (row, &speaker) in speakers.iter().enumerate() {
        let blank = column.get(row).is_empty();
        sources.push(match meaning.of_speaker.get(speaker as usize) {
            _ if !blank => named[row],
            None => documents[row],
            Some(SpeakerSource::Only(source)) => *source,
            Some(SpeakerSource::Unknown) => NONE,
            Some(SpeakerSource::Several) => {
                let message = "a speaker has several sources, and a statement does not say which";
                gathered.add(
                    Problem::new(Kind::AmbiguousSource, at(row, "speaker"), message)
                        .label("speaks in several sources")
                        .help("fill in the column `source`"),
                );
                NONE
            }
        });
    }
    sources
}

/// A view has no bearer; what is owed, allowed, forbidden or done has one.
pub(super) fn bearers_fit_modalities(modalities: &[u8], kinds: &[u8], gathered: &mut Gathered) {
    for (row, &modality) in modalities.iter().enumerate() {
        let borne = kinds.get(row).is_some_and(|&kind| kind != 0);
        let modality = Modality::from_number(modality);
        let needs_one = matches!(
            modality,
            Modality::Duty
                | Modality::Right
                | Modality::Permission
                | Modality::Prohibition
                | Modality::Enact
        );
        let problem = match (needs_one, modality == Modality::View, borne) {
            (true, _, false) => Problem::new(
                Kind::BearerMismatch,
                at(row, "bearer"),
                "a duty, right, permission, prohibition or act without a bearer",
            )
            .label("whose is it?")
            .help("write self, we, others, all, a participant's id or a role's id"),
            (_, true, true) => {
                Problem::new(Kind::BearerMismatch, at(row, "bearer"), "a view with a bearer")
                    .label("views have no bearer")
                    .help("leave the bearer blank, or choose another modality such as `duty`")
            }
            _ => continue,
        };
        gathered.add(problem);
    }
}

/// `mixed` says that it depends; the condition says on what.
pub(super) fn mixed_has_condition(stances: &[u8], conditions: &Column, gathered: &mut Gathered) {
    for (row, &stance) in stances.iter().enumerate() {
        if stance == Stance::Mixed as u8 && conditions.get(row).is_empty() {
            gathered.add(
                Problem::new(
                    Kind::MixedWithoutCondition,
                    at(row, "stance"),
                    "a statement is `mixed` and does not say on what it depends",
                )
                .label("needs a condition")
                .help("fill in the column `condition`, such as \"only in the first year\""),
            );
        }
    }
}

/// What people think others think has an owner, and what has an owner is thought of others.
pub(super) fn perspective_has_owner(perspectives: &[u8], owners: &[u8], gathered: &mut Gathered) {
    for (row, &perspective) in perspectives.iter().enumerate() {
        let owned = owners.get(row).is_some_and(|&kind| kind != 0);
        if perspective > 0 && !owned {
            gathered.add(
                Problem::new(
                    Kind::PerspectiveWithoutOwner,
                    at(row, "perspective"),
                    "a statement says what somebody else thinks and does not say who",
                )
                .label("needs `attributed_to`")
                .help("fill in the column `attributed_to` with a participant or a role"),
            );
        }
    }
    for (row, &owner) in owners.iter().enumerate() {
        if owner != 0 && perspectives.get(row).copied().unwrap_or(0) == 0 {
            gathered.add(
                Problem::new(
                    Kind::OwnerWithoutPerspective,
                    at(row, "attributed_to"),
                    "a statement names whose view it is and would count as the speaker's own",
                )
                .label("needs a `perspective`")
                .help(
                    "write 1 in the column `perspective`, for what the speaker thinks that they \
                     think, or clear `attributed_to`",
                ),
            );
        }
    }
}

/// An answer code stands for its question and a stance: the statement is one about the question.
pub(super) fn answers(
    mut codes: Vec<u32>,
    stances: &mut [u8],
    meanings: &[(u32, Option<Stance>)],
) -> Vec<u32> {
    for (code, stance) in codes.iter_mut().zip(stances) {
        let Some(&(question, Some(answer))) = meanings.get(*code as usize) else { continue };
        *code = question;
        *stance = match (Stance::from_number(*stance), answer) {
            (Stance::Affirm, answer) => answer,
            (Stance::Deny, Stance::Affirm) => Stance::Deny,
            (Stance::Deny, Stance::Deny) => Stance::Affirm,
            (Stance::Mixed, _) | (_, Stance::Mixed) => Stance::Mixed,
        } as u8;
    }
    codes
}

/// Which option of which uncertain passage each statement belongs to.
pub(super) fn alternatives(
    column: &Column,
    rows: usize,
    settings: &Settings,
    gathered: &mut Gathered,
) -> Alternatives {
    check_settings(settings, gathered);
    let mut options: Vec<(String, String)> = Vec::new();
    let codes = coded(column, rows, "alternative", gathered, |written, spot, gathered| {
        let known = written.split_once(':').filter(|(group, option)| {
            settings.alternatives.iter().any(|alternative| {
                alternative.group == *group && alternative.options.iter().any(|o| o == option)
            })
        });
        let Some((group, option)) = known else {
            gathered.add(
                Problem::new(
                    Kind::UnknownAlternative,
                    spot(),
                    format!("unknown alternative `{written}`"),
                )
                .label("no such group and option under `alternatives` in study.yaml")
                .help("write `group:option`, both as study.yaml names them"),
            );
            return NONE;
        };
        options.push((group.to_owned(), option.to_owned()));
        u32::try_from(options.len() - 1).unwrap_or(NONE)
    });
    Alternatives { codes: codes.into(), options }
}

fn check_settings(settings: &Settings, gathered: &mut Gathered) {
    for (row, alternative) in settings.alternatives.iter().enumerate() {
        if let Some(wanted) = &alternative.default
            && !alternative.options.contains(wanted)
        {
            let message =
                format!("the alternatives `{}` have no option `{wanted}`", alternative.group);
            let spot = Spot::Setting(format!("/alternatives/{row}/default"));
            gathered.add(
                Problem::new(Kind::UnknownAlternative, spot, message)
                    .label("not among the options")
                    .help(format!("use one of: {}", alternative.options.join(", "))),
            );
        }
    }
}
