//! What is in a study folder, what is wrong with it, and which analyses will it get?

mod kept;
mod own;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use parallax_model::document::{ProblemCounts, PublishedClaim, PublishedFinding, PublishedNote};
use parallax_model::settings::Language;
use parallax_model::{
    Basis, Check, Choices, FindingsDocument, Kind, NotOffered, Reading, Severity, Study, StudyFile,
};

pub use kept::Kept;
pub use own::scripts_alone;

use crate::cache::Cache;
use crate::check::{Checked, Extra, Located, check_files_with, scripts_in};
use crate::claims::{ClaimScripts, Claims, repair};
use crate::folder::{self, Folder};
use crate::report::{
    Edition, Exhibits, Plugin, Provenance, Report, Trust, cited_by_all, claim_texts, exhibits,
    people, trace, trace_claim,
};
use crate::robustness::Watch;
use crate::run::{Before, Planned, Results, plan, run_beside};
use crate::shelf::script::{Library, Limits, ScriptAnalysis, ScriptProblem};
use crate::shelf::{Body, Shelf};
use crate::text::source::Source;

/// A study folder, read and checked, with the analyses it asks for.
#[derive(Debug)]
pub struct Opened {
    /// The study and everything that is wrong with it, its scripts and its choice of analyses too.
    pub checked: Checked,
    /// The analyses there are: those of the program and the study's own scripts.
    pub shelf: Shelf,
    /// The analyses that the study asks for and that can run.
    pub planned: Vec<Planned>,
    /// The scripts of its claims.
    pub claim_scripts: ClaimScripts,
}

/// Reads and checks a study folder. The study's own scripts join the analyses on `shelf`.
#[must_use]
pub fn open(folder: &Path, shelf: Shelf) -> Opened {
    open_files(folder::read(folder), shelf)
}

/// As [`open`], for files that were read already, or never stood in a folder.
#[must_use]
pub fn open_files(files: Folder, mut shelf: Shelf) -> Opened {
    let mut planned = Vec::new();
    let mut library = Library::standard().clone();
    let mut checked = check_files_with(files, |settings, sources| {
        let mut extra = own_scripts(sources, &mut shelf, &mut library);
        if let Some(settings) = settings {
            let (asked, problems) = plan(settings, &mut shelf);
            planned = asked;
            extra.extend(problems.into_iter().map(|problem| Extra { problem, bytes: None }));
        }
        extra
    });
    // Codes, roles and cases are known now, and with them what a script can name.
    own::look_into(&mut checked, &shelf);
    let claim_scripts = own::claims(&mut checked, &library);
    Opened { checked, shelf, planned, claim_scripts }
}

/// What the scripts of a folder can import. What is wrong with a shared file is told where a study
/// is opened.
#[must_use]
pub fn library(folder: &Path) -> Library {
    Library::with_own(shared(&named(&scripts_in(folder)))).0
}

/// The scripts among the files of a study, by their names below `scripts` without the ending.
fn named(sources: &[Source]) -> Vec<(&str, &Source)> {
    let scripts = sources.iter().filter_map(|source| {
        let name = source.name.strip_prefix("scripts/")?.strip_suffix(".rhai")?;
        Some((name, source))
    });
    scripts.collect()
}

/// Those that others import, by their names below `scripts/shared`.
fn shared<'s>(scripts: &[(&'s str, &'s Source)]) -> Vec<(&'s str, &'s str)> {
    let shared = scripts.iter();
    let shared = shared
        .filter_map(|(name, source)| Some((name.strip_prefix("shared/")?, source.text.as_str())));
    shared.collect()
}

