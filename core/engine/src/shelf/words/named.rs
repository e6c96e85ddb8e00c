//! What can a script ask of one row: a code, a role, a case, a participant, a statement?
//!
//! Every column of its table is a property of a row, those that only this study has too.

use parallax_model::Ascriber;
use parallax_model::claim::scope::words;
use parallax_model::row::CoverageStatus;
use parallax_model::table::NONE;
use rhai::Dynamic;

use super::Vocabulary;
use super::column::Column;
use super::evidence;
use super::rows::Rows;
use super::seen::{Seen, Unit};
use super::tables::Table;

macro_rules! named {
    ($($(#[doc = $doc:literal])* $name:ident from $table:ident;)*) => {
        $($(#[doc = $doc])*
        #[derive(Clone)]
        pub(crate) struct $name {
            /// The reading it belongs to.
            pub(crate) seen: Seen,
            /// Its row.
            pub(crate) row: u32,
        }

        impl OfTable for $name {
            fn place(&self) -> (&Seen, Table, u32) {
                (&self.seen, Table::$table, self.row)
            }
        }

        impl Named for $name {
            const TYPE: &'static str = stringify!($name);

            fn id(&self) -> String {
                let (seen, table, row) = self.place();
                seen.ids(table).map_or("", |ids| ids.of(row)).to_owned()
            }

            fn is(&self, other: &Self) -> bool {
                self.row == other.row && self.seen.is(&other.seen)
            }
        })*

        /// The id of a value that has one.
        pub(super) fn id_of(value: &Dynamic) -> Option<String> {
            let unit = value.read_lock::<Unit>().map(|unit| unit.id());
            unit$(.or_else(|| value.read_lock::<$name>().map(|thing| thing.id())))*
        }

        /// The row of a table as a value of a script.
        pub(super) fn thing(seen: &Seen, table: Table, row: u32) -> Dynamic {
            let seen = seen.clone();
            match table {
                $(Table::$table => Dynamic::from($name { seen, row }),)*
                Table::Positions(ascriber) => Dynamic::from(Position { seen, ascriber, row }),
            }
        }

        /// The words for rows of every table.
        fn register_all(words: &mut Vocabulary) {
            $(identify::<$name>(words);
            columns::<$name>(words, Table::$table);)*
        }
    };
}

named! {
    /// A code of the codebook.
    Code from Codes;
    /// A role.
    Role from Roles;
    /// A case, such as a school.
    Case from Cases;
    /// Somebody who was interviewed.
    Participant from Participants;
    /// A conversation or a document.
    Source from Sources;
    /// What one speaker said about one code.
    Statement from Statements;
    /// A passage of a source.
    Excerpt from Excerpts;
    /// What a report says.
    Claim from Claims;
    /// What is known of a group.
    Constraint from Constraints;
}

/// A position of the status matrix.
#[derive(Clone)]
pub(crate) struct Position {
    pub(crate) seen: Seen,
    pub(crate) ascriber: Ascriber,
    pub(crate) row: u32,
}

/// A row of a table.
pub(crate) trait OfTable: Clone + Send + Sync + 'static {
    /// The reading, the table and the row.
    fn place(&self) -> (&Seen, Table, u32);
}

impl OfTable for Position {
    fn place(&self) -> (&Seen, Table, u32) {
        (&self.seen, Table::Positions(self.ascriber), self.row)
    }
}

/// What every named thing of a study has.
pub(crate) trait Named: Clone + Send + Sync + 'static {
    /// What messages call it.
    const TYPE: &'static str;

    /// Its id.
    fn id(&self) -> String;

    /// Whether it is the same.
    fn is(&self, other: &Self) -> bool;
}

impl Named for Unit {
    const TYPE: &'static str = "Unit";

    fn id(&self) -> String {
        Self::id(self)
    }

    fn is(&self, other: &Self) -> bool {
        self.index == other.index && self.seen.is(&other.seen)
    }
}

/// How a row is shown: by its id; a position has none, and is shown by what it says.
pub(super) fn shown(seen: &Seen, table: Table, row: u32) -> String {
    if let Some(ids) = seen.ids(table) {
        return ids.of(row).to_owned();
    }
    let text = |name: &str| match Column::of(seen, table, name) {
        Ok(column) => {
            let value = column.value(seen, row);
            id_of(&value).unwrap_or_else(|| value.to_string())
        }
        Err(_) => String::new(),
    };
    let [case, holder, bearer] = ["case", "holder", "bearer"].map(text);
    let [code, kind, status] = ["code", "kind", "status"].map(text);
    format!("{case}: {holder}>{bearer} {code} ({kind}): {status}")
}

/// The words for rows.
pub(super) fn register(words: &mut Vocabulary) {
    words.describe(
        "column",
        "row.column",
        "What a row has in a column of its table, as in `person.title`: a code, role, case, \
         participant or source where the column refers to one, a number, or a text; `()` where \
         there is none. Where two things are compared, a text stands for an id: `row.code == \
         \"logbook\"`.",
        r#"reading.participant("C2").case.label  // South"#,
    );
    register_all(words);
    identify::<Unit>(words);
    words.type_name::<Position>("Position");
    words.shown(|position: &Position| shown(&position.seen, position.place().1, position.row));
    columns::<Position>(words, Table::Positions(Ascriber::Participants));
    tree(words);
    people_and_codes(words);
    positions(words);
}

fn identify<T: Named>(words: &mut Vocabulary) {
    words.type_name::<T>(T::TYPE);
    words.shown(|thing: &T| thing.id());
    words.also("==", |one: T, other: T| one.is(&other));
    words.also("!=", |one: T, other: T| !one.is(&other));
    words.also("==", |one: T, id: &str| one.id() == id);
    words.also("!=", |one: T, id: &str| one.id() != id);
    words.also("==", |id: &str, one: T| one.id() == id);
    words.also("!=", |id: &str, one: T| one.id() != id);
}

/// Every column as a property; a name that no table has is looked for among the attributes.
fn columns<T: OfTable>(words: &mut Vocabulary, table: Table) {
    for &(name, field, _) in table.columns() {
        words.column(name, move |thing: &mut T| {
            let (seen, table, row) = thing.place();
            Column::known(table, field).value(seen, row)
        });
    }
    words.index(|thing: &mut T, name: &str| {
        let (seen, table, row) = thing.place();
        Ok(Column::of(seen, table, name)?.value(seen, row))
    });
}

/// The tree of codes.
fn tree(words: &mut Vocabulary) {
    words.function(
        "children",
        "code.children()",
        "The codes directly below a code, in the order of the codebook.",
        r#"reading.code("task").children().count()  // 3"#,
        |code: &mut Code| {
            let codes = &code.seen.reading().codes;
            let below = (0_u32..).zip(codes.parents.iter());
            let below = below.filter(|&(_, &parent)| parent == code.row).map(|(row, _)| row);
            Rows::these(&code.seen, Table::Codes, below.collect())
        },
    );
    words.function(
        "is_below",
        "code.is_below(other)",
        "Whether a code stands below another, at any depth; a code is not below itself.",
        r#"reading.code("logbook").is_below(reading.code("task"))  // true"#,
        |code: Code, other: Code| {
            let mut upward = code.seen.reading().codes.upward(code.row).skip(1);
            code.seen.is(&other.seen) && upward.any(|above| above == other.row)
        },
    );
    words.function(
        "is_optional",
        "code.is_optional()",
        "Whether `coverage.csv` says that its question, or that of a code above it, was only asked \
         where time or the talk allowed.",
        r#"reading.code("logbook").is_optional()  // false"#,
        |code: &mut Code| {
            let (reading, coverage) = (code.seen.reading(), &code.seen.reading().coverage);
            let mut rows = coverage.codes.iter().enumerate();
            rows.any(|(row, &asked)| {
                coverage.status(row) == CoverageStatus::Optional
                    && reading.codes.upward(code.row).any(|above| above == asked)
            })
        },
    );
    words.function(
        "incompatible",
        "code.incompatible()",
        "The codes that `study.yaml` says cannot go together with it.",
        r#"reading.code("visit").incompatible().first().id  // trust"#,
        |code: &mut Code| {
            let with = code.seen.reading().codes.incompatible_with(code.row).to_vec();
            Rows::these(&code.seen, Table::Codes, with)
        },
    );
}

fn people_and_codes(words: &mut Vocabulary) {
    words.function(
        "people",
        "source.people()",
        "The participants who speak in a source; several in a joint interview.",
        r#"reading.source("i1").people().count()  // 1"#,
        |source: &mut Source| {
            let people = source.seen.reading().sources.speakers_of(source.row as usize).to_vec();
            Rows::these(&source.seen, Table::Participants, people)
        },
    );
    words.function(
        "people",
        "constraint.people()",
        "The participants whom a constraint counts.",
        "reading.constraints().first().people().count()  // 2",
        |constraint: &mut Constraint| {
            let members = &constraint.seen.reading().constraints;
            let people = members.members_of(constraint.row as usize).to_vec();
            Rows::these(&constraint.seen, Table::Participants, people)
        },
    );
    words.function(
        "codes",
        "excerpt.codes()",
        "The codes of an excerpt.",
        "reading.excerpts().first().codes().first().id  // logbook",
        |excerpt: &mut Excerpt| {
            let codes = excerpt.seen.reading().excerpts.codes_of(excerpt.row as usize).to_vec();
            Rows::these(&excerpt.seen, Table::Codes, codes)
        },
    );
    words.function(
        "codes",
        "claim.codes()",
        "The codes that a claim is about.",
        "reading.claims().first().codes().first().id  // logbook",
        |claim: &mut Claim| {
            let codes = claim.seen.reading().claims.codes_of(claim.row as usize).to_vec();
            Rows::these(&claim.seen, Table::Codes, codes)
        },
    );
    words.function(
        "people",
        "claim.people()",
        "The participants whom the scope of a claim names, whatever its conditions; everybody without a scope.",
        "reading.claims().first().people().count()  // 3",
        people_in_scope,
    );
}

/// Everybody in the reading whom a claim's scope names: `*`, an id, `S*`, `S@3`, `S@*` or `@3`.
/// Conditions such as `gender=F` are passed over.
fn people_in_scope(claim: &mut Claim) -> Rows {
    let (seen, reading) = (&claim.seen, claim.seen.reading());
    let people = &reading.participants;
    let scope = reading.claims.scopes.of(claim.row);
    let (roles, cases) = (&reading.roles.ids, &reading.cases.ids);
    let has_role = |row: u32, id: &str| {
        id.is_empty()
            || roles.position(id).is_some_and(|role| reading.roles.covers(role, people.role(row)))
    };
    let is_at = |row: u32, id: &str| {
        let case = cases.position(id);
        case.is_some() && reading.cases.upward(people.case(row)).any(|at| Some(at) == case)
    };
    let covers = |row: u32, word: &str| match word.split_once('@') {
        Some((role, "*")) => has_role(row, role),
        Some((role, case)) => has_role(row, role) && is_at(row, case),
        None => match word.strip_suffix('*') {
            Some(role) => has_role(row, role),
            None => people.ids.position(word) == Some(row),
        },
    };
    let all = (0_u32..).take(people.len()).filter(|&row| people.is_in(row));
    let mut words = words(scope);
    words.retain(|word| !word.contains('=') && !word.ends_with("excluded"));
    let named = all.filter(|&row| words.is_empty() || words.iter().any(|word| covers(row, word)));
    Rows::these(seen, Table::Participants, named.collect())
}

fn positions(words: &mut Vocabulary) {
    words.function(
        "elsewhere",
        "position.elsewhere()",
        "The other roles at the case that claim the same for themselves.",
        r#"reading.positions("participants").first().elsewhere().count()  // 0"#,
        |position: &mut Position| {
            let found = position.seen.positions(position.ascriber).get(position.row as usize);
            let roles = found.map(|found| found.claimed_elsewhere.clone()).unwrap_or_default();
            Rows::these(&position.seen, Table::Roles, roles)
        },
    );
    words.function(
        "evidence",
        "row.evidence()",
        "One statement, excerpt, constraint or position as evidence.",
        r#"reading.statement("s1").evidence().count()  // 1"#,
        |statement: &mut Statement| evidence::of_row(statement),
    );
    words.also("evidence", |excerpt: &mut Excerpt| evidence::of_row(excerpt));
    words.also("evidence", |constraint: &mut Constraint| evidence::of_row(constraint));
    words.also("evidence", |position: &mut Position| evidence::of_row(position));
}

/// The case of a row, or nothing.
pub(super) fn case_of(seen: &Seen, row: u32) -> Dynamic {
    match row {
        NONE => Dynamic::UNIT,
        row => thing(seen, Table::Cases, row),
    }
}
