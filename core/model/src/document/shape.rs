//! Do the tables and figures of a finding hold together, so that a report can draw them?

use crate::finding::{Figure, Finding, Merge, Table};

/// Checks the tables and figures of a finding.
///
/// # Errors
/// What does not fit, as a lowercase sentence.
pub(super) fn check(finding: &Finding) -> Result<(), String> {
    finding.tables.iter().try_for_each(table)?;
    finding.figures.iter().try_for_each(figure)
}

fn table(table: &Table) -> Result<(), String> {
    if table.rows.iter().any(|row| row.len() != table.columns.len()) {
        return Err(format!(
            "a row of its table `{}` is not as long as its {} columns",
            table.name,
            table.columns.len()
        ));
    }
    Ok(())
}

fn figure(figure: &Figure) -> Result<(), String> {
    match figure {
        Figure::Grid { name, rows, columns, cells } => {
            let fits =
                cells.len() == rows.len() && cells.iter().all(|row| row.len() == columns.len());
            fits.then_some(()).ok_or_else(|| {
                format!("its figure `{name}` needs {} rows of {} cells", rows.len(), columns.len())
            })
        }
        Figure::Dendrogram { name, leaves, merges, groups } => {
            let fits = groups.len() == leaves.len() && is_tree(leaves.len(), merges);
            fits.then_some(()).ok_or_else(|| {
                format!("its figure `{name}` needs a group for each leaf and merges into one tree")
            })
        }
    }
}

/// Whether the merges join all leaves, each node once, none before it is made.
fn is_tree(leaves: usize, merges: &[Merge]) -> bool {
    let mut used = vec![false; leaves + merges.len()];
    let joins_once = merges.iter().enumerate().all(|(at, merge)| {
        [merge.left, merge.right]
            .into_iter()
            .all(|node| node < leaves + at && !std::mem::replace(&mut used[node], true))
    });
    joins_once && merges.len() + 1 == leaves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Value;
    use crate::number::Number;

    fn finding() -> Finding {
        Finding::without_evidence("a", "t", "none needed")
    }

    fn merge(left: usize, right: usize) -> Merge {
        Merge { left, right, height: Number::count(1) }
    }

    #[test]
    fn rows_are_as_long_as_the_head() {
        let table = |row: Vec<Value>| Table {
            name: "t".into(),
            columns: vec![Value::Text("a".into()), Value::Text("b".into())],
            rows: vec![row],
        };
        assert!(check(&finding().table(table(vec![1.into(), 2.into()]))).is_ok());
        assert!(check(&finding().table(table(vec![1.into()]))).is_err());
    }

    #[test]
    fn a_grid_has_a_cell_for_each_row_and_column() {
        let grid = |cells: Vec<Vec<Value>>| Figure::Grid {
            name: "g".into(),
            rows: vec![Value::Code("a".into())],
            columns: vec![Value::Role("S".into()), Value::Role("L".into())],
            cells,
        };
        assert!(check(&finding().figure(grid(vec![vec![1.into(), 2.into()]]))).is_ok());
        assert!(check(&finding().figure(grid(vec![vec![1.into()]]))).is_err());
        assert!(check(&finding().figure(grid(Vec::new()))).is_err());
    }

    #[test]
    fn merges_make_one_tree() {
        assert!(is_tree(3, &[merge(0, 1), merge(2, 3)]));
        assert!(is_tree(1, &[]));
        assert!(!is_tree(0, &[]));
        assert!(!is_tree(3, &[merge(0, 1)]), "a leaf is left over");
        assert!(!is_tree(3, &[merge(0, 1), merge(0, 3)]), "a leaf is merged twice");
        assert!(!is_tree(3, &[merge(0, 4), merge(1, 2)]), "a node is used before it is made");
        assert!(!is_tree(2, &[merge(0, 0)]), "a leaf is merged with itself");
    }
}
