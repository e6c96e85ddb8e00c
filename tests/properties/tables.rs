//! Which tables does a sketch stand for, under which ids and in which order of rows?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::row::{
    AscribedTo, CaseRow, ClaimKind, ClaimRow, CodeRow, ConstraintRow, ConstraintState, CoverageRow,
    CoverageStatus, ExcerptRow, Inclusion, Modality, ParticipantRow, RowEnum, SourceKind,
    SourceRow, Stance, StatementRow, Strength,
};
use parallax_model::settings::{Aggregation, CoverageDefault, Role, RoleKind, Unit};
use parallax_model::{Choices, Reading, Settings, Study, StudyDraft};

use crate::sketch::{Asked, Counted, Said, Sketch};

/// The tables of a study, its statements still in rows.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub(crate) draft: StudyDraft,
    pub(crate) statements: Vec<StatementRow>,
}

impl Tables {
    /// The study; the tables are sound by construction.
    pub(crate) fn study(&self) -> Study {
        let statements = self.statements.iter().cloned().collect();
        let checked = StudyDraft { statements, ..self.draft.clone() }.check();
        checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
    }

    /// The same without optional tables, one for each bit of `left_out`.
    pub(crate) fn without(&self, left_out: u8) -> Self {
        let mut tables = self.clone();
        let is_out = |table: u8| left_out & (1 << table) != 0;
        if is_out(0) {
            // A case that nobody belongs to is then not known.
            tables.draft.cases = None;
            tables.draft.constraints.retain(|row| !row.members.contains('@'));
        }
        if is_out(1) {
            // Without documents nobody speaks for them, and everybody has an interview of their own.
            tables.draft.sources = None;
            tables.statements.retain(|row| !row.speaker.starts_with("doc:"));
            tables.statements.iter_mut().for_each(|row| row.source = None);
            tables.draft.excerpts.iter_mut().for_each(|row| row.source = None);
        }
        if is_out(2) {
            tables.draft.excerpts.clear();
            tables.statements.iter_mut().for_each(|row| row.excerpt = None);
        }
        if is_out(3) {
            tables.draft.coverage.clear();
        }
        if is_out(4) {
            tables.draft.constraints.clear();
        }
        if is_out(5) {
            tables.draft.claims.clear();
        }
        tables
    }

    /// The rows of statements, coverage and constraints as the keys order them.
    pub(crate) fn in_order_of(&self, keys: &[u32]) -> Self {
        let mut tables = self.clone();
        shuffle(&mut tables.statements, keys);
        shuffle(&mut tables.draft.coverage, keys);
        shuffle(&mut tables.draft.constraints, keys);
        tables
    }

    /// The rows of people, cases, sources and excerpts as the keys order them.
    pub(crate) fn listed_in_order_of(&self, keys: &[u32]) -> Self {
        let mut tables = self.clone();
        shuffle(&mut tables.draft.participants, keys);
        shuffle(&mut tables.draft.excerpts, keys);
        if let Some(rows) = &mut tables.draft.cases {
            shuffle(rows, keys);
        }
        if let Some(rows) = &mut tables.draft.sources {
            shuffle(rows, keys);
        }
        tables
    }

    /// The rows of codes as the keys order them.
    pub(crate) fn coded_in_order_of(&self, keys: &[u32]) -> Self {
        let mut tables = self.clone();
        shuffle(&mut tables.draft.codes, keys);
        tables
    }
}

/// The default reading of a study.
pub(crate) fn reading(study: &Study) -> Reading<'static> {
    study.reading(&Choices::default()).expect("the default reading is offered")
}

fn shuffle<T: Clone>(rows: &mut Vec<T>, keys: &[u32]) {
    let mut keyed: Vec<(u32, usize)> = keys.iter().copied().cycle().zip(0..rows.len()).collect();
    keyed.sort_unstable();
    *rows = keyed.into_iter().map(|(_, row)| rows[row].clone()).collect();
}

