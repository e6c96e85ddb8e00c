//! When is this program a worker of itself, and how does it answer?

use std::process::ExitCode;

use parallax_engine::shelf::apart::message::{UNHEARD, WORKER};

/// Whether the program was started as a worker, which nobody types.
pub(crate) fn is_called() -> bool {
    std::env::args_os().nth(1).is_some_and(|first| first == WORKER)
}

/// Does one order and leaves.
#[cfg(unix)]
pub(crate) fn work() -> ExitCode {
    use std::fs::File;

    use parallax_engine::worker::serve;

    // Whatever a library prints goes where errors go, which nobody reads; the way on which a worker
    // answers is its own, under a number that no library expects.
    let ways = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 100).and_then(|answers| {
        rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
        Ok(File::from(answers))
    });
    match ways.map_err(Into::into).and_then(|answers| serve(std::io::stdin(), answers)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(UNHEARD),
    }
}

/// Workers need what this system does not offer yet.
#[cfg(not(unix))]
pub(crate) fn work() -> ExitCode {
    ExitCode::from(UNHEARD)
}
