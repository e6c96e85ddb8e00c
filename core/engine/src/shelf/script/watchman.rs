//! Who stops a script that goes on for too long, takes too much, or is no longer wanted?
//!
//! The thread that waits for a script looks at the clock and at the memory; the script itself
//! looks at one number at each of its steps, which costs nothing. A word that goes over every
//! statement is one step: it looks at the number by itself, through `Seen::may_go_on`.
//!
//! The memory is that of the whole program. While several scripts run, each may take its share, so
//! that what one of them takes does not stop another.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::sandbox::Limits;

/// Whether a script may go on.
#[derive(Debug, Default)]
pub(crate) struct Signal(AtomicU8);

/// What a script that has to stop had used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Spent {
    /// Somebody asked it to stop.
    Patience = 1,
    /// It ran longer than its limit.
    Time,
    /// It took more memory than its limit.
    Memory,
}

impl Signal {
    /// Why the script has to stop; `None` while it may go on.
    #[inline]
    pub(crate) fn spent(&self) -> Option<Spent> {
        let spent = self.0.load(Ordering::Relaxed);
        [Spent::Patience, Spent::Time, Spent::Memory].into_iter().find(|why| *why as u8 == spent)
    }

    /// Stops the script at its next step. The first reason stays.
    pub(super) fn stop(&self, why: Spent) {
        let _earlier = self.0.compare_exchange(0, why as u8, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// How long the waiting thread sleeps between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// Runs `work` with enough stack for the deepest script; `None` when it panicked.
///
/// The signal that `work` is given says stop soon after `cancel` is true or a limit is reached.
pub(super) fn on_a_large_stack<T: Send>(
    limits: &Limits,
    cancel: &AtomicBool,
    work: impl FnOnce(Arc<Signal>) -> T + Send,
) -> Option<T> {
    let signal = Arc::new(Signal::default());
    let given = Arc::clone(&signal);
    // Closed when the work is over, also when it panics: nobody sleeps a look too long.
    let (working, over) = mpsc::channel::<()>();
    let (end, before) = (now() + limits.time, memory());
    let running = Together::begin();
    thread::scope(|scope| {
        // What is logged goes where it would go from the thread that waits.
        let log = tracing::dispatcher::get_default(Clone::clone);
        let run = move || {
            let _working = working;
            tracing::dispatcher::with_default(&log, || work(given))
        };
        let thread = thread::Builder::new().stack_size(limits.stack);
        let working = thread.spawn_scoped(scope, run).ok()?;
        while over.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            match () {
                () if cancel.load(Ordering::Relaxed) => signal.stop(Spent::Patience),
                () if now() > end => signal.stop(Spent::Time),
                () if memory() > before.saturating_add(running.share(limits.memory)) => {
                    signal.stop(Spent::Memory);
                }
                () => {}
            }
        }
        working.join().ok()
    })
}

/// How many scripts run at this moment.
static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// One script among those that run.
struct Together;

impl Together {
    fn begin() -> Self {
        RUNNING.fetch_add(1, Ordering::Relaxed);
        Self
    }

    /// What all of them may take together.
    fn share(&self, memory: usize) -> usize {
        memory.saturating_mul(RUNNING.load(Ordering::Relaxed).max(1))
    }
}

impl Drop for Together {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The memory of the program in bytes; 0 where the system does not tell.
fn memory() -> usize {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a script that runs for ever must be stopped; no finding depends on the clock"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reason_to_stop_stays() {
        let signal = Signal::default();
        assert_eq!(signal.spent(), None);
        for why in [Spent::Memory, Spent::Time, Spent::Patience] {
            signal.stop(why);
        }
        assert_eq!(signal.spent(), Some(Spent::Memory));
        for why in [Spent::Patience, Spent::Time, Spent::Memory] {
            let signal = Signal::default();
            signal.stop(why);
            assert_eq!(signal.spent(), Some(why));
        }
    }

    #[test]
    fn work_that_never_looks_up_by_itself_is_told_of_each_limit() {
        let none = Limits { time: Duration::ZERO, ..Limits::STANDARD };
        let tiny = Limits { memory: 1, ..Limits::STANDARD };
        let (never, at_once) = (AtomicBool::new(false), AtomicBool::new(true));
        let waits = |signal: Arc<Signal>| {
            let mut taken = Vec::new();
            loop {
                taken.push([7_u8; 4096]);
                if let Some(why) = signal.spent() {
                    return why;
                }
                thread::yield_now();
            }
        };
        assert_eq!(on_a_large_stack(&none, &never, waits), Some(Spent::Time));
        assert_eq!(on_a_large_stack(&tiny, &never, waits), Some(Spent::Memory));
        assert_eq!(on_a_large_stack(&Limits::STANDARD, &at_once, waits), Some(Spent::Patience));
        assert_eq!(on_a_large_stack::<()>(&none, &never, |_| panic!("on purpose")), None);
    }
}
