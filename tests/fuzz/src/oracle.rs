//! What must the engine never do, whatever a script says?
//!
//! Each script is checked and run on several readings under small limits. What is told of it must
//! be true of its text; what it finds must be a finding, and the same the second time; and what
//! participants said must never come up.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{Library, Limits, Names, ScriptAnalysis, ScriptProblem};
use parallax_engine::shelf::{Parameters, answer};
use parallax_model::{Choices, Kind, Outcome, Reading, Texts};
use serde_json::{Map, Value as Json};

/// Limits of the same kind as those of every script, and small enough to be met at once.
pub const LIMITS: Limits = Limits {
    operations: 200_000,
    text: 64 * 1024,
    list: 5_000,
    map: 5_000,
    variables: 500,
    functions: 100,
    modules: 10,
    time: Duration::from_secs(2),
    memory: 256 * 1024 * 1024,
    ..Limits::STANDARD
};

/// What stands in place of all that participants said, and in no script.
const SAID: &str = "Zwaluwstaartpen";
/// How much longer than its limit a script may take: the machine has other things to do.
const PATIENCE: Duration = Duration::from_secs(1);
/// By how many bytes more than its limit the memory may grow between two looks at it.
const SLACK: usize = 128 * 1024 * 1024;
/// What only somebody who wrote the engine understands.
const INSIDE: [&str; 10] = [
    "parallax_engine",
    "parallax_model",
    "rhai::",
    "alloc::",
    "core::",
    "anon$",
    "untagged enum",
    "expected struct",
    " a i64",
    " a f64",
];

/// The readings on which each script is run, with the names of the first one's study.
pub struct Readings {
    readings: Vec<Reading<'static>>,
    names: Option<Names>,
}

/// What came of one script.
#[derive(Debug, Default)]
pub struct Looked {
    /// What the engine did that it must never do.
    pub faults: Vec<String>,
    /// What its author reads, one text for each thing that was tried.
    pub told: Vec<String>,
}

impl Readings {
    /// The readings of the studies in the repository and an empty one.
    ///
    /// # Panics
    /// When the repository's own studies cannot be read.
    #[must_use]
    pub fn of(repository: &Path) -> Self {
        let mut all = Self { readings: vec![Reading::default()], names: None };
        for name in ["logbook", "vso-internships"] {
            let checked = check_folder(&repository.join("studies").join(name));
            let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
            let reading = study.reading(&Choices::default()).expect("the default is offered");
            all.readings.push(marked(reading));
            all.names.get_or_insert_with(|| Names::of(&study));
        }
        all
    }
}

