//! Does every statement name a speaker, a code and a bearer that exist?
//!
//! A column with few different values is looked up once for each value, never for each row; rows
//! are searched only where a value has a problem.

use std::collections::BTreeMap;

use super::gather::{Gathered, named};
use super::knowledge::{Member, badly_placed};
use super::people::SpeakerSource;
use super::roles::role_named;
use crate::draft::StatementDraft;
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{Modality, Stance};
use crate::settings::{Role, Settings};
use crate::table::{Column, NONE, Texts};
use crate::tables::{Bearer, Sources, Statements};

mod columns;
mod rules;

use columns::{coded, enumerated, numbers, texts};

/// Everything that names in other tables are looked up in.
pub(super) struct Context<'c> {
    pub(super) settings: &'c Settings,
    pub(super) roles: &'c BTreeMap<&'c str, u32>,
    pub(super) cases: &'c BTreeMap<String, u32>,
    pub(super) participants: &'c BTreeMap<String, u32>,
    pub(super) sources: &'c BTreeMap<String, u32>,
    pub(super) codes: &'c BTreeMap<String, u32>,
}

impl Context<'_> {
    /// The row of a participant; a problem and [`NONE`] when there is none.
    pub(super) fn participant(
        &self,
        id: &str,
        spot: impl FnOnce() -> Spot,
        gathered: &mut Gathered,
    ) -> u32 {
        self.participants.get(id).copied().unwrap_or_else(|| {
            let label = "no participant with this id in participants.csv";
            gathered.unknown(Kind::UnknownParticipant, "participant", id, spot(), label);
            NONE
        })
    }

    /// The row of a code; a problem and [`NONE`] when there is none.
    pub(super) fn code(
        &self,
        id: &str,
        spot: impl FnOnce() -> Spot,
        gathered: &mut Gathered,
    ) -> u32 {
        self.codes.get(id).copied().unwrap_or_else(|| {
            let label = "no code with this id in codes.csv";
            gathered.unknown(Kind::UnknownCode, "code", id, spot(), label);
            NONE
        })
    }

    /// The row of a source; a problem and [`NONE`] when there is none.
    pub(super) fn source(
        &self,
        id: &str,
        spot: impl FnOnce() -> Spot,
        gathered: &mut Gathered,
    ) -> u32 {
        self.sources.get(id).copied().unwrap_or_else(|| {
            let label = "no source with this id in sources.csv";
            gathered.unknown(Kind::UnknownSource, "source", id, spot(), label);
            NONE
        })
    }

    /// The row of a role, by id, label or alias; a problem and [`NONE`] when there is none.
    pub(super) fn role(
        &self,
        id: &str,
        spot: impl FnOnce() -> Spot,
        gathered: &mut Gathered,
    ) -> u32 {
        self.find_role(id).unwrap_or_else(|| {
            let label = "no role with this id in study.yaml";
            gathered.unknown(Kind::UnknownRole, "role", id, spot(), label);
            NONE
        })
    }

    fn find_role(&self, id: &str) -> Option<u32> {
        let rows: &[Role] = &self.settings.roles;
        self.roles.get(id).copied().or_else(|| role_named(rows, id))
    }

    /// A bearer as it is written; a problem and nobody when it names nobody.
    pub(super) fn bearer(
        &self,
        written: &str,
        spot: impl FnOnce() -> Spot,
        gathered: &mut Gathered,
    ) -> Bearer {
        match written {
            "" => return Bearer::Nobody,
            "self" => return Bearer::Own,
            "we" => return Bearer::We,
            "others" => return Bearer::Others,
            "all" => return Bearer::All,
            _ => {}
        }
        if let Some(&participant) = self.participants.get(written) {
            return Bearer::Participant(participant);
        }
        self.find_role(written).map_or_else(
            || {
                gathered.add(
                    Problem::new(
                        Kind::UnknownBearer,
                        spot(),
                        format!("unknown bearer `{}`", named(written)),
                    )
                    .label("no participant and no role is called this")
                    .help("write self, we, others, all, a participant's id or a role's id"),
                );
                Bearer::Nobody
            },
            Bearer::Role,
        )
    }

    /// A member of a constraint or a claim's scope; a problem when it names nothing.
    pub(super) fn member(
        &self,
        word: &str,
        spot: impl FnOnce() -> Spot,
        gathered: &mut Gathered,
    ) -> Option<Member> {
        let found = match word.split_once('@') {
            Some(("", case)) => self.cases.get(case).map(|&case| Member::Case(case)),
            Some((role, case)) => self
                .find_role(role)
                .zip(self.cases.get(case).copied())
                .map(|(role, case)| Member::RoleAtCase(role, case)),
            None if word == "*" => Some(Member::Everybody),
            None => match word.strip_suffix('*') {
                Some(role) => self.find_role(role).map(Member::Role),
                None => self.participants.get(word).map(|&who| Member::Participant(who)),
            },
        };
        if found.is_none() {
            gathered.add(
                Problem::new(Kind::UnknownBearer, spot(), format!("unknown member `{}`", named(word)))
                    .label("names no participant, role or case of the study")
                    .help("write a participant's id, `*` for everybody, `S*` for a role, `S@3` for a role at a case, or `@3` for a case"),
            );
        }
        found
    }
}

