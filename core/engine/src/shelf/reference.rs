//! What does each word of the language do? The page for authors, from the words themselves.

mod group;

use std::fmt::Write as _;

use super::script::did_you_mean;
use super::words::{self, ColumnOf, LANGUAGE, Word};
use group::GROUPS;

/// What the page says above its first group.
const OPENING: &str = "\
# The words of scripts

`parallax script docs` prints this page, and `parallax script docs filter` what it says of one word. How to write a script: [a first one](scripting.md), and [scripts](../scripts/README.md).

A word is written as the first column shows it: `reading.roles()` asks the reading, `units.of(role)` some units. Brackets belong to a word that has them; `code.label` has none. The examples are about the study in `studies/logbook`, and say behind `//` what it gives there.
";

/// One way to use a word.
#[derive(Clone, Copy)]
struct Entry {
    usage: &'static str,
    help: &'static str,
    /// An expression and what it gives; empty where there is none.
    example: &'static str,
}

impl Entry {
    fn of(word: &Word) -> Self {
        // What only adds to a finding or a table gives nothing to show.
        let example = word.example.trim_end().trim_end_matches("//").trim_end();
        Self { usage: word.usage, help: word.help, example }
    }
}

/// The whole reference as Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = OPENING.to_owned();
    let words = words::all().words();
    for group in GROUPS {
        let entries: Vec<Entry> =
            words.iter().filter(|word| group.has(word.usage)).map(Entry::of).collect();
        section(&mut page, group.title, group.about, &entries);
    }
    let others = words.iter().filter(|word| !GROUPS.iter().any(|group| group.has(word.usage)));
    let others: Vec<Entry> = others.map(Entry::of).collect();
    section(&mut page, "Further words", "", &others);
    columns(&mut page);
    page.push_str(
        "\n## The language's own functions\n\nThose that a script is likely to need; the [Rhai \
         book](https://rhai.rs/book) has all of them, and the grammar.\n",
    );
    for (title, functions) in LANGUAGE {
        let entry = |&(usage, help)| Entry { usage, help, example: "" };
        let entries: Vec<Entry> = functions.iter().map(entry).collect();
        // One level below the section.
        section(&mut page, &format!("# {title}"), "", &entries);
    }
    page
}

/// A heading and a table of words; nothing without words.
fn section(page: &mut String, title: &str, about: &str, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    let about = if about.is_empty() { String::new() } else { format!("{about}\n\n") };
    let has_examples = entries.iter().any(|entry| !entry.example.is_empty());
    let heading = if title.starts_with('#') { "##" } else { "## " };
    let head = match has_examples {
        true => "| word | what it gives | for example |\n|---|---|---|\n",
        false => "| word | what it gives |\n|---|---|\n",
    };
    page.push_str(&format!("\n{heading}{title}\n\n{about}{head}"));
    for Entry { usage, help, example } in entries {
        let row = match (has_examples, example.is_empty()) {
            (false, _) => format!("| {} | {} |\n", code(usage), cell(help)),
            (true, true) => format!("| {} | {} | |\n", code(usage), cell(help)),
            (true, false) => format!("| {} | {} | {} |\n", code(usage), cell(help), code(example)),
        };
        page.push_str(&row);
    }
}

/// The columns of every table.
fn columns(page: &mut String) {
    page.push_str(
        "\n## The columns\n\nWhat tests, `by`, `crosstab`, `values` and `sort` know, and what a row has \
         as its properties. Columns that you added to `participants.csv` and `cases.csv` are known by \
         the names they have there. From a column that refers to another table, a point goes on: \
         `speaker.title`, `code.parent`, `case.label`.\n",
    );
    let mut table = "";
    for column in words::columns() {
        if column.table != table {
            table = column.table;
            page.push_str(&format!(
                "\n### `reading.{table}()`\n\n| column | what stands in it |\n|---|---|\n"
            ));
        }
        page.push_str(&format!("| {} | {} |\n", code(column.name), cell(&says(&column))));
    }
}

/// What stands in a column, with its values where there is a list of them.
fn says(column: &ColumnOf) -> String {
    let values: Vec<String> =
        column.values.into_iter().flatten().map(|value| format!("`{value}`")).collect();
    let told = values.first().is_none_or(|first| column.says.contains(first.as_str()));
    match told {
        true => column.says.to_owned(),
        false => format!("{} ({})", column.says, values.join(", ")),
    }
}

/// A piece of code in a table.
fn code(text: &str) -> String {
    let text = cell(text);
    // A text with such a mark in it stands between two of them.
    if text.contains('`') {
        format!("`` {} ``", text.trim_matches(['`', ' ']))
    } else {
        format!("`{text}`")
    }
}