/// What everything is called: a prefix, a letter and a number.
struct Names<'s> {
    prefix: &'s str,
    sketch: &'s Sketch,
}

impl Sketch {
    /// The tables without constraints, with every id after `prefix`.
    pub(crate) fn tables(&self, prefix: &str) -> Tables {
        let names = Names { prefix, sketch: self };
        let draft = StudyDraft {
            settings: names.settings(),
            participants: names.participants(),
            codes: names.codes(),
            cases: Some((0..self.cases).map(|case| names.case_row(case)).collect()),
            sources: Some(names.sources()),
            excerpts: names.excerpts(),
            coverage: names.coverage(),
            claims: names.claims(),
            ..StudyDraft::default()
        };
        let statements = (0..).zip(&self.statements).map(|(at, said)| names.statement(at, said));
        Tables { draft, statements: statements.collect() }
    }

    /// A constraint without numbers.
    pub(crate) fn constraint(&self, at: usize, counted: &Counted, prefix: &str) -> ConstraintRow {
        Names { prefix, sketch: self }.constraint(at, counted)
    }
}

impl Names<'_> {
    fn role(&self, role: u8) -> String {
        format!("{}R{}", self.prefix, role % self.sketch.roles)
    }

    fn case(&self, case: u8) -> String {
        format!("{}C{}", self.prefix, case % self.sketch.cases)
    }

    fn person(&self, person: u8) -> String {
        format!("{}P{}", self.prefix, usize::from(person) % self.sketch.people.len())
    }

    fn code(&self, code: u8) -> String {
        format!("{}K{}", self.prefix, usize::from(code) % self.sketch.codes.len())
    }

    /// The interview of a person; one in ten shares that of the person before.
    fn interview(&self, person: u8) -> String {
        let person = usize::from(person) % self.sketch.people.len();
        let own = (0..=person).rev().find(|&one| one == 0 || self.sketch.people[one].part != 9);
        format!("{}I{}", self.prefix, own.unwrap_or(0))
    }

    fn document(&self, speaker: u8) -> String {
        format!("{}D{}", self.prefix, speaker % 2)
    }

    fn settings(&self) -> Settings {
        let role = |role: u8| Role {
            id: self.role(role),
            kind: if role == 3 { RoleKind::Other } else { RoleKind::Focal },
            ..Role::default()
        };
        let (by_person, aggregation) = self.sketch.conventions;
        Settings {
            title: "Drawn".into(),
            roles: (0..self.sketch.roles).map(role).collect(),
            coverage_default: match self.sketch.asked {
                true => CoverageDefault::Asked,
                false => CoverageDefault::Unknown,
            },
            unit: if by_person { Unit::Participant } else { Unit::RoleAtCase },
            aggregation: match aggregation {
                4 => Aggregation::All,
                5 => Aggregation::Majority,
                _ => Aggregation::Any,
            },
            incompatible: vec![[self.code(0), self.code(1)]],
            ..Settings::default()
        }
    }

    fn participants(&self) -> Vec<ParticipantRow> {
        let row = |(at, person): (u8, &crate::sketch::Person)| {
            let is_out = person.part == 8;
            ParticipantRow {
                id: self.person(at),
                case: Some(self.case(person.case)),
                title: Some(self.role(person.role % self.sketch.roles.min(3))),
                status: if is_out { Inclusion::Excluded } else { Inclusion::Included },
                reason: is_out.then(|| "no time".to_owned()),
                attributes: BTreeMap::from([(
                    "gender".to_owned(),
                    ["f", "m"][usize::from(person.part % 2)].to_owned(),
                )]),
                ..ParticipantRow::default()
            }
        };
        (0..).zip(&self.sketch.people).map(row).collect()
    }

    fn codes(&self) -> Vec<CodeRow> {
        let row = |(at, code): (u8, &crate::sketch::Code)| CodeRow {
            id: self.code(at),
            parent: code.above.filter(|_| at > 0).map(|above| self.code(above % at)),
            prompt: code.prompt.map(|prompt| format!("Q{prompt}")),
            ..CodeRow::default()
        };
        (0..).zip(&self.sketch.codes).map(row).collect()
    }

    fn case_row(&self, case: u8) -> CaseRow {
        CaseRow { id: self.case(case), ..CaseRow::default() }
    }

    fn sources(&self) -> Vec<SourceRow> {
        let mut speakers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for person in (0_u8..).take(self.sketch.people.len()) {
            speakers.entry(self.interview(person)).or_default().push(self.person(person));
        }
        let interviews = speakers.into_iter().map(|(id, people)| SourceRow {
            id,
            participants: Some(people.join(" ")),
            ..SourceRow::default()
        });
        let document = |at: u8| SourceRow {
            id: self.document(at),
            kind: SourceKind::Document,
            ..SourceRow::default()
        };
        interviews.chain((0..2).map(document)).collect()
    }

    fn statement(&self, at: usize, said: &Said) -> StatementRow {
        let is_document = said.speaker >= 200;
        let modality = if said.modality < 8 { said.modality } else { 0 };
        let modality = Modality::from_number(modality);
        let stance = match said.stance {
            0..4 => Stance::Affirm,
            4 | 5 => Stance::Deny,
            _ => Stance::Mixed,
        };
        let perspective = if is_document { 0 } else { said.perspective.saturating_sub(5) };
        let owner = if said.owner < 10 { self.role(said.owner) } else { self.person(said.owner) };
        StatementRow {
            id: format!("{}S{at:02}", self.prefix),
            source: (!is_document).then(|| self.interview(said.speaker)),
            speaker: match is_document {
                true => format!("doc:{}", self.document(said.speaker)),
                false => self.person(said.speaker),
            },
            code: self.code(said.code),
            modality,
            bearer: self.bearer(said.bearer, modality, is_document),
            counterparty: match modality {
                Modality::View => None,
                _ => said.counterparty.and_then(|who| self.bearer(who, modality, is_document)),
            },
            stance,
            condition: (stance == Stance::Mixed).then(|| "it depends".to_owned()),
            perspective,
            attributed_to: (perspective > 0).then_some(owner),
            evidence: Strength::from_number(said.strength % 5),
            value: said.value.map(f64::from),
            start: said.span.map(|(start, _)| start.into()),
            end: said.span.map(|(start, length)| u32::from(start) + u32::from(length)),
            coder: ["ann", "bob"].get(usize::from(said.coder)).map(|&coder| coder.to_owned()),
            excerpt: self.is_quoted(said).then(|| self.excerpt(said)),
            ..StatementRow::default()
        }
    }

    fn bearer(&self, bearer: u8, modality: Modality, is_document: bool) -> Option<String> {
        match bearer {
            _ if modality == Modality::View => None,
            _ if is_document => Some(self.role(bearer)),
            0 if matches!(modality, Modality::Anticipate | Modality::Prefer) => None,
            0..4 => Some("self".to_owned()),
            4 => Some("others".to_owned()),
            5 => Some("all".to_owned()),
            6 => Some("we".to_owned()),
            7..14 => Some(self.role(bearer)),
            _ => Some(self.person(bearer)),
        }
    }

    fn is_quoted(&self, said: &Said) -> bool {
        said.excerpt && said.speaker < 200
    }

    /// Statements of one person from one third of an interview share an excerpt.
    fn excerpt(&self, said: &Said) -> String {
        let third = said.span.map_or(0, |(start, _)| start / 14);
        let person = usize::from(said.speaker) % self.sketch.people.len();
        format!("{}E{person}{third}", self.prefix)
    }

    fn excerpts(&self) -> Vec<ExcerptRow> {
        let mut codes: BTreeMap<String, (u8, BTreeSet<String>)> = BTreeMap::new();
        for said in self.sketch.statements.iter().filter(|said| self.is_quoted(said)) {
            let (speaker, _) = (said.speaker, said.code);
            let entry = codes.entry(self.excerpt(said)).or_insert((speaker, BTreeSet::new()));
            entry.1.insert(self.code(said.code));
        }
        let row = |(id, (speaker, codes)): (String, (u8, BTreeSet<String>))| ExcerptRow {
            id,
            source: Some(self.interview(speaker)),
            speaker: Some(self.person(speaker)),
            codes: Some(codes.into_iter().collect::<Vec<_>>().join(" ")),
            text: Some("as said".to_owned()),
            ..ExcerptRow::default()
        };
        codes.into_iter().map(row).collect()
    }

    /// Rows that say two things of one code would be a problem of the study; the first one stays.
    fn coverage(&self) -> Vec<CoverageRow> {
        let mut seen: BTreeSet<(String, String, u8)> = BTreeSet::new();
        let rows = self.sketch.coverage.iter().filter_map(|asked| {
            let row = self.coverage_row(asked);
            let covers = |code: &&CodeRow| match &row.code {
                Some(covered) => code.id == *covered,
                None => code.prompt == row.prompt,
            };
            let bearer = row.bearer.map_or(2, |bearer| bearer as u8);
            let codes = self.codes();
            let keys: Vec<_> = codes.iter().filter(covers).collect();
            let keys = keys.iter().map(|code| (row.participant.clone(), code.id.clone(), bearer));
            let is_new = keys.clone().count() > 0 && keys.clone().all(|key| !seen.contains(&key));
            is_new.then(|| {
                seen.extend(keys);
                row.clone()
            })
        });
        rows.collect()
    }

    fn coverage_row(&self, asked: &Asked) -> CoverageRow {
        let at = usize::from(asked.code) % self.sketch.codes.len();
        let prompt = self.sketch.codes[at].prompt.filter(|_| asked.by_prompt);
        CoverageRow {
            participant: asked.who.map_or_else(|| "*".to_owned(), |who| self.person(who)),
            code: prompt.is_none().then(|| self.code(asked.code)),
            prompt: prompt.map(|prompt| format!("Q{prompt}")),
            bearer: [AscribedTo::Own, AscribedTo::Others].get(usize::from(asked.bearer)).copied(),
            status: CoverageStatus::from_number(asked.status % 5),
            note: None,
        }
    }

    /// A constraint on how many of its members said it; a view is always the speaker's own.
    fn constraint(&self, at: usize, counted: &Counted) -> ConstraintRow {
        let modality = Modality::from_number(counted.modality % 8);
        let (kind, one, other) = counted.members;
        ConstraintRow {
            id: format!("{}N{at}", self.prefix),
            code: self.code(counted.code),
            modality: (!counted.others || modality != Modality::View).then_some(modality),
            bearer: Some(if counted.others { AscribedTo::Others } else { AscribedTo::Own }),
            state: if counted.deny { ConstraintState::Deny } else { ConstraintState::Affirm },
            members: match kind {
                0..6 => format!("{} {}", self.person(one), self.person(other)),
                6 | 7 => format!("{}*", self.role(one)),
                8 => format!("@{}", self.case(one)),
                9 => "*".to_owned(),
                10 => format!("{}@{}", self.role(one), self.case(other)),
                _ => format!("{} {} {}", self.person(one), self.person(other), self.person(kind)),
            },
            min: Some(0),
            ..ConstraintRow::default()
        }
    }

    /// A claim about the first code, so that what is said of claims is tried too.
    fn claims(&self) -> Vec<ClaimRow> {
        let claim = |(id, kind): (&str, ClaimKind)| ClaimRow {
            id: format!("{}Q{id}", self.prefix),
            kind: Some(kind),
            scope: Some("*".to_owned()),
            code: Some(self.code(0)),
            ..ClaimRow::default()
        };
        [("1", ClaimKind::None), ("2", ClaimKind::All)].map(claim).to_vec()
    }
}
