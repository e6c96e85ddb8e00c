//! How does an analysis of somebody else run where it can hurt neither the study nor the report?
//!
//! In a process of its own: this program again, as a worker that is lent the study read-only, loads
//! one library, runs one analysis, and answers. Whatever becomes of it, the report is told.

pub mod ending;
mod mapped;
pub mod message;
#[cfg(unix)]
mod start;
pub mod study;
#[cfg(unix)]
mod watch;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use parallax_model::{Manifest, Outcome};
use serde::{Deserialize, Serialize};

use super::{Asked, Lending, NativeAnalysis};
use ending::Ending;
use message::{Order, Said, Task};
use study::StudyFile;

/// How workers are started, and what bounds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workshop {
    /// The program that is started again as a worker.
    pub program: PathBuf,
    /// What bounds it.
    pub limits: Limits,
}

/// What an analysis from outside may take. The user sets it, never a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Seconds by the clock.
    pub seconds: u64,
    /// Megabytes of memory beside the study.
    pub megabytes: u64,
    /// Megabytes of findings.
    pub findings_megabytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 300, megabytes: 4_096, findings_megabytes: 256 }
    }
}

/// So many megabytes of findings are enough for anybody: what is longer fits into no message.
const MOST: u64 = 2_000;

impl Limits {
    /// How many bytes of findings there is room for.
    #[must_use]
    pub fn room(self) -> usize {
        usize::try_from(self.findings_megabytes.min(MOST).saturating_mul(1_000_000))
            .unwrap_or(usize::MAX)
    }
}

/// What a library says of itself, learnt in a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// Its manifest.
    pub manifest: Manifest,
    /// The version of the interface that it speaks: major and minor.
    pub abi: [u16; 2],
    /// The version of the tables that it was written for.
    pub model_version: u32,
}

/// An analysis in a library that does not come with the program.
#[derive(Debug)]
pub struct Outside {
    manifest: Manifest,
    library: PathBuf,
    sha256: String,
    place: Place,
    spent: Mutex<Spent>,
    /// How a run ended that took all the time it had: no other run is begun then.
    given_up: OnceLock<String>,
}

/// Where an analysis from outside runs.
#[derive(Debug)]
enum Place {
    /// In a worker.
    Apart(Workshop),
    /// In this process, because the user asks for it.
    Here(Box<NativeAnalysis>, Limits),
}

/// How long the runs of an analysis from outside took so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// How many runs there were.
    pub runs: u32,
    /// How long they took together, from the start of a worker to its end.
    pub time: Duration,
    /// How much of that the analysis itself took, as the worker measured it.
    pub analysis: Duration,
}

impl Outside {
    /// An analysis that runs in a worker. `sha256` is that of the library, in small hexadecimal
    /// digits; a worker loads no other.
    #[must_use]
    pub fn apart(manifest: Manifest, library: PathBuf, sha256: String, workshop: Workshop) -> Self {
        Self {
            manifest,
            library,
            sha256,
            place: Place::Apart(workshop),
            spent: Mutex::default(),
            given_up: OnceLock::new(),
        }
    }

    /// The same in this process, at the full speed of the border and without its protection.
    ///
    /// # Errors
    /// When the library is another than its hash says, or cannot be loaded.
    pub fn here(library: PathBuf, sha256: String, limits: Limits) -> Result<Self, String> {
        same_library(&library, &sha256)?;
        let native = NativeAnalysis::open(&library).map_err(|refused| refused.to_string())?;
        let manifest = native.manifest().clone();
        let place = Place::Here(Box::new(native), limits);
        Ok(Self {
            manifest,
            library,
            sha256,
            place,
            spent: Mutex::default(),
            given_up: OnceLock::new(),
        })
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// SHA-256 of its library, in small hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Whether it runs in a process of its own.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        matches!(self.place, Place::Apart(_))
    }

