//! Does a library keep to everything that a plugin has to keep to?

use std::fs::{self, File};
use std::io;
use std::path::Path;

use parallax_engine::conformance::{self, Checked, Depth};
use parallax_engine::shelf::apart::Workshop;
use serde_json::{Value as Json, json};

use crate::args::{Arguments, Format, PluginCheck};
use crate::{Status, say, terminal, user};

/// How wide a line is.
const WIDTH: usize = 100;

pub(crate) fn check(arguments: &Arguments, check: &PluginCheck) -> Status {
    let PluginCheck { library, full } = check;
    // A folder can be opened, too; that it is no library is the first thing that is found.
    if let Err(error) = readable(library) {
        terminal::aside(&format!(
            "error: {} could not be read: {error}\n\
             help: name the library that your compiler made, as in `parallax plugin check \
             target/debug/libword_count.so`",
            library.display()
        ));
        return Status::Files;
    }
    let Some(workshop) = user::workshop() else { return Status::Files };
    let depth = if *full { Depth::Full } else { Depth::Usual };
    let names = conformance::names(depth);
    terminal::aside(&format!(
        "checking {}: its code runs with your rights, in a process of its own for each of {} checks",
        library.display(),
        names.len()
    ));
    checked(arguments, library, &workshop, depth, &names)
}

/// Whether there is a file to read. A pipe may never end, or never begin.
fn readable(library: &Path) -> io::Result<()> {
    let kind = fs::metadata(library)?;
    match kind.is_file() || kind.is_dir() {
        true => File::open(library).map(drop),
        false => Err(io::Error::other("it is no file")),
    }
}

fn checked(
    arguments: &Arguments,
    library: &Path,
    workshop: &Workshop,
    depth: Depth,
    names: &[&str],
) -> Status {
    let widest = names.iter().map(|name| name.len()).max().unwrap_or(0);
    let is_json = matches!(arguments.format, Format::Json);
    let mut shown = Status::Fine;
    let mut watch = |checked: &Checked| {
        if !is_json {
            shown = shown.max(terminal::result(&line(checked, widest), Status::Fine));
        }
    };
    let all = conformance::check(library, workshop, depth, &mut watch);
    let failed = all.iter().filter(|checked| checked.outcome.is_err()).count();
    let status = if failed == 0 { Status::Fine } else { Status::Problems };
    let not_tried = &names[all.len().min(names.len())..];
    if is_json {
        return terminal::json(&document(&all, not_tried).to_string(), status);
    }
    terminal::result(&summary(all.len(), failed, not_tried.len()), status).max(shown)
}

/// One check, whose name stands in a column of this width.
pub(super) fn line(checked: &Checked, widest: usize) -> String {
    let (verdict, note) = match &checked.outcome {
        Ok(seen) => ("ok    ", seen),
        Err(wrong) => ("FAILED", wrong),
    };
    let name = checked.name;
    wrapped(&format!("{verdict} {name:widest$}  "), &note.replace('\n', " "))
}

/// A note behind its head; what does not fit on a line stands below its beginning.
fn wrapped(head: &str, note: &str) -> String {
    let indent = head.chars().count();
    let mut text = head.to_owned();
    let mut at = indent;
    for (index, word) in note.split(' ').enumerate() {
        let long = word.chars().count();
        match index {
            0 => {}
            _ if at + 1 + long > WIDTH => {
                text.push('\n');
                text.extend(std::iter::repeat_n(' ', indent));
                at = indent;
            }
            _ => {
                text.push(' ');
                at += 1;
            }
        }
        text.push_str(word);
        at += long;
    }
    text
}

fn summary(tried: usize, failed: usize, not_tried: usize) -> String {
    let tried = say::counted(tried, "check");
    let verdict = match failed {
        0 => format!("{tried}, all passed: `parallax plugin trust` lets studies ask for it"),
        _ => format!("{tried}, {failed} failed"),
    };
    match not_tried {
        0 => verdict,
        1 => format!("{verdict}; 1 more was not tried: it needs what failed"),
        more => format!("{verdict}; {more} more were not tried: they need what failed"),
    }
}

fn document(all: &[Checked], not_tried: &[&str]) -> Json {
    json!({ "version": 1, "checks": listed(all), "not_tried": not_tried })
}

/// Checks for programs.
pub(super) fn listed(all: &[Checked]) -> Vec<Json> {
    let each = all.iter().map(|checked| {
        let (passed, said) = match &checked.outcome {
            Ok(seen) => (true, seen),
            Err(wrong) => (false, wrong),
        };
        json!({ "check": checked.name, "passed": passed, "said": said })
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_note_goes_on_below_its_beginning() {
        let wrong = "it went on for 1.3 s after it was cancelled: call `progress` of the job every \
                     few milliseconds";
        let checked = Checked { name: "stops-when-cancelled", outcome: Err(wrong.to_owned()) };
        insta::assert_snapshot!(line(&checked, 30), @"
        FAILED stops-when-cancelled            it went on for 1.3 s after it was cancelled: call `progress`
                                               of the job every few milliseconds
        ");
        let checked = Checked { name: "manifest", outcome: Ok("`word-count` 1.0.0".to_owned()) };
        insta::assert_snapshot!(line(&checked, 10), @"ok     manifest    `word-count` 1.0.0");
    }

    #[test]
    fn the_last_line_counts() {
        let said = [summary(28, 0, 0), summary(28, 2, 0), summary(1, 1, 27)];
        insta::assert_snapshot!(said.join("\n"), @"
        28 checks, all passed: `parallax plugin trust` lets studies ask for it
        28 checks, 2 failed
        1 check, 1 failed; 27 more were not tried: they need what failed
        ");
    }
}
