//! Can a plugin take every study: the smallest, the largest, and all that lack something?

use std::path::Path;

use parallax_model::Reading;
use parallax_plugin::columns::{self, Lent, Table, lend_sound, tables};

use super::ran::{How, Tried};
use super::readings;
use crate::shelf::library::trial::{JobSize, Tables, Wider};

/// Whether a study in which nothing was said is taken.
pub(super) fn empty_study(library: &Path) -> Result<String, String> {
    let tried = Tried::of(library)?;
    tried.takes(&readings::empty()).map(|answer| answer.told()).map_err(|what| {
        format!(
            "on a study without rows {what}; where there is nothing to find, hand over `[]` or \
             return PARALLAX_NOT_AVAILABLE"
        )
    })
}

/// Whether a small study is taken, whatever its conventions.
pub(super) fn twenty_statements(library: &Path, only: Option<&str>) -> Result<String, String> {
    let tried = Tried::of(library)?;
    let readings = readings::twenty();
    for (name, reading) in chosen(&readings, only) {
        tried.takes(reading).map_err(|what| format!("on twenty statements ({name}) {what}"))?;
    }
    Ok(format!("in {} readings", readings.len()))
}

/// Whether so many statements are taken.
pub(super) fn large(library: &Path, statements: usize) -> Result<String, String> {
    let tried = Tried::of(library)?;
    tried.takes(&readings::rich(statements)).map(|answer| answer.told()).map_err(|what| {
        format!("on {statements} statements {what}; give what grows with the study no fixed size")
    })
}

/// Whether a study is taken that has not all that a study can have.
pub(super) fn missing_optional_tables(
    library: &Path,
    only: Option<&str>,
) -> Result<String, String> {
    let tried = Tried::of(library)?;
    let without = readings::without_a_table();
    for (table, reading) in chosen(&without, only) {
        tried
            .takes(reading)
            .map_err(|what| format!("when `{table}` has no rows {what}; {SKIPPED}"))?;
    }
    let full = readings::rich(20).with_cells();
    let columns = optional_columns(&full)?;
    for (name, lacking) in chosen(&columns, only) {
        let ran = tried.run_on(Tables::Ours(lacking), &tried.usual());
        tried.beside_the_plain(ran).map_err(|fault| {
            format!("when the column `{name}` is not there {}; {SKIPPED}", fault.told())
        })?;
    }
    Ok(format!("{} tables without rows, {} columns away", without.len(), columns.len()))
}

const SKIPPED: &str = "not every study has it: look whether it is there before you read it";

/// What can be missing, by name.
pub(super) fn what_can_be_missing() -> Vec<String> {
    let tables = readings::without_a_table().into_iter().map(|(table, _)| table.to_owned());
    let columns = optional_columns(&readings::rich(20).with_cells()).unwrap_or_default();
    tables.chain(columns.into_iter().map(|(name, _)| name)).collect()
}

/// The names of the readings of twenty statements.
pub(super) fn twenty_names() -> Vec<String> {
    readings::twenty().into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The tables of a reading without one column that a study need not have, each in turn.
fn optional_columns(reading: &Reading<'static>) -> Result<Vec<(String, Lent<'static>)>, String> {
    let full = tables(reading).map_err(|e| e.to_string())?;
    let mut lacking = Vec::new();
    for (at, table) in full.iter().enumerate() {
        for (name, _) in &table.columns {
            let mut tables: Vec<Table<'static>> = full.clone();
            tables[at].columns.retain(|(own, _)| own != name);
            // Which columns a study need not have is known where tables become a reading again.
            if columns::reading(&tables).is_ok() {
                lacking.push((format!("{}/{name}", table.name), lend_sound(tables)));
            }
        }
    }
    Ok(lacking)
}

/// Whether tables and columns of a later version are passed over.
pub(super) fn unknown_columns(library: &Path) -> Result<String, String> {
    let tried = Tried::of(library)?;
    let reading = readings::rich(20).with_cells();
    let lent = lend_sound(tables(&reading).map_err(|e| e.to_string())?);
    let wider = Wider::of(&lent);
    let how = How { size: JobSize::Newer, ..tried.usual() };
    let ran = tried.beside_the_plain(tried.run_on(Tables::Wider(&wider), &how));
    let answer = ran.map_err(|fault| {
        format!(
            "with tables and columns of a later version {}; skip what you do not know, and go from \
             struct to struct by the pointers",
            fault.told()
        )
    })?;
    // Whoever finds something else each time is told so by another check.
    let again = tried.run_on(Tables::Ours(&lent), &tried.usual());
    if again == tried.plain && again.as_ref().is_ok_and(|plain| *plain != answer) {
        return Err("with tables and columns of a later version it finds something else: skip \
                    what you do not know"
            .to_owned());
    }
    Ok("passed over".to_owned())
}

/// All of them, or the one that is asked for.
fn chosen<'c, N: AsRef<str> + 'c, T>(
    all: &'c [(N, T)],
    only: Option<&'c str>,
) -> impl Iterator<Item = (&'c str, &'c T)> {
    let wanted = move |name: &str| only.is_none_or(|only| only == name);
    all.iter().map(|(name, what)| (name.as_ref(), what)).filter(move |(name, _)| wanted(name))
}
