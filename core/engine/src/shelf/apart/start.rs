//! How is a worker started, and what is it given?

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};

use rustix::io::dup;

use super::Workshop;
use super::message::{Order, WORKER, send};
use super::study::StudyFile;

/// A worker at work.
pub(super) struct Started {
    pub(super) child: Child,
    /// A worker stops when this is closed, and when this program is gone with it.
    pub(super) hold: ChildStdin,
}

/// Starts a worker, in a group of processes of its own and with nothing of this program's
/// environment: what an analysis finds depends on none of it.
pub(super) fn start(
    workshop: &Workshop,
    order: &Order,
    study: Option<&StudyFile>,
) -> io::Result<Started> {
    // A descriptor that a program which is started keeps, under any number that is free. Whoever else
    // is started meanwhile gets it too, and can do nothing with it but read.
    let lent: Option<OwnedFd> = match study {
        Some(study) => Some(dup(study.file())?),
        None => None,
    };
    let mut child = Command::new(&workshop.program)
        .arg(WORKER)
        .env_clear()
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let Some(mut hold) = child.stdin.take() else { return Err(io::ErrorKind::BrokenPipe.into()) };
    let number = lent.as_ref().map(AsRawFd::as_raw_fd);
    // A worker that is gone already is found so by whoever waits for its answer.
    let _gone = send(&mut hold, &(order, number));
    Ok(Started { child, hold })
}
