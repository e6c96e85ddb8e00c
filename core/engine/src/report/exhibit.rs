//! What does a study show of the evidence that findings cite?

use std::collections::BTreeSet;

use parallax_model::finding::EvidenceKind;
use parallax_model::row::{ConstraintState, Stance};
use parallax_model::settings::Language;
use parallax_model::study::{Constraint, Member};
use parallax_model::table::NONE;
use parallax_model::{Bearer, Reading, Study, Texts};

use crate::report::words::{self, Word};
use crate::report::{Exhibit, Exhibits};

/// What the study shows of these pieces of evidence, with the roles that people have in
/// `reading`.
#[must_use]
pub fn exhibits(
    study: &Study,
    reading: &Reading<'_>,
    cited: &BTreeSet<(EvidenceKind, &str)>,
) -> Exhibits {
    let room = Room { study, reading, language: study.settings().language };
    let mut exhibits = Exhibits::new();
    let mut add = |kind: EvidenceKind, ids: &Texts<'_>, show: &dyn Fn(usize) -> Exhibit| {
        let wanted: BTreeSet<&str> =
            cited.iter().filter(|(of, _)| *of == kind).map(|&(_, id)| id).collect();
        if wanted.is_empty() {
            return;
        }
        for (row, id) in ids.iter().enumerate().filter(|(_, id)| wanted.contains(id)) {
            exhibits.insert((kind, id.to_owned()), show(row));
        }
    };
    add(EvidenceKind::Statement, &study.statements().ids, &|row| room.statement(row));
    add(EvidenceKind::Excerpt, &study.excerpts().ids, &|row| room.excerpt(row));
    for constraint in study.constraints() {
        if cited.contains(&(EvidenceKind::Constraint, constraint.id.as_str())) {
            let key = (EvidenceKind::Constraint, constraint.id.clone());
            exhibits.insert(key, room.constraint(constraint));
        }
    }
    exhibits
}

/// What is needed to name people and codes.
struct Room<'a> {
    study: &'a Study,
    reading: &'a Reading<'a>,
    language: Language,
}

