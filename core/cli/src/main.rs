//! What does the `parallax` command do? Parse, do, say, and leave with a status.
mod args;
mod commands;
mod complete;
mod progress;
mod say;
mod standard;
mod standing;
mod terminal;
mod user;
mod who;
mod worker;

use std::fmt;
use std::process::ExitCode;

use clap::Parser;
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::{Writer, format};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use args::{Arguments, Verb};

/// How the command ends, from good to bad; the numbers are documented in its help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All is well.
    Fine,
    /// The study has problems, or an analysis failed.
    Problems,
    /// The command line asks for something that there is not.
    Usage,
    /// A file could not be read or written.
    Files,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Fine => 0,
            Status::Problems => 1,
            Status::Usage => 2,
            Status::Files => 3,
        })
    }
}

fn main() -> ExitCode {
    if complete::answered() {
        return Status::Fine.into();
    }
    if worker::is_called() {
        return worker::work();
    }
    let arguments = Arguments::parse();
    log_to_stderr(arguments.verbose);
    // Neither shows or runs anything of a study or a plugin.
    let is_setup = matches!(arguments.verb, Verb::Completions(_) | Verb::Man(_));
    if !is_setup && let Err(status) = user::look() {
        return status.into();
    }
    let status = match &arguments.verb {
        Verb::New(new) => commands::new::new(&arguments, new),
        Verb::Check(check) => commands::check::check(&arguments, check),
        Verb::Run(run) => commands::run::run(&arguments, run),
        Verb::Status(status) => commands::status::status(&arguments, status),
        Verb::Review(review) => commands::review::review(&arguments, review),
        Verb::Verify(verify) => commands::verify::verify(&arguments, verify),
        Verb::Robustness(robustness) => commands::robustness::robustness(&arguments, robustness),
        Verb::Withdraw(withdraw) => commands::withdraw::withdraw(&arguments, withdraw),
        Verb::Watch(watch) => commands::watch::watch(&arguments, watch),
        Verb::Report(report) => commands::report::report(&arguments, report),
        Verb::Export { what } => commands::export::export(&arguments, what),
        Verb::Script { what } => commands::script::script(&arguments, what),
        Verb::Plugin { what } => commands::plugin::plugin(&arguments, what),
        Verb::Trace(trace) => commands::trace::trace(&arguments, trace),
        Verb::Explain(explain) => commands::explain::explain(&arguments, explain),
        Verb::Completions(completions) => commands::completions::completions(completions),
        Verb::Man(man) => commands::man::man(&arguments, man),
    };
    status.into()
}

/// What a script prints stands alone on its line; the rest is as the log has it.
struct Lines;

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'l> LookupSpan<'l>,
    N: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut line: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        if event.metadata().target() != "script" {
            return format().without_time().format_event(context, line, event);
        }
        context.field_format().format_fields(line.by_ref(), event)?;
        writeln!(line)
    }
}

/// What the program does, for those who ask: ids and counts, never participants' words.
fn log_to_stderr(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => tracing_subscriber::filter::LevelFilter::INFO,
        2 => tracing_subscriber::filter::LevelFilter::DEBUG,
        _ => tracing_subscriber::filter::LevelFilter::TRACE,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .log_internal_errors(false)
        .with_ansi(false)
        .event_format(Lines)
        .init();
}