    /// How long its runs took so far.
    #[must_use]
    pub fn spent(&self) -> Spent {
        *self.spent.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Runs it on a reading; the findings are not yet looked at
    /// ([`answer::check`](super::answer::check)).
    #[must_use]
    pub fn run(&self, lending: &Lending<'_>, asked: Asked<'_>) -> Outcome {
        match &self.place {
            Place::Here(native, limits) => {
                native.run(lending, Asked { room: limits.room(), ..asked })
            }
            Place::Apart(workshop) => {
                let begun = now();
                let (outcome, analysis) = self.run_apart(workshop, lending, asked);
                let mut spent = self.spent.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                spent.runs += 1;
                spent.time += begun.elapsed();
                spent.analysis += analysis;
                outcome
            }
        }
    }

    fn run_apart(
        &self,
        workshop: &Workshop,
        lending: &Lending<'_>,
        asked: Asked<'_>,
    ) -> (Outcome, Duration) {
        let failed = |why: String| (Outcome::Failed(why), Duration::ZERO);
        if let Some(why) = self.given_up.get() {
            return failed(why.clone());
        }
        let study = match lending.file() {
            Ok(study) => study,
            Err(why) => return failed(format!("the study could not be lent to it: {why}")),
        };
        let task = Task::Run {
            parameters: asked.parameters.clone(),
            seed: asked.seed,
            contents: study.contents().clone(),
        };
        let order = self.order(workshop, task);
        let answer = ask(workshop, &order, Some(study), asked.cancel, asked.watch);
        if let Ok(Answer { printed: printed @ 1.., .. }) = answer {
            tracing::debug!(target: "plugin", bytes = printed, "printed, which nobody sees");
        }
        match answer.map(|answer| answer.said) {
            Ok(Said::Done { outcome, nanoseconds }) => (outcome, Duration::from_nanos(nanoseconds)),
            Ok(Said::Refused(why)) => failed(why),
            Ok(_) => failed(Ending::Nonsense.to_string()),
            Err(ending) => {
                let why = ending.to_string();
                if matches!(ending, Ending::OutOfTime { .. }) {
                    // Another reading of the study would only take as long.
                    let _first = self.given_up.set(why.clone());
                }
                failed(why)
            }
        }
    }

    fn order(&self, workshop: &Workshop, task: Task) -> Order {
        let sha256 = Some(self.sha256.clone());
        Order {
            library: self.library.clone(),
            sha256,
            limits: workshop.limits,
            log: message::wanted(),
            task,
        }
    }
}

/// What a library says of itself. Its code runs for that, in a worker.
///
/// # Errors
/// A sentence about why it is no plugin that this program can run, or how the worker ended.
pub fn describe(library: &Path, workshop: &Workshop) -> Result<Described, String> {
    let order = Order {
        library: library.to_owned(),
        sha256: None,
        limits: workshop.limits,
        log: message::wanted(),
        task: Task::Describe,
    };
    let answer = ask(workshop, &order, None, &AtomicBool::new(false), &|_, _| {});
    match answer.map(|answer| answer.said) {
        Ok(Said::Described(described)) => Ok(*described),
        Ok(Said::Refused(why)) => Err(why),
        Ok(_) => Err(Ending::Nonsense.to_string()),
        Err(ending) => Err(ending.to_string()),
    }
}

/// What a worker answered in the end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its last message.
    pub said: Said,
    /// How many bytes it printed, which nobody sees.
    pub printed: u64,
}

/// What a worker answers in the end.
///
/// # Errors
/// How it ended without an answer.
#[cfg(unix)]
pub fn ask(
    workshop: &Workshop,
    order: &Order,
    study: Option<&StudyFile>,
    cancel: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Answer, Ending> {
    let started = start::start(workshop, order, study).map_err(|e| Ending::not_started(&e))?;
    watch::watch(started, order.limits, cancel, progress)
}

/// Workers need what this system does not offer yet.
#[cfg(not(unix))]
pub fn ask(
    _: &Workshop,
    _: &Order,
    _: Option<&StudyFile>,
    _: &AtomicBool,
    _: &(dyn Fn(u64, u64) + Sync),
) -> Result<Answer, Ending> {
    Err(Ending::NoWorkers)
}

#[expect(clippy::disallowed_methods, reason = "how long something took; no finding depends on it")]
fn now() -> Instant {
    Instant::now()
}

/// Whether a library is the one that was trusted.
///
/// # Errors
/// Both hashes, or why it cannot be read.
pub fn same_library(library: &Path, sha256: &str) -> Result<(), String> {
    let is = hash_of(library).map_err(|e| format!("its library cannot be read: {e}"))?;
    match is == sha256 {
        true => Ok(()),
        false => Err(format!(
            "its library changed after it was trusted: it was sha256 {sha256} and is sha256 {is}; \
             look why, and trust the library again if that is as it should be"
        )),
    }
}

/// SHA-256 of a file, in small hexadecimal digits.
///
/// # Errors
/// When it cannot be read, or is no file.
pub fn hash_of(file: &Path) -> std::io::Result<String> {
    use sha2::{Digest, Sha256};

    // A pipe may never end, or never begin.
    if !std::fs::metadata(file)?.is_file() {
        return Err(std::io::Error::other("it is no file"));
    }
    let mut sum = Sha256::new();
    let mut opened = std::fs::File::open(file)?;
    let mut block = vec![0_u8; 1 << 16];
    loop {
        match std::io::Read::read(&mut opened, &mut block)? {
            0 => break,
            read => sum.update(&block[..read]),
        }
    }
    Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
