//! How does a draft become a study?

use std::collections::BTreeMap;

use super::gather::Gathered;
use super::statements::{Context, Meaning};
use super::{
    Checked, Consent, Study, claims, codebook, consent, knowledge, names, people, robustness,
    roles, statements,
};
use crate::cell::{Cells, Item, Modalities};
use crate::choices::Choices;
use crate::claim::Quantity;
use crate::claim::scope::names_nobody;
use crate::draft::StudyDraft;
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::reading::{Ascription, ByCode, Reading};
use crate::row::{AscribedTo, ClaimUnit};
use crate::settings::Settings;

impl StudyDraft {
    /// Checks every reference and every rule, and gives the study when none of them is broken.
    ///
    /// All problems are found in one pass. Warnings do not keep a study from being one.
    #[must_use]
    pub fn check(self) -> Checked {
        let mut gathered = Gathered::default();
        let study = check(self, &mut gathered);
        robustness::check(&study, &mut gathered);
        let sound = |gathered: &Gathered| !gathered.stop_the_study();
        let study = sound(&gathered).then_some(study);
        if let Some(study) = &study {
            check_default_reading(study, &mut gathered);
            robustness::check_worlds(study, &mut gathered);
        }
        let study = study.filter(|_| sound(&gathered));
        Checked { study, problems: gathered.into_problems() }
    }
}

fn check(draft: StudyDraft, gathered: &mut Gathered) -> Study {
    let settings = draft.settings;
    let (roles, role_index) = roles::check_roles(&settings, gathered);
    names::check(&settings.roles, &draft.participants, gathered);
    let (cases, case_index) =
        people::check_cases(draft.cases.as_deref(), &draft.participants, gathered);
    let source_ids = draft
        .sources
        .as_ref()
        .map(|rows| (0..).zip(rows).map(|(row, source)| (source.id.clone(), row)).collect());
    let (participants, participant_index) =
        people::check_participants(&draft.participants, &case_index, source_ids.as_ref(), gathered);
    let sources = people::check_sources(
        draft.sources.as_deref(),
        &draft.participants,
        &case_index,
        &participant_index,
        gathered,
    );
    let mappings = roles::check_mappings(&settings, &role_index, &draft.participants, gathered);
    let codebook = codebook::check(&draft.codes, &settings, gathered);
    check_pairs(&settings.incompatible, &codebook, gathered);
    check_quantifiers(&settings, gathered);
    let context = Context {
        settings: &settings,
        roles: &role_index,
        cases: &case_index,
        participants: &participant_index,
        sources: &sources.index,
        codes: &codebook.index,
    };
    let (excerpts, excerpt_index) =
        knowledge::check_excerpts(&draft.excerpts, &context, &sources.sources, gathered);
    let meaning = Meaning {
        of_speaker: &sources.of_speaker,
        sources: &sources.sources,
        codes: &codebook.meanings,
        removed: &codebook.codes.removed,
        excerpts: &excerpt_index,
    };
    let checked = statements::check(draft.statements, &context, &meaning, gathered);
    let (prompts, meanings) = (&codebook.codes.prompts, &codebook.meanings);
    let coverage =
        knowledge::check_coverage(&draft.coverage, &context, prompts, meanings, gathered);
    let constraints =
        knowledge::check_constraints(&draft.constraints, &context, meanings, gathered);
    let attributes = people::attributes(&draft.participants, draft.cases.as_deref());
    let meanings = claims::Meanings { codes: meanings, attributes: &attributes };
    let claims = claims::check(&draft.claims, &context, &meanings, gathered);
    knowledge::check_events(&draft.events, &context, gathered);
    let tables = consent::Tables {
        participants: &draft.participants,
        sources: draft.sources.as_deref().unwrap_or_default(),
        statements: &checked.statements,
        excerpts: &excerpts,
        coverage: &draft.coverage,
    };
    consent::check_withdrawn(&tables, gathered);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let excerpt_texts: Vec<String> = draft.excerpts.iter().map(|row| text(&row.text)).collect();
    let excerpt_references: Vec<String> =
        draft.excerpts.iter().map(|row| text(&row.reference)).collect();
    let said = draft.cases.iter().flatten();
    let said: BTreeMap<&str, &str> =
        said.filter_map(|row| Some((row.id.as_str(), row.reference.as_deref()?))).collect();
    let case_references = cases.ids.iter().map(|id| said.get(id).copied().unwrap_or(""));
    let case_references = case_references.collect();
    Study {
        roles,
        mappings,
        cases,
        case_references,
        participants,
        inclusions: draft.participants.iter().map(|row| row.status).collect(),
        consents: draft.participants.iter().map(Consent::of).collect(),
        attributes,
        codes: codebook.codes,
        code_rows: draft.codes,
        sources: sources.sources,
        statements: checked.statements,
        alternatives: checked.alternatives,
        references: checked.references,
        coverage,
        constraints,
        excerpts,
        excerpt_texts: excerpt_texts.iter().map(String::as_str).collect(),
        excerpt_references: excerpt_references.iter().map(String::as_str).collect(),
        claim_rows: draft.claims,
        claims: claims.claims,
        claimed: claims.columns,
        events: draft.events,
        settings,
    }
}

