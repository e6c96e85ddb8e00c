//! What becomes of each row and each cell of a table in the copy?

use std::borrow::Cow;
use std::collections::BTreeSet;

use parallax_model::StudyFile;

use super::names::Meant;
use super::table::{Table, line};
use super::{Study, TAKEN_OUT, Words, attribute};

/// What becomes of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// It stays: ids of codes, cases and roles, numbers, words of a vocabulary.
    Stays,
    /// A text of the researcher: names in it are replaced.
    Scrubbed,
    /// Where something stands in the material.
    Reference,
    /// Words of participants.
    Words,
    /// One participant, or whoever else a statement can be about.
    Person,
    /// Participants and others, separated by blanks.
    People,
    /// The id of a row of a table.
    Id(StudyFile),
    /// Whom a claim is about, or what it expects.
    Claimed,
    /// What else is known of people and cases.
    Attribute,
    /// How many of the members of a constraint.
    Least,
}

/// What becomes of the columns of a table; one that is not named here does not stay.
fn column(file: StudyFile, name: &str) -> Option<Column> {
    use StudyFile as F;
    Some(match (file, name) {
        (F::Participants, "id") => Column::Person,
        (F::Participants, "joint_with") => Column::Id(F::Sources),
        (F::Participants, "case" | "status" | "kind" | "weight") => Column::Stays,
        (F::Participants, "title") => Column::Scrubbed,
        (F::Codes, "id" | "parent" | "origin" | "status" | "value_of" | "value") => Column::Stays,
        (F::Codes, "label" | "definition" | "prompt" | "rq") => Column::Scrubbed,
        (F::Cases, "id" | "parent") => Column::Stays,
        (F::Cases, "label" | "kind") => Column::Scrubbed,
        (F::Sources, "id") => Column::Id(F::Sources),
        (F::Sources, "participants") => Column::People,
        (F::Sources, "type" | "case" | "minutes" | "wave" | "characters") => Column::Stays,
        (F::Statements, "id") => Column::Id(F::Statements),
        (F::Statements, "speaker" | "bearer" | "counterparty" | "attributed_to") => Column::Person,
        (F::Statements, "storyline") => Column::Scrubbed,
        (
            F::Statements,
            "code" | "modality" | "stance" | "perspective" | "evidence" | "value" | "start" | "end"
            | "coder" | "moral_order" | "alternative",
        ) => Column::Stays,
        (F::Excerpts, "id") => Column::Id(F::Excerpts),
        (F::Excerpts, "speaker") => Column::Person,
        (F::Excerpts, "role" | "codes" | "start" | "end") => Column::Stays,
        (F::Coverage, "participant") => Column::Person,
        (F::Coverage, "prompt") => Column::Scrubbed,
        (F::Coverage, "code" | "bearer" | "status") => Column::Stays,
        (F::Constraints, "id") => Column::Id(F::Constraints),
        (F::Constraints, "members") => Column::People,
        (F::Constraints, "min") => Column::Least,
        (F::Constraints, "code" | "modality" | "bearer" | "state" | "max") => Column::Stays,
        (F::Claims, "id") => Column::Id(F::Claims),
        (F::Claims, "scope" | "expected") => Column::Claimed,
        (F::Claims, "section" | "quantifier") => Column::Scrubbed,
        (
            F::Claims,
            "kind" | "unit" | "code" | "modality" | "bearer" | "state" | "tolerance" | "script",
        ) => Column::Stays,
        (F::Events, "id" | "responds_to") => Column::Id(F::Events),
        (F::Events, "actor" | "positioned") => Column::Person,
        (F::Events, "storyline" | "level_of_discourse") => Column::Scrubbed,
        (
            F::Events,
            "seq" | "act" | "code" | "modality" | "stance" | "order" | "voluntariness" | "ground"
            | "awareness" | "uptake" | "kind" | "malignant",
        ) => Column::Stays,
        (F::Statements | F::Excerpts | F::Events, "source") => Column::Id(F::Sources),
        (F::Statements, "excerpt") => Column::Id(F::Excerpts),
        (_, "note" | "text" | "reason" | "condition") => Column::Words,
        (_, "ref") => Column::Reference,
        (_, name) if attribute::is_attribute(file, name) => Column::Attribute,
        _ => return None,
    })
}

