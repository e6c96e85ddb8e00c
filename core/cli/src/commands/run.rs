//! How does a study become findings, a report, and a few lines on the terminal?

mod apart;
mod turn;
mod why;

use std::io;
use std::path::{Path, PathBuf};

use parallax_engine::cache::Cache;
use parallax_engine::consent::judge;
use parallax_engine::editor;
use parallax_engine::model::document::{Came, Depth};
use parallax_engine::model::{Choices, NotOffered, Study};
use parallax_engine::open::{Answered, Opened};
use parallax_engine::report::{Report, first_shown, html, markdown, summary};
use parallax_engine::robustness;
use parallax_engine::write::{Turn, within};

pub(crate) use turn::{saved_meanwhile, taken};

use crate::args::{Arguments, Format, Run};
use crate::commands::status::{after_a_run, stands};
use crate::progress::Progress;
use crate::standing::{Beside, Standing};
use crate::{Status, say, standard, terminal};

pub(crate) fn run(arguments: &Arguments, run: &Run) -> Status {
    let asked = (run.folder.as_deref(), run.threads, &run.only[..]);
    let (begun, turn) = match begin(arguments, asked) {
        Ok(begun) => begun,
        Err(status) => return status,
    };
    let Begun { folder, opened, study } = &begun;
    // It helps while writing and is no result: a folder that cannot be written to is told of below.
    let _as_it_was = editor::renew(folder, study, &opened.shelf);
    let cache = standard::cache(folder);
    let cache = if run.fresh { cache.fresh() } else { cache };
    let choices = Choices { mapping: run.mapping.clone(), ..Choices::default() };
    let surveyed = if run.one_reading { Surveyed::No } else { Surveyed::WhereQuick };
    let done = match carry_out((opened, study), &choices, surveyed, (folder, &cache), turn) {
        Ok(done) => done,
        Err(undone) => return undone.said(),
    };
    if arguments.speaks_to_people() {
        let stopped = done.answered.stopped.values();
        stopped.for_each(|stopped| terminal::aside(&format!("{stopped}\n")));
        let apart = apart::told(&opened.shelf);
        if !apart.is_empty() {
            terminal::aside(&apart);
        }
    }
    let mut status = status_of(&done.answered, opened).max(saved_meanwhile(opened, folder));
    let told = done.answered.kept.told(&done.answered.document);
    let named = run.folder.as_deref().or(arguments.study.as_deref());
    let whole = run.only.is_empty() && run.mapping.is_none();
    let beside = match done.beside_accepted.filter(|_| whole) {
        None => String::new(),
        Some(beside_accepted) => {
            let standing = Standing::beside(folder, opened, done.answered, beside_accepted);
            say::located(&standing.before.problems, arguments);
            if run.locked {
                status = status.max(stands(&standing));
            }
            after_a_run(&standing, run.locked, &say::named_again(named))
        }
    };
    if arguments.format == Format::Json {
        if run.locked {
            terminal::aside(&beside);
        }
        let json = if run.why { why::json(&told) } else { done.json };
        return terminal::json(&json, status);
    }
    let next = done.first.as_deref().map(|first| what_is_next(named, first)).unwrap_or_default();
    let left = done.not_surveyed.map(|readings| not_surveyed(named, readings));
    let why = if run.why { why::each(&told) } else { why::in_brief(&told) };
    let said = match run.locked {
        // For a machine, whose log is read for what differs.
        true => format!("{}{beside}", done.places),
        false => {
            let left = left.unwrap_or_default();
            format!("{}{why}{}{left}{beside}{next}", done.summary, done.places)
        }
    };
    terminal::result(&said, status)
}

/// A run that was carried out: its files are written.
pub(crate) struct Done<'s> {
    /// What was found.
    pub(crate) answered: Answered<'s>,
    /// The same beside what was accepted; none of another reading than the default one.
    beside_accepted: Option<Beside>,
    /// The same as `findings.json` has it.
    pub(crate) json: String,
    /// The summary for a terminal.
    pub(crate) summary: String,
    /// Where the files are, in two lines.
    pub(crate) places: String,
    /// The id of the finding that the summary shows first.
    first: Option<String>,
    /// Under how many readings it was not looked at, because that would take long.
    not_surveyed: Option<usize>,
}

/// Whether what was found is looked at under other readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surveyed {
    /// It is not.
    No,
    /// It is where that takes little.
    WhereQuick,
    /// It is, however long it takes.
    Always,
}

/// Why a run was not carried out, or its files not written.
pub(crate) enum Undone {
    /// The study does not offer a choice.
    NotOffered(NotOffered),
    /// A file could not be written.
    NotWritten(PathBuf, io::Error),
}