/// Words for quantities have ranges.
fn check_quantifiers(settings: &Settings, gathered: &mut Gathered) {
    for (word, range) in &settings.quantifiers {
        if Quantity::parse(word, range).is_err() {
            let key = word.replace('~', "~0").replace('/', "~1");
            let message = format!("the quantifier `{word}` has a range that cannot be read");
            gathered.add(
                Problem::new(Kind::NotAllowed, Spot::Setting(format!("/quantifiers/{key}")), message)
                    .label("not a range of people")
                    .help("write a range in a group of n, such as `2..`, `..3`, `2..n/3`, `>n/2`, `n` or `n-n/10`"),
            );
        }
    }
}

fn check_pairs(pairs: &[[String; 2]], codebook: &codebook::Codebook, gathered: &mut Gathered) {
    for (row, pair) in pairs.iter().enumerate() {
        for (side, code) in pair.iter().enumerate() {
            if !codebook.index.contains_key(code) {
                let spot = Spot::Setting(format!("/incompatible/{row}/{side}"));
                let label = "no code with this id in codes.csv";
                gathered.unknown(Kind::UnknownCode, "code", code, spot, label);
            }
        }
    }
}

/// Whether each constraint is about somebody and can hold, in the default reading.
fn check_default_reading(study: &Study, gathered: &mut Gathered) {
    if study.constraints().is_empty() && study.claim_rows().is_empty() {
        return;
    }
    let Ok(reading) = study.reading(&Choices::default()) else { return };
    check_claims(study, &reading, gathered);
    let by_code = ByCode::of(&reading);
    let spot = |row, column| Spot::cell(StudyFile::Constraints, row, column);
    for (row, constraint) in study.constraints().iter().enumerate() {
        let nobody = constraint
            .members
            .iter()
            .filter(|&&member| study.members(member, &reading.participants).is_empty());
        if nobody.count() > 0 {
            let message = format!(
                "the constraint `{}` is about people of whom the sample has none",
                constraint.id
            );
            gathered.add(
                Problem::new(Kind::NamesNobody, spot(row, "members"), message)
                    .label("nobody in the default mapping has this role there")
                    .help("check the role and the case; if the report really says so, keep it: it is a finding"),
            );
        }
    }
    check_bearers(study, &reading, &by_code, gathered);
    for row in contradictions(&reading, &by_code) {
        let id = reading.constraints.ids.of(row);
        let message = format!(
            "the constraint `{id}` cannot be true together with the statements and the other constraints"
        );
        let place = study.constraints().iter().position(|constraint| constraint.id == id);
        gathered.add(
            Problem::new(Kind::Contradiction, spot(place.unwrap_or(0), "min"), message)
                .label("no way of filling in the unknown cells satisfies this")
                .help("compare its members, `min` and `max` with the statements under its code"),
        );
    }
}

