//! What does a worker answer, and when has it had enough time?

use std::io::{self, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStderr, ChildStdout, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::ending::{Ending, LastWords};
use super::message::{Event, Said, UNHEARD, receive};
use super::start::Started;
use super::{Answer, Limits};

/// How often it is looked whether the run is to stop.
const TICK: Duration = Duration::from_millis(20);
/// How long a worker may take to stop when it is asked to, and to leave when it answered.
const GRACE: Duration = Duration::from_secs(1);
/// How much of what a worker prints last is looked at.
const LAST: usize = 4_096;

/// The last message of a worker. It is gone then, with every process that it started in its group.
pub(super) fn watch(
    started: Started,
    limits: Limits,
    cancel: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Answer, Ending> {
    let Started { mut child, hold } = started;
    let printed = child.stderr.take().map(drained).unwrap_or_default();
    let answers = child.stdout.take().map(|stdout| answers(stdout, limits));
    let said = answers
        .map_or(Err(Stop::Closed), |answers| listen(&answers, &child, limits, cancel, progress));
    if matches!(said, Err(Stop::Cancelled | Stop::Closed) | Ok(_)) {
        // Who was asked to stop, answered or is about to end gets a moment to do so in order.
        drop(hold);
        let left_by = within(GRACE);
        while !has_left(&child) && !left_by.is_some_and(has_passed) {
            thread::sleep(Duration::from_millis(1));
        }
    }
    let is_gone = has_left(&child);
    // Before it is waited for: as long as it is not, no other group can have its number.
    let _none_is_left = kill_process_group(Pid::from_child(&child), Signal::KILL);
    let status = child.wait();
    let printed = printed.at_the_end();
    let killed_here = matches!(&status, Ok(status) if status.signal() == Some(9));
    let stop = match said {
        Ok(said) => return Ok(Answer { said, printed: printed.bytes }),
        Err(stop) => stop,
    };
    Err(match stop {
        Stop::Cancelled => Ending::Cancelled,
        Stop::OutOfTime => Ending::OutOfTime { seconds: limits.seconds },
        Stop::TooMuch => Ending::TooMuch { megabytes: limits.findings_megabytes },
        Stop::Nonsense => Ending::Nonsense,
        // One that crashed may take its time to be gone; then it did not end by our hand.
        Stop::Closed if !is_gone && killed_here => Ending::Silent,
        Stop::Closed => match status {
            Ok(status) => ending(status, &printed.last, limits),
            Err(error) => Ending::NotStarted(error.to_string()),
        },
    })
}

/// How a worker left that did not answer.
fn ending(status: ExitStatus, printed: &[u8], limits: Limits) -> Ending {
    match status.signal() {
        Some(number) => {
            Ending::Signal { number, last_words: LastWords::of(printed, limits.megabytes) }
        }
        None if status.code() == Some(UNHEARD.into()) => Ending::Silent,
        None => Ending::Left(status.code().unwrap_or(0)),
    }
}

/// Whether a worker has left; it can still be waited for.
fn has_left(child: &Child) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::Pid(Pid::from_child(child)), options), Ok(None))
}

/// Why nobody listens to a worker any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Cancelled,
    OutOfTime,
    TooMuch,
    Nonsense,
    Closed,
}

fn listen(
    answers: &Receiver<Result<Said, Stop>>,
    child: &Child,
    limits: Limits,
    cancel: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Said, Stop> {
    let deadline = within(Duration::from_secs(limits.seconds));
    loop {
        match answers.recv_timeout(TICK) {
            Ok(Ok(Said::Progress(done, total))) => progress(done, total),
            Ok(Ok(Said::Log(event))) => logged(&event),
            Ok(said) => return said,
            Err(RecvTimeoutError::Disconnected) => return Err(Stop::Closed),
            // A process that it started may hold the way open on which it would have answered.
            Err(RecvTimeoutError::Timeout) if has_left(child) => {
                return answers.recv_timeout(GRACE).unwrap_or(Err(Stop::Closed));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancel.load(Ordering::Relaxed) {
            return Err(Stop::Cancelled);
        }
        if deadline.is_some_and(has_passed) {
            return Err(Stop::OutOfTime);
        }
    }
}

/// The messages of a worker, one after another, read by a thread of their own.
fn answers(mut stdout: ChildStdout, limits: Limits) -> Receiver<Result<Said, Stop>> {
    // A worker that floods waits for whoever listens.
    let (to, answers) = sync_channel(1);
    // The findings as JSON, what escapes of texts add, and what stands around them.
    let room = limits.room().saturating_mul(2).saturating_add(1 << 20);
    thread::spawn(move || {
        let send = |said: Result<Said, Stop>| {
            let goes_on = matches!(&said, Ok(said) if !said.is_last());
            to.send(said).is_ok() && goes_on
        };
        loop {
            let said = match receive(&mut stdout, room) {
                Ok(Some(said)) => Ok(said),
                Ok(None) => Err(Stop::Closed),
                Err(error) => Err(match error.kind() {
                    io::ErrorKind::FileTooLarge => Stop::TooMuch,
                    io::ErrorKind::InvalidData => Stop::Nonsense,
                    _ => Stop::Closed,
                }),
            };
            if !send(said) {
                return;
            }
        }
    });
    answers
}

/// What a worker prints, which is read so that it never waits for a reader.
#[derive(Default)]
struct Printing {
    so_far: Arc<Mutex<Printed>>,
    ended: Option<Receiver<()>>,
}

/// How much a worker printed, and the end of it.
#[derive(Clone, Default)]
struct Printed {
    bytes: u64,
    last: Vec<u8>,
}

impl Printing {
    /// What was printed when the worker was gone. A process that left the worker's group may still
    /// hold the way on which it prints, and is not waited for.
    fn at_the_end(self) -> Printed {
        if let Some(ended) = self.ended {
            let _it_may_go_on = ended.recv_timeout(GRACE);
        }
        self.so_far.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn drained(mut stderr: ChildStderr) -> Printing {
    let so_far = Arc::<Mutex<Printed>>::default();
    let (to, ended) = sync_channel(1);
    let printing = Printing { so_far: Arc::clone(&so_far), ended: Some(ended) };
    thread::spawn(move || {
        let mut block = [0; LAST];
        while let Ok(read @ 1..) = stderr.read(&mut block) {
            let mut printed = so_far.lock().unwrap_or_else(PoisonError::into_inner);
            printed.bytes += read as u64;
            printed.last.extend_from_slice(&block[..read]);
            let beyond = printed.last.len().saturating_sub(LAST);
            printed.last.drain(..beyond);
        }
        let _nobody_waits = to.send(());
    });
    printing
}

/// An event of a library, as if it had happened here.
fn logged(event: &Event) {
    let Event { level, from, message, fields } = event;
    match level {
        1 => tracing::error!(target: "plugin", from, fields, "{message}"),
        2 => tracing::warn!(target: "plugin", from, fields, "{message}"),
        3 => tracing::info!(target: "plugin", from, fields, "{message}"),
        4 => tracing::debug!(target: "plugin", from, fields, "{message}"),
        _ => tracing::trace!(target: "plugin", from, fields, "{message}"),
    }
}

/// The moment after which it is too late; none where that is beyond what a clock can show.
#[expect(clippy::disallowed_methods, reason = "a limit on time; no finding depends on it")]
fn within(time: Duration) -> Option<Instant> {
    Instant::now().checked_add(time)
}

#[expect(clippy::disallowed_methods, reason = "a limit on time; no finding depends on it")]
fn has_passed(moment: Instant) -> bool {
    Instant::now() > moment
}
