//! What do the manual pages say? What the help of each command says, as `man` shows it.

use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use parallax_engine::write::whole;
use serde_json::json;

use crate::args::{Arguments, Format, Man};
use crate::{Status, say, terminal};

/// The statuses, which the help of the program has in its own place.
const STATUSES: &str = "Exit status: 0 fine, 1 the study has problems, an analysis failed or \
                        findings differ, 2 wrong command line, 3 could not read or write.";

pub(crate) fn man(arguments: &Arguments, man: &Man) -> Status {
    let pages = match pages() {
        Ok(pages) => pages,
        Err(error) => return say::not_written(Path::new("the manual"), &error),
    };
    let Some(folder) = &man.to else {
        let first = pages.first().map(|(_, page)| page.as_str()).unwrap_or_default();
        return terminal::result(first, Status::Fine);
    };
    let mut written = Vec::new();
    for (name, page) in &pages {
        let path = folder.join(name);
        if let Err(error) = whole(&path, page.as_bytes()) {
            return say::not_written(&path, &error);
        }
        written.push(path.display().to_string());
    }
    match arguments.format {
        Format::Json => {
            terminal::json(&json!({ "version": 1, "written": written }).to_string(), Status::Fine)
        }
        _ => {
            let said = format!("{} in {}\n", say::counted(pages.len(), "page"), folder.display());
            terminal::result(&said, Status::Fine)
        }
    }
}

/// Every page with the name of its file, that of the program first.
fn pages() -> io::Result<Vec<(String, String)>> {
    let mut program = Arguments::command().disable_help_subcommand(true).after_help(STATUSES);
    program.build();
    let mut pages = Vec::new();
    add(&program, &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    let source = concat!("parallax ", env!("CARGO_PKG_VERSION"));
    let page = clap_mangen::Man::new(command.clone()).source(source);
    let mut text = Vec::new();
    page.render(&mut text)?;
    let text = String::from_utf8(text).map_err(io::Error::other)?;
    pages.push((page.get_filename(), text));
    let verbs = command.get_subcommands().filter(|verb| !verb.is_hide_set());
    verbs.into_iter().try_for_each(|verb| add(verb, pages))
}
