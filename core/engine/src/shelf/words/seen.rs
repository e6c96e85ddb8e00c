//! What does a script see of a reading, and how is it shared without a copy?

use std::sync::{Arc, OnceLock};

use parallax_model::settings::Unit as Counted;
use parallax_model::table::{NONE, Texts};
use parallax_model::{Ascriber, ByCode, Position, Reading, Roster, positions};

use rhai::{Dynamic, EvalAltResult, Position as At};

use super::tables::{Field, Table};
use crate::shelf::script::Signal;

/// A reading as a script holds it; cloning copies nothing.
#[derive(Clone)]
pub(crate) struct Seen(Arc<Inside>);

struct Inside {
    reading: Reading<'static>,
    signal: Arc<Signal>,
    roster: Roster,
    places: Vec<Place>,
    by_code: OnceLock<ByCode>,
    positions: [OnceLock<Vec<Position>>; 2],
    attributes: OnceLock<Vec<Attribute>>,
}

/// A column that only this study has.
struct Attribute {
    owner: Table,
    name: String,
    /// The value of each row, as a code into the values of all attributes.
    values: Arc<Vec<u32>>,
}

/// What analyses count: a role at a case, or one person.
pub(crate) struct Place {
    /// The role, by row.
    pub(crate) role: u32,
    /// The case, by row; `NONE` where people belong to no case.
    pub(crate) case: u32,
    /// The people, by row; none when the role is vacant there.
    pub(crate) members: Vec<u32>,
}

impl Seen {
    /// A reading for one run of a script, which goes on for as long as the signal says.
    pub(crate) fn new(reading: &Reading<'static>, signal: Arc<Signal>) -> Self {
        let (reading, roster) = (reading.clone(), reading.roster());
        let places = places(&reading, &roster);
        Self(Arc::new(Inside {
            reading,
            signal,
            roster,
            places,
            by_code: OnceLock::new(),
            positions: Default::default(),
            attributes: OnceLock::new(),
        }))
    }

    /// The reading itself.
    pub(crate) fn reading(&self) -> &Reading<'static> {
        &self.0.reading
    }

    /// Who has which role where.
    pub(crate) fn roster(&self) -> &Roster {
        &self.0.roster
    }

    /// What analyses count, in the order of roles, then cases; those without people included.
    pub(crate) fn places(&self) -> &[Place] {
        &self.0.places
    }

    /// The statements by their code, grouped when they are first needed.
    pub(crate) fn by_code(&self) -> &ByCode {
        self.0.by_code.get_or_init(|| ByCode::of(&self.0.reading))
    }

    /// Stops a word that goes over many rows, when its script has to stop: no limit is looked at
    /// from outside while a word runs.
    ///
    /// # Errors
    /// What no script can catch, once its time, its memory or somebody's patience is spent.
    pub(crate) fn may_go_on(&self) -> Result<(), Box<EvalAltResult>> {
        let spent = self.0.signal.spent().map(Dynamic::from);
        spent.map_or(Ok(()), |spent| Err(Box::new(EvalAltResult::ErrorTerminated(spent, At::NONE))))
    }

    /// The positions that ascribers of this sort hold, compared when they are first needed.
    pub(crate) fn positions(&self, ascriber: Ascriber) -> &[Position] {
        self.0.positions[ascriber as usize].get_or_init(|| positions(&self.0.reading, ascriber))
    }

    /// How many rows a table has.
    pub(crate) fn len(&self, table: Table) -> usize {
        match table {
            Table::Positions(ascriber) => self.positions(ascriber).len(),
            Table::Statements => self.reading().statements.len(),
            table => self.ids(table).map_or(0, Texts::len),
        }
    }

    /// The ids of a table; positions have none.
    pub(crate) fn ids(&self, table: Table) -> Option<&Texts<'static>> {
        let reading = self.reading();
        Some(match table {
            Table::Roles => &reading.roles.ids,
            Table::Cases => &reading.cases.ids,
            Table::Participants => &reading.participants.ids,
            Table::Codes => &reading.codes.ids,
            Table::Sources => &reading.sources.ids,
            Table::Statements => &reading.statements.ids,
            Table::Excerpts => &reading.excerpts.ids,
            Table::Claims => &reading.claims.ids,
            Table::Constraints => &reading.constraints.ids,
            Table::Positions(_) => return None,
        })
    }

    /// The text that a row has of its own in a column; empty where there is none.
    pub(crate) fn text(&self, table: Table, field: Field, row: u32) -> &str {
        let reading = self.reading();
        let label = |labels: &'_ Texts<'static>| labels.of(row).is_empty();
        let texts = match (table, field) {
            (Table::Roles, Field::Label) if !label(&reading.roles.labels) => &reading.roles.labels,
            (Table::Cases, Field::Label) if !label(&reading.cases.labels) => &reading.cases.labels,
            (Table::Codes, Field::Label) if !label(&reading.codes.labels) => &reading.codes.labels,
            (Table::Sources, Field::Label) if !label(&reading.sources.labels) => {
                &reading.sources.labels
            }
            (Table::Codes, Field::Prompt) => &reading.codes.prompts,
            (Table::Codes, Field::Question) => &reading.codes.questions,
            (Table::Claims, Field::Section) => &reading.claims.sections,
            (Table::Claims, Field::Scope) => &reading.claims.scopes,
            (Table::Claims, Field::Expected) => &reading.claims.expected,
            (Table::Claims, Field::Quantifier) => &reading.claims.quantifiers,
            // Without a label, readers call a thing by its id.
            (table, Field::Id | Field::Label) => match self.ids(table) {
                Some(ids) => ids,
                None => return "",
            },
            _ => return "",
        };
        texts.of(row)
    }

    /// The decimal number that a row has of its own in a column.
    pub(crate) fn decimal(&self, table: Table, field: Field, row: u32) -> Option<f64> {
        let reading = self.reading();
        let numbers = match (table, field) {
            (Table::Statements, Field::Value) => &reading.statements.values,
            (Table::Participants, Field::Weight) => &reading.participants.weights,
            _ => return None,
        };
        numbers.get(row as usize).copied().filter(|number| number.is_finite())
    }

    /// The column that only this study has in a table of people or cases.
    pub(crate) fn attribute(&self, table: Table, name: &str) -> Option<Arc<Vec<u32>>> {
        let found = self.attributes().iter().find(|own| own.owner == table && own.name == name);
        found.map(|own| Arc::clone(&own.values))
    }

    /// The names of the columns that only this study has in a table.
    pub(crate) fn attribute_names(&self, table: Table) -> Vec<String> {
        let own = self.attributes().iter().filter(|own| own.owner == table);
        own.map(|own| own.name.clone()).collect()
    }

    fn attributes(&self) -> &[Attribute] {
        self.0.attributes.get_or_init(|| attributes(&self.0.reading))
    }

    /// Whether two values of a script speak of the same reading.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The attributes as columns of the tables they belong to, in the order in which they come.
