//! What goes from a study when a participant withdraws, and what does that change?

mod carry;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use parallax_engine::check::suggestion;
use parallax_engine::folder;
use parallax_engine::log::Entry;
use parallax_engine::model::StudyFile;
use parallax_engine::open::{Opened, open_files};
use parallax_engine::since::Before;
use parallax_engine::withdraw::{Change, Refused, Withdrawal, from_what_was_kept, withdrawal};

use crate::args::{Arguments, Withdraw};
use crate::commands::run::taken;
use crate::who::who;
use crate::{Status, say, standard, terminal};

use carry::carry_out;
use shown::Shown;

/// What is written that holds what people said or names them, below the study's folder.
const WRITTEN: [&str; 10] = [
    "out/report.html",
    "out/report.md",
    "out/findings.json",
    "out/robustness.csv",
    "out/verify.json",
    "out/mappings",
    "out/cache",
    "out/share",
    "out/ro-crate",
    "out/ro-crate.zip",
];

pub(crate) fn withdraw(arguments: &Arguments, asked: &Withdraw) -> Status {
    let study = match standard::study_folder(None, arguments) {
        Ok(study) => study,
        Err(status) => return status,
    };
    let prepared = match prepare(&study, &asked.participant, arguments) {
        Ok(prepared) => prepared,
        Err(status) => return status,
    };
    let shown = Shown::of(&prepared);
    let decision = Decision::of(asked);
    match decision {
        Decision::Yes => {}
        Decision::DryRun => {
            let status = shown.before(arguments, Status::Fine);
            terminal::aside("nothing was removed; leave out --dry-run to do it");
            return status;
        }
        Decision::Unasked => {
            let status = shown.before(arguments, Status::Usage);
            terminal::aside(
                "error: nothing was removed: there is nobody here to ask\n\
                 help: look through what would go, and add --yes",
            );
            return status;
        }
        Decision::Ask => {
            terminal::aside(&shown.text());
            if !agrees() {
                terminal::aside("nothing was removed");
                return Status::Fine;
            }
        }
    }
    match done_as_shown(&study, &prepared, asked, arguments) {
        Ok(()) => shown.after(arguments, decision == Decision::Ask),
        Err(status) => status,
    }
}

/// Does what was shown, if that is still what would be done: somebody may have saved a file while it
/// was read.
///
/// # Errors
/// When it is not, or something cannot be written; it is said then.
fn done_as_shown(
    study: &Path,
    shown: &Prepared,
    asked: &Withdraw,
    arguments: &Arguments,
) -> Result<(), Status> {
    let _turn = taken(study)?;
    let prepared = prepare(study, &asked.participant, arguments)?;
    let saved = prepared.differs_from(shown);
    if !saved.is_empty() {
        terminal::aside(&format!(
            "error: nothing was removed: {} {} saved since it was shown what would go\n\
             help: look again with `parallax withdraw {}`",
            saved.join(", "),
            if saved.len() == 1 { "was" } else { "were" },
            asked.participant
        ));
        return Err(Status::Problems);
    }
    carry_out(study, &prepared, &prepared.entry(asked, arguments))
}

/// Whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    /// It is only shown.
    DryRun,
    /// It is done.
    Yes,
    /// Somebody is there to ask.
    Ask,
    /// Nobody is.
    Unasked,
}

impl Decision {
    fn of(asked: &Withdraw) -> Self {
        let is_there = io::stdin().is_terminal() && io::stderr().is_terminal();
        match (asked.dry_run, asked.yes, is_there) {
            (true, ..) => Self::DryRun,
            (_, true, _) => Self::Yes,
            (.., true) => Self::Ask,
            (.., false) => Self::Unasked,
        }
    }
}

fn agrees() -> bool {
    let mut errors = io::stderr();
    let asked = errors.write_all(b"Remove these rows? [y/N] ").and_then(|()| errors.flush());
    let mut answer = String::new();
    let heard = asked.and_then(|()| io::stdin().lock().read_line(&mut answer));
    heard.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja")
}

