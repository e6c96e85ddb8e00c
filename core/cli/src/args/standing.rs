//! What can be asked of a study beside what was accepted of it?

use std::path::PathBuf;

use clap::Args;

use crate::complete;

#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Review {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Accept every change without asking; give the reason in --because
    #[arg(long, requires = "because")]
    pub(crate) accept: bool,
    /// Accept or look at this finding or analysis only; can be repeated
    #[arg(long, value_name = "FINDING", add = complete::findings())]
    pub(crate) only: Vec<String>,
    /// Why the findings changed; kept in findings/log.csv
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    pub(crate) because: Option<String>,
    /// Who accepts [default: the name you are logged in with]
    #[arg(long, value_name = "NAME", value_parser = some_text)]
    pub(crate) by: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Also require the same version of the program and of its analyses
    #[arg(long)]
    pub(crate) exact: bool,
    /// Where to write the comparison [default: out/verify.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

fn some_text(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("a few words".to_owned()),
        text => Ok(text.to_owned()),
    }
}
