//! How does a script lay out a table, or a grid that the report draws?

use parallax_model::{Figure, Table, Value};
use rhai::{Array, Dynamic, NativeCallContext};

use super::draft::Making;
use super::finding::{to_value, word};
use super::rows::Rows;
use super::unit::Units;
use super::{Result, Vocabulary};
use crate::shelf::script::fault::{beyond_limit, stop, type_name};

/// The most cells of one table or grid.
pub(super) const MOST_CELLS: usize = 1_000_000;

/// A table in the making.
pub(super) type Sheet = Making<Table>;

impl Sheet {
    pub(super) fn finish(&self) -> Table {
        self.change(|table| table.clone())
    }

    /// How many cells it has, heads included.
    pub(super) fn cells(&self) -> usize {
        self.change(|table| (table.rows.len() + 1).saturating_mul(table.columns.len() + 1))
    }
}

/// A grid in the making.
pub(super) type Grid = Making<GridParts>;

/// The heads and the cells of a grid.
#[derive(Clone)]
pub(super) struct GridParts {
    name: String,
    columns: Vec<Value>,
    rows: Vec<Value>,
    cells: Vec<Vec<Value>>,
}

impl Grid {
    pub(super) fn finish(&self) -> Figure {
        let GridParts { name, columns, rows, cells } = self.change(|parts| parts.clone());
        Figure::Grid { name, rows, columns, cells }
    }

    /// How many cells it has, heads included.
    pub(super) fn cells(&self) -> usize {
        self.change(|grid| (grid.rows.len() + 1).saturating_mul(grid.columns.len() + 1))
    }
}

/// The words for tables and grids.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Sheet>("Table");
    words.type_name::<Grid>("Grid");
    words.function(
        "table",
        "table(name, columns)",
        "A table with a word of the header as its title and words or ids above its columns.",
        r#"let t = table("n", ["code", "n"]); t.row([reading.code("logbook"), 2])  // "#,
        |context: NativeCallContext, name: &str, columns: Dynamic| -> Result<Sheet> {
            word(&context, name)?;
            let columns = values(&context, &items(&columns)?)?;
            Ok(Sheet::new(Table { name: name.to_owned(), columns, rows: Vec::new() }))
        },
    );
    words.function(
        "row",
        "table.row(values)",
        "Adds a row to a table, as long as the table is wide.",
        r#"let t = table("n", ["n"]); t.row([ratio(1, 2)])  // "#,
        |context: NativeCallContext, table: &mut Sheet, row: Dynamic| -> Result<()> {
            let row = values(&context, &items(&row)?)?;
            table.change(|table| {
                fits(row.len(), table.columns.len(), table.rows.len())?;
                table.rows.push(row);
                Ok(())
            })
        },
    );
    words.function(
        "grid",
        "grid(name, columns)",
        "A grid to draw, titled by a word of the header, with words or ids above its columns.",
        r#"let g = grid("n", reading.units()); g.row(reading.code("logbook"), reading.units().list().map(|unit| "yes"))  // "#,
        |context: NativeCallContext, name: &str, columns: Dynamic| -> Result<Grid> {
            word(&context, name)?;
            let columns = values(&context, &items(&columns)?)?;
            let (rows, cells) = (Vec::new(), Vec::new());
            Ok(Grid::new(GridParts { name: name.to_owned(), columns, rows, cells }))
        },
    );
    words.function(
        "row",
        "grid.row(head, values)",
        "Adds a row to a grid, with what stands before it.",
        r#"let g = grid("n", ["n"]); g.row("n", [3])  // "#,
        |context: NativeCallContext, grid: &mut Grid, head: Dynamic, row: Dynamic| -> Result<()> {
            let (head, row) = (to_value(&context, &head)?, values(&context, &items(&row)?)?);
            grid.change(|grid| {
                fits(row.len(), grid.columns.len(), grid.rows.len())?;
                grid.rows.push(head);
                grid.cells.push(row);
                Ok(())
            })
        },
    );
}

/// What stands in a list, or the things of rows or units.
fn items(value: &Dynamic) -> Result<Array> {
    if let Some(list) = value.read_lock::<Array>() {
        return Ok(list.clone());
    }
    if let Some(rows) = value.read_lock::<Rows>() {
        return Ok(rows.clone().into_iter().collect());
    }
    if let Some(units) = value.read_lock::<Units>() {
        return Ok(units.clone().into_iter().collect());
    }
    let message =
        format!("a row of a table is a list, rows or units, not {}", type_name(value.type_name()));
    Err(stop(message, None))
}

fn values(context: &NativeCallContext<'_>, list: &[Dynamic]) -> Result<Vec<Value>> {
    list.iter().map(|value| to_value(context, value)).collect()
}

fn fits(cells: usize, columns: usize, rows: usize) -> Result<()> {
    if cells != columns {
        return Err(stop(
            format!("the row has {cells} values and the table {columns} columns"),
            None,
        ));
    }
    if (rows + 1).saturating_mul(columns) > MOST_CELLS {
        return Err(beyond_limit(format!("a table can have {MOST_CELLS} cells")));
    }
    Ok(())
}
