//! What does a word of scripts do?

use parallax_engine::shelf::reference;
use serde_json::json;

use crate::args::{Arguments, Docs, Format};
use crate::{Status, terminal};

pub(crate) fn docs(arguments: &Arguments, docs: &Docs) -> Status {
    let text = match &docs.word {
        None => reference::page(),
        Some(word) => match reference::word(word) {
            Ok(text) => text,
            Err(help) => {
                terminal::aside(&format!("error: scripts have no word `{word}`\nhelp: {help}"));
                return Status::Usage;
            }
        },
    };
    match arguments.format {
        Format::Json => {
            let json = json!({ "version": 1, "markdown": text });
            terminal::json(&json.to_string(), Status::Fine)
        }
        _ => terminal::result(&text, Status::Fine),
    }
}
