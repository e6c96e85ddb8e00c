//! What does a shell need to complete commands, analyses and findings?

use clap_complete::env::Shells;

use crate::args::Completions;
use crate::complete::VARIABLE;
use crate::{Status, terminal};

/// What the command is called.
const NAME: &str = "parallax";

pub(crate) fn completions(completions: &Completions) -> Status {
    let name = completions.shell.name();
    let mut script = Vec::new();
    let written = Shells::builtins()
        .completer(name)
        .map(|shell| shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut script));
    match (written, String::from_utf8(script)) {
        (Some(Ok(())), Ok(script)) => terminal::result(&script, Status::Fine),
        _ => {
            terminal::aside(&format!("error: {name} cannot be taught to complete"));
            Status::Files
        }
    }
}
