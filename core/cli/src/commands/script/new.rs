//! How does a script begin? As a small analysis that runs at once, with a small study to try it on.

use std::fs;
use std::path::{Path, PathBuf};

use parallax_engine::model::settings::Language;
use parallax_engine::open::Opened;
use parallax_engine::shelf::answer::is_id;
use parallax_engine::write::whole;
use serde_json::json;

use crate::args::{Arguments, Format, NewScript};
use crate::{Status, say, standard, terminal};

/// The script, for a study in English and for one in Dutch.
const ENGLISH: &str = include_str!("new/english.rhai");
const DUTCH: &str = include_str!("new/dutch.rhai");

/// The tables of the small study: a code that several speak of, one that is denied as well, and one
/// that nobody speaks of.
const TABLES: [(&str, &str); 3] = [
    ("participants.csv", "id,case,title\nC1,north,coach\nT1,north,teacher\nT2,south,teacher\n"),
    (
        "codes.csv",
        "id,label\nlogbook,watch the logbook\ncontact,keep in touch with the workplace\n\
         visits,visit the workplace\n",
    ),
    (
        "statements.csv",
        "id,speaker,code,modality,bearer,stance\ns1,C1,logbook,duty,teacher,\n\
         s2,T1,logbook,duty,self,\ns3,T1,contact,duty,self,\ns4,T2,contact,duty,self,deny\n",
    ),
];

pub(crate) fn new(arguments: &Arguments, new: &NewScript) -> Status {
    let folder = match standard::study_folder(None, arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    let id = new.id.as_str();
    if let Err(refused) = may_be_called(&folder, id) {
        terminal::aside(&refused);
        return Status::Usage;
    }
    let opened = standard::open_study(&folder);
    let mut written = Vec::new();
    for (path, text) in files(id, language(&opened)) {
        let path = folder.join(path);
        if let Err(error) = whole(&path, text.as_bytes()) {
            return say::not_written(&path, &error);
        }
        written.push(path);
    }
    match arguments.format {
        Format::Json => {
            let paths: Vec<String> =
                written.iter().map(|path| path.display().to_string()).collect();
            let json = json!({ "version": 1, "written": paths });
            terminal::json(&json.to_string(), Status::Fine)
        }
        _ => terminal::result(&said(arguments, &folder, id, &opened), Status::Fine),
    }
}

/// Whether a script can be called so in this study; else why not, and what to do.
fn may_be_called(folder: &Path, id: &str) -> Result<(), String> {
    if !is_id(id) {
        return Err(format!(
            "error: a script cannot be called `{id}`\nhelp: use small letters, digits and hyphens \
             after a letter, such as `{}`",
            tidied(id)
        ));
    }
    if standard::shelf().get(id).is_some() {
        return Err(format!(
            "error: `{id}` is an analysis that comes with the program\n\
             help: choose another name, such as `my-{id}`; `parallax explain {id}` says what it does"
        ));
    }
    let script = folder.join("scripts").join(format!("{id}.rhai"));
    let small = folder.join("scripts").join(id);
    // A link that leads nowhere is in the way too.
    let taken = [script, small].into_iter().find(|path| fs::symlink_metadata(path).is_ok());
    match taken {
        Some(path) => Err(format!(
            "error: {} is there already, and nothing was written\n\
             help: choose another name, or move it away first",
            path.display()
        )),
        None => Ok(()),
    }
}

/// An id that is near a name which cannot be one.
fn tidied(name: &str) -> String {
    let stem = name.trim().trim_end_matches(".rhai").to_lowercase();
    let plain = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' };
    let hyphened: String = stem.chars().map(plain).collect();
    let parts: Vec<&str> = hyphened.split('-').filter(|part| !part.is_empty()).collect();
    let tidied = parts.join("-");
    if is_id(&tidied) { tidied } else { "who-decides".to_owned() }
}

fn language(opened: &Opened) -> Language {
    opened.checked.study.as_ref().map(|study| study.settings().language).unwrap_or_default()
}

/// Every file with its path in the study, the script itself last.
fn files(id: &str, language: Language) -> Vec<(PathBuf, String)> {
    let small = Path::new("scripts").join(id);
    let (script, spoken) = match language {
        Language::En => (ENGLISH, ""),
        Language::Nl => (DUTCH, "language: nl\n"),
    };
    let settings = format!(
        "# A small study to try scripts/{id}.rhai on: few enough statements to count by hand.\n\
         title: Who watches the logbook?\n{spoken}roles:\n  - {{ id: coach, label: coach }}\n  \
         - {{ id: teacher, label: teacher }}\n"
    );
    let tables = TABLES.map(|(name, text)| (small.join(name), text.to_owned()));
    let mut files = vec![(small.join("study.yaml"), settings)];
    files.extend(tables);
    files.push((Path::new("scripts").join(format!("{id}.rhai")), script.to_owned()));
    files
}

/// Where everything is, and how to go on.
fn said(arguments: &Arguments, folder: &Path, id: &str, opened: &Opened) -> String {
    let again = say::named_again(arguments.study.as_deref());
    let scripts = folder.join("scripts");
    let analyses =
        opened.checked.study.as_ref().and_then(|study| study.settings().analyses.as_ref());
    let listed = match analyses {
        Some(_) => format!(
            "\nThe study lists its analyses: add `- use: {id}` to `analyses` in study.yaml first.\n"
        ),
        None => String::new(),
    };
    format!(
        "script     {}\nto try on  {}\n{listed}\nNext:\n  parallax {again}script check {id}\n  \
         parallax {again}run --only {id}\n  parallax {again}script test {id}\n",
        scripts.join(format!("{id}.rhai")).display(),
        scripts.join(id).display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_do_the_same() {
        let body = |script: &'static str| script.split_once("\n\n// ").map(|(_, body)| body);
        assert!(body(ENGLISH).is_some());
        assert_eq!(body(ENGLISH), body(DUTCH));
    }

    #[test]
    fn a_name_that_cannot_be_is_made_one_that_can() {
        assert_eq!(tidied("Who Decides?.rhai"), "who-decides");
        assert_eq!(tidied("my_script"), "my-script");
        assert_eq!(tidied("1st"), "who-decides");
    }
}
