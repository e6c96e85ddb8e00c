//! What came of one run of a plugin, and whose fault is it when it is not what it should be?

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use parallax_model::{Finding, Manifest};
use parallax_plugin::abi::{
    STATUS_ABSENT, STATUS_CANCELLED, STATUS_FAILED, STATUS_MALFORMED, STATUS_NOT_AVAILABLE,
    STATUS_OK, STATUS_PANICKED, STATUS_VERSION,
};
use serde_json::{Map, Value as Json};

use super::readings;
use crate::shelf::library::trial::{Called, JobSize, Tables, call};
use crate::shelf::{Asked, Lending, NativeAnalysis, Parameters, answer};

/// What a run may end with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// Findings that a report can take.
    Found(Vec<Finding>),
    /// The study does not allow the analysis.
    NotAvailable,
    /// It was asked to stop, and did.
    Stopped,
    /// The same fault as in a run that nothing is special about, which has a check of its own.
    KnownFault,
}

/// What a run may not end with, in a sentence each.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fault {
    /// A text is no UTF-8.
    Text(String),
    /// What it handed over does not fit the schema, the manifest or itself.
    Unfit(String),
    /// It panicked.
    Panicked(String),
    /// What it returned does not say what happened.
    Status(String),
    /// It failed, and said why.
    Failed(String),
}

/// What came of a run.
pub(super) type Ran = Result<Answer, Fault>;

impl Fault {
    /// What is wrong, and how to mend it.
    pub(super) fn told(&self) -> &str {
        match self {
            Self::Text(told) | Self::Unfit(told) | Self::Panicked(told) => told,
            Self::Status(told) | Self::Failed(told) => told,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// A plugin that agreed with this program, and what it does with a study that is not special.
pub(super) struct Tried {
    /// The plugin.
    pub(super) analysis: NativeAnalysis,
    /// Its parameters where nobody chooses any.
    pub(super) defaults: Map<String, Json>,
    /// What came of a run with its defaults on a rich study of twenty statements.
    pub(super) plain: Ran,
}

/// How one run is asked for.
pub(super) struct How<'h> {
    /// The parameters as the analysis reads them.
    pub(super) json: String,
    /// The parameters as the functions of a job read them.
    pub(super) parameters: &'h Map<String, Json>,
    /// The length of the job.
    pub(super) size: JobSize,
    /// Once it is true, the run is to stop.
    pub(super) cancel: &'h AtomicBool,
}

/// Nobody cancels.
static ON: AtomicBool = AtomicBool::new(false);

impl Tried {
    /// Loads a plugin and runs it once.
    ///
    /// # Errors
    /// When it does not agree with this program, which has checks of its own.
    pub(super) fn of(library: &Path) -> Result<Self, String> {
        let analysis = NativeAnalysis::open(library).map_err(|refused| refused.to_string())?;
        Self::agreed(analysis)
    }

    /// The same for a plugin that agreed already.
    ///
    /// # Errors
    /// When its parameters have no defaults.
    pub(super) fn agreed(analysis: NativeAnalysis) -> Result<Self, String> {
        let defaults = Parameters::of(&analysis.manifest().parameters)?
            .with_defaults(&Map::new())
            .map_err(|_| "its schema does not allow its own defaults".to_owned())?;
        let plain = Ok(Answer::KnownFault);
        let mut tried = Self { analysis, defaults, plain };
        tried.plain = tried.run(&Lending::of(&readings::rich(20)));
        Ok(tried)
    }

    /// What it says of itself.
    pub(super) fn manifest(&self) -> &Manifest {
        self.analysis.manifest()
    }

    /// Runs it on a reading with its defaults.
    pub(super) fn run(&self, lending: &Lending<'_>) -> Ran {
        match lending.loaded() {
            Ok(lent) => self.run_on(Tables::Ours(lent), &self.usual()),
            Err(malformed) => Err(Fault::Failed(format!("it failed: {malformed}"))),
        }
    }

    /// Runs it on tables as it is asked for.
    pub(super) fn run_on(&self, tables: Tables<'_>, how: &How<'_>) -> Ran {
        let asked = Asked {
            parameters: how.parameters,
            seed: 20_260_101,
            cancel: how.cancel,
            watch: &|_, _| {},
            room: 1_000_000_000,
        };
        match judged(self.manifest(), call(&self.analysis, tables, &how.json, how.size, asked)) {
            Ok(Answer::Stopped) if !how.cancel.load(Ordering::Relaxed) => Err(Fault::Status(
                "it says that it was cancelled, and nobody did: return PARALLAX_CANCELLED only \
                 when `progress` did"
                    .to_owned(),
            )),
            ran => ran,
        }
    }

    /// A run with its defaults that nobody cancels.
    pub(super) fn usual(&self) -> How<'_> {
        let json = serde_json::to_string(&self.defaults).unwrap_or_default();
        How { json, parameters: &self.defaults, size: JobSize::Ours, cancel: &ON }
    }

    /// What came of a run, where a fault that every run shows is passed over.
    ///
    /// # Errors
    /// A fault that a plain run does not show.
    pub(super) fn beside_the_plain(&self, ran: Ran) -> Result<Answer, Fault> {
        match (ran, &self.plain) {
            (Err(fault), Err(plain)) if fault.is_like(plain) => Ok(Answer::KnownFault),
            (ran, _) => ran,
        }
    }

    /// Runs it on a reading, which it must be able to take.
    ///
    /// # Errors
    /// What is wrong, behind a colon.
    pub(super) fn takes(
        &self,
        reading: &parallax_model::Reading<'static>,
    ) -> Result<Answer, String> {
        let ran = self.run(&Lending::of(reading));
        self.beside_the_plain(ran).map_err(|fault| fault.told().to_owned())
    }
}

impl Answer {
    /// What was seen, in a few words.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Found(findings) if findings.len() == 1 => "1 finding".to_owned(),
            Self::Found(findings) => format!("{} findings", findings.len()),
            Self::NotAvailable => "it says that the study does not allow it".to_owned(),
            Self::Stopped => "it stopped".to_owned(),
            Self::KnownFault => "the fault that every run has, and no other".to_owned(),
        }
    }
}