/// Puts the study's scripts on the shelf; one that cannot be read is a problem and costs itself,
/// and so is a file that they share.
fn own_scripts(sources: &[Source], shelf: &mut Shelf, shared_files: &mut Library) -> Vec<Extra> {
    let scripts = named(sources);
    let (library, problems) = Library::with_own(shared(&scripts));
    *shared_files = library.clone();
    let mut extra: Vec<Extra> = problems.iter().map(|problem| placed(problem, sources)).collect();
    for (id, source) in scripts.into_iter().filter(|(name, _)| !name.contains('/')) {
        let loaded = ScriptAnalysis::load_within(Limits::STANDARD, &library, id, &source.text);
        match loaded.map(|script| shelf.add(Body::Script(script))) {
            Ok(Ok(())) => {}
            Ok(Err(refused)) => {
                let problem =
                    ScriptProblem::new(Kind::ScriptHeader, &source.name, refused.to_string());
                extra.push(placed(&problem, sources));
            }
            Err(problem) => extra.push(placed(&problem, sources)),
        }
    }
    extra
}

/// The problem of a script or a shared file, where it stands.
fn placed(problem: &ScriptProblem, sources: &[Source]) -> Extra {
    let at = sources.iter().position(|source| source.name == problem.file);
    let bytes = at.map(|at| (at, problem.span(&sources[at].text)));
    Extra { problem: problem.to_problem(), bytes }
}

impl Opened {
    /// Whether an error of the script `id` was seen without running it.
    #[must_use]
    pub fn has_error(&self, id: &str) -> bool {
        let file = format!("scripts/{id}.rhai");
        self.checked.problems.iter().any(|problem| {
            problem.severity() == Severity::Error
                && problem.places.iter().any(|place| place.file == file)
        })
    }

    /// Runs the planned analyses on the study under these choices.
    ///
    /// # Errors
    /// When the study does not offer one of the choices.
    pub fn answer<'s>(
        &self,
        study: &'s Study,
        choices: &Choices,
    ) -> Result<Answered<'s>, NotOffered> {
        self.answer_beside(study, choices, &Cache::none())
    }

    /// The same, without running what cannot have changed since what is in the cache.
    ///
    /// # Errors
    /// When the study does not offer one of the choices.
    pub fn answer_beside<'s>(
        &self,
        study: &'s Study,
        choices: &Choices,
        cache: &Cache,
    ) -> Result<Answered<'s>, NotOffered> {
        let reading = study.reading(choices)?;
        let (errors, warnings) = self.checked.counts();
        let problems = ProblemCounts { errors, warnings };
        let place = kept::place(&reading, "outcomes");
        let part = cache.read(&place);
        let before = cache.is_kept().then(|| Before { part: &part, program: cache.program() });
        let Results { mut document, mut stopped, kept, reasons } =
            run_beside(study, choices, &reading, &self.shelf, &self.planned, problems, before);
        let kept = Kept::outcomes(place, part, kept, reasons);
        if !study.claim_rows().is_empty() {
            let claims = Claims::of(study, &self.checked.faulty_claims, &self.claim_scripts);
            stopped.extend(self.test(&claims, &reading, &mut document));
        } else if self.claims_are_lost() {
            document.notes = vec![PublishedNote {
                check: Check::Mistake,
                text: match study.settings().language {
                    Language::En => "claims.csv could not be read, and none of it was tested",
                    Language::Nl => {
                        "claims.csv kon niet worden gelezen, en niets ervan is getoetst"
                    }
                }
                .to_owned(),
            }];
        }
        Ok(Answered { study, reading, document, stopped, kept })
    }

    /// Whether there is a claims.csv of which nothing could be read.
    fn claims_are_lost(&self) -> bool {
        let claims = StudyFile::Claims.name();
        let in_claims = |problem: &Located| problem.places.iter().any(|at| at.file == claims);
        let problems = self.checked.problems.iter();
        problems.filter(|problem| problem.severity() == Severity::Error).any(in_claims)
    }

    /// Enters the claims with their verdicts, and gives what stopped their scripts, by claim.
    fn test(
        &self,
        claims: &Claims<'_>,
        reading: &Reading<'static>,
        document: &mut FindingsDocument,
    ) -> BTreeMap<String, String> {
        let assessed = claims.assess(reading);
        document.claims = claims.publish(&assessed, reading);
        let texts = self.checked.sources.iter().filter(|s| s.file != Some(StudyFile::Study));
        let texts = texts.map(|source| (source.name.as_str(), source.text.as_str()));
        document.notes = claims.untested(&assessed).into_iter().collect();
        document.notes.extend(claims.about_all(reading, texts));
        let stopped = assessed.iter().filter_map(|one| {
            let problem = one.stopped.as_ref()?;
            let text = one.row.script.as_deref().unwrap_or("");
            Some((format!("claim {}", one.claim.id), problem.render(text)))
        });
        stopped.collect()
    }

    /// Enters the small changes of the tables that would reconcile most claims with them, in the
    /// default reading. `watch` is told how far it is. False when the study is so large that this
    /// does not go with every run.
    pub fn repair(&self, answered: &mut Answered<'_>, watch: Watch<'_>) -> bool {
        let Answered { study, reading, document, .. } = answered;
        if document.claims.is_empty() || !reading.is_default {
            return true;
        }
        let claims = Claims::of(study, &self.checked.faulty_claims, &self.claim_scripts);
        let is_quick = claims.repair_cost() <= repair::BUDGET;
        if is_quick {
            document.repairs = claims.tell(&claims.repairs(watch), reading);
        }
        is_quick
    }

    /// The planned analyses that are plugins of somebody else, by id.
    #[must_use]
    pub fn plugins(&self) -> Vec<Plugin> {
        let planned = self.planned.iter().filter_map(|planned| self.shelf.get(&planned.id));
        let plugins = planned.filter_map(|analysis| {
            let (manifest, sha256) = (analysis.manifest(), analysis.library_sha256()?.to_owned());
            Some(Plugin { id: manifest.id.clone(), version: manifest.version.clone(), sha256 })
        });
        let mut plugins: Vec<Plugin> = plugins.collect();
        plugins.sort_by(|a, b| a.id.cmp(&b.id));
        plugins
    }

    /// Everything that a report of what was found shows.
    #[must_use]
    pub fn report<'a>(&self, answered: &'a Answered<'_>) -> Report<'a> {
        let Answered { study, reading, document, .. } = answered;
        let sources = self.checked.sources.iter();
        Report {
            document,
            exhibits: exhibits(study, reading, &cited_by_all(document)),
            claims: claim_texts(study),
            people: people(reading),
            warnings: self.checked.problems.iter().map(|problem| problem.sentence()).collect(),
            provenance: Provenance {
                program: concat!("parallax ", env!("CARGO_PKG_VERSION")).to_owned(),
                plugins: self.plugins(),
                files: sources.map(|s| (s.name.clone(), s.sha256.clone())).collect(),
            },
            trust: Trust::default(),
            edition: Edition::default(),
        }
    }
}