impl Study<'_> {
    /// A table as the copy has it.
    pub(super) fn copied(&self, file: StudyFile, table: &Table<'_>) -> String {
        let columns = table.columns().filter_map(|name| Some((name, column(file, name)?)));
        let columns: Vec<(&str, Column)> = columns.collect();
        let mut text = line(columns.iter().map(|(name, _)| *name));
        for row in self.order(file, table) {
            if !self.keeps(file, table, row) {
                match file {
                    StudyFile::Claims => {
                        let id = self.names.id(file, table.get(row, "id")).to_owned();
                        self.noted.borrow_mut().claims.push(id);
                    }
                    StudyFile::Sources => {}
                    _ => self.noted.borrow_mut().rows += 1,
                }
                continue;
            }
            let cells: Vec<Cow<'_, str>> =
                columns.iter().map(|&of| self.cell((file, table), row, of)).collect();
            text.push_str(&line(cells.iter().map(AsRef::as_ref)));
        }
        text
    }

    /// The rows of a table in the order of the copy: people and interviews stand in that of their
    /// new names.
    fn order(&self, file: StudyFile, table: &Table<'_>) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..table.len()).collect();
        match file {
            StudyFile::Participants => self.people.rows.clone(),
            StudyFile::Sources => {
                let number = |row: &usize| {
                    let id = self.names.id(file, table.get(*row, "id"));
                    id.strip_prefix("source-").and_then(|n| n.parse::<usize>().ok())
                };
                rows.sort_by_key(|row| number(row).unwrap_or(usize::MAX));
                rows
            }
            _ => rows,
        }
    }

    /// Whether a row stays: it is by and about nobody who is gone.
    fn keeps(&self, file: StudyFile, table: &Table<'_>, row: usize) -> bool {
        let gone = |column: &str| self.names.meant(table.get(row, column)) == Meant::Gone;
        let of_gone = |columns: &[&str]| columns.iter().any(|column| gone(column));
        let in_gone = self.names.is_gone_source(table.get(row, "source"));
        match file {
            StudyFile::Sources => !self.names.is_gone_source(table.get(row, "id")),
            StudyFile::Statements => {
                !in_gone && !of_gone(&["speaker", "bearer", "counterparty", "attributed_to"])
            }
            StudyFile::Excerpts => !in_gone && !gone("speaker"),
            StudyFile::Events => !in_gone && !of_gone(&["actor", "positioned"]),
            StudyFile::Coverage => !gone("participant"),
            StudyFile::Constraints => !self.members(table.get(row, "members")).is_empty(),
            StudyFile::Claims => self.keeps_claim(row),
            _ => true,
        }
    }

    fn cell<'t>(
        &'t self,
        (file, table): (StudyFile, &'t Table<'_>),
        row: usize,
        (name, column): (&str, Column),
    ) -> Cow<'t, str> {
        let cell = table.get(row, name);
        if cell.is_empty() {
            return cell.into();
        }
        match column {
            Column::Stays => cell.into(),
            Column::Scrubbed => self.names.scrubbed(cell).into(),
            Column::Reference => self.names.scrubbed_reference(cell).into(),
            Column::Words => self.words((file, table), row, name).into(),
            Column::Person => self.person(cell),
            Column::People => self.members(cell).into(),
            Column::Id(of) => self.row_id(of, cell),
            Column::Claimed => self.claimed(row, name, cell).into(),
            Column::Attribute if self.suppressed.has(file, name, cell) => "".into(),
            Column::Attribute => self.names.scrubbed(cell).into(),
            Column::Least => self.least(cell, table.get(row, "members")).into(),
        }
    }

    /// Whoever a cell names: a participant, or a role, a document or a word such as `self`.
    fn person<'t>(&'t self, cell: &'t str) -> Cow<'t, str> {
        if let Some(document) = cell.strip_prefix("doc:") {
            return format!("doc:{}", self.names.id(StudyFile::Sources, document)).into();
        }
        match self.names.meant(cell) {
            Meant::Person(name) => name.into(),
            Meant::Gone => TAKEN_OUT.into(),
            Meant::Nobody if self.is_role(cell) => cell.into(),
            // An alias of a role is a text, and study.yaml of the copy has it so.
            Meant::Nobody => self.names.scrubbed(cell).into(),
        }
    }

    fn is_role(&self, word: &str) -> bool {
        self.settings.roles.iter().any(|role| role.id == word)
    }

    /// People separated by blanks, without those who are gone.
    fn members(&self, cell: &str) -> String {
        let words = cell.split_whitespace().filter_map(|word| match self.names.meant(word) {
            Meant::Person(name) => Some(name),
            Meant::Gone => None,
            Meant::Nobody => Some(word),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// At least how many of the members who stay, when every one who is gone may be among them.
    fn least(&self, cell: &str, members: &str) -> String {
        let gone = members.split_whitespace().filter(|id| self.names.meant(id) == Meant::Gone);
        let (gone, least) = (gone.count(), cell.trim().parse::<usize>());
        least.map_or_else(|_| cell.to_owned(), |least| least.saturating_sub(gone).to_string())
    }

    /// The id of a row; blank for one that is gone.
    fn row_id<'t>(&'t self, file: StudyFile, cell: &'t str) -> Cow<'t, str> {
        let gone = match file {
            StudyFile::Sources => self.names.is_gone_source(cell),
            _ => self.gone_rows.contains(&(file, cell.to_owned())),
        };
        if gone { "".into() } else { self.names.id(file, cell).into() }
    }

    /// The ids of the rows to which others point, and which do not stay.
    pub(super) fn gone_rows(&self) -> BTreeSet<(StudyFile, String)> {
        let of_table = |file| {
            let tables = self.table(file).into_iter();
            tables.flat_map(move |table| {
                let gone = (0..table.len()).filter(move |&row| !self.keeps(file, table, row));
                gone.map(move |row| (file, table.get(row, "id").to_owned()))
            })
        };
        of_table(StudyFile::Excerpts)
            .chain(of_table(StudyFile::Events))
            .chain(of_table(StudyFile::Constraints))
            .collect()
    }

    /// Words of participants: those of whoever consented, and a sign where a cell cannot be blank.
    fn words(&self, (file, table): (StudyFile, &Table<'_>), row: usize, name: &str) -> String {
        let whose = self.whose(file, table, row);
        let stays = self.terms.words != Words::None
            && match &whose {
                Whose::Document => true,
                Whose::Of(speaker) => self.people.agrees(speaker),
                Whose::Nobody => self.people.all_agree,
            };
        if stays {
            return self.names.scrubbed(table.get(row, name));
        }
        let mut noted = self.noted.borrow_mut();
        match whose {
            Whose::Of(speaker) => drop(noted.words_of.insert(speaker.to_owned())),
            Whose::Document | Whose::Nobody => noted.words_of_nobody += 1,
        }
        let needed = match (file, name) {
            (StudyFile::Statements, "condition") => table.get(row, "stance") == "mixed",
            (StudyFile::Participants | StudyFile::Codes, "reason") => true,
            _ => false,
        };
        if needed { TAKEN_OUT.to_owned() } else { String::new() }
    }

    /// Whose words stand in a row.
    fn whose<'t>(&self, file: StudyFile, table: &'t Table<'_>, row: usize) -> Whose<'t> {
        let speaker = match file {
            StudyFile::Participants => table.get(row, "id"),
            StudyFile::Coverage => table.get(row, "participant"),
            StudyFile::Statements | StudyFile::Excerpts => table.get(row, "speaker"),
            StudyFile::Events => table.get(row, "actor"),
            _ => "",
        };
        match speaker {
            "" | "*" => Whose::Nobody,
            document if document.starts_with("doc:") => Whose::Document,
            speaker => Whose::Of(speaker),
        }
    }
}

/// Whose words stand in a row.
enum Whose<'t> {
    /// A document's.
    Document,
    /// A participant's.
    Of(&'t str),
    /// Nobody's in particular, which may be anybody's.
    Nobody,
}
