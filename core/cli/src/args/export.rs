//! What can be said after `parallax export`?

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum ExportVerb {
    /// Make an RO-Crate of a copy to share, with its findings and how to cite it
    RoCrate(RoCrate),
}

#[derive(Args, Debug)]
pub(crate) struct RoCrate {
    /// Study folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Write to this folder, or to this file when it ends in .zip [default: out/ro-crate in the
    /// study folder]
    #[arg(long, value_name = "PATH")]
    pub(crate) to: Option<PathBuf>,
    /// Take the study as it is, with names and words, instead of a copy to share
    #[arg(long)]
    pub(crate) with_data: bool,
    /// The licence, as an id of the SPDX list such as CC-BY-4.0 [default: `license` in study.yaml]
    #[arg(long, value_name = "SPDX")]
    pub(crate) license: Option<String>,
    /// Do not ask before names and words are put into an archive
    #[arg(long)]
    pub(crate) yes: bool,
}
