//! What can stand behind `parallax withdraw`?

use clap::Args;

/// Who withdrew, and whether that is done or only shown.
#[derive(Args, Debug)]
pub(crate) struct Withdraw {
    /// The participant, as participants.csv names them
    #[arg(value_name = "PARTICIPANT")]
    pub(crate) participant: String,
    /// Show what would go and what that changes; write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
    /// Who does it, for findings/log.csv [default: your name on this computer]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
}
