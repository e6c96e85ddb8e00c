//! How does one check run in a process of its own, and what does it mean when that process ends early?

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::runs::DIFFERS;
use super::trials::{Does, MILLIONS, PRINTS, SAME, Trial};
use crate::shelf::apart::ending::{Ending, LastWords};
use crate::shelf::apart::message::{Order, Said, Task, wanted};
use crate::shelf::apart::{Answer, Limits, Workshop, ask};

/// How long a check on small studies may take, which need milliseconds.
const SECONDS: u64 = 15;
/// How long a check on a hundred thousand statements may take.
const SECONDS_OF_MANY: u64 = 180;
/// How long one on ten million statements may take, and the megabytes that the study itself takes.
const OF_MILLIONS: (u64, u64) = (1_800, 12_000);

/// What came of one check.
pub(super) fn tried(trial: &Trial, library: &Path, workshop: &Workshop) -> Result<String, String> {
    let library = library.canonicalize().map_err(|e| format!("the file cannot be read: {e}"))?;
    let limits = limits(trial, workshop.limits);
    let workshop = Workshop { limits, ..workshop.clone() };
    let answer = asked(trial.name, &library, &workshop)
        .map_err(|ending| why(trial, &ending, &library, &workshop))?;
    let seen = answer.0?;
    match trial.name {
        // Another process has other addresses, and another moment.
        SAME => match asked(trial.name, &library, &workshop) {
            Ok((Ok(again), _)) if again == seen => Ok(seen),
            _ => Err(format!("run again in another process, {DIFFERS}")),
        },
        PRINTS if answer.1 > 0 => Err(format!(
            "it printed {} bytes: what an analysis finds goes to `findings`, and what it does to \
             `log` of the host, as counts and ids",
            answer.1
        )),
        _ => Ok(seen),
    }
}

fn limits(trial: &Trial, of_user: Limits) -> Limits {
    let Limits { megabytes, .. } = of_user;
    match (trial.name, &trial.does) {
        (MILLIONS, _) => {
            let (seconds, more) = OF_MILLIONS;
            Limits { seconds, megabytes: megabytes.saturating_add(more), ..of_user }
        }
        (_, Does::Sized(..)) => Limits { seconds: SECONDS_OF_MANY, ..of_user },
        _ => Limits { seconds: SECONDS, ..of_user },
    }
}

/// What a check answered, and how many bytes its process printed.
type Asked = (Result<String, String>, u64);

fn asked(name: &str, library: &Path, workshop: &Workshop) -> Result<Asked, Ending> {
    let order = Order {
        library: library.to_owned(),
        sha256: None,
        limits: workshop.limits,
        log: wanted(),
        task: Task::Trial { name: name.to_owned() },
    };
    let answer = ask(workshop, &order, None, &AtomicBool::new(false), &|_, _| {})?;
    match answer {
        Answer { said: Said::Tried(outcome), printed } => Ok((outcome, printed)),
        Answer { said: Said::Refused(why), printed } => Ok((Err(why), printed)),
        _ => Err(Ending::Nonsense),
    }
}

/// Why a process ended before its check was done, and what to change.
fn why(trial: &Trial, ending: &Ending, library: &Path, workshop: &Workshop) -> String {
    let part = part(trial, library, workshop);
    let remedy = match ending {
        Ending::NotStarted(_) | Ending::NoWorkers | Ending::Nonsense | Ending::Cancelled => {
            return ending.to_string();
        }
        Ending::OutOfTime { .. } => match trial.does {
            Does::Sized(..) => "look for what takes longer with the square of the statements",
            _ => "on so small a study it takes milliseconds; look for a loop that does not end",
        },
        Ending::Silent => "close only what you opened",
        Ending::Left(_) => "return a status instead of ending the process",
        Ending::Signal { last_words: LastWords::Stack, .. } => {
            "bound how deep functions call themselves, and keep large arrays off the stack"
        }
        Ending::Signal { last_words: LastWords::Memory { .. }, .. } | Ending::TooMuch { .. } => {
            "look for what grows without end"
        }
        Ending::Signal { .. } => trial.died,
    };
    match part {
        Some(part) => format!("{ending} ({part}): {remedy}"),
        None => format!("{ending}: {remedy}"),
    }
}

/// The first part of a check, tried by itself, in which its process ends early.
fn part(trial: &Trial, library: &Path, workshop: &Workshop) -> Option<String> {
    let Does::Each(_, names) = &trial.does else { return None };
    let ends = |part: &String| asked(&format!("{}/{part}", trial.name), library, workshop).is_err();
    names().into_iter().find(ends)
}
