//! Which rows of which table go with a participant, and what is taken out of those that stay?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::StudyFile;

use crate::text::source::Source;
use crate::withdraw::change::Part;
use crate::withdraw::rows::{Row, Table};
use crate::withdraw::{Ids, Refused, setting};

/// The ids of everybody in the table of participants.
///
/// # Errors
/// When it is not there, or cannot be read.
pub(super) fn participants(sources: &[Source]) -> Result<Ids, Refused> {
    let file = StudyFile::Participants;
    let table = table(sources, file)?.ok_or_else(|| Refused::Unreadable(file.name().to_owned()))?;
    let mut ids = Ids::new();
    table.each(|row| {
        ids.insert(row.get("id").into_owned());
    })?;
    Ok(ids)
}

fn table(sources: &[Source], file: StudyFile) -> Result<Option<Table<'_>>, Refused> {
    sources.iter().find(|source| source.file == Some(file)).map(Table::of).transpose()
}

/// What is to be done in each file.
///
/// # Errors
/// When one of them cannot be read.
pub(super) fn decide(
    sources: &[Source],
    participant: &str,
) -> Result<BTreeMap<StudyFile, Part>, Refused> {
    let mut study = Tables::of(sources, participant)?;
    study.look_at_statements()?;
    study.look_at_excerpts()?;
    study.look_at_sources()?;
    let mut parts = BTreeMap::new();
    parts.insert(StudyFile::Excerpts, study.excerpts()?);
    parts.insert(StudyFile::Statements, study.statements()?);
    parts.insert(StudyFile::Sources, study.sources()?);
    parts.insert(StudyFile::Events, study.events()?);
    let own = |row: &Row<'_>, column: &str| row.get(column) == participant;
    let of = |file, goes: &dyn Fn(&Row<'_>) -> bool, id| study.rows(file, goes, id);
    let coverage = of(StudyFile::Coverage, &|row| own(row, "participant"), "code")?;
    parts.insert(StudyFile::Coverage, coverage);
    // What a group said is no longer known when one of it is gone.
    let constraints = of(StudyFile::Constraints, &|row| row.lists("members", participant), "id")?;
    let gone: Ids = constraints.rows.iter().cloned().collect();
    parts.insert(StudyFile::Constraints, constraints);
    parts
        .insert(StudyFile::Participants, of(StudyFile::Participants, &|row| own(row, "id"), "id")?);
    let settings = sources.iter().find(|source| source.file == Some(StudyFile::Study));
    if let Some(settings) = settings {
        let gone = setting::Gone { participant, sources: &study.gone_sources, constraints: &gone };
        parts.insert(StudyFile::Study, setting::cuts(&settings.text, &gone));
    }
    Ok(parts)
}

/// The tables of a study, and what is known so far of what goes.
struct Tables<'s> {
    sources: &'s [Source],
    participant: &'s str,
    /// The excerpts that are there.
    known_excerpts: Ids,
    /// The excerpts that go.
    gone_excerpts: Ids,
    /// The excerpts that statements cite which go, and no others.
    cited: Ids,
    /// The sources in which nobody else speaks.
    own_sources: Ids,
    /// The sources that go.
    gone_sources: Ids,
    /// The events that go.
    gone_events: Ids,
}

impl<'s> Tables<'s> {
    /// The sources in which the participant speaks alone, to begin with.
    fn of(sources: &'s [Source], participant: &'s str) -> Result<Self, Refused> {
        let mut joined: BTreeSet<(String, bool)> = BTreeSet::new();
        if let Some(people) = table(sources, StudyFile::Participants)? {
            people.each(|row| {
                let is_own = row.get("id") == participant;
                joined.insert((row.get("joint_with").into_owned(), is_own));
            })?;
        }
        let mut own_sources = Ids::new();
        match table(sources, StudyFile::Sources)? {
            Some(table) => table.each(|row| {
                let (id, listed) = (row.get("id").into_owned(), row.get("participants"));
                let is_there =
                    row.lists("participants", participant) || joined.contains(&(id.clone(), true));
                let others = listed.split_whitespace().any(|other| other != participant)
                    || joined.contains(&(id.clone(), false));
                if is_there && !others {
                    own_sources.insert(id);
                }
            })?,
            // Without a table of sources, everybody has an interview of the same id.
            None => {
                own_sources.insert(participant.to_owned());
            }
        }
        let (known_excerpts, gone_excerpts, cited) = Default::default();
        let (gone_sources, gone_events) = Default::default();
        Ok(Self {
            sources,
            participant,
            known_excerpts,
            gone_excerpts,
            cited,
            own_sources,
            gone_sources,
            gone_events,
        })
    }

