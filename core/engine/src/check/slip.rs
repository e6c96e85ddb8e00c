//! Which cells of a row with too many or too few are where they should be?

use std::collections::BTreeSet;

use parallax_model::StudyFile;

use crate::check::rule::{ColumnRule, TableRules};
use crate::text::dialect::Heading;
use crate::text::sheet::{Sheet, forget};

/// How many cells at the start of such a row can be trusted.
///
/// In a table without a column of texts, all of them. Else a row with too many, or with a
/// quotation mark that never closes, is likely to start where it should; one with too few may be
/// what follows a line break in somebody's words.
pub(crate) fn sure_cells(
    file: Option<StudyFile>,
    header: &[Heading],
    cells: usize,
    broken: bool,
) -> usize {
    let rules = file.and_then(TableRules::of);
    let has_words = rules.is_none_or(|rules| {
        let mut columns = header.iter().map(|heading| rules.column(&heading.name));
        columns.any(|rule| rule.map_or(!rules.open, ColumnRule::is_text))
    });
    match cells > header.len() || broken {
        _ if !has_words && cells > 1 => header.len(),
        true => 1,
        false => 0,
    }
}

/// Blanks the cells of uneven rows that cannot be trusted; whether a row lost its first cell.
pub(crate) fn forget_unsure(sheet: &mut Sheet, file: StudyFile, header: &[Heading]) -> bool {
    let sure = |cells: usize| sure_cells(Some(file), header, cells, false);
    let of: Vec<(usize, usize)> =
        sheet.uneven.iter().map(|&(row, cells)| (row, sure(cells))).collect();
    for (position, column) in sheet.columns.iter_mut().enumerate() {
        let rows: BTreeSet<usize> =
            of.iter().filter(|&&(_, sure)| position >= sure).map(|&(row, _)| row).collect();
        forget(column, &rows);
    }
    of.iter().any(|&(_, sure)| sure == 0)
}