/// The reading with a marker in place of everything that participants said.
fn marked(mut reading: Reading<'static>) -> Reading<'static> {
    let marks = |count: usize| -> Texts<'static> { vec![SAID; count].into_iter().collect() };
    let statements = &mut reading.statements;
    let count = statements.ids.len();
    (statements.notes, statements.conditions) = (marks(count), marks(count));
    reading
}

/// Checks a script, runs it on each reading, and looks at everything that comes of it.
#[must_use]
pub fn look(readings: &Readings, source: &str) -> Looked {
    let mut looked = Looked::default();
    if source.contains(SAID) {
        return looked;
    }
    reset_peak();
    let before = memory("VmRSS:");
    looked.all(readings, source);
    let grown = memory("VmHWM:").saturating_sub(before);
    if grown > LIMITS.memory + SLACK {
        looked.fault(format!("memory grew by {} megabytes", grown >> 20));
    }
    looked
}

impl Looked {
    fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    fn all(&mut self, readings: &Readings, source: &str) {
        let load = || ScriptAnalysis::load_within(LIMITS, Library::standard(), "trial", source);
        let script = match self.timed("reading it", load) {
            Some(Ok(script)) => script,
            Some(Err(problem)) => return self.problem(source, &problem, "load"),
            None => return,
        };
        for names in [None, readings.names.as_ref()] {
            let problems = self.timed("checking it", || script.problems(names));
            for problem in problems.into_iter().flatten() {
                self.problem(source, &problem, "check");
            }
        }
        let Some(parameters) = self.parameters(&script) else { return };
        for reading in &readings.readings {
            self.run(source, &script, reading, &parameters);
        }
    }

    /// The defaults of the header, which it must itself allow.
    fn parameters(&mut self, script: &ScriptAnalysis) -> Option<Map<String, Json>> {
        let parameters = match Parameters::of(&script.manifest().parameters) {
            Ok(parameters) => parameters,
            Err(why) => {
                self.fault(format!("it loads, and cannot be put on the shelf: {why}"));
                return None;
            }
        };
        let defaults = parameters.with_defaults(&Map::new());
        if let Err(wrong) = &defaults {
            self.fault(format!("it loads, and does not allow its defaults: {wrong:?}"));
        }
        if let Err(why) = answer::check_manifest(script.manifest()) {
            self.fault(format!("it loads, and its manifest is refused: {why}"));
        }
        defaults.ok()
    }

    fn run(
        &mut self,
        source: &str,
        script: &ScriptAnalysis,
        reading: &Reading<'static>,
        parameters: &Map<String, Json>,
    ) {
        let never = AtomicBool::new(false);
        let once = || script.findings(reading, parameters, 7, &never);
        let Some(first) = self.timed("running it", once) else { return };
        if let Err(problem) = &first {
            self.problem(source, problem, "run");
        }
        if first.as_ref().is_err_and(|problem| depends_on_the_machine(problem)) {
            return;
        }
        let Some(second) = self.timed("running it again", once) else { return };
        let (one, other) = (format!("{first:?}"), format!("{second:?}"));
        if one != other && !second.as_ref().is_err_and(|problem| depends_on_the_machine(problem)) {
            self.fault("it gives something else the second time");
        }
        if one.contains(SAID) {
            self.fault("it shows what participants said");
        }
        match first {
            Ok(Outcome::Found(findings)) => {
                self.told.push(format!("found {}", findings.len()));
                if let Err(why) = answer::check(script.manifest(), findings) {
                    self.fault(format!("its findings are refused without a place: {why}"));
                }
            }
            Ok(Outcome::NotAvailable(why)) => self.told.push(format!("not available: {why}")),
            Ok(Outcome::Failed(why)) => self.fault(format!("it fails without a place: {why}")),
            Err(_) => {}
        }
    }

    /// What somebody reads about the script, which must make sense beside its text.
    fn problem(&mut self, source: &str, problem: &ScriptProblem, when: &str) {
        let Some(shown) = self.caught("showing a problem", || problem.render(source)) else {
            return;
        };
        let text = problem.shared.as_deref().map_or(source, String::as_str);
        if let Some(fault) = misplaced(text, problem, when) {
            self.fault(format!("{fault}: {}", problem.message));
        }
        // A text that is put together before it runs shows what the language calls a function.
        let told = shown.replace("Fn(anon$", "");
        let inside = INSIDE.iter().find(|name| told.contains(**name) && !source.contains(**name));
        if let Some(name) = inside {
            self.fault(format!(
                "a message speaks of the program, of `{name}`: {}",
                problem.message
            ));
        }
        if problem.message.contains("engine failed") {
            self.fault(format!("the engine panicked while {when}"));
        }
        if shown.contains(SAID) {
            self.fault("a message shows what participants said");
        }
        self.told.push(shown);
    }

    fn timed<T>(&mut self, what: &str, work: impl FnOnce() -> T) -> Option<T> {
        let start = now();
        let done = self.caught(what, work);
        let took = now() - start;
        if took > LIMITS.time + PATIENCE {
            self.fault(format!("{what} took {:.1} seconds", took.as_secs_f64()));
        }
        done
    }

    fn caught<T>(&mut self, what: &str, work: impl FnOnce() -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(work));
        if done.is_err() {
            self.fault(format!("{what} panicked"));
        }
        done.ok()
    }
}

/// Why the place of a problem is none, when it is none.
fn misplaced(text: &str, problem: &ScriptProblem, when: &str) -> Option<String> {
    let (line, column) = (problem.line, problem.column);
    let lines: Vec<&str> = text.split('\n').collect();
    let is_whole = problem.kind == Kind::ScriptLimit || problem.shared.is_some();
    // What a function is not given while it is changed may be in several places.
    let is_whole = is_whole || problem.message.starts_with("what is gone through");
    if line == 0 && (when != "run" || is_whole) {
        return None;
    }
    if line == 0 {
        return Some("a problem of a run stands nowhere".to_owned());
    }
    let Some(written) = lines.get(line - 1) else {
        return Some(format!("line {line} of {}", lines.len()));
    };
    let most = written.chars().count() + 1;
    if column > most {
        return Some(format!("column {column} of {most}"));
    }
    let header = lines.iter().take_while(|line| line.starts_with("//!")).count();
    let is_empty = lines[header..].iter().all(|line| line.trim().is_empty());
    if when == "run" && line <= header && !is_empty {
        return Some("a problem of a run stands in the header".to_owned());
    }
    None
}

/// Whether a script was stopped by the clock or by what memory there was.
fn depends_on_the_machine(problem: &ScriptProblem) -> bool {
    problem.kind == Kind::ScriptLimit
        && (problem.message.ends_with(" seconds") || problem.message.ends_with(" of memory"))
}

/// Bytes that the system reports of this program; 0 where it does not.
fn memory(field: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.map_or(0, |kilobytes: usize| kilobytes * 1024)
}

/// Forgets the highest memory so far, where the system can.
fn reset_peak() {
    let _where_there_is_none = fs::write("/proc/self/clear_refs", "5");
}

#[expect(clippy::disallowed_methods, reason = "it is the time limit that is tried")]
fn now() -> Instant {
    Instant::now()
}