/// A text that does not end a cell early.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// What the reference says of one word, of a column, of a function of the language, or of a group.
///
/// # Errors
/// When there is none of this name: what to do about it.
pub fn word(name: &str) -> Result<String, String> {
    let asked = name.trim_end_matches("()");
    // `units.of` and `col("modality")` mean `of` and `modality`.
    let bare = asked.rsplit('.').next().unwrap_or(asked);
    let bare = bare.strip_prefix("col(").map_or(bare, |rest| rest.trim_matches(['"', '\'', ')']));
    let words = words::all().words().iter().filter(|word| word.name == bare).map(Entry::of);
    let language = LANGUAGE.iter().flat_map(|(_, functions)| *functions);
    let language = language.filter(|(usage, _)| words::name_in(usage) == bare);
    let language = language.map(|&(usage, help)| Entry { usage, help, example: "" });
    let mut text = String::new();
    for Entry { usage, help, example } in words.chain(language) {
        let example = match example.is_empty() {
            true => String::new(),
            false => format!("  For example: `{example}`\n"),
        };
        write!(text, "`{usage}`\n  {help}\n{example}").map_err(|error| error.to_string())?;
    }
    for column in words::columns().filter(|column| column.name == bare) {
        let (table, says) = (column.table, says(&column));
        write!(text, "`col(\"{bare}\")` of `reading.{table}()`\n  {says}\n")
            .map_err(|error| error.to_string())?;
    }
    if !text.is_empty() {
        return Ok(format!("{text}{}", asked_of(bare)));
    }
    if let Some(others) = about(asked) {
        return Ok(others);
    }
    let known = words::names().chain(words::columns().map(|column| column.name));
    Err(did_you_mean(bare, known)
        .unwrap_or_else(|| "`parallax script docs` lists the words".to_owned()))
}

/// What can be asked of a value that goes by this name in the reference, such as `cells`.
fn asked_of(name: &str) -> String {
    let words = words::all().words().iter();
    let own = words.filter(|word| word.usage.split_once('.').is_some_and(|(of, _)| of == name));
    let usages: Vec<String> = own.map(|word| format!("`{}`", word.usage)).collect();
    match usages.is_empty() {
        true => String::new(),
        false => format!("To be asked of `{name}`:\n  {}\n", usages.join(", ")),
    }
}

/// Every word of a group, when it is asked for by its heading or by what its words begin with, such
/// as `rows`; else every word and column of which the reference says something with this word.
fn about(asked: &str) -> Option<String> {
    let asked = asked.to_lowercase();
    let group = GROUPS.iter().find(|group| group.is_called(&asked));
    let mentions = |text: &str| {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == asked)
    };
    let words = words::all().words().iter().filter(|word| match group {
        Some(group) => group.has(word.usage),
        None => mentions(word.help),
    });
    let mut lines: Vec<(String, String)> =
        words.map(|word| (word.usage.to_owned(), word.help.to_owned())).collect();
    if group.is_none() {
        let columns = words::columns().map(|column| (column, says(&column)));
        let columns = columns.filter(|(_, says)| mentions(says));
        lines.extend(columns.map(|(column, says)| {
            (format!("col(\"{}\")` of `reading.{}()", column.name, column.table), says)
        }));
    }
    let lines: Vec<String> =
        lines.iter().map(|(usage, help)| format!("`{usage}`\n  {help}\n")).collect();
    let head = match group {
        Some(group) => format!("{}: {}\n\n", group.title, group.about),
        None => format!("No word is called `{asked}`; these speak of it:\n\n"),
    };
    (!lines.is_empty()).then(|| format!("{head}{}", lines.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_on_the_page_once() {
        let page = page();
        for word in words::all().words() {
            let row = format!("| {} | {} |", code(word.usage), cell(word.help));
            assert_eq!(page.matches(&row).count(), 1, "{row}");
        }
    }

    #[test]
    fn a_word_is_looked_up_by_its_name_in_any_form() {
        let filter = word("filter").expect("is a word");
        assert!(filter.contains("rows.filter(test)") && filter.contains("list.filter"));
        assert_eq!(word("rows.filter()"), Ok(filter));
        assert!(word("col(\"modality\")").expect("is a column").contains("`duty`"));
        assert_eq!(word("fliter"), Err("did you mean `filter`?".to_owned()));
    }

    #[test]
    fn a_group_is_looked_up_by_its_heading_and_a_value_by_what_speaks_of_it() {
        for heading in ["Sets and counters", "Rows"] {
            let group = word(heading).expect("is a group");
            assert!(!group.contains("`units.occupied()`"), "{group}");
        }
        let cells = word("cells").expect("is a word");
        assert!(cells.contains("`reading.cells(item)`") && cells.contains("`cells.tally(units)`"));
        let silent = word("silent").expect("is spoken of");
        assert!(silent.contains("`cells.state(unit)`") && silent.contains("reading.positions()"));
    }
}
