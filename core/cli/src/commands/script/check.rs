//! What is wrong with the scripts of a study, as far as that can be seen without running them?

use std::collections::BTreeSet;

use parallax_engine::check::{Checked, suggestion};
use parallax_engine::open::scripts_alone;

use crate::args::{Arguments, CheckScripts};
use crate::{Status, say, standard, terminal};

pub(crate) fn check(arguments: &Arguments, check: &CheckScripts) -> Status {
    let folder = match standard::scripts_folder(arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    let is_study = folder.join("study.yaml").exists();
    let mut checked = match is_study {
        true => standard::open_study(&folder).checked,
        false => scripts_alone(&folder),
    };
    let wanted = match wanted(&own(&checked), &check.ids) {
        Ok(wanted) => wanted,
        Err(status) => return status,
    };
    // A shared file belongs to no script alone.
    let is_shared = |id: &str| id.contains('/') && check.ids.is_empty();
    let is_wanted = |file: &str| stem(file).is_some_and(|id| wanted.contains(id) || is_shared(id));
    checked.problems.retain(|problem| problem.places.iter().any(|p| is_wanted(&p.file)));
    let counts = checked.counts();
    let status = match counts {
        (0, 0) => Status::Fine,
        (0, _) if !check.strict => Status::Fine,
        _ => Status::Problems,
    };
    let status = say::problems(&checked, arguments, status);
    if !arguments.speaks_to_people() {
        return status;
    }
    if is_study && checked.study.is_none() {
        terminal::aside(
            "the study has errors, so codes, roles and cases that a script names were not looked \
             up; `parallax check` shows the errors",
        );
    }
    let verdict = match wanted.is_empty() {
        true => "`parallax script new` begins one, as in `parallax script new who-decides`".into(),
        false => say::verdict(counts),
    };
    let scripts = say::counted(wanted.len(), "script");
    terminal::result(&format!("checked {}: {scripts}\n{verdict}", folder.display()), status)
}

/// The ids of the study's own scripts, also of those that cannot be read.
fn own(checked: &Checked) -> BTreeSet<String> {
    let read = checked.sources.iter().map(|source| source.name.as_str());
    let places = checked.problems.iter().flat_map(|problem| &problem.places);
    read.chain(places.map(|place| place.file.as_str()))
        .filter_map(stem)
        .filter(|id| !id.contains('/'))
        .map(str::to_owned)
        .collect()
}

/// The id of a script by its file; `shared/…` for a shared file.
fn stem(file: &str) -> Option<&str> {
    file.strip_prefix("scripts/")?.strip_suffix(".rhai")
}

/// The scripts that were named, by id or by file; all of them when none was.
fn wanted(own: &BTreeSet<String>, named: &[String]) -> Result<BTreeSet<String>, Status> {
    if named.is_empty() {
        return Ok(own.clone());
    }
    let mut wanted = BTreeSet::new();
    for name in named {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let id = file.strip_suffix(".rhai").unwrap_or(file);
        if !own.contains(id) {
            return Err(unknown(own, id));
        }
        wanted.insert(id.to_owned());
    }
    Ok(wanted)
}

fn unknown(own: &BTreeSet<String>, id: &str) -> Status {
    let near = suggestion(id, own.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if own.is_empty() => format!("`parallax script new {id}` begins it"),
        None => {
            let all: Vec<&str> = own.iter().map(String::as_str).collect();
            format!("there are {}", all.join(", "))
        }
    };
    terminal::aside(&format!("error: there is no script `{id}`\nhelp: {help}"));
    Status::Usage
}
