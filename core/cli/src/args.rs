//! What can stand on the command line?

mod export;
mod new;
mod plugin;
mod report;
mod shell;
mod standing;
mod withdraw;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(crate) use export::{ExportVerb, RoCrate};
pub(crate) use new::New;
pub(crate) use plugin::{
    PluginCheck, PluginDescribe, PluginForget, PluginLanguage, PluginNew, PluginTrust, PluginVerb,
};
pub(crate) use report::{Report, Share};
pub(crate) use shell::{Completions, Man};
pub(crate) use standing::{Review, StatusArgs, Verify};
pub(crate) use withdraw::Withdraw;

use crate::complete;

/// Verbs by how often they are needed; a test holds this list to the verbs there are.
const HELP: &str = "\
{about}

{usage-heading} {usage}

Every day:
  new      Start a study folder from a template
  check    Look for mistakes in the study, without running anything
  run      Run the analyses and write findings and the report
  watch    Check and run again whenever a file is saved

Keep results trustworthy:
  status   Show what changed since the findings were accepted, and because of what
  review   Go through changed findings one by one and accept or reject them
  verify   Run everything again from scratch and compare with the accepted findings
  robustness  Show what changes when choices are made in another way

Take care of people, and share:
  withdraw  Remove a participant who withdrew, and show what that changes
  report   Write the report again, or a copy to share
  export   Make an archive to deposit

Write an analysis:
  script   Begin a script, check it, test it, or look up a word
  plugin   Begin a plugin, check it, trust it, or see which there are

Look closer:
  trace    Show the evidence behind one finding or claim
  explain  Explain a message such as R201, an analysis or a verdict

Set up:
  completions  Let your shell complete commands, analyses and findings
  man      Write the manual pages

Options:
{options}

Exit status: 0 fine · 1 the study has problems, an analysis failed or findings differ ·
             2 wrong command line · 3 could not read or write
Guide: parallax explain start";

/// Positioning analysis for interview studies with several stakeholder groups
#[derive(Debug, Parser)]
#[command(name = "parallax", version, help_template = HELP, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Study folder [default: the nearest folder upward that has study.yaml]
    #[arg(short = 'C', long = "study", value_name = "DIR", global = true)]
    pub(crate) study: Option<PathBuf>,
    /// How to print messages
    #[arg(long, value_enum, default_value_t = Format::Full, global = true)]
    pub(crate) format: Format,
    /// Use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, global = true)]
    pub(crate) color: Colour,
    /// Take this day for today, as YYYY-MM-DD [default: the day it is]
    #[arg(long, value_name = "DATE", global = true, value_parser = a_day)]
    pub(crate) today: Option<Date>,
    /// Say more: -v what runs, -vv and -vvv more still
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

impl Arguments {
    /// Whether what is printed is for people rather than for programs.
    pub(crate) fn speaks_to_people(&self) -> bool {
        matches!(self.format, Format::Full | Format::Short)
    }

    /// The day that is taken for today: the one of the command line, or the one it is here. It decides
    /// whether consent has run out and what a log entry is dated; no finding depends on it.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
    }

    /// Where plugins run that do not come with the program.
    pub(crate) fn isolation(&self) -> Isolation {
        match &self.verb {
            Verb::Run(run) if run.in_process => Isolation::None,
            _ => Isolation::Process,
        }
    }

    /// Whether problems are the result that was asked for.
    pub(crate) fn is_check(&self) -> bool {
        matches!(self.verb, Verb::Check(_) | Verb::Script { what: ScriptVerb::Check(_) })
    }
}

/// How messages are printed. The values have plain comments: documented ones fill the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    // With the lines they are about
    Full,
    // One line each
    Short,
    // For programs
    Json,
    // For GitHub Actions
    Github,
}

