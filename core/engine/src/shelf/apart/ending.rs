//! How did a worker end that gave no answer?

use std::fmt;
#[cfg(unix)]
use std::io;

/// How a worker ended without an answer, as a fragment that fits after "the analysis failed: ".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It could not be started.
    NotStarted(String),
    /// This system has no workers.
    NoWorkers,
    /// A signal ended it.
    Signal {
        /// Its number.
        number: i32,
        /// What the worker itself said of it last.
        last_words: LastWords,
    },
    /// It left with this status, before it answered.
    Left(i32),
    /// It closed the way on which it answers, and went on.
    Silent,
    /// It had all the time it has.
    OutOfTime {
        /// So many seconds.
        seconds: u64,
    },
    /// It answered with more than there is room for.
    TooMuch {
        /// So many megabytes.
        megabytes: u64,
    },
    /// Its answer is none.
    Nonsense,
    /// It was asked to stop.
    Cancelled,
}

/// What a worker says when its own runtime ends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastWords {
    /// Nothing.
    #[default]
    None,
    /// That its stack overflowed.
    Stack,
    /// That it got no more memory.
    Memory {
        /// It may have so many megabytes.
        megabytes: u64,
    },
}

#[cfg(unix)]
impl Ending {
    pub(super) fn not_started(error: &io::Error) -> Self {
        Self::NotStarted(error.to_string())
    }
}

#[cfg(unix)]
impl LastWords {
    /// What was meant by the last that a worker printed. Nothing of it is shown to anybody: it may
    /// hold what people said.
    pub(super) fn of(printed: &[u8], megabytes: u64) -> Self {
        let printed = String::from_utf8_lossy(printed);
        if printed.contains("has overflowed its stack") {
            Self::Stack
        } else if printed.contains("memory allocation of ") {
            Self::Memory { megabytes }
        } else {
            Self::None
        }
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(why) => write!(f, "the process for it could not be started: {why}"),
            Self::NoWorkers => f.write_str(
                "plugins from outside run in a process of their own, which this program can do on \
                 Linux and macOS only",
            ),
            Self::Signal { last_words: LastWords::Stack, .. } => {
                f.write_str("its stack overflowed, which ended its process")
            }
            Self::Signal { last_words: LastWords::Memory { megabytes }, .. } => {
                write!(f, "it asked for more memory than the {megabytes} MB it may have")
            }
            Self::Signal { number, .. } => {
                write!(f, "{} ended its process (signal {number})", named(*number))
            }
            Self::Left(status) => {
                write!(f, "it ended its process before it answered (exit status {status})")
            }
            Self::Silent => f.write_str("it closed the way on which its process answers"),
            Self::OutOfTime { seconds: 1 } => {
                f.write_str("it was stopped after the second it may take")
            }
            Self::OutOfTime { seconds } => {
                write!(f, "it was stopped after the {seconds} seconds it may take")
            }
            Self::TooMuch { megabytes } => {
                write!(f, "it handed over more than the {megabytes} MB there is room for")
            }
            Self::Nonsense => f.write_str("its process answered with something that is no answer"),
            Self::Cancelled => f.write_str("the analysis was cancelled"),
        }
    }
}

/// What a signal means; the numbers are the same on Linux and macOS unless they are told apart.
fn named(signal: i32) -> &'static str {
    match signal {
        4 => "an illegal instruction",
        6 => "an abort",
        7 if cfg!(target_os = "linux") => "access to memory that is not there",
        10 if cfg!(target_os = "macos") => "access to memory that is not there",
        8 => "a division by zero or another arithmetic fault",
        9 => "somebody (perhaps the system, short of memory)",
        11 => "a segmentation fault",
        13 => "writing to something closed",
        15 => "a request to end",
        24 => "using the processor for too long",
        25 => "writing to a file",
        31 if cfg!(target_os = "linux") => "a forbidden system call",
        _ => "a signal",
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn every_ending_says_what_happened() {
        let signal = |number, printed: &[u8]| Ending::Signal {
            number,
            last_words: LastWords::of(printed, 512),
        };
        let endings = [
            signal(11, b""),
            signal(6, b"memory allocation of 80 bytes failed"),
            signal(6, b"thread main has overflowed its stack"),
            signal(6, b"somebody's words"),
            signal(64, b""),
            Ending::Left(0),
            Ending::Silent,
            Ending::OutOfTime { seconds: 300 },
            Ending::TooMuch { megabytes: 256 },
        ];
        let said: Vec<String> = endings.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(said.join("\n"), @"
        a segmentation fault ended its process (signal 11)
        it asked for more memory than the 512 MB it may have
        its stack overflowed, which ended its process
        an abort ended its process (signal 6)
        a signal ended its process (signal 64)
        it ended its process before it answered (exit status 0)
        it closed the way on which its process answers
        it was stopped after the 300 seconds it may take
        it handed over more than the 256 MB there is room for
        ");
    }
}