const TEXT: &str = "check each text that you put together, and cut texts between characters only";
const UNFIT: &str = "`schemas/findings.schema.json` says how a finding looks, and each template, \
                     caveat and word that it uses stands in the manifest";

/// Whose business a run is that went as this one.
fn judged(manifest: &Manifest, called: Called) -> Ran {
    let Called { status, findings, reason, refused } = called;
    if let Some(refused) = refused {
        let is_text = refused.contains("UTF-8") || refused.contains("is no text");
        return Err(match is_text {
            true => Fault::Text(format!("{refused}: {TEXT}")),
            false => Fault::Unfit(format!("{refused}: {UNFIT}")),
        });
    }
    let because = reason.clone().unwrap_or_else(|| "it gave no reason".to_owned());
    let vague = |what: &str| Err(Fault::Status(what.to_owned()));
    match (status, findings) {
        (STATUS_OK, Some(Ok(findings))) => answer::check(manifest, findings)
            .map(Answer::Found)
            .map_err(|what| Fault::Unfit(format!("{what}: {UNFIT}"))),
        (STATUS_OK, Some(Err(what))) => Err(Fault::Unfit(format!("{what}: {UNFIT}"))),
        (STATUS_OK, None) => vague(
            "it returned PARALLAX_OK and handed over no findings: call `findings` of the job that \
             `run` was given, with `[]` where there is nothing to find",
        ),
        (STATUS_NOT_AVAILABLE, _) if reason.is_some_and(|reason| !reason.trim().is_empty()) => {
            Ok(Answer::NotAvailable)
        }
        (STATUS_NOT_AVAILABLE, _) => vague(
            "it returned PARALLAX_NOT_AVAILABLE without a reason: hand a sentence to `reason` of \
             the job first",
        ),
        (STATUS_CANCELLED, _) => Ok(Answer::Stopped),
        (STATUS_PANICKED, _) => Err(Fault::Panicked(format!(
            "{because}: return an error instead, such as `Err(NoFindings::failed(…))`"
        ))),
        (STATUS_FAILED | STATUS_MALFORMED | STATUS_VERSION, _) => {
            Err(Fault::Failed(format!("it failed: {because}")))
        }
        (STATUS_ABSENT, _) => vague(
            "it returned PARALLAX_ABSENT, which is an answer about one parameter: return \
             PARALLAX_FAILED with a reason",
        ),
        (status, _) => Err(Fault::Status(format!(
            "it returned {status}, which means nothing: return PARALLAX_OK, \
             PARALLAX_NOT_AVAILABLE, PARALLAX_CANCELLED or PARALLAX_FAILED"
        ))),
    }
}