/// Where plugins run that do not come with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Isolation {
    /// Each in a process of its own.
    Process,
    /// In this process.
    None,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    // On a terminal, unless `NO_COLOR` is set
    Auto,
    // Always
    Always,
    // Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Start a study folder from a template
    New(New),
    /// Look for mistakes in the study, without running anything
    Check(Check),
    /// Run the analyses and write findings and the report
    Run(Run),
    /// Check and run again whenever a file is saved
    Watch(Watch),
    /// Show what changed since the findings were accepted, and because of what
    Status(StatusArgs),
    /// Go through changed findings one by one and accept or reject them
    Review(Review),
    /// Run everything again from scratch and compare with the accepted findings
    Verify(Verify),
    /// Show what changes when choices are made in another way
    Robustness(Robustness),
    /// Remove a participant who withdrew, and show what that changes
    Withdraw(Withdraw),
    /// Write the report again, or a copy to share
    Report(Report),
    /// Make an archive to deposit
    Export {
        /// What to make
        #[command(subcommand)]
        what: ExportVerb,
    },
    /// Begin a script, check it, test it, or look up a word
    Script {
        /// What to do
        #[command(subcommand)]
        what: ScriptVerb,
    },
    /// Begin a plugin, check it, trust it, or see which there are
    Plugin {
        /// What to do
        #[command(subcommand)]
        what: PluginVerb,
    },
    /// Show the evidence behind one finding or claim
    Trace(Trace),
    /// Explain a message such as R201, an analysis or a verdict
    Explain(Explain),
    /// Let your shell complete commands, analyses and findings
    Completions(Completions),
    /// Write the manual pages
    Man(Man),
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Correct what can be corrected safely; shows each change
    #[arg(long)]
    pub(crate) fix: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Run {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Run only this analysis; can be repeated
    #[arg(long, value_name = "ANALYSIS", add = complete::analyses())]
    pub(crate) only: Vec<String>,
    /// Read the study under this mapping; results go to `out/mappings/<mapping>/`
    #[arg(long, value_name = "MAPPING", add = complete::mappings())]
    pub(crate) mapping: Option<String>,
    /// Leave out how far findings depend on choices
    #[arg(long)]
    pub(crate) one_reading: bool,
    /// Run also what cannot have changed since the last run
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Say why each analysis runs or is skipped; as JSON in place of the findings
    #[arg(long)]
    pub(crate) why: bool,
    /// Use so many threads; the findings are the same with any number
    #[arg(long, value_name = "N", value_parser = whole_number)]
    pub(crate) threads: Option<usize>,
    /// End with status 1 when findings differ from the accepted ones; never ask
    #[arg(long, conflicts_with_all = ["only", "mapping"])]
    pub(crate) locked: bool,
    /// Run trusted plugins inside this program: faster, and one that crashes ends the run
    #[arg(long)]
    pub(crate) in_process: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Robustness {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Look at this analysis only; can be repeated
    #[arg(long, value_name = "ANALYSIS", add = complete::analyses())]
    pub(crate) only: Vec<String>,
    /// Use so many threads; the table is the same with any number
    #[arg(long, value_name = "N", value_parser = whole_number)]
    pub(crate) threads: Option<usize>,
}

#[derive(Args, Debug)]
pub(crate) struct Watch {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Run only this analysis; can be repeated
    #[arg(long, value_name = "ANALYSIS", add = complete::analyses())]
    pub(crate) only: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScriptVerb {
    /// Begin a script: a small analysis that runs at once, to make your own
    New(NewScript),
    /// Look for mistakes in scripts, without running them
    Check(CheckScripts),
    /// Compare what scripts find in their small studies with what was accepted
    Test(Test),
    /// Show what a word does, or the whole reference as Markdown
    Docs(Docs),
}

#[derive(Args, Debug)]
pub(crate) struct NewScript {
    /// What to call the analysis: small letters, digits and hyphens, such as `who-decides`
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Args, Debug)]
pub(crate) struct CheckScripts {
    /// The scripts to check; all of them when none is named
    #[arg(value_name = "ID", add = complete::scripts())]
    pub(crate) ids: Vec<String>,
    /// Treat warnings as errors
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Test {
    /// The scripts to test; all of them when none is named
    #[arg(value_name = "ID", add = complete::scripts())]
    pub(crate) ids: Vec<String>,
    /// Accept what they find now; says what changed
    #[arg(long)]
    pub(crate) accept: bool,
    /// Show the lines of the accepted files that differ, too
    #[arg(long)]
    pub(crate) diff: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Docs {
    /// A word of the language, such as `filter`
    #[arg(value_name = "WORD")]
    pub(crate) word: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Trace {
    /// The finding's id, as the report shows it; the beginning is enough where it is the only one.
    /// `claims/K24` is the claim K24 of the report
    #[arg(value_name = "FINDING", add = complete::findings())]
    pub(crate) finding: String,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// A code such as R201, an analysis, a verdict such as `contradicted`, or `start`, the guide;
    /// without it, a list
    #[arg(value_name = "CODE|ANALYSIS|VERDICT", add = complete::subjects())]
    pub(crate) subject: Option<String>,
    /// Every analysis in full, as one page of Markdown
    #[arg(long, conflicts_with = "subject")]
    pub(crate) all: bool,
}

/// More than this many are no help on any machine, and starting them takes long.
const MOST_THREADS: usize = 256;

fn a_day(text: &str) -> Result<Date, String> {
    let day: Option<Date> = text.parse().ok();
    let as_written = |day: &Date| day.to_string() == text;
    day.filter(as_written).ok_or_else(|| "a day such as 2027-01-31".to_owned())
}

fn whole_number(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=MOST_THREADS) => Ok(number),
        _ => Err(format!("a whole number from 1 to {MOST_THREADS}, such as 4")),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_verb_that_the_help_names_is_there() {
        let command = Arguments::command();
        let verbs = HELP.split("Options:").next().unwrap_or_default().lines().filter_map(|line| {
            let (name, _) = line.strip_prefix("  ")?.split_once("  ")?;
            Some(name)
        });
        let verbs: Vec<&str> = verbs.collect();
        assert!(verbs.contains(&"new") && verbs.contains(&"man"), "{verbs:?}");
        for verb in verbs {
            assert!(command.find_subcommand(verb).is_some(), "{verb} is not there");
        }
    }

    #[test]
    fn the_help_names_every_verb_in_the_words_of_the_verb() {
        let command = Arguments::command();
        command.clone().debug_assert();
        for verb in command.get_subcommands() {
            let about = verb.get_about().expect("a verb says what it does").to_string();
            let line = HELP.lines().find(|line| line.trim_start().starts_with(verb.get_name()));
            assert!(line.is_some_and(|line| line.ends_with(&about)), "{}", verb.get_name());
        }
    }
}
