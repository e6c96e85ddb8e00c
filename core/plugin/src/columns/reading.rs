//! How does a reading become tables, and how do tables become a reading?
//!
//! Both walk the same list (`list.rs`), in opposite directions.

use parallax_model::Reading;
use parallax_model::table::Texts;

use super::list::walk;
use super::way::{Field, Need, Way};
use super::{Column, Malformed, Table};

/// The tables of a reading, ready to be lent. No cell is copied.
///
/// # Errors
/// When a column is missing or has another length than its table.
pub fn tables<'a>(reading: &Reading<'a>) -> Result<Vec<Table<'a>>, Malformed> {
    let mut lending = Lending { tables: Vec::new() };
    // A clone shares every column.
    walk(&mut reading.clone(), &mut lending)?;
    Ok(lending.tables)
}

/// The reading that received tables make. No cell is copied.
///
/// # Errors
/// When a table or a column is missing, of another kind, or refers to a table that is not there.
pub fn reading<'a>(tables: &[Table<'a>]) -> Result<Reading<'a>, Malformed> {
    let mut reading = Reading::default();
    walk(&mut reading, &mut Receiving { tables, at: None })?;
    Ok(reading)
}

struct Lending<'a> {
    tables: Vec<Table<'a>>,
}

impl<'a> Way<'a> for Lending<'a> {
    fn table(&mut self, name: &'static str) -> Result<(), Malformed> {
        self.tables.push(Table { name, rows: 0, columns: Vec::new() });
        Ok(())
    }

    fn column(
        &mut self,
        name: &'static str,
        need: Need,
        field: Field<'_, 'a>,
    ) -> Result<(), Malformed> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let column = match field {
            Field::Name(name) => Column::Texts(std::iter::once(name.as_str()).collect()),
            Field::Number(number) => Column::U8(vec![*number].into()),
            Field::Texts(texts) => Column::Texts(texts.clone()),
            Field::U8(values) => Column::U8(values.clone()),
            Field::U32(values) => Column::U32(values.clone()),
            Field::F64(values) => Column::F64(values.clone()),
            Field::Codes(codes, labels) => {
                Column::Codes { codes: codes.clone(), labels: labels.clone(), of: "" }
            }
            Field::Rows(codes, (of, ids)) => {
                Column::Codes { codes: codes.clone(), labels: ids.clone(), of }
            }
            Field::Lists(offsets, codes, (of, ids)) => Column::Lists {
                offsets: offsets.clone(),
                codes: codes.clone(),
                labels: ids.clone(),
                of,
            },
        };
        if table.columns.is_empty() {
            table.rows = column.len();
        }
        let rows = table.rows;
        if column.len() == rows {
            table.columns.push((name, column));
        } else if need == Need::Always || !column.is_empty() {
            let what = format!("it has {} rows, the table {rows}", column.len());
            return Err(Malformed::column(table.name, name, what));
        }
        Ok(())
    }
}

struct Receiving<'t, 'a> {
    tables: &'t [Table<'a>],
    at: Option<&'t Table<'a>>,
}

impl<'a> Way<'a> for Receiving<'_, 'a> {
    fn table(&mut self, name: &'static str) -> Result<(), Malformed> {
        self.at = self.tables.iter().find(|table| table.name == name);
        self.at.map_or_else(|| Err(Malformed::table(name, "it is not there")), |_| Ok(()))
    }

    fn column(
        &mut self,
        name: &'static str,
        need: Need,
        field: Field<'_, 'a>,
    ) -> Result<(), Malformed> {
        let Some(table) = self.at else { return Ok(()) };
        let wrong = |what: &str| Err(Malformed::column(table.name, name, what));
        let Some((_, column)) = table.columns.iter().find(|(own, _)| *own == name) else {
            return if need == Need::Always { wrong("it is not there") } else { Ok(()) };
        };
        put(field, column.clone()).or_else(wrong)
    }
}

