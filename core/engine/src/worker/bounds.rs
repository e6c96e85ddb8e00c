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
        // What a process leaves when it crashes would hold the study. Linux hands it to a program of
        // the system even where there is room for nothing, but not where there is room for one byte.
        (Resource::Core, 1),
        // An analysis has nothing to write.
        (Resource::Fsize, 0),
    ];
    for (resource, most) in bounds {
        let own = getrlimit(resource).maximum.map_or(most, |own| own.min(most));
        setrlimit(resource, Rlimit { current: Some(own), maximum: Some(own) })?;
    }
    goes_on_without_who_started_it();
    reads_and_no_more();
    Ok(())
}

/// A process that was stopped goes on when the one that started it is gone, sees that nobody waits for
/// it any more, and ends itself with all that it started. To be ended at once would leave those behind.
#[cfg(target_os = "linux")]
fn goes_on_without_who_started_it() {
    use rustix::process::{Signal, set_parent_process_death_signal};

    // Where the system does not do so, only a process that stopped itself is left.
    let _or_not = set_parent_process_death_signal(Some(Signal::CONT));
}

#[cfg(all(unix, not(target_os = "linux")))]
fn goes_on_without_who_started_it() {}

/// Takes from this process, and from whatever it starts, every right to change a file or to connect to
/// something, as far as the system can (Landlock, Linux 5.13 and later).
#[cfg(target_os = "linux")]
fn reads_and_no_more() {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, Scope,
    };

    // A right that is looked after and never given is taken.
    let taken = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_write(ABI::V5))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V5)))
        .and_then(|rules| rules.scope(Scope::from_all(ABI::V6)))
        .and_then(|rules| rules.create()?.restrict_self());
    // An older system has other protections, and no other program would be safer.
    let _as_far_as_it_goes = taken;
}

#[cfg(all(unix, not(target_os = "linux")))]
fn reads_and_no_more() {}

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