impl Undone {
    /// Says it.
    pub(crate) fn said(&self) -> Status {
        match self {
            Self::NotOffered(refused) => say::not_offered(refused),
            Self::NotWritten(path, error) => say::not_written(path, error),
        }
    }
}

/// Runs the planned analyses, writes the findings and the report, and keeps for the next run what
/// can be kept.
///
/// # Errors
/// When the study does not offer what was chosen, or a file cannot be written.
fn carry_out<'s>(
    (opened, study): (&Opened, &'s Study),
    choices: &Choices,
    surveyed: Surveyed,
    (folder, cache): (&Path, &Cache),
    turn: Turn,
) -> Result<Done<'s>, Undone> {
    let (answered, not_surveyed) = answer((opened, study), choices, surveyed, cache)?;
    let done = write_out(opened, answered, choices, folder)
        .map_err(|(path, error)| Undone::NotWritten(path, error))?;
    done.answered.kept.write(cache);
    drop(turn);
    Ok(Done { not_surveyed, ..done })
}

/// Runs the planned analyses, and looks at what they found under other readings; if not, under how
/// many it would have been. What cannot have changed is taken from the cache.
///
/// # Errors
/// When the study does not offer what was chosen.
pub(crate) fn answer<'s>(
    (opened, study): (&Opened, &'s Study),
    choices: &Choices,
    surveyed: Surveyed,
    cache: &Cache,
) -> Result<(Answered<'s>, Option<usize>), Undone> {
    let mut answered = opened.answer_beside(study, choices, cache).map_err(Undone::NotOffered)?;
    let progress = Progress::of("changes of the tables tried");
    // The table of what depends on choices shows no repairs.
    let repaired = surveyed == Surveyed::Always
        || opened.repair(&mut answered, &|done, of| progress.show(done, of));
    progress.end();
    if !repaired {
        terminal::aside(
            "small changes of the tables were not tried on the claims: the study is too large for that",
        );
    }
    let depth = match surveyed {
        Surveyed::No => return Ok((answered, None)),
        Surveyed::WhereQuick => Depth::OneChange,
        Surveyed::Always => Depth::Whole,
    };
    let readings = robustness::readings(study, choices, depth);
    if readings < 2 {
        return Ok((answered, None));
    }
    if surveyed == Surveyed::WhereQuick && !robustness::is_quick(study, readings) {
        return Ok((answered, Some(readings)));
    }
    let progress = Progress::of("readings");
    let watch = |done, of| progress.show(done, of);
    let survey = opened.survey_beside(&mut answered, choices, depth, cache, &watch);
    progress.end();
    survey.map_err(Undone::NotOffered)?;
    Ok((answered, None))
}

/// A study that is read, checked and ready for the analyses that were asked for.
pub(crate) struct Begun {
    pub(crate) folder: PathBuf,
    pub(crate) opened: Opened,
    pub(crate) study: Study,
}

/// Opens the study of a command that writes results, and takes the turn to write them: which folder,
/// on how many threads, which analyses only. Whatever is wrong with it is said here.
///
/// # Errors
/// When there is nothing to run; it is said then.
pub(crate) fn begin(
    arguments: &Arguments,
    (folder, threads, only): (Option<&Path>, Option<usize>, &[String]),
) -> Result<(Begun, Turn), Status> {
    let folder = standard::study_folder(folder, arguments)?;
    start_threads(threads)?;
    let (mut opened, turn) = turn::open(&folder, arguments.isolation())?;
    judge(&mut opened.checked, arguments.today());
    let status = say::problems(&opened.checked, arguments, Status::Problems);
    let (Some(study), Some(turn)) = (opened.checked.study.clone(), turn) else {
        if arguments.speaks_to_people() {
            terminal::aside(&say::checked(&opened, &folder));
            terminal::aside(
                "nothing was run; mend the errors first (`parallax check` shows them again)",
            );
        }
        return Err(status);
    };
    keep_only(&mut opened, only)?;
    Ok((Begun { folder, opened, study }, turn))
}

/// Starts the threads that were asked for.
///
/// # Errors
/// When they cannot be started; it is said then.
fn start_threads(threads: Option<usize>) -> Result<(), Status> {
    let Some(threads) = threads else { return Ok(()) };
    let started = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    started.map_err(|error| {
        terminal::aside(&format!("error: {threads} threads cannot be started: {error}"));
        Status::Files
    })
}

