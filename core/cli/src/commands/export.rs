//! How does a study become an archive to deposit?

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use parallax_engine::cache::Cache;
use parallax_engine::export::{self, Contents, File, Missing, NotWritten};
use parallax_engine::folder;
use parallax_engine::model::{Choices, Study};
use parallax_engine::open::{Answered, Opened, open_files};
use parallax_engine::report::{Edition, html, markdown};
use parallax_engine::share::{LeftOut, Words};
use serde_json::json;

use crate::args::{Arguments, ExportVerb, Format, RoCrate};
use crate::commands::copy::{copied, left_out, left_out_json};
use crate::commands::run::{Begun, Surveyed, answer, begin, status_of};
use crate::standing::Beside;
use crate::{Status, say, standard, terminal};

pub(crate) fn export(arguments: &Arguments, what: &ExportVerb) -> Status {
    match what {
        ExportVerb::RoCrate(crate_) => ro_crate(arguments, crate_).unwrap_or_else(|status| status),
    }
}

/// What goes into the archive: a study, opened, and its files.
struct Deposit {
    opened: Opened,
    study: Study,
    files: Vec<File>,
    /// What a copy to share does not hold; `None` for the study as it is.
    left_out: Option<LeftOut>,
}

fn ro_crate(arguments: &Arguments, asked: &RoCrate) -> Result<Status, Status> {
    let (begun, _turn) = begin(arguments, (asked.folder.as_deref(), None, &[]))?;
    let deposit = match asked.with_data {
        true => as_it_is(&begun, asked)?,
        false => to_share(&begun, arguments, asked.license.as_deref())?,
    };
    let Deposit { opened, study, files, left_out } = &deposit;
    let (none, quick) = (Cache::none(), Surveyed::WhereQuick);
    let answered = answer((opened, study), &Choices::default(), quick, &none);
    let (answered, _) = answered.map_err(|undone| undone.said())?;
    let results = results(&deposit, &answered, &begun.folder);
    let files = export::ro_crate(&Contents {
        settings: study.settings(),
        license: asked.license.as_deref(),
        day: arguments.today(),
        study: files,
        plugins: &deposit.opened.plugins(),
        document: &answered.document,
        results: &results,
        is_copy: left_out.is_some(),
    });
    let files = files.map_err(|missing| said(&missing))?;
    let place = asked.to.clone().unwrap_or_else(|| begun.folder.join("out/ro-crate"));
    write(&place, &files)?;
    let status = status_of(&answered, opened);
    Ok(tell(arguments, &place, &files, left_out.as_ref(), status))
}

/// A copy of the study to share.
fn to_share(
    begun: &Begun,
    arguments: &Arguments,
    license: Option<&str>,
) -> Result<Deposit, Status> {
    let copied = copied(&begun.opened, arguments, (Words::ToPassOn, license))?;
    let files = copied.files.into_iter().map(|(name, bytes)| File { name, bytes });
    Ok(Deposit {
        opened: copied.opened,
        study: copied.study,
        files: files.collect(),
        left_out: Some(copied.left_out),
    })
}

/// The study as it is, once whoever asks for it knows what that means.
fn as_it_is(begun: &Begun, asked: &RoCrate) -> Result<Deposit, Status> {
    if !asked.yes && !agreed() {
        return Err(Status::Usage);
    }
    // What is packed is what is opened, whatever happens to the folder meanwhile.
    let read = folder::read(&begun.folder);
    let files = read.files.iter().chain(&read.scripts);
    let mut files: Vec<File> =
        files.map(|found| File { name: found.name.clone(), bytes: found.bytes.clone() }).collect();
    let opened = open_files(read, standard::shelf());
    let Some(study) = opened.checked.study.clone() else {
        terminal::aside(
            "error: the study changed while it was read, and has errors now; nothing was written\n\
             help: mend the errors first (`parallax check` shows them)",
        );
        return Err(Status::Problems);
    };
    let accepted = export::accepted(&begun.folder);
    files.extend(accepted.map_err(|error| {
        terminal::aside(&format!(
            "error: the accepted findings could not be read: {error}; nothing was written\n\
             help: look at study.lock and the folder findings"
        ));
        Status::Files
    })?);
    Ok(Deposit { opened, study, files, left_out: None })
}

/// Whether whoever sits at the terminal agrees that names and words go into the archive.
fn agreed() -> bool {
    let warning =
        "the archive will hold the names and words of participants as they are in the study";
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        terminal::aside(&format!(
            "error: {warning}; nothing was written\n\
             help: add --yes when everybody consented to that, or leave --with-data out"
        ));
        return false;
    }
    terminal::aside(&format!("{warning}. Write `yes` when everybody consented to that:"));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer).is_ok();
    let agrees = read && answer.trim() == "yes";
    if !agrees {
        terminal::aside("nothing was written");
    }
    agrees
}

/// The findings and the reports. Who accepted them is said where the log of it goes along.
fn results(deposit: &Deposit, answered: &Answered<'_>, folder: &Path) -> Vec<File> {
    let Deposit { opened, left_out, .. } = deposit;
    let mut report = opened.report(answered);
    match left_out {
        Some(_) => report.edition = Edition::ToShare,
        None => report.trust = Beside::of(folder, &answered.document).trust(folder, opened),
    }
    let files = [
        ("findings.json", answered.document.to_json()),
        ("report.html", html(&report)),
        ("report.md", markdown(&report)),
    ];
    let files = files.into_iter();
    files.map(|(name, text)| File { name: name.to_owned(), bytes: text.into_bytes() }).collect()
}

/// Says what study.yaml lacks.
fn said(missing: &[Missing]) -> Status {
    for one in missing {
        terminal::aside(&format!("error: {one}\nhelp: {}", one.help()));
    }
    terminal::aside("nothing was written");
    Status::Problems
}

fn write(place: &Path, files: &[File]) -> Result<(), Status> {
    let is_zip = place.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let written = match is_zip {
        true => export::write_zip(place, files),
        false => export::write_folder(place, files),
    };
    written.map_err(|error| match error {
        NotWritten::Failed(error) => say::not_written(place, &error),
        NotWritten::InTheWay(_) => {
            terminal::aside(&format!(
                "error: {error}; nothing was written\n\
                 help: move it, or name another place with --to"
            ));
            Status::Files
        }
    })
}

/// Says what was written, and what was left out of it.
fn tell(
    arguments: &Arguments,
    place: &Path,
    files: &[File],
    without: Option<&LeftOut>,
    status: Status,
) -> Status {
    if arguments.format == Format::Json {
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let path: PathBuf = place.to_owned();
        let said = json!({ "path": path, "files": names, "left_out": without.map(left_out_json) });
        return terminal::json(&said.to_string(), status);
    }
    let what = match without {
        Some(_) => "a copy to share, its findings and how to cite it",
        None => "the study as it is, with names and words, its findings and how to cite it",
    };
    let without = without.map(left_out).unwrap_or_default();
    let said = format!("crate      {}\nholds      {what}\n{without}", place.display());
    terminal::result(&said, status)
}