/// A withdrawal of which it is known that a study remains.
struct Prepared {
    participant: String,
    withdrawal: Withdrawal,
    kept: Vec<Change>,
    before: Opened,
    after: Opened,
    /// Whether a run wrote what the participant said.
    is_written: bool,
    /// What was accepted.
    accepted: Before,
}

impl Prepared {
    /// The files that would not be written as it was shown, in order.
    fn differs_from(&self, shown: &Self) -> Vec<String> {
        let bytes = |of: &Self| -> BTreeMap<String, Vec<u8>> {
            let changes = of.withdrawal.changes.iter().chain(&of.kept);
            changes.map(|change| (change.name.clone(), change.bytes.clone())).collect()
        };
        let (own, shown) = (bytes(self), bytes(shown));
        let names: BTreeSet<&String> = own.keys().chain(shown.keys()).collect();
        names.into_iter().filter(|name| own.get(*name) != shown.get(*name)).cloned().collect()
    }

    /// What the log says of it.
    fn entry(&self, asked: &Withdraw, arguments: &Arguments) -> Entry {
        let (was, is) = self.people();
        Entry {
            date: arguments.today(),
            by: who(asked.by.as_deref()),
            what: "a withdrawal".to_owned(),
            was: say::counted(was, "participant"),
            is: say::counted(is, "participant"),
            because: "a participant withdrew".to_owned(),
        }
    }

    /// How many participants there are before and after.
    fn people(&self) -> (usize, usize) {
        let gone = self.withdrawal.changes.iter().find(|c| c.file == StudyFile::Participants);
        let gone = gone.map_or(0, |change| change.rows.len());
        let study = self.after.checked.study.as_ref();
        let after = study.map_or(0, |study| study.participants().len());
        (after + gone, after)
    }
}

/// Looks up what goes, and whether a study remains.
///
/// # Errors
/// When there is no such participant, or no study would remain; it is said then.
fn prepare(study: &Path, participant: &str, arguments: &Arguments) -> Result<Prepared, Status> {
    let files = folder::read(study);
    let withdrawal = withdrawal(&files, participant).map_err(|why| refused(participant, why))?;
    let kept = from_what_was_kept(study, participant).map_err(|why| refused(participant, why))?;
    let after = open_files(withdrawal.applied(&files), standard::shelf());
    if after.checked.study.is_none() {
        let status = say::problems(&after.checked, arguments, Status::Problems);
        terminal::aside(
            "error: nothing was removed: what would remain is no study, for the reasons above\n\
             help: mend them first (lines are counted without the rows that would go), and withdraw again",
        );
        return Err(status);
    }
    let before = open_files(files, standard::shelf());
    let participant = participant.to_owned();
    let is_written = WRITTEN.iter().any(|name| study.join(name).exists());
    let accepted = Before::read(study);
    Ok(Prepared { participant, withdrawal, kept, before, after, is_written, accepted })
}

fn refused(participant: &str, why: Refused) -> Status {
    match why {
        Refused::Unknown(people) => {
            let meant = suggestion(participant, people.iter().map(String::as_str));
            let help = meant.map_or_else(
                || "the column `id` of participants.csv names everybody".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            terminal::aside(&format!(
                "error: participants.csv has no participant `{participant}`\nhelp: {help}"
            ));
            Status::Usage
        }
        Refused::Unreadable(name) => {
            terminal::aside(&format!(
                "error: nothing was removed: {name} is not there, or cannot be read as a table\n\
                 help: `parallax check` says what is wrong with it"
            ));
            Status::Problems
        }
        Refused::Encoding(name) => {
            terminal::aside(&format!(
                "error: nothing was removed: rows cannot be cut out of {name} in its encoding\n\
                 help: `parallax check --fix` writes the file in UTF-8; then withdraw again"
            ));
            Status::Problems
        }
    }
}