/// Writes the findings and the report of what was found.
///
/// # Errors
/// The file that cannot be written, and why.
pub(crate) fn write_out<'s>(
    opened: &Opened,
    answered: Answered<'s>,
    choices: &Choices,
    folder: &Path,
) -> Result<Done<'s>, (PathBuf, io::Error)> {
    let place = match (&choices.mapping, answered.document.reading.default) {
        (Some(mapping), false) => format!("out/mappings/{mapping}"),
        _ => "out".to_owned(),
    };
    let mut report = opened.report(&answered);
    let beside_accepted =
        answered.document.reading.default.then(|| Beside::of(folder, &answered.document));
    if let Some(beside_accepted) = &beside_accepted {
        report.trust = beside_accepted.trust(folder, opened);
    }
    let json = answered.document.to_json();
    write((folder, &place), &json, &report)?;
    let summary = summary(&report);
    let places = format!(
        "report     {}\nfindings   {}\n",
        folder.join(&place).join("report.html").display(),
        folder.join(&place).join("findings.json").display(),
    );
    let first = first_shown(&report);
    Ok(Done { answered, beside_accepted, json, summary, places, first, not_surveyed: None })
}

/// Leaves the analyses that were asked for on the command line.
fn keep_only(opened: &mut Opened, only: &[String]) -> Result<(), Status> {
    if let Some(unknown) = only.iter().find(|id| !runs(opened, id)) {
        if has_script(opened, unknown) && opened.shelf.get(unknown).is_none() {
            terminal::aside(&format!("nothing was run; mend scripts/{unknown}.rhai first"));
            return Err(Status::Problems);
        }
        terminal::aside(&not_run(opened, unknown));
        return Err(Status::Usage);
    }
    if !only.is_empty() {
        opened.planned.retain(|planned| only.contains(&planned.id));
    }
    Ok(())
}

/// Whether the study runs an analysis.
pub(crate) fn runs(opened: &Opened, id: &str) -> bool {
    opened.planned.iter().any(|planned| planned.id == id)
}

/// Whether the study has the script `id`, whatever is wrong with it.
pub(crate) fn has_script(opened: &Opened, id: &str) -> bool {
    let name = format!("scripts/{id}.rhai");
    opened.checked.sources.iter().any(|source| source.name == name)
}

/// That the study does not run an analysis, and which it runs.
pub(crate) fn not_run(opened: &Opened, id: &str) -> String {
    let known: Vec<&str> = opened.planned.iter().map(|planned| &*planned.id).collect();
    if opened.shelf.get(id).is_some() {
        return format!(
            "error: the study does not run `{id}`: `analyses` in study.yaml lists what it runs\n\
             help: add `- use: {id}` there"
        );
    }
    format!("error: the study runs no analysis `{id}`\nhelp: use one of: {}", known.join(", "))
}

/// Writes the findings and the report to a place below a folder; the folder itself when the place is
/// blank.
///
/// # Errors
/// The file that cannot be written, and why.
pub(crate) fn write(
    (folder, place): (&Path, &str),
    findings: &str,
    report: &Report<'_>,
) -> Result<(), (PathBuf, io::Error)> {
    let files = [
        ("findings.json", findings),
        ("report.md", &markdown(report)),
        ("report.html", &html(report)),
    ];
    for (name, contents) in files {
        let name = if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") };
        within(folder, &name, contents.as_bytes()).map_err(|error| (folder.join(name), error))?;
    }
    Ok(())
}

/// The command to go on with: a study that was named has to be named again.
fn what_is_next(named: Option<&Path>, finding: &str) -> String {
    let study = say::named_again(named);
    // A shell reads some signs in other ways.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let id = match finding.chars().all(plain) {
        true => finding.to_owned(),
        false => format!("'{finding}'"),
    };
    format!("next       parallax {study}trace {id} shows the statements behind it\n")
}

/// How to learn under other readings what a run did not look at.
fn not_surveyed(named: Option<&Path>, readings: usize) -> String {
    let study = say::named_again(named);
    format!(
        "readings   parallax {study}robustness looks at the study under {readings} of them, which \
         takes long\n"
    )
}

/// How a run ends: well only when nothing is wrong with the study and no analysis failed.
pub(crate) fn status_of(answered: &Answered<'_>, opened: &Opened) -> Status {
    let failed = |entry: &parallax_engine::model::document::AnalysisEntry| {
        matches!(entry.outcome, Came::Failed { .. })
    };
    let errors = opened.checked.counts_of_day().0;
    let stopped = !answered.stopped.is_empty();
    let all_well = errors == 0 && !stopped && !answered.document.analyses.iter().any(failed);
    if all_well { Status::Fine } else { Status::Problems }
}
