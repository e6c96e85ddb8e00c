//! How is the report written again, or a copy of it that can be passed on?

use std::fs;
use std::path::{Path, PathBuf};

use parallax_engine::cache::Cache;
use parallax_engine::model::Choices;
use parallax_engine::open::Answered;
use parallax_engine::report::{Edition, Report as Page};
use parallax_engine::share::Words;
use serde_json::json;

use crate::args::{Arguments, Format, Report, Share};
use crate::commands::copy::{Copied, copied, left_out, left_out_json};
use crate::commands::run::{Begun, Surveyed, answer, begin, status_of, write};
use crate::standing::Beside;
use crate::{Status, say, standard, terminal};

pub(crate) fn report(arguments: &Arguments, report: &Report) -> Status {
    let (begun, _turn) = match begin(arguments, (report.folder.as_deref(), None, &[])) {
        Ok(begun) => begun,
        Err(status) => return status,
    };
    match report.share {
        None => again(arguments, &begun, report.to.as_deref()),
        Some(share) => to_share(arguments, &begun, share, report.to.as_deref()),
    }
}

/// The report of the study as it is now.
fn again(arguments: &Arguments, begun: &Begun, to: Option<&Path>) -> Status {
    let Begun { folder, opened, study } = begun;
    let cache = standard::cache(folder);
    let quick = Surveyed::WhereQuick;
    let answered = match answer((opened, study), &Choices::default(), quick, &cache) {
        Ok((answered, _)) => answered,
        Err(undone) => return undone.said(),
    };
    let mut page = opened.report(&answered);
    page.trust = Beside::of(folder, &answered.document).trust(folder, opened);
    let place = match written((folder, "out"), to, &answered, &page) {
        Ok(place) => place,
        Err(status) => return status,
    };
    let status = status_of(&answered, opened);
    match arguments.format {
        Format::Json => terminal::json(&json!({ "folder": place }).to_string(), status),
        _ => terminal::result(&places(&place), status),
    }
}

/// The report of a copy to share.
fn to_share(arguments: &Arguments, begun: &Begun, share: Share, to: Option<&Path>) -> Status {
    let words = match share {
        Share::Quotes => Words::ToQuote,
        Share::Numbers => Words::None,
    };
    let copied = match copied(&begun.opened, arguments, (words, None)) {
        Ok(copied) => copied,
        Err(status) => return status,
    };
    let Copied { opened, study, .. } = &copied;
    // Of a copy that stands in no folder nothing is kept.
    let (none, quick) = (Cache::none(), Surveyed::WhereQuick);
    let answered = match answer((opened, study), &Choices::default(), quick, &none) {
        Ok((answered, _)) => answered,
        Err(undone) => return undone.said(),
    };
    let mut page = opened.report(&answered);
    page.edition = Edition::ToShare;
    let place = match written((&begun.folder, "out/share"), to, &answered, &page) {
        Ok(place) => place,
        Err(status) => return status,
    };
    let status = status_of(&answered, opened);
    if arguments.format == Format::Json {
        let said = json!({ "folder": place, "left_out": left_out_json(&copied.left_out) });
        return terminal::json(&said.to_string(), status);
    }
    terminal::result(&format!("{}{}", places(&place), left_out(&copied.left_out)), status)
}

/// Writes the findings and the report, into the folder that was asked for or else into that of the
/// study; gives the folder.
///
/// # Errors
/// When they cannot be written; it is said then.
fn written(
    own: (&Path, &str),
    to: Option<&Path>,
    answered: &Answered<'_>,
    page: &Page<'_>,
) -> Result<PathBuf, Status> {
    let (folder, place) = to.map_or(own, |to| (to, ""));
    fs::create_dir_all(folder).map_err(|error| say::not_written(folder, &error))?;
    write((folder, place), &answered.document.to_json(), page)
        .map_err(|(path, error)| say::not_written(&path, &error))?;
    Ok(folder.join(place))
}

/// Where the files are, in two lines.
fn places(place: &Path) -> String {
    format!(
        "report     {}\nfindings   {}\n",
        place.join("report.html").display(),
        place.join("findings.json").display()
    )
}
