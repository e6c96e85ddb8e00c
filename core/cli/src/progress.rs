//! How far is something that takes longer than a second?

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Nothing is shown before.
const FIRST: u64 = 1_000;
/// Milliseconds between two looks.
const NEXT: u64 = 200;
/// What empties the line one is on.
const CLEAR: &str = "\r\u{1b}[K";

/// A line on standard error, where that is a terminal, that says how far it is.
pub(crate) struct Progress {
    what: &'static str,
    start: Instant,
    /// When it is shown again, in milliseconds after the start.
    next: AtomicU64,
    is_terminal: bool,
}

impl Progress {
    /// Starts to count `what`, such as `readings`.
    pub(crate) fn of(what: &'static str) -> Self {
        #[expect(clippy::disallowed_methods, reason = "the clock decides what is shown, no result")]
        let start = Instant::now();
        let is_terminal = io::stderr().is_terminal();
        Self { what, start, next: AtomicU64::new(FIRST), is_terminal }
    }

    /// Says that `done` of `of` are done, if it is time to; from any thread.
    pub(crate) fn show(&self, done: usize, of: usize) {
        if !self.is_terminal {
            return;
        }
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let next = self.next.load(Ordering::Relaxed);
        let is_mine = now >= next
            && self
                .next
                .compare_exchange(next, now + NEXT, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if is_mine {
            self.write(&format!("{CLEAR}{done} of {of} {}", self.what));
        }
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        if self.is_terminal && self.next.load(Ordering::Relaxed) > FIRST {
            self.write(CLEAR);
        }
    }

    fn write(&self, text: &str) {
        // Nobody is left to be told that standard error is closed.
        let mut out = io::stderr().lock();
        let _unheard = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}
