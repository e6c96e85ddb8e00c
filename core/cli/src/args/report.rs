//! What can be said after `parallax report`?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
pub(crate) struct Report {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Make a copy to share, with the words of those who agreed to be quoted (`quotes`, when nothing
    /// is said) or with nobody's (`numbers`)
    #[arg(long, value_enum, value_name = "WHAT", num_args = 0..=1, require_equals = true,
          default_missing_value = "quotes")]
    pub(crate) share: Option<Share>,
    /// Write to this folder [default: out in the study folder, or out/share for a copy to share]
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
}

/// Whose words a copy to share holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Share {
    // Of those who agreed
    Quotes,
    // Nobody's
    Numbers,
}