fn attributes(reading: &Reading<'_>) -> Vec<Attribute> {
    let from = &reading.attributes;
    let mut columns: Vec<((u8, u32), Vec<u32>)> = Vec::new();
    for (at, (&owner, &row)) in from.owners.iter().zip(from.rows.iter()).enumerate() {
        let key = (owner, from.columns[at]);
        if columns.last().is_none_or(|(last, _)| *last != key) {
            let rows = match owner {
                0 => reading.participants.len(),
                _ => reading.cases.ids.len(),
            };
            columns.push((key, vec![NONE; rows]));
        }
        let cell = columns.last_mut().and_then(|(_, values)| values.get_mut(row as usize));
        if let Some(cell) = cell {
            *cell = from.values[at];
        }
    }
    let attribute = |((owner, column), values)| Attribute {
        owner: if owner == 0 { Table::Participants } else { Table::Cases },
        name: from.column_names.of(column).to_owned(),
        values: Arc::new(values),
    };
    columns.into_iter().map(attribute).collect()
}

fn places(reading: &Reading<'_>, roster: &Roster) -> Vec<Place> {
    let cases = roster.cases();
    let mut places = Vec::new();
    for role in roster.roles() {
        for &case in &cases {
            let members = roster.unit(role, case).map_or(&[][..], |unit| &unit.members);
            if case == NONE && members.is_empty() {
                // Among people without a case no role is missing.
                continue;
            }
            match reading.conventions.unit {
                Counted::RoleAtCase => places.push(Place { role, case, members: members.to_vec() }),
                Counted::Participant => {
                    places.extend(members.iter().map(|&who| Place {
                        role,
                        case,
                        members: vec![who],
                    }));
                }
            }
        }
    }
    places
}

/// One of the places of a reading.
#[derive(Clone)]
pub(crate) struct Unit {
    /// The reading it belongs to.
    pub(crate) seen: Seen,
    /// Which of its places.
    pub(crate) index: usize,
}

impl Unit {
    /// Role, case and people.
    pub(crate) fn place(&self) -> &Place {
        &self.seen.places()[self.index]
    }

    /// Its id: that of its person, or the role's and the case's as in `S@1`.
    pub(crate) fn id(&self) -> String {
        let (reading, place) = (self.seen.reading(), self.place());
        if let (Counted::Participant, [only]) = (reading.conventions.unit, &place.members[..]) {
            return reading.participants.ids.of(*only).to_owned();
        }
        let role = reading.roles.ids.of(place.role);
        match place.case {
            NONE => role.to_owned(),
            case => format!("{role}@{}", reading.cases.ids.of(case)),
        }
    }
}
