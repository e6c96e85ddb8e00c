//! What may a worker not do, and how does it end?

use std::fs::File;
use std::io;

use crate::shelf::apart::Limits;

/// What the program itself needs of the addresses that are counted: its own code, the stacks of its
/// threads, and what its allocator reserves for each.
#[cfg(unix)]
const OWN: u64 = 1 << 30;

/// The study under the number by which this process was given it.
#[cfg(unix)]
pub(super) fn lent(number: i32) -> io::Result<File> {
    // Opened once more, so that this process has it to read alone.
    File::open(format!("/dev/fd/{number}"))
}

/// Bounds this process and whatever it starts.
///
/// # Errors
/// When the system does not take a bound.
#[cfg(unix)]
pub(super) fn set(limits: Limits, study: Option<&File>) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let study = study.map(File::metadata).transpose()?.map_or(0, |study| study.len());
    let addresses = limits.megabytes.saturating_mul(1_000_000).saturating_add(study + OWN);
    let bounds = [
        (Resource::As, addresses),
        // What a process leaves when it crashes would hold the study.
        (Resource::Core, 0),
        // An analysis has nothing to write.
        (Resource::Fsize, 0),
    ];
    for (resource, most) in bounds {
        let own = getrlimit(resource).maximum.map_or(most, |own| own.min(most));
        setrlimit(resource, Rlimit { current: Some(own), maximum: Some(own) })?;
    }
    ends_with_who_started_it();
    Ok(())
}

/// The system ends this process with the one that started it, at once.
#[cfg(target_os = "linux")]
fn ends_with_who_started_it() {
    use rustix::process::{Signal, set_parent_process_death_signal};

    // Where it does not, the end of the orders is seen soon after.
    let _seen_anyway = set_parent_process_death_signal(Some(Signal::KILL));
}

#[cfg(all(unix, not(target_os = "linux")))]
fn ends_with_who_started_it() {}

/// Ends this process and every process of its group.
#[cfg(unix)]
pub(super) fn end() {
    use rustix::process::{Signal, kill_current_process_group};

    let _ended = kill_current_process_group(Signal::KILL);
}

#[cfg(not(unix))]
pub(super) fn lent(_: i32) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
pub(super) fn set(_: Limits, _: Option<&File>) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
pub(super) fn end() {}