    fn table(&self, file: StudyFile) -> Result<Option<Table<'s>>, Refused> {
        table(self.sources, file)
    }

    /// Whether a statement is the participant's own, is about what they think, or names them.
    fn statement_goes(&self, row: &Row<'_>) -> bool {
        let columns = ["speaker", "attributed_to", "bearer", "counterparty"];
        columns.iter().any(|column| row.get(column) == self.participant)
    }

    /// Gathers which excerpts only statements cite that go, and which sources others speak in.
    fn look_at_statements(&mut self) -> Result<(), Refused> {
        let Some(table) = self.table(StudyFile::Statements)? else { return Ok(()) };
        let mut cited = Ids::new();
        table.each(|row| {
            let excerpt = row.get("excerpt");
            if self.statement_goes(row) && !excerpt.is_empty() {
                cited.insert(excerpt.into_owned());
            }
        })?;
        let mut shared = Ids::new();
        table.each(|row| {
            if !self.statement_goes(row) {
                cited.remove(&*row.get("excerpt"));
                let source = row.get("source");
                if self.own_sources.contains(&*source) {
                    shared.insert(source.into_owned());
                }
            }
        })?;
        self.cited = cited;
        self.own_sources.retain(|source| !shared.contains(source));
        Ok(())
    }

    /// Finds the excerpts that go: of the participant, and those that are cited no longer.
    fn look_at_excerpts(&mut self) -> Result<(), Refused> {
        let Some(table) = self.table(StudyFile::Excerpts)? else { return Ok(()) };
        let mut shared = Ids::new();
        let (mut known, mut gone) = (Ids::new(), Ids::new());
        table.each(|row| {
            let (id, speaker) = (row.get("id").into_owned(), row.get("speaker"));
            let goes = speaker == self.participant || self.cited.contains(&id);
            if !goes && !speaker.is_empty() {
                shared.insert(row.get("source").into_owned());
            }
            known.insert(id.clone());
            if goes {
                gone.insert(id);
            }
        })?;
        (self.known_excerpts, self.gone_excerpts) = (known, gone);
        self.own_sources.retain(|source| !shared.contains(source));
        Ok(())
    }

    /// Finds the sources and events that go, and the excerpts of nobody in those sources.
    fn look_at_sources(&mut self) -> Result<(), Refused> {
        let (mut shared, mut events) = (Ids::new(), Ids::new());
        if let Some(table) = self.table(StudyFile::Events)? {
            table.each(|row| {
                let columns = ["actor", "positioned"];
                match columns.iter().any(|column| row.get(column) == self.participant) {
                    true => events.insert(row.get("id").into_owned()),
                    false => shared.insert(row.get("source").into_owned()),
                };
            })?;
        }
        self.gone_events = events;
        self.own_sources.retain(|source| !shared.contains(source));
        self.gone_sources = self.own_sources.clone();
        let Some(table) = self.table(StudyFile::Excerpts)? else { return Ok(()) };
        let mut gone = Ids::new();
        table.each(|row| {
            let is_in = self.gone_sources.contains(&*row.get("source"));
            if is_in && row.get("speaker").is_empty() {
                gone.insert(row.get("id").into_owned());
            }
        })?;
        self.gone_excerpts.extend(gone);
        Ok(())
    }

    fn rows(
        &self,
        file: StudyFile,
        goes: &dyn Fn(&Row<'_>) -> bool,
        id: &str,
    ) -> Result<Part, Refused> {
        let mut part = Part::default();
        if let Some(table) = self.table(file)? {
            table.each(|row| {
                if goes(row) {
                    part.row(row.span.clone(), &row.get(id));
                }
            })?;
        }
        Ok(part)
    }

    fn excerpts(&self) -> Result<Part, Refused> {
        let goes = |row: &Row<'_>| self.gone_excerpts.contains(&*row.get("id"));
        self.rows(StudyFile::Excerpts, &goes, "id")
    }

    /// Statements that go; others no longer name an excerpt that goes, or that went when the
    /// withdrawal was begun before.
    fn statements(&self) -> Result<Part, Refused> {
        let mut part = Part::default();
        let Some(table) = self.table(StudyFile::Statements)? else { return Ok(part) };
        let is_left =
            |id: &str| self.known_excerpts.contains(id) && !self.gone_excerpts.contains(id);
        table.each(|row| {
            if self.statement_goes(row) {
                part.row(row.span.clone(), &row.get("id"));
            } else if let Some(cell) = row.cell("excerpt").filter(|cell| !cell.is_empty())
                && !is_left(&row.get("excerpt"))
            {
                part.edit(cell);
            }
        })?;
        Ok(part)
    }

    /// Sources that go; where others speak too, they no longer list the participant.
    fn sources(&self) -> Result<Part, Refused> {
        let mut part = Part::default();
        let Some(table) = self.table(StudyFile::Sources)? else { return Ok(part) };
        table.each(|row| {
            let id = row.get("id");
            if self.gone_sources.contains(&*id) {
                part.row(row.span.clone(), &id);
            } else if let Some(word) = row.word("participants", self.participant) {
                part.edit(word);
            }
        })?;
        Ok(part)
    }

    /// Events that go; others answer no event that goes.
    fn events(&self) -> Result<Part, Refused> {
        let mut part = Part::default();
        let Some(table) = self.table(StudyFile::Events)? else { return Ok(part) };
        table.each(|row| {
            if self.gone_events.contains(&*row.get("id")) {
                part.row(row.span.clone(), &row.get("id"));
            } else if let Some(cell) = row.cell("responds_to")
                && self.gone_events.contains(&*row.get("responds_to"))
            {
                part.edit(cell);
            }
        })?;
        Ok(part)
    }
}
