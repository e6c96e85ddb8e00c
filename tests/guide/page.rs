//! What does a guide ask its reader to write, to change and to type, and what does it show?

use std::ops::Range;

/// One thing that the guide has its reader do, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A step begins: `## 3. Its heading`.
    Step(String),
    /// A file to write: ``File `name`:`` and a block.
    Write { name: String, text: String },
    /// Lines to add to a file: ``Add to `name`:`` and a block.
    Add { name: String, text: String },
    /// Lines to put above a line of a file: ``In `name`, put above `line`:`` and a block.
    Above { name: String, line: String, text: String },
    /// A change of one line: ``In `name`, change `this` to `that`.``
    Change { name: String, from: String, to: String },
    /// A `console` block: commands, and what they say.
    Console { text: String, at: Range<usize> },
    /// A block below ``\`name\` now reads:``: what a file holds that parallax wrote.
    Reads { name: String, at: Range<usize> },
    /// A `text` block: the next screen of the `parallax watch` that is running.
    Screen { text: String, at: Range<usize> },
}

/// What the page asks for, in order; `at` is where in the page a text stands.
pub(crate) fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut named = None;
    let mut block: Option<(&str, usize)> = None;
    let mut start = 0;
    for line in page.split_inclusive('\n') {
        let end = start + line.len();
        let text = line.trim_end();
        match (block, text.strip_prefix("```")) {
            (None, Some(language)) => block = Some((language, end)),
            (Some((language, from)), Some("")) => {
                pieces.extend(of_block(language, page, from..start, named.take()));
                block = None;
            }
            (Some(_), _) => {}
            (None, None) => {
                named = match text.is_empty() {
                    true => named,
                    false => named_by(text),
                };
                pieces.extend(step(text).or_else(|| change(text)));
            }
        }
        start = end;
    }
    pieces
}

/// What a block is for.
#[derive(Clone)]
enum Named {
    File(String),
    End(String),
    Reads(String),
    Above { name: String, line: String },
}

fn named_by(line: &str) -> Option<Named> {
    let name = |begins| line.strip_prefix(begins)?.strip_suffix("`:");
    let above = || {
        let (name, line) = name("In `")?.split_once("`, put above `")?;
        Some(Named::Above { name: name.to_owned(), line: line.to_owned() })
    };
    let file = name("File `").map(|name| Named::File(name.to_owned()));
    let reads =
        || Some(Named::Reads(line.strip_prefix('`')?.strip_suffix("` now reads:")?.to_owned()));
    file.or_else(reads)
        .or_else(|| name("Add to `").map(|name| Named::End(name.to_owned())))
        .or_else(above)
}

fn of_block(language: &str, page: &str, at: Range<usize>, named: Option<Named>) -> Option<Piece> {
    let text = page[at.clone()].to_owned();
    match (language, named) {
        ("console", _) => Some(Piece::Console { text, at }),
        ("text", None) => Some(Piece::Screen { text, at }),
        (_, Some(Named::File(name))) => Some(Piece::Write { name, text }),
        (_, Some(Named::Reads(name))) => Some(Piece::Reads { name, at }),
        (_, Some(Named::End(name))) => Some(Piece::Add { name, text }),
        (_, Some(Named::Above { name, line })) => Some(Piece::Above { name, line, text }),
        (_, None) => None,
    }
}

fn step(line: &str) -> Option<Piece> {
    let heading = line.strip_prefix("## ")?;
    let number = heading.split_once(". ")?.0;
    number.parse::<usize>().ok().map(|_| Piece::Step(heading.to_owned()))
}

fn change(line: &str) -> Option<Piece> {
    let (name, rest) = line.strip_prefix("In `")?.split_once("`, change `")?;
    let (from, rest) = rest.split_once("` to `")?;
    let to = rest.split_once("`.").or_else(|| rest.split_once("`:"))?.0;
    let [name, from, to] = [name, from, to].map(str::to_owned);
    Some(Piece::Change { name, from, to })
}

/// The commands of a `console` block, each with what is shown below it.
pub(crate) fn commands(text: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((_, shown))) => {
                shown.push_str(line);
                shown.push('\n');
            }
            (None, None) => panic!("a console block begins with `$ `, not with {line}"),
        }
    }
    commands
}

/// A `console` block of commands and what they show.
pub(crate) fn console(commands: &[(String, String)]) -> String {
    let one = |(command, shown): &(String, String)| match shown.trim_end() {
        "" => format!("$ {command}\n"),
        shown => format!("$ {command}\n{shown}\n"),
    };
    commands.iter().map(one).collect::<Vec<String>>().join("\n")
}
