//! Which analyses are there, and what comes of one?
//!
//! Native analyses and scripts look alike from here on: a manifest, parameters with defaults, and
//! an outcome that has been looked at. Nothing here loads a library because a study asks for it:
//! who fills the shelf decides what stands on it.

pub mod answer;
pub mod apart;
pub mod doors;
mod lending;
pub mod library;
pub mod offer;
pub mod parameters;
pub mod reference;
pub mod script;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use parallax_model::{Manifest, Outcome, Reading};
use serde_json::{Map, Value as Json};

pub use apart::Outside;
pub use lending::Lending;
pub use library::{Asked, NativeAnalysis, Refused};
pub use offer::Offer;
pub use parallax_plugin::Entry;
pub use parameters::{Parameters, WrongParameter};
pub use script::{STANDARD_SCRIPTS, ScriptAnalysis, ScriptProblem};
pub use words::{Word, vocabulary};

/// The analyses that can be run, by id.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    analyses: BTreeMap<String, Arc<Analysis>>,
    offers: Vec<Arc<Offer>>,
}

/// One analysis on the shelf.
#[derive(Debug)]
pub struct Analysis {
    body: Body,
    parameters: Parameters,
}

/// Where an analysis has its findings from.
#[derive(Debug)]
pub enum Body {
    /// A function behind the C border: linked into the program, or loaded from a library.
    Native(NativeAnalysis),
    /// A function in a library that does not come with the program.
    Outside(Outside),
    /// A text that a sandboxed engine runs.
    Script(ScriptAnalysis),
}

/// What came of running an analysis, and with which parameters it really ran.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// The parameters, with the defaults of those that nobody chose.
    pub parameters: Map<String, Json>,
    /// What came of it: findings in the order of what they are about.
    pub outcome: Outcome,
    /// What stopped a script, to be shown with its line.
    pub stopped: Option<Box<ScriptProblem>>,
}

impl Shelf {
    /// Puts an analysis on the shelf.
    ///
    /// # Errors
    /// When its manifest does not hold, or an analysis with its id stands there already.
    pub fn add(&mut self, body: Body) -> Result<(), Refused> {
        let analysis = Analysis::new(body)?;
        let id = analysis.manifest().id.clone();
        if self.analyses.contains_key(&id) {
            return Err(Refused::Duplicate { id });
        }
        self.analyses.insert(id, Arc::new(analysis));
        Ok(())
    }

    /// Keeps an analysis ready beside the shelf, for studies that ask for it by name. Of several
    /// with one id, the first that is what the study asks for is taken.
    pub fn offer(&mut self, offer: Offer) {
        self.offers.push(Arc::new(offer));
    }

    /// Lets what is kept ready run in this process, at the full speed of the border and without the
    /// protection of another process, because the user asks for that.
    pub fn offer_here(&mut self) {
        let here = |offer: &Arc<Offer>| Arc::new(Offer { is_here: true, ..Offer::clone(offer) });
        self.offers = self.offers.iter().map(here).collect();
    }

    /// What is kept ready under this id.
    pub fn offered(&self, id: &str) -> impl Iterator<Item = &Offer> {
        self.offers.iter().map(Arc::as_ref).filter(move |offer| offer.manifest.id == id)
    }

    /// The analysis with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Analysis> {
        self.analyses.get(id).map(Arc::as_ref)
    }

    /// Every analysis, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = &Analysis> {
        self.analyses.values().map(Arc::as_ref)
    }
}

impl Analysis {
    fn new(body: Body) -> Result<Self, Refused> {
        let manifest = body.manifest();
        answer::check_manifest(manifest).map_err(Refused::Manifest)?;
        let parameters = Parameters::of(&manifest.parameters).map_err(Refused::Manifest)?;
        Ok(Self { body, parameters })
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        self.body.manifest()
    }

    /// Whether it is a script, which needs no trust, rather than a plugin.
    #[must_use]
    pub fn is_script(&self) -> bool {
        matches!(self.body, Body::Script(_))
    }

    /// SHA-256 of its library, where it is one that does not come with the program.
    #[must_use]
    pub fn library_sha256(&self) -> Option<&str> {
        match &self.body {
            Body::Outside(outside) => Some(outside.sha256()),
            Body::Native(_) | Body::Script(_) => None,
        }
    }

    /// Where it has its findings from.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The chosen parameters, with the defaults of the others.
    ///
    /// # Errors
    /// Every choice that its schema does not allow.
    pub fn parameters(
        &self,
        chosen: &Map<String, Json>,
    ) -> Result<Map<String, Json>, Vec<WrongParameter>> {
        self.parameters.with_defaults(chosen)
    }

    /// Runs it on a reading. The same reading, parameters and seed give the same findings.
    ///
    /// It stops early once `cancel` is true.
    #[must_use]
    pub fn run(
        &self,
        reading: &Reading<'static>,
        chosen: &Map<String, Json>,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Ran {
        self.run_lent(&Lending::of(reading), chosen, seed, cancel)
    }

    /// The same for a reading that several analyses are put to.
    #[must_use]
    pub fn run_lent(
        &self,
        lending: &Lending<'_>,
        chosen: &Map<String, Json>,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Ran {
        let parameters = match self.parameters(chosen) {
            Ok(parameters) => parameters,
            Err(wrong) => {
                let wrong: Vec<String> = wrong.iter().map(ToString::to_string).collect();
                let outcome = Outcome::Failed(wrong.join("; "));
                return Ran { parameters: chosen.clone(), outcome, stopped: None };
            }
        };
        let watch = |done, total| tracing::trace!(done, total, "goes on");
        let asked =
            Asked { parameters: &parameters, seed, cancel, watch: &watch, room: usize::MAX };
        let ran = match &self.body {
            Body::Native(native) => Ok(native.run(lending, asked)),
            Body::Outside(outside) => Ok(outside.run(lending, asked)),
            Body::Script(script) => script.findings(lending.reading(), &parameters, seed, cancel),
        };
        let (outcome, stopped) = match ran {
            Ok(outcome) => (outcome, None),
            Err(problem) => (Outcome::Failed(problem.to_string()), Some(problem)),
        };
        let outcome = match outcome {
            Outcome::Found(findings) => answer::check(self.manifest(), findings)
                .and_then(|findings| match &self.body {
                    // Nobody has tested what comes from outside.
                    Body::Outside(_) => {
                        answer::grounded(lending.reading(), &findings).map(|()| findings)
                    }
                    Body::Native(_) | Body::Script(_) => Ok(findings),
                })
                .map_or_else(Outcome::Failed, Outcome::Found),
            other => other,
        };
        Ran { parameters, outcome, stopped }
    }
}

impl Body {
    fn manifest(&self) -> &Manifest {
        match self {
            Self::Native(native) => native.manifest(),
            Self::Outside(outside) => outside.manifest(),
            Self::Script(script) => script.manifest(),
        }
    }
}
