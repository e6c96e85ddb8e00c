//! How does a study begin? As a complete small one in a folder, to be made one's own row by row.

use std::path::Path;

use parallax_engine::editor;
use parallax_engine::template::{File, Staged, Unwritten, files, taken};
use serde_json::json;

use crate::args::{Arguments, Format, New};
use crate::{Status, standard, terminal};

pub(crate) fn new(arguments: &Arguments, new: &New) -> Status {
    let folder = new.folder.as_path();
    if let Err(refused) = may_begin(arguments, folder) {
        terminal::aside(&refused);
        return Status::Usage;
    }
    let files = files(new.template, new.language);
    let paths = files.iter().map(|file| file.path).chain([editor::PLACE]);
    let there = taken(folder, paths.clone());
    if !there.is_empty() {
        terminal::aside(&refusal(folder, &there));
        return Status::Usage;
    }
    if let Err(stopped) = write(folder, &files) {
        terminal::aside(&unfinished(&stopped));
        return Status::Files;
    }
    match arguments.format {
        Format::Json => {
            let written: Vec<String> =
                paths.map(|path| folder.join(path).display().to_string()).collect();
            terminal::json(&json!({ "version": 1, "written": written }).to_string(), Status::Fine)
        }
        _ => terminal::result(&said(new, &files), Status::Fine),
    }
}

/// Whether a study can begin in this folder; else why not, and what to do.
fn may_begin(arguments: &Arguments, folder: &Path) -> Result<(), String> {
    if arguments.study.is_some() {
        return Err("error: `new` makes a study, and -C names one that is there\n\
                    help: leave -C out, and name the folder: `parallax new my-study`"
            .to_owned());
    }
    if folder.exists() && !folder.is_dir() {
        return Err(format!(
            "error: {} is a file, and nothing was written\nhelp: choose another name for the folder",
            folder.display()
        ));
    }
    Ok(())
}

/// Writes the files, and the schema for editors that fits them.
fn write(folder: &Path, files: &[File]) -> Result<(), Unwritten> {
    let texts = files.iter().map(|file| (file.path.to_owned(), file.text.clone()));
    let mut staged = Staged::beside(folder, texts)?;
    let opened = standard::open_study(&staged.folder());
    if let Some(study) = &opened.checked.study {
        staged.add(editor::PLACE.to_owned(), editor::schema(study, &opened.shelf))?;
    }
    staged.settle()
}

/// That files are in the way, and which.
fn refusal(folder: &Path, there: &[&str]) -> String {
    let list: String = there.iter().map(|path| format!("  {path}\n")).collect();
    format!(
        "error: {} has files that a new study would write, and nothing was written:\n{list}\
         help: choose another folder, or move these away first",
        folder.display()
    )
}

/// That a file could not be written, and what stands there now.
fn unfinished(stopped: &Unwritten) -> String {
    let rest = match stopped.written.as_slice() {
        [] => "nothing was written; check that there is room and that the folder is yours to \
               write in"
            .to_owned(),
        written => format!(
            "written were {}; take them away, see that there is room, and begin again",
            written.join(", ")
        ),
    };
    format!("error: {stopped}\nhelp: {rest}")
}

/// What is in the folder now, and how to go on.
fn said(new: &New, files: &[File]) -> String {
    let name = new.folder.display().to_string();
    let here = matches!(name.as_str(), "." | "./");
    let (hidden, shown): (Vec<&File>, Vec<&File>) =
        files.iter().partition(|file| file.path.starts_with('.'));
    let width = shown.iter().map(|file| file.path.len()).max().unwrap_or_default();
    let shown: String =
        shown.iter().map(|file| format!("  {:<width$}  {}\n", file.path, file.about)).collect();
    let hidden: Vec<&str> = hidden.iter().map(|file| file.path).chain([editor::PLACE]).collect();
    let (made, go) = match here {
        true => ("Created a study in this folder".to_owned(), String::new()),
        false => (format!("Created {}", shut(&name)), format!("  cd {}\n", quoted(&name))),
    };
    format!(
        "{made} from the template {}\n{shown}  {}\n\nNext:\n{go}  parallax run\n",
        new.template.id(),
        hidden.join("  ")
    )
}

/// A folder's name with the stroke that says it is one.
fn shut(name: &str) -> String {
    if name.ends_with(std::path::is_separator) { name.to_owned() } else { format!("{name}/") }
}

/// A name as a shell reads it in one piece.
pub(crate) fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:".contains(c);
    if name.chars().all(plain) { name.to_owned() } else { format!("'{name}'") }
}