/// A constraint without a bearer is taken for what people say of themselves and for what they say
/// of others; where a code has both, it has to say which.
fn check_bearers(study: &Study, reading: &Reading<'_>, by_code: &ByCode, gathered: &mut Gathered) {
    for (row, constraint) in study.constraints().iter().enumerate() {
        let said = |ascription| {
            let mut rows = by_code.rows(constraint.code).iter();
            rows.any(|&row| reading.is_ascription(row as usize, ascription))
        };
        let open = constraint.bearer.is_none();
        if open && said(Ascription::Own) && said(Ascription::Other) {
            let message = format!(
                "the constraint `{}` does not say whether it counts what people say of themselves or of others",
                constraint.id
            );
            gathered.add(
                Problem::new(
                    Kind::UnsaidBearer,
                    Spot::cell(StudyFile::Constraints, row, "code"),
                    message,
                )
                .label("people say both under this code")
                .help("fill in the column `bearer`: `self` or `others`; left blank, it counts for each"),
            );
        }
    }
}

/// The constraints that cannot hold, by row of the reading's table.
pub(crate) fn contradictions(reading: &Reading<'_>, by_code: &ByCode) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..reading.constraints.len())
        .flat_map(|row| {
            let item = item_of(reading, row);
            let cells = Cells::of(reading, by_code, item);
            [cells.bounds.contradictions(), cells.denials.contradictions()].concat()
        })
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Whether each claim is about somebody. One that is not is told so in its verdict too: the report
/// may really say it.
fn check_claims(study: &Study, reading: &Reading<'_>, gathered: &mut Gathered) {
    for claim in study.claims().iter().flatten() {
        let is_about_people = matches!(claim.unit, ClaimUnit::Person | ClaimUnit::Case);
        if is_about_people && names_nobody(study, reading, &claim.scope) {
            let message =
                format!("the claim `{}` is about people of whom the sample has none", claim.id);
            let spot = Spot::cell(StudyFile::Claims, claim.row, "scope");
            gathered.add(
                Problem::new(Kind::NamesNobody, spot, message)
                    .label("nobody in the default mapping is meant")
                    .help(
                        "check it; if the report really speaks of them, keep it: it is a finding",
                    ),
            );
        }
    }
}

/// What a constraint is about.
fn item_of(reading: &Reading<'_>, row: usize) -> Item {
    let constraints = &reading.constraints;
    let modalities = match constraints.modalities[row] {
        u8::MAX => Modalities::ANY,
        modality => Modalities::of(&[crate::row::RowEnum::from_number(modality)]),
    };
    let ascription = match constraints.bearers[row] {
        bearer if bearer == AscribedTo::Own as u8 => Ascription::Own,
        bearer if bearer == AscribedTo::Others as u8 => Ascription::Other,
        _ => Ascription::Any,
    };
    Item { modalities, ascription, ..Item::any(constraints.codes[row]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{CodeRow, ConstraintRow, ParticipantRow};
    use crate::settings::{Role, Settings};

    #[test]
    fn a_number_of_people_who_are_not_in_the_sample_is_a_warning_and_no_contradiction() {
        let role = |id: &str| Role { id: id.to_owned(), ..Role::default() };
        let person = ParticipantRow {
            id: "P1".to_owned(),
            title: Some("S".to_owned()),
            ..ParticipantRow::default()
        };
        let constraint = |members: &str| ConstraintRow {
            id: "k".to_owned(),
            code: "c".to_owned(),
            members: members.to_owned(),
            min: Some(2),
            ..ConstraintRow::default()
        };
        let checked = |members: &str| {
            StudyDraft {
                settings: Settings { roles: vec![role("S"), role("L")], ..Settings::default() },
                participants: vec![person.clone()],
                codes: vec![CodeRow { id: "c".to_owned(), ..CodeRow::default() }],
                constraints: vec![constraint(members)],
                ..StudyDraft::default()
            }
            .check()
        };
        let kinds = |checked: &Checked| -> Vec<Kind> {
            checked.problems.iter().map(|problem| problem.kind).collect()
        };
        let nobody = checked("L*");
        assert_eq!(kinds(&nobody), [Kind::NamesNobody]);
        assert!(nobody.study.is_some());
        let too_many = checked("S*");
        assert_eq!(kinds(&too_many), [Kind::Contradiction]);
        assert!(too_many.study.is_none());
    }
}