/// A study under one set of choices, and what its analyses found.
#[derive(Clone, Debug)]
pub struct Answered<'s> {
    study: &'s Study,
    reading: Reading<'static>,
    /// What was found.
    pub document: FindingsDocument,
    /// What stopped scripts, each with the line it stands on, for a terminal; by analysis.
    pub stopped: BTreeMap<String, String>,
    /// What is kept of it for the next run, and why analyses ran.
    pub kept: Kept,
}

impl Answered<'_> {
    /// One finding with everything behind it, for a terminal.
    #[must_use]
    pub fn trace(&self, finding: &PublishedFinding) -> String {
        trace(finding, &self.exhibits(&finding.basis), self.study.settings().language)
    }

    /// One claim with everything behind its verdict, for a terminal; `id` is how it was asked for.
    #[must_use]
    pub fn trace_claim(&self, id: &str, claim: &PublishedClaim) -> String {
        let own = self.study.claim_rows().iter().find(|own| own.id == claim.id);
        let said = own.and_then(|own| own.text.as_deref()).unwrap_or_default();
        let exhibits = self.exhibits(&claim.basis);
        trace_claim(id, claim, said, &exhibits, self.study.settings().language)
    }

    /// What the study shows of everything that something rests on.
    fn exhibits(&self, basis: &Basis) -> Exhibits {
        let cited = match basis {
            Basis::Evidence { items } => {
                items.iter().map(|item| (item.kind, item.id.as_str())).collect()
            }
            Basis::None { .. } => BTreeSet::new(),
        };
        exhibits(self.study, &self.reading, &cited)
    }
}
