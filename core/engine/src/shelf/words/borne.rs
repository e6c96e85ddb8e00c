//! Which roles does a statement position, and to which does it say something is owed?

use parallax_model::Bearer;
use parallax_model::table::NONE;
use rhai::EvalAltResult;

use super::Vocabulary;
use super::named::Statement;
use super::reading::row_of;
use super::rows::Rows;
use super::seen::Seen;
use super::tables::Table;
use crate::shelf::script::fault::stop;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// The words for those whom a statement positions.
pub(super) fn register(words: &mut Vocabulary) {
    words.function(
        "bearers",
        "statement.bearers()",
        "The roles that a statement says bear it: the speaker's own for `self`, every other focal \
         role at the case for `others`; none for a view.",
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

/// The roles that a word such as `others` means in a statement, in the order of the roles.
fn roles_of(seen: &Seen, row: usize, named: Bearer) -> Vec<u32> {
    let reading = seen.reading();
    let speaker = reading.statements.speakers.get(row).copied().unwrap_or(NONE);
    let people = &reading.participants;
    let mut roles: Vec<u32> = match named {
        Bearer::Nobody => Vec::new(),
        Bearer::Own | Bearer::We => vec![people.role(speaker)],
        Bearer::Participant(named) => vec![people.role(named)],
        Bearer::Role(named) => vec![named],
        Bearer::Others | Bearer::All => {
            let there = seen.roster().at_case(people.case(speaker));
            let meant = there.map(|unit| unit.role).filter(|&role| {
                let own = role == people.role(speaker);
                reading.roles.is_focal(role) && !(own && named == Bearer::Others)
            });
            meant.collect()
        }
    };
    roles.retain(|&role| role != NONE);
    roles
}

/// The statements of which the role with this id is among the bearers or the counterparties.
///
/// # Errors
/// When the column names nobody, or no role has this id.
pub(super) fn including(seen: &Seen, table: Table, column: &str, id: &str) -> Result<Vec<u32>> {
    let reading = seen.reading();
    let said = &reading.statements;
    let named = |row: usize| match column {
        "counterparty" => said.counterparty(row),
        _ => said.bearer(row),
    };
    if table != Table::Statements || !matches!(column, "bearer" | "counterparty") {
        let help = "ask it of `bearer` or `counterparty` of statements".to_owned();
        return Err(stop(format!("`{column}` of {} names no roles", table.name()), Some(help)));
    }
    let role = row_of("role", &reading.roles.ids, id)?;
    let rows = (0_u32..).take(said.len());
    Ok(rows
        .filter(|&row| {
            let row = row as usize;
            // Most statements are about the speaker, or name one role: no list is made for them.
            match named(row) {
                Bearer::Nobody => false,
                Bearer::Role(named) => named == role,
                named => roles_of(seen, row, named).contains(&role),
            }
        })
        .collect())
}
