//! Which checks are there, in which order, and what does each mean when its process ends early?

use std::path::Path;

use super::{agreeing, answers, parameters, runs, studies, traces};

/// One check.
pub(super) struct Trial {
    /// Its name.
    pub(super) name: &'static str,
    /// What it does in a process of its own.
    pub(super) does: Does,
    /// Whether the others make no sense without it.
    pub(super) is_first: bool,
    /// What an author has to change when the process ends before it is done: the rest of a sentence
    /// behind how it ended.
    pub(super) died: &'static str,
}

/// What a check does with a library.
pub(super) enum Does {
    /// One thing.
    One(fn(&Path) -> Result<String, String>),
    /// Several things, one after another, or one of them: the names of all.
    Each(fn(&Path, Option<&str>) -> Result<String, String>, fn() -> Vec<String>),
    /// The same with a number of statements.
    Sized(fn(&Path, usize) -> Result<String, String>, usize),
}

/// What the check with the many statements is called, which is tried where much time is.
pub(super) const MILLIONS: &str = "ten-million-statements";
/// What the check is called in which two processes are compared.
pub(super) const SAME: &str = "same-bytes-twice";
/// What the check is called in which it counts what the process prints.
pub(super) const PRINTS: &str = "prints-nothing";

const LOADING: &str = "it happened while it was loaded: leave what runs there (constructors, static \
                       initialisers) for `run`";
const ENTERING: &str = "it happened in its entry, which has to look at `host` and `plugin`, fill \
                        `plugin` and return";
const RUNNING: &str = "it happened in a plain run: return PARALLAX_FAILED with a reason when \
                       something cannot be done, and never `abort` or `exit`";
const EMPTY: &str = "it happened on a study without rows: `values` may be NULL where `len` is 0, and \
                     there may be no role, no case and no code";
const LATER: &str = "it happened with tables and columns of a later version: look at `kind` before \
                     you read `values`, and go from struct to struct by the pointers";
const OLDER: &str = "it happened with a host of version 1.0: look at `struct_size` of the host and of \
                     the job before you read what was appended";
const LARGE: &str = "it happened on many statements: give what grows with the study no fixed size \
                     and no place on the stack";
const THREADS: &str = "it happened while four runs went on at once: keep what a run works with on its \
                       own stack or heap, not in static variables";
const WRITES: &str = "it happened with a study that cannot be written to: what `run` is lent is \
                      `const`; copy what you want to change";
const WRONG: &str = "it happened with parameters that its schema does not allow: look at what each \
                     function of the job returns, and at what a value is before you use it";
const ABSENT: &str = "it happened without parameters: where PARALLAX_ABSENT comes back, take the \
                      default that the schema names";
const MISSING: &str = "look whether a table and a column are there, and whether there are rows, before \
                       you read them";

/// Every check, in order.
pub(super) fn trials() -> Vec<Trial> {
    let first = |name, does, died| Trial { name, does: Does::One(does), is_first: true, died };
    let one = |name, does, died| Trial { name, does: Does::One(does), is_first: false, died };
    let each = |name, does, names, died| Trial {
        name,
        does: Does::Each(does, names),
        is_first: false,
        died,
    };
    let sized = |name, does, statements, died| Trial {
        name,
        does: Does::Sized(does, statements),
        is_first: false,
        died,
    };
    let wrong = || parameters::WRONG.map(str::to_owned).to_vec();
    vec![
        first("is-a-library", agreeing::is_a_library, LOADING),
        first("agrees-on-the-version", agreeing::agrees_on_the_version, ENTERING),
        one("refuses-another-major", agreeing::refuses_another_major, ENTERING),
        one("keeps-to-its-room", agreeing::keeps_to_its_room, ENTERING),
        first("manifest", agreeing::manifest, ENTERING),
        first("default-parameters", agreeing::default_parameters, RUNNING),
        one("known-status", answers::known_status, RUNNING),
        one("does-not-panic", answers::does_not_panic, RUNNING),
        one("hands-over-text", answers::hands_over_text, RUNNING),
        one("findings-fit", answers::findings_fit, RUNNING),
        one("serves-an-older-host", agreeing::serves_an_older_host, OLDER),
        one("missing-parameters", parameters::missing_parameters, ABSENT),
        each("bad-parameters", parameters::bad_parameters, wrong, WRONG),
        one("empty-study", studies::empty_study, EMPTY),
        each("twenty-statements", studies::twenty_statements, studies::twenty_names, RUNNING),
        each(
            "missing-optional-tables",
            studies::missing_optional_tables,
            studies::what_can_be_missing,
            MISSING,
        ),
        one("unknown-columns", studies::unknown_columns, LATER),
        sized("a-hundred-thousand-statements", studies::large, 100_000, LARGE),
        sized(MILLIONS, studies::large, 10_000_000, LARGE),
        one("several-threads", runs::several_threads, THREADS),
        one(SAME, runs::same_bytes_twice, RUNNING),
        sized("stops-when-cancelled", runs::stops_when_cancelled, 100_000, LARGE),
        one("study-in-read-only-pages", traces::study_in_read_only_pages, WRITES),
        one("leaves-the-floating-point-mode", traces::leaves_the_floating_point_mode, RUNNING),
        one("leaves-no-thread", traces::leaves_no_thread, RUNNING),
        one("leaves-no-file-open", traces::leaves_no_file_open, RUNNING),
        one("leaves-the-process-alone", traces::leaves_the_process_alone, RUNNING),
        one(PRINTS, traces::prints_nothing, RUNNING),
    ]
}

/// Does one check, or with `check/part` one part of it.
pub(super) fn done(name: &str, library: &Path) -> Result<String, String> {
    let (check, part) = match name.split_once('/') {
        Some((check, part)) => (check, Some(part)),
        None => (name, None),
    };
    let trials = trials();
    let Some(trial) = trials.iter().find(|trial| trial.name == check) else {
        return Err(format!("there is no check `{check}`"));
    };
    match &trial.does {
        Does::One(does) => does(library),
        Does::Each(does, _) => does(library, part),
        Does::Sized(does, statements) => does(library, *statements),
    }
}