impl Room<'_> {
    fn statement(&self, row: usize) -> Exhibit {
        let statements = self.study.statements();
        let speaker = statements.speakers.get(row).copied().unwrap_or(NONE);
        let source = statements.sources.get(row).copied().unwrap_or(NONE);
        let code = statements.codes.get(row).copied().unwrap_or(NONE);
        Exhibit {
            code: self.study.codes().labels.of(code).to_owned(),
            modality: Some(statements.modality(row)),
            bearer: self.bearer(statements.bearer(row)),
            perceived: self.perceived(statements.perspective(row), statements.owner(row)),
            stance: Some(statements.stance(row)),
            condition: statements.conditions.get(row).to_owned(),
            strength: Some(statements.strength(row)),
            text: statements.notes.get(row).to_owned(),
            reference: self.study.references().get(row).to_owned(),
            ..self.speaker(speaker, source)
        }
    }

    fn excerpt(&self, row: usize) -> Exhibit {
        let excerpts = self.study.excerpts();
        let codes = excerpts.codes_of(row);
        let labels: Vec<&str> =
            codes.iter().map(|&code| self.study.codes().labels.of(code)).collect();
        let speaker = excerpts.speakers.get(row).copied().unwrap_or(NONE);
        let source = excerpts.sources.get(row).copied().unwrap_or(NONE);
        let mut exhibit = self.speaker(speaker, source);
        if speaker == NONE {
            let role = excerpts.roles.get(row).copied().unwrap_or(NONE);
            exhibit.role = self.study.roles().labels.of(role).to_owned();
        }
        Exhibit {
            code: labels.join(", "),
            text: self.study.excerpt_texts().get(row).to_owned(),
            reference: self.study.excerpt_references().get(row).to_owned(),
            ..exhibit
        }
    }

    fn constraint(&self, constraint: &Constraint) -> Exhibit {
        let word = |word: Word| word.text(self.language);
        let members: Vec<String> =
            constraint.members.iter().map(|&member| self.member(member)).collect();
        let least = constraint.minimum;
        let bounds = match constraint.maximum {
            Some(most) if most == least => most.to_string(),
            Some(most) if least == 0 => format!("{} {most}", word(Word::AtMost)),
            Some(most) => format!("{least}–{most}"),
            None => format!("{} {least}", word(Word::AtLeast)),
        };
        Exhibit {
            speaker: format!("{bounds} {} {}", word(Word::Of), members.join(", ")),
            code: self.study.codes().labels.of(constraint.code).to_owned(),
            modality: constraint.modality,
            stance: Some(match constraint.state {
                ConstraintState::Affirm => Stance::Affirm,
                ConstraintState::Deny => Stance::Deny,
            }),
            ..Exhibit::default()
        }
    }

    fn speaker(&self, speaker: u32, source: u32) -> Exhibit {
        if speaker == NONE {
            let sources = self.study.sources();
            let name = match sources.is_document(source) {
                true => sources.labels.of(source),
                false => Word::Unknown.text(self.language),
            };
            return Exhibit { speaker: name.to_owned(), ..Exhibit::default() };
        }
        let people = &self.reading.participants;
        Exhibit {
            speaker: people.ids.of(speaker).to_owned(),
            role: self.reading.roles.labels.of(people.role(speaker)).to_owned(),
            case: self.reading.cases.labels.of(people.case(speaker)).to_owned(),
            ..Exhibit::default()
        }
    }

    fn bearer(&self, bearer: Bearer) -> String {
        let word = match bearer {
            Bearer::Nobody => return String::new(),
            Bearer::Participant(row) => return self.reading.participants.ids.of(row).to_owned(),
            Bearer::Role(row) => return self.reading.roles.labels.of(row).to_owned(),
            Bearer::Own => Word::Own,
            Bearer::We => Word::We,
            Bearer::Others => Word::Others,
            Bearer::All => Word::Everybody,
        };
        word.text(self.language).to_owned()
    }

    fn perceived(&self, perspective: u8, owner: Bearer) -> String {
        let word = match perspective {
            0 => return String::new(),
            1 => Word::AsViewOf,
            _ => Word::AsAscribedBy,
        };
        format!("{} {}", word.text(self.language), self.bearer(owner))
    }

    fn member(&self, member: Member) -> String {
        let role = |row: u32| self.reading.roles.labels.of(row);
        let case = |row: u32| self.reading.cases.labels.of(row);
        match member {
            Member::Everybody => Word::Everybody.text(self.language).to_owned(),
            Member::Participant(row) => self.reading.participants.ids.of(row).to_owned(),
            Member::Role(row) => role(row).to_owned(),
            Member::RoleAtCase(of, at) => format!("{} ({})", role(of), case(at)),
            Member::Case(at) => case(at).to_owned(),
        }
    }
}

impl Exhibit {
    /// Who says it, in which role and where: `S6, internship supervisor, school 6`.
    pub(super) fn who(&self) -> String {
        joined(&[&self.speaker, &self.role, &self.case], ", ")
    }

    /// What is said of whom, and how strong the evidence is.
    pub(super) fn says(&self, language: Language) -> String {
        let ascribed = self.modality.map(|modality| {
            let modality = words::modality(modality, language);
            match self.bearer.is_empty() {
                true => modality.to_owned(),
                false => format!("{modality} {} {}", Word::Of.text(language), self.bearer),
            }
        });
        let stance = self.stance.map_or("", |stance| words::stance(stance, language));
        let strength = self.strength.map_or("", |strength| words::strength(strength, language));
        let code = format!("{stance} “{}”", self.code);
        let ascribed = ascribed.as_deref().unwrap_or_default();
        joined(&[code.trim(), &self.perceived, ascribed, strength], " · ")
    }

    /// In other words, and on which condition.
    pub(super) fn words(&self) -> String {
        joined(&[&self.text, &self.condition], " — ")
    }
}

fn joined(parts: &[&str], by: &str) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
}