/// Puts a column where it belongs.
///
/// # Errors
/// What is wrong with it.
pub(super) fn put<'a>(field: Field<'_, 'a>, column: Column<'a>) -> Result<(), &'static str> {
    match (field, column) {
        (Field::Name(to), Column::Texts(from)) => from.get(0).clone_into(to),
        (Field::Number(to), Column::U8(from)) => *to = from.first().copied().unwrap_or(*to),
        (Field::Texts(to), Column::Texts(from)) => *to = from,
        (Field::U8(to), Column::U8(from)) => *to = from,
        (Field::U32(to), Column::U32(from)) => *to = from,
        (Field::F64(to), Column::F64(from)) => *to = from,
        (Field::Codes(to, names), Column::Codes { codes, labels, .. }) => {
            (*to, *names) = (codes, labels);
        }
        (Field::Rows(to, (_, ids)), Column::Codes { codes, labels, .. }) => {
            same_rows(ids, &labels)?;
            *to = codes;
        }
        (Field::Lists(starts, to, (_, ids)), Column::Lists { offsets, codes, labels, .. }) => {
            same_rows(ids, &labels)?;
            (*starts, *to) = (offsets, codes);
        }
        _ => return Err("it is of another kind than it should be"),
    }
    Ok(())
}

/// Whether labels are as many as the table has rows; what they are called is the sender's business.
fn same_rows(ids: &Texts<'_>, labels: &Texts<'_>) -> Result<(), &'static str> {
    if ids.len() == labels.len() {
        return Ok(());
    }
    Err("it refers to another table than it should")
}

#[cfg(test)]
mod tests {
    use parallax_model::table::Slice;

    use super::*;
    use crate::columns::any::full;
    use crate::columns::{lend_sound, lend_tables, receive, receive_reading};

    #[test]
    fn a_reading_comes_back_as_it_was_lent() {
        let reading = full().with_cells();
        assert_eq!(reading.cells.states.len(), 1, "one person is in, one code is constrained");
        let lending = tables(&reading).expect("is whole");
        for lent in [lend_tables(lending.clone()), lend_sound(lending)] {
            // SAFETY: `lent` stands until the end of the turn.
            let received = unsafe { receive(lent.reading()) }.expect("is sound");
            let in_steps = super::reading(&received).expect("is whole");
            // SAFETY: as above.
            let at_once = unsafe { receive_reading(lent.reading()) }.expect("is sound");
            let first: *const u32 = reading.constraints.members.as_ptr();
            let second: *const u32 = reading.participants.roles.as_ptr();
            for back in [in_steps, at_once] {
                assert_eq!(back, reading);
                assert_eq!(back.constraints.members.as_ptr(), first, "nothing is copied");
                assert_eq!(back.participants.roles.as_ptr(), second, "nothing is copied");
            }
        }
    }

    #[test]
    fn a_column_that_is_missing_short_or_of_another_kind_is_named() {
        let mut reading = full();
        reading.participants.kinds = Slice::default();
        let missing = tables(&reading).map(drop).expect_err("the column is short");
        let message = "column `kind` of table `participants` cannot be read: \
                       it has 0 rows, the table 2";
        assert_eq!(missing.to_string(), message);

        let sound = tables(&full()).expect("is whole");
        let without = |what: fn(&mut Table<'static>)| {
            let mut tables = sound.clone();
            tables.iter_mut().filter(|table| table.name == "roles").for_each(what);
            super::reading(&tables).map(drop).expect_err("refused").to_string()
        };
        let message = "column `kind` of table `roles` cannot be read: it is not there";
        assert_eq!(without(|table| table.columns.retain(|(name, _)| *name != "kind")), message);
        let message =
            "column `id` of table `roles` cannot be read: it is of another kind than it should be";
        assert_eq!(without(|table| table.columns[0].1 = Column::U8(Slice::default())), message);
        let message = "table `roles` cannot be read: it is not there";
        assert_eq!(without(|table| table.name = "rollen"), message);
    }
}
