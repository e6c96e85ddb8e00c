//! Which roles does a statement position, and to which does it say something is owed?

use parallax_model::Bearer;
use parallax_model::table::NONE;

use super::named::Statement;
use super::reading::row_of;
use super::rows::Rows;
use super::seen::Seen;
use super::tables::Table;
use super::{Result, Vocabulary};
use crate::shelf::script::fault::stop;

/// The words for those whom a statement positions.
pub(super) fn register(words: &mut Vocabulary) {
    words.function(
        "bearers",
        "statement.bearers()",
        "The roles that a statement says bear it: the speaker's own for `self` and `we`, every \
         other focal role at the case for `others`, every one for `all`, and for a wide role those \
         within it; none for a view.",
        r#"reading.statement("s1").bearers().first().id  // teacher"#,
        |statement: &mut Statement| {
            let said = &statement.seen.reading().statements;
            rows_of(statement, said.bearer(statement.row as usize))
        },
    );
    words.function(
        "counterparties",
        "statement.counterparties()",
        "The roles to whom a statement says it is owed, found like its bearers; none where nobody \
         is named.",
        r#"reading.statement("s1").counterparties().count()  // 0"#,
        |statement: &mut Statement| {
            let said = &statement.seen.reading().statements;
            rows_of(statement, said.counterparty(statement.row as usize))
        },
    );
}

fn rows_of(statement: &Statement, named: Bearer) -> Rows {
    let roles = roles_of(&statement.seen, statement.row as usize, named);
    Rows::these(&statement.seen, Table::Roles, roles)
}

/// The roles that a word such as `others` means in a statement, in the order of the roles: what is
/// said of a wide role is said of those within it that somebody has there.
fn roles_of(seen: &Seen, row: usize, named: Bearer) -> Vec<u32> {
    let (reading, roster) = (seen.reading(), seen.roster());
    let (roles, people) = (&reading.roles, &reading.participants);
    let speaker = reading.statements.speakers.get(row).copied().unwrap_or(NONE);
    let own = people.role(speaker);
    // A document speaks at its case, or at every case.
    let case = match speaker {
        NONE => {
            let source = reading.statements.sources.get(row).copied().unwrap_or(NONE);
            reading.sources.cases.get(source as usize).copied().filter(|&case| case != NONE)
        }
        speaker => Some(people.case(speaker)),
    };
    let there = |meant: &dyn Fn(u32) -> bool| -> Vec<u32> {
        let units = roster.units.iter().filter(|unit| case.is_none_or(|case| unit.case == case));
        let mut found: Vec<u32> = units.map(|unit| unit.role).filter(|&role| meant(role)).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let mut found = match named {
        Bearer::Nobody => Vec::new(),
        Bearer::Own | Bearer::We => vec![own],
        Bearer::Participant(named) => vec![people.role(named)],
        Bearer::Role(named) => match there(&|role| roles.covers(named, role)) {
            within if within.is_empty() => vec![named],
            within => within,
        },
        Bearer::Others if speaker == NONE => Vec::new(),
        Bearer::Others => there(&|role| roles.is_focal(role) && role != own),
        Bearer::All => there(&|role| roles.is_focal(role)),
    };
    found.retain(|&role| role != NONE);
    found
}

/// Whether a role is among those that bear a statement, or to whom it is owed.
pub(super) struct Borne {
    role: u32,
    owed: bool,
}

impl Borne {
    /// Looks up a column and a role.
    ///
    /// # Errors
    /// When the column names nobody, or no role has this id.
    pub(super) fn of(seen: &Seen, table: Table, column: &str, id: &str) -> Result<Self> {
        if table != Table::Statements || !matches!(column, "bearer" | "counterparty") {
            let help = "ask it of `bearer` or `counterparty` of statements".to_owned();
            let message = format!("`{column}` of {} names no roles", table.name());
            return Err(stop(message, Some(help)));
        }
        let role = row_of("role", &seen.reading().roles.ids, id)?;
        Ok(Self { role, owed: column == "counterparty" })
    }

    /// Whether the role is among those of a statement.
    pub(super) fn includes(&self, seen: &Seen, row: usize) -> bool {
        let said = &seen.reading().statements;
        let named = if self.owed { said.counterparty(row) } else { said.bearer(row) };
        // Most statements are about the speaker alone, or about nobody: no list is made for them.
        match named {
            Bearer::Nobody => false,
            Bearer::Own | Bearer::We => {
                let speaker = said.speakers.get(row).copied().unwrap_or(NONE);
                seen.reading().participants.role(speaker) == self.role
            }
            named => {
                named == Bearer::Role(self.role) || roles_of(seen, row, named).contains(&self.role)
            }
        }
    }
}
