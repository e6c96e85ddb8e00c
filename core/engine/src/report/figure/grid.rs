//! How does a grid of counts, shares or states look?

use maud::{Markup, html};
use parallax_model::document::Shown;
use parallax_model::number::Number;
use parallax_model::settings::Language;

use super::{at, frame, palette, symbol, units, wrapped};
use crate::report::csv;
use crate::report::words::Word;

/// What a grid shows.
pub(super) struct Grid<'a> {
    pub(super) title: &'a str,
    pub(super) rows: &'a [Shown],
    pub(super) columns: &'a [Shown],
    pub(super) cells: &'a [Vec<Shown>],
}

/// About how wide a character is, at 13 pixels.
const CHARACTER: f64 = 7.2;
/// How far lines of a label stand apart.
const LINE: f64 = 15.0;

/// Whether every cell is the state of a cell of the study.
pub(super) fn is_symbolic(cells: &[Vec<Shown>]) -> bool {
    cells.iter().flatten().all(|cell| symbol::of(cell).is_some())
}

/// Where things stand.
struct Layout {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    upright: bool,
}

pub(super) fn draw(grid: &Grid<'_>, id: &str, language: Language) -> Markup {
    let symbolic = is_symbolic(grid.cells);
    let layout = layout(grid, symbolic);
    let most = grid.cells.iter().flatten().filter_map(count).fold(0.0, f64::max);
    let legend = legend(grid);
    let bottom = layout.top + layout.height * units(grid.rows.len());
    let size = (
        (layout.left + layout.width * units(grid.columns.len()) + 12.0).max(legend_width(&legend)),
        bottom + if legend.is_empty() { 8.0 } else { 34.0 },
    );
    let inner = html! {
        @for (x, column) in grid.columns.iter().enumerate() { (head(&layout, x, column)) }
        @for (y, row) in grid.rows.iter().enumerate() { (row_head(&layout, y, row)) }
        @for (y, row) in grid.cells.iter().enumerate() {
            @for (x, cell) in row.iter().enumerate() {
                (draw_cell(&layout, grid, (x, y), cell, most))
            }
        }
        (draw_legend(&legend, bottom + 22.0))
    };
    frame(id, size, grid.title, &description(grid, language), &inner)
}

fn layout(grid: &Grid<'_>, symbolic: bool) -> Layout {
    let longest = |texts: &[Shown]| {
        texts.iter().map(|text| text.text().chars().count()).max().unwrap_or_default()
    };
    let left = (units(longest(grid.rows)) * CHARACTER + 18.0).clamp(60.0, 250.0);
    let widest = grid.cells.iter().flatten().map(|cell| brief(cell).chars().count()).max();
    let needed = if symbolic { 34.0 } else { units(widest.unwrap_or(1)) * CHARACTER + 18.0 };
    let longest_word = grid
        .columns
        .iter()
        .flat_map(|column| column.text().split_whitespace())
        .map(|word| word.chars().count())
        .max();
    let for_heads = units(longest_word.unwrap_or(1)) * CHARACTER + 12.0;
    let room = 900.0 / units(grid.columns.len().max(1));
    let width = needed.clamp(34.0, 150.0).max(for_heads.min(room).min(120.0));
    let upright = for_heads > width + 1.0;
    let top = if upright {
        (units(longest(grid.columns)) * CHARACTER + 16.0).min(170.0)
    } else {
        let lines = grid.columns.iter().map(|c| head_lines(c, width).len()).max();
        units(lines.unwrap_or(1)) * LINE + 14.0
    };
    let lines = grid.cells.iter().flatten().map(|cell| cell_lines(cell, width).len()).max();
    let rows = grid.rows.iter().map(|row| row_lines(row).len()).max();
    let height = units(lines.max(rows).unwrap_or(1)) * LINE + 10.0;
    Layout { left, top, width, height, upright }
}

fn head_lines(head: &Shown, width: f64) -> Vec<String> {
    wrapped(head.text(), characters(width), 3)
}

fn row_lines(head: &Shown) -> Vec<String> {
    wrapped(head.text(), 33, 2)
}

fn cell_lines(cell: &Shown, width: f64) -> Vec<String> {
    wrapped(&brief(cell), characters(width), 3)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width in characters is a small positive number"
)]
fn characters(width: f64) -> usize {
    ((width - 8.0) / CHARACTER).max(1.0) as usize
}

/// What a cell has room for: a reason stands in the table below.
fn brief(cell: &Shown) -> String {
    match cell {
        Shown::Number { number: Number::NotAvailable { .. }, .. } => "–".to_owned(),
        _ => symbol::of(cell).unwrap_or_else(|| cell.text()).to_owned(),
    }
}

fn count(cell: &Shown) -> Option<f64> {
    match cell {
        Shown::Number { number: Number::Fraction(_), .. } => None,
        Shown::Number { number, .. } => csv::value(number),
        _ => None,
    }
}