/// What checking statements gives.
pub(super) struct CheckedStatements {
    pub(super) statements: Statements<'static>,
    pub(super) alternatives: super::Alternatives,
    pub(super) references: Texts<'static>,
}

/// What statements need beside names: where speakers speak, and what answer codes mean.
pub(super) struct Meaning<'m> {
    pub(super) of_speaker: &'m [SpeakerSource],
    pub(super) sources: &'m Sources<'static>,
    pub(super) codes: &'m [(u32, Option<Stance>)],
    pub(super) removed: &'m [u8],
    pub(super) excerpts: &'m BTreeMap<String, u32>,
}

fn at(row: usize, column: &'static str) -> Spot {
    Spot::cell(StudyFile::Statements, row, column)
}

pub(super) fn check(
    draft: StatementDraft,
    context: &Context<'_>,
    meaning: &Meaning<'_>,
    gathered: &mut Gathered,
) -> CheckedStatements {
    let rows = draft.rows;
    rules::unique_ids(&draft.id, rows, gathered);
    let codes = coded(&draft.code, rows, "code", gathered, |id, spot, gathered| {
        context.code(id, spot, gathered)
    });
    rules::warn_of_removed(&codes, &draft.code, meaning.removed, gathered);
    let (speakers, documents) = rules::speakers(&draft.speaker, rows, context, meaning, gathered);
    let sources = rules::sources(&draft.source, &speakers, &documents, context, meaning, gathered);
    let modalities: Vec<u8> = enumerated(
        &draft.modality,
        rows,
        Modality::View as u8,
        "modality",
        gathered,
        |m: Modality| m as u8,
    );
    let mut stances: Vec<u8> =
        enumerated(&draft.stance, rows, Stance::Affirm as u8, "stance", gathered, |s: Stance| {
            s as u8
        });
    let mut bearers = columns::bearers(&draft.bearer, rows, "bearer", context, gathered);
    // A reading always has this column, also when all statements are views, which have no bearer.
    bearers.0.resize(rows, 0);
    bearers.1.resize(rows, NONE);
    let counterparties =
        columns::bearers(&draft.counterparty, rows, "counterparty", context, gathered);
    let owners = columns::bearers(&draft.attributed_to, rows, "attributed_to", context, gathered);
    let perspectives = columns::perspectives(&draft.perspective, rows, gathered);
    rules::bearers_fit_modalities(&modalities, &bearers.0, gathered);
    rules::mixed_has_condition(&stances, &draft.condition, gathered);
    rules::perspective_has_owner(&perspectives, &owners.0, gathered);
    let codes = rules::answers(codes, &mut stances, meaning.codes);
    let (starts, ends) = (
        numbers(&draft.start, rows, "start", gathered),
        numbers(&draft.end, rows, "end", gathered),
    );
    for (row, &end) in ends.iter().enumerate() {
        let passage = (starts.get(row).copied().unwrap_or(NONE), end);
        let length = meaning.sources.length(sources[row]);
        if let Some(problem) = badly_placed(passage, length, || at(row, "end")) {
            gathered.add(problem);
        }
    }
    let alternatives = rules::alternatives(&draft.alternative, rows, context.settings, gathered);
    let excerpts = coded(&draft.excerpt, rows, "excerpt", gathered, |id, spot, gathered| {
        meaning.excerpts.get(id).copied().unwrap_or_else(|| {
            let label = "no excerpt with this id in excerpts.csv";
            gathered.unknown(Kind::UnknownExcerpt, "excerpt", id, spot(), label);
            NONE
        })
    });
    let strengths = columns::strengths(&draft.evidence, rows, gathered);
    let moral_orders = columns::moral_orders(&draft.moral_order, rows, gathered);
    let values = columns::decimals(&draft.value, rows, gathered);
    let (coders, coder_names) = columns::names(draft.coder, rows);
    let (storylines, storyline_names) = columns::names(draft.storyline, rows);
    let statements = Statements {
        ids: texts(draft.id, rows),
        sources: sources.into(),
        speakers: speakers.into(),
        codes: codes.into(),
        modalities: modalities.into(),
        bearer_kinds: bearers.0.into(),
        bearers: bearers.1.into(),
        counterparty_kinds: counterparties.0.into(),
        counterparties: counterparties.1.into(),
        stances: stances.into(),
        perspectives: perspectives.into(),
        owner_kinds: owners.0.into(),
        owners: owners.1.into(),
        strengths: strengths.into(),
        values: values.into(),
        coders: coders.into(),
        coder_names,
        starts: starts.into(),
        ends: ends.into(),
        excerpts: excerpts.into(),
        moral_orders: moral_orders.into(),
        storylines: storylines.into(),
        storyline_names,
        notes: texts(draft.note, rows),
        conditions: texts(draft.condition, rows),
    };
    CheckedStatements { statements, alternatives, references: texts(draft.reference, rows) }
}

/// The rows of a coded column whose value has this code, or nothing.
fn rows_of(column: &Column, wanted: u32) -> impl Iterator<Item = usize> {
    let codes: &[u32] = match column {
        Column::Coded { codes, .. } => codes,
        Column::Absent | Column::Plain(_) => &[],
    };
    codes.iter().enumerate().filter(move |&(_, &code)| code == wanted).map(|(row, _)| row)
}
