//! What can stand behind `parallax completions` and `parallax man`?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
#[command(after_help = "\
Put this where your shell reads it when it starts:
  bash        source <(parallax completions bash)              ~/.bashrc
  zsh         source <(parallax completions zsh)               ~/.zshrc
  fish        parallax completions fish | source               ~/.config/fish/config.fish
  elvish      eval (parallax completions elvish | slurp)       ~/.config/elvish/rc.elv
  powershell  parallax completions powershell | Out-String | Invoke-Expression    $PROFILE")]
pub(crate) struct Completions {
    /// Your shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// The shells that can complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Shell {
    /// What the shell is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Man {
    /// Write the page of the program and one page for each command into this folder [default: print
    /// the page of the program]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) to: Option<PathBuf>,
}
