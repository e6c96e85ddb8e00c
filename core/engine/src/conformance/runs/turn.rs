//! How long did a thread take, without the time in which others had its processor?
//!
//! On a machine with much else to do, a run that stops at once can be seconds in doing so.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The time that a thread took since a moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Turn {
    /// Where the system says how long the thread waited for its turn; empty where it does not.
    shown: PathBuf,
    since: Option<(Instant, Duration)>,
    /// What the clock and the wait showed last: a thread that is gone shows nothing any more.
    waited: Duration,
}

impl Turn {
    /// Of the thread that asks.
    pub(super) fn of_this_thread() -> Self {
        let thread = fs::read_link("/proc/thread-self").unwrap_or_default();
        let shown = PathBuf::from("/proc").join(thread).join("schedstat");
        Self { shown, since: None, waited: Duration::ZERO }
    }

    /// Counts from now on.
    #[expect(clippy::disallowed_methods, reason = "a limit on time; no finding depends on it")]
    pub(super) fn begin(&mut self) {
        self.waited = self.waited();
        self.since = Some((Instant::now(), self.waited));
    }

    /// How long the thread took so far.
    pub(super) fn took(&mut self) -> Duration {
        let Some((since, before)) = self.since else { return Duration::ZERO };
        self.waited = self.waited.max(self.waited());
        since.elapsed().saturating_sub(self.waited.saturating_sub(before))
    }

    /// How long it waited for its turn since it began.
    fn waited(&self) -> Duration {
        let shown = fs::read_to_string(&self.shown).unwrap_or_default();
        let nanoseconds = shown.split_whitespace().nth(1).and_then(|number| number.parse().ok());
        Duration::from_nanos(nanoseconds.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_takes_what_it_sleeps_and_nothing_before() {
        let mut turn = Turn::of_this_thread();
        assert_eq!(turn.took(), Duration::ZERO);
        turn.begin();
        std::thread::sleep(Duration::from_millis(30));
        // What it waited for its turn is left out, and the clocks are not quite the same.
        assert!(turn.took() > Duration::from_millis(20), "{:?}", turn.took());
    }
}
