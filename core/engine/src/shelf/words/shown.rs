//! How does `print` show a value of a script?
//!
//! By ids and columns, as everything a script sees: no one's own words are among them.

/// So many are shown of what can be long.
pub(super) const MOST: usize = 20;

/// Values behind one another, as a list has them: `[s1, s2]`.
pub(super) fn list(values: impl Iterator<Item = String>, all: usize) -> String {
    between('[', values, all, ']')
}

/// What belongs to each name: `{coach@north: yes, teacher@north: silent}`.
pub(super) fn pairs(pairs: impl Iterator<Item = (String, String)>, all: usize) -> String {
    between('{', pairs.map(|(name, value)| format!("{name}: {value}")), all, '}')
}

fn between(open: char, values: impl Iterator<Item = String>, all: usize, close: char) -> String {
    let shown: Vec<String> = values.take(MOST).collect();
    let rest = match all > shown.len() {
        true => format!(", … {all} in all"),
        false => String::new(),
    };
    format!("{open}{}{rest}{close}", shown.join(", "))
}

/// Lines of cells below one another, each as wide as its column; what stands first goes to the left,
/// numbers to the right.
pub(super) fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |cells: &Vec<String>| -> String {
        let cell = |(column, cell): (usize, &String)| {
            let width = widths.get(column).copied().unwrap_or(0);
            if column == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") }
        };
        cells.iter().enumerate().map(cell).collect()
    };
    lines.iter().map(line).collect::<Vec<String>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_short_and_counted() {
        let numbers = |count: usize| (0..count).map(|number| number.to_string());
        assert_eq!(list(numbers(0), 0), "[]");
        assert_eq!(list(numbers(2), 2), "[0, 1]");
        assert!(list(numbers(21), 21).ends_with(", 19, … 21 in all]"));
        let state = ("coach@north".to_owned(), "yes".to_owned());
        assert_eq!(pairs([state].into_iter(), 1), "{coach@north: yes}");
    }

    #[test]
    fn numbers_stand_below_one_another() {
        let line = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let lines = [line(["", "self", "n"]), line(["coach", "2", "10"])];
        assert_eq!(aligned(&lines), "       self   n\ncoach     2  10");
    }
}