/// How dark a cell is: a share by itself, another number beside the largest of the grid.
fn step_of(cell: &Shown, most: f64) -> usize {
    match cell {
        Shown::Number { number: Number::Fraction(share), .. } => palette::step(share.to_f64()),
        Shown::Number { number: Number::Range { upper, .. }, .. } if *upper > 0 => 1,
        Shown::Number { .. } => {
            count(cell).filter(|_| most > 0.0).map_or(0, |value| palette::step(value / most))
        }
        Shown::Word { id, .. } if ["yes", "affirm"].contains(&id.as_str()) => 2,
        Shown::Word { id, .. } if id == "mixed" => 1,
        _ => 0,
    }
}

fn head(layout: &Layout, x: usize, column: &Shown) -> Markup {
    let middle = layout.left + layout.width * (units(x) + 0.5);
    if layout.upright {
        let (x, y) = (at(middle + 4.0), at(layout.top - 6.0));
        let text = wrapped(column.text(), 22, 1).join(" ");
        return html! {
            text x=(x) y=(y) transform=(format!("rotate(-90 {x} {y})"))
                class="label" fill=(palette::page("fg")) { (text) }
        };
    }
    let lines = head_lines(column, layout.width);
    let first = layout.top - 8.0 - units(lines.len().saturating_sub(1)) * LINE;
    html! {
        @for (n, line) in lines.iter().enumerate() {
            text x=(at(middle)) y=(at(first + units(n) * LINE)) text-anchor="middle"
                class="label" fill=(palette::page("fg")) { (line) }
        }
    }
}

fn row_head(layout: &Layout, y: usize, row: &Shown) -> Markup {
    let lines = row_lines(row);
    let middle = layout.top + layout.height * (units(y) + 0.5);
    let first = middle + 4.5 - units(lines.len().saturating_sub(1)) * LINE / 2.0;
    html! {
        @for (n, line) in lines.iter().enumerate() {
            text x=(at(layout.left - 8.0)) y=(at(first + units(n) * LINE)) text-anchor="end"
                class="label" fill=(palette::page("fg")) { (line) }
        }
    }
}

fn draw_cell(
    layout: &Layout,
    grid: &Grid<'_>,
    place: (usize, usize),
    cell: &Shown,
    most: f64,
) -> Markup {
    let (x, y) = place;
    let (left, top) =
        (layout.left + layout.width * units(x), layout.top + layout.height * units(y));
    let step = step_of(cell, most);
    let (ground, ink) = palette::light(step);
    let says_nothing = symbol::says_nothing(cell);
    let ink = if says_nothing { palette::page("muted") } else { ink };
    let class = if says_nothing { "quiet".to_owned() } else { format!("i{step}") };
    let lines = cell_lines(cell, layout.width);
    let first = top + layout.height / 2.0 + 4.5 - units(lines.len().saturating_sub(1)) * LINE / 2.0;
    let what = format!("{} × {}: {}", grid.rows[y].text(), grid.columns[x].text(), cell.text());
    html! {
        g {
            title { (what) }
            rect x=(at(left + 1.0)) y=(at(top + 1.0)) width=(at(layout.width - 2.0))
                height=(at(layout.height - 2.0)) rx="3"
                class=(format!("q{step}")) fill=(ground) {}
            @for (n, line) in lines.iter().enumerate() {
                text x=(at(left + layout.width / 2.0)) y=(at(first + units(n) * LINE))
                    text-anchor="middle" class=(class) fill=(ink) { (line) }
            }
        }
    }
}

/// The signs that occur, with the words they stand for.
fn legend(grid: &Grid<'_>) -> Vec<(&'static str, String)> {
    let mut legend = Vec::new();
    for cell in grid.cells.iter().flatten() {
        if let Some(sign) = symbol::of(cell) {
            legend.push((sign, cell.text().to_owned()));
        }
    }
    legend.sort_by_key(|(sign, _)| symbol::rank(sign));
    legend.dedup();
    legend
}

fn legend_width(legend: &[(&str, String)]) -> f64 {
    legend.iter().map(|(_, word)| legend_entry(word)).sum::<f64>() + 20.0
}

fn legend_entry(word: &str) -> f64 {
    units(word.chars().count()) * CHARACTER + 38.0
}

fn draw_legend(legend: &[(&str, String)], y: f64) -> Markup {
    let mut left = 10.0;
    let places: Vec<f64> = legend
        .iter()
        .map(|(_, word)| {
            let place = left;
            left += legend_entry(word);
            place
        })
        .collect();
    html! {
        @for ((sign, word), x) in legend.iter().zip(places) {
            text x=(at(x)) y=(at(y)) class="label" fill=(palette::page("fg")) {
                (sign) " " (word)
            }
        }
    }
}

fn description(grid: &Grid<'_>, language: Language) -> String {
    let lines: Vec<String> = grid
        .rows
        .iter()
        .zip(grid.cells)
        .take(12)
        .map(|(row, cells)| {
            let cells: Vec<String> = grid
                .columns
                .iter()
                .zip(cells)
                .take(12)
                .map(|(column, cell)| format!("{} {}", column.text(), cell.text()))
                .collect();
            format!("{}: {}", row.text(), cells.join(", "))
        })
        .collect();
    let (rows, columns) = (grid.rows.len(), grid.columns.len());
    format!("{rows} × {columns} {}. {}.", Word::RowsAndColumns.text(language), lines.join("; "))
}
