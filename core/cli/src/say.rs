//! What does the terminal show? Results on standard output, everything else on standard error.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::Path;

use parallax_engine::check::{self, Checked, Located, Look};
use parallax_engine::model::NotOffered;
use parallax_engine::open::Opened;
use parallax_engine::write::leads_outside;

use crate::Status;
use crate::args::{Arguments, Colour, Format};
use crate::terminal;

/// Shows what is wrong with a study; as JSON on standard output, for programs. Gives `status` back
/// unless it could not be shown.
pub(crate) fn problems(checked: &Checked, arguments: &Arguments, status: Status) -> Status {
    match arguments.format {
        Format::Full => match look(arguments, &io::stderr()) {
            look @ Look { colour: true, .. } => {
                terminal::painted_aside(&check::full(checked, look));
            }
            look => terminal::aside(&check::full(checked, look)),
        },
        Format::Short => terminal::aside(&check::short(checked)),
        Format::Github => return terminal::result(&check::github(checked), status),
        Format::Json if arguments.is_check() => {
            return terminal::json(&check::json(checked).to_string(), status);
        }
        Format::Json => terminal::aside(&check::json(checked).to_string()),
    }
    status
}

/// Shows problems that stand in no table of the study.
pub(crate) fn located(problems: &[Located], arguments: &Arguments) {
    if problems.is_empty() {
        return;
    }
    let (problems, dated, sources) = (problems.to_vec(), Vec::new(), Vec::new());
    let shown = Checked { study: None, problems, dated, sources, faulty_claims: BTreeSet::new() };
    let _shown = self::problems(&shown, arguments, Status::Fine);
}

/// One line that says what was checked and how it stands.
pub(crate) fn checked(opened: &Opened, folder: &Path) -> String {
    let verdict = verdict(opened.checked.counts_of_day());
    let name = folder.display();
    match &opened.checked.study {
        None => format!("checked {name}\n{verdict}"),
        Some(study) => format!(
            "checked {name}: {}, {}, {}, {}, {}\n{verdict}",
            counted(study.participants().len(), "participant"),
            counted(study.roles().len(), "role"),
            counted(study.cases().ids.len(), "case"),
            counted(study.codes().len(), "code"),
            counted(study.statements().len(), "statement"),
        ),
    }
}

/// How it stands with so many errors and warnings.
pub(crate) fn verdict(counts: (usize, usize)) -> String {
    match counts {
        (0, 0) => "no problems".to_owned(),
        (0, warnings) => format!("no errors · {}", counted(warnings, "warning")),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => {
            format!("{} · {}", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

/// So many of something.
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// What the next command says of the study: one that was named has to be named again.
pub(crate) fn named_again(named: Option<&Path>) -> String {
    named.map_or_else(String::new, |folder| match folder.display().to_string() {
        spaced if spaced.contains(char::is_whitespace) => format!("-C '{spaced}' "),
        plain => format!("-C {plain} "),
    })
}

/// There is no study here.
pub(crate) fn no_study() -> Status {
    terminal::aside(
        "error: no study here: neither this folder nor one above it has a study.yaml\n\
         help: name the folder, as in `parallax run studies/vso-internships`",
    );
    Status::Usage
}

/// There are no scripts here.
pub(crate) fn no_scripts() -> Status {
    terminal::aside(
        "error: no scripts here: neither this folder nor one above it has a folder `scripts`\n\
         help: go to the folder of the study, or name it, as in `parallax -C my-study script test`",
    );
    Status::Usage
}

/// What was named is no folder.
pub(crate) fn no_folder(named: &Path) -> Status {
    let what = match named.exists() {
        true => "is a file; name the folder that it is in",
        false => "does not exist; check the spelling, and the folder you are in",
    };
    terminal::aside(&format!("error: no study folder\nhelp: {} {what}", named.display()));
    Status::Usage
}

/// A file could not be written.
pub(crate) fn not_written(path: &Path, error: &io::Error) -> Status {
    terminal::aside(&unwritten(path, error));
    Status::Files
}

/// That a file could not be written, and what to do.
pub(crate) fn unwritten(path: &Path, error: &io::Error) -> String {
    if leads_outside(error) {
        return format!(
            "error: {} was not written: {error}\n\
             help: remove the link, or copy what it leads to into its place; results are written \
             inside the study folder only",
            path.display()
        );
    }
    format!(
        "error: {} could not be written: {error}\n\
         help: the file that was there is untouched; check that there is room and that the folder \
         is yours to write in",
        path.display()
    )
}

/// The study does not offer a choice of the command line.
pub(crate) fn not_offered(refused: &NotOffered) -> Status {
    terminal::aside(&format!(
        "error: {refused}\nhelp: study.yaml names what there is to choose from"
    ));
    Status::Usage
}

/// How problems are drawn on a stream.
pub(crate) fn look(arguments: &Arguments, stream: &impl IsTerminal) -> Look {
    let colour = match arguments.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
        }
    };
    Look { colour, ..Look::default() }
}
